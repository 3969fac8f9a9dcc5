"""Texts that learners might write: quotations copied, changed, cut, wrongly marked, and worse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from workbook.quotations import tokens

MARKS = [('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"), ("\n> ", "\n")]
MARKS += [("“", ""), ("", "”"), ('"', ""), ("“‘", "’”"), ("‘“", "”’")]
ODD = "aAé'’‘“”\"«»„[]()….>\n\r\t \u00a0\u2003\u200f\u0301\x1c\x85אب🙂\ud83d\udc00ßİıſK0#;-{}\\"
BESIDE = [
    " Ben says",
    " according to Anna:",
    ", writes Carl",
    " (Anna, line 2)",
    " (line 3)",
    ".",
    " lines 2-4",
    " gerdowning quotes",
    " (lines 1 to 40, the Japanese)",
    " Furr's",
    " he was stressed by Lyushkov",
    " (",
    ")",
    " Line 99999 and 100000",
    " the pasted passage has",
]


@st.composite
def copied(draw: st.DrawFn, sources: Sequence[Any]) -> str:
    """Words of a source as they stand there, from the start of a token to the end of one."""
    text = draw(st.sampled_from([source["text"] for source in sources]))
    held = tokens(text)
    first = draw(st.integers(0, len(held) - 1))
    last = min(len(held) - 1, first + draw(st.sampled_from([0, 1, 2, 5, 9, 30, 90])))
    return str(text[held[first][0] : held[last][1]])


@st.composite
def quoted(draw: st.DrawFn, sources: Sequence[Any]) -> str:
    """A quotation: copied, then perhaps changed in a word, its marks, its case or its spaces."""
    words = draw(copied(sources))
    pieces = words.split(" ")
    place = draw(st.integers(0, len(pieces) - 1))
    change = draw(st.integers(0, 8))
    if change == 1:
        pieces[place] = draw(st.sampled_from(["perhaps", "Xanadu", "🙂", "…", "[he]", "..."]))
    elif change == 2:
        pieces[place] = pieces[place].swapcase()
    elif change == 3:
        pieces = [*pieces[:place], "…", *pieces[place + 2 :]]
    elif change == 4:
        pieces = [*pieces[place:], "[…]", *pieces[:place]]
    elif change == 5:
        pieces = [f"{piece} \n" for piece in pieces]
    elif change == 6:
        del pieces[place]
    elif change == 7:
        pieces.insert(place, draw(st.text(ODD, max_size=5)))
    before, after = draw(st.sampled_from(MARKS))
    return f"{before}{' '.join(pieces)}{after}"


def written(sources: Sequence[Any]) -> st.SearchStrategy[str]:
    """Whole texts."""
    odd = st.text(ODD, max_size=25)
    return st.lists(
        quoted(sources) | quoted(sources) | st.sampled_from(BESIDE) | odd, max_size=6
    ).map("".join)
