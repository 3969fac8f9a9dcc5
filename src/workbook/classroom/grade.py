"""Grade a file or folder of hand-ins; one bad file costs one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ..case import Case
from .bounds import Refused
from .gathering import Gathered, gather
from .gradebook import heading, row, write_gradebook
from .handin import read_hand_in
from .marking import Marks, mark
from .scale import Scale

__all__ = ["GRADEBOOK", "GradeError", "Summary", "grade"]

GRADEBOOK = "gradebook.csv"


class GradeError(OSError):
    """Why nothing at all could be graded, in a sentence for the teacher."""


@dataclass(slots=True)
class Summary:
    """What was done; prints as a few lines."""

    gradebook: Path
    counts: Counter[str] = field(default_factory=Counter)
    ignored: int = 0

    def __str__(self) -> str:
        total = self.counts.total()
        lines = [f"{total} hand-in{'' if total == 1 else 's'}"]
        lines += [
            f"  {status:<15} {self.counts[status]}"
            for status in ("graded", "needs a person", "rejected")
        ]
        if self.ignored:
            lines.append(f"  Hidden files and folders passed over: {self.ignored}")
        return "\n".join([*lines, f"Written: {self.gradebook}"])


def grade(case: Case, handins: Path, out: Path) -> Summary:
    """Write ``gradebook.csv`` in ``out``: a row for every file at or under ``handins``.

    Raises ``GradeError`` if there is no such file or folder, or the gradebook cannot be written.
    """
    if not handins.exists():
        raise GradeError(f"There is no file or folder {handins}.")
    # Looked through before anything is written, so that what we write is not among it.
    found = gather(handins.resolve(), but=out.resolve())
    summary = Summary(out / GRADEBOOK, ignored=found.ignored)
    exercises = [name for names in case.chapters.values() for name in names]
    rows = (row(name, marks, exercises) for name, marks in _marked(case, found, summary))
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_gradebook(summary.gradebook, chain([heading(exercises)], rows))
    except OSError as error:
        raise GradeError(
            f"{summary.gradebook} cannot be written: {error.strerror or error}."
        ) from error
    return summary


def _marked(case: Case, found: Gathered, summary: Summary) -> Iterator[tuple[str, Marks]]:
    """Name and marks of each hand-in, in the order of their names."""
    scale = Scale(case)
    own = summary.gradebook.resolve()
    paths = {name: path for name, path in found.files if path != own}
    for name in sorted([*paths, *found.refused]):
        if name in found.refused:
            marks = Marks("rejected", found.refused[name])
        else:
            marks = _mark_one(scale, paths[name])
        summary.counts[marks.status] += 1
        yield name, marks


def _mark_one(scale: Scale, path: Path) -> Marks:
    try:
        return mark(scale, read_hand_in(path))
    except Refused as reason:
        return Marks("rejected", str(reason))
    except Exception as error:  # the batch goes on, whatever we got wrong about this one
        return Marks(
            "needs a person",
            f"Grading failed through a fault of ours ({type(error).__name__}); the file is as it "
            "was. Please grade it by hand and tell the makers of this workbook.",
        )
