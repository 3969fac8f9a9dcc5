"""The looks of the book: the house's style and icons, and nothing that a page does not need.

The installed theme brings an icon script of half a megabyte, web fonts, and rules for two thousand
icons. A page shows about a dozen of them; ours are drawn in ``icons.css``.
"""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

__all__ = ["FAVICON", "style", "trim"]

FAVICON = Path(__file__).with_name("favicon.svg")
"""The sign of the book in a browser's tab."""

# What the theme's pages fetch or carry along and do not need here.
_UNUSED = [
    "scripts/*.LICENSE.txt",
    "scripts/fontawesome.js*",
    "**/*.map",
    "images/logo_*",
    "locales",
    "vendor",
    "*webpack-macros.html",
    "file.png",
    "minus.png",
    "plus.png",
]
_ICON_SCRIPT = re.compile(r"\s*<script[^>]*/fontawesome\.js[^>]*></script>")
_ICON_FONT = re.compile(r"@font-face\{[^{}]*Font Awesome[^{}]*\}")
_ICON_RULE = re.compile(r"(?<=[{}/;])(?:\.fa-[\w-]+(?::?:before)?,?)+\{[^{}]*\}")
_MAP_LINE = re.compile(r"\n?(?:/\*|//)# sourceMappingURL=\S+(?: ?\*/)?")
# Three places where the theme leaves a screen reader without a name to say.
_SIDEBAR = re.compile(r'<div id="pst-primary-sidebar"(?! role)')
_TABLE = re.compile(r'<div class="pst-scrollable-table-container"(?! role)')
_FOLD = re.compile(r">([^<>]+)</a><details([^<>]*)><summary>")
_ICON = re.compile(r"\bfa-([a-z][a-z-]*)\b")
_CLASSES = re.compile(r'class="([^"]*\bfa[srb]?(?:-(?:solid|regular|brands))?\b[^"]*)"')
# Classes of the icon set that name a size or a style and not an icon.
_NOT_ICONS = {"solid", "regular", "brands", "lg", "sm", "xs", "fw", "spin"}


def style() -> str:
    """The house's style sheet: voices, page, thread, case, icons and paper."""
    voices = files("workbook.forms").joinpath("voices.css").read_text("utf-8")
    own = map(_own, ["house.css", "case.css", "icons.css", "print.css"])
    return "\n".join([voices, *own])


def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def trim(site: Path) -> set[str]:
    """Take out of a built site what no page of it needs; doing it twice does no harm.

    Returns the icons that a page asks for and that we have not drawn.
    """
    drawn = set(re.findall(r"^\.fa-([a-z-]+)", _own("icons.css"), re.MULTILINE))
    asked: set[str] = set()
    static = site / "_static"
    for pattern in _UNUSED:
        for path in list(static.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    for path in [*static.rglob("*.css"), *static.rglob("*.js")]:
        text = path.read_text("utf-8")
        lean = _MAP_LINE.sub("", text)
        if path.parent.name == "styles":  # the theme's own; ours hold icons that are used
            lean = _ICON_RULE.sub("", _ICON_FONT.sub("", lean))
        _rewrite(path, text, lean)
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        lean = _ICON_SCRIPT.sub("", text)
        lean = _SIDEBAR.sub(r'\g<0> role="navigation" aria-label="The book"', lean)
        lean = _TABLE.sub(r'\g<0> role="group" aria-label="Table"', lean)
        lean = _FOLD.sub(r'>\1</a><details\2><summary aria-label="Pages below “\1”">', lean)
        _rewrite(path, text, lean)
        asked |= {name for classes in _CLASSES.findall(text) for name in _ICON.findall(classes)}
    return asked - _NOT_ICONS - drawn


def _rewrite(path: Path, before: str, after: str) -> None:
    if after != before:
        path.write_text(after, "utf-8")
