"""For the teacher: which exercise practises what and catches what, and what comes back when.

No answer stands here. All of it is for the teacher's pages; a class gets none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from html import escape

from ..case import Case
from ..exercise import Exercise
from ..misconceptions import MISCONCEPTIONS
from ..objectives import Objective
from ..spacing import RETURNS, returning
from .parts import Part, listed, small, table

__all__ = ["KINDS", "items", "mistakes", "returns", "starters", "weeks"]

KINDS = {
    "choice": "choose one",
    "choices": "choose all that fit",
    "mark": "mark words",
    "chain": "line up voices",
    "order": "put in order",
    "certainty": "how sure, voice by voice",
    "classify": "sort",
    "drift": "compare wordings",
    "number": "work out a number",
    "rate": "six dials",
    "column": "one dial, many passages",
    "matrix": "matrix",
    "provenance": "tree of sources",
    "write": "write",
}
"""What one does in an exercise, by its kind."""

DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}

ALOUD = ("choice", "choices", "mark", "chain", "order")
"""Kinds that a class can answer together: by a show of hands, or by standing in a line."""

_CODES = list(MISCONCEPTIONS)
_ARROW = '<span aria-label="comes back as" role="img">→</span>'

STARTERS = 3
"""How many questions fit into the first five minutes."""


def items(case: Case, keyed: bool) -> list[Part]:
    """A map in the small, then a table for each objective with its exercises."""
    if not keyed or not case.objectives:
        return []
    held = {one.id: _under(case, one) for one in case.objectives.values()}
    rows = [
        (
            "",
            [
                f'<a href="#objective-{one.id}">{escape(one.title)}</a>',
                ", ".join(
                    _lesson(chapter, _number(chapter))
                    for chapter, _ in _by_chapter(case, held[one.id])
                ),
                f"{len(held[one.id])}{small(_levels(case, held[one.id]))}",
                _codes(_most(case, held[one.id])) or "–",
            ],
        )
        for one in case.objectives.values()
    ]
    heads = ("Objective", "Chapters", "Exercises", "Catches most")
    whole = table("The objectives at a glance.", heads, rows)
    return [
        Part(whole),
        *(
            Part(
                f"<p>{escape(one.can)}</p>{_exercises(case, one, held[one.id])}",
                f"objective-{one.id}",
                one.title,
            )
            for one in case.objectives.values()
        ),
    ]


def _exercises(case: Case, objective: Objective, names: Sequence[str]) -> str:
    home = _homes(case)
    rows = [
        (
            "",
            [
                _exercise(case, name),
                _lesson(home[name], _number(home[name])),
                KINDS[case.items[name].kind],
                DIFFICULTY[case.items[name].difficulty],
                _codes(_own(case.items[name])) or "–",
            ],
        )
        for name in names
    ]
    heads = ("Exercise", "Chapter", "What one does", "Difficulty", "Catches")
    caption = f"{_counted(len(names), 'exercise')} for “{escape(objective.title)}”."
    return table(caption, heads, rows, "wb-map")


def mistakes(case: Case, keyed: bool) -> list[Part]:
    """Each likely mistake: what happens in it, what to do in class, which exercises catch it."""
    if not keyed:
        return []
    rows = []
    for code, known in MISCONCEPTIONS.items():
        names = [name for name in _homes(case) if code in _own(case.items[name])]
        where = listed(
            f"Chapter {_number(chapter)}: {', '.join(_exercise(case, name) for name in here)}"
            for chapter, here in _by_chapter(case, names)
        )
        caught = _folded(_counted(len(names), "exercise"), where) if names else "none"
        head = f"{code}{small(known.name)}"
        rows.append((f"mistake-{code.lower()}", [head, escape(known.lesson), caught]))
    heads = ("Mistake", "What to do in class", "Caught by")
    return [Part(table("The likely mistakes, by their codes.", heads, rows, "wb-wide"))]


def weeks(case: Case, keyed: bool) -> list[Part]:
    """A plan to print: for each chapter the lesson, its first five minutes, the work at home."""
    if not keyed:
        return []
    rows = []
    used: set[str] = set()
    for number, (chapter, names) in enumerate(case.chapters.items(), 1):
        chosen = starters(case, chapter, used)
        used.update(chosen)
        back = len(_back(case, chapter))
        rows.append(
            (
                f"week-{number}",
                [
                    f"Week {number}",
                    f"{_number(chapter)}. {_lesson(chapter)}",
                    listed(_exercise(case, name) for name in chosen)
                    if chosen
                    else "nothing to come back to yet",
                    f"{len(names)} new{small(f'{back} may come back' if back else '')}",
                    '<span class="wb-by-hand"></span>',
                ],
            )
        )
    heads = ("Week", "Lesson", "The first five minutes", "Exercises", "Your date")
    return [Part(table("One chapter a week.", heads, rows, "wb-weeks"))]


def starters(case: Case, chapter: str, used: Collection[str] = ()) -> list[str]:
    """Questions to begin the lesson of a chapter with, of those that may come back in it.

    All can be answered together in class, and none is of a chapter still to be taught: where a twin
    is, the question itself is asked once more. Those in ``used`` come last. Where something comes
    back from two chapters, both have a turn.
    """
    home, order = _homes(case), list(case.chapters)
    here = order.index(chapter)
    turns: dict[str, list[str]] = {}
    for name, twin in _back(case, chapter):
        asked = twin if order.index(home[twin]) < here else name
        turn = turns.setdefault(home[name], [])
        if case.items[asked].kind in ALOUD and asked not in turn:
            turn.append(asked)
    queues = [
        sorted(turns[one], key=lambda asked: (asked in used, asked in case.chapters[one]))
        for one in sorted(turns, key=order.index, reverse=True)
    ]
    chosen: list[str] = []
    while len(chosen) < STARTERS and any(queues):
        for queue in queues:
            if queue and len(chosen) < STARTERS:
                chosen.append(queue.pop(0))
    return chosen


def returns(case: Case, keyed: bool) -> list[Part]:
    """For each chapter what may be due again there: what was answered, and its twin."""
    if not keyed:
        return []
    home, order = _homes(case), list(case.chapters)
    rows = []
    for at, chapter in enumerate(order):
        back = _back(case, chapter)
        if not back:
            continue
        cells = [f"{_number(chapter)}. {_lesson(chapter)}"]
        for since in RETURNS:
            source = order[at - since] if since <= at else ""
            pairs = [(name, twin) for name, twin in back if home[name] == source]
            where = listed(
                f"{_exercise(case, name)} {_ARROW} {_exercise(case, twin)} "
                f"(chapter {_number(home[twin])})"
                for name, twin in pairs
            )
            head = f"{len(pairs)} from chapter {_number(source)}"
            cells.append(_folded(head, where) if pairs else "–")
        rows.append((f"back-in-{chapter}", cells))
    if not rows:
        return []
    heads = ("In chapter", *(f"From {since} chapters before" for since in RETURNS))
    caption = "What was answered, the question that it comes back as, and where that one stands."
    return [Part(table(caption, heads, rows, "wb-wide"))]


def _back(case: Case, chapter: str) -> list[tuple[str, str]]:
    """What may come back in a chapter: (what was answered, its twin)."""
    found = returning(case.items, case.chapters, chapter)
    return [(name, twin) for name, (_, twin) in found.items()]


def _under(case: Case, objective: Objective) -> list[str]:
    home = _homes(case)
    return [name for name in home if objective.holds(case.items[name], home[name])]


def _homes(case: Case) -> dict[str, str]:
    """The chapter of each exercise, in the order of the book."""
    return {name: chapter for chapter, names in case.chapters.items() for name in names}


def _by_chapter(case: Case, names: Sequence[str]) -> list[tuple[str, list[str]]]:
    wanted = set(names)
    found = [(chapter, [n for n in here if n in wanted]) for chapter, here in case.chapters.items()]
    return [(chapter, here) for chapter, here in found if here]


def _own(item: Exercise) -> list[str]:
    """The codes of the likely mistakes that an exercise has a reply for, in their order."""
    said = {mistake.code for mistake in item.mistake}
    return [code for code in MISCONCEPTIONS if code in said]


def _most(case: Case, names: Iterable[str]) -> list[str]:
    """The three codes that these exercises have replies for most often."""
    found = Counter(code for name in names for code in _own(case.items[name]))
    return sorted(found, key=lambda code: (-found[code], _CODES.index(code)))[:3]


def _exercise(case: Case, name: str) -> str:
    return f'<a href="wb:exercise#{name}">{escape(case.items[name].title)}</a>'


def _lesson(chapter: str, label: str = "") -> str:
    """The way to a chapter's lesson; without a label of ours it goes by its own title."""
    return f'<a href="wb:lesson#{chapter}">{label}</a>'


def _folded(summary: str, held: str) -> str:
    return f'<details class="wb-folded"><summary>{summary}</summary>{held}</details>'


def _number(chapter: str) -> str:
    return chapter.lstrip("0") or chapter


def _levels(case: Case, names: Iterable[str]) -> str:
    found = Counter(DIFFICULTY[case.items[name].difficulty] for name in names)
    return ", ".join(f"{found[word]} {word}" for word in DIFFICULTY.values() if found[word])


def _codes(codes: Iterable[str]) -> str:
    return " ".join(
        f'<a class="wb-code" href="#mistake-{code.lower()}" '
        f'title="{escape(MISCONCEPTIONS[code].name)}">{code}</a>'
        for code in codes
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
