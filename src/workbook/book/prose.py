"""What a page written by hand takes from the case and from the build, so that it cannot drift.

``{work}`Key; Key` `` cites works, ``{fact}`timeline.13.when` `` gives a field of a row,
``{basis}`timeline.13` `` how far that row can be trusted and what it rests on (or of what is in no
table, ``{basis}`memory: Key` ``), and ``{version}`sphinx` `` the version that built the page.
``{picture} name`` draws a picture of the case, and ``{fold} Title`` folds up what it holds.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from importlib.metadata import PackageNotFoundError, version
from inspect import signature
from typing import Any, cast, get_args

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, SphinxRole

from ..case import Case
from ..edition import did_you_mean
from ..facts import Confidence, Execution
from .parts import shown_date, trust
from .works import cited, works

__all__ = ["add_prose"]


def add_prose(app: Sphinx, case_of: Callable[[Config], Case]) -> None:
    """Register with Sphinx."""

    class CaseRole(SphinxRole):
        """A role that says something of the case; what cannot be said is an error of the page."""

        def said(self, case: Case) -> nodes.Node:
            raise NotImplementedError

        def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
            try:
                return [self.said(case_of(self.config))], []
            except LookupError as error:
                message = self.inliner.reporter.error(error.args[0], line=self.lineno)
                return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]

    class WorkRole(CaseRole):
        def said(self, case: Case) -> nodes.Node:
            return nodes.raw("", cited(case, _keys(case, self.text)), format="html")

    class FactRole(CaseRole):
        def said(self, case: Case) -> nodes.Node:
            row, _, field = self.text.rpartition(".")
            return nodes.Text(_shown(_row(case, row), field))

    class BasisRole(CaseRole):
        def said(self, case: Case) -> nodes.Node:
            confidence, keys = _basis(case, self.text)
            rests = f"{trust(confidence)}: {cited(case, keys)}"
            return nodes.raw("", f'<span class="wb-basis">({rests})</span>', format="html")

    class VersionRole(CaseRole):
        def said(self, case: Case) -> nodes.Node:
            return nodes.Text(_version(self.text))

    class PictureDirective(SphinxDirective):
        """``{picture} committee_fates`` draws a picture of the gallery."""

        required_arguments = 1

        def run(self) -> list[nodes.Node]:
            from .. import gallery  # matplotlib: only for a book that shows a picture this way

            name = self.arguments[0]
            if name not in gallery.__all__:
                raise self.error(
                    f"there is no picture “{name}”{did_you_mean(name, gallery.__all__)}"
                )
            draw = getattr(gallery, name)
            _, *more = signature(draw).parameters.values()
            if wanted := [one.name for one in more if one.default is one.empty]:
                raise self.error(
                    f"the picture “{name}” has to be told its {' and '.join(wanted)}; draw it in a "
                    f"notebook: workbook.gallery.{name}(case, …)"
                )
            try:
                shown = draw(case_of(self.config))
            except ValueError as error:
                raise self.error(f"the picture “{name}” cannot be drawn: {error}") from error
            return [nodes.raw("", shown._repr_mimebundle_()["text/html"], format="html")]

    app.add_role("work", WorkRole())
    app.add_role("fact", FactRole())
    app.add_role("basis", BasisRole())
    app.add_role("version", VersionRole())
    app.add_directive("picture", PictureDirective)
    app.add_directive("fold", FoldDirective)


class FoldDirective(SphinxDirective):
    """``:::{fold} Title`` … ``:::``: waits until the reader opens it; on paper it is open."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        held = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, held)
        opened = f'<details class="wb-fold"><summary>{escape(self.arguments[0])}</summary><div>'
        return [
            nodes.raw("", opened, format="html"),
            *held.children,
            nodes.raw("", "</div></details>", format="html"),
        ]


def _known(name: str, known: Iterable[str], what: str) -> str:
    if name not in (known := list(known)):
        raise LookupError(f"there is no {what} “{name}”{did_you_mean(name, known)}")
    return name


def _keys(case: Case, said: str) -> list[str]:
    return [_known(key.strip(), works(case), "work") for key in said.split(";")]


def _rows(case: Case) -> Mapping[str, Mapping[str, Any]]:
    """The rows that a page may name, by table and by their own name."""
    return {
        "executions": {row.id: row for row in case.facts.executions},
        "committee": {row.name: row for row in case.facts.committee},
        "timeline": {str(row.order): row for row in case.facts.timeline},
        "testimonies": dict(case.testimonies),
    }


def _row(case: Case, said: str) -> Any:
    table, _, name = said.partition(".")
    rows = _rows(case)
    held = rows[_known(table, rows, "table")]
    return held[_known(name, held, f"row of {table}")]


def _shown(row: Any, field: str) -> str:
    value = getattr(row, _known(field, row.__annotations__, "field"))
    if isinstance(value, date):
        return shown_date(value.isoformat())
    if isinstance(row, Execution) and isinstance(value, int):
        return f"{value:,}"
    return shown_date(value) if field == "when" else str(value)


def _basis(case: Case, said: str) -> tuple[Confidence, Iterable[str]]:
    confidence, colon, keys = said.partition(":")
    if colon:
        known = _known(confidence, get_args(Confidence), "confidence")
        return cast(Confidence, known), _keys(case, keys)
    row = _row(case, said)
    return row.confidence, getattr(row, "source", None) or row.references


def _version(name: str) -> str:
    if name == "Python":
        return platform.python_version()
    try:
        return version(name)
    except PackageNotFoundError:
        raise LookupError(f"no package “{name}” is installed here") from None
