"""A question, its answers, its likely mistakes, and the reply to each.

Exercises are declared in TOML, one file a chapter, and compiled with their case into a *face* (what
a learner may see) and a *key* (what only self-study pages and teachers hold), both plain records.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from .attribution import CERTAINTIES, expand
from .edition import Edition, Passage, Selector, anchor, tokenise
from .feedback import words
from .judging import Face, Key
from .scoring import TRY_FACTORS

__all__ = [
    "Accepted",
    "AnyExercise",
    "CertaintyExercise",
    "ChainExercise",
    "ChoiceExercise",
    "Exercise",
    "MarkExercise",
    "Mistake",
    "Option",
    "compile_face",
    "compile_key",
]

Code = Literal["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12"]
Words = str | Selector


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """A likely wrong answer with the misconception's code and a reply of its own.

    ``touches`` (markings only) holds words: marking any of them is the mistake.
    """

    code: Code
    reply: str
    answer: Any = None
    touches: Words | None = None


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A defensible alternative and why it can be defended."""

    answer: Any
    because: str
    minimal: Words | None = None
    maximal: Words | None = None


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One option of a choice."""

    id: str
    label: str


class Exercise(
    Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, dict=True
):
    """What every declared exercise has; ``chapter`` is the name of the file it stands in."""

    kind: ClassVar[str] = ""

    id: str
    title: str
    passage: str
    prompt: str
    because: str
    fallback: str
    answer: Any
    mistake: tuple[Mistake, ...]
    revision: int = 1
    difficulty: Literal[1, 2, 3] = 2
    accept: tuple[Accepted, ...] = ()
    hints: tuple[str, ...] = field(default=())

    def face(self, case: Any) -> Face:
        """What a learner may see, as the plain record that every face is drawn from."""
        return compile_face(self, case.edition, case.id)

    def key(self, case: Any) -> Key:
        """Answers, mistakes and replies, as the plain record that the judge reads."""
        return compile_key(self, self.face(case), case.edition)


class ChoiceExercise(Exercise, frozen=True, kw_only=True, tag="choice"):
    """Choose one option; the answer is its id."""

    kind: ClassVar[str] = "choice"

    options: tuple[Option, ...]


class MarkExercise(Exercise, frozen=True, kw_only=True, tag="mark"):
    """Mark words in the passage; the answer is the words, from a minimal core to a maximal span."""

    kind: ClassVar[str] = "mark"

    minimal: Words | None = None
    maximal: Words | None = None


class ChainExercise(Exercise, frozen=True, kw_only=True, tag="chain"):
    """Build the chain of voices, outer to inner; the answer is the list of their ids."""

    kind: ClassVar[str] = "chain"

    reading: Literal["as worded", "reconstructed"]
    voices: tuple[str, ...]


class CertaintyExercise(Exercise, frozen=True, kw_only=True, tag="certainty"):
    """Say how sure each voice is of a stated proposition; the answer is a record voice → value."""

    kind: ClassVar[str] = "certainty"

    proposition: str


AnyExercise = ChoiceExercise | MarkExercise | ChainExercise | CertaintyExercise


def compile_face(exercise: Exercise, edition: Edition, case_id: str) -> dict[str, Any]:
    """The face: no answer, no mistake and no reply is in it."""
    passage = edition.passages[exercise.passage]
    post = edition.posts[passage.post]
    face: dict[str, Any] = {
        "case": case_id,
        "id": exercise.id,
        "revision": exercise.revision,
        "kind": exercise.kind,
        "title": exercise.title,
        "prompt": exercise.prompt,
        "reading": None,
        "proposition": None,
        "passage": {
            "id": passage.id,
            "post": passage.post,
            "by": post.voice,
            "line": edition.line_of(passage.span.start),
            "text": passage.exact,
            "tokens": [list(token) for token in tokenise(passage.exact)],
            "voice": _voice(edition, post.voice),
        },
        "voices": [],
        "options": [],
        "values": [],
        "hints": list(exercise.hints),
        "tries": len(TRY_FACTORS),
    }
    if isinstance(exercise, ChoiceExercise):
        face["options"] = [{"id": o.id, "label": o.label} for o in exercise.options]
    elif isinstance(exercise, ChainExercise):
        face["reading"] = exercise.reading
        face["voices"] = [_voice(edition, voice) for voice in exercise.voices]
    elif isinstance(exercise, CertaintyExercise):
        face["proposition"] = exercise.proposition
        face["voices"] = [_voice(edition, voice) for voice in exercise.answer]
        labels = words()["values"]
        face["values"] = [{"id": value, "label": labels[value]} for value in CERTAINTIES]
    return face


def _voice(edition: Edition, voice: str) -> dict[str, Any]:
    v = edition.voices[voice]
    return {"id": v.id, "label": v.label, "mark": v.mark, "colour": v.colour}


def compile_key(exercise: Exercise, face: Face, edition: Edition) -> dict[str, Any]:
    """The key that goes with a face."""
    first: dict[str, Any] = {"answer": exercise.answer, "because": None}
    if isinstance(exercise, MarkExercise):
        first |= {"minimal": exercise.minimal, "maximal": exercise.maximal}
    readings = [first]
    for other in exercise.accept:
        reading = {"answer": other.answer, "because": other.because}
        if isinstance(exercise, MarkExercise):
            reading |= {"minimal": other.minimal, "maximal": other.maximal}
        readings.append(reading)
    for reading in readings:
        reading["worked"] = _worked(exercise, reading["answer"], edition)
        if isinstance(exercise, ChainExercise):
            reading["chains"] = list(expand(reading["answer"]))
            reading["answer"] = reading["chains"][0]
        elif isinstance(exercise, MarkExercise):
            passage = edition.passages[exercise.passage]
            answer = reading["answer"]
            for bound in ("minimal", "maximal"):
                reading[bound] = _tokens(edition, passage, face, reading[bound] or answer)
            reading["answer"] = _plain(answer)
    return {
        "readings": readings,
        "mistakes": [_mistake(exercise, mistake, face, edition) for mistake in exercise.mistake],
        "fallback": exercise.fallback,
        "because": exercise.because,
        "worked": readings[0]["worked"],
    }


def _mistake(exercise: Exercise, mistake: Mistake, face: Face, edition: Edition) -> dict[str, Any]:
    compiled: dict[str, Any] = {
        "answer": _plain(mistake.answer),
        "tokens": None,
        "touches": None,
        "code": mistake.code,
        "reply": mistake.reply,
    }
    if isinstance(exercise, MarkExercise):
        passage = edition.passages[exercise.passage]
        if mistake.touches is not None:
            compiled["touches"] = _tokens(edition, passage, face, mistake.touches)
        else:
            compiled["tokens"] = _tokens(edition, passage, face, mistake.answer)
    return compiled


def _plain(answer: Any) -> Any:
    """An authored answer as the plain value a learner could give."""
    if isinstance(answer, Selector):
        answer = {"exact": answer.exact, "prefix": answer.prefix, "suffix": answer.suffix}
    return answer


def _tokens(edition: Edition, passage: Passage, face: Face, quoted: Any) -> list[int]:
    """The word tokens of the passage that an authored quotation from it touches.

    Raises ``NotAnchored``: an author's words, unlike a learner's, must stand there to the letter.
    """
    if isinstance(quoted, Mapping):
        quoted = Selector(**quoted)
    selector = quoted if isinstance(quoted, Selector) else Selector(str(quoted))
    span = anchor(edition.text, selector, passage.span)
    low = passage.span.start
    return [
        i
        for i, (start, end, word) in enumerate(face["passage"]["tokens"])
        if word and start + low < span.end and end + low > span.start
    ]


def _worked(exercise: Exercise, answer: Any, edition: Edition) -> str:
    """An answer to the exercise in plain words."""
    if isinstance(exercise, ChoiceExercise):
        return next((o.label for o in exercise.options if o.id == answer), str(answer))
    if isinstance(exercise, MarkExercise):
        exact = answer["exact"] if isinstance(answer, Mapping) else str(answer)
        return f"“{' '.join(exact.split())}”"
    if isinstance(exercise, ChainExercise):
        return " › ".join(_chain_link(edition, voice) for voice in answer)
    labels = words()["values"]
    said = [f"{edition.voices[voice].label}: {labels[value]}" for voice, value in answer.items()]
    return "; ".join(said)


def _chain_link(edition: Edition, voice: str) -> str:
    label = edition.voices[voice.removesuffix("?")].label
    return f"({label})" if voice.endswith("?") else label
