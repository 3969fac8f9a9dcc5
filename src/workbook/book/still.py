"""An exercise that can be read where no script runs: its question, its choices, room to answer.

It wears the classes of the live form, so that coming alive moves little on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ..evidence import UNKNOWN
from ..kinds.misread import fill
from ..kinds.write import citing
from ..layout import as_html, lines

__all__ = ["still_face"]

Face = Mapping[str, Any]
Key = Mapping[str, Any]

_SAID = {
    "answer": "Your answer:",
    "voices": "Voices to choose from",
    "worked": "Show the worked answer",
}


def still_face(
    face: Face, key: Key | None, words: Mapping[str, Any], uid: str, level: int = 3
) -> str:
    """The exercise as HTML; without a key there is no worked answer in it.

    ``level`` is the level of its heading on the page, ``uid`` a prefix for ids.
    """
    ui = words["ui"]
    reading = face["reading"]
    kicker = escape(ui.get(f"kind_{face['kind']}", ""))
    if reading:
        said = escape(ui[f"reading_{reading.replace(' ', '_')}"])
        kicker += f' <span class="wb-reading">{said}</span>'
    parts = [
        f'<div class="wb-head"><p class="wb-kicker">{kicker}</p>',
        f'<div class="wb-title" id="{uid}-title" role="heading" aria-level="{level}">'
        f"{escape(face['title'])}</div>",
        f'<p class="wb-prompt">{escape(face["prompt"])}</p></div>',
        _passage(face["passage"], ui) if face.get("passage") else "",
        f'<div class="wb-face">{_offered(face, ui)}'
        f'<span class="wb-still-blank">{_SAID["answer"]}</span></div>',
        _worked(key, ui) if key else "",
    ]
    return (
        f'<section class="wb-form wb-still wb-kind-{face["kind"]}" '
        f'aria-labelledby="{uid}-title">{"".join(parts)}</section>'
    )


def _chip(voice: Mapping[str, Any]) -> str:
    return (
        f'<span class="wb-chip wb-voice-{voice["colour"] or 0}">'
        f'<span class="wb-mark" aria-hidden="true">{escape(voice["mark"])}</span>'
        f"<span>{escape(voice['label'])}</span></span>"
    )


def _passage(passage: Mapping[str, Any], ui: Mapping[str, str]) -> str:
    voice = passage["voice"]
    if voice is None:
        return _unnamed(ui["rate_hidden"], passage["text"])
    line = escape(ui["line"].format(n=passage["line"]))
    return (
        f'<figure class="wb-passage wb-voice-{voice["colour"] or 0}">'
        f'<figcaption class="wb-source">{_chip(voice)}<span class="wb-line">{line}</span>'
        f"</figcaption><blockquote>{escape(passage['text'])}</blockquote></figure>"
    )


def _unnamed(above: str, said: str) -> str:
    """Words whose voice is not told, or not yet."""
    return (
        f'<figure class="wb-passage wb-voice-0"><figcaption class="wb-source">'
        f'<span class="wb-line">{escape(above)}</span></figcaption>'
        f"<blockquote>{escape(said)}</blockquote></figure>"
    )


def _rated(face: Face, ui: Mapping[str, str]) -> str:
    """The claim, and each dial with its sentences; of a column the dial, and its passages."""
    parts = []
    if face["claim"]:
        parts.append(
            f'<div class="wb-statement"><span class="wb-statement-name">'
            f"{escape(ui['rate_claim'])}</span><p>{escape(face['claim'])}</p></div>"
        )
    if face.get("original"):
        parts.append(_unnamed(ui["rate_original"], face["original"]))
    for dial in face["dials"]:
        levels = [*enumerate(dial["anchors"]), (UNKNOWN, face["unknown"])]
        told = [f"<strong>{level}</strong> {escape(sentence)}" for level, sentence in levels]
        parts.append(
            f'<p class="wb-legend"><span class="wb-dial-name">{escape(dial["label"])}</span> '
            f'<span class="wb-dial-question">{escape(dial["question"])}</span></p>{_list(told)}'
        )
    parts += [_unnamed(row["label"], row["words"]) for row in face["rows"]]
    if face.get("finds"):
        labels = [find["label"] for find in face["finds"]]
        one = len(labels) == 1
        asked = ui["rate_find_one"].format(find=labels[0]) if one else ui["rate_find"]
        parts.append(f'<p class="wb-legend">{escape(asked)}</p>')
        parts.append("" if one else _list([escape(label) for label in labels]))
    return "".join(parts)


def _offered(face: Face, ui: Mapping[str, str]) -> str:
    """Whatever a face offers, by its parts and not by its kind: a new kind can be read at once."""
    if face.get("dials"):
        return _rated(face, ui)
    parts = []
    if face.get("proposition"):
        parts.append(
            f'<div class="wb-statement"><span class="wb-statement-name">'
            f"{escape(ui['statement'])}</span><p>{escape(face['proposition'])}</p></div>"
        )
    if face.get("voices"):
        if face["kind"] == "chain":
            parts.append(f'<p class="wb-legend">{_SAID["voices"]}</p>')
        parts.append(_list([_chip(voice) for voice in face["voices"]]))
    if face.get("columns"):
        parts.append(_grid(face))
    for offered in ("rows", "columns", "options"):
        if face.get(offered):
            parts.append(_list([_told(one) for one in face[offered]]))
    if face.get("values"):
        values = " · ".join(escape(value["label"]) for value in face["values"])
        parts.append(f'<p class="wb-still-values">{values}</p>')
    if face.get("words"):
        least, most = face["words"]["least"], face["words"]["most"]
        asked = ui["write_count"].format(n=0, least=least, most=most)
        how = fill(ui["write_how"], citing(face))
        parts.append(f'<p class="wb-write-how">{escape(how)}</p>')
        parts.append(f'<p class="wb-write-count">{escape(asked)}</p>')
    if face.get("unit"):
        parts.append(f'<p class="wb-still-values">{escape(face["unit"])}</p>')
    return "".join(parts)


def _told(one: Mapping[str, Any]) -> str:
    """A thing offered: its label, and in words of their own what is told of it."""
    told = [one.get(name) for name in ("means", "words", "what", "origin", "reached_us")]
    said = ". ".join(escape(words.rstrip(".")) for words in told if words)
    return f"{escape(one['label'])}: {said}." if said else escape(one["label"])


def _grid(face: Face) -> str:
    """An empty table to fill in by hand: rows and columns of a matrix."""
    heads = "".join(f'<th scope="col">{escape(one["label"])}</th>' for one in face["columns"])
    blank = "<td></td>" * len(face["columns"])
    rows = "".join(
        f'<tr><th scope="row">{escape(one["label"])}</th>{blank}</tr>' for one in face["rows"]
    )
    return (
        '<div class="wb-matrix-scroll"><table class="wb-matrix-table"><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _worked(key: Key, ui: Mapping[str, str]) -> str:
    others = [
        as_html(lines(f"{reading['worked']}. {reading['because'] or ''}"))
        for reading in key["readings"][1:]
    ]
    also = (
        f'<div class="wb-alternatives"><p class="wb-worked-title">{escape(ui["also"])}</p>'
        f"{_list(others)}</div>"
        if others
        else ""
    )
    name = _SAID["worked"] if key["readings"] else escape(ui["worked_noted"])
    worked = as_html(lines(key["worked"], "worked-answer"))
    several = ' class="wb-worked-lines"' if "\n" in key["worked"] else ""
    return (
        f"<details><summary>{name}</summary>"
        f'<div class="wb-worked"><div{several}>{worked}</div>'
        f'<p class="wb-because">{escape(key["because"])}</p>{also}</div></details>'
    )
