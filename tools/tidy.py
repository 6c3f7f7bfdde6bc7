#!/usr/bin/env python3
"""The house rules that a machine can check. docs/HACKING.md lists them.

usage: tidy.py [TOP]                           checks the tree below TOP (default: this project)
       tidy.py --clang-format PROGRAM [TOP]    checks the format of the C++ files, nothing else

Prints one line per finding and exits 1 if there is any.
"""
import os
import re
import subprocess
import sys

MAX_LINES = 500
MAX_FUNCTION_LINES = 70
MAX_WIDTH = 100
SKIPPED_FOLDERS = {".git", ".cache", "build"}
# Split, so that this file does not find itself.
MARKER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
SKIPPED_TEST = re.compile(r"GTEST_" r"SKIP|DIS" r"ABLED_|WILL_" r"FAIL")
MACHINE_PATH = re.compile(r"(?<![\w.])/(wo" r"rk|ho" r"me|ro" r"ot|Us" r"ers)/")
CPP = (".cpp", ".hpp")
# A third-party header -> the target whose USES allows it.
THIRD_PARTY = {"boost/": "Boost::", "fmt/": "fmt::", "nlohmann/": "nlohmann_json::",
               "CLI/": "CLI11::"}
# Folders that are no library, and the libraries that they may include.
OPEN_FOLDERS = {"scenarios": {"api", "relacy", "session", "model"}, "tests": None, "bench": None}
# Below it are the headers that users include, as <heddle/...>.
USERS_INCLUDE = "checker/include/"


def text_files(top):
    """Path relative to `top` -> text, of all files that people write."""
    found = {}
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(folder, name)
            suffix = os.path.splitext(name)[1]
            if suffix in (*CPP, ".py", ".sh", ".md", ".cmake", ".css", ".js", ".html") or (
                    name == "CMakeLists.txt" or suffix == "" and starts_with_shebang(path)):
                with open(path, encoding="utf-8") as file:
                    found[os.path.relpath(path, top)] = file.read()
    return found


def starts_with_shebang(path):
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def is_test(path):
    return path.endswith(("_test.cpp", "_bench.cpp"))


def check_lines(path, text):
    """Rules that look at one line at a time."""
    lines = text.split("\n")
    if lines[-1] != "":
        yield len(lines), "no newline at the end"
    if len(lines) - 1 > MAX_LINES:
        yield len(lines) - 1, f"longer than {MAX_LINES} lines"
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield number, "tab"
        if line != line.rstrip():
            yield number, "trailing blank"
        if len(line) > MAX_WIDTH and not path.endswith((".md", ".html")):
            yield number, f"wider than {MAX_WIDTH} columns"
        for pattern, what in ((MARKER, "left-over marker"), (SKIPPED_TEST, "skipped test"),
                              (MACHINE_PATH, "path of one machine")):
            if pattern.search(line):
                yield number, what


def without_raw_strings(text):
    return re.sub(r'R"(\w*)\(.*?\)\1"', lambda match: "\n" * match.group().count("\n"), text,
                  flags=re.S)


def without_literals(text):
    """C++ with comments, strings and preprocessor lines blanked; line numbers stay."""
    pattern = re.compile(
        r'"(?:\\.|[^"\\\n])*"'
        r"|(?<!\w)'(?:\\.|[^'\\\n])+'"
        r"|//[^\n]*|/\*.*?\*/|^[ ]*\#(?:\\\n|[^\n])*", re.S | re.M)
    return pattern.sub(lambda match: "\n" * match.group().count("\n"),
                       without_raw_strings(text))


def functions(text):
    """(first line, number of lines) of each outermost function body with its signature."""
    opened = []  # (is a namespace or class, line of the head)
    line = 1
    head = ""
    head_line = 1
    for char in without_literals(text):
        if char == "{":
            scope = re.search(r"\b(namespace|class|struct|union|enum|extern)\b[^()]*$", head)
            inside_scopes = all(is_scope for is_scope, _ in opened)
            opened.append((bool(scope) and inside_scopes, head_line))
        elif char == "}" and opened:
            is_scope, start = opened.pop()
            if not is_scope and all(outer for outer, _ in opened):
                yield start, line - start + 1
        if char in "{};" or char == ":" and head in ("public", "protected", "private"):
            head = ""
        elif head or not char.isspace():
            if not head:
                head_line = line
            head += char
        line += char == "\n"


def check_cpp(path, text):
    for start, length in functions(text):
        if length > MAX_FUNCTION_LINES:
            yield start, f"function of {length} lines (at most {MAX_FUNCTION_LINES})"
    if path.endswith(".hpp"):
        code = [line for line in text.split("\n") if line and not line.startswith("//")]
        if code[:1] != ["#pragma once"]:
            yield 1, "a header starts with #pragma once"


def libraries(files):
    """Folder -> what its heddle_library() call in CMakeLists.txt says."""
    found = {}
    for path, text in files.items():
        for call in re.findall(r"^heddle_library\(([^)]*)\)", text, re.M):
            if os.path.basename(path) != "CMakeLists.txt":
                continue
            entry = {"NAME": call.split()[0], "DEPENDS": [], "USES": [], "TEST_DEPENDS": []}
            key = "NAME"
            for word in call.split()[1:]:
                if re.fullmatch(r"[A-Z_]+", word):
                    key = word
                else:
                    entry.setdefault(key, [])
                    entry[key].append(word)
            found[os.path.dirname(path)] = entry
    return found


def may_include(folder, path, known):
    """Names of the libraries that `path` may include; None is all of them."""
    if folder in OPEN_FOLDERS:
        return OPEN_FOLDERS[folder]
    entry = known.get(folder)
    if entry is None or is_test(path) and entry["TEST_DEPENDS"]:
        return None
    return {entry["NAME"], *entry["DEPENDS"]}


def check_includes(path, text, files, known):
    folder = os.path.dirname(path)
    allowed = may_include(folder, path, known)
    uses = " ".join(known.get(folder, {}).get("USES", []))
    for number, line in enumerate(without_raw_strings(text).split("\n"), 1):
        match = re.match(r'\s*#include (["<])([^">]+)', line)
        if not match:
            continue
        quote, header = match.groups()
        if quote == "<" and header.startswith("heddle/") and USERS_INCLUDE + header not in files:
            yield number, f"no such file: {USERS_INCLUDE}{header}"
        if quote == '"':
            target = known.get(os.path.dirname(header))
            if header not in files:
                yield number, f"no such file: {header} (paths start at the top folder)"
            elif target and allowed is not None and target["NAME"] not in allowed:
                yield number, f"{folder} may not include {os.path.dirname(header)}"
        for prefix, library in THIRD_PARTY.items():
            if header.startswith(prefix) and folder in known and library not in uses and (
                    not is_test(path)):
                yield number, f"{folder} does not use {prefix[:-1]}"
        if header.startswith("gtest/") and not path.endswith("_test.cpp"):
            yield number, "only *_test.cpp includes gtest"


def check_dead_headers(files):
    """A header is included by somebody, is one of users', or is named by a CMakeLists.txt."""
    included = set()
    built = ""
    for path, text in files.items():
        included.update(re.findall(r'#include ["<]([^">]+)', text))
        if os.path.basename(path) == "CMakeLists.txt":
            built += text
    for path in files:
        if not path.endswith(".hpp") or path in included or (
                path.removeprefix(USERS_INCLUDE) in included):
            continue
        if not re.search(rf"\b{re.escape(os.path.basename(path))}\b", built):
            yield path, 1, "nothing includes this header"


def anchors(text):
    """Anchors of a page's headings, as the usual renderers make them."""
    for heading in re.findall(r"^#+ +(.*)$", text, re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        yield plain.replace(" ", "-")


def check_links(path, text, files, top):
    """Links between pages, paths in backquotes, and pages that code comments name."""
    exists = lambda target: os.path.exists(os.path.join(top, target))
    for number, line in enumerate(text.split("\n"), 1):
        for page in re.findall(r"(?<![\w/.])docs/[\w/.-]+\.md", line):
            if not exists(page):
                yield number, f"no such page: {page}"
        if not path.endswith(".md"):
            continue
        for link in re.findall(r"\]\(([^)\s]+)\)", line):
            if re.match(r"[a-z]+:", link):
                continue
            target, _, anchor = link.partition("#")
            page = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
            if not exists(page):
                yield number, f"dead link: {link}"
            elif anchor and page in files and anchor not in anchors(files[page]):
                yield number, f"no such heading: {link}"
        folders = "checker|model|scenarios|tools|tests|cmake|scripts|bench|docs"
        for name in re.findall(rf"`((?:{folders})/[\w./-]+)`", line):
            if not exists(name):
                yield number, f"no such file: {name}"


def check_tree(top):
    """All findings below `top` as (path, line, what)."""
    files = text_files(top)
    known = libraries(files)
    for path, text in files.items():
        findings = [*check_lines(path, text), *check_links(path, text, files, top)]
        if path.endswith(CPP):
            findings += [*check_cpp(path, text), *check_includes(path, text, files, known)]
        for number, what in findings:
            yield path, number, what
    yield from check_dead_headers(files)


def check_format(program, top):
    """One line per file that clang-format would change, at the first place."""
    paths = [path for path in text_files(top) if path.endswith(CPP)]
    run = subprocess.run([program, "--dry-run", "-Werror", *paths], cwd=top, text=True,
                         stderr=subprocess.PIPE, check=False)
    first = {}
    for path, line in re.findall(r"^(.+?):(\d+):\d+: error: ", run.stderr, re.M):
        first.setdefault(path, line)
    for path, line in sorted(first.items()):
        print(f"{path}:{line}: not formatted")
    if run.returncode:
        print(f"{program} -i {' '.join(sorted(first))}" if first else run.stderr)
    return run.returncode


def main(arguments):
    own_project = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if arguments[:1] == ["--clang-format"]:
        return check_format(arguments[1], (arguments[2:] or [own_project])[0])
    findings = sorted(check_tree((arguments or [own_project])[0]))
    for path, line, what in findings:
        print(f"{path}:{line}: {what}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
