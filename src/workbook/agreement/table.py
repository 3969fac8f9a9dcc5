"""Ratings and scores as tables of numbers, or a sentence on what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["AgreementError", "Floats", "Table", "Undefined", "counted", "numbers", "read_ratings"]

Floats = NDArray[np.float64]


class AgreementError(ValueError):
    """Data that nothing can be computed from, with a sentence that says why."""


class Undefined(AgreementError):
    """Ratings that are in order, but for which a coefficient has no value."""


@dataclass(frozen=True, slots=True)
class Table:
    """``values`` (values,), ascending, and ``counts`` (units × values): how often each was given.

    Units that nobody rated are left out; ``raters`` are those who rated anything.
    """

    values: Floats
    counts: Floats
    raters: int

    @property
    def given(self) -> Floats:
        """How many ratings each unit got (units,)."""
        return np.asarray(self.counts.sum(axis=1))


def numbers(given: Any, what: str, rows: str, columns: str) -> Floats:
    """``given`` as a table of finite numbers, NaN where missing (None too), or ``AgreementError``.

    ``what`` (“Ratings”), ``rows`` and ``columns`` name things in the sentence. Texts are no
    numbers, and neither are True and False.
    """
    try:
        raw = np.asarray(given)
        if raw.dtype.kind not in "iufO" or (
            raw.dtype.kind == "O"
            and any(isinstance(one, bool | str | bytes | list | tuple) for one in raw.flat)
        ):
            raise TypeError
        table = raw.astype(np.float64)
    except (TypeError, ValueError):
        raise AgreementError(
            f"{what} must be numbers in rows of one length; put NaN where one is missing."
        ) from None
    if table.ndim != 2:
        found = "has one dimension" if table.ndim == 1 else f"has {table.ndim} dimensions"
        raise AgreementError(f"{what} must be a table of {rows} × {columns}; this {found}.")
    if np.isinf(table).any():
        raise AgreementError(f"{what} must be finite; one of these is infinite.")
    if np.isnan(table).all():
        raise AgreementError(f"{what}: the table is empty; every place in it is missing.")
    return table


def read_ratings(ratings: ArrayLike, categories: Sequence[float] | None = None) -> Table:
    """Count the ratings of each unit, or ``AgreementError``.

    ``ratings`` is raters × units with NaN for missing. ``categories`` are all values that could
    have been given; without them, ``values`` are those that were.
    """
    table = numbers(ratings, "Ratings", "raters", "units")
    if len(table) < 2:
        raise AgreementError("Agreement takes at least two raters; this table has one.")
    rated = ~np.isnan(table)
    raters = int(rated.any(axis=1).sum())
    table, rated = table[:, rated.any(axis=0)], rated[:, rated.any(axis=0)]
    found = np.unique(table[rated])
    values = found if categories is None else _categories(categories)
    strange = np.setdiff1d(found, values)
    if len(strange):
        raise AgreementError(f"The rating {strange[0]:g} is not among the categories.")
    units = np.broadcast_to(np.arange(table.shape[1]), table.shape)[rated]
    places = np.searchsorted(values, table[rated])
    cells = np.bincount(units * len(values) + places, minlength=table.shape[1] * len(values))
    return Table(values, cells.reshape(table.shape[1], -1).astype(np.float64), raters)


def _categories(categories: Sequence[float]) -> Floats:
    row = numbers([list(categories)], "Categories", "one row", "categories")
    if np.isnan(row).any():
        raise AgreementError("Categories must be numbers; one of these is missing.")
    return np.unique(row)


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: “1 person”, “4 people”."""
    return f"{count:,} {one if count == 1 else many}"
