"""From a learner's answers to feedback: read, score, find the mistake, choose the reply.

An exercise comes here as two plain records (``kinds/`` makes them): its *face*, which a
learner may see whole, and its *key*. Nothing else is seen, so it is the same judge for a notebook,
a page (``forms/exercise.js`` is its twin) and a gradebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .feedback import Feedback, Verdict, words
from .kinds import KINDS, Face, Key, Misread, NotedExercise, fill
from .scoring import TRY_FACTORS, points, same_value

__all__ = ["Face", "Key", "Misread", "fill", "is_blank", "judge", "read_answer"]


def is_blank(value: object) -> bool:
    """Whether a value is no answer at all: nothing, ``...``, or an empty text, list or record."""
    return (
        value is None
        or value is Ellipsis
        or (isinstance(value, str | list | tuple | dict) and not value)
    )


def read_answer(face: Face, value: object) -> Any:
    """The answer in ``value`` as scoring compares it, or ``Misread`` with a sentence that helps."""
    return KINDS[face["kind"]].read(face, value)


def judge(face: Face, key: Key | None, answers: Sequence[object]) -> Feedback:
    """The feedback on a learner's answers to one exercise, given in the order committed.

    Without a key, as in the classroom edition, an answer that can be read is recorded.

    An answer that repeats an earlier one, or that cannot be read, is no try; once the exercise is
    closed (a correct answer, or three tries) later answers earn nothing and are replied to all
    the same. Points are score × try factor, and the best try counts.
    """
    kind = KINDS[face["kind"]]
    if key is None:
        return _recorded(face, answers)
    if issubclass(kind, NotedExercise):
        return _noted(kind, face, key, answers)
    tries: list[Any] = []
    scored: list[tuple[float, str, Mapping[str, Any] | None]] = []
    last: Any = None
    problem = ""
    for value in answers:
        if is_blank(value):
            last, problem = None, words()["replies"]["unanswered"]
            continue
        try:
            last, problem = read_answer(face, value), ""
        except Misread as misread:
            last, problem = None, str(misread)
            continue
        closed = len(tries) == len(TRY_FACTORS) or any(score == 1 for score, _, _ in scored)
        if not closed and not any(same_value(last, earlier) for earlier in tries):
            tries.append(last)
            scored.append(kind.score(face, key, last))
    earned = points([score for score, _, _ in scored])
    best = max(earned, default=0.0)
    closed = len(tries) == len(TRY_FACTORS) or any(score == 1 for score, _, _ in scored)
    common: dict[str, Any] = {
        "exercise": face["id"],
        "best": best,
        "tries": len(tries),
        "tries_left": 0 if closed else len(TRY_FACTORS) - len(tries),
        "closed": closed,
        "worked": key["worked"] if closed else None,
        "because": key["because"] if closed else None,
        "alternatives": tuple(_alternatives(key)) if closed else (),
        "told": tuple(key.get("told", ())) if any(score == 1 for score, _, _ in scored) else (),
    }
    if last is None:
        reply = problem or words()["replies"]["unanswered"]
        return Feedback(verdict="unanswered", reply=reply, **common)
    score, part, reading = kind.score(face, key, last)
    place = next((i for i, earlier in enumerate(tries) if same_value(last, earlier)), None)
    mistake = None if score == 1 else _mistake(face, key, last)
    verdict: Verdict = "correct" if score == 1 else "partly" if score > 0 else "not yet"
    return Feedback(
        verdict=verdict,
        score=score,
        points=0.0 if place is None else earned[place],
        reply=_reply(key, score, reading, mistake),
        part=part,
        code=mistake["code"] if mistake else None,
        **common,
    )


def _noted(kind: type[NotedExercise], face: Face, key: Key, answers: Sequence[object]) -> Feedback:
    """The feedback where nothing is right or wrong: what was found, and how we read it."""
    read, problem = _readable(face, answers)
    common: dict[str, Any] = {"exercise": face["id"], "tries_left": face["tries"]}
    if problem:
        return Feedback(verdict="unanswered", reply=problem, **common)
    part, shown = kind.note(face, key, read)
    return Feedback(
        verdict="noted",
        reply=words()["replies"]["noted"] if shown else "",  # else there is nothing to compare
        part=part,
        worked=key["worked"] or None if shown else None,
        because=key["because"] or None if shown else None,
        **common,
    )


def _recorded(face: Face, answers: Sequence[object]) -> Feedback:
    """The reply where the key is with the teacher."""
    _, problem = _readable(face, answers)
    return Feedback(
        exercise=face["id"],
        verdict="unanswered" if problem else "recorded",
        reply=problem or words()["replies"]["recorded"],
        tries_left=face["tries"],
    )


def _readable(face: Face, answers: Sequence[object]) -> tuple[list[Any], str]:
    """The answers that can be read, and why the last one cannot."""
    read: list[Any] = []
    problem = words()["replies"]["unanswered"]
    for value in answers:
        problem = words()["replies"]["unanswered"] if is_blank(value) else ""
        if not problem:
            try:
                read.append(read_answer(face, value))
            except Misread as misread:
                problem = str(misread)
    return read, problem


def _reply(
    key: Key, score: float, reading: Mapping[str, Any] | None, mistake: Mapping[str, Any] | None
) -> str:
    replies = words()["replies"]
    if score == 1:
        if reading and reading["because"] is not None:
            return f"{replies['alternative']} {reading['because']}"
        return str(replies["correct"])
    return str(mistake["reply"] if mistake else key["fallback"])


def _alternatives(key: Key) -> list[str]:
    return [
        f"{reading['worked']}. {reading['because']}"
        for reading in key["readings"]
        if reading["because"] is not None
    ]


def _mistake(face: Face, key: Key, answer: Any) -> Mapping[str, Any] | None:
    """The first declared mistake that ``answer`` makes."""
    return next((m for m in key["mistakes"] if KINDS[face["kind"]].makes(m, answer)), None)
