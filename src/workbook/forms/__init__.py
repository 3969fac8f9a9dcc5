"""The clickable faces: ES modules, joined into one script for a page or a notebook.

The modules are joined without a bundler, because a page opened by double click (``file://``) may
not load modules at all. Only the few strict forms of import and export that we write are known;
anything else is refused here rather than found broken in a browser.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["bundle", "css", "esm", "voices_css"]

_JUDGE = [
    "scoring",
    "misread",
    "layout",
    "evidence",
    "quotations",
    "crediting",
    "writing",
    "weighing",
    "tracing",
    "rating",
    "reading",
    "worth",
    "noting",
    "exercise",
    "telling",
]
_FACES = ["pick", "mark", "lineup", "grid", "number", "write", "shares", "matrix", "provenance"]
_FACES += ["dials", "rate", "column"]
_CORE = [*_JUDGE, "dom", "passage", *_FACES, "words", "reply", "frame"]
_THREAD = ["showing", "chains", "pointing", "asking", "whose"]
_PAGE = [*_CORE, "learner", "store", "bar", "catalogue", "spacing", "again", "sums", "growth"]
_PAGE += ["progress", *_THREAD, "page"]
_NOTEBOOK = [*_CORE, "notebook"]

_COMMENT = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n|^[ \t]*//.*\n", re.MULTILINE)
_IMPORT = re.compile(r'import \{\s+\w+(?:,\s+\w+)*,?\s+\} from "\./(\w+)\.js";\n')
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) \w)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default \{ render: \w+ \};\n\Z", re.MULTILINE)
_NAMES = re.compile(r"^(?:async function|function|class|const|let) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


def _join(names: list[str]) -> str:
    joined: list[str] = []
    seen: dict[str, str] = {}
    for place, name in enumerate(names):
        code = _COMMENT.sub("", files(__package__).joinpath(f"{name}.js").read_text("utf-8"))
        for needed in _IMPORT.findall(code):
            if needed not in names[:place]:
                raise ValueError(f"forms/{name}.js imports {needed}.js, which comes later")
        code = _EXPORT.sub("", _DEFAULT.sub("", _IMPORT.sub("", code)))
        if left := _LEFT.search(code):
            raise ValueError(f"forms/{name}.js: cannot join the line {left[0].strip()!r}")
        for own in _NAMES.findall(code):
            if own in seen:
                raise ValueError(f"forms/{name}.js and forms/{seen[own]}.js both define {own}")
            seen[own] = name
        joined.append(code.strip("\n"))
    return "\n".join(joined)


@cache
def bundle() -> str:
    """One classic script for the static book: it mounts every form on the page."""
    return f'(() => {{\n"use strict";\n{_join(_PAGE)}\nstartPage();\n}})();\n'


@cache
def esm() -> str:
    """The anywidget front-end module for notebooks."""
    return f"{_join(_NOTEBOOK)}\nexport default {{ render: renderForm }};\n"


@cache
def voices_css() -> str:
    """The voices' colours alone: marks and borders in the reader's edition use them too."""
    return files(__package__).joinpath("voices.css").read_text("utf-8")


@cache
def css() -> str:
    """The style of the forms, with the voices' colours."""
    own = files(__package__).joinpath("forms.css").read_text("utf-8")
    more = [
        files(__package__).joinpath(f"{name}.css").read_text("utf-8")
        for name in ("weighing", "rating", "progress", "whose")
    ]
    return "\n".join([voices_css(), own, *more])
