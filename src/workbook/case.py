"""Load and validate a case folder; say exactly where it is wrong.

A case is a folder of plain text: ``case.toml``, the thread, ``voices.toml`` and ``passages.toml``;
(or ``released.json`` in the place of all TOML files, as a class has it);
and, where it has them, ``text.toml``, ``exercises/*.toml``, ``claims.toml``, ``testimonies.toml``,
``drift.toml``, ``travel.toml``, ``finds.toml``, ``gallery.toml``, ``objectives.toml``,
``facts/*.csv`` and ``references.bib``. Loading gathers every problem before it raises.
``cases/README.md`` tells an author what may stand in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .arranged import Arranged, read_arranged
from .attribution import Attribution
from .claims import Claim, Drift, Question, Root, Step, Testimony, fairness
from .coverage import Bare, Coverage, coverage
from .declared import DeclaredHead
from .edition import Edition, Problem, did_you_mean
from .evidence import Find
from .exercise import AnyExercise, Exercise, ReleasedExercise
from .facts import Facts, read_facts
from .faults import faults, twin_faults
from .judging import Face
from .knowledge import read_keys, read_knowledge
from .loading import EditionReader
from .objectives import Objective, read_objectives, unplaced
from .reading import RELEASED

if TYPE_CHECKING:
    from .ask import Ask

__all__ = ["Case", "CaseError", "built_in_cases", "open_case"]

_NAMED = 5
"""Of items that have the same problem, so many are named."""
_SOME = 3
"""Of so many claims that were decided, one is likely to hold and one to fail."""
_ID = re.compile(r"[a-z][a-z0-9_]*")
_CHAPTER = re.compile(r"\d\d")
_FILES = (
    "case.toml",
    "voices.toml",
    "passages.toml",
    "text.toml",
    "claims.toml",
    "testimonies.toml",
    "drift.toml",
    "travel.toml",
    "finds.toml",
    "gallery.toml",
    "objectives.toml",
)
"""The TOML files that may lie in a case's folder itself."""


class CaseError(ValueError):
    """A case folder that cannot be used, with every problem found in it."""

    def __init__(self, folder: str, problems: Iterable[Problem]) -> None:
        self.folder = folder
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        head = f"{folder}: {count} problem{'s' if count != 1 else ''}"
        super().__init__("\n".join([head, *(f"  {line}" for line in _told(self.problems))]))


def _told(problems: Iterable[Problem]) -> Iterator[str]:
    """A line for each problem; one line for all items of a file that have the same."""
    items: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        items.setdefault((problem.file, problem.said), []).append(problem.item)
    for (file, said), held in items.items():
        more = f" and {len(held) - _NAMED} more" if len(held) > _NAMED + 1 else ""
        shown = held[:_NAMED] if more else held
        yield str(Problem(file, ", ".join(shown) + more, said))


@dataclass(frozen=True)
class Case:
    """A thread with everything the workbook knows of it."""

    id: str
    title: str
    content_note: str
    folder: Path
    edition: Edition
    attributions: Mapping[str, tuple[Attribution, ...]]
    bare: tuple[Bare, ...]
    items: Mapping[str, Exercise]
    chapters: Mapping[str, tuple[str, ...]]
    claims: Mapping[str, Claim]
    testimonies: Mapping[str, Testimony]
    roots: Mapping[str, Root]
    questions: Mapping[str, Question]
    drift: tuple[Drift, ...]
    travel: tuple[Step, ...]
    finds: Mapping[str, Find]
    facts: Facts
    references: tuple[str, ...]
    arranged: Arranged
    objectives: Mapping[str, Objective]

    @cached_property
    def exercises(self) -> Ask:
        """The exercises, ready to be answered: ``case.exercises.some_id.answer(...)``."""
        # The one import against the order of the rooms, and a late one: a case is the door by
        # which learners come in, and what they come in for is bound to record and face by `ask`.
        from .ask import Ask

        return Ask(self)

    @cached_property
    def compiled(self) -> Mapping[str, tuple[Face, Any]]:
        """Face and key of every exercise, by id; where a class has the case, each key is None."""
        return {name: (item.face(self), item.key(self)) for name, item in self.items.items()}

    @cached_property
    def coverage(self) -> Coverage:
        """The thread's sentences, and those that no passage and no entry of ``bare`` covers."""
        return coverage(self.edition, self.bare)

    @cached_property
    def unfinished(self) -> tuple[Problem, ...]:
        """What a finished case has and this one lacks; it opens all the same.

        Every sentence of the thread stands in a passage or is listed. Each post with some claims
        that were decided is judged fairly: something is granted to it, and something is caught; of
        one or two claims that cannot be asked. Every exercise stands under an objective, where
        there are any.
        """
        found = []
        for span in self.coverage.uncovered:
            said = f"no passage holds “{' '.join(self.edition.words(span).split())}”"
            todo = "add one, or list the words under [[bare]] in text.toml and say why"
            line = f"line {self.edition.line_of(span.start)}"
            found.append(Problem("passages.toml", line, f"{said}; {todo}"))
        for post in fairness(self.claims, self.edition):
            if post.supported + post.in_part + post.failed < _SOME:
                continue
            for count, said in ((post.granted, "granted"), (post.caught, "found wrong")):
                if not count:
                    todo = "look again whether the verdicts hold this post to the same standard"
                    said = f"nothing that it claims is {said}; {todo}"
                    found.append(Problem("claims.toml", post.post, said))
        for name in unplaced(self.objectives, self.items, self.chapters):
            said = "stands under no objective; name its chapter, its kind or itself under one"
            found.append(Problem("objectives.toml", name, said))
        return tuple(found)


def built_in_cases() -> list[str]:
    """The names of the cases that come with the package."""
    root = files(__package__) / "cases"
    return sorted(entry.name for entry in root.iterdir() if (entry / "case.toml").is_file())


def open_case(name_or_path: str | Path) -> Case:
    """Open a built-in case by its name, or any case folder by its path.

    Raises ``CaseError`` with every problem of the folder: file, item, what is wrong, what to do.
    """
    if isinstance(name_or_path, str) and name_or_path in built_in_cases():
        return _open(Path(str(files(__package__) / "cases" / name_or_path)))
    folder = Path(name_or_path)
    if not folder.is_dir():
        near = did_you_mean(str(name_or_path), built_in_cases())
        said = f"there is no case of this name and no folder at this path{near}"
        raise CaseError(str(name_or_path), [Problem(str(name_or_path), "", said)])
    return _Loader(folder).load()


@cache
def _open(folder: Path) -> Case:
    return _Loader(folder).load()


class _Loader(EditionReader):
    """One loading of one folder."""

    def load(self) -> Case:
        head = self.one("case.toml", "", DeclaredHead, self.toml("case.toml"))
        if head is None:
            raise CaseError(self.folder.name, self.problems)
        if fault := self._name_fault(head.id):
            self.wrong("case.toml", "", f"the id “{head.id}” {fault}")
        self._strangers()
        edition, attributions, bare = self.edition(head.thread, head.post)
        items, chapters = self._items(edition, head.id)
        references = read_keys(self)
        knowledge = read_knowledge(self, edition)
        facts = read_facts(self, knowledge.claims)
        arranged = read_arranged(self, edition)
        objectives = read_objectives(self, items, chapters)
        for chapter, names in chapters.items():
            for name in names:
                read = self.unread.isdisjoint(("claims.toml", "testimonies.toml"))
                if read and self.unsound.isdisjoint(items[name].needs()):
                    for fault in items[name].knowledge_faults(knowledge):
                        self.wrong(f"exercises/{chapter}.toml", name, fault)
        if self.problems:
            raise CaseError(self.folder.name, self.problems)
        return Case(
            id=head.id,
            title=head.title,
            content_note=head.content_note,
            folder=self.folder,
            edition=edition,
            attributions=attributions,
            bare=bare,
            items=items,
            chapters=chapters,
            claims=knowledge.claims,
            testimonies=knowledge.testimonies,
            roots=knowledge.roots,
            questions=knowledge.questions,
            drift=knowledge.drift,
            travel=knowledge.travel,
            finds=knowledge.finds,
            facts=facts,
            references=tuple(references),
            arranged=arranged,
            objectives=objectives,
        )

    def _name_fault(self, name: str) -> str:
        """Why a case cannot go by this name; empty where it can."""
        home = Path(str(files(__package__)))
        if not _ID.fullmatch(name) or iskeyword(name):
            why = "it stands in file names and in notebooks"
            return f"must be a plain name such as old_bridge: {why}"
        if (home / name).exists() or (home / f"{name}.py").exists():
            return "is the name of a part of this program; take another"
        if self.folder.parent == home / "cases" and self.folder.name != name:
            return f"must be the name of its folder too, which is “{self.folder.name}”"
        return ""

    def _strangers(self) -> None:
        """Note each file beside ``case.toml`` that nobody reads: most likely a slip in its name."""
        for path in sorted(self.folder.glob("*.toml")):
            if path.name not in _FILES:
                near = did_you_mean(path.name, _FILES)
                self.wrong(path.name, "", f"is no file of a case, so nothing in it is read{near}")

    def _items(
        self, edition: Edition, case_id: str
    ) -> tuple[dict[str, Exercise], dict[str, tuple[str, ...]]]:
        items: dict[str, Exercise] = {}
        home: dict[str, str] = {}
        chapters: dict[str, tuple[str, ...]] = {}
        if self.has(RELEASED):
            for chapter, raw in self.released()["exercises"].items():
                made = self.many(RELEASED, "exercise", ReleasedExercise, raw)
                found = dict(made)
                items |= found
                chapters[chapter] = tuple(found)
            return items, chapters
        folder = self.folder / "exercises"
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            file = f"exercises/{path.name}"
            if not _CHAPTER.fullmatch(path.stem):
                self.wrong(file, "", "must be named by its chapter in two digits, such as 01.toml")
            raw = self.tables(file, "exercise")["exercise"]
            here = []
            for item, exercise in self.many(file, "exercise", AnyExercise, raw):
                if item in items:
                    self.wrong(file, item, f"this id stands in {home[item]} too; ids must differ")
                    continue
                lost = exercise.needs() if "passages.toml" in self.unread else ()
                for fault in faults(exercise, edition, case_id, self.unsound.union(lost)):
                    self.wrong(file, item, fault)
                items[item], home[item] = exercise, file
                here.append(item)
            chapters[path.stem] = tuple(here)
        if self.unread.isdisjoint(f"exercises/{chapter}.toml" for chapter in chapters):
            for item, fault in twin_faults(items, self.unsound):
                self.wrong(home[item], item, fault)
        return items, chapters
