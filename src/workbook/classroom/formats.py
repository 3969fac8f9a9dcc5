"""What a file is: a notebook, a record, or something else, by its name and by how it begins.

Browsers and phones rename what they save: ``answers.jsonl.txt``, ``03.ipynb.json``, ``answers``.
The first two still say what they were. A name that could be anything is not asked any further; what
stands in the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .bounds import STRUCTURE, Refused, too_deep, too_many

__all__ = ["NotAHandIn", "check_beginning", "kind_by_name", "objects"]

Kind = Literal["notebook", "record", "renamed"]

_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".xz", ".bz2")
_RENAMED = ("", ".txt", ".json", ".ndjson", ".jsonlines")
_OURS_IN_NAME = re.compile(r"\.(ipynb|jsonl)(?![a-z])", re.IGNORECASE)


class NotAHandIn(Refused):
    """A file of another kind. Beside a hand-in it is company, and nothing is wrong with that."""

    def __init__(self) -> None:
        super().__init__("A hand-in is a notebook (.ipynb) or a record (.jsonl); this is neither.")


def kind_by_name(name: str) -> Kind:
    """What the name says that a file is. Raises ``Refused`` for what is not looked into."""
    last = name[name.rfind("/") + 1 :]
    kind = last[last.rfind(".") :].lower() if "." in last else ""
    if kind in _ARCHIVES:
        raise Refused("It is an archive; unpack it into the folder of hand-ins and grade again.")
    if kind == ".ipynb":
        return "notebook"
    if kind == ".jsonl":
        return "record"
    if ours := _OURS_IN_NAME.search(last):
        return "notebook" if ours[1].lower() == "ipynb" else "record"
    if kind in _RENAMED:
        return "renamed"
    raise NotAHandIn


_BEGINNINGS = {
    b"%PDF-": "a PDF document",
    b"PK\3\4": "an archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text with formatting (RTF)",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<?xml": "a link or another text in XML",
}

_OTHER_KINDS = tuple(_BEGINNINGS)


def check_beginning(data: bytes) -> None:
    """Raise ``Refused`` if a file that is called a hand-in begins as another kind of file does."""
    head = data[:64].lstrip()[:10]
    for seen in (head, head.lower()):
        if seen.startswith(_OTHER_KINDS):
            what = next(what for begins, what in _BEGINNINGS.items() if seen.startswith(begins))
            raise Refused(
                f"The file is {what}, whatever its name says. Ask for the notebook itself or for "
                "answers.jsonl."
            )


def objects(text: str) -> Iterator[str]:
    """Each whole ``{…}`` at the top of JSON text or in a list there, laid out on one line.

    So a record is read that a program set out in another way: as a list, or over many lines.
    """
    if too_many(text) or too_deep(text):
        return
    top = 1 if text.lstrip().startswith("[") else 0
    depth, start = 0, 0
    for match in STRUCTURE.finditer(text):
        sign = match[0]
        if sign in ("[", "{"):
            if depth == top and sign == "{":
                start = match.start()
            depth += 1
        elif sign in ("]", "}"):
            depth -= 1
            if depth == top and sign == "}":
                yield " ".join(text[start : match.end()].split("\n"))
            if depth < top:
                return
