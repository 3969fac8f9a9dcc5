"""Let coverage guide what is thrown at the readers of literals, notebooks and archives.

python tools/fuzz_readers.py [--seconds 600] [--corpus FOLDER]      (needs: pip install atheris)

The first byte of an input says which reader gets the rest. A reader answers or says ``Refused``;
anything else is a find, which libFuzzer keeps as ``crash-…`` or ``timeout-…``. What the reader of
literals takes for a value must be what Python's own reader takes it for.
"""

# ruff: noqa: E402 - the seeds stand among the tests

from __future__ import annotations

import argparse
import ast
import sys
import tempfile
import warnings
from io import BytesIO
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

with atheris.instrument_imports(include=["workbook.classroom", "workbook.judging"]):
    from workbook.classroom.archives import Archive
    from workbook.classroom.bounds import Refused
    from workbook.classroom.handin import understand
    from workbook.classroom.literal import Unreadable, typed_answers
    from workbook.classroom.marking import mark
    from workbook.classroom.scale import Scale

from fuzz_grading import seeds
from small_case import small_case
from workbook.scoring import same_value

READERS = ("literal", "a.jsonl", "a.ipynb", "archive")


def literal(data: bytes) -> None:
    """A typed answer: what we read is what Python reads."""
    text = data.decode("utf-8", "replace")
    for typed in typed_answers(f"ask.who.answer({text})")[:1]:
        if typed.exercise != "who" or isinstance(typed.value, Unreadable) or typed.value is ...:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(f"ask.who.answer({text})")
            calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
            first = min(
                calls, key=lambda one: (one.lineno, one.col_offset, -(one.end_col_offset or 0))
            )
            (argument,) = first.args
            value = ast.literal_eval(argument)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # we are the kinder reader of a cell that breaks off behind the answer
        assert same_value(typed.value, value), (typed.value, value)


def archive(data: bytes) -> None:
    """A zip archive and what is in it."""
    opened = Archive(BytesIO(data), 1)
    try:
        for member in list(opened.members())[:20]:
            try:
                opened.read(member.place)
            except Refused as reason:
                assert str(reason)
    finally:
        opened.close()


def main() -> None:
    """Hand everything to libFuzzer."""
    parser = argparse.ArgumentParser(description="Fuzz the readers, guided by coverage.")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument(
        "--corpus", type=Path, default=ROOT / "_build/fuzz-corpus", metavar="FOLDER"
    )
    given = parser.parse_args()
    given.corpus.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    scale = Scale(small_case(folder / "case"))
    for number, (name, data) in enumerate(seeds(folder)):
        reader = 3 if name.endswith(".zip") else 2 if name.endswith(".ipynb") else 1
        (given.corpus / f"seed-{number}").write_bytes(bytes([reader]) + data)
    for number, text in enumerate(
        ("'op'", "['op', \"anna\"]", "{'op': 1.5e3, }", "r'\\x41' u'''b'''")
    ):
        (given.corpus / f"text-{number}").write_bytes(b"\0" + text.encode())

    def one(data: bytes) -> None:
        reader = READERS[data[0] % 4 if data else 0]
        try:
            if reader == "literal":
                literal(data[1:])
            elif reader == "archive":
                archive(data[1:])
            else:
                marks = mark(scale, understand(reader, data[1:]))
                assert marks.status == "graded" or marks.reason
        except Refused as reason:
            assert str(reason)

    flags = [
        f"-max_total_time={given.seconds}",
        "-timeout=30",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *flags, str(given.corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
