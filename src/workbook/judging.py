"""From a learner's answers to feedback: read, score, find the mistake, choose the reply.

An exercise comes here as two plain records (``exercise.py`` makes them): its *face*, which a
learner may see whole, and its *key*. Nothing else is seen, so it is the same judge for a notebook,
a page (``forms/exercise.js`` is its twin) and a gradebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .feedback import Feedback, Verdict, words
from .scoring import (
    TRY_FACTORS,
    certainty_score,
    chain_score,
    locate,
    mark_score,
    points,
    same_value,
)

__all__ = ["Face", "Key", "Misread", "fill", "is_blank", "judge", "read_answer"]

Face = Mapping[str, Any]
Key = Mapping[str, Any]

_LONGEST = 2_000
"""More characters than any passage has; a longer text is no answer to a question about one."""


class Misread(ValueError):
    """A value that cannot be an answer to its exercise; its sentence is for the learner."""


def is_blank(value: object) -> bool:
    """Whether a value is no answer at all: nothing, ``...``, or an empty text, list or record."""
    return (
        value is None
        or value is Ellipsis
        or (isinstance(value, str | list | tuple | dict) and not value)
    )


def read_answer(face: Face, value: object) -> Any:
    """The answer in ``value`` as scoring compares it, or ``Misread`` with a sentence that helps.

    A choice is read as its option's id, a marking as its word tokens' numbers, a chain as its
    voices' ids, certainties as a record in the order of the face's voices.
    """
    return _READERS[face["kind"]](face, value)


def _read_choice(face: Face, value: object) -> str:
    known = [option["id"] for option in face["options"]]
    if not isinstance(value, str):
        raise _misread("choice type", found=_kind_of(value))
    if value not in known:
        raise _misread("choice unknown", found=_short(value), known=", ".join(known))
    return value


def _read_mark(face: Face, value: object) -> list[int]:
    parts: list[object] = [value, "", ""]
    if isinstance(value, dict) and value.keys() <= {"exact", "prefix", "suffix"}:
        parts = [value.get("exact"), value.get("prefix", ""), value.get("suffix", "")]
    if not all(isinstance(part, str) for part in parts):
        raise _misread("mark type", found=_kind_of(value))
    exact, prefix, suffix = map(str, parts)
    if max(map(len, (exact, prefix, suffix))) > _LONGEST:
        raise _misread("mark absent", found=_short(exact))
    passage = face["passage"]
    marked, places = locate(passage["text"], passage["tokens"], exact, prefix, suffix)
    if places != 1:
        raise _misread("mark repeated" if places else "mark absent", found=_short(exact))
    if not marked:
        raise _misread("mark nothing", found=_short(exact))
    return marked


def _read_chain(face: Face, value: object) -> list[str]:
    known = [voice["id"] for voice in face["voices"]]
    if not isinstance(value, list | tuple):
        raise _misread("chain type", found=_kind_of(value))
    most = 2 * len(known)
    if len(value) > most:
        raise _misread("chain long", count=str(len(value)), most=str(most))
    for place, voice in enumerate(value, 1):
        if not isinstance(voice, str):
            raise _misread("chain item", place=str(place), found=_kind_of(voice))
        if voice not in known:
            raise _misread("chain unknown", found=_short(voice), known=", ".join(known))
    return list(value)


def _read_certainty(face: Face, value: object) -> dict[str, str]:
    rows = [voice["id"] for voice in face["voices"]]
    known = [v["id"] for v in face["values"]]
    if not isinstance(value, dict):
        raise _misread("certainty type", found=_kind_of(value))
    for voice, certainty in value.items():
        if voice not in rows:
            raise _misread("certainty voice", found=_short(voice), known=", ".join(rows))
        if not isinstance(certainty, str):
            found = _kind_of(certainty)
            raise _misread("certainty value", voice=voice, found=found, known=", ".join(known))
        if certainty not in known:
            found = f"“{_short(certainty)}”"
            raise _misread("certainty value", voice=voice, found=found, known=", ".join(known))
    missing = [voice for voice in rows if voice not in value]
    if missing:
        raise _misread("certainty missing", missing=", ".join(missing))
    return {voice: value[voice] for voice in rows}


_READERS = {
    "choice": _read_choice,
    "mark": _read_mark,
    "chain": _read_chain,
    "certainty": _read_certainty,
}


def _misread(sentence: str, **parts: str) -> Misread:
    return Misread(fill(words()["misread"][sentence], parts))


def fill(sentence: str, parts: Mapping[str, str]) -> str:
    """Put ``parts`` in a sentence's ``{places}``, in one pass, leaving all other braces alone."""
    done, rest = "", sentence
    while rest:
        head, opened, rest = rest.partition("{")
        name, closed, after = rest.partition("}")
        done += head
        if closed and name in parts:
            done, rest = done + parts[name], after
        else:
            done += opened
    return done


def _kind_of(value: object) -> str:
    said = words()["found"]
    if value is None or value is Ellipsis:
        kind = "nothing"
    elif isinstance(value, bool):
        kind = "truth"
    elif isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, str):
        kind = "text"
    elif isinstance(value, list | tuple):
        kind = "list"
    elif isinstance(value, dict):
        kind = "record"
    else:
        kind = "other"
    return str(said[kind])


def _short(value: object) -> str:
    text = value if isinstance(value, str) else _kind_of(value)
    text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text[:60])
    return text if len(text) < 60 else text + "…"


def judge(face: Face, key: Key, answers: Sequence[object]) -> Feedback:
    """The feedback on a learner's answers to one exercise, given in the order committed.

    An answer that repeats an earlier one, or that cannot be read, is no try; once the exercise is
    closed (a correct answer, or three tries) later answers earn nothing and are replied to all
    the same. Points are score × try factor, and the best try counts.
    """
    tries: list[Any] = []
    scored: list[tuple[float, str, Mapping[str, Any] | None]] = []
    last: Any = None
    problem = ""
    for value in answers:
        if is_blank(value):
            last, problem = None, words()["replies"]["unanswered"]
            continue
        try:
            last, problem = read_answer(face, value), ""
        except Misread as misread:
            last, problem = None, str(misread)
            continue
        closed = len(tries) == len(TRY_FACTORS) or any(score == 1 for score, _, _ in scored)
        if not closed and not any(same_value(last, earlier) for earlier in tries):
            tries.append(last)
            scored.append(_score(face, key, last))
    earned = points([score for score, _, _ in scored])
    best = max(earned, default=0.0)
    closed = len(tries) == len(TRY_FACTORS) or any(score == 1 for score, _, _ in scored)
    common: dict[str, Any] = {
        "exercise": face["id"],
        "best": best,
        "tries": len(tries),
        "tries_left": 0 if closed else len(TRY_FACTORS) - len(tries),
        "closed": closed,
        "worked": key["worked"] if closed else None,
        "because": key["because"] if closed else None,
        "alternatives": tuple(_alternatives(key)) if closed else (),
    }
    if last is None:
        reply = problem or words()["replies"]["unanswered"]
        return Feedback(verdict="unanswered", reply=reply, **common)
    score, part, reading = _score(face, key, last)
    place = next((i for i, earlier in enumerate(tries) if same_value(last, earlier)), None)
    mistake = None if score == 1 else _mistake(face, key, last)
    verdict: Verdict = "correct" if score == 1 else "partly" if score > 0 else "not yet"
    return Feedback(
        verdict=verdict,
        score=score,
        points=0.0 if place is None else earned[place],
        reply=_reply(key, score, reading, mistake),
        part=part,
        code=mistake["code"] if mistake else None,
        **common,
    )


def _reply(
    key: Key, score: float, reading: Mapping[str, Any] | None, mistake: Mapping[str, Any] | None
) -> str:
    replies = words()["replies"]
    if score == 1:
        if reading and reading["because"] is not None:
            return f"{replies['alternative']} {reading['because']}"
        return str(replies["correct"])
    return str(mistake["reply"] if mistake else key["fallback"])


def _alternatives(key: Key) -> list[str]:
    return [
        f"{reading['worked']}. {reading['because']}"
        for reading in key["readings"]
        if reading["because"] is not None
    ]


def _mistake(face: Face, key: Key, answer: Any) -> Mapping[str, Any] | None:
    """The first declared mistake that ``answer`` makes."""
    return next((m for m in key["mistakes"] if _makes(face["kind"], m, answer)), None)


def _makes(kind: str, mistake: Mapping[str, Any], answer: Any) -> bool:
    if kind == "mark":
        if mistake["touches"] is not None:
            return not set(mistake["touches"]).isdisjoint(answer)
        return bool(mistake["tokens"] == answer)
    if kind == "certainty":
        return all(answer[voice] == value for voice, value in mistake["answer"].items())
    return same_value(mistake["answer"], answer)


def _score(face: Face, key: Key, answer: Any) -> tuple[float, str, Mapping[str, Any] | None]:
    """Score, the sentence on which part stands, and the reading that scored best."""
    parts = words()["parts"]
    kind = face["kind"]
    if kind == "chain":
        return _score_chain(face, key, answer)
    best, said, held = -1.0, "", None
    for reading in key["readings"]:
        part = ""
        if kind == "choice":
            score = 1.0 if answer == reading["answer"] else 0.0
        elif kind == "mark":
            score, off = mark_score(answer, reading["minimal"], reading["maximal"])
            part = parts[f"mark {off}"] if off else ""
        else:
            each = [certainty_score(answer[v], wanted) for v, wanted in reading["answer"].items()]
            total = 0.0
            for one in each:  # not sum(): from Python 3.12 it rounds otherwise than the twin
                total += one
            score = total / len(each)
            right = sum(s == 1 for s in each)
            if score < 1:
                part = fill(parts["certainty"], {"right": str(right), "all": str(len(each))})
        if score > best:
            best, said, held = score, part, reading
    return best, said, held


def _score_chain(
    face: Face, key: Key, answer: Sequence[str]
) -> tuple[float, str, Mapping[str, Any] | None]:
    """Readings are scored together, since what is right in one is not invented in another."""
    for reading in key["readings"]:
        if list(answer) in reading["chains"]:
            return 1.0, "", reading
    chains = [chain for reading in key["readings"] for chain in reading["chains"]]
    score, stands, off = chain_score(answer, chains)
    parts = words()["parts"]
    if off in ("reversed", "alone"):
        return score, str(parts[f"chain {off}"]), None
    if not stands:
        return score, str(parts["chain outer"]), None
    label = next(v["label"] for v in face["voices"] if v["id"] == answer[stands - 1])
    return score, f"{fill(parts['chain stands'], {'voice': label})} {parts[f'chain {off}']}", None
