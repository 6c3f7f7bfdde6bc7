#!/usr/bin/env python3
"""What other programs read: DOT, JUnit, SARIF, trace events, and the page for a browser.

usage: exports_test.py HEDDLE SCENARIOS VIEWER [unittest arguments]
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import json_schema
import support

PROGRAMS = support.Programs(*sys.argv[1:3])
VIEWER = sys.argv[3]
HERE = os.path.dirname(os.path.abspath(__file__))
FORMATS = ["text", "json", "html", "dot", "junit", "sarif", "perfetto"]


def show(trace, form, *words):
    with tempfile.TemporaryDirectory() as folder:
        ended = PROGRAMS.run("show", support.save(trace, folder), "--format", form, *words)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def graphviz(text):
    """The drawing as SVG; Graphviz says nothing if it understands all of it."""
    try:
        ended = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True,
                               check=False, timeout=120)
    except FileNotFoundError:
        raise AssertionError("there is no `dot`; install it: apt-get install graphviz") from None
    # Without a network Graphviz may miss fonts; that is no matter of what it was given.
    warnings = [line for line in ended.stderr.decode().splitlines() if "ontconfig" not in line]
    assert ended.returncode == 0 and not warnings, warnings
    return ElementTree.fromstring(ended.stdout)


def parts(svg, kind):
    return [group for group in svg.iter("{http://www.w3.org/2000/svg}g")
            if group.get("class") == kind]


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.traces = PROGRAMS.traces()
        cls.hostile = [support.hostile(trace) for trace in cls.traces]

    def test_dot_has_all_steps_and_relations(self):
        for trace in self.traces:
            steps = trace["steps"]
            threads = collections.Counter(step["thread"] for step in steps)
            text = show(trace, "dot", "--all-steps")
            svg = graphviz(text)
            self.assertEqual(len(parts(svg, "node")), len(steps))
            labels = collections.Counter(re.findall(r"-> s\d+ \[label=(\w+)", text))
            self.assertEqual(labels["po"], sum(count - 1 for count in threads.values()))
            self.assertEqual(labels["rf"], sum("reads_from" in step for step in steps))
            self.assertEqual(len(parts(svg, "edge")), len(re.findall(r"^ +s\d+ -> ", text, re.M)))
            self.assertGreater(labels["hb"], 0)
            self.assertGreater(labels["co"], 0)

    def test_dot_shows_the_main_steps(self):
        for trace in self.traces:
            svg = graphviz(show(trace, "dot"))
            self.assertLess(len(parts(svg, "node")), len(trace["steps"]) + 1)
            self.assertEqual(len([node for node in parts(svg, "node")
                                  if node[0].text == "setup"]), 1)

    def test_synchronisation_follows_from_the_clocks(self):
        """po and hb edges together give back every clock."""
        for trace in self.traces:
            edges = [(int(a), int(b)) for a, b, kind in re.findall(
                r"s(\d+) -> s(\d+) \[label=(\w+)", show(trace, "dot", "--all-steps"))
                     if kind in ("po", "hb")]
            before = {number: {number} for number in range(1, len(trace["steps"]) + 1)}
            for number in before:  # edges go forward
                for a, b in edges:
                    if b == number:
                        before[b] |= before[a]
            for number, step in enumerate(trace["steps"], 1):
                clock = [max((each for each in before[number]
                              if trace["steps"][each - 1]["thread"] == thread), default=0)
                         for thread in range(len(trace["threads"]))]
                self.assertEqual(clock, step["clock"], (trace["scenario"], number))

    def test_junit(self):
        for trace in self.traces:
            root = ElementTree.fromstring(show(trace, "junit"))
            self.assertEqual((root.tag, root.get("tests"), root.get("failures")),
                             ("testsuites", "1", "1"))
            case = root.find("testsuite/testcase")
            self.assertIn(trace["scenario"], case.get("name"))
            failure = case.find("failure")
            self.assertEqual(failure.get("type"), trace["violation"]["kind"])
            self.assertEqual(failure.get("message"), trace["violation"]["message"])
            self.assertIn(trace["violation"]["kind"], failure.text)

    def test_junit_of_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "junit.xml")
            def cases(*words):
                PROGRAMS.run("run", *words, "--junit", path)
                return ElementTree.parse(path).getroot()
            self.assertEqual(cases("message_passing").get("failures"), "0")
            broken = cases("message_passing", "--set", "ordered=0")
            self.assertEqual((broken.get("failures"), broken.get("errors")), ("1", "0"))
            wanted = cases("message_passing", "--set", "ordered=0", "--expect", "violated")
            self.assertEqual(wanted.get("failures"), "0")
            missed = cases("message_passing", "--expect", "violated")
            self.assertEqual(missed.get("failures"), "1")
            limited = cases("store_buffering", "--executions", "1")
            self.assertEqual(limited.get("errors"), "1")
            models = cases("message_passing", "--model", "all")
            self.assertGreater(int(models.get("tests")), 1)
            every = cases("--all", "--executions", "50")
            listed = json.loads(PROGRAMS.run("list", "--format", "json").stdout)["scenarios"]
            self.assertEqual(int(every.get("tests")), len(listed))
            self.assertEqual(every.get("failures"), "0")

    def test_sarif(self):
        with open(os.path.join(HERE, "sarif.schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        for trace in self.traces + self.hostile:
            log = json.loads(show(trace, "sarif"))
            self.assertEqual(json_schema.errors(log, schema), [])
            result = log["runs"][0]["results"][0]
            rule = log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
            self.assertEqual(rule["id"], result["ruleId"])
            self.assertEqual(rule["shortDescription"]["text"], trace["violation"]["kind"])
            place = result["locations"][0]["physicalLocation"]
            self.assertEqual(place["region"]["startLine"], trace["violation"]["line"])
            order = sorted(each["executionOrder"] for flow in result["codeFlows"][0]["threadFlows"]
                           for each in flow["locations"])
            self.assertEqual(order, list(range(1, len(trace["steps"]) + 1)))

    def test_sarif_of_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "found.sarif")
            def results(*words):
                PROGRAMS.run("run", *words, "--sarif", path)
                with open(path, encoding="utf-8") as file:
                    return json.load(file)["runs"][0]["results"]
            self.assertEqual(results("message_passing"), [])
            self.assertEqual(len(results("message_passing", "--set", "ordered=0")), 1)
            self.assertEqual(results("--all", "--executions", "50"), [])  # as expected

    def test_trace_events(self):
        for trace in self.traces:
            log = json.loads(show(trace, "perfetto"))
            events = log["traceEvents"]
            phases = collections.Counter(event["ph"] for event in events)
            self.assertEqual(phases["X"], len(trace["steps"]))
            self.assertEqual(phases["s"], phases["f"])
            self.assertEqual(phases["i"], 1)
            self.assertEqual({event["args"]["name"] for event in events
                              if event["ph"] == "M" and event["name"] == "process_name"},
                             {trace["scenario"]})
            starts = {event["id"]: event["ts"] for event in events if event["ph"] == "s"}
            for event in events:
                self.assertIsInstance(event["ts"], int)
                self.assertLess(event["tid"], len(trace["threads"]))
                if event["ph"] == "f":
                    self.assertLess(starts[event["id"]], event["ts"])

    def test_json_is_the_trace(self):
        for trace in self.traces:
            self.assertEqual(json.loads(show(trace, "json")), trace)

    def test_the_page_is_built_from_its_sources(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "page.html")
            subprocess.run([sys.executable, "-B", os.path.join(VIEWER, "build.py"), "page", path],
                           check=True)
            with open(path, encoding="utf-8") as file:
                before, rest = file.read().split("@TEXT@")
        middle, after = rest.split("@DATA@")
        page = show(self.traces[0], "html")
        self.assertTrue(page.startswith(before))
        self.assertTrue(page.endswith(after))
        self.assertIn(middle, page)
        self.assertLess(len(page.encode()), 400_000)

    def test_the_page_holds_its_data_safely(self):
        for trace in self.traces + self.hostile:
            page = show(trace, "html")
            data = re.search(r'id="data">(.*?)</script>', page, re.S).group(1)
            self.assertNotIn("<", data)
            self.assertEqual(json.loads(data)["trace"], trace)
            self.assertEqual(len(re.findall("<script", page)), 2)
            noscript = re.search(r"<noscript><pre>(.*?)</pre></noscript>", page, re.S).group(1)
            self.assertNotIn("<", noscript)

    def test_hostile_text_is_harmless_everywhere(self):
        for trace in self.hostile:
            for form in FORMATS:
                text = show(trace, form)
                self.assertIsNone(support.STEERING.search(text), form)
            ElementTree.fromstring(show(trace, "junit"))
            svg = graphviz(show(trace, "dot", "--all-steps"))
            self.assertEqual(len(parts(svg, "node")), len(trace["steps"]))
            self.assertEqual(list(svg.iter("{http://www.w3.org/2000/svg}script")), [])

    def test_refusals(self):
        with tempfile.TemporaryDirectory() as folder:
            path = support.save(self.traces[0], folder)
            for words, says in (
                    (["show", path, "--format", "pdf"], "pdf"),
                    (["show", path, "--html", folder], "Is a directory"),
                    (["run", "message_passing", "--junit", folder + "/no/x"], "No such file"),
                    (["run", "--all", "--html", path], "--html takes one scenario"),
                    (["run", "message_passing", "store_buffering", "--sarif", path], "--sarif")):
                ended = PROGRAMS.run(*words)
                self.assertEqual((ended.returncode, ended.stdout), (2, ""), words)
                self.assertIn(says, ended.stderr)

    def test_pages_of_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "page.html")
            PROGRAMS.run("run", "message_passing", "--html", path)
            self.assertFalse(os.path.exists(path))  # it holds
            PROGRAMS.run("run", "message_passing", "--set", "ordered=0", "--html", path)
            trace = support.save(self.traces[0], folder)
            again = os.path.join(folder, "again.html")
            self.assertEqual(PROGRAMS.run("replay", trace, "--html", again).returncode, 1)
            PROGRAMS.run("show", trace, "--html", path)
            with open(path, encoding="utf-8") as one, open(again, encoding="utf-8") as two:
                self.assertEqual(one.read(), two.read())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
