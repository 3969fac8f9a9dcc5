"""The thread, anchored: what a reader may rely on when a passage is cited."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_case import THREAD, small_case
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ha\u0301lden\u2019s cafe\u0301", ["Ha\u0301lden\u2019s", "cafe\u0301"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שָׁלוֹם, الجِسر", ["שָׁלוֹם", "الجِسر"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("so _that_ is it ___", ["so", "_that_", "is", "it"]),
    ],
)
def test_a_word_keeps_its_accents_and_vowel_signs(text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b, word in tokenise(text) if word] == words


def test_an_emoji_is_one_sign_and_no_word() -> None:
    text = "👩🏽\u200d🚀 ❤\ufe0f 𝕎𝕖𝕚𝕣"
    assert [(text[a:b], word) for a, b, word in tokenise(text)] == [
        ("👩🏽\u200d🚀", False),
        ("❤\ufe0f", False),
        ("𝕎𝕖𝕚𝕣", True),
    ]


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


@pytest.mark.parametrize(
    ("exact", "other"),
    [
        ("the two  men\nof Ha\u0301lden", "spaces or line ends"),
        ("the two men of Hálden", "signs for its accents"),
        ("the two men of ha\u0301lden", "capital letters"),
        ("men of Ha\u0301lden - “no”", "quotation marks or dashes"),
        ("MEN of Hálden", "signs for its accents (a letter and its accent can be one sign or two)"),
    ],
)
def test_what_an_eye_cannot_see_in_a_quotation_is_said(exact: str, other: str) -> None:
    with pytest.raises(NotAnchored) as caught:
        anchor('Here are the two men of Ha\u0301lden – "no".', Selector(exact))
    assert f"is there, but with other {other}" in str(caught.value)
    assert str(caught.value).endswith("; copy the words out of the thread")


def test_a_prefix_that_does_not_fit_is_told_from_what_stands_there() -> None:
    with pytest.raises(NotAnchored) as caught:
        anchor("One\n\ntwo three", Selector("two", suffix="\nthree"))
    assert str(caught.value) == (
        "“two” is there, but not with this prefix and suffix; "
        'it stands between "One\\n\\n" and " three"'
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


def test_a_passage_in_another_post_is_told_which(spoil: Spoil) -> None:
    said = spoil("passages.toml", 'post = "p0"', 'post = "p1"')
    assert said == [
        "passages.toml: a01: its words do not stand in post “p1” but in p0; name that one in `post`"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.toml", 'exact = "Anonymous said..."', 'exact = "Anonymus said..."',
         "p2: “Anonymus said...” is not there; the nearest words there are “Anonymous said...”"),
        ("passages.toml", 'post = "p0"', 'post = "p9"', "a01: post “p9” is not known"),
        ("passages.toml", 'post = "p0"', 'psot = "p0"',
         "a01: has a field `psot`, which is not known here; did you mean “post”?"),
        ("voices.toml", 'kind = "collective"', 'kind = "group"',
         "op: `kind` is “group”, which is not known; it is one of: collective, document, generic, "
         "institution, person"),
        ("voices.toml", 'label = "gerdowning"', 'label = "gerdowning',
         "is not valid TOML: "),
        ("case.toml", 'date = "2019-01"', "date = 2019-01-05",
         "p0: `date` must be text in quotation marks, and is a date (put it in quotation marks)"),
        ("references.bib", "}\n\n@", "\n\n@", ""),
        ("exercises/01.toml", 'kind = "choice"', 'kind = "choise"',
         "template_line: `kind` is “choise”, which is not known; did you mean “choice”?"),
        ("claims.toml", 'verdict = "', "verdict = ",
         "is not valid TOML: "),
        ("testimonies.toml", 'title = "', "title = ", "is not valid TOML: "),
    ],
)  # fmt: skip
def test_what_only_follows_from_a_fault_is_no_second_problem(
    file: str, old: str, new: str, said: str, spoil: Spoil
) -> None:
    (only,) = spoil(file, old, new)
    assert only.startswith(f"{file}: {said}")


def test_what_is_no_toml_is_shown_with_its_line(spoil: Spoil) -> None:
    (said,) = spoil("voices.toml", 'label = "gerdowning"', "label = gerdowning")
    assert re.fullmatch(r"voices.toml: is not valid TOML: .*line 32.*: label = gerdowning", said)


@pytest.mark.parametrize("file", ["voices.toml", "passages.toml", "thread.txt", "claims.toml"])
def test_what_only_follows_from_a_file_that_cannot_be_read_is_no_second_problem(
    file: str, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASE.folder, folder)
    (folder / file).write_bytes(b"\xff")
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    problems = [str(one) for one in caught.value.problems if "SHA-256" not in one.said]
    assert problems == [f"{file}: is not UTF-8 text (byte 0); save it as UTF-8"]


def test_many_items_with_one_fault_are_one_line(spoil: Spoil, tmp_path: Path) -> None:
    spoil("voices.toml", 'id = "gerdowning"', 'id = "gerdownin"')
    with pytest.raises(CaseError) as caught:
        open_case(tmp_path / "lyushkov")
    first = "  passages.toml: a10, a11, a12, a13, a14 and 30 more: voice “gerdowning” is not known"
    lines = str(caught.value).splitlines()
    assert any(re.sub(r"\d+ more", "30 more", line).startswith(first) for line in lines)
    assert len(lines) == len(set(lines)) < 20 < len(caught.value.problems)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.toml", 'id = "lyushkov"', 'id = "../my case"',
         "case.toml: the id “../my case” must be a plain name such as old_bridge: it stands in "
         "file names and in notebooks"),
        ("passages.toml", 'id = "a01"', 'id = "a 01"',
         "passages.toml: a 01: the id may hold the letters a to z, digits, _ and - only, as in "
         "old_letter"),
        ("exercises/01.toml", 'id = "template_line"', 'id = "class"',
         "exercises/01.toml: class: the id must be a name that can be typed in Python, such as "
         "who_remembers"),
        ("exercises/01.toml", 'id = "template_line"', 'id = "progress"',
         "exercises/01.toml: progress: the id `progress` is taken: it is the command that tells "
         "how far one is"),
        ("voices.toml", 'mark = "■"', 'mark = "❤\ufe0f"',
         "voices.toml: op: the mark “❤\ufe0f” is made of 2 characters; take one alone, such as ● "
         "or a letter"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_used_is_reported(
    file: str, old: str, new: str, said: str, spoil: Spoil
) -> None:
    assert said in spoil(file, old, new)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("claims", "is the name of a part of this program; take another"),
        ("shower", "must be the name of its folder too, which is “rain”"),
        ("rain", ""),
    ],
)
def test_a_case_that_comes_with_the_program_goes_by_its_folders_name(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small_case(tmp_path / "cases/rain").folder
    (tmp_path / "claims.py").touch()
    head = (folder / "case.toml").read_text("utf-8")
    (folder / "case.toml").write_text(head.replace('id = "rain"', f'id = "{name}"'), "utf-8")
    monkeypatch.setattr("workbook.case.files", lambda package: tmp_path)
    if not said:
        assert open_case("rain").id == "rain"
        return
    with pytest.raises(CaseError) as caught:
        open_case("rain")
    assert [problem.said for problem in caught.value.problems] == [f"the id “{name}” {said}"]


def test_a_file_of_a_wrong_name_is_not_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(CASE.folder, folder)
    (folder / "finds.toml").rename(folder / "find.toml")
    (folder / "exercises/11.toml").rename(folder / "exercises/last.toml")
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    said = [str(problem) for problem in caught.value.problems]
    assert (
        "find.toml: is no file of a case, so nothing in it is read; did you mean “finds.toml”?"
        in said
    )
    assert (
        "exercises/last.toml: must be named by its chapter in two digits, such as 01.toml" in said
    )


def test_an_editor_of_windows_changes_nothing(tmp_path: Path) -> None:
    case = small_case(tmp_path / "plain")
    windows = tmp_path / "windows"
    shutil.copytree(case.folder, windows)
    for path in windows.rglob("*.t*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    digest = hashlib.sha256((windows / "thread.txt").read_bytes()).hexdigest()
    head = (windows / "case.toml").read_bytes()
    old = hashlib.sha256(THREAD.encode()).hexdigest()
    (windows / "case.toml").write_bytes(head.replace(old.encode(), digest.encode()))
    assert open_case(windows).edition == case.edition
    assert open_case(windows).compiled == case.compiled


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
