"""What every picture shares: paper, type, colours, and the words that go with it.

Lengths are in points. The width is that of a phone's text column, so that a 10-point word is
still a 10-point word there; wider screens show the picture at its own size.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Polygon, Rectangle

VOICE_COLOURS = {
    0: "#6b6f76",
    1: "#0069a8",
    2: "#c25100",
    3: "#00835f",
    4: "#b5568f",
    5: "#a87400",
    6: "#2f8ec2",
    7: "#3b3833",
}
"""The voices' colours on paper: Okabe and Ito's, darkened where 3:1 against paper asks for it.

The same as in ``forms/voices.css``; 0 is for a voice without a colour of its own.
"""

PAPER = "#fcfaf5"
INK = "#22252a"
PALE_INK = "#555a62"
RULE = "#8b8f97"
"""For thin lines that lead the eye and say nothing."""
LETTER = "#ffffff"
FONT = "DejaVu Sans"  # comes with matplotlib, so that every machine draws the same picture

WIDTH = 331
MARGIN = 6
PAD = 11
SMALL, NORMAL, LARGE = 9.5, 11, 12.5
LINE = 1.35  # from one line of writing to the next, in sizes of the type


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


def colour_of(number: int | None) -> str:
    """The colour of voice colour ``number``; grey for None and for a number that there is not."""
    return VOICE_COLOURS.get(number or 0, VOICE_COLOURS[0])


def in_words(count: int) -> str:
    """Two to seven in letters, as at the start of a sentence; others in digits."""
    names = ("Two", "Three", "Four", "Five", "Six", "Seven")
    return names[count - 2] if 0 <= count - 2 < len(names) else str(count)


def stop(text: str) -> str:
    """The text with a full stop, unless it has a stop of some kind."""
    return text if text.rstrip("”\"'").endswith((".", "!", "?", "…")) else f"{text}."


@cache
def _face(bold: bool) -> Any:
    found = findfont(FontProperties(family=FONT, weight="bold" if bold else "normal"))
    face = FT2Font(found)
    face.set_size(100, 72)
    return face


@cache
def _advance(letter: str, bold: bool) -> float:
    # The linear advance comes from the face's own table and not from a drawn letter, so it is the
    # same with every release of FreeType.
    glyph = _face(bold).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is in print (points) at a size of type (points)."""
    return sum(_advance(letter, bold) for letter in text) * size


def lines_of(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines of at most ``width`` points; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def shortened(text: str, letters: int) -> str:
    """The text in at most ``letters`` characters: its beginning, an ellipsis and its end."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    head = text[: letters * 3 // 5].rsplit(" ", 1)[0].rstrip(" ,;:")
    tail = text[len(text) - letters * 2 // 5 + 3 :].split(" ", 1)[-1]
    return f"{head.rstrip(' …')} … {tail.lstrip('… ')}"


class Sheet:
    """A sheet of paper, ``WIDTH`` points wide, on which a picture is drawn from the top down.

    Coordinates are points from the upper left corner. The height is settled last.
    """

    def __init__(self) -> None:
        self.picture = Picture(figsize=(WIDTH / 72, 1), facecolor=PAPER)
        self.axes: Any = self.picture.add_axes((0, 0, 1, 1), xlim=(0, WIDTH))
        self.axes.set_axis_off()
        self._layer = 2.0

    def _over(self) -> float:
        # What is drawn later lies on top; matplotlib would put every line over every box.
        self._layer += 0.01
        return self._layer

    def done(
        self,
        height: float,
        alt: str,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> Picture:
        """The picture, cut to its height (points), with its words."""
        self.picture.set_size_inches(WIDTH / 72, height / 72)
        self.axes.set_ylim(height, 0)
        self.picture.alt = alt
        self.picture.header = tuple(header)
        self.picture.rows = tuple(tuple(row) for row in rows)
        return self.picture

    def write(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        size: float = SMALL,
        colour: str = INK,
        *,
        bold: bool = False,
        italic: bool = False,
        align: str = "left",
    ) -> float:
        """Write lines with their top at ``y``; gives the y below them."""
        for line in [lines] if isinstance(lines, str) else lines:
            self.axes.text(
                x,
                y,
                line,
                fontsize=size,
                color=colour,
                family=FONT,
                weight="bold" if bold else "normal",
                style="italic" if italic else "normal",
                ha=align,
                va="top",
                zorder=self._over(),
                parse_math=False,  # a "$" in a quotation is a dollar
            )
            y += LINE * size
        return y

    def beside(
        self,
        x: float,
        middle: float,
        lines: str | Sequence[str],
        size: float = SMALL,
        colour: str = INK,
        *,
        bold: bool = False,
        italic: bool = False,
        align: str = "left",
    ) -> None:
        """Write lines so that the middle of their small letters is at the height ``middle``."""
        said = [lines] if isinstance(lines, str) else list(lines)
        top = middle - ((len(said) - 1) * LINE / 2 + 0.5) * size
        self.write(x, top, said, size, colour, bold=bold, italic=italic, align=align)

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str = LETTER,
        edge: str = PALE_INK,
        line: float = 1.0,
        dashes: bool = False,
        hatch: str = "",
        alpha: float | None = None,
        round_by: float = 3,
    ) -> None:
        """A box; ``hatch`` is drawn in the colour of its edge."""
        self.axes.add_patch(
            FancyBboxPatch(
                (left, top),
                width,
                height,
                boxstyle=f"round,pad=0,rounding_size={round_by}",
                facecolor=fill,
                edgecolor=edge,
                linewidth=line,
                linestyle=(0, (4, 2.5)) if dashes else "-",
                hatch=hatch or None,
                alpha=alpha,
                zorder=self._over(),
            )
        )

    def block(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: str,
        edge: str = "none",
        line: float = 0.8,
        hatch: str = "",
    ) -> None:
        """A rectangle with sharp corners, for lengths that are to be compared."""
        self.axes.add_patch(
            Rectangle(
                (left, top),
                width,
                height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=line,
                hatch=hatch or None,
                zorder=self._over(),
            )
        )

    def shape(
        self, points: Sequence[tuple[float, float]], fill: str, edge: str, line: float = 1.2
    ) -> None:
        """A closed shape with these corners."""
        self.axes.add_patch(
            Polygon(
                list(points),
                closed=True,
                facecolor=fill,
                edgecolor=edge,
                linewidth=line,
                zorder=self._over(),
            )
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = PALE_INK,
        width: float = 1.0,
        dashes: tuple[float, ...] = (),
        under: bool = False,
    ) -> None:
        """A line through points; ``under`` lays it below all that is drawn already."""
        style: Any = (0, dashes) if dashes else "-"
        xs, ys = zip(*points, strict=True)
        self.axes.add_line(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=width,
                linestyle=style,
                solid_capstyle="butt",
                zorder=1.0 if under else self._over(),
            )
        )

    def dot(
        self,
        x: float,
        y: float,
        marker: str,
        size: float,
        colour: str,
        *,
        filled: bool = True,
        half: bool = False,
    ) -> None:
        """A mark of matplotlib's, ``size`` points wide: full, half full or open."""
        style: Any = "left" if half else "full"
        self.axes.add_line(
            Line2D(
                [x],
                [y],
                marker=marker,
                markersize=size,
                color=colour,
                fillstyle=style,
                markerfacecolor=colour if filled else LETTER,
                markerfacecoloralt=LETTER,
                markeredgecolor=colour,
                markeredgewidth=1.5,
                linestyle="none",
                zorder=self._over(),
            )
        )

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str = INK,
        width: float = 1.6,
        head: str = "-|>",
        bend: float = 0.0,
    ) -> None:
        """An arrow; ``head`` is one of matplotlib's arrow styles, ``bend`` curves it."""
        self.axes.add_patch(
            FancyArrowPatch(
                start,
                end,
                arrowstyle=head,
                mutation_scale=11,
                color=colour,
                linewidth=width,
                shrinkA=0,
                shrinkB=0,
                connectionstyle=f"arc3,rad={bend}",
                zorder=self._over(),
            )
        )
