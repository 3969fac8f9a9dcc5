"""Prompts, hints and replies are written for a fifteen-year-old (grade 9 at most)."""

from __future__ import annotations

import re

import pytest

from workbook import lyushkov
from workbook.exercise import Exercise

textstat = pytest.importorskip("textstat")

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
NAMES = {
    word
    for voice in lyushkov.edition.voices.values()
    for word in re.findall(r"\w+", voice.label)
    if word[0].isupper() or word == "gerdowning"
}


def _told(item: Exercise) -> list[str]:
    return [item.prompt, *item.hints, item.fallback, *(m.reply for m in item.mistake)]


def _plain(text: str) -> str:
    """Without quotations and names, whose length is not ours to choose."""
    text = QUOTED.sub("this", text)
    return re.sub(r"\w+", lambda word: "Ann" if word[0] in NAMES else word[0], text)


@pytest.mark.parametrize("chapter", list(lyushkov.chapters))
def test_a_chapters_questions_and_replies_stay_below_grade_nine(chapter: str) -> None:
    items = [lyushkov.items[name] for name in lyushkov.chapters[chapter]]
    pooled = " ".join(_plain(sentence) for item in items for sentence in _told(item))
    grade = textstat.flesch_kincaid_grade(pooled)
    print(f"chapter {chapter}: grade {grade}")
    assert grade <= 9
