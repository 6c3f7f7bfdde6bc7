#!/usr/bin/env python3
"""Traces, their schema and their reader say the same.

usage: trace_schema_test.py HEDDLE SCENARIOS SCHEMA [unittest arguments]
"""
import copy
import json
import sys
import tempfile
import unittest

import json_schema
import support

PROGRAMS = support.Programs(*sys.argv[1:3])
with open(sys.argv[3], encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)


class TraceSchema(unittest.TestCase):
    def read(self, trace):
        """What `heddle show` says against the trace; empty if it accepts it."""
        with tempfile.TemporaryDirectory() as folder:
            ended = PROGRAMS.run("show", support.save(trace, folder))
            self.assertIn(ended.returncode, (0, 2), ended.stderr)
            return ended.stderr

    def test_real_traces_fit(self):
        for trace in PROGRAMS.traces():
            self.assertEqual(json_schema.errors(trace, SCHEMA), [], trace["scenario"])

    def test_what_no_run_fills_yet_fits_too(self):
        trace = PROGRAMS.trace(*support.VIOLATIONS[0])
        trace["explanation"] = [{"text": "because", "steps": [1, 2]}]
        trace["simplest"] = {"switches": 2, "events": 9, "minimal": True}
        self.assertEqual(json_schema.errors(trace, SCHEMA), [])
        self.assertEqual(self.read(trace), "")

    def test_hostile_text_is_still_a_trace(self):
        trace = support.hostile(PROGRAMS.trace(*support.VIOLATIONS[0]))
        self.assertEqual(json_schema.errors(trace, SCHEMA), [])
        self.assertEqual(self.read(trace), "")

    def test_schema_and_reader_refuse_the_same(self):
        """Every member once missing, once of a wrong type, and one too many in every object."""
        trace = PROGRAMS.trace(*support.VIOLATIONS[0])
        trace["explanation"] = [{"text": "because", "steps": [1, 2]}]
        trace["simplest"] = {"switches": 2, "events": 9, "minimal": True}
        places = [[], ["explanation", 0], ["simplest"], ["steps", 5], ["steps", 7], ["violation"]]
        for place in places:
            members = list(self.at(trace, place)) + ["surplus"]
            for member in members:
                for change in ("missing", "wrong"):
                    broken = copy.deepcopy(trace)
                    target = self.at(broken, place)
                    if change == "missing":
                        target.pop(member, None)
                    else:
                        target[member] = {"wrong": 1.5}
                    by_schema = bool(json_schema.errors(broken, SCHEMA))
                    by_reader = self.read(broken) != ""
                    self.assertEqual(by_schema, by_reader, (place, member, change))

    def at(self, value, place):
        for key in place:
            value = value[key]
        return value


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
