"""One hand-in, read: the lines of its record and the answers typed in its cells.

A hand-in is a record (``.jsonl``) or a notebook (``.ipynb``, in which ``ask.hand_in()`` embeds the
record). What it says is gathered here and judged in ``marking.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ..ask import RECORD_MIME
from ..record import learner_in
from ..scoring import same_value
from .bounds import Refused, checked, decode, read_json
from .formats import NotAHandIn, check_beginning, kind_by_name, objects
from .lines import Lines, Said, all_said, each_said, said
from .literal import LARGEST_CELL, Typed, typed_answers

__all__ = ["HandIn", "listed", "understand"]

_MOST_ANSWERS = 10_000
"""Lines of a record, and likewise typed answers; a term's work has a few hundred."""

_TOO_LONG = f"The record has more than {_MOST_ANSWERS:,} lines; the rest is left out."

_MOST_CELLS = 10_000
"""Cells of a notebook that are read; ours have fewer than a hundred."""

_MOST_SOURCE = 2_000_000
"""Characters in all the cells that are read; with it one notebook takes a few seconds at most."""


_MOST_DOUBTS = 100
"""Reasons that are found in one notebook's records; nobody reads more."""

_MOST_NAMES = 10
"""Names of learners in one record; more than one is odd enough."""


@dataclass(slots=True)
class HandIn:
    """What one file says. ``lines`` are the answers of its record and ``times`` the time of each;
    ``records`` are the cases whose record came with a notebook, and ``learners`` the names that
    learners wrote into their records.

    ``doubts`` are reasons why a person must look; ``notes`` are not.
    """

    notebook: bool
    lines: list[Said] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    displaced: list[Typed] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    learners: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def understand(name: str, data: bytes) -> HandIn:
    """What the bytes of a file of this name say, or ``Refused``."""
    kind = kind_by_name(name)
    if kind == "renamed":
        return _renamed(data)
    check_beginning(data)
    data = checked(data)
    return _notebook(data) if kind == "notebook" else _record(data)


def _renamed(data: bytes) -> HandIn:
    """A file whose name says neither; what it holds must say it."""
    try:
        data = checked(data)
        text = decode(data)
    except Refused:
        raise NotAHandIn from None
    if _is_notebook(text):
        return _notebook(data)
    if '"exercise"' not in text or not any(map(said, islice(objects(text), 3))):
        raise NotAHandIn
    return _record(data)


def _record(data: bytes) -> HandIn:
    if b"\r" in data:  # as no text in JSON can hold it, it ends a line
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    hand_in = _gathered(all_said(data, _MOST_ANSWERS))
    if hand_in.lines:
        return _laid_anew(data, hand_in) if hand_in.doubts or hand_in.notes else hand_in
    text = decode(data)
    if _is_notebook(text):
        hand_in = _notebook(data)
        hand_in.notes.append("The file is a notebook, whatever its name says.")
        return hand_in
    hand_in = _laid_anew(data, hand_in)
    if not hand_in.lines:
        if _NEWER.match(text.lstrip()):
            raise Refused("The record is of a newer format. Update this program and grade again.")
        raise Refused("Not one line of the file is an answer in the form of a record.")
    return hand_in


def _laid_anew(data: bytes, by_lines: HandIn) -> HandIn:
    """A record that a program set out in another way, if more answers can be read in it so than
    line by line: in a list, with a comma after each, or over many lines.
    """
    if not (text := _text(data)):
        return by_lines
    laid_anew = (one.encode("utf-8", "replace") for one in objects(text))
    hand_in = _gathered(each_said(laid_anew, _MOST_ANSWERS))
    if len(hand_in.lines) <= len(by_lines.lines):
        return by_lines
    hand_in.notes.append("The record was laid out anew by some program; it was read all the same.")
    return hand_in


_NEWER = re.compile(r'\{"format": ?(?!1\b)[0-9]')


def _gathered(found: Lines) -> HandIn:
    """The answers and names in the lines of a record."""
    hand_in = HandIn(False, found.answers, found.times)
    torn: list[int] = []
    damaged: list[int] = []
    for number, one in found.others:
        if (learner := learner_in(_text(one))) is not None:
            _name(hand_in, learner)
        else:
            # A crash in the middle of a write leaves the beginning of a line. Any other line
            # without sense was changed by something or somebody.
            (torn if _begun(one) else damaged).append(number)
    if found.cut:
        hand_in.doubts.append(_TOO_LONG)
    if damaged:
        hand_in.doubts.append(f"The record is damaged in {_lines(damaged)}; the rest is graded.")
    if torn:
        hand_in.notes.append(f"The record is cut off in {_lines(torn)}; the rest is graded.")
    return hand_in


def _begun(line: bytes) -> bool:
    """Whether a line is the beginning of a record's line, and no more."""
    if not line.startswith(b"{") or line.endswith(b"}"):
        return False
    return not any(objects(line.decode("utf-8", "replace")))


def _name(hand_in: HandIn, learner: str) -> None:
    if learner and learner not in hand_in.learners and len(hand_in.learners) < _MOST_NAMES:
        hand_in.learners.append(learner)


def _text(raw: bytes) -> str:
    """``raw`` as text; nothing, which is no line of a record, where it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_notebook(text: str) -> bool:
    try:
        value = read_json(text)[0]
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "nbformat" in value


def _lines(numbers: list[int]) -> str:
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {listed(map(str, numbers))}"


def listed(names: Any, most: int = 8) -> str:
    """``a, b and c``; after ``most`` names only how many more there are."""
    all_names = list(names)
    shown = all_names[:most]
    if len(all_names) > most:
        return f"{', '.join(shown)} and {len(all_names) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _notebook(data: bytes) -> HandIn:
    cells, twice = _cells(data)
    if cells is None:
        hand_in = _record(data)
        hand_in.notes.append("The file is a record, whatever its name says.")
        return hand_in
    hand_in = HandIn(notebook=True)
    if twice:
        hand_in.doubts.append(
            "The notebook's JSON names a field twice in one place; only the last was read."
        )
    damaged: list[str] = []
    seen: set[str] = set()
    unread = _MOST_SOURCE
    for number, cell in enumerate(islice(cells, _MOST_CELLS + 1), 1):
        source = _source(cell)
        if source is None:
            damaged.append(str(number))
            continue
        unread -= len(source) if len(source) <= LARGEST_CELL else 0
        if unread < 0 or number > _MOST_CELLS or len(hand_in.typed) > _MOST_ANSWERS:
            hand_in.doubts.append(
                f"The notebook is longer than any of ours; what comes from cell {number} on is "
                "left out."
            )
            break
        if cell.get("cell_type") != "code":
            hand_in.displaced += typed_answers(source)
            continue
        hand_in.typed += typed_answers(source)
        for embedded in _embedded(cell):
            _take(hand_in, embedded, seen)
    if damaged:
        which = f"Cell {damaged[0]} is" if len(damaged) == 1 else f"Cells {listed(damaged)} are"
        hand_in.doubts.append(f"{which} damaged and cannot be read; the rest is graded.")
    return hand_in


def _cells(data: bytes) -> tuple[list[Any] | None, bool]:
    """The cells of a notebook of format 4, and whether its JSON names a field twice.

    None for the cells of what is no notebook but a record.
    """
    text = decode(data)
    try:
        raw, twice = read_json(text)
    except Refused:
        raise
    except (ValueError, RecursionError) as error:
        if said(text.strip().split("\n", 1)[0].strip()):
            return None, False
        line = getattr(error, "lineno", 1)
        raise Refused(
            f"The file is not a whole notebook: its JSON is cut off or damaged in line {line}."
        ) from error
    version = raw.get("nbformat") if isinstance(raw, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        if said(text.strip()):
            return None, False
        raise Refused("The file is JSON, but not a notebook.")
    if version != 4:
        raise Refused(
            f"It is a notebook of format {version}; we read format 4. Open it in a current "
            "Jupyter, save it, and grade again."
        )
    cells = raw.get("cells")
    if not isinstance(cells, list):
        raise Refused("The notebook has no list of cells.")
    return cells, twice


def _source(cell: Any) -> str | None:
    source = cell.get("source") if isinstance(cell, dict) else None
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        return "".join(source)
    return source if isinstance(source, str) else None


def _embedded(cell: dict[str, Any]) -> Iterator[Any]:
    """Every record that ``hand_in()`` left in the outputs of a cell."""
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and RECORD_MIME in data:
            yield _as_json(data[RECORD_MIME])


def _as_json(value: Any) -> Any:
    """A value of JSON that an editor may have kept as text, or as lines of text."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "".join(value)
    if isinstance(value, str):
        try:
            return read_json(value)[0]
        except (ValueError, RecursionError):
            return None
    return value


def _doubt(hand_in: HandIn, sentence: str) -> None:
    if len(hand_in.doubts) < _MOST_DOUBTS and sentence not in hand_in.doubts:
        hand_in.doubts.append(sentence)


def _take(hand_in: HandIn, embedded: Any, seen: set[str]) -> None:
    """Add the lines of an embedded record that no earlier output had."""
    if not (
        isinstance(embedded, dict)
        and same_value(embedded.get("format"), 1)
        and isinstance(embedded.get("case"), str)
        and isinstance(embedded.get("lines"), list)
    ):
        _doubt(hand_in, "The record kept in the notebook is damaged.")
        return
    hand_in.records.add(embedded["case"])
    damaged = 0
    for one in embedded["lines"]:
        if len(hand_in.lines) + damaged == _MOST_ANSWERS:
            _doubt(hand_in, _TOO_LONG)
            break
        if isinstance(one, str) and one in seen:
            continue
        line = said(one) if isinstance(one, str) else None
        if line:
            seen.add(one)
            hand_in.lines.append(line[0])
            hand_in.times.append(line[1])
        elif isinstance(one, str) and (learner := learner_in(one)) is not None:
            _name(hand_in, learner)
        else:
            damaged += 1
    if damaged:
        lines = "1 line" if damaged == 1 else f"{damaged} lines"
        reason = f"The record kept in the notebook is damaged in {lines}; the rest is graded."
        _doubt(hand_in, reason)
