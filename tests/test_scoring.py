"""How much of an answer is right: the values teachers were promised."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.attribution import CERTAINTIES, expand
from workbook.edition import tokenise
from workbook.scoring import (
    certainty_score,
    chain_score,
    edit_distance,
    locate,
    mark_score,
    points,
    same_value,
)

FOUR = [["gd", "book", "jap", "lyu"]]
VOICES = st.sampled_from(["gd", "book", "jap", "lyu", "op", "captors"])
CHAINS = st.lists(VOICES, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("answer", "score", "off"),
    [
        (["gd", "book", "jap", "lyu"], 1.0, ""),
        (["gd"], 0.0, "alone"),
        (["gd", "lyu"], 0.375, "short"),
        (["gd", "book", "lyu"], 0.625, "short"),
        (["lyu", "jap", "book", "gd"], 0.0, "reversed"),
        (["gd", "book", "jap", "lyu", "op"], 0.75, "invented"),
        (["gd", "jap", "book", "lyu"], 0.375, "order"),
    ],
)
def test_chains_earn_what_the_table_says(answer: list[str], score: float, off: str) -> None:
    got, _, why = chain_score(answer, FOUR)
    assert (got, why) == (pytest.approx(score), off)


def test_an_optional_voice_may_be_there_or_not() -> None:
    chains = list(expand(["gd", "book", "jap?", "lyu"]))
    assert chain_score(["gd", "book", "lyu"], chains)[0] == 1
    assert chain_score(["gd", "book", "jap", "lyu"], chains)[0] == 1
    assert chain_score(["gd", "op", "book", "lyu"], chains)[0] < 0.75


@given(CHAINS, CHAINS)
def test_only_the_chain_itself_earns_all(answer: list[str], key: list[str]) -> None:
    score, stands, _ = chain_score(answer, [key])
    assert 0 <= score <= 1
    assert (score == 1) == (answer == key)
    assert answer[:stands] == key[:stands]
    if not set(answer) <= set(key):
        assert score <= 0.75


@given(CHAINS, CHAINS)
def test_edit_distance_is_a_distance(a: list[str], b: list[str]) -> None:
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= edit_distance(a, b) <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("answer", "key", "score"),
    [
        ("certain for", "certain for", 1.0),
        ("probable for", "certain for", 0.6),
        ("possible for", "certain for", 0.2),
        ("not committed", "certain against", 0.0),
        ("certain for", "certain against", 0.0),
        ("possible for", "not committed", 0.0),
        ("possible against", "probable against", 0.6),
    ],
)
def test_certainty_is_graded_by_steps(answer: str, key: str, score: float) -> None:
    assert certainty_score(answer, key) == pytest.approx(score)


def test_certainty_is_full_only_for_itself() -> None:
    for a in CERTAINTIES:
        for b in CERTAINTIES:
            assert (certainty_score(a, b) == 1) == (a == b)


@pytest.mark.parametrize(
    ("marked", "score", "off"),
    [
        ({3, 4}, 1.0, ""),
        ({3}, 1.0, ""),
        ({2, 3, 4, 5}, 1.0, ""),
        ({0, 1, 2, 3, 4, 5}, 0.8, "long"),
        ({0, 1, 2, 3}, 2 / 3, "long"),
        ({9, 10}, 0.0, "elsewhere"),
        ({5}, 2 / 3, "short"),
    ],
)
def test_marking_between_core_and_maximum_is_full(marked: set[int], score: float, off: str) -> None:
    got, why = mark_score(marked, {3}, {2, 3, 4, 5})
    assert (got, why) == (pytest.approx(score), off)


NUMBERS = st.frozensets(st.integers(0, 12), min_size=1)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_optional_words_never_hurt(
    marked: frozenset[int], core: frozenset[int], extra: frozenset[int]
) -> None:
    score, _ = mark_score(marked, core, core | extra)
    more, _ = mark_score(marked | extra, core, core | extra)
    assert 0 <= score <= 1
    assert more >= score or not core & marked
    assert score == 0 or score >= 0.5


def test_points_are_score_by_try() -> None:
    assert points([0.5, 1.0, 1.0, 1.0]) == [0.5, 0.6, 0.3, 0.0]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (1, 1.0, True),
        (True, 1, False),
        (True, True, True),
        (False, 0, False),
        ("1", 1, False),
        (None, False, False),
        (math.nan, math.nan, True),
        (10**400, 1, False),
        (10**400, math.nan, False),
        ([1, "a"], [1.0, "a"], True),
        ([1], [True], False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ((1, 2), [1, 2], True),
        ("\ud800", "\ud800", True),
    ],
)
def test_types_compare_strictly(a: object, b: object, same: bool) -> None:
    assert same_value(a, b) is same
    assert same_value(b, a) is same


PASSAGE = "some collaboration:\nthe  “Big  Bang” didn't happen; the end"


@pytest.mark.parametrize(
    ("exact", "prefix", "words", "places"),
    [
        ("Big Bang", "", ["Big", "Bang"], 1),
        ('the "big bang"', "", ["the", "Big", "Bang"], 1),
        ("collaboration: the", "", ["collaboration", "the"], 1),
        ("the", "", [], 2),
        ("the", "happen; ", ["the"], 1),
        ("the", "happen;", ["the"], 1),
        ("ang", "", [], 0),
        ("nowhere", "", [], 0),
        ("", "", [], 0),
        (" \n ", "", [], 0),
        ("didn’t", "", ["didn't"], 1),
        ("didn", "", [], 0),
    ],
)
def test_words_are_found_as_a_person_would_copy_them(
    exact: str, prefix: str, words: list[str], places: int
) -> None:
    tokens = tokenise(PASSAGE)
    marked, count = locate(PASSAGE, tokens, exact, prefix)
    assert [PASSAGE[slice(*tokens[i][:2])] for i in marked] == words
    assert count == places


@pytest.mark.parametrize(
    ("exact", "found"),
    [
        ("Hálden", [1]),
        ("Ha\u0301lden", [1]),
        ("Halden", []),
        ("É", [3]),
        ("E\u0301", [3]),
        ("E", []),
        ("Ha", []),
    ],
)
def test_an_accent_counts_however_it_is_typed(exact: str, found: list[int]) -> None:
    text = "Mr Ha\u0301lden, É"
    assert locate(text, tokenise(text), exact)[0] == found


def test_the_first_of_two_equal_words_is_told_by_what_follows() -> None:
    tokens = tokenise("the one and the other")
    assert locate("the one and the other", tokens, "the", "", "one") == ([0], 1)
