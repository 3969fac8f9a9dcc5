"""A class of 24 hand-ins, eight of them broken, and the tables that grading must make of it.

`python tests/class_of_24.py` writes the tables in `tests/golden` anew, after a change that is
meant to change them. Read what differs before you commit it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hand_ins import (
    CONTENT_FORM,
    DEEP,
    MODE_FORM,
    RIGHT,
    WHO,
    WRONG,
    code,
    kept,
    line,
    notebook,
    record,
    zipped,
)
from small_case import _COMMON, small_case
from workbook import Case, open_case
from workbook.classroom.grade import Options, Summary, grade

GOLDEN = Path(__file__).parent / "golden"

WRITTEN = f"""
[[exercise]]
id = "tell"
kind = "write"
title = "Tell a friend"
{_COMMON.split(chr(10) + "fallback")[0]}
prompt = "Tell a friend what Ben said."
words = {{ least = 3, most = 40 }}
samples = [
  {{ level = "basic", text = "It rained.", why = "The voices are gone." }},
  {{ level = "emergent", text = "Ben says that it rained.", why = "One voice is gone." }},
  {{ level = "proficient", text = "Anna quotes Ben: it rained.", why = "Both are there." }},
]
"""

CONTENT = line("content", "it rained")
NAME = line("content", "Anna")
SURE = line("sure", {"op": "not committed", "ben": "certain for"})
SHORT_CHAIN = line("who", ["op"])
TEXT = line("tell", "Anna quotes Ben. She says that he says that it rained.")
FORMULA = line("tell", '=HYPERLINK("x") is what a formula looks like, and <b>this</b> is a tag.')
ALL = (RIGHT, CONTENT, WHO, SURE)

SOUND = {
    "berganna_1_101_answers.jsonl": record(*ALL, TEXT),
    "colebo_2_102_answers.jsonl": record(WRONG, RIGHT, CONTENT, WHO, SURE),
    "diazeva_3_103_answers.jsonl": record(WRONG, CONTENT),
    "diazeva_3_104_answers-1.jsonl": record(RIGHT, SHORT_CHAIN, WHO),
    "emreali_4_105_answers.jsonl": record(*ALL),
    "frymia_5_106_answers.jsonl": record(NAME, NAME, CONTENT, RIGHT),
    "grayleo_6_107_answers.jsonl": record(RIGHT, FORMULA),
    "hanli_7_108_work.ipynb": notebook(MODE_FORM, CONTENT_FORM, kept(RIGHT, CONTENT)),
    "irvjo_8_109_work.ipynb": notebook(
        code('ask.mode.answer("quoted")'), code('ask.content.answer("Anna")')
    ),
    "juddkai_LATE_9_110_answers.jsonl": record(*ALL),
    "khanamy_10_111_answers.zip": zipped(("in a folder/answers.jsonl", record(*ALL))),
    "lunaben_11_112_answers.jsonl": record(RIGHT, WHO, SURE)[:-40],
    "mayzoe_12_113_answers.jsonl": b"\xef\xbb\xbf" + record(WRONG, line("mode", "reported")),
    "neriivo_13_114_answers.jsonl": record(*ALL, line("x", "y", case="sun")),
    "ortizuma_14_115_answers.jsonl": record(CONTENT, SURE),
    "strangerian_99_116_answers.jsonl": record(RIGHT),
}

BROKEN = {
    "parkjin_15_117_answers.jsonl": b"",
    "quinnmax_16_118_work.ipynb": notebook(MODE_FORM, CONTENT_FORM)[:-40],
    "reedada_17_119_work.ipynb": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "sotopia_18_120_answers.jsonl": record(*ALL).decode().encode("utf-16"),
    "taolin_19_121_work.ipynb": notebook(nbformat=3),
    "ueharai_20_122_work.ipynb": DEEP.encode(),
    "vegasam_21_123_work.ipynb": notebook(code("ask.who.answer(guess(1))"), kept(RIGHT)),
    "wolftom_22_124_answers.zip": zipped(("../../answers.jsonl", record(*ALL))),
}

NAMES = [
    "Berg, Anna",
    "Cole, Bo",
    "Diaz, Eva",
    "Emre, Ali",
    "Fry, Mia",
    "Gray, Leo",
    "Han, Li",
    "Irv, Jo",
    "Judd, Kai",
    "Khan, Amy",
    "Luna, Ben",
    "May, Zoe",
    "Neri, Ivo",
    "Ortiz, Uma",
    "Park, Jin",
    "Quinn, Max",
    "Reed, Ada",
    "Soto, Pia",
    "Tao, Lin",
    "Uehara, I",
    "Vega, Sam",
    "Wolf, Tom",
    "Xu, Yan",
    "Young, Tess",
]
"""Students 1 to 24 of the class list; 23 and 24 hand in nothing, and a stranger hands in."""


def case_of_24(folder: Path) -> Case:
    """The small case, with a text to write."""
    small_case(folder)
    (folder / "exercises" / "03.toml").write_text(WRITTEN, "utf-8", newline="\n")
    return open_case(folder)


def class_of_24(folder: Path) -> Path:
    """Write the hand-ins and the class list; returns the folder of hand-ins."""
    handins = folder / "hand-ins"
    handins.mkdir(parents=True)
    for name, data in {**SOUND, **BROKEN}.items():
        (handins / name).write_bytes(data)
        os.utime(handins / name, (1_700_000_000, 1_700_000_000))
    rows = [f'"{name}",{number},s{number},login{number},A' for number, name in enumerate(NAMES, 1)]
    table = "\n".join(["Student,ID,SIS User ID,SIS Login ID,Section", *rows])
    (folder / "class.csv").write_text(table + "\n", "utf-8", newline="\n")
    return handins


def graded(folder: Path, out: Path) -> Summary:
    """Make the case and the class in ``folder``, and grade it into ``out``."""
    case = case_of_24(folder / "case")
    handins = class_of_24(folder)
    return grade(case, handins, out, Options(late="2026-11-30", roster=folder / "class.csv"))


def tables(out: Path) -> dict[str, bytes]:
    """The tables of a graded class, by name."""
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        print(graded(Path(made), Path(made) / "out"))
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir()
        for name, data in tables(Path(made) / "out").items():
            (GOLDEN / name).write_bytes(data)
