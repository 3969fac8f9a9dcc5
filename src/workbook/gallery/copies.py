"""Copies and their originals: what changed on the way, and what quotation marks promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..case import Case
from ..claims import Drift, Quoted
from ..edition import did_you_mean
from ..figures import Marked, Pair, Picture
from ..figures import drift_alignment as draw_drift_alignment
from ..figures import marks_square as draw_marks_square
from .finding import flat

__all__ = ["drift_alignment", "marks_square"]


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
            flat(drift.original.exact) if drift.original else None,
            flat(drift.copy.exact) if drift.copy else None,
            drift.change,
        )
        for drift in chosen
    ]
    return draw_drift_alignment(pairs, _speaker(case, first.original), _post(case, copied.copy))


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
        words = flat(case.edition.passages[name].exact)
        if any(flag in found.flags for found in several) and not _QUOTED.search(words):
            yield words


def _marked(case: Case, flag: str) -> Iterator[str]:
    """What stands in quotation marks in the passages with this flag; of several, the first."""
    for name, several in case.attributions.items():
        if any(flag in found.flags for found in several):
            stretch = _QUOTED.search(flat(case.edition.passages[name].exact))
            if stretch:
                yield stretch.group()


def _quoted_again(case: Case) -> Iterator[str]:
    """Three words or more in quotation marks that stand in the thread a second time."""
    text = flat(case.edition.text)
    for passage in case.edition.passages.values():
        for stretch in _QUOTED.finditer(flat(passage.exact)):
            inner = stretch.group()[1:-1]
            if inner.count(" ") >= 2 and text.count(inner) > 1:
                yield stretch.group()
