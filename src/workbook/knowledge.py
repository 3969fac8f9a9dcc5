"""Read claims, testimonies, drift, travels, finds and references; hold each against the edition.

A case can do without any of ``claims.toml``, ``testimonies.toml``, ``drift.toml``, ``travel.toml``,
``finds.toml`` and ``references.bib``. Every problem is noted with the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from msgspec import Struct

from .claims import (
    LONGEST,
    VERDICTS,
    Change,
    Claim,
    ClaimType,
    Drift,
    Proximity,
    Question,
    Quoted,
    Root,
    Step,
    Testimony,
)
from .coverage import sentences
from .edition import Edition, Selector
from .evidence import DIALS, NO_FIND, Find
from .facts import CONFIDENCES
from .reading import Reader

__all__ = ["Knowledge", "read_keys", "read_knowledge"]

_ENTRY = re.compile(r"^\s*@(\w+)\s*\{\s*([^,\s{}]*)", re.MULTILINE)
_NAME_WORKS = ("claims.toml", "testimonies.toml", "travel.toml", "facts/timeline.csv")
_BRACE = re.compile(r"(?<!\\)[{}]")


class _Quotation(Struct, frozen=True, forbid_unknown_fields=True):
    passage: str
    exact: str
    prefix: str = ""
    suffix: str = ""


class _Drift(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    change: Change
    note: str
    original: _Quotation | None = None
    copy: _Quotation | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything read here."""

    claims: Mapping[str, Claim]
    testimonies: Mapping[str, Testimony]
    roots: Mapping[str, Root]
    questions: Mapping[str, Question]
    drift: tuple[Drift, ...]
    travel: tuple[Step, ...]
    finds: Mapping[str, Find]


def read_keys(reader: Reader, file: str = "references.bib") -> list[str]:
    """The keys of a BibTeX file; from now on the reader knows which works may be cited.

    Only the keys: a case opens at every import, and a whole BibTeX parser costs more than all the
    rest of loading. The book parses the entries in full, and a test holds this reader to it.
    """
    if not reader.has(file):
        if any(reader.has(other) for other in _NAME_WORKS):
            reader.wrong(file, "", "is not there, and other files name works of it; write it")
        return []
    words = reader.words(file)
    keys: list[str] = []
    reader.works = keys
    at = 0
    while words and (entry := _ENTRY.search(words, at)):
        at = _closing(words, words.index("{", entry.start()))
        kind, key = entry.groups()
        if at == len(words) + 1:
            reader.wrong(file, key, "its braces never close; give every { its }")
            reader.works = None  # what stands after it may be cited, for all we know
        if kind.casefold() in ("comment", "preamble", "string"):
            continue
        if not key:
            reader.wrong(file, f"entry number {len(keys) + 1}", "has no key after its brace")
        elif key in keys:
            reader.wrong(file, key, "this key stands twice; keys must differ")
        keys.append(key)
    return keys


def _closing(words: str, at: int) -> int:
    """Just past the brace that closes the one at ``at``; past the end by one when none does."""
    depth = 0
    for brace in _BRACE.finditer(words, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(words) + 1


def read_knowledge(reader: Reader, edition: Edition) -> Knowledge:
    """Read the five files; those a case does not have are empty."""
    made = _Checks(reader, edition)
    testimonies, begun, asked = made.testimonies()
    claims = made.claims()
    finds = made.finds(claims)
    return Knowledge(claims, testimonies, begun, asked, made.drift(), made.travel(), finds)


class _Checks:
    """The five files, each read and held against edition and references."""

    def __init__(self, reader: Reader, edition: Edition) -> None:
        self.reader, self.edition = reader, edition

    def claims(self) -> dict[str, Claim]:
        file = "claims.toml"
        choices = {"type": get_args(ClaimType), "verdict": VERDICTS, "confidence": CONFIDENCES}
        claims: dict[str, Claim] = {}
        for item, claim in self._read(file, "claim", Claim, choices):
            self._not_empty(file, item, claim, "text", "divided", "would_change")
            if len(claim.text) > LONGEST:
                said = f"the text has {len(claim.text)} characters; {LONGEST} is the most"
                self.reader.wrong(file, item, said)
            count = len(sentences(claim.reasons))
            if not 2 <= count <= 4:
                said = f"the reasons have {count} sentence{'s' * (count != 1)}; write two to four"
                self.reader.wrong(file, item, said)
            known = self.reader.known(file, item, "voice", claim.voice, self.edition.voices)
            if self._passage(file, item, claim.first) and known:
                post = self.edition.posts[self.edition.passages[claim.first].post]
                if post.voice != claim.voice:
                    said = f"first stands in a post of “{post.voice}”, not of “{claim.voice}”"
                    self.reader.wrong(file, item, said)
            for variant in claim.variants:
                self._passage(file, item, variant.passage)
                self._not_empty(file, item, variant, "change")
            self._references(file, item, claim.references)
            if claim.confidence != "verified" and not claim.confidence_note.strip():
                said = f"rests on “{claim.confidence}”; say of what in `confidence_note`"
                self.reader.wrong(file, item, said)
            claims[item] = claim
        return claims

    def testimonies(self) -> tuple[dict[str, Testimony], dict[str, Root], dict[str, Question]]:
        file = "testimonies.toml"
        if not self.reader.has(file):
            return {}, {}, {}
        many, raw = self.reader.many, self.reader.tables(file, "testimony", "root", "question")
        begun: dict[str, Root] = dict(many(file, "root", Root, raw["root"]))
        asked: dict[str, Question] = dict(many(file, "question", Question, raw["question"]))
        choices = {"proximity": get_args(Proximity), "confidence": CONFIDENCES}
        sound = many(file, "testimony", Testimony, raw["testimony"], choices)
        told: dict[str, Testimony] = dict(sound)
        for item, one in told.items():
            self._not_empty(file, item, one, "title", "what", "origin", "reached_us", "caution")
            if one.made:
                self.reader.dated(file, item, "made", one.made)
            if item in begun:
                self.reader.wrong(file, item, "is both a testimony and a root; ids must differ")
            for other in one.depends_on:
                self.reader.known(file, item, "what it depends on,", other, [*told, *begun])
            for weight in one.weight:
                self.reader.known(file, item, "question", weight.question, asked)
            self._references(file, item, one.references)
        for circle in _circles(told):
            way = " → ".join(circle)
            said = f"depends on itself in a circle ({way}); take one of these links out"
            self.reader.wrong(file, circle[0], said)
        return told, begun, asked

    def drift(self) -> tuple[Drift, ...]:
        file = "drift.toml"
        aligned = []
        for item, one in self._read(file, "drift", _Drift, {"change": get_args(Change)}):
            self._not_empty(file, item, one, "note")
            for side, needless in (("original", "added"), ("copy", "left out")):
                there = getattr(one, side) is not None
                if there and one.change == needless:
                    said = f"is “{needless}”, so it can have no {side}; take one of them away"
                    self.reader.wrong(file, item, said)
                elif not there and one.change != needless:
                    said = f"has no {side}; only what is “{needless}” has none"
                    self.reader.wrong(file, item, said)
            original, copy = (self._quoted(file, item, q) for q in (one.original, one.copy))
            aligned.append(Drift(item, original, copy, one.change, one.note))
        return tuple(aligned)

    def travel(self) -> tuple[Step, ...]:
        file = "travel.toml"
        steps = []
        for number, (item, step) in enumerate(
            self._read(file, "step", Step, {"confidence": CONFIDENCES}), 1
        ):
            self._not_empty(file, item, step, "what", "medium", "filter")
            if step.order != number:
                self.reader.wrong(file, item, f"has order {step.order}; steps count 1, 2, 3 …")
            self.reader.dated(file, item, "when", step.when)
            for passage in step.passages:
                self._passage(file, item, passage)
            if step.passages:
                self.reader.cited(file, item, "reference", step.references)
            else:
                self._references(file, item, step.references)
            steps.append(step)
        return tuple(steps)

    def finds(self, claims: Mapping[str, Claim]) -> dict[str, Find]:
        file = "finds.toml"
        finds = {}
        for item, find in self._read(file, "find", Find, {}):
            self._not_empty(file, item, find, "label", "why")
            if item == NO_FIND:
                said = f"the id `{NO_FIND}` stands for a learner who picks no find; take another"
                self.reader.wrong(file, item, said)
            if not find.sets:
                self.reader.wrong(file, item, "sets no dial; say in `sets` what it would change")
            for dial, level in find.sets.items():
                if dial == "fit":
                    said = "sets `fit`; a find changes what we know of words, not what they say"
                    self.reader.wrong(file, item, said)
                elif self.reader.known(file, item, "dial", dial, DIALS) and not 0 <= level <= 3:
                    self.reader.wrong(file, item, f"sets `{dial}` to {level}; write 0, 1, 2 or 3")
            for passage in find.passages:
                self._passage(file, item, passage)
            for claim in find.claims:
                self.reader.known(file, item, "claim", claim, claims)
            if not find.passages or not find.claims:
                self.reader.wrong(file, item, "needs the `passages` and `claims` it bears on")
            finds[item] = find
        return finds

    def _read(
        self, file: str, name: str, kind: Any, choices: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, Any]]:
        if self.reader.has(file):
            raw = self.reader.tables(file, name)[name]
            yield from self.reader.many(file, name, kind, raw, choices)

    def _not_empty(self, file: str, item: str, made: object, *names: str) -> None:
        for name in names:
            if not getattr(made, name).strip():
                self.reader.wrong(file, item, f"`{name}` is empty")

    def _passage(self, file: str, item: str, name: str) -> bool:
        return name not in self.reader.unsound and self.reader.known(
            file, item, "passage", name, self.edition.passages
        )

    def _references(self, file: str, item: str, references: Sequence[str]) -> None:
        if not references:
            self.reader.wrong(
                file, item, "has no reference; name one key of references.bib or more"
            )
        self.reader.cited(file, item, "reference", references)

    def _quoted(self, file: str, item: str, q: _Quotation | None) -> Quoted | None:
        if q is None or not self._passage(file, item, q.passage):
            return None
        selector = Selector(q.exact, q.prefix, q.suffix)
        span = self.reader.anchored(file, item, selector, self.edition.passages[q.passage].span)
        return Quoted(q.passage, span, q.exact) if span else None


def _circles(testimonies: Mapping[str, Testimony]) -> Iterator[list[str]]:
    """Each circle of dependence once, from the member that stands first in the file."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> Iterator[list[str]]:
        if name in way:
            yield [*way[way.index(name) :], name]
        elif name in testimonies and name not in done:
            for other in testimonies[name].depends_on:
                yield from walk(other, [*way, name])
            done.add(name)

    for name in testimonies:
        yield from walk(name, [])
