"""Where a text quotes, and whether the quoted words stand in the sources: exactly, nearly, or not.

``forms/quotations.js`` is the twin of this room. Both see a text as *tokens*, runs of characters
that are neither space nor mark, from the explicit lists below: no table of Unicode's, of which two
languages may hold two editions, has a say. Every search is bounded, so that any text gets a reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .scoring import apart

__all__ = [
    "MOST",
    "Found",
    "Quotation",
    "alike",
    "look_up",
    "outline",
    "quotations",
    "tokens",
    "word_count",
]

MOST = 40
"""How many quotations of a text are looked up."""

_WINDOW = 40
"""Tokens compared at once where a quotation does not stand as it is."""

_NEAR_MOST = 4
"""Differing windows told of a quotation; more would be a lecture."""

_SPACE = "\t\n\v\f\r \u00a0\u2003\u2007\u202f\u2028\u2029\u3000"
_MARKS = '.,;:!?…"“”„‟«»‹›‘’()[]{}<>-–—/*_|'
_TOKEN = re.compile(f"[^{re.escape(_SPACE + _MARKS)}]+")
_SPACES = re.compile(f"[{_SPACE}]+")
_OMITTED = re.compile(r"…|\.{3,}|\[[^\[\]]{0,200}\]")
_PARAGRAPH = re.compile("\n[ \t]*\n")
_CLOSES = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'"}
_APOSTROPHES = "‘'"

Token = tuple[int, int, str]
"""Start and end in the text's own units, and the token: apostrophes straight, accents apart."""
Source = Mapping[str, Any]
"""A text that may be quoted: ``text``, and ``line``, the number of its first line."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between marks, or in lines that begin with ``>``; start and end include the marks."""

    start: int
    end: int
    words: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking a quotation up.

    ``level``: "exact"; "alike" (but for marks, spaces, first letters); "gaps" (with words left
    out where … or [ ] show it); "order" (its parts stand in no source in this order); "near";
    "absent"; "empty". ``places`` are (source, first token, last token); ``near`` are (the
    learner's words, the source's words, source, first token, last token).
    """

    level: str
    places: list[tuple[int, int, int]] = field(default_factory=list)
    near: list[tuple[str, str, int, int, int]] = field(default_factory=list)


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    # A curly apostrophe is a closing mark as well: within a word only is it no mark.
    flat = re.sub("(?<=[A-Za-z])’(?=[A-Za-z])", "'", text)
    found = []
    for match in _TOKEN.finditer(flat):
        token = match.group().lstrip("'")
        start = match.end() - len(token)
        token = token.rstrip("'")
        if token:
            found.append((start, start + len(token), apart(token)))
    return found


def word_count(text: str) -> int:
    """How many words a text has: pieces between spaces that hold more than marks."""
    return sum(1 for piece in _SPACES.split(text) if tokens(piece))


def outline(text: str, most: int = 80) -> str:
    """A text as a sentence can show it: on one line, cut short, whatever characters it holds."""
    one_line = _SPACES.sub(" ", text[: 4 * most]).strip(" ")
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in one_line[:most])
    return shown if len(one_line) <= most else shown.rstrip(" ") + "…"


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in order, nested ones as part of the outermost, ``MOST`` at most.

    Known are "…", “…”, „…“, «…», ‘…’ and '…' (an apostrophe is none), and lines that begin with
    ``>``. A quotation ends with its paragraph at the latest; one that nothing closes has
    ``closed`` false and holds what follows its mark.
    """
    found: list[Quotation] = []
    at = 0
    ends = [m.start() for m in _PARAGRAPH.finditer(text)] + [len(text)]
    paragraph = 0
    dead: set[str] = set()
    while at < len(text) and len(found) < MOST:
        while at >= ends[paragraph] and paragraph < len(ends) - 1:
            paragraph += 1
            dead = set()
        mark = text[at]
        if mark == ">" and not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t"):
            block = _block(text, at)
            found.append(block)
            at = block.end
            continue
        if mark not in _CLOSES or mark in dead or (mark in _APOSTROPHES and _inside(text, at)):
            at += 1
            continue
        stop = _closing(text, at, ends[paragraph])
        if stop < 0:
            dead.add(mark)
            if mark not in _APOSTROPHES:
                rest = text[at + 1 : ends[paragraph]]
                found.append(Quotation(at, at + 1, rest, closed=False))
            at += 1
            continue
        found.append(Quotation(at, stop + 1, text[at + 1 : stop]))
        at = stop + 1
    return found


def _inside(text: str, at: int) -> bool:
    """Whether a single mark stands within or after a word, or before a space: it opens nothing."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return bool(_TOKEN.match(before)) or not after or after in _SPACE


def _closing(text: str, at: int, end: int) -> int:
    """Where the quotation opened at ``at`` is closed before ``end``; -1 where it is not."""
    mark = text[at]
    closes = _CLOSES[mark]
    first, depth = -1, 0
    for i in range(at + 1, end):
        if mark in _APOSTROPHES:
            if text[i] in closes and not _TOKEN.match(text[i + 1 : i + 2]):
                return i
        elif text[i] in closes:
            first = i if first < 0 else first
            if depth == 0:
                return i
            depth -= 1
        elif text[i] == mark:
            depth += 1
    return first


def _block(text: str, at: int) -> Quotation:
    """The lines from ``at`` on that begin with ``>``."""
    lines: list[str] = []
    end = at
    while True:
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        line = text[end:stop].lstrip(" \t")
        if not line.startswith(">"):
            break
        lines.append(line[1:])
        end = min(stop + 1, len(text))
        if stop == len(text):
            break
    return Quotation(at, end, "\n".join(lines))


def look_up(words: str, sources: Sequence[Source], held: Sequence[Sequence[Token]]) -> Found:
    """Find quoted words in ``sources``; ``held`` are the sources' tokens.

    First all of it as it is, then its pieces in order where … or [ ] leave words out, then, window
    by window, the stretch with the least token Levenshtein distance, if at least half fits.
    """
    whole = [token for _, _, token in tokens(words)]
    if not whole:
        return Found("empty")
    if places := _places(whole, held):
        bare = words.strip(_SPACE)
        exact = any(bare in sources[source]["text"] for source, _, _ in places)
        return Found("exact" if exact else "alike", places)
    pieces = [[t for _, _, t in tokens(piece)] for piece in _OMITTED.split(words)]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > 1 or (pieces and pieces[0] != whole):
        if places := _in_order(pieces, held):
            return Found("gaps", places)
        if pieces and all(_places(piece, held) for piece in pieces):
            return Found("order")
    # The source may have dots or brackets of its own: then the whole is nearer than its pieces.
    for parts in (pieces or [whole], [whole]):
        near = _differences(parts, sources, held)
        if near is not None:
            return Found("near", near=near) if near else Found("order")
    return Found("absent")


def _differences(
    pieces: Sequence[Sequence[str]], sources: Sequence[Source], held: Sequence[Sequence[Token]]
) -> list[tuple[str, str, int, int, int]] | None:
    """What differs, window by window; None where one of them is like nothing in the sources."""
    near: list[tuple[str, str, int, int, int]] = []
    for piece in pieces:
        for low in range(0, len(piece), _WINDOW):
            window = piece[low : low + _WINDOW]
            if len(near) == _NEAR_MOST:
                return near
            if _places(window, held):
                continue
            one = _nearest(window, sources, held)
            if one is None:
                return None
            near.append(one)
    return near


def alike(a: str, b: str) -> bool:
    """Whether two tokens are one but for the case of their first letter (A to Z)."""
    return a == b or (a[1:] == b[1:] and _small(a[0]) == _small(b[0]))


def _small(letter: str) -> str:
    return chr(ord(letter) + 32) if "A" <= letter <= "Z" else letter


def _stands(piece: Sequence[str], here: Sequence[Token], at: int) -> bool:
    return at + len(piece) <= len(here) and all(
        alike(token, here[at + i][2]) for i, token in enumerate(piece)
    )


def _places(piece: Sequence[str], held: Sequence[Sequence[Token]]) -> list[tuple[int, int, int]]:
    return [
        (source, at, at + len(piece) - 1)
        for source, here in enumerate(held)
        for at in range(len(here))
        if _stands(piece, here, at)
    ]


def _in_order(
    pieces: Sequence[Sequence[str]], held: Sequence[Sequence[Token]]
) -> list[tuple[int, int, int]]:
    """Where all pieces stand one after the other in one source; the shortest stretch first."""
    if not pieces:
        return []
    found = []
    for source, first, last in _places(pieces[0], held)[:20]:
        here, end = held[source], last + 1
        for piece in pieces[1:]:
            while end < len(here) and not _stands(piece, here, end):
                end += 1
            if end >= len(here):
                end = -1
                break
            end += len(piece)
        if end > 0:
            found.append((source, first, end - 1))
    return sorted(found, key=lambda place: place[2] - place[1])


def _nearest(
    window: Sequence[str], sources: Sequence[Source], held: Sequence[Sequence[Token]]
) -> tuple[str, str, int, int, int] | None:
    """The stretch of a source that is fewest token edits away; None where less than half fits.

    Sellers' algorithm, row by row: the stretch may start anywhere at no cost. Of equals the one
    as long as the window wins, then the first.
    """
    best: tuple[int, int, int, int, int] | None = None
    size = len(window)
    for source, here in enumerate(held):
        cost, start = [0] * (len(here) + 1), list(range(len(here) + 1))
        for i in range(size):
            diagonal, origin = cost[0], start[0]
            cost[0] = i + 1
            for j in range(1, len(here) + 1):
                wrong = 0 if alike(window[i], here[j - 1][2]) else 1
                least, begin = diagonal + wrong, origin
                if cost[j] + 1 < least:
                    least, begin = cost[j] + 1, start[j]
                if cost[j - 1] + 1 < least:
                    least, begin = cost[j - 1] + 1, start[j - 1]
                diagonal, origin = cost[j], start[j]
                cost[j], start[j] = least, begin
        for j in range(1, len(here) + 1):
            rank = (cost[j], abs(j - start[j] - size))
            if j > start[j] and (best is None or rank < best[:2]):
                best = (*rank, source, start[j], j - 1)
    if best is None or 2 * best[0] > size:
        return None
    _, _, source, first, last = best
    here = held[source]
    theirs = [token for _, _, token in here[first : last + 1]]
    low = 0
    while low < min(size, len(theirs)) and window[low] == theirs[low]:
        low += 1
    high = 0
    while high < min(size, len(theirs)) - low and window[-1 - high] == theirs[-1 - high]:
        high += 1
    # Two words either side, so that a reader finds the spot.
    low, high = max(0, low - 2), max(0, high - 2)
    mine = " ".join(window[low : size - high])
    text = sources[source]["text"][here[first + low][0] : here[last - high][1]]
    return mine, text, source, first + low, last - high
