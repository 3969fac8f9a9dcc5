"""Bytes and JSON from strangers, read within bounds of size and depth."""

from __future__ import annotations

import json
import os
import re
import stat
import time
from pathlib import Path
from typing import Any, BinaryIO, cast

__all__ = [
    "LARGEST_FILE",
    "STRUCTURE",
    "Refused",
    "checked",
    "decode",
    "open_regular",
    "read_json",
    "read_stamped",
    "stamp_of",
    "too_deep",
    "too_many",
]

LARGEST_FILE = 20_000_000
"""Bytes; a notebook with every exercise answered and all its figures has less than one million."""

_DEEPEST = 100
"""A notebook is about ten deep; the standard decoder gives up somewhere near a thousand."""

_MOST_PARTS = 1_000_000
"""Texts, lists and records in one file. Each costs far more memory than its two or three bytes.
Four numbers weigh as much as one of them."""

_LONGEST_INTEGER = 30


class Refused(ValueError):
    """A file that cannot be a hand-in, with a sentence for the teacher."""


_READING = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def _opened(path: str | Path) -> tuple[int, os.stat_result]:
    """A regular file's handle, open for reading, and its status; or ``Refused``.

    Opened without following a link and without waiting, and looked at only then: what a path is
    can change between asking and opening, and a pipe with no writer would hold the batch for ever.
    """
    try:
        handle = os.open(path, _READING)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise Refused(f"The file cannot be opened: {said}.") from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise Refused("It is no ordinary file (a pipe, a socket or a device).")
    return handle, status


def open_regular(path: str | Path) -> BinaryIO:
    """A regular file opened for reading, or ``Refused``."""
    return cast(BinaryIO, os.fdopen(_opened(path)[0], "rb", buffering=0))


def read_stamped(path: str | Path) -> tuple[bytes, str]:
    """The bytes of a regular file and its stamp, or ``Refused``."""
    handle, status = _opened(path)
    try:
        data = os.read(handle, min(status.st_size, LARGEST_FILE) + 1)
        # One byte more than there are was asked for, so whoever gets all but that has the end.
        if len(data) != status.st_size:
            while len(data) <= LARGEST_FILE and (
                more := os.read(handle, LARGEST_FILE + 1 - len(data))
            ):
                data += more
    except OSError as error:
        raise Refused(f"The file cannot be read: {error.strerror or error}.") from error
    finally:
        os.close(handle)
    if len(data) > LARGEST_FILE:
        size = max(status.st_size, len(data)) / 1_000_000
        raise Refused(
            f"The file has {size:.1f} MB; a hand-in has at most {LARGEST_FILE // 1_000_000} MB."
        )
    return data, _stamp(status)


def stamp_of(path: str | Path) -> str:
    """Size and time of the last change of a file; "" where they do not show that it is the same."""
    try:
        return _stamp(Path(path).lstat())
    except (OSError, ValueError):
        return ""


_SETTLED = 2_000_000_000
"""Nanoseconds: a clock of files may be that coarse, and a file changed in the same tick would show
the same time."""


def _stamp(status: os.stat_result) -> str:
    if time.time_ns() - status.st_mtime_ns < _SETTLED:
        return ""
    return f"{status.st_size}.{status.st_mtime_ns}"


def checked(data: bytes) -> bytes:
    """``data`` without a byte-order mark, if it can be UTF-8 text and says anything."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("The file is saved as UTF-16. Save it as UTF-8 and grade again.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data or data.isspace():
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


STRUCTURE = re.compile(r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"?|[\[{]|[\]}]')
"""The brackets of JSON text. Texts are matched whole, so that brackets in them do not count."""


def too_many(text: str) -> bool:
    """Whether JSON text has more parts than we read."""
    marks = text.count('"') - text.count('\\"')  # a mark after a backslash stands in a text
    parts = text.count("[") + text.count("{") + marks // 2
    return parts > _MOST_PARTS or text.count(",") > 4 * _MOST_PARTS


def too_deep(text: str) -> bool:
    """Whether JSON text is nested deeper than we read; one look along the text."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    depth = 0
    for match in STRUCTURE.finditer(text):
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
    if too_many(text):
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
