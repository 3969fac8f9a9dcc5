"""What is known from outside the thread: counts a day, sources, and a passage's travels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..case import Case
from ..claims import roots
from ..edition import did_you_mean
from ..facts import Execution
from ..figures import Branch, Fate, Picture, Rate, Stop, Window
from ..figures import committee_fates as draw_committee_fates
from ..figures import executions_per_day as draw_executions_per_day
from ..figures import provenance_tree as draw_provenance_tree
from ..figures import travel as draw_travel

__all__ = [
    "committee_fates",
    "executions_per_day",
    "provenance_tree",
    "stated_a_day",
    "travel",
]


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
    return draw_executions_per_day(years, _merged(others), stated_a_day(case), _WHY)


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


def stated_a_day(case: Case) -> Rate | None:
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


def committee_fates(case: Case, name: str = "") -> Picture:
    """How the lives of a committee's members ended, member by member.

    ``name`` is a ``[[committee]]`` of ``gallery.toml``; without it, the first.
    """
    members, known = case.facts.committee, case.arranged.committees
    if not members or not known:
        raise ValueError(
            "this case tells of no committee: it needs facts/central_committee_1917.csv and a "
            "[[committee]] in gallery.toml"
        )
    if name and name not in known:
        near = did_you_mean(name, known)
        raise ValueError(f"gallery.toml has no committee `{name}`{near}")
    shown = known[name or next(iter(known))]
    fates = [
        Fate(one.name, one.died, one.manner, one.killed_by_state, one.confidence == "verified")
        for one in members
    ]
    return draw_committee_fates(
        shown.title,
        shown.since,
        fates,
        shown.shade if shown.shade != (0, 0) else None,
        shown.shade_label,
    )
