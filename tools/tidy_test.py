#!/usr/bin/env python3
"""Each house rule, broken once: tidy.py must see it."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import tidy  # noqa: E402

PAGE = "do" "cs/A.md"
LIBRARIES = {
    "low/CMakeLists.txt": "heddle_library(low)\n",
    "mid/CMakeLists.txt": "heddle_library(mid DEPENDS low\n               TEST_DEPENDS top)\n",
    "top/CMakeLists.txt": "heddle_library(top DEPENDS mid USES fmt::fmt)\n",
    "low/low.hpp": "#pragma once\n",
    "mid/mid.hpp": "// What it is.\n#pragma once\n\n#include \"low/low.hpp\"\n",
    "top/top.hpp": "#pragma once\n\n#include <fmt/format.h>\n\n#include \"mid/mid.hpp\"\n",
    "top/top.cpp": "#include \"top/top.hpp\"\n",
}


def body(lines):
    return "int f(int a) {\n" + "  ++a;\n" * (lines - 3) + "  return a;\n}\n"


class Tidy(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as top:
            for path, text in {**LIBRARIES, **files}.items():
                os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
                with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                    file.write(text)
            return sorted(f"{path}:{line}: {what}" for path, line, what in tidy.check_tree(top))

    def assert_finds(self, path, text, *expected):
        self.assertEqual(self.findings({path: text}), [f"{path}:{line}" for line in expected])

    def test_clean_tree(self):
        self.assertEqual(self.findings({}), [])

    def test_lines(self):
        self.assert_finds("low/a.cpp", "int a;\t\n", "1: tab", "1: trailing blank")
        self.assert_finds("low/a.cpp", "int a;", "1: no newline at the end")
        self.assert_finds("low/a.cpp", "//" + "x" * 99 + "\n", "1: wider than 100 columns")
        self.assert_finds("low/a.cpp", "int a;\n" * 501, "501: longer than 500 lines")
        self.assert_finds("low/a.cpp", "// TO" "DO: later\n", "1: left-over marker")
        self.assert_finds("low/a.cpp", "GTEST_" "SKIP();\n", "1: skipped test")
        self.assert_finds("low/a.sh", "cd /ho" "me/me/x\n", "1: path of one machine")

    def test_function_length(self):
        too_long = "function of 71 lines (at most 70)"
        self.assert_finds("low/a.cpp", body(70))
        self.assert_finds("low/a.cpp", "\n" + body(71), "2: " + too_long)
        self.assert_finds("low/a.cpp", "namespace x {\n" + body(71) + "}\n", "2: " + too_long)
        self.assert_finds("low/a.cpp", "class X {\n public:\n" + body(71) + "};\n",
                          "3: " + too_long)
        # Braces in literals and comments are no braces; scopes may be as long as they like.
        self.assert_finds("low/a.cpp", "namespace x {\n" + body(60) + body(60) + "}\n")
        self.assert_finds("low/a.cpp", 'const char* a = "{";\n// {\nchar b = \'{\';\n' + body(69))

    def test_header_guard(self):
        self.assertIn("low/b.hpp:1: a header starts with #pragma once",
                      self.findings({"low/b.hpp": "int b();\n"}))

    def test_includes(self):
        self.assert_finds("low/a.cpp", '#include "mid/mid.hpp"\n', "1: low may not include mid")
        self.assert_finds("top/a.cpp", '#include "low/low.hpp"\n', "1: top may not include low")
        self.assert_finds("mid/a_test.cpp", '#include "top/top.hpp"\n#include <gtest/gtest.h>\n')
        self.assert_finds("low/a.cpp", '#include "low.hpp"\n',
                          "1: no such file: low.hpp (paths start at the top folder)")
        self.assert_finds("mid/a.cpp", "#include <fmt/format.h>\n", "1: mid does not use fmt")
        self.assert_finds("mid/a.cpp", "#include <gtest/gtest.h>\n",
                          "1: only *_test.cpp includes gtest")
        self.assert_finds("low/a.cpp", 'auto a = R"(\n#include "mid/mid.hpp"\n)";\n')

    def test_dead_header(self):
        self.assert_finds("low/b.hpp", "#pragma once\n", "1: nothing includes this header")

    def test_links(self):
        self.assert_finds(PAGE, "# One two\n[x](#one-two) [y](A.md#one-two) [z](A.md)\n")
        self.assert_finds(PAGE, "[x](B.md)\n", "1: dead link: B.md")
        self.assert_finds(PAGE, "[x](#none)\n", "1: no such heading: #none")
        self.assert_finds(PAGE, "`checker/none.hpp`\n",
                          "1: no such file: checker/none.hpp")
        self.assert_finds("low/a.cpp", f"// see {PAGE}\n", f"1: no such page: {PAGE}")


if __name__ == "__main__":
    unittest.main()
