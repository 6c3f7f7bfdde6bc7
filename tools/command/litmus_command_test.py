#!/usr/bin/env python3
"""Runs `heddle litmus` as a user does.

usage: litmus_command_test.py HEDDLE [unittest arguments]
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HEDDLE = os.path.abspath(sys.argv[1])

SB = """C SB
{}
P0 (atomic_int* x, atomic_int* y) {
  atomic_store_explicit(x, 1, memory_order_relaxed);
  int r0 = atomic_load_explicit(y, memory_order_relaxed);
}
P1 (atomic_int* x, atomic_int* y) {
  atomic_store_explicit(y, 1, memory_order_relaxed);
  int r0 = atomic_load_explicit(x, memory_order_relaxed);
}
exists (0:r0=0 /\\ 1:r0=0)
"""
SB_UNDER_SC = """Test SB Allowed
States 3
0:r0=0; 1:r0=1;
0:r0=1; 1:r0=0;
0:r0=1; 1:r0=1;
No
Witnesses
Positive: 0 Negative: 3
Condition exists (0:r0=0 /\\ 1:r0=0)
Observation SB Never 0 3

"""
RACE = """C race
{}
P0 (int* x) {
  *x = 1;
}
P1 (int* x) {
  int r0 = *x;
}
exists (1:r0=1)
"""
# Too many executions to wait for.
LONG = "C long\n{}\n" + "".join(
    "P%d (atomic_int* x) {%s}\n" % (i, " atomic_fetch_add(x, 1);" * 9) for i in range(8))


def litmus(*words, **options):
    return subprocess.run([HEDDLE, "litmus", *words], capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, **options)


class Litmus(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def refuses(self, *words, says):
        ended = litmus(*words)
        self.assertEqual((ended.returncode, ended.stdout), (2, ""), ended.stderr)
        self.assertRegex(ended.stderr, r"\Aheddle: [^\n]*\n\Z")
        self.assertIn(says, ended.stderr)

    def test_prints_what_herd7_prints(self):
        ended = litmus(self.file("SB.litmus", SB), "--model", "sc")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(ended.stdout, SB_UNDER_SC)

    def test_folders_give_the_same_output_however_parallel(self):
        for i in range(12):
            self.file("%c/t%d.litmus" % ("ab"[i % 2], i), SB.replace("C SB", "C SB%d" % i))
        self.file("a/no_litmus.txt", "nothing")
        outputs = {litmus(self.folder, "--jobs", jobs).stdout for jobs in ("1", "3", "50")}
        self.assertEqual(len(outputs), 1)
        names = [line.split()[1] for line in outputs.pop().splitlines() if line[:5] == "Test "]
        self.assertEqual(names, ["SB0", "SB10", "SB2", "SB4", "SB6", "SB8",
                                 "SB1", "SB11", "SB3", "SB5", "SB7", "SB9"])

    def test_a_race_names_both_accesses(self):
        path = self.file("race.litmus", RACE)
        ended = litmus(path)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("Undef\nFlag *undef*\nRace P0 writes 'x' in line 4 and P1 reads 'x' in "
                      "line 7, and nothing orders the two\n", ended.stdout)
        self.assertEqual(ended.stderr.count("\n"), 1)
        self.assertRegex(ended.stderr, r"heddle: .*race\.litmus:7: data race: P0 writes")

    def test_refuted_claims(self):
        claims = {"exists (x=9)": 0, "~exists (0:r0=0)": 1, "forall (0:r0=1)": 1,
                  "forall (x=1 /\\ y=1)": 0}
        for claim, status in claims.items():
            path = self.file("claim.litmus", SB[:SB.index("exists")] + claim)
            self.assertEqual(litmus(path).returncode, status, claim)

    def test_bad_files_are_one_line_each_and_the_rest_runs(self):
        bad = {"empty": "", "junk": bytes(range(256)), "long_line": "C x\n{}\n" + "a" * 10_000_000,
               "comment": SB.replace("int r0", "/* int r0", 1),
               "undeclared": SB.replace("int r0 =", "r1 =", 1), "loop": SB.replace(
                   "int r0 = ", "while (1) r0 = ", 1),
               "function": SB.replace("atomic_store_explicit", "atomic_stor"),
               "twins": SB.replace("P1", "P0"), "register": SB.replace("1:r0=0", "1:r7=0"),
               "deep": SB.replace("int r0 = ", "int r0 = " + "(" * 500_000, 1)}
        for name, text in bad.items():
            self.file(name + ".litmus", text)
        self.file("z.litmus", SB)
        ended = litmus(self.folder, "--model", "sc")
        self.assertEqual((ended.returncode, ended.stdout), (2, SB_UNDER_SC), ended.stderr)
        lines = ended.stderr.splitlines()
        self.assertEqual(len(lines), len(bad) + 1, ended.stderr)
        for name, line in zip(sorted(bad), lines):
            self.assertRegex(line, r"^heddle: .*/%s\.litmus:\d+:\d+: .{10,200}$" % name)
        self.assertEqual(lines[-1], "heddle: 11 tests under sc: 0 Ok, 1 No, 0 racy, 10 errors")

    def test_json(self):
        self.file("a.litmus", SB)
        self.file("b.litmus", RACE)
        self.file("c.litmus", "C c\n{}\n")
        ended = litmus(self.folder, "--format", "json", "--model", "sc")
        self.assertEqual(ended.returncode, 2)
        all_tests = json.loads(ended.stdout)
        self.assertEqual((all_tests["schema"], all_tests["model"]), ("heddle.litmus/1", "sc"))
        first, second, third = all_tests["tests"]
        self.assertEqual((first["name"], first["observation"], first["ok"]), ("SB", "Never", False))
        self.assertEqual(first["states"][0], {"state": "0:r0=0; 1:r0=1;", "executions": 1,
                                              "positive": False})
        self.assertEqual((second["outcome"], second["observation"]), ("racy", "Undef"))
        self.assertEqual(third["outcome"], "error")
        self.assertRegex(third["message"], r"c\.litmus:3:1: expected a thread")
        self.assertEqual([all_tests[each] for each in ("ok", "no", "racy", "errors")],
                         [0, 1, 1, 1])

    def test_expected_results(self):
        folder = os.path.join(self.folder, "tests")
        path = self.file("tests/SB.litmus", SB)
        self.file("tests/race.litmus", RACE)
        log = self.file("herd.log", litmus(folder, "--model", "sc").stdout)
        good = self.file("good", "# known\nSB Never 3 3\n\nrace Undef\n")
        csv = self.file("good.csv", "file,model,observation,states,executions\n"
                        "SB.litmus,rc11,Sometimes,4,4\nSB.litmus,sc,Never,3,3\n"
                        "tests/race.litmus,sc,Undef,,\n")
        for expected in (log, good, csv):
            ended = litmus(folder, "--model", "sc", "--quiet", "--expect", expected)
            self.assertEqual((ended.returncode, ended.stdout), (0, ""), ended.stderr)
            self.assertIn("2 as expected, 0 not", ended.stderr)
        cases = {"SB Sometimes\nrace Undef": "expected Sometimes; found Never, 3 states, 3 exec",
                 "SB Never 4\nrace Undef": "expected Never, 4 states; found Never, 3 states",
                 "SB Never 3 4\nrace Undef": "expected Never, 3 states, 4 executions; found",
                 "SB Never\nrace Always": "expected Always; found Undef",
                 "SB Never": "race.litmus: the list of what is expected does not name it",
                 "SB Never\nrace Undef\nMP Never": "'MP' is expected, but no such test was run"}
        for text, says in cases.items():
            ended = litmus(folder, "--model", "sc", "--expect", self.file("list", text))
            self.assertEqual(ended.returncode, 1, text)
            self.assertIn(says, ended.stderr)
        # Single files are a part of the list.
        self.assertEqual(litmus(path, "--model", "sc", "--expect", good).returncode, 0)

    def test_lists_that_are_none(self):
        path = self.file("SB.litmus", SB)
        lists = {"": ":1: the list is empty", "SB": ":1: expected NAME",
                 "SB Never\nSB Never": ":2: 'SB' is listed twice", "SB Never x": ":1: numbers of",
                 "file,model\n": ":1: expected the header",
                 "file,model,observation,states,executions\nSB,sc": ":2: expected a row",
                 "file,model,observation,states,executions\nSB,tso,Never,1,1":
                 ":1: the list has no row about model sc"}
        for text, says in lists.items():
            self.refuses(path, "--model", "sc", "--expect", self.file("list", text), says=says)
        self.refuses(path, "--expect", os.path.join(self.folder, "none"), says="No such file")

    def test_wrong_usage(self):
        path = self.file("SB.litmus", SB)
        self.refuses(says="name the litmus files")
        self.refuses(path, "--model", "rc12", says="did you mean 'rc11'?")
        self.refuses(path, "--jobs", "0", says="from 1 to")
        self.refuses(path, "--jobs", "-1", says="from 1 to")
        self.refuses(path, "--seconds", "nan", says="takes a number")
        self.refuses(path, "--format", "yaml", says="value of --format 'yaml'")
        self.refuses(path, "--modle", "sc", says="did you mean '--model'?")
        self.refuses(os.path.join(self.folder, "none"), says="No such file")
        os.mkdir(os.path.join(self.folder, "empty"))
        self.refuses(os.path.join(self.folder, "empty"), says="there is no file *.litmus")

    def test_limits(self):
        ended = litmus(self.file("SB.litmus", SB), "--executions", "2")
        self.assertEqual(ended.returncode, 3)
        self.assertIn("incomplete: the limit of 2 executions", ended.stderr)
        self.assertEqual(litmus(self.file("l.litmus", LONG), "--seconds", "0.2").returncode, 3)

    def test_broken_tests(self):
        path = self.file("d.litmus", "C d\n{}\nP0 (atomic_int* x) {\n"
                                     "int r0 = 1 / atomic_load(x);\n}\n")
        ended = litmus(path)
        self.assertEqual(ended.returncode, 4)
        self.assertRegex(ended.stderr, r"\Aheddle: .*d\.litmus:4: division by zero\n\Z")

    def test_spurious_failures(self):
        text = ("C w\n{}\nP0 (atomic_int* x, int* e) { int r0 = "
                "atomic_compare_exchange_weak(x, e, 1); }\nexists (0:r0=0)\n")
        path = self.file("w.litmus", text)
        self.assertIn("Observation w Sometimes 1 1", litmus(path).stdout)
        self.assertIn("Observation w Never 0 1", litmus(path, "--no-spurious").stdout)

    def test_interrupt_ends_it_and_leaves_no_process(self):
        for name in ("a", "b", "c"):
            self.file(name + ".litmus", LONG)
        self.file("0.litmus", SB)
        child = subprocess.Popen([HEDDLE, "litmus", self.folder, "--jobs", "2"], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 start_new_session=True)
        self.assertEqual(child.stdout.readline(), "Test SB Allowed\n")
        child.send_signal(signal.SIGINT)
        output, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 3, output + errors)
        self.assertIn("4 tests under", errors)
        self.assertIn("3 incomplete", errors)
        for _ in range(100):
            try:
                os.killpg(child.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        self.fail("processes are left")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
