"""The explorers: what they say and show for what is set, and what stands where nobody can turn."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook import explorers, lyushkov
from workbook.classroom.label import LABEL
from workbook.evidence import DIALS, LEVELS, steps, verdict
from workbook.explorers.days import spread
from workbook.figures import Window, counts, rule_walk

PNG = b"\x89PNG\r\n"


def parts(explorer: Any) -> tuple[dict[str, Any], Any, Any]:
    """The controls by their label, the sentences, and the picture."""
    _, *controls, said, shown = explorer.widget().children
    return {one.description: one for one in controls}, said, shown


def test_the_window_moves_the_count_a_day() -> None:
    controls, said, shown = parts(explorers.days(lyushkov))
    assert "1 January 1937 to 31 December 1938: 730 days." in said.value
    assert "The count has 681,692 death sentences for them." in said.value
    assert "That is 934 a day." in said.value
    assert "gerdowning says 1,000 a day: 66 more than that." in said.value
    before = bytes(shown.value)
    assert before.startswith(PNG)
    assert "934 a day" in said.value
    controls["From and to"].value = (date(1936, 1, 1), date(1938, 12, 1))
    assert "That is 623 a day." in said.value
    assert "377 more than that." in said.value
    assert bytes(shown.value) != before
    assert "evenly" not in said.value
    controls["From and to"].value = (date(1937, 8, 1), date(1938, 11, 1))
    assert "Inside a year this spreads the count evenly, and it was not even" in said.value


@given(st.dates(date(1930, 1, 1), date(1945, 1, 1)), st.integers(0, 3000))
def test_a_count_is_spread_by_days_and_never_beyond_the_table(start: date, more: int) -> None:
    years = [
        Window("1937", date(1937, 1, 1), date(1937, 12, 31), 365, "days"),
        Window("1938", date(1938, 1, 1), date(1938, 12, 31), 365, "days"),
    ]
    end = date.fromordinal(start.toordinal() + more)
    first, last = max(start, date(1937, 1, 1)), min(end, date(1938, 12, 31))
    assert spread(years, start, end).number == max(0, (last - first).days + 1)


def test_a_dial_turned_walks_the_rule_anew() -> None:
    controls, said, _ = parts(explorers.dials())
    assert list(controls) == [
        "Fit",
        "Closeness",
        "Traceability",
        "Faithfulness",
        "Independence",
        "Circumstances",
    ]
    profile = dict(zip(DIALS, (one.value for one in controls.values()), strict=True))
    for sentence in steps(profile):
        assert f">{sentence}</p>" in said.value
    controls["Closeness"].value = "N"
    assert verdict({**profile, "closeness": "N"}) in said.value
    assert "Closeness N: very low to high" in said.value
    controls["Fit"].value = 0
    assert "not evidence for this claim" in said.value
    assert [label for label, _ in controls["Fit"].options][-1].startswith("N: We cannot tell")


@given(st.tuples(*[st.sampled_from(LEVELS)] * 6))
def test_every_profile_can_be_walked(levels: tuple[Any, ...]) -> None:
    from workbook.explorers.dials import _walk

    profile = dict(zip(DIALS, levels, strict=True))
    walk = _walk("Mine", profile)
    assert walk.verdict == verdict(profile)
    assert len(walk.steps) == (1 if profile["fit"] == 0 else 7)
    if profile["fit"] not in (0, "N"):
        assert walk.steps[-1].reached is not None
        assert 1 <= walk.steps[-1].reached[0] <= walk.steps[-1].reached[1] <= 4


def test_a_class_without_a_report_is_simulated_and_says_so() -> None:
    controls, said, _ = parts(explorers.answers(lyushkov))
    assert said.value.count(LABEL) == 2
    names = [name for _, name in controls["Exercise"].options]
    assert "who_remembers" in names
    assert "rate_liberalism" in names
    controls["Exercise"].value = "who_remembers"
    assert "Right at once: " in said.value
    assert "A voice in the middle is skipped: " in said.value
    controls["Exercise"].value = "rate_liberalism"
    assert "Faithfulness: " in said.value


def test_a_report_of_ones_own_is_read(tmp_path: Path) -> None:
    from workbook.classroom.grade import grade
    from workbook.classroom.simulate import simulate

    simulate(lyushkov, 6, tmp_path / "in", seed=1)
    grade(lyushkov, tmp_path / "in", tmp_path / "out")
    shown = explorers.answers(lyushkov, tmp_path / "out").still
    assert LABEL not in shown.alt


@pytest.mark.parametrize("name", ["days", "dials", "answers"])
def test_where_nobody_sits_the_key_states_are_shown(name: str) -> None:
    made = getattr(explorers, name)
    explorer = made() if name == "dials" else made(lyushkov)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/markdown", "text/plain"}
    assert '<img alt="' in bundle["text/html"]
    assert "<table>" in bundle["text/html"]


def test_the_key_states_show_the_gate_a_range_and_a_step_either_way() -> None:
    alt = explorers.dials().still.alt
    assert "Fit 0. Verdict: not evidence for this claim." in alt
    assert "Closeness 2: moderate; Traceability 1: low" in alt
    assert "Independence 3: moderate" in alt
    assert "Verdict: very low to moderate." in alt


def test_nothing_to_draw_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="there is no walk through the rule to draw"):
        rule_walk([])
    with pytest.raises(ValueError, match="there is nothing to count"):
        counts("Title", [])
    with pytest.raises(ValueError, match="“What” has -1 people; a count is 0 or more"):
        counts("Title", [("What", -1)])
