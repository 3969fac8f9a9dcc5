"""What is wrong with a declared exercise, in sentences for its author.

Answers, alternatives and mistakes are proved by putting each to the judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .attribution import expand
from .edition import Edition, NotAnchored, did_you_mean
from .exercise import (
    CertaintyExercise,
    ChainExercise,
    ChoiceExercise,
    Exercise,
    MarkExercise,
    Mistake,
    compile_face,
    compile_key,
)
from .judging import Face, Key, Misread, judge, read_answer

__all__ = ["faults"]


def faults(exercise: Exercise, edition: Edition, case_id: str) -> Iterator[str]:
    """Everything wrong with a declared exercise, one sentence each."""
    if not exercise.id.isidentifier() or exercise.id.startswith("_"):
        yield "the id must be a Python name such as who_remembers"
    if exercise.id == "hand_in":
        yield "the id `hand_in` is taken: it is the command that hands a notebook in"
    if exercise.revision < 1:
        yield "the revision must be 1 or more"
    for name in ("title", "prompt", "because", "fallback"):
        if not getattr(exercise, name).strip():
            yield f"`{name}` is empty"
    if len(exercise.hints) > 3:
        yield f"has {len(exercise.hints)} hints; three is the most"
    if len(exercise.mistake) < 2:
        yield f"has {len(exercise.mistake)} likely mistakes; declare at least two"
    if exercise.passage not in edition.passages:
        near = did_you_mean(exercise.passage, edition.passages)
        yield f"passage “{exercise.passage}” is not in the edition{near}"
        return
    post = edition.posts.get(edition.passages[exercise.passage].post)
    if post is None or post.voice not in edition.voices:
        return  # the case itself is at fault, and that is reported where it stands
    structure = list(_structure_faults(exercise, edition))
    yield from structure
    if not structure:
        yield from _answer_faults(exercise, edition, case_id)


def _structure_faults(exercise: Exercise, edition: Edition) -> Iterator[str]:
    if isinstance(exercise, ChoiceExercise):
        ids = [option.id for option in exercise.options]
        if len(ids) < 2:
            yield "a choice needs at least two options"
        yield from (
            f"option “{i}” stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})
        )
    elif isinstance(exercise, ChainExercise):
        if exercise.reading not in exercise.prompt.lower():
            yield f"the prompt must say that the chain {exercise.reading} is asked for"
        yield from _unknown_voices(exercise.voices, edition)
        everything = [("answer", exercise.answer)]
        everything += [("accepted answer", other.answer) for other in exercise.accept]
        for name, chain in everything:
            if not isinstance(chain, list) or not all(isinstance(v, str) for v in chain):
                yield f"the {name} must be a list of voice ids"
                continue
            bare = [voice.removesuffix("?") for voice in chain]
            if len(bare) != len(set(bare)):
                yield f"the {name} {bare} names a voice twice"
            for voice in bare:
                if voice not in exercise.voices:
                    near = did_you_mean(voice, exercise.voices)
                    yield f"the {name}'s voice “{voice}” is not among the voices offered{near}"
            if not any(True for c in expand(chain) if c):
                yield f"the {name} is empty"
    elif isinstance(exercise, CertaintyExercise):
        if not exercise.proposition.strip():
            yield "a certainty exercise must state its proposition"
        if not isinstance(exercise.answer, dict) or not exercise.answer:
            yield "the answer must give each voice its certainty"
            return
        yield from _unknown_voices(exercise.answer, edition)


def _unknown_voices(voices: Any, edition: Edition) -> Iterator[str]:
    for voice in voices:
        if voice not in edition.voices:
            near = did_you_mean(voice, edition.voices)
            yield f"voice “{voice}” is not in voices.toml{near}"


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


def _mistake_faults(
    exercise: Exercise, authored: Mistake, mistake: Mapping[str, Any], face: Face, key: Key
) -> Iterator[str]:
    if not authored.reply.strip():
        yield f"the mistake {authored.code} has no reply"
    if isinstance(exercise, MarkExercise):
        if (authored.answer is None) == (authored.touches is None):
            yield f"the mistake {authored.code} needs either `answer` or `touches`"
        readings = key["readings"]
        clash = mistake["touches"] and any(
            set(mistake["touches"]) & set(r["minimal"]) for r in readings
        )
        if clash:
            yield f"the mistake touching {authored.touches!r} touches the answer too"
        if mistake["touches"]:
            return
    elif authored.touches is not None:
        yield "`touches` is for marking exercises only"
    answer = mistake["answer"]
    if isinstance(exercise, CertaintyExercise):
        if not isinstance(answer, dict) or not answer:
            yield f"the mistake {answer!r} must give at least one voice its certainty"
            return
        answer = {**exercise.answer, **answer}
    try:
        read_answer(face, answer)
    except Misread as error:
        yield f"the mistake {answer!r} cannot be given: {error}"
        return
    found = judge(face, key, [answer])
    if found.verdict == "correct":
        yield f"{answer!r} is both an answer and a mistake"
    elif found.reply != authored.reply:
        yield f"the mistake {answer!r} never draws its reply: an earlier one matches first"
