"""Every item of every built-in case: its answers, its mistakes, and that it keeps its secret."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import pytest

from workbook.attribution import CERTAINTIES
from workbook.case import Case, built_in_cases, open_case
from workbook.evidence import BLIND, DIALS, LEVELS
from workbook.exercise import Exercise
from workbook.feedback import words
from workbook.judging import judge

CASES = [open_case(name) for name in built_in_cases()]
ITEMS = [pytest.param(case, item, id=item.id) for case in CASES for item in case.items.values()]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_every_answer_and_alternative_is_accepted(case: Case, item: Exercise) -> None:
    face, key = case.compiled[item.id]
    for reading in key["readings"]:
        for answer in reading.get("chains", [reading["answer"]]):
            got = judge(face, key, [answer])
            assert (got.verdict, got.points) == ("correct", 1)
            if reading["because"] is not None:
                assert reading["because"] in got.reply


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_every_mistake_draws_exactly_its_reply(case: Case, item: Exercise) -> None:
    face, key = case.compiled[item.id]
    assert item.noted or len(key["mistakes"]) >= 2
    for mistake in key["mistakes"]:
        got = judge(face, key, [_as_given(item, face, mistake)])
        assert (got.reply, got.code) == (mistake["reply"], mistake["code"])
        assert got.verdict in ("partly", "not yet")
        assert got.score < 1


def _as_given(item: Exercise, face: Any, mistake: Any) -> Any:
    if mistake["touches"] is not None:
        start, end, _ = face["passage"]["tokens"][mistake["touches"][0]]
        text = face["passage"]["text"]
        return {"exact": text[start:end], "prefix": text[:start], "suffix": text[end:]}
    return item.whole(mistake)


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_a_thousand_wrong_answers_each_get_a_reply(case: Case, item: Exercise) -> None:
    face, key = case.compiled[item.id]
    dice = random.Random(item.id)
    for _ in range(1000 if item.kind != "choice" else 50):
        got = judge(face, key, [_any_answer(face, dice)])
        assert got.reply or got.part  # a first look is kept, and told what comes next
        assert got.verdict in (("noted",) if item.noted else ("correct", "partly", "not yet"))
        assert (got.score == 1) == (got.verdict == "correct")


def _any_answer(face: Any, dice: random.Random) -> Any:
    if face["kind"] == "choice":
        return dice.choice(face["options"])["id"]
    if face["kind"] == "chain":
        voices = [voice["id"] for voice in face["voices"]]
        return dice.sample(voices, dice.randint(1, len(voices)))
    if face["kind"] == "certainty":
        return {voice["id"]: dice.choice(list(CERTAINTIES)) for voice in face["voices"]}
    if face["kind"] in ("classify", "drift"):
        return {row["id"]: dice.choice(face["values"])["id"] for row in face["rows"]}
    if face["kind"] in ("choices", "order"):
        options = [option["id"] for option in face["options"]]
        least = len(options) if face["kind"] == "order" else 1
        return dice.sample(options, dice.randint(least, len(options)))
    if face["kind"] == "number":
        return dice.choice([dice.uniform(-1e4, 1e4), dice.randint(-2000, 2000), 0])
    if face["kind"] == "rate":
        looks = {dial: dice.choice(LEVELS) for dial in dice.choice([BLIND, DIALS])}
        rest = {"because": "So I read it.", "confidence": dice.randint(50, 100)}
        return looks if len(looks) == len(BLIND) else {**looks, **rest}
    if face["kind"] == "column":
        return {row["id"]: dice.choice(LEVELS) for row in face["rows"]}
    if face["kind"] == "matrix":
        return _any_matrix(face, dice)
    if face["kind"] == "write":
        said = dice.choice(face["sources"])["text"].split()
        said = dice.sample(said, dice.randint(1, min(12, len(said))))
        return " ".join(["Well,", *said, "“", *said[:3], dice.choice('”“"(')])
    if face["kind"] == "provenance":
        known = [one["id"] for one in (*face["options"], *face["rows"])]
        depends = {
            row["id"]: dice.sample(known[: len(face["options"]) + i], dice.randint(0, 2))
            for i, row in enumerate(face["rows"])
        }
        return {"depends": depends, "lines": dice.randint(1, len(depends))}
    spans = [(a, b) for a, b, word in face["passage"]["tokens"] if word]
    first = dice.randrange(len(spans))
    last = dice.randrange(first, len(spans))
    text = face["passage"]["text"]
    start, end = spans[first][0], spans[last][1]
    return {"exact": text[start:end], "prefix": text[:start], "suffix": text[end:]}


def _any_matrix(face: Any, dice: random.Random) -> dict[str, Any]:
    cells = {
        row["id"]: {column["id"]: dice.choice(face["values"])["id"] for column in face["columns"]}
        for row in face["rows"]
    }
    if not face["shares"]:
        return {"cells": cells}
    shares = {row["id"]: 0 for row in face["rows"]} | {dice.choice(face["rows"])["id"]: 100}
    steps = {"before": shares, "cells": cells, "opposite": "Yes, but.", "after": shares}
    return dict(list(steps.items())[: dice.choice((1, 2, 4))])


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_no_reply_and_no_hint_gives_the_answer_away(case: Case, item: Exercise) -> None:
    _, key = case.compiled[item.id]
    told = [*item.hints, item.fallback, *(m.reply for m in item.mistake)]
    for reading in key["readings"]:
        answer = reading["answer"]
        for sentence in told:
            said = _folded(sentence)
            if item.kind in ("choice", "mark", "classify", "drift", "order", "provenance"):
                assert _folded(reading["worked"]) not in said
            elif item.kind == "choices":
                labels = [_folded(label) for label in reading["worked"].split("; ")]
                assert not all(label in said for label in labels)
            elif item.kind == "number":
                number = re.escape(f"{answer:.12g}")
                assert not re.search(rf"(?<![\d.]){number}(?![\d.]\d|\d)", sentence)
            elif item.kind == "chain":
                labels = [_folded(case.edition.voices[voice].label) for voice in answer]
                inner = labels[1:]
                assert not inner or not all(label in said for label in inner) or len(inner) == 1
                assert not re.search(r"\b.{0,30}\b".join(map(re.escape, labels)), said)
            else:
                values = {_folded(words()["values"][value]) for value in answer.values()}
                values |= {_folded(value) for value in answer.values()}
                for value in values:
                    assert value not in said, f"{value!r} in {sentence!r}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_no_reply_sentence_stands_in_two_items(case: Case) -> None:
    seen: Counter[str] = Counter()
    for item in case.items.values():
        texts = [item.fallback, *(m.reply for m in item.mistake)]
        sentences = {s for text in texts for s in re.split(r"(?<=[.?!]) ", text)}
        seen.update(sentence for sentence in sentences if len(sentence.split()) > 4)
    assert [sentence for sentence, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_a_prompt_says_what_is_asked(case: Case, item: Exercise) -> None:
    face, _ = case.compiled[item.id]
    if item.kind == "chain":
        assert face["reading"] in face["prompt"].lower()
    if item.kind == "certainty":
        assert face["proposition"].endswith(".")


@pytest.mark.parametrize(("case", "item"), ITEMS)
def test_nobody_is_told_incorrect_or_clever(case: Case, item: Exercise) -> None:
    told = " ".join([*item.hints, item.fallback, item.because, *(m.reply for m in item.mistake)])
    assert not re.search(
        r"\b(incorrect|wrong answer|you are clever|well done|smart|good job)\b", told, re.I
    )
    assert not re.search(r"\bM\d+\b|\b(CT|PR|PS)[+-]|\bUu\b", told)


def test_the_bank_is_as_broad_as_promised() -> None:
    case = open_case("lyushkov")
    kinds = Counter(item.kind for item in case.items.values())
    assert sum(kinds.values()) >= 12
    assert set(kinds) >= {"choice", "mark", "chain", "certainty"}
    depths = {
        len(case.compiled[i.id][1]["readings"][0]["answer"])
        for i in case.items.values()
        if i.kind == "chain"
    }
    assert {2, 3, 4} <= depths
