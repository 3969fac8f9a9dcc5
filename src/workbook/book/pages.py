"""The pages of the case: one directive, ``{case} claims``, and the links from page to page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

from ..case import Case
from ..edition import did_you_mean
from ..feedback import words
from .catalogue import catalogue
from .parts import Part
from .people import colours, passages, voices
from .tables import facts
from .timeline import timeline
from .works import bibliography

__all__ = ["add_case_pages", "linked"]

KINDS: dict[str, Callable[[Case, bool], list[Part]]] = {
    "claims": catalogue,
    "voices": voices,
    "passages": passages,
    "facts": facts,
    "timeline": timeline,
    "bibliography": bibliography,
    "colours": colours,
}
_LINK = re.compile(r'<a href="wb:(\w+)#([^"]*)">(.*?)</a>', re.DOTALL)


def linked(html: str, address: Callable[[str], str | None]) -> str:
    """Put in the addresses of other pages; what leads to a page that is not there is no link."""

    def found(match: re.Match[str]) -> str:
        kind, place, label = match.groups()
        page = address(kind)
        if page is None:
            return f"<span>{label}</span>"
        return f'<a href="{page}#{place}">{label}</a>'

    return _LINK.sub(found, html)


def add_case_pages(
    app: Sphinx, case_of: Callable[[Config], Case], embedded: Callable[[Any], str]
) -> None:
    """Register the directive and what its pages need."""

    def keyed(config: Config) -> bool:
        return bool(config.workbook_edition == "self-study")

    def pages(app: Sphinx) -> dict[str, str]:
        known: dict[str, str] = app.env.__dict__.setdefault("workbook_pages", {})
        return known

    class CaseDirective(SphinxDirective):
        """``{case} claims`` sets a page made from the case."""

        required_arguments = 1

        def run(self) -> list[nodes.Node]:
            kind = self.arguments[0]
            if kind not in KINDS:
                near = did_you_mean(kind, KINDS) or f"; it is one of: {', '.join(KINDS)}"
                raise self.error(f"there is no page “{kind}” of a case{near}")
            pages(app)[kind] = self.env.docname
            made: list[nodes.Node] = []
            for part in KINDS[kind](case_of(self.config), keyed(self.config)):
                raw = nodes.raw("", part.html, format="html")
                if not part.title:
                    made.append(raw)
                    continue
                section = nodes.section(ids=[part.id], names=[part.id])
                section["classes"] += part.classes
                section += [nodes.title("", part.title), raw]
                made.append(section)
            return made

    def note_thread(app: Sphinx, doctree: nodes.document) -> None:
        for section in doctree.findall(nodes.section):
            if "wb-post" in section["classes"]:
                pages(app)["thread"] = app.env.docname

    def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        def address(kind: str) -> str | None:
            target = pages(app).get(kind)
            if target not in app.env.all_docs:
                return None
            return str(app.builder.get_relative_uri(docname, target)) if target else None

        for raw in list(doctree.findall(nodes.raw)):
            if '<a href="wb:' in raw.astext():
                html = linked(raw.astext(), address)
                raw.replace_self(nodes.raw("", html, format="html"))

    def furnish(
        app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
    ) -> None:
        if doctree is None or pages(app).get("claims") != page or not keyed(app.config):
            return
        app.add_css_file("workbook.css")
        app.add_js_file("workbook.js", loading_method="defer")
        data = embedded({"case": case_of(app.config).id, "exercises": {}, "words": words()})
        context["body"] += f'<script type="application/json" class="wb-data">{data}</script>'

    app.add_directive("case", CaseDirective)
    app.connect("doctree-read", note_thread)
    app.connect("doctree-resolved", resolve)
    app.connect("html-page-context", furnish)
