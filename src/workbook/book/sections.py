"""Where words stand in the book: in the sections of its pages, the thread, claims and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from ..case import Case
from .parts import shown_date

__all__ = [
    "Place",
    "chapter_of",
    "in_case",
    "is_exercises",
    "made_of_others",
    "pattern",
    "plain",
    "sections",
]

_CHAPTER = re.compile(r"(\d\d)-")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\xa0": " "})
_NOT_PROSE = (nodes.raw, nodes.literal_block, nodes.section, nodes.comment)


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a page: where it is, what it is called, its own words, what it links to.

    ``terms`` are the entries of the glossary that it links to; ``raw`` is its HTML that stands
    there as such, and ``text`` its words with plain quotation marks.
    """

    docname: str
    id: str
    title: str
    page: str
    top: bool
    text: str
    raw: str
    terms: frozenset[str]


def made_of_others(env: BuildEnvironment) -> set[str]:
    """The pages that say what stands on others, and are written anew when any page is."""
    pages: set[str] = env.__dict__.setdefault("workbook_made_of_others", set())
    return pages


def plain(words: str) -> str:
    """Words with plain quotation marks, hyphens and spaces, so that they can be compared."""
    return " ".join(words.translate(_ALIKE).split())


def pattern(names: Sequence[str], bent: bool = False) -> re.Pattern[str]:
    """What finds any of the names as whole words, in the letters in which they are given.

    ``bent`` lets a word begin a sentence and stand in the plural.
    """
    # A thread may write an accent as a sign of its own.
    forms = [normalize(form, plain(name)) for name in names for form in ("NFC", "NFD")]
    each = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in dict.fromkeys(forms))
    if bent:
        return re.compile(rf"(?<!\w)(?:{each})(?:s|es)?(?!\w)", re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")


def is_exercises(docname: str) -> bool:
    """Whether a page is a chapter's page of exercises."""
    return docname.endswith("-exercises")


def chapter_of(docname: str) -> int:
    """The chapter to which a page belongs; 0 for a page of no chapter."""
    found = _CHAPTER.match(docname.rpartition("/")[2])
    return int(found[1]) if found else 0


def sections(env: BuildEnvironment, docnames: Sequence[str]) -> Iterator[Place]:
    """The sections of some pages, in order."""
    for docname in docnames:
        doctree = env.get_doctree(docname)
        page = env.titles[docname].astext() if docname in env.titles else docname
        for number, section in enumerate(doctree.findall(nodes.section)):
            yield Place(
                docname,
                section["ids"][0],
                section[0].astext(),
                page,
                number == 0,
                plain(" ".join(_words(section))),
                "".join(raw.astext() for raw in _own(section) if isinstance(raw, nodes.raw)),
                frozenset(
                    link["reftarget"].casefold()
                    for link in _own(section)
                    if isinstance(link, pending_xref) and link["reftype"] == "term"
                ),
            )


def _own(section: nodes.Element) -> Iterator[nodes.Node]:
    """All that stands in a section and in no section inside it."""
    for child in section.children:
        if isinstance(child, nodes.section):
            continue
        yield child
        if isinstance(child, nodes.Element) and not isinstance(child, nodes.raw):
            yield from _own(child)


def _words(section: nodes.Element) -> Iterator[str]:
    for child in section.children:
        if isinstance(child, _NOT_PROSE):
            continue
        if isinstance(child, nodes.TextElement):
            yield child.astext()
        elif isinstance(child, nodes.Element):
            yield from _words(child)


def in_case(case: Case, names: re.Pattern[str], keyed: bool) -> Iterator[tuple[str, str, str]]:
    """Where the names stand in the case: the page's kind, the place on it, and what to call it."""
    # Letter for letter as long as the thread, so that a place in the one is a place in the other.
    text = case.edition.text.translate(_ALIKE)
    for number in dict.fromkeys(case.edition.line_of(m.start()) for m in names.finditer(text)):
        yield "thread", f"line-{number}", str(number)
    for number, claim in enumerate(case.claims.values(), 1):
        if names.search(plain(claim.text)):
            yield "claims", f"claim-{claim.id}", str(number)
    for event in case.facts.timeline:
        if (keyed or not event.settles) and names.search(plain(f"{event.event} {event.note}")):
            yield "timeline", f"event-{event.order}", shown_date(event.when)
