"""What axe finds wrong with an open page: the one way in which tests ask it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that a theme can break. The others ask after what is the same in both."""


def faults(page: Any, theme: str = "light") -> list[str]:
    """Each fault: its rule and the element. In the dark theme only the rules of colours are asked.

    Without axe-core the test is skipped; under CI it fails.
    """
    if not AXE.exists():
        assert os.environ.get("CI") != "true", "axe-core is not installed, and CI must have it"
        pytest.skip("axe-core is not installed: make node_modules/ready")
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=AXE.read_text("utf-8"))
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    if theme == "dark":
        asked["runOnly"] = COLOURS
    found = page.evaluate("asked => axe.run(document, asked).then(all => all.violations)", asked)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
