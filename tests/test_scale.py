"""Weighing a class gives what judging each learner gives, and reading in bulk stays strict."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hand_ins import RIGHT, line
from many_kinds import the_many_kinds
from workbook import Case, lyushkov
from workbook.classroom.lines import all_said, said
from workbook.classroom.scale import Scale, points_of
from workbook.judging import judge
from workbook.record import parse_line


def _answers_to(case: Case, name: str) -> list[Any]:
    """Every answer and whole mistake that is declared, and things that cannot be read."""
    item = case.items[name]
    declared = [item.answer, *(other.answer for other in item.accept)]
    declared += [whole for m in case.compiled[name][1]["mistakes"] if (whole := item.whole(m))]
    return [*declared, ..., "", 7, ["op"], {"op": 1}, True]


@pytest.mark.parametrize("case", [lyushkov, the_many_kinds()], ids=lambda case: case.id)
def test_weighing_gives_what_the_judge_gives(case: Case) -> None:
    chance = random.Random(7)
    for name, (face, key) in case.compiled.items():
        known = _answers_to(case, name)
        for _ in range(30):
            answers = chance.choices(known, k=chance.randrange(6))
            assert points_of(face, key, answers) == judge(face, key, answers).best, (name, answers)


@given(st.lists(st.lists(st.sampled_from(["gerdowning", "book", "lyushkov"])), max_size=5))
def test_random_chains_weigh_as_they_are_judged(answers: list[list[str]]) -> None:
    face, key = lyushkov.compiled["who_remembers"]
    assert points_of(face, key, answers) == judge(face, key, answers).best


def test_a_further_accepted_answer_is_right_and_the_case_stays_as_it_was() -> None:
    wrong = ["gerdowning", "lyushkov"]
    kind = Scale(lyushkov, {"who_remembers": [wrong]})
    assert kind.weigh_value("who_remembers", wrong).score == 1
    assert Scale(lyushkov).weigh_value("who_remembers", wrong).score < 1
    assert Scale(lyushkov).weigh_value("who_remembers", wrong).code


def test_the_same_line_at_another_time_is_read_alike() -> None:
    first, later = said(RIGHT), said(RIGHT.replace("2026", "2027"))
    assert first is not None
    assert later is not None
    assert first[0] is later[0]
    assert (first[1], later[1]) == ("2026-11-23T21:04:06.123Z", "2027-11-23T21:04:06.123Z")


TAILS = [
    "",
    "}",
    '2026"',
    '2026"}',
    '2026"}}',
    '2026","time":"2027"}',
    '2026","x":"a"}',
    '20"26"}',
    '2026\\"}',
    '2026"} ',
    '2026"]}',
    '",\\u0000"}',
]
HEADS = [
    RIGHT[: RIGHT.index(',"time"')],
    RIGHT[: RIGHT.index(',"time"')] + ',"time":"1"',
    RIGHT[: RIGHT.index(',"stage"')] + ',"answer":"x","stage":null',
    '{"format":1,"case":"rain","exercise":"mode","revision":1,"answer":{"a":1',
    '{"format":1,"case":"rain","exercise":"mode","revision":1,"answer":["a"',
    '{"format":1,"case":"rain","exercise":"mode","revision":1,"answer":"a',
    '{"format":1,"case":"rain","exercise":"mode","revision":1,"stage":null,"answer":1',
    '{"format":2,"case":"rain","exercise":"mode","revision":1,"stage":null,"answer":1',
    '[{"format":1,"case":"rain","exercise":"mode","revision":1,"stage":null,"answer":1',
]


def _names_twice(text: str) -> bool:
    twice = False

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        twice = twice or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    json.loads(text, object_pairs_hook=gather)
    return twice


@pytest.mark.parametrize("head", HEADS)
def test_no_line_is_taken_on_trust_that_a_strict_reading_refuses(head: str) -> None:
    for tail in [*TAILS, *TAILS]:  # twice: the second time, beginnings are known
        text = f'{head},"time":"{tail}'
        strict = parse_line(text)
        if strict and _names_twice(text):
            strict = None
        found = said(text)
        if strict is None:
            assert found is None, text
        else:
            assert found is not None
            one, time = found
            assert (one.line.exercise, one.line.answer, one.line.stage, time) == (
                strict.exercise,
                strict.answer,
                strict.stage,
                strict.time,
            )


USUAL = '2026-11-23T21:04:06.123Z"}'
ENDS = [
    USUAL,
    USUAL.replace('Z"', '"Z'),
    USUAL.replace('"}', '"0'),
    "}" + USUAL[1:],
    USUAL.replace("T", '"'),
    USUAL.replace("T", "x"),
    USUAL.replace("T", "\\"),
    USUAL.replace("123", "1234"),
    USUAL.replace("T", "\u00e9"),
    USUAL + " ",
    "",
]


def test_a_whole_record_is_read_as_its_lines_are_one_by_one() -> None:
    begun = RIGHT[: RIGHT.index('"2026') + 1]
    assert said(begun + USUAL) is not None, "from now on this beginning is known"
    for one in ENDS:
        for two in ENDS:
            lines = [begun + end for end in (USUAL, one, two)]
            whole = all_said("\n".join([*lines, ""]).encode("utf-8"), 10)
            alone = [found for line in lines if (found := said(line.strip()))]
            assert whole.times == [time for _, time in alone], (one, two)
            assert [a.line.answer for a in whole.answers] == ["quoted"] * len(alone)
            assert len(whole.answers) + len(whole.others) == 3


def test_a_line_that_is_no_text_is_no_answer_whatever_is_known() -> None:
    half = RIGHT.replace('"quoted"', '"\ud800"')
    assert said(half) is not None, "the JSON of a notebook can hold half a character"
    whole = all_said(half.encode("utf-8", "surrogatepass"), 10)
    assert (whole.answers, len(whole.others)) == ([], 1)


def test_lines_beside_the_answers_are_no_answers() -> None:
    from workbook.classroom.handin import understand
    from workbook.classroom.marking import mark

    words = line("who_remembers", ["gerdowning"], case="lyushkov", stage="words", revision=1)
    marks = mark(Scale(lyushkov), understand("a.jsonl", (words + "\n").encode()))
    assert (marks.status, marks.reason) == ("needs a person", "Nothing is answered in it.")
