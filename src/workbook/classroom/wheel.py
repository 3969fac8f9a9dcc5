"""The package as students install it: the same code, and cases without their keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

from ..case import Case, built_in_cases
from .keyless import write_keyless

__all__ = ["WheelError", "build_wheel"]

_CODE = "src/workbook"
_HOME = Path(__file__).resolve().parents[3]
_PROJECT = ("pyproject.toml", "README.md", "LICENSE")


class WheelError(RuntimeError):
    """The wheel could not be built, with the reason."""


def build_wheel(
    source: Path, case: Case, out: Path, chapters: Collection[str] | None = None
) -> Path:
    """Build a wheel of the project into ``out``, with ``case`` as its only case.

    The project stands at ``source`` or, where that holds a book and no code, where this code does.
    Needs ``hatchling``, which the project is built with. Raises ``WheelError``.
    """
    source = source if (source / _CODE).is_dir() else _HOME
    if not (source / "pyproject.toml").is_file():
        raise WheelError(
            "The package for students is made from the workbook's own folder, and this copy of it "
            "is installed without one: run the command from there."
        )
    with tempfile.TemporaryDirectory() as made:
        project = Path(made)
        for name in _PROJECT:
            if (source / name).is_file():
                shutil.copyfile(source / name, project / name)
        left_out = shutil.ignore_patterns("__pycache__", "README.md", *built_in_cases())
        shutil.copytree(source / _CODE, project / _CODE, ignore=left_out)
        write_keyless(case, project / _CODE / "cases" / case.id, chapters)
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
        done = subprocess.run(
            [*command, "-d", str(out.resolve())],
            cwd=project,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    wheels = sorted(out.glob("*.whl"))
    if done.returncode or not wheels:
        said = done.stderr.strip().splitlines()
        raise WheelError(
            f"The package could not be built: {said[-1] if said else 'no reason given'}"
        )
    return wheels[-1]
