"""Line things up: the voices of a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Literal

from ..attribution import expand
from ..edition import Edition, did_you_mean
from ..feedback import words
from ..scoring import chain_score
from .base import Exercise, Scored, voice_record
from .misread import Face, Key, fill, kind_of, known_names, misread, shown

__all__ = ["ChainExercise", "unknown_voices"]


class ChainExercise(Exercise, frozen=True, kw_only=True, tag="chain"):
    """Build the chain of voices, outer to inner; the answer is the list of their ids."""

    kind: ClassVar[str] = "chain"

    reading: Literal["as worded", "reconstructed"]
    voices: tuple[str, ...]

    def offered(self, edition: Edition) -> dict[str, Any]:
        voices = [voice_record(edition, voice) for voice in self.voices]
        return {"reading": self.reading, "voices": voices}

    def worked(self, answer: Any, edition: Edition) -> str:
        return " › ".join(_link(edition, voice) for voice in answer)

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


def unknown_voices(voices: Iterable[str], edition: Edition) -> Iterator[str]:
    """A fault for each voice that the edition does not have."""
    for voice in voices:
        if voice not in edition.voices:
            near = did_you_mean(voice, edition.voices)
            yield f"voice “{voice}” is not in voices.toml{near}"


def _link(edition: Edition, voice: str) -> str:
    label = edition.voices[voice.removesuffix("?")].label
    return f"({label})" if voice.endswith("?") else label
