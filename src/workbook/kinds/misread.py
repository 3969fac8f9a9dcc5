"""Why a value cannot be an answer, in a sentence for the learner who gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..feedback import words

__all__ = ["Face", "Key", "Misread", "fill", "kind_of", "known_names", "misread", "shown"]

Face = Mapping[str, Any]
Key = Mapping[str, Any]


class Misread(ValueError):
    """A value that cannot be an answer to its exercise; its sentence is for the learner."""


def misread(sentence: str, **parts: str) -> Misread:
    """The general sentence of this name with its parts put in."""
    return Misread(fill(words()["misread"][sentence], parts))


def fill(sentence: str, parts: Mapping[str, str]) -> str:
    """Put ``parts`` in a sentence's ``{places}``, in one pass, leaving all other braces alone."""
    done, rest = "", sentence
    while rest:
        head, opened, rest = rest.partition("{")
        name, closed, after = rest.partition("}")
        done += head
        if closed and name in parts:
            done, rest = done + parts[name], after
        else:
            done += opened
    return done


def kind_of(value: object) -> str:
    """What kind of value this is, in plain words."""
    said = words()["found"]
    if value is None or value is Ellipsis:
        kind = "nothing"
    elif isinstance(value, bool):
        kind = "truth"
    elif isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, str):
        kind = "text"
    elif isinstance(value, list | tuple):
        kind = "list"
    elif isinstance(value, dict):
        kind = "record"
    else:
        kind = "other"
    return str(said[kind])


def shown(value: object) -> str:
    """A value as it can be shown: a text cut short, of anything else its kind."""
    text = value if isinstance(value, str) else kind_of(value)
    text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text[:60])
    return text if len(text) < 60 else text + "…"


def known_names(known: Sequence[str]) -> str:
    """Names that may be given, for a sentence."""
    return ", ".join(known)
