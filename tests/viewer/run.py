#!/usr/bin/env python3
"""Installs the libraries of the viewer's tests below FOLDER and runs a script with them.

usage: run.py HEDDLE SCENARIOS FOLDER [SCRIPT PATHS...]    without SCRIPT: all tests
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def fail(sentence):
    sys.exit(f"viewer tests: {sentence}")


def install(folder):
    """Copies the tests to the build folder, where node_modules may be, and fills that."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(HERE):
        shutil.copy(os.path.join(HERE, name), folder)
    with open(os.path.join(HERE, "package-lock.json"), encoding="utf-8") as file:
        wanted = file.read()
    stamp = os.path.join(folder, "installed.json")
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == wanted:
                return
    ended = subprocess.run(["npm", "ci", "--no-progress"], cwd=folder, capture_output=True,
                           text=True, check=False)
    if ended.returncode != 0:
        fail("'npm ci' can't install playwright-core and axe-core; it needs the npm registry:\n" +
             ended.stdout + ended.stderr)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)


def main():
    heddle, scenarios, folder = (os.path.abspath(path) for path in sys.argv[1:4])
    for program, package in (("node", "nodejs"), ("npm", "npm")):
        if shutil.which(program) is None:
            fail(f"there is no {program}; install it: apt-get install {package}")
    install(folder)
    words = [*sys.argv[4:5], *map(os.path.abspath, sys.argv[5:])] or ["--test"]
    environment = {**os.environ, "HEDDLE": heddle, "HEDDLE_SCENARIOS": scenarios}
    return subprocess.run(["node", *words], cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
