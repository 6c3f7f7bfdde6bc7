#!/usr/bin/env python3
"""Checks whole programs with `heddle check` and compares the verdicts.

usage: programs_test.py HEDDLE [COMPILER...]    compilers that are not there are left out
"""
import os
import shutil
import subprocess
import sys
import unittest

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEDDLE = ""
COMPILERS = []
STATUS = {"holds": 0, "violated": 1}

# File, macros, verdict, and what the report says of a violation.
CASES = [
    ("pool_stop", "fixed=0", "violated", "deadlock"),
    ("pool_stop", "fixed=1", "holds", ""),
    ("rwqueue_block", "fixed=0", "violated", "data race"),
    ("rwqueue_block", "fixed=1", "holds", ""),
    ("atomic_wait", "fence=0", "violated", "deadlock"),
    ("atomic_wait", "fence=1", "holds", ""),
    ("bloom", "fixed=0", "violated", "data race"),
    ("bloom", "fixed=1", "holds", ""),
    ("mpsc_push", "fixed=0", "violated", "sum == 3"),
    ("mpsc_push", "fixed=1", "holds", ""),
    ("call_once", "own=1 fixed=0", "violated", "endless"),
    ("call_once", "own=1 fixed=1", "holds", ""),
    ("call_once", "own=0", "holds", ""),
    ("shared_ptr", "", "violated", "use_count() == 2"),
    ("semaphore", "fixed=0", "violated", "deadlock"),
    ("vptr", "fixed=0", "violated", "data race"),
    ("vptr", "fixed=1", "holds", ""),
    ("future_pool", "", "holds", ""),
    ("timed_semaphore", "bug=1", "violated", "kernel_left() == 0"),
    ("timed_semaphore", "bug=2", "violated", "kernel_left() == 0"),
    ("capture_count", "", "holds", ""),
    ("move_only", "", "holds", ""),
    ("builtin", "", "holds", ""),
    ("real_std", "", "holds", ""),
    ("vptr_false_race", "other=0", "holds", ""),
    ("vptr_false_race", "other=1", "violated", "answer() == 42"),
    ("globals", "which=0", "holds", ""),
    ("globals", "which=1", "holds", ""),
    ("globals", "which=2", "holds", ""),
    ("array_copy", "", "holds", ""),
    ("poll_trylock", "", "holds", ""),
    ("atomic_shared_ptr", "WHICH=0", "holds", ""),
    ("atomic_shared_ptr", "WHICH=1", "holds", ""),
    ("atomic_shared_ptr", "WHICH=2", "holds", ""),
    ("cond_aba", "fixed=0", "violated", "deadlock"),
    ("cond_timedwait", "fixed=0", "violated", "waiters == 0"),
    ("cond_timedwait", "fixed=1", "holds", ""),
    ("mixed_access", "which=0", "holds", ""),
    ("mixed_access", "which=1", "violated", "data race"),
    ("mixed_access", "which=2", "violated", "data race"),
    ("mixed_access", "which=3", "holds", ""),
    ("mixed_access", "which=4", "violated", "data race"),
    ("mixed_access", "which=5", "holds", ""),
    ("mixed_access", "which=6", "holds", ""),
]


def run(compiler, name, macros):
    flags = []
    for macro in macros.split():
        flags.append("-D" + (macro if macro[0].isupper() else "PARAM_" + macro))
    command = [HEDDLE, "check", os.path.join(FOLDER, name + ".cpp"), "--compiler", compiler,
               "--seconds", "60", "--", *flags]
    return subprocess.run(command, text=True, capture_output=True, timeout=120, check=False)


class Programs(unittest.TestCase):
    """One test for each case and compiler."""


def add_tests():
    for compiler in COMPILERS:
        for name, macros, verdict, words in CASES:
            def test(self, compiler=compiler, name=name, macros=macros, verdict=verdict,
                     words=words):
                ended = run(compiler, name, macros)
                self.assertEqual(ended.returncode, STATUS[verdict], ended.stdout + ended.stderr)
                self.assertIn(words, ended.stdout)
            label = "_".join([name, *macros.replace("=", "_").split(), compiler])
            setattr(Programs, "test_" + label.replace("+", "x"), test)


if __name__ == "__main__":
    HEDDLE = sys.argv[1]
    wanted = [each for each in sys.argv[2:] if "+" in each]
    COMPILERS = [each for each in wanted or ["g++", "clang++"] if shutil.which(each)]
    add_tests()
    unittest.main(argv=[sys.argv[0], *[each for each in sys.argv[2:] if "+" not in each]])
