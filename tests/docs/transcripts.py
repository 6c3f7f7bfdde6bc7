#!/usr/bin/env python3
"""Runs every command whose output README.md or a page of docs shows, and compares the two.

usage: transcripts.py [--update] HEDDLE SCENARIOS [PAGE...]     check, or make the pages right
       transcripts.py --extract PAGE NAME FILE     write the file NAME that a page has to FILE

SCENARIOS: folders of scenario programs, separated by ':'. The commands of a page run in an empty
folder of its own, from top to bottom. pages.py has the marks that say what a block is; shown.py,
what may differ. Exit status: 0 if all pages show what is printed, 1 if not.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile

import pages
import shown

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS = 300
GDB_ITSELF = re.compile(r"\[|gdb: warning|Using host libthread_db|Reading symbols|Starting program")


def default_pages():
    docs = os.path.join(TOP, "docs")
    found = [os.path.join(folder, name) for folder, _, names in os.walk(docs) for name in names
             if name.endswith(".md")]
    return [os.path.join(TOP, "README.md"), *sorted(found)]


class Runner:
    """Runs the commands of one page."""

    def __init__(self, heddle, scenarios, folder):
        self.heddle = os.path.abspath(heddle)
        self.folder = folder
        folders = [os.path.abspath(each) for each in scenarios.split(":")]
        # Nothing that a user has set changes what is printed; what a sanitizer was told stays.
        kept = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS") if name in os.environ}
        self.environment = {**kept, "HEDDLE_SCENARIOS": ":".join(folders), "LC_ALL": "C.UTF-8"}

    def words(self, command):
        words = shlex.split(command, comments=True)
        if words[0] == "heddle":
            return [self.heddle, *words[1:]]
        if words[0] == "./check":
            build = os.path.dirname(os.path.dirname(self.heddle))
            return ["bash", os.path.join(TOP, "check"), "--built", build]
        return None

    def run(self, command, given="", errors=subprocess.STDOUT):
        """What the command prints, on both streams unless `errors` says so; None if it is none of
        ours."""
        words = self.words(command)
        if words is None:
            return None
        ended = subprocess.run(words, cwd=self.folder, env=self.environment, timeout=SECONDS,
                               check=False, text=True, stdout=subprocess.PIPE,
                               stderr=errors, input=given)
        return ended.stdout

    def write(self, name, lines):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def commands_of(lines):
    """[(its line, the command, the lines below it)] of a session."""
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append((line, line[2:], []))
        elif found:
            found[-1][2].append(line)
        else:
            raise pages.PageError(f"a session begins with '$ ', not with '{line}'")
    return found


def debugged(runner, command, below):
    """The lines of a session with gdb, prompts and commands included."""
    given = [line[len("(gdb) "):] for line in below if line.startswith("(gdb) ")]
    output = runner.run(command, "\n".join([*given, "kill", "quit"]) + "\n")
    # gdb does not repeat what it reads from a pipe: each prompt ends one answer.
    answers = output.split("(gdb) ")
    lines = []
    for number, answer in enumerate(answers[:len(given) + 1]):
        if number:
            lines.append("(gdb) " + given[number - 1])
        lines += [line.rstrip() for line in answer.split("\n")
                  if line.strip() and not GDB_ITSELF.match(line)]
    return lines


def session_lines(runner, block):
    """What the block has to show."""
    result = []
    for line, command, below in commands_of(block.lines):
        result.append(line)
        if "--gdb" in command:
            result += shown.updated(below, debugged(runner, command, below))
            continue
        output = runner.run(command)
        if output is None:
            if below:
                raise pages.PageError(f"only heddle's own output can be compared: '{command}'")
            continue
        lines = shown.printed_lines(output, below)
        result += below if shown.agrees(below, lines) else shown.updated(below, lines)
    return result


def counted_row(runner, row):
    """The row with the counts that its command prints now."""
    command = re.search(r"`(heddle run [^`]*)`", row)
    if not command:
        return row
    output = runner.run(command.group(1))
    counts = re.search(r"^executions: (\d+) complete, (\d+) blocked", output, re.M)
    if not counts:
        raise pages.PageError(f"'{command.group(1)}' prints no counts: {output}")
    for number, word in zip(counts.groups(), ("complete", "blocked")):
        row = re.sub(rf"[\d,]+ {word}", f"{int(number):,} {word}", row)
    return row


def checked(runner, block):
    """(what the block has to show, what is wrong with it); the latter is empty if nothing is."""
    if block.kind == "shown":
        lines = shown.printed_lines(runner.run(block.argument), block.lines)
        if shown.agrees(block.lines, lines):
            return block.lines, ""
        return shown.updated(block.lines, lines), shown.difference(block.lines, lines)
    if block.kind == "json":
        printed = runner.run(block.argument, errors=subprocess.DEVNULL)
        return block.lines, shown.json_difference(block.lines, printed)
    if block.kind == "session":
        fresh = session_lines(runner, block)
    elif block.kind == "counted":
        fresh = [counted_row(runner, row) for row in block.lines]
    else:
        if block.kind == "file":
            runner.write(block.argument, block.lines)
        return block.lines, ""
    return fresh, shown.difference(block.lines, fresh) if fresh != block.lines else ""


def check_page(path, heddle, scenarios):
    """(the page as it has to be, what is wrong with it)"""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    findings = [f"line {line}: this looks like what a program prints, and no mark says which"
                for line in pages.unmarked_transcripts(text)]
    lines = text.split("\n")
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(heddle, scenarios, folder)
        fresh = []
        done = 0
        for block in pages.blocks(text):
            wanted, finding = checked(runner, block)
            if finding:
                findings.append(f"line {block.line}: {finding}")
            fresh += [*lines[done:block.start], *wanted]
            done = block.end
    return "\n".join([*fresh, *lines[done:]]), findings


def extract(page, name, target):
    with open(page, encoding="utf-8") as file:
        text = pages.file_of(file.read(), name)
    os.makedirs(os.path.dirname(os.path.abspath(target)), exist_ok=True)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)
    return 0


def main(arguments):
    if arguments[:1] == ["--extract"]:
        return extract(*arguments[1:])
    update = arguments[:1] == ["--update"]
    heddle, scenarios, *paths = arguments[1:] if update else arguments
    wrong = 0
    for path in paths or default_pages():
        name = os.path.relpath(path, TOP)
        try:
            text, findings = check_page(path, heddle, scenarios)
        except pages.PageError as error:
            text, findings = None, [str(error)]
        for finding in findings:
            print(f"{name}: {finding}\n")
        wrong += len(findings)
        if update and text is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    if wrong and not update:
        print("After a look at the differences, make the pages right with --update.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
