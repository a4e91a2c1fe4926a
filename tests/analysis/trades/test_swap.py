"""A trade of two shifts, its words, and how pairs of ids are read."""

from __future__ import annotations

from collections import Counter

import pytest
from changes import changed, worse
from hypothesis import assume, given
from hypothesis import strategies as st
from listed import wrong_in
from pace import costly
from strategies import problems, rosters
from trading import changes_of, hard_rules

from shiftplan.analysis.trades import swap
from shiftplan.errors import InputError
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.answers import json_of
from shiftplan.rules import ALWAYS
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse, plan, window


def test_a_trade_costs_what_changes() -> None:
    """Ana lives at far: with the shift there she saves 11 km, and bob goes 11 km more."""
    each = {"ana": {"home_center_id": "far"}, "bob": {"home_center_id": "far"}}
    rules = (
        {"rule": "travel", "level": 2},
        {"rule": "wish", "level": 1, "weight": 10},
    )
    windows = (window("ana"), window("bob", "undesired", last=1), window("bob", first=1))
    problem = plan("Mm", "ana bob", 2, each=each, rules=rules, availability=windows)

    trade = swap(problem, parse("ana  M .\nbob  . m"), ("M0", "ana"), ("m1", "bob"))

    # Bob's undesired Monday costs 10 instead of a fifth; the kilometres cancel out.
    assert trade.is_possible
    assert trade.kind == "swap"
    assert trade.effect.costs == {"wish": 8}
    assert (trade.effect.levels, trade.effect.total) == ({1: 8, 2: 0}, 80)


def test_assignments_of_a_roster_are_traded_as_they_are() -> None:
    """Each side is an assignment, shift first, as rosters hold them."""
    roster = parse("ana  M .\nbob  . M")

    trade = swap(plan("M", "ana bob", 2), roster, *roster.assignments)

    assert {(h.shift_id, h.giver, h.taker) for h in trade.handovers} == {
        ("M0", "ana", "bob"),
        ("M1", "bob", "ana"),
    }


def test_a_trade_that_breaks_a_rule_says_which() -> None:
    """Bob did not offer ana's Monday."""
    windows = (window("ana"), window("bob", first=1))
    problem = plan("M", "ana bob", 2, availability=windows)

    trade = swap(problem, parse("ana  M .\nbob  . M"), ("M0", "ana"), ("M1", "bob"))

    content = json_of(trade)
    assert not content["possible"]
    (broken,) = content["broken"]
    assert (broken["rule"], broken["who"], broken["where"]) == ("available", "bob", "M0")
    assert content["sentence"]["en"] == (
        "ana gives M0, home, Mon 07 Dec 07:00–11:00 to bob; "
        "bob gives M1, home, Tue 08 Dec 07:00–11:00 to ana. "
        "Not possible: bob: not available then [M0, home, Mon 07 Dec 07:00–11:00]."
    )
    assert content["sentence"]["vi"].endswith(
        "Không được: bob: không đăng ký giờ này [M0, home, thứ Hai 07/12 07:00–11:00]."
    )


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (("M0", "ana"), ("M1", "ana"), "both sides"),
        (("M0", "ana"), ("M0", "bob"), "both sides"),
        (("M0", "ana"), ("M2", "bob"), "bob does not work M2"),
        (("M0", "ana"), ("M1", "bo"), "Did you mean 'bob'"),
        (("M9", "ana"), ("M1", "bob"), "no such shift in the table shifts"),
    ],
)
def test_what_is_no_trade_is_refused(first, second, message: str) -> None:
    """One person, one shift, or somebody who does not work the shift."""
    problem, roster = plan("M", "ana bob", 3), parse("ana  M M .\nbob  M M .")

    with pytest.raises(InputError, match=message):
        swap(problem, roster, first, second)


@pytest.mark.parametrize("side", ["M0", None, ("M0",), ("M0", "ana", "bob"), 7])
def test_what_is_no_pair_is_refused(side) -> None:
    """A text of two letters is no pair of ids; lists of two ids are taken."""
    problem, roster = plan("M", "ana bob", 2), parse("ana  M .\nbob  . M")

    with pytest.raises(InputError, match="second must be a pair of a shift id and a volunteer id"):
        swap(problem, roster, ("M0", "ana"), side)
    assert swap(problem, roster, ["M0", "ana"], ["M1", "bob"]).is_possible


@costly(0.25)
@given(st.data())
def test_a_trade_is_what_check_says_of_whole_rosters(data: st.DataObject) -> None:
    """Costs and breaches are the differences of the two whole rosters."""
    problem = data.draw(problems().filter(lambda p: len(p.volunteers) > 1 and len(p.shifts) > 1))
    roster = data.draw(rosters(problem).filter(lambda r: len(r) > 1))
    one, other = data.draw(
        st.lists(st.sampled_from(roster.assignments), min_size=2, max_size=2, unique=True)
    )
    assume(one.shift_id != other.shift_id and one.volunteer_id != other.volunteer_id)

    trade = swap(problem, roster, one, other)

    steps = (
        (one.shift_id, one.volunteer_id, other.volunteer_id),
        (other.shift_id, other.volunteer_id, one.volunteer_id),
    )
    before, after = check(problem, roster), check(problem, changed(roster, changes_of(steps)))
    told, known = (
        Counter(map(repr, found)) for found in (trade.effect.broken, worse(before, after))
    )
    assert told == known
    assert trade.is_possible == (not known)
    assert trade.effect.total == after.total - before.total
    assert trade.effect.levels == {k: after.levels[k] - before.levels[k] for k in problem.levels}


# ---- words


def test_every_hard_rule_has_its_reason_in_both_languages() -> None:
    """No reason is the mere id of a rule."""
    kinds = {*hard_rules(), *(rule.rule for rule in ALWAYS)}

    for lang in ("en", "vi"):
        said = wrong_in(
            f"src/shiftplan/present/locale/{lang}.po",
            [code for code in catalogue(lang) if code.startswith("why.")],
            [f"why.{kind}" for kind in kinds],
        )
        assert not said, said
