"""Every picture drawn from invented data: it looks as it did, no words collide, all can read it."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from drawings import DRAWINGS
from workbook import figures
from workbook.figures import Picture
from workbook.figures.paper import LETTER, PAPER

Image = pytest.importorskip("PIL.Image")

BASELINES = Path(__file__).parent / "baselines"
TOLERANCE = 6.0
"""Mean difference of grey (0 to 255) by which other builds of the drawing library may differ."""


def grey(picture: Picture) -> np.ndarray:
    """The picture in grey, small enough that hair lines of another build make little difference."""
    image = Image.open(io.BytesIO(picture.png(1))).convert("L")
    width, height = image.size
    return np.asarray(image.resize((width // 2, height // 2), Image.Resampling.BOX), float)


def words(picture: Picture) -> list[Text]:
    found = [text for text in picture.findobj(Text) if text.get_text().strip()]
    return [text for text in found if text.get_visible() and text.axes.axison is False]


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_looks_as_it_did(name: str) -> None:
    path = BASELINES / f"{name}.png"
    now = grey(DRAWINGS[name]())
    if not path.exists():
        Image.fromarray(now.astype("uint8")).save(path, optimize=True)
        pytest.fail(f"{path.name} was not there; look at the one that was made now, and keep it")
    before = np.asarray(Image.open(path), float)
    assert now.shape[1] == before.shape[1]
    assert abs(now.shape[0] - before.shape[0]) <= 4
    rows = min(len(now), len(before))
    assert np.abs(now[:rows] - before[:rows]).mean() < TOLERANCE


def test_the_tolerance_would_see_another_picture() -> None:
    pictures = [grey(drawing()) for drawing in DRAWINGS.values()]
    for one, other in itertools.combinations(pictures, 2):
        rows = min(len(one), len(other))
        assert np.abs(one[:rows] - other[:rows]).mean() > TOLERANCE


def test_every_drawing_of_the_room_has_its_baseline() -> None:
    drawn = {name for name in figures.__all__ if name.islower()}
    assert drawn <= set(DRAWINGS)
    assert {path.stem for path in BASELINES.glob("*.png")} == set(DRAWINGS)
    assert all(path.stat().st_size < 30_000 for path in BASELINES.glob("*.png"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_words_collide_and_none_leave_the_paper(name: str) -> None:
    picture = DRAWINGS[name]()
    canvas = FigureCanvasAgg(picture)
    canvas.draw()
    paper = picture.bbox
    boxes = [(text, text.get_window_extent(canvas.get_renderer())) for text in words(picture)]
    for text, box in boxes:
        assert box.x0 >= paper.x0 - 1, text.get_text()
        assert box.x1 <= paper.x1 + 1, text.get_text()
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > 2 and high > 0.35 * min(a.height, b.height):
            raise AssertionError(f"“{one.get_text()}” lies on “{other.get_text()}”")


def luminance(colour: str) -> float:
    """Relative luminance, by WCAG 2.2."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("name", DRAWINGS)
def test_words_stand_out_from_the_paper_or_are_light_on_a_dark_block(name: str) -> None:
    for text in words(DRAWINGS[name]()):
        light = luminance(text.get_color())
        on_paper = (luminance(PAPER) + 0.05) / (light + 0.05)
        assert on_paper >= 4.5 or light >= luminance(PAPER) - 0.05, text.get_text()
        assert text.get_fontsize() >= 9
    assert luminance(LETTER) > 0.9


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_says_in_words_and_in_a_table_what_it_shows(name: str) -> None:
    picture = DRAWINGS[name]()
    assert len(picture.alt) > 30
    assert picture.alt.rstrip().endswith((".", "”", "!", "?", ".)"))
    assert picture.rows
    assert all(len(row) == len(picture.header) for row in picture.rows)
    assert picture.svg() == DRAWINGS[name]().svg()
