#!/usr/bin/env python3
"""Runs `heddle` and scenario programs as a user does.

usage: command_line_test.py HEDDLE SCENARIOS [unittest arguments]
"""
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

HEDDLE, SCENARIOS = (os.path.abspath(path) for path in sys.argv[1:3])
RACE = ["message_passing", "--set", "ordered=0"]


def environment(**more):
    return {"PATH": os.environ["PATH"], "HEDDLE_SCENARIOS": SCENARIOS, **more}


def heddle(*words, program=HEDDLE, **options):
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([program, *words], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          text=True, timeout=120, env=environment(), **options)


def on_terminal(*words, columns=100, **more):
    """What `heddle` prints on a terminal (both streams), and its exit status."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(HEDDLE, [HEDDLE, *words], environment(TERM="xterm", **more))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    output = b""
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        if not data:
            break
        output += data
    os.close(terminal)
    return output.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.trace = os.path.join(folder.name, "trace.json")

    def refuses(self, *words, says, program=HEDDLE):
        ended = heddle(*words, program=program)
        self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended.stderr)
        self.assertRegex(ended.stderr, r"\Aheddle: [^\n]*\n\Z")
        self.assertIn(says, ended.stderr)

    def save_race(self):
        ended = heddle("run", *RACE, "--trace", self.trace)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        return ended.stdout

    def test_list(self):
        ended = heddle("list")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn("message_passing ", ended.stdout)
        listed = json.loads(heddle("list", "--format", "json").stdout)
        self.assertEqual(listed["schema"], "heddle.list/1")
        names = [each["name"] for each in listed["scenarios"]]
        self.assertEqual(names, sorted(names))
        self.assertIn("message_passing", names)

    def test_help_and_version(self):
        for words in (["--help"], ["--version"], ["run", "--help"], ["new", "-h"]):
            ended = heddle(*words)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""), words)
            self.assertNotEqual(ended.stdout, "")
        program = os.path.join(SCENARIOS, "message_passing")
        self.assertIn("ordered", heddle("--help", program=program).stdout)

    def test_exit_status_is_the_verdict(self):
        holds = heddle("run", "message_passing")
        self.assertEqual(holds.returncode, 0, holds.stdout + holds.stderr)
        self.assertTrue(holds.stdout.startswith("holds: message_passing"), holds.stdout)
        self.assertEqual(heddle("run", "message_passing", "--expect", "violated").returncode, 1)
        self.assertEqual(heddle("run", *RACE).returncode, 1)
        self.assertEqual(heddle("run", *RACE, "--expect", "violated").returncode, 0)
        limited = heddle("run", "store_buffering", "--executions", "1")
        self.assertEqual(limited.returncode, 3, limited.stdout)
        self.assertTrue(limited.stdout.startswith("incomplete: "), limited.stdout)
        expected = heddle("run", "store_buffering", "--executions", "1", "--expect", "violated")
        self.assertEqual(expected.returncode, 3)
        both = heddle("run", "message_passing", "store_buffering", "--executions", "1")
        self.assertEqual(both.returncode, 3)

    def test_same_options_same_output(self):
        for words in ([*RACE], ["store_buffering", "--keep-going"],
                      ["store_buffering", "--strategy", "random", "--seed", "5",
                       "--executions", "50"]):
            first, second = (heddle("run", *words) for _ in range(2))
            self.assertEqual(first.stdout, second.stdout)
            self.assertEqual(first.returncode, second.returncode)

    def test_json(self):
        ended = heddle("run", *RACE, "--format", "json")
        result = json.loads(ended.stdout)
        self.assertEqual(result["schema"], "heddle.result/1")
        self.assertEqual((result["scenario"], result["verdict"]), ("message_passing", "violated"))
        self.assertEqual(result["parameters"]["ordered"], 0)
        self.assertEqual(result["violation"]["kind"], "data race")
        self.assertRegex(result["violation"]["at"], r"message_passing\.cpp:\d+$")
        self.assertEqual(result["violation"]["trace"]["schema"], "heddle.trace/4")
        ended = heddle("run", *RACE, "--format", "json", "--trace", self.trace)
        self.assertEqual(json.loads(ended.stdout)["violation"]["trace"], self.trace)
        incomplete = heddle("run", "store_buffering", "--executions", "1", "--format", "json")
        self.assertIn("reason", json.loads(incomplete.stdout))

    def test_show_and_replay_tell_the_same(self):
        printed = self.save_race()
        shown = heddle("show", self.trace)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertTrue(printed.startswith(shown.stdout + "\n"), shown.stdout)
        replayed = heddle("replay", self.trace)
        self.assertEqual(replayed.returncode, 1, replayed.stderr)
        self.assertTrue(replayed.stdout.startswith(shown.stdout + "\n"), replayed.stdout)
        again = os.path.join(self.folder, "again.json")
        self.assertEqual(heddle("replay", self.trace, "--trace", again).returncode, 1)
        with open(self.trace, encoding="utf-8") as one, open(again, encoding="utf-8") as two:
            self.assertEqual(one.read(), two.read())

    def test_traces_have_the_objects_of_the_scenario_and_no_others(self):
        heddle("run", *RACE, "--trace", self.trace)
        with open(self.trace, encoding="utf-8") as file:
            objects = {step.get("object") for step in json.load(file)["steps"]} - {None}
        self.assertEqual(objects, {"message", "ready"})

    def test_traces_that_do_not_fit(self):
        self.save_race()
        with open(self.trace, encoding="utf-8") as file:
            text = file.read()
        cases = {text[:len(text) // 2]: "truncated", "": "empty", "no": "not a heddle trace",
                 text.replace("trace/4", "trace/9"): "version 9",
                 text.replace('"message_passing"', '"massage_passing"'): "massage_passing",
                 text.replace('"load"', '"fence"'): "", text.replace('"cpp20"', '"cpp21"'): "",
                 text.replace('"ordered":0', '"ordered":1'): ""}
        for changed, says in cases.items():
            self.assertNotEqual(changed, text)
            with open(self.trace, "w", encoding="utf-8") as file:
                file.write(changed)
            self.refuses("replay", self.trace, says=says)
        self.refuses("show", os.path.join(self.folder, "none"), says="No such file")
        self.refuses("show", self.folder, says="Is a directory")

    def test_unknown_names_are_answered_with_those_that_exist(self):
        self.refuses(says="say what to do")
        self.refuses("lst", says="did you mean 'list'?")
        self.refuses("run", "mesage_passing", says="did you mean 'message_passing'?")
        self.refuses("run", "message_passing", "--modle", "sc", says="did you mean '--model'?")
        self.refuses("run", "message_passing", "--model", "rc1", says="did you mean 'rc11'?")
        self.refuses("run", "message_passing", "--set", "order=1", says="did you mean 'ordered'?")
        self.refuses("run", "message_passing", "--set", "ordered=2", says="from 0 to 1")
        self.refuses("run", "message_passing", "--steps", "0", says="from 1 to 60000")
        self.refuses("run", says="--all")
        self.refuses("run", "--all", "--trace", self.trace, says="--trace")
        program = os.path.join(SCENARIOS, "message_passing")
        self.refuses("--replay", self.trace, "--model", "sc", says="--model", program=program)

    def test_files_that_cannot_be_written(self):
        self.refuses("run", *RACE, "--trace", os.path.join(self.folder, "no", "t"), says="No such")
        self.refuses("run", *RACE, "--trace", self.folder, says="Is a directory")
        full = heddle("run", *RACE, "--trace", "/dev/full")
        self.assertEqual(full.returncode, 2)
        self.assertIn("violated: message_passing", full.stdout)
        self.assertIn("No space left", full.stderr)
        with open("/dev/full", "w", encoding="utf-8") as device:
            ended = heddle("run", *RACE, stdout=device)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("heddle: can't write to standard output", ended.stderr)

    def test_without_counterexample_an_old_trace_stays(self):
        self.save_race()
        before = os.stat(self.trace)
        self.assertEqual(heddle("run", "message_passing", "--trace", self.trace).returncode, 0)
        self.assertEqual(os.stat(self.trace).st_mtime_ns, before.st_mtime_ns)
        self.assertEqual(os.listdir(self.folder), ["trace.json"])

    def test_run_all_in_another_folder(self):
        folder = os.path.join(self.folder, "some")
        os.mkdir(folder)
        for name in ("message_passing", "store_buffering"):
            os.symlink(os.path.join(SCENARIOS, name), os.path.join(folder, name))
        with open(os.path.join(folder, "no_scenario"), "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexit 0\n")
        os.chmod(os.path.join(folder, "no_scenario"), 0o755)
        def run(*words):
            return subprocess.run([HEDDLE, "run", "--all", *words], text=True, timeout=120,
                                  capture_output=True, cwd=self.folder,
                                  env={"HEDDLE_SCENARIOS": folder})
        # The programs beside `heddle` are found as well; only the first of a name counts.
        ended = run("--executions", "1", "--format", "json")
        rows = json.loads(ended.stdout)["scenarios"]
        names = [each["scenario"] for each in rows]
        self.assertEqual(len(names), len(set(names)))
        self.assertIn("store_buffering", names)
        # What is no scenario is not left out: it could be one that does not start any more.
        other = next(each for each in rows if each["scenario"] == "no_scenario")
        self.assertIsNone(other["result"])
        self.assertIn("is no scenario program", other["complaint"])
        self.assertEqual(ended.returncode, 2)
        self.assertIn(" 1 without result", run("--executions", "1", "--quiet").stdout)
        listed = subprocess.run([HEDDLE, "list"], text=True, timeout=120, capture_output=True,
                                env={"HEDDLE_SCENARIOS": folder}, check=True)
        self.assertIn("no_scenario' is no scenario program", listed.stderr)

    def test_all_models(self):
        ended = heddle("run", *RACE, "--model", "all", "--trace", self.trace)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertRegex(ended.stdout, r"\nra +holds +1 +0 +0\nrc11 +violated +0 +0 +1\n")
        self.assertIn("\nviolated: message_passing (all models, ordered = 0): holds under sc, tso "
                      "and ra; violated under rc11 and cpp20.", ended.stdout)
        self.assertRegex(ended.stderr, r"(heddle: \w+: \d.* s, .*\n){5}")
        replayed = heddle("replay", self.trace)  # that of the strongest model that violates
        self.assertIn("(model rc11, ", replayed.stdout)
        self.assertEqual(heddle("run", *RACE, "--model", "all").stdout,
                         heddle("run", *RACE, "--model", "all").stdout)
        quiet = heddle("run", *RACE, "--model", "all", "--quiet")
        self.assertEqual(len(quiet.stdout.splitlines()), 1, quiet.stdout)
        counted = heddle("run", "store_buffering", "--set", "fences=0", "--model", "all",
                         "--keep-going")
        self.assertRegex(counted.stdout, r"\nsc +holds +3 +0 +0\ntso +violated +3 +0 +1\n")

    def test_exit_status_of_all_models(self):
        def status(*words):
            return heddle("run", *words, "--model", "all").returncode
        self.assertEqual(status("message_passing"), 0)
        self.assertEqual(status("message_passing", "--expect", "violated"), 1)
        self.assertEqual(status(*RACE, "--expect", "violated"), 0)
        self.assertEqual(status("store_buffering", "--executions", "1"), 3)
        self.assertEqual(status(*RACE, "--strategy", "random", "--executions", "1"), 1)

    def test_all_models_in_json(self):
        ended = heddle("run", *RACE, "--model", "all", "--format", "json")
        result = json.loads(ended.stdout)
        self.assertEqual(result["schema"], "heddle.models/1")
        self.assertEqual((result["verdict"], result["first_violated"]), ("violated", "rc11"))
        self.assertEqual([each["model"] for each in result["results"]],
                         ["sc", "tso", "ra", "rc11", "cpp20"])
        self.assertEqual([each["verdict"] for each in result["results"]],
                         ["holds"] * 3 + ["violated"] * 2)

    def test_run_all_under_all_models(self):
        ended = heddle("run", "--all", "--model", "all", "--executions", "5", "--format", "json")
        rows = json.loads(ended.stdout)["scenarios"]
        of_one = [each for each in rows if each["scenario"] == "message_passing"]
        self.assertEqual([each["model"] for each in of_one], ["sc", "tso", "ra", "rc11", "cpp20"])
        for each in of_one:
            self.assertEqual((each["result"]["model"], each["complaint"]), (each["model"], None))
        ended = heddle("run", "--all", "--model", "all", "--executions", "5")
        self.assertRegex(ended.stdout, r"\ASCENARIO +MODEL +VERDICT")
        self.assertRegex(ended.stdout, r"\n%d runs: " % len(rows))

    def test_strengthen(self):
        ended = heddle("run", *RACE, "--strengthen")
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertRegex(ended.stdout,
                         r"\norders with which it holds under cpp20, each of them needed:\n"
                         r"  scenarios/message_passing\.cpp:\d+  ready\.store  relaxed -> release\n"
                         r"  scenarios/message_passing\.cpp:\d+  ready\.load   relaxed -> acquire\n"
                         r"\d+ further explorations; the scenario gives an order in 2 places\n\Z")
        again = heddle("run", *RACE, "--strengthen")
        self.assertEqual(ended.stdout, again.stdout)
        weaker = heddle("run", "message_passing", "--strengthen", "--model", "rc11")
        self.assertEqual(weaker.returncode, 0)
        self.assertIn("\nno order may be weaker under rc11: each is needed in 2 places\n",
                      weaker.stdout)
        hopeless = heddle("run", "stash_shared", "--strengthen", "--quiet")
        self.assertIn("\nno set of orders helps: it is violated under sc as well\n",
                      hopeless.stdout)
        both = heddle("run", *RACE, "--strengthen", "--expect", "violated", "--keep-going")
        self.assertEqual(both.returncode, 0, both.stderr)

    def test_strengthen_in_json(self):
        result = json.loads(heddle("run", *RACE, "--strengthen", "--format", "json").stdout)
        self.assertEqual((result["verdict"], result["orders"]["outcome"]), ("violated", "found"))
        changes = [(each["objects"], each["operation"], each["written"], each["order"])
                   for each in result["orders"]["changes"]]
        self.assertEqual(changes, [(["ready"], "store", "relaxed", "release"),
                                   (["ready"], "load", "relaxed", "acquire")])
        self.assertNotIn("orders", json.loads(heddle("run", *RACE, "--format", "json").stdout))

    def test_strengthen_within_limits(self):
        ended = heddle("run", "store_buffering", "--strengthen", "--executions", "1")
        self.assertEqual(ended.returncode, 3)
        self.assertNotIn("order", ended.stdout)
        cut = heddle("run", "store_buffering", "--strengthen", "--executions", "3",
                     "--set", "fences=0")
        self.assertEqual(cut.returncode, 1, cut.stderr)

    def test_strengthen_refuses_what_has_no_answer(self):
        for model in ("sc", "tso", "ra", "all"):
            self.refuses("run", *RACE, "--strengthen", "--model", model, says="rc11 or cpp20")
        self.refuses("run", *RACE, "--strengthen", "--strategy", "random", says="exhaustive")
        self.refuses("run", "--all", "--strengthen", says="--strengthen")
        program = os.path.join(SCENARIOS, "message_passing")
        self.refuses("--replay", self.trace, "--strengthen", says="--strengthen", program=program)

    def test_new(self):
        ended = heddle("new", "my_queue", "--directory", self.folder)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn("heddle run my_queue", ended.stdout)
        with open(os.path.join(self.folder, "my_queue.cpp"), encoding="utf-8") as file:
            self.assertIn('.name = "my_queue"', file.read())
        self.refuses("new", "my_queue", "--directory", self.folder, says="exists already")
        self.refuses("new", "my_queue", "--directory", self.folder + "/no", says="no folder")
        for name in ("", "My", "a-b", "../a", "a__b", "a_", "1a", "test", "a" * 65):
            self.refuses("new", name, "--directory", self.folder, says="name")

    def test_terminal(self):
        self.save_race()
        plain = heddle("show", self.trace).stdout
        coloured, status = on_terminal("show", self.trace)
        self.assertEqual(status, 0)
        self.assertIn("\x1b[", coloured)
        self.assertNotIn("\x1b[", on_terminal("show", self.trace, NO_COLOR="1")[0])
        self.assertNotIn("\x1b", plain)

    def test_interrupt_ends_the_run_as_incomplete(self):
        # So many random executions that nobody waits for them.
        child = subprocess.Popen(
            [HEDDLE, "run", "store_buffering", "--strategy", "random", "--executions",
             "1000000000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment(), start_new_session=True)
        time.sleep(1)
        os.killpg(child.pid, signal.SIGINT)
        output, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 3, output + errors)
        self.assertRegex(output, r"incomplete: store_buffering .*: .*interrupted")
        self.assertTrue(re.search(r"executions: [1-9]", output), output)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
