"""What is said in several lines: sentences, subheadings, items of a list, and quoted texts.

Such a text is one string with a line for each of them; the sign at a line's beginning says what it
is, so that the string can be kept, compared and sent as it stands. ``forms/layout.js`` is the twin
of ``lines``.
"""

from __future__ import annotations

import html as markup
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

__all__ = ["Line", "as_html", "as_markdown", "as_text", "head", "item", "lines", "named", "quote"]

Kind = Literal["sentence", "head", "item", "quote"]

_SIGNS: dict[str, Kind] = {"§ ": "head", "– ": "item", "» ": "quote"}


class Line(NamedTuple):
    """One line: what it is, its words, and what part it has in a reply."""

    kind: Kind
    said: str
    role: str = ""


def head(said: str) -> str:
    """A subheading as it stands in such a text."""
    return f"§ {said}"


def item(said: str) -> str:
    """An item of a list; those that follow one another are one list."""
    return f"– {said}"


def quote(said: str) -> str:
    """A text set apart as quoted."""
    return f"» {said}"


def lines(said: str, role: str = "") -> list[Line]:
    """The lines of a text; empty ones are left out."""
    return [
        Line(_SIGNS[one[:2]], one[2:], role) if one[:2] in _SIGNS else Line("sentence", one, role)
        for one in said.split("\n")
        if one
    ]


def named(name: str, said: str, role: str = "") -> list[Line]:
    """The same, with a name before a first sentence or above anything else."""
    first, *rest = lines(said, role) or [Line("sentence", "", role)]
    if first.kind == "sentence":
        return [Line("sentence", f"{name}: {first.said}", role), *rest]
    return [Line("sentence", f"{name}:", role), first, *rest]


def as_text(laid: Sequence[Line]) -> str:
    """Plain text, for terminal and screen reader: a blank line stands above a subheading."""
    before = {"sentence": "", "head": "\n", "item": "– ", "quote": "  "}
    return "\n".join(before[one.kind] + one.said for one in laid)


def as_markdown(laid: Sequence[Line], safe: Callable[[str], str]) -> str:
    """Markdown, for print; ``safe`` keeps words from being read as signs."""
    blocks = []
    for kind, some in groupby(laid, key=lambda one: one.kind):
        said = [safe(one.said) for one in some]
        if kind == "item":
            blocks.append("\n".join(f"- {one}" for one in said))
        else:
            before, after = {"sentence": ("", ""), "head": ("**", "**"), "quote": ("> ", "")}[kind]
            blocks += [f"{before}{one}{after}" for one in said]
    return "\n\n".join(blocks)


def as_html(laid: Sequence[Line], escape: Callable[[str], str] = markup.escape) -> str:
    """HTML in which all words are escaped; a line's class is its role."""
    made = ""
    for kind, some in groupby(laid, key=lambda one: one.kind):
        tag = {"sentence": "p", "head": "p", "item": "li", "quote": "blockquote"}[kind]
        inside = ""
        for one in some:
            looks = [f"wb-{one.role}"] if one.role else []
            looks += ["wb-subhead"] if kind == "head" else []
            mark = f' class="{" ".join(looks)}"' if looks else ""
            said = f"<strong>{escape(one.said)}</strong>" if kind == "head" else escape(one.said)
            inside += f"<{tag}{mark}>{said}</{tag}>"
        made += f"<ul>{inside}</ul>" if kind == "item" else inside
    return made
