"""``{ask}`who_remembers` ``: a link to an exercise under its title, wherever it is mounted."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from ..case import Case
from ..edition import did_you_mean
from .places import exercise_homes

__all__ = ["add_exercise_links"]

logger = logging.getLogger(__name__)


class exercise_link(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """A link still without its address; ``exercise`` is the id."""


def add_exercise_links(
    app: Sphinx,
    case_of: Callable[[Config], Case],
    wrong: Callable[[Sphinx, str, nodes.Element, str], None],
) -> None:
    """Register the role. ``wrong`` is told of a link to what is no exercise, and ends the build.

    A link to an exercise that stands on no page, as in a book of some chapters only, is plain
    words and a warning of the type ``ref``.
    """

    class AskRole(SphinxRole):
        def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
            link = exercise_link("", exercise=self.text)
            self.set_source_info(link)
            return [link], []

    def check(app: Sphinx, doctree: nodes.document) -> None:
        case = case_of(app.config)
        for link in doctree.findall(exercise_link):
            name = link["exercise"]
            if name not in case.items:
                near = did_you_mean(name, case.items)
                said = f"is not an exercise of the case “{case.id}”{near}"
                wrong(app, app.env.docname, link, said)

    def resolve(app: Sphinx, doctree: nodes.document, page: str) -> None:
        case = case_of(app.config)
        for link in list(doctree.findall(exercise_link)):
            name = link["exercise"]
            title = nodes.Text(case.items[name].title)
            home = exercise_homes(app).get(name)
            if home in app.env.all_docs:
                address = f"{app.builder.get_relative_uri(page, home)}#exercise-{name}"
                link.replace_self(nodes.reference("", "", title, internal=True, refuri=address))
            else:
                said = f"page {page} links to “{name}”, and no page asks it"
                logger.warning(said, location=link, type="ref", subtype="ask")
                link.replace_self(nodes.inline("", "", title))

    app.add_node(exercise_link)
    app.add_role("ask", AskRole())
    app.connect("doctree-read", check)
    app.connect("doctree-resolved", resolve)
