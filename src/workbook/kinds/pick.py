"""Choose one option, or all that fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from ..edition import Edition, did_you_mean
from ..feedback import words
from ..scoring import choices_score, same_value
from .base import Exercise, Mistake, Option, Scored, best_reading
from .misread import Face, Key, fill, kind_of, known_names, misread, shown

__all__ = ["ChoiceExercise", "ChoicesExercise", "option_faults", "option_records"]


class ChoiceExercise(Exercise, frozen=True, kw_only=True, tag="choice"):
    """Choose one option; the answer is its id."""

    kind: ClassVar[str] = "choice"
    read_off: ClassVar[bool] = True

    options: tuple[Option, ...]

    def offered(self, edition: Edition) -> dict[str, object]:
        return {"options": option_records(self.options)}

    def worked(self, answer: object, edition: Edition) -> str:
        return next((o.label for o in self.options if o.id == answer), str(answer))

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("option", self.options)

    @staticmethod
    def read(face: Face, value: object) -> str:
        known = [option["id"] for option in face["options"]]
        if not isinstance(value, str):
            raise misread("choice type", found=kind_of(value))
        if value not in known:
            raise misread("choice unknown", found=shown(value), known=known_names(known))
        return value

    @staticmethod
    def score(face: Face, key: Key, answer: str) -> Scored:
        return best_reading(key, lambda r: (1.0 if answer == r["answer"] else 0.0, ""))


class ChoicesExercise(Exercise, frozen=True, kw_only=True, tag="choices"):
    """Choose all options that fit; the answer is the list of their ids, in any order."""

    kind: ClassVar[str] = "choices"
    read_off: ClassVar[bool] = True
    patterns: ClassVar[tuple[str, ...]] = ("answer", "has", "lacks")

    options: tuple[Option, ...]

    def offered(self, edition: Edition) -> dict[str, object]:
        return {"options": option_records(self.options)}

    def worked(self, answer: Any, edition: Edition) -> str:
        return "; ".join(option.label for option in self.options if option.id in answer)

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        reading["answer"] = self._in_order(reading["answer"])

    def settle_mistake(self, compiled: dict[str, Any], face: Face, edition: Edition) -> None:
        if compiled["answer"] is not None:
            compiled["answer"] = self._in_order(compiled["answer"])

    def _in_order(self, answer: Any) -> Any:
        """The ids in the order of the options, and those that are none of them after these."""
        known = [option.id for option in self.options]
        return sorted(answer, key=lambda i: known.index(i) if i in known else len(known))

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("option", self.options, 3)
        answers = [self.answer, *(other.answer for other in self.accept)]
        answers += [m.answer for m in self.mistake if m.answer is not None]
        for answer in answers:
            if not isinstance(answer, list) or not answer:
                yield f"{answer!r} must be a list of option ids, with at least one in it"
        known = [option.id for option in self.options]
        for mistake in self.mistake:
            for name in (mistake.has, mistake.lacks):
                if name is not None and name not in known:
                    near = did_you_mean(name, known)
                    yield f"the mistake's option “{name}” is not among the options{near}"

    def mistake_faults(self, mistake: Mistake, compiled: Mapping[str, Any], key: Key) -> str:
        for reading in key["readings"]:
            if mistake.has in reading["answer"]:
                return f"the mistake of choosing “{mistake.has}” is part of an answer"
            if mistake.lacks is not None and mistake.lacks not in reading["answer"]:
                return f"the mistake of leaving out “{mistake.lacks}” is part of an answer"
        return ""

    def whole(self, mistake: Mapping[str, Any]) -> Any:
        if mistake["has"] is not None:
            return self._in_order([*self.answer, mistake["has"]])
        if mistake["lacks"] is not None:
            return [i for i in self._in_order(self.answer) if i != mistake["lacks"]] or None
        return mistake["answer"]

    @staticmethod
    def read(face: Face, value: object) -> list[str]:
        known = [option["id"] for option in face["options"]]
        read_list("choices", known, value)
        assert isinstance(value, list | tuple)
        return [option for option in known if option in value]

    @staticmethod
    def score(face: Face, key: Key, answer: list[str]) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            score, right, wrong = choices_score(answer, reading["answer"])
            parts = words()["parts"]
            if not right:
                return score, parts["choices none"]
            if not wrong:
                return score, "" if score == 1 else parts["choices short"]
            counted = {"right": str(right), "wrong": str(wrong)}
            return score, fill(parts["choices mixed"], counted)

        return best_reading(key, scored)

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: list[str]) -> bool:
        if mistake["has"] is not None:
            return mistake["has"] in answer
        if mistake["lacks"] is not None:
            return mistake["lacks"] not in answer
        return same_value(mistake["answer"], answer)


def read_list(name: str, known: Sequence[str], value: object) -> None:
    """Whether ``value`` lists some of the ``known`` ids, each at most once; else ``Misread``."""
    if not isinstance(value, list | tuple):
        raise misread(f"{name} type", found=kind_of(value))
    if len(value) > len(known):
        raise misread(f"{name} long", count=str(len(value)), most=str(len(known)))
    seen: set[str] = set()
    for place, one in enumerate(value, 1):
        if not isinstance(one, str):
            raise misread(f"{name} item", place=str(place), found=kind_of(one))
        if one not in known:
            raise misread(f"{name} unknown", found=shown(one), known=known_names(known))
        if one in seen:
            raise misread(f"{name} twice", found=one)
        seen.add(one)


def option_records(options: Sequence[Option]) -> list[dict[str, str]]:
    """Options as faces draw them."""
    return [{"id": option.id, "label": option.label} for option in options]


def option_faults(what: str, options: Sequence[Option], least: int = 2) -> Iterator[str]:
    """What is wrong with a list of things offered."""
    ids = [option.id for option in options]
    if len(ids) < least:
        yield f"has {len(ids)} of what it needs at least {least} of: {what}"
    yield from (f"{what} “{i}” stands twice" for i in sorted({i for i in ids if ids.count(i) > 1}))
    for option in options:
        if not option.id.strip() or not option.label.strip():
            yield f"{what} “{option.id}” has an empty id or label"
