"""Give a number, with its unit asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ..edition import Edition
from ..feedback import words
from ..scoring import number_score
from .base import Exercise, Scored, best_reading
from .misread import Face, Key, kind_of, misread

__all__ = ["NumberExercise"]

_LARGEST = 1e15
"""Up to here both languages write and compare whole numbers alike."""


class NumberExercise(Exercise, frozen=True, kw_only=True, tag="number"):
    """Give a number in a stated unit; the answer is the number, and some distance is allowed."""

    kind: ClassVar[str] = "number"

    unit: str
    tolerance: float = 0.0

    def offered(self, edition: Edition) -> dict[str, Any]:
        return {"unit": self.unit}

    def worked(self, answer: Any, edition: Edition) -> str:
        return f"{answer:.12g} {self.unit}" if _plain(answer) else str(answer)

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        reading["tolerance"] = float(self.tolerance)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        if not self.unit.strip():
            yield "a number needs its `unit`, such as “executions a day”"
        if not (math.isfinite(self.tolerance) and self.tolerance >= 0):
            yield f"the tolerance {self.tolerance} must be 0 or more"
        answers = [self.answer, *(other.answer for other in self.accept)]
        for answer in [*answers, *(mistake.answer for mistake in self.mistake)]:
            if not _plain(answer):
                yield f"{answer!r} must be a number, and the unit stands in `unit`"
        for mistake in self.mistake:
            own = mistake.tolerance or 0.0
            if not (math.isfinite(own) and own >= 0):
                yield f"the mistake's tolerance {own} must be 0 or more"
            elif _plain(mistake.answer) and any(
                _plain(answer) and abs(answer - mistake.answer) <= own + self.tolerance
                for answer in answers
            ):
                yield f"the mistake {mistake.answer!r} reaches into the answer's tolerance"

    @staticmethod
    def read(face: Face, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise misread("number type", found=kind_of(value))
        if not abs(value) <= _LARGEST:  # NaN too
            raise misread("number size")
        return float(value)

    @staticmethod
    def score(face: Face, key: Key, answer: float) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            score = number_score(answer, reading["answer"], reading["tolerance"])
            parts = words()["parts"]
            off = "number large" if answer > reading["answer"] else "number small"
            return score, "" if score == 1 else parts[off]

        return best_reading(key, scored)

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: float) -> bool:
        return number_score(answer, mistake["answer"], mistake["tolerance"] or 0.0) == 1


def _plain(value: object) -> bool:
    """Whether an author's value is a number that a learner could give."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST
