"""The tables of students: ours, and those that Canvas and Moodle take in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .gradebook import Columns, Sheet, comma_separated, number, safe
from .marking import NOTED
from .rules import Given
from .scale import Scale
from .standing import Handed, Standing, Standings

__all__ = ["Person", "StudentSheets"]

_LONGEST_TEXT = 30_000
"""Characters of a written answer; a spreadsheet's cell holds 32,767."""

Person = tuple[str, ...]
"""Id, name, login, e-mail, sis, section, platform; all empty where nobody is known."""


class StudentSheets:
    """``students.csv``, ``canvas.csv``, ``moodle.csv`` and ``to_mark.csv``, row by row."""

    def __init__(
        self, out: Path, scale: Scale, standings: Standings, given: Given, chapters: Sequence[str]
    ) -> None:
        self._scale = scale
        self._given = given
        self._rules = standings.rules
        self._chapters = tuple(chapters)
        self._columns = Columns({chapter: scale.chapters[chapter] for chapter in chapters})
        self._written = [n for n in scale.items if scale.case.items[n].kind == "write"]
        self._sheets: dict[str, Sheet] = {}
        title, most = safe(self._rules.title), number(self._rules.out_of)
        self._students = self._sheet(
            out / "students.csv",
            ("student", "name", "status", "reason", "hand_ins", "late", "points", "possible"),
            ("percent", *self._columns.names),
        )
        self._canvas = self._sheet(
            out / "canvas.csv",
            ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title),
        )
        self._canvas.add(["    Points Possible", "", "", "", "", most])
        self._moodle = self._sheet(
            out / "moodle.csv",
            # Moodle takes in no worksheet without the last one, which may stay empty.
            ("Identifier", "Full name", "Email address", "Grade", "Maximum grade"),
            ("Last modified (grade)",),
        )
        self._to_mark = self._sheet(
            out / "to_mark.csv", ("student", "name", "item", "answer", "comment", "mark")
        )
        self._platforms = {"canvas": 0, "moodle": 0}

    def _sheet(self, path: Path, *columns: Sequence[str]) -> Sheet:
        sheet = Sheet(path)
        sheet.add([name for names in columns for name in names])
        self._sheets[path.name] = sheet
        return sheet

    def add(self, person: Person, key: str, handed: Sequence[Handed], found: Standing) -> None:
        """A student (or, with an empty ``person``, a hand-in of which nobody is known)."""
        first = (
            safe(key),
            safe(person[1]),
            found.status,
            safe(found.reason),
            str(len(handed)),
            str(sum([one.late for one in handed])) if handed else "",
            "" if found.points is None else number(found.points),
            "" if found.possible is None else number(found.possible),
            "" if found.percent is None else number(found.percent),
        )
        points = self._columns.row(found.items, self._chapters)
        self._students.add_row(f"{comma_separated(first)},{points}")
        self._to_platforms(person, found)
        for name in self._written:
            if name in found.source:
                self._list_text(key, person[1], name, handed, found)

    def _to_platforms(self, person: Person, found: Standing) -> None:
        student, name, login, email, sis, section, platform = person
        if not student or platform not in ("canvas", "moodle", ""):
            return
        grade = "" if found.percent is None else number(found.percent * self._rules.out_of / 100)
        if platform != "moodle":
            self._platforms["canvas"] += 1
            row = (safe(name), safe(student), safe(sis), safe(login), safe(section), grade)
            self._canvas.add(row)
        if platform != "canvas":
            self._platforms["moodle"] += 1
            number_there = f"Participant {student}" if student.isdigit() else safe(student)
            most = number(self._rules.out_of)
            self._moodle.add([number_there, safe(name), safe(email), grade, most, ""])

    def _list_text(
        self, key: str, name: str, item: str, handed: Sequence[Handed], found: Standing
    ) -> None:
        said = [
            g for g, _ in handed[found.source[item]].marks.answers_to(item) if g.verdict == NOTED
        ]
        if not said:
            return
        at = (safe(key), item)
        mark = self._given.marks.get(at)
        text = safe(_plain(said[-1].answer), _LONGEST_TEXT)
        comment = safe(self._given.comments.get(at, ""), _LONGEST_TEXT)
        shown = "" if mark is None else number(mark)
        self._to_mark.add([safe(key), safe(name), item, text, comment, shown])

    def place(self) -> list[Path]:
        """Put every table that has rows in its place; returns them. One without rows goes away."""
        empty = {f"{name}.csv" for name, rows in self._platforms.items() if not rows}
        if self._to_mark.rows == 1:
            empty.add("to_mark.csv")
        written = []
        for name, sheet in self._sheets.items():
            if name in empty:
                sheet.path.unlink(missing_ok=True)
            else:
                sheet.place()
                written.append(sheet.path)
        return written

    def close(self) -> None:
        """Take away what was not put in its place."""
        for sheet in self._sheets.values():
            sheet.close()


def _plain(answer: str) -> str:
    """A written answer as text; of anything else its JSON."""
    value = json.loads(answer) if answer else ""
    return value if isinstance(value, str) else answer
