"""How the rule walks from six dials to a verdict: up and down a ladder of four words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..feedback import words
from .lettering import lines_of
from .paper import INK, LINE, MARGIN, NORMAL, PALE_INK, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet

_WORDS = ("very low", "low", "moderate", "high")
_LEFT = 118.0
_COLUMN = (WIDTH - 2 * MARGIN - _LEFT) / len(_WORDS)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its short name, and the lowest and highest rung reached by it (1 to 4).

    0 and 5 are off the ladder; None is no rung at all, as at the gate.
    """

    name: str
    reached: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Walk:
    """A profile's way through the rule, and the verdict at its end."""

    label: str
    steps: tuple[Step, ...]
    verdict: str


def rule_walk(walks: Sequence[Walk]) -> Picture:
    """Draw each walk as rungs reached, step below step; a bar is a range, where a dial is at N.

    Alt text: "A wonderful photograph of the wrong house. Fit 0: no rung. Verdict: …"
    """
    if not walks:
        raise ValueError("there is no walk through the rule to draw: `walks` is empty")
    sheet, y = Sheet(), float(MARGIN)
    for number, walk in enumerate(walks):
        y += 12 if number else 0
        lines = lines_of(walk.label, WIDTH - 2 * MARGIN, NORMAL, bold=True)
        y = sheet.write(MARGIN, y, lines, NORMAL, bold=True) + 3
        y = _ladder(sheet, walk, y)
    alt = " ".join(_told(walk) for walk in walks)
    rows = [
        (walk.label if n == 0 else "", step.name, _reached(step))
        for walk in walks
        for n, step in enumerate((*walk.steps, Step(f"Verdict: {walk.verdict}", None)))
    ]
    return sheet.done(y + MARGIN, alt, ("Profile", "Step", "Reached"), rows)


def _ladder(sheet: Sheet, walk: Walk, y: float) -> float:
    rungs = [step for step in walk.steps if step.reached]
    if rungs:
        for n, word in enumerate(_WORDS):
            sheet.write(_across(n + 1), y, word, SMALL, PALE_INK, align="center")
        y += LINE * SMALL + 3
    top, before = y, None
    for step in walk.steps:
        middle = y + 8
        sheet.beside(MARGIN, middle, step.name, SMALL)
        if step.reached:
            sheet.line([(MARGIN + _LEFT, middle), (WIDTH - MARGIN, middle)], RULE, 0.5, under=True)
            low, high = (_across(rung) for rung in step.reached)
            if before:
                for old, new in zip(before, (low, high), strict=True):
                    sheet.line([(old, middle - 18), (new, middle)], VOICE_COLOURS[1], 1.2)
            if low != high:
                sheet.line([(low, middle), (high, middle)], VOICE_COLOURS[1], 5)
            for rung, at in zip(step.reached, (low, high), strict=True):
                on = 1 <= rung <= len(_WORDS)
                sheet.dot(at, middle, "o", 8, VOICE_COLOURS[1], filled=on)
            before = (low, high)
        y += 18
    if rungs:
        for n in range(len(_WORDS)):
            sheet.line([(_across(n + 1), top), (_across(n + 1), y - 4)], RULE, 0.5, under=True)
    said = lines_of(f"Verdict: {walk.verdict}", WIDTH - 2 * MARGIN, SMALL, bold=True)
    return sheet.write(MARGIN, y + 1, said, SMALL, INK, bold=True)


def _across(rung: int) -> float:
    """The middle of a rung's column; what is off the ladder stands at its edge."""
    edge = min(max(rung, 0.6), len(_WORDS) + 0.4)
    return MARGIN + _LEFT + (edge - 0.5) * _COLUMN


def _reached(step: Step) -> str:
    if not step.reached:
        return ""
    said = words()["rule"]
    names = [said["below"], *_WORDS, said["above"]]
    low, high = (names[min(max(rung, 0), 5)] for rung in step.reached)
    return low if low == high else f"{low} to {high}"


def _told(walk: Walk) -> str:
    way = "; ".join(f"{s.name}: {_reached(s)}" if s.reached else s.name for s in walk.steps)
    return f"{walk.label}. {way}. Verdict: {walk.verdict}."
