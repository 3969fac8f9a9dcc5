"""``workbook release``: what a class gets, and what its teacher keeps to grade by.

A release holds notebooks, the site, the package to install, instructions and a manifest. In the
classroom edition no byte of it holds an answer, a reply or a reading of ours.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path

from ..case import Case
from .assignments import COURSE, as_given, write_course
from .manifest import MANIFEST
from .rules import RuleError, Rules, read_rules
from .site import SiteError, build_site
from .wheel import WheelError, build_wheel

__all__ = ["EDITIONS", "MANIFEST", "ReleaseError", "chapters_from", "release"]

EDITIONS = ("classroom", "self-study")
_IMPORT = re.compile(r"^from workbook import (\w+)", re.MULTILINE)
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same bytes every time


class ReleaseError(ValueError):
    """A release that cannot be made, with what to do."""


def chapters_from(said: str, known: Sequence[str]) -> list[str]:
    """The chapters that ``1-4`` or ``2,5,7-9`` name, as the case names them (``01`` …).

    Raises ``ReleaseError`` for what names no chapter.
    """
    chosen: list[str] = []
    for part in said.split(","):
        found = re.fullmatch(r"\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?", part)
        if not found:
            raise ReleaseError(f"“{part.strip()}” names no chapters; write 3, or 1-4, or 1,3,5-7.")
        first, last = int(found[1]), int(found[2] or found[1])
        for number in range(first, last + 1):
            name = f"{number:02d}"
            if name not in known:
                raise ReleaseError(
                    f"There is no chapter {number}; they run from {int(known[0])} "
                    f"to {int(known[-1])}."
                )
            if name not in chosen:
                chosen.append(name)
    if not chosen:
        raise ReleaseError(f"“{said}” names no chapters; the first comes before the last.")
    return sorted(chosen)


def release(
    case: Case,
    out: Path,
    *,
    source: Path,
    edition: str = "classroom",
    chapters: Sequence[str] | None = None,
    site: bool = True,
    nbgrader: bool = False,
    config: Path | None = None,
) -> Path:
    """Make a release of ``case`` in the folder ``out``, or in the archive, if it ends in ``.zip``.

    ``source`` is the folder of the book about this case: the project's own, or another that has
    ``_config.yml``, ``book`` and, if there are notebooks, ``exercises``. With ``nbgrader`` the
    notebooks stand in a course folder of nbgrader, where exercises count as the rules in ``config``
    say. Nothing is left in ``out`` if something goes wrong. Raises ``ReleaseError``.
    """
    chosen = list(case.chapters) if chapters is None else list(chapters)
    notebooks = _notebooks(source, chosen, case)
    if not notebooks and (nbgrader or not site):
        raise ReleaseError(f"{source / 'exercises'} has no notebook of the chapters to release.")
    if config and not nbgrader:
        raise ReleaseError("Only an nbgrader course has points in it; --config goes to --nbgrader.")
    try:
        rules = read_rules(config, case) if config else Rules()
    except RuleError as error:
        raise ReleaseError(str(error)) from error
    zipped = out.suffix.lower() == ".zip"
    if out.exists() and (zipped or not out.is_dir() or any(out.iterdir())):
        raise ReleaseError(f"{out} is there already; give another name, or remove it first.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "release"
        folder.mkdir()
        try:
            if nbgrader:
                write_course(case, notebooks, folder / COURSE, edition, rules)
            elif notebooks:
                _copy(notebooks, folder / "notebooks", edition)
            _fill(case, folder, source, edition, chosen, site, nbgrader)
            if zipped:
                out.parent.mkdir(parents=True, exist_ok=True)
                _zip(folder, out)
            else:
                shutil.copytree(folder, out, dirs_exist_ok=True)
        except (SiteError, WheelError) as error:
            raise ReleaseError(str(error)) from error
        except OSError as error:
            raise ReleaseError(f"{out} cannot be written: {error.strerror or error}.") from error
    return out


def _notebooks(source: Path, chapters: Collection[str], case: Case) -> list[Path]:
    if not (source / "book/_toc.yml").is_file():
        raise ReleaseError(
            f"{source.resolve()} is not the workbook's own folder (it has no book/_toc.yml). "
            "Change to that folder, or name it with --source."
        )
    found = sorted((source / "exercises").glob("*.ipynb"))
    chosen = [path for path in found if path.name[:2] in chapters]
    for path in chosen:
        if others := sorted(_cases_of(path) - {case.id}):
            raise ReleaseError(
                f"{path} is about the case “{others[0]}”, and this release about “{case.id}”. Name "
                "the folder that holds the book about this case with --source."
            )
    return chosen


def _cases_of(notebook: Path) -> set[str]:
    """The cases that a notebook imports."""
    cells = json.loads(notebook.read_bytes())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return {name for source in code for name in _IMPORT.findall(source)}


def _copy(notebooks: list[Path], folder: Path, edition: str) -> None:
    folder.mkdir()
    for path in notebooks:
        text = json.dumps(as_given(path, edition), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / path.name).write_text(text + "\n", "utf-8", newline="\n")


def _fill(
    case: Case,
    folder: Path,
    source: Path,
    edition: str,
    chapters: list[str],
    site: bool,
    nbgrader: bool,
) -> None:
    wheel = ""
    if edition == "classroom":
        wheel = build_wheel(source, case, folder, chapters).name
    if site:
        build_site(source, case.folder, folder / "site", edition, chapters)
    said = _instructions(case, folder, wheel, site, nbgrader)
    (folder / "START-HERE.txt").write_text(said, "utf-8")
    (folder / MANIFEST).write_text(_manifest(case, edition, chapters), "utf-8")


def _manifest(case: Case, edition: str, chapters: list[str]) -> str:
    said = {
        "format": 1,
        "workbook": version("who-says-so"),
        "case": case.id,
        "edition": edition,
        "chapters": {
            chapter: {name: case.items[name].revision for name in case.chapters[chapter]}
            for chapter in chapters
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _instructions(case: Case, folder: Path, wheel: str, site: bool, nbgrader: bool) -> str:
    ways = [f"Who Says So?  {case.title}", "", case.content_note, ""]
    if site:
        ways += [
            "IN THE BROWSER (nothing to install)",
            "1. Open site/index.html by double click.",
            "2. Read a chapter and answer its questions. Your answers stay in this browser.",
            "3. At the end of an exercises page choose “Download my answers”.",
            "4. Hand in that one file.",
            "",
        ]
    if not (folder / "notebooks").is_dir() and not nbgrader:
        return "\n".join(ways)
    ways += ["IN JUPYTER"]
    if wheel:
        ways += [f'1. Install the package once: pip install "./{wheel}[notebook]"']
    else:
        ways += ["1. Install the package once, as your teacher tells you."]
    if nbgrader:
        ways += ["2. Fetch the assignment, open its notebook and run its cells."]
    else:
        ways += ["2. Open a notebook in the folder notebooks and run its cells."]
    ways += [
        "3. Answer by clicking, or type your answer in place of the dots.",
        "4. Run the last cell, save the notebook, and hand it in.",
        "",
    ]
    return "\n".join(ways)


def _zip(folder: Path, out: Path) -> None:
    """The folder as an archive: the same bytes for the same files."""
    part = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = f"{out.stem}/{path.relative_to(folder).as_posix()}"
                    entry = zipfile.ZipInfo(name, _FIRST_DATE)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    archive.writestr(entry, path.read_bytes())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
