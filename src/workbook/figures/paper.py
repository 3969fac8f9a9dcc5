"""The paper, the type and the colours that every picture shares.

Lengths are in points. The width is that of a phone's text column, so that a 10-point word is
still a 10-point word there; wider screens show the picture at its own size.
"""

from __future__ import annotations

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


def colour_of(number: int | None) -> str:
    """The colour of voice colour ``number``; grey for None and for a number that there is not."""
    return VOICE_COLOURS.get(number or 0, VOICE_COLOURS[0])
