"""The points of an nbgrader assignment: what its test cells call.

nbgrader runs a notebook in the teacher's environment, where the keys are, and takes the number that
a test cell ends with. The number is found here as ``workbook grade`` finds it: from the record and
from the answers in the cells. nbgrader clears all outputs before it runs a notebook, and with them
the record that ``ask.hand_in()`` left there; so the notebook is looked up as it was handed in.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from ..ask import Asked, Shown
from ..case import Case
from ..feedback import words
from ..kernel import autograding
from ..layout import Line, as_html, as_text, named
from .bounds import Refused, read_stamped
from .handin import HandIn, understand
from .lines import Said
from .literal import Typed
from .marking import UNKNOWN, UNREAD, Marks, mark
from .replies import in_words, reply_to
from .rules import Policy, RuleError, read_rules
from .scale import Scale

__all__ = ["RULES", "NeedsAPerson", "handed_in", "points"]

RULES = "grading.toml"
"""The teacher's rules; in nbgrader's course folder its further accepted answers count."""

_STEP, _STEP_BEFORE = "autograded", "submitted"
_MOST_FILES = 100


class NeedsAPerson(Exception):
    """Why there is no number. nbgrader shows a failed test, which somebody must look at."""

    def _render_traceback_(self) -> list[str]:
        return ["A person must look at this answer; the reason stands above."]


def points(asked: Asked, out_of: float = 1, policy: Policy = "classroom") -> float | None:
    """The points of one exercise under nbgrader, out of ``out_of``; elsewhere a line and nothing.

    What was answered, and the reply to it, is shown beside the number. An exercise that is noted
    and never marked has no number. Raises ``NeedsAPerson``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader takes any warning for a failed test
        if not autograding():
            _show(Line("sentence", words()["points"]["class"]))
            return None
        try:
            return _points(asked, out_of, policy)
        except (NeedsAPerson, RuleError) as error:
            said = str(error)
        except Exception as error:
            said = (
                f"Counting the points failed through a fault of ours ({type(error).__name__}). "
                "Please mark this answer by hand and tell the makers of this workbook."
            )
        _show(Line("sentence", said))
        raise NeedsAPerson(said)


def _points(asked: Asked, out_of: float, policy: Policy) -> float | None:
    if not isinstance(asked, Asked):
        raise NeedsAPerson(f"The points cannot be counted: {asked!r}")
    name, here = asked.name, Path.cwd()
    if asked.case.compiled[name][1] is None:
        raise NeedsAPerson(
            "The students' package is installed here, and it has no keys. Install the teacher's "
            "into the environment that nbgrader runs in: pip install . in the workbook's folder."
        )
    scale = _scale(asked.case, _rules_of(here), policy)
    whole = handed_in(_as_submitted(here))
    marks = mark(scale, _one(whole, asked, name))
    found = marks.items.get(name)
    if found in (UNREAD, UNKNOWN):
        raise NeedsAPerson(marks.reason)
    if found is None and whole.doubts:
        raise NeedsAPerson(" ".join(whole.doubts))
    _show(*_said(scale, name, marks))
    if found is None:
        return 0
    return None if isinstance(found, str) else found * out_of


def _one(whole: HandIn, asked: Asked, name: str) -> HandIn:
    """What a hand-in says about one exercise.

    The values that the cells gave when they were run take the place of what was read in them: they
    are the same, and there are some where an answer is worked out by a line of Python.
    """
    typed = [Typed(name, value) for value in asked.given]
    typed = typed or [one for one in whole.typed if one.exercise == name]
    records = whole.records
    kept = [place for place, said in enumerate(whole.lines) if said.line.exercise == name]
    return HandIn(
        notebook=True,
        lines=[whole.lines[place] for place in kept],
        times=[whole.times[place] for place in kept],
        typed=typed or [Typed(name, ...)],
        displaced=[one for one in whole.displaced if one.exercise == name],
        records={asked.case.id} if "" in records else records,
    )


@cache
def handed_in(folder: Path) -> HandIn:
    """All notebooks and records in a student's folder, as one hand-in.

    A record beside the notebook has no case of its own, so it stands as ``""`` in ``records``.
    """
    whole = HandIn(notebook=True)
    seen: set[tuple[Said, str]] = set()
    for path in _files(folder):
        try:
            one = understand(path.name, read_stamped(path)[0])
        except Refused as reason:
            whole.doubts.append(f"{path.name}: {reason}")
            continue
        own = list(zip(one.lines, one.times, strict=True))
        for said, time in own:
            if (said, time) not in seen:
                whole.lines.append(said)
                whole.times.append(time)
        seen.update(own)
        whole.typed += one.typed
        whole.displaced += one.displaced
        whole.records |= one.records if one.notebook else {""}
        whole.doubts += one.doubts
    return whole


def _files(folder: Path) -> list[Path]:
    """The notebooks of a folder, then its records."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in (".ipynb", ".jsonl")]
    shown = sorted(path for path in found if not path.name.startswith("."))
    return sorted(shown, key=lambda path: path.suffix.lower() != ".ipynb")[:_MOST_FILES]


def _as_submitted(here: Path) -> Path:
    """The folder as it was handed in of the one that nbgrader runs in; that one if there is none.

    Of a course folder whose steps have other names only the record beside the notebook is found.
    """
    root, below = _course(here)
    submitted = root / _STEP_BEFORE / below
    return submitted if root != here and submitted.is_dir() else here


def _course(here: Path) -> tuple[Path, Path]:
    """The course folder, and the way from the step in it to here."""
    parts = here.parts
    if _STEP not in parts:
        return here, Path()
    at = len(parts) - 1 - parts[::-1].index(_STEP)
    return Path(*parts[:at]), Path(*parts[at + 1 :])


def _rules_of(here: Path) -> Path | None:
    """The teacher's rules; what lies in a student's own folder is none."""
    root = _course(here)[0]
    path = root / RULES
    return path if root != here and path.is_file() else None


_scales: dict[tuple[str, Path | None, Policy], Scale] = {}


def _scale(case: Case, rules: Path | None, policy: Policy) -> Scale:
    """The exercises of a case, made ready once in a notebook."""
    at = (case.id, rules, policy)
    if at not in _scales:
        accept = read_rules(rules, case).accept if rules else None
        _scales[at] = Scale(case, accept, policy=policy)
    return _scales[at]


def _said(scale: Scale, name: str, marks: Marks) -> Iterator[Line]:
    """What was answered and the reply."""
    given = [one for one, _ in marks.answers_to(name) if one.answer]
    if not given:
        yield Line("sentence", words()["points"]["none"])
        return
    values = [json.loads(one.answer) for one in given]
    yield from named(words()["points"]["answer"], in_words(scale, name, values[-1]))
    if not scale.case.items[name].noted:
        yield from reply_to(scale, name, values)
    if marks.reason:
        yield Line("sentence", marks.reason)


def _show(*laid: Line) -> None:
    """Show lines below the cell, and not as what it ends with."""
    from IPython import display

    shown = [line for line in laid if line.said]
    html = f'<div class="wb-points">{as_html(shown)}</div>'
    made = Shown({"text/plain": as_text(shown), "text/html": html})
    show: Any = display.display
    show(made)
