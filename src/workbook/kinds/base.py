"""What every kind of exercise has, and how a declared one becomes a face and a key.

A kind is a class: its fields are what an author declares, its methods say what is its own in
compiling, and its static methods are the judge's, who sees a face, a key and an answer only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from ..edition import Edition, Selector, tokenise
from ..scoring import TRY_FACTORS, same_value
from .misread import Face, Key

__all__ = [
    "Accepted",
    "Code",
    "Exercise",
    "Mistake",
    "Option",
    "Scored",
    "Words",
    "best_reading",
    "compile_face",
    "compile_key",
    "voice_record",
]

Code = Literal["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12"]
Words = str | Selector
Scored = tuple[float, str, Mapping[str, Any] | None]
"""A score, the sentence on which part stands, and the reading that scored best."""


class Mistake(Struct, frozen=True, forbid_unknown_fields=True):
    """A likely wrong answer with the misconception's code and a reply of its own.

    Some kinds know other patterns than a whole ``answer``: marking any of the words ``touches``;
    choosing the option ``has``, or not choosing ``lacks``; putting the first of ``before`` before
    the second. A number is near enough within ``tolerance``.
    """

    code: Code
    reply: str
    answer: Any = None
    touches: Words | None = None
    has: str | None = None
    lacks: str | None = None
    before: tuple[str, str] | None = None
    tolerance: float | None = None


class Accepted(Struct, frozen=True, forbid_unknown_fields=True):
    """A defensible alternative and why it can be defended."""

    answer: Any
    because: str
    minimal: Words | None = None
    maximal: Words | None = None


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """Something offered to choose, line up or sort, or a label to sort it under."""

    id: str
    label: str


class Exercise(
    Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, dict=True
):
    """What every declared exercise has; its chapter is the name of the file it stands in."""

    kind: ClassVar[str] = ""
    patterns: ClassVar[tuple[str, ...]] = ("answer",)
    """The fields by which a mistake of this kind may be described; exactly one of them."""
    noted: ClassVar[bool] = False
    """Whether answers are noted and never marked; then mistakes need not be declared."""
    read_off: ClassVar[bool] = False
    """Whether the answer is read off the words of the passage, so that we can ask: off which?"""

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
    twin: str = ""
    """An exercise that asks for the same move elsewhere; it names this one in turn."""
    asks_words: bool = True
    """Whether to ask which words told, where the answer is read off the passage: not where the
    words that tell stand elsewhere."""

    def face(self, case: Any) -> Face:
        """What a learner may see, as the plain record that every face is drawn from.

        ``cued`` says that the passage has cue words, not which.
        """
        face = compile_face(self, case.edition, case.id)
        return {**face, "cued": True} if self.telling(case) else face

    def key(self, case: Any) -> Key:
        """Answers, mistakes and replies, as the plain record that the judge reads."""
        key = compile_key(self, self.face(case), case.edition)
        return {**key, "told": self.telling(case)}

    def telling(self, case: Any) -> list[dict[str, Any]]:
        """The passage's cues; a learner who answered right may be asked which words told.

        Each has its ``words`` on one line and their ``tokens`` in the passage.
        """
        if not (self.read_off and self.asks_words):
            return []
        within = case.edition.passages[self.passage].span
        cues = {
            cue
            for attribution in case.attributions.get(self.passage, ())
            for cue in attribution.cues
            if within.start <= cue.start and cue.end <= within.end
        }
        tokens = tokenise(case.edition.passages[self.passage].exact)
        return [
            {
                "words": " ".join(case.edition.words(cue).split()),
                "tokens": [
                    i
                    for i, (start, end, word) in enumerate(tokens)
                    if word and start + within.start < cue.end and end + within.start > cue.start
                ],
            }
            for cue in sorted(cues, key=lambda cue: cue.start)
        ]

    def offered(self, edition: Edition) -> dict[str, Any]:
        """What this kind adds to the face."""
        return {}

    def held(self, edition: Edition) -> dict[str, Any]:
        """What this kind adds to the key."""
        return {}

    def worked(self, answer: Any, edition: Edition) -> str:
        """An answer to the exercise in plain words."""
        return str(answer)

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        """Put into a reading what the judge of this kind needs besides the answer."""

    def settle_mistake(self, compiled: dict[str, Any], face: Face, edition: Edition) -> None:
        """The same for a mistake."""

    def needs(self) -> Iterator[str]:
        """The ids of what has to be sound before anything can be said of this exercise."""
        yield self.passage

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        """What is wrong with the fields of this kind, before any answer is tried."""
        yield from ()

    def knowledge_faults(self, knowledge: Any) -> Iterator[str]:
        """What disagrees with the case's testimonies and roots, once these are read."""
        yield from ()

    def mistake_faults(self, mistake: Mistake, compiled: Mapping[str, Any], key: Key) -> str:
        """What is wrong with a mistake that is no answer to be tried; nothing if all is well."""
        return ""

    def whole(self, mistake: Mapping[str, Any]) -> Any:
        """An answer that makes a mistake; None where the pattern alone does not give one."""
        return mistake["answer"]

    @staticmethod
    def stage(face: Face, value: object) -> str | None:
        """The stage that an answer belongs to, told from the answer itself."""
        return None

    @staticmethod
    def read(face: Face, value: object) -> Any:
        """The answer in ``value`` as scoring compares it, or ``Misread``."""
        raise NotImplementedError

    @staticmethod
    def score(face: Face, key: Key, answer: Any) -> Scored:
        """What an answer that was read is worth."""
        raise NotImplementedError

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: Any) -> bool:
        """Whether an answer that was read makes a declared mistake."""
        return same_value(mistake["answer"], answer)


def best_reading(key: Key, scored: Any) -> Scored:
    """The best of what ``scored``, (score, sentence) of a reading, gives; the first of equals."""
    best: Scored = (-1.0, "", None)
    for reading in key["readings"]:
        score, part = scored(reading)
        if score > best[0]:
            best = (score, part, reading)
    return best


def compile_face(exercise: Exercise, edition: Edition, case_id: str) -> dict[str, Any]:
    """The face: no answer, no mistake and no reply is in it."""
    passage = edition.passages[exercise.passage]
    post = edition.posts[passage.post]
    return {
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
            "voice": voice_record(edition, post.voice),
        },
        "voices": [],
        "options": [],
        "rows": [],
        "values": [],
        "unit": None,
        "words": None,
        "sources": [],
        "hints": list(exercise.hints),
        "tries": len(TRY_FACTORS),
        **exercise.offered(edition),
    }


def voice_record(edition: Edition, voice: str) -> dict[str, Any]:
    """A voice as faces draw it."""
    v = edition.voices[voice]
    return {"id": v.id, "label": v.label, "mark": v.mark, "colour": v.colour}


def compile_key(exercise: Exercise, face: Face, edition: Edition) -> dict[str, Any]:
    """The key that goes with a face.

    Raises ``NotAnchored``: an author's words, unlike a learner's, must stand there to the letter.
    """
    bounds = {name: getattr(exercise, name, None) for name in ("minimal", "maximal")}
    readings = [{"answer": exercise.answer, "because": None, **bounds}]
    if exercise.noted:
        readings = []  # nothing that is noted is right or wrong
    for other in exercise.accept:
        bounds = {"minimal": other.minimal, "maximal": other.maximal}
        readings.append({"answer": other.answer, "because": other.because, **bounds})
    for reading in readings:
        reading["worked"] = exercise.worked(reading["answer"], edition)
        exercise.settle(reading, face, edition)
    return {
        "readings": readings,
        "mistakes": [_mistake(exercise, mistake, face, edition) for mistake in exercise.mistake],
        "fallback": exercise.fallback,
        "because": exercise.because,
        "worked": readings[0]["worked"] if readings else "",
        **exercise.held(edition),
    }


def _mistake(exercise: Exercise, mistake: Mistake, face: Face, edition: Edition) -> dict[str, Any]:
    compiled: dict[str, Any] = {
        "answer": mistake.answer,
        "tokens": None,
        "touches": mistake.touches,
        "has": mistake.has,
        "lacks": mistake.lacks,
        "before": list(mistake.before) if mistake.before else None,
        "tolerance": mistake.tolerance,
        "code": mistake.code,
        "reply": mistake.reply,
    }
    exercise.settle_mistake(compiled, face, edition)
    return compiled
