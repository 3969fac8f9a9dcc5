"""A simulated class: labelled wherever one looks, the same for the same seed, and gradable."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import correlation, mean

import pytest

from workbook import lyushkov, open_case
from workbook.classroom import students as model
from workbook.classroom.guesses import guesses
from workbook.classroom.label import LABEL, is_simulated
from workbook.classroom.ratings import Rater, rated, rating
from workbook.classroom.simulate import SimulateError, simulate
from workbook.cli import main
from workbook.judging import judge, read_answer
from workbook.kinds import KINDS
from workbook.record import parse_line


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty simulated students."""
    out = tmp_path_factory.mktemp("simulated") / "class"
    simulate(lyushkov, 40, out, seed=7)
    return out


def hand_ins(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def test_every_file_and_every_line_says_that_it_is_simulated(small_class: Path) -> None:
    names = sorted(path.name for path in small_class.iterdir())
    assert names == ["README.txt", *(f"simulated-{n:04}.jsonl" for n in range(1, 41))]
    for path in hand_ins(small_class):
        lines = path.read_text("utf-8").splitlines()
        assert lines
        assert all(json.loads(line)["simulated"] is True for line in lines)
    assert is_simulated(small_class)
    assert not is_simulated(small_class.parent)


def test_the_readme_says_what_was_assumed_and_the_seed(small_class: Path) -> None:
    said = (small_class / "README.txt").read_text("utf-8")
    assert said.splitlines()[0] == LABEL
    assert LABEL == "SIMULATED CLASS: made by a program. No learner wrote any of these answers."
    assert "40 simulated students for the case “The Lyushkov thread" in said
    assert "`workbook simulate 40 FOLDER --seed 7`" in said
    assert "They say nothing about what real learners\nthink, find hard or agree on." in said


def test_every_line_is_a_line_of_a_record(small_class: Path) -> None:
    for path in hand_ins(small_class):
        for text in path.read_text("utf-8").splitlines():
            line = parse_line(text)
            assert line is not None
            face, _ = lyushkov.compiled[line.exercise]
            assert line.revision == face["revision"]
            read_answer(face, line.answer)
            assert datetime.fromisoformat(line.time).year == 2026


def test_times_run_forward_and_nobody_tries_more_than_thrice(small_class: Path) -> None:
    for path in hand_ins(small_class):
        lines = [parse_line(text) for text in path.read_text("utf-8").splitlines()]
        times = [line.time for line in lines if line]
        assert times == sorted(times)
        tries = Counter(
            line.exercise
            for line in lines
            if line and not KINDS[lyushkov.compiled[line.exercise][0]["kind"]].noted
        )
        assert max(tries.values()) <= 3


def test_one_seed_gives_the_same_bytes(small_class: Path, tmp_path: Path) -> None:
    again, other, fewer = (tmp_path / name for name in ("again", "other", "fewer"))
    simulate(lyushkov, 40, again, seed=7)
    for path in small_class.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()
    simulate(lyushkov, 3, other, seed=8)
    simulate(lyushkov, 3, fewer, seed=7)
    first = "simulated-0001.jsonl"
    assert (other / first).read_bytes() != (small_class / first).read_bytes()
    # A student is the same in a class of any size.
    assert (fewer / first).read_bytes() == (small_class / first).read_bytes()


def points(small_class: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    assert main(["grade", str(small_class), "--out", str(report)]) == 0
    capsys.readouterr()
    with (report / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_simulated_class_is_graded_and_its_readme_is_no_hand_in(
    small_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = points(small_class, tmp_path / "report", capsys)
    assert {row["status"] for row in rows} == {"graded"}
    assert len(rows) == 40


def test_able_students_earn_more(monkeypatch: pytest.MonkeyPatch) -> None:
    abilities: list[float] = []

    class Watched(model._Student):
        def __init__(self, random: Random) -> None:
            super().__init__(random)
            abilities.append(-self.odds)

    monkeypatch.setattr(model, "_Student", Watched)
    marked = []
    for names in lyushkov.chapters.values():
        for name in names:
            item, (face, key) = lyushkov.items[name], lyushkov.compiled[name]
            if not item.noted:
                random = Random(name)
                marked.append(
                    model.Marked.drawn(item.difficulty, guesses(item, face, key, random), random)
                )
    first_tries_right = []
    heads = {one for item in marked for one in item.guesses.right}
    for number in range(80):
        lines = model.hand_in([marked], Random(number))
        seen: dict[str, bool] = {}
        for line in lines:
            begun = line[: line.index('"time":"') + 8]
            seen.setdefault(json.loads(line)["exercise"], begun in heads)
        first_tries_right.append(mean(seen.values()))
    ranks = [sorted(abilities).index(one) for one in abilities]
    assert correlation(ranks, first_tries_right) > 0.8


@pytest.mark.parametrize("name", sorted(lyushkov.items))
def test_what_may_be_answered_is_what_the_judge_takes_it_for(name: str) -> None:
    item, (face, key) = lyushkov.items[name], lyushkov.compiled[name]
    if item.noted:
        return
    found = guesses(item, face, key, Random(1))
    value = lambda begun: json.loads(begun + '"}')["answer"]  # noqa: E731
    assert all(judge(face, key, [value(begun)]).score == 1 for begun in found.right)
    assert found.mistaken
    for code, begun in found.mistaken:
        reply = judge(face, key, [value(begun)])
        assert reply.code == code
        assert reply.score < 1
    for begun in found.slips:
        assert judge(face, key, [value(begun)]).code is None


def test_easy_items_are_got_right_more_often(tmp_path: Path) -> None:
    simulate(lyushkov, 150, tmp_path / "class", seed=3)
    right: dict[int, list[bool]] = {1: [], 2: [], 3: []}
    for path in hand_ins(tmp_path / "class"):
        seen = set()
        for text in path.read_text("utf-8").splitlines():
            line = parse_line(text)
            assert line
            item, (_, key) = lyushkov.items[line.exercise], lyushkov.compiled[line.exercise]
            if line.exercise not in seen and item.kind == "choice":
                seen.add(line.exercise)
                answers = [reading["answer"] for reading in key["readings"]]
                right[item.difficulty].append(line.answer in answers)
    assert mean(right[1]) > mean(right[2]) > 0.4


RATE = {
    "case": "rain",
    "id": "worth",
    "revision": 1,
    "kind": "rate",
    "passage": {"text": "It rained all day, they said.", "line": 3},
}


def said_by(seed: int, face: dict, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    monkeypatch.setattr("workbook.classroom.ratings.read_answer", lambda face, value: value)
    monkeypatch.setattr("workbook.classroom.ratings.KINDS", {face["kind"]: object})
    made = rating(face, Random(5))
    assert made
    random = Random(seed)
    lines = rated(made, Rater.drawn(random), random)
    return [json.loads(line + '"}')["answer"] for line in lines]


def test_a_rating_comes_in_two_stages_and_shifts_when_the_voice_is_revealed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shifts = []
    for seed in range(60):
        blind, revealed = said_by(seed, RATE, monkeypatch)
        assert list(blind) == ["fit", "faithfulness"]
        assert len([dial for dial in revealed if revealed[dial] in (0, 1, 2, 3, "N")]) == 6
        assert revealed["because"].startswith("Simulated reason: ")
        assert 40 <= revealed["confidence"] <= 95
        if "N" not in (blind["fit"], revealed["fit"]):
            shifts.append(revealed["fit"] - blind["fit"])
    assert set(shifts) <= {-3, -2, -1, 0, 1, 2, 3}
    assert any(shifts)


def test_a_rater_drifts() -> None:
    random = Random(2)
    rater = Rater(strictness=0.0, drift=0.6, cannot_tell=0.0)
    levels = [rater.level(1.0, random)[1] for _ in range(40)]
    assert mean(levels[30:]) > mean(levels[:10]) + 1


def test_every_item_of_the_case_is_simulated(tmp_path: Path) -> None:
    said = str(simulate(lyushkov, 1, tmp_path / "class"))
    assert said.startswith("1 simulated student, ")
    assert "Nothing is simulated for" not in said


def test_noted_items_are_answered_so_that_they_can_be_read() -> None:
    noted = [name for name, item in lyushkov.items.items() if item.noted]
    for name in noted:
        face, key = lyushkov.compiled[name]
        made = rating(face, Random(1))
        assert made, name
        random = Random(9)
        values = [json.loads(line + '"}') for line in rated(made, Rater.drawn(random), random)]
        assert judge(face, key, [one["answer"] for one in values]).verdict == "noted"


@pytest.mark.parametrize("students", [0, -3, 100_001, True])
def test_a_number_that_makes_no_class_is_refused(students: int, tmp_path: Path) -> None:
    with pytest.raises(SimulateError) as reason:
        simulate(lyushkov, students, tmp_path / "class")
    assert str(reason.value) == (
        f"A simulated class has from 1 to 100,000 students; {students:,} is not possible."
    )
    assert not (tmp_path / "class").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["many", "class"],
            "The number of students must be a whole number, such as 30; “many” is none.\n",
        ),
        (
            ["3", "class", "--seed", "x"],
            "The seed must be a whole number, such as 30; “x” is none.\n",
        ),
        (["0", "class"], "A simulated class has from 1 to 100,000 students; 0 is not possible.\n"),
        (["3", "file"], "file is a file. Name a folder for the simulated class.\n"),
        (
            ["3", "full"],
            "full is not empty (there is essay.txt). Name a new or an empty folder; then no file "
            "of yours is lost or mixed with simulated ones.\n",
        ),
    ],
)
def test_what_cannot_be_simulated_is_said_in_a_sentence(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine", "utf-8")
    Path("full").mkdir()
    Path("full/essay.txt").write_text("mine", "utf-8")
    assert main(["simulate", *arguments]) == 1
    assert capsys.readouterr().err == said
    assert Path("full/essay.txt").read_text("utf-8") == "mine"


def test_an_earlier_simulated_class_is_replaced_whole(
    small_class: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "class"
    shutil.copytree(small_class, out)
    assert main(["simulate", "2", str(out), "--seed", "7"]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "README.txt",
        "simulated-0001.jsonl",
        "simulated-0002.jsonl",
    ]
    assert capsys.readouterr().out.startswith("2 simulated students, ")


def test_files_that_only_look_like_ours_are_left_alone(small_class: Path, tmp_path: Path) -> None:
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "simulated-0001.jsonl").write_text("mine", "utf-8")
    with pytest.raises(SimulateError, match="is not empty"):
        simulate(lyushkov, 2, lone)
    mixed = tmp_path / "mixed"
    shutil.copytree(small_class, mixed)
    (mixed / "anna.jsonl").write_text("mine", "utf-8")
    with pytest.raises(SimulateError, match=r"there is anna\.jsonl"):
        simulate(lyushkov, 2, mixed)
    assert len(hand_ins(mixed)) == 41


def test_another_case_can_be_simulated(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(lyushkov.folder, folder)
    made = simulate(open_case(folder), 2, tmp_path / "class")
    assert made.students == 2
    assert made.lines > 2
