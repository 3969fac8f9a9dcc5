"""Lines of records, each read strictly once however many students wrote the same one.

In a class most lines repeat: the same answer to the same question, at another time. What stands
before the time is therefore the name under which the read line is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple, cast

from ..record import Line, parse_line
from .bounds import read_json

__all__ = ["Lines", "Said", "all_said", "each_said", "said"]

_MOST = 50_000
_LONGEST = 4_000
"""Bounds of what is kept: lines, and bytes of one; together at most some 100 MB, and with
answers as they are less than 20."""

_SPLIT = ',"time":"'
_TIME = re.compile(r'([0-9T:.+\-Z]{0,40})"\}')
"""The end of a line as both our writers make it. Nothing in it could close a text early."""

_SIGNS = b"0123456789T:.+-Z"
_END = len('2026-11-23T21:04:06.123Z"}')
"""Both our writers give the time to the millisecond, so nearly every line ends as long as this."""

_CLOSED = b'"}\n'
_BLANK = b" \t\r\n\v\f"


class Said:
    """A line that was read, without its time; one object for all who said the same.

    ``item`` and ``weighed`` belong to the ``Scale`` named by ``scale``, which fills them in.
    """

    __slots__ = ("item", "line", "scale", "weighed")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.scale: Any = None
        self.item = ""
        self.weighed: Any = None


_kept: dict[bytes, Said] = {}
"""By all that stands before the time in a line."""


class Lines(NamedTuple):
    """A record: its answers and the time of each, and its other lines with their numbers.

    ``cut`` says that there are more lines, which were not looked at.
    """

    answers: list[Said]
    times: list[str]
    others: Sequence[tuple[int, bytes]] = ()
    cut: bool = False


def all_said(data: bytes, most: int) -> Lines:
    """The lines of a record, ``most`` of them at the most; blank ones are left out."""
    if data.count(b"\n") < most and (usual := _all_known(data)):
        return usual
    return each_said(BytesIO(data), most)


def each_said(lines: Iterable[bytes], most: int) -> Lines:
    """The same, line by line."""
    answers: list[Said] = []
    times: list[str] = []
    others: list[tuple[int, bytes]] = []
    for number, raw in enumerate(lines, 1):
        if not (line := raw.strip(_BLANK)):
            continue
        if len(answers) + len(others) == most:
            return Lines(answers, times, others, cut=True)
        try:
            read = said(line.decode("utf-8"))
        except UnicodeDecodeError:
            read = None
        if read:
            answers.append(read[0])
            times.append(read[1])
        else:
            others.append((number, line))
    return Lines(answers, times, others)


def _all_known(data: bytes) -> Lines | None:
    """A record all of whose beginnings are known and whose ends are as usual; None for any other.

    All times are looked at together: nothing may stand in them but signs of a time.
    """
    lines = data.split(b"\n")
    if lines.pop():
        return None
    known = _kept.get
    answers = [known(line[:-_END]) for line in lines]
    if None in answers or data.count(_CLOSED) != len(lines):
        return None
    times = [line[-_END:-2] for line in lines]
    if b"".join(times).translate(None, _SIGNS):
        return None
    return Lines(cast(list[Said], answers), [time.decode("ascii") for time in times])


def said(text: str) -> tuple[Said, str] | None:
    """One line of a record and its time; None if it is torn, foreign, or names a field twice.

    If a whole line is sound, and its time is its last field, then a line with the same beginning
    and any other time is sound too. A beginning that ends inside a list, a record or a text cannot
    be closed by the sign of one text and one record, so it is never kept.
    """
    head, found, tail = text.rpartition(_SPLIT)
    time = _TIME.fullmatch(tail) if found else None
    try:
        name = (head + found).encode("utf-8") if time else b""
    except UnicodeEncodeError:  # half a character, which a notebook's JSON can hold
        name = b""
    if time and (kept := _kept.get(name)):
        return kept, time[1]
    line = _strictly(text)
    if line is None:
        return None
    made = Said(line)
    if name and len(name) <= _LONGEST:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[name] = made
    return made, line.time


def _strictly(text: str) -> Line | None:
    try:
        twice = read_json(text)[1]
    except (ValueError, RecursionError):
        return None
    return None if twice else parse_line(text)
