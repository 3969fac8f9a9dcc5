"""A case of three voices and four questions, for tests that must not move when an item does."""

from __future__ import annotations

import hashlib
from pathlib import Path

from workbook import Case, open_case

THREAD = 'Rain\nAnna wrote: "Ben says that it rained."\n'

CASE = f"""
id = "rain"
title = "Did it rain?"
language = "en"
content_note = ""
[thread]
file = "thread.txt"
sha256 = "{hashlib.sha256(THREAD.encode()).hexdigest()}"
[[post]]
id = "p0"
voice = "op"
start = {{ exact = "Rain" }}
"""

VOICES = "".join(
    f"""
[[voice]]
id = "{name}"
label = "{name.title()}"
kind = "person"
named = true
posts_here = {"true" if name == "op" else "false"}
mark = "{mark}"
"""
    for name, mark in [("op", "●"), ("anna", "▲"), ("ben", "■"), ("carl", "◆")]
)

PASSAGES = """
[[passage]]
id = "a1"
post = "p0"
exact = 'Anna wrote: "Ben says that it rained."'
[[passage.attribution]]
chain = ["op", "anna", "ben"]
modes = ["quotes", "reports", "asserts"]
"""

_COMMON = 'passage = "a1"\nbecause = "It says so."\nfallback = "Look again."'

CHAPTER_1 = f"""
[[exercise]]
id = "mode"
kind = "choice"
title = "Quoted?"
{_COMMON}
prompt = "How does Anna come in?"
options = [
  {{ id = "quoted", label = "quoted" }}, {{ id = "reported", label = "reported" }},
  {{ id = "invented", label = "invented" }},
]
answer = "quoted"
mistake = [
  {{ answer = "reported", code = "M1", reply = "Look at the marks." }},
  {{ answer = "invented", code = "M2", reply = "Nobody invents here." }},
]

[[exercise]]
id = "content"
kind = "mark"
title = "Ben's words"
{_COMMON}
prompt = "Mark what Ben says."
answer = "it rained"
mistake = [
  {{ touches = "Anna", code = "M1", reply = "That is a name." }},
  {{ touches = "wrote", code = "M2", reply = "That is a cue." }},
]
"""

CHAPTER_2 = f"""
[[exercise]]
id = "who"
revision = 2
kind = "chain"
title = "Who says so?"
{_COMMON}
prompt = "Build the chain as worded."
reading = "as worded"
voices = ["carl", "ben", "anna", "op"]
answer = ["op", "anna", "ben"]
mistake = [
  {{ answer = ["op"], code = "M1", reply = "Who else?" }},
  {{ answer = ["op", "ben"], code = "M2", reply = "Who wrote?" }},
]

[[exercise]]
id = "sure"
kind = "certainty"
title = "How sure?"
{_COMMON}
prompt = "How sure is each?"
proposition = "It rained."
answer = {{ op = "not committed", ben = "certain for" }}
mistake = [
  {{ answer = {{ op = "certain for" }}, code = "M1", reply = "Does op say that?" }},
  {{ answer = {{ ben = "not committed" }}, code = "M2", reply = "Ben says it flatly." }},
]
"""


def small_case(folder: Path) -> Case:
    """Write the case into ``folder`` and open it."""
    files = {
        "case.toml": CASE,
        "thread.txt": THREAD,
        "voices.toml": VOICES,
        "passages.toml": PASSAGES,
        "text.toml": "",
        "exercises/01.toml": CHAPTER_1,
        "exercises/02.toml": CHAPTER_2,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    return open_case(folder)
