"""The sheet of paper on which a picture is drawn: words, boxes, lines and marks, in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Polygon, Rectangle

from .lettering import in_print, lines_of, width_of
from .paper import FONT, INK, LETTER, LINE, MARGIN, PALE_INK, PAPER, SMALL, WIDTH
from .picture import Picture


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
                in_print(line, bold, italic),
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

    def running(self, words: Sequence[str], y: float, colour: str = PALE_INK) -> float:
        """Short notes one after the other, none of them broken if it fits on a line."""
        x = float(MARGIN)
        for word in words:
            wide = width_of(word, SMALL)
            if x > MARGIN and x + wide > WIDTH - MARGIN:
                x, y = float(MARGIN), y + LINE * SMALL
            lines = lines_of(word, WIDTH - 2 * MARGIN, SMALL)
            below = self.write(x, y, lines, SMALL, colour)
            if len(lines) > 1:
                x, y = float(MARGIN), below - LINE * SMALL
            x += wide + 12
        return y + LINE * SMALL

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
