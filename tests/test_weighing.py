"""Weighing explanations and tracing accounts: what is found and told, and authors' slips."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from many_kinds import EXERCISES, exercise, many_kinds, the_many_kinds
from workbook import lyushkov
from workbook.ask import Ask
from workbook.book.still import still_face
from workbook.case import CaseError, open_case
from workbook.claims import roots
from workbook.feedback import Feedback, words
from workbook.judging import judge
from workbook.kinds import KINDS
from workbook.kinds.tracing import circles, lines
from workbook.kinds.weighing import against, deciding, foremost, shift, sorting

CASE = the_many_kinds()
BEFORE = {"breaks": 20, "holds": 30, "open": 50}
CELLS = {
    "breaks": {"rain": "consistent", "guess": "consistent"},
    "holds": {"rain": "inconsistent", "guess": "consistent"},
    "open": {"rain": "neither", "guess": "cannot tell"},
}
WHOLE = {"before": BEFORE, "cells": CELLS, "opposite": "Dams leak.", "after": BEFORE}


def weighed(*answers: Any) -> Feedback:
    return judge(*CASE.compiled["the_matrix"], answers)


def test_points_first_then_cells_and_our_reading_only_at_the_end() -> None:
    begun = weighed({"before": BEFORE})
    assert begun.part.startswith("Your points are kept. Now take one finding at a time")
    assert (begun.verdict, begun.worked, begun.because) == ("noted", None, None)
    filled = weighed({"before": BEFORE, "cells": CELLS})
    assert filled.part.split("\n") == [
        "◆ Tells the explanations apart: The water.",
        "○ Says the same of all, and so helps to choose between none: A guess.",
        "Cells that speak against: It breaks 0; It holds 1; Nobody knows 0.",
        "Fewest against: It breaks, Nobody knows. That alone makes nothing true: an explanation "
        "that rules out little is hard to speak against.",
        "The order at the top hangs on single cells. Take away any one of these, and it changes: "
        "It holds × The water. How sure are you of them?",
        "One step is left. Write down the case against your own favourite, then share out your "
        "points once more.",
    ]
    assert filled.worked is None
    after = {"breaks": 45, "holds": 5, "open": 50}
    told = weighed({**WHOLE, "after": after})
    assert told.part.split("\n")[-2:] == [
        "You moved 25 of your 100 points: It breaks 20 → 45; It holds 30 → 5. Which cell moved "
        "you most?",
        "In 5 of 6 cells your word is one that we would defend too. Compare your reasons with "
        "ours here: Nobody knows × A guess.",
    ]
    assert told.worked is not None
    assert told.worked.split("\n")[0] == "§ The water"
    assert told.worked.split("\n")[2] == "– It holds: inconsistent or neither. A lot."
    assert told.because == "It says so."
    assert (told.score, told.points, told.tries, told.closed) == (0, 0, 0, False)


def test_who_stays_and_who_marks_nothing_is_told_so() -> None:
    flat = {row: dict.fromkeys(cells, "consistent") for row, cells in CELLS.items()}
    part = weighed({**WHOLE, "cells": flat}).part
    assert "No cell speaks against any explanation, so nothing has been put to the test" in part
    assert "Your points stayed where they were." in part
    against_all = {row: dict.fromkeys(cells, "inconsistent") for row, cells in CELLS.items()}
    assert "All have equally many against them." in weighed({**WHOLE, "cells": against_all}).part


def test_the_step_is_told_from_the_answer_itself() -> None:
    face = CASE.compiled["the_matrix"][0]
    stage = KINDS["matrix"].stage
    steps = [{"before": BEFORE}, {"before": BEFORE, "cells": CELLS}, WHOLE]
    assert [stage(face, step) for step in steps] == ["before", None, "after"]
    short = lyushkov.compiled["two_keys_four_findings"][0]
    assert stage(short, {"cells": {}}) is None


MISREAD: list[tuple[str, Any, str]] = [
    ("matrix", [1], "Your answer should be a set of names and values"),
    ("matrix", {"after": BEFORE, "more": 1}, "“more” is no part of this answer. Its parts are:"),
    ("matrix", {"cells": CELLS}, "Share out your 100 points first, under “before”."),
    ("matrix", {"before": BEFORE, "after": BEFORE}, "Fill in the cells first."),
    (
        "matrix",
        {"before": BEFORE, "cells": CELLS, "after": BEFORE},
        "The last step has two parts, “opposite” and “after”; only “after” is here.",
    ),
    ("matrix", {"before": 7}, "“before” should give each explanation its points"),
    ("matrix", {"before": {"breaks": 100}}, "Under “before”, give every explanation its points"),
    ("matrix", {"before": {**BEFORE, "open": 51}}, "Your points under “before” make 101."),
    ("matrix", {"before": {**BEFORE, "open": 0.5}}, "The points for “open” should be a whole"),
    ("matrix", {"before": {**BEFORE, "open": True}}, "The points for “open” should be a whole"),
    ("matrix", {"before": {**BEFORE, "dam": 1}}, "“dam” is not one of the explanations."),
    ("matrix", {"before": BEFORE, "cells": []}, "“cells” should give each explanation a row"),
    ("matrix", {"before": BEFORE, "cells": {"open": 1}}, "The row of “open” should give each"),
    ("matrix", {"before": BEFORE, "cells": {"open": {"wind": 1}}}, "“wind” is not one of the fin"),
    (
        "matrix",
        {"before": BEFORE, "cells": {"open": {"rain": "yes"}}},
        "For “open” and “rain” we need one of: consistent, inconsistent, neither, cannot tell;",
    ),
    ("matrix", {"before": BEFORE, "cells": {"open": {}}}, "Give every explanation a row. Still"),
    (
        "matrix",
        {"before": BEFORE, "cells": {**CELLS, "open": {"rain": "neither"}}},
        "The row of “open” has open cells: guess.",
    ),
    ("matrix", {**WHOLE, "opposite": " \n"}, "Under “opposite”, write a sentence or two"),
    ("matrix", {**WHOLE, "opposite": "x" * 2001}, "Under “opposite” there is room for 2000"),
    ("provenance", "ben", "Your answer should have two parts"),
    ("provenance", {"lines": 2}, "The part “depends” is missing from your answer."),
    ("provenance", {"depends": {}, "tree": 2}, "“tree” is no part of this answer."),
    ("provenance", {"depends": [], "lines": 1}, "“depends” should give each account a list"),
    ("provenance", {"depends": {"ben": []}, "lines": 1}, "“ben” is not one of the accounts."),
    ("provenance", {"depends": {"anna": "ben"}, "lines": 1}, "For “anna” we need a list"),
    ("provenance", {"depends": {"anna": [1]}, "lines": 1}, "For “anna” we need names"),
    ("provenance", {"depends": {"anna": ["dam"]}, "lines": 1}, "“dam” is neither an account nor"),
    ("provenance", {"depends": {"anna": ["anna"]}, "lines": 1}, "“anna” cannot depend on itself."),
    ("provenance", {"depends": {"anna": ["ben"] * 2}, "lines": 1}, "For “anna” you name “ben” tw"),
    ("provenance", {"depends": {"anna": ["ben"] * 9}, "lines": 1}, "The list for “anna” is too lo"),
    ("provenance", {"depends": {"anna": []}, "lines": 1}, "Say of every account on whom it depen"),
    (
        "provenance",
        {"depends": {"anna": ["carl"], "carl": ["anna"], "eve": []}, "lines": 1},
        "These lean on each other in a circle: anna, carl. One of them must have come first.",
    ),
    (
        "provenance",
        {"depends": {"anna": [], "carl": [], "eve": []}, "lines": 4},
        "The number of separate lines should be a whole number from 1 to 3;",
    ),
]


@pytest.mark.parametrize(("kind", "answer", "sentence"), MISREAD)
def test_what_is_no_answer_is_told_what_was_expected(kind: str, answer: Any, sentence: str) -> None:
    got = judge(*CASE.compiled[f"the_{kind}"], [answer])
    assert got.verdict == "unanswered"
    assert got.reply.startswith(sentence)


VALUES = st.sampled_from(["consistent", "inconsistent", "neither", "cannot tell"])
TABLES = st.fixed_dictionaries(
    dict.fromkeys("abc", st.fixed_dictionaries(dict.fromkeys("xyz", VALUES)))
)


@given(TABLES)
def test_no_explanation_leads_without_the_cells_that_carry_it(cells: Any) -> None:
    marks = against(cells)
    ahead = foremost(marks)
    assert set(ahead) == {name for name in marks if marks[name] == min(marks.values())}
    hang = deciding(cells)
    for name, row in cells.items():
        for finding, value in row.items():
            without = {**cells, name: {**row, finding: "cannot tell"}}
            changed = foremost(against(without)) != ahead
            assert ((name, finding) in hang) == (changed and value == "inconsistent")


@given(TABLES, st.sampled_from("xyz"))
def test_a_finding_that_says_the_same_of_all_tells_nothing_apart(cells: Any, finding: str) -> None:
    column = {row[finding] for row in cells.values()} - {"cannot tell"}
    assert (sorting(cells, finding) == "flat") == (len(column) <= 1)
    assert (sorting(cells, finding) == "apart") == ("inconsistent" in column and len(column) > 1)


def test_points_that_move_are_counted_once() -> None:
    assert shift({"a": 50, "b": 50}, {"a": 30, "b": 70}) == (20, ["a", "b"])


def traced(depends: Any, count: int = 2) -> Feedback:
    return judge(*CASE.compiled["the_provenance"], [{"depends": depends, "lines": count}])


RIGHT = {"anna": ["ben"], "carl": ["anna"], "eve": ["gauge"]}


def test_rows_and_the_count_earn_and_the_tree_is_told() -> None:
    got = traced(RIGHT)
    assert (got.verdict, got.score) == ("correct", 1)
    assert got.part == (
        "There are 3 accounts; in your tree they go back to this many separate lines: 2."
    )
    got = traced(RIGHT, 3)
    assert (got.score, got.reply) == (0.75, "Count stalks and not leaves.")
    assert got.part.startswith("3 of 3 rows stand as you have them. There are 3 accounts;")
    assert got.part.endswith("lines: 2. You counted 3.")
    got = traced({**RIGHT, "carl": []}, 3)
    assert (got.score, got.reply) == (0.5, "Whose words does Carl have?")
    assert got.part.endswith("lines: 3.")
    other = traced({**RIGHT, "carl": ["ben"]})
    assert other.reply == "Yes. That reading can be defended as well. He may have asked Ben."
    assert other.text().split("\n")[-5:] == [
        "Also defensible:",
        "– Anna's post: Ben",
        "– Carl's copy: Ben",
        "– Eve's water gauge: A gauge",
        "Separate lines: 2. He may have asked Ben.",
    ]
    assert traced({"anna": [], "carl": [], "eve": []}, 1).score == 0


def test_the_order_in_which_parents_are_named_is_no_matter() -> None:
    face = lyushkov.compiled["who_leans_on_whom"][0]
    answer = lyushkov.items["who_leans_on_whom"].answer
    turned = {row: parents[::-1] for row, parents in answer["depends"].items()}
    got = judge(*lyushkov.compiled["who_leans_on_whom"], [{**answer, "depends": turned}])
    assert got.verdict == "correct"
    assert face["rows"][1]["what"] == lyushkov.testimonies["statement"].what


@given(
    st.fixed_dictionaries({name: st.lists(st.sampled_from("xyz"), unique=True) for name in "abcd"})
)
def test_lines_are_separate_only_if_nothing_is_shared(depends: Any) -> None:
    count = lines(depends)
    assert 1 <= count <= len(depends)
    apart = all(not set(depends[a]) & set(depends[b]) for a in "abcd" for b in "abcd" if a != b)
    assert (count == len(depends)) == apart
    assert circles(depends) == []


def test_the_item_on_a_question_counts_lines_as_the_case_does() -> None:
    item = lyushkov.items["who_leans_on_whom"]
    found = [roots(row.id, lyushkov.testimonies) for row in item.rows]
    depends = {str(n): sorted(one) for n, one in enumerate(found)}
    assert lines(depends) == item.answer["lines"]


BROKEN: list[tuple[str, str, str, str]] = [
    # kind, what the author wrote, what he should not have written instead, what he is told
    ("matrix", '"neither"], why = "A lot."', '"no"], why = "A lot."', "has “no”; it is one of"),
    ("matrix", 'why = "A lot."', 'why = " "', "needs at least one value, and a reason"),
    ("matrix", 'passage = "a2"', 'passage = "a9"', "passage “a9” is not in the edition"),
    ("matrix", 'passage = "a2"', 'testimony = "eve"', "testimony “eve” is not known"),
    ("matrix", ', passage = "a2"', "", "needs either a `passage` or a `testimony`"),
    (
        "matrix",
        '{ hypothesis = "open", evidence = "rain"',
        '{ hypothesis = "open", evidence = "guess"',
        "the reading lacks the cell ('open', 'rain')",
    ),
    ("matrix", '{ id = "holds"', '{ id = "breaks"', "the id “breaks” in `hypotheses`"),
    ("provenance", "lines = 2 }\naccept", "lines = 3 }\naccept", "counts 3 lines; its own tree"),
    ("provenance", 'anna = ["ben"], carl = ["anna"]', 'anna = ["bem"], carl = ["anna"]', "cannot"),
    ("provenance", "carl = [] }", "karl = [] }", "the mistake's “karl” is not among rows and"),
    ("provenance", "{ lines = 3 }", "{ count = 3 }", "must have `depends`, `lines` or both"),
    ("provenance", "{ lines = 3 }", "{ lines = 2 }", "both an answer and a mistake"),
    ("provenance", "rows = [", 'question = "dam"\nrows = [', "the question “dam” is not known"),
]


@pytest.mark.parametrize(("kind", "old", "new", "told"), BROKEN)
def test_an_authors_slip_is_named(kind: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in EXERCISES[kind]
    broken = exercise(kind, EXERCISES[kind].replace(old, new, 1))
    with pytest.raises(CaseError) as raised:
        many_kinds(tmp_path, broken)
    sentences = [str(problem) for problem in raised.value.problems]
    assert any(f"exercises/01.toml: the_{kind}: " in one and told in one for one in sentences), (
        sentences
    )


def test_an_item_that_disagrees_with_the_testimonies_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    for path in lyushkov.folder.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(lyushkov.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    testimonies = folder / "testimonies.toml"
    text = testimonies.read_text("utf-8")
    changed = text.replace(
        'depends_on = ["japanese_officers", "coox"]', 'depends_on = ["japanese_officers"]', 1
    )
    assert changed != text
    testimonies.write_text(changed, "utf-8", newline="\n")
    with pytest.raises(CaseError) as raised:
        open_case(folder)
    assert [str(problem) for problem in raised.value.problems] == [
        "exercises/09.toml: who_leans_on_whom: the answer for “officers” disagrees with "
        "testimonies.toml: japanese_officers"
    ]


@pytest.mark.parametrize("name", ["five_explanations", "who_leans_on_whom"])
def test_the_question_can_be_read_where_nothing_runs(name: str) -> None:
    face, key = lyushkov.compiled[name]
    assert key
    text = Ask(lyushkov)[name].answer(...)._repr_mimebundle_()["text/plain"]
    still = unescape(still_face(face, key, words(), "x1"))
    told = lyushkov.testimonies["statement"].what
    assert told in text
    assert told[:40] in still
    if face["kind"] == "matrix":
        assert "He said it because it was useful to him." in text
        assert still.count('<th scope="row">') == 5
        assert "How the workbook reads it" in still
    assert key["because"] not in text
