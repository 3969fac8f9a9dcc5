"""A simulated class, for trying the teacher's side before there is a real one.

Nobody answered any of this. Every line of every file says that it is simulated, and so does every
file's name. What such a class is like follows from the assumptions in ``students.py`` and
``ratings.py`` alone; ``README.txt``, written beside the hand-ins, says them in plain words. So it
can show how a report looks, and never what learners think.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ..case import Case
from ..kinds import KINDS
from .guesses import guesses
from .label import LABEL, README, is_simulated
from .ratings import Rating, rating
from .students import Marked, hand_in

__all__ = ["MOST", "SimulateError", "Simulated", "simulate", "whole_number"]

MOST = 100_000
"""Students; more would fill a disk, at 30 kB a student."""

_OURS = re.compile(r"simulated-\d{4,6}\.jsonl")


class SimulateError(ValueError):
    """Why no class could be simulated, in a sentence for the teacher."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was written; prints as a few lines."""

    out: Path
    students: int
    seed: int
    lines: int
    unlike: tuple[str, ...]

    def __str__(self) -> str:
        one = "student" if self.students == 1 else "students"
        said = [
            f"{self.students:,} simulated {one}, {self.lines:,} answers, seed {self.seed}",
            f"Written: {self.out} ({README} says what was assumed)",
        ]
        if self.unlike:
            said.append(f"Nothing is simulated for: {', '.join(self.unlike)}")
        return "\n".join(said)


def whole_number(text: str, what: str) -> int:
    """A whole number typed by a teacher, or ``SimulateError``."""
    try:
        return int(text.replace(",", ""))
    except ValueError:
        raise SimulateError(
            f"{what} must be a whole number, such as 30; “{text}” is none."
        ) from None


def simulate(case: Case, students: int, out: Path, seed: int = 0) -> Simulated:
    """Write the hand-ins of a simulated class of ``students`` and a README into ``out``.

    The same case, number and seed give the same bytes; a student's answers depend on the seed and
    the student's number, not on how many others there are. Files are written one at a time.
    Raises ``SimulateError`` for a number of students that makes no class, for a folder in which
    anything but an earlier simulated class stands, and if nothing can be written there.
    """
    if isinstance(students, bool) or not 1 <= students <= MOST:
        raise SimulateError(
            f"A simulated class has from 1 to {MOST:,} students; {students:,} is not possible."
        )
    asked, unlike = _prepared(case, seed)
    written = 0
    try:
        _make_room(out)
        (out / README).write_text(_readme(case, students, seed, unlike), "utf-8", newline="\n")
        width = max(4, len(str(students)))
        for number in range(1, students + 1):
            lines = hand_in(asked, Random(f"{seed}/student/{number}"))
            written += len(lines)
            with (out / f"simulated-{number:0{width}}.jsonl").open("wb", 0) as file:
                file.write("".join(lines).encode("utf-8"))
    except OSError as error:
        raise SimulateError(
            f"The class cannot be written to {out}: {error.strerror or error}."
        ) from error
    return Simulated(out, students, seed, written, unlike)


def _make_room(out: Path) -> None:
    """See to it that ``out`` is an empty folder, taking away an earlier simulated class."""
    if out.is_dir():
        names = sorted(path.name for path in out.iterdir())
        foreign = [name for name in names if not (name == README or _OURS.fullmatch(name))]
        if names and (foreign or not is_simulated(out)):
            raise SimulateError(
                f"{out} is not empty (there is {(foreign or names)[0]}). Name a new or an empty "
                "folder; then no file of yours is lost or mixed with simulated ones."
            )
        for name in names:
            (out / name).unlink()
    elif out.exists():
        raise SimulateError(f"{out} is a file. Name a folder for the simulated class.")
    out.mkdir(parents=True, exist_ok=True)


def _prepared(case: Case, seed: int) -> tuple[list[list[Marked | Rating]], tuple[str, ...]]:
    """What is asked in each chapter, and the items that nothing is simulated for."""
    chapters, unlike = [], []
    for names in case.chapters.values():
        here = []
        for name in names:
            made = _item(case, name, Random(f"{seed}/item/{name}"))
            if made:
                here.append(made)
            else:
                unlike.append(name)
        chapters.append(here)
    return chapters, tuple(unlike)


def _item(case: Case, name: str, random: Random) -> Marked | Rating | None:
    item, (face, key) = case.items[name], case.compiled[name]
    if key is None:
        raise SimulateError(
            "This copy of the case has no key, so no class can be simulated. Take the case from "
            "which it was released."
        )
    if KINDS[face["kind"]].noted:
        return rating(face, random)
    found = guesses(item, face, key, random)
    return Marked.drawn(item.difficulty, found, random) if found.right else None


_TEXT = """\
{label}

{students} simulated {one} for the case “{case}”.
Made by `workbook simulate {students} FOLDER --seed {seed}`; the same number and seed give the same
files again. Every line of every file has "simulated":true.

Use them to see what grading and reports look like. They say nothing about what real learners
think, find hard or agree on. All of it follows from these assumptions:

- Every student has an ability, most near the middle. Every item has a difficulty, taken from the
  1, 2 or 3 that it declares, and a little chance. Able students are right more often, easy items
  are got right more often, and who knows nothing can still guess among a few options.
- Wrong answers are mostly the mistakes that the item itself expects (85 %); the rest are slips.
  Every student leans to some misconceptions more than to others.
- A reply helps: the second and third try go better than the first. After a wrong try 12 % give up.
- 4 % of the items are left out. 12 % of the students stop somewhere in the book.
- A chapter is one sitting, three days after the last. An answer takes 45 seconds or so.
- Ratings: the simulated class has a common level for every dial, drawn by chance and taken from
  nobody's reading. Students rate it with a strictness of their own, which drifts as they go on, and
  with chance. Now and then they cannot tell. When voice and chain are revealed, levels shift a
  little, most of them the same way.
- Tables of explanations and findings: each cell has a common value that 65 % give, and points move
  towards the explanation that has least against it.
- Texts only say that they are simulated, quote the passage, and have the length asked for.
{unlike}"""


def _readme(case: Case, students: int, seed: int, unlike: tuple[str, ...]) -> str:
    left = f"\nNothing is simulated for these items: {', '.join(unlike)}.\n" if unlike else ""
    return _TEXT.format(
        label=LABEL,
        students=students,
        one="student" if students == 1 else "students",
        case=case.title,
        seed=seed,
        unlike=left,
    )
