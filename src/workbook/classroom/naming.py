"""Whose hand-in a file is, as the name tells that a learning platform gave it.

The platforms write who handed in into the names of files and folders when a teacher downloads a
class's work. Nobody else is asked: a name of another form leaves the student unknown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["HIDDEN", "NOBODY", "Who", "is_receipt", "who"]

HIDDEN = "canvas, anonymous"
"""The platform of hand-ins whose students Canvas hides: it takes in no marks by their numbers."""


class Who(NamedTuple):
    """A student's number or login and name on a platform, and which attempt this is.

    ``order`` sorts one student's attempts: by the platform's own number or time, else by the number
    that a computer puts behind a second file of one name, as in ``answers (1).jsonl``. ``when`` is
    the time in the name, to the second, in the platform's own zone; ``late`` is the platform's own
    mark.
    """

    student: str = ""
    name: str = ""
    platform: str = ""
    attempt: str = ""
    order: int = 0
    late: bool = False
    when: str = ""


NOBODY = Who()

# name_1234_56789_file.jsonl, or name_LATE_1234_56789_file.jsonl; a second upload of one file name
# ends in -1, a third in -2. A date in the name that a student chose is none of Canvas's numbers.
_FILE = r"(?P<order>[0-9]{1,18})_(?P<file>[^.]*?(?:-(?P<again>[1-9]))?(?:\..*)?)"
_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?P<late>(?i:LATE)_)?"
    r"(?!(?:19|20)[0-9]{2}_[01]?[0-9]_[0-3]?[0-9](?![0-9]))"
    r"(?![0-3]?[0-9]_[0-3]?[0-9]_(?:19|20)[0-9]{2}(?![0-9]))"
    r"(?P<id>[0-9]{1,18})_" + _FILE
)
# Where Canvas hides who is who: anon_Ab3dE_56789_file.jsonl, or LATE_anon_Ab3dE_56789_file.jsonl
_CANVAS_HIDDEN = re.compile(r"(?P<late>LATE_)?anon_(?P<id>[0-9A-Za-z]{5})_" + _FILE)
# Anna Berg_12345_assignsubmission_file_, a folder or the beginning of a file's name
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>[0-9]{1,18})_assignsubmission_[a-z]+_?.*")
# Assignment_user_attempt_2026-11-23-21-04-06_file.jsonl; both may have underscores. Without a class
# list nobody knows where the user's name begins, and the longest one never stands for two people.
_BLACKBOARD = re.compile(
    r"[^_]*_(?P<id>.+?)_attempt_(?P<when>[0-9]{4}(?:-[0-9]{2}){5})(?:_(?P<file>.+)|\.txt)?"
)
_AGAIN = re.compile(r".*\((?P<number>[1-9][0-9]{0,2})\)(?:\.[^()]*)?", re.DOTALL)
_NBGRADER = "submitted"
_HIDDEN = ("anon_", "LATE_anon_")
_MARKS = ("_attempt_", "_assignsubmission_")


def who(name: str, root: str = "") -> Who:
    """Who handed in the file of this name, seen from the folder ``root``.

    The outermost part of the name that a platform wrote decides: what stands inside a student's
    own folder or archive is the student's wording.
    """
    parts = name.split("/")
    for place, part in enumerate(parts):
        if part == _NBGRADER and len(parts) > place + 3:
            return Who(parts[place + 1], platform="nbgrader", order=_again(parts[-1]))
        if "_" not in part:
            continue
        if part.startswith(_HIDDEN) and (match := _CANVAS_HIDDEN.fullmatch(part)):
            return _canvas(match, "", HIDDEN)
        if match := _CANVAS.fullmatch(part):
            return _canvas(match, match["name"], "canvas")
        if not any(mark in part for mark in _MARKS):
            continue
        if match := _MOODLE.fullmatch(part):
            return Who(match["id"], match["name"], "moodle", order=_again(parts[-1]))
        if match := _BLACKBOARD.fullmatch(part):
            day, clock = match["when"][:10], match["when"][11:].replace("-", ":")
            order = int(re.sub("[^0-9]", "", match["when"]))
            at = f"{day} {clock}"
            return Who(match["id"], "", "blackboard", at, order, False, at)
    if root == _NBGRADER and len(parts) > 2:
        return Who(parts[0], platform="nbgrader", order=_again(parts[-1]))
    again = _again(parts[-1])
    return Who(order=again) if again else NOBODY


def _canvas(match: re.Match[str], name: str, platform: str) -> Who:
    again = str(int(match["again"] or 0) + 1)
    return Who(match["id"], name, platform, again, int(match["order"]), bool(match["late"]))


def _again(file: str) -> int:
    """The number in brackets at the end of a file's name; 0 where there is none."""
    match = _AGAIN.fullmatch(file) if "(" in file else None
    return int(match["number"]) if match else 0


def is_receipt(name: str) -> bool:
    """Whether a file is a platform's own slip about a hand-in, which no student wrote."""
    last = name[name.rfind("/") + 1 :]
    if last == "timestamp.txt":
        return who(name, _NBGRADER).platform == "nbgrader"
    match = _BLACKBOARD.fullmatch(last) if last.endswith(".txt") else None
    return bool(match and not match["file"])
