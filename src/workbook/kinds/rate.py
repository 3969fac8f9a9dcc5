"""Rate a passage as evidence for a claim, on six dials and in two stages; noted.

The answer is first ``{"fit": 2, "faithfulness": 1}``, given of the words alone, and, once voice and
chain are shown, all six dials with ``because``, ``confidence`` (50 to 100) and, if one likes,
``find``: a find that would move the verdict most, or ``"none"``. The order, the item before its
context and both kept, follows what forensic science calls linear sequential unmasking.
``forms/rating.js`` is the twin of ``read``, ``stage`` and ``note``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec.structs import asdict

from ..edition import Edition, did_you_mean
from ..evidence import BLIND, DIALS, NO_FIND, compare, reach, spoken, steps, unknown_sentence
from ..feedback import words
from ..layout import head, item
from .dials import (
    LevelReading,
    beside,
    claim_faults,
    class_lines,
    dial_records,
    ends_of,
    poster,
    read_level,
    reading_faults,
    reading_lines,
    road,
    told,
    voices_in_words,
)
from .misread import Face, Key, fill, kind_of, known_names, misread, shown
from .noted import NotedExercise

__all__ = ["LONGEST", "RateExercise"]

LONGEST = 2_000
"""Code points of a reason."""

_LEAST_SURE, _SURE = 50, 100
_NEEDED = (*DIALS, "because", "confidence")
_BLANK = " \t\r\n"


class RateExercise(NotedExercise, frozen=True, kw_only=True, tag="rate"):
    """Set the dials of the words alone, then see whose words they are, and rate them whole.

    ``claim`` is rated in the case's words, or in a narrower ``wording`` of ours. ``original`` is
    the passage that the words were copied from, where the thread has it: it stands beside them,
    without its voice, from the first stage on.
    """

    kind: ClassVar[str] = "rate"

    claim: str
    reading: Mapping[str, LevelReading]
    wording: str = ""
    original: str = ""

    def face(self, case: Any) -> Face:
        face = dict(super().face(case))
        face["claim"] = self.wording or case.claims[self.claim].text
        face["reveal"] = road(case, self.passage)
        face["finds"] = [{"id": find.id, "label": find.label} for find in self._finds(case)]
        return face

    def key(self, case: Any) -> Key:
        key = dict(super().key(case))
        key["finds"] = [asdict(find) for find in self._finds(case)]
        whys = [
            item(fill(words()["rating"]["find why"], {"find": find.label, "why": find.why}))
            for find in self._finds(case)
        ]
        if whys:
            key["worked"] = "\n".join([key["worked"], head(words()["rating"]["finds head"]), *whys])
        return key

    def _finds(self, case: Any) -> list[Any]:
        """The finds that bear on this passage, rated for this claim."""
        return [
            find
            for find in case.finds.values()
            if self.passage in find.passages and self.claim in find.claims
        ]

    def offered(self, edition: Edition) -> dict[str, Any]:
        passage = edition.passages[self.passage]
        return {
            # whose words they are comes with the second stage
            "passage": {
                "id": passage.id,
                "post": "",
                "by": "",
                "line": None,
                "text": passage.exact,
                "tokens": [],
                "voice": None,
            },
            "claim": self.wording,
            "original": edition.passages[self.original].exact if self.original else "",
            "dials": dial_records(),
            "unknown": unknown_sentence(),
            "reveal": poster(edition, self.passage),
            "finds": [],
        }

    def held(self, edition: Edition) -> dict[str, Any]:
        said = words()["rating"]
        labels = {dial["id"]: dial["label"] for dial in dial_records()}
        ends = reach({name: one.level for name, one in self.reading.items()})
        lines = [
            said["ours"],
            *reading_lines(self.reading, labels),
            fill(said["our verdict"], {"verdict": spoken(*ends)}),
        ]
        return {"reading": ends_of(self.reading), "finds": [], "worked": "\n".join(lines)}

    def needs(self) -> Iterator[str]:
        yield from (self.passage, self.claim)
        if self.original:
            yield self.original

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from reading_faults(self.reading, DIALS, "dial")
        if self.original and self.original not in edition.passages:
            near = did_you_mean(self.original, edition.passages)
            yield f"the original “{self.original}” is not in the edition{near}"

    def knowledge_faults(self, knowledge: Any) -> Iterator[str]:
        yield from claim_faults(self.claim, knowledge)

    @staticmethod
    def stage(face: Face, value: object) -> str | None:
        if not isinstance(value, dict):
            return None
        return "blind" if set(value) == set(BLIND) else "revealed"

    @staticmethod
    def read(face: Face, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise misread("rate type", found=kind_of(value))
        for part in value:
            if part not in (*_NEEDED, "find"):
                raise misread("rate part", found=shown(part), known=known_names(_NEEDED))
        blind = all(part in BLIND for part in value)
        needed = BLIND if blind else _NEEDED
        if missing := [part for part in needed if part not in value]:
            raise misread(
                "rate blind missing" if blind else "rate missing", missing=known_names(missing)
            )
        read: dict[str, Any] = {
            dial: read_level(value[dial], dial) for dial in DIALS if dial in value
        }
        if blind:
            return read
        read["because"] = _reason(value["because"])
        read["confidence"] = _sure(value["confidence"])
        if "find" in value:
            read["find"] = _find(face, value["find"])
        return read

    @staticmethod
    def note(face: Face, key: Key, answers: Sequence[Any]) -> tuple[str, bool]:
        said, answer = words()["rating"], answers[-1]
        labels = {dial["id"]: dial["label"] for dial in face["dials"]}
        first = next((one for one in answers if "because" not in one), None)
        if "because" not in answer:
            levels = said["and"].join(f"{labels[dial]} {answer[dial]}" for dial in BLIND)
            lines = [fill(said["begun"], {"levels": levels}), *voices_in_words(face["reveal"])]
            return "\n".join([*lines, said["go on"]]), False
        profile = {dial: answer[dial] for dial in DIALS}
        *taken, end = steps(profile)
        lines = _moved(first, answer, labels)
        lines.append(fill(said["confidence"], {"n": str(answer["confidence"])}))
        lines += beside(profile, key, labels)
        lines += [head(said["rule"]), *map(item, taken), end]
        if finds := key["finds"]:
            told = compare(profile, finds, answer.get("find", ""))
            lines += [head(said["finds"]), *map(item, told[: len(finds)]), *told[len(finds) :]]
        found = class_lines(key, labels)
        lines += [head(said["class head"]), *found] if found else []
        return "\n".join(lines), True


def _moved(
    first: Mapping[str, Any] | None, answer: Mapping[str, Any], labels: Mapping[str, str]
) -> list[str]:
    """What the reveal changed in the two dials that were set before it."""
    said = words()["rating"]
    if first is None:
        return [said["no first"]]
    if all(first[dial] == answer[dial] for dial in BLIND):
        return [said["stayed both"]]
    lines = []
    for dial in BLIND:
        parts = {
            "label": labels[dial],
            "before": str(first[dial]),
            "after": str(answer[dial]),
        }
        lines.append(fill(said["stayed" if first[dial] == answer[dial] else "moved"], parts))
    return lines


def _reason(value: object) -> str:
    if not isinstance(value, str) or not value.strip(_BLANK):
        raise misread("rate because", found=kind_of(value))
    if len(value) > LONGEST:
        raise misread("rate because long", most=str(LONGEST))
    return value


def _sure(value: object) -> int:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not _LEAST_SURE <= value <= _SURE or value != int(value):  # type: ignore[operator, call-overload]
        raise misread("rate confidence", found=told(value))
    return int(value)  # type: ignore[call-overload, no-any-return]


def _find(face: Face, value: object) -> str:
    known = [find["id"] for find in face["finds"]]
    if not known:
        raise misread("rate no find")
    known.append(NO_FIND)
    if not isinstance(value, str) or value not in known:
        raise misread("rate find", found=told(value), known=known_names(known))
    return value
