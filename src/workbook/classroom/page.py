"""A page of HTML in one file: no script, nothing fetched, light or dark as its reader has it.

Whatever stands in a page comes through ``text``: what a student wrote is shown and never read as
HTML. The page forbids itself, too, to run or fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["bars", "listing", "page", "stacked", "table", "text"]

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

_WIDE = 360.0
"""Width of a picture in its own units: a phone's column, so that words stay readable there."""

_STYLE = """
:root { color-scheme: light dark; --paper:#fcfaf5; --ink:#22252a; --pale:#555a62; --rule:#c9c6be;
  --track:#e8e4da; --bar:#0069a8; --c0:#8a3b00; --c1:#c25100; --c2:#0069a8; --c3:#00507f;
  --c4:#5d6168; --on:#ffffff; }
@media (prefers-color-scheme: dark) { :root { --paper:#1b1d21; --ink:#eceae4; --pale:#b4b8bf;
  --rule:#4a4e55; --track:#33363c; --bar:#6db7e8; --c0:#f2b183; --c1:#e8925a; --c2:#6db7e8;
  --c3:#a5d3f2; --c4:#b4b8bf; --on:#14161a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2.2rem; }
h3 { font-size: 1.05rem; } p, li { max-width: 40rem; }
.pale { color: var(--pale); } .label { border: 2px solid currentColor; padding: .5rem .75rem;
  font-weight: 700; }
svg { display: block; width: 100%; max-width: 32rem; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .on { fill: var(--on); font-weight: 700; }
.wide { overflow-x: auto; } .wide:focus-visible { outline: 3px solid var(--bar); }
table { border-collapse: collapse; font-size: .92rem; min-width: 60%; }
caption { text-align: start; color: var(--pale); padding: .3rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid var(--rule); overflow-wrap: normal; }
td.n { text-align: end; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; min-height: 1.6rem; padding: .15rem 0; }
.wb-verdict { font-weight: 700; } .wb-subhead { margin: 1.1rem 0 .2rem; }
.wb-subhead + ul { margin-top: .2rem; }
blockquote { margin: .4rem 0; padding: .2rem .8rem; border-inline-start: 3px solid var(--rule);
  white-space: pre-wrap; }
@media print { :root { color-scheme: light; --paper:#fff; --ink:#000; --pale:#333; --rule:#999;
  --track:#ddd; --bar:#0069a8; --c0:#8a3b00; --c1:#c25100; --c2:#0069a8; --c3:#00507f; --c4:#5d6168;
  --on:#fff; } body { max-width: none; font-size: 10.5pt; padding: 0; }
  svg, tr, h2, h3, section.item { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .wide { overflow: visible; } svg { max-width: 24rem; print-color-adjust: exact; } }
"""


def text(words: str) -> str:
    """Words as HTML that shows them, whatever they are."""
    return escape(_UNFIT.sub("\ufffd", words), quote=True)


def page(title: str, body: Iterable[str], language: str = "en") -> str:
    """A whole page."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{text(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()
) -> str:
    """A table of words; the columns ``numbers`` are set flush right. The first is the row's head.

    A wide one scrolls by itself, with the keyboard too.
    """
    columns = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    body = []
    for row in rows:
        first, *rest = row
        cells = "".join(
            f'<td class="n">{text(cell)}</td>' if place in numbers else f"<td>{text(cell)}</td>"
            for place, cell in enumerate(rest, 1)
        )
        body.append(f'<tr><th scope="row">{text(first)}</th>{cells}</tr>')
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def listing(lines: Iterable[str]) -> str:
    """Sentences as a list."""
    return "<ul>" + "".join(f"<li>{text(line)}</li>" for line in lines) + "</ul>"


def _picture(alt: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg role="img" aria-label="{text(alt)}" viewBox="0 0 {_WIDE:g} {height:g}">'
        f"{''.join(parts)}</svg>"
    )


def bars(alt: str, rows: Sequence[tuple[str, float | None, str]]) -> str:
    """A bar for each row: its name, a share from 0 to 1 (None: no bar) and what it is in words."""
    parts, y = [], 0.0
    for name, share, said in rows:
        parts.append(f'<text x="0" y="{y + 14:g}">{text(_cut(name, 40))}</text>')
        parts.append(f'<text x="{_WIDE:g}" y="{y + 14:g}" text-anchor="end">{text(said)}</text>')
        parts.append(_block(0, y + 20, _WIDE, "track"))
        if share:
            parts.append(_block(0, y + 20, max(2.0, share * _WIDE), "bar"))
        y += 40
    return _picture(alt, max(y, 1.0), parts)


def stacked(alt: str, marks: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """A bar for each row, parted by counts; ``marks`` stand in the parts, so colour tells nothing
    that a word does not."""
    parts, y = [], 0.0
    for name, counts in rows:
        whole = sum(counts)
        parts.append(f'<text x="0" y="{y + 14:g}">{text(_cut(name, 44))}</text>')
        said = f"{whole:,}"
        parts.append(f'<text x="{_WIDE:g}" y="{y + 14:g}" text-anchor="end">{said}</text>')
        x = 0.0
        for place, count in enumerate(counts):
            wide = _WIDE * count / whole if whole else 0.0
            if wide:
                parts.append(_block(x, y + 20, max(1.0, wide - 1), f"c{place}", 20))
            if wide >= 14:
                parts.append(
                    f'<text class="on" x="{x + wide / 2:.1f}" y="{y + 34:g}" '
                    f'text-anchor="middle">{text(marks[place])}</text>'
                )
            x += wide
        y += 48
    return _picture(alt, max(y, 1.0), parts)


def _block(x: float, y: float, wide: float, colour: str, high: float = 12) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:g}" width="{wide:.1f}" height="{high:g}" '
        f'style="fill:var(--{colour})"/>'
    )


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
