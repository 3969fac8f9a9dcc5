"""What an author of another case is told: it opens as it stands, and it leaves nothing out."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from msgspec import inspect

from workbook import case, claims, declared, lyushkov, open_case
from workbook.arranged import Argument, Committee, Matrix
from workbook.edition import Voice
from workbook.evidence import DIALS, Find
from workbook.kinds import KINDS
from workbook.knowledge import _Drift
from workbook.objectives import Objective

ROOT = Path(__file__).resolve().parent.parent
TOLD = (files("workbook") / "cases/README.md").read_text("utf-8")
TABLES = [
    *(getattr(declared, name) for name in declared.__all__),
    Voice, claims.Claim, claims.Testimony, claims.Root, claims.Question, _Drift, claims.Step,
    Find, Objective, Argument, Matrix, Committee, *KINDS.values(),
]  # fmt: skip


def _within(kind: Any) -> list[Any]:
    """A type and all types inside it."""
    found = [kind]
    for name in ("type", "item_type", "value_type"):
        if inner := getattr(kind, name, None):
            found += _within(inner)
    for name in ("fields", "types", "item_types"):
        for inner in getattr(kind, name, ()):
            found += _within(inner)
    return found


def _says(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", TOLD) is not None


def _written(folder: Path) -> Path:
    """The case as it stands there, file by file."""
    block = re.compile(r"^\*\*`([^`]+)`\*\*.*?^```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    for name, text in block.findall(TOLD):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    return folder


def test_the_case_in_it_opens_and_lacks_nothing(tmp_path: Path) -> None:
    made = open_case(_written(tmp_path))
    assert made.unfinished == ()
    assert {item.kind for item in made.items.values()} == set(KINDS)


@pytest.mark.parametrize("table", TABLES, ids=lambda one: str(one.__name__))
def test_it_names_every_field_and_every_word_that_may_stand_in_one(table: Any) -> None:
    missing = []
    for one in _within(inspect.type_info(table)):
        if isinstance(one, inspect.StructType):
            missing += [f.encode_name for f in one.fields if not _says(f.encode_name)]
        if isinstance(one, inspect.LiteralType):
            words = [str(word) for word in one.values if not re.fullmatch(r"M\d+", str(word))]
            missing += [word for word in words if not _says(word)]
    assert missing == []


def test_it_names_every_file_column_and_dial() -> None:
    columns = (lyushkov.folder / "facts/timeline.csv").read_text("utf-8").split("\n")[0].split(",")
    tables = [path.name for path in (lyushkov.folder / "facts").iterdir()]
    named = [*case._FILES, *columns, *tables, *DIALS, "references.bib"]
    assert [name for name in named if not _says(name)] == []


@pytest.mark.book
@pytest.mark.slow
def test_the_book_is_built_as_it_says(tmp_path: Path) -> None:
    case_folder = _written(tmp_path / "case")
    config = (ROOT / "_config.yml").read_text("utf-8")
    config = re.sub("workbook_case: .*", f"workbook_case: {case_folder}", config)
    contents = re.search(r"^  ```yaml\n(.*?)^  ```$", TOLD, re.DOTALL | re.MULTILINE)
    assert contents is not None
    pages = {
        "_config.yml": config,
        "book/_toc.yml": textwrap.dedent(contents[1]),
        "book/index.md": "# The bridge\n\nWelcome.\n",
        "book/thread.md": "# The thread\n\n```{thread}\n```\n",
        "book/01-who-speaks.md": "# Who speaks?\n\n```{case} voices\n```\n",
        "book/01-exercises.md": "# Exercises\n\n```{exercise} who_says\n```\n",
    }
    (tmp_path / "mine/book").mkdir(parents=True)
    for name, text in pages.items():
        (tmp_path / "mine" / name).write_text(text, "utf-8")
    (command,) = re.findall(r"`\.\./\.venv/bin/jupyter-book (.*?)`", TOLD)
    program = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [program, *command.split(), "-W", "-q"],
        cwd=tmp_path / "mine",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    built = tmp_path / "mine/_build/html/book"
    assert "Who drew it, and who says so?" in (built / "01-exercises.html").read_text("utf-8")
    assert "I have seen no drawing." in (built / "thread.html").read_text("utf-8")
