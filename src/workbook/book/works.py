"""The bibliography: works by author, year and title, and what in the case rests on each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import Any

from ..case import Case
from ..facts import sources_of
from .parts import Part

__all__ = ["Work", "bibliography", "cited", "works"]

_TABLES = {
    "executions": ("facts", "numbers"),
    "committee": ("facts", "Central Committee"),
    "timeline": ("timeline", "dates"),
}
"""The page on which each table stands, and what it is called there."""
_GUARD = re.compile(r"</?span[^>]*>")
_PLAIN = re.compile(r"<[^>]+>")
_QUOTED = str.maketrans("“”", "‘’")
"""What is quoted in a title that stands in quotation marks itself."""


@dataclass(frozen=True, slots=True)
class Work:
    """One entry: how it is cited in a line, the whole entry as HTML, and what it is filed under.

    ``title`` is the title alone, as plain text; ``bibtex`` the entry for BibTeX.
    """

    key: str
    short: str
    html: str
    filed: str
    title: str
    bibtex: str


def works(case: Case) -> Mapping[str, Work]:
    """Every work of the case, by key, in the order of the file."""
    path = case.folder / "references.bib"
    return _parsed(path.read_text("utf-8")) if path.is_file() else {}


@cache
def _parsed(text: str) -> Mapping[str, Work]:
    # A BibTeX parser is slow to load, and nothing but the book needs one.
    from pybtex.database import (  # type: ignore[import-untyped]
        BibliographyData,
        parse_string,
    )
    from pybtex.database.output.bibtex import Writer  # type: ignore[import-untyped]

    entries = parse_string(text, "bibtex").entries
    plain = {
        key: f"{_short_names(entry)} {_field(entry, 'year')}" for key, entry in entries.items()
    }
    counts = Counter(plain.values())
    given: Counter[str] = Counter()
    made = {}
    for key, entry in entries.items():
        letter = ""
        if counts[plain[key]] > 1:
            letter = "abcdefghijklmnopqrstuvwxyz"[given[plain[key]]]
            given[plain[key]] += 1
        year = f"{_field(entry, 'year')}{letter}"
        names = _names(entry)
        who = f"{_ended(names)} {_ended(year)}"
        parts = [f'<span class="wb-work-who">{who}</span>', *_body(entry)]
        filed = _PLAIN.sub("", f"{names} {year}").casefold()
        title = unescape(_PLAIN.sub("", _field(entry, "title")))
        short = f"{_short_names(entry)} {year}"
        bibtex = Writer().to_string(BibliographyData({key: entry})).strip()
        made[key] = Work(key, short, " ".join(parts), filed, title, bibtex)
    return made


def _field(entry: Any, name: str) -> str:
    """A field as HTML, its LaTeX read; empty when the entry has none."""
    return _read(entry.fields[name]) if name in entry.fields else ""


def _read(latex: str) -> str:
    # `render_as("html")` would look through every installed package for the same backend.
    from pybtex.backends.html import Backend  # type: ignore[import-untyped]
    from pybtex.richtext import Text  # type: ignore[import-untyped]

    html = str(Text.from_latex(latex).render(Backend()))
    return _GUARD.sub("", html).replace("'", "’")


def _families(entry: Any) -> list[str]:
    people = entry.persons.get("author", [])
    return [_read(" ".join([*one.prelast_names, *one.last_names])) for one in people]


def _short_names(entry: Any) -> str:
    families = _families(entry)
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families) or _field(entry, "title")


def _names(entry: Any) -> str:
    whole = []
    for number, one in enumerate(entry.persons.get("author", [])):
        family = _read(" ".join([*one.prelast_names, *one.last_names]))
        given = _read(" ".join([*one.first_names, *one.middle_names]))
        in_order = (family, given) if number == 0 else (given, family)
        whole.append((", " if number == 0 else " ").join(part for part in in_order if part))
    if len(whole) > 1:
        return f"{', '.join(whole[:-1])} and {whole[-1]}"
    return "".join(whole) or "No author named"


def _ended(html: str) -> str:
    """Words with a full stop, unless they end with a sign that ends a sentence."""
    return html if _PLAIN.sub("", html).endswith((".", "?", "!")) else f"{html}."


def _body(entry: Any) -> Iterator[str]:
    title = _field(entry, "title")
    described = title.startswith("[")
    whole = entry.type == "book"
    if described or whole:
        yield _ended(title if described else f"<cite>{title}</cite>")
    else:
        yield f"“{_ended(title.translate(_QUOTED))}”"
    if journal := _field(entry, "journal"):
        volume, number = _field(entry, "volume"), _field(entry, "number")
        issue = f" {volume}" + (f" ({number})" if number else "") if volume or number else ""
        pages = f": {_field(entry, 'pages')}" if "pages" in entry.fields else ""
        yield f"<cite>{journal}</cite>{issue}{pages}."
    if book := _field(entry, "booktitle"):
        pages = f", {_field(entry, 'pages')}" if "pages" in entry.fields else ""
        yield f"In <cite>{book}</cite>{pages}."
    for name in ("series", "howpublished"):
        if name in entry.fields:
            yield f"{_field(entry, name)}."
    house = ": ".join(filter(None, (_field(entry, "address"), _field(entry, "publisher"))))
    if house:
        yield f"{house}."
    if note := _field(entry, "note"):
        yield f'<span class="wb-work-note">{note.rstrip(".")}.</span>'


def cited(case: Case, keys: Iterable[str]) -> str:
    """Short citations, each with the way to its entry."""
    known = works(case)
    return "; ".join(
        f'<a href="wb:bibliography#work-{escape(key)}">{known[key].short}</a>' for key in keys
    )


def bibliography(case: Case, keyed: bool) -> list[Part]:
    """All works by author. Without the key no claim and no testimony is named: that would tell
    what it rests on."""
    uses = _uses(case, keyed)
    entries = []
    for work in sorted(works(case).values(), key=lambda work: work.filed):
        used = uses.get(work.key, [])
        back = f' <span class="wb-uses">Used for: {", ".join(used)}.</span>' if used else ""
        entries.append(f'<li id="work-{escape(work.key)}">{work.html}{back}</li>')
    return [Part(f'<ul class="wb-works">{"".join(entries)}</ul>')]


def _uses(case: Case, keyed: bool) -> dict[str, list[str]]:
    uses: dict[str, list[str]] = {}

    def add(keys: Iterable[str], said: str) -> None:
        for key in keys:
            if said not in uses.setdefault(key, []):
                uses[key].append(said)

    if keyed:
        for number, claim in enumerate(case.claims.values(), 1):
            add(claim.references, f'<a href="wb:claims#claim-{claim.id}">claim {number}</a>')
    for one in case.testimonies.values() if keyed else ():
        title = f"“{escape(one.title)}”"
        add(one.references, f'<a href="wb:facts#testimony-{one.id}">{title}</a>')
    for step in case.travel:
        add(step.references, f'<a href="wb:facts#step-{step.order}">step {step.order}</a>')
    for name, rows in case.facts.tables().items():
        page, label = _TABLES[name]
        for row in rows:
            add(row.source, f'<a href="wb:{page}#{name}">{label}</a>')
    for name, others in case.facts.other.items():
        label = escape(name.replace("_", " "))
        for fields in others:
            add(sources_of(fields), f'<a href="wb:facts#table-{escape(name)}">{label}</a>')
    return uses
