"""Every sentence of the thread belongs to a passage, or is listed as bare: which do not?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .edition import Edition, Slip, Span, tokenise

__all__ = ["Bare", "Coverage", "coverage", "sentences", "thread_sentences"]

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)")
_INITIAL = re.compile(r"(?:^|[\s(\[])[^\W\d_]$")
_SHORT = frozenset(
    {"cf", "dr", "ed", "eds", "eg", "ie", "mr", "mrs", "no", "nos", "pp", "st", "vol"}
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A stretch of the thread that carries no attribution, and why."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sentences of all posts, those that nothing covers, and the words (in number) likewise."""

    sentences: tuple[Span, ...]
    uncovered: tuple[Span, ...]
    words: int
    words_uncovered: int


def sentences(text: str, breaks: Sequence[int] = ()) -> list[Span]:
    """The sentences of ``text``, by rules plain enough to check by eye.

    A sentence ends with its paragraph (at a blank line, whether or not a stop stands there), at
    each offset in ``breaks``, and after ``.``, ``!`` or ``?`` (doubled or not, with any closing
    quotation marks and brackets) when the next word does not begin with a small letter or a digit:
    so ``"japaneese"? when.`` is one sentence and a stray note number stays with its own. A stop
    after a single letter (``G. S.``) or one of a few short forms (``St.``) ends nothing. A line
    break alone ends nothing either: pasted text is often wrapped.
    """
    cuts = set(breaks)
    for gap in _PARAGRAPH.finditer(text):
        cuts.add(gap.end())
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        word = re.split(r"[\s(\[]", before)[-1].replace(".", "").casefold()
        if match.group().startswith(".") and (_INITIAL.search(before) or word in _SHORT):
            continue
        rest = text[match.end() :].lstrip()
        opening = rest.lstrip("\"'“‘([*")
        if opening and (opening[0].islower() or opening[0].isdigit()):
            continue
        cuts.add(len(text) - len(rest))
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(text)), len(text)]
    spans = []
    for start, end in pairwise(edges):
        words = text[start:end]
        if any(word for _, _, word in tokenise(words)):
            lead = len(words) - len(words.lstrip())
            spans.append(Span(start + lead, start + len(words.rstrip())))
    return spans


def thread_sentences(edition: Edition) -> Iterator[Span]:
    """The sentences of every post, bylines left out.

    Where the writer lost a stop, a slip whose reading has it tells where the sentence ends.
    """
    breaks = sorted(cut for slip in edition.slips for cut in _lost_stops(edition.text, slip))
    for post in edition.posts.values():
        low, high = post.span.start, post.span.end
        inside = [cut - low for cut in breaks if low < cut < high]
        for span in sentences(edition.text[low:high], inside):
            yield Span(span.start + low, span.end + low)


def _lost_stops(text: str, slip: Slip) -> Iterator[int]:
    """Offsets in the thread of the words that open a new sentence in the slip's reading only."""
    here = [start for start, _, word in tokenise(text[slip.span.start : slip.span.end]) if word]
    there = [start for start, _, word in tokenise(slip.reading) if word]
    if len(here) == len(there):  # else the reading has other words, and nothing can be told
        opening = {span.start for span in sentences(slip.reading)[1:]}
        yield from (slip.span.start + a for a, b in zip(here, there, strict=True) if b in opening)


def coverage(edition: Edition, bare: Sequence[Bare]) -> Coverage:
    """Which sentences, and how many words, stand in no passage and are not listed as bare."""
    covered = [passage.span for passage in edition.passages.values()]
    covered += [one.span for one in bare]
    uncovered, words, words_uncovered = [], 0, 0
    spans = list(thread_sentences(edition))
    for span in spans:
        tokens = tokenise(edition.words(span))
        inside = [(a + span.start, b + span.start) for a, b, word in tokens if word]
        missing = [w for w in inside if not any(c.start <= w[0] and w[1] <= c.end for c in covered)]
        words += len(inside)
        words_uncovered += len(missing)
        if len(missing) == len(inside):
            uncovered.append(span)
    return Coverage(tuple(spans), tuple(uncovered), words, words_uncovered)
