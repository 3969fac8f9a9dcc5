"""“Whose?”: the marks that stand in the thread, and what its page knows once a learner has said.

The key of a passage is held back while an exercise about its voices, or about those of a longer
passage round it, is still open: ``gates`` names these exercises and ``forms/whose.js`` waits for
them. The classroom edition has the marks and no key at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

from ..attribution import Attribution, Mode
from ..case import Case
from ..edition import Edition, Passage, Span
from ..feedback import words
from ..judging import Face, Key
from ..kinds.base import voice_record
from .parts import line_of, one_line
from .people import FLAGS, GROUPS, MODES

__all__ = ["groups", "mark", "whose_data", "within"]

GATING = ("chain", "certainty")
"""The kinds of exercise that ask for what a passage's key says."""

_LONGEST = 60  # characters of a passage in a mark's name


def groups(edition: Edition) -> list[list[Passage]]:
    """Passages that share words stand together, in the order of the text, the longer one first."""
    found: list[list[Passage]] = []
    end = 0
    for one in sorted(edition.passages.values(), key=lambda one: (one.span.start, -one.span.end)):
        if not found or one.span.start >= end:
            found.append([])
        found[-1].append(one)
        end = max(end, one.span.end)
    return found


def within(passages: Iterable[Passage], span: Span) -> list[Passage]:
    """Those of the passages that hold the whole of ``span``, the innermost first."""
    holding = [one for one in passages if _holds(one.span, span)]
    return sorted(holding, key=lambda one: one.span.end - one.span.start)


def mark(edition: Edition, group: list[Passage]) -> str:
    """The mark after a group of passages; where no script runs it leads to the first one's page."""
    first = group[0]
    title = words()["ui"]["whose_name"].format(
        n=edition.line_of(first.span.start), words=_opening(one_line(first.exact))
    )
    names = " ".join(one.id for one in group)
    return (
        f'<span class="wb-whose" data-passages="{names}">'
        f'<a href="wb:passages#reading-{first.id}" title="{escape(title)}"></a></span>'
    )


def _opening(said: str) -> str:
    if len(said) <= _LONGEST:
        return said
    return f"{said[:_LONGEST].rsplit(' ', 1)[0]} …"


def whose_data(
    case: Case, keyed: bool, page_of: Callable[[str], str | None], cards: str | None
) -> dict[str, Any]:
    """What the thread's page knows: the voices, the exercises, and with the key the readings.

    ``page_of`` gives the address of an exercise, or None where this book has none; ``cards`` is
    the address of the page of passages.
    """
    gates, asking = _gates(case, page_of) if keyed else {}, _asking(case, page_of)
    asked = {name for names in asking.values() for name in names}
    return {
        "keyed": keyed,
        "voices": [voice_record(case.edition, name) for name in case.edition.voices],
        "groups": list(_voice_groups(case)),
        "cards": cards,
        "passages": {
            one.id: {
                "line": line_of(case, one.id),
                "asking": asking.get(one.id, []),
                "gates": gates.get(one.id, []),
                "readings": [_reading(case, r) for r in case.attributions.get(one.id, ())]
                if keyed
                else [],
            }
            for one in case.edition.passages.values()
        },
        "exercises": {
            name: {
                "title": case.compiled[name][0]["title"],
                "page": page_of(name),
                "gate": _bare(*case.compiled[name]) if keyed and _gating(case, name) else None,
            }
            for name in case.items
            if name in asked
        },
    }


def _voice_groups(case: Case) -> Iterator[tuple[str, list[str]]]:
    """Those who post here, then all others kind by kind, as on the page of voices."""
    yield "", [v.id for v in case.edition.voices.values() if v.posts_here]
    order = list(GROUPS)
    others = [v for v in case.edition.voices.values() if not v.posts_here]
    others.sort(key=lambda v: order.index(v.kind))
    for kind, here in groupby(others, key=lambda v: v.kind):
        yield GROUPS[kind], [v.id for v in here]


def _asking(case: Case, page_of: Callable[[str], str | None]) -> dict[str, list[str]]:
    """The exercises of this book about each passage."""
    found: dict[str, list[str]] = {}
    for name, (face, _) in case.compiled.items():
        if face["passage"] and page_of(name):
            found.setdefault(face["passage"]["id"], []).append(name)
    return found


def _gating(case: Case, name: str) -> bool:
    return case.compiled[name][0]["kind"] in GATING


def _gates(case: Case, page_of: Callable[[str], str | None]) -> dict[str, list[str]]:
    """The exercises that a passage's key would answer: about it, or about a longer one round it."""
    known = case.edition.passages
    asking = {
        passage: [name for name in names if _gating(case, name)]
        for passage, names in _asking(case, page_of).items()
    }
    around = {one.id: within(known.values(), one.span) for one in known.values()}
    return {
        passage: [name for one in holding for name in asking.get(one.id, ())]
        for passage, holding in around.items()
    }


def _bare(face: Face, key: Key) -> dict[str, Any]:
    """As much of an exercise as tells whether it is closed."""
    return {
        "face": {
            "case": face["case"],
            "id": face["id"],
            "revision": face["revision"],
            "kind": face["kind"],
            "voices": [{"id": one["id"], "label": ""} for one in face["voices"]],
            "values": [{"id": one["id"], "label": ""} for one in face["values"]],
        },
        "key": {
            "readings": [
                {
                    "answer": one["answer"],
                    "because": None,
                    "worked": "",
                    "chains": one.get("chains"),
                }
                for one in key["readings"]
            ],
            "mistakes": [],
            "fallback": "",
            "because": "",
            "worked": "",
        },
    }


def _reading(case: Case, one: Attribution) -> dict[str, Any]:
    return {
        "label": one.label,
        "worded": _chain(one.chain, one.modes),
        "also": [_chain(chain) for chain in one.accept],
        "rebuilt": _chain(one.reconstructed),
        "from": line_of(case, one.reconstructed_from) if one.reconstructed_from else None,
        "sure": [{"of": stance.proposition, "values": stance.values} for stance in one.stances],
        "flags": [FLAGS[flag] for flag in one.flags],
    }


def _chain(chain: Iterable[str], modes: Iterable[Mode] = ()) -> list[dict[str, Any]]:
    """Each voice outer to inner: its id, whether it may be left out, and what it does."""
    does = [MODES[mode] for mode in modes]
    return [
        {
            "id": name.removesuffix("?"),
            "maybe": name.endswith("?"),
            "does": does[place] if place < len(does) else "",
        }
        for place, name in enumerate(chain)
    ]


def _holds(around: Span, span: Span) -> bool:
    return around.start <= span.start and span.end <= around.end
