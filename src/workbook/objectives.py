"""What a course is after, and which exercises practise it: ``objectives.toml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from .exercise import Exercise
from .kinds import KINDS
from .misconceptions import MISCONCEPTIONS
from .reading import Reader

__all__ = ["Objective", "read_objectives", "unplaced"]

FILE = "objectives.toml"


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to be learned, and what a learner who has reached it can be seen to do (``can``).

    An exercise stands under it by its chapter, its kind, the code of a likely mistake that it has
    a reply for, or by name.
    """

    id: str
    title: str
    can: str
    chapters: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()

    def holds(self, item: Exercise, chapter: str) -> bool:
        """Whether an exercise of a chapter stands under this objective."""
        return (
            chapter in self.chapters
            or item.kind in self.kinds
            or item.id in self.exercises
            or any(mistake.code in self.mistakes for mistake in item.mistake)
        )


def read_objectives(
    reader: Reader, items: Collection[str], chapters: Collection[str]
) -> dict[str, Objective]:
    """Read ``objectives.toml``, where a case has one; what is wrong in it is noted.

    By id, in the order of the file.
    """
    if not reader.has(FILE):
        return {}
    raw = reader.tables(FILE, "objective")["objective"]
    found: dict[str, Objective] = dict(reader.many(FILE, "objective", Objective, raw))
    for item, one in found.items():
        for what, names, known in (
            ("chapter", one.chapters, chapters),
            ("kind", one.kinds, KINDS),
            ("mistake", one.mistakes, MISCONCEPTIONS),
            ("exercise", one.exercises, items),
        ):
            for name in names:
                reader.known(FILE, item, what, name, known)
        if not one.title.strip() or not one.can.strip():
            reader.wrong(FILE, item, "needs its `title` and its `can`")
    return found


def unplaced(
    objectives: Mapping[str, Objective],
    items: Mapping[str, Exercise],
    chapters: Mapping[str, Sequence[str]],
) -> list[str]:
    """The exercises that stand under no objective; none where a case has no objectives at all."""
    if not objectives:
        return []
    return [
        name
        for chapter, names in chapters.items()
        for name in names
        if not any(one.holds(items[name], chapter) for one in objectives.values())
    ]
