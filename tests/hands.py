"""Two ways to use a form, and what to do with the forms for weighing: by mouse, and by keys."""

from __future__ import annotations

from typing import Any

from workbook import lyushkov
from workbook.evidence import BLIND, DIALS
from workbook.feedback import words

UI = words()["ui"]
RATED, COLUMN, MATRIX, TREE, TOLD = (
    "rate_liberalism",
    "column_fit",
    "two_keys_four_findings",
    "who_leans_on_whom",
    "he_knew",
)
EXERCISES = (RATED, COLUMN, MATRIX, TREE, TOLD)

BLIND_LOOK = {"fit": 3, "faithfulness": 1}
WHOLE = {
    **dict(zip(DIALS, [3, 1, 1, 0, "N", 2], strict=True)),
    "because": "It says moved; the other says struck.",
    "confidence": 80,
    "find": "staff_file",
}
LEVELS = [1, 0, "N", 2, 1, 0]


def face(name: str) -> Any:
    return lyushkov.compiled[name][0]


def _cells() -> dict[str, dict[str, str]]:
    values = [value["id"] for value in face(MATRIX)["values"]]
    return {
        row["id"]: {
            column["id"]: values[(i + j) % len(values)]
            for j, column in enumerate(face(MATRIX)["columns"])
        }
        for i, row in enumerate(face(MATRIX)["rows"])
    }


def _tree() -> dict[str, Any]:
    return {
        "depends": {row["id"]: [face(TREE)["options"][0]["id"]] for row in face(TREE)["rows"]},
        "lines": 1,
    }


def _told() -> list[str]:
    text, tokens = face(TOLD)["passage"]["text"], face(TOLD)["passage"]["tokens"]
    start, end, _ = next(token for token in tokens if token[2])
    return [text[start:end]]


def expected() -> dict[str, list[tuple[str | None, Any]]]:
    """The lines of a record, (stage, answer), that `use` leaves behind for each exercise."""
    column = dict(zip([row["id"] for row in face(COLUMN)["rows"]], LEVELS, strict=True))
    right = lyushkov.compiled[TOLD][1]["readings"][0]["answer"]
    return {
        RATED: [("blind", BLIND_LOOK), ("revealed", WHOLE)],
        COLUMN: [(None, column)],
        MATRIX: [(None, {"cells": _cells()})],
        TREE: [(None, _tree())],
        TOLD: [(None, right), ("words", _told())],
    }


class Mouse:
    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, control: Any) -> None:
        control.click()

    pick = press

    def choose(self, select: Any, value: str) -> None:
        select.select_option(value)

    def write(self, field: Any, text: str) -> None:
        field.click()
        field.fill(text)


class Keys(Mouse):
    """Only keys are pressed; the focus is set where Tab would bring it."""

    def press(self, control: Any) -> None:
        control.focus()
        self.page.keyboard.press("Enter")

    def pick(self, control: Any) -> None:
        control.focus()
        self.page.keyboard.press("Space")

    def choose(self, select: Any, value: str) -> None:
        select.focus()
        options = select.evaluate("e => [...e.options].map(o => o.value)")
        for _ in range(options.index(value)):
            self.page.keyboard.press("ArrowDown")
        assert select.input_value() == value, "the arrow keys choose"

    def write(self, field: Any, text: str) -> None:
        field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


def use(hand: Mouse, form: Any, name: str) -> None:
    """Answer one of ``EXERCISES`` in its form, to the end."""
    check = form.locator(".wb-check")
    if name == RATED:
        for dial in BLIND:
            hand.pick(level(form, dial, BLIND_LOOK[dial]))
        hand.press(check)
        form.locator(".wb-road").first.wait_for()
        for dial in DIALS:
            if WHOLE[dial] != BLIND_LOOK.get(dial):
                hand.pick(level(form, dial, WHOLE[dial]))
        hand.write(form.locator(".wb-because-field"), str(WHOLE["because"]))
        hand.write(form.locator(".wb-sure"), str(WHOLE["confidence"]))
        hand.choose(form.locator("select"), str(WHOLE["find"]))
    elif name == COLUMN:
        for n, mark in enumerate(LEVELS):
            if n:
                hand.press(form.get_by_role("button", name=UI["column_next"], exact=True))
            hand.pick(level(form, f"passage{n}", mark))
    elif name == MATRIX:
        for j, column in enumerate(face(MATRIX)["columns"]):
            onward = form.get_by_role("button", name=UI["matrix_next"], exact=True)
            if j and onward.is_visible():
                hand.press(onward)
            for row in face(MATRIX)["rows"]:
                said = UI["matrix_cell"].format(row=row["label"], column=column["label"])
                cell = form.get_by_label(said, exact=True)
                hand.choose(cell, _cells()[row["id"]][column["id"]])
    elif name == TREE:
        for n, parents in enumerate(_tree()["depends"].values()):
            account = form.locator(".wb-account").nth(n)
            hand.choose(account.locator("select"), parents[0])
            hand.press(account.get_by_role("button", name=UI["provenance_add"]))
        hand.write(form.locator(".wb-number, input").last, "1")
    else:
        right = lyushkov.compiled[TOLD][1]["readings"][0]["answer"]
        hand.pick(form.locator(f'input[value="{right}"]'))
        hand.press(check)
        hand.press(form.locator(".wb-telling .wb-word").first)
        check = form.locator(".wb-telling-keep")
    hand.press(check)


def level(form: Any, dial: str, mark: Any) -> Any:
    return form.locator(f'input[name$="-{dial}"][value="{mark}"]')
