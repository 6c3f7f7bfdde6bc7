#!/usr/bin/env python3
"""Makes the manual page heddle(1) of what the command says about itself.

usage: man_page.py HEDDLE OUTPUT
"""
import re
import subprocess
import sys


def output(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True).stdout


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def sections(text):
    """(title, lines) of each part of a help text; the first has no title."""
    result = [("", [])]
    for line in text.splitlines():
        title = re.fullmatch(r"([A-Z][a-z]+):", line)
        if title:
            result.append((title[1], []))
        else:
            result[-1][1].append(line)
    return result


def entries(lines):
    """(term, explanation) of lines such as `  --model NAME   Memory model`."""
    result = []
    for line in lines:
        entry = re.fullmatch(r"  (\S.*?)(?:  +(\S.*))?", line)
        if entry:
            result.append([entry[1], entry[2] or ""])
        elif result and line.strip():
            result[-1][1] += " " + line.strip()
    return result


def definitions(lines):
    return [line for term, text in entries(lines)
            for line in (".TP", f"\\fB{escaped(term)}\\fR", escaped(text))]


def verbatim(lines):
    return [".nf"] + [escaped(line) for line in lines] + [".fi"]


def command(heddle, name, summary, examples):
    page = [f".SS heddle {escaped(name)}", escaped(summary)]
    for title, lines in sections(output(heddle, name, "--help")):
        if title == "Examples":
            if lines == examples:  # no own ones
                continue
            page += [".PP", "Examples:"] + verbatim(lines)
        elif title:
            page += [".PP", f"{title}:"] + definitions(lines)
    return page


def main(heddle, path):
    version = output(heddle, "--version").strip()
    parts = sections(output(heddle, "--help"))
    summary = parts[0][1][0]
    known = dict(parts)
    page = [f'.TH HEDDLE 1 "" "{escaped(version)}" "User Commands"', ".SH NAME",
            f"heddle \\- {escaped(summary[0].lower() + summary[1:])}", ".SH SYNOPSIS",
            "\\fBheddle\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]", ".SH OPTIONS"]
    page += definitions(known["Options"]) + [".SH COMMANDS"]
    for name, text in entries(known["Subcommands"]):
        page += command(heddle, name, text, known["Examples"])
    page += [".SH EXAMPLES"] + verbatim(known["Examples"])
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(page) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
