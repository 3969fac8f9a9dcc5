"""Load a case's edition: thread, voices, posts, passages with attributions, state of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from .attribution import Attribution, Stance, expand
from .coverage import Bare
from .declared import (
    DeclaredAttribution,
    DeclaredBare,
    DeclaredGap,
    DeclaredPassage,
    DeclaredPost,
    DeclaredSlip,
    DeclaredThread,
)
from .edition import Edition, Gap, Passage, Post, Selector, Slip, Span, Voice
from .reading import Reader

__all__ = ["EditionReader"]


class EditionReader(Reader):
    """A reader that makes an edition of what it reads: anchors words, checks cross-references."""

    def edition(
        self, thread: DeclaredThread, posts: list[dict[str, Any]]
    ) -> tuple[Edition, Mapping[str, tuple[Attribution, ...]], tuple[Bare, ...]]:
        """The edition, the attributions of each passage, and what carries no attribution."""
        self.voices: dict[str, Voice] = {}
        self.posts: dict[str, Post] = {}
        self.passages: dict[str, Passage] = {}
        self._thread(thread)
        self.voices = self._voices()
        self.posts = self._posts(posts)
        attributions = self._passages()
        gaps, slips, bare = self._state_of_text()
        edition = Edition(self.text, self.posts, self.voices, self.passages, gaps, slips)
        return edition, attributions, bare

    def _thread(self, thread: DeclaredThread) -> None:
        data = self.raw(thread.file)
        if data is None:
            return
        found = hashlib.sha256(data).hexdigest()
        if found != thread.sha256:
            said = f"its SHA-256 is {found}, case.toml has {thread.sha256}"
            todo = "for a new thread, copy the first into case.toml; from then on, never edit the "
            self.wrong(thread.file, "", f"{said}; {todo}thread")
        self.text = self.decoded(thread.file, data) or ""

    def _voices(self) -> dict[str, Voice]:
        file = "voices.toml"
        raw = self.tables(file, "voice")["voice"]
        voices = {voice.id: voice for _, voice in self.many(file, "voice", Voice, raw)}
        marks: dict[str, str] = {}
        for voice in voices.values():
            if voice.colour is not None and not 1 <= voice.colour <= 7:
                self.wrong(file, voice.id, f"colour {voice.colour} is not one of 1 to 7")
            if len(voice.mark) != 1:
                said = f"the mark “{voice.mark}” is made of {len(voice.mark)} characters"
                self.wrong(file, voice.id, f"{said}; take one alone, such as ● or a letter")
            elif voice.mark in marks:
                said = f"has the same mark “{voice.mark}” as {marks[voice.mark]}; marks must differ"
                self.wrong(file, voice.id, said)
            marks.setdefault(voice.mark, voice.id)
        return voices

    def _posts(self, raw: list[dict[str, Any]]) -> dict[str, Post]:
        file = "case.toml"
        found: list[tuple[DeclaredPost, Span, Span | None]] = []
        for item, post in self.many(file, "post", DeclaredPost, raw):
            self.known(file, item, "voice", post.voice, self.voices)
            selector = post.byline or post.start
            if selector is None or (post.byline and post.start):
                self.wrong(file, item, "needs either `byline` or `start`")
                self.unsound.add(item)
                continue
            span = self.anchored(file, item, selector)
            if span:
                found.append((post, span, span if post.byline else None))
            else:
                self.unsound.add(item)
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
                self.known(file, post.id, "addressed voice", post.addresses, self.voices)
                if not post.addresses_basis:
                    self.wrong(file, post.id, "says whom it addresses but not on what basis")
            if post.date:
                self.dated(file, post.id, "date", post.date)
                if not post.date_basis:
                    self.wrong(file, post.id, "has a date but no basis for it")
        return posts

    def _passages(self) -> dict[str, tuple[Attribution, ...]]:
        file = "passages.toml"
        raw = self.tables(file, "passage")["passage"]
        sources: list[tuple[str, DeclaredPassage]] = list(
            self.many(file, "passage", DeclaredPassage, raw)
        )
        for item, source in sources:
            span = self._placed(file, item, source)
            if span:
                self.passages[item] = Passage(item, source.post, span, source.exact)
            else:
                self.unsound.add(item)
        attributions: dict[str, tuple[Attribution, ...]] = {}
        for item, source in sources:
            made = []
            for number, entry in enumerate(source.attribution, 1):
                name = item if len(source.attribution) == 1 else f"{item}, attribution {number}"
                declared = self.one(file, name, DeclaredAttribution, entry)
                if declared and item in self.passages:
                    attribution = self._attribution(file, name, self.passages[item], declared)
                    made += [attribution] if attribution else []
            attributions[item] = tuple(made)
        return attributions

    def _placed(self, file: str, item: str, source: DeclaredPassage) -> Span | None:
        """Where a passage stands in its post; None, and a problem, when that is not one place."""
        selector = Selector(source.exact, source.prefix, source.suffix)
        holding = [
            name
            for name, post in self.posts.items()
            if source.exact in self.text[post.span.start : post.span.end]
        ]
        if self.known(file, item, "post", source.post, self.posts):
            if not holding or source.post in holding:
                return self.anchored(file, item, selector, self.posts[source.post].span)
            said = f"its words do not stand in post “{source.post}” but in {' and '.join(holding)}"
            self.wrong(file, item, f"{said}; name that one in `post`")
        elif source.exact not in self.text:
            self.anchored(file, item, selector)
        return None

    def _attribution(
        self, file: str, item: str, passage: Passage, a: DeclaredAttribution
    ) -> Attribution | None:
        before = len(self.problems)
        cued = passage
        if a.cue_in and a.cue_in not in self.unsound:
            self.known(file, item, "cue's passage", a.cue_in, self.passages)
            cued = self.passages.get(a.cue_in, passage)
        content = passage.span
        if a.content:
            content = self.anchored(file, item, _selector(a.content), passage.span) or content
        quoted = () if a.cue_in in self.unsound else a.cue
        cues = [self.anchored(file, item, _selector(cue), cued.span) for cue in quoted]
        for chain in (a.chain, a.reconstructed, *a.accept):
            self._chain(file, item, chain)
        if not a.chain:
            self.wrong(file, item, "the chain is empty; it starts with the post's own voice")
        elif passage.post in self.posts and a.chain[0] != self.posts[passage.post].voice:
            own = self.posts[passage.post].voice
            self.wrong(file, item, f"the chain must start with the post's own voice, “{own}”")
        if len(a.modes) != len(a.chain):
            voices = f"{len(a.chain)} voice{'s' * (len(a.chain) != 1)}"
            said = f"has {len(a.modes)} in `modes` for {voices} in `chain`; give one to each voice"
            self.wrong(file, item, said)
        if a.cue and a.cue_type is None:
            self.wrong(file, item, "has a cue but no cue_type")
        if a.reconstructed and a.reconstructed_from not in self.unsound:
            self.known(
                file, item, "reconstructed_from passage", a.reconstructed_from, self.passages
            )
        for stance in a.certainty:
            if not stance.proposition.strip():
                self.wrong(file, item, "a certainty states no proposition")
            for voice in [*stance.values, *stance.accept]:
                self.known(file, item, "voice", voice, self.voices)
            for voice in stance.accept:
                self.known(file, item, "accepted certainty's voice", voice, stance.values)
        for code in a.misconceptions:
            self.known(file, item, "misconception", code, [f"M{n}" for n in range(1, 13)])
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
            self.known(file, item, "voice", voice, self.voices)
        for voice in sorted({voice for voice in bare if bare.count(voice) > 1}):
            self.wrong(file, item, f"the chain names “{voice}” twice; a voice stands once")
        if chain and not all(expand(chain)):
            self.wrong(file, item, "every voice of the chain is optional; one must stay")

    def _state_of_text(self) -> tuple[tuple[Gap, ...], tuple[Slip, ...], tuple[Bare, ...]]:
        file = "text.toml"
        if not self.has(file):
            return (), (), ()
        raw = self.tables(file, "gap", "slip", "bare")
        gaps, slips, bare = [], [], []
        for item, gap in self.many(file, "gap", DeclaredGap, raw["gap"]):
            if span := self.anchored(file, item, gap.at):
                gaps.append(Gap(gap.id, span, gap.kind, gap.note, gap.conjecture))
        for item, slip in self.many(file, "slip", DeclaredSlip, raw["slip"]):
            if span := self.anchored(file, item, Selector(slip.exact, slip.prefix, slip.suffix)):
                slips.append(Slip(span, slip.reading, slip.note))
        for item, one in self.many(file, "bare", DeclaredBare, raw["bare"]):
            if span := self.anchored(file, item, Selector(one.exact, one.prefix, one.suffix)):
                bare.append(Bare(span, one.why))
        return tuple(gaps), tuple(slips), tuple(bare)


def _selector(words: str | Selector) -> Selector:
    return words if isinstance(words, Selector) else Selector(words)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return Span(start + lead, max(start + lead, start + len(words.rstrip())))
