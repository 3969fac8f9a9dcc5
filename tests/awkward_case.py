"""A case of another quarrel with whatever a thread can hold, for tests of pages, forms and twins.

Its files are as an editor on Windows saves them. In the thread stand emoji of one sign and of
three, letters beyond the first plane, an accent in a sign of its own, words written from right to
left, quotations three deep and quoted lines, one sentence three times, a line of 3,000 characters,
and what HTML, Markdown, TeX and Python would each take for a command. Five voices stand in a chain.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import cache
from pathlib import Path

from workbook import Case, open_case

LONG = "Minutes, 4 May 1871: " + "".join(
    f"Item {n}. The surveyor laid before the board an account of stone, lime and labour, and it "
    "was read. "
    for n in range(1, 31)
)
NESTED = (
    "My grandmother said: \"Your great-grandfather told me, 'The clerk read out: "
    "«The drawings are Mr Ha\u0301lden’s»'.\""
)
SCHOOL = (
    "👩\u200d🏫 Our project (𝕎𝕖𝕚𝕣 𝔹𝕣𝕚𝕕𝕘𝕖) found the word גשר, and somebody says the mason cut it."
)
PLAQUE = "The plaque says that Miss Orr designed it & that nobody helped her."
CODE = (
    '<script>alert("Orr")</script> **Orr** `Orr` $O_r^r$ [Orr](#orr) {{ orr }} &amp; %s \\n _Orr_'
)
FIVE = (
    "The archivist told me that the clerk had noted that the surveyor heard Ha\u0301lden say that "
    'Orr "only held the tape".'
)
BRIDGE = 'الجسر جميل means "the bridge is beautiful" 🇳🇴.'

THREAD = f"""Who drew the Weir Bridge? 🌉

{NESTED}
{PLAQUE}
The arch is his.

{SCHOOL}

mill_lane wrote:

> The arch is his.
> {PLAQUE}

{CODE}
The arch is his.
😀😀 Perhaps.

(no name) wrote:

{LONG}
{FIVE}
{BRIDGE}
"""

BYTES = b"\xef\xbb\xbf" + THREAD.replace("\n", "\r\n").encode()

CASE = f"""
id = "weir"
title = "Who drew the bridge?"
language = "en"
content_note = ""
[thread]
file = "thread.txt"
sha256 = "{hashlib.sha256(BYTES).hexdigest()}"
[[post]]
id = "p0"
voice = "op"
start = {{ exact = "Who drew the Weir Bridge? 🌉" }}
date = "2021-03-05"
date_basis = "The forum prints it."
[[post]]
id = "p1"
voice = "mill_lane"
byline = {{ exact = "mill_lane wrote:" }}
date = "2021-03/2021-04"
date_basis = "Between its neighbours."
[[post]]
id = "p2"
voice = "nobody"
byline = {{ exact = "(no name) wrote:" }}
"""

_VOICES = {
    "op": ("the opening post", "■", True),
    "mill_lane": ("mill_lane", "▲", True),
    "nobody": ("the poster without a name", "👁", True),
    "grandmother": ("the grandmother", "G", False),
    "forefather": ("the great-grandfather & <b>co</b>", "F", False),
    "clerk": ("the clerk", "C", False),
    "plaque": ("the plaque", "P", False),
    "archivist": ("the archivist", "A", False),
    "surveyor": ("the surveyor", "S", False),
    "halden": ("Hálden", "H", False),
    "minutes": ("the minutes", "M", False),
    "somebody": ("somebody", "?", False),
}
VOICES = "".join(
    f"""
[[voice]]
id = "{name}"
label = "{label}"
kind = "person"
named = false
posts_here = {str(posts).lower()}
mark = "{mark}"
"""
    for name, (label, mark, posts) in _VOICES.items()
)


def _passage(name: str, post: str, exact: str, chain: list[str], **more: str) -> str:
    said = lambda text: json.dumps(text, ensure_ascii=False)  # noqa: E731
    modes = ["quotes"] * (len(chain) - 1) + ["asserts"]
    fields = "".join(f"{key} = {said(value)}\n" for key, value in more.items())
    return (
        f'[[passage]]\nid = "{name}"\npost = "{post}"\nexact = {said(exact)}\n{fields}'
        f"[[passage.attribution]]\nchain = {said(chain)}\nmodes = {said(modes)}\n"
    )


PASSAGES = "\n".join(
    [
        _passage("nested", "p0", NESTED, ["op", "grandmother", "forefather", "clerk"]),
        _passage("inner", "p0", NESTED[NESTED.index("'The") : -2], ["op", "clerk"]),
        _passage("plaque", "p0", PLAQUE, ["op", "plaque"]),
        _passage("overlap", "p0", "helped her.\nThe arch is his.", ["op"]),
        _passage("school", "p0", SCHOOL, ["op", "somebody"]),
        _passage("quoted", "p1", f"> The arch is his.\n> {PLAQUE}", ["mill_lane", "op"]),
        _passage("code", "p1", CODE, ["mill_lane"]),
        _passage("again", "p1", "The arch is his.", ["mill_lane"], prefix="_\n"),
        _passage("long", "p2", LONG.strip(), ["nobody", "minutes"]),
        _passage("five", "p2", FIVE, ["nobody", "archivist", "clerk", "surveyor", "halden"]),
        _passage("bridge", "p2", BRIDGE, ["nobody"]),
    ]
)

_COMMON = 'prompt = "As worded."\nbecause = "It says so."\nfallback = "Look again."'


def _marking(name: str, answer: str, first: str, second: str) -> str:
    return f"""
[[exercise]]
id = "mark_{name}"
kind = "mark"
title = "Words of {name}"
passage = "{name}"
{_COMMON}
answer = {json.dumps(answer, ensure_ascii=False)}
mistake = [
  {{ touches = "{first}", code = "M2", reply = "Further on." }},
  {{ touches = "{second}", code = "M3", reply = "Not there." }},
]
"""


CHAPTER = (
    _marking("school", "the mason cut it", "𝕎𝕖𝕚𝕣", "גשר")
    + _marking("nested", "The drawings are Mr Ha\u0301lden’s", "grandmother", "clerk")
    + _marking("long", "Item 30", "Minutes", "Item 29")
    + f"""
[[exercise]]
id = "chain_five"
kind = "chain"
title = "Five voices"
passage = "five"
{_COMMON}
reading = "as worded"
voices = ["halden", "surveyor", "clerk", "archivist", "nobody", "mill_lane"]
answer = ["nobody", "archivist", "clerk", "surveyor", "halden"]
mistake = [
  {{ answer = ["nobody", "halden"], code = "M2", reply = "Three are missing." }},
  {{ answer = ["nobody"], code = "M1", reply = "Who else?" }},
]

[[exercise]]
id = "brief"
kind = "write"
title = "A brief"
passage = "five"
{_COMMON}
words = {{ least = 5, most = 60 }}
quotes = 1
samples = [
  {{ level = "basic", text = "He did.", why = "No voice." }},
  {{ level = "emergent", text = "The clerk noted it.", why = "One voice." }},
  {{ level = "proficient", text = "“Mr Hálden’s” (line 3).", why = "All." }},
]
"""
)


def awkward_case(folder: Path) -> Case:
    """Write the case into ``folder`` and open it."""
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    files = {
        "case.toml": CASE,
        "voices.toml": VOICES,
        "passages.toml": PASSAGES,
        "exercises/01.toml": CHAPTER,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8-sig", newline="\r\n")
    (folder / "thread.txt").write_bytes(BYTES)
    return open_case(folder)


@cache
def the_awkward_case() -> Case:
    """The case, opened once."""
    with tempfile.TemporaryDirectory() as folder:
        return awkward_case(Path(folder))
