"""The answers typed into a code cell, read as plain values and never executed.

``ast.literal_eval`` would not do: it compiles what it is given, and a few kilobytes of brackets
can bring an interpreter down. This reader knows text, numbers, ``True``, ``False``, ``None``,
lists, tuples, records and the blank ``...``, and nothing else; it takes time in proportion to the
cell and says in a sentence what it could not read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .lexer import Token, tokens

__all__ = ["LARGEST_CELL", "Typed", "Unreadable", "typed_answers"]

LARGEST_CELL = 200_000
"""Characters; a cell with an answer has a few hundred."""

_DEEPEST = 12
_MOST_ITEMS = 10_000
_MOST_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An argument that is no plain value, and a sentence that says why.

    ``code`` is something that Python may have run and found a value for.
    """

    sentence: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """One call of ``.answer(…)``. ``value`` is ``...`` for a blank; ``exercise`` may be "" where
    the call does not name it.
    """

    exercise: str
    value: Any


class _Unread(Exception):
    """Carries what is in an ``Unreadable`` out of the reader."""

    def __init__(self, sentence: str, code: bool = False) -> None:
        super().__init__(sentence)
        self.code = code


def typed_answers(source: str) -> list[Typed]:
    """Every ``ask.<exercise>.answer(<value>)`` in a cell's source, in order. Never raises."""
    # A cell without the word has no answer, and most cells of a notebook are such cells. Letters
    # beyond ASCII can spell the word too (Python folds them), so those cells are looked into.
    if "answer" not in source and (len(source) > LARGEST_CELL or source.isascii()):
        return []
    if len(source) > LARGEST_CELL:
        return [Typed("", Unreadable(f"The cell has more than {LARGEST_CELL:,} characters."))]
    return list(_calls(tokens(source)))


def _calls(found: list[Token]) -> Iterator[Typed]:
    answer, dot = Token("name", "answer"), Token("sign", ".")
    for at in range(1, len(found)):
        if found[at] != answer or found[at - 1] != dot:
            continue
        exercise = _exercise_before(found, at - 1)
        if found[at + 1] != Token("sign", "("):
            if found[at + 1] != Token("sign", "?"):  # IPython's call for help is no answer
                yield Typed(exercise, Unreadable("Round brackets must follow “answer” at once."))
            continue
        try:
            value = _Reader(found, at + 2).argument()
        except _Unread as error:
            value = Unreadable(str(error), error.code)
        yield Typed(exercise, value)


def _exercise_before(found: list[Token], dot: int) -> str:
    """The exercise's name in ``ask.<name>`` or ``ask["<name>"]`` before the dot, else ""."""
    before = found[max(0, dot - 4) : dot]
    if before and before[-1].kind == "name":
        return before[-1].text
    if len(before) >= 4 and before[-1].text == "]" and before[-3].text == "[":
        inside, owner = before[-2], before[-4]
        if inside.kind == "string" and not inside.prefix and owner.kind == "name":
            return inside.text
    return ""


class _Reader:
    """Reads one argument by recursive descent, within bounds on depth, items and digits."""

    def __init__(self, found: list[Token], at: int) -> None:
        self._found = found
        self._at = at
        self._items = 0

    def argument(self) -> Any:
        """The value up to the closing round bracket; ``...`` where there is none."""
        if self._take(")"):
            return ...
        value = self._value(0)
        comma = self._take(",")
        if self._take(")"):
            return value
        if comma:
            self._value(0)
            raise _Unread(
                "answer(…) takes one value; several names belong in square brackets: "
                'answer(["…", "…"]).'
            )
        raise self._unexpected()

    def _next(self) -> Token:
        return self._found[self._at]

    def _take(self, sign: str) -> bool:
        if self._next() == Token("sign", sign):
            self._at += 1
            return True
        return False

    def _value(self, depth: int) -> Any:
        self._items += 1
        if self._items > _MOST_ITEMS:
            raise _Unread(f"The answer has more than {_MOST_ITEMS:,} parts.")
        if depth > _DEEPEST:
            raise _Unread(f"The brackets of the answer stand more than {_DEEPEST} deep.")
        token = self._next()
        if token.kind in ("string", "open"):
            return self._text()
        self._at += 1
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "name" and token.text in _NAMED:
            return _NAMED[token.text]
        if token.kind == "sign":
            if token.text == "...":
                return ...
            if token.text in "+-" and self._next().kind == "number":
                self._at += 1
                number = _number(self._found[self._at - 1].text)
                return -number if token.text == "-" else number
            if token.text == "[":
                return self._row("]", depth)[0]
            if token.text == "(":
                row, comma = self._row(")", depth)
                return tuple(row) if comma or not row else row[0]
            if token.text == "{":
                return self._record(depth)
        self._at -= 1
        raise self._unexpected()

    def _row(self, close: str, depth: int) -> tuple[list[Any], bool]:
        """The values up to ``close``, and whether a comma stood among them."""
        row: list[Any] = []
        commas = 0
        while not self._take(close):
            if commas < len(row):
                raise self._unexpected()
            row.append(self._value(depth + 1))
            commas += self._take(",")
        return row, commas > 0

    def _record(self, depth: int) -> dict[str, Any]:
        record: dict[str, Any] = {}
        comma = True
        while not self._take("}"):
            if not comma:
                raise self._unexpected()
            if self._next().kind not in ("string", "open"):
                if self._next().kind == "end":
                    raise self._unexpected()
                raise _Unread(
                    "In { } each part should be a name in quotation marks, a colon and a value."
                )
            name = self._text()
            if not self._take(":"):
                raise _Unread(f"In {{ }} a colon and a value should follow “{_short(name)}”.")
            if name in record:
                raise _Unread(f"In {{ }} the name “{_short(name)}” stands twice.")
            record[name] = self._value(depth + 1)
            comma = self._take(",")
        return record

    def _text(self) -> str:
        """One text, or several side by side, which are one text to Python too."""
        parts: list[str] = []
        while self._next().kind in ("string", "open"):
            token = self._next()
            if token.kind == "open":
                raise _Unread("A quotation mark is opened and not closed.")
            if token.prefix not in ("", "r", "u") and not _plain(token):
                raise _Unread(
                    f"The letter {token.prefix} before a quotation mark makes it something other "
                    "than plain text; leave it out.",
                    code=True,
                )
            parts.append(token.text if token.prefix == "r" else _unescaped(token.text))
            self._at += 1
        return "".join(parts)

    def _unexpected(self) -> _Unread:
        token = self._next()
        if token.kind == "end":
            return _Unread("A bracket is opened and not closed.")
        if token.text in _CURLY:
            return _Unread(
                'Curly quotation marks (“ ”) stand in the answer; Python needs straight ones (").'
            )
        if token.text.isspace() or not token.text.isprintable():
            return _Unread(
                f"A sign that cannot be seen (U+{ord(token.text[0]):04X}) stands in the answer; "
                "Python does not take it."
            )
        return _Unread(
            "The answer should be a plain value (words in quotation marks, a number, a list in "
            f"[ ], or names and values in {{ }}); “{_short(token.text)}” is not part of one.",
            code=token.text.isidentifier() or token.text in _OPERATORS,
        )


def _plain(token: Token) -> bool:
    """Whether an f before a text changes nothing, since nothing stands in curly brackets in it."""
    return token.prefix == "f" and not {"{", "}"} & set(token.text)


_OPERATORS = frozenset("+-*/%|&[(.=")
_NAMED = {"True": True, "False": False, "None": None, "Ellipsis": ...}
_CURLY = frozenset("“”„‟‘’‚‛«»‹›〝〞＂＇")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_WHOLE = re.compile(r"0(?:_?0)*+|[1-9](?:_?[0-9])*+")
_DECIMAL = re.compile(
    r"(?:[0-9](?:_?[0-9])*+)?(?:\.(?:[0-9](?:_?[0-9])*+)?)?(?:[eE][+-]?[0-9](?:_?[0-9])*+)?"
)


def _number(text: str) -> int | float:
    if len(text) > 2 * _MOST_DIGITS:
        raise _Unread(f"A number in the answer has more than {_MOST_DIGITS} digits.")
    if _WHOLE.fullmatch(text):
        if sum(map(str.isdigit, text)) > _MOST_DIGITS:
            raise _Unread(f"A number in the answer has more than {_MOST_DIGITS} digits.")
        return int(text)
    if not _DECIMAL.fullmatch(text):
        raise _Unread(f"“{_short(text)}” is not a number as we write them here, such as 7 or 0.5.")
    value = float(text)
    if not math.isfinite(value):
        raise _Unread(f"The number {text} is too large.")
    return value


_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})"
    r"|U(?P<U>[0-9a-fA-F]{8})|(?P<one>[\s\S]))"
)
_ONE = {"\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n"}
_ONE |= {"r": "\r", "t": "\t", "v": "\v"}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    if one := match["one"]:
        if one in "xuUN":
            raise _Unread(
                f"\\{one} in a text stands for a character by its number or name; "
                "type the character itself."
            )
        return _ONE.get(one, match[0])
    if match["octal"]:
        return chr(int(match["octal"], 8))
    code = int(match["x"] or match["u"] or match["U"], 16)
    if code > 0x10FFFF:
        raise _Unread(f"There is no character {_short(match[0])}.")
    return chr(code)
