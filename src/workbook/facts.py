"""What is known from outside the thread, in tables: counts, fates and dates, each with its source.

Every row of ``facts/*.csv`` names its source (keys of ``references.bib``, several divided by ``;``)
and how far it can be trusted. *verified*: read in the source, or in an excerpt of it. *memory*: not
checked; the source named is where to look it up. *uncertain*: sources conflict, or a check is
needed before anybody prints it as so. Where a row rests on several marks, it bears the weakest.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import StringIO
from typing import Literal, TypeVar, cast

from .reading import Reader

__all__ = [
    "CONFIDENCES",
    "CommitteeMember",
    "Confidence",
    "Execution",
    "Fact",
    "Facts",
    "TimelineEvent",
    "read_facts",
    "sources_of",
]

Confidence = Literal["verified", "memory", "uncertain"]
CONFIDENCES: tuple[Confidence, ...] = ("verified", "memory", "uncertain")

Precision = Literal["day", "month", "year", "range"]


@dataclass(frozen=True, slots=True)
class Execution:
    """A count over a window of days.

    ``start`` and ``end`` are the first and the last day, both counted in ``days`` (days).
    ``number`` counts what ``quantity`` says (persons, whole window): *death sentences* are
    sentences passed, nearly but not quite executions carried out. ``sentenced`` counts all
    sentences of the same series (persons). ``number_other`` and ``sentenced_other`` are the second
    archival series, where it is given. ``per_day`` is ``number`` / ``days`` (persons a day), to one
    decimal. ``basis`` says whether the number was reported or computed here.
    """

    id: str
    kind: str
    label: str
    start: date
    end: date
    days: int
    quantity: str
    number: int
    sentenced: int | None
    number_other: int | None
    sentenced_other: int | None
    per_day: float
    basis: str
    confidence: Confidence
    source: tuple[str, ...]
    caveat: str


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """A member of an elected body, and how that life ended.

    ``born`` is a year; ``died`` a day; ``age`` full years at death. ``killed_by_state`` says
    whether the state that the body had founded killed the member, by sentence or without one: a
    choice of coding, and ``note`` says where it can be made otherwise. ``trial`` is the part in a
    public trial, ``cleared`` when a court or the party took the verdict back; empty where none.
    """

    no: int
    name: str
    full_name: str
    born: int
    died: date
    age: int
    manner: str
    detail: str
    killed_by_state: bool
    trial: str
    cleared: str
    confidence: Confidence
    source: tuple[str, ...]
    note: str

    def alive_on(self, day: date) -> bool:
        """Whether the member lived to see this day."""
        return self.died >= day


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened: on a day, or some time from ``start`` to ``end``, both days counted.

    ``when`` is the date as it is known (``1938-06`` is some time in June 1938); ``precision`` says
    which of day, month, year or range that is. ``note`` tells of disputes. ``part`` is the heading
    under which the event stands; in the table only the first event of a part names it.
    ``settles`` names the claims that the event decides: no learner sees it before deciding.
    """

    order: int
    when: str
    start: date
    end: date
    precision: Precision
    event: str
    confidence: Confidence
    source: tuple[str, ...]
    note: str
    part: str = ""
    settles: tuple[str, ...] = ()


Fact = Execution | CommitteeMember | TimelineEvent


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables of a case; ``other`` holds those of other names, row by row as plain text."""

    executions: tuple[Execution, ...] = ()
    committee: tuple[CommitteeMember, ...] = ()
    timeline: tuple[TimelineEvent, ...] = ()
    other: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def tables(self) -> Mapping[str, Sequence[Fact]]:
        """The three tables of known shape that this case has, by name."""
        named: dict[str, Sequence[Fact]] = {
            "executions": self.executions,
            "committee": self.committee,
            "timeline": self.timeline,
        }
        return {name: rows for name, rows in named.items() if rows}


def sources_of(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that a row names in its column ``source``."""
    named = (fields.get("source") or "").split(";")
    return tuple(filter(None, map(str.strip, named)))


class _Row:
    """One row of a table, its fields read one by one; what is wrong in any is noted."""

    def __init__(self, reader: Reader, file: str, item: str, fields: Mapping[str, str]) -> None:
        self.reader, self.file, self.item, self.fields = reader, file, item, fields

    def wrong(self, said: str) -> None:
        self.reader.wrong(self.file, self.item, said)

    def text(self, name: str, needed: bool = True) -> str:
        found = (self.fields.get(name) or "").strip()
        if needed and name not in self.fields:
            self.reader.wrong(self.file, "", f"has no column `{name}`; every row needs one")
        elif needed and not found:
            self.wrong(f"`{name}` is empty")
        return found

    def whole(self, name: str) -> int:
        number = self.maybe_whole(name)
        if number is None and not self.text(name):
            return 0
        return number or 0

    def maybe_whole(self, name: str) -> int | None:
        found = self.text(name, needed=False)
        if found and not found.isdecimal():
            self.wrong(f"`{name}` is “{found}”; write a whole number in digits only")
        return int(found) if found.isdecimal() else None

    def rate(self, name: str) -> float:
        found = self.text(name)
        try:
            return float(found or "0")
        except ValueError:
            self.wrong(f"`{name}` is “{found}”; write a number such as 933.8")
            return 0.0

    def yes(self, name: str) -> bool:
        found = self.text(name)
        if found not in ("yes", "no", ""):
            self.wrong(f"`{name}` is “{found}”; write yes or no")
        return found == "yes"

    def span(self, name: str) -> tuple[date, date]:
        found = self.text(name)
        known = self.reader.dated(self.file, self.item, f"`{name}`", found) if found else None
        return known or (date.min, date.min)

    def day(self, name: str) -> date:
        start, end = self.span(name)
        if start != end:
            self.wrong(f"`{name}` must be a day, such as 1938-06-13")
        return start

    def confidence(self) -> Confidence:
        found = self.text("confidence")
        if found:
            self.reader.chosen(self.file, self.item, "confidence", found, CONFIDENCES)
        return cast(Confidence, found)

    def source(self) -> tuple[str, ...]:
        self.text("source")
        named = sources_of(self.fields)
        self.reader.cited(self.file, self.item, "source", named)
        return named

    def claims(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        named = tuple(filter(None, map(str.strip, self.text(name, needed=False).split(";"))))
        for one in named:
            self.reader.known(self.file, self.item, name, one, known)
        return named


T = TypeVar("T")


def read_facts(reader: Reader, claims: Collection[str] = ()) -> Facts:
    """Read every table of ``facts/``; a table of a name unknown here is kept as plain text.

    ``claims`` are the ids that an event may settle.
    """
    folder = reader.folder / "facts"
    tables: dict[str, list[_Row]] = {}
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        tables[path.stem] = _rows(reader, f"facts/{path.name}")
    return Facts(
        _made(tables, "executions", _execution),
        _made(tables, "central_committee_1917", _member),
        _in_parts(_made(tables, "timeline", lambda row: _event(row, claims))),
        {name: tuple(_plain(row) for row in rows) for name, rows in tables.items()},
    )


def _rows(reader: Reader, file: str) -> list[_Row]:
    words = reader.words(file)
    if words is None:
        return []
    table = csv.DictReader(StringIO(words, newline=""))
    header = table.fieldnames or []
    if len(header) == 1 and (found := re.search(r"[;\t]", header[0])):
        divided = "semicolons" if found[0] == ";" else "tabs"
        reader.wrong(file, "", f"its fields are divided by {divided}; save it with commas")
        return []
    for name in ("source", "confidence"):
        if name not in header:
            reader.wrong(file, "", f"has no column `{name}`; every row needs one")
    rows = []
    for number, fields in enumerate(table, 1):
        first = fields.get(header[0]) or ""
        row = _Row(reader, file, f"row {first or number}", fields)
        if None in fields or None in fields.values():
            row.wrong(f"has not {len(header)} fields, as the header has; check commas and quotes")
            continue  # no field can be trusted to stand in its column
        rows.append(row)
    counts = Counter(row.item for row in rows)
    for item in [item for item, count in counts.items() if count > 1]:
        reader.wrong(file, item, f"stands {counts[item]} times; the first column must differ")
    return rows


def _made(tables: dict[str, list[_Row]], name: str, make: Callable[[_Row], T]) -> tuple[T, ...]:
    return tuple(make(row) for row in tables.pop(name, []))


def _plain(row: _Row) -> Mapping[str, str]:
    row.confidence()
    row.source()
    return row.fields


def _execution(row: _Row) -> Execution:
    before = len(row.reader.problems)
    made = Execution(
        row.text("id"),
        row.text("kind"),
        row.text("label"),
        row.day("start"),
        row.day("end"),
        row.whole("days"),
        row.text("quantity"),
        row.whole("number"),
        row.maybe_whole("sentenced"),
        row.maybe_whole("number_other"),
        row.maybe_whole("sentenced_other"),
        row.rate("per_day"),
        row.text("basis"),
        row.confidence(),
        row.source(),
        row.text("caveat"),
    )
    days = (made.end - made.start).days + 1
    if len(row.reader.problems) > before:
        return made  # there is no reckoning with fields that are wrong themselves
    if days < 1:
        row.wrong(f"ends on {made.end}, before it starts on {made.start}")
    elif days != made.days:
        row.wrong(f"has {made.days} days, but {made.start} to {made.end} is {days}, both counted")
    elif f"{made.number / days:.1f}" != f"{made.per_day:.1f}":
        row.wrong(
            f"has {made.per_day} a day, but {made.number} in {days} days is "
            f"{made.number / days:.1f}"
        )
    return made


def _member(row: _Row) -> CommitteeMember:
    made = CommitteeMember(
        row.whole("no"),
        row.text("name"),
        row.text("full_name"),
        row.whole("born"),
        row.day("died"),
        row.whole("age"),
        row.text("manner"),
        row.text("detail"),
        row.yes("killed_by_state"),
        row.text("trial", needed=False),
        row.text("cleared", needed=False),
        row.confidence(),
        row.source(),
        row.text("note", needed=False),
    )
    years = made.died.year - made.born
    if made.died != date.min and made.age not in (years - 1, years):
        row.wrong(
            f"is {made.age} at death, but {made.born} to {made.died} gives {years - 1} or {years}"
        )
    return made


def _in_parts(events: Sequence[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """Each event with its part: an event that names none stands in the part of the one before."""
    part, made = "", []
    for event in events:
        part = event.part or part
        made.append(replace(event, part=part))
    return tuple(made)


def _event(row: _Row, claims: Collection[str]) -> TimelineEvent:
    when = row.text("date")
    start, end = row.span("date")
    precision = row.text("precision")
    known: tuple[Precision, ...] = ("year", "month", "day", "range")
    if (
        precision
        and row.reader.chosen(row.file, row.item, "precision", precision, known)
        and start != date.min
    ):
        shown = "range" if "/" in when else known[when.count("-")]
        if shown != precision:
            row.wrong(f"is given to the {precision}, but its date “{when}” is a {shown}")
    return TimelineEvent(
        row.whole("order"),
        when,
        start,
        end,
        cast(Precision, precision),
        row.text("event"),
        row.confidence(),
        row.source(),
        row.text("note", needed=False),
        row.text("part", needed=False),
        row.claims("settles", claims),
    )
