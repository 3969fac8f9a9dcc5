"""When an exercise's twin comes back: two and five chapters after the one it was answered in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .exercise import Exercise
from .record import Line

__all__ = ["RETURNS", "due"]

RETURNS = (2, 5)
"""How many chapters later; what is asked again after a pause is kept longer."""


def due(
    case: str,
    items: Mapping[str, Exercise],
    chapters: Mapping[str, Sequence[str]],
    lines: Iterable[Line],
    chapter: str,
) -> list[str]:
    """The twins that are due in ``chapter``, in the order of the answers that call for them.

    ``chapters`` are in order, each with its exercises. Answers to other cases, to exercises that
    are gone and to other revisions call for nothing.
    """
    order = list(chapters)
    place = {name: order.index(home) for home, names in chapters.items() for name in names}
    here = order.index(chapter)
    found: dict[str, None] = {}
    for line in lines:
        item = items.get(line.exercise)
        if line.case != case or item is None or line.revision != item.revision:
            continue
        if item.twin in items and here - place[item.id] in RETURNS:
            found[item.twin] = None
    return list(found)
