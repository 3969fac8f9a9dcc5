"""A case with one exercise of each kind that a case may be without, for tests of the kinds."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path

from workbook import Case, open_case

THREAD = """The dam
Anna wrote: "The dam will perhaps break in May, says Ben."
Anna said...
Carl put it like this: “The dam will break in May.” I saw the water rise by 12 metres.
"""

CASE = f"""
id = "dam"
title = "Did the dam break?"
language = "en"
content_note = ""
[thread]
file = "thread.txt"
sha256 = "{hashlib.sha256(THREAD.encode()).hexdigest()}"
[[post]]
id = "p0"
voice = "op"
start = {{ exact = "The dam" , suffix = "\\nAnna wrote" }}
[[post]]
id = "p1"
voice = "anna"
byline = {{ exact = "Anna said..." }}
"""

VOICES = "".join(
    f"""
[[voice]]
id = "{name}"
label = "{name.title()}"
kind = "person"
named = true
posts_here = {"true" if name in ("op", "anna") else "false"}
mark = "{mark}"
colour = {colour}
"""
    for colour, (name, mark) in enumerate(
        [("op", "●"), ("anna", "▲"), ("ben", "■"), ("carl", "◆")], 1
    )
)

PASSAGES = """
[[passage]]
id = "a1"
post = "p0"
exact = 'Anna wrote: "The dam will perhaps break in May, says Ben."'
[[passage.attribution]]
chain = ["op", "anna", "ben"]
modes = ["quotes", "reports", "asserts"]

[[passage]]
id = "a2"
post = "p1"
exact = 'Carl put it like this: “The dam will break in May.” I saw the water rise by 12 metres.'
[[passage.attribution]]
chain = ["anna", "carl"]
modes = ["quotes", "asserts"]
"""


def exercise(kind: str, fields: str, name: str = "", common: str = "") -> str:
    """One exercise of a kind, the fields that all kinds share filled in."""
    common = common or (
        'passage = "a1"\nprompt = "What do you find?"\nbecause = "It says so."\n'
        'fallback = "Look again."\nhints = ["Read it once more."]'
    )
    head = f'[[exercise]]\nid = "{name or "the_" + kind}"\nkind = "{kind}"\n'
    return f'{head}title = "A case of {kind}"\n{common}\n{fields}\n'


EXERCISES = {
    "choices": """
options = [
  { id = "names", label = "It names Ben" }, { id = "month", label = "It names a month" },
  { id = "sure", label = "Ben is sure" }, { id = "saw", label = "Ben saw it" },
]
answer = ["month", "names"]
accept = [{ answer = ["month"], because = "Ben stands in the reporting clause." }]
mistake = [
  { answer = ["sure", "saw"], code = "M4", reply = "Neither of these is said." },
  { has = "sure", code = "M6", reply = "There is a small word before the verb." },
  { lacks = "month", code = "M12", reply = "Read on to the end of the line." },
]
""",
    "classify": """
rows = [
  { id = "anna", label = "Anna" }, { id = "ben", label = "Ben" }, { id = "dam", label = "The dam" },
]
labels = [{ id = "voice", label = "speaks" }, { id = "topic", label = "is spoken about" }]
answer = { anna = "voice", ben = "voice", dam = "topic" }
mistake = [
  { answer = { dam = "voice" }, code = "M3", reply = "Dams are silent." },
  { answer = { ben = "topic" }, code = "M2", reply = "Which verb goes with the last name?" },
]
""",
    "drift": """
original_passage = "a1"
copy_passage = "a2"
rows = [
  { id = "hedge", original = "will perhaps break in May", copy = "will break in May" },
  { id = "voice", original = "says Ben" },
]
labels = [
  { id = "kept", label = "kept" }, { id = "hedge dropped", label = "hedge dropped" },
  { id = "left out", label = "left out" },
]
answer = { hedge = "hedge dropped", voice = "left out" }
mistake = [
  { answer = { hedge = "kept" }, code = "M6", reply = "Compare word by word." },
  { answer = { voice = "kept" }, code = "M2", reply = "Look for the name in the copy." },
]
""",
    "order": """
items = [
  { id = "copy", label = "Carl copies" }, { id = "write", label = "Anna writes" },
  { id = "speak", label = "Ben speaks" }, { id = "post", label = "op posts" },
]
answer = ["speak", "write", "post", "copy"]
mistake = [
  { answer = ["copy", "post", "write", "speak"], code = "M2", reply = "Start with the event." },
  { before = ["post", "write"], code = "M1", reply = "What is posted was written before." },
]
""",
    "write": """
words = { least = 5, most = 40 }
quotes_from = ["p0"]
quotes = 1
cites = ["a1"]
voices = { ben = ["the weather man"] }
samples = [
  { level = "basic", text = "The dam breaks.", why = "Nobody is named." },
  { level = "emergent", text = "Ben says that the dam will break.", why = "The doubt is gone." },
  { level = "proficient", why = "All is there.", text = '''
Anna quotes Ben: “The dam will perhaps break in May” (Ben, line 2). Only later do we know.''' },
]
""",
    "matrix": """
hypotheses = [
  { id = "breaks", label = "It breaks", means = "The dam will break in May." },
  { id = "holds", label = "It holds", means = "The dam will hold." },
  { id = "open", label = "Nobody knows", means = "It cannot be told from here." },
]
evidence = [
  { id = "rain", label = "The water", passage = "a2" },
  { id = "guess", label = "A guess", passage = "a1" },
]
reading = [
  { hypothesis = "breaks", evidence = "rain", values = ["consistent"], why = "It rose." },
  { hypothesis = "holds", evidence = "rain", values = ["inconsistent", "neither"], why = "A lot." },
  { hypothesis = "open", evidence = "rain", values = ["neither"], why = "How high is the dam?" },
  { hypothesis = "breaks", evidence = "guess", values = ["consistent"], why = "He says so." },
  { hypothesis = "holds", evidence = "guess", values = ["consistent"], why = "Perhaps." },
  { hypothesis = "open", evidence = "guess", values = ["consistent"], why = "He does not know." },
]
""",
    "provenance": """
rows = [
  { id = "anna", label = "Anna's post", what = "Ben says so.", origin = "Anna" },
  { id = "carl", label = "Carl's copy", what = "The dam will break.", reached_us = "In a post." },
  { id = "eve", label = "Eve's water gauge" },
]
sources = [{ id = "ben", label = "Ben" }, { id = "gauge", label = "A gauge" }]
answer = { depends = { anna = ["ben"], carl = ["anna"], eve = ["gauge"] }, lines = 2 }
accept = [
  { because = "He may have asked Ben.", \
answer = { depends = { anna = ["ben"], carl = ["ben"], eve = ["gauge"] }, lines = 2 } },
]
mistake = [
  { answer = { depends = { carl = [] } }, code = "M10", reply = "Whose words does Carl have?" },
  { answer = { lines = 3 }, code = "M10", reply = "Count stalks and not leaves." },
]
""",
    "number": """
answer = 12
unit = "metres"
tolerance = 0.5
mistake = [
  { answer = 1200, tolerance = 1, code = "M6", reply = "Mind the unit." },
  { answer = 5, code = "M12", reply = "That is the month." },
]
""",
}


def many_kinds(folder: Path, exercises: str | None = None) -> Case:
    """Write the case into ``folder`` and open it."""
    everything = "\n".join(exercise(kind, fields) for kind, fields in EXERCISES.items())
    files = {
        "case.toml": CASE,
        "thread.txt": THREAD,
        "voices.toml": VOICES,
        "passages.toml": PASSAGES,
        "text.toml": "",
        "exercises/01.toml": everything if exercises is None else exercises,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    return open_case(folder)


@cache
def the_many_kinds() -> Case:
    """The case, opened once."""
    with tempfile.TemporaryDirectory() as folder:
        return many_kinds(Path(folder))
