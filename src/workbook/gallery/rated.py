"""Ratings of passages: as the workbook reads them, as a learner rated them, as a class did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from numpy.typing import ArrayLike

from ..agreement import AgreementError
from ..agreement import headline as agreement_headline
from ..case import Case
from ..edition import did_you_mean
from ..evidence import BLIND, DIALS, LEVELS, Level, reach, rubric, spoken, verdict
from ..figures import Agreed, Picture, Profile, Reading, Reveal, Shift, Spread
from ..figures import agreement_dots as draw_agreement_dots
from ..figures import class_bars as draw_class_bars
from ..figures import profile_strips as draw_profile_strips
from ..figures import reveal_slopes as draw_reveal_slopes
from ..figures.lettering import shortened
from ..kinds.column import ColumnExercise
from ..kinds.rate import RateExercise
from .finding import flat

__all__ = ["agreement_dots", "class_bars", "profile_strips", "reveal_slopes"]

_PASSAGE, _CLAIM = 90, 120
"""Characters of a passage and of a claim over a strip; the alt text has the same."""

_SIMULATED = "Simulated class: made by a program, no learner rated here."


def profile_strips(case: Case, ratings: Mapping[str, Mapping[str, Any]] | None = None) -> Picture:
    """A strip for each rated passage, its six dials in order.

    ``ratings`` has for exercises of the kind *rate* a whole answer, all six dials in it; whatever
    else an answer has is passed over. Without it, the workbook's own readings of all of them.
    """
    items = _items(case)
    if ratings is None:
        return draw_profile_strips([_ours(case, item) for item in items.values()], _labels())
    return draw_profile_strips(
        [_theirs(case, _item(items, name), answer) for name, answer in ratings.items()], _labels()
    )


def _items(case: Case) -> dict[str, RateExercise]:
    items = {one.id: one for one in case.items.values() if isinstance(one, RateExercise)}
    if not items:
        raise ValueError("this case has no exercise of the kind `rate`, so no passage is rated")
    return items


def _item(items: Mapping[str, RateExercise], name: str) -> RateExercise:
    if name not in items:
        near = did_you_mean(name, items) or f"; there are: {', '.join(items)}"
        raise ValueError(f"this case has no exercise `{name}` of the kind `rate`{near}")
    return items[name]


def _labels(names: Sequence[str] = DIALS) -> dict[str, str]:
    return {dial.id: dial.label for dial in rubric() if dial.id in names}


_MARKS = "“”\"' "


def _words(case: Case, passage: str) -> str:
    words = flat(case.edition.passages[passage].exact).strip(_MARKS)
    return f"“{shortened(words, _PASSAGE)}”"


def _claim(case: Case, item: RateExercise) -> str:
    words = flat(item.wording or case.claims[item.claim].text).strip(_MARKS)
    return f"“{shortened(words, _CLAIM)}”"


def _ours(case: Case, item: RateExercise) -> Profile:
    readings = {
        dial: Reading(*item.reading[dial].level, item.reading[dial].cannot_tell) for dial in DIALS
    }
    ends = reach({dial: item.reading[dial].level for dial in DIALS})
    return Profile(
        _words(case, item.passage),
        _claim(case, item),
        readings,
        f"{spoken(*ends)} (the workbook’s reading)",
    )


def _theirs(case: Case, item: RateExercise, answer: Mapping[str, Any]) -> Profile:
    levels = {dial: _level(item, dial, answer) for dial in DIALS}
    readings = {dial: Reading.of(level) for dial, level in levels.items()}
    return Profile(_words(case, item.passage), _claim(case, item), readings, verdict(levels))


def _level(item: RateExercise, dial: str, answer: Mapping[str, Any]) -> Level:
    if dial not in answer:
        raise ValueError(f"the rating of `{item.id}` has no level for the dial `{dial}`")
    level = answer[dial]
    if isinstance(level, bool) or level not in LEVELS:
        said = f"the rating of `{item.id}` sets `{dial}` to {level!r}"
        raise ValueError(f"{said}; a level is 0, 1, 2 or 3, or “N”")
    return level  # type: ignore[no-any-return]


Answers = Sequence[Mapping[str, Any]]
"""One person's answers to an exercise of the kind *rate*, in the order of their coming."""


def reveal_slopes(
    case: Case, ratings: Mapping[str, Answers | Sequence[Answers]], *, simulated: bool = False
) -> Picture:
    """What changed in the dials that are set of the words alone, once voice and chain were shown.

    ``ratings`` has for exercises of the kind *rate* one person's answers, in order, or a list of
    such answers, one entry a person. Of each person count the first answer given of the words alone
    and the last that is whole; whoever has not both is passed over.
    """
    items, reveals = _items(case), []
    for name, given in ratings.items():
        item = _item(items, name)
        people = [given] if given and isinstance(given[0], Mapping) else given
        pairs = [pair for one in people for pair in _before_and_after(one)]  # type: ignore[arg-type]
        if not pairs:
            raise ValueError(
                f"nobody rated `{name}` both before and after voice and chain were shown"
            )
        shifts = []
        for dial, label in _labels(BLIND).items():
            moves: dict[tuple[Level, Level], int] = {}
            for before, after in pairs:
                move = _level(item, dial, before), _level(item, dial, after)
                moves[move] = moves.get(move, 0) + 1
            shifts.append(Shift(label, moves))
        reveals.append(Reveal(_words(case, item.passage), _claim(case, item), shifts))
    return draw_reveal_slopes(reveals, _SIMULATED if simulated else "")


def _before_and_after(answers: Answers) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    blind = [one for one in answers if set(one) == set(BLIND)]
    whole = [one for one in answers if set(one) >= set(DIALS)]
    if blind and whole:
        yield blind[0], whole[-1]


def class_bars(
    case: Case,
    item: str,
    counts: Mapping[str, Mapping[str, int] | Sequence[int]],
    *,
    simulated: bool = False,
) -> Picture:
    """How a class's levels spread on each dial of an exercise, or on each passage of a column.

    ``counts`` has for each dial (for a column: each passage) how many gave each level: by its name,
    ``{"0": 2, "N": 1}``, or as five numbers, 0 to 3 and N. The picture says so where they are
    ``simulated``.
    """
    asked = case.items.get(item)
    if not isinstance(asked, RateExercise | ColumnExercise):
        known = [
            one.id for one in case.items.values() if isinstance(one, RateExercise | ColumnExercise)
        ]
        near = did_you_mean(item, known)
        raise ValueError(f"this case has no exercise `{item}` that rates passages on dials{near}")
    if isinstance(asked, ColumnExercise):
        rows = {name: _words(case, name) for name in asked.passages}
        title = f"{_labels([asked.dial])[asked.dial]}: {asked.title}"
    else:
        rows, title = _labels(), asked.title
    for name in counts:
        if name not in rows:
            raise ValueError(f"`{item}` rates no `{name}`{did_you_mean(name, rows)}")
    spreads = [
        Spread(label, _five(item, name, counts[name]))
        for name, label in rows.items()
        if name in counts
    ]
    return draw_class_bars(spreads, title, _SIMULATED if simulated else "")


def _five(
    item: str, name: str, counts: Mapping[str, int] | Sequence[int]
) -> tuple[int, int, int, int, int]:
    levels = [str(level) for level in LEVELS]
    if isinstance(counts, Mapping):
        for level in counts:
            if level not in levels:
                known = ", ".join(levels)
                raise ValueError(
                    f"the counts of `{name}` in `{item}` have a level “{level}”; the levels are: "
                    f"{known}"
                )
        counts = [counts.get(level, 0) for level in levels]
    if len(counts) != len(levels):
        raise ValueError(
            f"the counts of `{name}` in `{item}` need five numbers: of the levels 0, 1, 2 and 3, "
            "and of “cannot tell”"
        )
    a, b, c, d, unknown = counts
    return a, b, c, d, unknown


def agreement_dots(
    case: Case,
    ratings: Mapping[str, ArrayLike],
    *,
    draws: int = 1000,
    simulated: bool = False,
) -> Picture:
    """How far a class agrees, with intervals.

    ``ratings`` has for each dial, or for each exercise that rates, a table of levels: people ×
    passages, NaN where there is no level and for “cannot tell”. Under 5 people or 10 passages a
    sentence stands in the place of a figure.
    """
    labels, rows = _labels(), []
    for name, table in ratings.items():
        if name not in labels and name not in case.items:
            near = did_you_mean(name, [*labels, *case.items])
            raise ValueError(f"`{name}` is no dial and no exercise of this case{near}")
        label = labels.get(name) or case.items[name].title
        try:
            found = agreement_headline(table, categories=(0, 1, 2, 3), draws=draws)
        except AgreementError as error:
            raise ValueError(f"the ratings of `{name}` cannot be compared: {error}") from error
        rows.append(
            Agreed(label, found.raters, found.units, found.alpha, found.gwet, found.sentence)
        )
    return draw_agreement_dots(rows, _SIMULATED if simulated else "")
