#!/usr/bin/env python3
"""The Debian package has the command, and that runs from where the package puts it.

usage: package_test.py BUILD CPACK [unittest arguments]
"""
import glob
import os
import subprocess
import sys
import tempfile
import unittest

BUILD, CPACK = sys.argv[1:3]


def run(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout


class Package(unittest.TestCase):
    def test_it_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            run(CPACK, "-G", "DEB", "--config", os.path.join(BUILD, "CPackConfig.cmake"), "-B",
                folder)
            (package,) = glob.glob(os.path.join(folder, "*.deb"))
            fields = run("dpkg-deb", "-f", package)
            self.assertIn("Package: heddle\n", fields)
            self.assertRegex(fields, "Depends: .*libboost-context-dev.*libdw1")
            run("dpkg-deb", "-x", package, os.path.join(folder, "root"))
            heddle = os.path.join(folder, "root/usr/bin/heddle")
            self.assertIn("store_buffering", run(heddle, "list"))
            self.assertIn("holds: store_buffering", run(heddle, "run", "store_buffering", "--model",
                                                       "sc"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
