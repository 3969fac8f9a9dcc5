"""What is claimed, and what is known: claims with their variants, testimonies, drift and travels.

The shapes only; ``knowledge.py`` reads them from a case folder and checks every cross-reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from msgspec import Struct

from .edition import Edition, Span
from .facts import Confidence

__all__ = [
    "LONGEST",
    "VERDICTS",
    "Change",
    "Claim",
    "ClaimType",
    "Drift",
    "Fairness",
    "Proximity",
    "Question",
    "Quoted",
    "Root",
    "Step",
    "Testimony",
    "Variant",
    "Verdict",
    "Weight",
    "fairness",
    "roots",
]

Verdict = Literal[
    "supported", "partly supported", "contested", "unsupported", "contradicted", "not checkable"
]
ClaimType = Literal[
    "fact", "interpretation", "value", "method", "ad hominem", "prediction", "counterfactual"
]
Proximity = Literal["witness", "one_remove", "several_removes", "compiled"]
Says = Literal["for", "weakly for", "both ways", "nothing", "weakly against", "against", "unusable"]
Change = Literal[
    "hedge dropped",
    "voice dropped",
    "term replaced",
    "scope widened",
    "negation turned",
    "certainty raised",
    "left out",
    "kept",
    "added",
    "glossed",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LONGEST = 120
"""The most characters a claim's neutral wording may have: it must fit a card and a chart."""


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """The claim again, elsewhere in the thread, and what changed in its wording."""

    passage: str
    change: str


class Claim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something put forward in the thread, worded neutrally, with what scholarship makes of it.

    ``verdict`` judges the claim as the thread words it. ``confidence`` is the weakest mark that the
    verdict rests on, and ``confidence_note`` says of what.
    """

    id: str
    text: str
    voice: str
    type: ClaimType
    first: str
    verdict: Verdict
    divided: str
    reasons: str
    would_change: str
    confidence: Confidence
    variants: tuple[Variant, ...] = ()
    references: tuple[str, ...] = ()
    confidence_note: str = ""


class Root(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a line of testimony begins: the one whose word it all goes back to."""

    id: str
    what: str


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A question that testimonies are weighed for."""

    id: str
    text: str


class Weight(Struct, frozen=True, forbid_unknown_fields=True):
    """What a testimony says to a question, and why no more than that."""

    question: str
    says: Says
    why: str


class Testimony(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement outside the thread. ``what`` gives it in our words.

    ``made`` is when it was made; empty when that is not known. ``depends_on`` names the testimonies
    and roots without which this one would not exist: two that share a root do not confirm each
    other.
    """

    id: str
    title: str
    what: str
    origin: str
    reached_us: str
    proximity: Proximity
    confidence: Confidence
    caution: str
    made: str = ""
    depends_on: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    weight: tuple[Weight, ...] = ()


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stage on the way from the event to the words in front of us.

    ``filter`` says what could be lost or changed here. ``references`` and ``passages`` say how we
    know of the stage.
    """

    order: int
    what: str
    when: str
    medium: str
    filter: str
    confidence: Confidence
    references: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a passage, anchored."""

    passage: str
    span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class Drift:
    """A phrase of the original beside what the copy made of it.

    ``copy`` is None for what was left out, ``original`` for what was added.
    """

    id: str
    original: Quoted | None
    copy: Quoted | None
    change: Change
    note: str


@dataclass(frozen=True, slots=True)
class Fairness:
    """How the claims of one post fared; what is partly supported counts on both sides."""

    post: str
    supported: int
    in_part: int
    contested: int
    failed: int
    not_checkable: int

    @property
    def granted(self) -> int:
        """Claims in which something stands."""
        return self.supported + self.in_part

    @property
    def caught(self) -> int:
        """Claims in which something is wrong: contradicted, unsupported or true only in part."""
        return self.failed + self.in_part


def fairness(claims: Mapping[str, Claim], edition: Edition) -> list[Fairness]:
    """For each post that argues, what was granted to it and what it was caught at."""
    counted = []
    for post in edition.posts:
        here = [c.verdict for c in claims.values() if edition.passages[c.first].post == post]
        if here:
            failed = here.count("contradicted") + here.count("unsupported")
            counted.append(
                Fairness(
                    post,
                    here.count("supported"),
                    here.count("partly supported"),
                    here.count("contested"),
                    failed,
                    here.count("not checkable"),
                )
            )
    return counted


def roots(name: str, testimonies: Mapping[str, Testimony]) -> frozenset[str]:
    """Those whose word a testimony goes back to; itself, when it depends on nobody."""
    if name not in testimonies:
        return frozenset({name})
    above = testimonies[name].depends_on
    return frozenset().union(*(roots(other, testimonies) for other in above)) or frozenset({name})
