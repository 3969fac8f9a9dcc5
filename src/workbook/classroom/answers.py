"""``answers.parquet``: every answer of a class, a row each, for whoever wants to count.

Written as CSV while students pass by, and turned into Parquet by DuckDB, within little memory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .earned import unpacked
from .gradebook import comma_separated
from .scale import Scale
from .standing import Handed, Standing

__all__ = ["AnswerTable", "quoted"]

COLUMNS = {
    "student": "VARCHAR",
    "hand_in": "VARCHAR",
    "counts": "BOOLEAN",
    "item": "VARCHAR",
    "chapter": "VARCHAR",
    "try": "INTEGER",
    "stage": "VARCHAR",
    "answer": "VARCHAR",
    "verdict": "VARCHAR",
    "score": "DOUBLE",
    "points": "DOUBLE",
    "code": "VARCHAR",
    "time": "VARCHAR",
}
"""``student`` is their id, or the hand-in's name where nobody is known; ``counts`` says whether the
hand-in is the one that counts for this exercise; ``score`` and ``points`` are null where the answer
is noted or could not be read."""


_MOST = 20_000
_LONGEST = 1_000
"""Bounds of what is kept: the middles of rows by packed answers, and bytes of these."""

_plain = re.compile(r"[0-9T:.+\-Z]*").fullmatch
"""Times as both writers of records give them: nothing in them would need quotation marks."""


class AnswerTable:
    """The answers of a class in the making. ``folder`` holds what is needed meanwhile."""

    def __init__(self, path: Path, folder: Path, scale: Scale) -> None:
        self.path = path
        self._folder = folder
        self._chapter_of = scale.chapter_of
        self._raw = folder / f"answers.{os.getpid()}.csv"
        self._part = folder / f"answers.{os.getpid()}.parquet"
        self._file = self._raw.open("w", encoding="utf-8", errors="replace", newline="")
        self._kept: dict[bytes, tuple[str, ...]] = {}

    def add(self, key: str, handed: Sequence[Handed], found: Standing) -> None:
        """All answers of one student."""
        rows = []
        kept, source = self._kept.get, found.source
        for place, one in enumerate(handed):
            begun = comma_separated((key, one.name))
            every = one.marks.answered()
            if not _plain("".join([time for answered in every for time in answered.times])):
                for answered in every:
                    answered.times = [comma_separated((time[:40],)) for time in answered.times]
            counts, not_counts = f"{begun},True", f"{begun},False"
            for answered in every:
                packed = bytes(answered.packed)
                middles = kept(packed) or self._middles(packed)
                start = counts if source.get(answered.item) == place else not_counts
                for middle, time in zip(middles, answered.times, strict=True):
                    rows.append(f"{start},{middle},{time}\r\n")
        self._file.write("".join(rows))

    def _middles(self, packed: bytes) -> tuple[str, ...]:
        """The columns from ``item`` to ``code``: the same for all who answered so."""
        found = []
        for item, number, stage, answer, verdict, score, points, code in unpacked(packed):
            judged = verdict not in ("noted", "unreadable")
            figures = (repr(score), repr(points)) if judged else ("", "")
            tries = str(number or "")
            cells = (item, self._chapter_of[item], tries, stage, answer, verdict, *figures, code)
            found.append(comma_separated(cells))
        if len(packed) <= _LONGEST:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[packed] = tuple(found)
        return tuple(found)

    def place(self) -> str:
        """Make the Parquet file and put it in its place; otherwise a sentence that says why not."""
        self._file.close()
        try:
            import duckdb
        except ImportError:
            return "answers.parquet needs DuckDB: pip install 'who-says-so[classroom]'."
        try:
            self._convert(duckdb)
        except duckdb.Error as error:
            said = str(error).split("\n", 1)[0]
            return f"answers.parquet could not be made ({said}); everything else is written."
        self._part.replace(self.path)
        return ""

    def _convert(self, duckdb: Any) -> None:
        with duckdb.connect() as engine:
            engine.execute("SET threads = 1")
            # One thread keeps the order by itself; asked to keep it, DuckDB would hold more rows.
            engine.execute("SET preserve_insertion_order = false")
            engine.execute("SET memory_limit = '96MB'")
            engine.execute(f"SET temp_directory = {quoted(self._folder / 'duckdb')}")
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
            engine.execute(
                f"COPY (SELECT * FROM read_csv({quoted(self._raw)}, columns = {{{columns}}}, "
                "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
                "new_line = '\\r\\n', max_line_size = 1000000, "
                "buffer_size = 2000000, parallel = false)) "
                f"TO {quoted(self._part)} (FORMAT parquet, COMPRESSION zstd, "
                "ROW_GROUP_SIZE 20480, ROW_GROUP_SIZE_BYTES '8MB')"
            )

    def close(self) -> None:
        """Take away what was needed meanwhile."""
        self._file.close()
        for path in (self._raw, self._part):
            path.unlink(missing_ok=True)


def quoted(path: Path) -> str:
    """A path as DuckDB reads it in a question."""
    return "'" + str(path).replace("'", "''") + "'"
