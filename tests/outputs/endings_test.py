#!/usr/bin/env python3
"""No verdict is never the exit status 0, whatever ends the process of a scenario.

usage: endings_test.py HEDDLE FOLDER_OF_ENDINGS [unittest arguments]
"""
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import support

PROGRAMS = support.Programs(*sys.argv[1:3])
# What `how` means; none leaves a verdict behind.
EXIT_CALL, EXEC, KILL, EXIT = range(1, 5)
ALL = (EXIT_CALL, EXEC, KILL, EXIT)


class Endings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_endings(self, how, *words):
        return PROGRAMS.run("run", "endings", "--set", f"how={how}", *words)

    def test_every_way_to_run_it_says_broken(self):
        for how in ALL:
            for words in ([], ["--expect", "holds"], ["--expect", "violated"], ["--model", "all"],
                          ["--strengthen"], ["--keep-going"], ["--strategy", "random"],
                          ["--quiet"]):
                ended = self.run_endings(how, *words)
                self.assertEqual(ended.returncode, 4, (how, words, ended.stdout, ended.stderr))
                self.assertNotRegex(ended.stdout, "^holds")

    def test_what_happened_is_told(self):
        self.assertIn("'endings' ended with status 0 and gave no verdict",
                      self.run_endings(EXIT_CALL).stderr)
        self.assertIn("'endings' was killed by SIGKILL (Killed)", self.run_endings(KILL).stderr)

    def test_json_says_so(self):
        for how in ALL:
            result = json.loads(self.run_endings(how, "--format", "json").stdout)
            self.assertEqual((result["scenario"], result["verdict"]), ("endings", "broken"))
        result = json.loads(self.run_endings(EXEC, "--format", "json", "--model", "all").stdout)
        self.assertEqual((result["schema"], result["verdict"]), ("heddle.models/1", "broken"))

    def test_junit_says_so(self):
        for how in ALL:
            path = self.path("results.xml")
            self.run_endings(how, "--junit", path)
            case = ElementTree.parse(path).find("testsuite/testcase")
            self.assertIsNotNone(case.find("error"), how)
            os.remove(path)

    def test_one_of_several_is_enough(self):
        ended = PROGRAMS.run("run", "endings", "endings", "--set", f"how={EXIT_CALL}")
        self.assertEqual(ended.returncode, 4)
        self.assertEqual(ended.stderr.count("gave no verdict"), 2)

    def test_replay(self):
        trace = self.path("trace.json")
        self.assertEqual(self.run_endings(0, "--trace", trace).returncode, 1)
        self.assertEqual(PROGRAMS.run("replay", trace).returncode, 1)
        with open(trace, encoding="utf-8") as file:
            text = file.read()
        for how in ALL:
            changed = text.replace('"how":0', f'"how":{how}')
            self.assertNotEqual(changed, text)
            with open(trace, "w", encoding="utf-8") as file:
                file.write(changed)
            ended = PROGRAMS.run("replay", trace, "--format", "json")
            # The trace may be refused before the scenario comes to its end.
            self.assertIn(ended.returncode, (2, 4), ended.stderr)

    def test_run_all(self):
        junit = self.path("all.xml")
        ended = PROGRAMS.run("run", "--all", "--executions", "1", "--format", "json", "--junit",
                             junit, cwd=self.folder)
        rows = {row["scenario"]: row for row in json.loads(ended.stdout)["scenarios"]}
        self.assertEqual(rows["endings"]["result"]["verdict"], "violated")

    def test_a_program_that_is_no_scenario(self):
        program = self.path("no_scenario")
        with open(program, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho 'holds: no_scenario (model cpp20)'\nexit 0\n")
        os.chmod(program, stat.S_IRWXU)
        folder = support.Programs(PROGRAMS.heddle, self.folder)
        for words in ([], ["--expect", "holds"], ["--model", "all"], ["--format", "json"]):
            ended = folder.run("run", "no_scenario", *words)
            self.assertEqual(ended.returncode, 4, words)
            self.assertIn("'no_scenario' ended with status 0 and gave no verdict", ended.stderr)

    def test_the_program_alone(self):
        program = os.path.join(PROGRAMS.scenarios, "endings")
        ended = subprocess.run([program, "--set", f"how={EXIT}"], capture_output=True, check=False)
        self.assertEqual(ended.returncode, 4, ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
