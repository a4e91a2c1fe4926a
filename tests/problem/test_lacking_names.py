"""Rules that name what a week lacks: a note, unless the name is a slip of the pen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import shiftplan
from shiftplan.errors import InputError
from shiftplan.files import read_week, write_week
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.notes import find_notes
from shiftplan.rules import Coverage, MaxShiftCount
from shiftplan.seasons.rollover.workdays import Day, Workdays
from shiftplan.testing.pictures import MONDAY, plan

NIGHTS = {"rule": "max_shift_count", "value": 1, "shifts": "night"}


def notes(problem: Problem) -> list[tuple[str, str]]:
    found = [note for note in find_notes(problem) if note.table == "rules"]
    return [(note.column, note.value) for note in found]


@pytest.mark.parametrize(
    ("known", "wrong", "meant"),
    [
        ("night", "nigth", "night"),
        ("night", "nght", "night"),
        ("night", "nihght", "night"),
        ("night", "Night", "night"),
        ("night", "niqht", "night"),
        ("đêm", "dem", "đêm"),
        ("ca đêm", "cađêm", "ca đêm"),
        ("peace", "\u0440\u0435\u0430\u0441\u0435", "peace"),  # in Cyrillic letters
        ("night", "late", ""),
        ("team a", "team b", ""),
        ("zone 1", "zone 2", ""),
        ("am", "pm", ""),
        ("sat", "sun", ""),
        ("student", "studnets", ""),  # two slips
        ("night", "", ""),
    ],
)
def test_a_slip_of_the_pen_is_told_from_another_name(known, wrong, meant):
    """One letter is a slip; a last letter, a first one and a digit tell names apart."""
    assert Nearest(["morning", known]).slip(wrong) == meant


@pytest.mark.parametrize(
    ("rule", "column", "value"),
    [
        (NIGHTS, "shifts", "night"),
        ({"rule": "apart", "group": "choir"}, "group", "choir"),
        ({"rule": "area_floor", "group": "island"}, "group", "island"),
        ({"rule": "forbidden_succession", "first": "night", "then": "morning"}, "first", "night"),
        ({"rule": "forbidden_succession", "first": "morning", "then": "night"}, "then", "night"),
        ({"rule": "mentor", "value": 1}, "skill", "portal"),
        ({"rule": "never_alone", "skill": "khmer"}, "skill", "khmer"),
    ],
)
def test_a_name_of_another_week_is_a_note(rule, column, value):
    """The week is read and planned, the rule is as absent, and what is told names it."""
    week = plan("M", "ana bob", 1, rules=(rule,))

    assert notes(week) == [(column, value)]
    assert rule["rule"] not in [r.rule for r in week.active_rules]
    assert shiftplan.solve(week).roster is not None


def test_a_misspelt_name_stays_a_fault():
    """`nigth` beside shifts of type `night` is refused, with what may be meant."""
    with pytest.raises(InputError, match="Did you mean 'night'") as refused:
        plan("N", "ana", 1, rules=({**NIGHTS, "shifts": "nigth"},))

    assert [fault.code for fault in refused.value.faults] == ["unknown_name"]


def test_a_rule_of_other_days_is_a_note():
    """Changes were to be few on days that are over."""
    days = {"first_day": MONDAY - dt.timedelta(7), "last_day": MONDAY - dt.timedelta(1)}
    rule = {"rule": "stability", "level": 2, **days}
    week = plan("M", "ana", 1, rules=(rule,))

    assert notes(week) == [("last_day", "2026-12-06")]
    later = {**rule, "last_day": MONDAY}
    assert notes(plan("M", "ana", 1, rules=(later,))) == []


def test_one_name_of_several_holds():
    """A rule on nights and mornings counts mornings in a week without nights."""
    week = plan("M", "ana", 2, rules=({**NIGHTS, "shifts": "night|morning"},))
    roster = shiftplan.Roster.of([("M0", "ana"), ("M1", "ana")])

    assert notes(week) == [("shifts", "night")]
    assert shiftplan.check(week, roster).hard == {"max_shift_count": 1}


@pytest.mark.parametrize("name", ["portal", "portal:1", "skill:portal", "skill:portal:1"])
def test_level_1_of_a_skill_may_be_written_or_left_out(name):
    """Both ways name the same people, and the rule holds for them."""
    each = {"ana": {"skills": {"portal": 1}}}
    rule = {"rule": "max_shift_count", "value": 0, "group": name}
    week = plan("M", "ana bob", 1, skills=({"skill_id": "portal"},), each=each, rules=(rule,))
    roster = shiftplan.Roster.of([("M0", "ana"), ("M0", "bob")])

    assert notes(week) == []
    assert shiftplan.check(week, roster).hard == {"max_shift_count": 1}


def test_the_type_of_a_shift_before_the_horizon_is_a_name_too():
    """Who worked the last night before a week of mornings does not start early after it."""
    rule = {"rule": "forbidden_succession", "first": "night", "then": "morning"}
    before = ({"volunteer_id": "ana", "last_shift_type": "night"},)
    week = plan("M", "ana", 1, rules=(rule,), history=before)

    assert notes(week) == []
    assert shiftplan.check(week, shiftplan.Roster.of([("M0", "ana")])).hard == {
        "forbidden_succession": 1
    }


def test_a_wish_about_nights_is_no_fault_in_a_week_without():
    """Against them it is met, for them it is not, by `check` and by the model."""
    wishes = tuple(
        {"volunteer_id": "ana", "date": MONDAY, "shifts": "night", "state": state}
        for state in ("for", "against")
    )
    for wish, cost in zip(wishes, (1, 0), strict=True):
        week = plan("M", "ana", 1, rules=({"rule": "preferences"},), preferences=(wish,))
        assert shiftplan.check(week, shiftplan.Roster()).total == cost
        assert shiftplan.solve(week).total.cost == cost


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "en",
            "so rule max_shift_count has no effect",
        ),
        ("vi", "quy định max_shift_count không có tác dụng"),
    ],
)
def test_the_note_is_told_in_both_languages(tmp_path: Path, lang, says):
    """Reading a folder tells it with file, row, column and value."""
    shiftplan.write_week(plan("M", "ana", 1, rules=(NIGHTS,)), tmp_path)
    told = []

    shiftplan.read_week(tmp_path, on_note=told.append)

    text = " ".join(fault_text(note, lang) for note in told)
    assert says in text
    assert "rules.csv" in text
    assert "night" in text
    assert "[" not in text


def test_the_next_week_goes_on_without_the_last_night():
    """A holiday takes the only night; the rule about nights goes with the week all the same."""
    rules = (Coverage(), MaxShiftCount(max_shifts=1, shifts="night"))
    week = plan({0: "M", 1: "N"}, "ana", 7, rules=rules)
    closed = Workdays(days=(Day(date=MONDAY + dt.timedelta(8), state="closed"),))

    following = shiftplan.seasons.new_week(week, MONDAY + dt.timedelta(7), closed).problem

    assert [shift.type for shift in following.shifts] == ["morning"]
    assert following.rules == rules
    assert notes(following) == [("shifts", "night")]


@pytest.mark.parametrize("name", ["choir", "the choir's"])
def test_of_several_names_in_a_cell_the_lacking_one_is_told(tmp_path, name):
    """The cell is quoted as it stands, so the sentence says which of its names is meant."""
    rule = {"rule": "together", "group": ("team", name)}
    week = plan("M", "ana bob", 1, each={"ana": {"group": "team"}}, rules=(rule,))
    write_week(week, tmp_path)

    (note,) = (n for n in find_notes(read_week(tmp_path)) if n.table == "rules")

    assert f"nothing in this week is named {name!r}; rule together applies" in str(note.message)
    assert f"không có gì mang tên {name!r}; quy định together" in fault_text(note, "vi")
