#!/usr/bin/env python3
"""Builds the viewer: one HTML page with all styles and scripts in it.

usage: build.py page FILE     writes the page, with @TEXT@ and @DATA@ where a trace belongs
       build.py cpp FILE      writes C++ that defines the page for checker/export/page.hpp

No package is needed. Modules become one script: their imports and the word `export` go away, so
their top-level names must differ.
"""
import base64
import hashlib
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STYLES = ["style.css", "steps.css", "panels.css"]
# Each after those that it imports.
MODULES = ["dom.js", "relations.js", "trace.js", "state.js", "layout.js", "arrows.js", "lanes.js",
           "panels.js", "source.js", "search.js", "theme.js", "print.js", "main.js"]
DARK = re.compile(r':root\[data-theme="dark"\] (\{.*?\n\})', re.S)


def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


def script():
    parts = ["'use strict'; (() => {"]
    known = set()
    names = {}
    for name in MODULES:
        text = read(name)
        for needed in re.findall(r'^import .*? from "\./([\w.]+)";$', text, re.M | re.S):
            assert needed in known, f"{name} imports {needed}, which stands behind it"
        known.add(name)
        for defined in re.findall(r"^(?:export )?(?:function|class|const|let) (\w+)", text, re.M):
            other = names.setdefault(defined, name)
            assert other == name, f"{other} and {name} both define {defined}"
        text = re.sub(r"^import .*?;\n", "", text, flags=re.M | re.S)
        parts.append(re.sub(r"^export ", "", text, flags=re.M))
    return "\n".join(parts) + "\n})();\n"


def style():
    text = "\n".join(read(name) for name in STYLES)
    # Without a choice of the user, the system's preference decides between the same two palettes.
    dark = DARK.search(text).group(1)
    return (text + "\n@media screen and (prefers-color-scheme: dark) {\n"
            f':root:not([data-theme="light"]) {dark}\n}}\n')


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page():
    parts = {"STYLE": style(), "SCRIPT": script()}
    assert "</s" not in parts["SCRIPT"] + parts["STYLE"], "this would end its element"
    parts["STYLE_HASH"] = digest(parts["STYLE"])
    parts["SCRIPT_HASH"] = digest(parts["SCRIPT"])
    return re.sub(r"@([A-Z_]+)@", lambda match: parts.get(match[1], match[0]), read("page.html"))


def literal(text):
    """A C++ string literal, a line each."""
    lines = []
    for line in text.splitlines(keepends=True):
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append('    "' + escaped.replace("?", "\\?") + '"')
    return "\n".join(lines)


def cpp():
    before, rest = page().split("@TEXT@")
    middle, after = rest.split("@DATA@")
    parts = ",\n".join(literal(part) for part in (before, middle, after))
    return ("// Made by tools/viewer/build.py.\n"
            '#include "checker/export/page.hpp"\n\n'
            "namespace heddle::exports {\n\n"
            f"const std::array<std::string_view, 3> viewer_page = {{\n{parts}}};\n\n"
            "}  // namespace heddle::exports\n")


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as output:
        output.write({"page": page, "cpp": cpp}[sys.argv[1]]())
