"""Compares what a page shows with what is printed, and makes it so.

A line of the page that is `...` stands for any lines. Times and rates may differ.
"""
import difflib
import json
import re

ELISION = "..."
MASKS = ((re.compile(r"\d+\.\d+ s\b"), "T s"),
         (re.compile(r"\d+ executions per second"), "N executions per second"),
         (re.compile(r" in \d+ s$"), " in T s"))
# Members of JSON that differ from run to run.
VARYING = {"seconds", "rate"}


def masked(line):
    for pattern, mask in MASKS:
        line = pattern.sub(mask, line)
    return line


def printed_lines(output, shown):
    """The lines of a program's output that the page means: times only if it shows some."""
    lines = [line.rstrip() for line in output.rstrip("\n").split("\n")]
    if not any(line.startswith("heddle: ") for line in shown):
        lines = [line for line in lines if not line.startswith("heddle: ")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def segments(shown):
    """The runs of lines between elisions: the first and the last may be empty."""
    found = [[]]
    for line in shown:
        if line.strip() == ELISION:
            found.append([])
        else:
            found[-1].append(line)
    return found


def _find(segment, lines, start, end):
    """Where in lines[start:end] the segment begins; None if nowhere."""
    size = len(segment)
    for place in range(start, end - size + 1):
        if lines[place:place + size] == segment:
            return place
    return None


def agrees(shown, lines):
    """Whether the page shows these lines, elisions and masks apart."""
    parts = [[masked(line) for line in part] for part in segments(shown)]
    lines = [masked(line) for line in lines]
    if len(parts) == 1:
        return parts[0] == lines
    first, *middle, last = parts
    start = len(first)
    end = len(lines) - len(last)
    if start > end or lines[:start] != first or lines[end:] != last:
        return False
    for part in middle:
        place = _find(part, lines, start, end)
        if place is None:
            return False
        start = place + len(part)
    return True


def _nearest(segment, lines, start, end):
    """Where the segment probably is now: the place with the most similar lines."""
    places = range(start, max(start, end - len(segment)) + 1)
    text = "\n".join(segment)
    return max(places, key=lambda place: difflib.SequenceMatcher(
        None, text, "\n".join(lines[place:place + len(segment)])).ratio())


def updated(shown, lines):
    """What the page has to show: elided where it was elided, with its old times."""
    parts = segments(shown)
    if len(parts) == 1:
        fresh = [lines]
    else:
        first, *middle, last = parts
        start = len(first)
        end = len(lines) - len(last)
        fresh = [lines[:start]]
        for part in middle:
            place = _nearest(part, lines, start, end)
            start = place + len(part)
            fresh.append(lines[place:start])
        fresh.append(lines[max(start, end):])
    old = {masked(line): line for line in shown}
    dots = [line for line in shown if line.strip() == ELISION]
    result = []
    for number, part in enumerate(fresh):
        if number:
            result.append(dots[number - 1])
        result += [old.get(masked(line), line) for line in part]
    return result


def difference(shown, lines):
    return "\n".join(difflib.unified_diff(shown, lines, "the page", "printed", lineterm="", n=1))


def json_agrees(shown, printed):
    """Whether the JSON of a page is a part of what is printed: members and elements may be left
    out, "..." stands for any text."""
    if isinstance(shown, dict):
        return isinstance(printed, dict) and all(
            name in printed and (name in VARYING or json_agrees(value, printed[name]))
            for name, value in shown.items())
    if isinstance(shown, list):
        rest = iter(printed if isinstance(printed, list) else [])
        return all(any(json_agrees(value, each) for each in rest) for value in shown)
    if isinstance(shown, str) and ELISION in shown:
        pattern = ".*".join(re.escape(part) for part in shown.split(ELISION))
        return isinstance(printed, str) and re.fullmatch(pattern, printed, re.S) is not None
    return shown == printed and type(shown) is type(printed)


def json_difference(shown, output):
    """Empty if they agree."""
    try:
        wanted = json.loads("\n".join(shown))
    except json.JSONDecodeError as error:
        return f"the page's JSON is none: {error}"
    try:
        printed = json.loads(output)
    except json.JSONDecodeError as error:
        return f"what is printed is no JSON: {error}: {output[:200]}"
    return "" if json_agrees(wanted, printed) else f"printed: {output.strip()[:1000]}"
