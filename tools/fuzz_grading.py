"""Throw spoilt hand-ins at grading and see that it keeps what it promises.

python tools/fuzz_grading.py [--seconds 600] [--seed 1] [--keep FOLDER]

Real hand-ins of every shape are spoilt (``mutations.py``), and what gives a new kind of answer is
spoilt further. Of each file that comes out: it has one status and, unless it is graded, a reason;
nothing fails; points stay within bounds; no cell of its row is a formula; a good hand-in after it
gets what it always gets; and it takes a few seconds at most. Now and then a whole class of them is
graded twice, with all that is written. What breaks a promise is kept in FOLDER.
"""

# ruff: noqa: E402 - the corpus stands among the tests

from __future__ import annotations

import argparse
import csv
import json
import re
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hand_ins import CONTENT_FORM, HAND_INS, MODE_FORM, RIGHT, WHO, kept, notebook, record, zipped
from mutations import HandIn, Spoiler
from small_case import small_case
from workbook import open_case
from workbook.ask import RECORD_MIME
from workbook.classroom.archives import Inside
from workbook.classroom.bounds import Refused
from workbook.classroom.gathering import Gathering, Source
from workbook.classroom.grade import Options, grade
from workbook.classroom.gradebook import Columns, row
from workbook.classroom.handin import understand
from workbook.classroom.marking import Marks, mark
from workbook.classroom.naming import who
from workbook.classroom.scale import Scale
from workbook.classroom.simulate import simulate
from workbook.classroom.work import Job, decode_marks, grade_bundle

__all__ = ["Fuzz", "main"]

SLOWEST = 10.0
"""Seconds of this machine for one file, busy with other work as it may be."""

_MOST_SEEDS, _LARGEST_SEED = 4_000, 60_000
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_STATUSES = ("graded", "needs a person", "rejected")


def seeds(folder: Path) -> Iterator[HandIn]:
    """Hand-ins of every shape: the corpus of the tests, and real ones of the whole workbook."""
    for name, data in HAND_INS.values():
        if isinstance(data, bytes) and len(data) < _LARGEST_SEED:
            yield name, data
    case = open_case("lyushkov")
    simulate(case, 6, folder / "class")
    records = sorted((folder / "class").glob("*.jsonl"))
    for path in records:
        yield "a.jsonl", path.read_bytes()
    for path in sorted((ROOT / "solutions").glob("*.ipynb")):
        made = json.loads(path.read_bytes())
        for cell in made["cells"]:
            cell.update({"outputs": []} if cell["cell_type"] == "code" else {})
        yield "a.ipynb", json.dumps(made).encode()
    for path in sorted((ROOT / "exercises").glob("*.ipynb"))[:3]:
        made = json.loads(path.read_bytes())
        lines = records[0].read_text("utf-8").splitlines()
        data = {RECORD_MIME: {"format": 1, "case": case.id, "lines": lines}}
        made["cells"][-1]["outputs"] = [{"output_type": "display_data", "data": data}]
        yield "a.ipynb", json.dumps(made).encode()
        inner = zipped((path.name, json.dumps(made).encode()), ("answers.jsonl", record(RIGHT)))
        yield "a.zip", zipped(("berganna_1_2_work.zip", inner), ("cobo_2_3_a.jsonl", record(WHO)))


class Fuzz:
    """One run. ``found`` has every broken promise, a sentence each."""

    def __init__(self, seed: int, keep: Path, folder: Path) -> None:
        self.folder = folder
        self.keep = keep
        self.spoiler = Spoiler(seed)
        self.random = Random(seed)
        self.case = small_case(folder / "case")
        self.scales = [Scale(self.case), Scale(open_case("lyushkov"), policy="classroom")]
        self.seeds = list(seeds(folder))
        self.good = [("a.jsonl", record(RIGHT, WHO))]
        self.good += [("a.ipynb", notebook(MODE_FORM, CONTENT_FORM, kept(RIGHT)))]
        self.expected = [self._marks(scale, *one) for scale in self.scales for one in self.good]
        self.seen: set[tuple[str, str]] = set()
        self.recent: deque[HandIn] = deque(maxlen=150)
        self.counts: Counter[str] = Counter()
        self.inputs = self.files = self.classes = 0
        self.slowest = 0.0
        self.found: list[str] = []

    @staticmethod
    def _marks(scale: Scale, name: str, data: bytes) -> Marks:
        return mark(scale, understand(name, data))

    def run(self, seconds: float) -> None:
        """Spoil and grade until the time is over."""
        end = time.monotonic() + seconds
        whole = time.monotonic() + min(30, seconds / 3)
        while time.monotonic() < end:
            self.one(self.spoiler.spoil(self.random.choice(self.seeds), self.seeds))
            if time.monotonic() > whole:
                self.a_class()
                whole = time.monotonic() + 30

    def one(self, hand_in: HandIn) -> None:
        """Grade one file by all scales, as the command does."""
        self.inputs += 1
        name, data = hand_in
        place = self.folder / "one"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path = place / Path(name).name
        path.write_bytes(data)
        began = time.process_time()
        sources = list(Gathering(place))
        new = False
        for scale in self.scales:
            for source in sources:
                self.files += 1
                try:
                    marks = self._graded(scale, source)
                except Exception:
                    self._report(f"it stops the batch\n{traceback.format_exc()}", hand_in)
                    continue
                self.counts[marks.status] += 1
                for broken in self._broken(scale, source, marks):
                    self._report(broken, hand_in)
                sign = (
                    marks.status,
                    re.sub(r"“[^”]*”|\d+|[a-z_]{3,}(?=[:,. ])", "·", marks.reason),
                )
                new = new or (len(self.seen) < 20_000 and sign not in self.seen)
                self.seen.add(sign)
        taken = time.process_time() - began
        self.slowest = max(self.slowest, taken)
        if taken > SLOWEST:
            self._report(f"it takes {taken:.1f} s", hand_in)
        after = [self._marks(scale, *one) for scale in self.scales for one in self.good]
        if after != self.expected:
            self._report("a good hand-in after it gets something else", hand_in)
        self.recent.append(hand_in)
        if new and len(data) < _LARGEST_SEED:
            self.seeds.append(hand_in)
            if len(self.seeds) > _MOST_SEEDS:
                self.seeds.pop(self.random.randrange(len(self.seeds)))

    def _graded(self, scale: Scale, source: Source) -> Marks:
        (made,) = grade_bundle(None, [Job(source)], scale)  # type: ignore[arg-type]
        return decode_marks(made.marks)

    def _broken(self, scale: Scale, source: Source, marks: Marks) -> Iterator[str]:
        """What is wrong with the marks of one file."""
        if "fault of ours" in marks.reason:
            yield f"grading fails\n{self._trace(scale, source)}"
        if marks.status not in _STATUSES:
            yield f"its status is {marks.status}"
        if marks.status != "graded" and not re.search(r"[.?!]$", marks.reason):
            yield f"its reason is “{marks.reason}”"
        if len(marks.reason) > 20_000:
            yield f"its reason has {len(marks.reason)} characters"
        if marks.status == "rejected" and (marks.items or marks.possible is not None):
            yield "it is rejected and has points"
        earned = [points for points in marks.items.values() if not isinstance(points, str)]
        if any(not 0 <= points <= 1 for points in earned):
            yield f"an exercise earns {earned}"
        if sum(earned) > (marks.possible or 0):
            yield f"it earns {sum(earned)} of {marks.possible}"
        if marks.status == "graded" and not marks.items:
            yield "it is graded, and nothing in it was answered"
        line = row(source.name, who(source.name), False, marks, Columns(scale.chapters))
        (cells,) = csv.reader(StringIO(line, newline=""))
        yield from (f"a cell is {cell!r}" for cell in cells if _FORMULA.match(cell))
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            yield "a cell cannot be written"

    def _trace(self, scale: Scale, source: Source) -> str:
        inside = Inside()
        try:
            path = Path(source.path)
            data = inside.read(source.path, source.places) if source.places else path.read_bytes()
            mark(scale, understand(source.name, data))
        except Refused as reason:
            return str(reason)
        except Exception:
            return traceback.format_exc()
        finally:
            inside.close()
        return "(not a second time)"

    def a_class(self) -> None:
        """Grade the last files as one class, with everything that is written, twice."""
        self.classes += 1
        place, out = self.folder / "class-in", self.folder / "class-out"
        for folder in (place, out):
            shutil.rmtree(folder, ignore_errors=True)
        place.mkdir()
        for number, (name, data) in enumerate(self.recent):
            form = self.random.choice(
                ("{n}_{n}_{n}_{f}", "n {n}_{n}_assignsubmission_file_{f}", "{f}")
            )
            target = place / f"{number:03}" / form.format(n=number, f=Path(name).name)[-200:]
            target.parent.mkdir()
            target.write_bytes(data)
        written = []
        for _ in range(2):
            try:
                grade(self.case, place, out, Options(feedback=True))
            except Exception:
                self._report(f"a class cannot be graded\n{traceback.format_exc()}", None)
                return
            written.append({p.name: p.read_bytes() for p in sorted(out.glob("*.csv"))})
        if written[0] != written[1]:
            self._report("the same class graded again gives other tables", None)
        named = {source.name for source in Gathering(place)}
        with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        if len(rows) - 1 != len(named):
            self._report(f"{len(named)} files have {len(rows) - 1} rows", None)
        for path in out.glob("*.csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                bad = [cell for cells in csv.reader(file) for cell in cells if _FORMULA.match(cell)]
            if bad:
                self._report(f"{path.name} has the cell {bad[0]!r}", None)
        for page in (out / "feedback").glob("*.html"):
            if "<script" in page.read_text("utf-8").lower():
                self._report(f"{page.name} has a script in it", None)

    def _report(self, broken: str, hand_in: HandIn | None) -> None:
        self.found.append(broken)
        self.keep.mkdir(parents=True, exist_ok=True)
        number = len(self.found)
        if hand_in is None:
            target = self.keep / f"{number}-class"
            shutil.copytree(self.folder / "class-in", target, dirs_exist_ok=True)
        else:
            target = self.keep / f"{number}-{Path(hand_in[0]).name[-40:]}"
            target.write_bytes(hand_in[1])
        print(f"{target}: {broken}", flush=True)

    def __str__(self) -> str:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        shown = ", ".join(f"{self.counts[status]:,} {status}" for status in _STATUSES)
        return (
            f"{self.inputs:,} spoilt hand-ins, {self.files:,} times a file was graded: {shown}.\n"
            f"{len(self.seen):,} kinds of answer; {self.classes} classes of 150 graded twice; "
            f"slowest {self.slowest:.2f} s; {memory:,} MB at most.\n"
            f"Promises broken: {len(self.found)}."
        )


def main() -> int:
    """Run for a time and say what was found."""
    parser = argparse.ArgumentParser(description="Throw spoilt hand-ins at grading.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=ROOT / "_build/fuzz", metavar="FOLDER")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(given.seed, given.keep, Path(folder))
        fuzz.run(given.seconds)
        print(fuzz)
    return 1 if fuzz.found else 0


if __name__ == "__main__":
    sys.exit(main())
