"""The notebooks that lie in the repository: made from their sources, and still what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.timeout(600)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "WORKBOOK_RECORD": "off", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=500,
    )


def notebooks(folder: str) -> list[str]:
    """The notebooks of a folder; an empty folder would test nothing and is a fault."""
    found = [f"{folder}/{path.name}" for path in sorted((ROOT / folder).glob("*.ipynb"))]
    assert found, f"{folder}/ holds no notebook"
    return found


def test_exercises_are_what_solutions_make_them() -> None:
    done = run("workbook.cli", "exercises", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "face"), [("solutions", ""), ("book", "book")])
def test_running_a_notebook_again_gives_what_it_shows(folder: str, face: str) -> None:
    check = ["pytest", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"]
    check += ["--nbval-kernel-startup-timeout=60", "-p", "no:xdist", "-p", "no:cacheprovider"]
    # Our own settings for tests are for tests: a notebook's cells are held to what they show.
    done = run(
        *check,
        "-o",
        "addopts=",
        "-o",
        "filterwarnings=",
        "-q",
        *notebooks(folder),
        WORKBOOK_FACE=face,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.slow
def test_unanswered_notebooks_run_from_top_to_bottom(tmp_path: Path) -> None:
    check = ["nbconvert", "--to", "notebook", "--execute", f"--output-dir={tmp_path}"]
    check += ["--ExecutePreprocessor.timeout=120", "--ExecutePreprocessor.startup_timeout=60"]
    done = run(*check, *notebooks("exercises"))
    assert done.returncode == 0, done.stderr[-4000:]
    for path in tmp_path.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        assert outputs
        assert [o for o in outputs if o["output_type"] in ("error", "stream")] == []


def test_notebooks_carry_no_trace_of_a_machine_or_a_learner() -> None:
    for folder in ("solutions", "book", "exercises"):
        for name in notebooks(folder):
            text = (ROOT / name).read_text("utf-8")
            assert str(ROOT) not in text, name
            assert "vnd.workbook.record" not in text, name
        assert not list((ROOT / folder).glob("answers.jsonl*"))
