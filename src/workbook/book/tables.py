"""What is known from outside the thread, as tables: in every row its source, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import cast

from ..case import Case
from ..claims import Proximity, Quoted
from ..facts import Confidence, sources_of
from .parts import Part, line_link, one_line, shown_date, small, table, trust
from .works import cited

__all__ = ["basis", "facts"]

PROXIMITY: dict[Proximity, str] = {
    "witness": "a witness",
    "one_remove": "one step away",
    "several_removes": "several steps away",
    "compiled": "put together from others",
}


def facts(case: Case, keyed: bool) -> list[Part]:
    """Numbers, fates, the passage's travels, testimonies, drift, and tables of the case's own.

    Drift, and who depends on whom, are asked for in exercises: the classroom's edition has neither.
    """
    parts = [
        _executions(case),
        _committee(case),
        _dates(case),
        _travel(case),
        _testimonies(case, keyed),
        _drift(case) if keyed else None,
        *(_other(case, name, rows) for name, rows in case.facts.other.items()),
    ]
    return [part for part in parts if part]


def basis(case: Case, confidence: Confidence, keys: Iterable[str], more: str = "") -> str:
    """How far a row can be trusted, and the works it rests on."""
    source = "; ".join(filter(None, (cited(case, keys), more)))
    return f"{trust(confidence)}<br>{source}"


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", "\u202f")


def _executions(case: Case) -> Part | None:
    counts = case.facts.executions
    if not counts:
        return None
    notes = list(dict.fromkeys(row.caveat for row in counts))
    rows = []
    for row in counts:
        at = notes.index(row.caveat) + 1
        window = f"{shown_date(row.start.isoformat())} to {shown_date(row.end.isoformat())}"
        other = ""
        if row.number_other is not None and row.number_other != row.number:
            other = small(f"In another series: {_count(row.number_other)}.")
        all_of_them = ""
        if row.sentenced_other is not None and row.sentenced_other != row.sentenced:
            all_of_them = small(f"In another series: {_count(row.sentenced_other)}.")
        head = (
            f'{escape(row.label)} <a class="wb-note-mark" href="#count-note-{at}" '
            f'aria-label="Note {at}">{at}</a>{small(f"{window}: {_count(row.days)} days")}'
        )
        cells = [
            head,
            f"{_count(row.number)}{small(row.quantity)}{other}",
            f"{row.per_day:,.1f}",
            f"{_count(row.sentenced)}{all_of_them}",
            basis(case, row.confidence, row.source) + small(row.basis),
        ]
        rows.append((f"count-{row.id}", cells))
    made = table(
        "Death sentences and estimates of deaths, in persons. A rate is the number divided by the "
        "days of the window.",
        ("Window", "Number", "A day", "All sentences", "How we know"),
        rows,
    )
    below = "".join(
        f'<li id="count-note-{at}">{escape(note)}</li>' for at, note in enumerate(notes, 1)
    )
    return Part(f'{made}<ol class="wb-table-notes">{below}</ol>', "executions", "Numbers")


def _committee(case: Case) -> Part | None:
    if not case.facts.committee:
        return None
    rows = []
    for row in case.facts.committee:
        trial = small(f"Trial: {row.trial}.") if row.trial else ""
        cleared = small(f"Cleared: {row.cleared}.") if row.cleared else ""
        cells = [
            escape(row.full_name),
            f"{row.born}–{row.died.year}{small(f'aged {row.age}')}",
            f"{escape(row.detail)}.{small(shown_date(row.died.isoformat()))}{trial}{cleared}"
            f"{small(row.note)}",
            "yes" if row.killed_by_state else "no",
            basis(case, row.confidence, row.source),
        ]
        rows.append(("", cells))
    killed = sum(row.killed_by_state for row in case.facts.committee)
    made = table(
        f"The {len(rows)} full members elected in August 1917, and how each life ended. By this "
        f"count {killed} were killed by the state; where one can count otherwise, the row says so.",
        ("Name", "Life", "The end", "Killed by the state", "How we know"),
        rows,
    )
    return Part(made, "committee", "The Central Committee of 1917")


def _dates(case: Case) -> Part | None:
    """Where the dates are: they have a page of their own."""
    if not case.facts.timeline:
        return None
    where = '<a href="wb:timeline#timeline">a page of their own</a>'
    return Part(f"<p>The dates have {where}.</p>", "timeline", "Dates")


def _travel(case: Case) -> Part | None:
    if not case.travel:
        return None
    rows = []
    for step in case.travel:
        seen = [line_link(case, name) for name in step.passages]
        where = f"in the thread: {', '.join(dict.fromkeys(seen))}" if seen else ""
        cells = [
            f"{step.order}. {shown_date(step.when)}",
            f"{escape(step.what)}{small(_sentence(step.medium))}",
            escape(step.filter),
            basis(case, step.confidence, step.references, where),
        ]
        rows.append((f"step-{step.order}", cells))
    made = table(
        "From what happened to the copy in front of us. Each step can lose something.",
        ("Step", "What happens", "What can be lost or changed", "How we know"),
        rows,
    )
    return Part(made, "travel", "How the passage travelled")


def _sentence(words: str) -> str:
    whole = words[:1].upper() + words[1:]
    return whole if whole[-1] in ".!?" else f"{whole}."


def _testimonies(case: Case, keyed: bool) -> Part | None:
    if not case.testimonies:
        return None
    rows = []
    for one in case.testimonies.values():
        made = small(f"Made: {shown_date(one.made)}.") if one.made else ""
        cells = [
            f"{escape(one.title)}{small(_sentence(PROXIMITY[one.proximity]))}",
            escape(one.what) + (small(f"Careful: {one.caution}") if keyed else ""),
            f"{escape(one.origin)}{made}{small(one.reached_us)}",
        ]
        if keyed:
            cells.append(_leans(case, one.depends_on))
        cells.append(basis(case, one.confidence, one.references))
        rows.append((f"testimony-{one.id}", cells))
    heads = ["Testimony", "What it says", "From whom, and how it came to us"]
    heads += ["Rests on", "How we know"] if keyed else ["How we know"]
    made = table("Statements outside the thread, in our words.", heads, rows)
    begun = ""
    if keyed and case.roots:
        items = "".join(
            f'<li id="root-{root.id}">{escape(root.what)}</li>' for root in case.roots.values()
        )
        begun = (
            "<p>Follow “rests on” upwards and you come to somebody on whose word it all hangs. Two "
            "testimonies that go back to the same word do not confirm each other. These are the "
            f'ones with whom a line begins:</p><ul class="wb-roots">{items}</ul>'
        )
    return Part(f"{made}{begun}", "testimonies", "Testimonies")


def _leans(case: Case, names: Sequence[str]) -> str:
    said = []
    for name in names:
        if name in case.testimonies:
            title = escape(case.testimonies[name].title)
            said.append(f'<a href="#testimony-{name}">{title}</a>')
        else:
            # Whom a root stands for is said before the first comma of its sentence.
            who = case.roots[name].what.partition(",")[0].partition(":")[0].rstrip(".")
            said.append(f'<a href="#root-{name}">{escape(who)}</a>')
    return "; ".join(said) or "nobody else"


def _drift(case: Case) -> Part | None:
    if not case.drift:
        return None
    rows = []
    for one in case.drift:
        cells = [
            _quoted(one.original, "not in the original"),
            _quoted(one.copy, "left out"),
            f"<b>{one.change}</b>{small(one.note)}",
            f"{trust('verified')}<br>both wordings stand in the thread"
            if one.original and one.copy
            else f"{trust('verified')}<br>the wording stands in the thread",
        ]
        places = [
            line_link(case, side.passage) for side in (one.original, one.copy) if side is not None
        ]
        cells[3] += ": " + ", ".join(dict.fromkeys(places))
        rows.append((f"drift-{one.id}", cells))
    made = table(
        "The original beside the copy, phrase by phrase.",
        ("Original", "Copy", "What changed", "How we know"),
        rows,
    )
    return Part(made, "drift", "What changed in copying")


def _other(case: Case, name: str, rows: Sequence[Mapping[str, str]]) -> Part | None:
    """A table of the case's own making, its columns as they are."""
    if not rows:
        return None
    columns = [column for column in rows[0] if column not in ("source", "confidence")]
    filled = [
        (
            "",
            [
                *(escape(row[column]) for column in columns),
                basis(case, cast(Confidence, row["confidence"]), sources_of(row)),
            ],
        )
        for row in rows
    ]
    title = _named(name)
    heads = [*(escape(_named(column)) for column in columns), "How we know"]
    made = table(f"{escape(title)}: each row with its source.", heads, filled)
    return Part(made, f"table-{name}", title)


def _named(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _quoted(words: Quoted | None, absent: str) -> str:
    return f"<q>{escape(one_line(words.exact))}</q>" if words else f"<i>{absent}</i>"
