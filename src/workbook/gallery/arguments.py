"""An argument of the thread, laid out in ``gallery.toml``."""

from __future__ import annotations

from ..arranged import Words
from ..case import Case
from ..edition import did_you_mean
from ..figures import Picture, Said, Stage
from ..figures import argument_map as draw_argument_map
from .finding import attribution_of

__all__ = ["argument_map"]


def argument_map(case: Case, name: str = "", *, warrants: bool = False) -> Picture:
    """An argument of the thread, from its claim down to its evidence.

    ``name`` chooses among the arguments of ``gallery.toml``; without it, the first. ``warrants``
    writes on each missing plank what it would have to say; without it, the plank asks the reader.
    """
    known = case.arranged.arguments
    if not known:
        raise ValueError("this case lays out no argument: its gallery.toml has no [[argument]]")
    if name and name not in known:
        raise ValueError(f"gallery.toml has no argument `{name}`{did_you_mean(name, known)}")
    stages = known[name or next(iter(known))].stage
    return draw_argument_map(
        [
            Stage(
                _said(case, stage),
                stage.plank if warrants or stage.stated else "",
                stage.stated,
                tuple(_said(case, one) for one in stage.attack),
                tuple(_said(case, one) for one in stage.undercut),
            )
            for stage in stages
        ]
    )


def _said(case: Case, words: Words) -> Said:
    """Words of a passage with the voice that puts them forward: the one quoted, or the poster."""
    found = attribution_of(case, words.passage, 0)
    quoted = found.modes[0] == "quotes" and len(found.chain) > 1
    voice = case.edition.voices[found.chain[1 if quoted else 0].removesuffix("?")]
    said = f"“{words.exact}”" if words.exact else words.says
    return Said(said, voice.label, voice.mark, voice.colour)
