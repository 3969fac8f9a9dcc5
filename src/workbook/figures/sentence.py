"""One sentence taken apart: source, cue, content; and how sure each voice is of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .lettering import lines_of, stop, width_of
from .paper import (
    LINE,
    MARGIN,
    NORMAL,
    PAD,
    PALE_INK,
    PAPER,
    RULE,
    SMALL,
    VOICE_COLOURS,
    WIDTH,
    colour_of,
)
from .picture import Picture
from .sheet import Sheet

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
_TINT = {"source": VOICE_COLOURS[1], "cue": VOICE_COLOURS[2], "content": VOICE_COLOURS[3]}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the sentence, code points ``start`` to ``end``, and the part that it plays."""

    role: Role
    start: int
    end: int


SIZE = 13.0


def anatomy(sentence: str, parts: Sequence[Part], outside: Sequence[str] = ()) -> Picture:
    """Draw a sentence with its source bracketed above, its cue and its content below.

    The three differ in the line of their bracket (solid, dashed, double) as well as in colour.
    ``outside`` says in sentences what has to be looked for elsewhere.

    Alt text: "A sentence in parts: “Several Japanese remembered …” Source: “Several Japanese”. …"
    """
    text = sentence.replace("\n", " ")
    if not text.strip():
        raise ValueError("there is no sentence to take apart: `sentence` is empty")
    for part in parts:
        if part.role not in ROLES:
            raise ValueError(f"“{part.role}” is no part of an attribution; {_choices()}")
        if not 0 <= part.start < part.end <= len(text):
            raise ValueError(
                f"the {part.role} runs from {part.start} to {part.end}, and the sentence has "
                f"{len(text)} characters"
            )
    sheet, y = Sheet(), float(MARGIN + 6)
    named: set[Part] = set()
    for start, end in _broken(text, WIDTH - 2 * MARGIN - 2 * PAD):
        y = _line(sheet, text, start, end, y, parts, named)
    if outside:
        y = sheet.write(
            MARGIN + PAD,
            y,
            [line for said in outside for line in lines_of(said, WIDTH - 40, SMALL + 0.5)],
            SMALL + 0.5,
            PALE_INK,
        )
    ordered = sorted(parts, key=lambda part: part.start)
    told = [
        f"{part.role.capitalize()}: {stop(f'“{text[part.start : part.end]}”')}" for part in ordered
    ] + list(outside)
    rows = [(part.role, text[part.start : part.end]) for part in ordered]
    alt = f"A sentence in parts: “{text}” {' '.join(told)}"
    return sheet.done(y + MARGIN, alt.strip(), ("Part", "Words"), rows)


def _choices() -> str:
    return f"choose among {', '.join(ROLES)}"


def _broken(text: str, width: float) -> list[tuple[int, int]]:
    """The lines of the text as (start, end), cut at spaces."""
    lines, start, end = [], 0, 0
    for at in [i for i, letter in enumerate(text) if letter == " "] + [len(text)]:
        if width_of(text[start:at], SIZE) > width and end > start:
            lines.append((start, end))
            start = end + 1
        end = at
    return [*lines, (start, len(text))]


def _line(
    sheet: Sheet,
    text: str,
    start: int,
    end: int,
    y: float,
    parts: Sequence[Part],
    named: set[Part],
) -> float:
    """One line of the sentence: its source bracketed above, cue and content below."""
    x0 = MARGIN + PAD
    here = [part for part in sorted(parts, key=lambda p: p.start) if part.start < end > start]
    here = [part for part in here if part.end > start]
    names = [part for part in here if part not in named]
    if any(part.role == "source" for part in here):
        y += 17 if any(part.role == "source" for part in names) else 8
    sheet.write(x0, y, text[start:end], SIZE)
    under = y + SIZE * 1.32
    taken = {-1: -99.0, 1: -99.0, 2: -99.0}  # how far each row of names is written
    rows = 0 if all(part.role == "source" for part in here) else 1
    for part in here:
        low, high = max(part.start, start), min(part.end, end)
        left = x0 + width_of(text[start:low], SIZE) + 0.7
        right = x0 + width_of(text[start:high], SIZE) - 0.7
        above = part.role == "source"
        at = y - 3.5 if above else under
        _bracket(sheet, part, left, right, at, low == part.start, high == part.end)
        if part not in names:
            continue
        named.add(part)
        row = -1 if above else 1 if left > taken[1] + 4 else 2
        name_left = max(left, taken[row] + 4)
        name_top = y - 17 if above else under + 6 + 12.5 * (row - 1)
        sheet.write(name_left, name_top, part.role, SMALL, _TINT[part.role], bold=True)
        taken[row] = name_left + width_of(part.role, SMALL, bold=True)
        rows = max(rows, 2 * row)
    return under + (5, 10, 23, 23, 36)[rows]


def _bracket(
    sheet: Sheet, part: Part, left: float, right: float, y: float, opens: bool, shuts: bool
) -> None:
    colour = _TINT[part.role]
    dashes = (3.0, 1.6) if part.role == "cue" else ()
    sheet.line([(left, y), (right, y)], colour, 2.0, dashes)
    if part.role == "content":
        sheet.line([(left, y + 3), (right, y + 3)], colour, 1.2)
    tip = 3.5 if part.role == "source" else -3.5
    for there, x in ((opens, left), (shuts, right)):
        if there:
            sheet.line([(x, y + tip), (x, y)], colour, 1.8)


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure one voice is: ``strength`` 0 to 3 and ``side`` 1 for, -1 against, 0 neither."""

    label: str
    mark: str
    word: str
    strength: int
    side: int
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Proposition:
    """A sentence that may be so or not, and how sure of it each voice is, outermost first."""

    words: str
    voices: tuple[Sureness, ...]


_ROW = 21.0
_NAMES = 112.0


def certainty_grid(propositions: Sequence[Proposition]) -> Picture:
    """Draw how sure each voice is of each sentence, on one scale from against to for.

    A place on the scale, a shape and the word itself say the same: a triangle that points up is
    for, one that points down against; full is certain, half full probable, open possible; a ring
    is not committed.

    Alt text: "How sure each voice is. Of “Lyushkov was a Trotskyist.”: gerdowning is not
    committed; …"
    """
    if not any(proposition.voices for proposition in propositions):
        raise ValueError("there is nobody whose certainty could be shown: give at least one voice")
    for one in (voice for proposition in propositions for voice in proposition.voices):
        if one.strength not in range(4) or one.side not in (-1, 0, 1):
            raise ValueError(
                f"the certainty of “{one.label}” has strength {one.strength} and side {one.side}; "
                "strength goes from 0 to 3, and side is -1, 0 or 1"
            )
    sheet = Sheet()
    y = _scale(sheet, float(MARGIN))
    for proposition in propositions:
        lines = lines_of(proposition.words, WIDTH - 2 * MARGIN, NORMAL, bold=True)
        y = sheet.write(MARGIN, y + 7, lines, NORMAL, bold=True) + 2
        top = y
        for voice in proposition.voices:
            y = _sure(sheet, voice, y)
        sheet.line([(_x(0, 0), top), (_x(0, 0), y)], RULE, 0.8, (2, 2), under=True)
    rows = [
        (proposition.words, f"{voice.mark} {voice.label}", voice.word)
        for proposition in propositions
        for voice in proposition.voices
    ]
    told = [
        f"Of “{proposition.words}”: "
        + stop("; ".join(f"{voice.label}: {voice.word}" for voice in proposition.voices))
        for proposition in propositions
    ]
    alt = f"How sure each voice is. {' '.join(told)}"
    return sheet.done(y + MARGIN, alt, ("Sentence", "Voice", "How sure"), rows)


def _x(strength: int, side: int) -> float:
    left, right = MARGIN + _NAMES + 8, WIDTH - MARGIN - 8
    return (left + right) / 2 + strength * side * (right - left) / 6


def _scale(sheet: Sheet, y: float) -> float:
    sheet.write(_x(3, -1) - 6, y, "◂ against", SMALL, PALE_INK, bold=True)
    sheet.write(_x(3, 1) + 6, y, "for ▸", SMALL, PALE_INK, bold=True, align="right")
    return y + LINE * SMALL


def _sure(sheet: Sheet, voice: Sureness, y: float) -> float:
    room = _NAMES - 4
    lines = lines_of(f"{voice.mark} {voice.label}", room, SMALL)
    height = max(_ROW, len(lines) * 13.5 + 5)
    middle = y + height / 2
    sheet.beside(MARGIN, middle, lines)
    sheet.line([(_x(3, -1), middle), (_x(3, 1), middle)], RULE, 0.7)
    x, colour = _x(voice.strength, voice.side), colour_of(voice.colour)
    wide = width_of(voice.word, SMALL)
    on_left = x + 10 + wide > WIDTH - MARGIN
    left = x - 10 - wide if on_left else x + 10
    sheet.block(left - 2, middle - 6.5, wide + 4, 13, fill=PAPER)
    if voice.side == 0 or voice.strength == 0:
        sheet.dot(x, middle, "o", 9, colour, filled=False)
    else:
        marker = "^" if voice.side > 0 else "v"
        full, half = voice.strength == 3, voice.strength == 2
        sheet.dot(x, middle, marker, 11, colour, filled=full or half, half=half)
    sheet.beside(left, middle, voice.word)
    return y + height
