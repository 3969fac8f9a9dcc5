"""What simulated students rate, weigh and write: answers that are noted and never marked.

The assumptions, which say nothing of the thread:

- For each dial of each item a class has a common level, drawn evenly from 0.3 to 2.7, not taken
  from any reading. A student rates it less a strictness of the student's own (normal, spread 0.35),
  plus a drift over the ratings given so far (normal, spread 0.3 for every ten, at most forty), plus
  chance (normal, spread 0.55), to the nearest level from 0 to 3.
- “Cannot tell” is given in 2 to 12 % of all ratings, each student having a rate of their own.
- When voice and chain are revealed, the levels set blind move by a shift that the class has in
  common (normal, spread 0.6) and by chance (spread 0.3).
- In a matrix each cell has one common value, which 65 % give, else any. Of the points before, a
  third move towards the explanations that have least against them.
- Texts say that they are simulated, quote the passage, and have as many words as were asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from ..evidence import BLIND, DIALS, UNKNOWN
from ..judging import Face, Misread, read_answer
from ..kinds import KINDS
from .guesses import beginning

__all__ = ["Rater", "Rating", "rated", "rating"]


@dataclass(slots=True)
class Rater:
    """How one student rates; ``given`` counts the ratings so far."""

    strictness: float
    drift: float
    cannot_tell: float
    given: int = 0

    @classmethod
    def drawn(cls, random: Random) -> Rater:
        """A rater by chance."""
        return cls(random.gauss(0, 0.35), random.gauss(0, 0.3), 0.02 + 0.1 * random.random())

    def level(self, common: float, random: Random) -> tuple[int | str, float]:
        """The level that is given, and the number of which it is the nearest."""
        self.given += 1
        drift = self.drift * min(self.given, 40) / 10
        exact = common - self.strictness + drift + random.gauss(0, 0.55)
        return (UNKNOWN if random.random() < self.cannot_tell else _nearest(exact)), exact


def _nearest(exact: float) -> int:
    return min(3, max(0, math.floor(exact + 0.5)))


Maker = Callable[[Rater, Random], Iterator[Any]]
"""From a student to the values that the student commits, in order."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A noted item: its face and what makes a student's answers to it."""

    face: Face
    make: Maker


def rating(face: Face, random: Random) -> Rating | None:
    """How a noted item is answered; None for a kind that nothing is known of here.

    Three made-up students try it first, so that no hand-in holds what cannot be read.
    """
    makers = {"rate": _rate, "column": _column, "matrix": _matrix, "write": _write}
    if face["kind"] not in makers:
        return None
    made = Rating(face, makers[face["kind"]](face, random))
    try:
        for number in range(3):
            trial = Random(number)
            for value in made.make(Rater.drawn(trial), trial):
                read_answer(face, value)
    except (Misread, KeyError, TypeError, ValueError):
        return None
    return made


def rated(item: Rating, rater: Rater, random: Random) -> Iterator[str]:
    """The beginnings of a student's lines on a noted item, up to the time."""
    stage = getattr(KINDS[item.face["kind"]], "stage", None)
    for value in item.make(rater, random):
        yield beginning(item.face, value, stage(item.face, value) if stage else None)


def _rate(face: Face, random: Random) -> Maker:
    common = {dial: random.uniform(0.3, 2.7) for dial in DIALS}
    shift = {dial: random.gauss(0, 0.6) for dial in BLIND}

    def make(rater: Rater, random: Random) -> Iterator[Any]:
        blind = {dial: rater.level(common[dial], random) for dial in BLIND}
        yield {dial: level for dial, (level, _) in blind.items()}
        whole: dict[str, Any] = {}
        for dial in DIALS:
            if dial in blind:
                moved = blind[dial][1] + shift[dial] + random.gauss(0, 0.3)
                whole[dial] = UNKNOWN if blind[dial][0] == UNKNOWN else _nearest(moved)
            else:
                whole[dial] = rater.level(common[dial], random)[0]
        yield {**whole, "because": _reason(random), "confidence": 5 * random.randrange(10, 20)}

    return make


def _reason(random: Random) -> str:
    what = ("the voice", "the chain", "the date", "the wording", "the origin", "what is missing")
    return f"Simulated reason: I looked at {what[random.randrange(len(what))]}."


def _column(face: Face, random: Random) -> Maker:
    common = {row["id"]: random.uniform(0.3, 2.7) for row in face["rows"]}

    def make(rater: Rater, random: Random) -> Iterator[Any]:
        yield {name: rater.level(level, random)[0] for name, level in common.items()}

    return make


def _matrix(face: Face, random: Random) -> Maker:
    rows = [row["id"] for row in face["rows"]]
    columns = [column["id"] for column in face["columns"]]
    values = [value["id"] for value in face["values"]]
    common = {row: {column: random.choice(values) for column in columns} for row in rows}

    def cell(row: str, column: str, random: Random) -> str:
        usual: str = common[row][column]
        return usual if random.random() < 0.65 else random.choice(values)

    def make(rater: Rater, random: Random) -> Iterator[Any]:
        cells = {row: {column: cell(row, column, random) for column in columns} for row in rows}
        if not face["shares"]:
            yield {"cells": cells}
            return
        before = _shares([random.expovariate(1) for _ in rows], rows)
        yield {"before": before}
        yield {"before": before, "cells": cells}
        against = {row: sum(said == "inconsistent" for said in cells[row].values()) for row in rows}
        least = min(against.values())
        ahead = [row for row in rows if against[row] == least]
        gains = [2 * before[row] / 3 + (100 / 3 / len(ahead)) * (row in ahead) for row in rows]
        opposite = "Simulated: I asked what I would expect to find if I were wrong."
        yield {
            "before": before,
            "cells": cells,
            "opposite": opposite,
            "after": _shares(gains, rows),
        }

    return make


def _shares(parts: list[float], rows: list[str]) -> dict[str, int]:
    """Whole numbers in these proportions that make 100."""
    whole = sum(parts) or 1.0
    edges, so_far = [0], 0.0
    for part in parts:
        so_far += part
        edges.append(round(100 * so_far / whole))
    return {row: edges[i + 1] - edges[i] for i, row in enumerate(rows)}


def _write(face: Face, random: Random) -> Maker:
    asked: Mapping[str, int] = face["words"]
    quoted = " ".join(face["passage"]["text"].split()[:6])
    opening = f"This text is simulated. “{quoted}” (line {face['passage']['line']})."

    def make(rater: Rater, random: Random) -> Iterator[Any]:
        wanted = random.randint(asked["least"], asked["most"])
        more = max(0, wanted - len(opening.split()))
        yield " ".join([opening, *(("simulated",) * more)])

    return make
