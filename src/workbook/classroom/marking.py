"""What a hand-in earns: each answer judged, and every doubt put in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ..case import Case
from ..edition import did_you_mean
from ..judging import Face, Misread, is_blank, judge, read_answer
from .handin import HandIn, listed
from .literal import Typed, Unreadable

__all__ = ["UNKNOWN", "UNREAD", "Marks", "Status", "mark"]

Status = Literal["graded", "needs a person", "rejected"]

UNREAD = "unread"
"""Stands for the points of an exercise whose answer could not be read."""

UNKNOWN = "unknown"
"""Stands for the points of a form whose clicks did not come with the notebook."""


@dataclass(slots=True)
class Marks:
    """One row of a gradebook.

    ``items`` holds points, ``UNREAD`` or ``UNKNOWN`` by exercise; what was not answered is not in
    it, and a 0 in it was earned.
    """

    status: Status
    reason: str = ""
    chapters: tuple[str, ...] = ()
    possible: int | None = None
    items: dict[str, float | str] = field(default_factory=dict)

    @property
    def earned(self) -> list[float]:
        """The points of every exercise that was answered and read."""
        return [points for points in self.items.values() if not isinstance(points, str)]


def mark(case: Case, hand_in: HandIn) -> Marks:
    """Judge a hand-in.

    What a notebook can earn is for the exercises that have a cell in it, and those of the same
    chapters that its record answers: taking out a cell does not take out an answer. What a record
    can earn is for all exercises of the chapters in which it answers any.
    """
    return _Marking(case, hand_in).marks()


class _Marking:
    def __init__(self, case: Case, hand_in: HandIn) -> None:
        self.case = case
        self.hand_in = hand_in
        self.doubts = list(hand_in.doubts)
        self.notes = list(hand_in.notes)
        self.answers: dict[str, list[object]] = {}
        self.items: dict[str, float | str] = {}
        self.verdicts: set[str] = set()

    def marks(self) -> Marks:
        unread = self._gather()
        chapters, scope = self._scope()
        for name in scope:
            if name in self.answers:
                self._judge(name)
            for sentence in unread.get(name, ()):
                self._not_read(name, sentence)
        self._forms()
        self._displaced()
        if self.verdicts:
            self.notes.append(f"Verdicts on claims, noted and not marked: {len(self.verdicts)}.")
        if not self.items and not self.doubts:
            self.doubts.append("Nothing is answered in it.")
        return Marks(
            "needs a person" if self.doubts else "graded",
            " ".join([*self.doubts, *self.notes]),
            tuple(chapters),
            len(scope) or None,
            self.items,
        )

    def _gather(self) -> dict[str, list[str]]:
        """Put answers in order: the record's lines, then what was typed.

        An answer both recorded and typed is judged as the one try it was. Returns why typed
        arguments could not be read, by exercise.
        """
        unread: dict[str, list[str]] = {}
        strange: list[str] = []
        outdated: dict[str, int] = {}
        foreign = 0
        for line in self.hand_in.lines:
            if line.case != self.case.id:
                foreign += 1
            elif line.stage == "verdict" and line.exercise in self.case.claims:
                self.verdicts.add(line.exercise)
            elif line.exercise not in self.case.items:
                strange.append(line.exercise)
            elif line.revision != self.case.items[line.exercise].revision:
                outdated[line.exercise] = line.revision
            elif not is_blank(line.answer):
                self.answers.setdefault(line.exercise, []).append(line.answer)
        for typed in self.hand_in.typed:
            if isinstance(typed.value, Unreadable):
                unread.setdefault(typed.exercise, []).append(typed.value.sentence)
            elif not typed.exercise:
                unread.setdefault("", []).append("It does not say which exercise it answers.")
            elif typed.exercise in self.case.items and not is_blank(typed.value):
                self.answers.setdefault(typed.exercise, []).append(typed.value)
            if typed.exercise and typed.exercise not in self.case.items:
                strange.append(typed.exercise)
        for sentence in _once(unread.get("", ())):
            self.doubts.append(f"One answer cannot be graded: {sentence}")
        for name in _once(strange)[:3]:
            near = did_you_mean(name, self.case.items)
            self.doubts.append(f"There is no exercise “{_short(name)}”{near or '.'}")
        self._outdated(outdated)
        if foreign:
            self.notes.append(f"Answers to another thread were left out: {foreign}.")
        return unread

    def _outdated(self, outdated: dict[str, int]) -> None:
        for name, revision in outdated.items():
            now = self.case.items[name].revision
            if name in self.answers:
                self.notes.append(f"Answers to another revision of {name} were left out.")
            else:
                self.items[name] = UNREAD
                self.doubts.append(
                    f"The answer to {name} is for revision {revision} of the question; ours is "
                    f"revision {now}."
                )

    def _scope(self) -> tuple[list[str], list[str]]:
        """The chapters that the hand-in belongs to, and the exercises it can earn points for."""
        here = {t.exercise for t in (*self.hand_in.typed, *self._moved())} & self.case.items.keys()
        answered = {*self.answers, *self.items}
        chapters, scope, beyond = [], [], []
        for chapter, names in self.case.chapters.items():
            if (here or answered).intersection(names):
                chapters.append(chapter)
                scope += [name for name in names if not here or name in here | answered]
            elif answered.intersection(names):
                beyond.append(chapter)
                for name in names:
                    self.items.pop(name, None)
        if beyond:
            self.notes.append(
                f"Its record has answers to chapter {listed(beyond)} too; grade those from the "
                "record or from their own notebook."
            )
        return chapters, scope

    def _judge(self, name: str) -> None:
        face, key = self.case.compiled[name]
        result = judge(face, key, self.answers[name])
        if result.tries:
            self.items[name] = result.best
        for sentence in _once(_misread(face, value) for value in self.answers[name]):
            self._not_read(name, sentence)

    def _not_read(self, name: str, sentence: str) -> None:
        self.items.setdefault(name, UNREAD)
        said = f"An answer to {name} cannot be read: {sentence}"
        if said not in self.doubts:
            self.doubts.append(said)

    def _forms(self) -> None:
        """Forms that may have been clicked, in a notebook that did not bring its record."""
        if self.case.id in self.hand_in.records:
            return
        forms = [
            typed.exercise
            for typed in self.hand_in.typed
            if is_blank(typed.value) and typed.exercise in self.case.items
        ]
        unknown = [name for name in _once(forms) if name not in self.items]
        for name in unknown:
            self.items[name] = UNKNOWN
        if unknown:
            self.doubts.append(
                "No record came with the notebook, so what was chosen in its forms is unknown: "
                f"{listed(unknown)}. Ask for answers.jsonl."
            )

    def _moved(self) -> list[Typed]:
        """Answers that stand in cells that are not code."""
        return [
            typed
            for typed in self.hand_in.displaced
            if typed.exercise in self.case.items and not is_blank(typed.value)
        ]

    def _displaced(self) -> None:
        here = {typed.exercise for typed in self.hand_in.typed} | self.items.keys()
        moved = _once(typed.exercise for typed in self._moved() if typed.exercise not in here)
        for name in moved:
            self.items[name] = UNREAD
        if moved:
            self.doubts.append(
                f"An answer stands in a cell that is not a code cell: {listed(moved)}."
            )


def _misread(face: Face, value: object) -> str:
    """Why a value cannot be an answer; nothing if it can."""
    try:
        read_answer(face, value)
    except Misread as misread:
        return str(misread)
    return ""


def _once(names: Iterable[str]) -> list[str]:
    """Each of the names that are not empty, once, in order."""
    return [name for name in dict.fromkeys(names) if name]


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
