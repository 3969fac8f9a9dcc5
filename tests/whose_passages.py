"""Passages of the case for the tests of “Whose?”, found by what they are and not by name."""

from __future__ import annotations

from workbook import lyushkov
from workbook.book.whose import groups, whose_data

EDITION = lyushkov.edition
DATA = whose_data(lyushkov, True, lambda name: f"#{name}", "cards.html")


def _alone(*, gated: bool, readings: int = 1) -> str:
    """A passage that stands alone, with so many readings, gated by one exercise or by none."""
    for group in groups(EDITION):
        told = DATA["passages"][group[0].id]
        first = told["readings"][0]
        fits = len(told["gates"]) == gated and len(told["readings"]) == readings
        length = 2 if readings == 1 else 1
        if len(group) == 1 and fits and len(first["worded"]) == length and not first["also"]:
            return group[0].id
    raise AssertionError("the case has no such passage")


FREE = _alone(gated=False)
GATED = _alone(gated=True)
SEVERAL = _alone(gated=False, readings=2)
NESTED = next(
    name
    for group in groups(EDITION)
    for name in [one.id for one in group[1:]]
    if DATA["passages"][name]["gates"] and EDITION.passages[name].span.end <= group[0].span.end
)


def label_of(voice: str) -> str:
    return EDITION.voices[voice].label


def chain_of(passage: str) -> list[str]:
    return [link["id"] for link in DATA["passages"][passage]["readings"][0]["worded"]]
