"""Choose one option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from ..edition import Edition
from .base import Exercise, Option, Scored, best_reading
from .misread import Face, Key, kind_of, known_names, misread, shown

__all__ = ["ChoiceExercise", "option_faults"]


class ChoiceExercise(Exercise, frozen=True, kw_only=True, tag="choice"):
    """Choose one option; the answer is its id."""

    kind: ClassVar[str] = "choice"

    options: tuple[Option, ...]

    def offered(self, edition: Edition) -> dict[str, object]:
        return {"options": [{"id": o.id, "label": o.label} for o in self.options]}

    def worked(self, answer: object, edition: Edition) -> str:
        return next((o.label for o in self.options if o.id == answer), str(answer))

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("option", self.options)

    @staticmethod
    def read(face: Face, value: object) -> str:
        known = [option["id"] for option in face["options"]]
        if not isinstance(value, str):
            raise misread("choice type", found=kind_of(value))
        if value not in known:
            raise misread("choice unknown", found=shown(value), known=known_names(known))
        return value

    @staticmethod
    def score(face: Face, key: Key, answer: str) -> Scored:
        return best_reading(key, lambda r: (1.0 if answer == r["answer"] else 0.0, ""))


def option_faults(what: str, options: Sequence[Option], least: int = 2) -> Iterator[str]:
    """What is wrong with a list of things offered."""
    ids = [option.id for option in options]
    if len(ids) < least:
        yield f"has {len(ids)} of what it needs at least {least} of: {what}"
    yield from (f"{what} “{i}” stands twice" for i in sorted({i for i in ids if ids.count(i) > 1}))
    for option in options:
        if not option.id.strip() or not option.label.strip():
            yield f"{what} “{option.id}” has an empty id or label"
