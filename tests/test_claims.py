"""Claims, facts, testimonies, drift, travels: everything resolves, the known traps are shut."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from workbook.case import CaseError, open_case
from workbook.claims import LONGEST, VERDICTS, Claim, fairness, roots
from workbook.cli import main
from workbook.coverage import sentences, thread_sentences
from workbook.edition import Span, tokenise
from workbook.facts import CONFIDENCES
from workbook.knowledge import read_keys
from workbook.reading import Reader, period

ROOT = Path(__file__).resolve().parent.parent
CASE = open_case("lyushkov")
EDITION = CASE.edition
FACTS = CASE.facts
ROWS = [(name, row) for name, rows in FACTS.tables().items() for row in rows]
CLAIMS = list(CASE.claims.values())
COMMITTEE = {member.name: member for member in FACTS.committee}
COUNTS = {row.id: row for row in FACTS.executions}

Plant = Callable[..., list[str]]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Plant slips, each (file, old words, new words), in a copy of the case; what is reported."""

    def plant(*slips: tuple[str, str, str]) -> list[str]:
        folder = tmp_path / "lyushkov"
        shutil.copytree(CASE.folder, folder, dirs_exist_ok=True)
        for file, old, new in slips:
            text = (folder / file).read_text("utf-8")
            assert old in text, f"{old!r} is not in {file}"
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(CaseError) as caught:
            open_case(folder)
        return [str(problem) for problem in caught.value.problems]

    return plant


def test_the_id_of_a_find_is_not_the_word_for_no_find(plant: Plant) -> None:
    first = next(iter(CASE.finds))
    (said,) = plant(("finds.toml", f'id = "{first}"', 'id = "none"'))
    assert "the id `none` stands for a learner who picks no find; take another" in said


def _event(day: str) -> Any:
    (found,) = [event for event in FACTS.timeline if event.when == day]
    return found


def _printed() -> Iterator[tuple[str, str]]:
    """Every sentence of ours that these files print, with where it stands."""
    for claim in CLAIMS:
        for name in ("text", "divided", "reasons", "would_change", "confidence_note"):
            yield claim.id, getattr(claim, name)
        for variant in claim.variants:
            yield claim.id, variant.change
    for one in CASE.testimonies.values():
        for name in ("title", "what", "origin", "reached_us", "caution"):
            yield one.id, getattr(one, name)
        for weight in one.weight:
            yield one.id, weight.why
    for drift in CASE.drift:
        yield drift.id, drift.note
    for step in CASE.travel:
        yield from ((f"step {step.order}", t) for t in (step.what, step.medium, step.filter))
    for row in FACTS.executions:
        yield row.id, f"{row.label} {row.basis} {row.caveat}"
    for member in FACTS.committee:
        yield member.name, f"{member.detail} {member.trial} {member.cleared} {member.note}"
    for event in FACTS.timeline:
        yield event.when, f"{event.event} {event.note}"


# --- everything resolves --------------------------------------------------------------------------


def test_the_claims_are_fifty_and_numbered_through() -> None:
    assert list(CASE.claims) == [f"C{number:02}" for number in range(1, 51)]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_a_claim_has_a_passage_a_voice_references_and_reasons(claim: Claim) -> None:
    assert 0 < len(claim.text) <= LONGEST
    assert EDITION.posts[EDITION.passages[claim.first].post].voice == claim.voice
    assert EDITION.voices[claim.voice].posts_here
    assert all(variant.passage in EDITION.passages for variant in claim.variants)
    assert claim.references and set(claim.references) <= set(CASE.references)
    assert 2 <= len(sentences(claim.reasons)) <= 4
    assert claim.divided and claim.would_change
    assert claim.confidence == "verified" or claim.confidence_note


@pytest.mark.parametrize(
    ("name", "row"), ROWS, ids=[f"{name}-{number}" for number, (name, _) in enumerate(ROWS, 1)]
)
def test_a_fact_has_a_source_and_a_confidence(name: str, row: Any) -> None:
    assert row.source and set(row.source) <= set(CASE.references)
    assert row.confidence in CONFIDENCES


def test_testimonies_and_steps_name_works_or_passages() -> None:
    for one in CASE.testimonies.values():
        assert one.references and set(one.references) <= set(CASE.references)
        assert set(one.depends_on) <= CASE.testimonies.keys() | CASE.roots.keys()
        assert {weight.question for weight in one.weight} <= CASE.questions.keys()
    for step in CASE.travel:
        assert step.references or step.passages
        assert set(step.references) <= set(CASE.references)
        assert set(step.passages) <= EDITION.passages.keys()


def test_keys_are_read_as_a_bibtex_parser_reads_them() -> None:
    bibtex = pytest.importorskip("pybtex.database")
    parsed = bibtex.parse_file(str(CASE.folder / "references.bib"))
    assert list(CASE.references) == list(parsed.entries)


def test_words_in_quotation_marks_stand_in_the_thread() -> None:
    """Three words or more between typographic marks are the thread's; fewer may be a mere name."""
    elsewhere = {"Expelled as a Trotskyist", "several Japanese"}  # labels, not quotations
    thread = " ".join(EDITION.text.split()).casefold()
    for where, text in _printed():
        for quoted in re.findall("“([^”]+)”", text):
            parts = [part.strip(" .,;:?!") for part in quoted.split("…")]
            if len(quoted.split()) >= 3 and quoted not in elsewhere:
                for part in parts:
                    assert part.casefold() in thread, f"{where} quotes “{part}”"


# --- sentences ------------------------------------------------------------------------------------


def test_every_sentence_stands_in_a_passage_or_is_listed() -> None:
    covered = CASE.coverage
    assert [EDITION.words(span) for span in covered.uncovered] == []
    assert covered.words_uncovered == 0
    assert len(covered.sentences) == 61
    assert CASE.unfinished == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Doubled stops.. Then on.", ["Doubled stops..", "Then on."]),
        ('again what "japaneese"? when. And on.', ['again what "japaneese"? when.', "And on."]),
        ("It was apparent. 75\n\nNext one", ["It was apparent. 75", "Next one"]),
        ("G. S. Lyushkov came.\nHe spoke.", ["G. S. Lyushkov came.", "He spoke."]),
        ('He said "Go." Then he (sadly.) left', ['He said "Go."', "Then he (sadly.) left"]),
        ("wrapped\nlines go on\n\n* but a list does not", None),
        ("In St. Petersburg on 4 Dec. 1934 it snowed.", None),
        ("", []),
    ],
)
def test_sentences_by_plain_rules(text: str, parts: list[str] | None) -> None:
    found = [text[span.start : span.end] for span in sentences(text)]
    assert found == (text.split("\n\n") if parts is None else parts)


def test_a_stop_the_writer_lost_is_known_from_the_slips() -> None:
    opening = [EDITION.words(span).split()[0] for span in thread_sentences(EDITION)]
    assert "Only" in opening  # “liberal communist Only his violent anti-Stalinism”
    assert opening.count("He") == 3  # one of them after “Stalinism,” with a comma


def test_a_sentence_left_out_is_named_with_its_line(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "lyushkov"
    shutil.copytree(CASE.folder, folder)
    text = (folder / "text.toml").read_text("utf-8")
    start = text.index('[[bare]]\nexact = "We urge you')
    end = text.index("[[bare]]", start + 1)
    (folder / "text.toml").write_text(text[:start] + text[end:], "utf-8")
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().err == (
        "passages.toml: line 13: no passage holds “We urge you to carefully study these "
        "documents”; add one, or list the words under [[bare]] in text.toml and say why\n"
    )


# --- fairness -------------------------------------------------------------------------------------


def test_each_post_that_argues_is_caught_at_something_and_granted_something() -> None:
    counted = {one.post: one for one in fairness(CASE.claims, EDITION)}
    assert list(counted) == list(EDITION.posts)
    assert all(one.granted >= 1 and one.caught >= 1 for one in counted.values())
    total = sum(
        one.supported + one.in_part + one.contested + one.failed + one.not_checkable
        for one in counted.values()
    )
    assert total == len(CLAIMS)


def test_a_post_to_which_nothing_is_granted_is_reported(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "lyushkov"
    shutil.copytree(CASE.folder, folder)
    claims = (folder / "claims.toml").read_text("utf-8").split("[[claim]]")
    for number, claim in enumerate(claims):
        if 'voice = "unknown"' in claim:
            claims[number] = re.sub('verdict = "[^"]*"', 'verdict = "contradicted"', claim)
    (folder / "claims.toml").write_text("[[claim]]".join(claims), "utf-8")
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().err == (
        "claims.toml: p3: nothing that it claims is granted; look again whether the verdicts hold "
        "this post to the same standard\n"
    )


def test_of_a_post_with_two_claims_no_verdict_is_asked_for_fairness_sake(tmp_path: Path) -> None:
    folder = tmp_path / "lyushkov"
    shutil.copytree(CASE.folder, folder)
    claims = (folder / "claims.toml").read_text("utf-8").split("[[claim]]")
    own = [number for number, claim in enumerate(claims) if 'voice = "unknown"' in claim]
    for number in own:
        claims[number] = re.sub('verdict = "[^"]*"', 'verdict = "contradicted"', claims[number])
    gone = set(own[2:])
    kept = [claim for number, claim in enumerate(claims) if number not in gone]
    (folder / "claims.toml").write_text("[[claim]]".join(kept), "utf-8")
    assert open_case(folder).unfinished == ()


def test_check_prints_what_there_is(capsys: Any) -> None:
    assert main(["check", "lyushkov"]) == 0
    said = capsys.readouterr().out
    verdicts = Counter(claim.verdict for claim in CLAIMS)
    for verdict in VERDICTS:
        assert f"    {verdict:<17}{verdicts[verdict]}\n" in said
    assert "61 of 61 stand in a passage or are listed" in said
    assert "  executions    13  (verified " in said
    assert "  committee     21  (verified " in said
    assert "  timeline      41  (verified " in said
    assert f"  testimonies   {len(CASE.testimonies)}, going back to {len(CASE.roots)}  (" in said
    assert "    p2 anonymous   granted " in said


# --- drift and travels ----------------------------------------------------------------------------


def _unaligned(span: Span, aligned: list[Span]) -> list[str]:
    low = span.start
    words = [(a + low, b + low) for a, b, word in tokenise(EDITION.words(span)) if word]
    return [
        EDITION.text[a:b]
        for a, b in words
        if not any(one.start <= a and b <= one.end for one in aligned)
    ]


def test_every_phrase_of_the_pasted_passage_is_aligned() -> None:
    span = Span(EDITION.passages["a19"].span.start, EDITION.passages["a31"].span.end)
    ours = [one.original.span for one in CASE.drift if one.original and one.id.startswith("p0_")]
    assert _unaligned(span, ours) == ["and"]  # it only joins Leninism and the collective farms


def test_every_phrase_of_the_retelling_is_aligned() -> None:
    span = Span(EDITION.passages["a03"].span.start, EDITION.passages["a06"].span.end)
    ours = [one.copy.span for one in CASE.drift if one.copy and one.id.startswith("p0_")]
    assert _unaligned(span, ours) == []


def test_every_label_of_drift_is_used_and_what_is_kept_is_kept() -> None:
    assert {one.change for one in CASE.drift} == {
        "hedge dropped", "voice dropped", "term replaced", "scope widened", "negation turned",
        "certainty raised", "left out", "kept", "added", "glossed",
    }  # fmt: skip
    for one in CASE.drift:
        if one.change == "kept" and one.id != "p0_13":  # which is shortened, and says so
            assert one.original and one.copy
            assert one.original.exact.casefold() == one.copy.exact.casefold()


def test_the_passage_travels_in_order_and_can_be_traced_back() -> None:
    assert [step.order for step in CASE.travel] == list(range(1, len(CASE.travel) + 1))
    ends = [period(step.when)[1].year for step in CASE.travel]
    assert ends == sorted(ends)
    assert {"Lines 7 and 31"} <= {
        step.filter[step.filter.find("Lines") :][:14] for step in CASE.travel
    }
    assert EDITION.line_of(EDITION.passages["a03"].span.start) == 7
    assert EDITION.line_of(EDITION.passages["a20"].span.start) == 31


# --- testimonies ----------------------------------------------------------------------------------


def test_the_four_that_go_back_to_one_man_do() -> None:
    told = CASE.testimonies
    his = {name for name in told if "lyushkov_himself" in roots(name, told)}
    assert {"statement", "press_conference", "kaizo", "debriefing_list"} <= his
    assert "spies_in_files" not in his
    assert roots("officers", told) & roots("debriefing_list", told) == {"coox"}
    assert not roots("lapin_record", told) & roots("lapin_note", told)
    assert roots("takeoka_custody", told) <= roots("takeoka_coox", told)


def test_every_root_is_the_root_of_something() -> None:
    begun = {root for name in CASE.testimonies for root in roots(name, CASE.testimonies)}
    assert begun == CASE.roots.keys()


# --- the traps ------------------------------------------------------------------------------------


def test_trap_two_berzins() -> None:
    berzin = COMMITTEE["Berzin J.A."]
    assert berzin.full_name == "Jan Antonovich Berzin"
    assert berzin.died == date(1938, 8, 29)
    assert "Not Yan Karlovich Berzin" in berzin.note and "29 July 1938" in berzin.note


def test_trap_the_wife_survived() -> None:
    sentenced = _event("1939-01-19")
    assert "Nina Pismennaya" in sentenced.event and "eight years" in sentenced.event
    assert "she lives" in sentenced.event
    for where, text in _printed():
        if re.search(r"\bInna\b", text):
            assert "story" in text, f"{where} tells the refuted story as if it were so"


def test_trap_sentenced_is_not_executed() -> None:
    for row in FACTS.executions:
        assert row.quantity in ("death sentences", "all deaths from repression")
        if row.id.startswith(("Y", "S")):
            assert "Sentences passed" in row.caveat and "not every one" in row.caveat


def test_trap_the_number_a_day_depends_on_the_window() -> None:
    years = [COUNTS[f"Y{year}"].number for year in (1936, 1937, 1938)]
    assert years == [1118, 353074, 328618]
    assert sum(years[1:]) == COUNTS["S1937_38"].number == 681692
    assert sum(years) == COUNTS["S1936_38"].number == 682810
    assert COUNTS["S1937_38"].per_day == 933.8
    assert COUNTS["S1936_38"].per_day == 623.0
    assert round(1000 / COUNTS["S1936_38"].per_day, 1) == 1.6
    for row in FACTS.executions:
        assert round(row.number / ((row.end - row.start).days + 1), 1) == row.per_day


def test_trap_a_book_of_1996_cannot_quote_an_article_of_1998() -> None:
    bib = (CASE.folder / "references.bib").read_text("utf-8")
    year = {key: re.search(rf"{key},.*?year\s*=\s*{{(\d+)}}", bib, re.S) for key in
            ("Thurston1996", "Coox1998a", "Coox1998b")}  # fmt: skip
    assert [int(found[1]) for found in year.values() if found] == [1996, 1998, 1998]
    assert all("Thurston1996" not in step.references for step in CASE.travel)
    assert CASE.claims["C01"].verdict != "supported"


def test_trap_a_liberal_communist_is_no_liberal() -> None:
    (drift,) = [one for one in CASE.drift if one.copy and one.copy.exact == "Liberalism"]
    assert drift.original and drift.original.exact == "liberal communist"
    assert drift.change == "term replaced"
    assert CASE.claims["C05"].verdict == "contradicted"


def test_trap_hawking_was_an_ordinary_member_from_1986() -> None:
    claim = CASE.claims["C46"]
    assert claim.verdict == "partly supported"
    assert "1986" in claim.reasons and "ordinary member, not an honorary one" in claim.reasons
    for where, text in _printed():
        assert re.sub("“[^”]*”", "", text).count("Hawkins") == 0, f"{where} misspells Hawking"


def test_trap_the_audience_is_not_the_appointment() -> None:
    assert "The one time" in _event("1937-06-28").note
    assert "Appointed head of the NKVD" in _event("1937-07-31").event


def test_trap_lake_khasan_came_six_weeks_after_the_flight() -> None:
    khasan, flight = _event("1938-07-29/1938-08-11"), _event("1938-06-13")
    assert "Khasan" in khasan.event
    assert 6 * 7 <= (khasan.start - flight.start).days < 7 * 7
    assert "disputed" in khasan.note


def test_trap_general_is_no_rank_of_1938() -> None:
    rank = _event("1935-11")
    assert "Commissar of State Security" in rank.event and "Not a general" in rank.note
    for where, text in _printed():
        assert not re.search(r"General (?:G\. ?S\. )?Lyushkov", text), f"{where} gives him the rank"


def test_trap_which_trial_was_when() -> None:
    parts = Counter(m.trial for m in FACTS.committee if m.trial.startswith("defendant"))
    assert parts == {
        "defendant, first trial (August 1936)": 2,
        "defendant, second trial (January 1937)": 1,
        "defendant, third trial (March 1938)": 3,
    }
    for member in FACTS.committee:
        if "first trial" in member.trial or "third trial" in member.trial:
            month = re.search(r"\((\w+ \d{4})\)", member.trial)
            assert month and month[1] == f"{member.died:%B %Y}"
    assert "Tukhachevsky" not in " ".join(member.trial for member in FACTS.committee)


def test_trap_1956_cleared_no_defendant_of_the_trials() -> None:
    for member in FACTS.committee:
        if member.cleared == "1956":
            assert member.trial == "" and "no public trial" in member.note
        if member.trial.startswith("defendant"):
            assert member.cleared.endswith(("1988", "1963"))
    assert COMMITTEE["Krestinsky"].cleared == "1963"


def test_trap_the_report_is_not_the_presentation() -> None:
    bib = (CASE.folder / "references.bib").read_text("utf-8")
    assert re.search(r"DeweyNotGuilty1938,.*?year\s*=\s*\{1938\}", bib, re.S)
    assert re.search(r"SocialistAppeal1937,.*?18 December 1937", bib, re.S)
    for where, text in _printed():
        assert not re.search(r"published[^.]*September 1937", text), where


def test_trap_nobody_looks_for_the_third_book() -> None:
    assert not [key for key in CASE.claims["C37"].references if "Furr" in key]
    for where, text in _printed():
        assert "2020" not in text and "New Evidence of" not in text, where


def test_eleven_of_the_fourteen_who_were_alive_were_killed() -> None:
    new_year = date(1936, 1, 1)
    alive = [member for member in FACTS.committee if member.alive_on(new_year)]
    killed = [member for member in alive if member.killed_by_state]
    assert (len(FACTS.committee), len(alive), len(killed)) == (21, 14, 11)
    assert Counter(member.manner for member in killed) == {
        "executed": 9, "killed in custody": 1, "assassinated abroad": 1
    }  # fmt: skip
    assert {m.name for m in alive if not m.killed_by_state} == {"Stalin", "Kollontai", "Muranov"}
    assert all(m.alive_on(new_year) for m in FACTS.committee if m.killed_by_state)


def test_birth_names_are_not_printed() -> None:
    printed = " ".join(text for _, text in _printed()) + str(FACTS.committee)
    assert not re.search("Radomysl|Apfelbaum|Rosenfeld|Brilliant|Bronstein|Dzhugashvili", printed)


def _in_our_words() -> Iterator[tuple[str, str]]:
    """Every sentence of the case, the pages and the worked notebooks, without what it quotes."""

    def strings(held: Any) -> Iterator[str]:
        if isinstance(held, str):
            yield held
        elif isinstance(held, list):
            for one in held:
                yield from strings(one)
        elif isinstance(held, dict):
            for name, one in held.items():
                if name not in ("exact", "content", "prefix", "suffix"):
                    yield from strings(one)

    texts: list[tuple[str, str]] = []
    for file in CASE.folder.rglob("*.toml"):
        texts += [(file.name, text) for text in strings(tomllib.loads(file.read_text("utf-8")))]
    for file in [CASE.folder / "notes.md", *ROOT.glob("book/*.md")]:
        texts.append((file.name, file.read_text("utf-8")))
    for file in [*ROOT.glob("book/*.ipynb"), *ROOT.glob("solutions/*.ipynb")]:
        cells = json.loads(file.read_text("utf-8"))["cells"]
        texts += [(f"{file.parent.name}/{file.name}", "".join(cell["source"])) for cell in cells]
    for where, text in texts:
        ours = re.sub(r"^>.*$|“[^”]*”|\"[^\"\n]*\"", "", text, flags=re.MULTILINE)
        for sentence in re.split(r"(?<=[.?!])\s+|\n\n|\n(?=[-|#:])", ours):
            yield where, " ".join(sentence.split())


def test_nobody_who_posted_is_given_a_gender() -> None:
    """Where a sentence names one who posted and nobody else, “he” would be that person."""
    people = [voice for voice in EDITION.voices.values() if voice.kind == "person"]
    # Two whom the thread calls by a first name may be among those who post.
    hidden = {voice.label for voice in people if voice.posts_here} | {"Nicholas", "Gerry"}
    known = {name for voice in people for name in re.findall(r"[A-Z]\w+", voice.label)} - hidden
    assert "gerdowning" in hidden and {"Lyushkov", "Broué", "Pope"} <= known
    posted = "|".join(sorted(hidden | {"commenter", "critic", "asker"}))
    given = re.compile(rf"\b(?:{posted})\b.*\b(?:he|his|him|himself|she|her|hers|herself)\b")
    for where, sentence in _in_our_words():
        if not any(name in sentence for name in known):
            assert not given.search(sentence), f"{where}: {sentence}"


def test_what_is_not_sure_says_so() -> None:
    assert _event("1938-05-26").confidence == "uncertain"
    assert _event("1939-04").confidence == "uncertain"
    assert COUNTS["W_mass_operations"].confidence == "memory"
    for name, row in ROWS:
        if name == "timeline" and row.confidence != "verified":
            assert "memory" in row.note or "uncertain" in row.note


# --- bad input ------------------------------------------------------------------------------------


def test_slips_in_claims_are_reported_all_at_once(plant: Plant) -> None:
    claim = '[[claim]]\nid = "C01"'
    text = f"{CASE.claims['C03'].text}"
    assert plant(
        ("claims.toml", 'first = "a01"', 'first = "a99"'),
        ("claims.toml", 'verdict = "supported"', 'verdict = "suported"'),
        ("claims.toml", f'text = "{text}"', f'text = "{text + "!" * (121 - len(text))}"'),
        ("claims.toml", '"Thurston1996", "Coox1998a"', '"Thurston1986", "Coox1998a"'),
        ("claims.toml", claim, claim.replace("C01", "C50")),
    )[:] == [
        "claims.toml: C50: passage “a99” is not known; did you mean “a49”?",
        "claims.toml: C50: reference “Thurston1986” is not known; did you mean “Thurston1996”?",
        "claims.toml: C03: the text has 121 characters; 120 is the most",
        "claims.toml: C04: verdict “suported” is not known; did you mean “supported”?",
        "claims.toml: C50: this id stands twice; ids must differ",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('voice = "op"', 'voice = "opp"', "C01: voice “opp” is not known; did you mean “op”?"),
        (
            'voice = "op"',
            'voice = "anonymous"',
            "C01: first stands in a post of “op”, not of “anonymous”",
        ),
        (
            'references = ["Thurston1996", "Coox1998a", "Coox1998b"]',
            "references = []",
            "C01: has no reference; name one key of references.bib or more",
        ),
        (
            'confidence = "uncertain"',
            'confidence = "certain"',
            "C01: confidence “certain” is not known; did you mean “uncertain”?",
        ),
        ('type = "fact"', 'type = "opinion"', "C01: type “opinion” is not known; it is one of: "
         "fact, interpretation, value, method, ad hominem, prediction, counterfactual"),
        ('voice = "op"', 'voise = "op"', "C01: has a field `voise`, which is not known here; did "
         "you mean “voice”?"),
    ],
)  # fmt: skip
def test_a_slip_in_a_claim_is_reported(old: str, new: str, said: str, plant: Plant) -> None:
    assert plant(("claims.toml", old, new)) == [f"claims.toml: {said}"]


def test_reasons_are_two_to_four_sentences(plant: Plant) -> None:
    reasons = CASE.claims["C01"].reasons
    assert plant(("claims.toml", reasons, "Because.")) == [
        "claims.toml: C01: the reasons have 1 sentence; write two to four"
    ]
    assert plant(("claims.toml", reasons, "One. " * 5)) == [
        "claims.toml: C01: the reasons have 5 sentences; write two to four"
    ]


def test_what_is_not_verified_must_say_of_what(plant: Plant) -> None:
    note = CASE.claims["C01"].confidence_note
    assert plant(("claims.toml", f'confidence_note = "{note}"', "")) == [
        "claims.toml: C01: rests on “uncertain”; say of what in `confidence_note`"
    ]


def test_dates_that_cannot_be_are_reported_all_at_once(plant: Plant) -> None:
    assert plant(
        ("case.toml", 'date = "2019-01"', 'date = "2019-13"'),
        ("testimonies.toml", 'made = "1938-07-13"', 'made = "13 July"'),
        ("travel.toml", 'when = "1998/2019"', 'when = "2019/1998"'),
        ("facts/executions.csv", "1937-12-31,365", "1936-12-31,365"),
        ("facts/executions.csv", "1938-12-31,365", "1938-12-31,364"),
        ("facts/executions.csv", ",623.0,", ",1000,"),
        ("facts/timeline.csv", "1938-06-13,day", "1938-02-30,day"),
        ("facts/timeline.csv", "1937-06-28,day", "1937-06-28,month"),
        ("facts/central_committee_1917.csv", "1938-08-29,56", "1938-08-29,65"),
        ("facts/central_committee_1917.csv", "1952-03-09", "1952-03"),
    ) == [
        "case.toml: p0: date “2019-13” is not in the calendar; check year, month and day",
        "testimonies.toml: press_conference: made “13 July” is no date; write 1938, 1938-06, "
        "1938-06-13 or 1938/1945",
        "travel.toml: step number 6: when “2019/1998” ends before it starts; turn it round",
        "facts/executions.csv: row Y1937: ends on 1936-12-31, before it starts on 1937-01-01",
        "facts/executions.csv: row Y1938: has 364 days, but 1938-01-01 to 1938-12-31 is 365, both "
        "counted",
        "facts/executions.csv: row S1936_38: has 1000.0 a day, but 682810 in 1096 days is 623.0",
        "facts/central_committee_1917.csv: row 2: is 65 at death, but 1881 to 1938-08-29 gives "
        "56 or 57",
        "facts/central_committee_1917.csv: row 8: `died` must be a day, such as 1938-06-13",
        "facts/timeline.csv: row 12: is given to the month, but its date “1937-06-28” is a day",
        "facts/timeline.csv: row 22: `date` “1938-02-30” is not in the calendar; check year, month "
        "and day",
    ]


def test_a_table_without_source_or_sureness_is_reported(plant: Plant) -> None:
    assert plant(
        ("facts/timeline.csv", "verified,Coox1968,", "verified,,"),
        ("facts/timeline.csv", "verified,Coox1998a;", "likely,Cox1998a;"),
        ("facts/executions.csv", "353074", "353 074"),
        ("facts/central_committee_1917.csv", ",no,,,memory", ",maybe,,,memory"),
    ) == [
        "facts/executions.csv: row Y1937: `number` is “353 074”; write a whole number in digits "
        "only",
        "facts/central_committee_1917.csv: row 1: `killed_by_state` is “maybe”; write yes or no",
        "facts/timeline.csv: row 40: `source` is empty",
        "facts/timeline.csv: row 41: confidence “likely” is not known; it is one of: verified, "
        "memory, uncertain",
        "facts/timeline.csv: row 41: source “Cox1998a” is not known; did you mean “Coox1998a”?",
    ]  # fmt: skip


def test_a_table_out_of_shape_is_reported(plant: Plant) -> None:
    assert plant(("facts/timeline.csv", "confidence,source", "sureness,source")) == [
        "facts/timeline.csv: has no column `confidence`; every row needs one",
    ]


def test_a_table_as_a_spreadsheet_saves_it_is_read_or_the_fault_is_one(plant: Plant) -> None:
    words = (CASE.folder / "facts/timeline.csv").read_text("utf-8")
    assert plant(("facts/timeline.csv", words, words.replace(",", ";"))) == [
        "facts/timeline.csv: its fields are divided by semicolons; save it with commas"
    ]


def test_a_table_of_another_name_is_kept_as_text_and_held_to_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "lyushkov"
    shutil.copytree(CASE.folder, folder)
    extra = folder / "facts" / "streets.csv"
    extra.write_text("name,source,confidence\nKanda,Coox1998b,verified\n", "utf-8")
    (row,) = open_case(folder).facts.other["streets"]
    assert row["name"] == "Kanda"
    extra.write_text("name,source,confidence\nKanda,,sure\n", "utf-8")
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "facts/streets.csv: row Kanda: confidence “sure” is not known; it is one of: verified, "
        "memory, uncertain",
        "facts/streets.csv: row Kanda: `source` is empty",
    ]


def test_a_field_too_many_is_reported(plant: Plant) -> None:
    """A comma inside a text that nobody put in quotation marks."""
    assert plant(("facts/timeline.csv", '"Joins the Bolsheviks, led', "Joins the Bolsheviks, led"))[
        0
    ].endswith("row 2: has not 9 fields, as the header has; check commas and quotes")


def test_an_event_settles_claims_that_there_are(plant: Plant) -> None:
    assert plant(("facts/timeline.csv", ",,C25\n", ",,C25;C99\n")) == [
        "facts/timeline.csv: row 31: settles “C99” is not known; did you mean “C49”?"
    ]


def test_testimonies_in_a_circle_are_reported(plant: Plant) -> None:
    assert plant(
        ("testimonies.toml", 'depends_on = ["lyushkov_himself"]', 'depends_on = ["kaizo"]'),
        ("testimonies.toml", 'depends_on = ["lyushkov_himself"]', 'depends_on = ["statment"]'),
        ("testimonies.toml", 'depends_on = ["lyushkov_himself"]', 'depends_on = ["statement"]'),
        ("testimonies.toml", 'question = "conspiracy"', 'question = "conspiracies"'),
        ("testimonies.toml", 'proximity = "one_remove"', 'proximity = "far"'),
    ) == [
        "testimonies.toml: officers: proximity “far” is not known; it is one of: witness, "
        "one_remove, several_removes, compiled",
        "testimonies.toml: officers: question “conspiracies” is not known; did you mean "
        "“conspiracy”?",
        "testimonies.toml: press_conference: what it depends on, “statment” is not known; did you "
        "mean “statement”?",
        "testimonies.toml: statement: depends on itself in a circle (statement → kaizo → "
        "statement); take one of these links out",
        # An exercise asks who depends on whom, and its answer is held to the same file.
        "exercises/09.toml: who_leans_on_whom: the answer for “statement” disagrees with "
        "testimonies.toml: kaizo",
        "exercises/09.toml: who_leans_on_whom: the answer for “kaizo” disagrees with "
        "testimonies.toml: statement",
    ]


def test_slips_in_drift_are_reported(plant: Plant) -> None:
    assert plant(
        ("drift.toml", "or conveyed the ideology", "or conveyed the idealogy"),
        ("drift.toml", 'change = "left out"', 'change = "kept"'),
        ("drift.toml", 'change = "added"', 'change = "left out"'),
        ("drift.toml", 'passage = "a05", exact = "Liberalism"', 'passage = "d99", exact = "x"'),
    ) == [
        "drift.toml: p0_01: has no copy; only what is “left out” has none",
        "drift.toml: p0_04: “or conveyed the idealogy” is not there; the nearest words there are "
        "“or conveyed the ideology”",
        "drift.toml: p0_18: passage “d99” is not known; did you mean “d09”?",
        "drift.toml: p0_29: has no original; only what is “added” has none",
        "drift.toml: p0_29: is “left out”, so it can have no copy; take one of them away",
    ]


def test_slips_in_travel_and_strangers_are_reported(plant: Plant) -> None:
    assert plant(
        ("travel.toml", "order = 3", "order = 4"),
        ("travel.toml", 'passages = ["a20", "a31"]', 'passages = ["a20", "aa31"]'),
        ("travel.toml", 'references = ["FurrBobrovHolmstrom2021", "LATimes1999"]', ""),
        ("travel.toml", "[[step]]", "[[stop]]\n[[step]]"),
    ) == [
        "travel.toml: stop: is not known here; what may stand here is [[step]]",
        "travel.toml: step number 3: has order 4; steps count 1, 2, 3 …",
        "travel.toml: step number 4: has no reference; name one key of references.bib or more",
        "travel.toml: step number 5: passage “aa31” is not known; did you mean “a31”?",
    ]


def test_a_passage_out_of_place_is_reported_once_only(plant: Plant) -> None:
    (said,) = plant(("passages.toml", "moved from Trotskyism to", "moved from Trotskism to"))
    assert said.startswith(
        "passages.toml: a05: “After settling in Tokyo Lyushkov moved from Trotskism"
    )
    assert "; the nearest words there are “After settling in Tokyo" in said


def test_without_a_bibliography_one_problem_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "lyushkov"
    shutil.copytree(CASE.folder, folder)
    (folder / "references.bib").unlink()
    with pytest.raises(CaseError) as caught:
        open_case(folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "references.bib: is not there, and other files name works of it; write it"
    ]


def test_slips_in_the_bibliography_are_reported(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(
        "% @book{Commented1900,\n@comment{Skipped1901, }\n"
        "@book{Good1902, title = {A {b} \\} c}}\n@book{Good1902, title = {Again}}\n"
        "@book{ , title = {None}}\n@book{Open1903, title = {Oh}\n",
        "utf-8",
    )
    reader = Reader(tmp_path)
    assert read_keys(reader) == ["Good1902", "Good1902", "", "Open1903"]
    assert [str(problem) for problem in reader.problems] == [
        "references.bib: Good1902: this key stands twice; keys must differ",
        "references.bib: entry number 3: has no key after its brace",
        "references.bib: Open1903: its braces never close; give every { its }",
    ]


def test_a_case_can_do_without_all_of_it(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    for file in ("case.toml", "thread.txt", "voices.toml", "passages.toml"):
        shutil.copy(CASE.folder / file, folder)
    case = open_case(folder)
    assert (case.claims, case.testimonies, case.drift, case.travel) == ({}, {}, (), ())
    assert (case.facts.tables(), case.references, case.bare) == ({}, (), ())
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert "claims" not in said.out and "fairness" not in said.out
    assert said.err.count("no passage holds") == len(said.err.splitlines())


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("1938", date(1938, 1, 1), date(1938, 12, 31)),
        ("1936-02", date(1936, 2, 1), date(1936, 2, 29)),
        ("1938-06-13", date(1938, 6, 13), date(1938, 6, 13)),
        ("1937-08/1937-10", date(1937, 8, 1), date(1937, 10, 31)),
        ("../1998", date.min, date(1998, 12, 31)),
        ("2019/..", date(2019, 1, 1), date.max),
    ],
)
def test_a_date_is_its_first_and_last_day(when: str, first: date, last: date) -> None:
    assert period(when) == (first, last)


@pytest.mark.parametrize(
    "when", ["", "..", "38", "1938-6", "0000", "1938-00", "1938/", "/", "1938-02-30"]
)
def test_what_is_no_date_is_refused(when: str) -> None:
    with pytest.raises(ValueError, match="“"):
        period(when)
