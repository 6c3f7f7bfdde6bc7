#!/usr/bin/env python3
"""Help is there where somebody asks for it.

usage: help_test.py HEDDLE SCENARIOS [unittest arguments]
"""
import os
import subprocess
import sys
import unittest

HEDDLE, SCENARIOS = sys.argv[1:3]


def run(*words):
    return subprocess.run([HEDDLE, *words], capture_output=True, text=True, check=False,
                          env={**os.environ, "HEDDLE_SCENARIOS": SCENARIOS})


class Help(unittest.TestCase):
    def test_help_is_a_command(self):
        self.assertEqual(run("help").stdout, run("--help").stdout)
        self.assertIn("Subcommands:", run("help").stdout)
        self.assertEqual(run("help", "run").stdout, run("run", "--help").stdout)
        self.assertIn("--keep-going", run("help", "run").stdout)

    def test_help_of_what_there_is_not(self):
        ended = run("help", "rnu")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("unknown command 'rnu'", ended.stderr)

    def test_a_scenario_has_its_own(self):
        for words in (["treiber_stack", "--help"], ["--model", "sc", "treiber_stack", "-h"]):
            ended = run("run", *words)
            self.assertEqual(ended.returncode, 0, ended.stderr)
            self.assertIn("Parameters (--set NAME=VALUE):", ended.stdout)
            self.assertIn("threads", ended.stdout)
        self.assertNotIn("Parameters", run("run", "--help").stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
