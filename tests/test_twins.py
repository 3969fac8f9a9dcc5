"""The JavaScript twins give what Python gives: equal strings, and floats equal to the last bit.

Hypothesis makes the vectors (from a fixed seed, so that a failure is the same everywhere), Node
runs them all in one batch, and each result is compared strictly.
"""

from __future__ import annotations

import dataclasses
import json
import math
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from awkward_case import the_awkward_case
from many_kinds import the_many_kinds
from workbook import evidence, lyushkov, record, scoring
from workbook.attribution import CERTAINTIES
from workbook.book.progress import lean_face, lean_key
from workbook.edition import tokenise
from workbook.feedback import words
from workbook.growth import say_growth
from workbook.judging import fill, is_blank, judge
from workbook.kinds import KINDS as KINDS_OF
from workbook.layout import lines
from workbook.record import Line
from workbook.spacing import RETURNS, due_among
from workbook.sums import Part, Question, sum_up
from workbook.telling import say_telling
from written import written

ROOT = Path(__file__).parent.parent
TAG = "\0"
ODD = {"nan": math.nan, "-0": -0.0, "inf": math.inf, "-inf": -math.inf}
EXERCISES = {
    name: {"face": face, "key": key}
    for case in (lyushkov, the_many_kinds(), the_awkward_case())
    for name, (face, key) in case.compiled.items()
}
# As often each kind as the other, however many items a case has of it.
BY_KIND: dict[str, list[str]] = {}
for one in sorted(EXERCISES):
    BY_KIND.setdefault(str(EXERCISES[one]["face"]["kind"]), []).append(one)
SAFE = 2**53 - 1


def as_json(value: Any) -> str:
    """JSON in which the numbers JSON lacks are tagged; lone surrogates are escapes."""
    return json.dumps(_tagged(value), allow_nan=False)


def _tagged(value: Any) -> Any:
    if isinstance(value, float):
        for name, odd in ODD.items():
            if math.isnan(value) if name == "nan" else value.hex() == odd.hex():
                return {TAG: name}
        return value
    if isinstance(value, dict):
        return {key: _tagged(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_tagged(one) for one in value]
    return value


def _untagged(record: dict[str, Any]) -> Any:
    return ODD[record[TAG]] if TAG in record else record


def plain(value: Any) -> Any:
    """A value as it comes out of JSON: halves of a surrogate pair that meet are one character."""
    return json.loads(as_json(value), object_hook=_untagged)


def identical(a: Any, b: Any) -> bool:
    """Strictly one value; an int and a float of one size are one number, as in JavaScript."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return float(a).hex() == float(b).hex()
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(identical, a, b))
    return type(a) is type(b) and a == b


# Characters that have made trouble somewhere: spaces of several kinds, curly marks, dashes,
# letters that change length with their case, a combining mark, an emoji, halves of a pair.
ODD_TEXT = st.text(
    st.sampled_from(
        "aAbBtThHeE '\"‘’“”-–—\n\r\t\v\f\x1c\x85\u00a0\u2003\u2007\u2028\u3000.,;#_"
        "éÉßİıſK3٣🙂\u0301\ud83d\ude42\udc00\0{}\\"
    ),
    max_size=40,
)
# No names such as "12": JavaScript moves them to the front of a record.
NAMES = st.text(max_size=6).filter(lambda name: not name.isdigit() and TAG not in name)
NUMBERS = st.one_of(
    st.integers(-SAFE, SAFE),
    st.floats(width=64).filter(lambda x: not math.isfinite(x) or abs(x) < SAFE),
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        NUMBERS,
        ODD_TEXT,
        st.sampled_from([0, 1, 1.0, True, False, -0.0, math.nan, "", "1", "\ud800", "__proto__"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(NAMES | st.just("__proto__"), inner, max_size=3)
    ),
    max_leaves=8,
)
VOICES = st.lists(st.sampled_from("abcdefg"), max_size=7)
TOKENS = st.lists(st.integers(0, 14), max_size=12)


@st.composite
def quotations(draw: st.DrawFn) -> tuple[str, list[Any], str, str, str]:
    text = plain(draw(ODD_TEXT))
    start = draw(st.integers(0, len(text)))
    stop = draw(st.integers(start, len(text)))
    before, after = draw(st.integers(0, start)), draw(st.integers(stop, len(text)))
    parts = [text[start:stop], text[before:start], text[stop:after]]
    for i in draw(st.sets(st.integers(0, 2))):
        part = parts[i]
        changed = [part.upper(), part.replace(" ", "\u00a0 "), f" {part}\n", "", draw(ODD_TEXT)]
        parts[i] = draw(st.sampled_from(changed))
    exact, prefix, suffix = map(plain, parts)
    return text, tokenise(text), exact, prefix, suffix


def _weighed(face: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Matrices at every step of theirs, whole and with one part that is odd."""
    rows, columns = ([one["id"] for one in face[name]] for name in ("rows", "columns"))
    value = st.sampled_from([one["id"] for one in face["values"]])
    cells = st.fixed_dictionaries(
        dict.fromkeys(rows, st.fixed_dictionaries(dict.fromkeys(columns, value)))
    )
    cuts = st.lists(st.integers(0, 100), min_size=len(rows) - 1, max_size=len(rows) - 1)
    shares = cuts.map(sorted).map(
        lambda cut: {
            row: stop - start for row, start, stop in zip(rows, [0, *cut], [*cut, 100], strict=True)
        }
    )
    odd = st.dictionaries(
        st.sampled_from([*rows, "nobody"]),
        st.integers(-1, 101)
        | st.dictionaries(st.sampled_from([*columns, "nothing"]), value | VALUES, max_size=3)
        | VALUES,
    )
    parts = {"before": shares, "cells": cells, "opposite": ODD_TEXT, "after": shares}
    steps = [["cells"], ["before"], ["before", "cells"], [*parts], ["before", "after"]]
    whole = st.sampled_from(steps).flatmap(
        lambda names: st.fixed_dictionaries({name: parts[name] for name in names})
    )
    broken = st.tuples(whole, st.sampled_from([*parts, "more"]), odd | VALUES)
    return whole | whole | broken.map(lambda given: {**given[0], given[1]: given[2]})


def _rated(face: dict[str, Any]) -> st.SearchStrategy[Any]:
    """A first look, whole ratings, and what is neither; N and levels that are none among them."""
    level = st.sampled_from(evidence.LEVELS)
    odd_level = level | st.sampled_from([-1, 4, 2.0, 1.5, True, "n", "2", 10**30]) | VALUES
    if face["kind"] == "column":
        rows = [row["id"] for row in face["rows"]]
        whole = st.fixed_dictionaries(dict.fromkeys(rows, level))
        odd = st.dictionaries(st.sampled_from([*rows, "nothing"]), odd_level)
        return whole | whole | st.fixed_dictionaries(dict.fromkeys(rows, odd_level)) | odd
    finds = [find["id"] for find in face["finds"]]
    look = st.fixed_dictionaries(dict.fromkeys(evidence.BLIND, level))
    dials = dict.fromkeys(evidence.DIALS, level)
    rest = {"because": ODD_TEXT | st.just("So I read it."), "confidence": st.integers(50, 100)}
    more = {"find": st.sampled_from([*finds, evidence.NO_FIND, "nothing"])}
    whole = st.fixed_dictionaries({**dials, **rest}, optional=more)
    some = st.sampled_from([*evidence.DIALS, *rest, "find", "more"])
    broken = st.tuples(whole | look, some, odd_level)
    return (
        look
        | whole
        | whole
        | broken.map(lambda given: {**given[0], given[1]: given[2]})
        | st.dictionaries(some, odd_level)
    )


def _traced(face: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Trees of any shape, circles among them, and some that are none."""
    rows = [row["id"] for row in face["rows"]]
    known = [*rows, *(one["id"] for one in face["options"])]
    tree = st.fixed_dictionaries(
        dict.fromkeys(rows, st.lists(st.sampled_from(known), unique=True, max_size=3))
    )
    later = st.fixed_dictionaries(
        {
            row: st.lists(st.sampled_from(known[i + 1 :]), unique=True, max_size=3)
            for i, row in enumerate(rows)
        }
    )
    parents = st.lists(st.sampled_from([*known, "nobody"]) | VALUES, max_size=4) | VALUES
    odd = st.dictionaries(st.sampled_from([*rows, "nobody"]), parents)
    count = st.integers(1, len(rows))
    whole = st.fixed_dictionaries({"depends": later | tree, "lines": count})
    return whole | st.fixed_dictionaries(
        {"depends": tree | odd | VALUES, "lines": count | VALUES}, optional={"more": VALUES}
    )


@st.composite
def answered(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """An exercise of the case and a history of answers to it: right, likely, near, or absurd."""
    name = draw(st.sampled_from(sorted(BY_KIND)).flatmap(lambda k: st.sampled_from(BY_KIND[k])))
    face, key = EXERCISES[name]["face"], EXERCISES[name]["key"]
    good = [reading["answer"] for reading in key["readings"]]
    good += [mistake["answer"] for mistake in key["mistakes"]]
    near: st.SearchStrategy[Any]
    if face["kind"] == "choice":
        near = st.sampled_from([option["id"] for option in face["options"]])
    elif face["kind"] == "chain":
        near = st.lists(st.sampled_from([v["id"] for v in face["voices"]] + ["nobody"]), max_size=6)
    elif face["kind"] == "certainty":
        value = st.sampled_from([*CERTAINTIES, "sure"]) | VALUES
        rows = [v["id"] for v in face["voices"]]
        whole = {row: st.sampled_from(list(CERTAINTIES)) for row in rows}
        near = st.fixed_dictionaries(whole) | st.dictionaries(
            st.sampled_from([*rows, "nobody"]), value
        )
    elif face["kind"] in ("classify", "drift"):
        value = st.sampled_from([*(v["id"] for v in face["values"]), "other"]) | VALUES
        rows = [row["id"] for row in face["rows"]]
        labels = st.sampled_from([v["id"] for v in face["values"]])
        near = st.fixed_dictionaries(dict.fromkeys(rows, labels)) | st.dictionaries(
            st.sampled_from([*rows, "nothing"]), value
        )
    elif face["kind"] in ("choices", "order"):
        ids = [option["id"] for option in face["options"]]
        near = st.permutations(ids) | st.lists(st.sampled_from([*ids, "nothing"]), max_size=6)
        near |= st.lists(st.sampled_from(ids), unique=True)
    elif face["kind"] == "matrix":
        near = _weighed(face)
    elif face["kind"] in ("rate", "column"):
        near = _rated(face)
    elif face["kind"] == "provenance":
        near = _traced(face)
    elif face["kind"] == "write":
        near = written(face["sources"])
    elif face["kind"] == "number":
        right = key["readings"][0]["answer"]
        near = st.sampled_from([right + 0.5, right - 0.5, right + 0.6, -right, 10**400, math.inf])
        near |= st.floats(right - 2, right + 2) | NUMBERS
    else:
        text = face["passage"]["text"]
        span = st.tuples(st.integers(0, len(text)), st.integers(1, 60))
        near = span.map(lambda s: text[s[0] : s[0] + s[1]])
        near |= span.map(
            lambda s: {"exact": text[s[0] : s[0] + 9], "prefix": text[max(0, s[0] - s[1]) : s[0]]}
        )
    absurd = st.sampled_from(
        [
            [],
            {},
            "",
            None,
            [7],
            [True],
            1,
            math.nan,
            "x" * 2500,
            "\ud800" * 70,
            ["a"] * 5000,
            [["a"]],
        ]
    )
    one = st.one_of(st.sampled_from(good or [None]), near, near, VALUES, absurd)
    return name, draw(st.lists(one, max_size=5))


def _encoded(face: dict[str, Any], answer: Any, time: str) -> str:
    return record.encode_line(record.Line(face["case"], face["id"], face["revision"], answer, time))


def _parsed(text: str) -> Any:
    line = record.parse_line(text)
    return line and [line.case, line.exercise, line.revision, line.answer, line.stage]


TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1)).map(
    lambda t: t.replace(tzinfo=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
)
# What a form can commit: no fractions, whose shortest form the two languages spell differently.
COMMITTED = st.recursive(
    st.one_of(ODD_TEXT, st.integers(-SAFE, SAFE), st.booleans(), st.none(), st.text()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
# A passage marked from end to end, and texts longer than it by as much as is read, and by more.
WHOLE = [
    (name, [EXERCISES[name]["face"]["passage"]["text"] + "x" * more])
    for name in BY_KIND["mark"]
    for more in (0, 2000, 2001)
]
ASKING = sorted(name for name in EXERCISES if (EXERCISES[name]["key"] or {}).get("told"))


@st.composite
def telling_words(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """An exercise that asks which words told, and stretches that stand once in its passage."""
    name = draw(st.sampled_from(ASKING))
    passage = EXERCISES[name]["face"]["passage"]
    text, tokens = passage["text"], [token for token in passage["tokens"] if token[2]]
    stretches = []
    for _ in range(draw(st.integers(0, 3))):
        first = draw(st.integers(0, len(tokens) - 1))
        last = draw(st.integers(first, min(first + 3, len(tokens) - 1)))
        exact = text[tokens[first][0] : tokens[last][1]]
        if scoring.locate(text, passage["tokens"], exact)[1] == 1:
            stretches.append(draw(st.sampled_from([exact, {"exact": exact, "prefix": ""}])))
    return name, stretches


def _parts(case: Any, keyed: bool, titled: bool) -> list[Part]:
    asked = {
        name: Question(face, key if keyed else None, case.items[name].twin)
        for name, (face, key) in case.compiled.items()
    }
    return [
        Part(chapter, f"The {chapter}" if titled else "", [asked[name] for name in names])
        for chapter, names in case.chapters.items()
    ]


PLANS = {
    "whole": (lyushkov.id, _parts(lyushkov, True, False)),
    "titled": (lyushkov.id, _parts(lyushkov, True, True)),
    "class": (lyushkov.id, _parts(lyushkov, False, True)),
    "kinds": (the_many_kinds().id, _parts(the_many_kinds(), True, False)),
}
# What the page gets of them: only what is needed to count.
LEAN = {
    name: {
        "case": case,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "questions": [
                    {"face": lean_face(face), "key": lean_key(face, key), "twin": twin}
                    for face, key, twin in part.questions
                ],
            }
            for part in parts
        ],
    }
    for name, (case, parts) in PLANS.items()
}


@st.composite
def recorded(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """A plan and a record of it: chapter after chapter or at random, with likely mistakes, repeats,
    stages, old revisions, foreign lines, and values that are no answers."""
    plan = draw(st.sampled_from(sorted(PLANS)))
    chance = random.Random(draw(st.integers(0, 10**6)))
    case, parts = PLANS[plan]
    names = [one.face["id"] for part in parts for one in part.questions]
    if chance.random() < 0.3:
        chance.shuffle(names)
    names = names[: chance.randrange(len(names) + 1)]
    skill = chance.random()
    tries = []
    for name in names:
        face, key = EXERCISES[name]["face"], EXERCISES[name]["key"]
        right = [reading["answer"] for reading in key["readings"]] or [draw(_noted(face))]
        wrong = [one["answer"] for one in key["mistakes"] if one["answer"] is not None]
        for _ in range(chance.choice([0, 1, 1, 2, 3, 4])):
            odd = [None, "", 7, {}, ["nobody"], chance.choice([right, wrong])]
            pool = right if chance.random() < skill else (wrong or right)
            answer = chance.choice(odd if chance.random() < 0.1 else pool)
            line = {"case": case, "exercise": name, "revision": face["revision"], "answer": answer}
            line["stage"] = chance.choice([None] * 8 + ["words", "verdict"])
            if chance.random() < 0.05:
                line |= chance.choice([{"case": "x"}, {"exercise": "gone"}, {"revision": 77}])
            tries.append(line)
    if chance.random() < 0.3:
        chance.shuffle(tries)
    return plan, tries


def _noted(face: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Answers to what is noted, at any stage."""
    if face["kind"] == "matrix":
        return _weighed(face)
    return _rated(face) if face["kind"] in ("rate", "column") else written(face["sources"])


def _summed(plan: str, tries: list[dict[str, Any]]) -> list[Any]:
    case, parts = PLANS[plan]
    sums = sum_up(parts, case, [Line(time="t", **one) for one in tries])
    return [dataclasses.asdict(sums), say_growth(parts, sums)]


FACES = st.fixed_dictionaries({"case": ODD_TEXT, "id": ODD_TEXT, "revision": st.integers(1, 99)})
LINE = '{"format":1,"case":"c","exercise":"e","revision":1,"answer":["a"],"stage":null,"time":"t"}'
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "format": st.sampled_from([1, 2, True, "1", None]),
        "case": st.sampled_from(["c", 1, None]),
        "exercise": st.sampled_from(["e", "\ud800", []]),
        "revision": st.sampled_from([1, 2, True, "1", None, 1.5]),
        "answer": COMMITTED,
        "stage": st.sampled_from([None, "draft", 1]),
        "time": st.sampled_from(["t", 1, None]),
        "unknown": COMMITTED,
    },
)
LINES = st.one_of(
    FIELDS.map(lambda fields: json.dumps({**json.loads(LINE), **fields})),
    FIELDS.map(json.dumps),
    st.integers(0, len(LINE)).map(lambda cut: LINE[:cut]),
    st.text(max_size=20),
    st.just("x" * 100_001),
)

DIALS = [{**asdict(dial), "anchors": list(dial.anchors)} for dial in evidence.rubric()]
PROFILES = st.tuples(*[st.sampled_from(evidence.LEVELS)] * 6).map(
    lambda levels: dict(zip(evidence.DIALS, levels, strict=True))
)
EVERY_PROFILE = [
    dict(zip(evidence.DIALS, levels, strict=True)) for levels in product(evidence.LEVELS, repeat=6)
]
FINDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from("abc"),
            "label": st.sampled_from(["A", "B {old}"]),
            "sets": st.dictionaries(st.sampled_from(evidence.DIALS[1:]), st.integers(0, 3)),
        }
    ),
    max_size=4,
    unique_by=lambda find: find["id"],
)

KINDS: dict[str, tuple[Callable[..., Any], st.SearchStrategy[Any], int]] = {
    "same_value": (
        scoring.same_value,
        st.tuples(VALUES, VALUES) | VALUES.map(lambda v: (v, plain(v))),
        900,
    ),
    "points": (scoring.points, st.tuples(st.lists(st.floats(0, 1), max_size=5)), 150),
    "locate": (lambda *given: list(scoring.locate(*given)), quotations(), 1200),
    "mark_score": (
        lambda *given: list(scoring.mark_score(*given)),
        st.tuples(TOKENS, TOKENS, TOKENS),
        500,
    ),
    "edit_distance": (scoring.edit_distance, st.tuples(VOICES, VOICES), 250),
    "chain_score": (
        lambda *given: list(scoring.chain_score(*given)),
        st.tuples(VOICES.filter(bool), st.lists(VOICES.filter(bool), min_size=1, max_size=4)),
        800,
    ),
    "certainty_score": (
        scoring.certainty_score,
        st.tuples(*[st.sampled_from(list(CERTAINTIES))] * 2),
        150,
    ),
    "choices_score": (
        lambda *given: list(scoring.choices_score(*given)),
        st.tuples(VOICES, VOICES.filter(bool)),
        200,
    ),
    "order_score": (
        lambda *given: list(scoring.order_score(*given)),
        st.integers(2, 7).flatmap(lambda n: st.tuples(*[st.permutations("abcdefg"[:n])] * 2)),
        300,
    ),
    "number_score": (
        scoring.number_score,
        st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.floats(0, 3)),
        200,
    ),
    "certainties": (lambda: [[k, list(v)] for k, v in CERTAINTIES.items()], st.just(()), 1),
    "try_factors": (lambda: list(scoring.TRY_FACTORS), st.just(()), 1),
    "verdicts": (
        lambda profiles: [evidence.verdict(profile) for profile in profiles],
        st.just((EVERY_PROFILE,)),
        1,
    ),
    "steps": (lambda profile, _: evidence.steps(profile), st.tuples(PROFILES, st.just(DIALS)), 400),
    "compare": (
        lambda *given: evidence.compare(*given),
        st.tuples(PROFILES, FINDS, st.sampled_from(["a", "b", "c", "d", evidence.NO_FIND])),
        400,
    ),
    "lines": (
        lambda said: [{"kind": one.kind, "said": one.said} for one in lines(said)],
        st.tuples(
            st.lists(
                st.sampled_from(["§ ", "– ", "» ", "§", "–", " ", "- ", "\n", "\r", "a", "\u2028"])
            ).map("".join)
        ),
        300,
    ),
    "is_blank": (is_blank, st.tuples(VALUES), 150),
    "fill": (
        fill,
        st.tuples(
            st.lists(
                st.sampled_from(["{", "}", "a", "{a}", "{b}", "{c}", "$&", "\n"]), max_size=9
            ).map("".join),
            st.just({"a": "{b}", "b": "$1"}),
        ),
        300,
    ),
    "judge": (
        lambda name, answers: judge(
            EXERCISES[name]["face"], EXERCISES[name]["key"], answers
        ).as_dict(),
        answered() | st.sampled_from(WHOLE),
        4000,
    ),
    "telling": (
        lambda name, told: say_telling(
            EXERCISES[name]["face"], EXERCISES[name]["key"]["told"], told
        ),
        telling_words(),
        300,
    ),
    "telling_in_class": (
        lambda name, told: say_telling(EXERCISES[name]["face"], (), told),
        telling_words(),
        60,
    ),
    "due": (
        lambda returns, case, tries: due_among(
            {name: (one["revision"], one["twin"]) for name, one in returns.items()},
            case,
            [record.Line(answer=None, time="t", **one) for one in tries],
        ),
        st.tuples(
            st.dictionaries(
                st.sampled_from("abc"),
                st.fixed_dictionaries(
                    {"revision": st.integers(1, 2), "twin": st.sampled_from("xyz")}
                ),
            ),
            st.sampled_from("kl"),
            st.lists(
                st.fixed_dictionaries(
                    {
                        "case": st.sampled_from("kl"),
                        "exercise": st.sampled_from(["a", "b", "c", "toString"]),
                        "revision": st.integers(1, 2),
                        "stage": st.sampled_from([None, "blind", "words", "verdict"]),
                    }
                ),
                max_size=6,
            ),
        ),
        300,
    ),
    "returns": (lambda: list(RETURNS), st.just(()), 1),
    "progress": (_summed, recorded(), 150),
    "encode_line": (_encoded, st.tuples(FACES, COMMITTED, TIMES), 300),
    "parse_line": (_parsed, st.tuples(LINES), 400),
}


def _draw(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Examples of a strategy, the same each time."""
    drawn: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(example: Any) -> None:
        drawn.append(plain(example))

    collect()
    return drawn


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, Any, Any]]]:
    """For each function: (arguments, what Python gives, what JavaScript gives)."""
    folder = tmp_path_factory.mktemp("twins")
    drawn = [
        (name, given)
        for name, (_, strategy, count) in KINDS.items()
        for given in _draw(strategy, count)
    ]
    head = as_json({"exercises": EXERCISES, "words": words(), "plans": LEAN})
    lines = [head, *(as_json([name, given]) for name, given in drawn)]
    (folder / "vectors.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    node = [sys.executable, "tools/node.py", "node", "tests/js/twin.mjs"]
    files = [str(folder / "vectors.jsonl"), str(folder / "results.jsonl")]
    subprocess.run([*node, *files], cwd=ROOT, check=True, timeout=600)
    results = (folder / "results.jsonl").read_text("utf-8").split("\n")[:-1]
    assert len(results) == len(drawn)
    found: dict[str, list[tuple[Any, Any, Any]]] = {name: [] for name in KINDS}
    for (name, given), result in zip(drawn, results, strict=True):
        python = plain(KINDS[name][0](*given))
        found[name].append((given, python, json.loads(result, object_hook=_untagged)))
    return found


@pytest.mark.parametrize("name", KINDS)
def test_javascript_gives_what_python_gives(
    name: str, pairs: dict[str, list[tuple[Any, Any, Any]]]
) -> None:
    for given, python, javascript in pairs[name]:
        assert identical(python, javascript), (
            f"{name}{given!r}: {python!r} here, {javascript!r} there"
        )


def test_the_records_reach_every_standing_and_every_sentence(
    pairs: dict[str, list[tuple[Any, Any, Any]]],
) -> None:
    states = {
        (stand["state"], stand["open"])
        for _, (sums, _), _ in pairs["progress"]
        for chapter in sums["chapters"]
        for stand in chapter["stands"]
    }
    closed = {(state, False) for state in ("correct", "partly", "not yet", "noted", "recorded")}
    begun = {(state, True) for state in ("partly", "not yet", "noted", "recorded")}
    assert states == closed | begun | {("unanswered", False)}
    told = "\n".join(one for _, (_, growth), _ in pairs["progress"] for one in growth)
    for name in ("first tries", "first tries fewer", "move less", "move still", "twin"):
        ending = words()["progress"][name].rpartition("}")[2]
        beginning = words()["progress"][name].partition("{")[0]
        assert beginning in told, name
        assert ending in told, name
    assert words()["progress"]["twins more"].partition("{")[0] in told
    assert any(sums["due"] for _, (sums, _), _ in pairs["progress"])


def test_the_vectors_are_many_and_reach_every_verdict_and_kind(
    pairs: dict[str, list[tuple[Any, Any, Any]]],
) -> None:
    total = sum(map(len, pairs.values()))
    print(f"\n{total} vectors through both languages: { ({k: len(v) for k, v in pairs.items()}) }")
    assert total >= 5_000
    verdicts = Counter(
        (EXERCISES[given[0]]["face"]["kind"], python["verdict"])
        for given, python, _ in pairs["judge"]
    )
    kinds = tuple(BY_KIND)
    noted = {kind for kind in kinds if KINDS_OF[kind].noted}
    marked = set(kinds) - noted
    reached = {
        (kind, verdict) for kind in marked for verdict in ("correct", "not yet", "unanswered")
    }
    reached |= {(kind, "partly") for kind in marked - {"choice", "number"}}
    reached |= {(kind, verdict) for kind in noted for verdict in ("noted", "unanswered")}
    assert reached <= set(verdicts), reached - set(verdicts)
