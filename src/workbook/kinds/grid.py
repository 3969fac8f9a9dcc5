"""Give every row one of a few values: how sure each voice is, what it is, what changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from ..attribution import CERTAINTIES
from ..edition import Edition, did_you_mean
from ..feedback import words
from ..scoring import certainty_score
from .base import Exercise, Option, Scored, best_reading, voice_record
from .lineup import unknown_voices
from .misread import Face, Key, fill, kind_of, known_names, misread, shown
from .pick import option_faults, option_records

__all__ = ["CertaintyExercise", "ClassifyExercise", "SortExercise"]


class GridExercise(Exercise, frozen=True, kw_only=True):
    """What the kinds with rows have in common; the answer is a record row → value."""

    def whole(self, mistake: Mapping[str, Any]) -> Any:
        answer = mistake["answer"]
        return {**self.answer, **answer} if isinstance(answer, dict) and answer else answer

    @staticmethod
    def makes(mistake: Mapping[str, Any], answer: Mapping[str, str]) -> bool:
        return all(answer[row] == value for row, value in mistake["answer"].items())


class CertaintyExercise(GridExercise, frozen=True, kw_only=True, tag="certainty"):
    """Say how sure each voice is of a stated proposition; the answer is a record voice → value."""

    kind: ClassVar[str] = "certainty"
    read_off: ClassVar[bool] = True

    proposition: str

    def offered(self, edition: Edition) -> dict[str, Any]:
        labels = words()["values"]
        return {
            "proposition": self.proposition,
            "voices": [voice_record(edition, voice) for voice in self.answer],
            "values": [{"id": value, "label": labels[value]} for value in CERTAINTIES],
        }

    def worked(self, answer: Any, edition: Edition) -> str:
        labels = words()["values"]
        said = [
            f"{edition.voices[voice].label}: {labels[value]}" for voice, value in answer.items()
        ]
        return "; ".join(said)

    def needs(self) -> Iterator[str]:
        yield self.passage
        yield from self.answer if isinstance(self.answer, dict) else ()

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        if not self.proposition.strip():
            yield "a certainty exercise must state its proposition"
        if not isinstance(self.answer, dict) or not self.answer:
            yield "the answer must give each voice its certainty"
            return
        yield from unknown_voices(self.answer, edition)
        for record in (self.answer, *(other.answer for other in self.accept)):
            for voice, value in record.items() if isinstance(record, dict) else ():
                if value not in CERTAINTIES:
                    near = did_you_mean(str(value), CERTAINTIES)
                    known = near or f"; it is one of: {', '.join(CERTAINTIES)}"
                    yield f"the certainty “{value}” of “{voice}” is not known{known}"

    @staticmethod
    def read(face: Face, value: object) -> dict[str, str]:
        rows = [voice["id"] for voice in face["voices"]]
        return _read_rows("certainty", rows, face, value)

    @staticmethod
    def score(face: Face, key: Key, answer: Mapping[str, str]) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            each = [certainty_score(answer[v], wanted) for v, wanted in reading["answer"].items()]
            total = 0.0
            for one in each:  # not sum(): from Python 3.12 it rounds otherwise than the twin
                total += one
            if len(each) == 1:  # "0 of 1 voices" would tell nobody anything
                return total, words()["parts"]["certainty near"] if 0 < total < 1 else ""
            return _share("certainty", total / len(each), sum(s == 1 for s in each), len(each))

        return best_reading(key, scored)


class SortExercise(GridExercise, frozen=True, kw_only=True):
    """What the kinds with labels of their own have in common."""

    labels: tuple[Option, ...]

    def row_names(self) -> list[tuple[str, str]]:
        """Each row's id and how the worked answer names it."""
        raise NotImplementedError

    def worked(self, answer: Any, edition: Edition) -> str:
        labels = {label.id: label.label for label in self.labels}
        return "; ".join(
            f"{name}: {labels.get(answer[row], answer[row])}"
            for row, name in self.row_names()
            if row in answer
        )

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("label", self.labels)
        rows = [row for row, _ in self.row_names()]
        records = [self.answer, *(other.answer for other in self.accept)]
        for record in records:
            if not isinstance(record, dict) or sorted(record) != sorted(rows):
                yield f"the answer {record!r} must give every row its label"
        for mistake in self.mistake:
            if not isinstance(mistake.answer, dict) or not mistake.answer:
                yield f"the mistake {mistake.answer!r} must give at least one row its label"
                continue
            for row in mistake.answer:
                if row not in rows:
                    yield f"the mistake's row “{row}” is not there{did_you_mean(row, rows)}"

    @staticmethod
    def read(face: Face, value: object) -> dict[str, str]:
        return _read_rows("grid", [row["id"] for row in face["rows"]], face, value)

    @staticmethod
    def score(face: Face, key: Key, answer: Mapping[str, str]) -> Scored:
        def scored(reading: Mapping[str, Any]) -> tuple[float, str]:
            wanted = reading["answer"]
            right = sum(answer[row] == label for row, label in wanted.items())
            return _share("grid", right / len(wanted), right, len(wanted))

        return best_reading(key, scored)


class ClassifyExercise(SortExercise, frozen=True, kw_only=True, tag="classify"):
    """Give each row the label that fits; the answer is a record row → label."""

    kind: ClassVar[str] = "classify"

    rows: tuple[Option, ...]

    def row_names(self) -> list[tuple[str, str]]:
        return [(row.id, row.label) for row in self.rows]

    def offered(self, edition: Edition) -> dict[str, Any]:
        return {"rows": option_records(self.rows), "values": option_records(self.labels)}

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        yield from option_faults("row", self.rows)
        yield from super().structure_faults(edition)


def _share(sentence: str, score: float, right: int, among: int) -> tuple[float, str]:
    if score == 1:
        return score, ""
    return score, fill(words()["parts"][sentence], {"right": str(right), "all": str(among)})


def _read_rows(name: str, rows: list[str], face: Face, value: object) -> dict[str, str]:
    known = [v["id"] for v in face["values"]]
    if not isinstance(value, dict):
        raise misread(f"{name} type", found=kind_of(value))
    for row, chosen in value.items():
        if row not in rows:
            raise misread(f"{name} row", found=shown(row), known=known_names(rows))
        if not isinstance(chosen, str) or chosen not in known:
            found = f"“{shown(chosen)}”" if isinstance(chosen, str) else kind_of(chosen)
            raise misread(f"{name} value", row=row, found=found, known=known_names(known))
    missing = [row for row in rows if row not in value]
    if missing:
        raise misread(f"{name} missing", missing=known_names(missing))
    return {row: value[row] for row in rows}
