"""Who says it, on whose word, how surely: source–cue–content and nested chains.

Source, cue and content follow PARC 3.0 and PDTB 2; nested sources and the certainty values follow
FactBank (Saurí and Pustejovsky 2009), whose codes CT+ PR+ PS+ Uu PS- PR- CT- stand here as words;
the order of a chain, outer to inner, follows MPQA's nested-source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from .edition import Span

__all__ = [
    "CERTAINTIES",
    "Attribution",
    "Certainty",
    "CueType",
    "Flag",
    "Mode",
    "Stance",
    "expand",
]

Certainty = Literal[
    "certain for",
    "probable for",
    "possible for",
    "not committed",
    "possible against",
    "probable against",
    "certain against",
]
CERTAINTIES: Mapping[str, tuple[int, int]] = {
    "certain for": (3, 1),
    "probable for": (2, 1),
    "possible for": (1, 1),
    "not committed": (0, 0),
    "possible against": (1, -1),
    "probable against": (2, -1),
    "certain against": (3, -1),
}
"""Each certainty as (strength 0–3, side: 1 for, -1 against, 0 neither)."""

CueType = Literal["communication", "belief", "factive", "perception", "control"]
Mode = Literal["asserts", "quotes", "paraphrases", "reports", "denies"]
Flag = Literal[
    "altered_wording",
    "ambiguous",
    "coreference",
    "counterfactual",
    "echoic",
    "free_indirect",
    "gap",
    "hypothetical",
    "identity_inferred",
    "identity_temptation",
    "implicit_source",
    "imputed",
    "inference",
    "inherited_scope",
    "interrogative",
    "irony",
    "mock_quote",
    "named_not_source",
    "no_content",
    "not_in_source",
    "note_marker",
    "parenthetical",
    "scare_quotes",
    "sic",
    "so_called",
    "unclosed_quote",
    "unmarked_copy",
]


@dataclass(frozen=True, slots=True)
class Stance:
    """How sure each voice is of one proposition, stated in plain words."""

    proposition: str
    values: Mapping[str, Certainty]
    accept: Mapping[str, tuple[Certainty, ...]]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, its cues, and the chain of voices on whose word it rests, outer to inner.

    ``chain`` is the chain as worded in its own post; ``reconstructed`` is given only where another
    post reveals relays that this wording hides. A voice ending in ``?`` is optional.
    """

    passage: str
    label: str
    content: Span
    cues: tuple[Span, ...]
    cue_type: CueType | None
    chain: tuple[str, ...]
    modes: tuple[Mode, ...]
    accept: tuple[tuple[str, ...], ...]
    reconstructed: tuple[str, ...]
    reconstructed_from: str
    stances: tuple[Stance, ...]
    flags: tuple[Flag, ...]
    misconceptions: tuple[str, ...]
    note: str


def expand(chain: Sequence[str]) -> Iterator[list[str]]:
    """Every chain that ``chain`` allows: each voice ending in ``?`` once in and once out.

    >>> list(expand(["gerdowning", "book", "several_japanese?", "lyushkov"]))[1]
    ['gerdowning', 'book', 'lyushkov']
    """
    ways = [([v[:-1]], []) if v.endswith("?") else ([v],) for v in chain]
    for parts in product(*ways):
        yield [voice for part in parts for voice in part]
