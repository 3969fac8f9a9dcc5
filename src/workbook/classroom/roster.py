"""The class list, as a learning platform exports it or as a teacher types it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from .naming import Who
from .rules import RuleError, no_table, table
from .store import Store

__all__ = ["find_learner", "find_person", "read_roster"]

_COLUMNS = {
    "id": ("id", "identifier", "user id", "student id", "participant", "number"),
    "name": ("student", "student name", "full name", "name"),
    "login": ("sis login id", "login id", "login", "username", "user name", "user"),
    "email": ("email address", "email", "e-mail"),
    "sis": ("sis user id", "sis id", "id number"),
    "section": ("section", "group", "groups"),
}
"""Ours, and what Canvas and Moodle call them; the first that is there counts."""

_LARGEST = 50_000_000


def read_roster(path: Path, store: Store) -> int:
    """Put everybody on the list into the store; returns how many. Raises ``RuleError``."""
    try:
        if path.stat().st_size > _LARGEST:
            raise RuleError(f"{path.name} is too large for a class list.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            count = 0
            named: dict[str, str] = {}
            for row, aliases in _people(table(file), path.name):
                student, name = row[0].lower(), row[1]
                if (known := named.setdefault(student, name)) != name and known and name:
                    raise RuleError(f"{path.name}: {row[0]} stands for both {known} and {name}.")
                if len(named) == count:
                    continue  # on the list twice, as in two sections
                person = store.add_person(row)
                for alias in aliases:
                    store.add_alias(alias, person)
                count += 1
    except OSError as error:
        raise RuleError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleError(no_table(path.name)) from error
    if not count:
        raise RuleError(f"{path.name} names nobody.")
    return count


def _people(rows: csv.DictReader[str], file: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Each row's person as the store has them, with the words by which they may be known."""
    header = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    columns = {
        what: next((header[name] for name in names if name in header), None)
        for what, names in _COLUMNS.items()
    }
    first, last = header.get("first name"), header.get("last name") or header.get("surname")
    if not (columns["id"] or columns["login"] or columns["email"] or columns["sis"]):
        raise RuleError(f"{file} has no column id (or login, e-mail) to tell students apart by.")
    canvas = "sis login id" in header or {"student", "id"} <= header.keys()
    for row in rows:
        found = {what: _cell(row, column) for what, column in columns.items()}
        if not found["name"] and first and last:
            found["name"] = f"{_cell(row, first)} {_cell(row, last)}".strip()
        if found["name"].startswith("Points Possible") or not any(found.values()):
            continue
        platform = "canvas" if canvas else ""
        if numbered := re.fullmatch(r"Participant ([0-9]+)", found["id"]):
            found["id"], platform = numbered[1], "moodle"
        main = found["id"] or found["login"] or found["email"] or found["sis"]
        if not main:
            continue
        parts = (found["name"], found["login"], found["email"], found["sis"], found["section"])
        yield (main, *parts, platform), list(_aliases({**found, "id": main}))


def _cell(row: Mapping[str, str | None], column: str | None) -> str:
    return (row.get(column) or "").strip() if column else ""


def _aliases(found: Mapping[str, str]) -> Iterator[str]:
    for what in ("id", "login", "email", "sis"):
        if found[what]:
            yield f"{what}:{found[what].lower()}"
    if found["email"]:
        yield f"login:{found['email'].lower().partition('@')[0]}"
    name = found["name"]
    words = name.split()
    orders = [name]
    if "," not in name and len(words) > 1:
        orders.append(" ".join([words[-1], *words[:-1]]))  # as Canvas writes it
    elif "," in name:
        orders.append(" ".join(part.strip() for part in reversed(name.split(",", 1))))
    for order in orders:
        if flat := _flat(order):
            yield f"name:{flat}"


def _flat(name: str) -> str:
    # A Mac writes ö as o with two dots over it, in two characters; others in one.
    return "".join(c for c in unicodedata.normalize("NFC", name).lower() if c.isalnum())


def find_learner(store: Store, learner: str) -> int:
    """The number of the person on the list whom a learner's own word names; 0 for nobody."""
    word = learner.lower()
    for what in ("id", "login", "sis", "email"):
        if found := store.person(f"{what}:{word}"):
            return found
    return store.person(f"name:{flat}") if (flat := _flat(learner)) else 0


def find_person(store: Store, one: Who, name: str) -> int:
    """The number of the person on the list who handed in the file of this name; 0 for nobody."""
    if one.student:
        # Canvas makes no folders: one with a student's name tells more than numbers in a name.
        above = _above(one, name) if one.platform == "canvas" else ""
        if found := (above and _in_folder(store, above)) or _by_student(store, one):
            return found
    *folders, file = name.split("/")
    parts = (*folders, file.rpartition(".")[0] or file)
    # A folder called 3 may be somebody's, and the third chapter's: what has letters goes first.
    for part in sorted(parts, key=lambda part: part.isdecimal() and len(part) < _LONG_NUMBER):
        if found := _in_part(store, part):
            return found
        if not one.student and (found := _among(store, part)):
            return found
    return 0


def _by_student(store: Store, one: Who) -> int:
    """Who has the number or login that a platform put into a name."""
    student = one.student.lower()
    while student:
        for what in ("id", "login", "sis", "email"):
            found = store.person(f"{what}:{student}")
            if found and (one.platform != "moodle" or _is_called(store, found, one)):
                return found
        # The title of an assignment in Blackboard may have underscores too.
        student = student.partition("_")[2] if one.platform == "blackboard" else ""
    return store.person(f"name:{_flat(one.name)}") if one.name else 0


def _is_called(store: Store, person: int, one: Who) -> bool:
    """Whether the name beside a number is this person's. Moodle names the work of a group by the
    group and *its* number, which is somebody else's number too.
    """
    flat = _flat(one.name)
    if flat == "participant" or store.person(f"name:{flat}") == person:
        return True
    # The name of a group may stand before it, and the list may have no names.
    return flat.endswith(_flat(store.person_row(person)[1]))


def _above(one: Who, name: str) -> str:
    """The folders above the part of a name that Canvas wrote."""
    at = name.find(f"_{one.student}_")
    return name[: max(0, name.rfind("/", 0, at))]


@lru_cache(maxsize=1000)
def _in_folder(store: Store, folder: str) -> int:
    lettered = (part for part in folder.split("/") if not part.isdecimal())
    return next((found for part in lettered if (found := _in_part(store, part))), 0)


def _in_part(store: Store, part: str) -> int:
    for word in _words(part):
        for what in ("id", "login", "sis", "email"):
            if found := store.person(f"{what}:{word.lower()}"):
                return found
        if (flat := _flat(word)) and (found := store.person(f"name:{flat}")):
            return found
    return 0


_LONG_NUMBER = 5
"""Digits; a shorter number may be a chapter's, a week's or a copy's."""

_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(rf"[0-9]{{{_LONG_NUMBER},}}")
_MOST_WORDS = 8


def _among(store: Store, part: str) -> int:
    """Who is named by words side by side, as in ``03_Anna_Berg``, or by a long number; nobody where
    two people are.
    """
    plain = unicodedata.normalize("NFC", part)
    words = _LETTERS.findall(plain)[:_MOST_WORDS]
    keys = {f"{what}:{number}" for number in _DIGITS.findall(plain)[:3] for what in ("id", "sis")}
    for at, word in enumerate(words):
        if not (word.islower() or word.isupper() or word.istitle()):
            keys.add(f"name:{word.lower()}")  # AnnaBerg
        keys |= {f"name:{_flat(''.join(words[at:end]))}" for end in range(at + 2, at + 5)}
    found = {store.person(key) for key in keys} - {0}
    return found.pop() if len(found) == 1 else 0


def _words(part: str) -> Iterator[str]:
    """What in the name of a file or folder may name somebody: all of it, or a piece.

    Such as ``Anna Berg - answers`` (Google Classroom), ``12-34 - Anna Berg - 23 Nov`` (Brightspace)
    and ``Berg, Anna(aberg)`` (Sakai); our own page writes ``answers-anna-berg``. A bare number in a
    piece names nobody: it may count the copies of a file.
    """
    bare = part[:-4] if part.lower().endswith(".zip") else part
    yield bare
    for piece in (*re.split(r" - |[()]", bare), bare.removeprefix("answers-")):
        if piece != bare and any(map(str.isalpha, piece)):
            yield piece.strip()
