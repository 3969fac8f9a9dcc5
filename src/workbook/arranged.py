"""What a case lays out for its pictures and no other file has: ``gallery.toml``.

An argument is a chain of stages from its claim down to its evidence. A matrix is a table of
explanations and findings that a page thinks through in the open, and that nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from .edition import Edition
from .reading import Reader

__all__ = ["Argument", "Arranged", "Committee", "Matrix", "Row", "Stage", "Words", "read_arranged"]

FILE = "gallery.toml"
VALUES = ("consistent", "inconsistent", "neither", "cannot tell")
"""What a cell of a matrix may say, as in an exercise of the kind ``matrix``."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a passage (``exact``), or ours for it (``says``); the passage gives the voice."""

    passage: str
    exact: str = ""
    says: str = ""


class Stage(Words, frozen=True, forbid_unknown_fields=True):
    """One step of an argument, and the ``plank`` by which the stage below carries it."""

    plank: str = ""
    stated: bool = False
    attack: tuple[Words, ...] = ()
    undercut: tuple[Words, ...] = ()


class Argument(Struct, frozen=True, forbid_unknown_fields=True):
    """A chain of stages, the claim first."""

    id: str
    stage: tuple[Stage, ...]


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """An explanation, and for each finding a cell and the reason for it."""

    label: str
    cells: tuple[str, ...]
    why: tuple[str, ...] = ()


class Matrix(Struct, frozen=True, forbid_unknown_fields=True):
    """Explanations in rows, ``findings`` in columns."""

    id: str
    findings: tuple[str, ...]
    row: tuple[Row, ...]


class Committee(Struct, frozen=True, forbid_unknown_fields=True):
    """What a committee's picture is called, the year it begins in, and the years that it shades."""

    id: str
    title: str
    since: int
    shade: tuple[int, int] = (0, 0)
    shade_label: str = ""


class Arranged(Struct, frozen=True):
    """All that is laid out, by id in the order of the file."""

    arguments: Mapping[str, Argument] = {}
    matrices: Mapping[str, Matrix] = {}
    committees: Mapping[str, Committee] = {}


def read_arranged(reader: Reader, edition: Edition) -> Arranged:
    """Read ``gallery.toml``, where a case has one; what is wrong in it is noted."""
    if not reader.has(FILE):
        return Arranged()
    raw = reader.tables(FILE, "argument", "matrix", "committee")
    arguments: dict[str, Argument] = dict(_many(reader, "argument", Argument, raw))
    for item, argument in arguments.items():
        if not argument.stage:
            reader.wrong(FILE, item, "has no stage; give it an [[argument.stage]]")
        for said in _said(argument):
            _check(reader, edition, item, said)
    matrices: dict[str, Matrix] = dict(_many(reader, "matrix", Matrix, raw))
    for item, matrix in matrices.items():
        _check_matrix(reader, item, matrix)
    committees: dict[str, Committee] = dict(_many(reader, "committee", Committee, raw))
    for item, one in committees.items():
        if one.shade[0] > one.shade[1]:
            reader.wrong(FILE, item, f"`shade` runs backwards, from {one.shade[0]}; turn it round")
    return Arranged(arguments, matrices, committees)


def _many(
    reader: Reader, name: str, kind: Any, raw: Mapping[str, object]
) -> Iterator[tuple[str, Any]]:
    return reader.many(FILE, name, kind, raw[name])


def _said(argument: Argument) -> Iterator[Words]:
    for stage in argument.stage:
        yield stage
        yield from stage.attack
        yield from stage.undercut


def _check(reader: Reader, edition: Edition, item: str, said: Words) -> None:
    if said.passage in reader.unsound:
        return
    if not reader.known(FILE, item, "passage", said.passage, edition.passages):
        return
    if bool(said.exact) == bool(said.says):
        where = f"what is taken from passage “{said.passage}”"
        reader.wrong(FILE, item, f"{where} needs either `exact` or `says`, and not both")
    words = " ".join(edition.passages[said.passage].exact.split())
    if said.exact and said.exact not in words:
        reader.wrong(
            FILE,
            item,
            f"“{said.exact}” does not stand in passage “{said.passage}”; copy the words from it",
        )


def _check_matrix(reader: Reader, item: str, matrix: Matrix) -> None:
    if not matrix.findings or not matrix.row:
        reader.wrong(FILE, item, "a matrix needs at least one finding and one [[matrix.row]]")
    for row in matrix.row:
        if len(row.cells) != len(matrix.findings):
            said = f"the row “{row.label}” needs a cell for each of {len(matrix.findings)} findings"
            reader.wrong(FILE, item, f"{said}, and has {len(row.cells)}")
        if row.why and len(row.why) != len(row.cells):
            said = f"the row “{row.label}” needs a reason for each of its {len(row.cells)} cells"
            reader.wrong(FILE, item, f"{said}, or none at all, and has {len(row.why)}")
        for cell in row.cells:
            reader.chosen(FILE, item, "the cell", cell, VALUES)
