"""The voices and the passages: who is in the thread, and who says what on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ..attribution import Attribution, Flag, Mode
from ..case import Case
from ..edition import Candidate, Passage, Voice
from ..feedback import words
from .parts import Part, chip, line_link, line_of, listed, one_line

__all__ = ["colours", "passages", "voices"]

KINDS = {
    "person": "a person",
    "collective": "a group",
    "institution": "an institution",
    "document": "a text",
    "generic": "nobody in particular",
}
GROUPS = {
    "person": "People",
    "collective": "Groups",
    "institution": "Institutions",
    "document": "Texts",
    "generic": "Nobody in particular",
}
BASES = {"in_thread": "from the thread itself", "external": "from outside the thread"}
# What a voice does stands after its name, and a voice can be one or many.
MODES: Mapping[Mode, str] = {
    "asserts": "saying it",
    "quotes": "quoting",
    "paraphrases": "putting it in other words",
    "reports": "reporting",
    "denies": "denying",
}
FLAGS: Mapping[Flag, str] = {
    "altered_wording": "the wording was changed on the way",
    "ambiguous": "it can be read in more than one way",
    "coreference": "two names may mean the same one",
    "counterfactual": "it speaks of what did not happen",
    "echoic": "it echoes another’s words",
    "free_indirect": "another’s thought without a “said”",
    "gap": "something is missing in our copy",
    "hypothetical": "an “if”: supposed, not said",
    "identity_inferred": "who this voice is has been inferred",
    "identity_temptation": "it is tempting to put a name here, and the text gives none",
    "implicit_source": "a source is meant but not named",
    "imputed": "put into another’s mouth",
    "inference": "a conclusion the writer draws",
    "inherited_scope": "an earlier “said” still reaches over it",
    "interrogative": "a question",
    "irony": "irony",
    "mock_quote": "quotation marks for mockery",
    "named_not_source": "somebody is named who is not a source",
    "no_content": "it points to a source but reports nothing",
    "not_in_source": "not in the source it rests on",
    "note_marker": "a note number",
    "parenthetical": "said in passing",
    "scare_quotes": "quotation marks that keep a distance",
    "sic": "a slip, kept as it stands",
    "so_called": "“so-called”: the word is held at a distance",
    "unclosed_quote": "a quotation mark that is never closed",
    "unmarked_copy": "copied without quotation marks",
}


def voices(case: Case, keyed: bool) -> list[Part]:
    """Those who post here first, then all on whose word somebody leans, kind by kind.

    The classroom gets neither our notes nor who a voice might be: exercises ask for both.
    """
    heard = _heard(case) if keyed else {}
    known = list(case.edition.voices.values())
    groups = [("posts-here", "Those who post here", [v for v in known if v.posts_here])]
    groups += [
        (kind, title, [v for v in known if v.kind == kind and not v.posts_here])
        for kind, title in GROUPS.items()
    ]
    return [
        Part("".join(_voice(case, v, heard, keyed) for v in here), f"voices-{name}", title)
        for name, title, here in groups
        if here
    ]


def colours(case: Case, keyed: bool) -> list[Part]:
    """The voices that have a colour of their own, each as it is drawn everywhere."""
    own = [voice for voice in case.edition.voices.values() if voice.colour]
    return [Part(listed((chip(voice) for voice in own), "wb-colours"))]


def _heard(case: Case) -> dict[str, list[str]]:
    """The passages in whose chains a voice stands."""
    heard: dict[str, list[str]] = {}
    for passage in _in_order(case):
        for one in case.attributions.get(passage.id, ()):
            for name in (*one.chain, *one.reconstructed):
                found = heard.setdefault(name.rstrip("?"), [])
                if passage.id not in found:
                    found.append(passage.id)
    return heard


def _voice(case: Case, voice: Voice, heard: Mapping[str, list[str]], keyed: bool) -> str:
    named = "named in the thread" if voice.named else "not named in the thread"
    if voice.posts_here:
        named += ", posts here"
    note = f"<p>{escape(voice.note)}</p>" if keyed and voice.note else ""
    who = ""
    if keyed and voice.candidate:
        people = listed(_candidate(one) for one in voice.candidate)
        who = f'<p class="wb-label">Who this might be</p>{people}'
    places = heard.get(voice.id, [])
    where = ""
    if places:
        links = ", ".join(
            f'<a href="wb:passages#reading-{name}">line {line_of(case, name)}</a>'
            for name in places
        )
        said = "1 passage" if len(places) == 1 else f"{len(places)} passages"
        where = f"<details><summary>Where it has a say: {said}</summary><p>{links}</p></details>"
    return (
        f'<article class="wb-card wb-voice-{voice.colour or 0}" id="voice-{voice.id}">'
        f"<h3>{chip(voice)}</h3>"
        f'<p class="wb-claim-head"><span>{KINDS[voice.kind]}</span> <span>{named}</span></p>'
        f"{note}{who}{where}</article>"
    )


def _candidate(one: Candidate) -> str:
    note = f" {escape(one.note)}" if one.note else ""
    return f"<b>{escape(one.name)}</b>: {one.confidence}, {BASES[one.basis]}.{note}"


def passages(case: Case, keyed: bool) -> list[Part]:
    """Every passage in the order of the thread; how we read it waits in ``<details>``."""
    parts, number = [], 0
    for post in sorted(case.edition.posts.values(), key=lambda post: post.span.start):
        number += post.byline is not None
        voice = case.edition.voices[post.voice]
        label = voice.label[:1].upper() + voice.label[1:]
        title = f"Comment {number}: {voice.label}" if post.byline else label
        here = [one for one in _in_order(case) if one.post == post.id]
        html = "".join(_passage(case, one, voice, keyed) for one in here)
        if html:
            parts.append(Part(html, f"passages-{post.id}", title))
    return parts


def _in_order(case: Case) -> list[Passage]:
    return sorted(case.edition.passages.values(), key=lambda one: (one.span.start, -one.span.end))


def _passage(case: Case, passage: Passage, voice: Voice, keyed: bool) -> str:
    text = escape(one_line(case.edition.words(passage.span)))
    read = "".join(_reading(case, one) for one in case.attributions.get(passage.id, ()))
    details = (
        f"<details><summary>As the workbook reads it</summary>{read}</details>"
        if keyed and read
        else ""
    )
    return (
        f'<article class="wb-card wb-excerpt wb-voice-{voice.colour or 0}" '
        f'id="reading-{passage.id}">'
        f'<p class="wb-claim-head">{chip(voice)} '
        f"<span>{line_link(case, passage)}</span></p>"
        f"<blockquote>{text}</blockquote>{details}</article>"
    )


def _reading(case: Case, one: Attribution) -> str:
    edition = case.edition
    rows = [("The chain, as worded", _chain(case, one.chain, one.modes))]
    if one.accept:
        also = listed(_chain(case, chain) for chain in one.accept)
        rows.append(("Also defensible", also))
    if one.reconstructed:
        where = line_link(case, one.reconstructed_from) if one.reconstructed_from else ""
        rebuilt = _chain(case, one.reconstructed)
        rows.append(("The chain, reconstructed", f"{rebuilt} (see {where})" if where else rebuilt))
    if one.cues:
        said = ", ".join(f"<q>{escape(one_line(edition.words(cue)))}</q>" for cue in one.cues)
        rows.append(("Words that lead in", said))
    if one.content != edition.passages[one.passage].span:
        content = escape(one_line(edition.words(one.content)))
        rows.append(("What the last voice answers for", f"<q>{content}</q>"))
    for stance in one.stances:
        sure = words()["values"]
        values = listed(
            f"{chip(edition.voices[name])}: {escape(sure[value])}"
            for name, value in stance.values.items()
        )
        rows.append(("How sure each voice is", f"<p>{escape(stance.proposition)}</p>{values}"))
    if one.flags:
        rows.append(("Look out for", "; ".join(FLAGS[flag] for flag in one.flags) + "."))
    if one.note:
        rows.append(("Why", escape(one.note)))
    pairs = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in rows)
    label = f'<p class="wb-label">{escape(one.label)}</p>' if one.label else ""
    return f'{label}<dl class="wb-pairs">{pairs}</dl>'


def _chain(case: Case, chain: Iterable[str], modes: Iterable[Mode] = ()) -> str:
    """Outer to inner; with the modes, what each voice does with the next one's words."""
    does = [*modes]
    links = []
    for place, name in enumerate(chain):
        said = f" <i>{MODES[does[place]]}</i>" if place < len(does) else ""
        maybe = " (may be left out)" if name.endswith("?") else ""
        links.append(f"<li>{chip(case.edition.voices[name.rstrip('?')])}{maybe}{said}</li>")
    return f'<ol class="wb-chain">{"".join(links)}</ol>'
