"""How a class rated: ``class.json``, which grading writes and a learner's notebook or a book reads.

``{"format": 1, "case": …, "simulated": …, "learners": n, "ratings": {item: {"revision": n,
"raters": n, "dials": {dial or passage: {"0": n, …, "N": n}}}}}``. Marks only, and no names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .evidence import LEVELS

__all__ = ["CLASS_FILE", "Classmates", "read_class"]

CLASS_FILE = "class.json"
_LARGEST = 4_000_000
_LEVELS = frozenset(map(str, LEVELS))


class Classmates:
    """The ratings of a class, by item; nothing for an item it does not have."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._found = found

    def beside(self, face: Mapping[str, Any], key: Any) -> Any:
        """The key of a rating with the class's marks in it; any other key as it is."""
        rated = self._found.get("ratings", {}).get(face["id"])
        same = self._found.get("case") == face["case"]
        if not (key and same and _is_rating(rated) and rated["revision"] == face["revision"]):
            return key
        counted = {"raters": rated["raters"], "dials": rated["dials"]}
        return {**key, "class": {"simulated": bool(self._found.get("simulated")), **counted}}


def read_class(path: Path) -> Classmates:
    """Read a class's file. One that is not there, or that is broken, has no ratings."""
    try:
        if path.stat().st_size > _LARGEST:
            return Classmates({})
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Classmates({})
    whole = isinstance(found, dict) and isinstance(found.get("ratings"), dict)
    return Classmates(found if whole else {})


def _is_rating(rated: object) -> bool:
    if not isinstance(rated, dict) or not isinstance(rated.get("dials"), dict):
        return False
    counts = [rated.get("raters"), rated.get("revision")]
    for dial in rated["dials"].values():
        if not isinstance(dial, dict) or not _LEVELS.issuperset(dial):
            return False
        counts += dial.values()
    return all(type(count) is int and 0 <= count <= 10**9 for count in counts)
