"""The class report: figures that are right, one file, and nobody named where nobody shall be."""

from __future__ import annotations

import csv
import re
from html import unescape
from pathlib import Path

import pytest

from class_of_24 import NAMES, case_of_24, class_of_24
from hand_ins import RIGHT, WRONG, line, record
from rated_case import RATED, column, rated, rated_case
from small_case import small_case
from workbook import Case
from workbook.classroom.grade import Options, Summary, grade
from workbook.classroom.label import LABEL, README
from workbook.classroom.report import REPORT
from workbook.classroom.tally import tally
from workbook.cli import main
from workbook.kinds.base import Code
from workbook.misconceptions import MISCONCEPTIONS

pytest.importorskip("duckdb", reason="DuckDB comes with who-says-so[classroom]")

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return small_case(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def rating_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return rated_case(tmp_path_factory.mktemp("rated"))


def reported(case: Case, folder: Path, files: dict[str, bytes], **options: object) -> str:
    """The report on these hand-ins, in words and HTML."""
    (folder / "in").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    made = Options(report=True, **options)  # type: ignore[arg-type]
    grade(case, folder / "in", folder / "out", made)
    return (folder / "out" / REPORT).read_text("utf-8")


def words_of(page: str) -> str:
    """What a reader reads, in one line."""
    body = page[page.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def counted(case: Case, folder: Path, files: dict[str, bytes]) -> tuple[Summary, Path]:
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    return grade(case, folder / "in", folder / "out"), folder / "out"


def test_every_code_of_a_mistake_has_a_name_for_teachers() -> None:
    assert list(MISCONCEPTIONS) == list(Code.__args__)  # type: ignore[attr-defined]


def test_items_are_counted_by_first_answers(case: Case, tmp_path: Path) -> None:
    right, wrong = record(RIGHT, line("content", "it rained")), record(WRONG, RIGHT)
    files = {"a_1_1_a.jsonl": right, "b_2_2_a.jsonl": wrong, "c_3_3_a.jsonl": record(WRONG)}
    summary, out = counted(case, tmp_path, files)
    found = tally(case, out, tmp_path, summary.chapters)
    mode, content = found.items
    assert (mode.answered, mode.first, mode.final) == (3, 1 / 3, 2 / 3)
    assert mode.mistakes == (("M2", 2),)
    assert (content.answered, content.first) == (1, 1.0)
    assert found.codes == [("M2", 2)]
    assert found.statuses == {"graded": 3}


def test_how_an_item_goes_with_the_rest_is_what_item_statistics_gives(
    case: Case, tmp_path: Path
) -> None:
    agreement = pytest.importorskip("workbook.agreement")
    lines = {
        "mode": (RIGHT, WRONG),
        "content": (line("content", "it rained"), line("content", "Anna")),
        "who": (line("who", ["op", "anna", "ben"]), line("who", ["op"])),
    }
    patterns = [(0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1), (0, 0, 1), (1, 0, None), (0, None, 0)]
    files = {}
    for number, pattern in enumerate(patterns):
        given = [lines[name][w] for name, w in zip(lines, pattern, strict=True) if w is not None]
        files[f"s_{number}_{number}_a.jsonl"] = record(*given)
    summary, out = counted(case, tmp_path, files)
    found = {one.name: one for one in tally(case, out, tmp_path, summary.chapters).items}
    weighed = [[None] * 3 for _ in patterns]
    with (out / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        for row, student in zip(weighed, csv.DictReader(file), strict=True):
            row[:] = [float(student[name]) if student[name] else None for name in lines]
    expected = agreement.item_statistics(weighed, list(lines))
    for one in expected:
        assert found[one.item].answered == one.answered
        assert found[one.item].tells == pytest.approx(one.discrimination)


def test_the_class_of_24_on_one_page(tmp_path: Path) -> None:
    case = case_of_24(tmp_path / "case")
    handins = class_of_24(tmp_path)
    options = Options(late="2026-11-30", roster=tmp_path / "class.csv", report=True)
    grade(case, handins, tmp_path / "out", options)
    page = (tmp_path / "out" / REPORT).read_text("utf-8")
    said = words_of(page)
    assert 'aria-label="25 students: graded 13; needs a person 3; rejected 7; absent 2."' in page
    assert "Texts that wait for your marks: 2. They stand in to_mark.csv." in said
    assert "10 students: something could not be read." in said
    assert "Nothing came in from Xu, Yan Young, Tess" in said
    assert "Park, Jin rejected The file is empty." in said

    grade(case, handins, tmp_path / "out", Options(**{**_fields(options), "nameless": True}))
    shown = (tmp_path / "out" / REPORT).read_text("utf-8")
    assert "Without names, to be shown in class." in shown
    assert "10 students: something could not be read." in words_of(shown)
    for name in NAMES:
        assert name not in shown
        assert not re.search(rf"\b{name.split(',')[0]}\b", shown.replace("Hand-", ""))
    for private in ("jsonl", "ipynb", "login", "The file is empty"):
        assert private not in shown


def _fields(options: Options) -> dict[str, object]:
    return {name: getattr(options, name) for name in Options.__slots__}


def test_a_report_is_one_file_that_runs_and_fetches_nothing(case: Case, tmp_path: Path) -> None:
    files = {f"{EVIL.replace('/', '')}.jsonl": record(RIGHT), "b.jsonl": record(line("mode", EVIL))}
    page = reported(case, tmp_path, files)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(src|href|url|@import)\s*[=(]", page)
    assert "default-src 'none'" in page
    assert page.count("<svg") == page.count('<svg role="img" aria-label="')
    assert page.count("<svg") <= page.count("<table")


def test_levels_shifts_and_a_column_are_counted(rating_case: Case, tmp_path: Path) -> None:
    files = {
        "a_1_1_a.jsonl": record(*rated("rate0", 1, 2), column(a1=0, a2=3, a3="N")),
        "b_2_2_a.jsonl": record(*rated("rate0", 2, 2, fit=1), column(a1=0, a2=2, a3="N")),
        "c_3_3_a.jsonl": record(*rated("rate0", 3, "N")),
    }
    summary, out = counted(rating_case, tmp_path, files)
    found = tally(rating_case, out, tmp_path, summary.chapters)
    spread = {(one.item, one.passage, one.dial, one.stage): one.counts for one in found.spreads}
    assert spread["rate0", "", "fit", "blind"] == (0, 1, 1, 1, 0)
    assert spread["rate0", "", "fit", "revealed"] == (0, 1, 1, 0, 1)
    assert spread["rate0", "", "closeness", "revealed"] == (0, 0, 2, 0, 1)
    assert spread["down", "a1", "fit", ""] == (2, 0, 0, 0, 0)
    assert spread["down", "a3", "fit", ""] == (0, 0, 0, 0, 2)
    shifts = {one.dial: (one.down, one.same, one.up) for one in found.shifts}
    assert shifts == {"fit": (1, 0, 1), "faithfulness": (0, 1, 1)}


@pytest.mark.parametrize(("raters", "items"), [(4, RATED), (5, 9), (5, RATED)])
def test_agreement_is_withheld_below_five_people_or_ten_passages(
    raters: int, items: int, rating_case: Case, tmp_path: Path
) -> None:
    pytest.importorskip("numpy", reason="NumPy comes with who-says-so[notebook]")
    files = {}
    for student in range(raters):
        lines = [
            one for n in range(items) for one in rated(f"rate{n}", n % 3, (n + student // 4) % 4)
        ]
        files[f"s{student}_{student}_{student}_a.jsonl"] = record(*lines)
    said = words_of(reported(rating_case, tmp_path, files))
    if raters >= 5 and items >= 10:
        assert f"5 people rated {items} items. Krippendorff’s α is " in said
        assert "No figure for agreement yet" not in said
    else:
        assert (
            f"No figure for agreement yet: {raters} people rated, and {items} items got two "
            "ratings or more. It takes at least 5 people and 10 items." in said
        )
        assert "Krippendorff" not in said


def test_a_simulated_class_says_so_on_its_report(case: Case, tmp_path: Path) -> None:
    page = reported(case, tmp_path, {"a.jsonl": record(RIGHT)})
    assert LABEL not in page
    (tmp_path / "in" / README).write_text(LABEL + "\n", "utf-8")
    assert LABEL in reported(case, tmp_path, {"a.jsonl": record(RIGHT)})


def test_the_command_writes_a_report_unless_told_not_to(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(record(RIGHT))
    out = tmp_path / "out"
    command = ["grade", str(tmp_path / "a.jsonl"), "--out", str(out), "--case", str(case.folder)]
    assert main(command) == 0
    assert "changes.csv, report.html\n" in capsys.readouterr().out
    first = (out / REPORT).read_bytes()
    assert main(command) == 0
    assert (out / REPORT).read_bytes() == first
    assert main([*command, "--no-report"]) == 0
    assert not (out / REPORT).exists(), "an earlier report would tell of other marks"


def test_an_empty_class_has_a_report_too(case: Case, tmp_path: Path) -> None:
    said = words_of(reported(case, tmp_path, {"a.jsonl": b""}))
    assert "No exercise has 5 answers yet, so there is nothing to say." in said
    assert "1 student: something could not be read." in said
