"""The pictures, in matplotlib: plain data in, a figure that carries its own words out.

Importing this room imports matplotlib; nothing that reads a case or checks an answer does so.
"""

from __future__ import annotations

from .agreeing import Agreed, agreement_dots
from .argument import Said, Stage, argument_map
from .committee import Fate, committee_fates
from .copying import Marked, Pair, drift_alignment, marks_square
from .counts import counts
from .envelopes import Layer, envelopes
from .matrix import Cell, matrix
from .paper import PAPER, VOICE_COLOURS
from .picture import Picture
from .profiles import Profile, Reading, profile_strips
from .provenance import Branch, Stop, provenance_tree, travel
from .rates import Rate, Window, executions_per_day
from .rule import Step, Walk, rule_walk
from .sentence import Part, Proposition, Sureness, anatomy, certainty_grid
from .slopes import Reveal, Shift, reveal_slopes
from .spread import Spread, class_bars
from .thread import Hole, Inset, Strip, thread_strip
from .years import Told, years_between

__all__ = [
    "PAPER",
    "VOICE_COLOURS",
    "Agreed",
    "Branch",
    "Cell",
    "Fate",
    "Hole",
    "Inset",
    "Layer",
    "Marked",
    "Pair",
    "Part",
    "Picture",
    "Profile",
    "Proposition",
    "Rate",
    "Reading",
    "Reveal",
    "Said",
    "Shift",
    "Spread",
    "Stage",
    "Step",
    "Stop",
    "Strip",
    "Sureness",
    "Told",
    "Walk",
    "Window",
    "agreement_dots",
    "anatomy",
    "argument_map",
    "certainty_grid",
    "class_bars",
    "committee_fates",
    "counts",
    "drift_alignment",
    "envelopes",
    "executions_per_day",
    "marks_square",
    "matrix",
    "profile_strips",
    "provenance_tree",
    "reveal_slopes",
    "rule_walk",
    "thread_strip",
    "travel",
    "years_between",
]
