"""The thread as a critical edition: posts, voices, passages, and the exact words.

Offsets are Unicode code points into the thread's text, start inclusive and end exclusive, as in
the TextPositionSelector of the W3C Web Annotation Data Model; quotations are anchored as its
TextQuoteSelector (``exact``, ``prefix``, ``suffix``).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from typing import Literal
from unicodedata import category, normalize

from msgspec import Struct

__all__ = [
    "Candidate",
    "Edition",
    "Gap",
    "NotAnchored",
    "Passage",
    "Post",
    "Problem",
    "Selector",
    "Slip",
    "Span",
    "Voice",
    "anchor",
    "did_you_mean",
    "tokenise",
]

_EMOJI = "[^\\w\\s](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\\w\\s])*"
_WORD = re.compile(rf"\w+(?:[#;'\u2019]\w+)*|{_EMOJI}")
_AROUND = 20
_JOINERS = "\u200c\u200d"
_STRAIGHT = str.maketrans("‘’‚“”„«»–—", "'''" + 5 * '"' + "--")
_SAME: Mapping[str, Callable[[str], str]] = {
    "spaces or line ends": lambda text: " ".join(text.split()),
    "quotation marks or dashes": lambda text: text.translate(_STRAIGHT),
    "signs for its accents (a letter and its accent can be one sign or two)": (
        lambda text: normalize("NFC", text)
    ),
    "capital letters": str.casefold,
}
"""What is easily copied wrong, and how a text looks where that makes no difference."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a case folder that is wrong: the file, the item in it, what and what to do."""

    file: str
    item: str
    said: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.item}: {self.said}" if self.item else f"{self.file}: {self.said}"
        )


class Selector(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the thread, with as much before and after them as makes them stand once."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the thread: code points ``start`` to ``end``, end exclusive."""

    start: int
    end: int


class NotAnchored(ValueError):
    """A quotation that does not stand exactly once where it was looked for."""


def anchor(text: str, selector: Selector, within: Span | None = None) -> Span:
    """Find the one place where ``selector`` stands in ``text`` (or in the part ``within`` it).

    Raises ``NotAnchored`` with a sentence that gives the nearest match or the number of places.
    """
    low, high = (within.start, within.end) if within else (0, len(text))
    if not selector.exact:
        raise NotAnchored("the quotation is empty; give the exact words")
    places = []
    at = text.find(selector.exact, low, high)
    while at != -1:
        end = at + len(selector.exact)
        if text.endswith(selector.prefix, 0, at) and text.startswith(selector.suffix, end):
            places.append(Span(at, end))
        at = text.find(selector.exact, at + 1, high)
    if len(places) == 1:
        return places[0]
    words = _shown(selector.exact)
    if places:
        raise NotAnchored(
            f"“{words}” stands {len(places)} times; add a prefix or suffix so that it stands once"
        )
    if selector.exact in text[low:high]:
        at = text.index(selector.exact, low, high)
        before, after = text[max(0, at - _AROUND) : at], text[at + len(selector.exact) :][:_AROUND]
        around = f"it stands between {_to_the_letter(before)} and {_to_the_letter(after)}"
        raise NotAnchored(f"“{words}” is there, but not with this prefix and suffix; {around}")
    if other := _differing(text[low:high], selector.exact):
        raise NotAnchored(
            f"“{words}” is there, but with other {other}; copy the words out of the thread"
        )
    near = nearest(text[low:high], selector.exact)
    hint = f"; the nearest words there are “{_shown(near)}”" if near else ""
    raise NotAnchored(f"“{words}” is not there{hint}")


def _differing(text: str, wanted: str) -> str:
    """What alone keeps ``wanted`` from standing in ``text``, where an eye can hardly see it.

    Empty where that is not all.
    """

    def stands(names: Iterable[str]) -> bool:
        here, there = text, wanted
        for name in names:
            here, there = _SAME[name](here), _SAME[name](there)
        return bool(there.strip()) and there in here

    needed = list(_SAME)
    if not stands(needed):
        return ""
    for name in _SAME:
        if stands(rest := [one for one in needed if one != name]):
            needed = rest
    return " and ".join(needed)


def nearest(text: str, wanted: str) -> str:
    """The stretch of ``text`` most like ``wanted``, by words; empty when nothing is like it."""
    spans = [(a, b) for a, b, _ in tokenise(text)]
    words = [text[a:b] for a, b in spans]
    target = [wanted[a:b] for a, b, _ in tokenise(wanted)]
    if not words or not target:
        return ""
    size = min(len(target), len(words))
    bag = Counter(target)
    ranked = sorted(
        range(len(words) - size + 1),
        key=lambda i: -sum((Counter(words[i : i + size]) & bag).values()),
    )[:12]
    stretches = [text[spans[i][0] : spans[i + size - 1][1]] for i in ranked]
    best = max(stretches, key=lambda s: SequenceMatcher(None, s, wanted, autojunk=False).ratio())
    likeness = SequenceMatcher(None, best, wanted, autojunk=False).ratio()
    return best if likeness >= 0.5 else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``"; did you mean “x”?"`` for the known name most like ``name``, or nothing."""
    close = get_close_matches(name[:80], list(known), n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else ""


def tokenise(text: str) -> list[tuple[int, int, bool]]:
    """Words and punctuation marks of ``text`` as (start, end, is a word), in code points.

    Slips such as ``can#t``, ``Sta;lin`` and ``le3ad`` stay one word. So does a letter with the
    accents and vowel signs that are written after it, and an emoji of several characters.
    """
    return [
        (m.start(), m.end(), any(sign.isalnum() for sign in m.group()))
        for m in _WORD.finditer(text if text.isascii() else _spelt(text))
    ]


def _spelt(text: str) -> str:
    """``text`` with a letter for each sign that is written after a letter and belongs to it."""
    spelt: list[str] = []
    in_word = False
    for sign in text:
        of_letter = in_word and (sign in _JOINERS or category(sign)[0] == "M")
        spelt.append("a" if of_letter else sign)
        in_word = of_letter or sign.isalnum()
    return "".join(spelt)


def _to_the_letter(words: str) -> str:
    """Words as they are typed in TOML: a line end is told from a space."""
    return json.dumps(words, ensure_ascii=False)


def _shown(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= 90 else one_line[:87] + "…"


class Candidate(Struct, frozen=True, forbid_unknown_fields=True):
    """Who a voice might be: never smuggled into its label."""

    name: str
    basis: Literal["in_thread", "external"]
    confidence: Literal["certain", "probable", "possible"]
    note: str = ""


class Voice(Struct, frozen=True, forbid_unknown_fields=True):
    """Anybody a sentence leans on: a poster, a quoted book, several Japanese, the records."""

    id: str
    label: str
    kind: Literal["person", "collective", "institution", "document", "generic"]
    named: bool
    posts_here: bool
    mark: str
    colour: int | None = None
    note: str = ""
    candidate: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its voice, its text's span, and the template's byline above it (no cue)."""

    id: str
    voice: str
    span: Span
    byline: Span | None
    date: str
    date_basis: str
    addresses: str
    addresses_basis: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation anchored to the thread."""

    id: str
    post: str
    span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the text we have breaks off or has lost something."""

    id: str
    span: Span
    kind: str
    note: str
    conjecture: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the pen, kept as it stands (sic), with what was probably meant."""

    span: Span
    reading: str
    note: str


@dataclass(frozen=True)
class Edition:
    """The thread's text with everything anchored in it."""

    text: str
    posts: Mapping[str, Post]
    voices: Mapping[str, Voice]
    passages: Mapping[str, Passage]
    gaps: tuple[Gap, ...]
    slips: tuple[Slip, ...]

    @cached_property
    def lines(self) -> list[Span]:
        """The lines of the thread file, without their line ends."""
        spans, start = [], 0
        for line in self.text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return spans

    def line_of(self, offset: int) -> int:
        """The number, counted from 1, of the thread file's line on which ``offset`` falls."""
        return bisect_right([line.start for line in self.lines], offset)

    def words(self, span: Span) -> str:
        """The exact words of a span."""
        return self.text[span.start : span.end]
