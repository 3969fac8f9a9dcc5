"""What is wrong with a declared exercise, in sentences for its author.

Answers, alternatives and mistakes are proved by putting each to the judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from keyword import iskeyword
from typing import Any

from .edition import Edition, NotAnchored, did_you_mean
from .exercise import Exercise, compile_face, compile_key
from .judging import Face, Key, Misread, judge, read_answer
from .kinds import Mistake

__all__ = ["faults", "twin_faults"]

_TAKEN = {
    "hand_in": "hands a notebook in",
    "due": "tells what is due again",
    "progress": "tells how far one is",
}
"""What can be asked of all exercises together, and so is no name for one."""


def faults(
    exercise: Exercise, edition: Edition, case_id: str, unsound: Set[str] = frozenset()
) -> Iterator[str]:
    """Everything wrong with a declared exercise, one sentence each.

    What it needs and is ``unsound`` has its own problem; of what hangs on it nothing is said.
    """
    name = exercise.id
    if not name.isidentifier() or not name.isascii() or name.startswith("_") or iskeyword(name):
        yield "the id must be a name that can be typed in Python, such as who_remembers"
    if name in _TAKEN:
        yield f"the id `{name}` is taken: it is the command that {_TAKEN[name]}"
    if exercise.revision < 1:
        yield "the revision must be 1 or more"
    for name in ("title", "prompt", "because", "fallback"):
        needed = name != "fallback" or not exercise.noted
        if needed and not getattr(exercise, name).strip():
            yield f"`{name}` is empty"
    if len(exercise.hints) > 3:
        yield f"has {len(exercise.hints)} hints; three is the most"
    if len(exercise.mistake) < 2 and not exercise.noted:
        count = len(exercise.mistake)
        yield f"has {count} likely mistake{'s' * (count != 1)}; declare at least two"
    if exercise.passage not in edition.passages and exercise.passage not in unsound:
        near = did_you_mean(exercise.passage, edition.passages)
        yield f"passage “{exercise.passage}” is not in the edition{near}"
        return
    if not _sound(edition) or not unsound.isdisjoint(exercise.needs()):
        return  # the edition itself is at fault, and that is reported where it stands
    found: list[str] = []
    try:
        found += exercise.structure_faults(edition)
        found += _pattern_faults(exercise)
        found += [] if found else _answer_faults(exercise, edition, case_id)
    except (AttributeError, KeyError, TypeError, ValueError):
        said = f"an answer or a mistake is not of the shape that a {exercise.kind} exercise takes"
        found.append(f"{said}; lay it beside one that is right")
    yield from found


def _answer_faults(exercise: Exercise, edition: Edition, case_id: str) -> Iterator[str]:
    """Faults of answers, alternatives and mistakes, found by putting each to the judge."""
    face = compile_face(exercise, edition, case_id)
    try:
        key = compile_key(exercise, face, edition)
    except NotAnchored as error:
        yield f"{error} (in passage {exercise.passage})"
        return
    for reading in key["readings"]:
        for answer in reading.get("chains", [reading["answer"]]):
            try:
                read_answer(face, answer)
            except Misread as error:
                yield f"the answer {answer!r} cannot be given: {error}"
                return
            if judge(face, key, [answer]).verdict != "correct":
                yield f"the answer {answer!r} does not earn full credit; check minimal and maximal"
    for mistake, authored in zip(key["mistakes"], exercise.mistake, strict=True):
        yield from _mistake_faults(exercise, authored, mistake, face, key)


def _pattern_faults(exercise: Exercise) -> Iterator[str]:
    """Mistakes described by no pattern, by two, or by one that their kind does not know."""
    every = ("answer", "touches", "has", "lacks", "before")
    known = " or ".join(f"`{pattern}`" for pattern in exercise.patterns)
    for mistake in exercise.mistake:
        used = [pattern for pattern in every if getattr(mistake, pattern) is not None]
        if strange := [pattern for pattern in used if pattern not in exercise.patterns]:
            yield f"`{strange[0]}` means nothing in a {exercise.kind} exercise; use {known}"
        elif len(used) != 1:
            yield f"the mistake {mistake.code} needs exactly one of {known}"
        if mistake.tolerance is not None and exercise.kind != "number":
            yield "`tolerance` is for numbers only"


def _mistake_faults(
    exercise: Exercise, authored: Mistake, mistake: Mapping[str, Any], face: Face, key: Key
) -> Iterator[str]:
    if not authored.reply.strip():
        yield f"the mistake {authored.code} has no reply"
    if fault := exercise.mistake_faults(authored, mistake, key):
        yield fault
        return
    answer = exercise.whole(mistake)
    if answer is None:
        return
    try:
        read_answer(face, answer)
    except Misread as error:
        yield f"the mistake {mistake['answer']!r} cannot be given: {error}"
        return
    found = judge(face, key, [answer])
    if found.verdict == "correct":
        yield f"{answer!r} is both an answer and a mistake"
    elif found.reply != authored.reply:
        yield f"the mistake {answer!r} never draws its reply: an earlier one matches first"


def _sound(edition: Edition) -> bool:
    """Whether every passage has its post and every post its voice, so that faces can be drawn."""
    return all(post.voice in edition.voices for post in edition.posts.values()) and all(
        passage.post in edition.posts for passage in edition.passages.values()
    )


def twin_faults(
    items: Mapping[str, Exercise], unsound: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """What is wrong with the twins of a case's exercises, as (exercise, sentence).

    A twin that is ``unsound`` has its own problem.
    """
    for item in items.values():
        if not item.twin or item.twin in unsound:
            continue
        other = items.get(item.twin)
        if item.twin == item.id:
            yield item.id, "names itself as its twin"
        elif other is None:
            near = did_you_mean(item.twin, items)
            yield item.id, f"its twin “{item.twin}” is not an exercise of this case{near}"
        elif other.twin != item.id:
            theirs = f"has the twin “{other.twin}”" if other.twin else "names no twin"
            yield item.id, f"its twin “{item.twin}” {theirs}; twins name each other"
