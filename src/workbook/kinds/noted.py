"""What the noted kinds share: they are compared and revisited, and never right or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from .base import Exercise, Mistake, Scored
from .misread import Face, Key

__all__ = ["NotedExercise"]


class NotedExercise(Exercise, frozen=True, kw_only=True):
    """An exercise whose answers are kept and replied to, and earn no points."""

    noted: ClassVar[bool] = True

    answer: Any = None
    because: str = ""
    fallback: str = ""
    mistake: tuple[Mistake, ...] = ()

    @staticmethod
    def note(face: Face, key: Key, answers: Sequence[Any]) -> tuple[str, bool]:
        """What is found in the last of the answers that were read, in sentences.

        And whether the workbook's own reading may be shown now: not while a stage is still open.
        """
        raise NotImplementedError

    @staticmethod
    def score(face: Face, key: Key, answer: Any) -> Scored:
        return 0.0, "", None
