#!/usr/bin/env python3
"""Runs the tests on engines that are wrong in one place each.

tests/mutants/list has the places. All of them are compiled into one build as switches; the
environment variable HEDDLE_MUTANT chooses the one that is on. A mutant is killed if some test
fails, crashes or takes too long with it. What survives is printed.

    tools/mutants.py check                     each entry fits the sources (a test of its own)
    tools/mutants.py build                     build/mutants
    tools/mutants.py run [--only 3,7] [--jobs 2] [--seconds 60]
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "mutants" / "list"
BUILD = ROOT / "build" / "mutants"
GENERATED = BUILD / "mutated"

# What is quick and kills most comes first.
QUICK = "*loops*:*locks*:*timeouts*:*spurious*:*classical*"
COUNTS = ("*Soundness*:*Waits.AreCounted*:*Invariants*:*SpinLoops*:*Conditional*:*Errors.*:"
          "*Simplest*:*Values.*")
LARGER = "*Agree/random_tso:*Agree/release_sequences_rc11"
TESTS = [
    ("explore", []),
    ("property", []),
    ("agreement", [f"--gtest_filter={QUICK}"]),
    ("consistency", []),
    ("session", [f"--gtest_filter={COUNTS}"]),
    ("session", [f"--gtest_filter=-{COUNTS}"]),
    ("agreement", [f"--gtest_filter={LARGER}"]),
]

PROLOGUE = """#include <cstdlib>
namespace {
const int heddle_mutant = [] {
  const char* number = std::getenv("HEDDLE_MUTANT");
  return number == nullptr ? 0 : std::atoi(number);
}();
}
"""


class Mutant:
    def __init__(self, number, path, original):
        self.number = number
        self.path = path
        self.original = original
        self.changed = None
        self.why = ""
        self.equivalent = ""

    def spans(self, text):
        """Where the original is in the text, however its lines are broken."""
        pattern = r"\s+".join(re.escape(word) for word in self.original.split())
        return [match.span() for match in re.finditer(pattern, text)]

    def beside(self, original):
        """The changed code beside other code: a statement or an expression."""
        condition = f"heddle_mutant == {self.number}"
        if self.original.endswith(";"):
            return f"{{ if ({condition}) {{ {self.changed} }} else {{ {original} }} }}"
        return f"(({condition}) ? ({self.changed}) : ({original}))"


def read_list():
    mutants = []
    path = None
    for number, line in enumerate(LIST.read_text().splitlines(), 1):
        entry = re.fullmatch(r"(\d+) - (.*)", line)
        if line.startswith("@ "):
            path = line[2:]
        elif entry:
            mutants.append(Mutant(int(entry[1]), path, entry[2]))
        elif line.startswith("  + "):
            mutants[-1].changed = line[4:]
        elif line.startswith("  # "):
            mutants[-1].why += line[4:] + " "
        elif line.startswith("  = "):
            mutants[-1].equivalent += line[4:] + " "
        elif line and not line.startswith("#"):
            sys.exit(f"{LIST}:{number}: neither a file, a mutant, a change nor a reason")
    return mutants


def problems(mutants):
    """What is wrong with the list, in sentences."""
    found = []
    numbers = set()
    taken = {}  # of each file: spans
    for mutant in mutants:
        where = f"mutant {mutant.number} of {mutant.path}"
        if mutant.number in numbers:
            found.append(f"{where}: the number is used twice")
        numbers.add(mutant.number)
        if mutant.changed is None or not mutant.why:
            found.append(f"{where}: it needs a change and a reason why it is plausible")
        file = ROOT / mutant.path
        spans = mutant.spans(file.read_text()) if file.exists() else []
        if len(spans) != 1:
            found.append(f"{where}: '{mutant.original}' is there {len(spans)} times, not once: "
                         f"follow the change of the source in {LIST.relative_to(ROOT)}")
            continue
        for other in taken.setdefault(mutant.path, set()):
            if other != spans[0] and other[0] < spans[0][1] and spans[0][0] < other[1]:
                found.append(f"{where}: '{mutant.original}' overlaps with that of another mutant")
        taken[mutant.path].add(spans[0])
    return found


def generate(mutants):
    """Writes the mutated sources; those that stay the same are not touched."""
    for path in {mutant.path for mutant in mutants}:
        text = (ROOT / path).read_text()
        changes = {}
        for mutant in (each for each in mutants if each.path == path):
            span = mutant.spans(text)[0]
            changes[span] = mutant.beside(changes.get(span, text[span[0]:span[1]]))
        for (begin, end), change in sorted(changes.items(), reverse=True):
            text = text[:begin] + change + text[end:]
        target = GENERATED / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = PROLOGUE + text
        if not target.exists() or target.read_text() != text:
            target.write_text(text)


def build(mutants, jobs):
    generate(mutants)
    configure = ["cmake", "--preset", "release", "-B", str(BUILD), "-DHEDDLE_MUTANTS=ON"]
    subprocess.run(configure, cwd=ROOT, check=True)
    targets = sorted({f"heddle_{name}_test" for name, _ in TESTS})
    compile_all = ["cmake", "--build", str(BUILD), f"-j{jobs}", "--target", *targets]
    subprocess.run(compile_all, cwd=ROOT, check=True)


def killer(number, seconds):
    """The test that notices the mutant, or None."""
    environment = dict(os.environ, HEDDLE_MUTANT=str(number))
    for name, options in TESTS:
        command = [str(BUILD / "tests" / f"heddle_{name}_test"), "--gtest_fail_fast", *options]
        # Of processor time, which other work on the machine does not stretch.
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        result = subprocess.run(command, cwd=ROOT, env=environment, preexec_fn=limit,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, errors="replace")
        if result.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return f"{name}: takes more than {seconds} s"
        if result.returncode != 0:
            failed = re.search(r"\[  FAILED  \] (\S+)", result.stdout)
            return f"{name}: {failed[1] if failed else f'ends with {result.returncode}'}"
    return None


def run(mutants, jobs, seconds):
    if reason := killer(0, 10 * seconds):
        sys.exit(f"without a mutant the tests fail, too: {reason}")
    survivors = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(killer, mutant.number, seconds): mutant for mutant in mutants}
        for done in concurrent.futures.as_completed(running):
            mutant = running[done]
            print(f"{mutant.number:4} {mutant.path}: {done.result() or 'SURVIVES'}", flush=True)
            if done.result() is None:
                survivors.append(mutant)
    survivors.sort(key=lambda mutant: mutant.number)
    unexplained = [mutant for mutant in survivors if not mutant.equivalent]
    print(f"\n{len(mutants)} mutants, {len(mutants) - len(survivors)} killed, "
          f"{len(survivors) - len(unexplained)} equivalent, {len(unexplained)} survive")
    killed = [mutant for mutant in mutants if mutant not in survivors and mutant.equivalent]
    for mutant in killed:
        print(f"  {mutant.number} is killed, though the list says that nothing can tell it apart")
    for mutant in unexplained:
        print(f"  {mutant.number} {mutant.path}: {mutant.original}  ->  {mutant.changed}")
    return 1 if unexplained or killed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "build", "run"])
    parser.add_argument("--only", help="numbers, separated by commas", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60,
                        help="at most so much processor time for a test program")
    options = parser.parse_args()
    mutants = read_list()
    if found := problems(mutants):
        sys.exit("\n".join(found))
    if options.command == "check":
        return 0
    if options.command == "build":
        build(mutants, options.jobs)
        return 0
    wanted = {int(number) for number in options.only.split(",") if number}
    return run([m for m in mutants if not wanted or m.number in wanted], options.jobs,
               options.seconds)


if __name__ == "__main__":
    sys.exit(main())
