"""Mark words in a passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ..edition import Edition, Selector, anchor
from ..feedback import words
from ..scoring import locate, mark_score
from .base import Exercise, Mistake, Scored, Words, best_reading
from .misread import Face, Key, kind_of, misread, shown

__all__ = ["MarkExercise"]

_LONGEST = 2_000
"""So many characters more than its passage a text can have and still be read as words of it."""


class MarkExercise(Exercise, frozen=True, kw_only=True, tag="mark"):
    """Mark words in the passage; the answer is the words, from a minimal core to a maximal span."""

    kind: ClassVar[str] = "mark"
    patterns: ClassVar[tuple[str, ...]] = ("answer", "touches")

    minimal: Words | None = None
    maximal: Words | None = None

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        everything = [self.answer, *(other.answer for other in self.accept)]
        everything += [mistake.answer for mistake in self.mistake if mistake.answer is not None]
        for said in everything:
            parts = said if isinstance(said, Mapping) else {"exact": said}
            known = "exact" in parts and parts.keys() <= {"exact", "prefix", "suffix"}
            if not known or not all(isinstance(part, str) for part in parts.values()):
                yield f"{said!r} must be words of the passage, or a table with their `exact`"

    def worked(self, answer: Any, edition: Edition) -> str:
        exact = answer["exact"] if isinstance(answer, Mapping) else str(answer)
        return f"“{' '.join(exact.split())}”"

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        for bound in ("minimal", "maximal"):
            reading[bound] = self._tokens(reading[bound] or reading["answer"], face, edition)

    def settle_mistake(self, compiled: dict[str, Any], face: Face, edition: Edition) -> None:
        if compiled["touches"] is not None:
            compiled["touches"] = self._tokens(compiled["touches"], face, edition)
        else:
            compiled["tokens"] = self._tokens(compiled["answer"], face, edition)

    def _tokens(self, quoted: Any, face: Face, edition: Edition) -> list[int]:
        """The word tokens of the passage that an authored quotation from it touches."""
        if isinstance(quoted, Mapping):
            quoted = Selector(**quoted)
        selector = quoted if isinstance(quoted, Selector) else Selector(str(quoted))
        passage = edition.passages[self.passage]
        span = anchor(edition.text, selector, passage.span)
        low = passage.span.start
        return [
            i
            for i, (start, end, word) in enumerate(face["passage"]["tokens"])
            if word and start + low < span.end and end + low > span.start
        ]

    def mistake_faults(self, mistake: Mistake, compiled: Mapping[str, Any], key: Key) -> str:
        touched = set(compiled["touches"] or ())
        if any(touched & set(reading["minimal"]) for reading in key["readings"]):
            return f"the mistake touching {mistake.touches!r} touches the answer too"
        return ""

    @staticmethod
    def read(face: Face, value: object) -> list[int]:
        parts: list[object] = [value, "", ""]
        if isinstance(value, dict) and value.keys() <= {"exact", "prefix", "suffix"}:
            parts = [value.get("exact"), value.get("prefix", ""), value.get("suffix", "")]
        if not all(isinstance(part, str) for part in parts):
            raise misread("mark type", found=kind_of(value))
        exact, prefix, suffix = map(str, parts)
        passage = face["passage"]
        if max(map(len, (exact, prefix, suffix))) > _LONGEST + len(passage["text"]):
            raise misread("mark absent", found=shown(exact))
        marked, places = locate(passage["text"], passage["tokens"], exact, prefix, suffix)
        if places != 1:
            raise misread("mark repeated" if places else "mark absent", found=shown(exact))
        if not marked:
            raise misread("mark nothing", found=shown(exact))
        return marked

    @staticmethod
    def score(face: Face, key: Key, answer: list[int]) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            score, off = mark_score(answer, reading["minimal"], reading["maximal"])
            return score, words()["parts"][f"mark {off}"] if off else ""

        return best_reading(key, scored)

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: list[int]) -> bool:
        if mistake["touches"] is not None:
            return not set(mistake["touches"]).isdisjoint(answer)
        return bool(mistake["tokens"] == answer)
