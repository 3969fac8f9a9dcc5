"""The book as a class gets it: built from the same sources, with what holds a key left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

__all__ = ["SiteError", "build_site", "pages_for"]

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_CHAPTER = re.compile(r"(\d\d)-")
_LIMIT = 1800  # seconds; a build that takes longer hangs


class SiteError(RuntimeError):
    """The site could not be built, with what the builder said last."""


def build_site(
    source: Path,
    case_folder: Path,
    out: Path,
    edition: str,
    chapters: Collection[str] | None = None,
) -> Path:
    """Build the book at ``source`` about a case, in an edition, into the folder ``out``.

    Raises ``SiteError``.
    """
    import yaml

    with tempfile.TemporaryDirectory() as made:
        copy = Path(made) / "book-source"
        copy.mkdir()
        shutil.copytree(source / "book", copy / "book")
        if (source / "CITATION.cff").is_file():  # the page on citing is made of it
            shutil.copyfile(source / "CITATION.cff", copy / "CITATION.cff")
        config = yaml.safe_load((source / "_config.yml").read_text("utf-8"))
        config["sphinx"]["config"]["workbook_case"] = str(case_folder.resolve())
        config["sphinx"]["config"]["workbook_edition"] = edition
        # A page that this edition leaves out cannot be linked to; its name stays as plain words.
        config["sphinx"]["config"]["suppress_warnings"] = ["myst", "ref", "toc"]
        (copy / "_config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        toc_file = copy / "book/_toc.yml"
        toc = yaml.safe_load(toc_file.read_text("utf-8"))
        kept = pages_for(toc, copy, edition, chapters)
        toc_file.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), "utf-8")
        command = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
        command += ["--toc", "book/_toc.yml", "--path-output", made, "-q"]
        done = subprocess.run(
            command,
            cwd=copy,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LIMIT,
        )
        built = Path(made) / "_build/html"
        if done.returncode or not (built / "index.html").is_file():
            said = "\n".join(done.stdout.strip().splitlines()[-5:])
            raise SiteError(f"The book could not be built. The last that was said:\n{said}")
        shutil.copytree(built, out, dirs_exist_ok=True)
    return out


def pages_for(
    toc: dict[str, Any], root: Path, edition: str, chapters: Collection[str] | None
) -> dict[str, Any]:
    """The table of contents with the pages of this edition and these chapters only.

    A page says in its front matter that it is for one edition only: ``edition: self-study``.
    """

    def belongs(entry: dict[str, Any]) -> bool:
        name = entry["file"]
        chapter = _CHAPTER.match(Path(name).name)
        if chapters is not None and chapter and chapter[1] not in chapters:
            return False
        return _edition_of(root / name) in (None, edition)

    def kept(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for entry in entries:
            if belongs(entry):
                inner = kept(entry.get("sections", []))
                rest = {name: value for name, value in entry.items() if name != "sections"}
                found.append({**rest, "sections": inner} if inner else rest)
        return found

    parts = [{**part, "chapters": kept(part["chapters"])} for part in toc["parts"]]
    return {**toc, "parts": [part for part in parts if part["chapters"]]}


def _edition_of(page: Path) -> str | None:
    path = page.with_name(f"{page.name}.md")
    front = _FRONT.match(path.read_text("utf-8")) if path.is_file() else None
    said = re.search(r"^edition:\s*(\S+)\s*$", front[1], re.MULTILINE) if front else None
    return said[1] if said else None
