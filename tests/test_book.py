"""The built book: what is on it, what is not, and that it can be read without a script."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import workbook
from workbook import open_case
from workbook.book import _embedded
from workbook.layout import lines

ROOT = Path(__file__).resolve().parent.parent
CONFIG = (ROOT / "_config.yml").read_text("utf-8")
CASE = open_case(re.findall(r"workbook_case: (\w+)", CONFIG)[0])
TOC = (ROOT / "book/_toc.yml").read_text("utf-8")
PAGES = re.findall(r"(?:root|file): (\S+)", TOC)
OF_SPHINX = ["search", "index"]
pytestmark = [pytest.mark.book, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def pages(built_book: Path) -> dict[str, BeautifulSoup]:
    """Every page of the table of contents, parsed."""
    return {
        name: BeautifulSoup((built_book / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in PAGES
    }


# What is there, and what is not


def test_exactly_the_listed_pages_are_built(built_book: Path) -> None:
    built = {
        p.relative_to(built_book).with_suffix("").as_posix() for p in built_book.rglob("*.html")
    }
    assert built == {*PAGES, *OF_SPHINX}


def test_no_source_reaches_the_site(built_book: Path) -> None:
    assert not (built_book / "_sources").exists()
    kinds = Counter(path.suffix for path in built_book.rglob("*") if path.is_file())
    assert set(kinds) <= {".html", ".css", ".js", ".inv", ".png", ".svg", ".buildinfo", ""}, kinds
    index = (built_book / "searchindex.js").read_text("utf-8")
    for unlisted in ("solutions/", "tests/", "exercises/", "README", ".pytest_cache"):
        assert unlisted not in index


def test_no_page_asks_another_host_for_anything(built_book: Path) -> None:
    asked = []
    for path in built_book.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in page.find_all(["script", "link", "img", "iframe", "source", "video", "audio"]):
            address = str(tag.get("src") or tag.get("href") or "")
            if re.match(r"(https?:)?//", address):
                asked.append((path.name, address))
    for path in [*built_book.rglob("*.css"), *built_book.rglob("*.html")]:
        text = path.read_text("utf-8")
        asked += [
            (path.name, found) for found in re.findall(r"url\([\"']?(?:https?:)?//[^)]*", text)
        ]
        asked += [(path.name, found) for found in re.findall(r"@import[^;]*//[^;]*", text)]
    assert asked == []


def test_every_link_on_a_page_leads_somewhere(built_book: Path) -> None:
    ids: dict[Path, set[str]] = {}
    links: list[tuple[Path, str]] = []
    for path in built_book.rglob("*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        found = [str(tag["id"]) for tag in page.find_all(id=True)]
        twice = [name for name, count in Counter(found).items() if count > 1]
        assert [name for name in twice if name != "searchbox"] == [], path.name
        ids[path] = set(found)
        links += [(path, str(a["href"])) for a in page.find_all("a", href=True)]
    lost = []
    for path, link in links:
        address, _, fragment = link.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (path.parent / address).resolve() if address else path
        there = target in ids or target.exists()
        if not there or (fragment and fragment not in ids.get(target, {fragment})):
            lost.append((path.name, link))
    assert lost == []


# Exercises


def _data(page: BeautifulSoup) -> dict[str, Any]:
    (script,) = page.find_all("script", class_="wb-data")
    return dict(json.loads(script.string or ""))


def test_a_page_carries_the_data_of_its_exercises_and_of_no_other(
    pages: dict[str, BeautifulSoup],
) -> None:
    mounted = 0
    for name, page in pages.items():
        places = [str(place["data-exercise"]) for place in page.find_all(class_="wb-exercise")]
        loads = [tag for tag in page.find_all("script", src=True) if "workbook.js" in tag["src"]]
        if not places and page.find(class_=["wb-filters", "wb-shows", "wb-progress"]):
            continue  # test_catalogue.py, test_whose.py, test_progress_browser.py look at these
        if not places:
            assert not page.find_all("script", class_="wb-data"), name
            assert not loads, name
            continue
        data = _data(page)
        assert data["case"] == CASE.id
        assert set(data) == {"case", "exercises", "progress", "returns", "words"}
        assert set(data["exercises"]) == set(places)
        assert len(loads) == 1
        for exercise, given in data["exercises"].items():
            face, key = CASE.compiled[exercise]
            assert given == json.loads(json.dumps({"face": face, "key": key}))
        mounted += len(places)
    assert mounted >= 12


def test_an_exercise_can_be_read_and_solved_without_a_script(
    pages: dict[str, BeautifulSoup],
) -> None:
    for page in pages.values():
        for place in page.find_all(class_="wb-exercise"):
            face, key = CASE.compiled[str(place["data-exercise"])]
            text = place.get_text(" ", strip=True)
            shown = [face["title"], face["prompt"]]
            shown += [
                part["label"] for part in (*face["voices"], *face["options"], *face["values"])
            ]
            shown += [" ".join(face["passage"]["text"].split())] if face["passage"] else []
            shown += [line.said for line in lines(key["worked"])] + [key["because"].strip()]
            flat = " ".join(text.split())
            for part in shown:
                assert " ".join(part.split()) in flat, face["id"]
            worked = place.find("details")
            assert worked is not None
            assert not worked.has_attr("open")


def test_headings_leave_no_level_out(pages: dict[str, BeautifulSoup]) -> None:
    for name, page in pages.items():
        article = page.find("article", class_="bd-article")
        assert article is not None
        last = 0
        for heading in article.find_all(["h1", "h2", "h3", "h4", "h5", "h6", "div"]):
            if heading.name == "div" and heading.get("role") != "heading":
                continue
            level = int(heading.get("aria-level") or heading.name[1])
            assert level <= last + 1, f"{name}: {heading.get_text()}"
            last = level
        assert len(article.find_all("h1")) == 1, name


# The thread


@pytest.fixture(scope="module")
def thread(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    return next(page for page in pages.values() if page.find(class_="wb-post"))


def test_the_thread_stands_there_to_the_letter(thread: BeautifulSoup) -> None:
    lines: dict[int, str] = {}
    for place in thread.select("[id^=line-]"):
        words = "".join(part.get_text() for part in place.select(".wb-text"))
        lines[int(str(place["id"]).removeprefix("line-"))] = words
    wanted = {i: line for i, line in enumerate(CASE.edition.text.split("\n"), 1) if line.strip()}
    assert {number: line.strip() for number, line in lines.items()} == {
        number: line.strip() for number, line in wanted.items()
    }


def test_every_post_has_its_voice_its_colour_and_its_mark(thread: BeautifulSoup) -> None:
    posts = thread.find_all("section", class_="wb-post")
    assert [post["id"] for post in posts] == [f"post-{name}" for name in CASE.edition.posts]
    for post, declared in zip(posts, CASE.edition.posts.values(), strict=True):
        voice = CASE.edition.voices[declared.voice]
        heading = post.find("h2")
        assert voice.label in heading.get_text()
        assert heading.find(class_="wb-voice-mark").get_text() == voice.mark
        assert f"wb-voice-{voice.colour}" in post["class"]
        byline = post.find(class_="wb-byline")
        assert (byline is not None) == (declared.byline is not None)


def test_every_passage_line_gap_and_slip_can_be_pointed_at(thread: BeautifulSoup) -> None:
    edition = CASE.edition
    assert {str(tag["id"]) for tag in thread.select(".wb-passage-start")} == {
        f"passage-{name}" for name in edition.passages
    }
    for gap in edition.gaps:
        assert gap.note in thread.find(id=f"gap-{gap.id}-note").get_text()  # type: ignore[union-attr]
        assert thread.find(id=f"gap-{gap.id}") is not None
    for slip in edition.slips:
        mark = thread.find(id=f"slip-{slip.span.start}")
        assert mark is not None
        assert mark.get_text() == "(sic)"
        note = thread.find(id=f"slip-{slip.span.start}-note")
        assert note is not None
        assert " ".join(slip.reading.split()) in note.get_text()


# In a browser


@pytest.mark.browser
def test_opened_by_double_click_the_forms_come_alive(
    built_book: Path, chromium_context: Any
) -> None:
    for name in PAGES:
        page = chromium_context.new_page()
        wrong: list[str] = []
        page.on("console", lambda m, w=wrong: w.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda fault, w=wrong: w.append(str(fault)))
        page.goto((built_book / f"{name}.html").as_uri())
        places = page.locator(".wb-exercise").count()
        assert page.locator(".wb-exercise.wb-live").count() == places, name
        assert page.locator(".wb-still").count() == 0, name
        kept = places or page.locator(".wb-filters, .wb-shows, .wb-progress").count()
        assert page.locator(".wb-record:not(.wb-due)").count() == (1 if kept else 0), name
        assert wrong == [], name
        page.close()


@pytest.mark.browser
def test_with_scripts_off_all_can_be_read(built_book: Path, _chromium_profile: Any) -> None:
    context = _chromium_profile.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in PAGES:
        page.goto((built_book / f"{name}.html").as_uri())
        for place in page.locator(".wb-exercise").all():
            assert place.locator(".wb-prompt").is_visible()
            assert place.locator(".wb-worked-answer").first.is_hidden()
            place.locator("summary").click()
            assert place.locator(".wb-worked-answer").first.is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_scrolls_sideways(built_book: Path, chromium_context: Any, width: int) -> None:
    page = chromium_context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        page.goto((built_book / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


# Small books, built on their own


def build(folder: Path, page: str, **config: str) -> subprocess.CompletedProcess[str]:
    """Build a one-page book in ``folder`` with our extension."""
    settings = {"workbook_case": CASE.id, "html_theme": "basic", **config}
    lines = ["extensions = ['myst_parser', 'workbook.book']", "project = 'A small book'"]
    lines += [f"{name} = {value!r}" for name, value in settings.items()]
    (folder / "conf.py").write_text("\n".join(lines), "utf-8")
    (folder / "index.md").write_text(page, "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", ".", "out/html"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def shown(folder: Path) -> str:
    return (folder / "out/html/index.html").read_text("utf-8")


SMALL = "# A page\n\n```{{exercise}} {}\n```\n"


def test_an_unknown_exercise_ends_the_build_and_names_page_id_and_nearest(tmp_path: Path) -> None:
    known = next(iter(CASE.items))
    done = build(tmp_path, SMALL.format(f"{known}s") + "\n```{exercise} zzz\n```\n")
    assert done.returncode != 0
    said = f"page index: “{known}s” is not an exercise of the case “{CASE.id}”"
    assert f"{said}; did you mean “{known}”?" in done.stderr
    assert "page index: “zzz” is not an exercise" in done.stderr


def test_a_link_to_an_exercise_bears_its_title_and_leads_to_its_place(tmp_path: Path) -> None:
    here, gone = list(CASE.items)[:2]
    page = SMALL.format(here) + f"\nTake {{ask}}`{here}` first.\n"
    assert build(tmp_path, page).stderr == ""
    link = BeautifulSoup(shown(tmp_path), "html.parser").find("a", href=f"#exercise-{here}")
    assert link is not None
    assert link.get_text() == CASE.items[here].title
    done = build(tmp_path, f"{page}\nThen {{ask}}`{gone}`.\n")
    assert done.returncode != 0
    assert f"page index links to “{gone}”, and no page asks it" in done.stderr
    # A book of some chapters only: the title stays, as plain words.
    assert f"Then <span>{escape(CASE.items[gone].title, quote=False)}</span>" in shown(tmp_path)


def test_a_link_to_what_is_no_exercise_ends_the_build(tmp_path: Path) -> None:
    known = next(iter(CASE.items))
    done = build(tmp_path, f"# A page\n\nTake {{ask}}`{known}s`.\n")
    assert done.returncode != 0
    said = f"page index: “{known}s” is not an exercise of the case “{CASE.id}”"
    assert f"{said}; did you mean “{known}”?" in done.stderr


def test_an_unknown_edition_is_refused(tmp_path: Path) -> None:
    done = build(tmp_path, "# A page\n", workbook_edition="clasroom")
    assert done.returncode != 0
    assert "workbook_edition is “clasroom”; it must be one of: self-study, classroom" in done.stderr


def test_the_classrooms_edition_holds_no_answer(tmp_path: Path) -> None:
    chosen = [items[0] for items in CASE.chapters.values() if items]
    page = "# A page\n\n" + "\n\n".join(f"```{{exercise}} {name}\n```" for name in chosen)
    page += "".join(
        f"\n\n```{{case}} {part}\n```" for part in ("claims", "passages", "voices", "timeline")
    )
    assert build(tmp_path, page, workbook_edition="classroom").stderr == ""
    built = "".join(
        path.read_text("utf-8", errors="replace")
        for path in (tmp_path / "out/html").rglob("*")
        if path.is_file()
    )
    for name in chosen:
        item, (face, _) = CASE.items[name], CASE.compiled[name]
        assert face["title"] in BeautifulSoup(shown(tmp_path), "html.parser").get_text()
        secret = [item.because, item.fallback, *item.hints, *(m.reply for m in item.mistake)]
        for sentence in filter(None, secret):
            assert sentence.strip()[:60] not in built, name
    for claim in CASE.claims.values():
        assert escape(claim.text)[:40] in built
        for sentence in (claim.reasons, claim.divided, claim.would_change):
            assert escape(sentence.strip())[:40] not in built, claim.id
    for attributions in CASE.attributions.values():
        for note in (a.note for a in attributions if a.note):
            assert escape(note)[:40] not in built
    for event in CASE.facts.timeline:
        assert (escape(event.event) in built) == (not event.settles), event.order
    assert built.count('"key":null') == len(chosen)


def test_a_page_follows_its_case(tmp_path: Path) -> None:
    shutil.copytree(CASE.folder, tmp_path / "cases/own", ignore=shutil.ignore_patterns("*.md"))
    name, item = next(iter(CASE.items.items()))
    own = {"workbook_case": "cases/own"}
    assert build(tmp_path, SMALL.format(name), **own).stderr == ""
    before = shown(tmp_path)
    for path in (tmp_path / "cases/own/exercises").glob("*.toml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(f'"{item.title}"', '"A title of today"'), "utf-8")
    assert build(tmp_path, SMALL.format(name), **own).stderr == ""
    assert "A title of today" not in before
    assert "A title of today" in shown(tmp_path)


def test_data_in_a_page_cannot_end_its_script() -> None:
    awkward = {"said": "</script><!-- \u2028\u2029 & “é”"}
    embedded = _embedded(awkward)
    assert not set("<\u2028\u2029") & set(embedded)
    assert json.loads(embedded) == awkward


def test_the_extension_names_no_case() -> None:
    for path in Path(workbook.__file__).parent.glob("book/*.py"):
        assert CASE.id not in path.read_text("utf-8")
