"""Bytes and JSON from strangers, read within bounds of size and depth."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

__all__ = ["LARGEST_FILE", "Refused", "checked", "decode", "read_bytes", "read_json", "too_deep"]

LARGEST_FILE = 20_000_000
"""Bytes; a notebook with every exercise answered and all its figures has less than one million."""

_DEEPEST = 100
"""A notebook is about ten deep; the standard decoder gives up somewhere near a thousand."""

_MOST_PARTS = 1_000_000
"""Texts, lists and records in one file. Each costs far more memory than its two or three bytes."""

_LONGEST_INTEGER = 30


class Refused(ValueError):
    """A file that cannot be a hand-in, with a sentence for the teacher."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file, or ``Refused``.

    Opened without following a link and without waiting, and looked at only then: what a path is
    can change between asking and opening, and a pipe with no writer would hold the batch for ever.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Refused(f"The file cannot be opened: {error.strerror or error}.") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("It is no ordinary file (a pipe, a socket or a device).")
        try:
            data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            raise Refused(f"The file cannot be read: {error.strerror or error}.") from error
    if len(data) > LARGEST_FILE:
        size = max(status.st_size, len(data)) / 1_000_000
        raise Refused(
            f"The file has {size:.1f} MB; a hand-in has at most {LARGEST_FILE // 1_000_000} MB."
        )
    return data


def checked(data: bytes) -> bytes:
    """``data`` without a byte-order mark, if it can be UTF-8 text and says anything."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("The file is saved as UTF-16. Save it as UTF-8 and grade again.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Refused("The file is empty.")
    if b"\0" in data:
        raise Refused("The file holds binary data, not text.")
    return data


def decode(data: bytes) -> str:
    """``data`` as UTF-8 text, or ``Refused``."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            f"The file is not UTF-8 text (at byte {error.start}). Save it as UTF-8 and grade again."
        ) from error


# Texts are skipped whole, so that brackets in them do not count.
_STRUCTURE = re.compile(r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"?|[\[{]|[\]}]')


def too_deep(text: str) -> bool:
    """Whether JSON text is nested deeper than we read; one look along the text."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    depth = 0
    for match in _STRUCTURE.finditer(text):
        sign = match[0]
        if sign in ("[", "{"):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif sign in ("]", "}"):
            depth -= 1
    return False


def read_json(text: str) -> tuple[Any, bool]:
    """A JSON value and whether any record in it names a field twice. Raises ``ValueError``.

    Very long integers are read as decimals, since turning them into exact ones takes time out of
    proportion.
    """
    marks = text.count('"') - text.count('\\"')  # a mark after a backslash stands in a text
    if text.count("[") + text.count("{") + marks // 2 > _MOST_PARTS:
        raise Refused(
            f"The file has more than {_MOST_PARTS:,} parts; a notebook has a few hundred."
        )
    if too_deep(text):
        raise Refused(f"The JSON of the file is nested more than {_DEEPEST} deep; ours never is.")
    twice = False

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        record = dict(pairs)
        twice = twice or len(record) < len(pairs)
        return record

    return json.loads(text, object_pairs_hook=gather, parse_int=_integer), twice


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)
