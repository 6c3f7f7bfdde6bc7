#!/usr/bin/env python3
"""The comparison of pages with what is printed sees what it should."""
import json
import os
import stat
import tempfile
import unittest

import pages
import shown
import transcripts


class Pages(unittest.TestCase):
    def test_blocks_and_their_marks(self):
        text = "\n".join(["# A", "<!-- shown: heddle list -->", "```", "one", "two", "```", "",
                          "<!-- file: x.c", "hidden", "-->", "```cpp", "int i;", "```",
                          "<!-- counted -->", "| a |", "|---|", "b"])
        found = [(block.kind, block.argument, block.start, block.lines)
                 for block in pages.blocks(text)]
        self.assertEqual(found, [("shown", "heddle list", 3, ["one", "two"]),
                                 ("file", "x.c", 8, ["hidden"]),
                                 (None, None, 11, ["int i;"]),
                                 ("counted", None, 14, ["| a |", "|---|"])])
        self.assertEqual(pages.file_of(text, "x.c"), "hidden\n")

    def test_marks_that_are_wrong(self):
        for text in ("<!-- show: heddle list -->\n```\n```", "<!-- shown: x -->\ntext",
                     "<!-- session -->\n<!-- session -->\n```\n```", "```\nopen",
                     "<!-- file: x\nopen", "<!-- counted -->\n```\n```"):
            with self.assertRaises(pages.PageError, msg=text):
                pages.blocks(text)

    def test_transcripts_need_a_mark(self):
        for line in ("$ heddle list", "heddle: 0.1 s", "holds: sb (model sc)",
                     "> 6    message.write(42)", "       ^ here: data race",
                     "executions: 1 complete", "MODEL     VERDICT", "Test SB Allowed",
                     "step 8 of 20, thread 1: x", '{"schema": "heddle.result/1"}'):
            self.assertEqual(pages.unmarked_transcripts(f"```\n{line}\n```"), [1], line)
            self.assertEqual(pages.unmarked_transcripts(f"<!-- session -->\n```\n{line}\n```"), [])
        self.assertEqual(pages.unmarked_transcripts("```\nheddle run NAME --quiet\n```"), [])


class Shown(unittest.TestCase):
    def test_times_may_differ_and_nothing_else(self):
        self.assertTrue(shown.agrees(["heddle: 0.019 s, 31105 executions per second"],
                                     ["heddle: 1.2 s, 7 executions per second"]))
        self.assertFalse(shown.agrees(["executions: 1"], ["executions: 2"]))
        self.assertFalse(shown.agrees(["a"], ["a", "b"]))

    def test_elisions_stand_for_any_lines(self):
        lines = list("abcdef")
        for good in (["a", "...", "f"], ["...", "f"], ["a", "..."], ["a", "...", "c", "...", "f"],
                     ["a", "b", "...", "  ...", "f"], ["..."]):
            self.assertTrue(shown.agrees(good, lines), good)
        for bad in (["a", "...", "e"], ["b", "...", "f"], ["a", "...", "d", "...", "c", "...", "f"],
                    ["a", "...", "c", "e", "...", "f"], ["a", "b", "c", "...", "b", "...", "f"]):
            self.assertFalse(shown.agrees(bad, lines), bad)

    def test_an_update_keeps_elisions_and_times(self):
        page = ["step 1", "...", "step 54 reads", "...", "0.019 s", "end"]
        printed = ["step 2", "x", "step 84 reads", "y", "0.5 s", "end"]
        self.assertEqual(shown.updated(page, printed),
                         ["step 2", "...", "step 84 reads", "...", "0.019 s", "end"])
        self.assertTrue(shown.agrees(shown.updated(page, printed), printed))
        self.assertEqual(shown.updated(["a"], ["b", "c"]), ["b", "c"])

    def test_lines_of_standard_error_count_if_the_page_has_some(self):
        output = "holds\nheddle: 0.1 s, 5 executions per second\n\n"
        self.assertEqual(shown.printed_lines(output, ["holds"]), ["holds"])
        self.assertEqual(len(shown.printed_lines(output, ["holds", "heddle: 0.2 s"])), 2)

    def test_json_may_leave_out_and_no_more(self):
        printed = {"a": 1, "seconds": 0.5, "list": [1, 2, 3], "text": "one two", "none": None}
        for good in ({"a": 1}, {"seconds": 9}, {"list": [1, 3]}, {"text": "..."},
                     {"text": "one ..."}, {"none": None}):
            self.assertEqual(shown.json_difference([json.dumps(good)], json.dumps(printed)), "")
        for bad in ({"a": 2}, {"b": 1}, {"list": [3, 1]}, {"list": [4]}, {"text": "two..."},
                    {"a": True}, {"a": "..."}):
            self.assertNotEqual(shown.json_difference([json.dumps(bad)], json.dumps(printed)), "")


class Commands(unittest.TestCase):
    """With a program in place of heddle that prints its arguments."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.heddle = os.path.join(self.folder, "heddle")
        with open(self.heddle, "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\ncase "$1" in cat) cat "$2";; run) echo "executions: 1234 '
                       'complete, 0 blocked, 0 violating";; *) echo "$@";; esac\n')
        os.chmod(self.heddle, stat.S_IRWXU)

    def check(self, *lines):
        path = os.path.join(self.folder, "page.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        text, findings = transcripts.check_page(path, self.heddle, self.folder)
        return text.split("\n"), findings

    def test_a_right_page(self):
        lines = ["<!-- file: f -->", "```", "content", "```", "<!-- session -->", "```",
                 "$ heddle cat f", "content", "$ heddle b 'c d'   # said", "b c d",
                 "$ cmake --build x", "```", "<!-- shown: heddle a -->", "```", "a", "```",
                 "<!-- counted -->", "| `heddle run x` | 1,234 complete, 0 blocked | 0.1 s |"]
        self.assertEqual(self.check(*lines), (lines, []))

    def test_wrong_pages_are_found_and_made_right(self):
        for wrong, right in (
                (["<!-- shown: heddle a -->", "```", "b", "```"],
                 ["<!-- shown: heddle a -->", "```", "a", "```"]),
                (["<!-- session -->", "```", "$ heddle a", "```"],
                 ["<!-- session -->", "```", "$ heddle a", "a", "```"]),
                (["<!-- counted -->", "| `heddle run x` | 1 complete, 2 blocked |"],
                 ["<!-- counted -->", "| `heddle run x` | 1,234 complete, 0 blocked |"])):
            text, findings = self.check(*wrong)
            self.assertEqual((text, len(findings)), (right, 1), wrong)

    def test_only_what_is_ours_can_be_compared(self):
        with self.assertRaises(pages.PageError):
            self.check("<!-- session -->", "```", "$ cmake --build x", "built", "```")


if __name__ == "__main__":
    unittest.main()
