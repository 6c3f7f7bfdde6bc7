#!/usr/bin/env python3
"""`heddle diff`: where two traces of a scenario part.

usage: diff_test.py HEDDLE SCENARIOS [unittest arguments]
"""
import copy
import json
import sys
import tempfile
import unittest

import support

PROGRAMS = support.Programs(*sys.argv[1:3])


class Diff(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.trace = PROGRAMS.trace("message_passing", ["--set", "ordered=0"])

    def diff(self, a, b, *words):
        with tempfile.TemporaryDirectory() as folder:
            return PROGRAMS.run("diff", support.save(a, folder, "a.json"),
                                support.save(b, folder, "b.json"), *words)

    def other(self):
        """The trace in which the waiting load reads another value."""
        trace = copy.deepcopy(self.trace)
        load = next(step for step in trace["steps"] if step["operation"] == "load")
        load["read"] = "false"
        return trace, trace["steps"].index(load) + 1

    def test_equal(self):
        ended = self.diff(self.trace, self.trace)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertIn("The two are the same.", ended.stdout)

    def test_text(self):
        other, number = self.other()
        ended = self.diff(self.trace, other)
        self.assertEqual((ended.returncode, ended.stderr), (1, ""))
        self.assertIn(f"The first {number - 1} steps are the same", ended.stdout)
        self.assertIn(f"A  step {number}: ready.load(relaxed) = true", ended.stdout)
        self.assertIn(f"B  step {number}: ready.load(relaxed) = false", ended.stdout)

    def test_json(self):
        other, number = self.other()
        result = json.loads(self.diff(self.trace, other, "--format", "json").stdout)
        self.assertEqual(result["schema"], "heddle.diff/1")
        self.assertFalse(result["same_execution"])
        self.assertEqual(result["same_steps"], number - 1)
        parted = [each for each in result["threads"] if each["a"] or each["b"]]
        self.assertEqual([(each["a"]["step"], each["b"]["step"]) for each in parted],
                         [(number, number)])
        same = json.loads(self.diff(self.trace, self.trace, "--format", "json").stdout)
        self.assertTrue(same["same_execution"])

    def test_two_models_of_a_run(self):
        """A weak execution and one of sc: of one scenario, so they can be compared."""
        weak = PROGRAMS.trace("fput_shipped", ["--model", "rc11"])
        strong = PROGRAMS.trace("fput_shipped", ["--model", "sc"])
        self.assertIn(self.diff(weak, strong).returncode, (0, 1))

    def test_refusals(self):
        other = PROGRAMS.trace("fput_shipped", [])
        for a, b, words, says in ((self.trace, other, (), "different scenarios"),
                                  (self.trace, {}, (), "names no schema"),
                                  (self.trace, self.trace, ("--format", "xml"), "xml")):
            ended = self.diff(a, b, *words)
            self.assertEqual((ended.returncode, ended.stdout), (2, ""))
            self.assertIn(says, ended.stderr)

    def test_hostile_text_is_harmless(self):
        for words in ((), ("--format", "json")):
            text = self.diff(support.hostile(self.trace), support.hostile(self.other()[0]),
                             *words).stdout
            self.assertIn("step", text)
            self.assertIsNone(support.STEERING.search(text))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
