#!/usr/bin/env python3
"""Checks whole programs with `heddle check` and compares the verdicts.

usage: programs_test.py HEDDLE [TEST...]
"""
import os
import subprocess
import sys
import unittest

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEDDLE = ""

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
    ("poll_with_bug", "", "violated", "check"),
]

# What docs/PROGRAMS.md says is left out, or refused.
LIMITS = [
    ("list_reverse", "", "holds", "what code of libraries does to memory"),
    ("fork", "", "broken", "calls fork()"),
    ("static_destructor", "", "holds", ""),
    ("never_freed", "", "holds", ""),
    ("aba_malloc", "fixed=0", "holds", ""),
    ("two_sizes", "", "broken", "of which other accesses take a part"),
    ("semaphore", "std=1", "violated", "deadlock"),
    ("semaphore", "fixed=1", "violated", "deadlock"),
    ("poll_mutex", "", "incomplete", "polls in a loop"),
    ("poll_atomic_effect", "", "incomplete", "polls in a loop"),
    ("progress_bar", "", "incomplete", "polls in a loop"),
    ("timed_semaphore", "bug=0", "incomplete", "polls in a loop"),
]


STATUS = {"holds": 0, "violated": 1, "refused": 2, "incomplete": 3, "broken": 4}


def run(name, *options, macros=""):
    flags = []
    for macro in macros.split():
        flags.append("-D" + (macro if macro[0].isupper() else "PARAM_" + macro))
    command = [HEDDLE, "check", os.path.join(FOLDER, name + ".cpp"), "--seconds", "60", *options,
               "--", *flags]
    return subprocess.run(command, text=True, capture_output=True, timeout=120, check=False)


class Programs(unittest.TestCase):
    """One test for each case."""

    def expect(self, ended, verdict, words):
        self.assertEqual(ended.returncode, STATUS[verdict], ended.stdout + ended.stderr)
        self.assertIn(words, ended.stdout + ended.stderr)

    def test_clang_is_refused(self):
        self.expect(run("vptr", "--compiler", "clang++"), "refused", "compiled by g++")

    def test_states_are_refused(self):
        self.expect(run("vptr", "--model", "sc", "--search", "states"), "refused",
                    "leave '--search states' out")

    def test_holds_says_what_was_not_looked_at(self):
        self.expect(run("real_std"), "holds", "what code of libraries does to memory")


def add_tests():
    for name, macros, verdict, words in CASES + LIMITS:
        def test(self, name=name, macros=macros, verdict=verdict, words=words):
            self.expect(run(name, macros=macros), verdict, words)
        setattr(Programs, "test_" + "_".join([name, *macros.replace("=", "_").split()]), test)


if __name__ == "__main__":
    HEDDLE = sys.argv.pop(1)
    add_tests()
    unittest.main()
