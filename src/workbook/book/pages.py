"""The pages of the case: the directives ``{case} claims`` and ``{thread}``, what the pages know,
and the links from one to another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
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
from .places import case_pages, exercise_homes, page_address
from .progress import still_progress
from .tables import facts
from .teaching import items, mistakes, returns, weeks
from .thread import post_pages, tools
from .timeline import timeline
from .whose import whose_data
from .works import bibliography

__all__ = ["add_case_pages", "linked"]

KINDS: dict[str, Callable[[Case, bool], list[Part]]] = {
    "claims": catalogue,
    "voices": voices,
    "passages": passages,
    "facts": facts,
    "timeline": timeline,
    "bibliography": bibliography,
    "items": items,
    "mistakes": mistakes,
    "weeks": weeks,
    "returns": returns,
    "progress": still_progress,
    "colours": colours,
}
_LINK = re.compile(r'<a href="wb:(\w+)#([^"]*)"((?: title="[^"]*")?)>(.*?)</a>', re.DOTALL)


def linked(html: str, address: Callable[[str, str], tuple[str, str] | None]) -> str:
    """Put in the addresses of other places; what leads to a page that is not there is no link.

    ``address`` gives for a kind of page and a place an address and what stands there; the second is
    the label where a link has none of its own.
    """

    def found(match: re.Match[str]) -> str:
        kind, place, title, label = match.groups()
        there = address(kind, place)
        if there is None:
            return f"<span{title}>{label}</span>"
        return f'<a href="{there[0]}"{title}>{label or there[1]}</a>'

    return _LINK.sub(found, html)


def _lesson(app: Sphinx, chapter: str) -> str | None:
    """A chapter's lesson: of the pages named by its number, the one that is not its exercises."""
    named = (page for page in sorted(app.env.all_docs) if _name(page).startswith(f"{chapter}-"))
    return next((page for page in named if _name(page) != f"{chapter}-exercises"), None)


def _name(page: str) -> str:
    return page.rpartition("/")[2]


def add_case_pages(
    app: Sphinx,
    case_of: Callable[[Config], Case],
    embedded: Callable[[Any], str],
) -> None:
    """Register the directives and what their pages need."""

    def keyed(config: Config) -> bool:
        return bool(config.workbook_edition == "self-study")

    class CaseDirective(SphinxDirective):
        """``{case} claims`` sets a page made from the case."""

        required_arguments = 1

        def run(self) -> list[nodes.Node]:
            kind = self.arguments[0]
            if kind not in KINDS:
                near = did_you_mean(kind, KINDS) or f"; it is one of: {', '.join(KINDS)}"
                raise self.error(f"there is no page “{kind}” of a case{near}")
            case_pages(app)[kind] = self.env.docname
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

    class ThreadDirective(SphinxDirective):
        """``{thread}`` sets the case's thread: a section for each post."""

        def run(self) -> list[nodes.Node]:
            case_pages(app)["thread"] = self.env.docname
            made: list[nodes.Node] = [nodes.raw("", tools(), format="html")]
            for post in post_pages(case_of(self.config), keyed(self.config)):
                section = nodes.section(ids=[f"post-{post.id}"], names=[f"post-{post.id}"])
                section["classes"] += ["wb-post", f"wb-voice-{post.voice.colour or 0}"]
                heading = nodes.title()
                if post.number:
                    heading += nodes.Text(f"Comment {post.number}: ")
                heading += nodes.inline("", post.voice.mark, classes=["wb-voice-mark"])
                heading += nodes.Text(f" {post.voice.label}")
                section += [heading, nodes.raw("", post.html, format="html")]
                made.append(section)
            # Room for the record, kept so that nothing moves when it comes.
            made.append(nodes.raw("", '<div class="wb-record-place"></div>', format="html"))
            return made

    def place_of(app: Sphinx, kind: str, place: str) -> tuple[str | None, str]:
        """The page on which a place stands, and the place on it."""
        if kind == "exercise":
            return exercise_homes(app).get(place), f"#exercise-{place}"
        if kind == "lesson":
            return _lesson(app, place), ""
        return case_pages(app).get(kind), f"#{place}"

    def resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        def there(kind: str, place: str) -> tuple[str, str] | None:
            page, fragment = place_of(app, kind, place)
            if page not in app.env.all_docs:
                return None
            href = app.builder.get_relative_uri(docname, page)
            return f"{href}{fragment}", escape(app.env.titles[page].astext())

        for raw in list(doctree.findall(nodes.raw)):
            if '<a href="wb:' in raw.astext():
                html = linked(raw.astext(), there)
                raw.replace_self(nodes.raw("", html, format="html"))

    def furnish(
        app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
    ) -> None:
        def exercise(name: str) -> str | None:
            home = exercise_homes(app).get(name)
            if home is None:
                return None
            return f"{app.builder.get_relative_uri(page, home)}#exercise-{name}"

        if doctree is None:
            return
        case, has_key = case_of(app.config), keyed(app.config)
        data: dict[str, Any] = {"case": case.id, "exercises": {}, "words": words()}
        data["progress"] = page_address(app, page, "progress") or ""
        if case_pages(app).get("thread") == page:
            passages_page = page_address(app, page, "passages")
            data["whose"] = whose_data(case, has_key, exercise, passages_page)
        elif case_pages(app).get("claims") != page or not has_key:
            return
        app.add_css_file("workbook.css")
        app.add_js_file("workbook.js", loading_method="defer")
        said = embedded(data)
        context["body"] += f'<script type="application/json" class="wb-data">{said}</script>'

    app.add_directive("case", CaseDirective)
    app.add_directive("thread", ThreadDirective)
    app.connect("doctree-resolved", resolve)
    app.connect("html-page-context", furnish)
