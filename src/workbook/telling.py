"""Which words told a learner: asked after a right answer, noted, never marked.

The twin of ``forms/telling.js``. An answer here is a list of quotations from the passage, each as a
marking is given; an empty list says that no words can be pointed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .feedback import Feedback, words
from .judging import Face, Misread, fill
from .kinds import MarkExercise

__all__ = ["STAGE", "asks_for_words", "read_telling", "say_telling"]

STAGE = "words"
"""The stage of its lines in the record."""

_MOST = 12
"""Stretches; whoever marks more has marked the passage."""


def asks_for_words(face: Face, feedback: Feedback) -> bool:
    """Whether a learner with this feedback is asked which words told: solved, or all recorded."""
    return bool(feedback.told) or (bool(face.get("cued")) and feedback.verdict == "recorded")


def read_telling(face: Face, quotations: Sequence[object]) -> list[Any]:
    """The quotations, if each stands in the passage once; else ``Misread`` with what to do."""
    if len(quotations) > _MOST:
        raise Misread(fill(words()["telling"]["many"], {"most": str(_MOST)}))
    for one in quotations:
        MarkExercise.read(face, one)
    return list(quotations)


def say_telling(
    face: Face, told: Sequence[Mapping[str, Any]], quotations: Sequence[Any]
) -> list[str]:
    """What the learner marked, the edition's cues beside it, and how the two compare.

    Without ``told``, as where a class has the case, the comparing is left to the class.
    """
    said = words()["telling"]
    mine = [str(one["exact"] if isinstance(one, Mapping) else one) for one in quotations]
    lines = [fill(said["yours"], {"words": _listed(mine)}) if mine else said["none"]]
    if not told:
        return [*lines, said["class"]]
    lines.append(fill(said["ours"], {"words": _listed([one["words"] for one in told])}))
    if mine:
        theirs = {token for one in quotations for token in MarkExercise.read(face, one)}
        lines.append(said[_compared(theirs, {token for one in told for token in one["tokens"]})])
    return lines


def _compared(mine: set[int], ours: set[int]) -> str:
    if mine == ours:
        return "same"
    if mine > ours:
        return "more"
    if mine < ours:
        return "fewer"
    return "some" if mine & ours else "other"


def _listed(quotations: Sequence[str]) -> str:
    said = words()["telling"]
    return str(said["and"]).join(
        fill(said["quoted"], {"words": " ".join(one.split())}) for one in quotations
    )
