"""A class of 24 hand-ins, eight of them broken: what each student gets, and every byte of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from class_of_24 import BROKEN, GOLDEN, SOUND, graded, tables

# Reckoned by hand: a right answer is worth 1, right at the second try 0.6; four are asked for.
EXPECTED = {
    "1": ("graded", "1", "1", "1", "1", "100"),
    "2": ("graded", "0.6", "1", "1", "1", "90"),
    "3": ("graded", "1", "1", "0.6", "", "65"),  # the better of two hand-ins, item by item
    "4": ("graded", "1", "1", "1", "1", "100"),
    "5": ("graded", "1", "0.6", "", "", "40"),  # the same wrong answer twice is one try
    "6": ("graded", "1", "", "", "", "25"),
    "7": ("graded", "1", "1", "", "", "50"),
    "8": ("graded", "1", "0", "", "", "25"),
    "9": ("needs a person", "", "", "", "", ""),  # late
    "10": ("graded", "1", "1", "1", "1", "100"),
    "11": ("graded", "1", "", "1", "", "50"),  # its last line is cut off
    "12": ("graded", "0", "", "", "", "0"),  # wrong twice: a zero that was earned
    "13": ("graded", "1", "1", "1", "1", "100"),
    "14": ("graded", "", "1", "", "1", "50"),
    **{str(student): ("rejected", "", "", "", "", "") for student in range(15, 23)},
    "21": ("needs a person", "", "", "unread", "", ""),  # code in place of an answer
    "23": ("absent", "", "", "", "", ""),
    "24": ("absent", "", "", "", "", ""),
    "strangerian_99_116_answers.jsonl": ("needs a person", "1", "", "", "", ""),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    graded(folder, folder / "out")
    return folder / "out"


def test_there_are_24_hand_ins_and_eight_are_broken() -> None:
    assert (len(SOUND) + len(BROKEN), len(BROKEN)) == (24, 8)


def test_every_student_gets_what_was_reckoned_by_hand(out: Path) -> None:
    with (out / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    columns = ("status", "mode", "content", "who", "sure", "percent")
    found = {student: tuple(row[name] for name in columns) for student, row in rows.items()}
    assert found == EXPECTED


def test_a_broken_hand_in_has_a_reason_and_no_number(out: Path) -> None:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    broken = [row for row in rows if row["hand_in"].split("/")[0] in BROKEN]
    assert len(broken) == 8
    for row in broken:
        assert row["status"] in ("rejected", "needs a person")
        assert row["reason"].endswith(".")
        assert row["points"] == ""


def test_the_tables_are_the_golden_ones_to_the_byte(out: Path) -> None:
    golden = {path.name: path.read_bytes() for path in sorted(GOLDEN.glob("*.csv"))}
    assert tables(out) == golden
