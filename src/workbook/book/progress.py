"""The page "Your progress": the exercises of the book with the least that is needed to count them.

``forms/progress.js`` draws it from the learner's record. The judge there is the same as beside a
form; what it says in words is left out here, and with it most of the weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from ..case import Case
from ..exercise import released
from ..feedback import words
from .parts import Part, page_words
from .places import case_pages, exercise_homes, parent_of

__all__ = ["add_progress", "lean_face", "lean_key", "still_progress"]

_NAMED = ("voices", "options", "rows", "columns", "values", "finds")
"""Lists of a face of which the judge needs the ids alone."""

_MISTAKE = ("answer", "tokens", "touches", "has", "lacks", "before", "tolerance")
_READING = ("answer", "chains", "minimal", "maximal", "tolerance")


def still_progress(case: Case, keyed: bool) -> list[Part]:
    """What stands on the page before a script fills it, or where none runs."""
    said = escape(words()["progress"]["needs script"])
    return [
        Part(
            f'<div class="wb-progress"><p class="wb-progress-still">{said}</p></div>'
            '<div class="wb-record-place"></div>'
        )
    ]


def lean_face(face: Mapping[str, Any]) -> dict[str, Any]:
    """Of a face what is needed to read an answer to it, and its title."""
    lean = {name: face[name] for name in ("id", "revision", "kind", "title")}
    lean |= {name: [{"id": one["id"]} for one in face[name]] for name in _NAMED if face.get(name)}
    if face["kind"] == "mark":
        lean["passage"] = {name: face["passage"][name] for name in ("text", "tokens")}
    if face.get("shares"):
        lean["shares"] = True
    return lean


def lean_key(face: Mapping[str, Any], key: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Of a key what is needed to score an answer, and the codes of the likely mistakes."""
    if key is None:
        return None
    silent = {"fallback": "", "because": "", "worked": ""}
    if face["kind"] in ("rate", "column", "matrix", "write"):
        return {"readings": [], "mistakes": [], **silent}  # noted: nothing is scored
    # A marking is compared by tokens, a chain with all chains that count; no answer in words.
    spoken = face["kind"] in ("mark", "chain")
    readings = [
        {"because": None, "worked": "", **_filled(one, _READING[1:] if spoken else _READING)}
        for one in key["readings"]
    ]
    marked = face["kind"] == "mark"
    mistakes = [
        {"code": one["code"], "reply": "", **_filled(one, _MISTAKE[1:] if marked else _MISTAKE)}
        for one in key["mistakes"]
    ]
    return {"readings": readings, "mistakes": mistakes, **silent}


def _filled(one: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: one[name] for name in names if one.get(name) is not None}


def _chapters(app: Sphinx, page: str, case: Case) -> list[dict[str, Any]]:
    """The chapters with the exercises that stand in this book, in the order of its pages."""
    made = []
    homes = exercise_homes(app)
    for chapter, names in case.chapters.items():
        placed = [name for name in names if homes.get(name) in app.env.all_docs]
        if not placed:
            continue
        pages = _in_turn(app, chapter, [homes[name] for name in placed])
        met = list(homes)
        placed.sort(key=lambda name: (pages.index(homes[name]), met.index(name)))
        made.append(
            {
                "id": chapter,
                "title": app.env.titles[parent_of(app, pages[-1]) or pages[0]].astext(),
                "page": app.builder.get_relative_uri(page, pages[-1]),
                "questions": [_question(app, page, case, name, homes[name]) for name in placed],
            }
        )
    return made


def _in_turn(app: Sphinx, chapter: str, homes: Sequence[str]) -> list[str]:
    """The pages of a chapter's exercises: its lesson before its page of exercises."""
    return sorted(set(homes), key=lambda page: (page.endswith(f"{chapter}-exercises"), page))


def _question(app: Sphinx, page: str, case: Case, name: str, home: str) -> dict[str, Any]:
    face, key = case.compiled[name]
    if app.config.workbook_edition != "self-study":
        face, key = released(face), None
    return {
        "face": lean_face(face),
        "key": lean_key(face, key),
        "twin": case.items[name].twin,
        "page": f"{app.builder.get_relative_uri(page, home)}#exercise-{name}",
    }


def add_progress(
    app: Sphinx, case_of: Callable[[Config], Case], embedded: Callable[[Any], str]
) -> None:
    """Register what furnishes the page."""

    def furnish(
        app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
    ) -> None:
        if doctree is None or case_pages(app).get("progress") != page:
            return
        app.add_css_file("workbook.css")
        app.add_js_file("workbook.js", loading_method="defer")
        case = case_of(app.config)
        data = embedded(
            {
                "case": case.id,
                "words": page_words(counts=True),
                "chapters": _chapters(app, page, case),
            }
        )
        context["body"] += f'<script type="application/json" class="wb-data">{data}</script>'

    def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
        """The page follows all others: it names their titles and their exercises."""
        page = case_pages(app).get("progress")
        return [page] if page in env.all_docs else []

    # After the exercises of a page: the words that count are the fuller ones.
    app.connect("html-page-context", furnish, priority=600)
    app.connect("env-updated", renew)
