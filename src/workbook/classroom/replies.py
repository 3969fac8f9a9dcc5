"""A page for each student: their own answers, the replies to them, and what to do next.

A page is made from one student's hand-ins and from nothing else of the class. ``feedback.csv`` says
which page is whose.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..evidence import NO_FIND, UNKNOWN, rubric
from ..feedback import words
from ..judging import Misread, judge, read_answer
from ..layout import Line, as_html, named
from .gradebook import Sheet, number, safe
from .label import LABEL
from .marking import NOTED, UNREAD
from .marking import UNKNOWN as UNKNOWN_CLICKS
from .page import page, text
from .rules import Given
from .scale import Scale
from .standing import Handed, Standing, Standings

__all__ = ["FEEDBACK", "LISTED", "Replies", "in_words", "reply_to"]

FEEDBACK, LISTED = "feedback", "feedback.csv"

_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")
_OURS = re.compile(r"student-[a-z0-9.-]{1,80}\.html")
_NEXT = 3
"""Exercises to go back to; more would be a list and no plan."""


class Replies:
    """The pages of a class in the making. They take the place of earlier ones all at once."""

    def __init__(
        self,
        out: Path,
        folder: Path,
        scale: Scale,
        standings: Standings,
        given: Given,
        simulated: bool = False,
    ) -> None:
        self.path = out / FEEDBACK
        self.scale = scale
        self.given = given
        self.asked = standings.asked
        self.simulated = simulated
        self._part = folder / FEEDBACK
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir()
        self._sheet = Sheet(out / LISTED)
        self._sheet.add(["student", "name", "page"])
        self._reply = lru_cache(maxsize=20_000)(self._reply_to)

    def add(
        self, person: Sequence[str], key: str, handed: Sequence[Handed], found: Standing
    ) -> None:
        """One student's page; none for somebody who handed in nothing."""
        if not handed:
            return
        name = f"student-{_file_name(key)}.html"
        title = f"Your answers: {self.scale.case.title}"
        made = page(title, self._body(title, person[1] or key, key, handed, found))
        (self._part / name).write_text(made, "utf-8", newline="\n")
        self._sheet.add([safe(key), safe(person[1]), f"{FEEDBACK}/{name}"])

    def _body(
        self, title: str, name: str, key: str, handed: Sequence[Handed], found: Standing
    ) -> Iterator[str]:
        yield f"<h1>{text(title)}</h1>\n<p>For {text(name)}</p>"
        if self.simulated:
            yield f'<p class="label">{text(LABEL)}</p>'
        if found.percent is not None and found.points is not None:
            of = number(found.possible or 0)
            yield f"<p>Points: {text(number(found.points))} of {text(of)}.</p>"
        else:
            yield "<p>There are no points yet. Your teacher will look at what you handed in.</p>"
        if found.reason:
            yield f"<p>What your teacher was told of it: {text(found.reason)}</p>"
        yield from self._next(found)
        for chapter, names in self.scale.chapters.items():
            here = [n for n in names if n in self.asked and n in found.items]
            if here:
                yield f"<h2>Chapter {int(chapter)}</h2>"
                for one in here:
                    yield self._item(one, key, handed, found)

    def _next(self, found: Standing) -> Iterator[str]:
        """What to do next, from this student's own answers."""
        yield "<h2>What to do next</h2>"
        steps = []
        if UNKNOWN_CLICKS in found.items.values():
            steps.append(
                "If you clicked answers together in forms, hand in your record too, the file "
                "answers.jsonl: it did not come with the notebook, so nobody knows what you chose."
            )
        unread = [n for n in self.asked if found.items.get(n) == UNREAD]
        if unread:
            steps.append(
                f"An answer to {self._names(unread)} could not be read. Give it again, and hand in."
            )
        low = [
            (points, place, name)
            for place, name in enumerate(self.asked)
            if isinstance(points := found.items.get(name), float | int) and points < 1
        ]
        for points, _, name in sorted(low)[:_NEXT]:
            how = "not there yet" if points == 0 else "there in part, or not at the first try"
            chapter = int(self.scale.chapter_of[name])
            steps.append(
                f"Go back to {self._names([name])} in chapter {chapter}. It was {how}. Read the "
                "reply below first, then the passage once more."
            )
        open_yet = [name for name in self.asked if name not in found.items]
        if open_yet:
            some = self._names(open_yet[:_NEXT])
            more = f", and {len(open_yet) - _NEXT} more" if len(open_yet) > _NEXT else ""
            steps.append(f"Not answered yet: {some}{more}.")
        if not steps:
            steps.append(
                "Every question is answered, and your answers are as we read the thread. Choose "
                "one, and tell somebody which words told you."
            )
        yield "<ul>" + "".join(f"<li>{text(step)}</li>" for step in steps) + "</ul>"

    def _names(self, names: Sequence[str]) -> str:
        titles = (self.scale.case.items[name].title for name in names)
        return ", ".join(title if "“" in title else f"“{title}”" for title in titles)

    def _item(self, name: str, key: str, handed: Sequence[Handed], found: Standing) -> str:
        item = self.scale.case.items[name]
        place = found.source.get(name)
        given = handed[place].marks.answers_to(name) if place is not None else ()
        own = tuple(one.answer for one, _ in given if one.answer)
        reply = self._reply(name, own)
        lines = [f'<section class="item"><h3>{text(item.title)}</h3>', reply]
        points = found.items[name]
        if not isinstance(points, str):
            if f" {number(points)} of 1 point" not in reply:  # the reply says it already
                lines.append(f"<p>{text(number(points))} of 1 point.</p>")
        elif points == UNKNOWN_CLICKS:
            lines.append("<p>What you chose in this form did not come with the notebook.</p>")
        elif points != NOTED:
            lines.append("<p>Your answer could not be read. Your teacher will look at it.</p>")
        if said := self.given.comments.get((safe(key), name), ""):
            lines.append(f"<p>Your teacher writes:</p><blockquote>{text(said)}</blockquote>")
        return "\n".join([*lines, "</section>"])

    def _reply_to(self, name: str, own: tuple[str, ...]) -> str:
        """An exercise, what was answered, and the reply; the same for everybody who answered so."""
        face = self.scale.faces_and_keys[name][0]
        lines = [f'<p class="pale">{text(" ".join(face["prompt"].split()))}</p>']
        answers = [json.loads(one) for one in own]
        for place, value in enumerate(answers, 1):
            which = "Your answer" if len(answers) == 1 else f"Your answer {place}"
            shown = in_words(self.scale, name, value)
            lines.append(f"<p>{which}:</p><blockquote>{text(shown)}</blockquote>")
        if answers:
            lines.append(as_html(reply_to(self.scale, name, answers), text))
        return "\n".join(lines)

    def place(self) -> list[Path]:
        """Put the pages and their list in their places."""
        if self.path.is_dir():
            for old in self.path.iterdir():
                if _OURS.fullmatch(old.name):
                    old.unlink()
        self.path.mkdir(exist_ok=True)
        for new in sorted(self._part.iterdir()):
            new.replace(self.path / new.name)
        self._sheet.place()
        return [self._sheet.path]

    def close(self) -> None:
        """Take away what was not put in its place."""
        self._sheet.close()
        shutil.rmtree(self._part, ignore_errors=True)


def _file_name(key: str) -> str:
    """A student's id as part of a file's name, on every system; two ids never give one name."""
    if _PLAIN.fullmatch(key) and not key.endswith("."):
        return key
    made = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12]
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower())[:40].strip("-")
    return f"{plain}--{made}" if plain else f"-{made}"


def reply_to(scale: Scale, name: str, answers: Sequence[Any]) -> list[Line]:
    """The reply to a learner's answers to an exercise, now that they are graded, line by line.

    As the classroom edition counts there are no tries: the last answer gets a reply, and the worked
    answer with it.
    """
    face, key = scale.faces_and_keys[name]
    in_class = scale.policy == "classroom" and not scale.case.items[name].noted
    reply = judge(face, key, answers[-1:] if in_class else answers)
    if not in_class or reply.closed:
        return reply.lines()
    # It was handed in to be graded, so it is closed now.
    worked = named(words()["ui"]["worked"], key["worked"])
    return [*replace(reply, tries=0).lines(), *worked, Line("sentence", key["because"])]


def in_words(scale: Scale, name: str, value: Any) -> str:
    """An answer as its learner would say it."""
    item = scale.case.items[name]
    face = scale.faces_and_keys[name][0]
    if isinstance(value, str) and item.noted:
        return value
    try:
        read_answer(face, value)
        if not item.noted:
            return item.worked(value, scale.case.edition)
    except (Misread, LookupError, TypeError, ValueError, AttributeError):
        pass
    return "\n".join(_lines(value, _labels(face)))


def _labels(face: Mapping[str, Any]) -> dict[str, str]:
    """What the parts of an answer are called where the learner met them."""
    found = {dial.id: dial.label for dial in rubric()}
    found |= {"because": "Why", "confidence": "How sure (in %)", "find": "What would help"}
    found |= {"before": "Before", "after": "After", "cells": "The matrix"}
    found |= {"opposite": "The case against it", UNKNOWN: "cannot tell"}
    if face.get("finds"):
        found[NO_FIND] = "none of the finds"
    for part in ("rows", "columns", "finds", "values"):
        for one in face.get(part) or ():
            found[one["id"]] = one.get("label", one["id"])
    return found


def _lines(value: Any, labels: Mapping[str, str], before: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lines(inner, labels, f"{before}{labels.get(name, name)}: ")
    elif isinstance(value, list):
        yield before + ", ".join(
            labels.get(one, one) if isinstance(one, str) else json.dumps(one) for one in value
        )
    elif isinstance(value, str):
        yield before + labels.get(value, value)
    else:
        yield before + json.dumps(value)
