"""Simulated students: what each of them answers, and when.

- Each student has an ability from a normal distribution (mean 0, spread 1). Each item has a
  difficulty: -1.3, -0.4 or 0.5 for the difficulties 1, 2 and 3 that it declares, and a normal
  deviation (spread 0.35). The chance of a right first try is that of a three-parameter logistic
  model (Birnbaum 1968) with slope 1.3 and one in the number of options as the guessing part.
- Wrong answers are the item's declared mistakes in 85 % of cases, else slips. Each student leans to
  some misconceptions more than to others: weights by code, log-normal with spread 0.8.
- A reply helps: ability counts 0.8 higher on the second try and 1.4 higher on the third. After a
  wrong try, 12 % give up. Nobody tries more than three times or says the same thing twice.
- Of all items, 4 % are left out. Of all students, 12 % stop somewhere in the book.
- A chapter is done in one sitting, three days after the chapter before it, from 8 to 15 h UTC, from
  12 January 2026 on. A try takes 45 seconds in the median (log-normal, spread 0.7), times a pace of
  the student's own (spread 0.35).
- Ratings and the like: see ``ratings.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .guesses import Guesses
from .ratings import Rater, Rating, rated

__all__ = ["Marked", "hand_in"]

_LEVELS = {1: -1.3, 2: -0.4, 3: 0.5}
_FIRST_DAY = date(2026, 1, 12)
_DAYS_APART = 3
_SLOPE, _LEFT_OUT, _STOPPED, _GIVES_UP, _SLIPS, _ALTERNATIVE = 1.3, 0.04, 0.12, 0.12, 0.15, 0.1
_HELPED = tuple(math.exp(-_SLOPE * helped) for helped in (0.0, 0.8, 1.4))
_CODES = tuple(f"M{number}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Marked:
    """An item that is marked: what can be answered, and the odds against somebody in the middle."""

    odds: float
    guesses: Guesses

    @classmethod
    def drawn(cls, level: int, found: Guesses, random: Random) -> Marked:
        """An item that declares the difficulty ``level``, 1 to 3."""
        return cls(math.exp(_SLOPE * (_LEVELS[level] + random.gauss(0, 0.35))), found)


def hand_in(chapters: Sequence[Sequence[Marked | Rating]], random: Random) -> list[str]:
    """The lines of one student's record, each with its line end; at least one."""
    chance = random.random
    student = _Student(random)
    last = sum(map(len, chapters))
    if chance() < _STOPPED:
        last = 1 + int(chance() * last)
    lines: list[str] = []
    for number, items in enumerate(chapters):
        clock = _Clock(number, student.pace, random)
        for item in items:
            if last <= 0:
                return lines
            last -= 1
            if lines and chance() < _LEFT_OUT:
                continue
            lines += clock.ends(student.answers(item))
    return lines


class _Student:
    """Somebody who is made up."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.chance = random.random
        self.odds = math.exp(-_SLOPE * random.gauss(0, 1))
        self.pace = math.exp(random.gauss(0, 0.35))
        self.leanings = {code: math.exp(random.gauss(0, 0.8)) for code in _CODES}
        self.rater = Rater.drawn(random)

    def answers(self, item: Marked | Rating) -> Iterable[str]:
        """The beginnings of this student's lines on one item."""
        if isinstance(item, Rating):
            return rated(item, self.rater, self.random)
        return self._tries(item)

    def _tries(self, item: Marked) -> list[str]:
        chance = self.chance
        odds = self.odds * item.odds
        guess, right = item.guesses.chance, item.guesses.right
        said: list[str] = []
        for helped in _HELPED:
            if chance() < guess + (1 - guess) / (1 + odds * helped):
                other = len(right) > 1 and chance() < _ALTERNATIVE
                said.append(right[1 + int(chance() * (len(right) - 1))] if other else right[0])
                break
            wrong = self._wrong(item.guesses, said)
            if not wrong:
                break
            said.append(wrong)
            if chance() < _GIVES_UP:
                break
        return said

    def _wrong(self, all_of_it: Guesses, said: list[str]) -> str:
        """A wrong answer that was not given yet; nothing if there is none left."""
        chance = self.chance
        slips = [one for one in all_of_it.slips if one not in said] if said else all_of_it.slips
        mistaken = all_of_it.mistaken
        if said:
            mistaken = tuple(one for one in mistaken if one[1] not in said)
        if slips and (not mistaken or chance() < _SLIPS):
            return slips[int(chance() * len(slips))]
        left = chance() * sum(self.leanings[code] for code, _ in mistaken)
        for code, begun in mistaken:
            left -= self.leanings[code]
            if left <= 0:
                return begun
        return mistaken[-1][1] if mistaken else ""


_drawn = Random(45)
_GAPS = tuple(45_000 * math.exp(0.7 * _drawn.gauss(0, 1)) for _ in range(1024))
"""Milliseconds between two answers; a drawn thousand serves for all, since a draw costs time."""


_SECONDS = tuple(
    f"T{hour:02}:{minute:02}:{second:02}."
    for hour in range(24)
    for minute in range(60)
    for second in range(60)
)
_ENDS = tuple(f'{thousandth:03}Z"}}\n' for thousandth in range(1000))
"""All that a line's time is made of; to lay it out anew for each line takes half of the time."""


class _Clock:
    """The time in one sitting, as a record writes it."""

    __slots__ = ("chance", "day", "now", "pace")

    def __init__(self, chapter: int, pace: float, random: Random) -> None:
        self.day = (_FIRST_DAY + timedelta(days=_DAYS_APART * chapter)).isoformat()
        self.now = (8 + 7 * random.random()) * 3_600_000
        self.pace = pace
        self.chance = random.random

    def ends(self, begun: Iterable[str]) -> Iterator[str]:
        """Lines from their beginnings: a time for each, none before the last."""
        for beginning in begun:
            gap = self.pace * _GAPS[int(self.chance() * 1024)]
            self.now = min(self.now + gap, 86_399_999)
            second, thousandth = divmod(int(self.now), 1000)
            yield f"{beginning}{self.day}{_SECONDS[second]}{_ENDS[thousandth]}"
