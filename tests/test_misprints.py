"""Slips of typing in an answer cell, in a real IPython."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("IPython")

SESSION = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("from workbook import lyushkov as case; ask = case.exercises", store_history=True)
shell.run_cell({cell!r}, store_history=True)
shell.run_cell("print('the next cell runs')", store_history=True)
"""


def _said(cell: str, tmp_path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SESSION.format(cell=cell)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "IPYTHONDIR": str(tmp_path), "WORKBOOK_RECORD": "off"},
    )
    assert done.stdout.endswith("the next cell runs\n")
    return done.stdout + done.stderr


def test_a_name_without_quotation_marks(tmp_path: Path) -> None:
    said = _said("ask.who_remembers.answer([gerdowning, book])", tmp_path)
    assert "Traceback" not in said
    assert (
        "“gerdowning” stands without quotation marks. "
        'Put names and words in them: "gerdowning". Nothing was recorded.\n'
    ) in said


def test_a_bracket_that_is_not_closed(tmp_path: Path) -> None:
    said = _said('ask.who_remembers.answer(["gerdowning", "book"', tmp_path)
    assert "Traceback" not in said
    assert said.startswith(
        "Python cannot read this cell (line 1). Is every quotation mark and every bracket closed, "
        "and a comma between any two names? Nothing was recorded.\n"
    )


def test_other_cells_show_their_errors_as_always(tmp_path: Path) -> None:
    assert "NameError" in _said("undefined_thing", tmp_path)
    assert "SyntaxError" in _said("(1", tmp_path)
    assert "ZeroDivisionError" in _said("1 / 0  # ask.x.answer(1)", tmp_path)
