"""The `workbook` command as a teacher and an author type it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbook import lyushkov
from workbook.cli import main
from workbook.record import Line, encode_line


def test_check_counts_what_is_in_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "lyushkov"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("lyushkov: ")
    for row in ("posts         5", f"passages      {len(lyushkov.edition.passages)}"):
        assert row in said


def test_check_tells_the_exercises_by_chapter_and_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "lyushkov"]) == 0
    head, *rows = [
        line.split()
        for line in capsys.readouterr().out.split("\n")
        if line.startswith("    ch") or line[4:6].isdigit()
    ]
    assert head[:2] == ["chapter", "all"]
    for row, (chapter, names) in zip(rows, lyushkov.chapters.items(), strict=True):
        kinds = [lyushkov.items[name].kind for name in names]
        counts = [str(kinds.count(kind) or "·") for kind in head[2:]]
        assert row == [chapter, str(len(names)), *counts]


def test_every_exercise_up_to_chapter_eight_has_a_twin_but_whole_ratings() -> None:
    alone = [
        name
        for chapter, names in lyushkov.chapters.items()
        for name in names
        if chapter <= "08" and not lyushkov.items[name].twin
        if lyushkov.items[name].kind not in ("rate", "column")
    ]
    assert alone == []


def test_check_fails_on_any_problem_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(lyushkov.folder, folder)
    chapter = folder / "exercises" / "03.toml"
    chapter.write_text(chapter.read_text("utf-8").replace('"a20"', '"a99"', 1), "utf-8")
    assert main(["check", str(folder)]) == 1
    assert "exercises/03.toml: who_remembers: passage “a99”" in capsys.readouterr().err


def test_check_of_a_case_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "lyushkow"]) == 1
    assert "did you mean “lyushkov”?" in capsys.readouterr().err


def test_a_record_becomes_a_gradebook_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ["gerdowning", "book", "several_japanese", "lyushkov"]
    line = Line("lyushkov", "who_remembers", 1, answer, "2026-11-23T21:04:06.123Z")
    (tmp_path / "ann.jsonl").write_text(encode_line(line) + "\n", "utf-8")
    assert main(["grade", str(tmp_path / "ann.jsonl"), "--out", str(tmp_path / "report")]) == 0
    gradebook = (tmp_path / "report" / "gradebook.csv").read_text("utf-8-sig")
    assert "ann.jsonl,,,,,graded," in gradebook
    assert capsys.readouterr().out.startswith("1 hand-in\n  graded          1\n")


def test_a_teacher_who_stops_the_grading_is_told_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook.classroom.grade.grade", stopped)
    assert main(["grade", str(tmp_path), "--out", str(tmp_path / "report")]) == 130
    said = "Stopped. Run the same command again, and it goes on where it was.\n"
    assert capsys.readouterr().err == said


def test_grading_what_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "hand ins"
    assert main(["grade", str(missing), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"There is no file or folder {missing}.\n"
