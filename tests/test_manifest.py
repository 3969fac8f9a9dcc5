"""Grading knows what the class was given: its chapters, its edition, its revisions."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hand_ins import RIGHT, WHO, WRONG, line, record
from small_case import small_case
from workbook import Case, lyushkov
from workbook.classroom.grade import GradeError, Options, Summary, grade
from workbook.classroom.manifest import read_released
from workbook.classroom.release import release

SAID = {
    "format": 1,
    "workbook": "0.1",
    "case": "rain",
    "edition": "classroom",
    "chapters": {"01": {"mode": 1, "content": 1}},
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


def given_out(folder: Path, **other: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({**SAID, **other}), "utf-8")
    return folder


def graded(case: Case, folder: Path, released: Path, **options: Any) -> tuple[Summary, Any]:
    (folder / "in").mkdir(exist_ok=True)
    answers = record(WRONG, RIGHT, line("content", "Anna"), WHO)
    (folder / "in" / "berganna_1_10_a.jsonl").write_bytes(answers)
    made = Options(release=released, **options)
    summary = grade(case, folder / "in", folder / "out", made)
    with (folder / "out" / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        return summary, next(csv.DictReader(file))


def test_the_release_says_which_chapters_and_which_tries_count(case: Case, tmp_path: Path) -> None:
    folder = given_out(tmp_path / "given")
    summary, row = graded(case, tmp_path, folder)
    assert (row["mode"], row["possible"], row["percent"]) == ("1", "2", "50")
    assert "who" not in row
    assert "  The release has chapters 01, classroom edition.\n" in str(summary)
    _, row = graded(case, tmp_path, given_out(folder, edition="self-study"))
    assert row["mode"] == "0.6", "in self-study each try is replied to, so a second earns less"


def test_what_the_teacher_says_goes_before_what_the_release_says(
    case: Case, tmp_path: Path
) -> None:
    summary, row = graded(
        case, tmp_path, given_out(tmp_path / "given"), chapters="1-2", policy="best"
    )
    assert (row["mode"], row["who"], row["possible"]) == ("0.6", "1", "4")
    assert "so --policy classroom is the one made for it; you asked for --policy best." in str(
        summary
    )


def test_exercises_changed_since_the_release_are_named(case: Case, tmp_path: Path) -> None:
    folder = given_out(tmp_path / "given", chapters={"02": {"who": 1, "sure": 1, "gone": 1}})
    summary, _ = graded(case, tmp_path, folder)
    assert (
        "Changed since this release: who (revision 1, now 2). Answers to the older question need "
        "a person." in str(summary)
    )


def test_a_zipped_release_is_read_as_a_folder_is(case: Case, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "given.zip", "w") as archive:
        archive.writestr("given/site/manifest.json", "{}")  # the page's own, deeper down
        archive.writestr("given/manifest.json", json.dumps(SAID))
    found = read_released(tmp_path / "given.zip", case)
    assert found == read_released(given_out(tmp_path / "given") / "manifest.json", case)


def test_a_release_of_ours_is_read(tmp_path: Path) -> None:
    made = release(
        lyushkov,
        tmp_path / "given",
        source=Path(__file__).parents[1],
        edition="self-study",
        chapters=["01", "02"],
        site=False,
    )
    found = read_released(made, lyushkov)
    assert (found.edition, list(found.chapters)) == ("self-study", ["01", "02"])
    assert set(found.chapters["01"]) == set(lyushkov.chapters["01"])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"format": 2}', "is no release of ours: "),
        ("[", "is no release of ours: "),
        (json.dumps({**SAID, "case": "sun"}), "is a release of the case “sun”; this is “rain”."),
        (json.dumps({**SAID, "chapters": {"09": {}}}), "has a chapter 09, which this case has not"),
        (None, "cannot be read: No such file or directory."),
    ],
)
def test_a_release_that_is_none_is_said_in_a_sentence(
    said: str | None, why: str, case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "manifest.json"
    if said is not None:
        path.write_text(said, "utf-8")
    with pytest.raises(GradeError) as caught:
        graded(case, tmp_path, path)
    assert why in str(caught.value)
    (tmp_path / "empty").mkdir()
    with pytest.raises(GradeError, match=r"empty holds no manifest\.json, so it is no release"):
        graded(case, tmp_path, tmp_path / "empty")
    (tmp_path / "x.zip").write_bytes(b"PK")
    with pytest.raises(GradeError, match="cannot be read"):
        graded(case, tmp_path, tmp_path / "x.zip")
