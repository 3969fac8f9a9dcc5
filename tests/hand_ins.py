"""One hand-in of every class that ``book/grading.md`` promises something about."""

from __future__ import annotations

import json
import os
import stat
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from workbook.ask import RECORD_MIME

Made = tuple[str, bytes | Callable[[Path], None]]
"""A file's name, and its bytes or what puts it in place."""


def line(exercise: str, answer: Any, **other: Any) -> str:
    """One line of a record; ``other`` replaces its other fields."""
    revision = 2 if exercise == "who" else 1
    made = {"format": 1, "case": "rain", "exercise": exercise, "revision": revision}
    made |= {"answer": answer, "stage": None, "time": "2026-11-23T21:04:06.123Z", **other}
    return json.dumps(made, separators=(",", ":"))


def name(learner: str) -> str:
    """The line with a learner's name that the page puts before a record."""
    return json.dumps({"format": 1, "learner": learner}, separators=(",", ":"))


def record(*lines: str) -> bytes:
    return "".join(one + "\n" for one in lines).encode()


def code(source: str, *outputs: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"c{zlib.crc32(source.encode('utf-8', 'replace'))}",
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "m", "metadata": {}, "source": [source]}


def kept(*lines: Any, case: str = "rain") -> dict[str, Any]:
    """The cell that ``ask.hand_in()`` leaves, with a record in its output."""
    embedded = {"format": 1, "case": case, "lines": list(lines)}
    data = {"text/plain": "Answered.", RECORD_MIME: embedded}
    return code("ask.hand_in()", {"output_type": "display_data", "data": data, "metadata": {}})


def notebook(*cells: Any, **other: Any) -> bytes:
    made = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **other}
    return json.dumps(made).encode()


RIGHT = line("mode", "quoted")
WRONG = line("mode", "invented")
WHO = line("who", ["op", "anna", "ben"])
MODE_FORM, CONTENT_FORM = code("ask.mode.answer(...)"), code("ask.content.answer(...)")
TYPED = code('ask.content.answer("it rained")')
DEEP = "[" * 200_000


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(25_000_000)


def _large_cell(path: Path) -> None:
    path.write_bytes(notebook(code("#"))[:-80])
    with path.open("r+b") as file:
        file.truncate(60_000_000)


def _as_lines(cell: dict[str, Any]) -> dict[str, Any]:
    """The cell that ``ask.hand_in()`` leaves, with its record as lines of text."""
    for output in cell["outputs"]:
        text = json.dumps(output["data"][RECORD_MIME], indent=1)
        output["data"][RECORD_MIME] = text.splitlines(keepends=True)
    return cell


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


Entry = tuple[str | zipfile.ZipInfo, bytes]


def zipped(*entries: Entry) -> bytes:
    """An archive with these entries, by name or whole entry, and bytes."""
    made = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two entries of one name are among what we try
        for name, data in entries:
            archive.writestr(name, data)
    return made.getvalue()


def _zip_link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("a.jsonl")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def _locked() -> bytes:
    """An archive whose one entry says that it is locked with a password."""
    data = bytearray(zipped(("a.jsonl", record(RIGHT))))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _packed_otherwise() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.jsonl", record(RIGHT))
    return made.getvalue()


def _backslashes() -> bytes:
    """An archive with names as Windows writes them: folders, and a letter of its old alphabet."""
    data = zipped(("work/J-rg_a.jsonl", record(RIGHT)))
    return data.replace(b"work/J-rg", b"work\\J\x94rg")


def _nested(deep: int) -> bytes:
    data = record(RIGHT)
    inner = "a.jsonl"
    for level in range(deep):
        data, inner = zipped((inner, data)), f"{level}.zip"
    return data


def _bomb() -> bytes:
    """Members that each claim to unpack to a gigabyte, and together to 30 GB."""
    data = bytearray(zipped(*((f"{n}.jsonl", b"x") for n in range(30))))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = (1_000_000_000).to_bytes(4, "little")
        at = data.find(b"PK\1\2", at + 4)
    return bytes(data)


def _spoilt() -> bytes:
    """An archive whose entry was changed after it was packed."""
    data = bytearray(zipped(("a.jsonl", record(RIGHT))))
    data[50] ^= 255
    return bytes(data)


HAND_INS: dict[str, Made] = {
    # what is graded
    "a record": ("a.jsonl", record(RIGHT, line("content", "rained"))),
    "a notebook with its record": ("a.ipynb", notebook(MODE_FORM, CONTENT_FORM, kept(RIGHT))),
    "a notebook with all answers typed, outputs cleared": (
        "a.ipynb",
        notebook(code('ask.mode.answer("quoted")'), TYPED, code("ask.hand_in()")),
    ),
    "a wrong answer (its 0 is earned)": ("a.jsonl", record(WRONG)),
    "a byte-order mark before the record": ("a.jsonl", b"\xef\xbb\xbf" + record(RIGHT)),
    "a clock that ran backwards": (
        "a.jsonl",
        record(WRONG, line("mode", "quoted", time="2020-01-01T00:00:00.000Z")),
    ),
    "a record cut off in its last line": ("a.jsonl", record(RIGHT, WHO)[:-30]),
    "a line cut off by a crash, closed by the next": ("a.jsonl", record(WHO[:50], RIGHT)),
    "answers to another thread among ours": ("a.jsonl", record(RIGHT, line("x", "y", case="sun"))),
    "an older answer and a newer one to a changed question": (
        "a.jsonl",
        record(line("who", ["op"], revision=1), WHO),
    ),
    "cells with no metadata, ids or outputs": (
        "a.ipynb",
        notebook(
            {"cell_type": "code", "source": ['ask.mode.answer("quoted")\n', "1"]},
            {"cell_type": "code", "source": 'ask.content.answer("it rained")'},
        ),
    ),
    "two cells with one id": ("a.ipynb", notebook(TYPED, TYPED, MODE_FORM, kept(RIGHT))),
    "an answer cell repeated with another answer": (
        "a.ipynb",
        notebook(
            code('ask.mode.answer("invented")'), code('ask.mode.answer("quoted")'), TYPED, kept()
        ),
    ),
    "the cell of an answered exercise taken out": ("a.ipynb", notebook(TYPED, kept(WRONG))),
    "the cell of an unanswered exercise taken out (`possible` is one less)": (
        "a.ipynb",
        notebook(TYPED, kept()),
    ),
    "a record that reaches into another chapter": (
        "a.ipynb",
        notebook(MODE_FORM, CONTENT_FORM, kept(RIGHT, WHO)),
    ),
    "answer cells in another order": (
        "a.ipynb",
        notebook(TYPED, code('ask.mode.answer("quoted")'), code("ask.hand_in()")),
    ),
    "comments, line breaks, a semicolon or print() around an answer": (
        "a.ipynb",
        notebook(
            code('# I think so\r\nprint(ask.mode.answer(\r\n    "quoted",  # or not\r\n));'),
            code("x = ask.content.answer(f'it rained')\nx"),
        ),
    ),
    "%time before an answer": ("a.ipynb", notebook(code('%time ask.mode.answer("quoted")'))),
    "an answer worked out by code, which the record kept": (
        "a.ipynb",
        notebook(code('mine = "quoted"\nask.mode.answer(mine)'), TYPED, kept(RIGHT)),
    ),
    "a notebook that went through Colab": (
        "Copy of a.ipynb",
        notebook(
            {**MODE_FORM, "metadata": {"id": "x1", "outputId": "c0"}},
            kept(RIGHT),
            metadata={"colab": {"provenance": []}, "accelerator": "GPU"},
            nbformat_minor=0,
        ),
    ),
    "a notebook whose editor kept the record as text": (
        "a.ipynb",
        notebook(MODE_FORM, _as_lines(kept(RIGHT))),
    ),
    "a record named as a notebook": ("a.ipynb", record(RIGHT, WHO)),
    "a notebook named as a record": ("a.jsonl", notebook(TYPED)),
    "a record that was saved as text": ("answers.jsonl.txt", record(RIGHT)),
    "a record whose name has no ending": ("answers", record(RIGHT)),
    "a notebook that was saved as JSON": ("a.ipynb.json", notebook(TYPED)),
    "a second file of one name": ("answers (1).jsonl", record(RIGHT)),
    "a record with the line ends of Windows": ("a.jsonl", record(RIGHT).replace(b"\n", b"\r\n")),
    "a record laid out over many lines": (
        "a.jsonl",
        json.dumps([json.loads(RIGHT), json.loads(WHO)], indent=2).encode(),
    ),
    "a record with a comma after each line": ("a.jsonl", f"{RIGHT},\n{WHO}\n".encode()),
    "HTML and script in the learner's name": ("a.jsonl", record(name("<script>x</script>"), RIGHT)),
    "a spreadsheet formula for a name": ("a.jsonl", record(name("=1+1"), RIGHT)),
    "a file name that Windows keeps for itself": ("CON.jsonl", record(RIGHT)),
    "a file name of 300 bytes, in a zip archive": (
        "a.zip",
        zipped(("x" * 294 + ".jsonl", record(RIGHT))),
    ),
    "a zip archive with the names of Windows": ("a.zip", _backslashes()),
    "a record in a zip archive": ("a.zip", zipped(("a.jsonl", record(RIGHT)))),
    "a zip archive in a zip archive": ("a.zip", _nested(2)),
    # what needs a person
    "nothing answered": ("a.ipynb", notebook(MODE_FORM, CONTENT_FORM, kept())),
    "forms and no record": ("a.ipynb", notebook(MODE_FORM, CONTENT_FORM, code("ask.hand_in()"))),
    "some answers typed, other forms without a record": ("a.ipynb", notebook(MODE_FORM, TYPED)),
    "the record of another thread": ("a.ipynb", notebook(MODE_FORM, TYPED, kept(case="sun"))),
    "only answers to another thread": ("a.jsonl", record(line("x", "y", case="sun"))),
    "a number where a name belongs": ("a.jsonl", record(line("who", [7]))),
    "true where a name belongs": ("a.jsonl", record(line("mode", True))),
    "NaN": ("a.jsonl", record(line("mode", float("nan")))),
    "infinity": ("a.jsonl", record(line("mode", float("inf")), RIGHT)),
    "half a character (a lone surrogate)": ("a.jsonl", record(line("mode", "\ud800"))),
    "half a character in a name, a stage and a time": (
        "a.jsonl",
        record(
            line("mode", "quoted", stage="\udfff", time="\ud800"),
            line("wh\ud800", "x"),
            '{"format":1,"learner":"A\\ud800"}',
        ),
    ),
    "HTML and script in an answer": ("a.jsonl", record(line("mode", "<script>alert(1)</script>"))),
    "a spreadsheet formula in an answer": ("a.jsonl", record(line("mode", "=1+1"))),
    "a million voices typed": (
        "a.ipynb",
        notebook(
            code("ask.who.answer([" + '"op",' * 1_000_000 + "])"), MODE_FORM, TYPED, kept(RIGHT)
        ),
    ),
    "thirty thousand voices typed": (
        "a.ipynb",
        notebook(code("ask.who.answer([" + '"op",' * 30_000 + "])")),
    ),
    "cells of two million characters and more": (
        "a.ipynb",
        notebook(MODE_FORM, TYPED, kept(RIGHT), *[code("#" * 190_000)] * 11),
    ),
    "more than 10,000 cells": ("a.ipynb", notebook(TYPED, *[code("")] * 10_000)),
    "a very long whole number typed": (
        "a.ipynb",
        notebook(code("ask.mode.answer(" + "9" * 5000 + ")"), TYPED),
    ),
    "brackets without end typed": (
        "a.ipynb",
        notebook(code("ask.who.answer(" + "[" * 100_000), TYPED, kept()),
    ),
    "a name twice in a typed answer": (
        "a.ipynb",
        notebook(code('ask.sure.answer({"op": "not committed", "op": "certain for"})')),
    ),
    "code instead of a plain value": ("a.ipynb", notebook(code("ask.who.answer(guess(1))"), TYPED)),
    "curly quotation marks": ("a.ipynb", notebook(code("ask.mode.answer(“quoted”)"), TYPED)),
    "a sign that cannot be seen in a typed answer": (
        "a.ipynb",
        notebook(code('ask.mode.answer(\u200b"quoted")'), TYPED),
    ),
    "an exercise's name in look-alike letters": (
        "a.ipynb",
        notebook(code('ask.modе.answer("quoted")'), TYPED),
    ),
    "an answer moved to a text cell": (
        "a.ipynb",
        notebook(text('ask.mode.answer("quoted")'), TYPED, kept()),
    ),
    "an answer in a text cell, its own cell left blank": (
        "a.ipynb",
        notebook(text('ask.mode.answer("quoted")'), MODE_FORM, TYPED, kept()),
    ),
    "an answer in a raw cell": (
        "a.ipynb",
        notebook({**text('ask.mode.answer("quoted")'), "cell_type": "raw"}, TYPED, kept()),
    ),
    "an answer cell split in two": (
        "a.ipynb",
        notebook(code("ask.mode.answer("), code('"quoted")'), TYPED, kept()),
    ),
    "an answer in a variable, and no record": (
        "a.ipynb",
        notebook(code('mine = "quoted"\nask.mode.answer(mine)'), TYPED),
    ),
    "curly quotation marks around another answer than the record's": (
        "a.ipynb",
        notebook(code("ask.mode.answer(“quoted”)"), TYPED, kept(WRONG)),
    ),
    "a set where a list belongs": ("a.ipynb", notebook(code('ask.who.answer({"op", "ben"})'))),
    "a whole number of 60 digits in a record": ("a.jsonl", record(line("mode", 10**60), RIGHT)),
    "a whole number of 400 digits where the format stands": (
        "a.jsonl",
        record(RIGHT.replace('"format":1', f'"format":{10**400}'), WHO),
    ),
    "another student's record with a second name put in": (
        "a.jsonl",
        record(name("Anna"), name("Ben"), RIGHT),
    ),
    "an exercise we do not have": ("a.jsonl", record(RIGHT, line("whom", "quoted"))),
    "an older revision of a question": ("a.jsonl", record(line("who", ["op"], revision=1))),
    "a damaged line in the middle of a record": ("a.jsonl", record(RIGHT, "{nonsense}", WHO)),
    "a line of something else in a record": ("a.jsonl", record(RIGHT, "Well done!", WHO)),
    "a record in a text, under a heading": ("a.txt", b"Anna, chapter 1\n" + record(RIGHT, WHO)),
    "a line that names a field twice": (
        "a.jsonl",
        record(RIGHT, WHO.replace('"stage"', '"answer":"x","stage"')),
    ),
    "a line longer than an answer can be": (
        "a.jsonl",
        record(line("who", ["op"] * 1_000_000), RIGHT),
    ),
    "a line nested 200,000 deep": ("a.jsonl", record(RIGHT, '{"answer":' + DEEP + "}")),
    "a damaged record in a notebook": ("a.ipynb", notebook(TYPED, MODE_FORM, kept(RIGHT, "{}", 7))),
    "a record of a strange form in a notebook": (
        "a.ipynb",
        notebook(
            TYPED,
            code("", {"output_type": "display_data", "data": {RECORD_MIME: ["?"]}}),
        ),
    ),
    "a damaged cell": ("a.ipynb", notebook(7, {"cell_type": "code"}, TYPED)),
    "a notebook that names a field twice": (
        "a.ipynb",
        notebook(TYPED)[:-1] + b',"nbformat_minor":5}',
    ),
    # what is rejected
    "an empty file": ("a.jsonl", b""),
    "nothing but white space": ("a.ipynb", b" \n\n"),
    "a binary file": ("a.ipynb", b"\1\2\3\0\4\5"),
    "a picture named as a notebook": ("a.ipynb", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "a PDF document named as a notebook": ("a.ipynb", b"%PDF-1.7\n1 0 obj"),
    "a web page saved as a notebook": ("a.ipynb", b"<!DOCTYPE html><title>Sign in</title>"),
    "a link to a notebook, saved as a file": ("a.ipynb.webloc", b'<?xml version="1.0"?><plist/>'),
    "a text with formatting named as a record": (
        "a.jsonl",
        b"{\\rtf1\\ansi " + record(RIGHT) + b"}",
    ),
    "an archive or office document named as a notebook": ("a.ipynb", zipped(("a.xml", b"<x/>"))),
    "UTF-16": ("a.jsonl", record(RIGHT).decode().encode("utf-16")),
    "UTF-16, and saved as text": ("a.jsonl.txt", record(RIGHT).decode().encode("utf-16")),
    "Latin-1": ("a.ipynb", notebook(text("x")).replace(b'"x"', b'"caf\xe9"')),
    "a file cut off": ("a.ipynb", notebook(MODE_FORM, TYPED)[:-40]),
    "a notebook cut off, and saved as text": ("a.ipynb.txt", notebook(MODE_FORM, TYPED)[:-40]),
    "JSON nested 200,000 deep": ("a.ipynb", DEEP.encode()),
    "JSON that is no notebook": ("a.ipynb", b'{"name": "Anna"}'),
    "a notebook of format 3": ("a.ipynb", notebook(nbformat=3)),
    "a notebook of format 99": ("a.ipynb", notebook(nbformat=99)),
    "a notebook without cells": ("a.ipynb", b'{"nbformat": 4}'),
    "a record of a newer format": ("a.jsonl", record(RIGHT.replace('"format":1', '"format":2'))),
    "a file that is not a record": ("a.jsonl", b"My answer is: op\n"),
    "a file of another kind": ("a.docx", b"PK"),
    "a text that is no record": ("answers.txt", b"1. quoted\n2. it rained\n"),
    "other JSON": ("package.json", b'{"name": "x"}'),
    "an archive of another kind than zip": ("a.7z", b"7z"),
    "a zip archive that is none": ("a.zip", b"PK"),
    "a zip archive cut off": ("a.zip", zipped(("a.jsonl", record(RIGHT)))[:-30]),
    "a zip archive with nothing in it": ("a.zip", zipped()),
    "a zip archive changed on the way": ("a.zip", _spoilt()),
    "a name in a zip archive that leads outside": (
        "a.zip",
        zipped(("../../a.jsonl", record(RIGHT))),
    ),
    "a file without a name in a zip archive": (
        "a.zip",
        zipped(("a.jsonl", record(RIGHT))).replace(b"a.jsonl", b"\0.jsonl"),
    ),
    "a link in a zip archive": ("a.zip", zipped((_zip_link(), b"/etc/hostname"))),
    "a zip archive locked with a password": ("a.zip", _locked()),
    "a zip archive packed in an unusual way": ("a.zip", _packed_otherwise()),
    "archives in one another, four deep": ("a.zip", _nested(4)),
    "a zip archive that blows up 1,000 times": (
        "a.zip",
        zipped(("a.jsonl", b" " * 15_000_000)),
    ),
    "a zip archive with a file of more than 20 MB": (
        "a.zip",
        zipped(("a.jsonl", bytes(25_000_000))),
    ),
    "a zip archive that would unpack to 30 GB": ("a.zip", _bomb()),
    "more than a million parts": (
        "a.ipynb",
        notebook().replace(b"[]", b"[" + b"[]," * 1_000_000 + b"0]"),
    ),
    "more than four million numbers": (
        "a.ipynb",
        notebook().replace(b"[]", b"[" + b"1," * 4_000_000 + b"1]"),
    ),
    "more than 20 MB": ("a.ipynb", _large),
    "a cell of 60 MB": ("a.ipynb", _large_cell),
    "a link": ("a.ipynb", _link),
    "a pipe": ("a.ipynb", os.mkfifo if hasattr(os, "mkfifo") else _link),
}
