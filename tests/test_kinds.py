"""The kinds beyond the first four: what they earn, what is said, and what authors get wrong."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from awkward_case import the_awkward_case
from many_kinds import EXERCISES, exercise, many_kinds, the_many_kinds
from workbook import open_case
from workbook.ask import Ask
from workbook.case import CaseError
from workbook.faults import faults
from workbook.feedback import Feedback
from workbook.judging import judge
from workbook.kinds import Mistake
from workbook.scoring import choices_score, number_score, order_score

CASE = the_many_kinds()
TABLE: list[tuple[str, Any, float, str, str]] = [
    # kind, answer, score, reply, part
    ("choices", ["month", "names"], 1.0, "Yes. That is how we read it too.", ""),
    ("choices", ["month"], 1.0, "Yes. That reading can be defended as well.", ""),
    (
        "choices",
        ["names", "month", "saw"],
        0.5,
        "Look again.",
        "Of what you chose, 2 fit and 1 do not.",
    ),
    ("choices", ["names"], 0.5, "Read on", "All that you chose fits, but something is missing."),
    ("choices", ["saw", "sure"], 0.0, "Neither", "Nothing that you chose fits."),
    ("choices", ["sure", "names", "month"], 0.5, "There is a small", "Of what you chose"),
    ("classify", {"anna": "voice", "ben": "voice", "dam": "topic"}, 1.0, "Yes.", ""),
    (
        "classify",
        {"anna": "voice", "ben": "topic", "dam": "topic"},
        2 / 3,
        "Which verb",
        "2 of 3 rows stand as you have them.",
    ),
    ("drift", {"hedge": "hedge dropped", "voice": "left out"}, 1.0, "Yes.", ""),
    (
        "drift",
        {"hedge": "kept", "voice": "left out"},
        0.5,
        "Compare word by word.",
        "1 of 2 rows stand as you have them.",
    ),
    ("order", ["speak", "write", "post", "copy"], 1.0, "Yes.", ""),
    (
        "order",
        ["copy", "post", "write", "speak"],
        0.0,
        "Start with the event.",
        "You have it the other way round: what comes first stands last.",
    ),
    (
        "order",
        ["speak", "post", "write", "copy"],
        2 * (5 / 6) - 1,
        "What is posted",
        "5 of 6 pairs stand in the right order.",
    ),
    ("number", 12.5, 1.0, "Yes.", ""),
    ("number", 1200, 0.0, "Mind the unit.", "Your number is too large."),
    ("number", 11.4, 0.0, "Look again.", "Your number is too small."),
]


def said(kind: str, *answers: Any) -> Feedback:
    return judge(*CASE.compiled[f"the_{kind}"], answers)


@pytest.mark.parametrize(("kind", "answer", "score", "reply", "part"), TABLE)
def test_what_an_answer_earns_and_is_told(
    kind: str, answer: Any, score: float, reply: str, part: str
) -> None:
    got = said(kind, answer)
    assert got.score == score
    assert got.reply.startswith(reply)
    assert got.part.startswith(part)
    assert (got.part == "") == (part == "")
    assert got.closed == (score == 1)


MISREAD: list[tuple[str, Any, str]] = [
    ("choices", "month", "Your answer should be a list of options"),
    (
        "choices",
        [True],
        "Option 1 of your answer should be a name in quotation marks; what came was true",
    ),
    ("choices", ["x\ud800"], "“x\ufffd” is not one of the options here. They are: names, month"),
    ("choices", ["month", "month"], "“month” stands twice in your answer."),
    ("choices", ["month"] * 1_000_000, "Your answer names 1000000 options; there are 4"),
    ("order", {"speak": 1}, "Your answer should be a list of names in their order"),
    ("order", ["speak", 1, "post", "copy"], "Place 2 of your order should be a name"),
    ("order", ["speak", "speak", "post", "copy"], "“speak” stands twice in your order."),
    ("order", ["speak", "write"], "Give every one a place. Still missing: copy, post."),
    ("order", ["speak"] * 1_000_000, "Your order has 1000000 places; there are 4 things"),
    ("classify", ["voice"], "Your answer should give each row its label"),
    ("classify", {"anna": "voice", 7: "voice"}, "“a number” is not one of the rows asked about."),
    ("classify", {"anna": 1.0}, "For “anna” we need one of: voice, topic; what came was a number."),
    ("classify", {"anna": "voice"}, "Give every row a label. Still missing: ben, dam."),
    ("drift", {"hedge": "gone"}, "For “hedge” we need one of: kept, hedge dropped, left out; what"),
    ("number", "12", "Your answer should be a plain number, without quotation marks and without"),
    ("number", True, "Your answer should be a plain number"),
    ("number", [12], "Your answer should be a plain number"),
    ("number", math.nan, "We need an ordinary number here"),
    ("number", math.inf, "We need an ordinary number here"),
    ("number", 10**4000, "We need an ordinary number here"),
]


@pytest.mark.parametrize(("kind", "answer", "sentence"), MISREAD)
def test_what_is_no_answer_is_told_what_was_expected(kind: str, answer: Any, sentence: str) -> None:
    got = said(kind, answer)
    assert (got.verdict, got.tries) == ("unanswered", 0)
    assert got.reply.startswith(sentence)
    got.html().encode("utf-8")


def test_the_same_choice_in_another_order_and_the_same_number_are_no_new_try() -> None:
    assert said("choices", ["names", "saw"], ["saw", "names"]).tries == 1
    assert said("number", 5, 5.0).tries == 1


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("name", list(CASE.items))
@given(value=PLAIN)
def test_no_value_at_all_breaks_a_kind(name: str, value: object) -> None:
    assert judge(*CASE.compiled[name], [value]).reply


ITEMS = st.permutations("abcdef")


@given(ITEMS, ITEMS)
def test_an_order_reversed_earns_nothing_and_only_the_order_itself_all(
    answer: list[str], key: list[str]
) -> None:
    score, right, pairs = order_score(answer, key)
    assert (score == 1) == (answer == key)
    assert order_score(answer[::-1], key)[1] == pairs - right
    assert order_score(key[::-1], key)[0] == 0


CHOSEN = st.sets(st.sampled_from("abcdef"), min_size=1)


@given(CHOSEN, CHOSEN)
def test_choosing_everything_is_no_way_to_earn(answer: set[str], key: set[str]) -> None:
    score, right, wrong = choices_score(answer, key)
    assert 0 <= score <= 1
    assert (score == 1) == (answer == key)
    assert score == 0 or right > wrong


def test_a_number_is_right_up_to_the_ends_of_its_tolerance() -> None:
    assert [number_score(x, 12.0, 0.5) for x in (11.5, 12.5, 12.51)] == [1.0, 1.0, 0.0]


@pytest.mark.parametrize("name", list(CASE.items))
def test_every_kind_can_be_read_and_answered_without_a_form(name: str) -> None:
    face, key = CASE.compiled[name]
    shown = Ask(CASE)[name].answer(...)._repr_mimebundle_()
    for kind in ("text/plain", "text/markdown", "text/html"):
        assert key["because"] not in shown[kind]
    text = shown["text/plain"]
    offered = [*face["options"], *face["rows"], *face["values"]]
    assert all(one["label"] in text and f'"{one["id"]}"' in text for one in offered)
    assert (face["unit"] or "") in text
    assert f"ask.{name}.answer(" in text


def test_in_what_changed_the_words_that_differ_are_known() -> None:
    face, _ = CASE.compiled["the_drift"]
    first, second = face["rows"]
    assert first["original"] == [
        ["will", False],
        ["perhaps", True],
        ["break in May", False],
    ]
    assert (second["copy"], second["label"]) == ([], "“says Ben” → (left out)")


BROKEN: list[tuple[str, str, str, str]] = [
    # kind, what the author wrote, what he should not have written instead, what he is told
    ("number", 'unit = "metres"', 'unit = " "', "a number needs its `unit`"),
    ("number", "answer = 12\n", 'answer = "12 metres"\n', "'12 metres' must be a number"),
    ("number", "answer = 5,", "answer = 12.2,", "reaches into the answer's tolerance"),
    ("number", "tolerance = 0.5", "tolerance = -1", "the tolerance -1.0 must be 0 or more"),
    ("number", "answer = 5,", 'has = "5",', "`has` means nothing in a number exercise"),
    ("order", '"post", "copy"]', '"post", "post"]', "must name every item once"),
    ("order", '{ id = "copy"', '{ id = "post"', "item “post” stands twice"),
    ("order", '"speak", "write", "post", "copy"]', '"copy", "write", "speak", "post"]', "already"),
    ("order", 'before = ["post", "write"]', 'before = ["write", "post"]', "is part of an answer"),
    ("order", 'before = ["post", "write"]', 'before = ["post", "wrote"]', "did you mean “write”?"),
    ("order", 'answer = ["copy"', 'answer = ["speak"', "must name every item once"),
    ("choices", 'has = "sure"', 'has = "names"', "choosing “names” is part of an answer"),
    ("choices", 'lacks = "month"', 'lacks = "saw"', "leaving out “saw” is part of an answer"),
    ("choices", 'has = "sure",', "", "the mistake M6 needs exactly one of `answer` or `has`"),
    ("choices", 'answer = ["sure", "saw"]', 'answer = ["names", "month"]', "both an answer and a"),
    ("choices", '"month", "names"]', '"month", "maned"]', "cannot be given: “maned”"),
    ("classify", 'dam = "topic" }', 'damm = "topic" }', "must give every row its label"),
    ("classify", 'ben = "topic"', 'ben = "voice"', "both an answer and a mistake"),
    ("classify", 'ben = "topic"', 'ben = "topics"', "cannot be given"),
    (
        "drift",
        'original = "says Ben"',
        'original = "said Ben"',
        "nearest words there are “says Ben",
    ),
    ("drift", 'copy_passage = "a2"', 'copy_passage = "a9"', "copy_passage “a9” is not in"),
    ("drift", 'voice = "left out"', 'voice = "lost"', "cannot be given"),
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


def test_twins_name_each_other(tmp_path: Path) -> None:
    twins = {"a": "b", "b": "", "c": "e", "ff": "ff", "good": "same", "same": "good"}
    text = "".join(
        exercise("order", f'twin = "{twin}"\n{EXERCISES["order"]}', name)
        for name, twin in twins.items()
    )
    with pytest.raises(CaseError) as caught:
        many_kinds(tmp_path, text)
    assert [str(problem) for problem in caught.value.problems] == [
        "exercises/01.toml: a: its twin “b” names no twin; twins name each other",
        "exercises/01.toml: c: its twin “e” is not an exercise of this case",
        "exercises/01.toml: ff: names itself as its twin",
    ]


def test_of_a_single_voice_the_side_is_told_and_not_a_count() -> None:
    item = open_case("lyushkov").compiled["kirov_used"]
    near = judge(*item, [{"gerdowning": "probable for"}])
    assert (near.verdict, near.part) == (
        "partly",
        "You have the right side, but not how sure the voice is.",
    )
    assert judge(*item, [{"gerdowning": "certain against"}]).part == ""


@pytest.mark.parametrize("name", ["mark_school", "mark_nested", "mark_long"])
def test_a_whole_passage_can_be_marked_whatever_it_holds_and_however_long_it_is(name: str) -> None:
    face, key = the_awkward_case().compiled[name]
    found = judge(face, key, [face["passage"]["text"]])
    assert found.verdict in ("partly", "not yet")
    assert found.closed is False


ODD = [
    None, True, 7, 1.5, "", "x", [], [1], ["x", "x"], [["x"]], {}, {"x": "y"}, {"x": ["y"]},
    {"depends": ["x"]}, {"depends": {"x": "y"}, "lines": "2"}, {"exact": 1}, {"exakt": "x"},
]  # fmt: skip


@pytest.mark.parametrize("kind", [*EXERCISES, "mark", "chain", "choice", "certainty"])
def test_an_answer_or_a_mistake_of_an_odd_shape_is_a_sentence_for_its_author(kind: str) -> None:
    case, item = next(
        (case, item)
        for case in (CASE, the_awkward_case(), open_case("lyushkov"))
        for item in case.items.values()
        if item.kind == kind
    )
    for odd in ODD:
        wrong = structs.replace(item, answer=odd)
        if not item.noted and not (kind == "number" and odd in (7, 1.5)):
            assert list(faults(wrong, case.edition, case.id)), odd
        mistake = Mistake(code="M1", reply="Look again.", answer=odd)
        said = list(
            faults(structs.replace(item, mistake=(mistake, *item.mistake)), case.edition, "")
        )
        assert all(isinstance(one, str) for one in said)


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("classify", 'answer = { dam = "voice" }', 'answer = { dm = "voice" }',
         "the mistake's row “dm” is not there; did you mean “dam”?"),
        ("provenance", "depends = { carl = [] }", 'depends = ["carl"]',
         "the `depends` of the mistake {'depends': ['carl']} must give each row a list"),
    ],
)  # fmt: skip
def test_a_slip_in_a_mistake_is_named(
    kind: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(CaseError) as caught:
        many_kinds(tmp_path, exercise(kind, EXERCISES[kind].replace(old, new)))
    assert [problem.said for problem in caught.value.problems] == [said]


def test_a_certainty_that_is_none_is_named(tmp_path: Path) -> None:
    fields = """
proposition = "It breaks."
answer = { ben = "possibly for" }
mistake = [
  { answer = { ben = "certain for" }, code = "M6", reply = "There is a small word." },
  { answer = { ben = "not committed" }, code = "M4", reply = "He leans one way." },
]
"""
    with pytest.raises(CaseError) as caught:
        many_kinds(tmp_path, exercise("certainty", fields))
    assert [problem.said for problem in caught.value.problems] == [
        "the certainty “possibly for” of “ben” is not known; did you mean “possible for”?"
    ]
