"""The files among hand-ins, in the order of their names: in folders and in archives, one at a time.

Nothing of a class is held but the names in one folder, or the table of contents of one archive.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from .archives import DEEPEST, Archive, is_archive, open_archive
from .bounds import Refused, stamp_of
from .label import README, is_simulated
from .naming import is_receipt

__all__ = ["Gathering", "Source", "is_report"]

_DEEPEST_FOLDER = 100
"""Folders in one another; whoever hands in a hundred means harm, and a few more end a program."""

_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
"""What operating systems leave in folders; like hidden files, nothing a student handed in."""


class Source(NamedTuple):
    """A file that was handed in, under its name seen from the folder of hand-ins.

    ``places`` leads to it inside the archive at ``path``, and is empty for a file on the disk.
    ``stamp`` is the archive's, with the sums of what is on the way; "" for a file on the disk,
    which is looked at when it is read. ``refused`` is the reason why it will not be read at all.
    """

    name: str
    path: str
    places: tuple[int, ...] = ()
    stamp: str = ""
    refused: str = ""


class Gathering:
    """Every file at or under ``root``, leaving out the paths ``but``.

    Links are not followed: one could lead to another student's work, or to the teacher's. Hidden
    entries (``.ipynb_checkpoints`` among them), platforms' slips, the README of a simulated class
    and the reports of earlier gradings are passed over and counted in ``ignored``.
    """

    def __init__(self, root: Path, but: Collection[str] = ()) -> None:
        self.root = root
        self.but = frozenset(but)
        self.ignored = 0

    def __iter__(self) -> Iterator[Source]:
        if self.root.is_dir():
            yield from self._folder(str(self.root), "")
        else:
            yield from self._file(self.root.name, str(self.root))

    def _folder(self, folder: str, prefix: str) -> Iterator[Source]:
        if prefix.count("/") > _DEEPEST_FOLDER:
            said = f"Folders stand in one another more than {_DEEPEST_FOLDER} deep."
            yield Source(prefix.rstrip("/"), folder, refused=said)
            return
        before = folder.rstrip(os.sep) + os.sep
        but = {path.removeprefix(before) for path in self.but}
        found: list[str] = []  # their names only: there may be a million
        folders: set[str] = set()
        links: set[str] = set()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name in but:
                        continue
                    ours = name == README and not prefix and is_simulated(folder)
                    if ours or _is_litter(name):
                        self.ignored += 1
                    elif entry.is_symlink():
                        found.append(name)
                        links.add(name)
                    elif entry.is_dir(follow_symlinks=False):
                        if is_report(entry.path):
                            self.ignored += 1
                            continue
                        # as its files will be called, so that names come in their order
                        found.append(name + "/")
                        folders.add(name + "/")
                    else:
                        found.append(name + "/" if is_archive(name) else name)
        except OSError as error:
            said = f"The folder cannot be opened: {error.strerror or error}."
            yield Source(prefix, folder, refused=said)
            return
        found.sort()
        for name in found:
            bare = name.rstrip("/")
            if name in folders:
                yield from self._folder(before + bare, prefix + name)
            elif name in links:
                said = "It is a link to another place; links are not followed."
                yield Source(prefix + bare, before + bare, refused=said)
            elif name != bare or name.endswith(".txt"):
                yield from self._file(prefix + bare, before + bare)
            else:
                yield Source(prefix + bare, before + bare)  # reading it finds out what it is

    def _file(self, name: str, path: str) -> Iterator[Source]:
        if is_receipt(name):
            self.ignored += 1
        elif not is_archive(name):
            yield Source(name, path)  # reading it finds out whether it is a file
        else:
            try:
                archive = open_archive(path)
                stamp = stamp_of(path)
            except Refused as reason:
                yield Source(name, path, refused=str(reason))
                return
            try:
                yield from self._archive(archive, Source(name, path, (), stamp))
            finally:
                archive.close()

    def _archive(self, archive: Archive, at: Source) -> Iterator[Source]:
        empty = True
        for member in archive.members():
            parts = member.name.split("/")
            if any(_is_litter(part) for part in parts if part != "..") or is_receipt(member.name):
                self.ignored += 1
                continue
            empty = False
            stamp = f"{at.stamp}/{member.stamp}" if at.stamp else ""
            places = (*at.places, member.place)
            inner = Source(f"{at.name}/{member.name}", at.path, places, stamp, member.refused)
            if inner.refused or not is_archive(member.name):
                yield inner
                continue
            if archive.depth + 1 >= DEEPEST:
                said = f"Archives stand in one another more than {DEEPEST} deep."
                yield inner._replace(refused=said)
                continue
            try:
                opened = Archive(BytesIO(archive.read(member.place)), archive.depth + 1)
            except Refused as reason:
                yield inner._replace(refused=str(reason))
                continue
            try:
                yield from self._archive(opened, inner)
            finally:
                opened.close()
        if empty:
            yield at._replace(refused="The archive holds no file that could be a hand-in.")


def is_report(folder: str | Path) -> bool:
    """Whether grading wrote into this folder."""
    ours = (".grading/store.sqlite", "gradebook.csv")
    return all(Path(folder, name).is_file() for name in ours)


def _is_litter(name: str) -> bool:
    # An office program's lock begins with ~$, and an editor's copy of what was there before ends
    # with ~.
    return name.startswith((".", "~$")) or name.endswith("~") or name in _LITTER
