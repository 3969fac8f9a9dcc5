"""Where one student stands, from all that came in from them and what the teacher rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from msgspec.structs import replace as changed

from .gradebook import safe
from .handin import listed
from .marking import NOTED, UNKNOWN, UNREAD, Marks, Status
from .rules import Given, Policy, Rules
from .scale import Scale

__all__ = ["Handed", "Standing", "Standings"]


@dataclass(frozen=True, slots=True)
class Handed:
    """One hand-in of a student's, with its marks; ``counts`` unless it came too late."""

    name: str
    late: bool
    marks: Marks
    counts: bool = True


@dataclass(slots=True)
class Standing:
    """A student's row. ``items`` is as in ``Marks``, and ``source`` says by exercise which hand-in
    it comes from (its place among them). ``percent`` is None where a person must look first or
    nothing came in: an unknown mark is no zero.
    """

    status: Status
    reason: str = ""
    items: dict[str, float | str] = field(default_factory=dict)
    source: dict[str, int] = field(default_factory=dict)
    points: float | None = None
    possible: float | None = None
    percent: float | None = None


class Standings:
    """The rules of a class. ``chapters`` are those that everybody is asked for."""

    def __init__(
        self, scale: Scale, rules: Rules, given: Given, policy: Policy, chapters: Sequence[str]
    ) -> None:
        self.rules = rules
        self.given = given
        self.policy = policy
        self.noted = scale.noted
        self.chapter_of = scale.chapter_of
        asked = [name for chapter in chapters for name in scale.chapters[chapter]]
        self.scored = [name for name in asked if name not in scale.noted]
        self.asked = asked
        self.weight = {
            name: rules.weights.get(name, rules.weights.get(scale.chapter_of[name], 1.0))
            for name in asked
        }
        self._excused = {
            student: {n for name in names for n in scale.chapters.get(name, (name,))}
            for student, names in rules.excused.items()
        }

    def standing(self, student: str, handed: Sequence[Handed]) -> Standing:
        """Where the student of this id (or the hand-in of this name) stands."""
        handed = self._with_records(handed)
        counting = [one for one in handed if one.counts]
        found = Standing(*self._status(student, handed, counting))
        for place, one in enumerate(handed):
            if one.counts:
                for name, points in one.marks.items.items():
                    if name not in found.items or self._better(points, found.items[name]):
                        found.items[name], found.source[name] = points, place
        extra = self._by_hand(student, found)
        if found.status != "absent":
            self._sum(student, found, extra)
        return found

    def _with_records(self, handed: Sequence[Handed]) -> Sequence[Handed]:
        """The hand-ins, with no doubt about forms whose record came in another file.

        It is the one to a notebook if it answers anything of the same chapter.
        """
        if len(handed) == 1 or not any(one.marks.forms for one in handed):
            return handed
        records = [one.marks for one in handed if one.counts and one.marks.record]
        known = {chapter for marks in records for chapter in marks.chapters}
        return [
            replace(one, marks=_settled(one.marks)) if self._known(one.marks, known) else one
            for one in handed
        ]

    def _known(self, marks: Marks, chapters: set[str]) -> bool:
        forms = [name for name, points in marks.items.items() if points == UNKNOWN]
        return bool(forms) and all(self.chapter_of[name] in chapters for name in forms)

    def _status(
        self, student: str, handed: Sequence[Handed], counting: Sequence[Handed]
    ) -> tuple[Status, str]:
        if not handed:
            return "absent", "Nothing was handed in."
        if student in self.rules.checked:
            return "graded", ""
        if not counting:
            return "needs a person", "All that was handed in came late."
        company = [one.name for one in counting if one.marks.company]
        if 0 < len(company) < len(counting):
            counting = [one for one in counting if not one.marks.company]
        doubts = [one for one in counting if one.marks.status != "graded"]
        several = len(handed) > 1
        reasons = [
            f"{one.name}: {one.marks.reason}" if several else one.marks.reason
            for one in (doubts or counting)
            if one.marks.reason
        ]
        if not doubts:
            if company:
                reasons.append(f"Handed in beside it and not read: {listed(company, 3)}.")
            return "graded", " ".join(reasons)
        alone = all(one.marks.status == "rejected" for one in counting)
        return ("rejected" if alone else "needs a person"), " ".join(reasons)

    def _better(self, new: float | str, old: float | str) -> bool:
        """Whether a later hand-in's points take the place of an earlier one's."""
        if self.policy != "best":
            return self.policy in ("last", "classroom")
        if isinstance(new, str) or isinstance(old, str):
            return isinstance(old, str) and old != NOTED
        return new > old

    def _by_hand(self, student: str, found: Standing) -> list[str]:
        """Put in marks given by hand; returns the noted exercises that count through them."""
        if not self.given.marks:
            return []
        extra, key = [], safe(student)
        for name in self.asked:
            mark = self.given.marks.get((key, name))
            if mark is not None:
                found.items[name] = mark
                if name in self.noted:
                    extra.append(name)
        return extra

    def _sum(self, student: str, found: Standing, extra: Sequence[str]) -> None:
        excused = self._excused.get(student, set()) | self._excused.get("*", set())
        counting = [name for name in (*self.scored, *extra) if name not in excused]
        unsettled = [n for n in counting if found.items.get(n) in (UNREAD, UNKNOWN)]
        points = {n: 0.0 if isinstance(p := found.items.get(n, 0.0), str) else p for n in counting}
        if drop := self.rules.drop_lowest:
            dropped = sorted((n for n in counting if n not in unsettled), key=points.__getitem__)
            counting = [n for n in counting if n not in set(dropped[:drop])]
        possible = sum(self.weight[n] for n in counting)
        found.possible = possible
        if any(not isinstance(p, str) for p in found.items.values()):
            found.points = sum(self.weight[n] * points[n] for n in counting)
        settled = found.status == "graded" and found.points is not None
        if settled and possible and found.points is not None:
            found.percent = 100 * found.points / possible


def _settled(marks: Marks) -> Marks:
    """Marks without the doubt about forms."""
    return changed(
        marks,
        status="graded" if marks.forms_alone else marks.status,
        reason=" ".join(marks.reason.replace(marks.forms, "").split()),
        items={name: points for name, points in marks.items.items() if points != UNKNOWN},
        forms="",
    )
