"""What grading has found so far, kept beside the gradebook so that nothing is read twice.

One SQLite file. It survives ``kill -9`` at any moment; whoever deletes it loses time and nothing
else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Kept", "Placed", "Store", "alone"]

_FORMAT = 2
"""Version of what is kept; a file of another one is not looked into."""

_TABLES = f"""
PRAGMA user_version = {_FORMAT};
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graded (
  id INTEGER PRIMARY KEY, name TEXT, state TEXT, stamp TEXT, sha BLOB, marks BLOB,
  UNIQUE (name, state)
);
DROP TABLE IF EXISTS now;
CREATE TABLE now (
  seq INTEGER PRIMARY KEY, graded INTEGER, person INTEGER, position INTEGER, late INTEGER
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
    """A hand-in of this run, in the order of people and of their attempts.

    ``row`` says who the person is: id, name, login, e-mail, sis, section, platform.
    """

    person: int
    row: tuple[str, ...]
    name: str | None
    marks: bytes | None
    late: bool


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep a folder to this process; ``BlockingIOError`` if another one has it.

    Whoever is killed lets go of it.
    """
    held = sqlite3.connect(folder / "lock.sqlite", timeout=0, isolation_level=None)
    try:
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        held.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise BlockingIOError(str(error)) from error
        raise
    try:
        yield
    finally:
        held.close()


class Store:
    """The findings in a folder. ``state`` names the case, rules and program they were made with."""

    def __init__(self, path: Path, state: str) -> None:
        self.path = path
        self.state = state
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:  # half a file, or an older one's: begin anew
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
        filled = made.execute("SELECT 1 FROM sqlite_master").fetchone()
        if filled and made.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            made.close()
            raise sqlite3.DatabaseError
        made.execute("PRAGMA page_size = 16384")  # several hand-ins on a page
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
        fit = {_fit(name): name for name in names}
        question = (
            "SELECT name, stamp, sha, marks FROM graded "
            f"WHERE state = ? AND name IN ({_marks(len(fit))})"
        )
        rows = self._look.execute(question, (self.state, *fit))
        return {fit[name]: Kept(*rest) for name, *rest in rows}

    def keep(self, found: Iterable[tuple[str, Kept]]) -> None:
        """Keep what was found of hand-ins; it is on the disk when this returns."""
        self._db.executemany(
            "INSERT INTO graded (name, state, stamp, sha, marks) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (name, state) DO UPDATE SET "
            "stamp = excluded.stamp, sha = excluded.sha, marks = excluded.marks",
            [(_fit(name), self.state, *kept) for name, kept in found],
        )

    def place(self, rows: Iterable[tuple[str, int, int, bool]]) -> None:
        """Name the hand-ins of this run: name, person, place among that person's, late or not."""
        self._db.executemany(
            "INSERT INTO now (graded, person, position, late) VALUES "
            "((SELECT id FROM graded WHERE name = ? AND state = ?), ?, ?, ?)",
            [(_fit(name), self.state, *rest) for name, *rest in rows],
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

    def people(self, rows: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """The numbers of people, by the one alias that each has.

        Whoever has none yet is added: id, name, login, e-mail, sis, section, platform.
        """
        fit = {_fit(key): key for key in rows}
        question = f"SELECT key, person FROM alias WHERE key IN ({_marks(len(fit))})"
        found = {fit[key]: person for key, person in self._db.execute(question, tuple(fit))}
        new = [key for key in rows if key not in found]
        last = self._one("SELECT coalesce(max(person), 0) FROM person") or (0,)
        found.update((key, number) for number, key in enumerate(new, last[0] + 1))
        self._db.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(found[key], *map(_fit, rows[key])) for key in new],
        )
        self._db.executemany(
            "INSERT INTO alias VALUES (?, ?)", [(_fit(key), found[key]) for key in new]
        )
        return found

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
        yield from self._placed(
            "SELECT person.person, now.late, now.graded FROM person "
            "LEFT JOIN now ON now.person = person.person "
            f"ORDER BY person.{order}, person.person, now.position, now.seq"
        )

    def copied(self) -> Iterator[tuple[bytes, str, int, bytes]]:
        """The hand-ins whose bytes came from two people or more: sum, name, person and marks."""
        several = (
            "SELECT graded.sha FROM now JOIN graded ON graded.id = now.graded "
            "WHERE now.person > 0 AND graded.sha != x'' "
            "GROUP BY graded.sha HAVING COUNT(DISTINCT now.person) > 1"
        )
        question = (
            "SELECT graded.sha, graded.name, now.person, graded.marks FROM now "
            "JOIN graded ON graded.id = now.graded "
            f"WHERE now.person > 0 AND graded.sha IN ({several}) ORDER BY graded.sha, now.seq"
        )
        yield from self._db.execute(question)

    def nobodys(self) -> Iterator[Placed]:
        """The hand-ins of which nobody is known to be the author."""
        yield from self._placed("SELECT 0, late, graded FROM now WHERE person = 0 ORDER BY seq")

    def _placed(self, question: str) -> Iterator[Placed]:
        """Hand-ins in an order. What is long is fetched by the bundle, and never put in order."""
        rows = self._db.execute(question)
        while bundle := rows.fetchmany(_BUNDLE):
            people = self._rows("SELECT * FROM person WHERE person", {row[0] for row in bundle})
            graded = self._rows("SELECT * FROM graded WHERE id", {row[2] for row in bundle})
            for person, late, number in bundle:
                _, *who = people.get(person, ("",) * 8)
                _, name, _, _, _, marks = graded.get(number, (None,) * 6)
                yield Placed(person, tuple(who), name, marks, bool(late))

    def _rows(self, question: str, wanted: Collection[int]) -> dict[int, tuple[Any, ...]]:
        """Rows by the number that each begins with."""
        rows = self._db.execute(f"{question} IN ({_marks(len(wanted))})", tuple(wanted))
        return {row[0]: row for row in rows}

    def changed(self) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Hand-ins of the same bytes in the last state and in this: name, person, both marks."""
        previous = self.previous
        if not previous:
            return
        question = (
            "SELECT new.name, now.person, old.marks, new.marks FROM now "
            "JOIN graded AS new ON new.id = now.graded "
            "JOIN graded AS old ON old.name = new.name AND old.state = ? "
            "WHERE old.sha = new.sha AND old.marks != new.marks ORDER BY now.seq"
        )
        yield from self._db.execute(question, (previous,))

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
            "DELETE FROM graded WHERE state NOT IN (?, ?) OR name NOT IN "
            "(SELECT graded.name FROM now JOIN graded ON graded.id = now.graded)",
            (self.state, before),
        )
        self._db.commit()


_BUNDLE = 200


def _marks(count: int) -> str:
    return ",".join("?" * count)


def _fit(text: str) -> str:
    """A name as the file can hold it; names on a disk may hold half characters."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
