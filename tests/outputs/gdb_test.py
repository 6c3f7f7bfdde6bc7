#!/usr/bin/env python3
"""Replays under gdb: where it stops, what the commands say.

usage: gdb_test.py HEDDLE FOLDER_OF_DEBUGGED [unittest arguments]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import support

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = support.Programs(*sys.argv[1:3])


class Gdb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        assert shutil.which("gdb"), "there is no gdb; install it: apt-get install gdb"
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = os.path.join(cls.folder.name, "a trace.json")
        PROGRAMS.run("run", "debugged", "--trace", cls.path)
        with open(cls.path, encoding="utf-8") as file:
            cls.trace = json.load(file)

    def gdb(self, *commands, path=None):
        """What gdb prints when it is given these commands behind the first stop."""
        ended = PROGRAMS.run("replay", path or self.path, "--gdb",
                             input="\n".join([*commands, "kill", "quit"]) + "\n")
        self.assertNotIn("Python Exception", ended.stderr + ended.stdout)
        return ended.stdout + ended.stderr

    def step_of(self, thread, operation, object_name):
        return next(number for number, step in enumerate(self.trace["steps"], 1)
                    if (step["thread"], step["operation"], step.get("object")) ==
                    (thread, operation, object_name))

    def test_stops_at_every_step_in_the_code_of_the_scenario(self):
        size = len(self.trace["steps"])
        commands = [word for _ in range(size - 1) for word in ("info source", "next-event")]
        output = self.gdb(*commands)
        self.assertEqual([int(number) for number in re.findall(r"step (\d+) of \d+,", output)],
                         list(range(1, size + 1)))

    def test_the_frame_is_that_of_the_step(self):
        number = self.step_of(1, "lock", "first")
        step = self.trace["steps"][number - 1]
        output = self.gdb(f"run-to-event {number}", "frame", "print amount", "up", "print i")
        self.assertIn(f"step {number} of ", output)
        self.assertRegex(output, rf"(?s)#\d+ .*\bpay \(.*debugged\.cpp:{step['line']}\b")
        self.assertIn("= 10", output)
        self.assertRegex(output, r"\$2 = 0")

    def test_breakpoints_and_watchpoints_just_work(self):
        number = self.step_of(1, "lock", "first")
        with open(os.path.join(HERE, "debugged.cpp"), encoding="utf-8") as file:
            line = next(i for i, text in enumerate(file, 1) if "++locks" in text)
        output = self.gdb(f"run-to-event {number}", f"break debugged.cpp:{line} if amount == 11",
                          "run-to-end",
                          "print amount", "set can-use-hw-watchpoints 0", "watch locks",
                          "run-to-end")
        self.assertRegex(output, r"Breakpoint \d+, .*\bpay \(")
        self.assertIn("$1 = 11", output)
        self.assertRegex(output, r"(?s)atchpoint \d+: locks.*New value = 1")

    def test_who_holds(self):
        first = self.step_of(1, "lock", "first")
        second = self.step_of(2, "lock", "second")
        output = self.gdb("who-holds", f"run-to-event {max(first, second)}", "next-event",
                          "who-holds")
        self.assertIn("no mutex so far", output)
        self.assertIn("first: held by thread 1", output)
        self.assertIn("second: held by thread 2", output)

    def test_wrong_commands(self):
        size = len(self.trace["steps"])
        output = self.gdb(f"run-to-event {size + 1}", "run-to-event x", "run-to-event 0",
                          "next-event", "run-to-event 1", "show-event 1000")
        self.assertIn(f"there are {size} steps", output)
        self.assertIn("takes the number of a step", output)
        self.assertIn("step 1 is behind", output)
        self.assertIn("there is no step 1000", output)

    def test_runs_to_the_end_and_again(self):
        output = self.gdb("run-to-event 5", "run-to-end", "run", "continue")
        self.assertIn("violated: debugged", output)
        self.assertIn("exited with code 01", output)
        self.assertEqual(re.findall(r"step (\d+) of \d+,", output), ["1", "5", "1", "2"])

    def test_a_crash_stops_where_it_happens(self):
        path = os.path.join(self.folder.name, "crash.json")
        PROGRAMS.run("run", "debugged", "--set", "crash=1", "--trace", path)
        with open(path, encoding="utf-8") as file:
            steps = json.load(file)["steps"]
        output = self.gdb(f"run-to-event {len(steps) - 1}", "continue", "print amount", path=path)
        self.assertIn("SIGSEGV", output)
        self.assertIn("*nowhere = amount", output)
        self.assertIn(f"came after step {len(steps) - 1}", output)
        self.assertIn("$1 = 11", output)

    def test_by_hand_without_arguments(self):
        script = os.path.join(os.path.dirname(PROGRAMS.heddle), "../share/heddle/heddle_gdb.py")
        ended = subprocess.run(
            ["gdb", "-q", "-batch", "-x", script, "-ex", "next-event", "--args",
             os.path.join(PROGRAMS.scenarios, "debugged")],
            capture_output=True, text=True, check=False, timeout=120)
        self.assertIn("needs the arguments --replay=TRACE --step-through", ended.stderr)

    def test_hostile_trace_is_harmless(self):
        trace = support.hostile(self.trace)
        trace["scenario"] = "debugged"
        trace["settings"] = {"crash": 0}
        path = support.save(trace, self.folder.name, "hostile.json")
        script = os.path.join(os.path.dirname(PROGRAMS.heddle), "../share/heddle/heddle_gdb.py")
        ended = subprocess.run(
            ["gdb", "-q", "-batch", "-x", script, "-ex", "show-event 5", "-ex", "who-holds",
             "--args", os.path.join(PROGRAMS.scenarios, "debugged"), f"--replay={path}",
             "--step-through"], capture_output=True, text=True, check=False, timeout=120)
        self.assertIn("step 5 of", ended.stdout)
        self.assertIsNone(support.STEERING.search(ended.stdout))

    def test_step_through_needs_a_replay(self):
        ended = subprocess.run([os.path.join(PROGRAMS.scenarios, "debugged"), "--step-through"],
                               capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("--replay", ended.stderr)

    def test_without_gdb(self):
        environment = {"PATH": "/nowhere", "HEDDLE_SCENARIOS": PROGRAMS.scenarios}
        ended = subprocess.run([PROGRAMS.heddle, "replay", self.path, "--gdb"], env=environment,
                               capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("can't start gdb", ended.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
