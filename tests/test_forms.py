"""The forms' modules as text: joined strictly, typed, worded in one place, asking no other host."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from workbook import forms
from workbook.feedback import words
from workbook.kinds import KINDS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "src/workbook/forms"
SOURCES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.js"))}


def run_node(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "tools/node.py", tool, *arguments]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=280)


def test_the_page_gets_one_classic_script_and_the_notebook_one_module() -> None:
    script, module = forms.bundle(), forms.esm()
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert script.rstrip().endswith("startPage();\n})();")
    assert re.findall(r"^export.*", module, re.MULTILINE) == [
        "export default { render: renderForm };"
    ]
    assert "</script" not in script
    assert "class Store" not in module  # a notebook's record is Python's


def test_joined_code_is_sound_javascript(tmp_path: Path) -> None:
    (tmp_path / "page.cjs").write_text(forms.bundle(), "utf-8")
    (tmp_path / "notebook.mjs").write_text(forms.esm(), "utf-8")
    for name in ("page.cjs", "notebook.mjs"):
        done = run_node("node", "--check", str(tmp_path / name))
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('import x from "./dom.js";\n', "cannot join the line 'import x from"),
        ('import { a as b } from "./dom.js";\n', "cannot join the line 'import { a as b }"),
        ('import { a } from "https://elsewhere.example/a.js";\n', "cannot join the line 'import"),
        ("export let open = 1;\n", "cannot join the line 'export let"),
        ("export { one, two };\n", "cannot join the line 'export {"),
        ('import { a } from "./later.js";\n', "imports later.js, which comes later"),
        ("const taken = 2;\n", "both define taken"),
    ],
)
def test_what_the_joiner_does_not_know_it_refuses(
    code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dom.js").write_text("export const taken = 1;\n", "utf-8")
    (tmp_path / "odd.js").write_text(code, "utf-8")
    monkeypatch.setattr(forms, "files", lambda _: tmp_path)
    with pytest.raises(ValueError, match=re.escape(said)):
        forms._join(["dom", "odd"])


def test_every_sentence_of_the_interface_is_in_the_words_and_none_is_left_over() -> None:
    code = "\n".join(SOURCES.values())
    literals = set(re.findall(r'"(\w+)"', code))
    ui = set(words()["ui"])
    direct = set(re.findall(r'(?:phrase\(\s*words,\s*|\bsay\()"(\w+)"', code))
    assert direct <= ui, direct - ui
    made = {f"kind_{kind}" for kind in KINDS}
    made |= {"reading_as_worded", "reading_reconstructed"}
    made |= {f"record_{place}" for place in ("none", "kept", "tab", "page")}
    made |= {f"{move}_voice" for move in ("earlier", "later", "remove")}
    assert made <= ui, made - ui
    python = "\n".join(path.read_text("utf-8") for path in FOLDER.parent.rglob("*.py"))
    left = {name for name in ui - literals - made if f'"{name}"' not in python}
    assert left == set()
    spoken = code + python
    assert {name for name in words()["progress"] if f'"{name}"' not in spoken} == set()


def test_nothing_is_fetched_from_anywhere() -> None:
    shipped = forms.bundle() + forms.esm() + forms.css()
    hosts = set(re.findall(r"https?://[^\s\"')]+", shipped))
    assert hosts <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(fetch|XMLHttpRequest|sendBeacon|eval|innerHTML)\b", forms.bundle())


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_voice_colours_stand_out_on_every_paper() -> None:
    """WCAG 1.4.11: at least 3:1 for the marks and borders that tell voices apart."""
    light, dark = forms.voices_css().split('html[data-theme="dark"]')
    papers = {light: ["#ffffff", "#fffdf9", "#f7f3ea"], dark: ["#111111", "#1b1e23", "#23272d"]}
    for sheet, grounds in papers.items():
        colours = dict(re.findall(r"--voice-(\d): (#\w{6})", sheet))
        assert set(colours) == set("01234567")
        for colour in colours.values():
            for ground in grounds:
                a, b = sorted((_luminance(colour), _luminance(ground)))
                assert (b + 0.05) / (a + 0.05) >= 3, (colour, ground)


def test_reading_the_forms_imports_no_widget_library() -> None:
    code = "import sys, workbook.forms as f; f.bundle(); print('anywidget' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr


def _needs_node_modules(name: str) -> None:
    if not (ROOT / "node_modules" / name).exists():
        pytest.skip(f"{name} is not installed: make node_modules/ready")


def test_types_are_clean() -> None:
    _needs_node_modules("typescript")
    done = run_node("node", "node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json")
    assert done.returncode == 0, done.stdout


def test_the_browsers_record_passes_its_own_tests() -> None:
    tests = sorted(str(path) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    done = run_node("node", "--test", *tests)
    assert done.returncode == 0, done.stdout[-3000:]
