"""The kinds of exercise, one module a face: what is declared, read, scored, and caught."""

from __future__ import annotations

from typing import get_args

from .base import (
    Accepted,
    Exercise,
    Mistake,
    Option,
    compile_face,
    compile_key,
)
from .column import ColumnExercise
from .drift import DriftExercise
from .grid import CertaintyExercise, ClassifyExercise
from .lineup import ChainExercise, OrderExercise
from .mark import MarkExercise
from .matrix import MatrixExercise
from .misread import Face, Key, Misread, fill
from .noted import NotedExercise
from .number import NumberExercise
from .pick import ChoiceExercise, ChoicesExercise
from .provenance import ProvenanceExercise
from .rate import RateExercise
from .released import ReleasedExercise, released
from .write import WriteExercise

__all__ = [
    "KINDS",
    "Accepted",
    "AnyExercise",
    "CertaintyExercise",
    "ChainExercise",
    "ChoiceExercise",
    "ChoicesExercise",
    "ClassifyExercise",
    "ColumnExercise",
    "DriftExercise",
    "Exercise",
    "Face",
    "Key",
    "MarkExercise",
    "MatrixExercise",
    "Misread",
    "Mistake",
    "NotedExercise",
    "NumberExercise",
    "Option",
    "OrderExercise",
    "ProvenanceExercise",
    "RateExercise",
    "ReleasedExercise",
    "WriteExercise",
    "compile_face",
    "compile_key",
    "fill",
    "released",
]

AnyExercise = (
    ChoiceExercise
    | ChoicesExercise
    | MarkExercise
    | ChainExercise
    | OrderExercise
    | CertaintyExercise
    | ClassifyExercise
    | DriftExercise
    | NumberExercise
    | MatrixExercise
    | WriteExercise
    | ProvenanceExercise
    | RateExercise
    | ColumnExercise
)

KINDS: dict[str, type[Exercise]] = {kind.kind: kind for kind in get_args(AnyExercise)}
"""What reads and scores an answer, by the kind that a face names."""
