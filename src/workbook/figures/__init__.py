"""The pictures, in matplotlib: plain data in, a figure that carries its own words out.

Importing this room imports matplotlib; nothing that reads a case or checks an answer does so.
"""

from __future__ import annotations

from .argument import Said, Stage, argument_map
from .copying import Marked, Pair, drift_alignment, marks_square
from .counts import counts
from .envelopes import Layer, envelopes
from .matrix import Cell, matrix
from .paper import PAPER, VOICE_COLOURS
from .picture import Picture
from .provenance import Branch, Stop, provenance_tree, travel
from .rates import Rate, Window, executions_per_day
from .rule import Step, Walk, rule_walk
from .sentence import Part, Proposition, Sureness, anatomy, certainty_grid
from .thread import Hole, Inset, Strip, thread_strip

__all__ = [
    "PAPER",
    "VOICE_COLOURS",
    "Branch",
    "Cell",
    "Hole",
    "Inset",
    "Layer",
    "Marked",
    "Pair",
    "Part",
    "Picture",
    "Proposition",
    "Rate",
    "Said",
    "Stage",
    "Step",
    "Stop",
    "Strip",
    "Sureness",
    "Walk",
    "Window",
    "anatomy",
    "argument_map",
    "certainty_grid",
    "counts",
    "drift_alignment",
    "envelopes",
    "executions_per_day",
    "marks_square",
    "matrix",
    "provenance_tree",
    "rule_walk",
    "thread_strip",
    "travel",
]
