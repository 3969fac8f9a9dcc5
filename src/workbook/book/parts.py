"""Small pieces that every page of the case is made of.

Links between pages are written ``<a href="wb:thread#line-3">…</a>``: which page of the book holds
the thread is known only once all pages are read (``pages.py`` puts the address in).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ..case import Case
from ..edition import Passage, Voice
from ..facts import Confidence
from ..feedback import words

__all__ = [
    "CONFIDENCE",
    "MONTHS",
    "Part",
    "chip",
    "line_link",
    "line_of",
    "listed",
    "one_line",
    "page_words",
    "shown_date",
    "small",
    "table",
    "trust",
]

CONFIDENCE: Mapping[Confidence, str] = {
    "verified": "checked",
    "memory": "from memory: not checked here",
    "uncertain": "uncertain",
}
# By name, because the calendar's names follow the locale of the machine that builds.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page; with a title it is a section of its own."""

    html: str
    id: str = ""
    title: str = ""
    classes: tuple[str, ...] = ()


def chip(voice: Voice) -> str:
    """A voice as it is drawn everywhere: mark, colour and label, never colour alone."""
    return (
        f'<span class="wb-who wb-voice-{voice.colour or 0}">'
        f'<span class="wb-voice-mark" aria-hidden="true">{escape(voice.mark)}</span> '
        f"{escape(voice.label)}</span>"
    )


def line_of(case: Case, passage: str) -> int:
    """The line on which a passage starts."""
    return case.edition.line_of(case.edition.passages[passage].span.start)


def line_link(case: Case, passage: Passage | str, before: str = "line ") -> str:
    """A link to the line of the thread on which a passage starts."""
    line = line_of(case, passage if isinstance(passage, str) else passage.id)
    return f'<a href="wb:thread#line-{line}">{before}{line}</a>'


def listed(items: Iterable[str], look: str = "") -> str:
    """A list of items that are HTML already."""
    of = f' class="{look}"' if look else ""
    return f"<ul{of}>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def small(note: str) -> str:
    """A note under what a cell says; nothing where there is none."""
    return f'<p class="wb-small">{escape(note)}</p>' if note else ""


def table(
    caption: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], look: str = ""
) -> str:
    """A table that keeps its roles when the style stacks its cells on a narrow screen.

    Each row is (id, cells); the first cell is its heading. A cell repeats its column's name for
    the stacked form. ``look`` is a class beside the one of all such tables.
    """
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads)
    body = []
    for name, cells in rows:
        own = f' id="{escape(name)}"' if name else ""
        first, *rest = cells
        filled = "".join(
            f'<td role="cell" data-head="{label}"><div>{cell}</div></td>'
            for label, cell in zip(heads[1:], rest, strict=True)
        )
        body.append(
            f'<tr role="row"{own}><th scope="row" role="rowheader">{first}</th>{filled}</tr>'
        )
    return (
        f'<table class="{f"wb-facts {look}".rstrip()}" role="table"><caption>{caption}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def trust(confidence: Confidence) -> str:
    """How far a statement can be trusted, in plain words."""
    return f'<span class="wb-trust wb-trust-{confidence}">{CONFIDENCE[confidence]}</span>'


def one_line(words: str) -> str:
    """Words of the thread with their line ends as spaces."""
    return " ".join(words.split())


def page_words(counts: bool = False) -> dict[str, Any]:
    """What a page's script may have to say: not what only a notebook says, and what is said of
    progress only on the page that ``counts``."""
    elsewhere = {"ask", "hand in"} | (set() if counts else {"progress"})
    return {name: said for name, said in words().items() if name not in elsewhere}


def shown_date(when: str) -> str:
    """A date in words.

    >>> shown_date("1938-06-13"), shown_date("1937-08/1937-10"), shown_date("../1998")
    ('13 June 1938', 'August 1937 to October 1937', 'by 1998')
    """
    first, slash, last = when.partition("/")
    if not slash:
        return _day(first)
    if first == "..":
        return f"by {_day(last)}"
    if last == "..":
        return f"from {_day(first)} on"
    return f"{_day(first)} to {_day(last)}"


def _day(when: str) -> str:
    year, *rest = when.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])
