"""What a passage is worth for a claim: six dials, two stages, one rule, four words.

A profile gives each dial a level, 0 to 3, or ``"N"``: cannot tell from what we have. The rule never
takes a mean. It begins at Closeness and moves in whole steps, as GRADE does for bodies of evidence
(Guyatt et al. 2008); Fit is a gate and a ceiling. It never falls when a dial rises, so that the
range of a profile with N runs from its lowest levels to its highest.

``forms/evidence.js`` is the twin of the rule; the sentences stand in ``words.json``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from msgspec import Struct, convert

from .feedback import words

__all__ = [
    "BLIND",
    "DIALS",
    "LEVELS",
    "NO_FIND",
    "UNKNOWN",
    "WORDS",
    "Dial",
    "Find",
    "Level",
    "Profile",
    "changed",
    "compare",
    "reach",
    "rubric",
    "span",
    "spoken",
    "steps",
    "unknown_sentence",
    "verdict",
    "walk",
]

UNKNOWN: Literal["N"] = "N"
NO_FIND = "none"
"""Said in the place of a find: that none would move the verdict."""
Level = int | Literal["N"]
Profile = Mapping[str, Level]
"""A level for each of the six dials."""

DIALS = ("fit", "closeness", "traceability", "faithfulness", "independence", "circumstances")
BLIND = ("fit", "faithfulness")
"""The dials that are set before voice and chain are shown: they are about the words alone."""
LEVELS: tuple[Level, ...] = (0, 1, 2, 3, UNKNOWN)
WORDS = ("not evidence for this claim", "very low", "low", "moderate", "high")
"""The verdicts from the lowest to the highest; the first is given where Fit is 0."""

_LOWEST, _HIGHEST = 1, 4
_CEILING = {1: 2, 2: 3, 3: 4}
"""Fit sets how high a verdict may be: at 1 “low”, at 2 “moderate”."""


class Dial(Struct, frozen=True, forbid_unknown_fields=True):
    """One dial; ``anchors`` are the sentences that stand beside 0, 1, 2 and 3."""

    id: str
    label: str
    stage: Literal["blind", "revealed"]
    question: str
    anchors: tuple[str, str, str, str]


class Find(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that could still be found, and the levels to which it would set dials.

    Never Fit: a find changes what we know of a passage, not what the passage says. It bears on
    the named ``passages``, rated for the named ``claims``.
    """

    id: str
    label: str
    sets: dict[str, int]
    why: str
    passages: tuple[str, ...]
    claims: tuple[str, ...]


@cache
def _rubric() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "rubric.toml").read_text("utf-8"))


@cache
def rubric() -> tuple[Dial, ...]:
    """The six dials with their questions and sentences, in the order of ``DIALS``."""
    return tuple(convert(_rubric()["dial"], tuple[Dial, ...]))


def unknown_sentence() -> str:
    """The sentence that stands beside N."""
    return str(_rubric()["unknown"])


def _worth(profile: Mapping[str, int]) -> int:
    """The rule itself, as a place in ``WORDS``."""
    if profile["fit"] == 0:
        return 0
    place = profile["closeness"] + 1
    place -= profile["traceability"] <= 1
    place -= profile["faithfulness"] <= 1
    place -= profile["circumstances"] == 0
    place += profile["independence"] == 3 and profile["faithfulness"] >= 2
    return max(_LOWEST, min(place, _CEILING[profile["fit"]]))


def _ends(profile: Profile) -> tuple[dict[str, int], dict[str, int]]:
    """The profile with the lowest and with the highest level for every N."""
    low = {dial: 0 if profile[dial] == UNKNOWN else int(profile[dial]) for dial in DIALS}
    high = {dial: 3 if profile[dial] == UNKNOWN else int(profile[dial]) for dial in DIALS}
    return low, high


def span(profile: Profile) -> tuple[int, int]:
    """The lowest and the highest verdict of a profile, as places in ``WORDS``."""
    low, high = _ends(profile)
    return _worth(low), _worth(high)


def reach(ranges: Mapping[str, Sequence[int]]) -> tuple[int, int]:
    """The same where each dial has a range of levels, (lowest, highest)."""
    low = {dial: ranges[dial][0] for dial in DIALS}
    return _worth(low), _worth({dial: ranges[dial][1] for dial in DIALS})


def spoken(low: int, high: int) -> str:
    """A verdict, or a range of verdicts, in words."""
    return WORDS[low] if low == high else f"{WORDS[low]} to {WORDS[high]}"


def verdict(profile: Profile) -> str:
    """What the rule makes of a profile: one of four words, a range of them, or no evidence.

    >>> verdict(dict.fromkeys(DIALS, 3))
    'high'
    >>> verdict({**dict.fromkeys(DIALS, 3), "fit": 2, "closeness": "N"})
    'low to moderate'
    """
    return spoken(*span(profile))


def walk(profile: Profile) -> list[tuple[str, tuple[int, int] | None]]:
    """The rule step by step: a sentence each, and the place in ``WORDS`` that is reached by it.

    The place is given for the lowest and for the highest levels that the profile allows; on the way
    it may be off the ladder (0, or 5 and more). It is None before the start. The last step gives
    the verdict.
    """
    said = words()["rule"]
    labels = {dial.id: dial.label for dial in rubric()}
    low, high = _ends(profile)
    told: list[tuple[str, tuple[int, int] | None]] = []
    at = [0, 0]

    def tell(sentence: str, dial: str, more: str = "") -> None:
        where = _between(said, *at)
        parts = {"dial": labels[dial], "level": str(profile[dial]), "now": where, "more": more}
        told.append((said[sentence].format(**parts), (at[0], at[1]) if len(told) else None))

    fit = profile["fit"]
    tell({0: "gate closed", UNKNOWN: "gate unknown"}.get(fit, "gate open"), "fit")
    if fit == 0:
        return [*told, (said["end one"].format(verdict=WORDS[0]), (0, 0))]
    at[:] = low["closeness"] + 1, high["closeness"] + 1
    tell("start unknown" if profile["closeness"] == UNKNOWN else "start", "closeness")
    for dial, least in (("traceability", 2), ("faithfulness", 2), ("circumstances", 1)):
        down = low[dial] < least, high[dial] < least
        at[:] = at[0] - down[0], at[1] - down[1]
        tell("no step" if not any(down) else "down" if all(down) else "perhaps down", dial)
    faithful = low["faithfulness"] >= 2, high["faithfulness"] >= 2
    three = low["independence"] == 3, high["independence"] == 3
    up = three[0] and faithful[0], three[1] and faithful[1]
    at[:] = at[0] + up[0], at[1] + up[1]
    if any(up):
        tell("up" if all(up) else "perhaps up", "independence")
    else:
        tell("up spoilt" if any(three) else "no step", "independence")
    if fit in (1, 2):
        top = _CEILING[int(fit)]
        tell("ceiling holds" if at[1] > top else "ceiling idle", "fit", WORDS[top])
    else:
        tell("ceiling unknown" if fit == UNKNOWN else "no ceiling", "fit")
    ends = span(profile)
    end = "end one" if ends[0] == ends[1] else "end range"
    return [*told, (said[end].format(verdict=spoken(*ends)), ends)]


def steps(profile: Profile) -> list[str]:
    """The rule step by step, in sentences; the last one gives the verdict."""
    return [sentence for sentence, _ in walk(profile)]


def _between(said: Mapping[str, str], low: int, high: int) -> str:
    """Where the rule stands on its way, which may be off the ladder for a while."""
    names = [
        said["below"] if at < _LOWEST else said["above"] if at > _HIGHEST else WORDS[at]
        for at in (low, high)
    ]
    return names[0] if names[0] == names[1] else f"{names[0]} to {names[1]}"


def changed(profile: Profile, find: Mapping[str, Any]) -> dict[str, Level]:
    """The profile as it would be with a find; ``find`` has the fields of ``Find``."""
    return {**{dial: profile[dial] for dial in DIALS}, **find["sets"]}


def compare(profile: Profile, finds: Sequence[Mapping[str, Any]], picked: str = "") -> list[str]:
    """The verdict without and with each find, a sentence each, and what a guess is worth.

    ``picked`` is the find that was guessed to move the verdict most, or ``NO_FIND``. What moves
    most is counted in steps: those of the lower end and those of the upper end.
    """
    said = words()["finds"]
    before = span(profile)
    told: list[str] = []
    moves: dict[str, int] = {}
    for find in finds:
        after = span(changed(profile, find))
        moves[find["id"]] = abs(after[0] - before[0]) + abs(after[1] - before[1])
        parts = {"find": find["label"], "old": spoken(*before), "new": spoken(*after)}
        told.append(said["same" if before == after else "other"].format(**parts))
    most = max(moves.values(), default=0)
    furthest = [find["label"] for find in finds if moves[find["id"]] == most]
    guessed = picked in moves or picked == NO_FIND
    so = said["guessed so" if (picked == NO_FIND) == (not most) else "guessed otherwise"]
    if len(finds) == 1:
        return [*told, so] if guessed else told
    if not most:
        return [*told, said["none moves"], so] if guessed else [*told, said["none moves"]]
    if not guessed:
        return told
    how = "none" if picked == NO_FIND else "most" if moves[picked] == most else "less"
    return [*told, said[f"picked {how}"].format(finds="; ".join(furthest))]
