"""What the teacher rules: ``grading.toml``, the flags of the command, and marks given by hand."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import msgspec

from ..case import Case
from ..edition import NotAnchored, did_you_mean
from ..judging import Misread, read_answer
from .gradebook import safe

__all__ = [
    "Given",
    "Policy",
    "RuleError",
    "Rules",
    "chapters_of",
    "no_table",
    "read_marks",
    "read_rules",
    "table",
    "when",
]

Policy = Literal["best", "last", "first", "classroom"]


class RuleError(ValueError):
    """A rule that cannot be followed, in a sentence for the teacher."""


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in ``grading.toml``; every part may be left out.

    ``weights`` and ``excused`` name exercises or chapters, and ``excused`` has the students' ids
    (``"*"`` for everybody) before them. ``checked`` lists students whose hand-ins a person has
    looked at: these count as they stand.
    """

    title: str = "Who Says So?"
    out_of: Annotated[float, msgspec.Meta(gt=0, le=1e6)] = 100
    drop_lowest: Annotated[int, msgspec.Meta(ge=0)] = 0
    weights: dict[str, Annotated[float, msgspec.Meta(ge=0, le=1e6)]] = {}
    excused: dict[str, list[str]] = {}
    accept: dict[str, list[Any]] = {}
    checked: list[str] = []


_MEANT = {
    "title": "a text in quotation marks",
    "out_of": "a number above 0, and at most a million",
    "drop_lowest": "a whole number, 0 or more",
    "weights": "names of exercises or chapters, each with a number from 0 to a million",
    "excused": "students' ids in quotation marks, each with a list of exercises or chapters",
    "accept": "names of exercises, each with a list of answers",
    "checked": "a list of students' ids in quotation marks",
}
"""What stands in ``Rules``, in words for a teacher whose file has something else there."""


@dataclass(frozen=True, slots=True)
class Given:
    """Marks and comments given by hand, by (student or hand-in, exercise)."""

    marks: Mapping[tuple[str, str], float] = field(default_factory=dict)
    comments: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_rules(path: Path, case: Case) -> Rules:
    """The rules in a file, or ``RuleError``."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
        if unknown := [name for name in raw if name not in _MEANT]:
            near = did_you_mean(unknown[0], _MEANT) or f"; there are {', '.join(_MEANT)}."
            raise RuleError(f"{path.name}: there is no rule “{unknown[0]}”{near}")
        rules = msgspec.convert(raw, Rules)
    except RuleError:
        raise
    except OSError as error:
        raise RuleError(f"{path} cannot be read: {error.strerror or error}.") from error
    except msgspec.ValidationError as error:
        wrong = next(name for name in _MEANT if f"$.{name}" in str(error))
        raise RuleError(f"{path.name}: {wrong} should be {_MEANT[wrong]}.") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.name} is no text in UTF-8. Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise RuleError(f"{path.name} cannot be used: {error}.") from error
    named = [*rules.weights, *(name for names in rules.excused.values() for name in names)]
    for name in named:
        if name not in case.items and name not in case.chapters:
            near = did_you_mean(name, [*case.items, *case.chapters]) or "."
            raise RuleError(f"{path.name}: there is no exercise or chapter “{name}”{near}")
    for name, answers in rules.accept.items():
        if name not in case.items:
            near = did_you_mean(name, case.items) or "."
            raise RuleError(
                f"{path.name}: there is no exercise “{name}” to accept answers to{near}"
            )
        _check_accepted(path.name, case, name, answers)
    return rules


def _check_accepted(file: str, case: Case, name: str, answers: Sequence[Any]) -> None:
    from .scale import Scale

    try:
        for answer in answers:
            json.dumps(answer)
            read_answer(case.compiled[name][0], answer)
        scale = Scale(case, {name: answers})
        poor = [one for one in answers if scale.weigh_value(name, one).score != 1]
    except (Misread, NotAnchored, TypeError, ValueError, KeyError) as error:
        said = f"{file}: what is to be accepted for {name} cannot be an answer: {error}"
        raise RuleError(said) from error
    if poor:
        raise RuleError(f"{file}: {name} cannot accept {poor[0]!r}; it is not scored as right.")


def chapters_of(case: Case, wanted: str | None) -> tuple[str, ...] | None:
    """The chapters in a list such as ``1-4,7``; None where nothing is asked."""
    if wanted is None:
        return None
    known = {chapter.lstrip("0"): chapter for chapter in case.chapters}
    found: set[str] = set()
    for part in wanted.split(","):
        first, dash, last = (one.strip().lstrip("0") for one in part.partition("-"))
        if dash and first.isdigit() and last.isdigit():
            low, high = sorted((min(int(first), 1000), min(int(last), 1000)))
            names = [str(n) for n in range(low, high + 1)]
        else:
            names = [part.strip().lstrip("0")]
        missing = [name for name in names if name not in known]
        if missing:
            there = ", ".join(case.chapters)
            raise RuleError(f"There is no chapter {missing[0] or part!r}. There are: {there}.")
        found.update(known[name] for name in names)
    return tuple(chapter for chapter in case.chapters if chapter in found)


def when(text: str) -> datetime:
    """A point in time such as ``2026-11-23 23:59``: in this computer's zone unless it says."""
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        said = f"“{text}” is no time that we read; write it as 2026-11-23T23:59 or with +01:00."
        raise RuleError(said) from error


def read_marks(path: Path, exercise: Callable[[str], bool]) -> Given:
    """Marks in a table with the columns student, item and mark, or ``RuleError``.

    A mark is from 0 to 1, or a part such as 7/10. Rows without one are passed over.
    """
    marks: dict[tuple[str, str], float] = {}
    comments: dict[tuple[str, str], str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = table(file)
            missing = {"student", "item", "mark"} - set(rows.fieldnames or ())
            if missing:
                raise RuleError(f"{path.name} has no column {sorted(missing)[0]}.")
            for row in rows:
                key = (safe(_unguarded(row["student"])), (row["item"] or "").strip())
                if not key[0] or not any(row.values()):
                    continue
                if not exercise(key[1]):
                    at = f"{path.name}, line {rows.line_num}"
                    raise RuleError(f"{at}: there is no exercise “{key[1]}”.")
                if (row["mark"] or "").strip():
                    marks[key] = _mark(row["mark"], f"{path.name}, line {rows.line_num}")
                comments[key] = _unguarded(row.get("comment"))
    except OSError as error:
        raise RuleError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleError(no_table(path.name)) from error
    return Given(marks, comments)


def table(file: TextIO) -> csv.DictReader[str]:
    """The rows of a CSV file. Where the comma is the decimal mark, Excel puts semicolons."""
    first = file.readline(100_000)
    file.seek(0)
    return csv.DictReader(file, delimiter=max(",;\t", key=first.count))


def no_table(file: str) -> str:
    """What to do about a file that is no table which can be read."""
    return (
        f"{file} is no CSV table in UTF-8. In Excel, save it as “CSV UTF-8”; elsewhere, choose the "
        "character set UTF-8."
    )


def _unguarded(cell: str | None) -> str:
    """A cell without the sign that keeps a spreadsheet from running it."""
    text = cell or ""
    return text[1:] if text.startswith("'") else text


def _mark(text: str, at: str) -> float:
    try:
        part, slash, whole = text.strip().replace(",", ".").partition("/")
        value = float(part) / float(whole) if slash else float(part)
    except (ValueError, ZeroDivisionError):
        value = -1.0
    if not 0 <= value <= 1:
        raise RuleError(f"{at}: “{text}” is no mark from 0 to 1, nor a part such as 7/10.")
    return value
