"""A learner's answers, kept: append-only JSON lines.

One line a committed try, in ``answers.jsonl``; a line is never changed or removed. The page writes
the same bytes (``forms/store.js``), and the same file is what a student hands in.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .kernel import autograding
from .scoring import same_value

__all__ = [
    "BESIDE",
    "FORMAT",
    "Line",
    "Record",
    "RecordError",
    "encode_line",
    "learner_in",
    "parse_line",
    "recording",
]

FORMAT = 1
"""Version of the record line's format."""

BESIDE = frozenset({"words", "verdict", "whose"})
"""Stages of lines that are no answers: which words told the learner, a verdict on a claim, and a
guess on the thread's page at the voices behind a passage.
"""

_LONGEST_LINE = 100_000
"""Bytes; no answer to any kind of exercise comes near it."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class RecordError(OSError):
    """An answer that could not be kept, with a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Line:
    """One committed answer. ``stage`` is for exercises that are answered in stages, else None."""

    case: str
    exercise: str
    revision: int
    answer: Any
    time: str
    stage: str | None = None

    def asks_as(self, other: Line) -> bool:
        """Whether this answers the same question as ``other``, in the same stage."""
        mine = (self.case, self.exercise, self.revision, self.stage)
        return mine == (other.case, other.exercise, other.revision, other.stage)

    def repeats(self, other: Line) -> bool:
        """Whether this is the same value for the same question as ``other``."""
        return self.asks_as(other) and same_value(self.answer, other.answer)


def encode_line(line: Line) -> str:
    """A line as JSON text without its line end, byte for byte as JavaScript's JSON.stringify."""
    record = {
        "format": FORMAT,
        "case": line.case,
        "exercise": line.exercise,
        "revision": line.revision,
        "answer": _whole_numbers(line.answer),
        "stage": line.stage,
        "time": line.time,
    }
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _whole_numbers(value: Any) -> Any:
    """JavaScript writes 1.0 as 1; so do we."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return int(value)
    if isinstance(value, list | tuple):
        return [_whole_numbers(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _whole_numbers(one) for name, one in value.items()}
    return value


def parse_line(text: str) -> Line | None:
    """The answer in one line of a record; None for a torn, foreign or newer-format line.

    Fields that this version does not know are let be: the file itself keeps them.
    """
    if not text or len(text) > _LONGEST_LINE:
        return None
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not same_value(raw.get("format"), FORMAT):
        return None
    case, exercise = raw.get("case"), raw.get("exercise")
    revision, time, stage = raw.get("revision"), raw.get("time"), raw.get("stage")
    if not (isinstance(case, str) and isinstance(exercise, str) and isinstance(time, str)):
        return None
    if isinstance(revision, bool) or not isinstance(revision, int):
        return None
    if not (stage is None or isinstance(stage, str)) or "answer" not in raw:
        return None
    return Line(case, exercise, revision, raw["answer"], time, stage)


_LONGEST_NAME = 80
"""Characters of a learner's name or number; the page's field takes no more."""


def learner_in(text: str) -> str | None:
    """The name or number in a line ``{"format":1,"learner":"…"}``; None for any other line.

    The page puts such a line before the answers of a downloaded record, if the learner gives one.
    """
    if '"learner"' not in text or len(text) > _LONGEST_LINE:
        return None
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not same_value(raw.get("format"), FORMAT) or "answer" in raw:
        return None
    name = raw.get("learner")
    if not isinstance(name, str):
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_LONGEST_NAME]


def recording() -> bool:
    """Whether answers are to be kept: not while a book is built or notebooks are checked or graded.

    Pytest sets ``PYTEST_CURRENT_TEST``, and the kernels that nbval starts inherit it.
    """
    if autograding():
        return False
    return os.environ.get("WORKBOOK_RECORD", "on") != "off" and not (
        "PYTEST_CURRENT_TEST" in os.environ and "WORKBOOK_RECORD" not in os.environ
    )


class Record:
    """The file of answers at ``path``; read anew each time, since another kernel may write too."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def raw_lines(self) -> list[str]:
        """Every line of the file as it stands, torn and foreign ones too; none without a file."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RecordError(f"Your record {self.path.name} cannot be read: {error}.") from error
        return [line for line in data.decode("utf-8", "replace").split("\n") if line.strip()]

    def lines(self) -> list[Line]:
        """Every answer in the file, in the order committed."""
        return [line for line in map(parse_line, self.raw_lines()) if line]

    def answers(self, case: str, exercise: str, revision: int) -> list[Any]:
        """All answers to one exercise in the order committed; of what is said beside it, none."""
        wanted = (case, exercise, revision)
        return [
            line.answer
            for line in self.lines()
            if (line.case, line.exercise, line.revision) == wanted and line.stage not in BESIDE
        ]

    def commit(
        self,
        case: str,
        exercise: str,
        revision: int,
        answer: Any,
        stage: str | None = None,
        comes_back: bool = False,
    ) -> bool:
        """Keep one answer; False if the same value is there already, and then nothing is written.

        Where nothing is marked a learner may come back to an earlier value: with ``comes_back``
        only the last one counts as the same.

        Raises ``RecordError`` if the file cannot be written. A line torn by a crash is closed
        first. One write of one line to a file opened for appending: kernels do not mix lines.
        """
        line = Line(case, exercise, revision, answer, _now(), stage)
        known = [earlier for earlier in self.lines() if line.asks_as(earlier)]
        if any(line.repeats(earlier) for earlier in (known[-1:] if comes_back else known)):
            return False
        data = (encode_line(line) + "\n").encode("utf-8")
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            try:
                end = os.lseek(handle, 0, os.SEEK_END)
                if end and _byte_at(handle, end - 1) != b"\n":
                    data = b"\n" + data
                written = os.write(handle, data)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise RecordError(_unkept(self.path, error.strerror or str(error))) from error
        if written != len(data):
            raise RecordError(_unkept(self.path, "the disk is full"))
        return True


def _byte_at(handle: int, place: int) -> bytes:
    os.lseek(handle, place, os.SEEK_SET)
    return os.read(handle, 1)


def _unkept(path: Path, why: str) -> str:
    return (
        f"Your answer could not be written to {path.name} ({why}). "
        "It is still in the notebook: copy it, make room or choose another folder, and run again."
    )


def _now() -> str:
    """The time in UTC to the millisecond, as JavaScript's Date.toISOString writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
