"""What has changed in a learner's answers, in sentences with counts, from their own record only.

Nobody is compared with anybody. Where there is too little to say, nothing is said.
``forms/growth.js`` is the twin of this room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .feedback import words
from .judging import fill
from .sums import Part, Question, Stand, Sums

__all__ = ["chapter_name", "quoted", "say_growth"]

_LEAST = 4
"""A chapter says something of first tries from so many on."""

_HALF = 3
"""A likely mistake says something from twice so many questions on that invite it."""

_SINGLE = str.maketrans("“”", "‘’")
_MOST_MOVES = 3
_MOST_WATCHED = 2
_MOST_TWINS = 3


def quoted(title: str) -> str:
    """A title in quotation marks; those within it become single ones."""
    return fill(words()["progress"]["quoted"], {"title": title.translate(_SINGLE)})


def chapter_name(part: Part) -> str:
    """A chapter's title in quotation marks; where it has none, its number."""
    if part.title:
        return quoted(part.title)
    number = part.id.lstrip("0") if part.id.isdecimal() and part.id.isascii() else part.id
    return fill(words()["progress"]["chapter"], {"n": number or part.id})


def say_growth(parts: Sequence[Part], sums: Sums) -> list[str]:
    """The sentences; none where nothing can be said yet, and none without keys."""
    asked = {one.face["id"]: one for part in parts for one in part.questions}
    stands = [stand for chapter in sums.chapters for stand in chapter.stands if stand.first]
    stands.sort(key=lambda stand: stand.at)
    return [*_chapters(parts, sums), *_moves(asked, stands), *_twins(asked, stands)]


def _chapters(parts: Sequence[Part], sums: Sums) -> Iterator[str]:
    """First tries in the first chapter of those worked on, and in the latest."""
    told = []
    for part, chapter in zip(parts, sums.chapters, strict=True):
        firsts = [stand.first == "right" for stand in chapter.stands if stand.first]
        if len(firsts) >= _LEAST:
            told.append((chapter_name(part), sum(firsts), len(firsts)))
    if len(told) < 2:
        return
    (first, a, n), (latest, b, m) = told[0], told[-1]
    said = words()["progress"]
    counts = {"a": str(a), "n": str(n), "b": str(b), "m": str(m)}
    yield fill(said["first tries"], {"first": first, "latest": latest, **counts})
    if b * n < a * m:
        yield str(said["first tries fewer"])


def _moves(asked: Mapping[str, Question], stands: Sequence[Stand]) -> Iterator[str]:
    """Likely mistakes that came at first and come less now; then those that still come.

    The questions that invite a mistake are those for which it is declared, in the order in which
    the learner came to them: the earlier half beside the later.
    """
    said = words()["progress"]
    less: list[tuple[int, dict[str, str]]] = []
    still: list[tuple[int, dict[str, str]]] = []
    for code, move in said["moves"].items():
        fell = [stand.code == code for stand in stands if _invites(asked[stand.exercise], code)]
        n = len(fell) // 2
        if n < _HALF:
            continue
        a, b, m = sum(fell[:n]), sum(fell[n:]), len(fell) - n
        parts = {"move": move, "a": str(a), "n": str(n), "b": str(b), "m": str(m)}
        if a - b >= 2 and 2 * b * n <= a * m:
            less.append((a - b, parts))
        elif b >= 2 and 3 * b >= m:
            still.append((b, parts))
    for sentence, found, most in (
        ("move less", less, _MOST_MOVES),
        ("move still", still, _MOST_WATCHED),
    ):
        found.sort(key=lambda one: -one[0])
        for _, parts in found[:most]:
            yield fill(said[sentence], parts)


def _invites(question: Question, code: str) -> bool:
    mistakes: Sequence[Mapping[str, Any]] = (question.key or {}).get("mistakes", ())
    return any(mistake["code"] == code for mistake in mistakes)


def _twins(asked: Mapping[str, Question], stands: Sequence[Stand]) -> Iterator[str]:
    """Twins right at once after their partner was missed; the latest of them by name."""
    said = words()["progress"]
    missed: set[str] = set()
    pairs: list[dict[str, str]] = []
    for stand in stands:
        question = asked[stand.exercise]
        if stand.first == "missed":
            missed.add(stand.exercise)
        elif question.twin in missed:
            one, other = asked[question.twin].face["title"], question.face["title"]
            pairs.append({"one": quoted(one), "other": quoted(other)})
    shown = pairs[-_MOST_TWINS:]
    for pair in shown:
        yield fill(said["twin"], pair)
    if len(pairs) > len(shown):
        yield fill(said["twins more"], {"n": str(len(pairs) - len(shown))})
