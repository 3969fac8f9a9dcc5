"""What the kinds with dials share: levels read, our own reading of each, and the class's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from ..edition import Edition, did_you_mean
from ..evidence import LEVELS, UNKNOWN, Dial, Level, rubric
from ..feedback import words
from ..layout import item
from .base import voice_record
from .misread import Key, fill, kind_of, misread, shown

__all__ = [
    "LevelReading",
    "beside",
    "claim_faults",
    "class_lines",
    "dial_records",
    "ends_of",
    "poster",
    "read_level",
    "reading_faults",
    "reading_lines",
    "road",
    "told",
    "voices_in_words",
]

_LARGEST = 1e15
"""Up to here both languages write whole numbers alike."""


class LevelReading(Struct, frozen=True, forbid_unknown_fields=True):
    """How the workbook reads one dial: the lowest and highest level it would defend, and why.

    ``cannot_tell`` says that N can be defended too. It is our reading, and not a panel's.
    """

    level: tuple[int, int]
    because: str
    cannot_tell: bool = False


def dial_records(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The named dials as faces draw them; without names, all six."""
    dials: list[Dial] = [dial for dial in rubric() if not names or dial.id in names]
    return [{**asdict(dial), "anchors": list(dial.anchors)} for dial in dials]


def claim_faults(claim: str, knowledge: Any) -> Iterator[str]:
    """What is wrong with the claim that an exercise names."""
    if claim not in knowledge.claims:
        near = did_you_mean(claim, knowledge.claims)
        yield f"the claim “{claim}” is not in claims.toml{near}"


def reading_faults(
    readings: Mapping[str, LevelReading], wanted: Sequence[str], what: str
) -> Iterator[str]:
    """What is wrong with the readings, one of which there must be for each of ``wanted``."""
    for name in readings:
        if name not in wanted:
            near = did_you_mean(name, wanted) or f"; it is one of: {', '.join(wanted)}"
            yield f"the reading of “{name}” is of no {what} here{near}"
    for name in wanted:
        if name not in readings:
            yield f"the reading lacks the {what} “{name}”; add [exercise.reading.{name}]"
            continue
        low, high = readings[name].level
        if not 0 <= low <= high <= 3:
            said = f"the reading of “{name}” has the level [{low}, {high}]"
            yield f"{said}; write the lowest and the highest, from 0 to 3"
        if not readings[name].because.strip():
            yield f"the reading of “{name}” needs its reason in `because`"


def poster(edition: Edition, passage: str) -> dict[str, Any]:
    """Who posted a passage, and on which line of the thread it stands."""
    one = edition.passages[passage]
    return {
        "voice": voice_record(edition, edition.posts[one.post].voice),
        "line": edition.line_of(one.span.start),
        "chain": [],
        "reconstructed": [],
    }


def road(case: Any, passage: str) -> dict[str, Any]:
    """The same with the voices that the words rest on, from the outside in."""
    told = case.attributions.get(passage, ())
    made = poster(case.edition, passage)
    if told:
        for name in ("chain", "reconstructed"):
            voices = [voice.removesuffix("?") for voice in getattr(told[0], name)]
            made[name] = [voice_record(case.edition, voice) for voice in voices]
    return made


def voices_in_words(reveal: Mapping[str, Any]) -> list[str]:
    """What is revealed, in sentences."""
    said = words()["rating"]
    parts = {"voice": reveal["voice"]["label"], "line": str(reveal["line"])}
    lines = [fill(said["posted"], parts)]
    for name in ("chain", "reconstructed"):
        if reveal[name]:
            chain = said["then"].join(voice["label"] for voice in reveal[name])
            lines.append(fill(said[name], {"chain": chain}))
    return lines


def read_level(value: object, name: str) -> Level:
    """A level that a learner gave under ``name``, or ``Misread``."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and value in LEVELS:
        return int(value)
    if isinstance(value, str) and value == UNKNOWN:
        return UNKNOWN
    raise misread("rate level", name=name, found=told(value))


def told(value: object) -> str:
    """A value that is no level: a text, a whole number, or what kind of value it is."""
    if isinstance(value, str):
        return f"“{shown(value)}”"
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and abs(value) < _LARGEST and value == int(value):  # type: ignore[arg-type,call-overload]
        return str(int(value))  # type: ignore[call-overload]
    return kind_of(value)


def ends_of(readings: Mapping[str, LevelReading]) -> dict[str, dict[str, Any]]:
    """The readings as a key holds them."""
    return {
        name: {"low": one.level[0], "high": one.level[1], "unknown": one.cannot_tell}
        for name, one in readings.items()
    }


def reading_lines(readings: Mapping[str, LevelReading], labels: Mapping[str, str]) -> list[str]:
    """The workbook's reading in words, a line each, in the order of ``labels``."""
    said = words()["rating"]
    lines = []
    for name, label in labels.items():
        low, high = readings[name].level
        level = str(low) if low == high else fill(said["to"], {"low": str(low), "high": str(high)})
        if readings[name].cannot_tell:
            level += said["or N"]
        because = " ".join(readings[name].because.split())
        parts = {"label": label, "level": level, "because": because}
        lines.append(item(fill(said["reading"], parts)))
    return lines


def beside(levels: Mapping[str, Level], key: Key, labels: Mapping[str, str]) -> list[str]:
    """Where a learner's levels lie outside what the workbook would defend."""
    said = words()["rating"]
    ours = key["reading"]
    other = [labels[name] for name in labels if not _within(levels[name], ours[name])]
    counted = {"same": str(len(labels) - len(other)), "all": str(len(labels))}
    line = fill(said["beside"], counted)
    return [
        f"{line} {fill(said['elsewhere'], {'labels': said['and'].join(other)})}" if other else line
    ]


def _within(level: Level, ends: Mapping[str, Any]) -> bool:
    if level == UNKNOWN:
        return bool(ends["unknown"])
    return bool(ends["low"] <= level <= ends["high"])


def class_lines(key: Key, labels: Mapping[str, str]) -> list[str]:
    """How a class rated, where the key came with a class's ratings; each level with its count."""
    found = key.get("class")
    if not found:
        return []
    said = words()["rating"]
    head = "class simulated" if found["simulated"] else "class"
    lines = [fill(said[head], {"raters": str(found["raters"])})]
    for name, label in labels.items():
        counts = found["dials"].get(name, {})
        given = [
            fill(said["count"], {"level": str(level), "n": str(counts[str(level)])})
            for level in LEVELS
            if counts.get(str(level))
        ]
        if given:
            counts = {"label": label, "counts": said["and"].join(given)}
            lines.append(item(fill(said["counts"], counts)))
    return lines
