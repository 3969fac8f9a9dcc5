"""A Sphinx extension that mounts the exercises in the static book, and sets the thread.

Config values: ``workbook_case`` (a built-in case's name, or a case folder from the book's root) and
``workbook_edition`` (``self-study`` or ``classroom``: the second ships no answer of any kind), and
``workbook_class`` (a class's ratings, shown after one's own; left out, ``class.json`` in the root).
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError, ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .. import forms, theme
from ..case import Case, CaseError, built_in_cases, open_case
from ..classmates import CLASS_FILE, read_class
from ..edition import did_you_mean
from ..exercise import released
from ..feedback import words
from ..spacing import returning
from .cite import add_cite
from .editions import add_editions
from .index import add_index
from .links import add_exercise_links
from .pages import add_case_pages
from .parts import page_words
from .places import exercise_homes, page_address
from .progress import add_progress
from .prose import add_prose
from .still import still_face

__all__ = ["setup"]

EDITIONS = ("self-study", "classroom")
PACKAGE = Path(__file__).resolve().parent.parent
_PLACE = re.compile(r'<div class="wb-exercise"[^>]*>')
_DATA = re.compile(r'\bdata-(case|exercise)="([^"]*)"')
_CSS_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)  # for those who read the source
logger = logging.getLogger(__name__)


class exercise_place(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where an exercise is mounted; ``exercise`` is its id, ``level`` that of its heading."""


class ExerciseDirective(SphinxDirective):
    """``{exercise} who_remembers`` mounts an exercise in a page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        place = exercise_place("", exercise=self.arguments[0])
        self.set_source_info(place)
        return [place]


def _case(config: Config) -> Case:
    """The book's case, as `workbook_case` names it."""
    name = config.workbook_case
    try:
        return _opened(name if name in built_in_cases() else Path(config.workbook_root, name))
    except CaseError as error:
        raise ConfigError(f"workbook_case: {error}") from None


@cache
def _opened(name: str | Path) -> Case:
    """Opened once in a build: every exercise of every page asks for it."""
    return open_case(name)


def _configure(app: Sphinx, config: Config) -> None:
    if config.workbook_edition not in EDITIONS:
        raise ConfigError(
            f"workbook_edition is “{config.workbook_edition}”; it must be one of: "
            f"{', '.join(EDITIONS)}"
        )
    config.workbook_root = str(app.srcdir)
    config.html_favicon = str(theme.FAVICON)
    case = _case(config)
    # A notebook's outputs depend on the code and the case that it runs with and not on its own text
    # alone: a cache for each state of them, so that no page shows what an older case said. What
    # only the pages are made of has no part in it.
    runs = [path for path in PACKAGE.glob("*.py") if path.stem != "cli"]
    state = _digest([*runs, *_files(case.folder)], config.workbook_edition)
    config.workbook_state = _digest(_files(PACKAGE), state)
    config.nb_execution_cache_path = str(Path(app.outdir).parent / ".jupyter_cache" / state)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def _digest(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256(" ".join(more).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _find_places(app: Sphinx, doctree: nodes.document) -> None:
    """Turn what ``ask.x.answer(...)`` put out into places, and check every place's exercise."""
    page = app.env.docname
    case = _case(app.config)
    for raw in list(doctree.findall(nodes.raw)):
        found = "html" in raw.get("format", "") and _PLACE.search(raw.astext())
        if found:
            said = {name: html.unescape(value) for name, value in _DATA.findall(found[0])}
            place = exercise_place("", exercise=said.get("exercise", ""))
            place.source, place.line = raw.source, raw.line
            if said.get("case") != case.id:
                _wrong(app, page, place, f"is of the case “{said.get('case')}”, not “{case.id}”")
            raw.replace_self(place)
    for place in doctree.findall(exercise_place):
        name = place["exercise"]
        exercise_homes(app)[name] = page
        place["level"] = 1 + sum(isinstance(one, nodes.section) for one in _ancestors(place))
        if name not in case.items:
            near = did_you_mean(name, case.items)
            _wrong(app, page, place, f"is not an exercise of the case “{case.id}”{near}")


def _returns(app: Sphinx, page: str, case: Case) -> dict[str, Any]:
    """For a chapter's page of exercises: what may be due again there, and where it stands."""
    chapter = next((n for n in case.chapters if page.endswith(f"{n}-exercises")), None)
    if chapter is None:
        return {}
    known = exercise_homes(app)
    return {
        name: {
            "revision": revision,
            "twin": twin,
            "title": case.compiled[twin][0]["title"],
            "page": f"{app.builder.get_relative_uri(page, known[twin])}#exercise-{twin}",
        }
        for name, (revision, twin) in returning(case.items, case.chapters, chapter).items()
        if twin in known
    }


def _ancestors(node: nodes.Node) -> Iterable[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _wrong(app: Sphinx, page: str, place: nodes.Element, said: str) -> None:
    sentence = f"page {page}: “{place['exercise']}” {said}"
    logger.error(sentence, location=place)
    app.workbook_wrong.append(sentence)  # type: ignore[attr-defined]


def _stop_if_wrong(app: Sphinx, env: BuildEnvironment) -> None:
    """All wrong exercises are told first; then the build ends, strict or not."""
    wrong: list[str] = app.workbook_wrong  # type: ignore[attr-defined]
    if wrong:
        raise ExtensionError("\n".join(["exercises that cannot be mounted or linked to:", *wrong]))


def _visit_html(translator: Any, place: exercise_place) -> None:
    config = translator.config
    case = _case(config)
    name = place["exercise"]
    face, key = case.compiled[name]
    place["uid"] = f"still-{len(translator.body)}-{name}"
    still = still_face(
        _shown(face, config), _key(key, config), words(), place["uid"], place["level"]
    )
    translator.body.append(
        f'<div class="wb-exercise" id="exercise-{html.escape(name)}" '
        f'data-case="{html.escape(case.id)}" '
        f'data-exercise="{html.escape(name)}">{still}</div>\n'
    )
    raise nodes.SkipNode


def _visit_other(translator: Any, place: exercise_place) -> None:
    raise nodes.SkipNode


def _key(key: Any, config: Config) -> Any:
    return key if config.workbook_edition == "self-study" else None


def _shown(face: Any, config: Config) -> Any:
    """A face as the edition shows it: the classroom's hints stay with the teacher."""
    return face if config.workbook_edition == "self-study" else released(face)


def _furnish(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page with exercises their data, and the script and style that bring them to life."""
    if doctree is None:
        return
    names = list(dict.fromkeys(place["exercise"] for place in doctree.findall(exercise_place)))
    if not names:
        return
    app.add_css_file("workbook.css")
    case = _case(app.config)
    exercises = {}
    classmates = read_class(Path(app.config.workbook_root, app.config.workbook_class or CLASS_FILE))
    for name in names:
        face, key = case.compiled[name]
        key = classmates.beside(face, _key(key, app.config))
        exercises[name] = {"face": _shown(face, app.config), "key": key}
    data = {"case": case.id, "exercises": exercises, "words": page_words()}
    data["returns"] = _returns(app, page, case)
    data["progress"] = page_address(app, page, "progress") or ""
    context["body"] += f'<script type="application/json" class="wb-data">{_embedded(data)}</script>'
    app.add_js_file("workbook.js", loading_method="defer")


def _embedded(data: Any) -> str:
    """JSON that cannot end the script element it stands in, nor a line of it."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<\u2028\u2029":
        said = said.replace(character, f"\\u{ord(character):04x}")
    return said


def _put_static(app: Sphinx) -> None:
    """Write the scripts and styles before the pages, which name them with their checksums."""
    if app.builder.format != "html":
        return
    made = Path(app.doctreedir) / "workbook-static"
    made.mkdir(parents=True, exist_ok=True)
    (made / "house.css").write_text(_CSS_COMMENT.sub("", theme.style()), "utf-8")
    (made / "workbook.css").write_text(_CSS_COMMENT.sub("", forms.css()), "utf-8")
    (made / "workbook.js").write_text(forms.bundle(), "utf-8")
    app.config.html_static_path.append(str(made))
    app.add_css_file("house.css", priority=900)


def _trim(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.format == "html":
        for name in sorted(theme.trim(Path(app.outdir))):
            logger.warning("a page shows the icon “%s”, which theme/icons.css has not drawn", name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    # Notebooks run by this build keep no record and show the placeholder that we fill.
    os.environ["WORKBOOK_RECORD"] = "off"
    os.environ["WORKBOOK_FACE"] = "book"
    app.workbook_wrong = []  # type: ignore[attr-defined]
    app.add_config_value("workbook_case", "", "env", str)
    app.add_config_value("workbook_edition", "self-study", "env", str)
    app.add_config_value("workbook_class", "", "html", str)
    app.add_config_value("workbook_root", "", "", str)
    app.add_config_value("workbook_state", "", "env", str)  # another state reads all pages anew
    app.add_node(
        exercise_place,
        html=(_visit_html, None),
        latex=(_visit_other, None),
        text=(_visit_other, None),
    )
    app.add_directive("exercise", ExerciseDirective)
    add_editions(app)
    add_exercise_links(app, _case, _wrong)
    add_case_pages(app, _case, _embedded)
    add_progress(app, _case, _embedded)
    for add in (add_prose, add_cite, add_index):
        add(app, _case)
    app.connect("config-inited", _configure, priority=100)
    app.connect("builder-inited", _put_static)
    app.connect("doctree-read", _find_places)
    app.connect("env-check-consistency", _stop_if_wrong)
    app.connect("html-page-context", _furnish)
    app.connect("build-finished", _trim)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }
