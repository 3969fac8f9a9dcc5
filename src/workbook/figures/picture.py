"""A picture: a figure of matplotlib's with the words that go with it."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure


class Picture(Figure):
    """A matplotlib figure with a text alternative and the table of what it shows."""

    alt: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def svg(self) -> str:
        """The picture as SVG, the same bytes each time."""
        out = io.StringIO()
        # Letters as outlines: a machine without the typeface draws the same picture.
        with mpl.rc_context({"svg.hashsalt": "workbook", "svg.fonttype": "path"}):
            nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
            self.savefig(out, format="svg", facecolor=self.get_facecolor(), metadata=nothing)
        return out.getvalue()

    def png(self, scale: float = 2) -> bytes:
        """The picture as PNG, ``scale`` dots to a CSS pixel; for an ``ipywidgets.Image``."""
        out = io.BytesIO()
        nothing = {"Software": None}
        face = self.get_facecolor()
        self.savefig(out, format="png", dpi=96 * scale, facecolor=face, metadata=nothing)
        return out.getvalue()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            "text/html": self._html(),
            "text/markdown": self._markdown(),
            "text/plain": self.alt,
        }

    def _html(self) -> str:
        # An image and not inline SVG: ids of two pictures on a page cannot clash, and a screen
        # reader meets one image with one text.
        data = base64.b64encode(self.svg().encode()).decode("ascii")
        width, height = (round(inches * 96) for inches in self.get_size_inches())
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.header)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows
        )
        return (
            f'<div class="wb-picture"><img alt="{escape(self.alt)}" width="{width}" '
            f'height="{height}" style="max-width:100%;height:auto" '
            f'src="data:image/svg+xml;base64,{data}">'
            "<details><summary>The picture as a table</summary>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details></div>"
        )

    def _markdown(self) -> str:
        lines = [self.header, tuple("---" for _ in self.header), *self.rows]
        table = "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
        return f"{self.alt}\n\n{table}"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
