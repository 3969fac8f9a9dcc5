"""The pictures of a case: takes a case, picks what a picture needs, and has ``figures`` draw it.

Importing this room imports matplotlib.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import msgspec
from msgspec import Struct

from .attribution import CERTAINTIES, Attribution
from .case import Case
from .claims import Drift, Quoted, roots
from .edition import Post, Span, Voice, did_you_mean, tokenise
from .facts import Execution
from .figures import (
    Branch,
    Hole,
    Inset,
    Layer,
    Marked,
    Pair,
    Part,
    Picture,
    Proposition,
    Rate,
    Said,
    Stage,
    Stop,
    Strip,
    Sureness,
    Window,
)
from .figures import anatomy as draw_anatomy
from .figures import argument_map as draw_argument_map
from .figures import certainty_grid as draw_certainty_grid
from .figures import drift_alignment as draw_drift_alignment
from .figures import envelopes as draw_envelopes
from .figures import executions_per_day as draw_executions_per_day
from .figures import marks_square as draw_marks_square
from .figures import provenance_tree as draw_provenance_tree
from .figures import thread_strip as draw_thread_strip
from .figures import travel as draw_travel

__all__ = [
    "anatomy",
    "argument_map",
    "certainty_grid",
    "drift_alignment",
    "envelopes",
    "executions_per_day",
    "marks_square",
    "provenance_tree",
    "thread_strip",
    "travel",
]

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


def _attributions(case: Case, passage: str) -> tuple[Attribution, ...]:
    if passage not in case.attributions:
        near = did_you_mean(passage, case.attributions)
        raise ValueError(f"this case has no passage `{passage}`{near}")
    return case.attributions[passage]


def _attribution(case: Case, passage: str, which: int) -> Attribution:
    found = _attributions(case, passage)
    if not 0 <= which < len(found):
        raise ValueError(
            f"passage `{passage}` has {len(found)} attribution{'s' if len(found) != 1 else ''}, "
            f"counted from 0; there is no {which}"
        )
    return found[which]


def _voices(case: Case, chain: Sequence[str]) -> list[Voice]:
    return [case.edition.voices[name.removesuffix("?")] for name in chain]


def envelopes(
    case: Case, passage: str, attribution: int = 0, *, does: Sequence[str] = (), letter: str = ""
) -> Picture:
    """The chain of one attribution as envelopes within envelopes.

    ``does`` says for each voice of the chain, outermost first, what it does; ``letter`` gives the
    words in the inmost envelope. Without them, the mode of each link and the attribution's content.
    """
    found = _attribution(case, passage, attribution)
    voices = _voices(case, found.chain)
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
    found = _attribution(case, passage, attribution)
    home = case.edition.passages[passage]
    outer = min(home.span.start, found.content.start)
    sentence = case.edition.words(home.span)
    parts: list[Part] = []
    outside: list[str] = []
    for word in source or [voice.label for voice in _voices(case, found.chain)]:
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
        stances = [stance for found in _attributions(case, name) for stance in found.stances]
        for stance in stances[:1] if first_only else stances:
            voices = []
            for voice_id, word in stance.values.items():
                voice = case.edition.voices[voice_id]
                strength, side = CERTAINTIES[word]
                voices.append(Sureness(voice.label, voice.mark, word, strength, side, voice.colour))
            shown.append(Proposition(stance.proposition, tuple(voices)))
    return draw_certainty_grid(shown)


def drift_alignment(case: Case, ids: Sequence[str] | None = None) -> Picture:
    """The original beside the copy, phrase by phrase.

    ``ids`` chooses pairs of ``drift.toml``. Without it: the copy's first way through the original,
    from its first phrase until it turns back for more, and then what the same post added.
    """
    if not case.drift:
        raise ValueError("this case lays no copy beside its original: it has no drift.toml")
    known = {drift.id: drift for drift in case.drift}
    for name in ids or ():
        if name not in known:
            raise ValueError(f"drift.toml has no pair `{name}`{did_you_mean(name, known)}")
    chosen = [known[name] for name in ids] if ids is not None else _first_way(case)
    first = next(drift for drift in chosen if drift.original)
    copied = next((drift for drift in chosen if drift.copy), first)
    pairs = [
        Pair(
            _flat(drift.original.exact) if drift.original else None,
            _flat(drift.copy.exact) if drift.copy else None,
            drift.change,
        )
        for drift in chosen
    ]
    return draw_drift_alignment(pairs, _speaker(case, first.original), _post(case, copied.copy))


def _flat(words: str) -> str:
    return " ".join(words.split())


def _post(case: Case, quoted: Quoted | None) -> str:
    if quoted is None:
        return "the copy"
    post = case.edition.posts[case.edition.passages[quoted.passage].post]
    return case.edition.voices[post.voice].label


def _speaker(case: Case, quoted: Quoted | None) -> str:
    """Whose print a quotation is: the voice that the post quotes there, or else the post's own."""
    if quoted is None:
        return "the original"
    found = case.attributions[quoted.passage][0]
    if found.modes[0] == "quotes" and len(found.chain) > 1:
        return case.edition.voices[found.chain[1].removesuffix("?")].label
    return _post(case, quoted)


def _first_way(case: Case) -> list[Drift]:
    """Pairs as long as the originals move on, and then the additions in the same post."""
    way: list[Drift] = []
    for drift in case.drift:
        if drift.original is None:
            continue
        if way and way[-1].original and drift.original.span.start < way[-1].original.span.start:
            break
        way.append(drift)
    copies = [drift.copy for drift in way if drift.copy]
    post = case.edition.passages[copies[0].passage].post if copies else ""
    passages = case.edition.passages
    return way + [
        drift
        for drift in case.drift
        if drift.original is None and drift.copy and passages[drift.copy.passage].post == post
    ]


_QUOTED = re.compile(r"""["“][^"“”]+["”]|(?<!\w)['‘][^'’\n]+['’](?!\w)""")


def marks_square(case: Case) -> Picture:
    """Quotation marks or none, against whether the words stand in the source they point to.

    The examples come from the thread itself and from the flags of its passages, the shortest first.
    """
    quoted = [
        Marked(words, True, True, "quotes to the letter")
        for words in _shortest(_quoted_again(case), 1)
    ]
    not_there = [
        Marked(words, True, False, "not the other side’s words")
        for words in _shortest(_marked(case, "not_in_source"), 3)
    ]
    mocked = [
        Marked(words, True, False, "made up, in mockery")
        for words in _shortest(_marked(case, "mock_quote"), 1)
    ]
    copied = [
        Marked(words, False, True, "copied without a sign")
        for words in _shortest(_flagged(case, "unmarked_copy"), 1)
    ]
    held = [
        Marked(words, False, None, "holds a label at arm’s length")
        for words in _shortest(_flagged(case, "so_called"), 1)
    ]
    retold = [
        Marked(words, False, False, "retold, with a word changed")
        for words in _shortest(_flagged(case, "altered_wording"), 1)
    ]
    return draw_marks_square([*quoted, *not_there, *mocked, *copied, *held, *retold])


def _shortest(words: Iterable[str], count: int) -> list[str]:
    return sorted(dict.fromkeys(words), key=lambda one: (len(one), one))[:count]


def _flagged(case: Case, flag: str) -> Iterator[str]:
    """The passages with this flag that have no quotation marks of their own."""
    for name, several in case.attributions.items():
        words = _flat(case.edition.passages[name].exact)
        if any(flag in found.flags for found in several) and not _QUOTED.search(words):
            yield words


def _marked(case: Case, flag: str) -> Iterator[str]:
    """What stands in quotation marks in the passages with this flag; of several, the first."""
    for name, several in case.attributions.items():
        if any(flag in found.flags for found in several):
            stretch = _QUOTED.search(_flat(case.edition.passages[name].exact))
            if stretch:
                yield stretch.group()


def _quoted_again(case: Case) -> Iterator[str]:
    """Three words or more in quotation marks that stand in the thread a second time."""
    text = _flat(case.edition.text)
    for passage in case.edition.passages.values():
        for stretch in _QUOTED.finditer(_flat(passage.exact)):
            inner = stretch.group()[1:-1]
            if inner.count(" ") >= 2 and text.count(inner) > 1:
                yield stretch.group()


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    passage: str
    exact: str = ""
    says: str = ""


class _Stage(_Words, frozen=True, forbid_unknown_fields=True):
    plank: str = ""
    stated: bool = False
    attack: tuple[_Words, ...] = ()
    undercut: tuple[_Words, ...] = ()


class _Argument(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    stage: tuple[_Stage, ...]


class _Gallery(Struct, frozen=True, forbid_unknown_fields=True):
    argument: tuple[_Argument, ...] = ()


def _authored(case: Case) -> _Gallery:
    path = case.folder / "gallery.toml"
    if not path.is_file():
        raise ValueError("this case has no gallery.toml, in which its arguments are laid out")
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_Gallery)
    except msgspec.MsgspecError as wrong:
        raise ValueError(f"gallery.toml: {wrong}") from None


def argument_map(case: Case, name: str = "", *, warrants: bool = False) -> Picture:
    """An argument of the thread, from its claim down to its evidence.

    ``name`` chooses among the arguments of ``gallery.toml``; without it, the first. ``warrants``
    writes on each missing plank what it would have to say; without it, the plank asks the reader.
    """
    known = {argument.id: argument for argument in _authored(case).argument}
    if not known:
        raise ValueError("gallery.toml lays out no argument; give it an [[argument]]")
    if name and name not in known:
        raise ValueError(f"gallery.toml has no argument `{name}`{did_you_mean(name, known)}")
    stages = known[name or next(iter(known))].stage
    return draw_argument_map(
        [
            Stage(
                _said(case, stage),
                stage.plank if warrants or stage.stated else "",
                stage.stated,
                tuple(_said(case, one) for one in stage.attack),
                tuple(_said(case, one) for one in stage.undercut),
            )
            for stage in stages
        ]
    )


def _said(case: Case, words: _Words) -> Said:
    """Words of a passage with the voice that puts them forward: the one quoted, or the poster."""
    found = _attribution(case, words.passage, 0)
    if words.exact and words.exact not in _flat(case.edition.passages[words.passage].exact):
        raise ValueError(
            f"gallery.toml: “{words.exact}” does not stand in passage `{words.passage}`"
        )
    quoted = found.modes[0] == "quotes" and len(found.chain) > 1
    voice = case.edition.voices[found.chain[1 if quoted else 0].removesuffix("?")]
    said = f"“{words.exact}”" if words.exact else words.says
    return Said(said, voice.label, voice.mark, voice.colour)


def executions_per_day(case: Case) -> Picture:
    """A day's share of the death sentences, year by year and by other windows of time.

    The rate that the thread states is drawn beside them: the largest number that stands before
    “a day” in the thread.
    """
    counts = case.facts.executions
    if not counts:
        raise ValueError("this case counts nothing by the day: it has no facts/executions.csv")
    years = [_window(count) for count in counts if count.kind == "calendar year"]
    others = [count for count in counts if count.kind not in ("calendar year", "ceiling")]
    return draw_executions_per_day(years, _merged(others), _stated(case), _WHY)


_WHY = (
    "Nearly the same number, spread over more days, is fewer a day. A ring is a number still to be "
    "checked; a bar with two ends is a range, and counts other deaths too."
)


def _window(count: Execution) -> Window:
    return Window(
        count.label,
        count.start,
        count.end,
        count.number,
        count.quantity,
        sure=count.confidence == "verified",
    )


def _merged(counts: Sequence[Execution]) -> list[Window]:
    """Windows, with the two ends of an estimate made into one range."""
    made: list[Window] = []
    for count in counts:
        window = _window(count)
        if count.kind == "estimate":
            label = re.sub(r",? (low|high) end$", "", count.label)
            window = replace(window, label=label, wider=True)
            if made and made[-1].label == label:
                made[-1] = replace(made[-1], high=count.number)
                continue
        made.append(window)
    return made


def _stated(case: Case) -> Rate | None:
    """The largest number a day that the thread states, with its voice."""
    best: Rate | None = None
    for match in re.finditer(r"(\d[\d,]*)[^.\n]{0,40}? a day", case.edition.text):
        per_day = float(match.group(1).replace(",", ""))
        post = next(
            post
            for post in case.edition.posts.values()
            if post.span.start <= match.start() < post.span.end
        )
        label = case.edition.voices[post.voice].label
        if best is None or per_day > best.per_day:
            best = Rate(per_day, f"{label} says")
    return best


_SIDES = {"for": 1, "weakly for": 1, "against": -1, "weakly against": -1}


def provenance_tree(case: Case, question: str = "") -> Picture:
    """The testimonies on one question, each traced to the roots that it goes back to.

    ``question`` is an id of ``testimonies.toml``; without it, the first.
    """
    if not case.questions:
        raise ValueError("this case weighs no testimonies: it has no testimonies.toml")
    if question and question not in case.questions:
        near = did_you_mean(question, case.questions)
        raise ValueError(f"testimonies.toml has no question `{question}`{near}")
    asked = case.questions[question or next(iter(case.questions))]
    branches = [
        Branch(
            testimony.title,
            weight.says,
            _SIDES.get(weight.says, 0),
            tuple(sorted(_name(case, root) for root in roots(testimony.id, case.testimonies))),
        )
        for testimony in case.testimonies.values()
        for weight in testimony.weight
        if weight.question == asked.id
    ]
    return draw_provenance_tree(asked.text, branches)


def _name(case: Case, root: str) -> str:
    """The first words of what a root is: its name, without what is told of it."""
    what = case.roots[root].what if root in case.roots else case.testimonies[root].title
    return re.split(r"[,:.]| who | that ", what)[0].strip()


def travel(case: Case) -> Picture:
    """The passage's way through time, from what happened to the copy that this case holds."""
    if not case.travel:
        raise ValueError("this case tells of no passage's way: it has no travel.toml")
    return draw_travel(
        [
            Stop(
                _when(step.when), step.what, step.medium, step.filter, step.confidence == "verified"
            )
            for step in case.travel
        ]
    )


_MONTHS = "January February March April May June July August September October November December"


def _when(date: str) -> str:
    """1938/1945 as 1938–1945, ../1998 as “up to 1998”, 2019/.. as “from 2019”, and 2019-01."""
    start, _, end = date.partition("/")
    if start == "..":
        return f"up to {_day(end)}"
    if end == "..":
        return f"from {_day(start)}"
    return f"{_day(start)}–{_day(end)}" if end else _day(start)


def _day(date: str) -> str:
    year, *rest = date.split("-")
    month = f"{_MONTHS.split()[int(rest[0]) - 1]} " if rest else ""
    return f"{int(rest[1])} {month}{year}" if len(rest) > 1 else f"{month}{year}"
