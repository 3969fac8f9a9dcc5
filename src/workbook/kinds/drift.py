"""What changed between an original and its copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from msgspec import Struct

from ..edition import Edition, NotAnchored, Selector, anchor, did_you_mean
from ..feedback import words
from .base import voice_record
from .grid import SortExercise
from .pick import option_faults, option_records

__all__ = ["DriftExercise"]


class Pair(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the original beside what became of them; an empty copy is left out."""

    id: str
    original: str
    copy: str = ""


class DriftExercise(SortExercise, frozen=True, kw_only=True, tag="drift"):
    """Say of each pair what changed on the way; the answer is a record row → label."""

    kind: ClassVar[str] = "drift"

    original_passage: str
    copy_passage: str
    rows: tuple[Pair, ...]

    def needs(self) -> Iterator[str]:
        yield from (self.passage, self.original_passage, self.copy_passage)

    def row_names(self) -> list[tuple[str, str]]:
        return [(row.id, _label(row)) for row in self.rows]

    def offered(self, edition: Edition) -> dict[str, Any]:
        rows = [
            {
                "id": row.id,
                "label": _label(row),
                "original": _differing(row.original, row.copy),
                "copy": _differing(row.copy, row.original),
            }
            for row in self.rows
        ]
        sources = [
            _source(edition, passage) for passage in (self.original_passage, self.copy_passage)
        ]
        return {"rows": rows, "values": option_records(self.labels), "sources": sources}

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        ids = [row.id for row in self.rows]
        yield from (f"row “{i}” stands twice" for i in sorted({i for i in ids if ids.count(i) > 1}))
        yield from option_faults("label", self.labels)
        sides = {"original": self.original_passage, "copy": self.copy_passage}
        for side, name in sides.items():
            passage = edition.passages.get(name)
            if passage is None:
                near = did_you_mean(name, edition.passages)
                yield f"{side}_passage “{name}” is not in the edition{near}"
                continue
            for row in self.rows:
                quoted = getattr(row, side)
                if not quoted:
                    if side == "original":
                        yield f"row “{row.id}” has no words of the original"
                    continue
                try:
                    anchor(edition.text, Selector(quoted), passage.span)
                except NotAnchored as error:
                    yield f"row “{row.id}”: {error} (in passage {name})"
        yield from super().structure_faults(edition)


def _source(edition: Edition, name: str) -> dict[str, Any]:
    passage = edition.passages[name]
    return {
        "id": name,
        "line": edition.line_of(passage.span.start),
        "voice": voice_record(edition, edition.posts[passage.post].voice),
        "text": passage.exact,
    }


def _differing(own: str, other: str) -> list[list[Any]]:
    """The words of one side, in runs of (words, whether they differ from the other side's)."""
    mine, theirs = own.split(), other.split()
    kept = _shared(mine, theirs) if theirs else set(range(len(mine)))
    runs: list[list[Any]] = []
    for i, word in enumerate(mine):
        differs = i not in kept
        if runs and runs[-1][1] is differs:
            runs[-1][0] += f" {word}"
        else:
            runs.append([word, differs])
    return runs


def _shared(mine: list[str], theirs: list[str]) -> set[int]:
    """Which of my words stand in a longest sequence that both sides have."""
    a, b = ([word.strip(".,;:!?“”\"'()").lower() for word in side] for side in (mine, theirs))
    most = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            longer = max(most[i + 1][j], most[i][j + 1])
            most[i][j] = most[i + 1][j + 1] + 1 if a[i] == b[j] else longer
    found, i, j = set(), 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            found.add(i)
            i, j = i + 1, j + 1
        elif most[i + 1][j] >= most[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _label(row: Pair) -> str:
    copied = f"“{_flat(row.copy)}”" if row.copy else words()["ui"]["left_out"]
    return f"“{_flat(row.original)}” → {copied}"


def _flat(quoted: str) -> str:
    return " ".join(quoted.split())
