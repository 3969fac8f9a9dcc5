"""Written answers: what is found in them, in whole sentences, whatever a learner writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awkward_case import the_awkward_case
from many_kinds import EXERCISES, exercise, many_kinds, the_many_kinds
from workbook import lyushkov
from workbook.ask import Ask
from workbook.case import CaseError
from workbook.crediting import cited_lines
from workbook.feedback import Feedback
from workbook.judging import judge
from workbook.quotations import look_up, quotations, tokens
from written import copied, written

CASE = the_many_kinds()
FACE, KEY = CASE.compiled["the_write"]
EDITION = lyushkov.edition
POSTS = [
    {"text": EDITION.words(post.span), "line": EDITION.line_of(post.span.start)}
    for post in EDITION.posts.values()
]
HELD = [tokens(post["text"]) for post in POSTS]


def said(text: Any) -> Feedback:
    assert KEY is not None
    return judge(FACE, KEY, [text])


FOUND = [
    (
        "Ben says “The dam will perhaps break in May”.",
        ["“The dam will perhaps break in May” stands on line 2, word for word."],
    ),
    (
        "Ben says “the dam will  perhaps break,in May”.",
        [
            "“the dam will perhaps break,in May” stands on line 2; only marks, spaces or "
            "capitals differ."
        ],
    ),
    (
        "Ben says “The dam … [break] in May”.",
        ["“The dam … [break] in May” stands on line 2, and you show where words are left out."],
    ),
    (
        "Ben says “in May … the dam will”.",
        [
            "The parts of “in May … the dam will” stand in the thread, but not in this order in "
            "one post."
        ],
    ),
    (
        "Ben says “The dam will surely break in May”.",
        [
            "You wrote “dam will surely break in”; the thread has “dam will perhaps break in” "
            "(line 2)."
        ],
    ),
    (
        "Ben says «no water anywhere».",
        [
            "“no water anywhere” does not stand in the thread. If the words are your own, leave "
            "the marks off; if not, copy them once more."
        ],
    ),
    (
        'Nobody says "" at all.',
        [
            "Quotations in your text: 0. Asked for: at least 1.",
            "One pair of your quotation marks has no words in it.",
        ],
    ),
    (
        "He says “The dam will break and so on",
        [
            "Quotations in your text: 0. Asked for: at least 1.",
            "A quotation mark is opened and never closed, before “The dam will break and so on”.",
        ],
    ),
    (
        "Ben says “I saw the water rise by 12 metres”.",
        [
            "“I saw the water rise by 12 metres” stands on line 4. This task asks for words from "
            "lines 1-2.",
            "You give “I saw the water rise by 12 metres” to Ben. Read line 4 again: whose words "
            "are they there?",
        ],
    ),
    (
        "Carl claims “will perhaps break” (line 4).",
        [
            "“will perhaps break” stands on line 2, word for word.",
            "You give “will perhaps break” to Carl. Read line 2 again: whose words are they there?",
            "For “will perhaps break” you cite line 4. The words stand on line 2.",
        ],
    ),
    (
        "One can read “will perhaps break” there.",
        [
            "“will perhaps break” stands on line 2, word for word.",
            "You do not say whose words “will perhaps break” are.",
        ],
    ),
    (
        "The weather man says:\n> The dam will perhaps break\n> in May, says Ben.",
        ["“The dam will perhaps break in May, says Ben.” stands on line 2; only marks, spaces or"],
    ),
]


@pytest.mark.parametrize(("text", "sentences"), FOUND)
def test_each_quotation_is_looked_up(text: str, sentences: list[str]) -> None:
    got = said(text)
    assert got.verdict == "noted"
    first, *others, last = got.part.split("\n")
    assert first.startswith("Words in your text: ")
    assert last.startswith("Your text does not say yet where its reader can look.") or (
        "line 4" in text
    )
    for sentence in sentences:
        assert any(one.startswith(sentence) for one in others), others
    assert len(others) == len(sentences) or "> " in text


@pytest.mark.parametrize(
    "beside",
    [
        "Ben says “{}”",
        "“{}”, says Ben",
        "“{}” (Ben, line 2)",
        "According to the weather man, “{}”",
        "Anna writes: “{}”",
        "It is op who quotes “{}”",
    ],
)
def test_anyone_in_the_chain_may_be_credited(beside: str) -> None:
    part = said(beside.format("will perhaps break")).part
    assert "You give" not in part
    assert "You do not say" not in part


def test_a_name_that_is_only_near_is_no_credit() -> None:
    assert "You give" not in said("Carl is meant by “will perhaps break” here.").part


def test_words_are_counted_and_citations_asked_for() -> None:
    short = "Words in your text: 2. Asked for: 5 to 40. There is room for more."
    assert said("Two words.").part.split("\n")[0] == short
    long = "Words in your text: 41. Asked for: 5 to 40. Cut what a reader could do without."
    assert said("word " * 41).part.split("\n")[0] == long
    assert "Your text sends its reader to line 2." in said("See lines 1 to 3.").part
    missing = "Your text does not say yet where its reader can look. Put it in brackets: (line 2)."
    assert missing in said("See line 3.").part


def test_lines_are_cited_in_a_few_plain_ways() -> None:
    text = "line 4, lines 5-6, Lines 7 to 9, lines 12–10 (line 13) aline 14 line x"
    assert cited_lines(text) == [(4, 4), (5, 6), (7, 9), (12, 12), (13, 13), (14, 14)]


def test_samples_come_after_the_answer_and_only_with_the_key() -> None:
    assert said("A few words of my own").worked == (
        "§ A beginning\n» The dam breaks.\nWhy we place it there: Nobody is named.\n"
        "§ On the way\n» Ben says that the dam will break.\n"
        "Why we place it there: The doubt is gone.\n"
        "§ One full answer\n» Anna quotes Ben: “The dam will perhaps break in May” (Ben, line 2). "
        "Only later do we know.\nWhy we place it there: All is there."
    )
    assert "The dam breaks." not in str(FACE)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (7, "Your answer should be a text in quotation marks; what came was a number."),
        (" ?! ", "There are no words in your text yet."),
        ("x" * 20_001, "Your text is longer than we can read. The most is 20000 signs."),
    ],
)
def test_what_is_no_text_is_told_so(value: Any, sentence: str) -> None:
    got = said(value)
    assert (got.verdict, got.reply) == ("unanswered", sentence)


@given(written(FACE["sources"]) | st.text(max_size=200))
def test_any_text_gets_a_note(text: str) -> None:
    got = said(text)
    assert got.verdict in ("noted", "unanswered")
    assert got.part or got.reply


@pytest.mark.parametrize(
    "text",
    [
        "“" * 20_000,
        '"' * 20_000,
        "“a ” " * 4_000,
        "« “ „ ' " * 2_500,
        "[" * 20_000,
        "> x\n" * 5_000,
        "\ud83d“\ude42 " * 5_000,
        "“" + "word " * 3_990 + "”",
        "(line 1 " * 2_400,
        "אב “גד” " * 2_500,
    ],
    ids=range(10),
)
def test_hostile_texts_get_a_note_too(text: str) -> None:
    assert said(text).verdict in ("noted", "unanswered")


@given(copied(POSTS))
def test_what_is_copied_from_the_thread_is_found_exactly(words: str) -> None:
    assert look_up(words, POSTS, HELD).level == "exact"


@settings(max_examples=60)
@given(copied(POSTS), st.data())
def test_one_changed_word_is_told_with_the_threads_words(words: str, data: st.DataObject) -> None:
    held = tokens(words)
    place = data.draw(st.integers(0, len(held) - 1))
    start, end, _ = held[place]
    changed = f"{words[:start]}Xanadu{words[end:]}"
    found = look_up(changed, POSTS, HELD)
    if len(held) < 2:
        assert found.level == "absent"
        return
    assert found.level == "near"
    for mine, theirs, source, _, _ in found.near:
        assert "Xanadu" in mine
        assert theirs in POSTS[source]["text"]
        assert "Xanadu" not in theirs


def test_nested_and_unbalanced_marks() -> None:
    text = "“a ‘b’ “c” d” and 'e f' but dogs' “g"
    assert [(one.words, one.closed) for one in quotations(text)] == [
        ("a ‘b’ “c” d", True),
        ("e f", True),
        ("g", False),
    ]


def test_print_says_how_many_words_and_how_to_cite(tmp_path: Path) -> None:
    shown = str(Ask(CASE, tmp_path / "answers.jsonl").the_write.answer(...))
    assert "Write 5 to 40 words. Say where quoted words stand like this" in shown
    assert 'ask.the_write.answer("""…""")' in shown


def test_an_authors_slips_are_all_told(tmp_path: Path) -> None:
    fields = EXERCISES["write"]
    for old, new in {
        "least = 5": "least = 50",
        '["p0"]': '["p9"]',
        '["a1"]': '["a9"]',
        "ben =": "bem =",
        '"emergent"': '"basic"',
        "quotes = 1": "quotes = 99",
    }.items():
        assert old in fields
        fields = fields.replace(old, new)
    with pytest.raises(CaseError) as caught:
        many_kinds(tmp_path, exercise("write", fields))
    told = str(caught.value)
    for sentence in (
        "words must run from 1 or more to 2000 or less, the least first",
        "quotes_from “p9” is no post and no passage",
        "cites “a9”, which is no passage",
        "voice “bem” is not known; did you mean “ben”?",
        "needs one sample of each level: basic, emergent, proficient",
        "quotes is 99; it must be 0 to 40",
    ):
        assert sentence in told


def test_an_accent_is_the_same_however_it_is_typed() -> None:
    face, key = the_awkward_case().compiled["brief"]
    for typed in ("Hálden", "Ha\u0301lden"):
        found = judge(face, key, [f"The clerk read that “the drawings are Mr {typed}’s”."])
        assert "stands on line 3; only marks" in found.part
