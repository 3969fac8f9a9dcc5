"""Where words come from: testimonies that go back to few roots, and one passage's way to us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .lettering import lines_of, stop
from .paper import INK, LINE, MARGIN, NORMAL, PALE_INK, RULE, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Branch:
    """A testimony: what it says to the question, and the roots that it goes back to.

    ``side`` is 1 for, -1 against, 0 neither; ``says`` puts it in words.
    """

    title: str
    says: str
    side: int
    roots: tuple[str, ...]


_LEFT = 138.0
_RIGHT_WIDE = 108.0
_RIGHT = WIDTH - MARGIN - _RIGHT_WIDE
_FOR, _AGAINST = VOICE_COLOURS[1], VOICE_COLOURS[2]


def provenance_tree(question: str, branches: Sequence[Branch]) -> Picture:
    """Draw testimonies on the left, and lines from them to the roots on the right.

    Lines that meet in one root are one line of evidence, not several. A solid line is from a
    testimony that speaks for, a dashed one against, a dotted one neither; the words say it too.

    Alt text: "“Was it so?” Five testimonies go back to 3 roots. “The list” (for) goes back to …"
    """
    if not branches:
        raise ValueError("there is no testimony to trace: `branches` is empty")
    for branch in branches:
        if not branch.roots:
            raise ValueError(f"“{branch.title}” goes back to nobody: give it at least one root")
        if branch.side not in (-1, 0, 1):
            raise ValueError(f"the side of “{branch.title}” is {branch.side}; it is -1, 0 or 1")
    sheet, y = Sheet(), float(MARGIN)
    y = sheet.write(
        MARGIN, y, lines_of(question, WIDTH - 2 * MARGIN, NORMAL, bold=True), NORMAL, bold=True
    )
    sheet.write(MARGIN, y + 2, "What was said", SMALL, PALE_INK)
    y = sheet.write(_RIGHT, y + 2, "Where it begins", SMALL, PALE_INK) + 3
    places = _left(sheet, branches, y)
    bottom = max(end for _, end in places)
    roots = _ordered(branches, [middle for middle, _ in places])
    boxes, low = _right(sheet, roots, branches, y, bottom)
    for (middle, _), branch in zip(places, branches, strict=True):
        for root in branch.roots:
            _thread(sheet, branch.side, middle, boxes[root])
    y = sheet.write(
        MARGIN,
        max(bottom, low) + 6,
        lines_of(_sum(branches), WIDTH - 2 * MARGIN, SMALL, bold=True),
        SMALL,
        bold=True,
    )
    told = [
        f"“{branch.title}” ({branch.says}) goes back to: {stop('; '.join(branch.roots))}"
        for branch in branches
    ]
    alt = " ".join([question, _sum(branches), *told])
    rows = [(branch.title, branch.says, "; ".join(branch.roots)) for branch in branches]
    return sheet.done(y + 2, alt, ("Testimony", "What it says", "Where it begins"), rows)


def _sum(branches: Sequence[Branch]) -> str:
    meet = Counter(root for branch in branches for root in branch.roots)
    one = len(branches) == 1
    said = (
        f"{len(branches)} {'testimony goes' if one else 'testimonies go'} back to {len(meet)} "
        f"root{'s' if len(meet) != 1 else ''}."
    )
    root, most = meet.most_common(1)[0]
    if most > 1 and list(meet.values()).count(most) == 1:
        said += f" {most} lines meet in one of them: {root}."
    return said


def _left(sheet: Sheet, branches: Sequence[Branch], y: float) -> list[tuple[float, float]]:
    places = []
    for branch in branches:
        lines = lines_of(branch.title, _LEFT - 12, SMALL, bold=True)
        height = LINE * SMALL * (len(lines) + 1) + 9
        edge = {1: _FOR, -1: _AGAINST, 0: RULE}[branch.side]
        sheet.box(MARGIN, y, _LEFT, height, edge=edge, line=1.4)
        at = sheet.write(MARGIN + 6, y + 5, lines, SMALL, bold=True)
        sheet.write(MARGIN + 6, at, f"says: {branch.says}", SMALL, PALE_INK)
        places.append((y + height / 2, y + height))
        y += height + 6
    return places


def _ordered(branches: Sequence[Branch], middles: Sequence[float]) -> list[str]:
    """The roots, each as near as can be to its testimonies, so that few lines cross."""
    reach: dict[str, list[float]] = {}
    for branch, middle in zip(branches, middles, strict=True):
        for root in branch.roots:
            reach.setdefault(root, []).append(middle)
    return sorted(reach, key=lambda root: sum(reach[root]) / len(reach[root]))


def _right(
    sheet: Sheet, roots: Sequence[str], branches: Sequence[Branch], top: float, bottom: float
) -> tuple[dict[str, float], float]:
    heights = []
    for root in roots:
        lines = lines_of(root, _RIGHT_WIDE - 14, SMALL, bold=True)
        heights.append((lines, LINE * SMALL * (len(lines) + 1) + 9))
    spare = max(0.0, bottom - top - sum(height for _, height in heights))
    gap = max(6.0, spare / max(1, len(roots)))
    places, y = {}, top + (gap / 2 if gap > 6 else 0)
    for root, (lines, height) in zip(roots, heights, strict=True):
        count = sum(root in branch.roots for branch in branches)
        sheet.box(_RIGHT, y, _RIGHT_WIDE, height, edge=INK, line=1.0 + 0.7 * count)
        at = sheet.write(_RIGHT + 8, y + 5, lines, SMALL, bold=True)
        sheet.write(_RIGHT + 8, at, f"{count} line{'s' if count != 1 else ''}", SMALL, PALE_INK)
        places[root] = y + height / 2
        y += height + gap
    return places, y - gap


def _thread(sheet: Sheet, side: int, start: float, end: float) -> None:
    left, right = MARGIN + _LEFT, _RIGHT
    dashes: dict[int, tuple[float, ...]] = {1: (), -1: (5, 2), 0: (1.2, 2)}
    colour = {1: _FOR, -1: _AGAINST, 0: PALE_INK}[side]
    points = []
    for i in range(17):
        t = i / 16
        ease = t * t * (3 - 2 * t)
        points.append((left + 1 + (right - left - 7) * t, start + (end - start) * ease))
    sheet.line(points, colour, 1.8 if side else 1.3, dashes[side])
    sheet.shape([(right - 1, end), (right - 8, end - 4), (right - 8, end + 4)], colour, colour, 0.5)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage of the way: when, what happened, in what form, and what could be lost there.

    ``sure`` is False where the stage is inferred or still to be checked.
    """

    when: str
    what: str
    medium: str
    lost: str
    sure: bool = True


_RAIL = 74.0


def travel(stops: Sequence[Stop]) -> Picture:
    """Draw the way of a passage through time, from what happened down to the copy in front of us.

    A full dot is a stage that we know of; a ring and a dashed road, one that is inferred.

    Alt text: "A way in 9 stages. 1938–1945: In Japan, … (talk). …"
    """
    if not stops:
        raise ValueError("a way needs at least one stage: `stops` is empty")
    sheet, y = Sheet(), float(MARGIN)
    last = 0.0
    for i, stop_ in enumerate(stops):
        room = WIDTH - MARGIN - _RAIL - 16
        what = lines_of(stop_.what, room, SMALL + 0.5)
        medium = lines_of(stop_.medium, room, SMALL)
        middle = y + 6
        if i:
            sheet.line(
                [(_RAIL, last + 6), (_RAIL, middle - 6)],
                PALE_INK,
                2.6,
                () if stop_.sure else (2.2, 1.8),
            )
        sheet.dot(_RAIL, middle, "o", 9, INK, filled=stop_.sure)
        when = lines_of(stop_.when, _RAIL - MARGIN - 10, SMALL, bold=True)
        sheet.write(_RAIL - 11, middle - 5, when, SMALL, bold=True, align="right")
        at = sheet.write(_RAIL + 14, middle - 5.5, what, SMALL + 0.5)
        at = sheet.write(_RAIL + 14, at, medium, SMALL, PALE_INK, italic=True)
        last, y = middle, max(at, middle + LINE * SMALL * len(when)) + 9
    count = "1 stage" if len(stops) == 1 else f"{len(stops)} stages"
    told = [f"{stop_.when}: {stop(stop_.what)} ({stop_.medium}.)" for stop_ in stops]
    rows = [
        (stop_.when, stop_.what, stop_.medium, stop_.lost, "yes" if stop_.sure else "not yet")
        for stop_ in stops
    ]
    header = ("When", "What happens", "In what form", "What can be lost", "Checked")
    return sheet.done(y, " ".join([f"A way in {count}.", *told]), header, rows)
