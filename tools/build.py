"""Build the book: `python tools/build.py [FOLDER]` puts it in FOLDER/_build/html, or here."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 900  # seconds; a build that takes longer hangs


def build(folder: Path = ROOT, quiet: bool = True) -> Path:
    """Build into ``folder`` with every warning an error; gives the site's folder.

    Raises ``CalledProcessError`` when the build fails, after printing what it said.
    """
    command = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
    command += ["--toc", "book/_toc.yml", "--path-output", str(folder)]
    command += ["-W", "-n", "--keep-going"] + (["-q"] if quiet else [])
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        done.check_returncode()
    return folder / "_build" / "html"


def main() -> int:
    """Build with a word before and a word after."""
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    print("Building the book (about half a minute the first time) ...", flush=True)
    started = time.monotonic()
    try:
        site = build(folder)
    except subprocess.CalledProcessError:
        print("The book could not be built; the lines above say why.", file=sys.stderr)
        return 1
    print(f"Built in {time.monotonic() - started:.0f} s: {site / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
