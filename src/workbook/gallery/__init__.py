"""The pictures of a case: takes a case, picks what a picture needs, and has ``figures`` draw it.

Importing this room imports matplotlib.
"""

from __future__ import annotations

from .arguments import argument_map
from .copies import drift_alignment, marks_square
from .explanations import matrix
from .knowledge import executions_per_day, provenance_tree, travel
from .threads import anatomy, certainty_grid, envelopes, thread_strip

__all__ = [
    "anatomy",
    "argument_map",
    "certainty_grid",
    "drift_alignment",
    "envelopes",
    "executions_per_day",
    "marks_square",
    "matrix",
    "provenance_tree",
    "thread_strip",
    "travel",
]
