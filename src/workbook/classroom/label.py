"""What marks a folder of hand-ins as simulated, so that nobody takes it for a class."""

from __future__ import annotations

import os
import stat
from pathlib import Path

__all__ = ["LABEL", "README", "is_simulated"]

LABEL = "SIMULATED CLASS: made by a program. No learner wrote any of these answers."
"""The first line of the README that stands beside simulated hand-ins."""

README = "README.txt"


def is_simulated(folder: str | Path) -> bool:
    """Whether ``workbook simulate`` made this folder, as its README says."""
    path = Path(folder) / README
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with path.open("rb") as file:
            return file.read(len(LABEL.encode())) == LABEL.encode()
    except OSError:
        return False
