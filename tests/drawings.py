"""One small drawing of every kind from invented data, the same whatever a case says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from workbook.agreement import Estimate
from workbook.evidence import rubric
from workbook.figures import (
    Agreed,
    Branch,
    Cell,
    Fate,
    Hole,
    Inset,
    Layer,
    Marked,
    Pair,
    Part,
    Picture,
    Profile,
    Proposition,
    Rate,
    Reading,
    Reveal,
    Said,
    Shift,
    Spread,
    Stage,
    Step,
    Stop,
    Strip,
    Sureness,
    Told,
    Walk,
    Window,
    agreement_dots,
    anatomy,
    argument_map,
    certainty_grid,
    class_bars,
    committee_fates,
    counts,
    drift_alignment,
    envelopes,
    executions_per_day,
    marks_square,
    matrix,
    profile_strips,
    provenance_tree,
    reveal_slopes,
    rule_walk,
    thread_strip,
    travel,
    years_between,
)

DIALS = {dial.id: dial.label for dial in rubric()}


def _readings(*levels: object) -> dict[str, Reading]:
    readings = [
        Reading(*one) if isinstance(one, tuple) else Reading.of(one)  # type: ignore[arg-type]
        for one in levels
    ]
    return dict(zip(DIALS, readings, strict=True))


def _profile_strips() -> Picture:
    return profile_strips(
        [
            Profile(
                "“Two pilots recalled that the captain called the channel safe”",
                "“The captain called the channel safe.”",
                _readings(2, 1, (1, 2), 3, "N", (0, 1, True)),
                "low to moderate",
            ),
            Profile(
                "“He declared it safe, and that speaks for itself”",
                "“The captain called the channel safe.”",
                _readings(3, 0, 0, (1, 3), 0, 1),
                "very low",
            ),
            Profile(
                "“The harbour book has it: channel closed, 3 May”",
                "“The channel was closed in May.”",
                _readings(3, 3, 3, 2, 2, 2),
                "high",
            ),
            Profile("“It is known”", "“The buoys were old.”", _readings(0, 0, 0, "N", "N", "N")),
        ],
        DIALS,
    )


def _reveal_slopes() -> Picture:
    return reveal_slopes(
        [
            Reveal(
                "“Two pilots recalled that the captain called the channel safe”",
                "“The captain called the channel safe.”",
                [
                    Shift("Fit", {(2, 2): 9, (3, 2): 4, (2, 1): 3, (1, 2): 2, ("N", 2): 1}),
                    Shift("Faithfulness", {(3, 3): 2, (3, 1): 8, (2, 0): 5, (2, 3): 3, (1, 1): 1}),
                ],
            ),
            Reveal(
                "“It is known”",
                "“The buoys were old.”",
                [Shift("Fit", {(1, 0): 1}), Shift("Faithfulness", {(2, 2): 1})],
            ),
        ],
        "Simulated class",
    )


def _class_bars() -> Picture:
    return class_bars(
        [
            Spread("Fit", (2, 5, 9, 4, 1)),
            Spread("Closeness", (0, 12, 8, 0, 1)),
            Spread("Traceability", (21, 0, 0, 0, 0)),
            Spread("Faithfulness", (1, 1, 9, 9, 1)),
            Spread("Independence", (0, 0, 0, 0, 21)),
            Spread("Circumstances", (0, 0, 1, 18, 2)),
        ],
        "What the pilots recalled",
        "Simulated class",
    )


def _agreement_dots() -> Picture:
    return agreement_dots(
        [
            Agreed(
                "Fit", 20, 12, Estimate(0.61, 0.42, 0.75, 1000), Estimate(0.7, 0.55, 0.81, 1000)
            ),
            Agreed(
                "Closeness", 20, 12, Estimate(0.05, -0.2, 0.3, 1000), Estimate(0.9, 0.8, 1, 1000)
            ),
            Agreed("Traceability", 4, 12, Estimate(0.9, 0.8, 0.95, 1000), None),
        ],
        "Simulated class",
    )


def _committee_fates() -> Picture:
    return committee_fates(
        "A council elected in 1911",
        1911,
        [
            Fate("Almond", date(1913, 3, 1), "natural", False),
            Fate("Birch", date(1936, 8, 25), "executed", True),
            Fate("Cedar", date(1937, 12, 2), "killed in custody", True, False),
            Fate("Dogwood", date(1940, 1, 2), "assassinated abroad", True, False),
            Fate("Elder", date(1958, 12, 9), "natural", False),
        ],
        (1936, 1938),
        "1936–38",
    )


def _envelopes() -> Picture:
    return envelopes(
        [
            Layer("the blog", "B", "quoted it", 1),
            Layer("a book", "K", "reported it", 2),
            Layer("two pilots", "P", "recalled it", 3),
        ],
        "“The channel is safe.”",
    )


def _thread_strip() -> Picture:
    return thread_strip(
        [
            Strip("the blog", "B", 210, 1, (Hole(90, "the sentence breaks off (line 4)"),)),
            Strip("mudlark", "M", 340, 2, (), (Inset(60, 220, "a book", "K", 3),)),
            Strip("Old Salt", "S", 45, 4),
        ]
    )


def _anatomy() -> Picture:
    sentence = "Two pilots recalled that the captain called the channel safe."
    return anatomy(
        sentence,
        [Part("source", 0, 10), Part("cue", 11, 19), Part("content", 25, 60)],
        ["The post says this in line 3."],
    )


def _certainty_grid() -> Picture:
    return certainty_grid(
        [
            Proposition(
                "the channel was safe",
                (
                    Sureness("the captain", "C", "certain", 3, 1, 1),
                    Sureness("two pilots", "P", "probable", 2, 1, 2),
                    Sureness("mudlark", "M", "certain", 3, -1, 3),
                    Sureness("Old Salt", "S", "not committed", 0, 0, 4),
                ),
            )
        ]
    )


def _drift_alignment() -> Picture:
    return drift_alignment(
        [
            Pair("or left them with that impression", "or conveyed the certainty", "changed"),
            Pair("a so-called fatalist", "a fatalist", "dropped"),
            Pair(None, "the fact that", "added"),
            Pair("the buoys be replaced", "the buoys be replaced", "kept"),
        ],
        "a book",
        "the blog",
    )


def _marks_square() -> Picture:
    return marks_square(
        [
            Marked("“called the channel safe”", True, True, "quotes to the letter"),
            Marked("“Proof”", True, False, "not the other side’s words"),
            Marked("no doubt from the loss of his brother", False, True, "copied without a sign"),
            Marked("left them with an impression", False, False, "retold, with a word changed"),
        ]
    )


def _argument_map() -> Picture:
    return argument_map(
        [
            Stage(Said("The channel was safe.", "the blog", "B", 1), "What he said was so."),
            Stage(
                Said("The captain said it was.", "the blog", "B", 1),
                "",
                False,
                (Said("He asked for new buoys.", "mudlark", "M", 2),),
                (Said("They forgot what he said.", "mudlark", "M", 2),),
            ),
            Stage(Said("“Two pilots recalled”", "a book", "K", 3)),
        ]
    )


def _executions_per_day() -> Picture:
    return executions_per_day(
        [
            Window("1911", date(1911, 1, 1), date(1911, 12, 31), 40_000, "ships"),
            Window("1912", date(1912, 1, 1), date(1912, 12, 31), 300_000, "ships"),
        ],
        [
            Window("The busy year", date(1912, 1, 1), date(1912, 12, 31), 300_000, "ships"),
            Window(
                "Both years", date(1911, 1, 1), date(1912, 12, 31), 340_000, "ships", 500_000, False
            ),
        ],
        Rate(1000, "the blog says"),
        "More days, fewer a day.",
    )


def _provenance_tree() -> Picture:
    return provenance_tree(
        "Did the captain call the channel safe?",
        [
            Branch("A newspaper", "for", 1, ("the first pilot",)),
            Branch("A second newspaper", "for", 1, ("the first pilot",)),
            Branch("The harbour book", "against", -1, ("the harbour master",)),
        ],
    )


def _travel() -> Picture:
    return travel(
        [
            Stop("1911", "The captain speaks on the quay", "speech", "nobody wrote it down", True),
            Stop("1920", "Two pilots are asked", "memory", "nine years", True),
            Stop("from 2019", "A blog copies it", "blog", "marks are lost", False),
        ]
    )


def _years_between() -> Picture:
    return years_between(
        "From the quay to the blog",
        (1911, 1913),
        [1904, 1909, 1911, 1911, 1911, 1911, 1911, 1912, 1912, 1913, 1931],
        [Told("the harbour book", 1911, 1911), Told("a widow", None, 1940, False)],
        [
            Told("talk on the quay", 1911, 1913),
            Told("what two pilots kept in mind", None, 1950, False),
            Told("a book, by somebody who asked them both", 1952, 1952),
            Told("a scan", 1952, 2019, False),
            Told("a blog", 2019, None),
        ],
        (1901, 2019),
    )


def _matrix() -> Picture:
    against, fits = Cell("inconsistent", decides=True), Cell("consistent")
    return matrix(
        ["He believed it", "It suited him"],
        ["the note", "the buoys", "the brother"],
        [[fits, against, Cell("neither")], [fits, Cell("cannot tell"), Cell("")]],
    )


def _counts() -> Picture:
    rows = [("Right at once", 12), ("A voice in the middle is skipped", 5), ("Something else", 0)]
    return counts("Whose words?", rows, "Simulated class: made by a program.")


def _rule_walk() -> Picture:
    walk = (Step("Fit 3", None), Step("Closeness N", (1, 4)), Step("Traceability 1", (0, 3)))
    return rule_walk(
        [
            Walk("The wrong house", (Step("Fit 0", None),), "not evidence for this claim"),
            Walk("Two pilots", (*walk, Step("Ceiling: Fit 3", (1, 3))), "very low to moderate"),
        ]
    )


DRAWINGS: dict[str, Callable[[], Picture]] = {
    "agreement_dots": _agreement_dots,
    "anatomy": _anatomy,
    "argument_map": _argument_map,
    "certainty_grid": _certainty_grid,
    "class_bars": _class_bars,
    "committee_fates": _committee_fates,
    "counts": _counts,
    "drift_alignment": _drift_alignment,
    "envelopes": _envelopes,
    "executions_per_day": _executions_per_day,
    "marks_square": _marks_square,
    "matrix": _matrix,
    "profile_strips": _profile_strips,
    "provenance_tree": _provenance_tree,
    "reveal_slopes": _reveal_slopes,
    "rule_walk": _rule_walk,
    "thread_strip": _thread_strip,
    "travel": _travel,
    "years_between": _years_between,
}
