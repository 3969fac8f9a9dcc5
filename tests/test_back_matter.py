"""The pages around the lessons: people, dates, the index, how to cite, how the book is made."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from workbook import lyushkov as case
from workbook.book.cite import read_cited
from workbook.book.works import works

ROOT = Path(__file__).resolve().parent.parent
SOURCE = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


@pytest.fixture(scope="module")
def pages(built_book: Path) -> dict[str, BeautifulSoup]:
    names = ("timeline", "facts", "people", "index-of-words", "cite", "colophon", "glossary")
    return {
        name: BeautifulSoup((built_book / f"book/{name}.html").read_text("utf-8"), "html.parser")
        for name in names
    }


def flat(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())


def entries(section: Tag) -> dict[str, str]:
    """The lines of a part of the index: what each is called, and what stands behind it."""
    found = {}
    for line in section.select(".wb-index > li"):
        name = line.select_one(".wb-index-name")
        assert name is not None
        found[flat(name)] = flat(line).removeprefix(flat(name)).strip()
    return found


# Works


def test_no_work_has_a_stop_or_a_quotation_mark_too_many() -> None:
    shown = {
        key: flat(BeautifulSoup(work.html, "html.parser")) for key, work in works(case).items()
    }
    assert [key for key, said in shown.items() if re.search(r"[.?!]”?\.|““|””", said)] == []
    assert "“Did Stalin Kill Kirov and Does It Matter?” Journal" in shown["Lenoe2002"]
    assert "Alekseev, Mikhail. n.d. “‘Vernyi Vam Ramzai’. Kniga 1" in shown["AlekseevRamzai"]


# Dates


@pytest.mark.book
def test_every_event_stands_once_and_on_the_timeline(pages: dict[str, BeautifulSoup]) -> None:
    for event in case.facts.timeline:
        row = pages["timeline"].find(id=f"event-{event.order}")
        assert isinstance(row, Tag)
        assert event.event in flat(row)
        assert pages["facts"].find(id=f"event-{event.order}") is None
    dates = pages["facts"].find(id="timeline")
    assert isinstance(dates, Tag)
    assert dates.select("a[href='timeline.html#timeline']")


@pytest.mark.book
def test_what_settles_a_claim_waits_behind_it(pages: dict[str, BeautifulSoup]) -> None:
    waiting = [event for event in case.facts.timeline if event.settles]
    assert waiting
    for event in waiting:
        row = pages["timeline"].find(id=f"event-{event.order}")
        assert isinstance(row, Tag)
        fold = row.find("details")
        assert isinstance(fold, Tag)
        assert not fold.has_attr("open")
        assert event.event in flat(fold)
        assert row.select(f"a[href='claims.html#claim-{event.settles[0]}']")


# People


@pytest.mark.book
def test_the_page_on_people_takes_its_figures_and_its_trust_from_the_tables(
    pages: dict[str, BeautifulSoup],
) -> None:
    (count,) = [row for row in case.facts.executions if row.id == "S1937_38"]
    told = flat(pages["people"])
    assert f"counted {count.number:,} death sentences" in told
    assert f"came to {count.sentenced:,} in those two years" in told
    assert "Smilga was shot on 10 January 1937" in told
    assert "( from memory: not checked here : Jansen and Petrov 2002 )" in told
    for link in pages["people"].select(".wb-basis a"):
        assert str(link["href"]).startswith("bibliography.html#work-")


@pytest.mark.book
def test_the_page_on_people_answers_nothing_before_it_is_asked(
    pages: dict[str, BeautifulSoup],
) -> None:
    page = BeautifulSoup(str(pages["people"]), "html.parser")
    assert page.select("details.wb-fold img[alt^='The Central Committee elected in August 1917']")
    for fold in page.select("details.wb-fold"):
        assert not fold.has_attr("open")
        fold.extract()
    told = flat(page)
    assert "You can leave this page out. No exercise needs it." in told
    assert "They cannot both be so." in told
    assert not re.search(r"934|623|freed in 1946|no crime", told)
    assert not page.select(".wb-picture")


# The index


@pytest.mark.book
def test_the_index_has_every_voice_every_term_and_every_work(
    pages: dict[str, BeautifulSoup],
) -> None:
    index = pages["index-of-words"]
    parts = {str(part["id"]): entries(part) for part in index.select("section section")}
    voices = parts["voices-of-the-thread"]
    assert set(voices) == {f"{v.mark} {v.label}" for v in case.edition.voices.values()}
    assert "thread, lines 24–35" in voices["▲ gerdowning"]
    crafts = pages["glossary"].select("#words-of-the-craft dl.glossary > dt")
    terms = {flat(term).removesuffix(" #").removesuffix("#") for term in crafts}
    named = {name for entry in parts["words-of-the-craft"] for name in entry.split(", ")}
    assert terms <= named
    assert len(parts["works"]) == len(works(case))


@pytest.mark.book
def test_the_index_leads_to_sections_lines_claims_and_dates(
    pages: dict[str, BeautifulSoup],
) -> None:
    found: dict[str, str] = {}
    for part in pages["index-of-words"].select("section section"):
        found |= entries(part)
    assert "4 : Small words" in found["hedge"]
    assert found["Harbin"] == "glossary ; thread, line 3 ; claim 8"
    assert "dates: August 1937" in found["Deribas"]
    assert "People: The Koreans of the Far East" in found["Koreans"]
    assert "chapter 7" in found["Draw the plank"]
    assert "5 : What to read next" in found["Coox 1968, L’Affaire Lyushkov"]


def test_what_a_page_takes_from_the_case_must_be_there(tmp_path: Path) -> None:
    """The build ends, and says of each thing where it is missing and what comes near."""
    page = """# A page

{work}`Kotkn2017` {fact}`timeline.99.when` {basis}`sure: Coox1968`

```{picture} committee_fate
```

```{index-of} names
Kirov
Kirow
```
"""
    settings = f"extensions = ['myst_parser', 'workbook.book']\nworkbook_case = '{case.id}'\n"
    (tmp_path / "conf.py").write_text(settings, "utf-8")
    (tmp_path / "index.md").write_text(page, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", ".", "out"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode != 0
    assert "there is no work “Kotkn2017”; did you mean “Kotkin2017”?" in done.stderr
    assert "there is no row of timeline “99”" in done.stderr
    assert "there is no confidence “sure”" in done.stderr
    assert "there is no picture “committee_fate”; did you mean “committee_fates”?" in done.stderr
    assert "the index has “Kirow”, which stands on no page" in done.stderr
    assert "“Kirov”" not in done.stderr


# How to cite, and how it is made


@pytest.mark.book
def test_the_citation_says_what_the_source_says(pages: dict[str, BeautifulSoup]) -> None:
    told = flat(pages["cite"])
    author, title = SOURCE["authors"][0]["name"], SOURCE["title"]
    assert f"{author}. {title} . Version {SOURCE['version']}." in told
    assert "“Voices inside voices.” Chapter 3 of" in told
    item = case.items["who_remembers"]
    assert f"“{item.title}” Exercise who_remembers , revision {item.revision}, in chapter 3" in told
    blocks = [unescape(block.get_text()) for block in pages["cite"].select(".highlight-bibtex")]
    assert blocks[0].strip().startswith("@misc{WhoSaysSo,\n  author    = {{The Who Says So?")
    assert f"note      = {{Version {SOURCE['version']}}}" in blocks[0]
    assert "@misc{LyushkovThread2019," in blocks[3]


def test_a_person_a_day_of_release_and_an_address_are_cited(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text(
        "title: A book\nversion: 2.0\ndate-released: 2027-03-01\nurl: https://example.org\n"
        "authors:\n  - given-names: Ada\n    family-names: Berg\n  - name: A class\n",
        "utf-8",
    )
    cited = read_cited(tmp_path / "CITATION.cff")
    assert cited.line() == (
        "Ada Berg and A class. 2027. <cite>A book</cite>. Version 2.0. https://example.org"
    )
    assert cited.bibtex() == (
        "@misc{Abook,\n  author    = {{Ada Berg} and {A class}},\n  title     = {A book},\n"
        "  year      = {2027},\n  note      = {Version 2.0},\n  url       = {https://example.org},\n}"
    )


@pytest.mark.book
def test_the_colophon_says_what_made_this_copy(pages: dict[str, BeautifulSoup]) -> None:
    told = flat(pages["colophon"])
    for name, package in {"Jupyter Book": "jupyter-book", "Sphinx": "sphinx"}.items():
        assert f"{name} {version(package)}" in told
    assert f"{sys.version_info.major}.{sys.version_info.minor}." in told


def test_the_colophon_gives_the_agreement_that_the_notes_give() -> None:
    told = (ROOT / "book/colophon.md").read_text("utf-8")
    notes = " ".join((case.folder / "notes.md").read_text("utf-8").split())
    for figure in ("79, 83 and 88", "79 to 85", ".82", ".73"):
        assert figure in told
        assert figure in notes
    assert "in 19 of the 20" in notes
    assert "In nineteen of them" in told


def test_the_glossary_does_not_answer_for_the_lonely_number() -> None:
    entry = (ROOT / "book/glossary.md").read_text("utf-8").split("\nnote number\n")[1]
    assert "75" not in entry.partition("\n\n")[0]


@pytest.mark.book
def test_every_page_has_its_sign_for_the_tab(built_book: Path) -> None:
    """Without one a browser asks for /favicon.ico, which no page of ours has."""
    for path in (built_book / "book").glob("*.html"):
        icon = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("link[rel=icon]")
        assert icon is not None, path.name
        address = str(icon["href"]).partition("?")[0]
        assert (path.parent / address).read_text("utf-8").startswith("<svg"), path.name
