"""Read the files of a case folder, and gather every problem on the way.

A ``Reader`` never raises for what an author wrote: it notes a ``Problem`` (file, item, what is
wrong, what to do) and goes on, so that an author sees all of them at once.
"""

from __future__ import annotations

import calendar
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from .edition import NotAnchored, Problem, Selector, Span, anchor, did_you_mean
from .shape import misshapen

__all__ = ["RELEASED", "Reader", "period"]

RELEASED = "released.json"
"""The one file that a class has in place of a case's TOML files."""

_LINE_END = re.compile("\r\n?")
_ID = re.compile(r"[A-Za-z0-9_-]+")


class Reader:
    """One reading of one folder: its files as plain values, its quotations anchored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.text = ""
        self.unsound: set[str] = set()
        """Ids of what was already found wrong: to name one elsewhere is no second problem."""
        self.unread: set[str] = set()
        """Files that could not be read: that their items are missing is no second problem."""
        self._released: dict[str, Any] | None = None
        self.works: list[str] | None = None
        """The keys that may be cited; None where there is no bibliography to look them up in."""

    def wrong(self, file: str, item: str, said: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, item, said))

    def has(self, file: str) -> bool:
        """Whether the folder holds this file; for the files a case can do without."""
        return (self.folder / file).is_file()

    def raw(self, file: str) -> bytes | None:
        """The file's bytes; None, and a problem, when it cannot be read."""
        try:
            return (self.folder / file).read_bytes()
        except OSError as error:
            self.wrong(file, "", f"cannot be read ({error.strerror}); every case needs this file")
            self.unread.add(file)
            return None

    def words(self, file: str) -> str | None:
        """The file's text; None, and a problem, when there is none or it is not UTF-8."""
        data = self.raw(file)
        return None if data is None else self.decoded(file, data)

    def decoded(self, file: str, data: bytes) -> str | None:
        """The bytes of a file as text; None, and a problem, when they are not UTF-8.

        What an editor adds of its own is no part of the text: a byte order mark is taken off, and
        every line ends with ``\\n`` alone.
        """
        try:
            return _LINE_END.sub("\n", data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            self.wrong(file, "", f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
            self.unread.add(file)
            return None

    def released(self) -> dict[str, Any]:
        """What a class has in place of the TOML files: their tables by file, without any key."""
        if self._released is None:
            try:
                found = json.loads(self.words(RELEASED) or "{}")
            except ValueError as error:
                self.wrong(RELEASED, "", f"is not valid JSON: {error}; unpack the release again")
                found = {}
            self._released = {"exercises": {}} | (found if isinstance(found, dict) else {})
        return self._released

    def toml(self, file: str) -> dict[str, Any]:
        """The file's tables; empty, and a problem, when they cannot be read."""
        if self.has(RELEASED):
            return dict(self.released().get(file, {}))
        words = self.words(file) or ""
        try:
            return tomllib.loads(words)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = words.split("\n")[int(place[1]) - 1].strip() if place else ""
            self.wrong(file, "", f"is not valid TOML: {error}{f': {line[:80]}' if line else ''}")
            self.unread.add(file)
            return {}

    def tables(self, file: str, *names: str) -> dict[str, Any]:
        """The named lists of tables in a TOML file; whatever else stands in it is noted."""
        raw = self.toml(file)
        for stranger in sorted(raw.keys() - set(names)):
            known = ", ".join(f"[[{name}]]" for name in names)
            self.wrong(file, stranger, f"is not known here; what may stand here is {known}")
        return {name: raw.get(name, []) for name in names}

    def one(self, file: str, item: str, kind: Any, data: object) -> Any:
        """``data`` as a value of ``kind``; None, and a problem, when it is not one."""
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            if data != {} or not self.problems:
                self.wrong(file, item, misshapen(error, kind, data))
            return None

    def many(
        self,
        file: str,
        name: str,
        kind: Any,
        data: object,
        choices: Mapping[str, Sequence[str]] | None = None,
    ) -> Iterator[tuple[str, Any]]:
        """Each ``[[name]]`` of a file as (item's name for messages, item), the sound ones only.

        ``choices`` gives, for some fields, the words they may hold. A word that is none of them is
        noted, and the first stands in for it, so that the item's other problems come to light too.
        """
        if not isinstance(data, list):
            self.wrong(file, name, f"must be a list of [[{name}]] tables")
            return
        seen: set[str] = set()
        for number, entry in enumerate(data, 1):
            known = entry.get("id") if isinstance(entry, dict) else None
            item = known if isinstance(known, str) and known else f"{name} number {number}"
            if choices and isinstance(entry, dict):
                entry = entry | dict(self._stand_ins(file, item, entry, choices))
            made = self.one(file, item, kind, entry)
            if made is None:
                self.unsound.add(item)
                continue
            # An exercise's id has a rule of its own: it is typed as a name of Python's.
            if known and name != "exercise" and not _ID.fullmatch(item):
                said = "the id may hold the letters a to z, digits, _ and - only, as in old_letter"
                self.wrong(file, item, said)
            if known in seen:
                self.wrong(file, item, "this id stands twice; ids must differ")
                continue
            seen.add(str(known) if known else item)
            yield item, made

    def _stand_ins(
        self, file: str, item: str, entry: Mapping[str, Any], choices: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, str]]:
        for field, allowed in choices.items():
            found = entry.get(field)
            if isinstance(found, str) and not self.chosen(file, item, field, found, allowed):
                yield field, allowed[0]

    def chosen(self, file: str, item: str, field: str, found: str, allowed: Sequence[str]) -> bool:
        """Whether ``found`` is one of the words ``allowed``; a problem when not."""
        if found in allowed:
            return True
        near = did_you_mean(found, allowed) or f"; it is one of: {', '.join(allowed)}"
        self.wrong(file, item, f"{field} “{found}” is not known{near}")
        return False

    def known(self, file: str, item: str, what: str, name: str, known: Iterable[str]) -> bool:
        """Whether ``name`` is among the ``known`` ones; a problem when not.

        It is none where ``name`` itself was found wrong, or where all that could be known was to
        stand in a file that cannot be read.
        """
        known = list(known)
        if name in known:
            return True
        if name not in self.unsound and (known or not self.unread):
            self.wrong(file, item, f"{what} “{name}” is not known{did_you_mean(name, known)}")
        return False

    def cited(self, file: str, item: str, what: str, keys: Iterable[str]) -> None:
        """Note each of ``keys`` that the bibliography does not have."""
        for key in keys if self.works is not None else ():
            self.known(file, item, what, key, self.works or ())

    def anchored(
        self, file: str, item: str, selector: Selector, within: Span | None = None
    ) -> Span | None:
        """Where the words stand; None, and a problem, when that is not one place."""
        if not self.text:
            return None  # the missing thread is the one problem worth reporting
        try:
            return anchor(self.text, selector, within)
        except NotAnchored as error:
            self.wrong(file, item, str(error))
            return None

    def dated(self, file: str, item: str, field: str, when: str) -> tuple[date, date] | None:
        """The first and last day of a date; None, and a problem, when there is no such date."""
        try:
            return period(when)
        except ValueError as error:
            self.wrong(file, item, f"{field} {error}")
            return None


def period(when: str) -> tuple[date, date]:
    """First and last day of a year, month, day or range, as in ISO 8601 and EDTF.

    >>> period("1938-06")
    (datetime.date(1938, 6, 1), datetime.date(1938, 6, 30))
    >>> period("1937-08/1937-10")[1]
    datetime.date(1937, 10, 31)

    ``../1998`` is a time not known that ended in 1998, ``2019/..`` one that began in 2019. Raises
    ``ValueError`` with a sentence.
    """
    first, slash, last = when.partition("/")
    if not slash:
        return _day(first, False), _day(first, True)
    start = date.min if first == ".." else _day(first, False)
    end = date.max if last == ".." else _day(last, True)
    if end < start:
        raise ValueError(f"“{when}” ends before it starts; turn it round")
    return start, end


def _day(when: str, last: bool) -> date:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", when)
    if match is None:
        raise ValueError(f"“{when}” is no date; write 1938, 1938-06, 1938-06-13 or 1938/1945")
    year, month, day = (int(part or "0") for part in match.groups())
    month = month if match[2] else (12 if last else 1)
    try:
        if not match[3]:
            day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"“{when}” is not in the calendar; check year, month and day") from None
