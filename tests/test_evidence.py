"""The rule that makes a word of six dials, held to a table made in another way."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workbook.evidence import (
    BLIND,
    DIALS,
    LEVELS,
    NO_FIND,
    changed,
    compare,
    reach,
    rubric,
    span,
    steps,
    unknown_sentence,
    verdict,
)

LADDER = ["very low", "low", "moderate", "high"]
NONE = "not evidence for this claim"
Six = tuple[Any, Any, Any, Any, Any, Any]


def walked(fit: int, close: int, trace: int, faith: int, indep: int, circ: int) -> str:
    """The pedagogy's rule by walking a ladder with a cellar and a loft, rung by rung."""
    if not fit:
        return NONE
    rungs = ["cellar"] * 3 + LADDER + ["loft"]
    stand = rungs[3:7][close]
    here = 3 + close
    assert rungs[here] == stand
    for bad in (trace in (0, 1), faith in (0, 1), circ == 0):
        here -= 1 if bad else 0
    if (indep, faith) in ((3, 2), (3, 3)):
        here += 1
    allowed = {1: LADDER[:2], 2: LADDER[:3], 3: LADDER}[fit]
    word = rungs[here]
    if word == "cellar":
        return "very low"
    return word if word in allowed else allowed[-1]


TABLE: dict[Six, str] = {six: walked(*six) for six in product(range(4), repeat=6)}  # type: ignore[misc]
ORDER = [NONE, *LADDER]


def profile(six: Six) -> dict[str, Any]:
    return dict(zip(DIALS, six, strict=True))


def test_all_4096_complete_profiles_come_out_as_the_table_has_them() -> None:
    assert len(TABLE) == 4096
    wrong = {six for six, word in TABLE.items() if verdict(profile(six)) != word}
    assert wrong == set()


def test_the_table_itself_adds_up() -> None:
    """Counts found on paper, so that table and code cannot share a slip unseen."""
    counts = Counter(TABLE.values())
    assert counts[NONE] == 4**5
    # “High” needs Fit 3. From Closeness 3: no step down (8 traces and copies and 3 circumstances
    # of 4), whatever the lines; or one step down by trace or circumstances and one up. From
    # Closeness 2: no step down and one up.
    clean = 2 * 2 * 3  # trace 2-3, copy 2-3, circumstances 1-3
    one_down_up = (2 * 2 * 3) + (2 * 2 * 1)  # trace bad, or circumstances bad; a faithful copy
    assert counts["high"] == clean * 4 + one_down_up * 1 + clean * 1
    # A well-sourced irrelevance: the 56 profiles that a mean of 2 or more would let pass.
    assert sum(six[0] == 0 and sum(six) >= 12 for six in TABLE) == 56


def test_where_n_stands_the_range_is_that_of_all_values_it_could_have() -> None:
    for six in product([0, 1, 2, 3, "N"], repeat=6):
        if "N" not in six:
            continue
        runs = product(*([0, 1, 2, 3] if level == "N" else [level] for level in six))
        places = {ORDER.index(TABLE[run]) for run in runs}
        low, high = min(places), max(places)
        word = ORDER[low] if low == high else f"{ORDER[low]} to {ORDER[high]}"
        assert verdict(profile(six)) == word, six


@given(st.tuples(*[st.integers(0, 3)] * 6), st.sampled_from(range(6)))
def test_a_verdict_never_falls_when_a_dial_rises(six: tuple[int, ...], dial: int) -> None:
    higher = tuple(min(3, level + (place == dial)) for place, level in enumerate(six))
    assert span(profile(higher)) >= span(profile(six))  # type: ignore[arg-type]


def test_the_worked_examples_of_the_course() -> None:
    a20 = {"fit": 3, "closeness": 1, "traceability": 2, "faithfulness": 1}
    a20 |= {"independence": 1, "circumstances": 1}
    assert verdict(a20) == "very low"
    named = {**a20, "closeness": 2, "traceability": 3, "faithfulness": 2}
    assert verdict(named) == "moderate"
    assert verdict({**a20, "fit": 0}) == "not evidence for this claim"


def test_a_readers_range_on_each_dial_becomes_a_range_of_words() -> None:
    ranges = dict.fromkeys(DIALS, (1, 2))
    low = ORDER.index(TABLE[(1, 1, 1, 1, 1, 1)])
    high = ORDER.index(TABLE[(2, 2, 2, 2, 2, 2)])
    assert reach(ranges) == (low, high)


def test_each_step_of_the_rule_is_a_sentence() -> None:
    six = {"fit": 2, "closeness": 3, "traceability": 1, "faithfulness": 2}
    assert steps({**six, "independence": 3, "circumstances": 1}) == [
        "Fit is 2: the gate is open.",
        "Closeness is 3: we start at high.",
        "Traceability is 1: one step down. Now: moderate.",
        "Faithfulness is 2: no step.",
        "Circumstances is 1: no step.",
        "Independence is 3: one step up. Now: high.",
        "Fit is 2: nothing higher than moderate.",
        "So the rule says: moderate.",
    ]
    assert steps({**six, "fit": 0, "independence": 3, "circumstances": 1}) == [
        "Fit is 0: the gate is closed. All of it could be true and the claim no better off.",
        "So the rule says: not evidence for this claim.",
    ]
    anywhere = "below very low (at the end: very low) to high"
    assert steps({**dict.fromkeys(DIALS, "N"), "fit": 3, "independence": 1}) == [
        "Fit is 3: the gate is open.",
        "Closeness is N: the start is anywhere from very low to high.",
        f"Traceability is N: perhaps one step down. Now: {anywhere}.",
        f"Faithfulness is N: perhaps one step down. Now: {anywhere}.",
        f"Circumstances is N: perhaps one step down. Now: {anywhere}.",
        "Independence is 1: no step.",
        "Fit is 3: there is no ceiling.",
        "So the rule gives a range: very low to high.",
    ]


def test_the_last_step_always_gives_the_verdict() -> None:
    for six in product(LEVELS, repeat=6):
        last = steps(profile(six))[-1]
        assert last.partition(": ")[2] == f"{verdict(profile(six))}."


def test_the_rubric_has_a_question_and_four_sentences_for_each_dial() -> None:
    assert tuple(dial.id for dial in rubric()) == DIALS
    assert tuple(dial.id for dial in rubric() if dial.stage == "blind") == BLIND
    sentences = [sentence for dial in rubric() for sentence in dial.anchors]
    assert len(set(sentences)) == 24
    assert all(sentence.endswith(".") for sentence in [*sentences, unknown_sentence()])
    assert all(dial.question.endswith("?") for dial in rubric())


FINDS = [
    {"id": "note", "label": "The note", "sets": {"closeness": 2, "traceability": 3}},
    {"id": "memoir", "label": "A late memoir", "sets": {"closeness": 1}},
    {"id": "diary", "label": "A diary", "sets": {"closeness": 3, "independence": 3}},
]


def test_a_find_changes_the_dials_it_names_and_is_said_in_words() -> None:
    mine = {"fit": 3, "closeness": 1, "traceability": 1, "faithfulness": 2}
    mine |= {"independence": 1, "circumstances": 1}
    assert changed(mine, FINDS[0])["traceability"] == 3
    told = [
        "The note: “very low” becomes “moderate”.",
        "A late memoir: it stays “very low”.",
        "A diary: “very low” becomes “high”.",
    ]
    assert compare(mine, FINDS) == told
    less = "By your own ratings, another find moves your verdict more: A diary."
    assert compare(mine, FINDS, "note") == [*told, less]
    most = "By your own ratings, the find you picked moves your verdict as far as any: A diary."
    assert compare(mine, FINDS, "diary") == [*told, most]


def test_a_find_can_lower_a_verdict_and_can_end_a_doubt() -> None:
    unsure = {**dict.fromkeys(DIALS, 2), "closeness": "N"}
    assert compare(unsure, FINDS[1:2]) == ["A late memoir: “very low to moderate” becomes “low”."]
    sure = dict.fromkeys(DIALS, 2)
    assert compare(sure, FINDS[1:2]) == ["A late memoir: “moderate” becomes “low”."]


def test_where_nothing_fits_no_find_can_help() -> None:
    shut = {**dict.fromkeys(DIALS, 3), "fit": 0}
    none = "None of these finds would move your verdict."
    assert compare(shut, FINDS)[-1] == none
    assert compare(shut, FINDS, "note")[-2:] == [none, "You guessed otherwise."]
    assert compare(shut, FINDS, NO_FIND)[-2:] == [none, "You guessed so."]


def test_a_guess_that_none_would_move_it_is_answered_too() -> None:
    mine = {**dict.fromkeys(DIALS, 2), "fit": 3, "closeness": 1}
    assert compare(mine, FINDS, NO_FIND)[-1] == (
        "You guessed that none of them would move it. By your own ratings, this moves it furthest: "
        "A diary."
    )
    only = ["A diary: “low” becomes “high”."]
    assert compare(mine, FINDS[2:]) == only
    assert compare(mine, FINDS[2:], "diary") == [*only, "You guessed so."]
    assert compare(mine, FINDS[2:], NO_FIND) == [*only, "You guessed otherwise."]
