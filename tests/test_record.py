"""The record: an answer, once committed, is never lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.record import Line, Record, RecordError, encode_line, parse_line, recording
from workbook.scoring import same_value


def test_a_line_is_compact_json_in_a_fixed_order() -> None:
    line = Line("lyushkov", "who", 1, ["é", "\ud800", 1.0], "2026-11-23T21:04:06.123Z")
    assert encode_line(line) == (
        '{"format":1,"case":"lyushkov","exercise":"who","revision":1,'
        '"answer":["é","\\ud800",1],"stage":null,"time":"2026-11-23T21:04:06.123Z"}'
    )


ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(ANSWERS)
def test_what_is_written_is_read_back(answer: object) -> None:
    line = Line("c", "e", 1, answer, "t")
    text = encode_line(line)
    assert "\n" not in text
    back = parse_line(text)
    assert back is not None
    assert same_value(back.answer, answer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '{"format":2,"case":"c","exercise":"e","revision":1,"answer":1,"time":"t"}',
        '{"format":true,"case":"c","exercise":"e","revision":1,"answer":1,"time":"t"}',
        '{"format":1,"case":"c","exercise":"e","revision":true,"answer":1,"time":"t"}',
        '{"format":1,"case":"c","exercise":7,"revision":1,"answer":1,"time":"t"}',
        '{"format":1,"case":"c","exercise":"e","revision":1,"time":"t"}',
        "[" * 90_000,
    ],
)
def test_a_line_that_is_no_answer_is_passed_over(text: str) -> None:
    assert parse_line(text) is None


def test_the_same_value_writes_nothing(tmp_path: Path) -> None:
    record = Record(tmp_path / "answers.jsonl")
    assert record.commit("c", "e", 1, ["a"])
    before = record.path.read_bytes()
    assert not record.commit("c", "e", 1, ["a"])
    assert record.path.read_bytes() == before
    assert record.commit("c", "e", 2, ["a"]), "a new revision of the item is a new question"
    assert record.commit("c", "e", 1, ["a", "b"])
    assert record.answers("c", "e", 1) == [["a"], ["a", "b"]]


def test_a_torn_last_line_is_closed_and_everything_else_survives(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    record = Record(path)
    record.commit("c", "e", 1, "whole")
    torn = '{"format":1,"case":"c","exercise":"e","revision":1,"answer":"to'
    foreign = '{"format":1,"later":"field","case":"c","exercise":"x","revision":1,"answer":1,'
    foreign += '"stage":null,"time":"t"}\n'
    with path.open("a") as file:
        file.write(foreign + torn)
    before = path.read_bytes()
    record.commit("c", "e", 1, "after")
    assert path.read_bytes().startswith(before + b"\n{")
    assert record.answers("c", "e", 1) == ["whole", "after"]
    assert record.answers("c", "x", 1) == [1]


WRITER = """
import sys
from pathlib import Path
from workbook.record import Record
record = Record(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(int(sys.argv[3])):
    record.commit("c", sys.argv[2], 1, f"{sys.argv[2]} {n} " + "x" * 2000)
"""


def _start(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_kernels_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    both = [_start(path, name, 40) for name in ("left", "right")]
    assert [process.wait(60) for process in both] == [0, 0]
    record = Record(path)
    assert len(record.raw_lines()) == 80
    for name in ("left", "right"):
        assert [a.split()[1] for a in record.answers("c", name, 1)] == [str(n) for n in range(40)]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_kill_9_in_the_middle_of_writing_loses_no_committed_answer(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    process = _start(path, "e", 100_000)
    while not path.exists() or path.stat().st_size < 20_000:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    record = Record(path)
    kept = len(record.answers("c", "e", 1))
    assert kept >= 9
    assert record.commit("c", "e", 1, "the next session")
    assert len(record.answers("c", "e", 1)) == kept + 1
    for line in record.raw_lines()[:-2]:
        json.loads(line)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_said_kindly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RecordError, match=r"could not be written to answers\.jsonl"):
        Record(tmp_path / "answers.jsonl").commit("c", "e", 1, 1)


def test_a_folder_in_the_place_of_the_record_is_said_kindly(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").mkdir()
    with pytest.raises(RecordError, match=r"Your record answers\.jsonl cannot be read"):
        Record(tmp_path / "answers.jsonl").commit("c", "e", 1, 1)


def test_builds_and_notebook_checks_record_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_RECORD", "off")
    assert not recording()
    monkeypatch.delenv("WORKBOOK_RECORD")
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert not recording(), "a kernel started by nbval inherits pytest's mark"
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    assert recording()
