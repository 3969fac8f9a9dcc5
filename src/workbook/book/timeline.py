"""The timeline: what happened, part by part, and what waits until a claim has been decided."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ..case import Case
from ..facts import TimelineEvent
from .parts import Part, shown_date, small, table
from .tables import basis

__all__ = ["span_of", "timeline"]


def timeline(case: Case, keyed: bool) -> list[Part]:
    """A table for each part of the timeline.

    An event that settles a claim is folded up behind a link to the claim; without the key it is
    left out, and the page says how many are.
    """
    numbers = {name: number for number, name in enumerate(case.claims, 1)}
    shown = [event for event in case.facts.timeline if keyed or not event.settles]
    made = []
    for title, held in groupby(shown, key=lambda event: event.part):
        events = list(held)
        rows = [
            (
                f"event-{event.order}",
                [
                    shown_date(event.when),
                    _told(event, numbers),
                    basis(case, event.confidence, event.source),
                ],
            )
            for event in events
        ]
        filled = table(f"What happened, {span_of(events)}.", ("When", "What", "How we know"), rows)
        name = f"dates-{events[0].order}"
        heading = f"{title}, {span_of(events)}" if title else ""
        made.append(Part(filled, name if heading else "", heading, ("wb-dates",)))
    waiting = len(case.facts.timeline) - len(shown)
    if waiting:
        what = "1 event waits" if waiting == 1 else f"{waiting} events wait"
        made.append(Part(f"<p>{what}: a claim hangs on it that your class is still to judge.</p>"))
    return made


def span_of(events: Sequence[TimelineEvent]) -> str:
    """The years of some events, such as “1937–1938”."""
    first = min(event.start.year for event in events)
    last = max(event.end.year for event in events)
    return f"{first}–{last}" if first != last else f"{first}"


def _told(event: TimelineEvent, numbers: dict[str, int]) -> str:
    said = f"{escape(event.event)}.{small(event.note)}"
    if not event.settles:
        return said
    claims = " and ".join(
        f'<a href="wb:claims#claim-{escape(name)}">claim {numbers[name]}</a>'
        for name in event.settles
    )
    return (
        f'<p class="wb-waits">Decide on {claims} first. Then open this.</p>'
        f'<details class="wb-fold"><summary>What happened</summary><div>{said}</div></details>'
    )
