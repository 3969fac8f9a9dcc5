"""Hand-ins spoilt in ways that still look like hand-ins, and in ways that do not."""

from __future__ import annotations

import copy
import json
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any

__all__ = ["HandIn", "Spoiler"]

HandIn = tuple[str, bytes]
"""A file's name and its bytes."""

TEXTS = [
    "", " ", "\0", "=1+1", "@x", "+1", "-1", "\t=1", "＝1", "<script>alert(1)</script>", "</td>",
    "\ud800", "\udfff\ud800", "\u202e", "\ufeff", "“op”", "op", "ор", "ｏｐ", "é", "e\u0301", "🙂",
    "NaN", "true", "null", "../../x", "C:\\x", "CON", "a" * 300, "x" * 70_000, "%s{}{0}", "\\",
    "'", '"""', "rain", "lyushkov", "who", "quoted", "words", "verdict", "1e999", "١٢", "²",
    "\r\n", "\x1b[31m",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, -0.0, 1, -1, 2**63, 10**29, 10**30, 10**400, 1e308, float("inf"),
    float("nan"), 0.1, [], {}, [[]], {"": {}}, [None], ["op", "op"], {"op": None}, [0] * 2000,
]  # fmt: skip
CODE = [
    "...", "None", "'op'", '"op"', "['op', 'anna']", "('op',)", "{'op'}", "{'op': 'certain for'}",
    "f'{x}'", "b'op'", "r'\\'", "'''a\nb'''", "'unclosed", "[", "]", "(", ")", "{", "}", ",", ":",
    "# note", "\\\n", ";", "*x", "**x", "lambda: 1", "x := 1", "1_000", "0x10", "1e5", "1j", "-",
    "+", "~", "'\\N{BULLET}'", "'\\u0041'", "'\\ud800'", "“op”", "%%time\n", "%%bash\n", "!ls",
    "%x", "ask.who.answer(", "ask.x", ".answer", "answer", "?", "[" * 13, "9" * 40, "\x00", "\x0c",
    "\u2028", "\ufeff", "١", "ａsk", "if True:\n    ", "await ", "print(", " if x else ",
]  # fmt: skip
NAMES = [
    "a.jsonl", "a.ipynb", "A.IPYNB", "answers (1).jsonl", "a.JSONL", "=1.jsonl", ".hidden.jsonl",
    "a.txt", "a.zip", "x/../a.jsonl", "../a.jsonl", "/a.jsonl", "C:\\a.jsonl", "a\\b.jsonl",
    "é.jsonl", "a\0.jsonl", "__MACOSX/._a.jsonl", "berganna_LATE_1_2_a.jsonl",
    "Anna Berg_7_assignsubmission_file_/a.ipynb", "E_aberg_attempt_2026-11-23-21-04-06_a.jsonl",
    "submitted/anna/x/a.ipynb", "x" * 250 + ".jsonl", "CON.jsonl", "a.ipynb ", "a.jsonl.",
    "nul\u202e.jsonl", "a.json",
]  # fmt: skip


class Spoiler:
    """Spoils one hand-in after another; the same seed spoils them in the same ways."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def spoil(self, hand_in: HandIn, others: Sequence[HandIn]) -> HandIn:
        """A hand-in like ``hand_in``, spoilt once or several times."""
        name, data = hand_in
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 6))):
            way = self.random.random()
            if way < 0.25:
                data = self._bytes(data, others)
            elif name.lower().endswith(".zip"):
                data = self._archive(data, others)
            elif name.lower().endswith(".ipynb"):
                data = self._notebook(data)
            else:
                data = self._record(data)
            if len(data) > 3_000_000:
                data = data[:3_000_000]
        if self.random.random() < 0.04:
            data, name = self._zipped([(self._name(name), data)]), "a.zip"
        elif self.random.random() < 0.03:
            name = self.random.choice(("a.jsonl", "a.ipynb", "a.zip"))
        return name, data

    def _name(self, name: str) -> str:
        return self.random.choice(NAMES) if self.random.random() < 0.3 else name

    def _bytes(self, data: bytes, others: Sequence[HandIn]) -> bytes:
        """Changed with no idea of what it is."""
        random = self.random
        made = bytearray(data or b"\0")
        at = random.randrange(len(made))
        way = random.randrange(9)
        if way == 0:
            made[at] ^= 1 << random.randrange(8)
        elif way == 1:
            made[at : at + random.choice((1, 4, 40, 4000))] = b""
        elif way == 2:
            made[at:at] = bytes(random.randrange(256) for _ in range(random.choice((1, 4, 40))))
        elif way == 3:
            made[at:at] = made[at : at + random.choice((10, 200, 5000))] * random.choice((1, 2, 50))
        elif way == 4:
            del made[at:]
        elif way == 5:
            other = random.choice(others)[1] if others else b""
            cut = random.randrange(len(other) + 1)
            made = made[:at] + other[cut:]
        elif way == 6:
            made[at:at] = random.choice((*TEXTS, *CODE)).encode("utf-8", "surrogatepass")
        elif way == 7:
            signs = [n for n, byte in enumerate(made[:100_000]) if byte in b'"[]{},:\\\n()']
            if signs:
                made[random.choice(signs)] = random.choice(b'"[]{},:\\\n()')
        else:
            coding = random.choice(("utf-16", "utf-32", "utf-8-sig", "cp1252", "mac-roman"))
            return made.decode("utf-8", "replace").encode(coding, "replace")
        return bytes(made)

    def _record(self, data: bytes) -> bytes:
        """A record with its lines or its values changed."""
        random = self.random
        lines = data.decode("utf-8", "replace").split("\n")
        at = random.randrange(len(lines))
        way = random.randrange(6)
        if way == 0:
            lines.insert(at, random.choice(lines))
        elif way == 1:
            del lines[at]
        elif way == 2:
            random.shuffle(lines)
        elif way == 3:
            lines[at] = lines[at][: random.randrange(len(lines[at]) + 1)]
        else:
            lines[at] = self._json(lines[at])
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    def _json(self, text: str) -> str:
        """JSON with something inside replaced, moved, doubled or left out."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text + self.random.choice(TEXTS)
        changed = self._value(value)
        made = json.dumps(changed, ensure_ascii=self.random.random() < 0.5)
        if self.random.random() < 0.1:
            made = made.replace('"answer":', '"answer": 1, "answer":', 1)
        return made

    def _value(self, value: Any) -> Any:
        """A value with one place in it changed."""
        root = [copy.deepcopy(value)]
        places: list[tuple[Any, Any]] = [(root, 0)]
        for holder, key in places:
            inner = holder[key]
            if len(places) < 5000 and isinstance(inner, list):
                places += [(inner, n) for n in range(len(inner))]
            elif len(places) < 5000 and isinstance(inner, dict):
                places += [(inner, n) for n in inner]
        holder, key = self.random.choice(places)
        way = self.random.randrange(7)
        if way == 0:
            holder[key] = self.random.choice(TEXTS)
        elif way == 1:
            holder[key] = self.random.choice(VALUES)
        elif way == 2 and isinstance(holder, dict):
            holder[self.random.choice(TEXTS)] = holder.pop(key)
        elif way == 3 and holder is not root:
            del holder[key]
        elif way == 4:
            other, at = self.random.choice(places)
            holder[key] = copy.deepcopy(other[at])
        elif way == 5 and isinstance(holder[key], str):
            at = self.random.randrange(len(holder[key]) + 1)
            holder[key] = holder[key][:at] + self.random.choice(TEXTS) + holder[key][at:]
        else:
            holder[key] = [holder[key]] if self.random.random() < 0.5 else {"op": holder[key]}
        return root[0]

    def _notebook(self, data: bytes) -> bytes:
        """A notebook with cells changed as students and programs change them."""
        random = self.random
        try:
            made = json.loads(data)
            cells = made["cells"]
            cell = random.choice(cells)
            at = cells.index(cell)
        except (ValueError, RecursionError, KeyError, TypeError, IndexError):
            return self._bytes(data, ())
        ways: list[Callable[[], Any]] = [
            lambda: cells.insert(at, copy.deepcopy(random.choice(cells))),
            lambda: cells.pop(at),
            lambda: random.shuffle(cells),
            lambda: cell.update(cell_type=random.choice(("code", "markdown", "raw", "", None, 7))),
            lambda: cell.update(source=self._code(cell.get("source", ""))),
            lambda: cell.update(source=self._code(cell.get("source", ""))),
            lambda: cell.update(source=self._code(cell.get("source", ""))),
            lambda: cell.update(outputs=random.choice(([], None, {}, [7], [{"data": 7}]))),
            lambda: made.update({random.choice(list(made)): random.choice(VALUES)}),
        ]
        if not isinstance(cell, dict) or random.random() < 0.2:
            return json.dumps(self._value(made)).encode()
        random.choice(ways)()
        return json.dumps(made, indent=random.choice((None, 1))).encode()

    def _code(self, source: Any) -> Any:
        """A cell's source with words and signs of Python put in, left out or swapped."""
        random = self.random
        lines = source if isinstance(source, list) else ()
        text = source if isinstance(source, str) else "".join(map(str, lines))
        for _ in range(random.choice((1, 1, 2, 5))):
            at = random.randrange(len(text) + 1)
            inside = text.find("(") + 1
            if inside and random.random() < 0.6:
                at = random.randrange(inside, len(text) + 1)
            cut = random.choice((0, 0, 1, 3, len(text)))
            text = text[:at] + random.choice((*CODE, *TEXTS)) + text[at + cut :]
        if random.random() < 0.2:
            return text.splitlines(keepends=True)
        return text.replace("\n", random.choice(("\n", "\r\n", "\r")))

    def _archive(self, data: bytes, others: Sequence[HandIn]) -> bytes:
        """An archive packed anew with other entries, or with its own table spoilt."""
        random = self.random
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = [(one.filename, archive.read(one)) for one in archive.infolist()[:20]]
        except (zipfile.BadZipFile, zlib.error, *_UNREADABLE):
            return self._bytes(data, others)
        if random.random() < 0.3:
            made = bytearray(data)
            head = made.find(random.choice((b"PK\1\2", b"PK\5\6", b"PK\3\4")))
            if head >= 0:
                spot = min(len(made) - 1, head + random.randrange(46))
                made[spot] = random.choice((0, 1, 8, 12, 255, random.randrange(256)))
            return bytes(made)
        way = random.randrange(4)
        if way == 0 and others:
            name, inner = random.choice(others)
            entries.append((self._name(name), inner))
        elif way == 1 and entries:
            at = random.randrange(len(entries))
            entries[at] = (random.choice(NAMES), entries[at][1])
        elif way == 2 and entries:
            at = random.randrange(len(entries))
            name, inner = entries[at]
            entries[at] = (name, self.spoil((name, inner), others)[1])
        else:
            entries = [("inner.zip", self._zipped(entries))]
        return self._zipped(entries)

    def _zipped(self, entries: Sequence[HandIn]) -> bytes:
        made = BytesIO()
        kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
        with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
            warnings.simplefilter("ignore")  # two entries of one name are among what we try
            for name, data in entries:
                entry = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
                entry.external_attr = self.random.choice((0, 0, 0, 0o644 << 16, 0o120777 << 16))
                archive.writestr(entry, data, self.random.choice(kinds))
        return made.getvalue()


_UNREADABLE = (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, MemoryError)
