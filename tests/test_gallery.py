"""The pictures of a case: what they pick from it, and what they say of a wrong name."""

import pytest

from workbook import gallery, lyushkov
from workbook.figures import Cell, matrix


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
