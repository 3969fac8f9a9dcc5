"""A question to read and to answer by typing: for print, nbconvert, a terminal and VS Code.

Each is put together once, from quotations, sentences and lists, and written in three ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from .evidence import BLIND, UNKNOWN
from .feedback import words
from .kinds.misread import fill
from .kinds.write import citing

__all__ = ["printed"]

Face = Mapping[str, Any]


class _Quote(NamedTuple):
    """Words of the thread, and what stands above them."""

    by: str
    said: str


class _Sentence(NamedTuple):
    """A sentence of ours; ``role`` is a class of its paragraph."""

    role: str
    said: str


class _Items(NamedTuple):
    """A list: what is offered, or what may be chosen."""

    items: Sequence[str]


_Part = _Quote | _Sentence | _Items


def printed(face: Face) -> dict[str, str]:
    """A face as a bundle of plain text, Markdown and HTML."""
    parts = list(_rated(face) if face.get("dials") else _asked(face))
    how = words()["ask"][f"type {face['kind']}"].replace("{id}", face["id"])
    return {
        "text/plain": "\n".join([*map(_plain, parts), how]),
        "text/markdown": "\n\n".join([*map(_markdown, parts), "\\_" * 20, how]),
        "text/html": f'<div class="wb-printed">{"".join(map(_html, parts))}'
        f"<p>{escape(how)}</p></div>",
    }


def _asked(face: Face) -> Iterator[_Part]:
    said = words()["ask"]
    passage = face["passage"]
    by = said["passage"].format(label=passage["voice"]["label"], line=passage["line"])
    yield _Quote(by, passage["text"])
    yield _Sentence("prompt", face["prompt"])
    if face["proposition"]:
        yield _Sentence("proposition", said["proposition"].format(said=face["proposition"]))
    if face.get("words"):
        asked = {name: str(n) for name, n in face["words"].items()} | citing(face)
        yield _Sentence("unit", fill(said["words asked"], asked))
    if face["unit"]:
        yield _Sentence("unit", said["unit"].format(unit=face["unit"]))
    rows = [f"{o['label']} — {json.dumps(o['id'])}" for o in face["options"]]
    rows += [_row(row) for row in (*face["rows"], *face.get("columns", ()))]
    rows += [f"{v['mark']} {v['label']} — {json.dumps(v['id'])}" for v in face["voices"]]
    for items in rows, [f"{v['label']} — {json.dumps(v['id'])}" for v in face["values"]]:
        if items:
            yield _Items(items)


def _row(row: Mapping[str, Any]) -> str:
    """A row or a column of a table: its label, its id, and what is told of it."""
    told = [row.get(name) for name in ("means", "words", "what", "origin", "reached_us")]
    return " · ".join([f"{row['label']} — {json.dumps(row['id'])}", *filter(None, told)])


def _rated(face: Face) -> Iterator[_Part]:
    """A rating: the words without their voice, and each dial with its sentences."""
    said = words()["ask"]
    if face["passage"]:
        yield _Quote(said["hidden"], face["passage"]["text"])
    if face.get("original"):
        yield _Sentence("original", fill(said["original"], {"said": face["original"]}))
    yield _Sentence("prompt", face["prompt"])
    if face["claim"]:
        yield _Sentence("claim", fill(said["claim"], {"said": face["claim"]}))
    if face["rows"]:
        yield from _dial(face["dials"][0], face)
        for row in face["rows"]:
            yield _Quote(json.dumps(row["id"]), row["words"])
            yield _Sentence("blank", said["mark"])
        return
    for look, first in (("first look", True), ("second look", False)):
        yield _Sentence("look", said[look])
        for dial in face["dials"]:
            if (dial["id"] in BLIND) == first:
                yield from _dial(dial, face)
                yield _Sentence("blank", said["mark"])
    if face["finds"]:
        yield _Sentence("finds", said["find asked" if len(face["finds"]) == 1 else "finds asked"])
        yield _Items([f"{find['label']} — {json.dumps(find['id'])}" for find in face["finds"]])


def _dial(dial: Mapping[str, Any], face: Face) -> Iterator[_Part]:
    yield _Sentence("dial", f"{dial['label']} — {json.dumps(dial['id'])}. {dial['question']}")
    levels = [f"{level}: {sentence}" for level, sentence in enumerate(dial["anchors"])]
    yield _Items([*levels, f"{UNKNOWN}: {face['unknown']}"])


def _plain(part: _Part) -> str:
    if isinstance(part, _Quote):
        return f"{part.by}\n  “{part.said}”"
    if isinstance(part, _Sentence):
        return part.said
    return "\n".join(f"  - {item}" for item in part.items)


def _markdown(part: _Part) -> str:
    if isinstance(part, _Quote):
        quoted = "\n".join(f"> {line}" for line in part.said.split("\n"))
        return f"{part.by}\n\n{quoted}"
    if isinstance(part, _Sentence):
        return f"**{part.said}**"
    return "\n".join(f"- {item}" for item in part.items)


def _html(part: _Part) -> str:
    if isinstance(part, _Quote):
        return f"<p>{escape(part.by)}</p><blockquote>{escape(part.said)}</blockquote>"
    if isinstance(part, _Sentence):
        return f'<p class="wb-{part.role}">{escape(part.said)}</p>'
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in part.items)}</ul>"
