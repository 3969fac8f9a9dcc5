"""What a class gets: everything it needs, and not one answer."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext

from awkward_case import awkward_case
from workbook import open_case
from workbook.book.people import FLAGS, MODES
from workbook.classroom.keyless import keyless, write_keyless
from workbook.classroom.release import ReleaseError, chapters_from, release
from workbook.cli import main

CASE = open_case("lyushkov")
ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = list(CASE.chapters)
SHORTEST = 30  # characters; what is shorter says too little to give an answer away
"""A secret shorter than this could stand in a page by chance."""


def strings(value: Any) -> Iterator[str]:
    """Every text in tables, however deep."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name != "proposition":  # what a question is about gives nothing away
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def secrets() -> set[str]:
    """Each longer text of the case that no question shows: what no class may get."""
    shown = "\n".join(strings(keyless(CASE))) + CASE.edition.text
    shown += "\n".join(claim.text for claim in CASE.claims.values())
    hidden = set()
    for path in CASE.folder.rglob("*.toml"):
        if path.name == "gallery.toml":  # lessons show its pictures to everyone
            continue
        for one in strings(tomllib.loads(path.read_text("utf-8"))):
            if len(one) >= SHORTEST and one.strip("“”") not in shown:  # the thread, quoted, is open
                hidden.add(one)
    return hidden


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a release as text, archives unpacked."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name).decode("utf-8", "replace")
        else:
            yield str(path.relative_to(folder)), path.read_text("utf-8", errors="replace")


def test_chapters_are_named_as_a_teacher_writes_them() -> None:
    assert chapters_from("1-3", CHAPTERS) == ["01", "02", "03"]
    assert chapters_from("2, 5,7 - 8", CHAPTERS) == ["02", "05", "07", "08"]
    with pytest.raises(ReleaseError, match="There is no chapter 40; they run from 1 to"):
        chapters_from("1,40", CHAPTERS)
    with pytest.raises(ReleaseError, match="“one” names no chapters; write 3, or 1-4, or 1,3,5-7"):
        chapters_from("one", CHAPTERS)
    with pytest.raises(ReleaseError, match="the first comes before the last"):
        chapters_from("4-1", CHAPTERS)


def test_a_case_without_keys_opens_and_records(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / CASE.id
    write_keyless(CASE, folder, ["03", "04"])
    assert not (folder / "exercises").exists()
    case = open_case(folder)
    assert list(case.chapters) == ["03", "04"]
    assert list(case.items) == [*CASE.chapters["03"], *CASE.chapters["04"]]
    for name in case.items:
        face, key = case.compiled[name]
        assert key is None
        assert face == {**CASE.compiled[name][0], "hints": [], "keyless": True}
    ask = case.exercises
    said = str(ask.who_remembers.answer(["gerdowning"]))
    assert said.startswith("✎ Recorded\nYour answer is recorded. Your teacher has the key.")
    assert "not one of the voices offered here" in str(ask.who_remembers.answer(["nobody"]))


def test_a_case_saved_on_windows_is_released_as_any_other(tmp_path: Path) -> None:
    whole = awkward_case(tmp_path / "weir")
    write_keyless(whole, tmp_path / "class")
    case = open_case(tmp_path / "class")
    assert case.edition.text == whole.edition.text
    assert list(case.items) == list(whole.items)


def test_a_release_about_one_case_takes_no_notebook_about_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = awkward_case(tmp_path / "weir")
    given = ["release", str(tmp_path / "class"), "--case", str(case.folder)]
    assert main([*given, "--source", str(ROOT), "--no-site"]) == 1
    said = capsys.readouterr().err
    assert "is about the case “lyushkov”, and this release about “weir”. Name the folder" in said
    assert not (tmp_path / "class").exists()


@pytest.mark.slow
@pytest.mark.book
def test_a_class_gets_a_book_about_another_case_from_a_folder_of_its_own(tmp_path: Path) -> None:
    case = awkward_case(tmp_path / "weir")
    book = tmp_path / "mine/book"
    book.mkdir(parents=True)
    config = (ROOT / "_config.yml").read_text("utf-8").replace("title: Who Says So?", "title: Weir")
    (tmp_path / "mine/_config.yml").write_text(config, "utf-8")
    parts = "parts: [{caption: One, chapters: [{file: book/01-exercises}]}]"
    toc = f"format: jb-book\nroot: book/index\n{parts}\n"
    (book / "_toc.yml").write_text(toc, "utf-8")
    (book / "index.md").write_text("# The bridge\n\n```{thread}\n```\n", "utf-8")
    places = "\n\n".join(f"```{{exercise}} {name}\n```" for name in case.items)
    (book / "01-exercises.md").write_text(f"# Exercises\n\n{places}\n", "utf-8")
    made = release(case, tmp_path / "class", source=tmp_path / "mine")
    assert sorted(path.name for path in made.iterdir() if path.suffix != ".whl") == [
        "START-HERE.txt",
        "manifest.json",
        "site",
    ]
    assert "JUPYTER" not in (made / "START-HERE.txt").read_text("utf-8")
    (wheel,) = made.glob("*.whl")
    assert [name for name in zipfile.ZipFile(wheel).namelist() if "lyushkov" in name] == []
    answers = [item.because for item in case.items.values()]
    said = "".join(text for _, text in contents(made))
    assert "Further on." not in said
    assert [answer for answer in answers if answer in said] == []


def test_a_broken_released_file_is_said_plainly(tmp_path: Path) -> None:
    folder = tmp_path / CASE.id
    write_keyless(CASE, folder)
    (folder / "released.json").write_text("{", "utf-8")
    with pytest.raises(ValueError, match=r"released.json: is not valid JSON.*unpack the release"):
        open_case(folder)


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class/mine.txt").write_text("mine", "utf-8")
    assert main(["release", str(tmp_path / "class"), "--source", str(ROOT)]) == 1
    assert "is there already; give another name, or remove it first." in capsys.readouterr().err
    assert main(["release", str(tmp_path / "new"), "--source", str(tmp_path)]) == 1
    assert "is not the workbook's own folder" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(CASE, tmp_path_factory.mktemp("release") / "class", source=ROOT)


@pytest.mark.slow
@pytest.mark.book
def test_no_byte_of_a_release_holds_an_answer(released: Path) -> None:
    hidden = secrets()
    assert len(hidden) > 1000
    for name, text in contents(released):
        plain = " ".join(text.split())
        for secret in hidden:
            piece = " ".join(secret.split())
            for form in (piece, escape(piece), json.dumps(piece, ensure_ascii=False)[1:-1]):
                assert form not in plain, f"{name} holds “{piece[:80]}”"


@pytest.mark.slow
@pytest.mark.book
def test_no_page_for_teachers_alone_is_in_a_release(released: Path) -> None:
    alone = {
        path.stem: [line for line in text.split("\n") if len(line) >= 80 and "`" not in line]
        for path in sorted((ROOT / "book").glob("*.md"))
        if (text := path.read_text("utf-8")).startswith("---\nedition: self-study\n")
    }
    assert {"teach-dilemmas", "teach-brief", "teach-items", "teach-returns"} < set(alone)
    # A plan may quote what a lesson, which everybody reads, says itself.
    for_all = " ".join(_plain(path.read_text("utf-8")) for path in (ROOT / "book").glob("*.ipynb"))
    sentences = [_plain(line)[:60] for lines in alone.values() for line in lines]
    sentences = [sentence for sentence in sentences if sentence not in for_all]
    assert len(sentences) > 100
    for name, text in contents(released):
        assert Path(name).stem not in alone or not name.endswith(".html")
        plain = _plain(text)
        for sentence in sentences:
            assert sentence not in plain, f"{name} holds “{sentence}”"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """The words of a text, without marks: as much the same in Markdown as on a page."""
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]*>|\]\([^)]*\)", "", text)))


@pytest.mark.slow
@pytest.mark.book
def test_the_thread_of_a_release_asks_and_does_not_tell(released: Path) -> None:
    text = (released / "site/book/thread.html").read_text("utf-8")
    (script,) = BeautifulSoup(text, "html.parser").find_all("script", class_="wb-data")
    whose = json.loads(script.string or "")["whose"]
    assert set(whose["passages"]) == set(CASE.edition.passages)
    for told in whose["passages"].values():
        assert told["readings"] == told["gates"] == []
    assert whose["exercises"]
    assert all(told["gate"] is None for told in whose["exercises"].values())
    planted = {said for said in FLAGS.values() if len(said) >= 12}
    planted |= {said for said in MODES.values() if len(said) >= 12}
    shown = "\n".join(strings(keyless(CASE)))
    planted |= {
        stance.proposition
        for readings in CASE.attributions.values()
        for reading in readings
        for stance in reading.stances
        if stance.proposition not in shown + _on_one_line(CASE.edition.text)
    }
    for said in planted:
        assert said not in text, said


@pytest.mark.slow
@pytest.mark.book
@pytest.mark.browser
def test_in_a_class_a_guess_is_kept_and_nothing_is_told(
    released: Path, chromium_context: BrowserContext
) -> None:
    page = chromium_context.new_page()
    page.goto((released / "site/book/thread.html").as_uri())
    page.locator(".wb-whose-mark").first.click()
    panel = page.locator(".wb-whose-panel")
    panel.locator(".wb-add").first.click()
    panel.get_by_role("button", name="Commit", exact=True).click()
    said = panel.locator(".wb-whose-said").inner_text()
    assert said == "Your chain is kept. Your class will compare."
    assert panel.locator(".wb-pairs").count() == 0
    panel.get_by_role("button", name="Change my chain").wait_for()
    page.reload()
    label = page.locator(".wb-whose-mark").first.get_attribute("aria-label")
    assert label and label.endswith("Committed.")


@pytest.mark.slow
@pytest.mark.book
def test_a_release_holds_what_a_class_needs(released: Path) -> None:
    names = {path.name for path in released.iterdir()}
    assert {"START-HERE.txt", "manifest.json", "notebooks", "site"} < names
    manifest = json.loads((released / "manifest.json").read_text("utf-8"))
    assert manifest["edition"] == "classroom"
    assert list(manifest["chapters"]) == CHAPTERS
    assert manifest["chapters"]["03"]["who_remembers"] == CASE.items["who_remembers"].revision
    assert len(list((released / "notebooks").glob("*.ipynb"))) >= len(CHAPTERS)
    assert (released / "site/index.html").is_file()


@pytest.mark.slow
@pytest.mark.book
@pytest.mark.browser
def test_what_is_clicked_in_a_release_is_graded(
    released: Path, chromium_context: BrowserContext, tmp_path: Path
) -> None:
    page = chromium_context.new_page()
    page.goto((released / "site/book/01-exercises.html").as_uri())
    name = next(n for n in CASE.chapters["01"] if CASE.items[n].kind == "choice")
    if not page.locator(f'[data-exercise="{name}"]').count():
        page.goto((released / "site/book/01-what-is-on-the-page.html").as_uri())
    form = page.locator(f'[data-exercise="{name}"] .wb-form')
    answer = CASE.items[name].answer
    options = [option["id"] for option in CASE.compiled[name][0]["options"]]
    wrong = next(i for i, option in enumerate(options) if option != answer)
    for place in (wrong, options.index(answer)):
        form.locator("input[type=radio]").nth(place).check()
        form.get_by_role("button", name="Keep my answer").click()
        said = "Your answer is recorded. Your teacher has the key. Change it as often as you like"
        form.locator(".wb-reply", has_text=said).wait_for()
    assert "Tries left" not in form.inner_text()
    page.get_by_label("Your name or number, if your teacher wants one").fill("Jane Doe")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download my answers").click()
    assert coming.value.suggested_filename == "answers-jane-doe.jsonl"
    coming.value.save_as(tmp_path / "answers.jsonl")
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:  # as Canvas hands it over
        archive.write(tmp_path / "answers.jsonl", "doejane_17_99_answers-jane-doe.jsonl")
    (tmp_path / "class.csv").write_text(
        'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",17,s17,jdoe,A\n'
        '"Roe, Max",18,s18,mroe,A\n',
        "utf-8",
    )
    others = [n for n in CASE.chapters["01"] if n != name]
    rules = f'title = "Week 1 (4711)"\nout_of = 10\n[excused]\n"*" = {others!r}\n'
    (tmp_path / "grading.toml").write_text(rules, "utf-8")
    out = tmp_path / "out"
    said = ["grade", str(tmp_path / "submissions.zip"), "--out", str(out), "--chapters", "1"]
    said += ["--release", str(released), "--roster", str(tmp_path / "class.csv")]
    assert main([*said, "--config", str(tmp_path / "grading.toml")]) == 0
    with (out / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["student"], row["status"], row[name]) == ("17", "graded", "1")
    assert (out / "canvas.csv").read_text("utf-8-sig").splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (4711)",
        "    Points Possible,,,,,10",
        '"Doe, Jane",17,s17,jdoe,A,10',
        '"Roe, Max",18,s18,mroe,A,',
    ]


@pytest.mark.slow
def test_the_released_package_installs_and_records(tmp_path: Path) -> None:
    made = release(CASE, tmp_path / "class", source=ROOT, chapters=["03"], site=False)
    wheel = next(made.glob("*.whl"))
    code = (
        f"import sys; sys.path.insert(0, {str(wheel)!r})\n"
        "import zipfile\n"
        f"zipfile.ZipFile({str(wheel)!r}).extractall('here'); sys.path.insert(0, 'here')\n"
        "from workbook import lyushkov as case\n"
        "print(list(case.chapters), case.exercises.who_remembers.answer(['gerdowning']).verdict)\n"
    )
    env = {**os.environ, "WORKBOOK_RECORD": "on"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env=env,
    )
    assert done.stdout == "['03'] recorded\n"
    assert '"answer":["gerdowning"]' in (tmp_path / "answers.jsonl").read_text("utf-8")
