"""A case folder as a class has it: the thread, its posts and voices, the questions; and no key.

What is left out is whatever answers a question or settles a claim: chains, certainties, notes,
verdicts, facts, and of every exercise all but its face.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from ..case import Case
from ..exercise import released
from ..reading import RELEASED

__all__ = ["keyless", "write_keyless"]

_KEPT = {
    "voice": ("id", "label", "kind", "named", "posts_here", "mark", "colour"),
    "passage": ("id", "post", "exact", "prefix", "suffix"),
    "gap": ("id", "at", "kind"),
    "post": ("id", "voice", "start", "byline", "date", "date_basis"),
}
"""The fields of each table that give nothing away; a field added later stays out until named."""


def keyless(case: Case, chapters: Collection[str] | None = None) -> dict[str, Any]:
    """The tables of ``released.json``, by the file they stand in for.

    ``chapters`` names those to release; left out, all are.
    """
    head = _read(case, "case.toml")
    released_chapters = {
        chapter: [_exercise(case, name) for name in names]
        for chapter, names in case.chapters.items()
        if chapters is None or chapter in chapters
    }
    return {
        "format": 1,
        "case.toml": {**head, "post": _kept("post", head["post"])},
        "voices.toml": {"voice": _kept("voice", _read(case, "voices.toml")["voice"])},
        "passages.toml": {"passage": _kept("passage", _read(case, "passages.toml")["passage"])},
        "text.toml": {"gap": [_gap(gap) for gap in _read(case, "text.toml").get("gap", [])]},
        "exercises": released_chapters,
    }


def write_keyless(case: Case, folder: Path, chapters: Collection[str] | None = None) -> None:
    """Write the case folder for a class; ``folder`` is made and must not hold a case already."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = keyless(case, chapters)
    text = json.dumps(tables, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / RELEASED).write_text(text + "\n", "utf-8")
    thread = tables["case.toml"]["thread"]["file"]
    # `case.toml` stays as the sign of a case folder; its tables come from released.json.
    (folder / "case.toml").write_text(
        "# The tables of this case stand in released.json.\n", "utf-8"
    )
    for name in (thread, "NOTICE.md"):
        if (case.folder / name).is_file():
            (folder / name).write_bytes((case.folder / name).read_bytes())


def _read(case: Case, file: str) -> dict[str, Any]:
    path = case.folder / file
    return tomllib.loads(path.read_text("utf-8-sig")) if path.is_file() else {}


def _kept(kind: str, tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: one[name] for name in _KEPT[kind] if name in one} for one in tables]


def _gap(gap: dict[str, Any]) -> dict[str, Any]:
    return {**_kept("gap", [gap])[0], "note": "Something is missing here."}


def _exercise(case: Case, name: str) -> dict[str, Any]:
    item = case.items[name]
    return {
        "kind": "released",
        "id": name,
        "title": item.title,
        "passage": item.passage,
        "prompt": item.prompt,
        "revision": item.revision,
        "difficulty": item.difficulty,
        "twin": item.twin if item.twin in case.items else "",
        "shown": released(case.compiled[name][0]),
    }
