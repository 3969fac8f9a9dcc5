"""Measure grading: ours beside the floor, on records of 10 exercises, and the memory it takes.

python tools/bench_grading.py               1,000 and 10,000 hand-ins, then other graders
python tools/bench_grading.py HAND-INS ...  as many as is said
python tools/bench_grading.py --curve       1,000 to 1,000,000, and how the time grows
"""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import bench_others
from workbook import lyushkov
from workbook.record import Line, encode_line

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261123


def build(folder: Path, size: int) -> None:
    """A simulated class: 10 exercises each, every one answered by chance until right or 3 tries."""
    chance = random.Random(SEED)
    pool = {}
    for name, item in lyushkov.items.items():
        if not item.noted:
            key = lyushkov.compiled[name][1]
            wrong = [whole for m in key["mistakes"] if (whole := item.whole(m)) is not None]
            pool[name] = (item.revision, item.answer, wrong)
    ten = list(pool)[:10]
    for number in range(size):
        lines = []
        for name in ten:
            revision, right, wrong = pool[name]
            for _ in range(3):
                answer = right if chance.random() < 0.6 or not wrong else chance.choice(wrong)
                clock = f"2026-11-{chance.randrange(10, 29)}T{chance.randrange(10, 24)}:00:00.000Z"
                lines.append(encode_line(Line(lyushkov.id, name, revision, answer, clock)))
                if answer == right:
                    break
        path = folder / f"s{number}_{number}_{number}_answers.jsonl"
        path.write_text("\n".join(lines) + "\n", "utf-8")


def timed(*command: str) -> tuple[float, float]:
    """Seconds of a command, and the most memory that it or a process of its took, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    taken = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1_048_576)
    return time.perf_counter() - started, taken


def measure(size: int, curve: bool) -> float:
    """Print a line for a class of this size; gives the seconds that ours takes in one process."""
    with tempfile.TemporaryDirectory() as folder:
        handins = Path(folder) / "in"
        handins.mkdir()
        build(handins, size)
        time.sleep(2.5)  # a file changed a moment ago is read again whatever is known of it
        ours = ("-m", "workbook.cli", "grade", str(handins), "--out", f"{folder}/out")
        floor, _ = timed("tools/floor.py", str(handins), f"{folder}/floor.csv")
        first, memory = timed(*ours)
        cells = [f"{size:,}", f"{floor:.2f} s", f"{first:.2f} s", f"{first / floor:.2f}"]
        cells += [f"{size / first:,.0f}", f"{memory:.0f}"]
        if not curve:
            again, _ = timed(*ours)
            jobs, each = timed(*ours[:-1], f"{folder}/jobs", "--jobs", "2")
            cells += [f"{again:.2f} s", f"{jobs:.2f} s", f"{each:.0f}"]
    print("".join(f"{cell:>14}" for cell in cells), flush=True)
    return first


def main() -> int:
    """Print a table: whole commands, start and all."""
    said = sys.argv[1:]
    curve = said == ["--curve"]
    sizes = [10**power for power in range(3, 7)] if curve else [int(one) for one in said]
    head = ["hand-ins", "floor", "ours", "ours / floor", "hand-ins/s", "MB"]
    head += [] if curve else ["again", "2 jobs", "MB each"]
    print("".join(f"{name:>14}" for name in head), flush=True)
    taken = {size: measure(size, curve) for size in sizes or [1_000, 10_000]}
    for (few, less), (many, more) in pairwise(taken.items() if curve else ()):
        power = math.log(more / less) / math.log(many / few)
        print(f"from {few:,} to {many:,}: time grows as hand-ins to the power {power:.2f}")
    if not said:
        largest = max(taken)
        bench_others.main(taken[largest] / largest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
