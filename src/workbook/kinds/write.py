"""Write a few sentences: what can be checked in them is checked, the rest is compared with samples.

Checked are the number of words, each quotation (does it stand in the thread, and where), whom it is
credited to, and the lines cited. ``forms/writing.js`` is the twin of ``note``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal

from msgspec import Struct, field

from ..crediting import cited_lines, credit, names_of
from ..edition import Edition, Span, did_you_mean
from ..feedback import words
from ..layout import head, quote
from ..quotations import (
    MOST,
    Found,
    Quotation,
    Token,
    look_up,
    outline,
    quotations,
    tokens,
    word_count,
)
from .base import compile_key, voice_record
from .misread import Face, Key, fill, kind_of, misread
from .noted import NotedExercise

__all__ = ["LONGEST", "WriteExercise", "citing"]

LONGEST = 20_000
"""Characters of a text that we read: some three thousand words."""

_LEVELS = ("basic", "emergent", "proficient")


class Bounds(Struct, frozen=True, forbid_unknown_fields=True):
    """How many words are asked for, quotations included."""

    least: int
    most: int


class Sample(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to compare one's own with, its level, and what makes it one of that level."""

    level: Literal["basic", "emergent", "proficient"]
    text: str
    why: str


class WriteExercise(NotedExercise, frozen=True, kw_only=True, tag="write"):
    """Write a text of some words; it is noted, and what it quotes is looked up in the thread.

    ``quotes_from`` are the posts and passages that may be quoted (left out: the whole thread),
    ``quotes`` the least number of quotations. ``cites`` are passages whose line must be cited, as
    in ``(line 40)`` or ``(Anna, lines 40-42)``. ``voices`` gives further names by which a
    voice may go; where it is there, a quotation that is credited to nobody is asked about.
    """

    kind: ClassVar[str] = "write"

    words: Bounds
    quotes_from: tuple[str, ...] = ()
    quotes: int = 0
    cites: tuple[str, ...] = ()
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()

    def offered(self, edition: Edition) -> dict[str, Any]:
        return {
            "words": {"least": self.words.least, "most": self.words.most},
            "sources": [
                {
                    "id": post.id,
                    "line": edition.line_of(post.span.start),
                    "text": edition.words(post.span),
                    "voice": voice_record(edition, post.voice),
                }
                for post in edition.posts.values()
            ],
        }

    def held(self, edition: Edition) -> dict[str, Any]:
        said = words()["write"]
        samples = sorted(self.samples, key=lambda sample: _LEVELS.index(sample.level))
        return {
            "worked": "\n".join(
                line
                for sample in samples
                for line in (
                    head(said[f"sample {sample.level}"]),
                    quote(" ".join(sample.text.split())),
                    fill(said["sample why"], {"why": " ".join(sample.why.split())}),
                )
            ),
            "write": {
                "quotes": self.quotes,
                "from": [
                    list(_tokens_of(edition, self._span(name, edition))) for name in self._from
                ],
                "where": self._where(edition),
                "cites": [list(_lines_of(edition, edition.passages[p].span)) for p in self.cites],
                "whose": bool(self.voices),
                "names": names_of(_names(edition, self.voices)),
                "places": [],
            },
        }

    def key(self, case: Any) -> Key:
        """The key, with the voices that stand behind each passage."""
        made = compile_key(self, self.face(case), case.edition)
        places = []
        for passage in case.edition.passages.values():
            voices = {
                voice.removesuffix("?")
                for a in case.attributions.get(passage.id, ())
                for chain in (a.chain, a.reconstructed, *a.accept)
                for voice in chain
            }
            places.append([*_tokens_of(case.edition, passage.span), sorted(voices)])
        made["write"] = {**made["write"], "places": places}
        return made

    @property
    def _from(self) -> tuple[str, ...]:
        return self.quotes_from

    def _span(self, name: str, edition: Edition) -> Span:
        found = edition.posts.get(name) or edition.passages[name]
        return found.span

    def _where(self, edition: Edition) -> str:
        """The lines that may be quoted, for a sentence; nothing where all may be."""
        lines = sorted({_lines_of(edition, self._span(name, edition)) for name in self._from})
        return ", ".join(_shown_lines(first, last) for first, last in lines)

    def structure_faults(self, edition: Edition) -> Iterator[str]:
        if not 1 <= self.words.least < self.words.most <= LONGEST // 10:
            yield f"words must run from 1 or more to {LONGEST // 10} or less, the least first"
        known = [*edition.posts, *edition.passages]
        for name in self.quotes_from:
            if name not in known:
                yield f"quotes_from “{name}” is no post and no passage{did_you_mean(name, known)}"
        for name in self.cites:
            if name not in edition.passages:
                near = did_you_mean(name, edition.passages)
                yield f"cites “{name}”, which is no passage{near}"
        for name in self.voices:
            if name not in edition.voices:
                yield f"voice “{name}” is not known{did_you_mean(name, edition.voices)}"
        if not 0 <= self.quotes <= MOST:
            yield f"quotes is {self.quotes}; it must be 0 to {MOST}"
        levels = [sample.level for sample in self.samples]
        if sorted(levels) != sorted(_LEVELS):
            yield f"needs one sample of each level: {', '.join(_LEVELS)}"
        for sample in self.samples:
            if not sample.text.strip() or not sample.why.strip():
                yield f"the {sample.level} sample needs its `text` and its `why`"

    @staticmethod
    def read(face: Face, value: object) -> str:
        if not isinstance(value, str):
            raise misread("write type", found=kind_of(value))
        if len(value) > LONGEST:
            raise misread("write long", most=str(LONGEST))
        if not tokens(value):
            raise misread("write empty")
        return value

    @staticmethod
    def note(face: Face, key: Key, answers: Sequence[Any]) -> tuple[str, bool]:
        return "\n".join(dict.fromkeys(_findings(face, key["write"], answers[-1]))), True


def citing(face: Face) -> dict[str, str]:
    """A voice of the thread and a line of its own, to show how words are cited."""
    last = face["sources"][-1]
    return {"voice": last["voice"]["label"], "line": str(last["line"])}


def _findings(face: Face, key: Mapping[str, Any], text: str) -> Iterator[str]:
    """What is found in a text, a sentence each: its length, its quotations in order, its lines."""
    said: dict[str, Any] = words()["write"]
    asked = face["words"]
    count = word_count(text)
    short = count < asked["least"]
    length = "short" if short else "long" if count > asked["most"] else "count"
    yield fill(said[length], {"n": str(count), **{k: str(v) for k, v in asked.items()}})
    sources = face["sources"]
    held = [tokens(source["text"]) for source in sources]
    found = quotations(text)
    looked = [look_up(one.words, sources, held) if one.closed else None for one in found]
    known = sum(1 for one in looked if one and one.level != "empty")
    if known < key["quotes"]:
        yield fill(said["quotes"], {"n": str(known), "least": str(key["quotes"])})
    for place, (one, result) in enumerate(zip(found, looked, strict=True)):
        if result is None:
            yield fill(said["open"], {"quoted": outline(one.words)})
            continue
        yield from _told(face, key, one, result, held)
        if result.places:
            yield from _credited(face, key, text, found, place, result, held)
    if len(found) == MOST:
        yield fill(said["many"], {"n": str(MOST)})
    cited = cited_lines(text)
    for first, last in key["cites"]:
        there = any(a <= last and b >= first for a, b in cited)
        yield fill(said["cited" if there else "cite"], {"line": _shown_lines(first, last)})


def _told(
    face: Face, key: Mapping[str, Any], one: Quotation, found: Found, held: Sequence[Any]
) -> Iterator[str]:
    """Whether a quotation stands in the thread, and where."""
    said = words()["write"]
    for mine, theirs, *place in found.near:
        line = _shown_lines(*_lines_at(face, held, place))
        yield fill(
            said["near"], {"mine": outline(mine, 160), "theirs": outline(theirs, 160), "line": line}
        )
    if found.near:
        return
    parts = {"quoted": outline(one.words)}
    if found.places:
        inside = [place for place in found.places if _allowed(key, place)]
        parts["line"] = _shown_lines(*_lines_at(face, held, (inside or found.places)[0]))
        if not inside:
            yield fill(said["outside"], {**parts, "where": key["where"]})
            return
    yield fill(said[found.level], parts)


def _credited(
    face: Face,
    key: Mapping[str, Any],
    text: str,
    found: Sequence[Quotation],
    place: int,
    result: Found,
    held: Sequence[Any],
) -> Iterator[str]:
    """Whether a quotation that stands in the thread has the right voice and line beside it."""
    said = words()["write"]
    beside = credit(text, found, place, key["names"], said["verbs"])
    lines = [_lines_at(face, held, one) for one in result.places]
    parts = {"quoted": outline(found[place].words), "line": _shown_lines(*lines[0])}
    if beside.voices:
        there = {voice for one in result.places for voice in _voices_at(face, key, one)}
        if not there.intersection(beside.voices):
            yield fill(said["voice"], {**parts, "name": outline(beside.name)})
    elif key["whose"]:
        yield fill(said["whose"], parts)
    if beside.lines and not any(a <= d and b >= c for a, b in beside.lines for c, d in lines):
        cited = ", ".join(_shown_lines(a, b) for a, b in beside.lines)
        yield fill(said["line"], {**parts, "cited": outline(cited)})


def _allowed(key: Mapping[str, Any], place: Sequence[int]) -> bool:
    return not key["from"] or any(
        place[0] == source and place[1] >= first and place[2] <= last
        for source, first, last in key["from"]
    )


def _voices_at(face: Face, key: Mapping[str, Any], place: Sequence[int]) -> list[str]:
    voices = [face["sources"][place[0]]["voice"]["id"]]
    for source, first, last, behind in key["places"]:
        if source == place[0] and first <= place[2] and last >= place[1]:
            voices += behind
    return voices


def _lines_at(face: Face, held: Sequence[Any], place: Sequence[int]) -> tuple[int, int]:
    source, first, last = place
    text, line = face["sources"][source]["text"], face["sources"][source]["line"]
    here = held[source]
    return line + text.count("\n", 0, here[first][0]), line + text.count("\n", 0, here[last][0])


def _shown_lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _lines_of(edition: Edition, span: Span) -> tuple[int, int]:
    return edition.line_of(span.start), edition.line_of(max(span.start, span.end - 1))


def _tokens_of(edition: Edition, span: Span) -> tuple[int, int, int]:
    """A stretch of the thread as (post, first token, last token); a post holds it."""
    for number, post in enumerate(edition.posts.values()):
        if post.span.start <= span.start < post.span.end:
            low, high = span.start - post.span.start, span.end - post.span.start
            held = _post_tokens(edition.words(post.span))
            inside = [i for i, (a, b, _) in enumerate(held) if b > low and a < high]
            return number, inside[0] if inside else 0, inside[-1] if inside else -1
    return 0, 0, -1


@lru_cache(maxsize=64)
def _post_tokens(text: str) -> tuple[Token, ...]:
    """A post's tokens, found once: every passage asks for its post's."""
    return tuple(tokens(text))


def _names(edition: Edition, more: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Each voice's names: its label, a named person's last name, and what the author adds."""
    names = {}
    for voice in edition.voices.values():
        last = [voice.label.split()[-1]] if voice.kind == "person" and voice.named else []
        names[voice.id] = [voice.label, *last, *more.get(voice.id, ())]
    return names
