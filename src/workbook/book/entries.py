"""The lines of the index: what is listed, and the places to which each line leads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from unicodedata import normalize

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from ..case import Case
from .parts import chip
from .sections import Place, chapter_of, in_case, is_exercises, pattern, plain, sections
from .works import works

__all__ = ["MAKERS", "Entry", "Finder"]

_MANY = 12
"""More places of one kind than this are not listed one by one."""
_ON_A_PAGE = 3
_CALLED = {"thread": "thread, line", "claims": "claim", "timeline": "dates:"}
_WHOLE = {"thread": "thread", "claims": "claims", "timeline": "dates"}
_MADE_OF_CASE = ("thread", "claims", "voices", "passages", "facts", "timeline", "bibliography")
_MOVE = "The move"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index: its name and the links behind it, as HTML; ``under`` is for filing."""

    name: str
    links: tuple[str, ...]
    under: str = ""

    @property
    def filed(self) -> str:
        """For the alphabet: without an article, marks and accents."""
        bare = re.sub(r"<[^>]+>|[“”‘’\"'…]", "", self.under or self.name)
        plain_letters = normalize("NFKD", bare.strip().casefold())
        return re.sub(r"^(the|an?|his|all)\s+|[\u0300-\u036f]", "", plain_letters)


class Finder:
    """All the places of a book, and the links to them from the index."""

    def __init__(self, app: Sphinx, case: Case, keyed: bool, docname: str) -> None:
        self.app, self.case, self.keyed, self.docname = app, case, keyed, docname
        env = app.env
        made: dict[str, str] = env.__dict__.get("workbook_pages", {})
        self.glossary = next((name for name in env.all_docs if _named(name, "glossary")), "")
        skipped = {*(made.get(kind) for kind in _MADE_OF_CASE), docname, self.glossary}
        # The order of the table of contents, as far as it names them.
        order = [name for name in _in_order(env) if name not in skipped]
        self.places = list(sections(env, order))

    def link(self, docname: str, place: str, label: str) -> str:
        address = self.app.builder.get_relative_uri(self.docname, docname)
        return f'<a href="{address}#{place}">{label}</a>'

    def listed(self, found: Iterable[Place]) -> Iterator[str]:
        """Links to sections, page by page; where they are many, to the chapters and pages only."""
        places = list(found)
        if len(places) > _MANY:
            yield from self._by_page(places)
            return
        for docname, held in groupby(places, key=lambda place: place.docname):
            here = list(held)
            top = self._top(docname)
            if len(here) > _ON_A_PAGE or here == [top]:
                yield self.link(docname, top.id, self._head(top))
                continue
            each = [
                self.link(docname, one.id, "the beginning" if one.top else escape(one.title))
                for one in here
            ]
            yield f"{self._head(top)}: {', '.join(each)}"

    def _by_page(self, places: Sequence[Place]) -> Iterator[str]:
        chapters: dict[int, str] = {}
        others = dict.fromkeys(one.docname for one in places if not chapter_of(one.docname))
        for one in places:
            if chapter := chapter_of(one.docname):
                chapters.setdefault(
                    chapter, self.link(one.docname, self._top(one.docname).id, f"<b>{chapter}</b>")
                )
        if chapters:
            yield ", ".join(chapters.values())
        for docname in others:
            top = self._top(docname)
            yield self.link(docname, top.id, self._head(top))

    def _top(self, docname: str) -> Place:
        return next(one for one in self.places if one.docname == docname and one.top)

    def _head(self, top: Place) -> str:
        """What a page is called: a chapter by its number, any other by its title."""
        chapter = chapter_of(top.docname)
        if not chapter:
            own = self.app.env.metadata.get(top.docname, {})
            return escape(str(own.get("short", top.page)))
        return f"<b>{chapter}</b> exercises" if is_exercises(top.docname) else f"<b>{chapter}</b>"

    def of_thread(self, names: re.Pattern[str]) -> Iterator[str]:
        """Links to the lines of the thread."""
        return self._of(one for one in in_case(self.case, names, self.keyed) if one[0] == "thread")

    def of_case(self, names: re.Pattern[str]) -> Iterator[str]:
        """Links into the thread, the claims and the dates."""
        return self._of(in_case(self.case, names, self.keyed))

    def _of(self, found: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        for kind, held in groupby(found, key=lambda one: one[0]):
            here = list(held)
            called = _CALLED[kind]
            if len(here) > _MANY:
                yield f'<a href="wb:{kind}#{here[0][1]}">{_WHOLE[kind]}, throughout</a>'
                continue
            links = [f'<a href="wb:{kind}#{place}">{label}</a>' for _, place, label in here]
            more = called if len(here) == 1 or called.endswith(":") else f"{called}s"
            yield f"{more} {', '.join(links)}"


def _named(docname: str, name: str) -> bool:
    return docname.rpartition("/")[2] == name


def _in_order(env: BuildEnvironment) -> list[str]:
    def below(docname: str) -> Iterator[str]:
        yield docname
        for child in env.toctree_includes.get(docname, []):
            yield from below(child)

    found = list(dict.fromkeys(below(env.config.root_doc)))
    return [name for name in found if name in env.all_docs]


def _glossary(find: Finder, of: str, lines: Sequence[str], place: nodes.Node) -> Iterator[Entry]:
    """The terms of a section of the glossary, and the names given besides."""
    held: list[nodes.section] = []
    if find.glossary:
        doctree = find.app.env.get_doctree(find.glossary)
        held = [one for one in doctree.findall(nodes.section) if of in one["ids"]]
    if not held:
        logger.warning("the index asks for “%s”, which no glossary has", of, location=place)
    history = bool(lines)
    for item in (item for one in held for item in one.findall(nodes.definition_list_item)):
        terms = [term for term in item.children if isinstance(term, nodes.term)]
        names = [term.astext() for term in terms]
        own = find.link(find.glossary, terms[0]["ids"][0], "glossary")
        words = [name.partition(",")[0] for name in names]
        linked = {name.casefold() for name in names}
        places = [one for one in find.places if linked & one.terms]
        if history or not places:
            sought = pattern(words, bent=not history)
            used = [one for one in find.places if sought.search(f"{plain(one.title)} {one.text}")]
            places = used if history else [one for one in used if chapter_of(one.docname)]
        links = [own, *find.listed(places)]
        if history:
            links += find.of_case(pattern(words))
        yield Entry(escape(", ".join(names) if len(names) > 1 else names[0]), tuple(links))
    yield from _names(find, of, lines, place)


def _names(find: Finder, of: str, lines: Sequence[str], place: nodes.Node) -> Iterator[Entry]:
    """Names given on the page itself; one that stands nowhere is a mistake of the page's."""
    for line in filter(None, map(str.strip, lines)):
        said, _, within = line.partition(" @ ")
        name, _, words = said.partition(" = ")
        sought = pattern([word.strip() for word in (words or name).split("|")])
        links = [
            *find.listed(
                one
                for one in find.places
                if sought.search(f"{plain(one.title)} {one.text}")
                and within.strip() in ("", one.title)
            )
        ]
        if not within:
            links += find.of_case(sought)
        if links:
            yield Entry(escape(name.strip()), tuple(links))
        else:
            logger.warning("the index has “%s”, which stands on no page", name, location=place)


def _voices(find: Finder, of: str, lines: Sequence[str], place: nodes.Node) -> Iterator[Entry]:
    """Each voice: its card, its posts and claims, and the lines that call it by its name."""
    edition = find.case.edition
    for voice in edition.voices.values():
        links = [f'<a href="wb:voices#voice-{voice.id}">card</a>']
        for post in edition.posts.values():
            if post.voice == voice.id:
                first = edition.line_of(post.span.start)
                last = edition.line_of(post.span.end - 1)
                which = f"lines {first}–{last}" if last > first else f"line {first}"
                links.append(f'thread, <a href="wb:thread#post-{post.id}">{which}</a>')
        own = [claim for claim in find.case.claims.values() if claim.voice == voice.id]
        if own:
            what = "1 claim" if len(own) == 1 else f"{len(own)} claims"
            links.append(f'<a href="wb:claims#claim-{own[0].id}">{what}</a>')
        if not voice.posts_here:
            links += find.of_thread(pattern([voice.label], bent=True))
        yield Entry(chip(voice), tuple(links), voice.label)


def _moves(find: Finder, of: str, lines: Sequence[str], place: nodes.Node) -> Iterator[Entry]:
    """What lessons call their sections, without the names that several share; and each move."""
    lessons = [p for p in find.places if chapter_of(p.docname) and not is_exercises(p.docname)]
    stems = Counter({(one.docname, _stem(one.title)) for one in lessons if not one.top})
    shared = Counter(stem for _, stem in stems)
    for one in lessons:
        chapter = chapter_of(one.docname)
        named = one.page if one.title == _MOVE else one.title
        if one.title == _MOVE or (not one.top and shared[_stem(one.title)] == 1):
            link = find.link(one.docname, one.id, f"chapter {chapter}")
            yield Entry(escape(named), (link,))


def _stem(title: str) -> str:
    return title.partition(":")[0]


def _works(find: Finder, of: str, lines: Sequence[str], place: nodes.Node) -> Iterator[Entry]:
    """Each work: its entry, the pages that name it, and what in the case rests on it."""
    numbers = {name: str(number) for number, name in enumerate(find.case.claims, 1)}
    for work in works(find.case).values():
        title = re.split(r"[:.] ", plain(work.title))[0]
        # A title of a word or two may also be a name: it counts where it stands in quotation marks.
        sought = title if title.count(" ") > 1 else f'"{title}'
        named = None if title.startswith("[") else pattern([sought])
        places = [
            one
            for one in find.places
            if f"#work-{work.key}" in one.raw or (named and named.search(one.text))
        ]
        links = [f'<a href="wb:bibliography#work-{work.key}">entry</a>', *find.listed(places)]
        if find.keyed:
            claims = [c for c in find.case.claims.values() if work.key in c.references]
            if claims:
                each = ", ".join(
                    f'<a href="wb:claims#claim-{claim.id}">{numbers[claim.id]}</a>'
                    for claim in claims
                )
                links.append(f"{'claim' if len(claims) == 1 else 'claims'} {each}")
        events = [
            event
            for event in find.case.facts.timeline
            if work.key in event.source and (find.keyed or not event.settles)
        ]
        if events:
            links.append(f'<a href="wb:timeline#event-{events[0].order}">dates</a>')
        shown = f"{work.short}, <cite>{escape(work.title.partition(':')[0])}</cite>"
        yield Entry(shown, tuple(links))


_Maker = Callable[[Finder, str, Sequence[str], nodes.Node], Iterator[Entry]]
MAKERS: Mapping[str, _Maker] = {
    "glossary": _glossary,
    "voices": _voices,
    "names": _names,
    "moves": _moves,
    "works": _works,
}
