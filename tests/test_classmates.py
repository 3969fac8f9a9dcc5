"""A class's ratings stand beside a learner's own, once these are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hand_ins import line
from hands import BLIND_LOOK, RATED, WHOLE
from workbook import lyushkov, open_case
from workbook.ask import Ask
from workbook.classmates import CLASS_FILE
from workbook.classroom.grade import Options, grade
from workbook.classroom.simulate import simulate
from workbook.evidence import DIALS


@pytest.fixture(scope="module")
def class_file(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("class")
    simulate(lyushkov, 12, root / "in", seed=3)
    grade(lyushkov, root / "in", root / "out", Options(report=True))
    found: dict[str, Any] = json.loads((root / "out" / CLASS_FILE).read_text("utf-8"))
    return found


def test_grading_writes_how_the_class_rated_and_says_that_it_is_simulated(
    class_file: dict[str, Any],
) -> None:
    assert class_file["simulated"] is True
    rated = class_file["ratings"][RATED]
    assert list(rated["dials"]) == sorted(DIALS)
    assert 5 <= rated["raters"] <= 12
    for counts in rated["dials"].values():
        assert sum(counts.values()) <= rated["raters"]
    assert set(class_file["ratings"]["column_fit"]["dials"]) == set(
        lyushkov.items["column_fit"].passages  # type: ignore[attr-defined]
    )
    assert "student" not in json.dumps(class_file)


def test_a_learner_sees_it_after_the_second_look_and_not_before(
    class_file: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / CLASS_FILE).write_text(json.dumps(class_file), "utf-8")
    ask = Ask(lyushkov, tmp_path / "answers.jsonl")
    raters = class_file["ratings"][RATED]["raters"]
    head = f"A SIMULATED class, made by a program; {raters} made-up students rated this:"
    assert head not in str(ask[RATED].answer(BLIND_LOOK))
    assert head in str(ask[RATED].answer(WHOLE))
    (tmp_path / CLASS_FILE).write_text(json.dumps({**class_file, "simulated": False}), "utf-8")
    assert f"Your class; {raters} rated this:" in str(ask[RATED].answer({**WHOLE, "fit": 2}))


def file_with(case: str = "lyushkov", revision: int = 1, raters: Any = 5, **dials: Any) -> str:
    rated = {"revision": revision, "raters": raters, "dials": dials}
    return json.dumps({"case": case, "ratings": {RATED: rated}})


BROKEN = [
    "",
    "{",
    "[]",
    "[" * 100_000,
    '{"case": "lyushkov", "ratings": []}',
    file_with(raters=True),
    file_with(fit=[1]),
    file_with(fit={"7": 1}),
    file_with(fit={"1": -1}),
    file_with(revision=9),
    file_with(case="other"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_or_foreign_class_file_is_as_none(broken: str, tmp_path: Path) -> None:
    (tmp_path / CLASS_FILE).write_text(broken, "utf-8")
    said = str(Ask(lyushkov, tmp_path / "answers.jsonl")[RATED].answer(WHOLE))
    assert "rated this" not in said
    assert "So the rule says" in said


def test_what_fewer_than_five_rated_is_kept_from_the_class(tmp_path: Path) -> None:
    handins = tmp_path / "in"
    handins.mkdir()
    case = open_case("lyushkov")
    for n in range(4):
        lines = [line(RATED, BLIND_LOOK, stage="blind", case=case.id)]
        lines.append(line(RATED, WHOLE, stage="revealed", case=case.id))
        (handins / f"student{n}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    grade(case, handins, tmp_path / "out", Options(report=True))
    assert (tmp_path / "out" / "report.html").exists()
    assert not (tmp_path / "out" / CLASS_FILE).exists()
