"""What a hand-in earns: each answer weighed, and every doubt put in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from msgspec import Raw, Struct, field

from ..edition import did_you_mean
from ..judging import is_blank
from ..record import BESIDE
from .earned import NOTED, Answered, Given, earned, packed, unpacked_all
from .handin import HandIn, listed
from .lines import Said
from .literal import Typed, Unreadable
from .scale import Scale

__all__ = ["NOTED", "UNKNOWN", "UNREAD", "Marks", "Status", "mark"]

Status = Literal["graded", "needs a person", "rejected", "absent"]

UNREAD = "unread"
"""Stands for the points of an exercise whose answer could not be read."""

UNKNOWN = "unknown"
"""Stands for the points of a form whose clicks did not come with the notebook."""

_MOST_DOUBTS = 200
"""Reasons that are told of one hand-in; no honest one has so many exercises in doubt."""

_VERDICTS, _GUESSES = "Verdicts on claims", "Guesses at whose words they are"
"""What a learner may commit to that is no answer to an exercise."""


class Marks(Struct, array_like=True):
    """One row of a gradebook.

    ``items`` holds points, ``UNREAD``, ``UNKNOWN`` or ``NOTED`` by exercise; what was not answered
    is not in it, and a 0 in it was earned. ``given`` has the answers, packed; ``latest`` is the
    latest time that its record names, and ``learner`` the name that the learner wrote into it.
    ``record`` says whether a record came with it. Where none did, ``forms`` is the sentence in
    ``reason`` that asks for one, and ``forms_alone`` says whether it is the only doubt. ``company``
    is a file of a kind that no hand-in has.
    """

    status: Status
    reason: str = ""
    chapters: tuple[str, ...] = ()
    possible: int | None = None
    items: dict[str, float | str] = field(default_factory=dict)
    given: Raw = packed(())
    latest: str = ""
    learner: str = ""
    record: bool = False
    forms: str = ""
    forms_alone: bool = False
    company: bool = False

    def answered(self) -> list[Answered]:
        """The answers by exercise, in the order of exercises."""
        return unpacked_all(self.given)

    def answers_to(self, item: str) -> Iterator[tuple[Given, str]]:
        """Each answer to one exercise, and its time."""
        return chain.from_iterable(one.given() for one in self.answered() if one.item == item)


def mark(scale: Scale, hand_in: HandIn) -> Marks:
    """Judge a hand-in.

    What a notebook can earn is for the exercises that have a cell in it, and those of the same
    chapters that its record answers: taking out a cell does not take out an answer. What a record
    can earn is for all exercises of the chapters in which it answers any. Exercises whose answers
    are only noted never count.
    """
    return _Marking(scale, hand_in).marks()


class _Marking:
    def __init__(self, scale: Scale, hand_in: HandIn) -> None:
        self.scale = scale
        self.case = scale.case
        self.hand_in = hand_in
        self.doubts = list(hand_in.doubts)
        if len(hand_in.learners) > 1:
            self.doubts.append(f"Different names stand in it: {listed(hand_in.learners)}.")
        self.notes = list(hand_in.notes)
        self.answers: dict[str, tuple[list[Said], list[str]]] = {}
        self.typed: set[str] = set()
        self.items: dict[str, float | str] = {}
        self.given: list[Answered] = []
        self.beside: dict[str, set[str]] = {_VERDICTS: set(), _GUESSES: set()}
        self.latest = ""
        self.forms = ""

    def marks(self) -> Marks:
        unread = self._gather()
        chapters, scope, possible = self._scope()
        self._judge(scope)
        for name in scope if unread else ():
            for sentence in unread.get(name, ()):
                self._not_read(name, sentence)
        if self.hand_in.notebook:
            self._forms()
            self._displaced()
        for what, names in self.beside.items():
            if names:
                self.notes.append(f"{what}, noted and not marked: {len(names)}.")
        if not self.items and not self.doubts:
            self.doubts.append("Nothing is answered in it.")
        return Marks(
            "needs a person" if self.doubts else "graded",
            " ".join([*self.doubts[:_MOST_DOUBTS], *self.notes]),
            tuple(chapters),
            possible or None,
            self.items,
            packed(self.given),
            self.latest,
            self.hand_in.learners[0] if self.hand_in.learners else "",
            not self.hand_in.notebook or self.case.id in self.hand_in.records,
            self.forms,
            self.doubts == [self.forms],
        )

    def _gather(self) -> dict[str, list[str]]:
        """Put answers in order: the record's lines, then what was typed.

        An answer both recorded and typed is judged as the one try it was. Returns why typed
        arguments could not be read, by exercise.
        """
        unread: dict[str, list[str]] = {}
        strange: list[str] = []
        outdated: dict[str, int] = {}
        foreign, items, own = 0, self.case.items, self.case.id
        elsewhere: set[str] = set()
        ran: dict[str, None] = {}
        scale, answers, latest = self.scale, self.answers, ""
        for said, time in zip(self.hand_in.lines, self.hand_in.times, strict=True):
            name = said.item if said.scale is scale else scale.weigh(said)
            if name:
                if name in answers:
                    one = answers[name]
                    one[0].append(said)
                    one[1].append(time)
                else:
                    answers[name] = ([said], [time])
                if time > latest:
                    latest = time
                continue
            line = said.line
            name = line.exercise
            if line.case != own:
                foreign += 1
            elif line.stage is not None and line.stage in BESIDE:
                if line.stage == "verdict" and name in self.case.claims:
                    self.beside[_VERDICTS].add(name)
                elif line.stage == "whose" and name in self.case.edition.passages:
                    self.beside[_GUESSES].add(name)
                elif name not in items:
                    strange.append(name)
            elif name not in items:
                strange.append(name)
            elif name not in self.scale.chapter_of:
                elsewhere.add(name)
            elif line.revision != items[name].revision:
                outdated[name] = line.revision
        self.latest = latest
        for typed in self.hand_in.typed:
            name = typed.exercise
            if name in items and name not in self.scale.chapter_of:
                elsewhere.add(name)
            elif isinstance(typed.value, Unreadable):
                if typed.value.code and self._recorded(name):
                    ran[name] = None
                else:
                    unread.setdefault(name, []).append(typed.value.sentence)
            elif not name:
                unread.setdefault("", []).append("It does not say which exercise it answers.")
            elif name in items and not is_blank(typed.value):
                one = answers.setdefault(name, ([], []))
                one[0].append(scale.typed(name, typed.value))
                one[1].append("")
                self.typed.add(name)
            if name and name not in items:
                strange.append(name)
        for sentence in _once(unread.get("", ())):
            self.doubts.append(f"One answer cannot be graded: {sentence}")
        for name in _once(strange)[:3]:
            near = did_you_mean(name, items)
            self.doubts.append(f"There is no exercise “{_short(name)}”{near or '.'}")
        if outdated:
            self._outdated(outdated)
        if ran:
            self.notes.append(
                f"What is typed for {listed(ran)} is code; the answer that its record kept counts."
            )
        if foreign:
            self.notes.append(f"Answers to another thread were left out: {foreign}.")
        if elsewhere:
            self.notes.append(
                f"Exercises of chapters that are not graded now were left out: {len(elsewhere)}."
            )
        return unread

    def _recorded(self, name: str) -> bool:
        """Whether the record has an answer to an exercise; so far only it was looked at, or the
        like was typed.
        """
        said, times = self.answers.get(name, ((), ()))
        return any(not one.weighed.problem for one, time in zip(said, times, strict=True) if time)

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

    def _scope(self) -> tuple[Sequence[str], Sequence[str], int]:
        """The chapters that the hand-in belongs to, the exercises that stand in it, and how many
        of these can earn points.
        """
        chapter_of, noted = self.scale.chapter_of, self.scale.noted
        answered = self.answers.keys() | self.items.keys()
        own = {chapter_of[name] for name in answered}
        here = self.hand_in.notebook and self._here()
        if not here:
            return self.scale.whole(frozenset(own))
        beyond = own
        own = {chapter_of[name] for name in here}
        beyond -= own
        chapters, scope = [], []
        for chapter, names in self.scale.chapters.items():
            if chapter in own:
                chapters.append(chapter)
                scope += [name for name in names if name in here or name in answered]
            elif chapter in beyond:
                for name in names:
                    self.items.pop(name, None)
        if beyond:
            elsewhere = [chapter for chapter in self.scale.chapters if chapter in beyond]
            self.notes.append(
                f"Its record has answers to chapter {listed(elsewhere)} too; grade those from the "
                "record or from their own notebook."
            )
        return chapters, scope, sum(name not in noted for name in scope)

    def _here(self) -> set[str]:
        """The exercises that have a cell in a notebook."""
        cells = (*self.hand_in.typed, *self._moved())
        return {typed.exercise for typed in cells} & self.scale.chapter_of.keys()

    def _judge(self, scope: Sequence[str]) -> None:
        """See what the answers to each exercise earned, for everybody's or for this one's sake."""
        scale, answers = self.scale, self.answers
        for name in scope:
            if name not in answers:
                continue
            said, times = answers[name]
            found = scale.earned.get(tuple(said)) or earned(scale, name, said, name in self.typed)
            if found.points is not None:
                self.items[name] = found.points
            if len(found.places) != len(times):
                times = [times[place] for place in found.places]
            self.given.append(Answered(name, found.packed, times))
            if found.problems:
                for sentence in found.problems:
                    self._not_read(name, sentence)

    def _not_read(self, name: str, sentence: str) -> None:
        self.items.setdefault(name, UNREAD)
        said = f"An answer to {name} cannot be read: {sentence}"
        if len(self.doubts) < _MOST_DOUBTS and said not in self.doubts:
            self.doubts.append(said)

    def _forms(self) -> None:
        """Forms that may have been clicked, in a notebook that did not bring its record."""
        if self.case.id in self.hand_in.records:
            return
        forms = [
            typed.exercise
            for typed in self.hand_in.typed
            if is_blank(typed.value) and typed.exercise in self.scale.chapter_of
        ]
        unknown = [name for name in _once(forms) if name not in self.items]
        for name in unknown:
            self.items[name] = UNKNOWN
        if unknown:
            self.forms = (
                "No record came with the notebook, so what was chosen in its forms is unknown: "
                f"{listed(unknown)}. Ask for answers.jsonl."
            )
            self.doubts.append(self.forms)

    def _moved(self) -> list[Typed]:
        """Answers that stand in cells that are not code."""
        return [
            typed
            for typed in self.hand_in.displaced
            if typed.exercise in self.scale.chapter_of and not is_blank(typed.value)
        ]

    def _displaced(self) -> None:
        """Answers in other cells than code cells, of exercises that have none in a code cell.

        Where the code cell is still there and blank, what is only noted may be an example of ours.
        """
        here = {
            typed.exercise
            for typed in self.hand_in.typed
            if typed.exercise in self.scale.noted or not is_blank(typed.value)
        }
        here |= self.items.keys()
        moved = _once(typed.exercise for typed in self._moved() if typed.exercise not in here)
        for name in moved:
            self.items[name] = UNREAD
        if moved:
            self.doubts.append(
                f"An answer stands in a cell that is not a code cell: {listed(moved)}."
            )


def _once(names: Iterable[str]) -> list[str]:
    """Each of the names that are not empty, once, in order."""
    return [name for name in dict.fromkeys(names) if name]


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
