"""The blocks of a page in Markdown that show something, and the marks that say what.

A mark is a comment of its own just above a block or a table:

    <!-- shown: COMMAND -->     the block is what COMMAND prints
    <!-- session -->            the block has lines `$ COMMAND`, each with what it prints below it
    <!-- json: COMMAND -->      the block is a part of the JSON that COMMAND prints
    <!-- file: NAME -->         the block is the file NAME, which commands of the page may use
    <!-- counted -->            a table: a command in a row's first cell, its counts in the second

A file that a page needs and does not show stands in a mark of several lines:

    <!-- file: NAME
    its lines
    -->
"""
import re

MARK = re.compile(r"<!-- (shown|json|file): (\S.*?) -->|<!-- (session|counted) -->")
HIDDEN_FILE = re.compile(r"<!-- file: (\S+)$")

# What only a program prints: such a block needs a mark.
TRANSCRIPT = re.compile(
    r"^\$ |^heddle: |^(holds|violated|incomplete|broken|executions): "
    r"|^ +\^ (here|at the end): |^> +\d+ |^  in .* \(scenario |^MODEL +VERDICT|^SCENARIO +"
    r"|^Test \S+ (Allowed|Forbidden|Required)|^step \d+ of \d+|^\(gdb\) \S"
    r"|\"schema\": *\"heddle", re.M)


class Block:
    """What a mark is about. `start` and `end`: its lines in the page, without the fences."""

    def __init__(self, kind, argument, line, start, lines):
        self.kind = kind          # a word of MARK, or None
        self.argument = argument  # a command or a file's name
        self.line = line          # where it is, for people
        self.start = start
        self.lines = lines

    @property
    def end(self):
        return self.start + len(self.lines)


class PageError(Exception):
    """A page that is not written as the marks have to be."""


def _mark(line):
    match = MARK.fullmatch(line.strip())
    if not match:
        return None
    return match.group(1) or match.group(3), match.group(2)


def _until(lines, start, ends, what):
    for end in range(start, len(lines)):
        if ends(lines[end]):
            return end
    raise PageError(f"line {start}: {what} has no end")


def blocks(text):
    """The blocks of a page, in order; those without a mark have no kind."""
    lines = text.split("\n")
    found = []
    mark = None  # and its line
    i = 0
    while i < len(lines):
        hidden = HIDDEN_FILE.match(lines[i])
        if hidden:
            end = _until(lines, i + 1, lambda line: line == "-->", "the hidden file")
            found.append(Block("file", hidden.group(1), i + 1, i + 1, lines[i + 1:end]))
            i = end + 1
            continue
        if lines[i].startswith("<!--"):
            if mark or not _mark(lines[i]):
                raise PageError(
                    f"line {i + 1}: this mark is unknown, or the one above has no block")
            mark = _mark(lines[i]), i + 1
            i += 1
            continue
        if lines[i].startswith("```"):
            end = _until(lines, i + 1, lambda line: line.startswith("```"), "the block")
            kind, argument = mark[0] if mark else (None, None)
            if kind == "counted":
                raise PageError(f"line {mark[1]}: this mark is for tables")
            found.append(Block(kind, argument, i + 1, i + 1, lines[i + 1:end]))
            mark = None
            i = end + 1
            continue
        if mark:
            if mark[0][0] != "counted" or not lines[i].startswith("|"):
                raise PageError(f"line {mark[1]}: no block follows this mark")
            end = _until(lines + [""], i, lambda line: not line.startswith("|"), "the table")
            found.append(Block("counted", None, i + 1, i, lines[i:end]))
            mark = None
            i = end
            continue
        i += 1
    return found


def unmarked_transcripts(text):
    """Lines of the blocks that look like a transcript and have no mark."""
    return [block.line for block in blocks(text)
            if block.kind is None and TRANSCRIPT.search("\n".join(block.lines))]


def file_of(text, name):
    """The file `name` that a page has, as text."""
    for block in blocks(text):
        if block.kind == "file" and block.argument == name:
            return "\n".join(block.lines) + "\n"
    raise PageError(f"it has no file '{name}'")
