"""What grading has found so far, kept beside the gradebook so that nothing is read twice.

One SQLite file. It survives ``kill -9`` at any moment; whoever deletes it loses time and nothing
else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Kept", "Placed", "Store"]

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graded (
  name TEXT, state TEXT, stamp TEXT, sha BLOB, marks BLOB, PRIMARY KEY (name, state)
) WITHOUT ROWID;
DROP TABLE IF EXISTS now;
CREATE TABLE now (
  seq INTEGER PRIMARY KEY, name TEXT, person INTEGER, position INTEGER, late INTEGER
);
DROP TABLE IF EXISTS person;
CREATE TABLE person (
  person INTEGER PRIMARY KEY, id TEXT, name TEXT, login TEXT, email TEXT, sis TEXT, section TEXT,
  platform TEXT
);
DROP TABLE IF EXISTS alias;
CREATE TABLE alias (key TEXT PRIMARY KEY, person INTEGER) WITHOUT ROWID;
"""


class Kept(NamedTuple):
    """What is known of one hand-in: the file's stamp and sum, and its encoded ``Marks``."""

    stamp: str
    sha: bytes
    marks: bytes


class Placed(NamedTuple):
    """A hand-in of this run, in the order of people and of their attempts."""

    person: int
    name: str | None
    late: bool
    marks: bytes | None


class Store:
    """The findings in a folder. ``state`` names the case, rules and program they were made with."""

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self.state = state
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:  # half a file, or no such file: begin anew
            for name in (path, *(Path(f"{path}-{end}") for end in ("wal", "shm", "journal"))):
                name.unlink(missing_ok=True)
            self._db = self._open()
        self._look = self._connect()
        self.filled = bool(self._one("SELECT 1 FROM graded WHERE state = ? LIMIT 1", state))

    def _connect(self) -> sqlite3.Connection:
        # Looked into from the thread that hands out work, one at a time.
        made = sqlite3.connect(self.path, timeout=60, check_same_thread=False)
        made.execute("PRAGMA cache_size = -8000")
        return made

    def _open(self) -> sqlite3.Connection:
        made = self._connect()
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("PRAGMA synchronous = NORMAL")
        made.executescript(_TABLES)
        return made

    def close(self) -> None:
        """Let go of the file."""
        self._look.close()
        self._db.close()

    def _one(self, question: str, *values: Any) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._db.execute(question, values).fetchone()
        return found

    def known(self, names: Sequence[str]) -> dict[str, Kept]:
        """What is known of these hand-ins in this state."""
        if not self.filled:
            return {}
        marks = ",".join("?" * len(set(map(_fit, names))))
        question = (
            f"SELECT name, stamp, sha, marks FROM graded WHERE state = ? AND name IN ({marks})"
        )
        fit = {_fit(name): name for name in names}
        rows = self._look.execute(question, (self.state, *fit))
        return {fit[name]: Kept(*rest) for name, *rest in rows}

    def keep(self, found: Iterable[tuple[str, Kept]]) -> None:
        """Keep what was found of hand-ins; it is on the disk when this returns."""
        self._db.executemany(
            "INSERT OR REPLACE INTO graded VALUES (?, ?, ?, ?, ?)",
            ((_fit(name), self.state, *kept) for name, kept in found),
        )

    def place(self, rows: Iterable[tuple[str, int, int, bool]]) -> None:
        """Name the hand-ins of this run: name, person, place among that person's, late or not."""
        self._db.executemany(
            "INSERT INTO now (name, person, position, late) VALUES (?, ?, ?, ?)",
            ((_fit(name), *rest) for name, *rest in rows),
        )
        self._db.commit()

    def add_person(self, row: Sequence[str]) -> int:
        """A person: id, name, login, e-mail, sis, section, platform. Returns their number."""
        made = self._db.execute(
            "INSERT INTO person (id, name, login, email, sis, section, platform) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            tuple(map(_fit, row)),
        )
        return made.lastrowid or 0

    def add_alias(self, key: str, person: int) -> None:
        """Another word for a person; a word for two people is one for nobody (number 0)."""
        self._db.execute(
            "INSERT INTO alias VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET person = "
            "CASE WHEN person = excluded.person THEN person ELSE 0 END",
            (_fit(key), person),
        )

    def person(self, key: str) -> int:
        """The number of the person with this alias; 0 for nobody."""
        found = self._one("SELECT person FROM alias WHERE key = ?", _fit(key))
        return found[0] if found else 0

    def person_row(self, person: int) -> tuple[str, ...]:
        """Id, name, login, e-mail, sis, section and platform of a person."""
        found = self._one("SELECT * FROM person WHERE person = ?", person)
        return found[1:] if found else ("",) * 7

    def absent(self) -> Iterator[tuple[str, ...]]:
        """The people of whom there is no hand-in."""
        question = (
            "SELECT * FROM person WHERE person NOT IN (SELECT person FROM now) ORDER BY person"
        )
        for row in self._db.execute(question):
            yield row[1:]

    def by_person(self, order: str) -> Iterator[Placed]:
        """Every person in the ``order`` of a column, with each hand-in; without one, with None."""
        question = (
            "SELECT person.person, now.name, now.late, graded.marks FROM person "
            "LEFT JOIN now ON now.person = person.person "
            "LEFT JOIN graded ON graded.name = now.name AND graded.state = ? "
            f"ORDER BY person.{order}, person.person, now.position, now.seq"
        )
        for person, name, late, marks in self._db.execute(question, (self.state,)):
            yield Placed(person, name, bool(late), marks)

    def copied(self) -> Iterator[tuple[bytes, str, int, bytes]]:
        """The hand-ins whose bytes came from two people or more: sum, name, person and marks."""
        several = (
            "SELECT graded.sha FROM graded JOIN now ON now.name = graded.name "
            "WHERE graded.state = ? AND now.person > 0 AND graded.sha IN "
            "(SELECT sha FROM graded WHERE state = ? AND sha != x'' GROUP BY sha "
            "HAVING COUNT(*) > 1) GROUP BY graded.sha HAVING COUNT(DISTINCT now.person) > 1"
        )
        question = (
            "SELECT graded.sha, now.name, now.person, graded.marks FROM now "
            "JOIN graded ON graded.name = now.name AND graded.state = ? "
            f"WHERE now.person > 0 AND graded.sha IN ({several}) ORDER BY graded.sha, now.seq"
        )
        yield from self._db.execute(question, (self.state,) * 3)

    def nobodys(self) -> Iterator[Placed]:
        """The hand-ins of which nobody is known to be the author."""
        question = (
            "SELECT now.name, now.late, graded.marks FROM now "
            "LEFT JOIN graded ON graded.name = now.name AND graded.state = ? "
            "WHERE now.person = 0 ORDER BY now.seq"
        )
        for name, late, marks in self._db.execute(question, (self.state,)):
            yield Placed(0, name, bool(late), marks)

    def changed(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Hand-ins of the same bytes in the last state and in this: name, person, both marks."""
        question = (
            "SELECT now.name, now.person, old.marks, new.marks FROM now "
            "JOIN graded AS new ON new.name = now.name AND new.state = ? "
            "JOIN graded AS old ON old.name = now.name AND old.state = ? "
            "WHERE old.sha = new.sha AND old.marks != new.marks ORDER BY now.seq"
        )
        yield from self._db.execute(question, (self.state, self.previous))

    @property
    def previous(self) -> str:
        """The state of the last grading that came to its end in another state than this."""
        latest, before = self._meta("latest"), self._meta("before")
        return before if latest == self.state else latest

    def _meta(self, key: str) -> str:
        found = self._one("SELECT value FROM meta WHERE key = ?", key)
        return found[0] if found else ""

    def finish(self) -> None:
        """Say that this state's grading came to its end, and forget what is of no use any more."""
        before = self.previous
        for key, value in (("before", before), ("latest", self.state)):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
        self._db.execute(
            "DELETE FROM graded WHERE state NOT IN (?, ?) OR name NOT IN (SELECT name FROM now)",
            (self.state, before),
        )
        self._db.commit()


def _fit(text: str) -> str:
    """A name as the file can hold it; names on a disk may hold half characters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
