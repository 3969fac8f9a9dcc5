"""The small case with ratings: eleven passages to rate in two looks, and one column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hand_ins import line
from small_case import PASSAGES, small_case
from workbook import Case, open_case
from workbook.evidence import DIALS

RATED = 11
"""Items to rate in two looks; agreement on a dial is given from ten on."""

_CLAIM = """
[[claim]]
id = "C01"
text = "It rained."
voice = "op"
type = "fact"
first = "a1"
verdict = "contested"
divided = "Nobody knows."
reasons = "The thread says no more. Nobody else does."
would_change = "A diary of the weather."
confidence = "memory"
confidence_note = "what the thread says"
references = ["Rain1999"]
"""

_MORE = """
[[passage]]
id = "a2"
post = "p0"
exact = "Ben says that it rained."

[[passage]]
id = "a3"
post = "p0"
exact = "Anna wrote"
"""


def _reading(names: tuple[str, ...]) -> str:
    return "".join(
        f'[exercise.reading.{name}]\nlevel = [1, 2]\nbecause = "So it is."\n' for name in names
    )


def rated_case(folder: Path) -> Case:
    """Write the case into ``folder`` and open it."""
    small_case(folder)
    (folder / "claims.toml").write_text(_CLAIM, "utf-8")
    (folder / "references.bib").write_text("@book{Rain1999, title = {Rain}}\n", "utf-8")
    (folder / "passages.toml").write_text(PASSAGES + _MORE, "utf-8")
    common = 'prompt = "Rate it."\nbecause = "It says so."\nclaim = "C01"\n'
    items = [
        f'[[exercise]]\nid = "rate{n}"\nkind = "rate"\ntitle = "Rate {n}"\npassage = "a1"\n'
        + common
        + _reading(DIALS)
        for n in range(RATED)
    ]
    items.append(
        '[[exercise]]\nid = "down"\nkind = "column"\ntitle = "Down the column"\npassage = "a1"\n'
        + common
        + 'dial = "fit"\npassages = ["a1", "a2", "a3"]\n'
        + _reading(("a1", "a2", "a3"))
    )
    (folder / "exercises" / "08.toml").write_text("\n".join(items), "utf-8")
    return open_case(folder)


def rated(item: str, blind: int, shown: Any, **other: Any) -> list[str]:
    """The two lines of a rating: the level of every dial on the words alone, then of the whole."""
    first = {"fit": blind, "faithfulness": blind}
    whole = {**dict.fromkeys(DIALS, shown), **other, "because": "I see.", "confidence": 70}
    return [line(item, first, stage="blind"), line(item, whole, stage="revealed")]


def column(**levels: Any) -> str:
    """The line of a column."""
    return line("down", json.loads(json.dumps(levels)))
