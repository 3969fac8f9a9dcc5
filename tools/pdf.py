"""Print the book: `python tools/pdf.py [--edition classroom] [--out FILE] [--paper Letter]`.

Chromium prints each page, with its exercises as prompts and blanks; then the pages are put together
with a title page, numbered, and listed in a table of contents. The self-study edition has the
worked answers in an appendix; the classroom edition has none.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from build import ROOT, build
from workbook.layout import as_html, lines

TITLE = "Who Says So?"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MARGINS = {"top": "18mm", "bottom": "22mm", "left": "19mm", "right": "19mm"}
_DIGIT = 5.0  # points: what a digit of 9-point Helvetica is wide
_SHORT = 240  # characters; a longer answer in bold is hard to read
_LEFT_OUT = re.compile(r"\A---\n(?:.*\n)*?print: no\n")
_STYLE = """
body { font: 10.5pt/1.45 "DejaVu Serif", Georgia, serif; color: #000; }
h1 { font-size: 20pt; } h2 { font-size: 13pt; break-after: avoid; margin: 1.6em 0 .5em; }
article { break-inside: avoid; margin: 0 0 1em; } h3 { font-size: 10.5pt; margin: 0 0 .2em; }
p { margin: 0 0 .3em; } ul { margin: 0; padding-left: 1.2em; }
.short { font-weight: 600; }
ol { list-style: none; padding: 0; } li { margin: .25em 0; } ol ol { padding-left: 1.4em; }
li a { color: inherit; text-decoration: none; display: flex; gap: .5em; }
li a i { flex: 1; border-bottom: 1px dotted #777; margin-bottom: .3em; }
.part { margin-top: 1em; font-weight: 600; }
header { margin-top: 30%; } header h1 { font-size: 34pt; margin: 0 0 .3em; }
"""


@dataclass
class Page:
    """A page of the book: its name, where it stands, and once printed its leaves."""

    name: str
    part: str
    depth: int
    title: str = ""
    leaves: bytes = b""
    first: int = 0
    data: dict[str, Any] = field(default_factory=dict)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def pages_in(toc: dict[str, Any], root: Path) -> list[Page]:
    """The pages of a table of contents in order, without those that are not for paper."""
    found = [Page(toc["root"], "", 0)]
    for part in toc["parts"]:
        for chapter in part["chapters"]:
            found.append(Page(chapter["file"], part["caption"], 0))
            found += [Page(one["file"], part["caption"], 1) for one in chapter.get("sections", [])]
    return [page for page in found if not _not_for_paper(root / page.name)]


def _not_for_paper(path: Path) -> bool:
    source = path.with_suffix(".md")
    return source.is_file() and bool(_LEFT_OUT.match(source.read_text("utf-8")))


def print_book(
    site: Path,
    pages: Sequence[Page],
    out: Path,
    edition: str,
    paper: str = "A4",
    browser: Any = None,
) -> int:
    """Print the pages of a built site into one PDF file; gives the number of its pages.

    `browser` is a running Chromium of Playwright's to print with; without it one is started.
    """
    handler = partial(Quiet, directory=str(site))
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        _chromium() if browser is None else nullcontext(browser) as printer,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        sheet = printer.new_page()
        for page in pages:
            _print_page(sheet, base, page, paper)
        leaves = list(pages)
        if edition == "self-study":
            leaves.append(Page("answers", "Answers", 0, "Answers"))
            leaves[-1].leaves = _leaves(sheet, _answers(pages), paper)
        front = _front(sheet, base, leaves, edition, paper)
        sheet.close()
        server.shutdown()
    return _bind(front, leaves, base, out)


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=flags)
        yield browser
        browser.close()


def browser_path() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise SystemExit("There is no Chromium here to print with: install it (Debian: chromium).")
    return found


def _print_page(sheet: Any, base: str, page: Page, paper: str) -> None:
    sheet.goto(f"{base}{page.name}.html")
    sheet.wait_for_function("!document.querySelector('.wb-exercise > .wb-still')")
    page.title = sheet.locator("h1").first.evaluate("h => h.firstChild.textContent.trim()")
    for text in sheet.locator("script.wb-data").all_text_contents():
        page.data.update(json.loads(text).get("exercises", {}))
    page.leaves = sheet.pdf(format=paper, margin=MARGINS)


def _leaves(sheet: Any, body: str, paper: str) -> bytes:
    sheet.set_content(
        f'<!doctype html><html lang="en"><head><style>{_STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )
    leaves: bytes = sheet.pdf(format=paper, margin=MARGINS)
    return leaves


def _answers(pages: Sequence[Page]) -> str:
    """The appendix: each exercise's worked answer, under the page it stands on."""
    parts = [
        "<h1>Answers</h1><p>Try first, then look. Where a question has no single right answer, "
        "what stands here is how the workbook reads it.</p>"
    ]
    for page in pages:
        keyed = [one for one in page.data.values() if one.get("key")]
        if keyed:
            parts.append(f"<h2>{escape(page.title)}</h2>")
        for one in keyed:
            key = one["key"]
            others = [
                f"<li>{as_html(lines(reading['worked'] + '. ' + (reading['because'] or '')))}</li>"
                for reading in key["readings"][1:]
            ]
            also = f"<p>Also defensible:</p><ul>{''.join(others)}</ul>" if others else ""
            parts.append(
                f"<article><h3>{escape(one['face']['title'])}</h3>"
                f'<div class="{_weight(key["worked"])}">{as_html(lines(key["worked"]))}</div>'
                f"<p>{escape(key['because'])}</p>{also}</article>"
            )
    return "".join(parts)


def _weight(worked: str) -> str:
    return "short" if len(worked) < _SHORT and "\n" not in worked else "answer"


def _front(sheet: Any, base: str, leaves: Sequence[Page], edition: str, paper: str) -> bytes:
    """The title page and the contents, whose own length moves what they count."""
    front, length = b"", -1
    while length != (length := len(PdfReader(io.BytesIO(front)).pages) if front else 0):
        first = length + 1
        for page in leaves:
            page.first = first
            first += len(PdfReader(io.BytesIO(page.leaves)).pages)
        front = _leaves(sheet, _contents(base, leaves, edition), paper)
    return front


def _contents(base: str, leaves: Sequence[Page], edition: str) -> str:
    what = {
        "self-study": "The self-study edition. The answers are at the end.",
        "classroom": "The classroom edition. It holds no answers.",
    }[edition]
    rows, part = [], ""
    for page in leaves:
        if page.part not in (part, "Answers"):
            rows.append(f'<li class="part">{escape(page.part)}</li>')
        part = page.part
        indent = f' style="padding-left:{1.4 * page.depth}em"'
        rows.append(
            f'<li{indent}><a href="{base}{page.name}.html"><span>{escape(page.title)}</span><i></i>'
            f"<span>{page.first}</span></a></li>"
        )
    return (
        f"<header><h1>{TITLE}</h1><p>A workbook in source criticism</p><p>{what}</p></header>"
        f'<h1 style="break-before: page">Contents</h1><ol>{"".join(rows)}</ol>'
    )


def _bind(front: bytes, leaves: Sequence[Page], base: str, out: Path) -> int:
    """Put everything together: bookmarks, links inside the book, and a number on every page."""
    writer = PdfWriter()
    writer.append(io.BytesIO(front), import_outline=False)
    part, held = "", None
    for page in leaves:
        writer.append(io.BytesIO(page.leaves), import_outline=False)
        if page.part != part:
            part = page.part
            held = (
                writer.add_outline_item(title=part, page_number=page.first - 1)
                if part != page.title
                else None
            )
        writer.add_outline_item(title=page.title, page_number=page.first - 1, parent=held)
    places = {f"{base}{page.name}.html": page.first - 1 for page in leaves}
    _turn_links(writer, places, base)
    for number, sheet in enumerate(writer.pages, 1):
        if number > 1:
            _number(writer, sheet, number)
    writer.add_metadata({"/Title": TITLE, "/Subject": "A workbook in source criticism"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    writer.compress_identical_objects()
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        writer.write(file)
    return len(writer.pages)


def _turn_links(writer: PdfWriter, places: dict[str, int], base: str) -> None:
    """Links between pages of the book lead to their place in it; those to nowhere are dropped."""
    for sheet in writer.pages:
        kept = ArrayObject()
        for reference in sheet.get("/Annots", []):
            note = reference.get_object()
            address = str(note.get("/A", {}).get("/URI", ""))
            if address.startswith(base):
                page = address.partition("#")[0]
                if page not in places:
                    continue
                target = writer.pages[places[page]].indirect_reference
                note[NameObject("/A")] = DictionaryObject(
                    {
                        NameObject("/S"): NameObject("/GoTo"),
                        NameObject("/D"): ArrayObject([target, NameObject("/Fit")]),
                    }
                )
            kept.append(reference)
        if kept:
            sheet[NameObject("/Annots")] = kept
        else:
            sheet.pop("/Annots", None)


def _number(writer: PdfWriter, sheet: PageObject, number: int) -> None:
    """Set a page's number in the middle of its lower margin."""
    fonts = sheet["/Resources"].get_object().setdefault(NameObject("/Font"), DictionaryObject())
    fonts.get_object()[NameObject("/WbNumber")] = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    width, digits = float(sheet.mediabox.width), str(number)
    left = (width - _DIGIT * len(digits)) / 2
    stream = StreamObject()
    stream.set_data(f"q BT /WbNumber 9 Tf {left:.1f} 30 Td ({digits}) Tj ET Q".encode())
    # What Chromium drew may leave the page turned or scaled; a pair of brackets undoes that.
    opening = StreamObject()
    opening.set_data(b"q")
    closing = StreamObject()
    closing.set_data(b"Q")
    held = sheet["/Contents"].get_object()
    drawn = list(held) if isinstance(held, ArrayObject) else [sheet.raw_get("/Contents")]
    parts = [writer._add_object(opening), *drawn, writer._add_object(closing)]
    sheet[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(stream)])


def main() -> int:
    """Build the edition that is asked for, print it, and say where it is."""
    flags = argparse.ArgumentParser(prog="make pdf", description="Print the book into a PDF file.")
    flags.add_argument("--edition", choices=["self-study", "classroom"], default="self-study")
    flags.add_argument("--out", type=Path)
    flags.add_argument("--paper", choices=["A4", "Letter"], default="A4")
    chosen = flags.parse_args()
    out = chosen.out or ROOT / f"_build/pdf/who-says-so-{chosen.edition}.pdf"
    print("Building the pages ...", flush=True)
    with tempfile.TemporaryDirectory() as made:
        if chosen.edition == "self-study":
            site = build(ROOT)
        else:
            from workbook.case import open_case
            from workbook.classroom.site import build_site

            folder = open_case("lyushkov").folder
            site = build_site(ROOT, folder, Path(made) / "site", chosen.edition)
        toc = yaml.safe_load((ROOT / "book/_toc.yml").read_text("utf-8"))
        pages = [page for page in pages_in(toc, ROOT) if (site / f"{page.name}.html").is_file()]
        print(f"Printing {len(pages)} pages of the book ...", flush=True)
        count = print_book(site, pages, out, chosen.edition, chosen.paper)
    print(f"{count} sheets: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
