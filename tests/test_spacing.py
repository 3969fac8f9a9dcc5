"""Twins come back two and five chapters later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from many_kinds import the_many_kinds
from workbook.record import Line
from workbook.spacing import due

SOME = the_many_kinds().items["the_order"]
ITEMS = {
    name: changed(SOME, id=name, twin=twin)
    for name, twin in {"a": "b", "b": "a", "c": "", "d": "e", "e": "d"}.items()
}
CHAPTERS = {f"{n:02}": [] for n in range(1, 11)} | {"01": ["a", "c"], "03": ["b", "d"], "04": ["e"]}
LINE = Line("dam", "a", 1, ["x"], "t")


@pytest.mark.parametrize(
    ("chapter", "twins"), [("01", []), ("02", []), ("03", ["b"]), ("04", []), ("06", ["b"])]
)
def test_a_twin_is_due_two_and_five_chapters_later(chapter: str, twins: list[str]) -> None:
    assert due("dam", ITEMS, CHAPTERS, [LINE, replace(LINE, answer=["y"])], chapter) == twins


def test_each_answer_calls_for_its_own_twin_in_its_turn() -> None:
    lines = [replace(LINE, exercise="d"), replace(LINE, exercise="b")]
    assert due("dam", ITEMS, CHAPTERS, lines, "05") == ["e", "a"]
    assert due("dam", ITEMS, CHAPTERS, lines, "08") == ["e", "a"]


@pytest.mark.parametrize(
    "line",
    [
        replace(LINE, case="other"),
        replace(LINE, exercise="gone"),
        replace(LINE, exercise="c"),
        replace(LINE, revision=2),
        replace(LINE, stage="words"),
        replace(LINE, stage="whose"),
    ],
)
def test_foreign_old_and_single_ones_call_for_nothing(line: Line) -> None:
    assert due("dam", ITEMS, CHAPTERS, [line], "03") == []
