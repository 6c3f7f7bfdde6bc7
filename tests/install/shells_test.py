#!/usr/bin/env python3
"""Shells complete heddle's command line.

usage: shells_test.py HEDDLE FOLDER_OF_COMPLETIONS [unittest arguments]
"""
import os
import subprocess
import sys
import unittest

HEDDLE, FOLDER = sys.argv[1:3]
ENVIRONMENT = {**os.environ, "PATH": os.path.dirname(HEDDLE) + ":" + os.environ["PATH"]}

BASH = """
source "$1/heddle.bash"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_heddle
printf '%s\\n' "${COMPREPLY[@]}"
"""

ZSH = """
compadd() { shift; print -l -- $argv }
_files() { print files }
script=$1
shift
complete() { local -a words=("$@"); local CURRENT=$#words; source $script }
complete "$@"
"""


def lines(command):
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    return [line.split("\t")[0] for line in ended.stdout.splitlines()]


def bash(*words):
    return lines(["bash", "-c", BASH, "bash", FOLDER, "heddle", *words])


def zsh(*words):
    return lines(["zsh", "-fc", ZSH, "zsh", FOLDER + "/_heddle", "heddle", *words])


def fish(*words):
    script = f"source {FOLDER}/heddle.fish; complete -C 'heddle {' '.join(words)}'"
    return lines(["fish", "--no-config", "-c", script])


class Shells(unittest.TestCase):
    def check(self, complete):
        commands = complete("")
        for command in ("list", "run", "litmus", "help"):
            self.assertIn(command, commands)
        self.assertIn("show", complete("help", "") if complete is not fish else complete("sh"))
        self.assertIn("--keep-going", complete("run", "--k"))
        self.assertNotIn("--keep-going", complete("diff", "--"))
        self.assertIn("treiber_stack", complete("run", "tr"))

    def test_bash(self):
        self.check(bash)
        self.assertEqual(bash("ru"), ["run"])
        self.assertEqual(bash("run", "--model", "s"), ["sc"])
        self.assertEqual(bash("run", "--strategy", "r"), ["random"])

    def test_zsh(self):
        self.check(zsh)
        self.assertEqual(zsh("run", "--strategy", ""), ["exhaustive", "random"])

    def test_fish(self):
        self.check(fish)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
