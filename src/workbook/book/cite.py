"""How to cite: the book, a page of it, an exercise, a work; each as a line and as BibTeX.

What the book is called, who wrote it and which version it is stands in ``CITATION.cff`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from ..case import Case
from ..edition import did_you_mean
from .sections import made_of_others
from .works import works

__all__ = ["CITED", "add_cite", "read_cited"]

CITED = "CITATION.cff"
_CHAPTER = re.compile(r"(\d\d)-")


class cite_place(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where a citation goes; ``kind`` and ``name`` say of what."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The book as it is to be cited; ``year`` and ``url`` are empty where none is given."""

    authors: tuple[str, ...]
    title: str
    version: str
    year: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        """A key for BibTeX: the title up to its first stop, without spaces."""
        head = re.split(r"[?.:!]", self.title)[0]
        return "".join(re.findall(r"\w+", head))

    def line(self, part: str = "") -> str:
        """A citation in a line, as HTML; ``part`` is what of the book is meant, as HTML too."""
        who = f"{_stop(' and '.join(map(escape, self.authors)))} "
        when = f"{self.year}. " if self.year else ""
        of = f"{part} of " if part else ""
        where = f" {escape(self.url)}" if self.url else ""
        title = f"<cite>{escape(self.title)}</cite>"
        return f"{who}{when}{of}{title}. Version {escape(self.version)}.{where}"

    def bibtex(self, kind: str = "misc", key: str = "", **own: str) -> str:
        """A citation for BibTeX; ``own`` are fields before those of the book."""
        fields = {
            # Two braces keep the name of a group from being cut into first and last names.
            "author": " and ".join(f"{{{name}}}" for name in self.authors),
            **own,
            ("booktitle" if "title" in own else "title"): self.title,
            "year": self.year,
            "note": f"Version {self.version}",
            "url": self.url,
        }
        return _entry(kind, f"{self.key}{key}", fields)


def read_cited(path: Path) -> Cited:
    """Read a ``CITATION.cff``. Raises ``OSError``, and ``KeyError`` for a field that is missing."""
    import yaml  # Jupyter Book brings it

    said: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    authors = tuple(_author(one) for one in said["authors"])
    released = str(said.get("date-released") or "")
    return Cited(
        authors, said["title"], str(said["version"]), released[:4], str(said.get("url") or "")
    )


def _author(one: Mapping[str, str]) -> str:
    return one.get("name") or " ".join(
        filter(None, (one.get("given-names"), one.get("family-names")))
    )


def _stop(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    rows = [f"  {name:<9} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *rows, "}"])


def add_cite(app: Sphinx, case_of: Callable[[Config], Case]) -> None:
    """Register the directive; what it needs of other pages is known once all are read."""

    class CiteDirective(SphinxDirective):
        """``{cite} book``, ``{cite} page 03-x``, ``{cite} exercise id``, ``{cite} work Key``."""

        required_arguments = 1
        optional_arguments = 1

        def run(self) -> list[nodes.Node]:
            kind, name = (*self.arguments, "")[:2]
            if kind not in KINDS:
                near = did_you_mean(kind, KINDS) or f"; it is one of: {', '.join(KINDS)}"
                raise self.error(f"nothing of the kind “{kind}” can be cited{near}")
            if kind == "work" and name not in works(case_of(self.config)):
                near = did_you_mean(name, works(case_of(self.config)))
                raise self.error(f"there is no work “{name}”{near}")
            made_of_others(self.env).add(self.env.docname)
            self.env.note_dependency(str(Path(self.config.workbook_root, CITED)))
            place = cite_place("", kind=kind, name=name)
            self.set_source_info(place)
            return [place]

    def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        for place in list(doctree.findall(cite_place)):
            book = read_cited(Path(app.config.workbook_root, CITED))
            line, bibtex = KINDS[place["kind"]](
                book, place["name"], _Read(app, case_of(app.config), docname)
            )
            block = nodes.literal_block(bibtex, bibtex, language="bibtex")
            block.source, block.line = place.source, place.line
            said = nodes.raw("", f'<p class="wb-cite">{line}</p>', format="html")
            place.replace_self([said, block])

    app.add_node(cite_place)
    app.add_directive("cite", CiteDirective)
    app.connect("doctree-resolved", resolve)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of the other pages once all are read."""

    app: Sphinx
    case: Case
    docname: str

    def page(self, name: str) -> tuple[str, str]:
        """A page's title and its chapter's number, by the page's file name."""
        for docname, title in self.app.env.titles.items():
            if docname.rpartition("/")[2] == name:
                found = _CHAPTER.match(name)
                return title.astext(), str(int(found[1])) if found else ""
        return name, ""

    def home(self, exercise: str) -> str:
        """The file name of the page on which an exercise stands."""
        homes: Mapping[str, str] = self.app.env.__dict__.get("workbook_homes", {})
        return homes.get(exercise, "").rpartition("/")[2]


def _book(book: Cited, name: str, read: _Read) -> tuple[str, str]:
    return book.line(), book.bibtex()


def _page(book: Cited, name: str, read: _Read) -> tuple[str, str]:
    title, chapter = read.page(name)
    which = f"chapter {chapter}" if chapter else "a page"
    said = f"“{escape(_stop(title))}” {which[0].upper()}{which[1:]}"
    return book.line(said), book.bibtex(
        "incollection", f"_{chapter or name}", title=title, chapter=chapter
    )


def _exercise(book: Cited, name: str, read: _Read) -> tuple[str, str]:
    item = read.case.items[name]
    chapter = read.page(read.home(name))[1]
    where = f" in chapter {chapter}" if chapter else ""
    said = f"“{escape(_stop(item.title))}” Exercise <code>{escape(name)}</code>, revision "
    said += f"{item.revision},{where}"
    how = f"Exercise {name}, revision {item.revision}"
    return book.line(said), book.bibtex(
        "incollection", f"_{name}", title=item.title, chapter=chapter, howpublished=how
    )


def _work(book: Cited, name: str, read: _Read) -> tuple[str, str]:
    work = works(read.case)[name]
    # The letter behind a year tells two works of a list apart, and here there is no list.
    return re.sub(r"(?<=\d{4})[a-z](?=\.</span>)", "", work.html), work.bibtex


KINDS: Mapping[str, Callable[[Cited, str, _Read], tuple[str, str]]] = {
    "book": _book,
    "page": _page,
    "exercise": _exercise,
    "work": _work,
}
