"""The index: names, terms, moves and works, each with the places where the book treats them.

``{index-of} glossary words-of-the-craft`` lists a section of the glossary, ``{index-of} voices``
the voices of the case, ``{index-of} works`` its works, ``{index-of} moves`` what the lessons call
their sections. ``{index-of} names`` lists names of its own, one a line: ``Coox, Alvin D. = Coox``;
more words that stand for it are divided by ``|``, and ``@ Heading`` looks in sections of that
heading only. The places are looked up when all pages have been read: none is ever out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from ..case import Case
from .entries import MAKERS, Entry, Finder
from .sections import made_of_others

__all__ = ["add_index"]


class index_place(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where a part of the index goes: its ``kind``, what it is ``of``, and its own ``lines``."""


class IndexDirective(SphinxDirective):
    """``{index-of} kind`` sets a part of the index."""

    required_arguments = 1
    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        kind, of = (*self.arguments, "")[:2]
        if kind not in MAKERS:
            raise self.error(f"there is no index of “{kind}”; it is one of: {', '.join(MAKERS)}")
        made_of_others(self.env).add(self.env.docname)
        place = index_place("", kind=kind, of=of, lines=[*self.content])
        self.set_source_info(place)
        return [place]


def _set(entries: Iterable[Entry]) -> str:
    """The entries in the order of the alphabet."""
    lines = "".join(
        f'<li><span class="wb-index-name">{entry.name}</span> {"; ".join(entry.links)}</li>'
        for entry in sorted(entries, key=lambda entry: entry.filed)
    )
    return f'<ul class="wb-index">{lines}</ul>'


def add_index(app: Sphinx, case_of: Callable[[Config], Case]) -> None:
    """Register the directive; pages made of others are from now on written whenever any page is."""

    def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        places = list(doctree.findall(index_place))
        if not places:
            return
        keyed = app.config.workbook_edition == "self-study"
        find = Finder(app, case_of(app.config), keyed, docname)
        for place in places:
            entries = MAKERS[place["kind"]](find, place["of"], place["lines"], place)
            place.replace_self(nodes.raw("", _set(entries), format="html"))

    def anew(app: Sphinx, env: Any) -> list[str]:
        return [name for name in made_of_others(env) if name in env.all_docs]

    app.add_node(index_place)
    app.add_directive("index-of", IndexDirective)
    app.connect("env-updated", anew)
    app.connect("doctree-resolved", resolve, priority=400)  # before the links of the case
