"""Where one student stands, from all that came in from them and what the teacher rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace as changed

from .gradebook import safe
from .handin import listed
from .marking import NOTED, UNKNOWN, UNREAD, Marks, Status
from .rules import Given, Policy, Rules
from .scale import Scale

__all__ = ["Handed", "Standing", "Standings"]


class Handed(NamedTuple):
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
        self._elsewhere = scale.chapters.keys() - set(chapters)
        self.weight = {
            name: rules.weights.get(name, rules.weights.get(scale.chapter_of[name], 1.0))
            for name in asked
        }
        self._whole = sum(self.weight[name] for name in self.scored)
        self._checked = frozenset(rules.checked)
        self._excused = {
            student: {n for name in names for n in scale.chapters.get(name, (name,))}
            for student, names in rules.excused.items()
        }

    def standing(self, student: str, handed: Sequence[Handed]) -> Standing:
        """Where the student of this id (or the hand-in of this name) stands."""
        handed = self._with_records(handed)
        found = Standing(*self._status(student, handed))
        for place, one in enumerate(handed):
            if one.counts and not found.items:
                found.items = one.marks.items.copy()
                found.source = dict.fromkeys(found.items, place)
            elif one.counts:
                for name, points in one.marks.items.items():
                    if name not in found.items or self._better(points, found.items[name]):
                        found.items[name], found.source[name] = points, place
        extra = self._by_hand(student, found)
        if found.status != "absent":
            self._sum(student, found, extra)
        return found

    def _with_records(self, handed: Sequence[Handed]) -> Sequence[Handed]:
        """The hand-ins, with no doubt about forms whose record came in another file, or of chapters
        that nobody is asked for.

        It is the one to a notebook if it answers anything of the same chapter.
        """
        if len(handed) == 1 or not any(one.marks.forms for one in handed):
            return handed
        records = [one.marks for one in handed if one.counts and one.marks.record]
        known = {chapter for marks in records for chapter in marks.chapters} | self._elsewhere
        return [
            one._replace(marks=_settled(one.marks)) if self._known(one.marks, known) else one
            for one in handed
        ]

    def _known(self, marks: Marks, chapters: set[str]) -> bool:
        forms = [name for name, points in marks.items.items() if points == UNKNOWN]
        return bool(forms) and all(self.chapter_of[name] in chapters for name in forms)

    def _status(self, student: str, handed: Sequence[Handed]) -> tuple[Status, str]:
        if not handed:
            return "absent", "Nothing was handed in."
        if student in self._checked:
            return "graded", ""
        counting = [one for one in handed if one.counts]
        if len(handed) == len(counting) == 1:
            return handed[0].marks.status, handed[0].marks.reason
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
        items = found.items
        if self._excused or extra or self.rules.drop_lowest:
            counting = self._counting(student, items, extra)
            found.possible = sum([self.weight[name] for name in counting])
        else:
            counting, found.possible = self.scored, self._whole
        earned = [n for n in counting if n in items and not isinstance(items[n], str)]
        if earned or any(not isinstance(points, str) for points in items.values()):
            found.points = sum([self.weight[n] * float(items[n]) for n in earned], 0.0)
        if found.status == "graded" and found.points is not None and found.possible:
            found.percent = 100 * found.points / found.possible

    def _counting(
        self, student: str, items: Mapping[str, float | str], extra: Sequence[str]
    ) -> list[str]:
        """The exercises that count for a student who is excused from some, or whose lowest do not.

        What could not be read is not dropped: nobody knows how low it is.
        """
        excused = self._excused.get(student, set()) | self._excused.get("*", set())
        counting = [name for name in (*self.scored, *extra) if name not in excused]
        if not self.rules.drop_lowest:
            return counting
        settled = [n for n in counting if items.get(n) not in (UNREAD, UNKNOWN)]
        settled.sort(key=lambda n: 0.0 if isinstance(p := items.get(n, 0.0), str) else p)
        dropped = set(settled[: self.rules.drop_lowest])
        return [name for name in counting if name not in dropped]


def _settled(marks: Marks) -> Marks:
    """Marks without the doubt about forms."""
    return changed(
        marks,
        status="graded" if marks.forms_alone else marks.status,
        reason=" ".join(marks.reason.replace(marks.forms, "").split()),
        items={name: points for name, points in marks.items.items() if points != UNKNOWN},
        forms="",
    )
