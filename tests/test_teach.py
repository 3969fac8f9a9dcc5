"""The teacher's guide keeps its promises: what a plan names is there, and its sums are right."""

from __future__ import annotations

import json
import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from workbook import lyushkov as case
from workbook.cli import main
from workbook.misconceptions import MISCONCEPTIONS

BOOK = Path(__file__).resolve().parent.parent / "book"
GUIDE = (BOOK / "teach.md").read_text("utf-8")
PLANS = {
    int(number): text
    for number, text in re.findall(
        r"^## (\d+)\. (.*?)(?=^## |\Z)", (BOOK / "teach-plans.md").read_text("utf-8"), re.M | re.S
    )
}
ASKED = re.compile(r"\{ask\}`(\w+)`")
STEPS = re.compile(r"^(\d+)–(\d+) · (.+)\n: (.+)$", re.M)
chapter_of = {name: int(chapter) for chapter, names in case.chapters.items() for name in names}


def steps(plan: str) -> dict[str, tuple[int, str]]:
    """How long each step takes, and what happens in it."""
    return {what: (int(end) - int(start), told) for start, end, what, told in STEPS.findall(plan)}


def test_there_is_a_plan_for_every_chapter() -> None:
    assert list(PLANS) == [int(chapter) for chapter in case.chapters]


@pytest.mark.parametrize("number", PLANS)
def test_a_plan_fills_fifty_minutes_with_exercises_of_its_chapter(number: int) -> None:
    found = steps(PLANS[number])
    assert [minutes for minutes, _ in found.values()] == [5, 8, 14, 10, 10, 3]
    for step in list(found)[2:5]:
        asked = {chapter_of[name] for name in ASKED.findall(found[step][1])}
        assert asked <= {number}, step
    homework = re.findall(r"^\*\*Homework\.\*\* (.+)$", PLANS[number], re.M)
    assert {chapter_of[name] for name in ASKED.findall(homework[0])} == {number}


@pytest.mark.parametrize("number", PLANS)
def test_what_is_brought_back_comes_from_one_three_and_six_chapters_ago(number: int) -> None:
    brought = ASKED.findall(next(iter(steps(PLANS[number]).values()))[1])
    assert len(brought) == (3 if number > 1 else 0)
    possible = {number - ago for ago in (1, 3, 6) if number > ago}
    assert {chapter_of[name] for name in brought} == possible


@pytest.mark.parametrize("number", PLANS)
def test_a_wrong_move_is_named_as_in_the_report_and_its_exercise_meets_it(number: int) -> None:
    codes = {one.name: code for code, one in MISCONCEPTIONS.items()}
    moves = re.findall(r"^- \*\*(.+?)\*\* \(.*?\{ask\}`(\w+)`", PLANS[number], re.M)
    assert len(moves) == 3
    for name, exercise in moves:
        met = {mistake.code for mistake in case.items[exercise].mistake}
        assert codes[name] in met, (name, exercise)


def sentences(plan: str) -> set[str]:
    plain = re.sub(r"[*_]|\{ask\}`\w+`|\[([^\]]*)\]\([^)]*\)", r"\1", plan)
    parts = (part.strip(" \n:-") for part in re.split(r"(?<=[.?!])[”)]?\s+|\n", plain))
    return {part for part in parts if len(re.findall(r"\w+", part)) > 3}


def test_no_two_plans_share_a_sentence() -> None:
    for one, other in combinations(PLANS, 2):
        frame = {f"{start}–{end} · {what}" for start, end, what, _ in STEPS.findall(PLANS[one])}
        assert sentences(PLANS[one]) & sentences(PLANS[other]) <= frame, (one, other)


def test_every_exercise_has_a_place_in_the_plan_of_its_chapter() -> None:
    """By its name, or by that of the part of the page in which it stands."""
    for chapter, names in case.chapters.items():
        plan = PLANS[int(chapter)]
        part_of: dict[str, str] = {}
        for page in sorted(BOOK.glob(f"{chapter}-*.ipynb")):
            part = ""
            for cell in json.loads(page.read_text("utf-8"))["cells"]:
                source = "".join(cell["source"])
                if heading := re.search(r"^## (.+)$", source, re.M):
                    part = heading[1]
                part_of |= dict.fromkeys(re.findall(r"ask\.(\w+)\.answer", source), part)
        named = ASKED.findall(plan)
        left = {name for name in names if name not in named and f"“{part_of[name]}”" not in plan}
        assert left == set()


def test_every_command_in_the_guide_has_the_flags_it_is_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = re.findall(r"workbook (\w+) ([^`\n]*)", GUIDE + "\n".join(PLANS.values()))
    assert {command for command, _ in lines} >= {"simulate", "release", "grade"}
    for command, rest in lines:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        known = capsys.readouterr().out
        for flag in re.findall(r"--[a-z-]+", rest):
            assert f"{flag} " in known or f"{flag}]" in known, (command, flag)


def test_the_weights_in_the_guide_make_forty_twenty_forty() -> None:
    (rules,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.S)
    weights = tomllib.loads(rules)["weights"]
    practice = sum(1 for item in case.items.values() if not item.noted)
    assert f"practice has {practice} points" in GUIDE
    brief = weights.pop("evidence_brief")
    texts = sum(weights.values())
    assert set(weights) == {name for name, item in case.items.items() if item.kind == "write"} - {
        "evidence_brief"
    }
    whole = practice + texts + brief
    assert [practice / whole, texts / whole, brief / whole] == pytest.approx([0.4, 0.2, 0.4])
