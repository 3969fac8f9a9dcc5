"""How much of an answer is right: pure functions on plain values.

``forms/scoring.js`` is the twin of this room; both are held to the same test vectors, so each
formula is written in one order of operations and nothing is rounded. Scores run from 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from .attribution import CERTAINTIES

__all__ = [
    "TRY_FACTORS",
    "apart",
    "certainty_score",
    "chain_score",
    "choices_score",
    "edit_distance",
    "locate",
    "mark_score",
    "number_score",
    "order_score",
    "points",
    "same_value",
]

TRY_FACTORS = (1.0, 0.6, 0.3)
"""What a first, second and third try earns of its score."""

_SPACE = re.compile("[\t\n\v\f\r \u00a0\u2007\u202f\u2028\u2029\u3000]+")
_WHOLE = re.compile("[\u00c0-\u1fff]")
_ALIKE = str.maketrans("‘’“”–—", "''\"\"--")
_ALIKE.update({code: code + 32 for code in range(ord("A"), ord("Z") + 1)})


def same_value(a: object, b: object) -> bool:
    """Whether two plain values are one: types count, except that 1 and 1.0 are one number.

    ``True`` is never 1; NaN is itself; records are the same in any order of their keys.
    """
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b or (a != a and b != b)  # NaN, and never a whole number too long for isnan
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_value(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same_value, a, b))
    return type(a) is type(b) and a == b


def points(scores: Sequence[float]) -> list[float]:
    """What each try in turn earns: its score by its factor; a fourth try and later earn nothing."""
    return [
        score * TRY_FACTORS[i] if i < len(TRY_FACTORS) else 0.0 for i, score in enumerate(scores)
    ]


def locate(
    text: str,
    tokens: Sequence[Sequence[int]],
    exact: str,
    prefix: str = "",
    suffix: str = "",
) -> tuple[list[int], int]:
    """Word tokens of ``text`` that the quotation ``exact`` covers, and how often it stands there.

    ``tokens`` are (start, end, is a word) in code points; a quotation stands only where it starts
    and ends with a token. On both sides runs of white space are one space, curly quotation marks
    are straight, dashes are hyphens, A to Z are a to z and letters with accents are ``apart``. The
    list is empty unless the quotation, after ``prefix`` and before ``suffix``, stands in exactly
    one place.
    """
    flat, origin = _flatten(text)
    wanted = _flatten(exact)[0].strip(" ")
    before, after = _flatten(prefix)[0].strip(" "), _flatten(suffix)[0].strip(" ")
    starts, ends = {token[0] for token in tokens}, {token[1] for token in tokens}
    places = []
    at = flat.find(wanted) if wanted else -1
    while at != -1:
        stop = at + len(wanted)
        start, end = origin[at], origin[stop - 1] + 1
        halved = any(
            0 < edge < len(flat) and origin[edge - 1] == origin[edge] for edge in (at, stop)
        )
        whole = start in starts and end in ends and not halved
        if (
            whole
            and flat[:at].rstrip(" ").endswith(before)
            and flat[stop:].lstrip(" ").startswith(after)
        ):
            places.append((start, end))
        at = flat.find(wanted, at + 1)
    if len(places) != 1:
        return [], len(places)
    start, end = places[0]
    return [i for i, (a, b, word) in enumerate(tokens) if word and a < end and b > start], 1


def apart(text: str) -> str:
    """``text`` with each letter that has an accent as the letter and, after it, the accent.

    A keyboard gives the two as one sign, and a text copied from print often has them as two. Only
    the letters of old are taken apart, since of newer ones two languages may know different lists.
    """
    return text if text.isascii() else _WHOLE.sub(lambda found: normalize("NFD", found[0]), text)


def _flatten(text: str) -> tuple[str, list[int]]:
    """``text`` as ``locate`` compares it, and where each of its code points came from."""
    parted = apart(text)
    places: Sequence[int] = range(len(text))
    if len(parted) != len(text):
        places = [place for place, sign in enumerate(text) for _ in apart(sign)]
    flat: list[str] = []
    origin: list[int] = []
    at = 0
    for gap in [*_SPACE.finditer(parted), None]:
        stop = gap.start() if gap else len(parted)
        flat.append(parted[at:stop].translate(_ALIKE))
        origin.extend(places[at:stop])
        if gap:
            flat.append(" ")
            origin.append(places[stop])
            at = gap.end()
    return "".join(flat), origin


def mark_score(
    marked: Collection[int], minimal: Collection[int], maximal: Collection[int]
) -> tuple[float, str]:
    """Score marked words between a minimal core and a maximal span, and say what is off.

    All three are collections of word-token numbers. Anything from core to maximal span earns 1;
    else token F1 against the core and those optional words that were marked, 0 below one half.
    Second value: ``""``, ``"long"``, ``"short"``, ``"shifted"`` or ``"elsewhere"``.
    """
    a, core, most = set(marked), set(minimal), set(maximal)
    if core <= a <= most:
        return 1.0, ""
    target = core | (a & most)
    hit = len(a & target)
    if not hit:
        return 0.0, "elsewhere"
    precision, recall = hit / len(a), hit / len(target)
    f1 = 2 * precision * recall / (precision + recall)
    off = "long" if core <= a else "short" if a <= most else "shifted"
    return (f1 if f1 >= 0.5 else 0.0), off


def edit_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """The least number of voices to insert, remove or replace to turn ``a`` into ``b``."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            step = min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
            diagonal, row[j] = row[j], step
    return row[-1]


def chain_score(answer: Sequence[str], chains: Sequence[Sequence[str]]) -> tuple[float, int, str]:
    """Score a chain, outer to inner, against every chain that counts as right; the best holds.

    Half for the shared outer prefix, half for 1 - edit distance / longer length. The outermost
    voice alone on a nested chain, and a reversed chain, earn 0; a voice that is in no key at all
    caps the score at .75. Second value: how many outer voices stand. Third: what is off —
    ``""``, ``"reversed"``, ``"alone"``, ``"invented"``, ``"short"`` or ``"order"``.
    """
    given = list(answer)
    best, stands, length = -1.0, 0, 0
    for chain in chains:
        key = list(chain)
        if given == key:
            return 1.0, len(key), ""
        prefix = 0
        for x, y in zip(given, key, strict=False):
            if x != y:
                break
            prefix += 1
        longer = max(len(given), len(key))
        score = 0.5 * prefix / len(key) + 0.5 * (1 - edit_distance(given, key) / longer)
        if score > best:
            best, stands, length = score, prefix, len(key)
    if any(given == list(chain)[::-1] for chain in chains):
        return 0.0, 0, "reversed"
    if len(given) == 1 and any(len(c) > 1 and given[0] == c[0] for c in chains):
        return 0.0, 1, "alone"
    known = {voice for chain in chains for voice in chain}
    if not known.issuperset(given):
        return min(best, 0.75), stands, "invented"
    return best, stands, "short" if len(given) < length else "order"


def certainty_score(answer: str, key: str) -> float:
    """1 for the same certainty, .4 less a step; 0 when the side or the commitment is wrong."""
    (strength, side), (wanted, wanted_side) = CERTAINTIES[answer], CERTAINTIES[key]
    if side != wanted_side:
        return 0.0
    return max(0.0, 1 - 0.4 * abs(strength - wanted))


def choices_score(answer: Collection[str], key: Collection[str]) -> tuple[float, int, int]:
    """What is rightly chosen less what is wrongly chosen, of all that fits; at least 0.

    Second and third: how many are rightly and how many are wrongly chosen.
    """
    chosen, fitting = set(answer), set(key)
    right = len(chosen & fitting)
    wrong = len(chosen) - right
    return (right - wrong) / len(fitting) if right > wrong else 0.0, right, wrong


def order_score(answer: Sequence[str], key: Sequence[str]) -> tuple[float, int, int]:
    """The share of pairs in the right order, scaled so that chance is 0; at least 0.

    Both hold the same items. Second and third: how many pairs stand right, and how many there are.
    """
    place = {item: i for i, item in enumerate(key)}
    right = 0
    for i, item in enumerate(answer):
        for later in answer[i + 1 :]:
            right += place[item] < place[later]
    pairs = len(key) * (len(key) - 1) // 2
    return max(0.0, 2 * (right / pairs) - 1), right, pairs


def number_score(answer: float, key: float, tolerance: float) -> float:
    """1 within the tolerance, its ends included, else 0."""
    return 1.0 if abs(answer - key) <= tolerance else 0.0
