"""Turn a dial and see what the rule makes of it, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..evidence import (
    DIALS,
    UNKNOWN,
    Level,
    Profile,
    rubric,
    unknown_sentence,
    verdict,
    walk,
)
from ..figures import Picture, Step, Walk, rule_walk
from .frame import Explorer

__all__ = ["KEY_STATES", "dials"]

_STATES: Mapping[str, tuple[Level, ...]] = {
    "A splendid photograph of the wrong house": (0, 3, 3, 3, 3, 3),
    "A memory written down soon, by nobody named": (3, 2, 1, 3, 1, 2),
    "The same, with two lines that do not meet": (3, 2, 1, 3, 3, 2),
    "The same, and nobody can tell how close": (3, "N", 1, 3, 1, 2),
}
KEY_STATES: Mapping[str, Profile] = {
    label: dict(zip(DIALS, levels, strict=True)) for label, levels in _STATES.items()
}
"""Four profiles that show what the rule does: the gate, a step down, a step up, and a range."""


def dials() -> Explorer:
    """Six dials to turn, the rule's steps in words, and its way up and down the ladder."""

    def controls(widgets: Any) -> Mapping[str, Any]:
        begun = KEY_STATES["A memory written down soon, by nobody named"]
        wide = {"width": "100%", "max_width": "662px"}
        made = {}
        for dial in rubric():
            sentences: list[tuple[str, Level]] = [
                (f"{level}: {sentence}", level) for level, sentence in enumerate(dial.anchors)
            ]
            made[dial.id] = widgets.Dropdown(
                options=[*sentences, (f"{UNKNOWN}: {unknown_sentence()}", UNKNOWN)],
                value=begun[dial.id],
                description=dial.label,
                style={"description_width": "8em"},
                layout=wide,
            )
        return made

    def follow(**profile: Level) -> tuple[list[str], Picture]:
        return [sentence for sentence, _ in walk(profile)], rule_walk(
            [_walk("Your dials", profile)]
        )

    still = rule_walk([_walk(label, profile) for label, profile in KEY_STATES.items()])
    return Explorer(still, controls, follow)


def _walk(label: str, profile: Profile) -> Walk:
    """A profile's way, each step named by the dial that it looks at."""
    names = {dial.id: dial.label for dial in rubric()}
    order = (
        "fit",
        "closeness",
        "traceability",
        "faithfulness",
        "circumstances",
        "independence",
        "fit",
    )
    reached = [place for _, place in walk(profile)]
    taken = [
        Step(f"{names[dial]} {profile[dial]}", place)
        for dial, place in zip(order, reached[:-1], strict=False)
    ]
    if len(taken) == len(order) and reached[-1] and reached[-1][0]:
        taken[-1] = Step(f"Ceiling: Fit {profile['fit']}", reached[-1])
    return Walk(label, tuple(taken), verdict(profile))
