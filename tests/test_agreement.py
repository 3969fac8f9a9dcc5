"""How far raters agree and how items behave, held to published figures and to other software."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from workbook.agreement import (
    AgreementError,
    Undefined,
    distractors,
    gwet_ac1,
    gwet_ac2,
    headline,
    interval,
    item_statistics,
    krippendorff_alpha,
    percent_agreement,
)

NAN = float("nan")
LEVELS = ("nominal", "ordinal", "interval")

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers, twelve
# units, some not rated. The same ratings are `cac.raw4raters` in Gwet's R package irrCAC, and stand
# in his Handbook (2014), pages 55 and 56.
FOUR = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, NAN],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


def from_counts(counts: list[list[int]]) -> np.ndarray:
    """Raters × units that give these counts, units × categories, one number of raters each."""
    units = [np.repeat(np.arange(len(row)), row) for row in counts]
    return np.array(units, dtype=float).T


# `distrib.6raters` of irrCAC: six psychiatrists, fifteen patients, five diagnoses.
SIX = from_counts(
    [
        [0, 0, 0, 6, 0],
        [0, 3, 0, 0, 3],
        [0, 1, 4, 0, 1],
        [0, 0, 0, 0, 6],
        [0, 3, 0, 3, 0],
        [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2],
        [2, 0, 3, 1, 0],
        [2, 0, 0, 4, 0],
        [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0],
        [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0],
        [1, 0, 0, 5, 0],
        [0, 2, 0, 3, 1],
    ]
)

# `cont3x3abstractors` of irrCAC: two raters, a hundred patients, three kinds of pregnancy.
TWO = np.array(
    [
        [0] * 13 + [1] * 20 + [1] * 7 + [2] * 4 + [2] * 56,
        [0] * 13 + [1] * 20 + [2] * 7 + [1] * 4 + [2] * 56,
    ],
    dtype=float,
)


@pytest.mark.parametrize(
    ("ratings", "level", "published"),
    [
        # Krippendorff 2011, parts A, B, C and D.
        ([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], "nominal", 0.095),
        (
            [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]],
            "nominal",
            0.692,
        ),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
    ],
)
def test_alpha_equals_what_krippendorff_printed(
    ratings: object, level: str, published: float
) -> None:
    assert round(krippendorff_alpha(ratings, level), 3) == published


@pytest.mark.parametrize(
    ("ratings", "level", "published"),
    [
        # Printed in irrCAC's README and its page on weighting; quadratic weights are interval.
        (FOUR, "nominal", 0.74342),
        (FOUR, "interval", 0.84911),
        (SIX, "nominal", 0.4204384),
        (SIX, "interval", 0.259511),
        (TWO, "nominal", 0.7972585),
        (TWO, "interval", 0.8926487),
    ],
)
def test_alpha_equals_what_gwet_printed(ratings: np.ndarray, level: str, published: float) -> None:
    assert krippendorff_alpha(ratings, level) == pytest.approx(published, abs=1e-5)


@pytest.mark.parametrize(
    ("ratings", "published"),
    # AC1 as printed in the README of irrCAC; the first stands in Gwet 2014, page 56, too.
    [(FOUR, 0.77544), (SIX, 0.4448007), (TWO, 0.8493305)],
)
def test_ac1_equals_what_gwet_printed(ratings: np.ndarray, published: float) -> None:
    assert gwet_ac1(ratings) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(
    ("ratings", "published"),
    # AC2 with quadratic weights as printed on irrCAC's page on weighting.
    [(FOUR, 0.914), (SIX, 0.4837438), (TWO, 0.9402369)],
)
def test_ac2_with_quadratic_weights_equals_what_gwet_printed(
    ratings: np.ndarray, published: float
) -> None:
    assert gwet_ac2(ratings, "quadratic") == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(("weights", "published"), [("ordinal", 0.899), ("linear", 0.859)])
def test_ac2_with_other_weights_equals_irrcac_to_the_three_digits_it_keeps(
    weights: str, published: float
) -> None:
    # The tests of irrCAC for Python hold these to three digits.
    assert round(gwet_ac2(FOUR, weights), 3) == published


def test_percent_agreement_equals_what_gwet_printed() -> None:
    assert percent_agreement(FOUR) == pytest.approx(0.8181818, abs=1e-7)
    assert percent_agreement(SIX) == pytest.approx(0.5511111, abs=1e-7)
    assert percent_agreement(TWO) == pytest.approx(0.89)


def ac_by_hand(ratings: np.ndarray, categories: list[float], weights: str) -> float:
    """Gwet's coefficient, pair by pair, as the Handbook defines it; slow, and nothing shared."""
    q = len(categories)

    def credit(a: float, b: float) -> float:
        apart = abs(a - b) / (categories[-1] - categories[0])
        if weights == "ordinal":
            low, high = sorted((categories.index(a), categories.index(b)))
            return 1 - len(list(combinations(range(low, high + 1), 2))) / (q * (q - 1) / 2)
        return {"none": float(a == b), "linear": 1 - apart, "quadratic": 1 - apart**2}[weights]

    units = [[r for r in column if not np.isnan(r)] for column in ratings.T]
    pairs = [list(combinations(unit, 2)) for unit in units if len(unit) > 1]
    agreed = np.mean([np.mean([credit(a, b) for a, b in unit]) for unit in pairs])
    rated = [unit for unit in units if unit]
    likely = [np.mean([unit.count(k) / len(unit) for unit in rated]) for k in categories]
    total = sum(credit(a, b) for a in categories for b in categories)
    chance = total / (q * (q - 1)) * sum(p * (1 - p) for p in likely)
    return float((agreed - chance) / (1 - chance))


tables = st.tuples(st.integers(2, 7), st.integers(1, 12)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, NAN]))
)


def comparable(ratings: np.ndarray) -> bool:
    """Whether some unit has two ratings, and not all ratings of such units are one value."""
    two = (~np.isnan(ratings)).sum(axis=0) > 1
    values = ratings[:, two]
    return len(np.unique(values[~np.isnan(values)])) > 1


@settings(max_examples=150)
@given(tables, st.sampled_from(LEVELS))
def test_alpha_equals_the_package_on_random_ratings(ratings: np.ndarray, level: str) -> None:
    if not comparable(ratings):
        with pytest.raises(AgreementError):
            krippendorff_alpha(ratings, level)
        return
    expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)
    assert krippendorff_alpha(ratings, level) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=50)
@given(
    arrays(float, (4, 6), elements=st.one_of(st.floats(-1e4, 1e4, width=32), st.just(NAN))),
    st.sampled_from(LEVELS),
)
def test_alpha_equals_the_package_on_any_numbers(ratings: np.ndarray, level: str) -> None:
    if comparable(ratings):
        spread = np.unique(ratings[~np.isnan(ratings)])
        if np.diff(spread).min() < 1e-3:
            return  # the package itself has few digits left there
        expected = krippendorff.alpha(reliability_data=ratings, level_of_measurement=level)
        assert krippendorff_alpha(ratings, level) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=100)
@given(tables, st.sampled_from(["none", "ordinal", "linear", "quadratic"]))
def test_gwets_coefficients_equal_the_handbooks_definition(
    ratings: np.ndarray, weights: str
) -> None:
    categories = [0.0, 1.0, 2.0, 3.0]
    if not ((~np.isnan(ratings)).sum(axis=0) > 1).any():
        with pytest.raises(AgreementError):
            gwet_ac1(ratings, categories)
        return
    found = (
        gwet_ac1(ratings, categories)
        if weights == "none"
        else gwet_ac2(ratings, weights, categories)  # type: ignore[arg-type]
    )
    assert found == pytest.approx(ac_by_hand(ratings, categories, weights), abs=1e-9)


@settings(max_examples=50)
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_raters_and_of_items_changes_nothing(ratings: np.ndarray, random) -> None:
    if not comparable(ratings):
        return
    rows, columns = list(range(len(ratings))), list(range(ratings.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    other = ratings[rows][:, columns]
    for level in LEVELS:
        same = pytest.approx(krippendorff_alpha(ratings, level), abs=1e-9)
        assert krippendorff_alpha(other, level) == same
    assert gwet_ac1(other) == pytest.approx(gwet_ac1(ratings), abs=1e-9)
    assert percent_agreement(other) == pytest.approx(percent_agreement(ratings), abs=1e-9)
    by_column = ratings[rows]
    assert interval(by_column, draws=50) == interval(ratings, draws=50)


def test_full_agreement_is_one() -> None:
    ratings = np.tile([0.0, 1, 2, 3, 0, 1], (4, 1))
    for level in LEVELS:
        assert krippendorff_alpha(ratings, level) == 1
    assert gwet_ac1(ratings) == gwet_ac2(ratings) == percent_agreement(ratings) == 1
    assert gwet_ac1(np.full((3, 4), 2.0), [0, 1, 2, 3]) == 1


def test_ratings_that_are_all_one_have_no_coefficient_and_a_reason() -> None:
    said = (
        "Everybody gave the same rating, 2, to everything. Without any difference, agreement "
        "cannot be told from habit, so the coefficient has no value."
    )
    for level in LEVELS:
        with pytest.raises(Undefined) as reason:
            krippendorff_alpha(np.full((3, 4), 2.0), level)
        assert str(reason.value) == said
    with pytest.raises(Undefined, match="Everybody gave the same rating, 2, to everything"):
        gwet_ac1(np.full((3, 4), 2.0))
    with pytest.raises(Undefined, match="Everybody gave the same rating, 2, to everything"):
        interval(np.full((3, 4), 2.0))


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ([[1, 2, 3]], "Agreement takes at least two raters; this table has one."),
        ([1, 2, 3], "Ratings must be a table of raters × units; this has one dimension."),
        ([[[1], [2]]], "Ratings must be a table of raters × units; this has 3 dimensions."),
        (
            [[NAN, NAN], [NAN, NAN]],
            "Ratings: the table is empty; every place in it is missing.",
        ),
        ([[], []], "Ratings: the table is empty; every place in it is missing."),
        ([[1, float("inf")], [1, 2]], "Ratings must be finite; one of these is infinite."),
        ([[1, NAN], [NAN, 2]], "No item was rated by two people, so there is nothing to compare."),
    ],
)
def test_ratings_that_cannot_be_compared_are_refused_in_a_sentence(
    ratings: object, said: str
) -> None:
    for compute in (gwet_ac1, percent_agreement, interval):
        with pytest.raises(AgreementError) as reason:
            compute(ratings)
        assert str(reason.value) == said
    with pytest.raises(AgreementError) as reason:
        krippendorff_alpha(ratings, "ordinal")
    assert str(reason.value) == said


@pytest.mark.parametrize(
    "ratings",
    [
        [["high", "low"], ["low", "low"]],
        [[1, "N"], [1, 2]],
        [[1, None, "2"], [1, 2, 2]],
        [[True, False], [True, True]],
        [[1, 2], [1, 2, 3]],
        "0123",
        {"a": 1},
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(ratings: object) -> None:
    with pytest.raises(AgreementError) as reason:
        krippendorff_alpha(ratings, "nominal")
    assert str(reason.value) == (
        "Ratings must be numbers in rows of one length; put NaN where one is missing."
    ) or str(reason.value).startswith("Ratings must be a table of raters × units")


def test_none_stands_for_a_missing_rating_too() -> None:
    holes = [[None if np.isnan(one) else one for one in row] for row in FOUR.tolist()]
    assert krippendorff_alpha(holes, "ordinal") == krippendorff_alpha(FOUR, "ordinal")


def test_a_level_weight_or_measure_that_is_unknown_is_named() -> None:
    with pytest.raises(AgreementError) as reason:
        krippendorff_alpha(FOUR, "ratio")  # type: ignore[arg-type]
    assert str(reason.value) == "“ratio” is not known here; take nominal, ordinal or interval."
    with pytest.raises(AgreementError, match="take ordinal, linear or quadratic"):
        gwet_ac2(FOUR, "radical")  # type: ignore[arg-type]
    with pytest.raises(AgreementError, match="take alpha, ac1, ac2 or percent"):
        interval(FOUR, "kappa")  # type: ignore[arg-type]


def test_a_rating_beyond_the_categories_is_named() -> None:
    with pytest.raises(AgreementError, match=r"^The rating 5 is not among the categories\.$"):
        gwet_ac2(FOUR, "ordinal", [1, 2, 3, 4])


def noisy(raters: int, units: int, seed: int = 3, missing: float = 0.2) -> np.ndarray:
    """Ratings 0 to 3 that follow a level of each unit's own, with some missing."""
    random = np.random.default_rng(seed)
    true = random.integers(0, 4, units)
    ratings = np.clip(true + random.integers(-1, 2, (raters, units)), 0, 3).astype(float)
    ratings[random.random(ratings.shape) < missing] = NAN
    return ratings


@pytest.mark.parametrize("measure", ["alpha", "ac1", "ac2", "percent"])
def test_an_interval_holds_its_estimate_and_narrows_with_more_items(measure: str) -> None:
    few, many = (interval(noisy(8, units), measure) for units in (15, 240))  # type: ignore[arg-type]
    for found in (few, many):
        assert found.low < found.value < found.high
        assert found.draws == 1000
    assert many.high - many.low < few.high - few.low


def test_an_interval_is_what_slow_resampling_gives() -> None:
    ratings = noisy(6, 20)
    drawn = np.random.default_rng(0).multinomial(20, np.full(20, 1 / 20), size=200)
    slow = [
        krippendorff.alpha(np.repeat(ratings, times, axis=1), level_of_measurement="ordinal")
        for times in drawn
    ]
    found = interval(ratings, "alpha", level="ordinal", draws=200, seed=0)
    assert [found.low, found.high] == pytest.approx(np.percentile(slow, [2.5, 97.5]), abs=1e-9)


def test_one_seed_gives_one_interval() -> None:
    ratings = noisy(6, 20)
    assert interval(ratings, seed=7) == interval(ratings, seed=7)
    assert interval(ratings, seed=7) != interval(ratings, seed=8)


def test_draws_without_a_value_are_left_out_of_the_interval() -> None:
    ratings = np.array([[0.0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]])
    found = interval(ratings, level="nominal", draws=400)
    assert 0 < found.draws < 400
    with pytest.raises(AgreementError, match="at least one draw"):
        interval(ratings, draws=0)


def test_a_headline_is_refused_under_five_people_or_ten_items() -> None:
    refused = headline(noisy(4, 30, missing=0))
    assert refused.sentence == (
        "No figure for agreement yet: 4 people rated, and 30 items got two ratings or more. It "
        "takes at least 5 people and 10 items. With fewer, one more rating could turn the figure "
        "round."
    )
    assert (refused.alpha, refused.gwet, refused.percent) == (None, None, None)
    assert headline(noisy(30, 9)).alpha is None
    assert headline(noisy(5, 10, missing=0)).alpha is not None


def test_people_who_rated_nothing_do_not_count_for_a_headline() -> None:
    ratings = np.vstack([noisy(4, 12), np.full((3, 12), NAN)])
    assert headline(ratings).raters == 4
    assert headline(ratings).alpha is None


def test_a_headline_says_all_its_figures() -> None:
    said = headline(noisy(12, 20), categories=[0, 1, 2, 3])
    assert said.alpha is not None
    assert said.gwet is not None
    assert said.percent is not None
    alpha, gwet = said.alpha, said.gwet
    assert said.sentence == (
        f"12 people rated 20 items. Krippendorff’s α is {alpha.value:.2f} (95 % interval "
        f"{alpha.low:.2f} to {alpha.high:.2f}). 1 is full agreement, 0 is what chance would give. "
        f"Gwet’s AC2 is {gwet.value:.2f} (95 % interval {gwet.low:.2f} to {gwet.high:.2f}). Of all "
        f"pairs of ratings, {100 * said.percent:.0f} % are the same."
    )


def test_a_class_that_gave_one_rating_only_is_told_so() -> None:
    said = headline(np.full((6, 12), 3.0), categories=[0, 1, 2, 3])
    assert said.alpha is None
    assert said.sentence == (
        "Everybody gave the same rating, 3, to everything. Without any difference, agreement "
        "cannot be told from habit, so the coefficient has no value. Of all pairs of ratings, "
        "100 % are the same."
    )


def test_items_by_hand() -> None:
    # Ten people, three items. The upper and the lower 27 % are three people each.
    first = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
    second = [1, 1, 1, 1, 0, 0, 1, 0, 0, 0]
    third = [1, 1, 0, 1, 1, 0, 0, 0.5, 0, 0]
    a, b, c = item_statistics(np.array([first, second, third]).T, ["a", "b", "c"])
    assert (a.item, a.answered, a.difficulty) == ("a", 10, 0.6)
    assert c.difficulty == pytest.approx(0.45)
    rest = np.array(second) + np.array(third)
    assert a.discrimination == pytest.approx(np.corrcoef(first, rest)[0, 1])
    assert a.upper_lower == b.upper_lower == 1
    assert c.upper_lower == pytest.approx(1 - 0.5 / 3)
    assert a.note == "Only 10 people answered; below 30, these figures say little."


def test_people_who_stand_equal_at_the_edge_share_its_places() -> None:
    # Standing 1, ½, ½, 0: one place (27 % of four) on top; at the bottom one as well.
    scores = np.array([[1, 1], [1, 0], [0, 1], [0, 0.0]])
    assert [one.upper_lower for one in item_statistics(scores, ["a", "b"])] == [1, 1]
    # Standing 1, 1, 0, 0 on the first item alone: the edge is shared, whoever comes first.
    scores = np.array([[1, 1], [1, 1], [0, 0], [0, 0], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    flipped = item_statistics(scores[::-1], ["a", "b"])
    assert flipped == item_statistics(scores, ["a", "b"])


@settings(max_examples=50)
@given(
    arrays(float, (35, 5), elements=st.sampled_from([0.0, 0.5, 1.0, NAN])),
    st.randoms(use_true_random=False),
)
def test_items_keep_their_figures_in_any_order_of_people(scores: np.ndarray, random) -> None:
    if np.isnan(scores).all():
        return
    order = list(range(35))
    random.shuffle(order)
    for one, other in zip(
        item_statistics(scores, "abcde"), item_statistics(scores[order], "abcde"), strict=True
    ):
        assert one.answered == other.answered
        for name in ("difficulty", "discrimination", "upper_lower"):
            mine, theirs = getattr(one, name), getattr(other, name)
            assert (mine is None) == (theirs is None)
            if mine is not None:
                assert mine == pytest.approx(theirs, abs=1e-9)
                assert -1 - 1e-9 <= mine <= 1 + 1e-9


def test_an_item_without_spread_or_answers_has_no_figure() -> None:
    scores = np.column_stack([np.ones(40), np.linspace(0, 1, 40), np.full(40, NAN)])
    all_right, _, nobody = item_statistics(scores, ["all right", "spread", "nobody"])
    assert all_right.difficulty == 1
    assert all_right.discrimination is None
    assert all_right.note == ""
    assert (nobody.answered, nobody.difficulty) == (0, None)
    assert nobody.note == "Nobody answered it."


def test_scores_that_are_none_are_refused() -> None:
    with pytest.raises(AgreementError, match=r"^Scores run from 0 to 1; one of these lies beyond"):
        item_statistics([[2, 1]], ["a", "b"])
    with pytest.raises(AgreementError, match="2 columns and 1 names"):
        item_statistics([[0, 1]], ["a"])
    with pytest.raises(AgreementError, match="Scores must be numbers in rows of one length"):
        item_statistics([["right", "wrong"]], ["a", "b"])


def test_misconceptions_are_counted_for_each_item() -> None:
    rows = distractors({"who": ["M1", "M1", None, "M10", "M2", "", None, None], "when": [None]})
    assert [(row.item, row.code, row.count, row.share) for row in rows] == [
        ("who", "M1", 2, 0.25),
        ("who", "M2", 1, 0.125),
        ("who", "M10", 1, 0.125),
    ]
    assert rows[0].note == "Only 8 people answered; below 30, these figures say little."
    assert distractors({"who": ["M1"] * 30})[0].note == ""
    assert distractors({"nobody": []}) == ()


def test_importing_the_workbook_does_not_import_this_room() -> None:
    code = "import sys, workbook; print([m for m in sys.modules if 'agreement' in m or m=='numpy'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
