"""Copy and original: a drift phrase by phrase, and what quotation marks do and do not promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .lettering import in_words, lines_of, shortened, stop, width_of
from .paper import (
    INK,
    LETTER,
    LINE,
    MARGIN,
    NORMAL,
    PALE_INK,
    PAPER,
    RULE,
    SMALL,
    VOICE_COLOURS,
    WIDTH,
)
from .picture import Picture
from .sheet import Sheet

KEPT, LEFT_OUT, ADDED = "kept", "left out", "added"
_CHANGED = VOICE_COLOURS[2]
_NEW = VOICE_COLOURS[1]


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase of the original beside what the copy made of it.

    ``change`` says what happened: “kept”, “left out” (then ``copy`` is None), “added” (then
    ``original`` is None), or the name of a change.
    """

    original: str | None
    copy: str | None
    change: str


_COLUMN = 142.0
_RIGHT = WIDTH - MARGIN - _COLUMN
_LONGEST = 74


def drift_alignment(pairs: Sequence[Pair], original: str, copy: str) -> Picture:
    """Draw the original on the left and its copy on the right, phrase beside phrase.

    What was kept stands behind an equals sign; what was changed, in a thick frame behind an arrow
    and under the name of the change; what was left out or added faces a hatched hole. Long phrases
    are shortened in the picture, and whole in the table.

    Alt text: "The pasted passage beside the opening post, in 20 pairs of phrases: 4 kept, …"
    """
    if not pairs:
        raise ValueError("there is nothing to lay side by side: `pairs` is empty")
    for pair in pairs:
        if (pair.copy is None) != (pair.change == LEFT_OUT):
            raise ValueError(f"“{pair.change}” and a copy that reads “{pair.copy}” do not go along")
        if (pair.original is None) != (pair.change == ADDED):
            raise ValueError(
                f"“{pair.change}” and an original that reads “{pair.original}” do not go along"
            )
    sheet, y = Sheet(), float(MARGIN)
    sheet.write(MARGIN, y, original, NORMAL, bold=True)
    y = sheet.write(_RIGHT, y, copy, NORMAL, bold=True) + 2
    for gone, run in groupby(pairs, lambda pair: pair.change == LEFT_OUT):
        if gone:
            y = _left_out(sheet, [pair.original or "" for pair in run], y)
        else:
            for pair in run:
                y = _pair(sheet, pair, y)
    rows = [(pair.original or "(nothing)", pair.copy or "(nothing)", pair.change) for pair in pairs]
    alt = _drift_alt(pairs, original, copy)
    return sheet.done(y + MARGIN - 3, alt, (original, copy, "What happened"), rows)


def _phrase(words: str) -> list[str]:
    return lines_of(shortened(words, _LONGEST), _COLUMN - 10, SMALL)


def _left_out(sheet: Sheet, gone: Sequence[str], y: float) -> float:
    joined = gone[0] if len(gone) == 1 else f"{gone[0].rstrip('.')} … {gone[-1]}"
    lines = _phrase(joined)
    height = max(len(lines) * LINE * SMALL + 7, 27)
    sheet.beside(MARGIN, y + height / 2, lines, SMALL, PALE_INK)
    said = LEFT_OUT if len(gone) == 1 else f"{len(gone)} phrases left out"
    _hole(sheet, _RIGHT, y, height, said)
    sheet.line([(MARGIN + _COLUMN + 2, y + height / 2), (_RIGHT - 5, y + height / 2)], RULE, 1)
    sheet.line([(_RIGHT - 5, y + height / 2 - 5), (_RIGHT - 5, y + height / 2 + 5)], RULE, 2)
    return y + height + 6


def _hole(sheet: Sheet, left: float, y: float, height: float, said: str) -> None:
    sheet.block(left, y, _COLUMN, height, fill=PAPER, edge="#b3b6bc", line=0.8, hatch="////")
    wide = width_of(said, SMALL, bold=True) + 8
    middle = y + height / 2
    sheet.block(left + (_COLUMN - wide) / 2, middle - 8, wide, 16, fill=PAPER)
    sheet.beside(left + _COLUMN / 2, middle, said, SMALL, bold=True, align="center")


def _pair(sheet: Sheet, pair: Pair, y: float) -> float:
    kept, added = pair.change == KEPT, pair.change == ADDED
    left, right = _phrase(pair.original or ""), _phrase(pair.copy or "")
    label = 0 if kept else LINE * SMALL + 1
    height = max(len(left) * LINE * SMALL + 8, len(right) * LINE * SMALL + 8 + label, 27)
    middle = y + height / 2
    colour = RULE if kept else _NEW if added else _CHANGED
    if added:
        _hole(sheet, MARGIN, y, height, "not there")
    else:
        sheet.beside(MARGIN, middle, left)
    sheet.box(_RIGHT, y, _COLUMN, height, edge=colour, line=0.9 if kept else 1.8)
    if kept:
        top = middle - len(right) * LINE * SMALL / 2 + 1
    else:
        sheet.write(_RIGHT + 5, y + 4, pair.change, SMALL, colour, bold=True)
        top = y + 4 + label
    sheet.write(_RIGHT + 5, top, right)
    _sign(sheet, middle, colour, kept, added)
    return y + height + 6


def _sign(sheet: Sheet, middle: float, colour: str, kept: bool, added: bool) -> None:
    start, end = MARGIN + _COLUMN + 2, _RIGHT - 2
    centre = (start + end) / 2
    if kept:
        for up in (-2.5, 2.5):
            sheet.line([(centre - 8, middle + up), (centre + 8, middle + up)], INK, 1.6)
    elif added:
        sheet.line([(centre - 7, middle), (centre + 7, middle)], colour, 2.4)
        sheet.line([(centre, middle - 7), (centre, middle + 7)], colour, 2.4)
    else:
        sheet.arrow((start + 3, middle), (end, middle), colour, 2)


def _drift_alt(pairs: Sequence[Pair], original: str, copy: str) -> str:
    counts = {
        "kept": sum(pair.change == KEPT for pair in pairs),
        "changed": sum(pair.change not in (KEPT, LEFT_OUT, ADDED) for pair in pairs),
        "left out": sum(pair.change == LEFT_OUT for pair in pairs),
        "added": sum(pair.change == ADDED for pair in pairs),
    }
    counted = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    told = [
        f"“{pair.original}” becomes “{pair.copy}” ({pair.change})."
        for pair in pairs
        if pair.change not in (KEPT, LEFT_OUT, ADDED)
    ]
    start = f"{original[:1].upper()}{original[1:]} beside {copy}, in {len(pairs)} pairs of phrases"
    return " ".join([f"{start}: {counted}.", *told])


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of the thread: do they stand in quotation marks, and in the source they point to?

    ``found`` is None where that source is not in front of us.
    """

    words: str
    marks: bool
    found: bool | None
    use: str


_FIELDS = {
    (True, True): "a quotation",
    (True, False): "borrowed marks",
    (False, True): "an unmarked copy",
    (False, False): "other words",
}


def marks_square(examples: Sequence[Marked]) -> Picture:
    """Draw a square: quotation marks or none, and the words found in the source or not.

    Each field has its name and its examples, each with what the marks, or their lack, do there.

    Alt text: "A square with four fields. Quotation marks, and the words stand in the source: a
    quotation; for example …"
    """
    if not examples:
        raise ValueError("the square needs at least one example: `examples` is empty")
    sheet, y = Sheet(), float(MARGIN)
    side = 15.0
    width = (WIDTH - 2 * MARGIN - side - 5) / 2
    lefts = (MARGIN + side, MARGIN + side + width + 5)
    sheet.write(
        MARGIN + side + width + 2.5,
        y,
        "Do the words stand in the source?",
        NORMAL,
        bold=True,
        align="center",
    )
    y += LINE * NORMAL + 1
    for left, said in zip(lefts, ("yes", "no"), strict=True):
        sheet.write(left + width / 2, y, said, NORMAL, align="center")
    y += LINE * NORMAL
    for marks in (True, False):
        fields = [_field(examples, marks, found, width) for found in (True, False)]
        height = max(sum(size for *_, size in field) for field in fields) + 26
        said = "“in marks”" if marks else "no marks"
        sheet.axes.text(
            MARGIN + 5,
            y + height / 2,
            said,
            fontsize=NORMAL,
            color=INK,
            family="DejaVu Sans",
            weight="bold",
            rotation=90,
            ha="center",
            va="center",
        )
        for left, found, field in zip(lefts, (True, False), fields, strict=True):
            honest = marks == found
            sheet.box(
                left,
                y,
                width,
                height,
                fill=LETTER if honest else "#f6ead9",
                edge=VOICE_COLOURS[3] if honest else _CHANGED,
                line=1.6,
                dashes=not honest,
            )
            at = sheet.write(left + 8, y + 6, _FIELDS[marks, found], NORMAL, bold=True) + 3
            for words, use, _ in field:
                at = sheet.write(left + 8, at, words, SMALL + 0.5, italic=True)
                at = sheet.write(left + 8, at, use, SMALL, PALE_INK) + 5
        y += height + 5
    unseen = [one for one in examples if one.found is None]
    if unseen:
        said = "The source is not in front of us: " + "; ".join(
            f"{one.words} ({one.use})" for one in unseen
        )
        lines = lines_of(stop(said), WIDTH - 2 * MARGIN, SMALL)
        y = sheet.write(MARGIN, y + 1, lines, SMALL, PALE_INK)
    rows = [
        (
            one.words,
            "yes" if one.marks else "no",
            "we cannot tell" if one.found is None else "yes" if one.found else "no",
            one.use,
        )
        for one in examples
    ]
    header = ("Words", "In quotation marks", "In the source", "What the writer does")
    return sheet.done(y + 2, _marks_alt(examples), header, rows)


def _field(
    examples: Sequence[Marked], marks: bool, found: bool, width: float
) -> list[tuple[list[str], list[str], float]]:
    made = []
    for one in examples:
        if (one.marks, one.found) == (marks, found):
            words = lines_of(shortened(one.words, 80), width - 18, SMALL + 0.5)
            use = lines_of(one.use, width - 16, SMALL)
            size = LINE * (len(words) * (SMALL + 0.5) + len(use) * SMALL) + 5
            made.append((words, use, size))
    return made


def _marks_alt(examples: Sequence[Marked]) -> str:
    told = [f"A square with {in_words(4).lower()} fields."]
    for (marks, found), name in _FIELDS.items():
        here = [
            f"{one.words} ({one.use})"
            for one in examples
            if (one.marks, one.found) == (marks, found)
        ]
        said = "Quotation marks" if marks else "No quotation marks"
        stand = "stand" if found else "do not stand"
        shown = f"for example {'; '.join(here)}" if here else "no example here"
        told.append(f"{said}, and the words {stand} in the source: {name}; {stop(shown)}")
    unseen = [one.words for one in examples if one.found is None]
    if unseen:
        told.append(f"Where the source is not in front of us: {stop('; '.join(unseen))}")
    return " ".join(told)
