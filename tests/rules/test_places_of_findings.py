"""Findings and contradictions name the person and the place that they are about, with any ids."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.values import ids

from shiftplan import Roster, check
from shiftplan.errors.message import AtSeat, AtShift, OnDay, shown
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.naming import Names
from shiftplan.present.summary import finding
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.rules.base import Priced
from shiftplan.solving import find_conflict
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.members import Members
from shiftplan.testing import plan, registered
from shiftplan.testing.pictures import MONDAY, shift

LANGUAGES = ("en", "vi")


def week(person: str, one: str, other: str, skill: str = "portal") -> Problem:
    """One person, pinned to two shifts at once; the first one needs two people with a skill."""
    shifts = tuple(shift("M", 0).model_copy(update={"shift_id": name}) for name in (one, other))
    problem = plan({}, "ana", 1, shifts=shifts, skills=({"skill_id": skill, "max_level": 3},))
    needs = {"shift_id": one, "skill_id": skill, "min_level": 2, "minimum": 1, "target": 1}
    heads = {"shift_id": other, "minimum": 2, "target": 2}
    pins = tuple(
        {"volunteer_id": person, "shift_id": name, "state": "must"} for name in (one, other)
    )
    return Problem(
        **{
            **dict(problem),
            "volunteers": ({**dict(problem.volunteers[0]), "volunteer_id": person},),
            "availability": (),
            "requirements": (needs, heads),
            "pins": pins,
            "rules": ({"rule": "minimum_coverage"},),
        }
    )


def test_a_shift_may_be_called_like_the_seat_of_another_one() -> None:
    """A shift A that needs portal 2, and a shift `A portal 2`: alike in files, told apart here."""
    problem = week("ana", "A", "A portal 2")

    found = [v for v in check(problem, Roster()).broken if v.rule.rule == "minimum_coverage"]

    assert [v.where for v in found] == [AtSeat("A", "portal", 2), AtShift("A portal 2")]
    assert [v.at for v in found] == ["A portal 2", "A portal 2"]
    assert [finding(v, Names(problem, "vi")) for v in found] == [
        "A, home, thứ Hai 07/12 07:00–11:00, portal bậc 2: 0 người, cần ít nhất 1",
        "A portal 2, home, thứ Hai 07/12 07:00–11:00: 0 người, cần ít nhất 2",
    ]


def test_a_person_may_be_called_like_a_piece_of_a_sentence() -> None:
    """`Ana in the van` in S1 is not `Ana` in `the van in S1`."""
    problem = week("Ana in the van", "S1", "S2")

    (found,) = (v for v in check(problem, Roster()).broken if v.where == AtShift("S1"))

    said = "Ana in the van is pinned to S1, or agreed to work it, but is not in it"
    assert str(found.message) == said
    assert finding(found, Names(problem, "vi")) == (
        "Ana in the van đã được chốt hoặc đã nhận lời trực S1, home, thứ Hai 07/12 07:00–11:00 "
        "nhưng không có trong ca"
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(ids, min_size=4, max_size=4, unique=True))
def test_any_id_is_told_as_it_is(names: list[str]) -> None:
    """In both languages, by findings of `check` and by members of a contradiction."""
    person, one, other, skill = names
    problem = week(person, one, other, skill)
    roster = Roster.of([(one, person)])

    for found in check(problem, roster).broken:
        for lang in LANGUAGES:
            said = finding(found, Names(problem, lang))
            assert shown(found.who) in said
            place = found.where
            told = place.shift_id if isinstance(place, (AtShift, AtSeat)) else ""
            assert shown(told) in said
    conflict = find_conflict(problem)
    assert conflict
    for member in conflict.members:
        for lang in LANGUAGES:
            said = member.message.said(lang)
            assert shown(member.who) in said
            if isinstance(member.where, (AtShift, AtSeat)):
                assert shown(member.where.shift_id) in said


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "ana, 2026-12-07: no_mondays, 1 shift"),
        ("vi", "ana, thứ Hai 07/12: no_mondays, 1 ca"),
    ],
)
def test_a_rule_without_words_is_told_in_general(lang: str, says: str) -> None:
    """Name of the rule, person, place and amount."""

    class NoMondays(Priced):
        """Nobody works on Mondays."""

        rule: Literal["no_mondays"] = "no_mondays"
        unit = "shifts"

        def check(self, case):
            yield self.violation("ana", OnDay(MONDAY), 1)

        def post(self, model):
            """Nothing: only findings are looked at."""

    with registered(NoMondays):
        problem = plan("M", "ana", 1, rules=[{"rule": "no_mondays"}])
        (found,) = check(problem, Roster()).broken

        assert finding(found, Names(problem, lang)) == says


@pytest.mark.parametrize("share", [None, 0.5])
@pytest.mark.parametrize("kind", RULES)
def test_every_rule_that_can_be_hard_is_said_in_both_languages(
    kind: str, share: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an entry of its own, of a person, a shift or everything, with all gaps filled."""
    cls = RULES[kind]
    given = {"group": "g", "first": "M", "then": "A", "skill": "portal", "min_share": share}
    given |= {"pattern": "M, off", "followed_by": "off", "first_day": MONDAY}
    fields = {name: value for name, value in given.items() if name in cls.model_fields}
    if kind == "pins" or "hard" not in str(cls.model_fields["level"].annotation):
        return  # a pin concerns a person and a shift
    fields |= {n: 1 for n, f in cls.model_fields.items() if f.is_required() and n not in fields}
    members = Members(plan("M", "ana", 1, requirements=[{"shift_id": "M0", "target": 1}]))
    monkeypatch.setattr(members, "_rules", (cls(**fields),))

    for who, where, place in ((0, 0, "shift"), (0, 0, "day"), (-1, 0, "need"), (0, -1, "")):
        message = members.member(Member(0, who, where, place)).message
        said = message.params.get("said", message)  # what the rule is limited to stands around it
        for lang in LANGUAGES:
            code = said.params.get("sentence", said).code
            assert code in catalogue(lang), f"src/shiftplan/present/locale/{lang}.po lacks {code}"
            assert "`" not in said.said(lang)
    sentence = said.params.get("sentence")
    if sentence is not None:
        assert not any("{" in sentence.said(lang) for lang in LANGUAGES)


def test_one_is_said_as_one() -> None:
    """A weekend, a person with a skill, and a place."""
    problem = plan(
        "M",
        "ana",
        1,
        skills=({"skill_id": "portal", "max_level": 3},),
        requirements=[
            {"shift_id": "M0", "skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1}
        ],
        rules=[{"rule": "max_weekends", "value": 1}, {"rule": "minimum_coverage"}],
    )
    kinds = [rule.rule for rule in problem.active_rules]
    said = Members(problem).member

    weekends = said(Member(kinds.index("max_weekends"), 0, -1, "")).message
    needed = said(Member(kinds.index("minimum_coverage"), -1, 0, "need")).message

    assert weekends.said("en") == "A person works on at most 1 weekend of the horizon: ana."
    assert weekends.said("vi") == "Mỗi người trực nhiều nhất 1 cuối tuần trong kỳ: ana."
    assert needed.said("en").endswith(" needs at least: 1 person with portal 2.")
    assert Words("en")("conflict.give_up_many", n=1).startswith("Give up in 1 place,")
