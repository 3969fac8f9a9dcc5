"""The form in a notebook: an anywidget that hands every answer to Python and shows the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from ..feedback import words as general_words
from . import css, esm

__all__ = ["ExerciseForm"]


class ExerciseForm(anywidget.AnyWidget):
    """One exercise to be answered by mouse, finger or keyboard.

    ``commit`` takes an answer, keeps it, and returns the feedback as a plain record. ``answer``
    and ``feedback`` are the last ones, so that a form drawn again shows where its learner is.
    ``tell`` keeps which words told the learner, and ``told`` are those kept before.
    """

    _esm = esm()
    _css = css()
    face = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    answer = traitlets.Any(allow_none=True, default_value=None).tag(sync=True)
    hints = traitlets.Int(0).tag(sync=True)
    told: traitlets.List[Any] = traitlets.List(allow_none=True, default_value=None).tag(sync=True)

    def __init__(
        self,
        face: Mapping[str, Any],
        commit: Callable[[object], dict[str, Any]],
        feedback: Mapping[str, Any] | None = None,
        words: Mapping[str, Any] | None = None,
        answer: object = None,
        tell: Callable[[list[Any]], None] | None = None,
        told: list[Any] | None = None,
    ) -> None:
        super().__init__(
            face=dict(face),
            words=dict(general_words() if words is None else words),
            feedback=None if feedback is None else dict(feedback),
            answer=answer,
            told=told,
        )
        self._commit = commit
        self._tell = tell
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        """Act on a message from the form; one that is not ours to read changes nothing."""
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "hint":
            self.hints = min(self.hints + 1, len(self.face.get("hints", ())))
        elif kind == "commit" and isinstance(message, dict) and "answer" in message:
            self._answer(message["answer"])
        elif kind == "told" and isinstance(message, dict) and self._tell:
            quotations = message.get("quotations")
            if isinstance(quotations, list):
                self._tell(quotations)
                self.told = quotations
        else:
            self._reply(self._apology())

    def _answer(self, value: object) -> None:
        try:
            feedback = self._commit(value)
        except Exception:  # a fault in a check is ours: it is said kindly and costs no try
            feedback = self._apology()
        else:
            self.answer = value
        self._reply(feedback)

    def _reply(self, feedback: dict[str, Any]) -> None:
        self.feedback = feedback
        # The trait alone would say nothing when the same feedback comes twice.
        self.send({"type": "feedback", "feedback": feedback})

    def _apology(self) -> dict[str, Any]:
        nothing = {"score": 0.0, "points": 0.0, "best": 0.0, "tries": 0}
        return {
            **nothing,
            "tries_left": self.face.get("tries", 0),
            "closed": False,
            "part": "",
            "worked": None,
            "because": None,
            "alternatives": [],
            "told": [],
            "code": None,
            **(self.feedback or {}),
            "exercise": self.face.get("id", ""),
            "verdict": "unanswered",
            "reply": self.words["ui"]["fault"],
        }
