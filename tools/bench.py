"""Measure what the README gives figures for: import, agreement, build, pages, click to reply."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build import ROOT, build

RUNS = 9
HEAVY = ("matplotlib", "ipywidgets", "anywidget", "IPython", "numpy")
FIGURES = [
    "tests/test_book_weight.py::test_a_page_of_exercises_is_light",
    "tests/test_forms_browser.py::test_the_reply_comes_before_the_next_frame_is_drawn",
]


def seconds(code: str) -> float:
    """The median time of a fresh Python that runs ``code``."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def agreement() -> float:
    """The median time of α with its interval: 1,000 raters, 100 items, 1,000 draws."""
    import numpy

    from workbook.agreement import interval

    random = numpy.random.default_rng(1938)
    ratings = random.integers(0, 4, (1000, 100)).astype(float)
    ratings[random.random(ratings.shape) < 0.1] = numpy.nan
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        interval(ratings, "alpha", level="ordinal", draws=1000)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def rebuilt(folder: Path) -> None:
    """Build again with a sentence more in one lesson; the lesson is put back."""
    page = ROOT / "book/05-copy-and-original.ipynb"
    before = page.read_text("utf-8")
    notebook = json.loads(before)
    notebook["cells"][0]["source"] += ["\n\nA sentence more.\n"]
    try:
        page.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), "utf-8")
        build(folder)
    finally:
        page.write_text(before, "utf-8")


def main() -> int:
    """Print one line for each figure."""
    bare = seconds("pass")
    opened = seconds("import workbook")
    print(f"import workbook: {1000 * (opened - bare):.0f} ms (target 100)", flush=True)
    code = f"import sys, workbook; print([m for m in {HEAVY} if m in sys.modules])"
    heavy = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    print(f"heavy packages that it imports: {heavy.stdout.strip()}", flush=True)
    rated = "1,000 raters, 100 items, 1,000 draws"
    print(f"agreement, {rated}: {1000 * agreement():.0f} ms (target 5,000)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first", "second, with nothing changed"):
            started = time.perf_counter()
            build(Path(folder))
            print(f"book, {name} build: {time.perf_counter() - started:.1f} s", flush=True)
        started = time.perf_counter()
        rebuilt(Path(folder))
        print(f"book, one chapter changed: {time.perf_counter() - started:.1f} s", flush=True)
        site = str(Path(folder) / "_build/html")
        subprocess.run([sys.executable, "tools/bench_pages.py", site], check=True, cwd=ROOT)
    subprocess.run([sys.executable, "tools/bench_grading.py"], check=True, cwd=ROOT, timeout=900)
    # In a process of its own, and without workers: a second worker would slow the clicks.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FIGURES]
    return subprocess.run(command, cwd=ROOT, timeout=900).returncode


if __name__ == "__main__":
    sys.exit(main())
