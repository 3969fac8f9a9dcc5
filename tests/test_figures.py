"""The pictures: what they say in words, and that they stay the same picture."""

import re
import warnings
from pathlib import Path

import pytest

from workbook.figures import VOICE_COLOURS, Layer, Picture, Strip, envelopes, thread_strip
from workbook.figures.lettering import in_print, lines_of

CHAIN = [
    Layer("gerdowning", "▲", "pastes a block of print into a comment", 2),
    Layer("the records", "R", "are said to hold the number"),
]


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = envelopes(CHAIN, "about 1,000 a day")
    assert picture.alt == (
        "Two envelopes, one inside the other. Envelope 1, the outermost: "
        "gerdowning pastes a block of print into a comment. Envelope 2: the records are said to "
        "hold the number. The letter in the inmost envelope reads: about 1,000 a day"
    )
    assert picture.rows == (
        ("1", "▲ gerdowning", "pastes a block of print into a comment"),
        ("2", "R the records", "are said to hold the number"),
        ("letter", "", "about 1,000 a day"),
    )


def test_a_notebook_gets_image_text_and_table() -> None:
    bundle = envelopes(CHAIN, "a < b | c & d")._repr_mimebundle_()
    assert 'alt="Two envelopes' in bundle["text/html"]
    assert "a &lt; b | c &amp; d" in bundle["text/html"]
    assert r"a < b \| c & d" in bundle["text/markdown"]
    assert bundle["text/plain"].startswith("Two envelopes")


def test_the_same_chain_is_the_same_bytes() -> None:
    assert envelopes(CHAIN, "x").svg() == envelopes(CHAIN, "x").svg()


def test_a_dollar_in_a_quotation_is_a_dollar() -> None:
    assert "<svg" in envelopes(CHAIN, "$5 and $x_{").svg()


@pytest.mark.parametrize("count", [1, 7, 12])
def test_any_number_of_envelopes_leaves_room_for_the_letter(count: int) -> None:
    picture = envelopes(
        [Layer("a voice with a rather long name of its own", "●", "says so")] * count, "x"
    )
    width, height = picture.get_size_inches() * 72
    assert width == pytest.approx(331)
    assert height > 40 * count


def test_no_envelope_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one envelope"):
        envelopes([], "x")


def test_voices_have_the_colours_of_the_forms() -> None:
    css = Path(__file__).parents[1].joinpath("src/workbook/forms/voices.css").read_text("utf-8")
    light = dict(re.findall(r"--voice-(\d): (#\w+);", css.partition("}")[0]))
    assert {int(number): colour for number, colour in light.items()} == VOICE_COLOURS


def test_a_letter_that_the_typeface_lacks_is_a_box_and_itself_in_the_pictures_words() -> None:
    assert in_print("👩🏽\u200d🚀 Weir 橋 Ha\u0301lden") == "□□\u200d□ Weir □ Ha\u0301lden"
    assert in_print("الجسر") == "الجسر"
    assert in_print("الجسر", italic=True) == "□□□□□"
    assert lines_of("👁 👁", 200, 10) == ["👁 👁"]

    def checked(picture: Picture) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert picture.svg()
        assert "👁" in picture.alt or any("👁" in cell for row in picture.rows for cell in row)

    checked(envelopes([Layer("Weir 👁", "👁", "said so 👁", 1)], "الجسر 👁"))
    checked(thread_strip([Strip("Weir 👁", "👁", 12, 1, (), ())]))
