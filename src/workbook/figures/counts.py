"""How many did what: one bar for each thing, longest where most did it."""

from __future__ import annotations

from collections.abc import Sequence

from .lettering import lines_of, stop
from .paper import LINE, MARGIN, NORMAL, PALE_INK, SMALL, VOICE_COLOURS, WIDTH
from .picture import Picture
from .sheet import Sheet


def counts(title: str, rows: Sequence[tuple[str, int]], note: str = "") -> Picture:
    """Draw a bar for each row (what, people), with its number at the end.

    ``note`` stands on top, such as "simulated".

    Alt text: "Whose words? Simulated. Right at once: 21. A voice in the middle is skipped: 9."
    """
    if not rows:
        raise ValueError("there is nothing to count: `rows` is empty")
    for what, people in rows:
        if people < 0:
            raise ValueError(f"“{what}” has {people} people; a count is 0 or more")
    sheet, y = Sheet(), float(MARGIN)
    room = WIDTH - 2 * MARGIN
    if note:
        y = sheet.write(MARGIN, y, lines_of(note, room, SMALL), SMALL, PALE_INK) + 2
    y = sheet.write(MARGIN, y, lines_of(title, room, NORMAL, bold=True), NORMAL, bold=True) + 4
    most = max(max(people for _, people in rows), 1)
    for what, people in rows:
        y = sheet.write(MARGIN, y, lines_of(what, room, SMALL), SMALL)
        long = people / most * (room - 46)
        if people:
            sheet.block(MARGIN, y, long, 11, fill=VOICE_COLOURS[1])
        sheet.beside(MARGIN + long + 6, y + 5.5, f"{people:,}", NORMAL, bold=True)
        y += LINE * SMALL + 8
    told = [stop(part) for part in (title, note) if part]
    told += [f"{what}: {people:,}." for what, people in rows]
    table = [(what, f"{people:,}") for what, people in rows]
    return sheet.done(y + MARGIN, " ".join(told), ("What", "People"), table)
