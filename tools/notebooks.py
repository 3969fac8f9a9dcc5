"""Run the worked notebooks and the book's again, so that they show what the code says now.

`python tools/notebooks.py [NOTEBOOK ...]`: without names, all of solutions/ and book/. The
learners' notebooks are made anew after that.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
VOLATILE = ("execution", "collapsed", "scrolled")


def run(path: Path) -> bool:
    """Execute one notebook in place; whether that changed the file."""
    before = path.read_text("utf-8")
    notebook = nbformat.reads(before, as_version=4)
    os.environ["WORKBOOK_RECORD"] = "off"
    os.environ["WORKBOOK_FACE"] = "book" if path.parent.name == "book" else ""
    NotebookClient(
        notebook,
        timeout=120,
        startup_timeout=60,
        store_widget_state=False,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    )
    for cell in notebook.cells:
        for name in VOLATILE:
            cell.metadata.pop(name, None)
    after = nbformat.writes(notebook) + "\n"
    if after != before:
        path.write_text(after, "utf-8")
    return after != before


def main() -> int:
    """Run what was named, or everything, and say what changed."""
    named = [Path(name).resolve() for name in sys.argv[1:]]
    found = named or sorted([*ROOT.glob("solutions/*.ipynb"), *ROOT.glob("book/*.ipynb")])
    for path in found:
        print(f"{path.relative_to(ROOT)}{' changed' if run(path) else ''}", flush=True)
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *found], cwd=ROOT, check=True)
    return subprocess.run([sys.executable, "-m", "workbook.cli", "exercises"], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
