#!/usr/bin/env python3
"""What `heddle` does with the files and the values that a user gives it.

usage: files_test.py HEDDLE SCENARIOS [unittest arguments]
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ElementTree

HEDDLE, SCENARIOS = (os.path.abspath(path) for path in sys.argv[1:3])
RACE = ["message_passing", "--set", "ordered=0"]
FILES = ("--trace", "--nearest", "--html", "--junit", "--sarif")
ENVIRONMENT = {"PATH": os.environ["PATH"], "HEDDLE_SCENARIOS": SCENARIOS}


def heddle(*words, **options):
    options = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, "env": ENVIRONMENT,
               **options}
    return subprocess.run([HEDDLE, *words], stderr=subprocess.PIPE, text=True, timeout=120,
                          check=False, **options)


def closed_pipe():
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


class Base(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def refuses(self, *words, says, **options):
        ended = heddle(*words, cwd=self.folder, **options)
        self.assertEqual((ended.returncode, ended.stdout), (2, ""), (words, ended.stderr))
        self.assertRegex(ended.stderr, r"\Aheddle: [^\n]*\n\Z")
        self.assertIn(says, ended.stderr)
        self.assertEqual(os.listdir(self.folder), self.before, words)

    @property
    def before(self):
        return []


class Values(Base):
    def options(self, command):
        """The options that take a value, and those that take none."""
        text = heddle(command, "--help").stdout
        return (re.findall(r"^ +(?:-\w, ?)?(--[\w-]+) [^ \n]", text, re.M),
                re.findall(r"^ +(?:-\w, ?)?(--[\w-]+)(?:  |$)", text, re.M))

    def test_an_empty_value_is_an_error_for_every_option(self):
        arguments = {"run": [*RACE], "replay": ["t"], "show": ["t"], "diff": ["t", "t"],
                     "list": [], "new": ["n"], "litmus": ["l"]}
        seen = set()
        for command, words in arguments.items():
            valued, _ = self.options(command)
            seen.update(valued)
            for option in valued:
                for value in ([option, ""], [option + "="]):
                    self.refuses(command, *words, *value, says="")
        self.assertLessEqual({*FILES, "--seconds", "--set", "--model", "--directory", "--jobs"},
                             seen)

    def test_an_option_is_no_value(self):
        for option in FILES:
            self.refuses("run", *RACE, option, "--quiet", says=f"{option} needs a value")
            self.refuses("run", *RACE, option, "", "--quiet", says=f"value of {option} is empty")
            self.refuses("run", *RACE, f"{option}=", "--quiet", says=f"value of {option} is empty")
            self.refuses("run", *RACE, "--quiet", option, says=option)

    def test_a_flag_takes_no_value(self):
        _, flags = self.options("run")
        self.assertIn("--quiet", flags)
        for flag in set(flags) - {"--help", "--version"}:
            self.refuses("run", *RACE, f"{flag}=false", says=f"{flag} takes no value")

    def test_a_folder_of_scenarios_that_does_not_exist_is_named(self):
        for value in ("/no/such", SCENARIOS + ":/no/such", "/no/such:" + SCENARIOS, HEDDLE):
            environment = {**ENVIRONMENT, "HEDDLE_SCENARIOS": value}
            named = "/no/such" if "/no/such" in value else HEDDLE
            for words in (["list"], ["run", *RACE], ["run", "--all"]):
                self.refuses(*words, says=f"HEDDLE_SCENARIOS names '{named}'", env=environment)
        environment = {**ENVIRONMENT, "HEDDLE_SCENARIOS": f":{SCENARIOS}:"}
        self.assertEqual(heddle("run", *RACE, env=environment).returncode, 1)


class StandardStreams(Base):
    def test_a_dash_is_standard_output(self):
        starts = {"--trace": "{", "--nearest": "{", "--html": "<!doctype html>",
                  "--junit": "<?xml", "--sarif": "{"}
        for option, start in starts.items():
            ended = heddle("run", "store_buffering", "--set", "fences=0", option, "-",
                           cwd=self.folder)
            self.assertEqual(ended.returncode, 1, ended.stderr)
            self.assertTrue(ended.stdout.startswith(start), (option, ended.stdout[:80]))
            self.assertIn("violated: store_buffering", ended.stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_dash_is_standard_input_where_a_trace_is_read(self):
        trace = heddle("run", *RACE, "--trace", "-").stdout
        def given(*words):
            return subprocess.run([HEDDLE, *words], input=trace, text=True, timeout=120,
                                  capture_output=True, check=False, env=ENVIRONMENT)
        self.assertTrue(given("show", "-").stdout.startswith("data race: "))
        self.assertTrue(given("show", "-", "--html", "-").stdout.startswith("<!doctype html>"))
        self.assertIn("takes a file", given("replay", "-").stderr)

    def test_run_all(self):
        ended = heddle("run", "--all", "--executions", "1", "--junit", "-", cwd=self.folder)
        self.assertTrue(ended.stdout.startswith("<?xml"), ended.stdout[:80])
        self.assertIn("SCENARIO ", ended.stderr)

    def files_in_spite_of(self, stdout):
        wanted = {option: self.path(option.strip("-")) for option in FILES}
        words = [word for each in wanted.items() for word in each]
        ended = heddle("run", "store_buffering", "--set", "fences=0", *words, stdout=stdout)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        for path in wanted.values():
            self.assertTrue(os.path.getsize(path), path)
            os.remove(path)
        return ended.stderr

    def test_files_are_written_though_standard_output_breaks(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            errors = self.files_in_spite_of(full)
        self.assertEqual(errors.count("can't write to standard output: No space left"), 1, errors)
        pipe = closed_pipe()
        self.assertNotIn("standard output", self.files_in_spite_of(pipe))
        for format_ in (["--format", "json"], ["--model", "all"]):
            ended = heddle("run", *RACE, "--junit", self.path("j"), *format_, stdout=pipe)
            self.assertEqual(ended.returncode, 2)
            ElementTree.parse(self.path("j"))
            os.remove(self.path("j"))
        ended = heddle("run", "--all", "--executions", "1", "--junit", self.path("j"), stdout=pipe)
        self.assertEqual(ended.returncode, 2)
        self.assertGreater(len(ElementTree.parse(self.path("j")).findall("testsuite/testcase")), 2)
        os.close(pipe)

    def test_one_file_that_cannot_be_written_takes_no_other_with_it(self):
        words = ["--trace", "/dev/full", "--junit", self.path("j"), "--html", self.path("h")]
        ended = heddle("run", *RACE, *words)
        self.assertEqual(ended.returncode, 2)
        self.assertIn("violated: message_passing", ended.stdout)
        self.assertEqual(sorted(os.listdir(self.folder)), ["h", "j"])

    def test_the_reader_of_several_runs_may_go(self):
        pipe = closed_pipe()
        ended = heddle("run", *RACE[:1], "store_buffering", stdout=pipe)
        os.close(pipe)
        self.assertEqual(ended.returncode, 2)


class SameFile(Base):
    @property
    def before(self):
        return ["sub"]

    def setUp(self):
        super().setUp()
        os.mkdir(self.path("sub"))

    def test_two_outputs_of_one_name_whatever_it_is_called(self):
        for first in FILES:
            for second in FILES:
                if first < second:
                    self.refuses("run", *RACE, first, "x", second, "x", says="name one file, 'x'")
        for other in ("./x", "sub/../x", self.path("x"), ".//x"):
            self.refuses("run", *RACE, "--trace", "x", "--html", other, says="name one file")
        self.refuses("run", *RACE, "--trace", "-", "--html", "-", says="name one file, '-'")
        self.refuses("run", *RACE, "--trace", "/dev/stdout", "--html", "-", says="name one file")
        self.refuses("run", *RACE, "--format", "json", "--trace", "-",
                     says="--trace and --format json name one file")
        self.refuses("run", "--all", "--junit", "x", "--sarif", "./x", says="name one file")

    def test_links_to_one_file(self):
        with open(self.path("sub/x"), "w", encoding="utf-8"):
            pass
        os.symlink("x", self.path("sub/soft"))
        os.link(self.path("sub/x"), self.path("sub/hard"))
        for other in ("soft", "hard"):
            self.refuses("run", *RACE, "--trace", "sub/x", "--html", "sub/" + other,
                         says="name one file")

    def test_the_trace_that_is_read_is_not_written_over(self):
        heddle("run", *RACE, "--trace", self.path("sub/t"))
        for words in (["show", "sub/t", "--html", "./sub/t"],
                      ["replay", "sub/t", "--html", "sub/t"]):
            self.refuses(*words, says="name one file")

    def test_devices_may_be_named_twice(self):
        ended = heddle("run", *RACE, "--trace", "/dev/null", "--html", "/dev/null")
        self.assertEqual(ended.returncode, 1, ended.stderr)


class Counts(Base):
    CUT = ["run", "store_buffering", "--set", "fences=0", "--keep-going", "--executions", "2"]

    def test_counts_that_were_cut_off_say_so(self):
        ended = heddle(*self.CUT)
        self.assertEqual(ended.returncode, 1, ended.stderr)
        self.assertRegex(ended.stdout, r"\nexecutions: .* events; not all: the limit of 2 "
                                       r"executions was reached\n")
        whole = heddle(*self.CUT[:-2])
        self.assertNotIn("not all", whole.stdout)

    def test_in_json(self):
        result = json.loads(heddle(*self.CUT, "--format", "json").stdout)
        self.assertEqual((result["whole"], result["reason"]),
                         (False, "the limit of 2 executions was reached"))
        result = json.loads(heddle(*self.CUT[:-2], "--format", "json").stdout)
        self.assertEqual((result["whole"], "reason" in result), (True, False))

    def test_in_junit(self):
        path = self.path("j")
        for words in ([], ["--expect", "violated"]):
            heddle(*self.CUT, *words, "--junit", path)
            case = ElementTree.parse(path).find("testsuite/testcase")
            self.assertIn("not those of all executions: the limit of 2",
                          case.find("system-out").text)
        heddle(*self.CUT[:-2], "--junit", path)
        self.assertIsNone(ElementTree.parse(path).find(".//system-out"))

    def test_under_all_models(self):
        ended = heddle(*self.CUT, "--model", "all")
        self.assertRegex(ended.stdout, r"\ntso +violated .*<- the limit of 2 executions")

    def test_in_all_scenarios(self):
        ended = heddle("run", "--all", "--executions", "1", "--keep-going", "--format", "json")
        for row in json.loads(ended.stdout)["scenarios"]:
            if row["expected"] == "violated" and row["result"]["verdict"] == "violated":
                self.assertFalse(row["result"]["whole"])

    def test_interrupted(self):
        child = subprocess.Popen(
            [HEDDLE, "run", "fput_shipped", "--set", "flushers=3", "--keep-going"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
            start_new_session=True)
        time.sleep(2)
        os.killpg(child.pid, signal.SIGINT)
        output, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 1, errors)
        self.assertRegex(output, r"\nexecutions: .*; not all: interrupted\n")

    def test_what_was_looked_at_is_what_there_was(self):
        ended = heddle("run", *RACE)
        self.assertIn("\nthe simplest violation among all executions", ended.stdout)
        cut = heddle("run", "fput_shipped", "--simplest", "5", "--model", "sc")
        self.assertRegex(cut.stdout, r"among 5 executions from the first one on; --keep-going")

    def test_an_execution_that_is_too_long_is_no_violation(self):
        trace = self.path("t")
        words = ["run", "store_buffering", "--steps", "12"]
        ended = heddle(*words, "--trace", trace)
        self.assertEqual(ended.returncode, 3)
        self.assertIn(" 0 violating", ended.stdout)
        result = json.loads(heddle(*words, "--format", "json").stdout)
        self.assertIsNone(result["violation"])
        shown = heddle("show", trace, "--format", "junit").stdout
        self.assertIn('failures="0" errors="1"', shown)


class Processes(Base):
    def test_nothing_is_left_behind_when_the_command_is_killed(self):
        # In a session of its own, and so as to be found by that.
        child = subprocess.Popen(
            [HEDDLE, "run", "store_buffering", "--strategy", "random", "--executions",
             "1000000000000"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=ENVIRONMENT, start_new_session=True)
        def members():
            listed = subprocess.run(["ps", "-o", "pid=,stat=", "--sid", str(child.pid)], text=True,
                                    capture_output=True, check=False).stdout
            return [line for line in listed.splitlines() if " Z" not in line]
        self.wait_until(lambda: len(members()) == 2)
        child.kill()
        child.wait()
        self.wait_until(lambda: not members())

    def test_a_second_interrupt_leaves_the_run_incomplete(self):
        child = subprocess.Popen(
            [HEDDLE, "run", "store_buffering", "--strategy", "random", "--executions",
             "1000000000000", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=ENVIRONMENT, start_new_session=True)
        time.sleep(1)
        # At once, so that the first one can't be looked at; it may have been, all the same.
        for _ in range(2):
            os.killpg(child.pid, signal.SIGINT)
        output, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 3, errors)
        self.assertEqual(json.loads(output)["verdict"], "incomplete")

    def wait_until(self, condition):
        end = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
