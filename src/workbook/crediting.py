"""Whom a text credits with a quotation, and which lines it cites: only what stands close by.

``forms/crediting.js`` is the twin of this room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .quotations import Quotation, tokens

__all__ = ["Credit", "cited_lines", "credit", "names_of"]

_CITED = re.compile(
    "[Ll]ines?[ \u00a0]{1,3}([0-9]{1,5})(?:[ \u00a0]?(?:-|–|to|and)[ \u00a0]?([0-9]{1,5}))?"
)
_BEFORE = 14
"""Tokens before a quotation in which its speaker is looked for."""

_AFTER = 6

Names = Sequence[Sequence[Sequence[str]]]
"""(the name as tokens in small letters, the ids of the voices it may mean), longest first."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Beside a quotation: the name as written and the voices it may mean, and the lines cited."""

    name: str
    voices: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]


def cited_lines(text: str) -> list[tuple[int, int]]:
    """Lines cited as ``line 40``, ``lines 40-42`` or ``lines 40 to 42``: (first, last)."""
    found = []
    for match in _CITED.finditer(text):
        first = int(match[1])
        found.append((first, max(first, int(match[2] or first))))
    return found


def credit(
    text: str, found: Sequence[Quotation], place: int, names: Names, verbs: Sequence[str]
) -> Credit:
    """Who is credited with the quotation ``found[place]``, and which lines are cited for it.

    A name counts in brackets after the quotation, as in (Anna, line 40); before it in the
    same sentence with a verb of saying between, or after “according to”; and right after it with
    such a verb. A name that merely stands near is no credit: one may quote what is said *about*
    somebody.
    """
    own = found[place]
    low = found[place - 1].end if place else 0
    high = found[place + 1].start if place + 1 < len(found) else len(text)
    if place:
        low += len(_bracket(text[low : own.start]))
    before = _last_sentence(text[low : own.start])
    after = _first_sentence(text[own.end : high])
    bracket = _bracket(text[own.end : high])
    lines = tuple(cited_lines(bracket) or cited_lines(after) or cited_lines(before))
    name, voices, _ = _named(bracket, names, verbs, 0, _AFTER)
    if name:
        return Credit(name, voices, lines)
    for part, first in ((before, -_BEFORE), (after[len(bracket) :], 0)):
        name, voices, spoken = _named(part, names, verbs, first, _AFTER)
        if spoken:
            return Credit(name, voices, lines)
    return Credit("", (), lines)


def _bracket(text: str) -> str:
    """The bracket that a text begins with, if it does, and what stands before it."""
    opened = text.find("(")
    if opened < 0 or text[:opened].strip(" .,\u00a0"):
        return ""
    closed = text.find(")", opened)
    return text[: closed + 1] if 0 <= closed <= opened + 200 else ""


def _last_sentence(text: str) -> str:
    cut = max(text.rfind(end) for end in (". ", "! ", "? ", "\n"))
    return text[cut + 1 :] if cut >= 0 else text


def _first_sentence(text: str) -> str:
    cuts = [at for end in (". ", "! ", "? ", "\n") if (at := text.find(end)) >= 0]
    return text[: min(cuts)] if cuts else text


def _named(
    text: str, names: Names, verbs: Sequence[str], low: int, most: int
) -> tuple[str, tuple[str, ...], bool]:
    """The last name before a quotation (``low`` below 0) or the first after it.

    And whether a verb of saying, or “according to”, stands with it.
    """
    held = tokens(text)
    held = held[low:] if low else held[:most]
    small = [_folded(token) for _, _, token in held]
    found: tuple[str, tuple[str, ...], bool] = ("", (), False)
    at = 0
    while at < len(held):
        name, voices = _name_at(small, at, names)
        if not name:
            at += 1
            continue
        end = at + name
        said = any(verb in verbs for verb in (small[end:] if low else small))
        said = said or small[max(0, at - 3) : at].count("according") > 0
        found = (text[held[at][0] : held[end - 1][1]], voices, said)
        if not low:
            break
        at = end
    return found


def _name_at(small: Sequence[str], at: int, names: Names) -> tuple[int, tuple[str, ...]]:
    for name, voices in names:
        if list(small[at : at + len(name)]) == list(name):
            return len(name), tuple(voices)
    return 0, ()


def _folded(token: str) -> str:
    """A token with A to Z as a to z, and without an English possessive."""
    small = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in token)
    return small[:-2] if small.endswith("'s") else small


def names_of(known: Mapping[str, Sequence[str]]) -> list[list[list[str]]]:
    """Names for ``credit`` from the names of each voice; a leading “the” may be left out."""
    voices: dict[tuple[str, ...], list[str]] = {}
    for voice, names in known.items():
        for name in names:
            parts = [_folded(token) for _, _, token in tokens(name)]
            if len(parts) > 1 and parts[0] == "the":
                parts = parts[1:]
            if parts and voice not in voices.setdefault(tuple(parts), []):
                voices[tuple(parts)].append(voice)
    order = sorted(voices, key=lambda parts: (-len(parts), parts))
    return [[list(parts), voices[parts]] for parts in order]
