#!/usr/bin/env python3
"""What a run prints and writes is the same wherever the system places the program.

usage: pointers_test.py PROGRAM [unittest arguments]

PROGRAM is tests/replay/pointers.cpp.
"""
import ctypes
import os
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv[1]
NO_RANDOMISATION = 0x0040000  # ADDR_NO_RANDOMIZE of personality(2)


def place_as_always():
    ctypes.CDLL(None).personality(NO_RANDOMISATION)


class Bytes(unittest.TestCase):
    def outputs(self, scenario, placed=None):
        """All that a run and a replay of its trace print and write."""
        with tempfile.TemporaryDirectory() as folder:
            def run(*words):
                # The program has two scenarios, and runs the one by whose name it is called.
                ended = subprocess.run([scenario, *words], executable=PROGRAM, cwd=folder,
                                       preexec_fn=placed, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, check=False)
                self.assertEqual(ended.returncode, 1, ended.stderr)
                return re.sub(rb'("seconds"|"rate"): ?[0-9.e+-]+', rb"\1: 0", ended.stdout)
            printed = [run("--keep-going", "--trace", "t.json"),
                       run("--format", "json"), run("--replay", "t.json")]
            with open(os.path.join(folder, "t.json"), "rb") as trace:
                return [*printed, trace.read()]

    def compare(self, scenario, *shown):
        fixed = self.outputs(scenario, place_as_always)
        for text in shown:
            self.assertIn(text, fixed[-1])
        for _ in range(3):
            self.assertEqual(self.outputs(scenario), fixed)

    def test_pointers_into_the_program(self):
        self.compare("passed_pointers", b"called()", b"pointed_at")

    def test_tables_of_virtual_functions(self):
        self.compare("virtual_object", b"vtable for")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
