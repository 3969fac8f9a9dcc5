"""Binds an exercise to its record and its face: ``case.exercises.some_id.answer(...)``.

The only room that knows all three. ``...`` shows the form; any other value is an answer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from .case import Case
from .classmates import CLASS_FILE, Classmates, read_class
from .edition import did_you_mean
from .feedback import Feedback, words
from .judging import Misread, fill, is_blank, judge, read_answer
from .kernel import autograding, in_kernel, somebody_sits_before_it
from .kinds import KINDS
from .misprints import say_kindly
from .printed import printed
from .progress import Progress
from .record import Record, RecordError, parse_line, recording
from .spacing import due
from .sums import Part, Question, sum_up
from .telling import STAGE, asks_for_words, read_telling, say_telling

__all__ = ["RECORD_MIME", "Ask", "Asked", "Shown"]

RECORD_MIME = "application/vnd.workbook.record+json"
"""Media type under which a notebook's output carries its learner's record."""


class Shown:
    """Something to show in every face: plain text, Markdown, HTML, and whatever else is live."""

    def __init__(self, bundle: Mapping[str, Any]) -> None:
        self._bundle = dict(bundle)

    def __str__(self) -> str:
        return str(self._bundle["text/plain"])

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return self._bundle


class Asked:
    """One exercise, ready to be answered."""

    def __init__(self, ask: Ask, name: str) -> None:
        self._ask = ask
        self._face, key = ask._case.compiled[name]
        self._key = ask._classmates().beside(self._face, key) if self._face.get("dials") else key

    def __repr__(self) -> str:
        return f"{self._face['title']}: {self._face['prompt']}"

    @property
    def name(self) -> str:
        """The exercise's id."""
        return str(self._face["id"])

    @property
    def case(self) -> Case:
        """The case that it belongs to."""
        return self._ask._case

    @property
    def given(self) -> list[Any]:
        """The answers given since the notebook was started, in their order; no blanks."""
        return list(self._ask._given.get(self.name, ()))

    def answer(self, *values: Any) -> Feedback | Shown:
        """Show the form (``...``, or nothing), or give the feedback on a typed answer.

        A typed answer that can be read is kept in the record; the same value again is no new try.
        Nothing a learner types here raises.
        """
        if len(values) > 1:
            return self._unread(words()["ask"]["one value"])
        value = values[0] if values else ...
        if is_blank(value):
            return self._shown()
        feedback = self.commit(value)
        if not (asks_for_words(self._face, feedback) and recording()):
            return feedback
        asked = fill(words()["telling"]["ask"], {"id": self._face["id"]})
        return replace(feedback, reply=f"{feedback.reply} {asked}")

    def words(self, *quotations: Any) -> Feedback:
        """Say which words of the passage told you; noted once the answer was right, not marked.

        Each quotation is words as they stand in the passage, or with ``exact``, ``prefix`` and
        ``suffix`` where they stand there twice. None at all says that you cannot point to any.
        """
        said = words()["telling"]
        try:
            answers = self._ask._answers(self._face)
            if not self._face.get("cued"):
                return self._unread(said["nothing"])
            feedback = judge(self._face, self._key, answers)
            if not asks_for_words(self._face, feedback):
                return self._unread(said["first" if self._key else "first class"])
            self.tell(read_telling(self._face, quotations))
        except (Misread, RecordError) as error:
            return self._unread(str(error))
        sentences = say_telling(self._face, feedback.told, quotations)
        return Feedback(self._face["id"], "noted", reply=" ".join(sentences))

    def tell(self, quotations: list[Any]) -> None:
        """Keep which words told the learner, as they stand in the passage."""
        if recording():
            face = self._face
            question = (face["case"], face["id"], face["revision"])
            self._ask._record.commit(*question, quotations, STAGE, comes_back=True)
            self._ask._renew_hand_in()

    def commit(self, value: Any) -> Feedback:
        """Keep an answer that can be read, then judge it after all earlier ones.

        What goes wrong in keeping is said beside the feedback; what goes wrong in judging is ours,
        and by then the answer is kept. Where nbgrader runs the notebook, the reply is the one that
        a class sees: the verdict comes with the points, once for all answers.
        """
        unkept = ""
        key = None if autograding() else self._key
        if not is_blank(value):
            self._ask._given.setdefault(self.name, []).append(value)
        earlier: list[Any] = []
        try:
            earlier = self._ask._answers(self._face)
            self._ask._keep(self._face, value)
        except RecordError as error:
            unkept = f"{error} "
        try:
            feedback = judge(self._face, key, [*earlier, value])
        except Exception:  # a learner never sees a traceback; the tests of every item do
            return self._unread(unkept + words()["ui"]["fault"])
        return replace(feedback, reply=unkept + feedback.reply)

    def _unread(self, sentence: str) -> Feedback:
        return Feedback(self._face["id"], "unanswered", reply=sentence)

    def _shown(self) -> Shown:
        if os.environ.get("WORKBOOK_FACE") == "book":
            return Shown(_placeholder(self._face))
        bundle: dict[str, Any] = dict(printed(self._face))
        if somebody_sits_before_it():
            bundle |= self._live()
        return Shown(bundle)

    def _tell_quietly(self, quotations: list[Any]) -> None:
        """For the form, which marks only what stands there; what cannot be kept is let go."""
        try:
            self.tell(read_telling(self._face, quotations))
        except (Misread, RecordError):
            return

    def _live(self) -> dict[str, Any]:
        """The clickable form, where a notebook is open in front of somebody."""
        try:
            from .forms.widget import ExerciseForm
        except ImportError:
            return {}  # the notebook extra is not installed: typing is the way in
        earlier = self._ask._answers(self._face)
        form = ExerciseForm(
            dict(self._face),
            lambda value: self.commit(value).as_dict(),
            judge(self._face, self._key, earlier).as_dict() if earlier else None,
            words(),
            earlier[-1] if earlier else None,
            self._tell_quietly,
            self._ask._told(self._face),
        )
        self._ask._forms.append(form)
        made = form._repr_mimebundle_()
        data = made[0] if isinstance(made, tuple) else made
        view = "application/vnd.jupyter.widget-view+json"
        return {view: data[view]} if data and view in data else {}


class Lost:
    """What a mistyped exercise name leads to: a sentence instead of a traceback."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def __repr__(self) -> str:
        return self._sentence

    def answer(self, *_: Any) -> Feedback:
        """Say that there is no such exercise; nothing is kept."""
        return Feedback("", "unanswered", reply=self._sentence)


class Ask:
    """A case's exercises as attributes, and the record their answers go to.

    ``record`` is the path of the record; left out, it is ``answers.jsonl`` in the working folder,
    which for a notebook is the folder it stands in.
    """

    def __init__(self, case: Case, record: Path | None = None) -> None:
        self._case = case
        self._forms: list[object] = []
        self._given: dict[str, list[Any]] = {}
        self._record = Record(record or Path("answers.jsonl"))
        self._hand_in: Any = None
        say_kindly()

    def _classmates(self) -> Classmates:
        """How a class rated, if its file stands beside the record."""
        return read_class(self._record.path.with_name(CLASS_FILE))

    def __getitem__(self, name: str) -> Asked:
        if name not in self._case.items:
            raise KeyError(name)
        return Asked(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._case.items)

    def __len__(self) -> int:
        return len(self._case.items)

    def __getattr__(self, name: str) -> Asked | Lost:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._case.items:
            return self[name]
        near = did_you_mean(name, self._case.items)
        return Lost(f"There is no exercise “{name}”{near or '; Tab after the dot shows them all.'}")

    def __dir__(self) -> list[str]:
        return [*self._case.items, "due", "hand_in", "progress"]

    def due(self, chapter: int | str) -> Shown:
        """The exercises that earlier answers make due in a chapter, and what to type for each."""
        said, known = words()["ask"], self._case.chapters
        name = str(chapter).zfill(2)
        if name not in known:
            found = {"found": str(chapter), "known": ", ".join(known)}
            return Shown(_said(fill(said["due unknown"], found)))
        try:
            lines = self._record.lines() if recording() else []
        except RecordError as error:
            return Shown(_said(str(error)))
        twins = due(self._case.id, self._case.items, known, lines, name)
        if not twins:
            return Shown(_said(fill(said["due none"], {"chapter": name})))
        titles = "; ".join(self._case.compiled[twin][0]["title"] for twin in twins)
        typed = "; ".join(f"ask.{twin}.answer(...)" for twin in twins)
        return Shown(_said(fill(said["due"], {"titles": titles, "typed": typed})))

    def progress(self) -> Progress | Shown:
        """What is done, what to come back to and what has changed, from the record alone."""
        case = self._case
        try:
            lines = self._record.lines() if recording() else []
        except RecordError as error:
            return Shown(_said(str(error)))
        asked = {n: Question(*case.compiled[n], item.twin) for n, item in case.items.items()}
        parts = [Part(name, "", [asked[n] for n in names]) for name, names in case.chapters.items()]
        keyed = any(key is not None for _, key in case.compiled.values())
        return Progress(parts, sum_up(parts, case.id, lines), keyed)

    def _answers(self, face: Mapping[str, Any]) -> list[Any]:
        """The earlier answers to an exercise; none where nothing is recorded."""
        if not recording():
            return []
        return self._record.answers(face["case"], face["id"], face["revision"])

    def _told(self, face: Mapping[str, Any]) -> list[Any] | None:
        """The words that told the learner, as last kept; None where nothing was."""
        if not recording():
            return None
        wanted = (face["case"], face["id"], face["revision"], STAGE)
        kept = [
            line.answer
            for line in self._record.lines()
            if (line.case, line.exercise, line.revision, line.stage) == wanted
        ]
        return kept[-1] if kept and isinstance(kept[-1], list) else None

    def _keep(self, face: Mapping[str, Any], value: Any) -> None:
        """Commit an answer to the record, if it can be read, and renew what ``hand_in`` shows."""
        if not recording() or is_blank(value):
            return
        try:
            read_answer(face, value)
        except Misread:
            return  # the feedback says why, and it costs no try
        kind = KINDS[face["kind"]]
        stage = kind.stage(face, value)
        question = (face["case"], face["id"], face["revision"])
        if self._record.commit(*question, value, stage, comes_back=kind.noted or "keyless" in face):
            self._renew_hand_in()

    def hand_in(self) -> Shown | None:
        """Embed the record in this cell's output, so that the saved notebook alone can be graded.

        In a live notebook the output renews itself with every later answer.
        """
        shown = Shown(self._hand_in_bundle())
        if not in_kernel():
            return shown
        from IPython.display import DisplayHandle

        handle: Any = DisplayHandle
        self._hand_in = handle(display_id=f"workbook-hand-in-{self._case.id}")
        self._hand_in.display(shown)
        return None

    def _renew_hand_in(self) -> None:
        if self._hand_in is not None:
            self._hand_in.update(Shown(self._hand_in_bundle()))

    def _hand_in_bundle(self) -> dict[str, Any]:
        said = words()["hand in"]
        if not recording():
            return _said(said["off"])
        try:
            raw = self._record.raw_lines()
        except RecordError as error:
            return _said(str(error))
        own = [
            line for line in raw if (parsed := parse_line(line)) and parsed.case == self._case.id
        ]
        answered = len({line.exercise for line in map(parse_line, own) if line})
        sentence = said["some" if answered else "none"]
        text = sentence.format(answered=answered, all=len(self._case.items), file=self._record.path)
        embedded = {"format": 1, "case": self._case.id, "lines": own}
        return {**_said(text), RECORD_MIME: embedded}


def _said(sentence: str) -> dict[str, str]:
    return {
        "text/plain": sentence,
        "text/markdown": sentence,
        "text/html": f'<p class="wb-hand-in">{escape(sentence)}</p>',
    }


def _placeholder(face: Mapping[str, Any]) -> dict[str, str]:
    """What a book's cached output holds: id and prompt; ``book.py`` puts in the edition's data."""
    return {
        "text/plain": face["prompt"],
        "text/markdown": face["prompt"],
        "text/html": f'<div class="wb-exercise" data-case="{escape(face["case"])}" '
        f'data-exercise="{escape(face["id"])}"><p>{escape(face["prompt"])}</p></div>',
    }
