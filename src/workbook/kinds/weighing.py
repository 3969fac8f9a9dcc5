"""What a matrix of explanations and findings shows: pure functions on plain cells.

``cells`` is a record explanation → finding → one of ``CELLS``. The layout, explanations in rows,
is the one that reduced confirmation bias in Dhami et al. 2024; counting what speaks against, and
asking which cells the order hangs on, follow the *Analysis of Competing Hypotheses* (Heuer).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

__all__ = ["CELLS", "Cells", "Sorting", "against", "deciding", "foremost", "shift", "sorting"]

CELLS = ("consistent", "inconsistent", "neither", "cannot tell")
Cells = Mapping[str, Mapping[str, str]]
Sorting = Literal["apart", "leans", "flat"]


def sorting(cells: Cells, finding: str) -> Sorting:
    """How well a finding tells the explanations apart; "cannot tell" says nothing either way.

    ``"apart"``: it speaks against one and not against another. ``"leans"``: it speaks against
    none, and suits some better than others. ``"flat"``: it says the same of all.
    """
    said = {row[finding] for row in cells.values()} - {"cannot tell"}
    if len(said) < 2:
        return "flat"
    return "apart" if "inconsistent" in said else "leans"


def against(cells: Cells) -> dict[str, int]:
    """For each explanation, how many findings speak against it."""
    return {name: list(row.values()).count("inconsistent") for name, row in cells.items()}


def foremost(marks: Mapping[str, int]) -> list[str]:
    """The explanations with the fewest marks against them."""
    least = min(marks.values())
    return [name for name, count in marks.items() if count == least]


def deciding(cells: Cells) -> list[tuple[str, str]]:
    """The marks (explanation, finding) on each of which alone it hangs who has the fewest.

    Each mark against an explanation is taken away in turn.
    """
    marks = against(cells)
    ahead = foremost(marks)
    return [
        (name, finding)
        for name, row in cells.items()
        for finding, value in row.items()
        if value == "inconsistent" and foremost({**marks, name: marks[name] - 1}) != ahead
    ]


def shift(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[int, Sequence[str]]:
    """How many of the 100 points moved, and the explanations whose points changed."""
    moved = [name for name in before if before[name] != after[name]]
    return sum(abs(after[name] - before[name]) for name in moved) // 2, moved
