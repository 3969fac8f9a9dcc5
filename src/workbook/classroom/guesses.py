"""What simulated students may answer: right answers, declared mistakes, and slips of the hand.

Every answer is tried on the judge before any student may give it, so a simulated hand-in holds
nothing that could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import Any

from ..judging import Face, Key, Misread, judge, read_answer
from ..kinds import Exercise
from ..record import Line, encode_line
from ..scoring import same_value

__all__ = ["Guesses", "beginning", "guesses"]

_MOST_SLIPS = 8
"""Of one item: enough that a class does not slip in one way, few enough to prepare quickly."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """Beginnings of record lines, up to the time, for one item.

    ``right`` earn full points, the first being the answer in the key; ``mistaken`` make a declared
    mistake, each with its code; ``slips`` are wrong in no declared way. ``chance`` is how often
    somebody who knows nothing is right.
    """

    right: tuple[str, ...]
    mistaken: tuple[tuple[str, str], ...]
    slips: tuple[str, ...]
    chance: float


def guesses(item: Exercise, face: Face, key: Key, random: Random) -> Guesses:
    """All that simulated students may answer to a marked exercise."""
    right: list[Any] = []
    wrong: list[tuple[str, Any]] = []
    answers = (reading["answer"] for reading in key["readings"])
    for value in chain(answers, _mistakes(item, key), _slips(face, key, random)):
        known = [*right, *(other for _, other in wrong)]
        if value is None or any(same_value(value, other) for other in known):
            continue
        try:
            read_answer(face, value)
        except Misread:
            continue
        reply = judge(face, key, [value])
        if reply.score == 1:
            right.append(value)
        else:
            wrong.append((reply.code or "", value))
    slips = [beginning(face, value) for code, value in wrong if not code][:_MOST_SLIPS]
    options = len(face["options"])
    return Guesses(
        tuple(beginning(face, value) for value in right[: len(key["readings"])]),
        tuple((code, beginning(face, value)) for code, value in wrong if code),
        tuple(slips),
        1 / options if face["kind"] == "choice" and options else 0.02,
    )


def beginning(face: Face, value: Any, stage: str | None = None) -> str:
    """A line of a record that says it is simulated, up to where its time follows.

    The time stands last, since that is where two students' lines differ.
    """
    line = encode_line(Line(face["case"], face["id"], face["revision"], value, "", stage))
    return line.removesuffix('"time":""}') + '"simulated":true,"time":"'


def _mistakes(item: Exercise, key: Key) -> Iterator[Any]:
    """An answer for each declared mistake; for words that must not be touched, those words."""
    for declared, compiled in zip(item.mistake, key["mistakes"], strict=True):
        touched = declared.touches
        if touched is None or isinstance(touched, str):
            yield touched or item.whole(compiled)
        else:
            yield {"exact": touched.exact, "prefix": touched.prefix, "suffix": touched.suffix}


def _slips(face: Face, key: Key, random: Random) -> Iterable[Any]:
    """Answers near the right one, in an order of chance."""
    answer = key["readings"][0]["answer"]
    found = list(_near(face, answer))
    random.shuffle(found)
    return found[: 3 * _MOST_SLIPS]


def _near(face: Face, answer: Any) -> Iterator[Any]:
    options = [option["id"] for option in face["options"]]
    if face["kind"] == "choice":
        yield from options
    elif face["kind"] == "choices":
        yield from ([o for o in options if (o in answer) != (o == other)] for other in options)
    elif face["kind"] == "mark":
        yield from _words(face["passage"])
    elif isinstance(answer, Mapping):
        values = [value["id"] for value in face["values"]]
        yield from ({**answer, row: value} for row in answer for value in values)
    elif isinstance(answer, list | tuple):
        shorter = ([*answer[:i], *answer[i + 1 :]] for i in range(len(answer)))
        swapped = (
            [*answer[:i], answer[i + 1], answer[i], *answer[i + 2 :]]
            for i in range(len(answer) - 1)
        )
        yield from chain(shorter, swapped)
    elif isinstance(answer, int | float) and not isinstance(answer, bool):
        yield from (answer * 10, answer / 2, answer * 2, answer + 1, answer - 1)


def _words(passage: Mapping[str, Any]) -> Iterator[str]:
    """Runs of one to six words of the passage."""
    words = [(start, end) for start, end, word in passage["tokens"] if word]
    for i, (start, _) in enumerate(words):
        for _, end in words[i : i + 6]:
            yield passage["text"][start:end]
