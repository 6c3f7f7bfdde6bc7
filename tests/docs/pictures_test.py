#!/usr/bin/env python3
"""The check of the pictures sees what it should."""
import os
import tempfile
import unittest

import pictures

PICTURE = (pictures.SIGNATURE + pictures.chunk(b"IHDR", b"\0" * 13) +
           pictures.chunk(b"IDAT", b"data") + pictures.chunk(b"IEND", b""))


class Pictures(unittest.TestCase):
    def test_a_stamp_can_be_read_and_replaced(self):
        self.assertEqual(pictures.digest_in(PICTURE), "")
        once = pictures.stamped(PICTURE, "one")
        self.assertEqual(pictures.digest_in(once), "one")
        self.assertEqual(pictures.stamped(once, "two"), pictures.stamped(PICTURE, "two"))
        self.assertEqual([kind for kind, _ in pictures.chunks(once)],
                         [b"IHDR", b"IDAT", b"tEXt", b"IEND"])

    def test_old_missing_and_needless_pictures_are_found(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, digest in (("good.png", "1"), ("old.png", "0"), ("more.png", "1")):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(pictures.stamped(PICTURE, digest))
            found = list(pictures.check(folder, {"good.png": "1", "old.png": "1", "no.png": "1"}))
        self.assertEqual(found, ["more.png: nothing makes this picture",
                                 "no.png: this picture is missing",
                                 "old.png: this picture shows what is not printed any more"])


if __name__ == "__main__":
    unittest.main()
