"""What a class's answers add up to, counted by DuckDB over the tables that grading wrote.

Nothing of a class is held here but the figures; DuckDB keeps what it needs within little memory.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..case import Case
from ..evidence import DIALS
from .answers import quoted

__all__ = ["Agreed", "Item", "Person", "Shift", "Spread", "Tally", "tally"]

LOW, ENOUGH = 0.4, 5
"""Whoever has fewer than ``LOW`` of the first answers right, of at least ``ENOUGH``, may need help
first."""

MOST_NAMED = 60
"""Names in one list; a longer list stands in ``students.csv``."""

_RATERS = 1_000
"""Raters of whom agreement is reckoned; more narrow the interval and change little else."""


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise: how many answered, shares (0 to 1) right at first and in the end, the
    correlation of first answers with those to the other exercises, and the mistakes they show.
    """

    name: str
    chapter: str
    answered: int = 0
    first: float | None = None
    final: float | None = None
    tells: float | None = None
    mistakes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How often each level (0 to 3, N) was given: a dial of an item, or of a passage in a column.

    ``stage`` is "blind", "revealed", or "" for a column.
    """

    item: str
    passage: str
    dial: str
    stage: str
    counts: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """How many levels went down, stayed and went up once voice and chain were shown."""

    item: str
    dial: str
    down: int
    same: int
    up: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on one dial, in the sentence of ``agreement.headline``."""

    dial: str
    raters: int
    units: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Person:
    """A student in a list: who, and why."""

    name: str
    status: str
    why: str


@dataclass(slots=True)
class Tally:
    """All figures of a class report."""

    students: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    codes: list[tuple[str, int]] = field(default_factory=list)
    first_answers: int = 0
    look: list[Person] = field(default_factory=list)
    looks: int = 0
    absent: list[Person] = field(default_factory=list)
    low: list[Person] = field(default_factory=list)
    lows: int = 0
    spreads: list[Spread] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    written: int = 0


def tally(case: Case, out: Path, folder: Path, chapters: Sequence[str]) -> Tally:
    """Count what stands in ``out``; ``folder`` is for what must wait on the disk.

    Raises ``ImportError`` without DuckDB, and DuckDB's errors if a table cannot be read.
    """
    import duckdb

    with duckdb.connect() as engine:
        engine.execute("SET threads = 1")
        engine.execute("SET memory_limit = '96MB'")
        engine.execute(f"SET temp_directory = {quoted(folder / 'duckdb')}")
        return _Counting(engine, case, out, chapters).done()


class _Counting:
    def __init__(self, engine: Any, case: Case, out: Path, chapters: Sequence[str]) -> None:
        self.engine = engine
        self.case = case
        self.chapters = chapters
        self.found = Tally()
        students = quoted(out / "students.csv")
        self.run(
            f"CREATE VIEW student AS SELECT student, name, status, reason FROM "
            f"read_csv({students}, header = true, all_varchar = true, delim = ',', quote = '\"', "
            "escape = '\"', auto_detect = false, strict_mode = false, columns = "
            f"{_columns(out / 'students.csv')})"
        )
        self.run(
            "CREATE VIEW answer AS SELECT * FROM "
            f"read_parquet({quoted(out / 'answers.parquet')}) WHERE counts"
        )
        self.run(
            "CREATE TEMP TABLE first AS SELECT student, item, score, code FROM answer "
            "WHERE try = 1 AND score IS NOT NULL"
        )

    def run(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.engine.execute(question, list(values)).fetchall()
        return rows

    def done(self) -> Tally:
        self._people()
        self._items()
        self._ratings()
        return self.found

    def _people(self) -> None:
        found = self.found
        found.statuses = dict(self.run("SELECT status, count(*) FROM student GROUP BY status"))
        found.students = sum(found.statuses.values())
        found.looks = found.students - sum(found.statuses.get(s, 0) for s in ("graded", "absent"))
        listed = (
            "SELECT coalesce(name, student), status, coalesce(reason, '') FROM student "
            f"WHERE {{}} LIMIT {MOST_NAMED}"
        )
        at = "status NOT IN ('graded', 'absent')"
        found.look = [Person(*row) for row in self.run(listed.format(at))]
        found.absent = [Person(*row) for row in self.run(listed.format("status = 'absent'"))]
        self.run(
            "CREATE TEMP TABLE low AS SELECT student, avg(score) AS share, count(*) AS n "
            "FROM first GROUP BY student HAVING avg(score) < ? AND count(*) >= ?",
            LOW,
            ENOUGH,
        )
        found.lows = self.run("SELECT count(*) FROM low")[0][0]
        most = (
            "SELECT low.student, arg_max(code, times) AS code FROM low JOIN (SELECT student, code, "
            "count(*) AS times FROM first WHERE code != '' GROUP BY ALL ORDER BY ALL) AS made "
            "ON made.student = low.student GROUP BY low.student"
        )
        for name, share, count, code in self.run(
            "SELECT coalesce(student.name, low.student), share, n, code FROM low "
            "LEFT JOIN student ON student.student = low.student "
            f"LEFT JOIN ({most}) AS made ON made.student = low.student "
            f"ORDER BY share, low.student LIMIT {MOST_NAMED}"
        ):
            found.low.append(
                Person(name, code or "", f"{100 * share:.0f} % of {count} first answers")
            )

    def _items(self) -> None:
        figures = {
            row[0]: row[1:]
            for row in self.run(
                "WITH whole AS (SELECT student, sum(score) AS total, count(*) AS n FROM first "
                "GROUP BY student) SELECT item, count(*), avg((score = 1)::INT), corr(score, "
                "CASE WHEN n > 1 THEN (total - score) / (n - 1) END) "
                "FROM first JOIN whole USING (student) GROUP BY item"
            )
        }
        final = dict(
            self.run(
                "SELECT item, avg((best = 1)::INT) FROM (SELECT student, item, max(score) AS best "
                "FROM answer WHERE score IS NOT NULL GROUP BY student, item) GROUP BY item"
            )
        )
        mistakes: dict[str, list[tuple[str, int]]] = {}
        for item, code, count in self.run(
            "SELECT item, code, count(*) AS n FROM first WHERE code != '' GROUP BY item, code "
            "ORDER BY n DESC, len(code), code"
        ):
            mistakes.setdefault(item, []).append((code, count))
        for chapter in self.chapters:
            for name in self.case.chapters[chapter]:
                if self.case.items[name].noted:
                    continue
                answered, first, tells = figures.get(name, (0, None, None))
                tells = None if tells is None or math.isnan(tells) else tells
                caught = tuple(mistakes.get(name, ()))
                self.found.items.append(
                    Item(name, chapter, answered, first, final.get(name), tells, caught)
                )
        self.found.first_answers = self.run("SELECT count(*) FROM first")[0][0]
        self.found.codes = self.run(
            "SELECT code, count(*) AS n FROM first WHERE code != '' GROUP BY code "
            "ORDER BY n DESC, len(code), code"
        )
        texts = [name for name, item in self.case.items.items() if item.kind == "write"]
        self.found.written = self.run(
            "SELECT count(*) FROM (SELECT DISTINCT student, item FROM answer "
            "WHERE list_contains(?, item))",
            texts,
        )[0][0]

    def _ratings(self) -> None:
        self.run(
            "CREATE TEMP TABLE rating (student VARCHAR, item VARCHAR, passage VARCHAR, "
            "dial VARCHAR, stage VARCHAR, level VARCHAR)"
        )
        for chapter in self.chapters:
            for name in self.case.chapters[chapter]:
                for passage, dial, field_ in self._asked(name):
                    self.run(
                        "INSERT INTO rating SELECT student, item, ?, ?, stage, level FROM (SELECT "
                        "student, item, coalesce(stage, '') AS stage, try, "
                        "json_extract_string(nullif(answer, ''), ?) AS "
                        "level FROM answer WHERE item = ? AND verdict = 'noted') WHERE level IN "
                        "('0', '1', '2', '3', 'N') QUALIFY row_number() OVER "
                        "(PARTITION BY student, stage ORDER BY try DESC) = 1",
                        passage,
                        dial,
                        f'$."{field_}"',
                        name,
                    )
        levels = ", ".join(f"count(*) FILTER (level = '{level}')" for level in "0123N")
        for item, passage, dial, stage, *counts in self.run(
            f"SELECT item, passage, dial, stage, {levels} FROM rating GROUP BY ALL "
            "ORDER BY item, passage, stage, dial"
        ):
            a, b, c, d, unknown = counts
            self.found.spreads.append(Spread(item, passage, dial, stage, (a, b, c, d, unknown)))
        way = "sign(r.level::INT - b.level::INT)"
        self.found.shifts = [
            Shift(*row)
            for row in self.run(
                f"SELECT b.item, b.dial, count(*) FILTER ({way} < 0), count(*) FILTER ({way} = 0), "
                f"count(*) FILTER ({way} > 0) FROM rating AS b JOIN rating AS r USING "
                "(student, item, passage, dial) WHERE b.stage = 'blind' AND r.stage = 'revealed' "
                "AND b.level != 'N' AND r.level != 'N' GROUP BY b.item, b.dial "
                "ORDER BY b.item, b.dial"
            )
        ]
        for dial in DIALS:
            self._agreement(dial)

    def _asked(self, name: str) -> list[tuple[str, str, str]]:
        """Passage, dial and name in the answer, for each level that an item asks for."""
        face, _ = self.case.compiled[name]
        if face["kind"] == "rate":
            return [("", dial, dial) for dial in DIALS]
        if face["kind"] == "column":
            dial = face["dials"][0]["id"]
            return [(row["id"], dial, row["id"]) for row in face["rows"]]
        return []

    def _agreement(self, dial: str) -> None:
        rows = self.run(
            "WITH rated AS (SELECT student, item || '/' || passage AS unit, level FROM rating "
            "WHERE dial = ? AND stage != 'blind' AND level != 'N'), chosen AS (SELECT student "
            f"FROM rated GROUP BY student ORDER BY md5(student) LIMIT {_RATERS}) "
            "SELECT student, unit, level::INT FROM rated JOIN chosen USING (student) ORDER BY ALL",
            dial,
        )
        if not rows:
            return
        raters = {name: place for place, name in enumerate(dict.fromkeys(row[0] for row in rows))}
        units = {name: place for place, name in enumerate(sorted({row[1] for row in rows}))}
        try:
            import numpy as np

            from ..agreement import AgreementError, headline
        except ImportError:
            sentence = "Agreement needs NumPy: pip install 'who-says-so[notebook]'."
            self.found.agreed.append(Agreed(dial, len(raters), len(units), sentence))
            return
        table = np.full((len(raters), len(units)), np.nan)
        for student, unit, level in rows:
            table[raters[student], units[unit]] = level
        try:
            sentence = headline(table, categories=(0, 1, 2, 3), draws=500).sentence
        except AgreementError as error:
            sentence = f"No figure for agreement yet: {error}"
        self.found.agreed.append(Agreed(dial, len(raters), len(units), sentence))


def _columns(path: Path) -> str:
    """The columns of a table of ours, all of them words."""
    with path.open(encoding="utf-8-sig") as file:
        names = file.readline().rstrip("\r\n").split(",")
    return (
        "{"
        + ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': 'VARCHAR'" for name in names)
        + "}"
    )
