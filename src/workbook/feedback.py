"""What an answer earned, in words that survive notebook, page, terminal and print."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from .layout import Line, as_html, as_markdown, as_text, lines, named

__all__ = ["Feedback", "Verdict", "markdown_safe", "words"]

Verdict = Literal["correct", "partly", "not yet", "unanswered", "noted", "recorded"]


@cache
def words() -> dict[str, Any]:
    """The general sentences a learner meets, as kept in ``words.json`` for both languages."""
    loaded: dict[str, Any] = json.loads((files(__package__) / "words.json").read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Feedback:
    """The reply to the last of a learner's answers to one exercise.

    ``score`` is that answer's (0–1), ``points`` what its try earned, ``best`` the most any try
    earned. ``part``, ``worked`` and ``alternatives`` may have several lines, as ``layout`` lays
    them out. ``worked``, ``because`` and ``alternatives`` come only once the exercise is closed:
    answered correctly, or out of tries. ``told`` are the cues of the passage, each with its
    words and their tokens, given once the exercise is solved, when the learner may be asked which
    words told them. ``code`` names the misconception for the teacher's statistics and is never
    shown.
    """

    exercise: str
    verdict: Verdict
    score: float = 0.0
    points: float = 0.0
    best: float = 0.0
    tries: int = 0
    tries_left: int = 0
    closed: bool = False
    reply: str = ""
    part: str = ""
    worked: str | None = None
    because: str | None = None
    alternatives: tuple[str, ...] = ()
    told: tuple[dict[str, Any], ...] = ()
    code: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as a plain record, as the JavaScript twin makes it."""
        return {
            **asdict(self),
            "alternatives": list(self.alternatives),
            "told": list(self.told),
        }

    def lines(self) -> list[Line]:
        """What is said, in order; the role of each line is its part in the reply."""
        said = words()
        verdict = said["verdicts"][self.verdict]
        ui = said["ui"]
        told = [Line("sentence", f"{verdict['mark']} {verdict['word']}", "verdict")]
        told += [Line("sentence", self.reply, "reply")] if self.reply else []
        told += lines(self.part, "part")
        if self.closed:
            standing = ui["closed"].format(points=_number(self.best))
            told.append(Line("sentence", standing, "standing"))
            told += named(ui["worked"], self.worked or "", "worked")
            told.append(Line("sentence", self.because or "", "because"))
            for other in self.alternatives:
                told += named(ui["also"], other, "also")
        elif self.verdict == "noted":
            told += named(ui["worked_noted"], self.worked, "worked") if self.worked else []
            told += [Line("sentence", self.because, "because")] if self.because else []
        elif self.tries:
            standing = ui["tries"].format(tries=self.tries, all=self.tries + self.tries_left)
            told.append(Line("sentence", standing, "standing"))
        return told

    def text(self) -> str:
        """Plain text, for terminal and screen reader."""
        return as_text(self.lines())

    def markdown(self) -> str:
        """Markdown, for print."""
        verdict, *rest = self.lines()
        said = as_markdown(rest, markdown_safe)
        return f"**{verdict.said}**\n\n{said}" if said else f"**{verdict.said}**"

    def html(self) -> str:
        """HTML for a notebook's output; everything in it is escaped."""
        slug = self.verdict.replace(" ", "-")
        inside = as_html(self.lines())
        return f'<div class="wb-feedback wb-{slug}" role="status">{inside}</div>'

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/plain": self.text(),
            "text/markdown": self.markdown(),
            "text/html": self.html(),
        }


def _number(value: float) -> str:
    """At most two decimals, and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def markdown_safe(sentence: str) -> str:
    """A sentence in which Markdown finds no sign of its own."""
    for sign in "\\`*_<>[]#":
        sentence = sentence.replace(sign, "\\" + sign)
    return sentence
