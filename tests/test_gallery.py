"""The pictures of a case: what they pick from it, and what they say of a wrong name."""

import pytest

from workbook import gallery, lyushkov
from workbook.figures import Cell, Told, matrix, years_between


def test_the_matrix_never_counts_without_showing_which_marks_decide() -> None:
    picture = gallery.matrix(lyushkov)
    assert picture.header[-1] == "Findings against it"
    useful = next(row for row in picture.rows if row[0] == "Useful")
    assert "inconsistent, decides" in useful and useful[-1] == "1"
    assert "“Said or conveyed”: says the same of all." in picture.alt


def test_a_matrix_that_is_begun_shows_its_empty_cells_and_decides_nothing() -> None:
    answer = {"cells": {"convinced": {"ceased": "inconsistent"}}}
    picture = gallery.matrix(lyushkov, answer, name="two_keys_four_findings")
    assert picture.rows[0] == ("Convinced", "empty", "empty", "empty", "inconsistent", "1")
    assert "decides" not in picture.alt


def test_a_lesson_s_column_has_its_reasons() -> None:
    picture = gallery.matrix(lyushkov, name="emigres")
    assert picture.rows[1][1] == "cannot tell (what did his hosts wish to hear?)"


def test_a_matrix_that_there_is_not_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="this case has no matrix `emigre`"):
        gallery.matrix(lyushkov, name="emigre")
    with pytest.raises(ValueError, match="has no explanation `convincd`"):
        gallery.matrix(lyushkov, {"cells": {"convincd": {}}})
    with pytest.raises(ValueError, match="“perhaps” is nothing a cell may say"):
        matrix(["one"], ["x"], [[Cell("perhaps")]])


def test_the_years_between_a_passage_and_what_it_tells_are_counted_stage_by_stage() -> None:
    picture = gallery.years_between(lyushkov)
    far = {row[0]: row[1:3] for row in picture.rows if row[2]}
    assert far["5. scholarly article"] == ("1998", "53 to 60 years")
    assert far["7. web log post"] == ("2019", "74 to 81 years")
    assert far["9. text file"] == ("from 2019 on", "74 years or more")
    assert "It tells of 1938–1945." in picture.alt


def test_a_year_off_the_axis_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="the year 2019 lies outside the axis, 1911 to 1950"):
        years_between("x", (1911, 1913), [1912], [], [Told("a blog", 2019, None)], (1911, 1950))
