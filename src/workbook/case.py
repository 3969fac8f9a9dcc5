"""Load and validate a case folder; say exactly where it is wrong.

A case is a folder of plain text: ``case.toml``, the thread, ``voices.toml``, ``passages.toml``,
``text.toml`` and ``exercises/*.toml``. Loading gathers every problem before it raises.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from .attribution import Attribution, Stance, expand
from .declared import (
    DeclaredAttribution,
    DeclaredBare,
    DeclaredGap,
    DeclaredHead,
    DeclaredPassage,
    DeclaredPost,
    DeclaredSlip,
    DeclaredThread,
)
from .edition import (
    Edition,
    Gap,
    NotAnchored,
    Passage,
    Post,
    Problem,
    Selector,
    Slip,
    Span,
    Voice,
    anchor,
    did_you_mean,
)
from .exercise import AnyExercise, Exercise
from .faults import faults
from .judging import Face, Key

if TYPE_CHECKING:
    from .ask import Ask

__all__ = ["Bare", "Case", "CaseError", "built_in_cases", "open_case"]


class CaseError(ValueError):
    """A case folder that cannot be used, with every problem found in it."""

    def __init__(self, folder: str, problems: Iterable[Problem]) -> None:
        self.folder = folder
        self.problems = list(problems)
        count = len(self.problems)
        head = f"{folder}: {count} problem{'s' if count != 1 else ''}"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


@dataclass(frozen=True, slots=True)
class Bare:
    """A stretch of the thread that carries no attribution, and why."""

    span: Span
    why: str


@dataclass(frozen=True)
class Case:
    """A thread with everything the workbook knows of it."""

    id: str
    title: str
    content_note: str
    folder: Path
    edition: Edition
    attributions: Mapping[str, tuple[Attribution, ...]]
    bare: tuple[Bare, ...]
    items: Mapping[str, Exercise]
    chapters: Mapping[str, tuple[str, ...]]

    @cached_property
    def exercises(self) -> Ask:
        """The exercises, ready to be answered: ``case.exercises.some_id.answer(...)``."""
        # The one import against the order of the rooms, and a late one: a case is the door by
        # which learners come in, and what they come in for is bound to record and face by `ask`.
        from .ask import Ask

        return Ask(self)

    @cached_property
    def compiled(self) -> Mapping[str, tuple[Face, Key]]:
        """Face and key of every exercise, by id."""
        return {name: (item.face(self), item.key(self)) for name, item in self.items.items()}


def built_in_cases() -> list[str]:
    """The names of the cases that come with the package."""
    root = files(__package__) / "cases"
    return sorted(entry.name for entry in root.iterdir() if (entry / "case.toml").is_file())


def open_case(name_or_path: str | Path) -> Case:
    """Open a built-in case by its name, or any case folder by its path.

    Raises ``CaseError`` with every problem of the folder: file, item, what is wrong, what to do.
    """
    if isinstance(name_or_path, str) and name_or_path in built_in_cases():
        return _open(Path(str(files(__package__) / "cases" / name_or_path)))
    folder = Path(name_or_path)
    if not folder.is_dir():
        near = did_you_mean(str(name_or_path), built_in_cases())
        said = f"there is no case of this name and no folder at this path{near}"
        raise CaseError(str(name_or_path), [Problem(str(name_or_path), "", said)])
    return _Loader(folder).load()


@cache
def _open(folder: Path) -> Case:
    return _Loader(folder).load()


class _Loader:
    """One loading of one folder: reads, anchors, and gathers problems as it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.text = ""
        self.voices: dict[str, Voice] = {}
        self.posts: dict[str, Post] = {}
        self.passages: dict[str, Passage] = {}

    def load(self) -> Case:
        head = self._one("case.toml", "", DeclaredHead, self._toml("case.toml"))
        if head is None:
            raise CaseError(self.folder.name, self.problems)
        self._thread(head.thread)
        self.voices = self._voices()
        self.posts = self._posts(head.post)
        attributions = self._passages()
        gaps, slips, bare = self._state_of_text()
        edition = Edition(self.text, self.posts, self.voices, self.passages, gaps, slips)
        items, chapters = self._items(edition, head.id)
        if self.problems:
            raise CaseError(self.folder.name, self.problems)
        return Case(
            head.id,
            head.title,
            head.content_note,
            self.folder,
            edition,
            attributions,
            bare,
            items,
            chapters,
        )

    def _wrong(self, file: str, item: str, said: str) -> None:
        self.problems.append(Problem(file, item, said))

    def _bytes(self, file: str) -> bytes | None:
        try:
            return (self.folder / file).read_bytes()
        except OSError as error:
            self._wrong(file, "", f"cannot be read ({error.strerror}); every case needs this file")
            return None

    def _toml(self, file: str) -> dict[str, Any]:
        data = self._bytes(file)
        try:
            return tomllib.loads((data or b"").decode("utf-8"))
        except UnicodeDecodeError as error:
            self._wrong(file, "", f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
        except tomllib.TOMLDecodeError as error:
            self._wrong(file, "", f"is not valid TOML: {error}")
        return {}

    def _one(self, file: str, item: str, kind: Any, data: object) -> Any:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            if data != {} or not self.problems:
                self._wrong(file, item, str(error).replace(" - at `$.", " - in `"))
            return None

    def _tables(self, file: str, *names: str) -> dict[str, Any]:
        """The named lists of tables in a TOML file; whatever else stands in it is reported."""
        raw = self._toml(file)
        for stranger in raw.keys() - set(names):
            known = ", ".join(f"[[{name}]]" for name in names)
            self._wrong(file, stranger, f"is not known here; what may stand here is {known}")
        return {name: raw.get(name, []) for name in names}

    def _many(self, file: str, name: str, kind: Any, data: object) -> Iterator[tuple[str, Any]]:
        """Each ``[[name]]`` of a file as (item's name for messages, item), the sound ones only."""
        if not isinstance(data, list):
            self._wrong(file, name, f"must be a list of [[{name}]] tables")
            return
        seen: set[str] = set()
        for number, entry in enumerate(data, 1):
            known = entry.get("id") if isinstance(entry, dict) else None
            item = known if isinstance(known, str) and known else f"{name} number {number}"
            made = self._one(file, item, kind, entry)
            if made is None:
                continue
            if known in seen:
                self._wrong(file, item, "this id stands twice; ids must differ")
                continue
            seen.add(str(known) if known else item)
            yield item, made

    def _anchor(
        self, file: str, item: str, selector: Selector, within: Span | None = None
    ) -> Span | None:
        if not self.text:
            return None  # the missing thread is the one problem worth reporting
        try:
            return anchor(self.text, selector, within)
        except NotAnchored as error:
            self._wrong(file, item, str(error))
            return None

    def _known(self, file: str, item: str, what: str, name: str, known: Iterable[str]) -> None:
        known = list(known)
        if name not in known:
            self._wrong(file, item, f"{what} “{name}” is not known{did_you_mean(name, known)}")

    def _thread(self, thread: DeclaredThread) -> None:
        data = self._bytes(thread.file)
        if data is None:
            return
        found = hashlib.sha256(data).hexdigest()
        if found != thread.sha256:
            said = f"its SHA-256 is {found}, case.toml has {thread.sha256}; never edit the thread"
            self._wrong(thread.file, "", said)
        try:
            self.text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._wrong(thread.file, "", f"is not UTF-8 text (byte {error.start})")

    def _voices(self) -> dict[str, Voice]:
        file = "voices.toml"
        raw = self._tables(file, "voice")["voice"]
        voices = {voice.id: voice for _, voice in self._many(file, "voice", Voice, raw)}
        marks: dict[str, str] = {}
        for voice in voices.values():
            if not voice.id.isascii() or not voice.id.isidentifier():
                self._wrong(file, voice.id, "the id must be a plain name such as several_japanese")
            if voice.colour is not None and not 1 <= voice.colour <= 7:
                self._wrong(file, voice.id, f"colour {voice.colour} is not one of 1 to 7")
            if len(voice.mark) != 1:
                self._wrong(file, voice.id, f"the mark “{voice.mark}” must be one character")
            elif voice.mark in marks:
                said = f"has the same mark “{voice.mark}” as {marks[voice.mark]}; marks must differ"
                self._wrong(file, voice.id, said)
            marks.setdefault(voice.mark, voice.id)
        return voices

    def _posts(self, raw: list[dict[str, Any]]) -> dict[str, Post]:
        file = "case.toml"
        found: list[tuple[DeclaredPost, Span, Span | None]] = []
        for item, post in self._many(file, "post", DeclaredPost, raw):
            self._known(file, item, "voice", post.voice, self.voices)
            selector = post.byline or post.start
            if selector is None or (post.byline and post.start):
                self._wrong(file, item, "needs either `byline` or `start`")
                continue
            span = self._anchor(file, item, selector)
            if span:
                found.append((post, span, span if post.byline else None))
        found.sort(key=lambda entry: entry[1].start)
        posts: dict[str, Post] = {}
        if not found:
            return posts
        ends = [span.start for _, span, _ in found[1:]] + [len(self.text)]
        for (post, span, byline), end in zip(found, ends, strict=True):
            start = byline.end if byline else span.start
            posts[post.id] = Post(
                post.id,
                post.voice,
                _trimmed(self.text, start, end),
                byline,
                post.date,
                post.date_basis,
                post.addresses,
                post.addresses_basis,
            )
        for post, _, _ in found:
            if post.addresses:
                self._known(file, post.id, "addressed voice", post.addresses, self.voices)
                if not post.addresses_basis:
                    self._wrong(file, post.id, "says whom it addresses but not on what basis")
            if post.date and not post.date_basis:
                self._wrong(file, post.id, "has a date but no basis for it")
        return posts

    def _passages(self) -> dict[str, tuple[Attribution, ...]]:
        file = "passages.toml"
        raw = self._tables(file, "passage")["passage"]
        sources: list[tuple[str, DeclaredPassage]] = list(
            self._many(file, "passage", DeclaredPassage, raw)
        )
        for item, source in sources:
            self._known(file, item, "post", source.post, self.posts)
            post = self.posts.get(source.post)
            selector = Selector(source.exact, source.prefix, source.suffix)
            span = self._anchor(file, item, selector, post.span if post else None)
            if span:
                self.passages[item] = Passage(item, source.post, span, source.exact)
        attributions: dict[str, tuple[Attribution, ...]] = {}
        for item, source in sources:
            made = []
            for number, entry in enumerate(source.attribution, 1):
                name = item if len(source.attribution) == 1 else f"{item}, attribution {number}"
                declared = self._one(file, name, DeclaredAttribution, entry)
                if declared and item in self.passages:
                    attribution = self._attribution(file, name, self.passages[item], declared)
                    made += [attribution] if attribution else []
            attributions[item] = tuple(made)
        return attributions

    def _attribution(
        self, file: str, item: str, passage: Passage, a: DeclaredAttribution
    ) -> Attribution | None:
        before = len(self.problems)
        cued = passage
        if a.cue_in:
            self._known(file, item, "cue's passage", a.cue_in, self.passages)
            cued = self.passages.get(a.cue_in, passage)
        content = passage.span
        if a.content:
            content = self._anchor(file, item, _selector(a.content), passage.span) or content
        cues = [self._anchor(file, item, _selector(cue), cued.span) for cue in a.cue]
        for chain in (a.chain, a.reconstructed, *a.accept):
            self._chain(file, item, chain)
        if not a.chain:
            self._wrong(file, item, "the chain is empty; it starts with the post's own voice")
        elif passage.post in self.posts and a.chain[0] != self.posts[passage.post].voice:
            own = self.posts[passage.post].voice
            self._wrong(file, item, f"the chain must start with the post's own voice, “{own}”")
        if len(a.modes) != len(a.chain):
            said = f"has {len(a.modes)} modes for {len(a.chain)} voices; give one to each voice"
            self._wrong(file, item, said)
        if a.cue and a.cue_type is None:
            self._wrong(file, item, "has a cue but no cue_type")
        if a.reconstructed:
            self._known(
                file, item, "reconstructed_from passage", a.reconstructed_from, self.passages
            )
        for stance in a.certainty:
            if not stance.proposition.strip():
                self._wrong(file, item, "a certainty states no proposition")
            for voice in [*stance.values, *stance.accept]:
                self._known(file, item, "voice", voice, self.voices)
            for voice in stance.accept:
                self._known(file, item, "accepted certainty's voice", voice, stance.values)
        for code in a.misconceptions:
            self._known(file, item, "misconception", code, [f"M{n}" for n in range(1, 13)])
        if len(self.problems) > before:
            return None
        return Attribution(
            passage.id,
            a.label,
            content,
            tuple(cue for cue in cues if cue),
            a.cue_type,
            a.chain,
            a.modes,
            a.accept,
            a.reconstructed,
            a.reconstructed_from,
            tuple(Stance(s.proposition, s.values, s.accept) for s in a.certainty),
            a.flags,
            a.misconceptions,
            a.note,
        )

    def _chain(self, file: str, item: str, chain: tuple[str, ...]) -> None:
        bare = [voice.removesuffix("?") for voice in chain]
        for voice in bare:
            self._known(file, item, "voice", voice, self.voices)
        for voice in sorted({voice for voice in bare if bare.count(voice) > 1}):
            self._wrong(file, item, f"the chain names “{voice}” twice; a voice stands once")
        if chain and not all(expand(chain)):
            self._wrong(file, item, "every voice of the chain is optional; one must stay")

    def _state_of_text(self) -> tuple[tuple[Gap, ...], tuple[Slip, ...], tuple[Bare, ...]]:
        file = "text.toml"
        raw = self._tables(file, "gap", "slip", "bare")
        gaps, slips, bare = [], [], []
        for item, gap in self._many(file, "gap", DeclaredGap, raw["gap"]):
            if span := self._anchor(file, item, gap.at):
                gaps.append(Gap(gap.id, span, gap.kind, gap.note, gap.conjecture))
        for item, slip in self._many(file, "slip", DeclaredSlip, raw["slip"]):
            if span := self._anchor(file, item, Selector(slip.exact, slip.prefix, slip.suffix)):
                slips.append(Slip(span, slip.reading, slip.note))
        for item, one in self._many(file, "bare", DeclaredBare, raw["bare"]):
            if span := self._anchor(file, item, Selector(one.exact, one.prefix, one.suffix)):
                bare.append(Bare(span, one.why))
        return tuple(gaps), tuple(slips), tuple(bare)

    def _items(
        self, edition: Edition, case_id: str
    ) -> tuple[dict[str, Exercise], dict[str, tuple[str, ...]]]:
        items: dict[str, Exercise] = {}
        home: dict[str, str] = {}
        chapters: dict[str, tuple[str, ...]] = {}
        folder = self.folder / "exercises"
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            file = f"exercises/{path.name}"
            raw = self._tables(file, "exercise")["exercise"]
            here = []
            for item, exercise in self._many(file, "exercise", AnyExercise, raw):
                if item in items:
                    self._wrong(file, item, f"this id stands in {home[item]} too; ids must differ")
                    continue
                for fault in faults(exercise, edition, case_id):
                    self._wrong(file, item, fault)
                items[item], home[item] = exercise, file
                here.append(item)
            chapters[path.stem] = tuple(here)
        return items, chapters


def _selector(words: str | Selector) -> Selector:
    return words if isinstance(words, Selector) else Selector(words)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, max(start + lead, start + len(words.rstrip())))
