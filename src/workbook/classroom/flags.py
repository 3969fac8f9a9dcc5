"""The flags of ``workbook grade``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .grade import Options

__all__ = ["add_flags", "options_from"]


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Put the flags on the command; ``book/grading.md`` explains each with an example."""
    parser.add_argument(
        "--policy",
        choices=("best", "last", "first", "classroom"),
        help="which tries and hand-ins count (default: best); classroom: the last, in full",
    )
    parser.add_argument("--late", metavar="TIME", help="what comes later does not count")
    parser.add_argument("--chapters", help="such as 1-4 or 1,3 (default: those handed in)")
    parser.add_argument("--release", type=Path, metavar="RELEASE", help="what the class was given")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="the class list")
    parser.add_argument("--config", type=Path, metavar="TOML", help="weights, drops, excusals ...")
    parser.add_argument("--marks", type=Path, metavar="CSV", help="marks given by hand")
    parser.add_argument("--jobs", type=_jobs, default=1, metavar="N", help="how many work at once")
    parser.add_argument("--backend", choices=("local", "dask"), default="local")
    parser.add_argument(
        "--nameless", action="store_true", help="a class report to show: no student is named"
    )
    parser.add_argument("--feedback", action="store_true", help="write a page for each student")
    parser.add_argument("--no-report", action="store_true", help="write no class report")


def _jobs(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of jobs, such as 2")
    return int(text)


def options_from(given: argparse.Namespace) -> Options:
    """The flags as ``grade`` takes them."""
    from .grade import Options

    return Options(
        policy=given.policy,
        late=given.late,
        chapters=given.chapters,
        roster=given.roster,
        config=given.config,
        marks=given.marks,
        jobs=given.jobs,
        backend=given.backend,
        report=not given.no_report,
        nameless=given.nameless,
        feedback=given.feedback,
        release=given.release,
    )
