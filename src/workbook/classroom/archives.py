"""Zip archives from strangers, read in memory and within bounds; nothing is unpacked to a disk."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader, BytesIO, RawIOBase
from typing import IO, cast

from .bounds import LARGEST_FILE, Refused, open_regular

__all__ = ["DEEPEST", "Archive", "Inside", "Member", "is_archive", "open_archive"]

DEEPEST = 3
"""Archives in one another: the class's download, a student's archive, and one in that."""

_DIRECTORY = (16_000_000, 200_000)
"""Bytes of an archive's table of contents, at the top and inside another. Python keeps all of it in
memory: some 100,000 entries with the names that platforms give, and 2,000."""

_MOST = (150_000, 2_000)
_TOTAL = (20_000_000_000, 200_000_000)
"""Entries, and bytes when unpacked, at the top and inside another."""

_STEEPEST = 200
"""Times that a member of more than a million bytes may grow; a notebook grows tenfold, a record
of many like lines perhaps fiftyfold."""

_TAIL = 22 + 65_535
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is a zip archive."""
    return name[-4:].lower() == ".zip"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name, its place in the table of contents, and what it holds in
    short; or, in ``refused``, why it is not read.
    """

    name: str
    place: int
    stamp: str
    refused: str = ""


class Archive:
    """An open archive; ``depth`` is 0 for a file on the disk. Raises ``Refused``."""

    def __init__(self, file: IO[bytes], depth: int) -> None:
        self.depth = depth
        inner = min(depth, 1)
        self._file = file
        try:
            _check_directory(file, _DIRECTORY[inner])
            self._zip = zipfile.ZipFile(file)
        except Exception as error:  # Python's own reader is not made for every kind of damage
            file.close()
            if isinstance(error, Refused):
                raise
            raise Refused("The archive is damaged or no zip archive.") from error
        self._entries = self._zip.infolist()
        if refused := self._too_much(inner):
            self.close()
            raise Refused(refused)

    def _too_much(self, inner: int) -> str:
        """Why the whole archive is not read; nothing if it is."""
        if len(self._entries) > _MOST[inner]:
            return f"The archive holds more than {_MOST[inner]:,} files."
        total = sum(entry.file_size for entry in self._entries)
        if total > _TOTAL[inner]:
            return (
                f"The archive would unpack to {total / 1_000_000:,.0f} MB; at most "
                f"{_TOTAL[inner] // 1_000_000:,} MB are read."
            )
        return ""

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._file.close()

    def members(self) -> Iterator[Member]:
        """Its files in the order of their names; folders are left out."""
        seen: set[str] = set()
        named = []
        for place, entry in enumerate(self._entries):
            name = _name(entry)
            if name.endswith("/"):  # is_dir() would fail for an entry without a name
                continue
            while name in seen:
                name += " (again)"
            seen.add(name)
            named.append((name, place))
        for name, place in sorted(named):
            entry = self._entries[place]
            refused = _refusal(entry, name)
            shown = name if not refused else name.replace("\0", "\ufffd").lstrip("/")
            yield Member(shown, place, f"{entry.CRC:x}.{entry.file_size}", refused)

    def read(self, place: int) -> bytes:
        """The bytes of one member."""
        entry = self._entries[place]
        if refused := _refusal(entry, _name(entry)):
            raise Refused(refused)
        try:
            with self._zip.open(entry) as file:
                data = file.read(LARGEST_FILE + 1)
                if len(data) <= LARGEST_FILE and file.read(1):
                    raise zipfile.BadZipFile
        except (NotImplementedError, RuntimeError) as error:
            raise Refused("It is packed in a way that we do not read.") from error
        except Exception as error:
            raise Refused("It is damaged inside the archive and cannot be unpacked.") from error
        if len(data) > LARGEST_FILE:
            raise Refused(_TOO_LARGE)
        return data


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name. A Mac writes UTF-8 and does not say so."""
    name = entry.orig_filename
    if not (entry.flag_bits & 0x800 or name.isascii()):
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


_TOO_LARGE = (
    f"It would unpack to more than {LARGEST_FILE // 1_000_000} MB, the most a hand-in can have."
)
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)", re.DOTALL)


def _refusal(entry: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not read; nothing if it is."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if _OUTSIDE.match(name) or "\0" in name:
        return "Its name in the archive leads outside of it."
    if kind == stat.S_IFLNK:
        return "It is a link to another place; links are not followed."
    if kind not in (0, stat.S_IFREG):
        return "It is no ordinary file (a pipe, a socket or a device)."
    if entry.flag_bits & 1:
        return "It is locked with a password. Ask for it without one."
    if entry.compress_type not in _PACKED:
        return "It is packed in a way that we do not read."
    if entry.file_size > LARGEST_FILE:
        return _TOO_LARGE
    if entry.file_size > 1_000_000 and entry.file_size > _STEEPEST * entry.compress_size:
        return f"It would unpack to more than {_STEEPEST} times its size, as no hand-in does."
    return ""


def _check_directory(file: IO[bytes], most: int) -> None:
    """Refuse an archive whose table of contents is larger than ``most`` before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL - 20))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0:
        raise zipfile.BadZipFile
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[at - 20 : at]
    if at >= 20 and locator.startswith(b"PK\6\7"):  # a large archive keeps the length elsewhere
        file.seek(int.from_bytes(locator[8:16], "little"))
        length = max(length % 0xFFFFFFFF, int.from_bytes(file.read(56)[40:48], "little"))
    if length > most:
        raise Refused("The archive's table of contents is longer than that of any class.")
    file.seek(0)


def open_archive(path: str) -> Archive:
    """The archive at a path on the disk."""
    return Archive(BufferedReader(cast(RawIOBase, open_regular(path))), 0)


class Inside:
    """Files in archives, asked for one after another: the last archive stays open meanwhile."""

    def __init__(self) -> None:
        self._at: tuple[str, tuple[int, ...]] | None = None
        self._archive: Archive | None = None

    def read(self, path: str, places: tuple[int, ...]) -> bytes:
        """The bytes of the file at ``places`` in the archive at ``path``."""
        if self._archive is None or self._at != (path, places[:-1]):
            self.close()
            self._archive = _opened(path, places[:-1])
            self._at = (path, places[:-1])
        return self._archive.read(places[-1])

    def close(self) -> None:
        """Let go of the last archive."""
        if self._archive:
            self._archive.close()
        self._archive = None


def _opened(path: str, places: tuple[int, ...]) -> Archive:
    """The archive that is ``places`` deep in the one at ``path``."""
    archive = open_archive(path)
    for depth, place in enumerate(places, 1):
        try:
            inner = Archive(BytesIO(archive.read(place)), depth)
        finally:
            archive.close()
        archive = inner
    return archive
