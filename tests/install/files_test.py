#!/usr/bin/env python3
"""An installation has what other programs look for.

usage: files_test.py PREFIX COMPILER CONSUMER [unittest arguments]
"""
import glob
import os
import subprocess
import sys
import tempfile
import unittest

PREFIX, COMPILER, CONSUMER = sys.argv[1:4]


def output(*words, **more):
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, **more).stdout


class Files(unittest.TestCase):
    def one(self, pattern):
        found = glob.glob(os.path.join(PREFIX, pattern), recursive=True)
        self.assertEqual(len(found), 1, pattern)
        return found[0]

    def test_the_command_finds_the_scenarios(self):
        listed = output(os.path.join(PREFIX, "bin/heddle"), "list", cwd="/")
        self.assertIn("store_buffering", listed)

    def test_licence(self):
        with open(self.one("share/doc/heddle/copyright"), encoding="utf-8") as file:
            self.assertIn("MIT", file.read())

    def test_the_manual_has_every_option(self):
        heddle = os.path.join(PREFIX, "bin/heddle")
        with open(self.one("share/man/man1/heddle.1"), encoding="utf-8") as file:
            page = file.read().replace("\\-", "-")
        for command in ("run", "show", "litmus"):
            self.assertIn(f".SS heddle {command}", page)
            for line in output(heddle, command, "--help").splitlines():
                if line.startswith("  --"):
                    self.assertIn(line.split()[0], page)

    def test_completions(self):
        for pattern in ("share/bash-completion/completions/heddle",
                        "share/zsh/vendor-completions/_heddle",
                        "share/fish/vendor_completions.d/heddle.fish"):
            self.one(pattern)

    def test_pkg_config(self):
        environment = {**os.environ, "PKG_CONFIG_PATH": os.path.dirname(self.one("**/heddle.pc"))}
        flags = output("pkg-config", "--cflags", "--libs", "heddle", env=environment).split()
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "message_passing")
            output(COMPILER, os.path.join(CONSUMER, "message_passing.cpp"), "-o", program, *flags)
            self.assertIn("holds: message_passing", output(program))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
