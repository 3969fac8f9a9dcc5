"""When an exercise's twin comes back: two and five chapters after the one it was answered in.

``due_among`` has its twin in ``forms/spacing.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .exercise import Exercise
from .record import BESIDE, Line

__all__ = ["RETURNS", "due", "due_among", "returning"]

RETURNS = (2, 5)
"""How many chapters later; what is asked again after a pause is kept longer."""


def returning(
    items: Mapping[str, Exercise], chapters: Mapping[str, Sequence[str]], chapter: str
) -> dict[str, tuple[int, str]]:
    """The exercises whose twins may come back in ``chapter``: each one's revision and twin.

    ``chapters`` are in order, each with its exercises.
    """
    order = list(chapters)
    here = order.index(chapter)
    return {
        name: (items[name].revision, items[name].twin)
        for home, names in chapters.items()
        if here - order.index(home) in RETURNS
        for name in names
        if name in items and items[name].twin in items
    }


def due_among(twins: Mapping[str, tuple[int, str]], case: str, lines: Iterable[Line]) -> list[str]:
    """The twins that answers call for, in the order of the answers; ``twins`` as of `returning`.

    Answers to other cases, to other exercises and to other revisions call for nothing, nor does
    what is said beside an answer.
    """
    found: dict[str, None] = {}
    for line in lines:
        revision, twin = twins.get(line.exercise, (None, ""))
        if line.case == case and line.revision == revision and line.stage not in BESIDE:
            found[twin] = None
    return list(found)


def due(
    case: str,
    items: Mapping[str, Exercise],
    chapters: Mapping[str, Sequence[str]],
    lines: Iterable[Line],
    chapter: str,
) -> list[str]:
    """The twins that are due in ``chapter``, in the order of the answers that call for them."""
    return due_among(returning(items, chapters, chapter), case, lines)
