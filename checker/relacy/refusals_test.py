#!/usr/bin/env python3
"""What heddle does not have of Relacy must not compile, and the message must name it.

usage: refusals_test.py COMPILER SOURCE_DIR NAMES_DIR
"""
import subprocess
import sys
import tempfile
import unittest

COMPILER, SOURCE_DIR, NAMES_DIR = sys.argv[1:4]
TEST = """
#include <relacy/relacy.hpp>
struct test : rl::test_suite<test, 1> { void thread(unsigned) { %s; } };
int main() { return rl::simulate<test>() ? 0 : 1; }
"""
# A whole file or the body of a thread -> what the message must say.
REFUSED = {
    "pthread_exit(nullptr)": "heddle_has_no_pthread_exit",
    "pthread_cancel(0)": "heddle_has_no_pthread_cancel",
    "SuspendThread(0)": "heddle_has_no_SuspendThread",
    "rl::atomic<std::string> x": "heddle's atomics hold trivially copyable values",
    "rl::atomic<const int> x": "heddle's atomics hold no const",
    "rl::thread_local_var<double> x": "rl::thread_local_var holds integers",
    "rl::java_thing x": "java_thing",
    '#include <relacy/relacy_java.hpp>\n': "heddle has no relacy_java.hpp",
    '#include <relacy/relacy_cli.hpp>\nrl::nvar<int> x;\n':
        "heddle has no rl::nvar",
    '#define RL_GC\n#include <relacy/relacy.hpp>\n':
        "heddle has no garbage-collected modes",
    '#include <mutex>\n#include <relacy/relacy_std.hpp>\n':
        "relacy_std.hpp must be the first header",
}


def errors_of(source, standard="c++20"):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
        file.write(source)
        file.flush()
        run = subprocess.run([COMPILER, f"-std={standard}", "-fsyntax-only", f"-I{SOURCE_DIR}",
                              f"-I{NAMES_DIR}", file.name],
                             capture_output=True, text=True, check=False)
    return run.stderr if run.returncode else None


class Refusals(unittest.TestCase):
    def test_name_what_is_missing(self):
        for code, says in REFUSED.items():
            with self.subTest(code=code):
                errors = errors_of(code if code.startswith("#") else TEST % code)
                self.assertIsNotNone(errors, "it compiles")
                self.assertIn(says, errors)

    def test_older_standards_are_refused_by_name(self):
        self.assertIn("heddle needs C++20", errors_of(TEST % "", "c++17"))

    def test_what_is_there_compiles(self):
        self.assertIsNone(errors_of(TEST % "rl::atomic<int> x"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
