"""``report.html``: a class on one page, to read, print or, without names, to show in class.

Beside it ``class.json`` is written, for learners who have rated to see how the class did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..case import Case
from ..classmates import CLASS_FILE
from ..evidence import rubric
from ..misconceptions import MISCONCEPTIONS
from .class_file import write_class_file
from .label import LABEL
from .page import bars, listing, page, stacked, table, text
from .tally import ENOUGH, LOW, MOST_NAMED, Item, Person, Spread, Tally, tally

__all__ = ["REPORT", "class_page", "write_report"]

REPORT = "report.html"

_FEW = 30
"""Below it, what is said of an item says little; as in ``agreement.items``."""

_MARKS = ("0", "1", "2", "3", "?")
_STATUSES = ("graded", "needs a person", "rejected", "absent")


def write_report(
    case: Case,
    out: Path,
    folder: Path,
    chapters: Sequence[str],
    nameless: bool = False,
    simulated: bool = False,
) -> str:
    """Write the report on what stands in ``out``; otherwise a sentence that says why not."""
    path = out / REPORT
    try:
        import duckdb
    except ImportError:
        path.unlink(missing_ok=True)
        return f"{REPORT} needs DuckDB: pip install 'who-says-so[classroom]'."
    try:
        found = tally(case, out, folder, chapters)
    except duckdb.Error as error:
        path.unlink(missing_ok=True)  # an earlier run's would be taken for this one's
        said = str(error).split("\n", 1)[0]
        return f"{REPORT} could not be made ({said}); everything else is written."
    part = out / f".{REPORT}.part"
    part.write_text(class_page(case, found, nameless, simulated), "utf-8", newline="\n")
    part.replace(path)
    if not write_class_file(case, out, found, simulated):
        (out / CLASS_FILE).unlink(missing_ok=True)
    return ""


def class_page(case: Case, found: Tally, nameless: bool = False, simulated: bool = False) -> str:
    """The page. ``nameless`` leaves out every name, number and file of a student."""
    return page(f"Class report: {case.title}", _Report(case, found, nameless, simulated).body())


class _Report:
    def __init__(self, case: Case, found: Tally, nameless: bool, simulated: bool) -> None:
        self.case = case
        self.found = found
        self.nameless = nameless
        self.simulated = simulated
        self.dials = {dial.id: dial.label for dial in rubric()}

    def body(self) -> Iterator[str]:
        yield f"<h1>Class report: {text(self.case.title)}</h1>"
        if self.simulated:
            yield f'<p class="label">{text(LABEL)}</p>'
        if self.nameless:
            yield '<p class="pale">Without names, to be shown in class.</p>'
        yield from self._handed_in()
        yield from self._again()
        yield from self._items()
        yield from self._mistakes()
        yield from self._ratings()
        yield from self._agreement()
        yield from self._help()
        yield '<p class="pale">Nothing that a student wrote was run to make this page.</p>'

    def _handed_in(self) -> Iterator[str]:
        found = self.found
        yield "<h2>Who handed in</h2>"
        counts = [(status, found.statuses.get(status, 0)) for status in _STATUSES]
        whole = max(1, found.students)
        said = "; ".join(f"{status} {count:,}" for status, count in counts)
        yield bars(
            f"{_counted(found.students, 'student')}: {said}.",
            [(status.capitalize(), count / whole, f"{count:,}") for status, count in counts],
        )
        yield table(
            "Students by status",
            ("Status", "Students"),
            [(status, f"{count:,}") for status, count in counts],
            (1,),
        )
        if found.written:
            yield (
                f"<p>Texts that wait for your marks: {found.written:,}. They stand in to_mark.csv."
                "</p>"
            )

    def _again(self) -> Iterator[str]:
        yield "<h2>Where to begin next time</h2>"
        asked = [one for one in self._answered() if one.answered >= ENOUGH]
        hardest = sorted(asked, key=lambda one: one.first or 0.0)[:3]
        if not hardest:
            yield f"<p>No exercise has {ENOUGH} answers yet, so there is nothing to say.</p>"
            return
        yield "<p>The three exercises that fewest had right at their first answer:</p>"
        yield listing(
            f"Chapter {int(one.chapter)}, {_marked(self._title(one.name))}: "
            f"{_percent(one.first)} of {one.answered:,}{self._usual(one)}"
            for one in hardest
        )
        if self.found.codes:
            yield "<p>The likely mistakes met most often, and something to do about each:</p>"
            yield listing(
                f"{MISCONCEPTIONS[code].name} ({_counted(count, 'first answer')}). "
                f"{MISCONCEPTIONS[code].lesson}"
                for code, count in self.found.codes[:3]
            )

    def _answered(self) -> list[Item]:
        return [one for one in self.found.items if one.answered and one.first is not None]

    def _title(self, name: str) -> str:
        return self.case.items[name].title

    def _usual(self, one: Item) -> str:
        if not one.mistakes:
            return "."
        code, count = one.mistakes[0]
        return f". Most often: {_lower(MISCONCEPTIONS[code].name)} ({count:,})."

    def _items(self) -> Iterator[str]:
        yield "<h2>Exercise by exercise</h2>"
        yield (
            "<p>The bar is the share of first answers that were right. “Goes with the rest” is the "
            "correlation with the other exercises, from −1 to 1: near 0 or below, look at the "
            f"wording of the exercise. Under {_FEW} answers, no figure says much.</p>"
        )
        for chapter in dict.fromkeys(one.chapter for one in self.found.items):
            here = [one for one in self.found.items if one.chapter == chapter]
            rows = [(self._title(one.name), one.first, _percent(one.first)) for one in here]
            yield f"<h3>Chapter {int(chapter)}</h3>"
            said = "; ".join(f"{name}: {share}" for name, _, share in rows)
            yield bars(f"Right at the first answer, chapter {int(chapter)}. {said}.", rows)
            yield table(
                f"Chapter {int(chapter)}, exercise by exercise",
                (
                    "Exercise",
                    "Answered",
                    "Right at first",
                    "Right in the end",
                    "Goes with the rest",
                    "Likely mistakes at first",
                ),
                [
                    (
                        self._title(one.name),
                        f"{one.answered:,}" + ("*" if 0 < one.answered < _FEW else ""),
                        _percent(one.first),
                        _percent(one.final),
                        "" if one.tells is None else f"{one.tells:.2f}".replace("-", "−"),
                        "; ".join(
                            f"{MISCONCEPTIONS[code].name}: {count:,}"
                            for code, count in one.mistakes[:3]
                        ),
                    )
                    for one in here
                ],
                (1, 2, 3, 4),
            )
        yield f'<p class="pale">* fewer than {_FEW} answers</p>'

    def _mistakes(self) -> Iterator[str]:
        yield "<h2>Likely mistakes in the whole class</h2>"
        codes = self.found.codes
        if not codes:
            yield "<p>No first answer made one of the mistakes that we expect.</p>"
            return
        most = codes[0][1]
        rows = [(MISCONCEPTIONS[code].name, count / most, f"{count:,}") for code, count in codes]
        said = "; ".join(f"{name}: {count}" for name, _, count in rows)
        yield bars(f"Mistakes in first answers. {said}.", rows)
        yield table(
            f"Mistakes among {_counted(self.found.first_answers, 'first answer')}",
            ("Mistake", "First answers", "Something to do"),
            [
                (MISCONCEPTIONS[code].name, f"{count:,}", MISCONCEPTIONS[code].lesson)
                for code, count in codes
            ],
            (1,),
        )

    def _ratings(self) -> Iterator[str]:
        if not self.found.spreads:
            return
        yield "<h2>How the ratings spread</h2>"
        yield (
            "<p>Ratings are never marked. Each bar is parted by the levels 0 to 3; “?” is “cannot "
            "tell”. A wide spread is something to talk about.</p>"
        )
        for item in dict.fromkeys(spread.item for spread in self.found.spreads):
            here = [one for one in self.found.spreads if one.item == item]
            rows = [(self._dial(one), one.counts) for one in here]
            yield f"<h3>{text(self._title(item))}</h3>"
            said = "; ".join(
                f"{name}: " + ", ".join(f"{m} {n}" for m, n in zip(_MARKS, counts, strict=True))
                for name, counts in rows
            )
            yield stacked(f"Levels given. {said}.", _MARKS, rows)
            yield table(
                f"Levels given: {self._title(item)}",
                ("Dial", "0", "1", "2", "3", "cannot tell"),
                [(name, *(f"{n:,}" for n in counts)) for name, counts in rows],
                (1, 2, 3, 4, 5),
            )
        if self.found.shifts:
            yield "<h3>Before and after voice and chain were shown</h3>"
            moved = [
                (f"{self._title(s.item)}, {self.dials[s.dial]}", (s.down, s.same, s.up))
                for s in self.found.shifts
            ]
            said = "; ".join(f"{name}: {d} down, {s} same, {u} up" for name, (d, s, u) in moved)
            yield stacked(f"Levels that moved. {said}.", ("↓", "=", "↑"), moved)
            yield table(
                "Levels that moved when voice and chain were shown",
                ("Dial", "Down ↓", "Same =", "Up ↑"),
                [(name, *(f"{n:,}" for n in counts)) for name, counts in moved],
                (1, 2, 3),
            )

    def _dial(self, one: Spread) -> str:
        if one.passage:
            words = " ".join(self.case.edition.passages[one.passage].exact.split())
            return f"{self.dials[one.dial]}: “{words}”"
        looks = {"blind": " (words alone)", "revealed": " (voice and chain shown)"}
        return self.dials[one.dial] + looks.get(one.stage, "")

    def _agreement(self) -> Iterator[str]:
        if not self.found.agreed:
            return
        yield "<h2>How far the class agrees</h2>"
        yield (
            "<p>High agreement says that the class reads a dial alike. It does not say that the "
            "class is right.</p>"
        )
        yield table(
            "Agreement, dial by dial",
            ("Dial", "People", "Passages", "What can be said"),
            [
                (self.dials[one.dial], f"{one.raters:,}", f"{one.units:,}", one.sentence)
                for one in self.found.agreed
            ],
            (1, 2),
        )

    def _help(self) -> Iterator[str]:
        found = self.found
        yield "<h2>Who may need you first</h2>"
        rule = (
            f"fewer than {_percent(LOW)} of their first answers right, of at least {ENOUGH} "
            "exercises"
        )
        yield f"<p>{_counted(found.lows, 'student')} had {rule}.</p>"
        if found.low and not self.nameless:
            yield table(
                "Students who may need you first",
                ("Student", "Right at first", "Mistake met most often"),
                [
                    (who.name, who.why, MISCONCEPTIONS[who.status].name if who.status else "")
                    for who in found.low
                ],
            )
            yield _more(found.lows)
        yield "<h2>Hand-ins that need a person</h2>"
        yield f"<p>{_counted(found.looks, 'student')}: something could not be read.</p>"
        if found.look and not self.nameless:
            yield table(
                "Hand-ins that need a person",
                ("Student", "Status", "Reason"),
                [(who.name, who.status, who.why) for who in found.look],
            )
            yield _more(found.looks)
        if found.absent and not self.nameless:
            yield "<h2>Nothing came in from</h2>"
            yield listing(_names(found.absent))
            yield _more(found.statuses.get("absent", 0))


def _marked(title: str) -> str:
    """A title in quotation marks, unless it has its own."""
    return title if "“" in title else f"“{title}”"


def _names(people: Sequence[Person]) -> Iterator[str]:
    return (who.name for who in people)


def _more(count: int) -> str:
    if count <= MOST_NAMED:
        return ""
    return f"<p>And {count - MOST_NAMED:,} more: see students.csv.</p>"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}" + ("" if count == 1 else "s")


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]
