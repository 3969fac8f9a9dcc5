"""What answers to one exercise earn, try by try, reckoned once for all who gave the same ones.

A hand-in keeps its tries packed as they were reckoned, beside its own times. They are unpacked
only where somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from .lines import Said
from .scale import Scale, best_of, counted, in_full

__all__ = [
    "NOTED",
    "Answered",
    "Earned",
    "Given",
    "earned",
    "packed",
    "unpacked",
    "unpacked_all",
    "whole",
]

NOTED = "noted"
"""Stands for the points of an exercise whose answers are kept and never marked."""

_MOST = 20_000
_LONGEST = 1_000
"""Bounds of what is kept: sequences of answers, and bytes of one when packed; longer ones are
written texts, which nobody else writes again."""


class Given(NamedTuple):
    """One answer of a learner's: ``number`` is its try from 1, or 0 where it could not be read."""

    item: str
    number: int
    stage: str
    answer: str
    verdict: str
    score: float
    points: float
    code: str


class Answered(msgspec.Struct, array_like=True):
    """The answers to one exercise: packed, and the time of each."""

    item: str
    packed: msgspec.Raw
    times: Sequence[str]

    def given(self) -> Iterator[tuple[Given, str]]:
        """Each answer and its time."""
        return zip(unpacked(self.packed), self.times, strict=True)


@dataclass(frozen=True, slots=True)
class Earned:
    """What answers earn: points (``NOTED`` where they are never marked, None where nothing can be
    read), the answers that are kept, packed, their places among all, and why some cannot be read.
    """

    points: float | str | None
    packed: msgspec.Raw
    places: Sequence[int]
    problems: Sequence[str]


_encode = msgspec.msgpack.Encoder().encode
unpacked = msgspec.msgpack.Decoder(tuple[Given, ...]).decode
unpacked_all = msgspec.msgpack.Decoder(list[Answered]).decode


def packed(answers: Sequence[Given] | Sequence[Answered]) -> msgspec.Raw:
    """Answers as they are kept; ``unpacked`` and ``unpacked_all`` give them back."""
    try:
        return msgspec.Raw(_encode(answers))
    except UnicodeEncodeError:
        plain = [
            (one.item, one.packed, one.times) if isinstance(one, Answered) else tuple(one)
            for one in answers
        ]
        return msgspec.Raw(_encode(whole(plain)))


def whole(value: Any) -> Any:
    """A value whose texts have a sign in the place of each half character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {whole(name): whole(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(whole(inner) for inner in value)
    return value


def earned(scale: Scale, name: str, answers: Sequence[Said], alone: bool = False) -> Earned:
    """What these answers to an exercise earn, in the order given; each has been weighed.

    It is kept in ``scale.earned`` for others who say the same, unless it stands ``alone``.
    """
    found = _reckoned(scale, name, answers)
    if not alone and len(memoryview(found.packed)) <= _LONGEST:
        if len(scale.earned) >= _MOST:
            scale.earned.clear()
        scale.earned[tuple(answers)] = found
    return found


def _reckoned(scale: Scale, name: str, answers: Sequence[Said]) -> Earned:
    weighed = [said.weighed for said in answers]
    tries = in_full(weighed) if scale.policy == "classroom" else counted(weighed)
    points: float | str | None = best_of(tries, scale.policy)
    shown, places = [], []
    for place, (said, one, did) in enumerate(zip(answers, weighed, tries, strict=True)):
        if one.problem:
            verdict = "unreadable"
        elif one.noted:
            verdict = points = NOTED
        elif not did.number:
            continue
        else:
            verdict = "correct" if one.score == 1 else "partly" if one.score else "not yet"
        number = place + 1 if one.noted else did.number
        stage = said.line.stage or ""
        shown.append(Given(name, number, stage, one.text, verdict, one.score, did.points, one.code))
        places.append(place)
    problems = dict.fromkeys(one.problem for one in weighed if one.problem)
    return Earned(points, packed(shown), tuple(places), tuple(problems))
