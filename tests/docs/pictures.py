#!/usr/bin/env python3
"""Whether the pictures of docs/images show what is printed now, and what the viewer is now.

usage: pictures.py HEDDLE SCENARIOS                    check
       pictures.py --update HEDDLE SCENARIOS FOLDER    make them anew; FOLDER is for the libraries

A picture carries, in a text chunk of its own, a digest of what was shown when it was made: the text
of the report; of a page the text with all steps, and the viewer's sources. So the check needs no
browser. Exit status: 0 if all are right, 1 if not.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zlib

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IMAGES = os.path.join(TOP, "docs", "images")
VIEWER = os.path.join(TOP, "tools", "viewer")
TESTS = os.path.join(TOP, "tests", "viewer")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEY = b"heddle-shows\0"


def chunks(data):
    """(type, content) of each chunk of a PNG."""
    if not data.startswith(SIGNATURE):
        raise ValueError("no PNG")
    place = len(SIGNATURE)
    while place < len(data):
        size = int.from_bytes(data[place:place + 4], "big")
        yield data[place + 4:place + 8], data[place + 8:place + 8 + size]
        place += size + 12


def digest_in(data):
    """What stamped() left; empty if it left nothing."""
    for kind, content in chunks(data):
        if kind == b"tEXt" and content.startswith(KEY):
            return content[len(KEY):].decode()
    return ""


def stamped(data, digest):
    """The picture with the digest in it, in place of an older one."""
    result = SIGNATURE
    for kind, content in chunks(data):
        if kind == b"tEXt" and content.startswith(KEY):
            continue
        if kind == b"IEND":
            result += chunk(b"tEXt", KEY + digest.encode())
        result += chunk(kind, content)
    return result


def chunk(kind, content):
    return (len(content).to_bytes(4, "big") + kind + content +
            zlib.crc32(kind + content).to_bytes(4, "big"))


def wanted():
    """The pictures that there have to be, as the script that makes them lists them."""
    with open(os.path.join(TESTS, "pictures.json"), encoding="utf-8") as file:
        return json.load(file)


def viewer_sources():
    names = sorted(name for name in os.listdir(VIEWER) if name.endswith((".js", ".css", ".html")))
    names.append(os.path.join(TESTS, "screenshots.mjs"))
    text = ""
    for name in names:
        with open(os.path.join(VIEWER, name), encoding="utf-8") as file:
            text += file.read()
    return text


def digests(heddle, scenarios):
    """Name of a file in docs/images -> the digest of what it has to show."""
    environment = {"PATH": os.environ["PATH"], "HEDDLE_SCENARIOS": os.path.abspath(scenarios)}
    def printed(*words):
        return subprocess.run([os.path.abspath(heddle), *words], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                              timeout=300).stdout
    found = {}
    sources = viewer_sources()
    with tempfile.TemporaryDirectory() as folder:
        trace = os.path.join(folder, "trace.json")
        for picture in wanted():
            command = ["run", picture["scenario"], *picture["options"]]
            report = printed(*command)
            printed(*command, "--trace", trace)
            page = printed("show", trace, "--all-steps")
            for kind, text in (("text", report), ("page", page + sources)):
                digest = hashlib.sha256(text.encode()).hexdigest()
                found[f"{picture['name']}-{kind}.png"] = digest
    return found


def check(images, right):
    """One line for each picture that is old, missing, or too many."""
    there = {name for name in os.listdir(images) if name.endswith(".png")}
    for name in sorted(there | set(right)):
        if name not in right:
            yield f"{name}: nothing makes this picture"
        elif name not in there:
            yield f"{name}: this picture is missing"
        else:
            with open(os.path.join(images, name), "rb") as file:
                if digest_in(file.read()) != right[name]:
                    yield f"{name}: this picture shows what is not printed any more"


def update(heddle, scenarios, folder):
    command = [sys.executable, os.path.join(TESTS, "run.py"), heddle, scenarios, folder,
               "screenshots.mjs", IMAGES]
    status = subprocess.run(command, check=False).returncode
    if status != 0:
        return status
    for name, digest in digests(heddle, scenarios).items():
        path = os.path.join(IMAGES, name)
        with open(path, "rb") as file:
            data = stamped(file.read(), digest)
        with open(path, "wb") as file:
            file.write(data)
    return 0


def main(arguments):
    if arguments[:1] == ["--update"]:
        return update(*arguments[1:])
    findings = list(check(IMAGES, digests(*arguments)))
    for finding in findings:
        print(f"docs/images/{finding}")
    if findings:
        print("Make the pictures anew with --update.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
