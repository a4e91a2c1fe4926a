"""Who goes on a break when: by hand, against all ways of tiny rosters, and what stays as it is."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from breaks_judged import at, best, cost, ways
from hypothesis import assume, given
from hypothesis import strategies as st

import shiftplan as sp
from shiftplan.analysis import break_times
from shiftplan.week.demand import Setting
from shiftplan.week.shift_types import Break

LUNCH = Break(minutes=30, earliest=60, latest=120, step=30)
"""At 9:00, 9:30 or 10:00 in a shift from 8 to 12."""


def shift(name: str, first: float, last: float, day: int = 0, **fields: Any) -> sp.Shift:
    """A shift at a center that is the first letter of its id."""
    times = {"start": at(first, day), "end": at(last, day)}
    return sp.Shift(shift_id=name, center_id=name[0], **times, **fields)


def need(where: str, target: int, **fields: Any) -> sp.Requirement:
    """What a shift needs; with hours, what a center does."""
    if "hours" not in fields:
        return sp.Requirement(shift_id=where, target=target, **fields)
    first, last = fields.pop("hours")
    times = {"start": at(first), "end": at(last)}
    return sp.Requirement(center_id=where, target=target, **times, **fields)


def week(*shifts: sp.Shift, people: str = "abcdef", **tables: Any) -> sp.Problem:
    """A week of some shifts; people in capitals hold the skill."""
    return sp.Problem(
        horizon=sp.Horizon(start=at(0).date(), days=3),
        centers=tuple(sp.Center(center_id=c) for c in sorted({s.center_id for s in shifts})),
        skills=(sp.Skill(skill_id="aid", max_level=3),),
        volunteers=tuple(
            sp.Volunteer(
                volunteer_id=who,
                skills=({"skill_id": "aid", "level": 1},) if who.isupper() else (),
            )
            for who in people
        ),
        shifts=shifts,
        rules=(),
        **({"breaks": (LUNCH,)} | tables),
    )


def roster(**teams: str) -> sp.Roster:
    """Id of a shift, and a letter for each of its people."""
    return sp.Roster.of((name, who) for name, people in teams.items() for who in people)


def starts(problem: sp.Problem, teams: sp.Roster) -> dict[str, list[str]]:
    """Person -> when breaks begin."""
    return {
        who: [f"{begin:%H:%M}" for begin, _ in spans]
        for (_, who), spans in break_times(problem, teams).items()
    }


def test_a_team_goes_one_by_one():
    """Three people with three times do not meet."""
    problem = week(shift("x", 8, 12))

    found = starts(problem, roster(x="abc"))

    assert sorted(found.values()) == [["09:00"], ["09:30"], ["10:00"]]


def test_a_week_without_breaks_has_none():
    """Nothing is decided, and nothing is kept."""
    problem = week(shift("x", 8, 12), breaks=())

    assert break_times(problem, roster(x="abc")) == {}


def test_people_go_when_fewer_are_needed():
    """Two are needed until 9:30 and one from then on: one goes at 9:30, the other at 10:00."""
    needs = (need("x", 2, hours=(8, 9.5)), need("x", 1, hours=(9.5, 12)))
    problem = week(shift("x", 8, 12), requirements=needs)

    found = starts(problem, roster(x="ab"))

    assert sorted(found.values()) == [["09:30"], ["10:00"]]


def test_a_skill_that_is_needed_stays():
    """Five people share three times; the two who hold the skill go at different ones."""
    needs = (need("x", 3), need("x", 1, skill_id="aid"))
    problem = week(shift("x", 8, 12), requirements=needs, people="ABcde")

    found = starts(problem, roster(x="ABcde"))

    assert found["A"] != found["B"]
    count = [[*found.values()].count([t]) for t in ("09:00", "09:30", "10:00")]
    assert sorted(count) == [1, 2, 2]


def test_people_missing_below_the_minimum_count_more():
    """Both go at 9:30, when all are above the minimum: that costs 1 + 1, and another time 4."""
    needs = (
        need("x", 2, hours=(8, 9.5), minimum=2),
        need("x", 3, hours=(9.5, 10)),
        need("x", 2, hours=(10, 12), minimum=2),
    )
    problem = week(shift("x", 8, 12), requirements=needs)

    assert starts(problem, roster(x="ab")) == {"a": ["09:30"], "b": ["09:30"]}


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_breaks_are_spread(share):
    """Six people with three times go in pairs, also where fewer should and cannot."""
    settings = (Setting(setting="most_on_break", value=share),)
    problem = week(shift("x", 8, 12), policy=settings)

    found = [spans[0] for spans in starts(problem, roster(x="abcdef")).values()]

    assert sorted(found.count(time) for time in ("09:00", "09:30", "10:00")) == [2, 2, 2]


def test_no_more_go_together_than_may_though_fewer_were_missing():
    """Nobody is needed at 9:30, yet of three people only one may go at a time."""
    needs = (need("x", 4, hours=(8, 9.5)), need("x", 4, hours=(10, 12)))
    settings = (Setting(setting="most_on_break", value=0.4),)
    problem = week(shift("x", 8, 12), requirements=needs, policy=settings)

    found = [spans[0] for spans in starts(problem, roster(x="abc")).values()]

    assert sorted(found) == ["09:00", "09:30", "10:00"]


def test_a_night_and_the_day_that_it_overlaps_are_decided_together():
    """Two at the change of shifts: whoever leaves and whoever comes do not go together."""
    breaks = (
        Break(type="night", minutes=30, earliest=480, latest=510, step=30),
        Break(type="day", minutes=30, earliest=0, latest=0),
    )
    night = shift("x", 22, 31, type="night")
    problem = week(night, shift("x1", 6, 12, 1, type="day"), breaks=breaks)

    found = starts(problem, sp.Roster.of([("x", "a"), ("x1", "b")]))

    assert found == {"a": ["06:30"], "b": ["06:00"]}


def test_a_long_shift_joins_those_that_do_not_overlap():
    """Who comes late goes neither with the long shift nor is kept from it by the early one."""
    breaks = (
        Break(type="long", minutes=60, earliest=330, latest=390, step=60),
        Break(type="early", minutes=15, earliest=0, latest=0),
        Break(type="late", minutes=60, earliest=30, latest=30),
    )
    shifts = (
        shift("x", 8, 16, type="long"),
        shift("x1", 9, 10, type="early"),
        shift("x2", 13, 16, type="late"),
    )
    problem = week(*shifts, breaks=breaks)

    found = starts(problem, roster(x="a", x1="b", x2="c"))

    assert found == {"a": ["14:30"], "b": ["09:00"], "c": ["13:30"]}


def test_clocks_that_change_move_no_break_out_of_its_shift():
    """Two hours after 1:00 on the night when clocks go forward it is 4:00."""
    fixed = (Break(minutes=30, earliest=120, latest=120),)
    problem = week(shift("x", 1, 7, 1), breaks=fixed)
    start = dt.date(2027, 3, 27)
    moved = {"start": dt.datetime(2027, 3, 28, 1), "end": dt.datetime(2027, 3, 28, 7)}
    horizon = sp.Horizon(start=start, days=3, zone="Europe/Warsaw")
    shifts = (problem.shifts[0].model_copy(update=moved),)
    problem = problem.model_copy(update={"horizon": horizon, "shifts": shifts})

    assert starts(problem, roster(x="a")) == {"a": ["04:00"]}


def test_ids_that_nobody_knows_are_left_out():
    """Neither the person nor the shift has a break."""
    problem = week(shift("x", 8, 12))

    found = break_times(problem, sp.Roster.of([("x", "a"), ("x", "nobody"), ("none", "a")]))

    assert [*found] == [("x", "a")]


def test_breaks_depend_on_shifts_that_overlap_only():
    """Another roster of the afternoon, another day or another center changes no break."""
    shifts = shift("x", 8, 12), shift("x1", 12, 16), shift("x2", 8, 12, 1), shift("y", 8, 12)
    problem = week(*shifts)
    before = break_times(problem, roster(x="abc", x1="de", x2="ab", y="d"))

    after = break_times(problem, roster(x="abc", x1="abcf", x2="ef", y="ef"))

    morning = [("x", who) for who in "abc"]
    assert [after[pair] for pair in morning] == [before[pair] for pair in morning]


def test_one_person_in_the_place_of_another_moves_few():
    """Of ten people, fewer than 1.5 others move on average, and never more than five."""
    problem = week(shift("x", 8, 12), people="abcdefghijk", breaks=(Break(minutes=15),))
    before = break_times(problem, roster(x="abcdefghij"))
    moved = []

    for gone in "abcdefghij":
        after = break_times(problem, roster(x="abcdefghijk".replace(gone, "")))
        kept = before.keys() & after.keys()
        assert [*after.keys() - kept] == [("x", "k")]
        moved.append(sum(after[pair] != before[pair] for pair in kept))

    assert sum(moved) < len(moved) * 1.5
    assert max(moved) <= 5


def test_sixty_people_go_one_after_another():
    """With a limit of a quarter, 60 people in four times are away in fifteens."""
    breaks = (Break(minutes=30, earliest=60, latest=150, step=30),)
    settings = (Setting(setting="most_on_break", value=0.25),)
    names = [f"p{n:02}" for n in range(60)]
    people = tuple(sp.Volunteer(volunteer_id=name) for name in names)
    problem = week(shift("x", 8, 12), breaks=breaks, policy=settings)
    problem = problem.model_copy(update={"volunteers": people})

    found = break_times(problem, sp.Roster.of(("x", name) for name in names))

    begins = [begin for [(begin, _)] in found.values()]
    assert [begins.count(at(8) + dt.timedelta(minutes=m)) for m in (60, 90, 120, 150)] == [15] * 4


def test_four_people_fill_the_time_for_four():
    """Who goes one by one, first in the middle, leaves quarters of an hour that nobody can use."""
    breaks = (Break(minutes=30, earliest=60, latest=150, step=15),)
    problem = week(shift("x", 8, 12), breaks=breaks)

    found = starts(problem, roster(x="abcd"))

    assert sorted(found.values()) == [["09:00"], ["09:30"], ["10:00"], ["10:30"]]


def test_four_people_fill_the_time_that_is_left_to_them():
    """The same where all are needed at least before 10:00 and after 12:00."""
    breaks = (Break(minutes=30, earliest=60, latest=270, step=15),)
    needs = (
        need("x", 4, hours=(8, 10), minimum=4),
        need("x", 4, hours=(10, 12)),
        need("x", 4, hours=(12, 14), minimum=4),
    )
    problem = week(shift("x", 8, 14), breaks=breaks, requirements=needs)

    found = starts(problem, roster(x="abcd"))

    assert sorted(found.values()) == [["10:00"], ["10:30"], ["11:00"], ["11:30"]]


def test_breaks_with_too_many_ways_begin_at_fewer_times():
    """Two breaks with 45 and 44 times have 1,980 ways; each person still has both, one by one."""
    breaks = Break(minutes=20, step=5), Break(minutes=20, step=5, after=5)
    problem = week(shift("x", 8, 12), breaks=breaks)

    found = break_times(problem, roster(x="abc")).values()

    begins = sorted(begin for spans in found for begin, _ in spans)
    assert [len(spans) for spans in found] == [2, 2, 2]
    assert all(b - a >= dt.timedelta(minutes=20) for a, b in pairwise(begins))
    assert {begin.minute % 10 for begin in begins} == {0}


@st.composite
def tiny(draw: st.DrawFn) -> tuple[sp.Problem, sp.Roster]:
    """Up to four people in shifts that may overlap, breaks, needs, a share."""
    hours = draw(st.lists(st.sampled_from([(8, 11), (9, 12), (8, 12)]), min_size=1, max_size=2))
    shifts = [
        shift(f"x{n}", *span, type=draw(st.sampled_from(["", "long"])))
        for n, span in enumerate(hours)
    ]
    rows = draw(
        st.lists(
            st.builds(
                Break,
                type=st.sampled_from(["", "", "long"]),
                minutes=st.sampled_from([15, 30, 45]),
                earliest=st.sampled_from([0, 30, 60]),
                latest=st.sampled_from([60, 90]),
                step=st.sampled_from([15, 30]),
                min_shift=st.sampled_from([0, 240]),
            ),
            min_size=1,
            max_size=2,
            unique=True,
        )
    )
    is_timed = draw(st.booleans())
    times = [(8, 9), (9, 9.5), (9.5, 10), (10, 11), (11, 12)]
    places = [("x", {"hours": span}) for span in times]
    places = places if is_timed else [(s.shift_id, {}) for s in shifts]
    needs = []
    for where, fields in places:
        for skill in (None, "aid"):
            target = draw(st.integers(0, 3))
            least = draw(st.integers(0, target))
            needs.append(need(where, target, minimum=least, skill_id=skill, **fields))
    names = draw(st.sampled_from(["a", "ab", "aB", "ABc", "abCD" if len(rows) == 1 else "aBc"]))
    pairs = [(draw(st.sampled_from(shifts)).shift_id, who) for who in names]
    settings = (
        Setting(setting="most_on_break", value=draw(st.sampled_from([0.3, 0.5, 1.0]))),
        Setting(setting="minimum_factor", value=draw(st.integers(1, 4))),
    )
    tables = {"breaks": tuple(rows), "requirements": tuple(needs), "policy": settings}
    problem = week(*shifts, people=names, **tables)
    assume(all(any(True for _ in ways(problem, pair)) for pair in pairs))  # no room for both breaks
    return problem, sp.Roster.of(pairs)


@given(tiny())
def test_nothing_is_better(drawn):
    """Breaks cost the least of all ways in which people may take them."""
    problem, teams = drawn

    found = break_times(problem, teams)

    assert cost(problem, teams, found) == best(problem, teams)


def test_only_the_break_with_most_times_begins_at_fewer():
    """Three breaks in three quarters of an hour and one at any time: each person has all four."""
    narrow = {"minutes": 15, "earliest": 60, "latest": 105, "step": 15}
    breaks = (
        *(Break(**narrow, after=after) for after in (0, 1, 2)),
        Break(minutes=30, earliest=30, latest=480, step=15),
    )
    problem = week(shift("x", 8, 17), breaks=breaks)

    (spans,) = break_times(problem, roster(x="a")).values()

    assert len(spans) == 4


def test_what_one_day_needs_over_time_says_nothing_of_another():
    """On Tuesday the shift says who is needed, though a row about Monday's hours is there."""
    shifts = shift("x0", 8, 12), shift("x1", 8, 12, 1)
    own = need("x1", 1, skill_id="aid", minimum=1)
    teams = roster(x1="ABcde")
    plain = week(*shifts, people="ABcde", requirements=(own,))
    beside = week(*shifts, people="ABcde", requirements=(own, need("x", 1, hours=(8, 12))))

    assert break_times(beside, teams) == break_times(plain, teams)
