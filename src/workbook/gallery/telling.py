"""When it happened, and when it was told: the years between."""

from __future__ import annotations

from datetime import date

from ..case import Case
from ..figures import Picture, Told
from ..figures import years_between as draw_years_between
from ..reading import period

__all__ = ["years_between"]


def years_between(case: Case) -> Picture:
    """The events of the timeline against the times at which somebody told of them.

    The way of ``travel.toml`` is drawn stage by stage. Its first stage is what the passage speaks
    of; the axis begins with the decade before it, and earlier events are left out.
    """
    if not case.travel or not case.facts.timeline:
        raise ValueError(
            "this case has no years to lay beside each other: it needs travel.toml and "
            "facts/timeline.csv"
        )
    way = [
        _told(step.medium, step.when, step.confidence == "verified")
        for step in sorted(case.travel, key=lambda step: step.order)
    ]
    others = [
        _told(one.title, one.made, one.confidence == "verified")
        for one in case.testimonies.values()
        if one.made
    ]
    first, last = period(case.travel[0].when)
    spoken_of = (first.year, last.year)
    start = (spoken_of[0] - 1) // 10 * 10
    events = [one.start.year for one in case.facts.timeline if one.start.year >= start]
    known = [year for told in (*way, *others) for year in (told.first, told.last) if year]
    end = max(*events, *known)
    return draw_years_between(
        "From what happened to the page in front of us",
        spoken_of,
        events,
        [one for one in others if (one.last or one.first or 0) >= start],
        way,
        (start, end),
    )


def _told(what: str, when: str, sure: bool) -> Told:
    """A telling at a date such as 1938-07, 1938/1945, ../1998 or 2019/.. ."""
    start, end = period(when)
    first = None if start == date.min else start.year
    return Told(what, first, None if end == date.max else end.year, sure)
