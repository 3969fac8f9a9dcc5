"""The ``workbook`` command."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .case import Case, CaseError, built_in_cases, open_case
from .claims import VERDICTS, Claim, Testimony, fairness, roots
from .classroom.flags import add_flags
from .facts import CONFIDENCES, Fact

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 well, 1 problems found, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="workbook", description="Who Says So? at the command line."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    check = commands.add_parser("check", help="check a case folder and count what is in it")
    check.add_argument("case", nargs="*", help="a built-in case's name or a folder (default: all)")

    exercises = commands.add_parser("exercises", help="make the learners' notebooks from solutions")
    exercises.add_argument("--solutions", type=Path, default=Path("solutions"))
    exercises.add_argument("--out", type=Path, default=Path("exercises"))
    exercises.add_argument(
        "--check", action="store_true", help="write nothing; fail if anything would change"
    )

    grade = commands.add_parser("grade", help="read hand-ins and write a gradebook")
    grade.add_argument("handins", type=Path, help="a hand-in, or a folder of hand-ins")
    grade.add_argument("--out", type=Path, required=True, help="the folder for gradebook.csv")
    grade.add_argument("--case", default=None, help="the case's name or folder")
    add_flags(grade)

    release = commands.add_parser(
        "release", help="make what a class gets: notebooks, site, package"
    )
    release.add_argument("out", type=Path, help="a new folder, or a file that ends in .zip")
    release.add_argument("--edition", choices=("classroom", "self-study"), default="classroom")
    release.add_argument("--chapters", help="such as 1-4 or 1,3,5 (default: all)")
    release.add_argument("--case", default=None, help="the case's name or folder")
    release.add_argument("--source", type=Path, default=Path(), help="the folder of the book")
    release.add_argument("--no-site", action="store_true", help="leave the pages out")
    release.add_argument(
        "--nbgrader", action="store_true", help="an nbgrader course in place of plain notebooks"
    )
    release.add_argument(
        "--config", type=Path, metavar="TOML", help="weights of exercises in the nbgrader course"
    )

    simulate = commands.add_parser("simulate", help="make a simulated class's hand-ins, to try")
    simulate.add_argument("students", help="how many, such as 30")
    simulate.add_argument("out", type=Path, help="a new or an empty folder")
    simulate.add_argument("--seed", default="0", help="a whole number; the same gives the same")
    simulate.add_argument("--case", default=None, help="the case's name or folder")

    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            return _check(options.case or built_in_cases())
        if options.command == "exercises":
            return _exercises(options.solutions, options.out, options.check)
        if options.command == "release":
            return _release(options)
        if options.command == "simulate":
            return _simulate(options)
        return _grade(options)
    except CaseError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our lines has seen enough
        sys.stdout = None
        return 0


def _check(names: Sequence[str]) -> int:
    status = 0
    for name in names:
        try:
            case = open_case(name)
            _print_counts(case)
            _print_knowledge(case)
        except CaseError as error:
            print(error, file=sys.stderr)
            status = 1
            continue
        for problem in case.unfinished:
            print(problem, file=sys.stderr)
            status = 1
    return status


def _print_counts(case: Case) -> None:
    edition = case.edition
    attributions = [a for all_of_one in case.attributions.values() for a in all_of_one]
    depths = Counter(len(a.chain) for a in attributions)
    kinds = Counter(item.kind for item in case.items.values())
    mistakes = sum(len(item.mistake) for item in case.items.values())
    codes = Counter(m.code for item in case.items.values() for m in item.mistake)
    print(f"{case.id}: {case.title}")
    print(f"  posts         {len(edition.posts)}")
    print(f"  voices        {len(edition.voices)}")
    print(f"  passages      {len(edition.passages)}")
    print(f"  attributions  {len(attributions)}  ({_listed(depths, 'voice', 'voices')})")
    print(f"  gaps, slips   {len(edition.gaps)}, {len(edition.slips)}")
    print(f"  exercises     {len(case.items)}  ({', '.join(f'{n} {k}' for k, n in kinds.items())})")
    for line in _by_chapter_and_kind(case, list(kinds)):
        print(f"    {line}")
    print(f"  mistakes      {mistakes} with a reply of their own")
    print(f"  codes         {', '.join(f'{c} {codes[c]}' for c in sorted(codes, key=_number))}")


def _by_chapter_and_kind(case: Case, kinds: Sequence[str]) -> Iterator[str]:
    """A table of exercises: a row for each chapter, a column for each kind."""
    widths = [max(len(kind), 2) for kind in kinds]
    names = (f"{kind:>{width}}" for kind, width in zip(kinds, widths, strict=True))
    yield "  ".join(["chapter   all", *names])
    for chapter, items in case.chapters.items():
        found = Counter(case.items[name].kind for name in items)
        counts = (
            f"{found[kind] or '·':>{width}}" for kind, width in zip(kinds, widths, strict=True)
        )
        yield "  ".join([f"{chapter:<7}  {len(items):>4}", *counts])


def _print_knowledge(case: Case) -> None:
    """Claims, facts and testimonies, how sure they are, and whether the judging was fair."""
    covered = case.coverage
    sound = len(covered.sentences) - len(covered.uncovered)
    words = covered.words - covered.words_uncovered
    print(f"  sentences     {sound} of {len(covered.sentences)} stand in a passage or are listed")
    print(f"                ({words} of {covered.words} words)")
    if case.claims:
        verdicts = Counter(claim.verdict for claim in case.claims.values())
        print(f"  claims        {len(case.claims)}")
        for verdict in VERDICTS:
            print(f"    {verdict:<17}{verdicts[verdict]}")
        print(f"    {_sureness(case.claims.values())}")
    for name, rows in case.facts.tables().items():
        print(f"  {name:<13} {len(rows)}  ({_sureness(rows)})")
    if case.testimonies:
        told = case.testimonies
        begun = len({root for name in told for root in roots(name, told)})
        print(f"  testimonies   {len(told)}, going back to {begun}  ({_sureness(told.values())})")
    if case.drift:
        changes = Counter(one.change for one in case.drift)
        shown = ", ".join(f"{count} {change}" for change, count in changes.most_common())
        print(f"  drift         {len(case.drift)}  ({shown})")
    if case.travel:
        print(f"  travel        {len(case.travel)} steps")
    if case.references:
        print(f"  references    {len(case.references)}")
    counted = fairness(case.claims, case.edition)
    if counted:
        print("  fairness      granted (in full, in part); caught (wrong, in part); left open")
    for post in counted:
        voice = case.edition.posts[post.post].voice
        left = post.contested + post.not_checkable
        granted = f"granted {post.granted} ({post.supported}, {post.in_part})"
        caught = f"caught {post.caught} ({post.failed}, {post.in_part})"
        print(f"    {post.post} {voice:<11} {granted:<18} {caught:<18} open {left}")


def _sureness(rows: Iterable[Claim | Testimony | Fact]) -> str:
    counts = Counter(row.confidence for row in rows)
    return ", ".join(f"{mark} {counts[mark]}" for mark in CONFIDENCES if counts[mark])


def _listed(counts: Counter[int], one: str, many: str) -> str:
    return ", ".join(f"{counts[n]} of {n} {one if n == 1 else many}" for n in sorted(counts))


def _number(code: str) -> int:
    return int(code[1:])


def _exercises(solutions: Path, out: Path, check: bool) -> int:
    from .classroom.blanks import make_exercises

    problems, changed = make_exercises(solutions, out, write=not check)
    for problem in problems:
        print(problem, file=sys.stderr)
    for path in changed:
        print(f"{path} {'differs from its solution' if check else 'written'}")
    if check and changed:
        print("Run `workbook exercises` and commit the result.", file=sys.stderr)
    return 1 if problems or (check and changed) else 0


def _grade(options: argparse.Namespace) -> int:
    from .classroom.flags import options_from
    from .classroom.grade import GradeError, grade

    names = built_in_cases()
    if options.case is None and len(names) != 1:
        print(f"Say which case: --case {' or '.join(names)}", file=sys.stderr)
        return 2
    case = open_case(options.case or names[0])
    try:
        print(grade(case, options.handins, options.out, options_from(options)))
    except GradeError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        said = "Stopped. Run the same command again, and it goes on where it was."
        print(said, file=sys.stderr)
        return 130
    return 0


def _release(options: argparse.Namespace) -> int:
    from .classroom.release import ReleaseError, chapters_from, release

    names = built_in_cases()
    if options.case is None and len(names) != 1:
        print(f"Say which case: --case {' or '.join(names)}", file=sys.stderr)
        return 2
    case = open_case(options.case or names[0])
    try:
        chosen = chapters_from(options.chapters, list(case.chapters)) if options.chapters else None
        made = release(
            case,
            options.out,
            source=options.source,
            edition=options.edition,
            chapters=chosen,
            site=not options.no_site,
            nbgrader=options.nbgrader,
            config=options.config,
        )
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Written: {made}")
    if options.edition == "classroom":
        print(f"Grade what comes back with: workbook grade HANDINS --out REPORT --release {made}")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from .classroom.simulate import SimulateError, simulate, whole_number

    names = built_in_cases()
    if options.case is None and len(names) != 1:
        print(f"Say which case: --case {' or '.join(names)}", file=sys.stderr)
        return 2
    try:
        students = whole_number(options.students, "The number of students")
        seed = whole_number(options.seed, "The seed")
        print(simulate(open_case(options.case or names[0]), students, options.out, seed))
    except SimulateError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
