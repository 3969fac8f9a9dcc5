"""The work on hand-ins, a bundle at a time.

A worker gets names of files and gives marks as bytes. It opens the case for itself, so nothing of
the case travels; who the workers are is said in ``workers.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeVar

import msgspec

from ..case import Case, open_case
from .archives import Inside
from .bounds import Refused, read_stamped
from .earned import whole
from .formats import NotAHandIn, kind_by_name
from .gathering import Source
from .handin import understand
from .marking import Marks, mark
from .scale import Scale
from .store import Kept

__all__ = [
    "BUNDLE",
    "Job",
    "Setup",
    "bundles",
    "decode_marks",
    "grade_bundle",
    "scale_of",
]

BUNDLE = 200
"""Hand-ins in a bundle: small beside a class, and large beside what handing it over costs."""

_encode = msgspec.msgpack.Encoder().encode
decode_marks = msgspec.msgpack.Decoder(Marks).decode

Got = TypeVar("Got")


class Setup(NamedTuple):
    """What a worker needs to know: the case's folder and the teacher's rules."""

    folder: str
    accept: str
    chapters: tuple[str, ...]
    policy: str


class Job(NamedTuple):
    """A hand-in to read; ``sha`` and ``marks`` are what an earlier run found, if one did."""

    source: Source
    sha: bytes = b""
    marks: bytes = b""


@cache
def _scale(setup: Setup) -> Scale:
    case = open_case(setup.folder)
    return scale_of(case, setup)


def scale_of(case: Case, setup: Setup) -> Scale:
    """The case's exercises under the rules of a setup."""
    return Scale(case, msgspec.json.decode(setup.accept), setup.chapters, setup.policy)


def grade_bundle(setup: Setup, jobs: Sequence[Job], scale: Scale | None = None) -> list[Kept]:
    """Read and mark each hand-in of a bundle."""
    scale = scale or _scale(setup)
    inside = Inside()
    try:
        return [_grade(scale, job, inside) for job in jobs]
    finally:
        inside.close()


def _grade(scale: Scale, job: Job, inside: Inside) -> Kept:
    stamp, sha = "", b""
    try:
        source = job.source
        if source.refused:
            raise Refused(source.refused)
        kind_by_name(source.name)
        if source.places:
            data, stamp = inside.read(source.path, source.places), source.stamp
        else:
            data, stamp = read_stamped(source.path)
        sha = hashlib.sha256(data).digest()
        if sha == job.sha:
            return Kept(stamp, sha, job.marks)
        marks = mark(scale, understand(source.name, data))
        return Kept(stamp, sha, _encoded(marks))
    except Refused as reason:
        marks = Marks("rejected", str(reason), company=isinstance(reason, NotAHandIn))
    except Exception as error:  # the batch goes on, whatever we got wrong about this one
        marks = Marks(
            "needs a person",
            f"Grading failed through a fault of ours ({type(error).__name__}); the file is as it "
            "was. Please grade it by hand and tell the makers of this workbook.",
        )
        stamp, sha = "", b""
    return Kept(stamp, sha, _encode(marks))


def _encoded(marks: Marks) -> bytes:
    """Marks as bytes. A record can hold half characters anywhere, which no file can."""
    try:
        return _encode(marks)
    except UnicodeEncodeError:
        fields = {name: getattr(marks, name) for name in marks.__struct_fields__}
        given = fields.pop("given")  # packed, and made whole when it was
        return _encode(Marks(**whole(fields), given=given))


def bundles(things: Iterable[Got]) -> Iterator[list[Got]]:
    """Things by the bundle, in order."""
    rest = iter(things)
    while bundle := list(islice(rest, BUNDLE)):
        yield bundle
