"""The pictures, in matplotlib: plain data in, a figure that carries its own words out.

Importing this room imports matplotlib; nothing that reads a case or checks an answer does so.
"""

from __future__ import annotations

import base64
import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon

__all__ = ["PAPER", "VOICE_COLOURS", "Layer", "Picture", "envelopes"]

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
LETTER = "#ffffff"
FONT = "DejaVu Sans"  # comes with matplotlib, so that every machine draws the same picture

# Lengths are in points. The width is that of a phone's text column, so that a 10-point word is
# still a 10-point word there; wider screens show the picture at its own size.
WIDTH = 331
MARGIN = 6
PAD = 11
SMALL, NORMAL, LARGE = 9.5, 11, 12.5
LINE = 1.35  # from one line of writing to the next, in sizes of the type


@dataclass(frozen=True, slots=True)
class Layer:
    """One envelope: the voice on it, as every other face of the book shows it, and what it does."""

    label: str
    mark: str
    does: str
    colour: int | None = None


class Picture(Figure):
    """A matplotlib figure with a text alternative and the table of what it shows."""

    alt: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def svg(self) -> str:
        """The picture as SVG, the same bytes each time."""
        out = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "workbook", "svg.fonttype": "path"}):
            nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
            self.savefig(out, format="svg", facecolor=self.get_facecolor(), metadata=nothing)
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


def envelopes(layers: Sequence[Layer], letter: str) -> Picture:
    """Draw a chain of voices as envelopes within envelopes, with the letter in the inmost one.

    ``layers`` run from the outside in, as a chain does. Every envelope has its voice's mark and
    label written on it, its number and a border in the voice's colour, so the picture can be read
    in grey too.

    Alt text: "Three envelopes, one inside the other. Envelope 1, the outermost: gerdowning pastes
    the block. Envelope 2: … The letter in the inmost envelope reads: …"
    """
    if not layers:
        raise ValueError("a letter needs at least one envelope: `layers` is empty")
    step = min(13.0, 56 / len(layers))  # many envelopes must leave room for the letter
    heads = [_headed(layer, WIDTH - 2 * MARGIN - 2 * step * i) for i, layer in enumerate(layers)]
    letter_width = WIDTH - 2 * MARGIN - 2 * step * len(layers)
    lines = _wrapped(letter, letter_width - 2 * PAD, NORMAL)
    letter_height = 2 * PAD - 3 + LINE * NORMAL * len(lines)
    height = 2 * MARGIN + sum(h.height for h in heads) + letter_height + step * len(layers)

    figure = Picture(figsize=(WIDTH / 72, height / 72), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    top, bottom = float(MARGIN), height - MARGIN
    for i, (layer, head) in enumerate(zip(layers, heads, strict=True)):
        left = MARGIN + step * i
        _draw_envelope(axes, left, top, WIDTH - 2 * left, bottom - top, layer, head, i + 1)
        top, bottom = top + head.height, bottom - step
    left = MARGIN + step * len(layers)
    _box(axes, left, top, letter_width, letter_height, LETTER, PALE_INK, 0.9)
    _write(axes, left + PAD, top + PAD, lines, NORMAL, INK, style="italic")

    figure.header = ("Envelope", "Voice", "What the voice does")
    figure.rows = (
        *((str(i), f"{layer.mark} {layer.label}", layer.does) for i, layer in enumerate(layers, 1)),
        ("letter", "", letter),
    )
    figure.alt = _alt(layers, letter)
    return figure


def _alt(layers: Sequence[Layer], letter: str) -> str:
    count = len(layers)
    start = "One envelope." if count == 1 else f"{_number(count)} envelopes, one inside the other."
    told = [
        f"Envelope {i}{', the outermost' if i == 1 < count else ''}: {layer.label} {layer.does}."
        for i, layer in enumerate(layers, 1)
    ]
    return " ".join([start, *told, f"The letter in the inmost envelope reads: {letter}"])


def _number(count: int) -> str:
    names = ("Two", "Three", "Four", "Five", "Six", "Seven")
    return names[count - 2] if count - 2 < len(names) else str(count)


@dataclass(frozen=True, slots=True)
class _Head:
    """The writing on an envelope and how much room it takes."""

    label: tuple[str, ...]
    does: tuple[str, ...]

    @property
    def height(self) -> float:
        return 14 + LINE * (LARGE * len(self.label) + SMALL * len(self.does))


def _headed(layer: Layer, width: float) -> _Head:
    room = width - 2 * PAD - 22  # the number stands at the right
    return _Head(
        tuple(_wrapped(f"{layer.mark} {layer.label}", room, LARGE * 1.14)),
        tuple(_wrapped(layer.does, room, SMALL)),
    )


def _wrapped(text: str, width: float, size: float) -> list[str]:
    # DejaVu Sans is a wide face: its letters are about .55 of the size on average. Counting
    # letters, and not measuring them, keeps the layout the same with every release of FreeType.
    return textwrap.wrap(text, max(8, int(width / (size * 0.55)))) or [""]


def _draw_envelope(
    axes: Any,
    left: float,
    top: float,
    width: float,
    height: float,
    layer: Layer,
    head: _Head,
    number: int,
) -> None:
    colour = VOICE_COLOURS[layer.colour or 0]
    _box(axes, left, top, width, height, PAPER, colour, 2.2)
    right, tip = left + width, top + head.height - 4
    flap = [(left + 2, top + 1), (right - 2, top + 1), (left + width / 2, tip)]
    axes.add_patch(Polygon(flap, closed=True, facecolor=colour, alpha=0.13, edgecolor="none"))
    _write(axes, left + PAD, top + 7, head.label, LARGE, INK, weight="bold")
    under = top + 8 + LINE * LARGE * len(head.label)
    _write(axes, left + PAD, under, head.does, SMALL, PALE_INK)
    axes.text(
        right - PAD,
        top + 7,
        str(number),
        fontsize=LARGE,
        color=PALE_INK,
        family=FONT,
        ha="right",
        va="top",
    )


def _box(
    axes: Any,
    left: float,
    top: float,
    width: float,
    height: float,
    fill: str,
    edge: str,
    line: float,
) -> None:
    shape = "round,pad=0,rounding_size=4"
    axes.add_patch(
        FancyBboxPatch(
            (left, top),
            width,
            height,
            boxstyle=shape,
            facecolor=fill,
            edgecolor=edge,
            linewidth=line,
        )
    )


def _write(
    axes: Any,
    x: float,
    y: float,
    lines: Sequence[str],
    size: float,
    colour: str,
    weight: str = "normal",
    style: str = "normal",
) -> None:
    for i, line in enumerate(lines):
        axes.text(
            x,
            y + i * LINE * size,
            line,
            fontsize=size,
            color=colour,
            family=FONT,
            weight=weight,
            style=style,
            ha="left",
            va="top",
            parse_math=False,  # a "$" in a quotation is a dollar
        )
