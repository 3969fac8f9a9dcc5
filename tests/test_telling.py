"""“Which words told you?”: asked after a right answer, noted beside the cues, never marked."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook import lyushkov, open_case
from workbook.ask import Ask
from workbook.classroom.keyless import write_keyless
from workbook.feedback import Feedback, words
from workbook.judging import Misread, judge
from workbook.record import Record
from workbook.telling import read_telling, say_telling

SAID = words()["telling"]
FACE, KEY = lyushkov.compiled["who_remembers"]
RIGHT = KEY["readings"][0]["answer"]
CUES = [cue["words"] for cue in KEY["told"]]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    monkeypatch.chdir(tmp_path)
    return Ask(lyushkov)


def test_the_cues_of_the_passage_come_with_a_right_answer_only() -> None:
    assert CUES == ["remembered that", "said", "conveyed that impression"]
    assert judge(FACE, KEY, [["gerdowning"]]).told == ()
    assert [cue["words"] for cue in judge(FACE, KEY, [RIGHT]).told] == CUES
    assert judge(FACE, None, [RIGHT]).told == ()


def test_the_cues_stand_in_the_passage_to_the_word() -> None:
    asked = 0
    for name, (face, key) in lyushkov.compiled.items():
        if not key.get("told"):
            continue
        asked += 1
        assert face["kind"] != "mark", name
        text, tokens = face["passage"]["text"], face["passage"]["tokens"]
        for cue in key["told"]:
            first, last = tokens[cue["tokens"][0]], tokens[cue["tokens"][-1]]
            assert " ".join(text[first[0] : last[1]].split()) in cue["words"], name
    assert asked >= 40


def test_a_typed_right_answer_is_followed_by_the_question(ask: Ask) -> None:
    got = ask.who_remembers.answer(RIGHT)
    assert isinstance(got, Feedback)
    assert got.reply.endswith(
        'Which words told you? Type ask.who_remembers.words("…"), with words as they stand in the '
        "passage. It is noted, not marked."
    )
    got = ask.who_remembers.answer(["gerdowning"])
    assert isinstance(got, Feedback)


def test_words_are_noted_beside_the_cues_and_change_no_points(ask: Ask, tmp_path: Path) -> None:
    ask.who_remembers.answer(RIGHT)
    got = ask.who_remembers.words("remembered")
    assert (got.verdict, got.points) == ("noted", 0.0)
    assert got.reply == (
        "You marked: “remembered”. In this edition these words hand over to another voice, or say "
        "how sure one is: “remembered that”; “said”; “conveyed that impression”. Other words may "
        "have told you as well. All your words are among the edition’s. What do the others tell "
        "you?"
    )
    assert ask.who_remembers.words("remembered") == got
    kept = Record(tmp_path / "answers.jsonl")
    assert [line.stage for line in kept.lines()] == [None, "words"]
    assert kept.answers("lyushkov", "who_remembers", 1) == [RIGHT]


def test_what_does_not_stand_there_is_said_and_not_kept(ask: Ask, tmp_path: Path) -> None:
    assert ask.who_remembers.words("said").reply == SAID["first"]
    ask.who_remembers.answer(RIGHT)
    assert (
        "“whispered” does not stand in this passage" in ask.who_remembers.words("whispered").reply
    )
    assert ask.who_remembers.words(7).verdict == "unanswered"
    assert ask.the_gloss.words("said").reply == SAID["nothing"]
    assert len(Record(tmp_path / "answers.jsonl").lines()) == 1


def test_none_is_an_answer_too(ask: Ask) -> None:
    ask.who_remembers.answer(RIGHT)
    assert ask.who_remembers.words().reply.startswith(SAID["none"])


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        (["remembered that", "said", "conveyed that impression"], "same"),
        (["Several Japanese remembered that", "said", "conveyed that impression"], "more"),
        (["said"], "fewer"),
        (["Japanese remembered"], "some"),
        (["Japanese"], "other"),
    ],
)
def test_the_two_are_compared(marked: list[str], found: str) -> None:
    assert say_telling(FACE, KEY["told"], marked)[-1] == SAID[found]


def test_too_many_stretches_are_refused_with_a_sentence() -> None:
    with pytest.raises(Misread, match="more than 12 stretches"):
        read_telling(FACE, ["said"] * 13)


def test_a_class_is_asked_once_it_has_answered_and_is_shown_no_cue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_RECORD", "on")
    monkeypatch.chdir(tmp_path)
    write_keyless(lyushkov, tmp_path / "class")
    ask = Ask(open_case(tmp_path / "class"))
    assert ask.who_remembers.words("said").reply == SAID["first class"]
    assert "Which words told you?" in str(ask.who_remembers.answer(["gerdowning"]))
    assert ask.who_remembers.words("said").reply == (
        "You marked: “said”. Your class will talk about which words tell it."
    )
    assert ask.the_gloss.words("said").reply == SAID["nothing"]
    assert [line.stage for line in Record(tmp_path / "answers.jsonl").lines()] == [None, "words"]


def test_an_item_may_say_that_the_telling_words_stand_elsewhere() -> None:
    item = lyushkov.items["who_remembers"]
    assert item.face(lyushkov)["cued"] is True
    elsewhere = msgspec.structs.replace(item, asks_words=False)
    assert "cued" not in elsewhere.face(lyushkov)
    assert elsewhere.key(lyushkov)["told"] == []
