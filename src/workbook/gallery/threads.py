"""The thread and the voices in it: how long, who inside whom, in what words, how sure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..attribution import CERTAINTIES
from ..case import Case
from ..edition import Post, Span, tokenise
from ..figures import Hole, Inset, Layer, Part, Picture, Proposition, Strip, Sureness
from ..figures import anatomy as draw_anatomy
from ..figures import certainty_grid as draw_certainty_grid
from ..figures import envelopes as draw_envelopes
from ..figures import thread_strip as draw_thread_strip
from .finding import attribution_of, attributions_of, voices_of

__all__ = ["anatomy", "certainty_grid", "envelopes", "thread_strip"]

_HOLES = {
    "broken_off": "the sentence breaks off",
    "missing_object": "something is gone here",
    "orphan_note": "a note number without its note",
    "unclosed_quote": "a quotation mark before this is never closed",
}
_DOES = {
    "asserts": "said so",
    "quotes": "quoted it",
    "paraphrases": "put it in other words",
    "reports": "reported it",
    "denies": "passed it on and denied it",
}


def envelopes(
    case: Case, passage: str, attribution: int = 0, *, does: Sequence[str] = (), letter: str = ""
) -> Picture:
    """The chain of one attribution as envelopes within envelopes.

    ``does`` says for each voice of the chain, outermost first, what it does; ``letter`` gives the
    words in the inmost envelope. Without them, the mode of each link and the attribution's content.
    """
    found = attribution_of(case, passage, attribution)
    voices = voices_of(case, found.chain)
    if does and len(does) != len(voices):
        raise ValueError(
            f"the chain of `{passage}` has {len(voices)} voices and `does` has {len(does)}"
        )
    said = list(does) or [_DOES[mode] for mode in found.modes]
    words = letter or f"“{' '.join(case.edition.words(found.content).split())}”"
    return draw_envelopes(
        [
            Layer(voice.label, voice.mark, what, voice.colour)
            for voice, what in zip(voices, said, strict=True)
        ],
        words,
    )


def thread_strip(case: Case) -> Picture:
    """The whole thread from the top down: a bar for each post, its holes, and the pasted block."""
    posts = sorted(case.edition.posts.values(), key=lambda post: post.span.start)
    return draw_thread_strip([_strip(case, post) for post in posts])


def _count(case: Case, start: int, end: int) -> int:
    words = case.edition.words(Span(start, end))
    return sum(is_word for _, _, is_word in tokenise(words))


def _strip(case: Case, post: Post) -> Strip:
    voice, start = case.edition.voices[post.voice], post.span.start
    holes: dict[int, list[str]] = {}
    for gap in sorted(case.edition.gaps, key=lambda gap: gap.span.end):
        if start <= gap.span.start and gap.span.end <= post.span.end:
            line = case.edition.line_of(gap.span.start)
            what = _HOLES.get(gap.kind, gap.kind.replace("_", " "))
            said = holes.setdefault(_count(case, start, gap.span.end), [])
            said.append(f"{what} (line {line})" if not said else what)
    return Strip(
        voice.label,
        voice.mark,
        _count(case, start, post.span.end),
        voice.colour,
        tuple(Hole(at, " and ".join(reversed(said))) for at, said in holes.items()),
        tuple(_insets(case, post)),
    )


def _insets(case: Case, post: Post) -> list[Inset]:
    """The longest unbroken run of sentences that the post quotes from one document."""
    runs: list[tuple[str, int, int]] = []
    passages = sorted(case.edition.passages.values(), key=lambda p: (p.span.start, -p.span.end))
    for passage in (p for p in passages if p.post == post.id):
        for found in case.attributions[passage.id][:1]:
            if found.modes[0] != "quotes" or len(found.chain) < 2:
                continue
            source = found.chain[1]
            # A blank line ends a block: the same print quoted again further down is not part of it.
            between = case.edition.text[runs[-1][2] : passage.span.start] if runs else ""
            if (
                runs
                and runs[-1][0] == source
                and "\n\n" not in between
                and not _own(case, post, runs[-1][2], passage.span)
            ):
                runs[-1] = (source, runs[-1][1], max(runs[-1][2], passage.span.end))
            else:
                runs.append((source, passage.span.start, passage.span.end))
    long = [run for run in runs if _count(case, run[1], run[2]) >= 60]
    return [
        Inset(
            _count(case, post.span.start, start),
            _count(case, post.span.start, end),
            case.edition.voices[name].label,
            case.edition.voices[name].mark,
            case.edition.voices[name].colour,
        )
        for name, start, end in long
    ]


def _own(case: Case, post: Post, after: int, before: Span) -> bool:
    """Whether a passage in the post's own words stands between two places."""
    return any(
        after <= passage.span.start and passage.span.end <= before.start
        for passage in case.edition.passages.values()
        if passage.post == post.id
        and any(found.modes[0] != "quotes" for found in case.attributions[passage.id])
    )


def anatomy(
    case: Case, passage: str, attribution: int = 0, *, source: Sequence[str] = ()
) -> Picture:
    """Source, cue and content of one attribution, bracketed in the sentence.

    ``source`` gives the words that name the source where they are not its label, such as “he”;
    each must stand in the passage. Whatever lies outside the passage is said below it.
    """
    found = attribution_of(case, passage, attribution)
    home = case.edition.passages[passage]
    outer = min(home.span.start, found.content.start)
    sentence = case.edition.words(home.span)
    parts: list[Part] = []
    outside: list[str] = []
    for word in source or [voice.label for voice in voices_of(case, found.chain)]:
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        place = re.search(pattern, sentence, re.IGNORECASE)
        if place:
            parts.append(Part("source", *place.span()))
        elif source:
            raise ValueError(f"“{word}” does not stand in passage `{passage}`")
    if not parts:
        outside.append("The source is not named in these words. Look at who posts them.")
    for role, spans in (("cue", found.cues), ("content", (found.content,))):
        for span in spans:
            if home.span.start <= span.start and span.end <= home.span.end:
                parts.append(
                    Part(role, span.start - home.span.start, span.end - home.span.start)  # type: ignore[arg-type]
                )
            else:
                line = case.edition.line_of(span.start)
                words = " ".join(case.edition.words(span).split())
                outside.append(f"The {role} stands elsewhere, in line {line}: “{words}”.")
    if not found.cues:
        outside.append("There is no cue: the post speaks for itself.")
    assert outer <= home.span.start
    return draw_anatomy(sentence, parts, outside)


def certainty_grid(
    case: Case, passages: str | Sequence[str], *, first_only: bool = False
) -> Picture:
    """How sure each voice is of each sentence that the passages put forward.

    ``first_only`` takes one sentence of each passage and leaves out its other readings.
    """
    names = [passages] if isinstance(passages, str) else list(passages)
    shown: list[Proposition] = []
    for name in names:
        stances = [stance for found in attributions_of(case, name) for stance in found.stances]
        for stance in stances[:1] if first_only else stances:
            voices = []
            for voice_id, word in stance.values.items():
                voice = case.edition.voices[voice_id]
                strength, side = CERTAINTIES[word]
                voices.append(Sureness(voice.label, voice.mark, word, strength, side, voice.colour))
            shown.append(Proposition(stance.proposition, tuple(voices)))
    return draw_certainty_grid(shown)
