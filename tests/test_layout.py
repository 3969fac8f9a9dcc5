"""A reply of several lines reads well in a terminal, in print, in a notebook, on a class's page."""

from __future__ import annotations

from hands import BLIND_LOOK, RATED, WHOLE
from workbook import lyushkov
from workbook.classroom.page import text
from workbook.evidence import NO_FIND
from workbook.feedback import Feedback
from workbook.judging import judge
from workbook.layout import as_html, head, item, lines, named, quote

SAID = "\n".join(["First.", head("Next"), item("one"), item("<two>"), "", quote("Said."), "Last."])
REPLY = Feedback("x", "noted", part=SAID)


def test_each_face_has_headings_lists_and_quotations_of_its_own() -> None:
    assert REPLY.text() == "✎ Noted\nFirst.\n\nNext\n– one\n– <two>\n  Said.\nLast."
    assert REPLY.markdown() == (
        "**✎ Noted**\n\nFirst.\n\n**Next**\n\n- one\n- \\<two\\>\n\n> Said.\n\nLast."
    )
    assert REPLY.html() == (
        '<div class="wb-feedback wb-noted" role="status"><p class="wb-verdict">✎ Noted</p>'
        '<p class="wb-part">First.</p><p class="wb-part wb-subhead"><strong>Next</strong></p>'
        '<ul><li class="wb-part">one</li><li class="wb-part">&lt;two&gt;</li></ul>'
        '<blockquote class="wb-part">Said.</blockquote><p class="wb-part">Last.</p></div>'
    )
    assert as_html(lines(item("a\u202eb")), text) == "<ul><li>a\ufffdb</li></ul>"


def test_a_name_stands_before_a_sentence_and_above_a_list() -> None:
    assert [line.said for line in named("Also", "yes")] == ["Also: yes"]
    assert [line.said for line in named("Also", item("yes"))] == ["Also:", "yes"]


def test_a_rating_is_told_under_headings_and_says_nothing_twice() -> None:
    first = judge(*lyushkov.compiled[RATED], [BLIND_LOOK])
    assert first.reply == "", "there is nothing to compare yet"
    assert first.part.startswith("Your first look is kept: Fit 3, Faithfulness 1.\n")
    told = judge(*lyushkov.compiled[RATED], [BLIND_LOOK, WHOLE])
    laid = lines(told.part)
    assert [line.said for line in laid if line.kind == "head"] == [
        "The rule, step by step",
        "What a single find would change",
    ]
    assert [line.said for line in laid][:2] == [
        "Fit stayed as it was.",
        "Faithfulness: 1 before, 0 after.",
    ]
    steps = [line.said for line in laid if line.kind == "item"]
    assert "Fit is 3: the gate is open." in steps
    assert len({line.said for line in laid}) == len(laid)
    same = judge(*lyushkov.compiled[RATED], [BLIND_LOOK, {**WHOLE, **BLIND_LOOK}])
    assert same.part.startswith("You left both marks of your first look as they were.\n")


def test_it_may_be_guessed_that_no_find_would_help() -> None:
    told = judge(*lyushkov.compiled[RATED], [BLIND_LOOK, {**WHOLE, "find": NO_FIND}])
    assert told.verdict == "noted"
    assert "You guessed that none of them would move it." in told.part
    wrong = judge(*lyushkov.compiled[RATED], [BLIND_LOOK, {**WHOLE, "find": "nonesuch"}])
    assert wrong.reply.startswith("“find” should be one of: ")
    assert NO_FIND in wrong.reply
