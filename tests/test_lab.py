"""The shipped exercise notebook in a real JupyterLab, as a student clicks through it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hands import EXERCISES, RATED, WHOLE, Keys, Mouse, expected, use
from workbook import lyushkov
from workbook.ask import RECORD_MIME
from workbook.classroom.grade import grade
from workbook.judging import judge
from workbook.record import Record

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

NOTEBOOK = Path(__file__).parents[1] / "exercises" / "03-voices-inside-voices.ipynb"
FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
HANDS = {"mouse": Mouse, "keys": Keys}


WEIGHING = "weighing.ipynb"
WEIGHING_START = """from workbook import lyushkov
import os, pathlib
pathlib.Path("pid").write_text(str(os.getpid()))
"""


EXPLORE = """from workbook import explorers
from IPython.display import display
display(explorers.dials(), explorers.days(lyushkov), explorers.answers(lyushkov))
"""


def weighing_notebook() -> str:
    """A notebook that asks for what `hands.use` answers; its first cell tells its kernel's pid."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    notebook.cells = [nbformat.v4.new_code_cell(WEIGHING_START)]
    notebook.cells += [nbformat.v4.new_code_cell(EXPLORE)]
    notebook.cells += [
        nbformat.v4.new_code_cell(f"lyushkov.exercises.{name}.answer(...)") for name in EXERCISES
    ]
    return nbformat.writes(notebook)


@dataclass
class Lab:
    """A running JupyterLab with the exercise notebook in its folder."""

    address: str
    folder: Path

    @property
    def record(self) -> Record:
        return Record(self.folder / "answers.jsonl")

    def whole(self) -> bool:
        """Whether the notebook's file is written to its end: we may look in the middle of it."""
        try:
            return bool(self.saved())
        except ValueError:
            return False

    def saved(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.folder / NOTEBOOK.name).read_text("utf-8"))
        return loaded


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root = tmp_path_factory.mktemp("lab")
    folder = root / "notebooks"
    folder.mkdir()
    shutil.copy(NOTEBOOK, folder)
    for hand in HANDS:
        (folder / hand).mkdir()
        (folder / hand / WEIGHING).write_text(weighing_notebook(), "utf-8")
    env = {k: v for k, v in os.environ.items() if k not in ("WORKBOOK_RECORD", "WORKBOOK_FACE")}
    env.pop("PYTEST_CURRENT_TEST", None)
    for name in FOLDERS:
        env[name] = str(root / name.lower())
        Path(env[name]).mkdir()
    settings = Path(env["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    no_news = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(no_news))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--IdentityProvider.token="]
    command += ["--LabApp.extension_manager=readonly", f"--ServerApp.root_dir={folder}"]
    with (root / "log").open("w") as log:
        process = subprocess.Popen(
            command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _await_port(port)
        yield Lab(f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK.name}", folder)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # it waits for kernels that nobody needs any more
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


def _await_port(port: int) -> None:
    for _ in range(240):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise TimeoutError("JupyterLab did not start within a minute")


def _open(page: Any, lab: Lab) -> None:
    page.goto(lab.address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
    _menu(page, "Run", "Run All Cells")
    page.locator(".wb-form").first.wait_for(timeout=60_000)


def _open_alone(page: Any, lab: Lab, notebook: str) -> None:
    """Open another notebook, and none that an earlier test has left open."""
    page.goto(f"{lab.address.replace(NOTEBOOK.name, notebook)}?reset")
    page.locator(".jp-Notebook .jp-Cell").nth(1).wait_for(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)


def _menu(page: Any, menu: str, entry: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def _form(page: Any, exercise: str) -> Any:
    title = lyushkov.items[exercise].title
    form = page.locator(".wb-form").filter(has=page.get_by_text(title, exact=True))
    form.scroll_into_view_if_needed(timeout=60_000)
    return form


def _save(page: Any, lab: Lab) -> None:
    before = (lab.folder / NOTEBOOK.name).stat().st_mtime_ns
    page.keyboard.press("Control+s")  # from wherever the focus is: a form must let it through
    for _ in range(80):
        if (lab.folder / NOTEBOOK.name).stat().st_mtime_ns != before and lab.whole():
            return
        page.wait_for_timeout(100)  # not time.sleep: the request guard needs its turn
    raise TimeoutError("JupyterLab did not save the notebook")


RIGHT = ["gerdowning", "book", "several_japanese", "lyushkov"]


def test_a_student_clicks_types_saves_and_hands_in(
    lab: Lab, chromium_context: Any, tmp_path: Path
) -> None:
    page = chromium_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1000})
    _open(page, lab)

    # By mouse: a leapfrog first, then the whole chain.
    form = _form(page, "who_remembers")
    add = {v["id"]: v["label"] for v in lyushkov.compiled["who_remembers"][0]["voices"]}
    for voice in ("gerdowning", "lyushkov"):
        form.get_by_role("button", name=add[voice]).first.click()
    form.get_by_role("button", name="Check", exact=True).click()
    form.get_by_text("Partly").wait_for()
    assert "Your chain stands as far as “gerdowning”. It is too short." in form.inner_text()
    assert lab.record.answers("lyushkov", "who_remembers", 1) == [["gerdowning", "lyushkov"]]
    for voice in ("book", "several_japanese"):
        form.locator(".wb-add").filter(has_text=add[voice]).click()
    for _ in range(2):
        form.get_by_role("button", name=f"{add['lyushkov']} later").or_(
            form.locator(".wb-link", has_text=add["lyushkov"]).locator(".wb-move-later")
        ).first.click()
    form.get_by_role("button", name="Check", exact=True).click()
    form.get_by_text("Yes. That is how we read it too.").wait_for()

    # By keyboard alone: the first offered voice, then Check.
    form = _form(page, "first_envelope")
    form.locator(".wb-add").first.focus()
    page.keyboard.press("Enter")
    form.locator(".wb-check").focus()
    page.keyboard.press("Enter")
    form.locator(".wb-verdict").wait_for()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    form.locator(".wb-add").nth(1).focus()
    page.keyboard.press("a")
    page.keyboard.press("x")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "keys stay inside the form"

    # Saved, the notebook alone carries the record and is graded like the record itself.
    _save(page, lab)
    raw = lab.record.raw_lines()
    assert len(raw) == 3
    outputs = [o for cell in lab.saved()["cells"] for o in cell.get("outputs", [])]
    embedded = [o["data"][RECORD_MIME] for o in outputs if RECORD_MIME in o.get("data", {})]
    assert embedded == [{"format": 1, "case": "lyushkov", "lines": raw}]
    alone = tmp_path / "handins"
    alone.mkdir()
    shutil.copy(lab.folder / NOTEBOOK.name, alone / "notebook.ipynb")
    (alone / "record.jsonl").write_text("\n".join(raw) + "\n")
    grade(lyushkov, alone, tmp_path / "report")
    with (tmp_path / "report" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    face, key = lyushkov.compiled["who_remembers"]
    best = judge(face, key, [["gerdowning", "lyushkov"], RIGHT]).best
    assert [float(row["who_remembers"]) for row in rows] == [pytest.approx(best)] * 2
    page.close()


def test_after_a_restart_the_form_opens_at_the_last_answer_and_run_all_spends_nothing(
    lab: Lab, chromium_context: Any
) -> None:
    before = lab.record.raw_lines()
    assert before, "the test before this one has answered"
    page = chromium_context.new_page()
    page.goto(lab.address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
    _menu(page, "Kernel", "Restart Kernel and Run All Cells…")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    form = _form(page, "who_remembers")
    form.get_by_text("Yes. That is how we read it too.").wait_for(timeout=60_000)
    assert form.locator(".wb-link").count() == 4
    assert lab.record.raw_lines() == before
    page.close()


@pytest.mark.parametrize("name", HANDS)
def test_the_forms_for_weighing_keep_the_lines_that_the_static_pages_keep(
    lab: Lab, chromium_context: Any, name: str
) -> None:
    page = chromium_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1000})
    _open_alone(page, lab, f"{name}/{WEIGHING}")
    _menu(page, "Run", "Run All Cells")
    record = Record(lab.folder / name / "answers.jsonl")
    for exercise, lines in expected().items():
        form = _form(page, exercise)
        use(HANDS[name](page), form, exercise)
        for _ in range(100):
            kept = [line for line in record.lines() if line.exercise == exercise]
            if len(kept) == len(lines):
                break
            page.wait_for_timeout(100)
        assert [(line.stage, line.answer) for line in kept] == lines
    page.close()


def test_a_rating_outlives_its_killed_kernel(lab: Lab, chromium_context: Any) -> None:
    before = (lab.folder / "mouse" / "answers.jsonl").read_bytes()
    page = chromium_context.new_page()
    _open_alone(page, lab, f"mouse/{WEIGHING}")
    os.kill(int((lab.folder / "mouse" / "pid").read_text()), signal.SIGKILL)
    page.get_by_role("dialog").get_by_role("button", name="Ok").click(timeout=60_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
    _menu(page, "Run", "Run All Cells")
    form = _form(page, RATED)
    form.locator(".wb-worked").wait_for(timeout=60_000)
    assert form.locator(".wb-because-field").input_value() == WHOLE["because"]
    assert (lab.folder / "mouse" / "answers.jsonl").read_bytes() == before
    page.close()


def test_explorers_follow_mouse_and_keys(lab: Lab, chromium_context: Any) -> None:
    page = chromium_context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1000})
    _open_alone(page, lab, f"keys/{WEIGHING}")
    _menu(page, "Run", "Run All Cells")
    said = page.locator(".wb-explorer-said")
    said.nth(2).wait_for(timeout=60_000)
    picture = page.locator(".jp-OutputArea img").first
    before = picture.get_attribute("src")
    page.get_by_label("Fit", exact=True).select_option(index=0)
    said.nth(0).get_by_text("not evidence for this claim").wait_for()
    picture.and_(page.locator(f'img:not([src="{before}"])')).wait_for()
    closeness = page.get_by_label("Closeness", exact=True)
    page.get_by_label("Fit", exact=True).select_option(index=3)
    closeness.focus()
    page.keyboard.press("ArrowDown")
    said.nth(0).get_by_text("Closeness is 3").wait_for()
    handle = page.locator(".noUi-handle").first
    handle.focus()
    page.keyboard.press("ArrowRight")
    said.nth(1).get_by_text("1 February 1937 to 31 December 1938").wait_for()
    chosen = page.get_by_label("Exercise", exact=True)
    chosen.select_option("Rate it: a thousand a day (rate_thousand)")
    said.nth(2).get_by_text("Rate it: a thousand a day").wait_for()
    assert "SIMULATED CLASS" in said.nth(2).inner_text()
    page.close()
