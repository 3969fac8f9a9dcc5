"""What a class was given, as the ``manifest.json`` of its release says."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from ..case import Case
from .rules import RuleError

__all__ = ["MANIFEST", "Released", "read_released"]

MANIFEST = "manifest.json"
_LARGEST = 1_000_000


class Released(msgspec.Struct, frozen=True):
    """A release. ``chapters`` has the revision of every exercise in it, by chapter."""

    format: Literal[1]
    case: str
    edition: Literal["classroom", "self-study"]
    chapters: Mapping[str, Mapping[str, int]]
    workbook: str = ""

    def sentences(self, case: Case, policy: str) -> list[str]:
        """What the teacher should know about it."""
        said = [f"The release has chapters {', '.join(self.chapters)}, {self.edition} edition."]
        if self.edition == "classroom" and policy != "classroom":
            said.append(
                "Its forms give no verdicts, so --policy classroom is the one made for it; you "
                f"asked for --policy {policy}."
            )
        changed = [
            f"{name} (revision {revision}, now {case.items[name].revision})"
            for items in self.chapters.values()
            for name, revision in items.items()
            if name in case.items and case.items[name].revision != revision
        ]
        if changed:
            said.append(
                f"Changed since this release: {', '.join(changed)}. Answers to the older question "
                "need a person."
            )
        return said


def read_released(path: Path, case: Case) -> Released:
    """The manifest of a release: a folder, a ``.zip`` or the file itself. Or ``RuleError``."""
    try:
        found = msgspec.json.decode(_bytes(path), type=Released)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        said = getattr(error, "strerror", None) or error
        raise RuleError(f"{path} cannot be read: {said}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RuleError(f"{path} is no release of ours: {error}.") from error
    if found.case != case.id:
        raise RuleError(f"{path} is a release of the case “{found.case}”; this is “{case.id}”.")
    if unknown := [chapter for chapter in found.chapters if chapter not in case.chapters]:
        raise RuleError(f"{path} has a chapter {unknown[0]}, which this case has not.")
    return found


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        if not (path / MANIFEST).exists():
            raise RuleError(f"{path} holds no {MANIFEST}, so it is no release of ours.")
        path = path / MANIFEST
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            return file.read(_LARGEST)
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if n.split("/")[-1] == MANIFEST]
        top = min(names, key=lambda name: name.count("/"), default=None)
        if top is None:
            raise RuleError(f"{path} holds no {MANIFEST}, so it is no release of ours.")
        with archive.open(top) as member:
            return member.read(_LARGEST)
