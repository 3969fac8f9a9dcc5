"""Typed answers: read as plain values, never run, whatever stands in the cell."""

from __future__ import annotations

import ast
import math
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.classroom.lexer import tokens
from workbook.classroom.literal import LARGEST_CELL, Typed, Unreadable, typed_answers
from workbook.scoring import same_value

PLAIN = (
    "The answer should be a plain value (words in quotation marks, a number, a list in [ ], or "
    "names and values in {{ }}); “{}” is not part of one."
)


def value(source: str) -> Any:
    """What the one answer in a cell is read as; the sentence where it cannot be read."""
    (typed,) = typed_answers(source)
    assert typed.exercise == "who"
    return typed.value.sentence if isinstance(typed.value, Unreadable) else typed.value


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.just(...)
    | st.integers(-(10**30) + 1, 10**30 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(st.characters()), inner, max_size=4)
    ),
    max_leaves=12,
)


def written(value: Any, draw: Any) -> str:
    """``value`` as a learner could write it: quotation marks, spaces, comments, line ends, commas
    at the end, brackets around, one text in two parts.
    """
    gap = draw(st.sampled_from(["", " ", "\n  ", " # don't (\n", "\\\n"]))
    if value is ...:
        text = "..."
    elif isinstance(value, str):
        cut = draw(st.integers(0, len(value)))
        parts = [value[:cut], value[cut:]] if draw(st.booleans()) else [value]
        quotes = ["repr", '"', '"""', "'''"]
        text = " ".join(_quoted(part, draw(st.sampled_from(quotes))) for part in parts)
    elif isinstance(value, list | tuple):
        inside = [written(one, draw) for one in value]
        comma = "," if value and (draw(st.booleans()) or len(value) == 1) else ""
        open_, close = "[]" if isinstance(value, list) else "()"
        text = f"{open_}{gap}{', '.join(inside)}{gap}{comma}{gap}{close}"
    elif isinstance(value, dict):
        inside = [f"{_quoted(k, 'repr')}{gap}:{gap}{written(v, draw)}" for k, v in value.items()]
        text = f"{{{gap}{f',{gap}'.join(inside)}{gap}}}"
    else:
        text = repr(value)
    return f"({gap}{text}{gap})" if draw(st.integers(0, 9)) == 0 else f"{gap}{text}"


def _quoted(text: str, quote: str) -> str:
    if quote == "repr":
        return repr(text)
    inside = text.replace("\\", "\\\\").replace(quote[0], "\\" + quote[0]).replace("\r", "\\r")
    return quote + (inside if len(quote) == 3 else inside.replace("\n", "\\n")) + quote


@given(VALUES)
def test_what_python_writes_is_read_back(answer: Any) -> None:
    assert same_value(value(f"ask.who.answer({answer!r})"), answer)


@given(VALUES, st.data())
def test_what_a_learner_may_write_is_read_as_python_reads_it(answer: Any, data: Any) -> None:
    source = f"x = case . exercises.who.\\\n answer({written(answer, data.draw)})  ;"
    assert same_value(value(source), answer)


@given(
    st.text(st.sampled_from("askwho.answer()[]{}'\"\\,:#\n%! 1eE+-_rfbuxNé“”…") | st.characters())
)
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    for source in (text, f"ask.who.answer({text}", f"ask.who.answer({text})\nb.c.answer(1)"):
        for typed in typed_answers(source):
            assert isinstance(typed, Typed)
    # However the answer is spoilt, that there was one is not lost.
    assert typed_answers(f"ask.who.answer({text}")[0].exercise == "who"


@given(st.text(st.sampled_from("ab1.\"'[]{}(),:-\\ nx"), max_size=12))
def test_a_text_is_read_as_python_reads_it_or_not_at_all(text: str) -> None:
    """Where we read a value, Python's own reader reads the same."""
    source = f"ask.who.answer({text})"
    read = [t for t in typed_answers(source) if not isinstance(t.value, Unreadable)]
    for typed in read:
        if typed.exercise == "who" and typed.value is not ...:
            try:
                tree = ast.parse(source)
            except SyntaxError:
                continue  # we are the kinder reader, of “"a" "b"] = 1” behind an answer for one
            (call,) = (
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            )
            (argument,) = call.args
            assert same_value(typed.value, ast.literal_eval(argument))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('ask.who.answer("op")', "op"),
        ("x = y.case.exercises.who.answer('op')", "op"),
        ('ask["who"].answer("op")', "op"),
        ("ask.who.answer()", ...),
        ("ask.who.answer( ... , )", ...),
        ("ask.who.answer(r'a\\b')", "a\\b"),
        ("ask.who.answer('\\x41\\u00e9\\U0001F600\\101\\q')", "Aé😀A\\q"),
        ("ask.who.answer('''a\r\nb''')", "a\nb"),
        ("%%time\nask.who.answer(1)", 1),
        ("%time ask.who.answer(1)", 1),
        ("x = 2\n  %timeit -n 1 ask.who.answer(1)", 1),
        ("%matplotlib inline\n!echo 'it\nask.who.answer(1_000)", 1000),
        ("ask.who.answer((1))", 1),
        ("ask.who.answer((1,))", (1,)),
        ("ask.who.answer(-0.5e1)", -5.0),
        ("ask.who.answer(f'op')", "op"),
        ("ask.who.answer(+7)", 7),
        ("ａsk.who.ａnswer(7)", 7),
        # and what cannot be read
        (
            "ask.who.answer(“op”)",
            'Curly quotation marks (“ ”) stand in the answer; Python needs straight ones (").',
        ),
        (
            'ask.who.answer([“op", "book"])',
            'Curly quotation marks (“ ”) stand in the answer; Python needs straight ones (").',
        ),
        ("ask.who.answer(op)", PLAIN.format("op")),
        ("ask.who.answer(['op'] + rest)", PLAIN.format("+")),
        ("ask.who.answer(['op'][0])", PLAIN.format("[")),
        ("ask.who.answer([v for v in x])", PLAIN.format("v")),
        ("ask.who.answer(value='op')", PLAIN.format("value")),
        ("ask.who.answer(*x)", PLAIN.format("*")),
        ("ask.who.answer(__import__('os').abort())", PLAIN.format("__import__")),
        ("ask.who.answer(…)", PLAIN.format("…")),
        (
            "ask.who.answer('op', 'book')",
            "answer(…) takes one value; several names belong in square brackets: "
            'answer(["…", "…"]).',
        ),
        (
            "ask.who.answer(f'{op}')",
            "The letter f before a quotation mark makes it something other than plain text; "
            "leave it out.",
        ),
        (
            "ask.who.answer(b'op')",
            "The letter b before a quotation mark makes it something other than plain text; "
            "leave it out.",
        ),
        (
            "ask.who.answer({'op', 'book'})",
            "In { } a colon and a value should follow “op”.",
        ),
        (
            "ask.who.answer({op: 'certain for'})",
            "In { } each part should be a name in quotation marks, a colon and a value.",
        ),
        ("ask.who.answer({'op': 1, 'op': 2})", "In { } the name “op” stands twice."),
        ("ask.who.answer(['op'", "A bracket is opened and not closed."),
        ("ask.who.answer({'a': 1,", "A bracket is opened and not closed."),
        ("ask.who.answer('op)", "A quotation mark is opened and not closed."),
        ("ask.who.answer('''op)", "A quotation mark is opened and not closed."),
        ("ask.who.answer(1e999)", "The number 1e999 is too large."),
        ("ask.who.answer(1j)", "“1j” is not a number as we write them here, such as 7 or 0.5."),
        ("ask.who.answer(" + "9" * 31 + ")", "A number in the answer has more than 30 digits."),
        ("ask.who.answer(" + "9" * 99 + ")", "A number in the answer has more than 30 digits."),
        (
            "ask.who.answer('\\N{BULLET}')",
            "\\N in a text stands for a character by its number or name; "
            "type the character itself.",
        ),
        ("ask.who.answer('\\U99999999')", "There is no character \\U99999999."),
        (
            "ask.who.answer(" + "[" * 14 + "]" * 14 + ")",
            "The brackets of the answer stand more than 12 deep.",
        ),
        ("ask.who.answer([" + "1," * 10_000 + "])", "The answer has more than 10,000 parts."),
        ("ask.who.answer ; 'op'", "Round brackets must follow “answer” at once."),
    ],
)
def test_the_value_or_the_sentence(source: str, expected: object) -> None:
    assert same_value(value(source), expected)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# ask.who.answer('op')",
        "print(\"ask.who.answer('op')\")",
        "'''\nask.who.answer('op')\n'''",
        "%%bash\nask.who.answer('op')",
        "%pip install ask.who.answer('op')",
        "%%writefile a.py\nask.who.answer('op')",
        "!ask.who.answer('op')",
        "def answer(): ...",
        "answer('op')",
        "ask.who.answer?",
        "answers.append('op')",
    ],
)
def test_what_is_no_answer(source: str) -> None:
    assert typed_answers(source) == []


def test_answers_come_in_order_and_a_broken_one_hides_none() -> None:
    source = "ask.a.answer(1)\nask.b.answer('it's)\nask.c.answer(ask.d.answer(4))\nf().answer(5)"
    assert [t.exercise for t in typed_answers(source)] == ["a", "b", "c", "d", ""]
    assert [t.value for t in typed_answers(source)][::3] == [1, 4]


def test_a_cell_beyond_measure_is_not_looked_into() -> None:
    long = "ask.who.answer('" + "x" * LARGEST_CELL + "')"
    assert typed_answers(long) == [
        Typed("", Unreadable("The cell has more than 200,000 characters."))
    ]
    assert typed_answers("x" * 10_000_000) == []


HOSTILE = {
    "open brackets": ("ask.who.answer(", "["),
    "open braces": ("ask.who.answer(", "{'a':"),
    "calls in calls": ("", "ask.who.answer("),
    "calls in lists in calls": ("", "ask.who.answer([1,'a',"),
    "single quotes": ("answer", "'"),
    "triple quotes": ("answer", "'''"),
    "quotes and backslashes": ("answer '", "\\'"),
    "backslashes": ("answer ", "\\"),
    "prefixes": ("answer ", "rb"),
    "exponents": ("answer 1", "e+1"),
    "escapes": ("ask.who.answer('", "\\x"),
    "numbers": ("ask.who.answer(", "1,"),
    "minus signs": ("ask.who.answer(", "-"),
    "texts side by side": ("ask.who.answer(", "'a'"),
    "line continuations": ("answer ", "\\\n"),
    "magics": ("answer\n", "%\n"),
    "letters with accents": ("answer ", "é́"),
    "null bytes": ("answer", "\0"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_cell_and_no_faster(name: str) -> None:
    start, again = HOSTILE[name]

    def seconds(length: int) -> float:
        source = start + again * ((length - len(start)) // len(again))
        began = time.process_time()  # ours alone: other work on the machine is not counted
        typed_answers(source)
        return time.process_time() - began

    long = min(seconds(LARGEST_CELL) for _ in range(2))
    short = min(seconds(LARGEST_CELL // 10) for _ in range(3))
    # Ten times the text may take ten times as long; quadratic growth would take a hundred times.
    assert long < max(40 * short, 0.05)
    assert long < 5


@given(st.text(max_size=60))
def test_tokens_never_fail_and_always_end(text: str) -> None:
    found = tokens(text)
    assert [token.kind for token in found].count("end") == 1
    assert found[-1].kind == "end"


def test_infinity_cannot_be_written() -> None:
    for text in ("inf", "nan", "-inf", "float('nan')", "1e400", "-1e400"):
        assert isinstance(value(f"ask.who.answer({text})"), str)
    assert math.isfinite(value("ask.who.answer(1e308)"))
