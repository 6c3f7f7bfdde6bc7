#!/usr/bin/env python3
"""Replays counterexamples in a process of their own.

usage: elsewhere_test.py REPLAY_ELSEWHERE FOLDER [COUNT]

REPLAY_ELSEWHERE is the program of that name, for COUNT traces of random programs (300 if not
given). FOLDER has scenario programs: the counterexample of each that is violated, under every
setting and model that it states so, is replayed.
"""
import json
import os
import subprocess
import sys
import tempfile


def run(command):
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return ended.returncode, ended.stdout.decode(errors="replace")


def random_programs(program, count, folder):
    """Whether all traces of random programs replay."""
    traces = os.path.join(folder, "random")
    for command in ([program, "record", traces, count], [program, "replay", traces]):
        status, text = run(command)
        print(text, end="", flush=True)
        if status != 0:
            return False
    return True


def violated(program):
    """The options under which the scenario says that it is violated."""
    description = json.loads(run([program, "--describe"])[1])
    for expectation in description["expectations"]:
        if expectation["verdict"] == "violated":
            settings = [f"--set={name}={value}" for name, value in expectation["settings"].items()]
            for model in expectation["models"] or description["models"]:
                yield ["--model", model, *settings]


def shipped(scenarios, folder):
    """How many traces of scenarios there are, and how many do not replay."""
    traces = failures = 0
    trace = os.path.join(folder, "trace.json")
    for name in sorted(os.listdir(scenarios)):
        program = os.path.join(scenarios, name)
        if not os.path.isfile(program) or not os.access(program, os.X_OK):
            continue
        for options in violated(program):
            run([program, *options, "--trace", trace])
            status, text = run([program, "--replay", trace])
            traces += 1
            if status != 1:
                failures += 1
                print(name, *options, "does not replay:", text)
    print(f"{traces} traces of scenarios replayed, {failures} do not replay")
    return traces, failures


def main(program, scenarios, count="300"):
    with tempfile.TemporaryDirectory() as folder:
        good = random_programs(program, count, folder)
        traces, failures = shipped(scenarios, folder)
    return 0 if good and traces > 0 and failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
