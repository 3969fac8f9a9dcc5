"""The thread, anchored: what a reader may rely on when a passage is cited."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case import CaseError, open_case
from workbook.edition import NotAnchored, Selector, anchor, tokenise

CASE = open_case("lyushkov")
TEXT = CASE.edition.text

Spoil = Callable[[str, str, str], list[str]]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Replace words in one file of a copy of the case, load it, and return what is reported."""

    def spoil(file: str, old: str, new: str) -> list[str]:
        folder = tmp_path / "lyushkov"
        if not folder.exists():
            shutil.copytree(CASE.folder, folder)
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(CaseError) as caught:
            open_case(folder)
        return [str(problem) for problem in caught.value.problems]

    return spoil


def test_the_thread_is_verbatim() -> None:
    data = (CASE.folder / "thread.txt").read_bytes()
    digest = 'sha256 = "' + hashlib.sha256(data).hexdigest()
    assert digest in (CASE.folder / "case.toml").read_text("utf-8")
    assert len(TEXT) == 7669
    assert len(data) == 7672
    assert TEXT.count('"') == 21


def test_five_posts_by_four_voices_in_order() -> None:
    posts = CASE.edition.posts
    assert list(posts) == ["p0", "p1", "p2", "p3", "p4"]
    voices = [post.voice for post in posts.values()]
    assert voices == ["op", "gerdowning", "anonymous", "unknown", "gerdowning"]
    bylines = [CASE.edition.words(post.byline) for post in posts.values() if post.byline]
    assert bylines == ["gerdowning said...", "Anonymous said...", "Unknown said...", bylines[0]]


def test_every_first_passage_stands_where_its_annotator_found_it() -> None:
    with Path(__file__).with_name("annotated_offsets.csv").open(encoding="utf-8") as file:
        offsets = {row["id"]: (int(row["start"]), int(row["end"])) for row in csv.DictReader(file)}
    assert len(offsets) == 52
    found = {p.id: (p.span.start, p.span.end) for p in CASE.edition.passages.values()}
    assert {name: found.get(name) for name in offsets} == offsets


def test_a_passage_carries_the_words_at_its_offsets() -> None:
    for passage in CASE.edition.passages.values():
        assert CASE.edition.words(passage.span) == passage.exact
        post = CASE.edition.posts[passage.post]
        assert post.span.start <= passage.span.start < passage.span.end <= post.span.end


def test_slips_stay_one_word() -> None:
    text = 'can#t le3ad Sta;lin "japaneese"? 1930\'s'
    words = [text[a:b] for a, b, word in tokenise(text) if word]
    assert words == ["can#t", "le3ad", "Sta;lin", "japaneese", "1930's"]


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_an_anchor_is_found_just_when_the_words_stand_once(text: str, a: int, b: int) -> None:
    exact = text[min(a, b) : max(a, b)]
    places = [i for i in range(len(text)) if exact and text.startswith(exact, i)]
    if len(places) == 1:
        span = anchor(text, Selector(exact))
        assert (span.start, span.end) == (places[0], places[0] + len(exact))
    else:
        with pytest.raises(NotAnchored):
            anchor(text, Selector(exact))


def test_a_quotation_that_is_not_there_names_file_passage_and_nearest_words(spoil: Spoil) -> None:
    said = spoil(
        "passages.toml", "officially recorded execution a day", "recorded executions a day"
    )
    assert said[0] == (
        "passages.toml: a14: “1,000 recorded executions a day between 1936-38” is not there; "
        "the nearest words there are “,000 officially recorded execution a day between 1936-38”"
    )


def test_a_quotation_that_stands_twice_is_refused(spoil: Spoil) -> None:
    passages = (CASE.folder / "passages.toml").read_text("utf-8")
    a11 = passages[passages.index('id = "a11"') :]
    exact = next(line for line in a11.splitlines() if line.startswith("exact"))
    said = spoil("passages.toml", exact, 'exact = "Stalin"')
    assert any(
        problem.startswith("passages.toml: a11: “Stalin” stands")
        and problem.endswith("times; add a prefix or suffix so that it stands once")
        for problem in said
    )


def test_an_edited_thread_is_noticed(spoil: Spoil) -> None:
    said = spoil("thread.txt", "Trotskyist to his", "Trotskyite to his")
    assert said[0].startswith("thread.txt: its SHA-256 is ")
    assert said[0].endswith("never edit the thread")


def test_all_problems_are_reported_together(spoil: Spoil, tmp_path: Path) -> None:
    spoil("voices.toml", 'kind = "person"', 'kind = "persn"')
    spoil("case.toml", 'voice = "unknown"', 'voice = "unknwon"')
    said = spoil("exercises/03.toml", 'passage = "a20"', 'passage = "a2O"')
    files = {problem.split(":")[0] for problem in said}
    assert {"voices.toml", "case.toml", "exercises/03.toml"} <= files
    assert "case.toml: p3: voice “unknwon” is not known; did you mean “unknown”?" in said
    near = (
        "exercises/03.toml: who_remembers: passage “a2O” is not in the edition; did you mean “a20”?"
    )
    assert any(problem.startswith(near[:70]) for problem in said)


def test_no_case_of_that_name() -> None:
    with pytest.raises(CaseError) as caught:
        open_case("lyushkof")
    assert str(caught.value.problems[0]) == (
        "lyushkof: there is no case of this name and no folder at this path; "
        "did you mean “lyushkov”?"
    )


@pytest.mark.parametrize("file", ["voices.toml", "passages.toml", "thread.txt"])
def test_a_missing_file_is_named(file: str, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASE.folder, folder)
    (folder / file).unlink()
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    expected = f"{file}: cannot be read (No such file or directory); every case needs this file"
    assert expected in [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "damage", [b"\xff\xfe", b"[[voice", b"voice = 7\n", b"[[voice]]\nid = 7\n", b"\x00"]
)
@pytest.mark.parametrize("file", ["case.toml", "voices.toml", "passages.toml", "exercises/03.toml"])
def test_a_damaged_file_is_reported_and_never_a_traceback(
    file: str, damage: bytes, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASE.folder, folder)
    (folder / file).write_bytes(damage)
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    assert any(problem.file == file for problem in caught.value.problems)
