"""Things to turn and to watch: a window of time, the six dials, a class's answers.

In a notebook with somebody before it each is a set of controls and a picture that follows them. In
the static book, in print and where a notebook is only run, the same cell shows a picture of the key
states. Importing this room imports matplotlib; ipywidgets only where controls are shown.
"""

from __future__ import annotations

from .answers import answers
from .days import days
from .dials import dials

__all__ = ["answers", "days", "dials"]
