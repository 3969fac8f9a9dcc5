"""What ``gallery.toml`` may say, and how an author is told what is wrong in it."""

from pathlib import Path
from shutil import copytree

import pytest

from workbook import lyushkov
from workbook.case import CaseError, open_case


def problems(tmp_path: Path, words: str) -> list[str]:
    """What is said of the case with this ``gallery.toml``."""
    folder = tmp_path / "case"
    copytree(lyushkov.folder, folder)
    (folder / "gallery.toml").write_text(words, "utf-8")
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    return [str(problem) for problem in caught.value.problems]


def test_words_that_do_not_stand_in_their_passage_are_found(tmp_path: Path) -> None:
    words = '[[argument]]\nid = "x"\n[[argument.stage]]\npassage = "a20"\nexact = "Many Japanese"\n'
    assert problems(tmp_path, words) == [
        "gallery.toml: x: “Many Japanese” does not stand in passage “a20”; copy the words from it"
    ]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    words = """
[[argument]]
id = "x"
[[argument.stage]]
passage = "a2O"
says = "ours"
[[argument.stage]]
passage = "a20"
[[matrix]]
id = "m"
findings = ["one", "two"]
[[matrix.row]]
label = "Useful"
cells = ["consistent"]
[[matrix.row]]
label = "Convinced"
cells = ["consistent", "perhaps"]
why = ["because"]
[[committee]]
id = "c"
title = "A committee"
since = 1917
shade = [1938, 1936]
[[pictures]]
"""
    said = problems(tmp_path, words)
    assert said[0].startswith("gallery.toml: pictures: is not known here; what may stand here is")
    assert said[1].startswith("gallery.toml: x: passage “a2O” is not known")
    assert said[2:] == [
        "gallery.toml: x: what is taken from passage “a20” needs either `exact` or `says`, and "
        "not both",
        "gallery.toml: m: the row “Useful” needs a cell for each of 2 findings, and has 1",
        "gallery.toml: m: the row “Convinced” needs a reason for each of its 2 cells, or none at "
        "all, and has 1",
        "gallery.toml: m: the cell “perhaps” is not known; it is one of: consistent, "
        "inconsistent, neither, cannot tell",
        "gallery.toml: c: `shade` runs backwards, from 1938; turn it round",
    ]


def test_a_case_without_the_file_opens(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    copytree(lyushkov.folder, folder)
    (folder / "gallery.toml").unlink()
    assert open_case(folder).arranged.arguments == {}
