"""The fuzzer of grading runs, spoils in many ways, and finds what it is there to find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import load_tool
from hand_ins import RIGHT, record
from workbook.classroom import work


@pytest.fixture
def fuzz(tmp_path: Path) -> Any:
    return load_tool("fuzz_grading").Fuzz(7, tmp_path / "keep", tmp_path)


def test_spoilt_hand_ins_break_no_promise(fuzz: Any) -> None:
    for _ in range(150):
        fuzz.one(fuzz.spoiler.spoil(fuzz.random.choice(fuzz.seeds), fuzz.seeds))
    fuzz.a_class()
    assert fuzz.found == []
    assert fuzz.inputs == 150
    assert {"graded", "needs a person", "rejected"} == set(fuzz.counts)
    assert len(fuzz.seen) > 30


def test_a_broken_promise_is_told_and_its_file_kept(
    fuzz: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "mark", lambda *_: 1 / 0)
    fuzz.one(("a.jsonl", record(RIGHT)))
    assert len(fuzz.found) == 2, "under the rules of either case"
    assert fuzz.found[0].startswith("grading fails")
    assert (tmp_path / "keep/1-a.jsonl").read_bytes() == record(RIGHT)
