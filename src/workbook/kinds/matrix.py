"""Weigh several explanations at once: explanations in rows, findings in columns; noted.

The answer is ``{"before": shares, "cells": {explanation: {finding: value}}, "opposite": text,
"after": shares}``, built up in three steps: ``before`` alone, with ``cells``, and whole. Shares
are whole numbers that make 100, since explanations compete: what one gains, others lose. Without
``shares`` the answer is ``{"cells": …}`` and there is one step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct

from ..edition import Edition, did_you_mean
from ..feedback import words
from ..layout import head, item
from .misread import Face, Key, fill, kind_of, known_names, misread, shown
from .noted import NotedExercise
from .weighing import CELLS, against, deciding, foremost, shift, sorting

__all__ = ["Finding", "Hypothesis", "MatrixCell", "MatrixExercise"]

_STEPS = ("before", "cells", "opposite", "after")
_SHARED = 100
_LONGEST = 2_000
_BLANK = " \t\r\n"


class Hypothesis(Struct, frozen=True, forbid_unknown_fields=True):
    """An explanation: a short name for its row, and what it says in a sentence."""

    id: str
    label: str
    means: str


class Finding(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of evidence: a passage of the thread, or a testimony from outside it."""

    id: str
    label: str
    passage: str = ""
    testimony: str = ""


class MatrixCell(Struct, frozen=True, forbid_unknown_fields=True):
    """How the workbook reads a cell: the values it would defend, its own first, and why."""

    hypothesis: str
    evidence: str
    values: tuple[str, ...]
    why: str


class MatrixExercise(NotedExercise, frozen=True, kw_only=True, tag="matrix"):
    """Say of each finding how it sits with each explanation, and look at what that shows."""

    kind: ClassVar[str] = "matrix"

    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Finding, ...]
    reading: tuple[MatrixCell, ...]
    shares: bool = True
    """Whether the learner shares out 100 points before and after, and considers the opposite."""

    def face(self, case: Any) -> Face:
        face = dict(super().face(case))
        told = {one.id: case.testimonies.get(one.testimony) for one in self.evidence}
        face["columns"] = [
            {**column, "words": told[column["id"]].what, "source": told[column["id"]].origin}
            if told[column["id"]]
            else column
            for column in face["columns"]
        ]
        return face

    def offered(self, edition: Edition) -> dict[str, Any]:
        labels = words()["matrix"]["values"]
        return {
            "rows": [{"id": h.id, "label": h.label, "means": h.means} for h in self.hypotheses],
            "columns": [_column(finding, edition) for finding in self.evidence],
            "values": [{"id": value, "label": labels[value]} for value in CELLS],
            "shares": self.shares,
        }

    def held(self, edition: Edition) -> dict[str, Any]:
        defended: dict[str, dict[str, list[str]]] = {one.id: {} for one in self.hypotheses}
        for cell in self.reading:
            defended[cell.hypothesis][cell.evidence] = list(cell.values)
        return {"defended": defended, "worked": self._said()}

    def _said(self) -> str:
        """The workbook's reading, cell by cell, in words."""
        said = words()["matrix"]
        cells = {(cell.hypothesis, cell.evidence): cell for cell in self.reading}
        blocks = []
        for finding in self.evidence:
            lines = [head(finding.label)]
            for one in self.hypotheses:
                cell = cells[one.id, finding.id]
                values = said["or"].join(cell.values)
                lines.append(item(f"{one.label}: {values}. {cell.why}"))
            blocks.append("\n".join(lines))
        return "\n".join(blocks)

    def needs(self) -> Iterator[str]:
        yield self.passage
        yield from (one.passage or one.testimony for one in self.evidence)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        for what, ids in (
            ("hypotheses", [one.id for one in self.hypotheses]),
            ("evidence", [one.id for one in self.evidence]),
        ):
            if len(ids) < 2:
                yield f"`{what}` has {len(ids)}; a matrix needs at least two"
            for name in sorted({name for name in ids if ids.count(name) > 1 or not name.strip()}):
                yield f"the id “{name}” in `{what}` is empty or stands twice"
        for finding in self.evidence:
            if bool(finding.passage) == bool(finding.testimony):
                yield f"the evidence “{finding.id}” needs either a `passage` or a `testimony`"
            elif finding.passage and finding.passage not in edition.passages:
                near = did_you_mean(finding.passage, edition.passages)
                yield f"the evidence's passage “{finding.passage}” is not in the edition{near}"
        yield from self._reading_faults()

    def _reading_faults(self) -> Iterator[str]:
        wanted = [(h.id, e.id) for h in self.hypotheses for e in self.evidence]
        found = [(cell.hypothesis, cell.evidence) for cell in self.reading]
        for name in dict.fromkeys(found):
            if name not in wanted:
                yield f"the reading's cell {name} is not in the matrix"
            elif found.count(name) > 1:
                yield f"the reading's cell {name} stands twice"
        for name in wanted:
            if name not in found:
                yield f"the reading lacks the cell {name}"
        for cell in self.reading:
            place = f"the reading's cell ({cell.hypothesis}, {cell.evidence})"
            if not cell.values or not cell.why.strip():
                yield f"{place} needs at least one value, and a reason"
            for value in cell.values:
                if value not in CELLS:
                    yield f"{place} has “{value}”; it is one of: {', '.join(CELLS)}"

    def knowledge_faults(self, knowledge: Any) -> Iterator[str]:
        for finding in self.evidence:
            if finding.testimony and finding.testimony not in knowledge.testimonies:
                near = did_you_mean(finding.testimony, knowledge.testimonies)
                yield f"the evidence's testimony “{finding.testimony}” is not known{near}"

    @staticmethod
    def stage(face: Face, value: object) -> str | None:
        if not isinstance(value, dict) or not face["shares"]:
            return None
        if "cells" not in value:
            return "before"
        return "after" if "after" in value else None

    @staticmethod
    def read(face: Face, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise misread("matrix type", found=kind_of(value))
        known = _STEPS if face["shares"] else ("cells",)
        for part in value:
            if part not in known:
                raise misread("matrix part", found=shown(part), known=known_names(known))
        late = [part for part in ("opposite", "after") if part in value]
        if face["shares"] and "before" not in value:
            raise misread("matrix first")
        if late and "cells" not in value:
            raise misread("matrix cells first")
        if len(late) == 1:
            raise misread("matrix both", part=late[0])
        readers = {"cells": _read_cells, "opposite": _read_opposite}
        return {
            part: readers.get(part, _read_shares)(face, part, value[part])
            for part in _STEPS
            if part in value
        }

    @staticmethod
    def note(face: Face, key: Key, answers: Sequence[Any]) -> tuple[str, bool]:
        said, answer = words()["matrix"], answers[-1]
        if "cells" not in answer:
            return str(said["begun"]), False
        lines = _shown(face, answer["cells"])
        if face["shares"] and "after" not in answer:
            return "\n".join([*lines, said["go on"]]), False
        if face["shares"]:
            lines += _moved(face, answer["before"], answer["after"])
        return "\n".join([*lines, *_beside(face, key, answer["cells"])]), True


def _column(finding: Finding, edition: Edition) -> dict[str, Any]:
    column: dict[str, Any] = {"id": finding.id, "label": finding.label}
    column |= {"words": "", "source": "", "line": None}
    if finding.passage:
        passage = edition.passages[finding.passage]
        voice = edition.voices[edition.posts[passage.post].voice]
        column["words"], column["source"] = passage.exact, voice.label
        column["line"] = edition.line_of(passage.span.start)
    return column


def _read_shares(face: Face, part: str, value: object) -> dict[str, int]:
    rows = [row["id"] for row in face["rows"]]
    if not isinstance(value, dict):
        raise misread("matrix shares type", part=part, found=kind_of(value))
    for row, share in value.items():
        if row not in rows:
            raise misread("matrix row", found=shown(row), known=known_names(rows))
        number = isinstance(share, int | float) and not isinstance(share, bool)
        if not number or not 0 <= share <= _SHARED or share != int(share):
            raise misread("matrix shares value", row=row, found=kind_of(share))
    missing = [row for row in rows if row not in value]
    if missing:
        raise misread("matrix shares missing", part=part, missing=known_names(missing))
    shares = {row: int(value[row]) for row in rows}
    if sum(shares.values()) != _SHARED:
        raise misread("matrix shares sum", part=part, sum=str(sum(shares.values())))
    return shares


def _read_cells(face: Face, part: str, value: object) -> dict[str, dict[str, str]]:
    rows = [row["id"] for row in face["rows"]]
    columns = [column["id"] for column in face["columns"]]
    known = [one["id"] for one in face["values"]]
    if not isinstance(value, dict):
        raise misread("matrix cells type", found=kind_of(value))
    for row, cells in value.items():
        if row not in rows:
            raise misread("matrix row", found=shown(row), known=known_names(rows))
        if not isinstance(cells, dict):
            raise misread("matrix row type", row=row, found=kind_of(cells))
        for column, cell in cells.items():
            if column not in columns:
                raise misread("matrix column", found=shown(column), known=known_names(columns))
            if not isinstance(cell, str) or cell not in known:
                found = f"“{shown(cell)}”" if isinstance(cell, str) else kind_of(cell)
                places = {"row": row, "column": column}
                raise misread("matrix value", **places, found=found, known=known_names(known))
    if missing := [row for row in rows if row not in value]:
        raise misread("matrix rows missing", missing=known_names(missing))
    for row in rows:
        if missing := [column for column in columns if column not in value[row]]:
            raise misread("matrix cells missing", row=row, missing=known_names(missing))
    return {row: {column: value[row][column] for column in columns} for row in rows}


def _read_opposite(face: Face, part: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip(_BLANK):
        raise misread("matrix opposite", found=kind_of(value))
    if len(value) > _LONGEST:
        raise misread("matrix opposite long", most=str(_LONGEST))
    return value


def _shown(face: Face, cells: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What the cells show: which findings sort, what speaks against what, what it hangs on."""
    said = words()["matrix"]
    rows = {row["id"]: row["label"] for row in face["rows"]}
    columns = {column["id"]: column["label"] for column in face["columns"]}
    lines = []
    for how in ("apart", "leans", "flat"):
        sorted_so = [label for name, label in columns.items() if sorting(cells, name) == how]
        if sorted_so:
            lines.append(fill(said[how], {"findings": said["and"].join(sorted_so)}))
    marks = against(cells)
    if not any(marks.values()):
        return [*lines, said["no marks"]]
    counted = "; ".join(f"{rows[name]} {count}" for name, count in marks.items())
    lines.append(fill(said["marks"], {"counted": counted}))
    ahead = foremost(marks)
    named = said["and"].join(rows[name] for name in ahead)
    lines.append(fill(said["fewest"], {"ahead": named}) if len(ahead) < len(rows) else said["tied"])
    hang = [f"{rows[name]} × {columns[finding]}" for name, finding in deciding(cells)]
    return [*lines, fill(said["hangs"], {"cells": "; ".join(hang)}) if hang else said["stands"]]


def _moved(face: Face, before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    said = words()["matrix"]
    points, moved = shift(before, after)
    if not moved:
        return [said["stayed"]]
    rows = {row["id"]: row["label"] for row in face["rows"]}
    steps = [f"{rows[name]} {before[name]} → {after[name]}" for name in moved]
    return [fill(said["moved"], {"points": str(points), "steps": "; ".join(steps)})]


def _beside(face: Face, key: Key, cells: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Where the learner's cells lie outside what the workbook would defend."""
    said = words()["matrix"]
    columns = {column["id"]: column["label"] for column in face["columns"]}
    other = [
        f"{row['label']} × {label}"
        for row in face["rows"]
        for name, label in columns.items()
        if cells[row["id"]][name] not in key["defended"][row["id"]][name]
    ]
    every = len(face["rows"]) * len(columns)
    counted = {"same": str(every - len(other)), "all": str(every)}
    line = fill(said["beside"], counted)
    return [f"{line} {fill(said['elsewhere'], {'cells': '; '.join(other)})}" if other else line]
