"""Words in print: how wide they are, where their lines break, and how a text is cut short."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import category

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags

from .paper import FONT

_UNKNOWN = "□"


def in_words(count: int) -> str:
    """Two to seven in letters, as at the start of a sentence; others in digits."""
    names = ("Two", "Three", "Four", "Five", "Six", "Seven")
    return names[count - 2] if 0 <= count - 2 < len(names) else str(count)


def counted(count: int, what: str, inside: bool = False) -> str:
    """A number and what it counts, at the start of a sentence or ``inside`` one."""
    names = ("One", "Two", "Three", "Four", "Five", "Six", "Seven")
    said = names[count - 1] if 1 <= count <= len(names) else f"{count:,}"
    return f"{said.lower() if inside else said} {what}{'s' if count != 1 else ''}"


def stop(text: str) -> str:
    """The text with a full stop, unless it has a stop of some kind."""
    return text if text.rstrip("”\"'").endswith((".", "!", "?", "…")) else f"{text}."


@cache
def _face(bold: bool, italic: bool = False) -> Any:
    found = findfont(
        FontProperties(
            family=FONT,
            weight="bold" if bold else "normal",
            style="italic" if italic else "normal",
        )
    )
    face = FT2Font(found)
    face.set_size(100, 72)
    return face


@cache
def _printed(letter: str, bold: bool, italic: bool) -> str:
    if _face(bold, italic).get_char_index(ord(letter)):
        return letter
    return "" if category(letter) in ("Mn", "Me", "Cf") else _UNKNOWN


def in_print(text: str, bold: bool = False, italic: bool = False) -> str:
    """The text as the typeface can set it: a box for each letter that it does not have."""
    return "".join(_printed(letter, bold, italic) for letter in text)


@cache
def _advance(letter: str, bold: bool) -> float:
    # The linear advance comes from the face's own table and not from a drawn letter, so it is the
    # same with every release of FreeType.
    glyph = _face(bold).load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide the text is in print (points) at a size of type (points)."""
    return sum(_advance(letter, bold) for letter in in_print(text, bold)) * size


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
