"""Say who depends on whom, and count the separate lines: the independence sorter.

The answer is ``{"depends": {account: [what it rests on]}, "lines": 2}``: other accounts, sources
that are offered, or an empty list where nobody is shown. Two accounts that share anything are one
line, as in ``claims.roots``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from msgspec import Struct

from ..edition import Edition, did_you_mean
from ..feedback import words
from ..layout import item
from .base import Exercise, Option, Scored, best_reading
from .misread import Face, Key, Misread, fill, kind_of, known_names, misread, shown
from .pick import option_faults, option_records
from .tracing import circles, lines

__all__ = ["Account", "ProvenanceExercise"]

_PARTS = ("depends", "lines")


class Account(Struct, frozen=True, forbid_unknown_fields=True):
    """One statement: what it says, whose it is, and the way it came here.

    In an exercise on a ``question`` of the case, its testimony gives these three.
    """

    id: str
    label: str
    what: str = ""
    origin: str = ""
    reached_us: str = ""


class ProvenanceExercise(Exercise, frozen=True, kw_only=True, tag="provenance"):
    """Trace each account to what it rests on, and count the lines that are separate."""

    kind: ClassVar[str] = "provenance"

    rows: tuple[Account, ...]
    sources: tuple[Option, ...]
    question: str = ""
    """A question of the case: then rows are its testimonies, and sources its roots, by id."""

    def face(self, case: Any) -> Face:
        face = dict(super().face(case))
        known = case.testimonies if self.question else {}
        face["rows"] = [_row(known.get(row.id, row), row) for row in self.rows]
        return face

    def offered(self, edition: Edition) -> dict[str, Any]:
        rows = [_row(row, row) for row in self.rows]
        return {"rows": rows, "options": option_records(self.sources)}

    def worked(self, answer: Any, edition: Edition) -> str:
        said = words()["provenance"]
        names = {row.id: row.label for row in self.rows}
        names |= {source.id: source.label for source in self.sources}
        told = [
            item(
                f"{row.label}: {said['and'].join(names[p] for p in answer['depends'][row.id])}"
                if answer["depends"][row.id]
                else f"{row.label}: {said['nobody']}"
            )
            for row in self.rows
        ]
        return "\n".join([*told, fill(said["worked"], {"lines": str(answer["lines"])})])

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        reading["answer"] = self.read(face, reading["answer"])

    def settle_mistake(self, compiled: dict[str, Any], face: Face, edition: Edition) -> None:
        known = _known(face)
        depends = {
            row: sorted(parents, key=known.index)
            for row, parents in compiled["answer"].get("depends", {}).items()
        }
        compiled["answer"] = {**compiled["answer"], "depends": depends}

    def needs(self) -> Iterator[str]:
        yield self.passage
        if self.question:
            yield self.question
            yield from (row.id for row in self.rows)
            yield from (source.id for source in self.sources)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        rows = [Option(row.id, row.label) for row in self.rows]
        yield from option_faults("row and source", [*rows, *self.sources], 3)
        face = {"id": self.id, **self.offered(edition)}
        for answer in (self.answer, *(other.answer for other in self.accept)):
            try:
                read = self.read(face, answer)
            except Misread as error:
                yield f"the answer {answer!r} cannot be given: {error}"
                continue
            if (count := lines(read["depends"])) != read["lines"]:
                yield f"the answer counts {read['lines']} lines; its own tree has {count}"
        for mistake in self.mistake:
            yield from self._mistake_faults(mistake.answer)

    def _mistake_faults(self, answer: Any) -> Iterator[str]:
        if not isinstance(answer, dict) or not answer or set(answer) - set(_PARTS):
            yield f"the mistake {answer!r} must have `depends`, `lines` or both"
            return
        rows = [row.id for row in self.rows]
        known = [*rows, *(source.id for source in self.sources)]
        depends = answer.get("depends", {})
        if not isinstance(depends, dict) or not all(map(_is_list, depends.values())):
            yield f"the `depends` of the mistake {answer!r} must give each row a list"
            return
        for name in [*depends, *(parent for parents in depends.values() for parent in parents)]:
            if name not in known or (name in depends and name not in rows):
                near = did_you_mean(name, known)
                yield f"the mistake's “{name}” is not among rows and sources{near}"

    def knowledge_faults(self, knowledge: Any) -> Iterator[str]:
        """What in the answer disagrees with the case's own testimonies."""
        if not self.question:
            return
        if self.question not in knowledge.questions:
            near = did_you_mean(self.question, knowledge.questions)
            yield f"the question “{self.question}” is not known{near}"
            return
        for source in self.sources:
            if source.id not in knowledge.roots:
                near = did_you_mean(source.id, knowledge.roots)
                yield f"the source “{source.id}” is not a root of testimonies.toml{near}"
        depends = self.answer.get("depends", {}) if isinstance(self.answer, dict) else {}
        for row in self.rows:
            testimony = knowledge.testimonies.get(row.id)
            if testimony is None:
                near = did_you_mean(row.id, knowledge.testimonies)
                yield f"the row “{row.id}” is not a testimony{near}"
            elif set(depends.get(row.id, ())) != set(testimony.depends_on):
                told = ", ".join(testimony.depends_on) or "nobody"
                yield f"the answer for “{row.id}” disagrees with testimonies.toml: {told}"
            elif not any(weight.question == self.question for weight in testimony.weight):
                yield f"the testimony “{row.id}” is not weighed for “{self.question}”"

    def whole(self, mistake: Mapping[str, Any]) -> Any:
        answer = mistake["answer"]
        depends = {**self.answer["depends"], **answer["depends"]}
        return {"depends": depends, "lines": answer.get("lines", self.answer["lines"])}

    @staticmethod
    def read(face: Face, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise misread("provenance type", found=kind_of(value))
        for part in value:
            if part not in _PARTS:
                raise misread("provenance part", found=shown(part))
        for part in _PARTS:
            if part not in value:
                raise misread("provenance both", part=part)
        return {
            "depends": _read_depends(face, value["depends"]),
            "lines": _read_lines(face, value["lines"]),
        }

    @staticmethod
    def score(face: Face, key: Key, answer: Mapping[str, Any]) -> Scored:
        """The share that stands of all rows and the count, which is worth one row."""
        own, rows = lines(answer["depends"]), list(answer["depends"])
        said = words()["provenance"]
        part = fill(said["tree"], {"rows": str(len(rows)), "lines": str(own)})
        if answer["lines"] != own:
            part += " " + fill(said["counted"], {"count": str(answer["lines"])})

        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            wanted = reading["answer"]
            right = sum(answer["depends"][row] == wanted["depends"][row] for row in rows)
            score = (right + (answer["lines"] == wanted["lines"])) / (len(rows) + 1)
            counted = {"right": str(right), "all": str(len(rows))}
            stand = fill(words()["parts"]["grid"], counted)
            return score, part if score == 1 else f"{stand} {part}"

        return best_reading(key, scored)

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
        made = mistake["answer"]
        return all(answer["depends"][row] == sure for row, sure in made["depends"].items()) and (
            made.get("lines", answer["lines"]) == answer["lines"]
        )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _row(told: Any, row: Account) -> dict[str, str]:
    return {
        "id": row.id,
        "label": row.label,
        "what": told.what,
        "origin": told.origin,
        "reached_us": told.reached_us,
    }


def _known(face: Face) -> list[str]:
    return [one["id"] for one in (*face["rows"], *face["options"])]


def _read_depends(face: Face, value: object) -> dict[str, list[str]]:
    rows, known = [row["id"] for row in face["rows"]], _known(face)
    if not isinstance(value, dict):
        raise misread("provenance depends", found=kind_of(value))
    for row, parents in value.items():
        if row not in rows:
            raise misread("provenance row", found=shown(row), known=known_names(rows))
        if not isinstance(parents, list | tuple):
            raise misread("provenance list", row=row, found=kind_of(parents))
        if len(parents) > len(known):
            raise misread("provenance long", row=row, most=str(len(known)))
        for place, parent in enumerate(parents):
            if not isinstance(parent, str):
                raise misread("provenance item", row=row, found=kind_of(parent))
            if parent not in known:
                raise misread("provenance unknown", found=shown(parent), known=known_names(known))
            if parent == row:
                raise misread("provenance itself", row=row)
            if parent in parents[:place]:
                raise misread("provenance twice", row=row, found=parent)
    if missing := [row for row in rows if row not in value]:
        raise misread("provenance missing", missing=known_names(missing))
    depends = {row: [one for one in known if one in value[row]] for row in rows}
    if turning := circles(depends):
        raise misread("provenance circle", rows=known_names(turning))
    return depends


def _read_lines(face: Face, value: object) -> int:
    most = len(face["rows"])
    number = isinstance(value, int | float) and not isinstance(value, bool)
    for count in range(1, most + 1):
        if number and value == count:
            return count
    raise misread("provenance lines", found=kind_of(value), most=str(most))
