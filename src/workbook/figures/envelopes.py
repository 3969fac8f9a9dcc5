"""Nested envelopes: the voices of a chain, each handing on what lies inside it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.patches import FancyBboxPatch, Polygon

from .lettering import in_print, in_words
from .paper import (
    FONT,
    INK,
    LARGE,
    LETTER,
    LINE,
    MARGIN,
    NORMAL,
    PAD,
    PALE_INK,
    PAPER,
    SMALL,
    VOICE_COLOURS,
    WIDTH,
)
from .picture import Picture


@dataclass(frozen=True, slots=True)
class Layer:
    """One envelope: the voice on it, as every other face of the book shows it, and what it does."""

    label: str
    mark: str
    does: str
    colour: int | None = None


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
    start = "One envelope." if count == 1 else f"{in_words(count)} envelopes, one inside the other."
    told = [
        f"Envelope {i}{', the outermost' if i == 1 < count else ''}: {layer.label} {layer.does}."
        for i, layer in enumerate(layers, 1)
    ]
    return " ".join([start, *told, f"The letter in the inmost envelope reads: {letter}"])


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
            in_print(line, weight == "bold", style == "italic"),
            fontsize=size,
            color=colour,
            family=FONT,
            weight=weight,
            style=style,
            ha="left",
            va="top",
            parse_math=False,  # a "$" in a quotation is a dollar
        )
