"""An argument as a bridge: claim, steps and evidence, and the planks that nobody laid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import lines_of, stop
from .paper import (
    INK,
    LETTER,
    LINE,
    MARGIN,
    PALE_INK,
    PAPER,
    SMALL,
    VOICE_COLOURS,
    WIDTH,
    colour_of,
)
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """Words put forward, and the voice that puts them forward."""

    words: str
    label: str
    mark: str
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an argument, from the claim on top down to the evidence.

    ``plank`` is what has to be so for the stage below to carry this one; empty where the reader is
    to find it; the lowest stage has none. ``stated`` says whether the text itself lays that plank.
    ``attacks`` speak against the stage, ``undercuts`` against the step from below up to it.
    """

    said: Said
    plank: str = ""
    stated: bool = False
    attacks: tuple[Said, ...] = ()
    undercuts: tuple[Said, ...] = ()


_SPINE = 204.0
_SIDE = MARGIN + _SPINE + 20
_SIDE_WIDE = WIDTH - MARGIN - _SIDE
_ATTACK = VOICE_COLOURS[2]
_UNDERCUT = "#a3477f"  # the pink of the voices, dark enough for letters
_ASKED = "What has to be so for this step to hold?"


def argument_map(stages: Sequence[Stage]) -> Picture:
    """Draw an argument from its claim on top down to its evidence.

    Each stage rests on the one below by a plank: solid where the text lays it, dashed where it does
    not. An attack points at a stage; an undercut points at a plank, and leaves the stage standing.

    Alt text: "An argument from the top down. Claim: “…” (the opening post). It rests on the
    evidence by a plank that the text does not lay. …"
    """
    if len(stages) < 2:
        raise ValueError("an argument needs a claim and something to rest on: give two stages")
    sheet, y = Sheet(), float(MARGIN)
    for i, stage in enumerate(stages):
        name = _name(i, len(stages))
        bottom, y = _stage(sheet, stage, name, y)
        if i < len(stages) - 1:
            y = _plank(sheet, stage, y, bottom)
    rows: list[tuple[str, str, str]] = []
    told = ["An argument from the top down."]
    for i, stage in enumerate(stages):
        _tell(stage, _name(i, len(stages)), i == len(stages) - 1, told, rows)
    return sheet.done(y + MARGIN, " ".join(told), ("Part", "Words", "Voice"), rows)


def _name(place: int, count: int) -> str:
    return "claim" if place == 0 else "evidence" if place == count - 1 else "step"


def _tell(
    stage: Stage, name: str, last: bool, told: list[str], rows: list[tuple[str, str, str]]
) -> None:
    said = stage.said
    told.append(f"{name.capitalize()}, {said.label}: {stop(said.words)}")
    rows.append((name, said.words, f"{said.mark} {said.label}"))
    for one in stage.attacks:
        told.append(f"Attacked by {one.label}: {stop(one.words)}")
        rows.append(("attack on it", one.words, f"{one.mark} {one.label}"))
    if last:
        return
    laid = "a plank" if stage.stated else "a plank that the text does not lay"
    told.append(
        f"It rests on what is below by {laid}" + (f": {stop(stage.plank)}" if stage.plank else ".")
    )
    rows.append(("plank" if stage.stated else "missing plank", stage.plank or _ASKED, ""))
    for one in stage.undercuts:
        told.append(f"That step is undercut by {one.label}: {stop(one.words)}")
        rows.append(("undercut of the step", one.words, f"{one.mark} {one.label}"))


def _high(lines: Sequence[str]) -> float:
    return LINE * SMALL * len(lines)


def _stage(sheet: Sheet, stage: Stage, name: str, y: float) -> tuple[float, float]:
    said = stage.said
    head = lines_of(f"{name}: {said.mark} {said.label}", _SPINE - 16, SMALL, bold=True)
    lines = lines_of(said.words, _SPINE - 16, SMALL + 0.5)
    height = _high(head) + LINE * (SMALL + 0.5) * len(lines) + 13
    sides = [_side_lines(one) for one in stage.attacks]
    sheet.box(MARGIN, y, _SPINE, height, edge=colour_of(said.colour), line=2.2)
    at = sheet.write(MARGIN + 8, y + 6, head, SMALL, bold=True)
    sheet.write(MARGIN + 8, at + 1, lines, SMALL + 0.5)
    at = y
    for one, side in zip(stage.attacks, sides, strict=True):
        at = _beside(sheet, one, side, at, "attacks", _ATTACK, y + height - 12)
    return y + height, y + max(height, _sides_high(sides))


_Lines = tuple[list[str], list[str]]


def _side_lines(said: Said) -> _Lines:
    room = _SIDE_WIDE - 10
    return (
        lines_of(f"{said.mark} {said.label}", room, SMALL, bold=True),
        lines_of(said.words, room, SMALL),
    )


def _side_high(side: _Lines) -> float:
    return _high(side[0]) + _high(side[1]) + LINE * SMALL + 10


def _sides_high(sides: Sequence[_Lines]) -> float:
    return sum(_side_high(side) + 4 for side in sides) - 4 if sides else 0


def _beside(
    sheet: Sheet, said: Said, side: _Lines, y: float, verb: str, colour: str, lowest: float
) -> float:
    height = _side_high(side)
    sheet.box(
        _SIDE, y, _SIDE_WIDE, height, fill=PAPER, edge=colour, line=1.5, dashes=verb == "undercuts"
    )
    at = sheet.write(_SIDE + 5, y + 5, verb, SMALL, colour, bold=True)
    at = sheet.write(_SIDE + 5, at, side[0], SMALL, bold=True)
    sheet.write(_SIDE + 5, at, side[1])
    middle, end = min(y + height / 2, lowest), MARGIN + _SPINE + 2
    if verb == "attacks":
        sheet.arrow((_SIDE - 1, middle), (end - 1, middle), colour, 2)
    else:
        sheet.line([(_SIDE - 1, middle), (end + 4, middle)], colour, 2, (3, 1.5))
        for slope in (-5, 5):
            sheet.line([(end - 1, middle - slope), (end + 9, middle + slope)], colour, 2)
    return y + height + 4


def _plank(sheet: Sheet, stage: Stage, y: float, above: float) -> float:
    gap, inset = 13.0, 34.0
    left, wide = MARGIN + inset, _SPINE - inset
    head = "the plank" if stage.stated else "a plank is missing here"
    lines = lines_of(stage.plank or _ASKED, wide - 14, SMALL)
    height = LINE * SMALL + _high(lines) + 12
    sides = [_side_lines(one) for one in stage.undercuts]
    full = max(height, _sides_high(sides))
    top = y + gap
    sheet.box(
        left,
        top,
        wide,
        full,
        fill=LETTER if stage.stated else PAPER,
        edge=INK,
        line=1.5,
        dashes=not stage.stated,
        round_by=1,
    )
    at = sheet.write(left + 7, top + 5, head, SMALL, bold=True)
    colour = INK if stage.plank else PALE_INK
    sheet.write(left + 7, at, lines, SMALL, colour, italic=not stage.plank)
    bottom = top + full + gap
    sheet.arrow((MARGIN + inset / 2, bottom), (MARGIN + inset / 2, above + 1), INK, 2.2)
    at = top
    for one, side in zip(stage.undercuts, sides, strict=True):
        at = _beside(sheet, one, side, at, "undercuts", _UNDERCUT, top + full - 12)
    return bottom
