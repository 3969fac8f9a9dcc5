"""The catalogue of claims: a card for each, and what scholarship makes of it kept apart.

Without a script a verdict waits in ``<details>``; ``forms/catalogue.js`` takes it away until the
learner has committed to a verdict. On paper all verdicts stand in an appendix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ..case import Case
from ..claims import VERDICTS, Claim, ClaimType, Verdict
from ..feedback import words
from .parts import Part, chip, line_link, listed, one_line, trust
from .works import cited

__all__ = ["catalogue"]

TYPES: Mapping[ClaimType, str] = {
    "fact": "a matter of fact",
    "interpretation": "an interpretation",
    "value": "a value judgement",
    "method": "a point of method",
    "ad hominem": "about a person, not the matter",
    "prediction": "a prediction",
    "counterfactual": "a what-if",
}
MEANINGS: Mapping[Verdict, str] = {
    "supported": "Good evidence speaks for it, as it is worded.",
    "partly supported": "A true core, with something false or overdrawn around it.",
    "contested": "Those who know the field disagree.",
    "unsupported": "No adequate evidence for it is offered or known.",
    "contradicted": "Good evidence speaks against it.",
    "not checkable": "A value, a motive, a definition or a what-if: no evidence could settle it.",
}


def catalogue(case: Case, keyed: bool) -> list[Part]:
    """The claims in the order of the thread, post by post; without the key no verdict at all."""
    numbers = {name: number for number, name in enumerate(case.claims, 1)}
    parts = [Part(_meanings() + (_filters(case) if keyed else ""))]
    posts = sorted(case.edition.posts.values(), key=lambda post: post.span.start)
    count = 0
    for post in posts:
        count += post.byline is not None
        here = [c for c in case.claims.values() if case.edition.passages[c.first].post == post.id]
        if not here:
            continue
        voice = case.edition.voices[post.voice]
        title = f"Comment {count}: {voice.label}" if post.byline else _capital(voice.label)
        cards = "".join(_card(case, claim, numbers[claim.id], keyed) for claim in here)
        parts.append(Part(cards, f"claims-{post.id}", title, ("wb-claims",)))
    if keyed:
        parts.append(Part('<div class="wb-record-place"></div>' + _appendix(case, numbers)))
    return parts


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _meanings() -> str:
    rows = "".join(f"<dt>{word}</dt><dd>{MEANINGS[word]}</dd>" for word in VERDICTS)
    return (
        '<details class="wb-meanings"><summary>What the six verdicts mean</summary>'
        f'<dl class="wb-pairs">{rows}</dl></details>'
    )


def _filters(case: Case) -> str:
    """In place from the start, so that nothing moves; hidden where no script runs."""
    found = {claim.voice: case.edition.voices[claim.voice] for claim in case.claims.values()}
    voices = [(voice.id, f"{voice.mark} {voice.label}") for voice in found.values()]
    types = {claim.type for claim in case.claims.values()}
    kinds = [(kind, label) for kind, label in TYPES.items() if kind in types]
    verdicts = [("open", "still to decide"), *((word, word) for word in VERDICTS)]
    shown = words()["ui"]["claims_shown"]
    return (
        f'<form class="wb-filters" data-case="{escape(case.id)}" aria-label="Filter the claims">'
        f'<div class="wb-filter-row">'
        f"{_select('voice', 'Who says it', 'everybody', voices)}"
        f"{_select('type', 'What kind of claim', 'every kind', kinds)}"
        f"{_select('verdict', 'The workbook’s verdict', 'any', verdicts)}"
        '<button type="reset" class="wb-plain">Show all</button></div>'
        '<p class="wb-filter-note" id="wb-filter-note">A filter by verdict finds only claims on '
        'which you have committed yourself.</p><p class="wb-count" role="status">'
        f"{escape(shown.format(n=len(case.claims), all=len(case.claims)))}</p></form>"
    )


def _select(name: str, label: str, all_of_them: str, options: Sequence[tuple[str, str]]) -> str:
    note = ' aria-describedby="wb-filter-note"' if name == "verdict" else ""
    offered = "".join(
        f'<option value="{escape(value)}">{escape(said)}</option>'
        for value, said in [("", all_of_them), *options]
    )
    return (
        f'<div class="wb-filter"><label for="wb-filter-{name}">{label}</label>'
        f'<select id="wb-filter-{name}" name="{name}" autocomplete="off"{note}>{offered}</select>'
        "</div>"
    )


def _card(case: Case, claim: Claim, number: int, keyed: bool) -> str:
    voice = case.edition.voices[claim.voice]
    name = f"claim-{claim.id}"
    return (
        f'<article class="wb-claim wb-voice-{voice.colour or 0}" id="{name}" '
        f'data-claim="{escape(claim.id)}" data-voice="{escape(claim.voice)}" '
        f'data-type="{escape(claim.type)}" aria-labelledby="{name}-text">'
        f'<h3 class="wb-claim-text" id="{name}-text"><span class="wb-claim-number">{number}</span> '
        f"{escape(claim.text)}</h3>"
        f'<p class="wb-claim-head">{chip(voice)} <span>{TYPES[claim.type]}</span> '
        f"<span>first in {line_link(case, claim.first)}</span></p>"
        f"{_variants(case, claim) + _verdict(case, claim) if keyed else ''}</article>"
    )


def _variants(case: Case, claim: Claim) -> str:
    if not claim.variants:
        return ""
    items = []
    for variant in claim.variants:
        post = case.edition.posts[case.edition.passages[variant.passage].post]
        who = chip(case.edition.voices[post.voice])
        where = line_link(case, variant.passage)
        items.append(f"{who}, {where}: {escape(one_line(variant.change))}")
    return (
        '<div class="wb-again"><p class="wb-label">Said again, and what changed</p>'
        f"{listed(items)}</div>"
    )


def _verdict(case: Case, claim: Claim) -> str:
    return (
        f'<details class="wb-verdict" data-verdict="{claim.verdict}">'
        "<summary>Show the workbook’s verdict</summary>"
        f'<div class="wb-verdict-body"><p class="wb-verdict-word">{claim.verdict}</p>'
        f"{_grounds(case, claim)}</div></details>"
    )


def _grounds(case: Case, claim: Claim) -> str:
    note = f" {escape(claim.confidence_note)}" if claim.confidence_note else ""
    rows = (
        ("Why", escape(claim.reasons)),
        ("How specialists divide", escape(claim.divided)),
        ("What would change it", escape(claim.would_change)),
        ("How far to trust this", f"{trust(claim.confidence)}.{note}"),
        ("Works", cited(case, claim.references)),
    )
    pairs = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in rows)
    return f'<dl class="wb-pairs">{pairs}</dl>'


def _appendix(case: Case, numbers: Mapping[str, int]) -> str:
    """For paper only: the style hides it on a screen."""
    entries = "".join(
        f'<li value="{numbers[claim.id]}"><strong>{claim.verdict}</strong>{_grounds(case, claim)}'
        "</li>"
        for claim in case.claims.values()
    )
    return (
        '<div class="wb-appendix"><h2>Appendix: the verdicts</h2>'
        f"<p>By the number of the claim.</p><ol>{entries}</ol></div>"
    )
