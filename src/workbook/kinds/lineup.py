"""Line things up: the voices of a chain, or items in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from ..attribution import expand
from ..edition import Edition, did_you_mean
from ..feedback import words
from ..scoring import chain_score, order_score, same_value
from .base import Exercise, Mistake, Option, Scored, best_reading, voice_record
from .misread import Face, Key, fill, kind_of, known_names, misread, shown
from .pick import option_faults, option_records, read_list

__all__ = ["ChainExercise", "OrderExercise", "unknown_voices"]


class ChainExercise(Exercise, frozen=True, kw_only=True, tag="chain"):
    """Build the chain of voices, outer to inner; the answer is the list of their ids."""

    kind: ClassVar[str] = "chain"
    read_off: ClassVar[bool] = True

    reading: Literal["as worded", "reconstructed"]
    voices: tuple[str, ...]

    def offered(self, edition: Edition) -> dict[str, Any]:
        voices = [voice_record(edition, voice) for voice in self.voices]
        return {"reading": self.reading, "voices": voices}

    def worked(self, answer: Any, edition: Edition) -> str:
        return " › ".join(_link(edition, voice) for voice in answer)

    def needs(self) -> Iterator[str]:
        yield from (self.passage, *self.voices)

    def settle(self, reading: dict[str, Any], face: Face, edition: Edition) -> None:
        reading["chains"] = list(expand(reading["answer"]))
        reading["answer"] = reading["chains"][0]

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        if self.reading not in self.prompt.lower():
            yield f"the prompt must say that the chain {self.reading} is asked for"
        yield from unknown_voices(self.voices, edition)
        everything = [("answer", self.answer)]
        everything += [("accepted answer", other.answer) for other in self.accept]
        for name, chain in everything:
            if not isinstance(chain, list) or not all(isinstance(v, str) for v in chain):
                yield f"the {name} must be a list of voice ids"
                continue
            bare = [voice.removesuffix("?") for voice in chain]
            if len(bare) != len(set(bare)):
                yield f"the {name} {bare} names a voice twice"
            for voice in bare:
                if voice not in self.voices:
                    near = did_you_mean(voice, self.voices)
                    yield f"the {name}'s voice “{voice}” is not among the voices offered{near}"
            if not any(True for c in expand(chain) if c):
                yield f"the {name} is empty"

    @staticmethod
    def read(face: Face, value: object) -> list[str]:
        known = [voice["id"] for voice in face["voices"]]
        if not isinstance(value, list | tuple):
            raise misread("chain type", found=kind_of(value))
        most = 2 * len(known)
        if len(value) > most:
            raise misread("chain long", count=str(len(value)), most=str(most))
        for place, voice in enumerate(value, 1):
            if not isinstance(voice, str):
                raise misread("chain item", place=str(place), found=kind_of(voice))
            if voice not in known:
                raise misread("chain unknown", found=shown(voice), known=known_names(known))
        return list(value)

    @staticmethod
    def score(face: Face, key: Key, answer: Sequence[str]) -> Scored:
        """Readings are scored together, since what is right in one is not invented in another."""
        for reading in key["readings"]:
            if list(answer) in reading["chains"]:
                return 1.0, "", reading
        chains = [chain for reading in key["readings"] for chain in reading["chains"]]
        score, stands, off = chain_score(answer, chains)
        parts = words()["parts"]
        if off in ("reversed", "alone"):
            return score, str(parts[f"chain {off}"]), None
        if not stands:
            return score, str(parts["chain outer"]), None
        label = next(v["label"] for v in face["voices"] if v["id"] == answer[stands - 1])
        part = f"{fill(parts['chain stands'], {'voice': label})} {parts[f'chain {off}']}"
        return score, part, None


class OrderExercise(Exercise, frozen=True, kw_only=True, tag="order"):
    """Put items in order; the answer is the list of all their ids."""

    kind: ClassVar[str] = "order"
    patterns: ClassVar[tuple[str, ...]] = ("answer", "before")

    items: tuple[Option, ...]

    def offered(self, edition: Edition) -> dict[str, Any]:
        return {"options": option_records(self.items)}

    def worked(self, answer: Any, edition: Edition) -> str:
        labels = {item.id: item.label for item in self.items}
        return " › ".join(labels.get(item, str(item)) for item in answer)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("item", self.items, 3)
        known = [item.id for item in self.items]
        orders = [self.answer, *(other.answer for other in self.accept)]
        orders += [m.answer for m in self.mistake if m.answer is not None]
        for order in orders:
            if not isinstance(order, list) or sorted(map(str, order)) != sorted(known):
                yield f"the order {order!r} must name every item once"
        if known in orders[:1]:
            yield "the items stand in the right order already; declare them in another"
        for mistake in self.mistake:
            for name in mistake.before or ():
                if name not in known:
                    near = did_you_mean(name, known)
                    yield f"the mistake's item “{name}” is not among the items{near}"

    def mistake_faults(self, mistake: Mistake, compiled: Mapping[str, Any], key: Key) -> str:
        pair = compiled["before"]
        if pair and any(_stands_before(pair, reading["answer"]) for reading in key["readings"]):
            return f"the mistake of “{pair[0]}” before “{pair[1]}” is part of an answer"
        return ""

    def whole(self, mistake: Mapping[str, Any]) -> Any:
        if not mistake["before"]:
            return mistake["answer"]
        first, second = mistake["before"]
        order = [item for item in self.answer if item != first]
        return [*order[: order.index(second)], first, *order[order.index(second) :]]

    @staticmethod
    def read(face: Face, value: object) -> list[str]:
        known = [option["id"] for option in face["options"]]
        read_list("order", known, value)
        assert isinstance(value, list | tuple)
        missing = [item for item in known if item not in value]
        if missing:
            raise misread("order missing", missing=known_names(missing))
        return list(value)

    @staticmethod
    def score(face: Face, key: Key, answer: Sequence[str]) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            score, right, pairs = order_score(answer, reading["answer"])
            parts = words()["parts"]
            if not right:
                return score, parts["order reversed"]
            counted = {"right": str(right), "all": str(pairs)}
            return score, "" if score == 1 else fill(parts["order"], counted)

        return best_reading(key, scored)

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: Sequence[str]) -> bool:
        if mistake["before"]:
            return _stands_before(mistake["before"], answer)
        return same_value(mistake["answer"], answer)


def _stands_before(pair: Sequence[str], order: Sequence[str]) -> bool:
    return order.index(pair[0]) < order.index(pair[1])


def unknown_voices(voices: Iterable[str], edition: Edition) -> Iterator[str]:
    """A fault for each voice that the edition does not have."""
    for voice in voices:
        if voice not in edition.voices:
            near = did_you_mean(voice, edition.voices)
            yield f"voice “{voice}” is not in voices.toml{near}"


def _link(edition: Edition, voice: str) -> str:
    label = edition.voices[voice.removesuffix("?")].label
    return f"({label})" if voice.endswith("?") else label
