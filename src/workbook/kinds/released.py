"""An exercise as a class has it: its face and no key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .base import Exercise, Mistake
from .misread import Face

__all__ = ["ReleasedExercise", "released"]


class ReleasedExercise(Exercise, frozen=True, kw_only=True, tag="released"):
    """An exercise whose key stayed with the teacher; ``classroom/keyless.py`` makes it."""

    shown: Mapping[str, Any]
    """The face, as it was compiled from the declared exercise."""

    because: str = ""
    fallback: str = ""
    answer: Any = None
    mistake: tuple[Mistake, ...] = ()

    def face(self, case: Any) -> Face:
        return self.shown

    def key(self, case: Any) -> Any:
        return None


def released(face: Face) -> Face:
    """A face as a class sees it: the hints stay with the key."""
    return {**face, "hints": [], "keyless": True}
