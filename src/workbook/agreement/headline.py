"""Agreement as a class may be told it: in a sentence, and not on a handful of ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from .coefficients import Estimate, Level, Measure, interval, percent_agreement
from .table import Undefined, counted, read_ratings

__all__ = ["FEWEST_RATERS", "FEWEST_UNITS", "Headline", "headline"]

FEWEST_RATERS, FEWEST_UNITS = 5, 10
"""Below either, no figure for agreement is shown: one more rating could turn it round."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Agreement in words; the figures are None where they are withheld or have no value.

    ``raters`` rated anything at all; ``units`` got two ratings or more. ``gwet`` is AC2, or AC1
    where the ratings are nominal.
    """

    sentence: str
    raters: int
    units: int
    alpha: Estimate | None = None
    gwet: Estimate | None = None
    percent: float | None = None


def headline(
    ratings: ArrayLike,
    level: Level = "ordinal",
    categories: Sequence[float] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Headline:
    """α with its interval and Gwet's coefficient beside it, or a sentence on why there is none.

    ``ratings`` is raters × units with NaN for missing; “cannot tell” is missing too. Gwet's
    coefficient stands there since α sinks when nearly everybody gives one level to everything
    (Gwet 2008). Raises ``AgreementError`` for ratings that are no table of numbers.
    """
    table = read_ratings(ratings, categories)
    units = int((table.given > 1).sum())
    if table.raters < FEWEST_RATERS or units < FEWEST_UNITS:
        rated = counted(table.raters, "person", "people")
        sentence = (
            f"No figure for agreement yet: {rated} rated, and {counted(units, 'item', 'items')} "
            f"got two ratings or more. It takes at least {FEWEST_RATERS} people and {FEWEST_UNITS} "
            "items. With fewer, one more rating could turn the figure round."
        )
        return Headline(sentence, table.raters, units)
    percent = percent_agreement(ratings)
    same = f"Of all pairs of ratings, {100 * percent:.0f} % are the same."
    try:
        alpha = interval(ratings, "alpha", level=level, draws=draws, seed=seed)
    except Undefined as reason:
        return Headline(f"{reason} {same}", table.raters, units, percent=percent)
    measure: Measure = "ac1" if level == "nominal" else "ac2"
    gwet = interval(ratings, measure, categories=categories, draws=draws, seed=seed)
    sentence = (
        f"{table.raters:,} people rated {units:,} items. Krippendorff’s α is {_shown(alpha)}. "
        f"1 is full agreement, 0 is what chance would give. Gwet’s {measure.upper()} is "
        f"{_shown(gwet)}. {same}"
    )
    return Headline(sentence, table.raters, units, alpha, gwet, percent)


def _shown(estimate: Estimate) -> str:
    value, low, high = (
        f"{round(one, 2) + 0.0:.2f}" for one in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} (95 % interval {low} to {high})"
