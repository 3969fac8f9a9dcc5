"""What several pictures look up: attributions and voices by name, and words on one line."""

from __future__ import annotations

from collections.abc import Sequence

from ..attribution import Attribution
from ..case import Case
from ..edition import Voice, did_you_mean

__all__ = ["attribution_of", "attributions_of", "flat", "voices_of"]


def attributions_of(case: Case, passage: str) -> tuple[Attribution, ...]:
    if passage not in case.attributions:
        near = did_you_mean(passage, case.attributions)
        raise ValueError(f"this case has no passage `{passage}`{near}")
    return case.attributions[passage]


def attribution_of(case: Case, passage: str, which: int) -> Attribution:
    found = attributions_of(case, passage)
    if not 0 <= which < len(found):
        raise ValueError(
            f"passage `{passage}` has {len(found)} attribution{'s' if len(found) != 1 else ''}, "
            f"counted from 0; there is no {which}"
        )
    return found[which]


def voices_of(case: Case, chain: Sequence[str]) -> list[Voice]:
    return [case.edition.voices[name.removesuffix("?")] for name in chain]


def flat(words: str) -> str:
    return " ".join(words.split())
