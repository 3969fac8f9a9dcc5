"""Rate many passages on one dial, one after the other; noted.

To go down a column keeps a good first impression of a passage from colouring its other dials: in
some 1,400 reports rated on two scales at once, 87 % of the ratings lay on the diagonal (Baker et
al. 1968). The passages stand in an order of chance, the same at every visit. The answer is
``{passage: level}``. ``forms/rating.js`` is the twin of ``read`` and ``note``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from ..edition import Edition, did_you_mean
from ..evidence import LEVELS, UNKNOWN, unknown_sentence
from ..feedback import words
from ..layout import item
from .dials import (
    LevelReading,
    beside,
    claim_faults,
    class_lines,
    dial_records,
    ends_of,
    poster,
    read_level,
    reading_faults,
    reading_lines,
    road,
)
from .misread import Face, Key, fill, kind_of, known_names, misread, shown
from .noted import NotedExercise

__all__ = ["ColumnExercise"]

_EXCERPT = 60
_FEWEST = 3


class ColumnExercise(NotedExercise, frozen=True, kw_only=True, tag="column"):
    """Set one dial for several passages.

    Each is rated for the one ``claim`` (in its ``wording``, where there is one), or, where no claim
    is named, for what it says itself.
    """

    kind: ClassVar[str] = "column"

    dial: Literal[
        "fit", "closeness", "traceability", "faithfulness", "independence", "circumstances"
    ]
    passages: tuple[str, ...]
    reading: Mapping[str, LevelReading]
    claim: str = ""
    wording: str = ""

    def face(self, case: Any) -> Face:
        face = dict(super().face(case))
        if self.claim:
            face["claim"] = self.wording or case.claims[self.claim].text
        if face["dials"][0]["stage"] == "revealed":
            face["rows"] = [{**row, "reveal": road(case, row["id"])} for row in face["rows"]]
        return face

    def offered(self, edition: Edition) -> dict[str, Any]:
        dials = dial_records([self.dial])
        hidden = dials[0]["stage"] == "blind"
        return {
            "passage": None,
            "claim": self.wording,
            "dials": dials,
            "unknown": unknown_sentence(),
            "rows": [
                {
                    "id": name,
                    "label": _excerpt(edition.passages[name].exact),
                    "words": edition.passages[name].exact,
                    "reveal": None if hidden else poster(edition, name),
                }
                for name in self._in_order()
            ],
        }

    def _in_order(self) -> list[str]:
        """The passages in an order of chance that is the same on every day and machine."""

        def lot(name: str) -> bytes:
            return hashlib.sha256(f"{self.id}/{self.revision}/{name}".encode()).digest()

        return sorted(self.passages, key=lot)

    def held(self, edition: Edition) -> dict[str, Any]:
        labels = {name: _excerpt(edition.passages[name].exact) for name in self._in_order()}
        return {
            "reading": ends_of(self.reading),
            "worked": "\n".join([words()["rating"]["ours"], *reading_lines(self.reading, labels)]),
        }

    def needs(self) -> Iterator[str]:
        yield from (self.passage, *self.passages, self.claim)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        if len(self.passages) < _FEWEST:
            yield f"`passages` has {len(self.passages)}; a column needs at least {_FEWEST}"
        for name in sorted({one for one in self.passages if self.passages.count(one) > 1}):
            yield f"the passage “{name}” stands twice"
        for name in self.passages:
            if name not in edition.passages:
                near = did_you_mean(name, edition.passages)
                yield f"the passage “{name}” is not in the edition{near}"
        if self.wording and not self.claim:
            yield "has a `wording` and no `claim` that it words"
        yield from reading_faults(self.reading, self.passages, "passage")

    def knowledge_faults(self, knowledge: Any) -> Iterator[str]:
        if self.claim:
            yield from claim_faults(self.claim, knowledge)

    @staticmethod
    def read(face: Face, value: object) -> dict[str, Any]:
        rows = [row["id"] for row in face["rows"]]
        if not isinstance(value, dict):
            raise misread("column type", found=kind_of(value))
        for name in value:
            if name not in rows:
                raise misread("column row", found=shown(name), known=known_names(rows))
        if missing := [name for name in rows if name not in value]:
            raise misread("column missing", missing=known_names(missing))
        return {name: read_level(value[name], name) for name in rows}

    @staticmethod
    def note(face: Face, key: Key, answers: Sequence[Any]) -> tuple[str, bool]:
        said, answer = words()["rating"], answers[-1]
        labels = {row["id"]: row["label"] for row in face["rows"]}
        used = [level for level in LEVELS if level in answer.values()]
        lines = []
        for level in used:
            names = [name for name in labels if answer[name] == level]
            parts = {"level": str(level), "passages": said["and"].join(labels[n] for n in names)}
            lines.append(item(fill(said["at level"], parts)))
        if len(used) == 1 and used != [UNKNOWN]:
            lines.append(said["one level"])
        lines += beside(answer, key, labels) + class_lines(key, labels)
        return "\n".join(lines), True


def _excerpt(text: str) -> str:
    """The first words of a passage on one line, to name it by."""
    flat = " ".join(text.split())
    if len(flat) <= _EXCERPT:
        return f"“{flat}”"
    return f"“{flat[: flat.rfind(' ', 0, _EXCERPT - 2)]} …”"
