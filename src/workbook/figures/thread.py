"""The thread as a strip: how long each post is, where the text has holes, what was pasted in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lettering import in_words, lines_of, stop, width_of
from .paper import INK, LETTER, LINE, MARGIN, NORMAL, PALE_INK, SMALL, WIDTH, colour_of
from .picture import Picture
from .sheet import Sheet


@dataclass(frozen=True, slots=True)
class Hole:
    """A place where the text breaks off or has lost something: after ``at`` words of its post."""

    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Inset:
    """A block of somebody else's print inside a post: from word ``start`` to word ``end``."""

    start: int
    end: int
    label: str
    mark: str
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One post: whose it is, as the other faces of the book show it, and its length in words."""

    label: str
    mark: str
    words: int
    colour: int | None = None
    holes: tuple[Hole, ...] = ()
    insets: tuple[Inset, ...] = ()


BAR = 24.0
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def thread_strip(posts: Sequence[Strip]) -> Picture:
    """Draw a thread from the top down, each post as a bar as long as its words are many.

    A hole in the text is a hatched gap in the bar, with a letter that the list below explains; a
    pasted block is set into the bar, with its own mark.

    Alt text: "Five posts, from the top down. 1: ■ the opening post, 160 words. …"
    """
    if not posts:
        raise ValueError("a thread needs at least one post: `posts` is empty")
    for post in posts:
        if post.words < 1:
            raise ValueError(f"the post of “{post.label}” has no words: `words` is {post.words}")
    sheet, y = Sheet(), float(MARGIN)
    scale = (WIDTH - 2 * MARGIN - 2) / max(post.words for post in posts)
    letters = iter(LETTERS * 9)
    notes: list[tuple[str, str]] = []
    for post in posts:
        name = f"{post.mark} {post.label}"
        sheet.write(MARGIN, y, name, NORMAL, bold=True)
        beside = MARGIN + width_of(name, NORMAL, bold=True) + 8
        sheet.write(beside, y + 1.2, f"{post.words} words", SMALL, PALE_INK)
        y += LINE * NORMAL
        y = _bar(sheet, post, y + 1, scale, letters, notes)
    if notes:
        y = sheet.write(MARGIN, y + 2, "Where the text has holes", SMALL, bold=True)
        for letter, what in notes:
            sheet.write(MARGIN + 2, y, letter, SMALL, bold=True)
            room = WIDTH - 2 * MARGIN - 16
            y = sheet.write(MARGIN + 16, y, lines_of(what, room, SMALL), SMALL, PALE_INK)
    return sheet.done(
        y + MARGIN, _alt(posts), ("Post", "Voice", "Words", "Pasted block", "Holes"), _rows(posts)
    )


def _bar(
    sheet: Sheet,
    post: Strip,
    y: float,
    scale: float,
    letters: Iterator[str],
    notes: list[tuple[str, str]],
) -> float:
    colour, width = colour_of(post.colour), post.words * scale
    sheet.block(MARGIN, y, width, BAR, fill=colour, edge=colour)
    for inset in post.insets:
        left = MARGIN + inset.start * scale
        wide = (inset.end - inset.start) * scale
        edge = colour_of(inset.colour)
        sheet.block(left, y + 3, wide, BAR - 6, fill=LETTER, edge=edge, line=2)
        sheet.beside(left + 5, y + BAR / 2, inset.mark)
    below = y + BAR + 3
    last = -99.0
    for hole in post.holes:
        letter = next(letters)
        x = MARGIN + hole.at * scale
        left = min(max(x - 3, MARGIN), MARGIN + width - 6)
        sheet.block(left, y - 1, 6, BAR + 2, fill=LETTER, edge=INK, line=0.9, hatch="//////")
        last = max(left, last + 9)
        sheet.write(last, below, str(letter), SMALL, bold=True)
        notes.append((str(letter), stop(f"{hole.what[:1].upper()}{hole.what[1:]}")))
    y = below + (LINE * SMALL if post.holes else 0)
    for inset in post.insets:
        said = f"{inset.mark} {inset.label}, {inset.end - inset.start} words"
        left = min(MARGIN + inset.start * scale, WIDTH - MARGIN - width_of(said, SMALL))
        if not post.holes:
            sheet.line([(left + 4, y - 6), (left + 4, y)], PALE_INK)
        y = sheet.write(max(MARGIN, left), y, said, SMALL)
    return y + 7


def _alt(posts: Sequence[Strip]) -> str:
    count = "One post." if len(posts) == 1 else f"{in_words(len(posts))} posts, from the top down."
    told = [count]
    for i, post in enumerate(posts, 1):
        told.append(f"{i}: {post.label}, {post.words} words.")
        for inset in post.insets:
            long = inset.end - inset.start
            told.append(f"Inside it {long} words of {inset.label}, from word {inset.start + 1} on.")
        told += [f"After word {hole.at}: {stop(hole.what)}" for hole in post.holes]
    return " ".join(told)


def _rows(posts: Sequence[Strip]) -> list[tuple[str, ...]]:
    return [
        (
            str(i),
            f"{post.mark} {post.label}",
            str(post.words),
            "; ".join(
                f"{inset.mark} {inset.label}: words {inset.start + 1} to {inset.end}"
                for inset in post.insets
            ),
            "; ".join(f"after word {hole.at}: {hole.what}" for hole in post.holes),
        )
        for i, post in enumerate(posts, 1)
    ]
