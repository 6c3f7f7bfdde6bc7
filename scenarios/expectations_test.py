#!/usr/bin/env python3
"""Runs a scenario program under every setting and model that it states an expectation of.

usage: expectations_test.py PROGRAM

Where a number of complete executions is pinned, the whole of them is explored and the number must
be that one; else the run ends with the first violation. Exits 1 if anything is not as expected.
"""
import json
import subprocess
import sys


def output(command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout)


def complaints(program, expectation, model):
    """What is wrong with one run, after a line that says how it went."""
    pinned = expectation["complete"]
    command = [program, "--format", "json", "--model", model]
    command += [f"--set={name}={value}" for name, value in expectation["settings"].items()]
    if pinned is not None:
        command.append("--keep-going")
    result = output(command)
    executions = result["executions"]
    print(" ".join(command[1:]), result["verdict"], executions, flush=True)
    if result["verdict"] != expectation["verdict"]:
        yield f"expected: {expectation['verdict']}; {result.get('reason', '')}"
    if pinned is not None and executions["complete"] != pinned:
        yield f"expected: {pinned} complete executions"


def main(program):
    description = output([program, "--describe"])
    runs = 0
    failures = 0
    for expectation in description["expectations"]:
        for model in description["models"]:
            if not expectation["models"] or model in expectation["models"]:
                runs += 1
                for complaint in complaints(program, expectation, model):
                    print("  " + complaint)
                    failures += 1
    if runs == 0:
        print(f"nothing is expected of it: state .expectations in scenarios/{program.name}.cpp")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
