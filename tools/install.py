"""Make `.venv` and put the locked packages in it.

Runs on a bare Python, before anything is installed: standard library only, and nothing newer than
Python 3.8 in it, so that an old Python gets to read the sentence that says it is too old.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ["hatchling", "editables"]  # what an editable install of this package is built with


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader's Python may be older than ours
        return "This needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info)
    python = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print("Making .venv ...", flush=True)
        try:
            run(sys.executable, "-m", "venv", str(VENV))
        except subprocess.CalledProcessError:
            return (
                "Python could not make .venv. On Debian and Ubuntu the package python3-venv is "
                "missing: install it, remove the folder .venv, and run this again."
            )
    print("Installing the locked packages (about a minute the first time) ...", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--constraint", "constraints.txt"]
    try:
        run(*pip, *BUILD)
        run(*pip, "--no-build-isolation", "--editable", ".[test]")
    except subprocess.CalledProcessError:
        return "The packages could not be installed; pip's message above says why."
    (VENV / "ready").touch()
    return None


def run(*command):
    subprocess.run(command, cwd=str(ROOT), check=True)


if __name__ == "__main__":
    sys.exit(main())
