"""What each answer is worth, without the sentences that only its learner needs.

The rules of tries are the judge's (``judging.judge``), and a test holds both to one result. Here
a whole class is weighed, so an answer that many gave is read and scored once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec.structs import replace

from ..case import Case
from ..judging import Face, Key, Misread, is_blank, read_answer
from ..kinds import KINDS
from ..kinds.base import Accepted
from ..record import BESIDE, Line
from ..scoring import TRY_FACTORS, same_value
from .lines import Said

__all__ = ["Scale", "Try", "Weighed", "best_of", "counted", "in_full", "points_of", "weigh"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer that was read: the value as scoring compares it, its score from 0 to 1 and the
    code of the likely mistake. ``problem`` is the sentence where it could not be read.
    """

    value: Any
    text: str
    score: float = 0.0
    code: str = ""
    noted: bool = False
    problem: str = ""


class Try(NamedTuple):
    """A try that counts (``number`` from 1) or an answer that does not (0), and what it earned."""

    number: int
    points: float


def weigh(face: Face, key: Key, value: object) -> Weighed:
    """Read and score one answer."""
    kind = KINDS[face["kind"]]
    try:
        read = read_answer(face, value)
    except Misread as misread:
        return Weighed(None, "", problem=str(misread))
    text = _as_json(value)
    if kind.noted:
        return Weighed(read, text, noted=True)
    score = kind.score(face, key, read)[0]
    code = ""
    if score != 1:
        made = (m["code"] for m in key["mistakes"] if kind.makes(m, read))
        code = next(made, "")
    return Weighed(read, text, score, code)


_LONGEST = 20_000
"""Characters of an answer that are kept for counting; more would not fit into little memory."""


def _as_json(value: object) -> str:
    """An answer as JSON text; nothing for the few values of Python's that JSON has not, and for
    texts longer than any answer.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError):
        return ""
    return text if len(text) <= _LONGEST else ""


def counted(answers: Sequence[Weighed]) -> list[Try]:
    """What each of a learner's answers to one exercise earned, in the order given.

    An answer that repeats an earlier one or could not be read is no try, and after a right answer
    or three tries there are no more.
    """
    if len(answers) == 1 and not (answers[0].problem or answers[0].noted):
        return [Try(1, answers[0].score)]  # most are right at once
    tries: list[Any] = []
    closed = False
    found = []
    for one in answers:
        if one.problem or one.noted or closed or any(same_value(one.value, t) for t in tries):
            found.append(_NO_TRY)
            continue
        earned = one.score * TRY_FACTORS[len(tries)]
        tries.append(one.value)
        closed = one.score == 1 or len(tries) == len(TRY_FACTORS)
        found.append(Try(len(tries), earned))
    return found


_NO_TRY = Try(0, 0.0)


def best_of(tries: Iterable[Try], policy: str = "best") -> float | None:
    """The points of the try that counts; None where there is no try."""
    earned = [one.points for one in tries if one.number]
    if not earned:
        return None
    return max(earned) if policy == "best" else earned[0 if policy == "first" else -1]


def in_full(answers: Sequence[Weighed]) -> list[Try]:
    """Each answer that could be read, as a try that earns its whole score; the last one counts.

    So the classroom edition counts: its forms give no verdict, and no change of mind costs a try.
    An answer that repeats the one before it is no try.
    """
    found = []
    number = 0
    before: Any = None
    for one in answers:
        if one.problem or one.noted or (number and same_value(one.value, before)):
            found.append(_NO_TRY)
            continue
        number, before = number + 1, one.value
        found.append(Try(number, one.score))
    return found


def points_of(face: Face, key: Key, answers: Sequence[object]) -> float:
    """What ``judge(face, key, answers).best`` is, without the feedback."""
    read = [weigh(face, key, value) for value in answers if not is_blank(value)]
    return best_of(counted(read)) or 0.0


class Scale:
    """The exercises of a case, ready to weigh answers to them.

    ``accept`` holds answers that a teacher accepts besides the case's own, by exercise; raises
    ``Misread`` if one of them could not be an answer. ``chapters`` leaves out all others.
    """

    def __init__(
        self,
        case: Case,
        accept: Mapping[str, Sequence[Any]] | None = None,
        chapters: Sequence[str] | None = None,
        policy: str = "best",
    ) -> None:
        self.case = case
        self.policy = policy
        self.faces_and_keys = dict(case.compiled)
        for name, answers in (accept or {}).items():
            face, _ = self.faces_and_keys[name]
            for answer in answers:
                read_answer(face, answer)
            self.faces_and_keys[name] = (face, _accepting(case, name, answers))
        wanted = list(case.chapters) if chapters is None else list(chapters)
        self.chapters = {chapter: case.chapters[chapter] for chapter in wanted}
        self.items = [name for names in self.chapters.values() for name in names]
        self.chapter_of = {name: c for c, names in self.chapters.items() for name in names}
        self.noted = {name for name in case.items if case.items[name].noted}
        self.whole = lru_cache(maxsize=1000)(self._whole)
        self.earned: dict[Any, Any] = {}
        """What ``earned.py`` found, by all that was said in answer to one exercise."""

    def _whole(self, chapters: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """Chapters in their order, all exercises in them, and how many of these earn points."""
        own = tuple(chapter for chapter in self.chapters if chapter in chapters)
        names = tuple(name for chapter in own for name in self.chapters[chapter])
        return own, names, sum(name not in self.noted for name in names)

    def weigh(self, said: Said) -> str:
        """See what a line of a record is worth: fills in ``item`` and ``weighed`` of ``said``.

        Returns the exercise that it answers, which is also in ``item``; "" if it answers none that
        counts: a blank, another case's, chapter's or revision's, or something said beside it.
        """
        line = said.line
        name = line.exercise
        item = ""
        if (
            line.case == self.case.id
            and line.stage not in BESIDE
            and name in self.chapter_of
            and line.revision == self.case.items[name].revision
            and not is_blank(line.answer)
        ):
            item, said.weighed = name, self.weigh_value(name, line.answer)
        said.item, said.scale = item, self
        return item

    def typed(self, name: str, value: object) -> Said:
        """A value typed into a notebook as an answer to an exercise, as if a record said it."""
        said = Said(Line(self.case.id, name, self.case.items[name].revision, value, ""))
        said.item, said.weighed = name, self.weigh_value(name, value)
        return said

    def weigh_value(self, name: str, value: object) -> Weighed:
        """What a value is worth as an answer to an exercise."""
        face, key = self.faces_and_keys[name]
        return weigh(face, key, value)


def _accepting(case: Case, name: str, answers: Sequence[Any]) -> Key:
    """The key of an exercise with further accepted answers."""
    item = case.items[name]
    more = [Accepted(answer=answer, because="Your teacher accepts it.") for answer in answers]
    return replace(item, accept=(*item.accept, *more)).key(case)
