"""``class.json``: how a class rated, for learners to see once they have rated themselves."""

from __future__ import annotations

import json
from pathlib import Path

from ..case import Case
from ..classmates import CLASS_FILE
from ..evidence import LEVELS
from .tally import Tally

__all__ = ["FEWEST", "write_class_file"]

FEWEST = 5
"""What fewer people rated is left out: with so few, a mark points to a person."""


def write_class_file(case: Case, folder: Path, found: Tally, simulated: bool) -> Path | None:
    """Write the marks given after the reveal into ``folder``; None if too few people rated."""
    items: dict[str, dict[str, dict[str, int]]] = {}
    for one in found.spreads:
        if one.stage != "blind":
            counts = dict(zip(map(str, LEVELS), one.counts, strict=True))
            items.setdefault(one.item, {})[one.passage or one.dial] = counts
    ratings, sizes = {}, []
    for item, dials in items.items():
        raters = max(sum(counts.values()) for counts in dials.values())
        if raters >= FEWEST:
            revision = case.items[item].revision
            ratings[item] = {"revision": revision, "raters": raters, "dials": dials}
            sizes.append(raters)
    if not ratings:
        return None
    said = {"format": 1, "case": case.id, "simulated": simulated, "learners": max(sizes)}
    path = folder / CLASS_FILE
    path.write_text(json.dumps({**said, "ratings": ratings}, indent=1) + "\n", "utf-8")
    return path
