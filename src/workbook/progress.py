"""A learner's progress as a value with faces: plain text, Markdown and HTML.

What a page says with links (``forms/progress.js``) is said here with what to type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, NamedTuple

from .feedback import Verdict, markdown_safe, words
from .growth import chapter_name, quoted, say_growth
from .judging import fill
from .sums import STATES, ChapterSum, Part, Sums

__all__ = ["Progress"]


class _Block(NamedTuple):
    """A heading, or a sentence with what is listed below it."""

    role: Literal["title", "heading", "sentence"]
    said: str
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What is done, what to come back to and what has changed; ``keyed`` if answers are marked."""

    parts: Sequence[Part]
    sums: Sums
    keyed: bool

    def _blocks(self) -> Iterator[_Block]:
        said, sums = words()["progress"], self.sums
        yield _Block("title", said["title"])
        if not sums.answered:
            yield _Block("sentence", said["empty"])
            if sums.next:
                yield _Block("sentence", f"{self._begin('begin', sums.next)}: {_typed(sums.next)}")
            return
        yield _Block("sentence", self._over_all())
        if sums.next:
            yield _Block("sentence", f"{self._begin('go on', sums.next)}: {_typed(sums.next)}")
        yield _Block("heading", said["chapters"], [*map(self._row, self.parts, sums.chapters)])
        yield _Block("heading", said["back"])
        back = {"due": sums.due, "open": sums.open, "ended": sums.ended if self.keyed else ()}
        for name, exercises in back.items():
            if exercises:
                listed = [f"{self._title(one)}: {_typed(one)}" for one in exercises]
                yield _Block("sentence", said[name], listed)
        if not any(back.values()):
            yield _Block("sentence", said["back none"])
        if self.keyed:
            told = say_growth(self.parts, sums)
            about = said["changed about" if told else "changed later"]
            yield _Block("heading", said["changed"])
            yield _Block("sentence", about, told)

    def _over_all(self) -> str:
        said, sums = words()["progress"], self.sums
        numbers = {"n": str(sums.answered), "all": str(sums.all)}
        if not self.keyed:
            return fill(said["recorded"], numbers)
        whole = "answered all" if sums.answered == sums.all else "answered"
        counted = [*_counted(sums.counts), fill(said["tries"], {"n": str(sums.tries)})]
        return f"{fill(said[whole], numbers)} {'; '.join(counted)}."

    def _row(self, part: Part, chapter: ChapterSum) -> str:
        said = words()["progress"]
        name = chapter_name(part)
        of = fill(said["of"], {"n": str(chapter.answered), "all": str(len(chapter.stands))})
        counted = "; ".join(_counted(chapter.counts)) if self.keyed else ""
        row = f"{name[:1].upper()}{name[1:]}: {of}" + (f" ({counted})" if counted else "")
        return f"{row}. {self._begin('next', chapter.next)}" if chapter.next else row

    def _begin(self, sentence: str, exercise: str) -> str:
        return fill(words()["progress"][sentence], {"title": self._title(exercise)})

    def _title(self, exercise: str) -> str:
        titles = {one.face["id"]: one.face["title"] for p in self.parts for one in p.questions}
        return quoted(titles[exercise])

    def text(self) -> str:
        """Plain text, for terminal and screen reader."""
        return "\n".join(map(_plain, self._blocks()))

    def markdown(self) -> str:
        """Markdown, for print."""
        return "\n\n".join(map(_markdown, self._blocks()))

    def html(self) -> str:
        """HTML for a notebook's output; everything in it is escaped."""
        return f'<div class="wb-progress">{"".join(map(_html, self._blocks()))}</div>'

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/plain": self.text(),
            "text/markdown": self.markdown(),
            "text/html": self.html(),
        }


def _typed(exercise: str) -> str:
    return f"ask.{exercise}.answer(...)"


def _counted(counts: Mapping[Verdict, int]) -> list[str]:
    """How many stand how, in words; what there is none of is not told."""
    said = words()
    told = [(said["verdicts"][state]["word"], counts[state]) for state in STATES if counts[state]]
    return [fill(said["progress"]["count"], {"word": word, "n": str(n)}) for word, n in told]


def _plain(block: _Block) -> str:
    before = "\n" if block.role == "heading" else ""
    return "\n".join([before + block.said, *(f"  - {item}" for item in block.items)])


def _markdown(block: _Block) -> str:
    said = markdown_safe(block.said)
    items = "".join(f"\n- {markdown_safe(item)}" for item in block.items)
    return (said if block.role == "sentence" else f"**{said}**") + (f"\n{items}" if items else "")


def _html(block: _Block) -> str:
    said = escape(block.said)
    said = said if block.role == "sentence" else f"<strong>{said}</strong>"
    items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
    return f"<p>{said}</p>" + (f"<ul>{items}</ul>" if items else "")
