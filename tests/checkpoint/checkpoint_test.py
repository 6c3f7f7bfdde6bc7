#!/usr/bin/env python3
"""An exploration that is killed, and goes on from its checkpoint, comes to the same result.

usage: checkpoint_test.py SCENARIOS ADDRESSES [KILLS] [unittest arguments]

SCENARIOS is the folder of scenario programs; ADDRESSES is tests/checkpoint/addresses.cpp; KILLS,
how often a run is killed in all (30 if not given).
"""
import ctypes
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

FOLDER, ADDRESSES = sys.argv[1:3]
KILLS = int(sys.argv[3]) if sys.argv[3:4] and sys.argv[3].isdigit() else 30
COUNTED = os.path.join(FOLDER, "stash_shared_counted")
SMALL = os.path.join(FOLDER, "store_buffering")
NO_RANDOMISATION = 0x0040000  # ADDR_NO_RANDOMIZE of personality(2)
OFTEN = ["--checkpoint-every", "0.01"]


def run(words, **how):
    ended = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                           **how)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def counts(text):
    """What a result says that does not depend on time."""
    result = json.loads(text)
    return result["verdict"], result["executions"], result["events"], result.get("reason")


def place_as_always():
    ctypes.CDLL(None).personality(NO_RANDOMISATION)


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = os.path.join(folder.name, "run.checkpoint")


class Killed(InFolder):
    def killed(self, command, random_seconds):
        """Kills the run again and again; returns its result in the end, and how often."""
        kills = 0
        while True:
            begins = not os.path.exists(self.file) or os.path.getsize(self.file) == 0
            way = ["--checkpoint" if begins else "--resume", self.file]
            with subprocess.Popen([*command, *way, *OFTEN], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                try:
                    text, error = process.communicate(timeout=random_seconds())
                    self.assertEqual(error.decode(), "")
                    return text.decode(), kills
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    kills += 1

    def come_to_the_same(self, program, options, shortest, longest, kills):
        command = [program, *options, "--format", "json"]
        right = counts(run(command, preexec_fn=place_as_always)[1])
        chance = random.Random(program)
        done = 0
        while done < kills:
            text, times = self.killed(command, lambda: chance.uniform(shortest, longest))
            done += times
            self.assertEqual(counts(text), right)
            self.assertFalse(os.path.exists(self.file), "nothing is left to go on with")

    def test_runs_that_hold(self):
        self.come_to_the_same(COUNTED, ["--set", "flushers=3"], 0.05, 0.3, KILLS // 2)

    def test_runs_that_depend_on_addresses_and_count_violations(self):
        self.come_to_the_same(ADDRESSES, ["--keep-going", "--jobs", "3"], 0.05, 0.3, KILLS // 2)


class Ended(InFolder):
    def test_by_a_limit_go_on_with_another_number_of_jobs(self):
        command = [COUNTED, "--set", "flushers=3", "--format", "json"]
        status, text, error = run([*command, "--checkpoint", self.file, "--seconds", "0.3",
                                   "--jobs", "1"])
        self.assertEqual(status, 3)
        self.assertIn(f"--resume {self.file} goes on from here", error)
        before = json.loads(text)["executions"]["complete"]
        status, text, error = run([*command, "--resume", self.file, "--seconds", "0.3", "--jobs",
                                   "3"])
        self.assertEqual(status, 3, error)
        self.assertGreater(json.loads(text)["executions"]["complete"], before)
        self.assertLess(os.path.getsize(self.file), 1 << 20)


class Refused(InFolder):
    def setUp(self):
        super().setUp()
        self.command = [COUNTED, "--set", "flushers=3"]
        self.assertEqual(run([*self.command, "--checkpoint", self.file, "--seconds", "0.2"])[0], 3)

    def refused(self, words, *parts):
        status, _, error = run(words)
        self.assertEqual(status, 2, error)
        for part in parts:
            self.assertIn(part, error)
        self.assertTrue(os.path.exists(self.file), "what it is about stays")

    def change(self, old, new):
        with open(self.file, encoding="utf-8") as file:
            text = file.read()
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(re.sub(old, new, text, count=1))

    def test_other_runs(self):
        resume = ["--resume", self.file]
        self.refused([SMALL, *resume], "it is of the scenario 'stash_shared_counted'")
        self.refused([COUNTED, *resume], "parameters 'flushers=3' there, 'flushers=2' here")
        self.refused([*self.command, *resume, "--model", "sc"], "model 'cpp20' there, 'sc' here")
        self.refused([*self.command, *resume, "--keep-going"], "--keep-going 'no' there")
        self.refused([*self.command, *resume, "--steps", "99"], "--steps '10000' there")

    def test_another_build(self):
        self.change('"program": "[0-9a-f]*"', '"program": "0"')
        self.refused([*self.command, "--resume", self.file], "another build of the program")

    def test_files_that_are_none(self):
        self.change('checkpoint/1', 'checkpoint/99')
        self.refused([*self.command, "--resume", self.file], "heddle.checkpoint/99")
        self.change('"schema": .*,', '')
        self.refused([*self.command, "--resume", self.file], "no checkpoint")
        os.truncate(self.file, os.path.getsize(self.file) // 2)
        self.refused([*self.command, "--resume", self.file], "no checkpoint, or not all of one")

    def test_positions_that_are_none(self):
        self.change(r'"position": "[0-9/]* ', '"position": "9/7/8 ')
        self.refused([*self.command, "--resume", self.file], "'9/7/8' is no choice")

    def test_a_file_that_is_there(self):
        self.refused([*self.command, "--checkpoint", self.file], "is there already", "--resume")

    def test_a_file_that_is_not(self):
        other = self.file + ".other"
        self.refused([*self.command, "--resume", other], "there is no checkpoint")
        self.assertFalse(os.path.exists(other))

    def test_a_folder_that_is_not(self):
        self.refused([*self.command, "--checkpoint", "/no/such/folder/x"], "/no/such/folder/x")

    def test_explorations_of_other_kinds(self):
        for words in (["--model", "all"], ["--strengthen"], ["--strategy", "random"],
                      ["--executions", "5"], ["--self-check"],
                      ["--search", "states", "--model", "sc"], ["--checkpoint", "x"]):
            self.refused([*self.command, *words, "--resume", self.file], "heddle: ")

    def test_a_file_that_another_run_writes(self):
        command = [os.path.join(FOLDER, "fput_partial_fix"), "--keep-going"]
        file = self.file + ".long"
        with subprocess.Popen([*command, "--checkpoint", file, *OFTEN],
                              stdout=subprocess.DEVNULL) as other:
            time.sleep(0.3)
            self.refused([*command, "--resume", file], "written by another run")
            other.kill()


class Position(InFolder):
    def test_that_does_not_fit_is_told(self):
        command = [COUNTED, "--set", "flushers=3"]
        run([*command, "--checkpoint", self.file, "--seconds", "0.2"])
        with open(self.file, encoding="utf-8") as file:
            text = file.read()
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(re.sub(r'"position": "[0-9/]* ', '"position": "0/9/9 ', text))
        status, text, _ = run([*command, "--resume", self.file])
        self.assertEqual(status, 4)
        self.assertIn("does not come to the same choices again", text)


class Disk(InFolder):
    def test_that_is_full_ends_nothing(self):
        def full():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        status, text, error = run([ADDRESSES, "--keep-going", "--checkpoint", self.file, *OFTEN],
                                  preexec_fn=full)
        self.assertEqual(status, 1, error)
        self.assertIn("violated", text)
        self.assertIn("can't write the checkpoint", error)
        self.assertIn("the run goes on", error)
        self.assertEqual(os.listdir(os.path.dirname(self.file)), [])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *[word for word in sys.argv[3:] if not word.isdigit()]])
