"""Grade a file or folder of hand-ins; one bad file costs one row.

First every hand-in is read and marked, in the order of names, and ``gradebook.csv`` is written.
Then every student's standing is found from what came in from them. Neither holds a class in
memory: between the two, what was found lies in the store.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

from ..case import Case
from . import work, workers
from .answers import AnswerTable
from .bounds import stamp_of
from .gathering import Gathering, Source, is_report
from .gradebook import Columns, Sheet, absent_row, heading, number, row, safe
from .handin import listed
from .label import is_simulated
from .manifest import read_released
from .marking import UNKNOWN, Marks
from .naming import Who, who
from .progress import progress
from .replies import FEEDBACK, LISTED, Replies
from .report import REPORT, write_report
from .roster import find_learner, find_person, read_roster
from .rules import Given, Policy, RuleError, Rules, chapters_of, read_marks, read_rules, when
from .scale import Scale
from .shapes import StudentSheets
from .standing import Handed, Standings
from .store import Kept, Placed, Store, alone
from .work import Job, Setup, bundles, decode_marks
from .workers import NoWorkers

__all__ = ["GRADEBOOK", "GradeError", "Options", "Summary", "grade"]

GRADEBOOK, COPIES = "gradebook.csv", "copies.csv"
_WRITTEN = (
    GRADEBOOK,
    "students.csv",
    "canvas.csv",
    "moodle.csv",
    "to_mark.csv",
    "changes.csv",
    COPIES,
    "answers.parquet",
    REPORT,
    FEEDBACK,
    LISTED,
)
_KEPT = ".grading"


class GradeError(OSError):
    """Why nothing at all could be graded, in a sentence for the teacher."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command's flags say; ``book/grading.md`` explains each.

    The command writes the class report unless it is told not to; whoever calls ``grade`` asks.
    Without a ``policy`` the best counts, or, in a ``release`` of the classroom edition, the last.
    """

    policy: Policy | None = None
    late: str | None = None
    chapters: str | None = None
    roster: Path | None = None
    config: Path | None = None
    marks: Path | None = None
    jobs: int = 1
    backend: str = "local"
    report: bool = False
    nameless: bool = False
    feedback: bool = False
    release: Path | None = None


@dataclass(slots=True)
class Summary:
    """What was done; prints as a few lines."""

    gradebook: Path
    counts: Counter[str] = field(default_factory=Counter)
    ignored: int = 0
    read: int = 0
    changes: int = 0
    copies: int = 0
    chapters: tuple[str, ...] = ()
    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        absent = self.counts["absent"]
        total = self.counts.total() - absent
        lines = [f"{total} hand-in{'' if total == 1 else 's'}"]
        statuses = ["graded", "needs a person", "rejected", *(["absent"] if absent else [])]
        lines += [f"  {status:<15} {self.counts[status]}" for status in statuses]
        if self.ignored:
            lines.append(f"  Hidden files and folders passed over: {self.ignored}")
        if total > self.read:
            lines.append(
                f"  Not changed since the last time, and not read again: {total - self.read}"
            )
        if self.changes:
            lines.append(
                "  Marks that changed with the key or the rules, listed in changes.csv: "
                f"{self.changes}"
            )
        if self.copies:
            lines.append(
                "  Records that several students handed in, to the byte, listed in copies.csv: "
                f"{self.copies}"
            )
        names = ", ".join(path.name for path in self.written)
        lines += [f"  {note}" for note in self.notes]
        return "\n".join([*lines, f"Written in {self.gradebook.parent}: {names}"])


def grade(case: Case, handins: Path, out: Path, options: Options | None = None) -> Summary:
    """Write a gradebook and the tables beside it in ``out`` for every file at or under ``handins``.

    Raises ``GradeError`` if there is no such file or folder, a rule cannot be followed, or nothing
    can be written.
    """
    if not handins.exists():
        raise GradeError(f"There is no file or folder {handins}.")
    try:
        (out / _KEPT).mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(alone(out / _KEPT))
            for left in (*out.glob(".*.part"), *(out / _KEPT).glob("answers.*")):
                left.unlink(missing_ok=True)  # of a run that was killed
            return _Grading(case, handins, out, options or Options(), stack).run()
    except (RuleError, NoWorkers) as error:
        raise GradeError(str(error)) from error
    except BlockingIOError as error:
        raise GradeError(
            f"Another grading is writing into {out}. Wait until it is done, or name another folder."
        ) from error
    except (OSError, sqlite3.Error) as error:
        said = getattr(error, "strerror", None) or error
        raise GradeError(f"{out / GRADEBOOK} cannot be written: {said}.") from error


class _Grading:
    """One run of the command."""

    def __init__(
        self, case: Case, handins: Path, out: Path, options: Options, stack: ExitStack
    ) -> None:
        self.options = options
        self.out = out
        self.stack = stack
        self.rules = read_rules(options.config, case) if options.config else Rules()
        chosen = chapters_of(case, options.chapters)
        released = read_released(options.release, case) if options.release else None
        if released and chosen is None:
            chosen = tuple(chapter for chapter in case.chapters if chapter in released.chapters)
        usual: Policy = "classroom" if released and released.edition == "classroom" else "best"
        self.policy = options.policy or usual
        self.asked = chosen
        self.setup = Setup(
            str(case.folder.resolve()),
            json.dumps(self.rules.accept),
            tuple(case.chapters) if chosen is None else chosen,
            self.policy,
        )
        self.scale = work.scale_of(case, self.setup)
        self.cutoff = when(options.late) if options.late else None
        self.given = Given()
        if options.marks:
            self.given = read_marks(options.marks, case.items.__contains__)
        self.store = Store(out / _KEPT / "store.sqlite", _state(self.scale, self.setup))
        stack.callback(self.store.close)
        self.listed = read_roster(options.roster, self.store) if options.roster else 0
        self.root = handins.resolve()
        self.simulated = self.root.is_dir() and is_simulated(self.root)
        own = [out.resolve() / name for name in (*_WRITTEN, _KEPT)]
        own += [out.resolve()] if out.resolve() != self.root else []
        if is_report(self.root):  # an earlier report was written among the hand-ins themselves
            own += [self.root / name for name in _WRITTEN]
        self.found = Gathering(self.root, [str(path) for path in own])
        self.summary = Summary(out / GRADEBOOK)
        if released:
            self.summary.notes += released.sentences(case, self.policy)
        self.answered: set[str] = set()
        self.given_out: set[str] = set()  # chapters of notebooks that came back, answered or not

    def run(self) -> Summary:
        """Read, mark and write everything."""
        gradebook = self._sheet(GRADEBOOK)
        self._read_all(gradebook)
        answered = self.answered or self.given_out
        chapters = self.asked or tuple(c for c in self.scale.chapters if c in answered)
        self.summary.chapters = chapters
        if self.answered and not self.asked:
            self.summary.notes.append(
                "Everybody is asked for the chapters in which anybody answered: "
                f"{listed(chapters, 20)}."
            )
        standings = Standings(self.scale, self.rules, self.given, self.policy, chapters)
        students = StudentSheets(self.out, self.scale, standings, self.given, chapters)
        self.stack.callback(students.close)
        answers = AnswerTable(self.out / "answers.parquet", self.out / _KEPT, self.scale)
        self.stack.callback(answers.close)
        replies = None
        if self.options.feedback:
            replies = Replies(
                self.out, self.out / _KEPT, self.scale, standings, self.given, self.simulated
            )
            self.stack.callback(replies.close)
        marked = {student for student, _ in self.given.marks}
        named = {safe(one) for one in (*self.rules.excused, *self.rules.checked)} - {"*"} | marked
        nothing: list[str] = []
        for person, key, handed in self._people():
            if named and (student := safe(key)) in named:
                named.discard(student)
                if student in marked and not handed:
                    nothing.append(student)
            standing = standings.standing(key, handed)
            students.add(person, key, handed, standing)
            answers.add(key, handed, standing)
            if replies:
                replies.add(person, key, handed, standing)
        self._say_who_is_missing(sorted(named), nothing)
        self._list_copies()
        changes = self._sheet("changes.csv")
        self._list_changes(changes)
        gradebook.place()
        self.summary.written = [gradebook.path, *students.place()]
        if missing := answers.place():
            answers.path.unlink(missing_ok=True)  # an earlier run's would be taken for this one's
            self.summary.notes.append(missing)
        else:
            self.summary.written.append(answers.path)
        changes.place()
        self.summary.written.append(changes.path)
        if replies:
            self.summary.written += replies.place()
        self._report(chapters)
        self.store.finish()
        self.summary.ignored = self.found.ignored
        return self.summary

    def _say_who_is_missing(self, named: Sequence[str], nothing: Sequence[str]) -> None:
        """Say whose marks and rules came to nothing: who was mistyped, or handed in nothing."""
        if named:
            self.summary.notes.append(
                f"Your marks or rules name students who are not here: {listed(named)}."
            )
        if nothing:
            self.summary.notes.append(
                "Marks for students who handed in nothing stand in their rows and do not count: "
                f"{listed(nothing)}."
            )

    def _report(self, chapters: tuple[str, ...]) -> None:
        """Write the class report, or take an earlier one away: it would tell of other marks."""
        path = self.out / REPORT
        if not self.options.report:
            path.unlink(missing_ok=True)
            return
        missing = write_report(
            self.scale.case,
            self.out,
            self.out / _KEPT,
            chapters,
            self.options.nameless,
            self.simulated,
        )
        if missing:
            self.summary.notes.append(missing)
        else:
            self.summary.written.append(path)

    def _sheet(self, name: str) -> Sheet:
        sheet = Sheet(self.out / name)
        self.stack.callback(sheet.close)
        return sheet

    def _read_all(self, gradebook: Sheet) -> None:
        """Mark every hand-in and write its row, in the order of names."""
        columns = Columns(self.scale.chapters)
        gradebook.add(heading(columns))
        waiting: deque[tuple[list[Source], dict[str, Kept], list[Job]]] = deque()
        done = workers.run(
            self.setup, self.scale, self._work(waiting), self.options.jobs, self.options.backend
        )
        with progress("hand-ins") as show:
            for results in done:
                sources, known, jobs = waiting.popleft()
                fresh = dict(zip((job.source.name for job in jobs), results, strict=True))
                self.store.keep(fresh.items())
                self.summary.read += len(jobs)
                read = []
                for source in sources:
                    name = source.name
                    marks = decode_marks((fresh.get(name) or known[name]).marks)
                    read.append((name, who(name, self.root.name), marks))
                placed = []
                for (name, one, marks), person in zip(read, self._persons(read), strict=True):
                    late = self._late(one, marks)
                    if not one.student and not one.name and marks.learner:
                        one = one._replace(name=marks.learner)
                    self.summary.counts[marks.status] += 1
                    if not self.answered.issuperset(marks.chapters):
                        self._note_chapters(marks)
                    gradebook.add_row(row(name, one, late, marks, columns))
                    placed.append((name, person, one.order, late))
                self.store.place(placed)
                show(len(sources))
        if self.listed:
            for absent in self.store.absent():
                self.summary.counts["absent"] += 1
                gradebook.add(absent_row(Who(absent[0], absent[1]), columns))

    def _note_chapters(self, marks: Marks) -> None:
        """Note in which chapters anybody has answered: not in all whose notebooks came back."""
        chapter_of = self.scale.chapter_of
        self.given_out.update(marks.chapters)
        self.answered.update(
            chapter_of[name] for name, points in marks.items.items() if points != UNKNOWN
        )

    def _work(
        self, waiting: deque[tuple[list[Source], dict[str, Kept], list[Job]]]
    ) -> Iterator[list[Job]]:
        """Bundles of what must be read; what is known of each bundle goes to ``waiting``."""
        for sources in bundles(self.found):
            earlier = self.store.known([source.name for source in sources])
            known, jobs = {}, []
            for source in sources:
                kept = earlier.get(source.name)
                if kept is None:
                    jobs.append(Job(source))
                    continue
                stamp = source.stamp if source.places else stamp_of(source.path)
                if kept.stamp and stamp == kept.stamp and not source.refused:
                    known[source.name] = kept
                else:
                    jobs.append(Job(source, kept.sha, kept.marks))
            waiting.append((sources, known, jobs))
            yield jobs

    def _late(self, one: Who, marks: Marks) -> bool:
        """Whether the platform says so, or the time in the name or else of the last answer does."""
        if one.late or self.cutoff is None:
            return one.late
        try:
            at = datetime.fromisoformat(one.when or marks.latest).astimezone()
        except (ValueError, OverflowError, OSError):
            return False
        return at > self.cutoff

    def _persons(self, read: Sequence[tuple[str, Who, Marks]]) -> list[int]:
        """The number of whoever handed in each; without a class list everybody named is somebody,
        and nobody is 0.
        """
        if self.listed:
            return [self._on_the_list(*one) for one in read]
        rows: dict[str, tuple[str, ...]] = {}
        for _, one, _ in read:
            if one.student:
                row = (one.student, one.name, "", "", "", "", one.platform)
                rows.setdefault(f"{one.platform}:{one.student}", row)
        people = self.store.people(rows)
        return [people[f"{one.platform}:{one.student}"] if one.student else 0 for _, one, _ in read]

    def _on_the_list(self, name: str, one: Who, marks: Marks) -> int:
        """The number of whoever on the class list handed in; 0 for nobody.

        The platform's word goes first. The name that a learner wrote into the record stands in
        where there is none; where it is another one's on the list, a person must look.
        """
        person = find_person(self.store, one, name)
        learner = find_learner(self.store, marks.learner) if marks.learner else 0
        if person and learner and person != learner:
            _another(marks)
        elif not (person or learner):
            _not_listed(marks)
        return person or learner

    def _people(self) -> Iterator[tuple[tuple[str, ...], str, list[Handed]]]:
        """Each student with all their hand-ins, in the list's order or by id; then the others."""
        order = "person" if self.listed else "id"
        checked_ones = frozenset(self.rules.checked)
        for _, placed in groupby(self.store.by_person(order), key=attrgetter("person")):
            first = next(placed)
            checked = first.row[0] in checked_ones
            handed = [self._handed(p, checked) for p in chain((first,), placed) if p.name]
            yield first.row, first.row[0], handed
        for placed_one in self.store.nobodys():
            name = placed_one.name or ""
            alone = self._handed(placed_one, name in checked_ones)
            if self.listed:
                _not_listed(alone.marks)
            yield ("", alone.marks.learner, *("",) * 5), name, [alone]

    def _handed(self, placed: Placed, checked: bool) -> Handed:
        marks = decode_marks(placed.marks) if placed.marks else Marks("rejected")
        if self.listed and placed.person and marks.learner:
            learner = find_learner(self.store, marks.learner)
            if learner not in (0, placed.person):
                _another(marks)
        counts = checked or self.cutoff is None or not placed.late
        return Handed(placed.name or "", placed.late, marks, counts)

    def _list_copies(self) -> None:
        """Write the records that several students handed in, to the byte; what that means, only a
        teacher can tell. Typed answers without a record may well be the same.
        """
        sheet = self._sheet(COPIES)
        sheet.add(["copy", "student", "name", "hand_in"])
        for sha, name, person, marks in self.store.copied():
            if decode_marks(marks).record:
                who_it_is = self.store.person_row(person)
                sheet.add([sha.hex()[:8], safe(who_it_is[0]), safe(who_it_is[1]), safe(name)])
        self.summary.copies = sheet.rows - 1
        if self.summary.copies:
            sheet.place()
            self.summary.written.append(sheet.path)
        else:
            sheet.path.unlink(missing_ok=True)

    def _list_changes(self, sheet: Sheet) -> None:
        """Every mark that the same file got another of than in the last grading."""
        sheet.add(["student", "hand_in", "item", "before", "after"])
        for name, person, *both in self.store.changed():
            before, after = (decode_marks(marks).items for marks in both)
            student = self.store.person_row(person)[0]
            for item in self.scale.items:
                if item in before and item in after and before[item] != after[item]:
                    shown = [
                        m if isinstance(m, str) else number(m) for m in (before[item], after[item])
                    ]
                    sheet.add([safe(student), safe(name), item, *shown])
                    self.summary.changes += 1


def _another(marks: Marks) -> None:
    said = f"The name in the file is of somebody else on the class list: {marks.learner}."
    if marks.status == "graded":
        marks.status = "needs a person"
    marks.reason = f"{said} {marks.reason}".rstrip()


def _not_listed(marks: Marks) -> None:
    said = "Nobody on the class list fits the name of this file."
    if marks.status == "graded":
        marks.status = "needs a person"
    marks.reason = f"{said} {marks.reason}".rstrip()


def _state(scale: Scale, setup: Setup) -> str:
    """A short name for all that decides marks: the exercises, the rules and this program."""
    made = hashlib.sha256()
    made.update(json.dumps([setup.accept, setup.chapters, setup.policy]).encode())
    made.update(json.dumps(scale.faces_and_keys, sort_keys=True, default=list).encode())
    for path in sorted(_program()):
        made.update(path.read_bytes())
    return made.hexdigest()[:16]


def _program() -> Iterable[Path]:
    root = Path(__file__).parent.parent
    yield from (root / f"{name}.py" for name in ("judging", "record", "scoring"))
    for room in ("classroom", "kinds"):
        yield from (root / room).glob("*.py")
