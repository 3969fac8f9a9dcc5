"""Why a table is not of the shape it should have, in words for its author.

``msgspec`` says which field is wrong and in its own terms why; here that becomes a sentence with
the words that may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

from .edition import did_you_mean

__all__ = ["misshapen"]

_AT = re.compile(r"^(.*?)(?: - at `\$\.?(.*)`)?$", re.DOTALL)
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_LACKS = re.compile(r"Object missing required field `([^`]*)`")
_STRANGER = re.compile(r"Object contains unknown field `([^`]*)`")
_NO_SUCH = re.compile(r"Invalid (?:enum )?value '?(.*?)'?$", re.DOTALL)
_OTHER = re.compile(r"Expected `([^`]*)`(?: of length (\d+))?, got `?(\w+)`?$")
_KINDS = {
    "str": "text in quotation marks",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
    "null": "nothing",
}
_FOUND = {
    **_KINDS,
    "str": "text",
    "int": "a number",
    "array": "a list",
    "date": "a date (put it in quotation marks)",
}


def misshapen(error: msgspec.ValidationError, kind: Any, data: object) -> str:
    """What ``error`` says of ``data``, which should have become a ``kind``."""
    said, where = _AT.fullmatch(str(error)).groups()  # type: ignore[union-attr]
    steps = [name or number for name, number in _STEP.findall(where or "")]
    place = _place(steps)
    if lacks := _LACKS.match(said):
        return f"lacks the field `{lacks[1]}`{f' in {place}' if place else ''}"
    if stranger := _STRANGER.match(said):
        known = [field for one in _held(kind, data, steps) for field in _fields(one)]
        near = did_you_mean(stranger[1], known) or _listed("what may stand here is", known)
        inside = f" in {place}" if place else ""
        return f"has a field `{stranger[1]}`{inside}, which is not known here{near}"
    if no_such := _NO_SUCH.match(said):
        known = [word for one in _held(kind, data, steps) for word in _words(one)]
        if steps and not known:  # the word that tells which of several shapes a table has
            known = [word for one in _held(kind, data, steps[:-1]) for word in _tags(one)]
        near = did_you_mean(no_such[1], known) or _listed("it is one of", known)
        return f"{place or 'it'} is “{no_such[1]}”, which is not known{near}"
    if other := _OTHER.match(said):
        wanted, length, found = other.groups()
        if length:
            return f"{place or 'it'} must be a list of {length}, and has {found}"
        kinds = " or ".join(_KINDS.get(one, one) for one in wanted.split(" | ") if one != "null")
        return f"{place or 'it'} must be {kinds}, and is {_FOUND.get(found, found)}"
    return f"{said} - in `{where}`" if where else said


def _place(steps: Sequence[str]) -> str:
    """The way to a field, from the inside out: ```code` in `mistake` number 1``."""
    parts: list[str] = []
    for step in steps:
        if step.isdecimal() and parts:
            parts[-1] += f" number {int(step) + 1}"
        elif step != "...":
            parts.append(f"`{step}`")
    return " in ".join(reversed(parts))


def _listed(before: str, known: Sequence[str]) -> str:
    return f"; {before}: {', '.join(known)}" if known else ""


def _held(kind: Any, data: object, steps: Sequence[str]) -> list[inspect.Type]:
    """The types that may stand at the end of the way ``steps``."""
    types = [*_each(inspect.type_info(kind))]
    for step in steps:
        types = [inner for one in types for inner in _inside(one, step, data)]
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal():
            data = data[int(step)]
        else:
            data = None
    tagged = [one for one in types if isinstance(one, inspect.StructType) and one.tag_field]
    if isinstance(data, dict):
        meant = [one for one in tagged if data.get(str(one.tag_field)) == one.tag]
        return [*meant] or types
    return types


def _each(kind: inspect.Type) -> Iterator[inspect.Type]:
    if isinstance(kind, inspect.UnionType):
        for one in kind.types:
            yield from _each(one)
    else:
        yield kind


def _inside(kind: inspect.Type, step: str, data: object) -> Iterator[inspect.Type]:
    if isinstance(kind, inspect.StructType):
        of_tag = kind.tag_field and isinstance(data, dict) and data.get(kind.tag_field) != kind.tag
        for field in kind.fields:
            if field.encode_name == step and not of_tag:
                yield from _each(field.type)
    elif isinstance(kind, inspect.DictType):
        yield from _each(kind.value_type)
    elif isinstance(kind, inspect.ListType | inspect.VarTupleType):
        yield from _each(kind.item_type)
    elif isinstance(kind, inspect.TupleType) and step.isdecimal():
        yield from _each(kind.item_types[int(step)])


def _fields(kind: inspect.Type) -> list[str]:
    return [f.encode_name for f in kind.fields] if isinstance(kind, inspect.StructType) else []


def _words(kind: inspect.Type) -> list[str]:
    return [str(word) for word in kind.values] if isinstance(kind, inspect.LiteralType) else []


def _tags(kind: inspect.Type) -> list[str]:
    return [str(kind.tag)] if isinstance(kind, inspect.StructType) and kind.tag else []
