"""What only one edition shows: ``{self-study}`` in a text, the tag ``self-study`` on a cell.

Both are for what settles a question that a class is to answer: a worked reading, a picture that
shows it, what scholarship holds.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

__all__ = ["add_editions"]

_TAGGED = "tag_self-study"  # the class that MyST-NB gives to a cell with this tag


class SelfStudyDirective(SphinxDirective):
    """``:::{self-study}`` … ``:::``: for those who read alone; the classroom edition lacks it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        if self.config.workbook_edition != "self-study":
            return []
        held = nodes.container(classes=["wb-self-study"])
        self.state.nested_parse(self.content, self.content_offset, held)
        return [held]


def _take_out(app: Sphinx, doctree: nodes.document) -> None:
    if app.config.workbook_edition == "self-study":
        return
    for cell in list(doctree.findall(nodes.container)):
        if _TAGGED in cell["classes"] and cell.parent is not None:
            cell.parent.remove(cell)


def add_editions(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("self-study", SelfStudyDirective)
    app.connect("doctree-read", _take_out, priority=100)
