"""Coefficients of agreement and their intervals.

Every coefficient is computed from how often each value was given to each unit. So a bootstrap over
units is one product of matrices: draws × units by units × values.

- Krippendorff's α: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
- Gwet's AC1 and AC2: K. L. Gwet, "Computing inter-rater reliability and its variance in the
  presence of high agreement", British Journal of Mathematical and Statistical Psychology 61 (2008),
  29–48; with weights and missing ratings in his "Handbook of Inter-Rater Reliability" (4th ed.
  2014), chapters 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from .table import AgreementError, Floats, Table, Undefined, read_ratings

__all__ = [
    "Estimate",
    "Level",
    "Measure",
    "Weights",
    "gwet_ac1",
    "gwet_ac2",
    "interval",
    "krippendorff_alpha",
    "percent_agreement",
]

Level = Literal["nominal", "ordinal", "interval"]
"""What the numbers mean: names only, an order, or equal steps."""

Weights = Literal["ordinal", "linear", "quadratic"]
"""How much credit AC2 gives to two ratings that are near each other (Gwet 2014, chapter 3)."""

Measure = Literal["alpha", "ac1", "ac2", "percent"]

_CELLS = 4_000_000
"""Draws × values computed at a time, 32 MB each; only ratings without levels ever reach it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient and its bootstrap interval; ``draws`` are those in which it has a value."""

    value: float
    low: float
    high: float
    draws: int


def krippendorff_alpha(ratings: ArrayLike, level: Level) -> float:
    """Krippendorff's α of ratings, raters × units with NaN for missing; 1 is full, 0 is chance.

    A unit with one rating can be compared with nothing and is left out (Krippendorff 2011, C).
    Raises ``AgreementError`` for ratings that are no such table and for an unknown level, and
    ``Undefined`` where all ratings that can be compared are one value, or none can be.
    """
    return _value(ratings, None, _coefficient("alpha", level, "ordinal"))


def gwet_ac1(ratings: ArrayLike, categories: Sequence[float] | None = None) -> float:
    """Gwet's AC1 of ratings, raters × units with NaN for missing, for names without an order.

    ``categories`` are all values that could have been given, also those that nobody gave; without
    them, those that were. Raises as ``krippendorff_alpha`` does, and ``AgreementError`` for a
    rating that is not among the categories.
    """
    return _value(ratings, categories, _coefficient("ac1", "ordinal", "ordinal"))


def gwet_ac2(
    ratings: ArrayLike,
    weights: Weights = "ordinal",
    categories: Sequence[float] | None = None,
) -> float:
    """Gwet's AC2, which gives near misses part of the credit; otherwise as ``gwet_ac1``.

    ``ordinal`` weights go by the categories' ranks, ``linear`` and ``quadratic`` ones by their
    distances. Do give ``categories``: a level that nobody chose counts too.
    """
    return _value(ratings, categories, _coefficient("ac2", "ordinal", weights))


def percent_agreement(ratings: ArrayLike) -> float:
    """The share, 0 to 1, of pairs of ratings that are the same: the mean over units with two.

    Chance is not taken out. Ratings are raters × units with NaN for missing; raises
    ``AgreementError`` for others, and ``Undefined`` where no unit has two ratings.
    """
    return _value(ratings, None, _coefficient("percent", "ordinal", "ordinal"))


def interval(
    ratings: ArrayLike,
    measure: Measure = "alpha",
    *,
    level: Level = "ordinal",
    weights: Weights = "ordinal",
    categories: Sequence[float] | None = None,
    draws: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Estimate:
    """A coefficient with its percentile bootstrap interval over units (Efron 1979).

    ``ratings`` is raters × units with NaN for missing. Units are drawn with replacement ``draws``
    times; one seed gives one interval. Draws in which the coefficient has no value, since all their
    ratings are one, are left out. The interval tells how much hangs on the choice of units, not on
    that of raters. Raises as the coefficient does, and ``AgreementError`` where draws or confidence
    make no sense.
    """
    if draws < 1 or not 0 < confidence < 1:
        raise AgreementError(
            f"An interval needs at least one draw, and a confidence between 0 and 1; these are "
            f"{draws} and {confidence}."
        )
    coefficient = _coefficient(measure, level, weights)
    value = _value(ratings, categories, coefficient)
    table = read_ratings(ratings, categories)
    units = len(table.counts)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(units, np.full(units, 1 / units), size=draws).astype(np.float64)
    step = max(1, _CELLS // len(table.values))
    parts = [coefficient(table, drawn[at : at + step]) for at in range(0, draws, step)]
    found = np.concatenate(parts)
    found = found[~np.isnan(found)]
    if not len(found):
        raise Undefined("In every draw of units all ratings are one, so there is no interval.")
    tail = 50 * (1 - confidence)
    low, high = np.percentile(found, [tail, 100 - tail])
    return Estimate(value, float(low), float(high), len(found))


Coefficient = Callable[[Table, Floats], Floats]
"""From a table and weights of its units (draws × units) to a value for each draw, or NaN."""


def _coefficient(measure: Measure, level: Level, weights: Weights) -> Coefficient:
    known: tuple[tuple[str, Any], ...] = ((measure, Measure), (level, Level), (weights, Weights))
    for given, names in known:
        *most, last = get_args(names)
        if given not in (*most, last):
            raise AgreementError(f"“{given}” is not known here; take {', '.join(most)} or {last}.")
    if measure == "alpha":
        return lambda table, drawn: _alpha(table, drawn, level)
    if measure == "ac2":
        return lambda table, drawn: _gwet(table, drawn, _credit(table.values, weights))
    if measure == "ac1":
        return lambda table, drawn: _gwet(table, drawn, np.eye(len(table.values)))
    return lambda table, drawn: _observed(table, drawn, np.eye(len(table.values)))


def _value(
    ratings: ArrayLike, categories: Sequence[float] | None, coefficient: Coefficient
) -> float:
    table = read_ratings(ratings, categories)
    value = float(coefficient(table, np.ones((1, len(table.counts))))[0])
    if not np.isnan(value):
        return value
    compared = table.counts[table.given > 1]
    if not len(compared):
        raise Undefined("No item was rated by two people, so there is nothing to compare.")
    only = table.values[compared.sum(axis=0) > 0][0]
    raise Undefined(
        f"Everybody gave the same rating, {only:g}, to everything. Without any difference, "
        "agreement cannot be told from habit, so the coefficient has no value."
    )


def _alpha(table: Table, drawn: Floats, level: Level) -> Floats:
    """α of each draw (draws,).

    Each pair within a unit of m ratings weighs 1/(m - 1) (Krippendorff 2011, step 2), so sums over
    pairs become sums of places and of their squares. Between two ordinal values lies all that was
    given between them and half of each (step 6), which is the distance of their middle ranks.
    """
    pairable = table.given > 1
    counts, drawn = table.counts[pairable], drawn[:, pairable]
    given = counts.sum(axis=1)
    together = drawn @ given
    if level == "nominal":
        totals = drawn @ counts
        observed = drawn @ ((given**2 - (counts**2).sum(axis=1)) / (given - 1))
        expected = together**2 - (totals**2).sum(axis=1)
    elif level == "ordinal":
        totals = drawn @ counts
        ranks = np.cumsum(totals, axis=1) - totals / 2
        # Sums of squares about zero, of ranks about their middle, which loses no digits.
        ranks -= together[:, None] / 2
        within = given * (ranks**2 @ counts.T) - (ranks @ counts.T) ** 2
        observed = 2 * (drawn * within / (given - 1)).sum(axis=1)
        squares, sums = (totals * ranks**2).sum(axis=1), (totals * ranks).sum(axis=1)
        expected = 2 * (together * squares - sums**2)
    else:
        places = table.values - table.values.mean()
        unit_squares, unit_sums = counts @ places**2, counts @ places
        observed = 2 * drawn @ ((given * unit_squares - unit_sums**2) / (given - 1))
        expected = 2 * (together * (drawn @ unit_squares) - (drawn @ unit_sums) ** 2)
    varied = _varied(counts, drawn)
    alpha = np.full(len(drawn), np.nan)
    alpha[varied] = 1 - (together[varied] - 1) * observed[varied] / expected[varied]
    return alpha


def _varied(counts: Floats, drawn: Floats) -> Any:
    """Whether a draw has more than one value in it (draws,)."""
    if not len(counts):
        return np.zeros(len(drawn), dtype=bool)
    low = (counts > 0).argmax(axis=1)
    high = counts.shape[1] - 1 - (counts > 0)[:, ::-1].argmax(axis=1)
    lowest = np.where(drawn > 0, low, counts.shape[1]).min(axis=1)
    return lowest < np.where(drawn > 0, high, -1).max(axis=1)


def _gwet(table: Table, drawn: Floats, credit: Floats) -> Floats:
    """AC of each draw: every rated unit tells how likely a category is, those with two the rest."""
    categories = len(table.values)
    if categories < 2:
        return np.full(len(drawn), np.nan)
    likely = (drawn @ (table.counts / table.given[:, None])) / drawn.sum(axis=1, keepdims=True)
    spread = (likely * (1 - likely)).sum(axis=1)
    chance = credit.sum() / (categories * (categories - 1)) * spread
    return np.asarray((_observed(table, drawn, credit) - chance) / (1 - chance))


def _observed(table: Table, drawn: Floats, credit: Floats) -> Floats:
    """The mean credit of the pairs of ratings of a unit, over each draw's units with two."""
    pairable = table.given > 1
    counts, drawn = table.counts[pairable], drawn[:, pairable]
    given = counts.sum(axis=1)
    pairs = (counts * (counts @ credit - 1)).sum(axis=1) / (given * (given - 1))
    units = drawn.sum(axis=1)
    observed = np.full(len(drawn), np.nan)
    observed[units > 0] = (drawn @ pairs)[units > 0] / units[units > 0]
    return observed


def _credit(values: Floats, weights: Weights) -> Floats:
    """Categories × categories: 1 for the same, 0 for the furthest apart (Gwet 2014, chapter 3)."""
    if len(values) < 2:
        return np.eye(len(values))
    if weights == "ordinal":
        ranks = np.arange(len(values))
        between = np.abs(ranks[:, None] - ranks) + 1
        apart = between * (between - 1) / 2
    else:
        apart = np.abs(values[:, None] - values) ** (1 if weights == "linear" else 2)
    return np.asarray(1 - apart / apart.max())
