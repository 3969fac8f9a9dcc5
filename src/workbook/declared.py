"""What the files of a case folder may say: the shapes of their tables.

Only the shapes; ``case.py`` anchors the words and checks every cross-reference.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from .attribution import Certainty, CueType, Flag, Mode
from .edition import Selector

__all__ = [
    "DeclaredAttribution",
    "DeclaredBare",
    "DeclaredGap",
    "DeclaredHead",
    "DeclaredPassage",
    "DeclaredPost",
    "DeclaredSlip",
    "DeclaredStance",
    "DeclaredThread",
]


class DeclaredThread(Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    sha256: str


class DeclaredHead(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    language: str
    content_note: str
    thread: DeclaredThread
    post: list[dict[str, Any]]


class DeclaredPost(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    voice: str
    start: Selector | None = None
    byline: Selector | None = None
    date: str = ""
    date_basis: str = ""
    addresses: str = ""
    addresses_basis: str = ""


class DeclaredStance(Struct, frozen=True, forbid_unknown_fields=True):
    proposition: str
    values: dict[str, Certainty]
    accept: dict[str, tuple[Certainty, ...]] = field(default_factory=dict)


class DeclaredAttribution(Struct, frozen=True, forbid_unknown_fields=True):
    chain: tuple[str, ...]
    modes: tuple[Mode, ...]
    label: str = ""
    content: str | Selector = ""
    cue: tuple[str | Selector, ...] = ()
    cue_in: str = ""
    cue_type: CueType | None = None
    accept: tuple[tuple[str, ...], ...] = ()
    reconstructed: tuple[str, ...] = ()
    reconstructed_from: str = ""
    flags: tuple[Flag, ...] = ()
    misconceptions: tuple[str, ...] = ()
    note: str = ""
    certainty: tuple[DeclaredStance, ...] = ()


class DeclaredPassage(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    post: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    attribution: list[dict[str, Any]] = field(default_factory=list)


class DeclaredGap(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    at: Selector
    kind: Literal["broken_off", "missing_object", "orphan_note", "unclosed_quote"]
    note: str
    conjecture: str = ""


class DeclaredSlip(Struct, frozen=True, forbid_unknown_fields=True):
    exact: str
    reading: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""


class DeclaredBare(Struct, frozen=True, forbid_unknown_fields=True):
    exact: str
    why: str
    prefix: str = ""
    suffix: str = ""
