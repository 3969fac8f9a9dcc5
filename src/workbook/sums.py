"""How far a learner has come: sums over their own record, and over nothing else.

``forms/sums.js`` is the twin of this room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .feedback import Verdict
from .judging import Face, Key, Misread, is_blank, judge, read_answer
from .kinds import KINDS
from .record import BESIDE, Line
from .spacing import RETURNS

__all__ = ["STATES", "ChapterSum", "Part", "Question", "Stand", "Sums", "sum_up"]

STATES: tuple[Verdict, ...] = ("correct", "partly", "not yet", "noted", "recorded")
"""How an exercise that was answered can stand, in the order in which it is told."""

_SETTLED = 2
"""So many answers in a chapter, or all that it asks for, and the learner is taken to be in it."""


class Question(NamedTuple):
    """An exercise: its face, its key (None where that is with the teacher) and its twin's id."""

    face: Face
    key: Key | None
    twin: str


class Part(NamedTuple):
    """A chapter with its exercises in order; ``title`` may be empty."""

    id: str
    title: str
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class Stand:
    """How one exercise stands.

    ``state`` is the best that any try came to. ``open``: it is begun, and there are tries or a
    stage left. ``at`` is the place in the record of the first answer that can be read, -1 if there
    is none. ``first`` and ``code`` are of the first try where answers are marked: whether it was
    right, and the likely mistake it made.
    """

    exercise: str
    state: Verdict = "unanswered"
    tries: int = 0
    open: bool = False
    at: int = -1
    first: Literal["", "right", "missed"] = ""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ChapterSum:
    """A chapter's exercises, how many are answered, the tries used, how many stand how, and the
    first that is not answered (empty where all are)."""

    id: str
    stands: tuple[Stand, ...]
    answered: int
    tries: int
    counts: Mapping[Verdict, int]
    next: str


@dataclass(frozen=True, slots=True)
class Sums:
    """All chapters together. ``chapter`` is the one the learner has reached, empty for none.

    ``due`` are twins that come back there and are not answered yet, ``open`` is begun and not
    ended, ``ended`` was not right when the tries were used; each is a list of ids. ``next`` is
    where to go on.
    """

    chapters: tuple[ChapterSum, ...]
    all: int
    answered: int
    tries: int
    counts: Mapping[Verdict, int]
    chapter: str
    next: str
    due: tuple[str, ...]
    open: tuple[str, ...]
    ended: tuple[str, ...]


def sum_up(parts: Sequence[Part], case: str, lines: Iterable[Line]) -> Sums:
    """What a record, its lines in the order committed, says of the exercises in ``parts``.

    Answers to other cases, exercises and revisions are passed over, and so is what was said
    beside an answer.
    """
    given: dict[tuple[str, int], list[tuple[int, Any]]] = {}
    for at, line in enumerate(lines):
        if line.case == case and line.stage not in BESIDE:
            given.setdefault((line.exercise, line.revision), []).append((at, line.answer))
    chapters = tuple(_chapter(part, given) for part in parts)
    stands = [stand for chapter in chapters for stand in chapter.stands]
    here, due = _reached(parts, stands)
    after = [*chapters[max(here, 0) :], *chapters[: max(here, 0)]]
    return Sums(
        chapters=chapters,
        all=len(stands),
        answered=sum(chapter.answered for chapter in chapters),
        tries=sum(chapter.tries for chapter in chapters),
        counts=_counts(stands),
        chapter=chapters[here].id if here >= 0 else "",
        next=next((chapter.next for chapter in after if chapter.next), ""),
        due=tuple(due),
        open=tuple(stand.exercise for stand in stands if stand.open),
        ended=tuple(
            stand.exercise
            for stand in stands
            if stand.state in ("partly", "not yet") and not stand.open
        ),
    )


def _chapter(part: Part, given: Mapping[tuple[str, int], Sequence[tuple[int, Any]]]) -> ChapterSum:
    stands = tuple(
        _stand(one, given.get((one.face["id"], one.face["revision"]), ())) for one in part.questions
    )
    missing = [stand.exercise for stand in stands if stand.at < 0]
    return ChapterSum(
        id=part.id,
        stands=stands,
        answered=len(stands) - len(missing),
        tries=sum(stand.tries for stand in stands),
        counts=_counts(stands),
        next=missing[0] if missing else "",
    )


def _counts(stands: Iterable[Stand]) -> dict[Verdict, int]:
    found = Counter(stand.state for stand in stands)
    return {state: found[state] for state in STATES}


def _stand(question: Question, given: Sequence[tuple[int, Any]]) -> Stand:
    """Where a learner stands who gave these answers, each with its place in the record."""
    face, key, _ = question
    name = face["id"]
    if key is None or KINDS[face["kind"]].noted:
        read = [(at, value) for at, value in given if _is_readable(face, value)]
        if not read:
            return Stand(name)
        state: Verdict = "recorded" if key is None else "noted"
        return Stand(name, state, open=_is_halfway(face, read[-1][1]), at=read[0][0])
    tries: list[Any] = []
    first, place, best, closed = None, -1, 0.0, False
    for at, value in given:
        got = judge(face, key, [*tries, value])
        if got.tries == len(tries):
            continue  # it cannot be read, or is no new try
        tries.append(value)
        best, closed = max(best, got.score), got.closed
        if first is None:
            first, place = got, at
        if closed:
            break
    if first is None:
        return Stand(name)
    return Stand(
        name,
        "correct" if best == 1 else "partly" if best > 0 else "not yet",
        tries=len(tries),
        open=not closed,
        at=place,
        first="right" if first.score == 1 else "missed",
        code=first.code,
    )


def _is_readable(face: Face, value: object) -> bool:
    try:
        return not is_blank(value) and read_answer(face, value) is not None
    except Misread:
        return False


def _is_halfway(face: Face, value: object) -> bool:
    """Whether a stage comes after the one that this answer belongs to."""
    last = "after" if face.get("shares") else "revealed" if face["kind"] == "rate" else None
    return KINDS[face["kind"]].stage(face, value) != last


def _reached(parts: Sequence[Part], stands: Iterable[Stand]) -> tuple[int, list[str]]:
    """The place of the chapter that the learner has reached, -1 for none, and the twins due there.

    It is the furthest in which they have settled. Whoever follows a twin into a later chapter,
    when it is due, has not moved on by that.
    """
    home = {one.face["id"]: at for at, part in enumerate(parts) for one in part.questions}
    twins = {
        one.face["id"]: one.twin for part in parts for one in part.questions if one.twin in home
    }
    answered = sorted((one for one in stands if one.at >= 0), key=lambda stand: stand.at)
    names = [stand.exercise for stand in answered]
    seen: set[str] = set()
    count: Counter[int] = Counter()
    here = -1
    for name in names:
        at, twin = home[name], twins.get(name, "")
        if not (twin in seen and here - home[twin] in RETURNS):
            count[at] += 1
        seen.add(name)
        if at > here and count[at] >= min(_SETTLED, len(parts[at].questions)):
            here = at
    due = [twins[name] for name in names if name in twins and here - home[name] in RETURNS]
    return here, [twin for twin in due if twin not in seen]
