"""The pictures of a case: takes a case, picks what a picture needs, and has ``figures`` draw it.

Importing this room imports matplotlib.
"""

from __future__ import annotations

from .arguments import argument_map
from .copies import drift_alignment, marks_square
from .explanations import matrix
from .knowledge import committee_fates, executions_per_day, provenance_tree, travel
from .rated import agreement_dots, class_bars, profile_strips, reveal_slopes
from .telling import years_between
from .threads import anatomy, certainty_grid, envelopes, thread_strip

__all__ = [
    "agreement_dots",
    "anatomy",
    "argument_map",
    "certainty_grid",
    "class_bars",
    "committee_fates",
    "drift_alignment",
    "envelopes",
    "executions_per_day",
    "marks_square",
    "matrix",
    "profile_strips",
    "provenance_tree",
    "reveal_slopes",
    "thread_strip",
    "travel",
    "years_between",
]
