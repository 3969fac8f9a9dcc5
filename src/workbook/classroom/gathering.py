"""The files in a folder of hand-ins: each one named, none outside the folder, none opened here."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .label import README, is_simulated

__all__ = ["Gathered", "gather"]

_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
"""What operating systems leave in folders; like hidden files, nothing a student handed in."""


@dataclass(slots=True)
class Gathered:
    """``files`` and ``refused`` (name and reason), and how many entries were passed over."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    ignored: int = 0


def gather(root: Path, but: Path) -> Gathered:
    """Every file at or under ``root`` by its name relative to it, leaving out the folder ``but``.

    Links are not followed: one could lead to another student's work, or to the teacher's.
    Hidden entries (``.ipynb_checkpoints`` among them) and the README of a simulated class are
    passed over.
    """
    found = Gathered()
    if not root.is_dir():
        found.files.append((root.name, root))
        return found
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            name = folder.relative_to(root).as_posix() + "/"
            found.refused[name] = f"The folder cannot be opened: {error.strerror or error}."
            continue
        for entry in entries:
            path = Path(entry.path)
            name = path.relative_to(root).as_posix()
            ours = name == README and is_simulated(root)
            if ours or entry.name.startswith(".") or entry.name in _LITTER:
                found.ignored += 1
            elif entry.is_symlink():
                found.refused[name] = "It is a link to another place; links are not followed."
            elif entry.is_dir(follow_symlinks=False):
                if path.resolve() != but:
                    waiting.append(path)
            else:
                found.files.append((name, path))  # reading it finds out whether it is a file
    return found
