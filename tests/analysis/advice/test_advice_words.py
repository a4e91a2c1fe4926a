"""Advice in words: steps, gains and who would fill all empty seats, in both languages."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import replace

import pytest
from rich.console import Console

from shiftplan.analysis.advice import Advice, advise, run
from shiftplan.present.answers import json_of, lines
from shiftplan.present.answers.advice import AdviceWords
from shiftplan.present.display.answers import show_advice
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.records import Skill
from shiftplan.week.requirements import Requirement


@pytest.fixture(scope="module")
def asked() -> tuple[Problem, Advice]:
    """Ana may do one of two shifts; Monday also asks for VNeID 2, of which she holds 1."""
    problem = plan(
        "M",
        days=2,
        skills=(Skill(skill_id="vneid", name="VNeID", max_level=3),),
        each={"ana": {"name": "Ana", "max_shifts": 1, "skills": {"vneid": 1}}},
        rules=({"rule": "coverage", "level": 1}, {"rule": "max_shifts"}),
        requirements=(
            Requirement(shift_id="M0", target=1),
            Requirement(shift_id="M0", skill_id="vneid", min_level=2, target=1),
            Requirement(shift_id="M1", target=1),
        ),
    )
    return problem, advise(problem, parse("ana  M ."))


def test_each_gain_is_a_sentence_in_both_languages(asked):
    """Whom, what, how many seats, the cost and the best there can be."""
    problem, advice = asked
    english, vietnamese = AdviceWords(problem, "en"), AdviceWords(problem, "vi")
    by_kind = {gain.step.kind: gain for gain in advice.gains}

    assert english.gain(by_kind["training"]) == (
        "Ana (ana), home: trained in VNeID to level 2 instead of 1; this fills 1 more seat: "
        "cost −150, at best −150."
    )
    assert vietnamese.gain(by_kind["training"]) == (
        "Ana (ana), home: học VNeID lên bậc 2 thay vì 1; nhờ đó lấp thêm 1 vị trí trống: "
        "điểm phạt −150, có thể đến −150."
    )
    assert english.gain(by_kind["max_shifts"]).startswith(
        "Ana (ana), home: 2 shifts at most instead of 1; this fills 1 more seat"
    )
    # The new volunteer does one shift, as Ana does: on Monday with VNeID, and Ana on Tuesday.
    assert english.gain(by_kind["volunteer"]) == (
        "One more volunteer at home, who holds VNeID 2, who comes Mon 07 Dec 07:00–11:00; "
        "this fills 2 more seats: cost −300, at best −300."
    )


def test_the_people_for_all_empty_seats_in_sentences(asked):
    """How many, where they live, and what is assumed."""
    problem, advice = asked
    assert advice.filling is not None

    lines = AdviceWords(problem, "en").filling(advice.filling)

    # As the step above: one new person for VNeID on Monday, and Ana on Tuesday instead.
    assert lines == [
        "With one more volunteer, all 2 empty seats are filled.",
        "Adding them changes the cost of the roster by −300.",
        "Where they live: home 1.",
        "Assumed: each comes at any time, does at most 1 shift, goes anywhere; assignments of "
        "others added or taken away: 2.",
    ]


@pytest.mark.parametrize(
    ("lang", "idle", "undecided"),
    [
        ("en", "There was not enough time", "Promising steps still undecided: {};"),
        ("vi", "Chưa đủ thời gian để biết", "Còn {} cách chưa kịp thử xong"),
    ],
)
def test_steps_without_time_are_not_said_to_be_no_help(asked, lang, idle, undecided, monkeypatch):
    """Cancelled before the trials, and with time over in each of them."""
    problem, advice = asked
    roster, cancel = parse("ana  M ."), threading.Event()
    priced = run.promising_steps
    with monkeypatch.context() as patch:
        patch.setattr(run, "promising_steps", lambda *given: (priced(*given), cancel.set())[0])
        untried = advise(problem, roster, cancel=cancel)
    with monkeypatch.context() as patch:
        patch.setattr(run, "solve_around", lambda *_, **__: None)
        cut_off = advise(problem, roster)

    assert (untried.tried, untried.undecided) == (0, untried.promising)
    assert cut_off.tried == cut_off.undecided == advice.tried
    shown = [text_of(problem, found, lang) for found in (untried, cut_off)]
    assert all(idle in text and Words(lang)("advice.none") not in text for text in shown)
    assert undecided.format(untried.promising) in shown[0]
    assert undecided.format(advice.tried) in shown[1]
    assert advice.undecided == 0


def test_a_gain_that_nobody_compared_says_so(asked):
    """Whether a part of it needs no step is unknown, which is not none."""
    problem, advice = asked
    sentences = AdviceWords(problem, "en")
    gain = replace(advice.gains[0], without=None)

    assert "before it was clear how much of this needs no step" in sentences.gain(gain)
    assert "needs no step" not in sentences.gain(replace(gain, without=0))


def text_of(problem: Problem, advice: Advice, lang: Lang) -> str:
    """What the command shows."""
    console = Console(file=io.StringIO(), width=200)
    show_advice(console, advice, lang)
    return console.file.getvalue()


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_table_and_the_json_hold_every_gain(asked, lang):
    """A row and a sentence for each gain, and JSON that has ids and figures."""
    problem, advice = asked
    text = text_of(problem, advice, lang)
    content = json.loads(json.dumps(json_of(advice)))

    for gain, entry in zip(advice.gains, content["gains"], strict=True):
        assert AdviceWords(problem, lang).step(gain.step) in text
        assert entry["sentence"][lang] == AdviceWords(problem, lang).gain(gain)
        assert (entry["total"], entry["seats"]) == (gain.total, gain.seats)
    assert content["together"] is None or content["together"]["sentence"][lang] in text
    assert content["filling"]["enough"] == 1
    assert all(line in text for line in content["filling"]["sentences"][lang])
    sentences = [entry["sentence"][lang] for entry in content["gains"]]
    assert lines(advice, lang)[: len(sentences)] == sentences
    assert lines(advice, lang)[-1] == content["filling"]["sentences"][lang][-1]
