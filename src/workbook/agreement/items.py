"""How items behave: how hard, how well they tell stronger from weaker hand-ins, what they catch.

Difficulty, corrected item–rest correlation and the upper–lower index are those of classical test
theory. The groups for the last are the upper and the lower 27 %: T. L. Kelley, "The selection of
upper and lower groups for the validation of test items", Journal of Educational Psychology 30
(1939), 17–24.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .table import AgreementError, Floats, counted, numbers

__all__ = ["FEWEST_ANSWERS", "Distractor", "ItemStatistics", "distractors", "item_statistics"]

FEWEST_ANSWERS = 30
"""Below it, what is said of an item comes with a note."""

_GROUP = 0.27


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item; a figure is None where it has no value.

    ``answered`` counts people. ``difficulty`` is the mean score, 0 to 1: the higher, the easier.
    ``discrimination`` is the correlation of its score with the mean score on the other items.
    ``upper_lower`` is the mean score of the upper 27 % less that of the lower. ``note`` is a
    sentence, or nothing.
    """

    item: str
    answered: int
    difficulty: float | None
    discrimination: float | None
    upper_lower: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Distractor:
    """How many first answers to an item showed a misconception, and their share, 0 to 1."""

    item: str
    code: str
    count: int
    share: float
    note: str = ""


def item_statistics(scores: ArrayLike, items: Sequence[str]) -> tuple[ItemStatistics, ...]:
    """Statistics of each item from scores, people × items, 0 to 1, NaN where not answered.

    Give the scores of first tries: later ones say how well the replies help. Who stands higher is
    told by the mean score on all items that a person answered; people who stand equal at the edge
    of a group share its last places, so the order of the rows changes nothing. Raises
    ``AgreementError`` for a table that is none, for scores beyond 0 and 1, and where the names do
    not go with the columns.
    """
    table = numbers(scores, "Scores", "people", "items")
    if table.shape[1] != len(items):
        raise AgreementError(
            "Each column of scores needs the name of its item: there are "
            f"{table.shape[1]} columns and {len(items)} names."
        )
    if np.nanmin(table) < 0 or np.nanmax(table) > 1:
        raise AgreementError("Scores run from 0 to 1; one of these lies beyond.")
    known = ~np.isnan(table)
    sums, counts = np.nansum(table, axis=1), known.sum(axis=1)
    return tuple(
        _statistics(name, table[known[:, i], i], sums[known[:, i]], counts[known[:, i]])
        for i, name in enumerate(items)
    )


def _statistics(name: str, own: Floats, sums: Floats, counts: Floats) -> ItemStatistics:
    """One item, from the people who answered it: own scores, sums over items, numbers of items."""
    if not len(own):
        return ItemStatistics(name, 0, None, None, None, "Nobody answered it.")
    other = counts > 1
    rest = (sums - own)[other] / (counts[other] - 1)
    return ItemStatistics(
        name,
        len(own),
        float(own.mean()),
        _correlation(own[other], rest),
        _upper_lower(own, sums / counts) if len(own) > 1 else None,
        _note(len(own)),
    )


def _note(answered: int) -> str:
    if answered >= FEWEST_ANSWERS:
        return ""
    return (
        f"Only {counted(answered, 'person', 'people')} answered; below {FEWEST_ANSWERS}, these "
        "figures say little."
    )


def _correlation(a: Floats, b: Floats) -> float | None:
    """Pearson's r; None where one side does not vary."""
    if len(a) < 2 or np.ptp(a) < 1e-12 or np.ptp(b) < 1e-12:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def _upper_lower(own: Floats, standing: Floats) -> float:
    places = max(1.0, np.floor(_GROUP * len(own) + 0.5))
    return _edge_mean(own, standing, places) - _edge_mean(own, -standing, places)


def _edge_mean(own: Floats, standing: Floats, places: float) -> float:
    """The mean of ``own`` over those who stand highest, equals at the edge sharing what is left."""
    edge = np.sort(standing)[-int(places)]
    above, level = standing > edge, standing == edge
    left = places - above.sum()
    return float((own[above].sum() + left * own[level].mean()) / places)


def distractors(codes: Mapping[str, Iterable[str | None]]) -> tuple[Distractor, ...]:
    """Which misconceptions each item catches, the most frequent first.

    ``codes`` has for each item the code of every person's first answer: None, or nothing, where it
    made no declared mistake. Only codes that occur have a row; shares are of all first answers.
    """
    rows = []
    for item, given in codes.items():
        first = list(given)
        caught = Counter(code for code in first if code)
        ranked = sorted(caught.items(), key=lambda row: (-row[1], len(row[0]), row[0]))
        rows += [
            Distractor(item, code, count, count / len(first), _note(len(first)))
            for code, count in ranked
        ]
    return tuple(rows)
