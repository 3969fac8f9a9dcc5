"""The reader's edition: the thread to the letter, and beside it, marked as ours, what we add.

Every character between the tags of a ``wb-text`` is the thread's; everything of ours stands in an
element of the class ``wb-ours`` or in the notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ..case import Case
from ..edition import Edition, Gap, Post, Slip, Span, Voice
from ..feedback import words as all_words
from .parts import one_line, shown_date
from .whose import groups, mark, within

__all__ = ["PostPage", "post_pages", "tools"]

_GAPS = {
    "broken_off": "breaks off",
    "missing_object": "something is gone here",
    "orphan_note": "a note number without its note",
    "unclosed_quote": "a quotation mark before this is never closed",
}


_SHOWN = {"sic": "show_sic", "whose": "show_whose"}
"""What of ours a reader can hide, and see again."""

# Before the page is drawn: that scripts run, and what was hidden on an earlier visit. What is
# hidden only after drawing would make the text jump.
_AT_ONCE = """<script>{
const page = document.documentElement;
page.classList.add("wb-scripted");
for (const name of %s) try {
  const key = "wb.show." + name, kept = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  page.classList.toggle("wb-no-" + name, kept === "off");
} catch {}
}</script>"""


@dataclass(frozen=True, slots=True)
class PostPage:
    """One post, ready to be set: its heading's parts, its voice and its body as HTML."""

    id: str
    number: int
    voice: Voice
    html: str


def tools() -> str:
    """What the reader of the thread can set; the style shows it only where scripts run."""
    ui = all_words()["ui"]
    boxes = "".join(
        f'<label class="wb-show"><input type="checkbox" name="{name}" checked autocomplete="off">'
        f"<span>{escape(ui[said])}</span></label>"
        for name, said in _SHOWN.items()
    )
    return (
        _AT_ONCE % json.dumps([*_SHOWN])
        + f'<form class="wb-shows" aria-label="{escape(ui["shows"])}">{boxes}</form>'
    )


def post_pages(case: Case, keyed: bool = True) -> Iterator[PostPage]:
    """The posts of the thread in their order; ``number`` counts the comments from 1.

    Where it is not ``keyed`` our notes are left out: they answer what a class is asked.
    """
    edition, number = case.edition, 0
    for post in sorted(edition.posts.values(), key=lambda post: post.span.start):
        number += post.byline is not None
        body = _Body(edition, post, keyed)
        html = _head(edition, post, keyed) + body.text() + body.notes()
        yield PostPage(post.id, number if post.byline else 0, edition.voices[post.voice], html)


def _head(edition: Edition, post: Post, keyed: bool) -> str:
    parts = []
    if post.byline:
        line = edition.line_of(post.byline.start)
        words = escape(edition.words(post.byline))
        parts.append(
            f'<p class="wb-byline" id="line-{line}"><q class="wb-text">{words}</q> '
            f"Line {line}, put there by the site’s software; it is nobody’s report.</p>"
        )
    about = []
    if post.date:
        about.append(("When", f"{shown_date(post.date)}. {post.date_basis}"))
    if post.addresses and keyed:
        whom = edition.voices[post.addresses].label
        about.append(("Speaks to", f"{whom}. {post.addresses_basis}"))
    if about:
        rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in about)
        parts.append(
            f'<details class="wb-about"><summary>What we know about this post</summary>'
            f"<dl>{rows}</dl></details>"
        )
    return f'<div class="wb-post-head">{"".join(parts)}</div>' if parts else ""


class _Body:
    """The text of one post, cut where something of ours begins, ends or is pointed at."""

    def __init__(self, edition: Edition, post: Post, keyed: bool) -> None:
        self.edition, self.keyed = edition, keyed
        self.span = post.span
        self.slips = [slip for slip in edition.slips if self._holds(slip.span)]
        self.gaps = [gap for gap in edition.gaps if self._holds(gap.span)]
        self.passages = [one for one in edition.passages.values() if self._holds(one.span)]
        self.starts: dict[int, list[str]] = {}
        for passage in self.passages:
            self.starts.setdefault(passage.span.start, []).append(passage.id)
        self.marks = {
            max(one.span.end for one in group): mark(edition, group)
            for group in groups(edition)
            if self._holds(group[0].span)
        }

    def _holds(self, span: Span) -> bool:
        return self.span.start <= span.start and span.end <= self.span.end

    def text(self) -> str:
        """Paragraphs, cut at blank lines, of numbered lines."""
        paragraphs: list[list[str]] = [[]]
        for number, line in enumerate(self.edition.lines, 1):
            start, end = max(line.start, self.span.start), min(line.end, self.span.end)
            if start >= end:
                if paragraphs[-1] and self.span.start < line.start < self.span.end:
                    paragraphs.append([])
                continue
            paragraphs[-1].append(self._line(number, start, end))
        joined = ["\n".join(lines) for lines in paragraphs if lines]
        return "".join(f'<p class="wb-par">{lines}</p>' for lines in joined)

    def _line(self, number: int, start: int, end: int) -> str:
        words = "".join(self._pieces(start, end))
        # What is quoted, and an item of a list, begin a line on a phone as well.
        own = " wb-own-line" if self.edition.text[start:end].lstrip()[:1] in (">", "*") else ""
        return (
            f'<span class="wb-line-of-thread{own}" id="line-{number}">'
            f'<a class="wb-n" href="#line-{number}" aria-label="Line {number}">{number}</a>'
            f"{words}</span>"
        )

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        cuts = {start, end}
        for ours in (self.passages, self.slips, self.gaps):
            cuts |= {at for one in ours for at in (one.span.start, one.span.end)}
        cuts = {at for at in cuts if start <= at <= end}
        ordered = sorted(cuts)
        for low, high in pairwise(ordered):
            for name in self.starts.get(low, []):
                yield f'<span class="wb-passage-start" id="passage-{name}"></span>'
            words = escape(self.edition.text[low:high], quote=False)
            slip = any(s.span.start <= low and high <= s.span.end for s in self.slips)
            held = " ".join(one.id for one in within(self.passages, Span(low, high)))
            of = f' data-in="{held}"' if held else ""
            yield f'<span class="wb-text{" wb-slip" if slip else ""}"{of}>{words}</span>'
            for one in self.slips:
                if one.span.end == high:
                    yield self._sic(one)
            for gap in self.gaps:
                if gap.span.end == high:
                    yield self._gap(gap)
            yield self.marks.get(high, "")

    def _sic(self, slip: Slip) -> str:
        if not self.keyed:
            return '<span class="wb-ours">(sic)</span>'
        name = f"slip-{slip.span.start}"
        return (
            f'<a class="wb-ours" id="{name}" href="#{name}-note" '
            f'title="{escape(_perhaps(slip))}">(sic)</a>'
        )

    def _gap(self, gap: Gap) -> str:
        if not self.keyed:
            return '<span class="wb-ours">[…]</span>'
        guess = f"; perhaps “{escape(gap.conjecture)}”" if gap.conjecture.strip('"') else ""
        kind = _GAPS.get(gap.kind, gap.kind.replace("_", " "))
        name = f"gap-{gap.id}"
        return f'<a class="wb-ours" id="{name}" href="#{name}-note">[{kind}{guess}]</a>'

    def notes(self) -> str:
        """Our notes on the post, in the order of its text, each with the way back."""
        notes: list[tuple[int, str, Span | None, str, str]] = [
            (slip.span.end, f"slip-{slip.span.start}", slip.span, _perhaps(slip), slip.note)
            for slip in self.slips
        ]
        notes += [
            (gap.span.end, f"gap-{gap.id}", None, _GAPS.get(gap.kind, gap.kind), gap.note)
            for gap in self.gaps
        ]
        if not notes or not self.keyed:
            return ""
        items = []
        for at, name, span, said, note in sorted(notes, key=lambda note: note[0]):
            line = self.edition.line_of(at - 1)
            quoted = f"<i>{escape(one_line(self.edition.words(span)))}</i>: " if span else ""
            note = f" {escape(note)}" if note else ""
            items.append(
                f'<li id="{name}-note"><a href="#{name}">Line {line}</a>. '
                f"{quoted}{escape(_sentence(said))}{note}</li>"
            )
        count = len(notes)
        return (
            f'<details class="wb-notes"><summary>Our notes on this post ({count})</summary>'
            f"<ol>{''.join(items)}</ol></details>"
        )


def _perhaps(slip: Slip) -> str:
    return f"probably meant: “{one_line(slip.reading)}”"


def _sentence(said: str) -> str:
    return f"{said}." if said[-1] not in ".!?" else said
