"""Lines of records, each read strictly once however many students wrote the same one.

In a class most lines repeat: the same answer to the same question, at another time. What stands
before the time is therefore the name under which the read line is kept.
"""

from __future__ import annotations

import re
from typing import Any

from ..record import Line, parse_line
from .bounds import read_json

__all__ = ["Said", "said"]

_MOST = 50_000
_LONGEST = 4_000
"""Bounds of what is kept: lines, and characters of one; together at most some 100 MB, and with
answers as they are less than 20."""

_SPLIT = ',"time":"'
_TIME = re.compile(r'([0-9T:.+\-Z]{0,40})"\}')
"""The end of a line as both our writers make it. Nothing in it could close a text early."""


class Said:
    """A line that was read, without its time; one object for all who said the same.

    ``weighed`` belongs to the ``Scale`` named by ``scale``, which fills it in.
    """

    __slots__ = ("line", "scale", "text", "weighed")

    def __init__(self, line: Line, text: str) -> None:
        self.line = line
        self.text = text
        self.scale: Any = None
        self.weighed: Any = None


_kept: dict[str, Said] = {}


def said(text: str) -> tuple[Said, str] | None:
    """One line of a record and its time; None if it is torn, foreign, or names a field twice.

    If a whole line is sound, and its time is its last field, then a line with the same beginning
    and any other time is sound too. A beginning that ends inside a list, a record or a text cannot
    be closed by the sign of one text and one record, so it is never kept.
    """
    head, found, tail = text.rpartition(_SPLIT)
    time = _TIME.fullmatch(tail) if found else None
    if time and (kept := _kept.get(head)):
        return kept, time[1]
    line = _strictly(text)
    if line is None:
        return None
    made = Said(line, text)
    if time and len(head) <= _LONGEST:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[head] = made
    return made, line.time


def _strictly(text: str) -> Line | None:
    try:
        twice = read_json(text)[1]
    except (ValueError, RecursionError):
        return None
    return None if twice else parse_line(text)
