"""Environments of their own for programs that ours is compared with or tried with."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent


def environment(name: str, locked: Path) -> Path:
    """The Python of an environment with exactly the packages that ``locked`` names.

    It is kept in ``.stamps`` and made anew when they change. Raises ``CalledProcessError`` with
    pip's words where they cannot be had.
    """
    made_of = locked.read_bytes() + sys.version.encode()
    folder = ROOT / ".stamps" / f"{name}-{hashlib.sha256(made_of).hexdigest()[:12]}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock"), timeout=500):
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
            pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
            pip += ["--disable-pip-version-check", "--no-deps", "--no-compile"]
            subprocess.run(
                [*pip, "--requirement", locked], check=True, capture_output=True, text=True
            )
            (folder / "ready").touch()
    return python
