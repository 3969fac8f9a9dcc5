"""The kinds of exercise, one module a face: what is declared, read, scored, and caught."""

from __future__ import annotations

from .base import (
    Accepted,
    Exercise,
    Mistake,
    Option,
    compile_face,
    compile_key,
)
from .grid import CertaintyExercise
from .lineup import ChainExercise
from .mark import MarkExercise
from .misread import Face, Key, Misread, fill
from .pick import ChoiceExercise

__all__ = [
    "KINDS",
    "Accepted",
    "AnyExercise",
    "CertaintyExercise",
    "ChainExercise",
    "ChoiceExercise",
    "Exercise",
    "Face",
    "Key",
    "MarkExercise",
    "Misread",
    "Mistake",
    "Option",
    "compile_face",
    "compile_key",
    "fill",
]

AnyExercise = ChoiceExercise | MarkExercise | ChainExercise | CertaintyExercise

KINDS: dict[str, type[Exercise]] = {
    kind.kind: kind for kind in (ChoiceExercise, MarkExercise, ChainExercise, CertaintyExercise)
}
"""What reads and scores an answer, by the kind that a face names."""
