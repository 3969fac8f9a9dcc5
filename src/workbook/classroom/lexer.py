"""The words and signs of a code cell, as Python would see them; nothing is parsed or run.

Python's own parser is not safe on strangers' text: deep nesting can exhaust it, and a broken cell
gives nothing at all. This one is linear, never fails, and reads on after what is broken.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = ["Token", "tokens"]


class Token(NamedTuple):
    """One word or sign. ``kind``: name, number, string, open (a string never closed), sign, end.

    ``text`` is the word as it stands; of a string it is what stands between the quotation marks,
    and ``prefix`` the letters before them.
    """

    kind: str
    text: str
    prefix: str = ""


# Possessive quantifiers throughout: no hostile text can make the matcher go back.
_TOKEN = re.compile(
    r"""
      (?P<space> [ \t\f]++ | \\\n | \#[^\n]*+ )
    | (?P<line> \n )
    | (?P<prefix> [rRbBuUfFtT]{0,2} )
      (?: '''(?P<triple1> [^'\\]*+ (?: (?: \\[\s\S] | '(?!'') ) [^'\\]*+ )*+ )
            (?P<close1> '''|\Z|\\\Z )
        | \"""(?P<triple2> [^"\\]*+ (?: (?: \\[\s\S] | "(?!"") ) [^"\\]*+ )*+ )
            (?P<close2> \"""|\Z|\\\Z )
        | '(?P<single1> [^'\\\n]*+ (?: \\[\s\S] [^'\\\n]*+ )*+ ) (?P<close3> '? )
        | "(?P<single2> [^"\\\n]*+ (?: \\[\s\S] [^"\\\n]*+ )*+ ) (?P<close4> "? )
      )
    | (?P<number> \.?[0-9] (?: [eE][+-](?=[0-9]) | [\w.] )*+ )
    | (?P<name> [^\W\d]\w*+ )
    | (?P<sign> \.\.\. | [\s\S] )
    """,
    re.VERBOSE,
)

_MAGIC = re.compile(r"[ \t]*+(?:!|%(?!(?:time|timeit|prun)\b))[^\n]*+")
"""A line for IPython: a shell command, or a magic that does not run the Python behind it."""

_PYTHON_CELLS = frozenset({"%%time", "%%timeit", "%%capture", "%%prun"})
"""The cell magics whose cell is Python all the same."""


def tokens(source: str) -> list[Token]:
    """All tokens of a cell, without white space and comments, ended by one of kind ``end``."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Token] = []
    at, depth, fresh = 0, 0, True
    magic = re.match(r"\s*(%%\S*)", source)
    if magic:
        if magic[1] not in _PYTHON_CELLS:
            return [Token("end", "")]
        at = source.find("\n", magic.end()) if "\n" in source[magic.end() :] else len(source)
    while at < len(source):
        if fresh and depth == 0 and (line := _MAGIC.match(source, at)):
            at = line.end()
        fresh = False
        match = _TOKEN.match(source, at)
        if match is None:
            break  # the end: any one character is a sign
        at = match.end()
        kind = match.lastgroup
        if kind == "line":
            fresh = True
        elif kind == "name":
            found.append(Token("name", _normal(match[0])))
        elif kind == "number":
            found.append(Token("number", match[0]))
        elif kind == "sign":
            depth = max(0, depth + (match[0] in "([{") - (match[0] in ")]}"))
            found.append(Token("sign", match[0]))
        elif kind and kind.startswith("close"):
            body = next(g for g in match.group(*_BODIES) if g is not None)
            closed = match[kind] not in ("", "\\")
            found.append(Token("string" if closed else "open", body, match["prefix"].lower()))
    found.append(Token("end", ""))
    return found


_BODIES = ("triple1", "triple2", "single1", "single2")


def _normal(name: str) -> str:
    """Python takes ``ａｓｋ`` and ``ask`` for one name."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)
