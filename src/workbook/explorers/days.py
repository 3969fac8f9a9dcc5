"""How many a day? The answer moves with the window of time over which one spreads a count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..case import Case
from ..figures import Picture, Rate, Window, executions_per_day
from ..gallery.knowledge import executions_per_day as key_states
from ..gallery.knowledge import stated_a_day
from .frame import Explorer

__all__ = ["days", "spread"]

_UNEVEN = (
    "The table counts by years. Inside a year this spreads the count evenly, and it was not even: "
    "most of it fell in the months from August 1937 to November 1938."
)


def days(case: Case) -> Explorer:
    """Drag the first and the last month, and watch the count a day beside the thread's number.

    Raises ``ValueError`` for a case without ``facts/executions.csv``.
    """
    still = key_states(case)
    years = [
        Window(one.label, one.start, one.end, one.number, one.quantity)
        for one in case.facts.executions
        if one.kind == "calendar year"
    ]
    months = _months(years[0].start, years[-1].end)
    said = stated_a_day(case)

    def controls(widgets: Any) -> Mapping[str, Any]:
        options = [(f"{month:%B %Y}", month) for month in months]
        start, end = date(1937, 1, 1), date(1938, 12, 1)
        chosen = (start, end) if start in months and end in months else (months[0], months[-1])
        return {
            "window": widgets.SelectionRangeSlider(
                options=options,
                value=chosen,
                description="From and to",
                continuous_update=False,
                layout={"width": "100%", "max_width": "662px"},
            )
        }

    def follow(window: tuple[date, date]) -> tuple[list[str], Picture]:
        here = spread(years, window[0], _end_of(window[1]))
        whole = {year.start for year in years}, {year.end for year in years}
        sentences = _told(here, said)
        if here.start not in whole[0] or here.end not in whole[1]:
            sentences.append(_UNEVEN)
        return sentences, executions_per_day(years, [here], said)

    return Explorer(still, controls, follow)


def spread(years: list[Window], start: date, end: date) -> Window:
    """The count from ``start`` to ``end``, both counted, with each year's spread over its days."""
    number = 0.0
    for year in years:
        first, last = max(start, year.start), min(end, year.end)
        shared = max(0, (last - first).days + 1)
        number += year.number * shared / year.days
    label = f"{_day(start)} to {_day(end)}"
    return Window(label, start, end, round(number), years[0].quantity)


def _told(here: Window, said: Rate | None) -> list[str]:
    rate, counted = round(here.per_day), f"{here.number:,} {here.quantity}"
    lines = [
        f"{here.label}: {here.days:,} days. The count has {counted} for them.",
        f"That is {rate:,} a day.",
    ]
    if said:
        gap = round(said.per_day) - rate
        stated = f"{said.label} {said.per_day:,.0f} a day"
        if not gap:
            lines.append(f"{stated}: the same.")
        else:
            more = "more" if gap > 0 else "fewer"
            lines.append(f"{stated}: {abs(gap):,} {more} than that.")
    return lines


def _day(one: date) -> str:
    return f"{one.day} {one:%B %Y}"


def _end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _months(start: date, end: date) -> list[date]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1)]
