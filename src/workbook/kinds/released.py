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
    """A face as a class sees it: the hints stay with the key.

    So do the voices behind a passage, since other questions ask for them; who posted it may be
    read in the thread.
    """
    made = {**face, "hints": [], "keyless": True, "rows": [_posted(row) for row in face["rows"]]}
    return _posted(made)


def _posted(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a face without the voices that stand behind the poster."""
    if not part.get("reveal"):
        return dict(part)
    return {**part, "reveal": {**part["reveal"], "chain": [], "reconstructed": []}}
