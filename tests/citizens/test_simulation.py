"""What citizens experience: figures by center, area and service, and pairs of rosters."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from places import arrivals, place, service
from strategies import problems, rosters

from shiftplan import InputError, Roster
from shiftplan.citizens.lanes import lanes_by_center
from shiftplan.citizens.simulate import (
    CitizenFigures,
    Conduct,
    Estimate,
    compare_experiences,
    simulate,
)
from shiftplan.scoring import equity
from shiftplan.week.where import area_classes

conducts = st.builds(
    Conduct,
    patience_minutes=st.sampled_from([None, 20]),
    everybody_comes=st.booleans(),
    closing=st.sampled_from(["finish", "cut"]),
)


def rows_of(found) -> list[CitizenFigures]:
    return [*found.centers, *found.areas, *found.services, found.overall]


def two_centers(**changes):
    """Centers a and b, each with a morning of two people of different skills."""
    return place(
        [service("s", 10), service("t", 20, "portal")],
        [arrivals(n, 12, 8, 11, center=c) for c in "ab" for n in "st"],
        {"ana": {}, "bob": {"portal": 1}, "eve": {"portal": 2}},
        {"a-am": (8, 12), "b-am": (8, 12)},
        **changes,
    )


def alike(one: Estimate | None, other: Estimate | None) -> bool:
    """Whether two estimates are equal, run by run."""
    return one == other and (one is None or (one.parts == other.parts).all())


@costly(0.35)
@given(st.data(), problems(), conducts)
def test_everybody_is_served_gives_up_or_is_cut(data, problem, conduct):
    """The three shares sum to 1 in every group; groups add up to all; all shares are shares.

    A visit counts for each of its services, so services may add up to more.
    """
    roster = data.draw(rosters(problem))

    found = simulate(problem, roster, runs=3, conduct=conduct)

    for row in rows_of(found):
        shares = [row.served_share, row.gave_up_share, row.cut_share]
        if not row.arrivals.value:
            assert shares == [None] * 3
            continue
        assert sum(s.value for s in shares) == pytest.approx(1, abs=1e-12)
        assert row.within_target_share.value <= row.served_share.value
        others = [row.within_target_share, row.own_language_share]
        assert all(0 <= s.low <= s.value <= s.high <= 1 for s in shares + others if s)
        if row.wait_p50:
            assert 0 <= row.wait_p50.value <= row.wait_p90.value
    by_center, by_service = (
        sum(row.arrivals.value for row in group) for group in (found.centers, found.services)
    )
    assert by_center == pytest.approx(found.overall.arrivals.value)
    assert by_service >= by_center - 1e-6
    if all(row.service_id is not None for row in problem.demand):
        assert by_service == pytest.approx(by_center)
    came = {row.key: row.arrivals.value for row in found.centers}
    for row in found.areas:
        inside = [c.center_id for c in problem.centers if row.key in area_classes(c)]
        assert row.arrivals.value == pytest.approx(sum(came[i] for i in inside if i in came))
    assert {row.key for row in found.centers} == {c.center_id for c in problem.centers}


@costly(0.35)
@given(st.data(), problems(), conducts)
def test_citizens_are_the_same_for_all_rosters(data, problem, conduct):
    """Arrivals depend on the problem alone, and what happens at a center on its shifts alone."""
    roster = data.draw(rosters(problem))
    place_of = {s.shift_id: s.center_id for s in problem.shifts}
    kept = data.draw(st.sampled_from(sorted({c.center_id for c in problem.centers})))
    other = Roster.of(a for a in roster.assignments if place_of[a.shift_id] == kept)

    found, without = (simulate(problem, r, runs=3, conduct=conduct) for r in (roster, other))

    new = {row.key: row for row in without.centers}
    for row in found.centers:
        assert alike(row.arrivals, new[row.key].arrivals)
        if row.key == kept:
            assert all(
                alike(getattr(row, f.name), getattr(new[kept], f.name))
                for f in fields(CitizenFigures)[2:]
            )


def test_more_people_serve_more():
    """Without anybody all are cut; with one more person fewer give up and more are in time."""
    problem, roster = two_centers()
    one = Roster.of(a for a in roster.assignments if a.volunteer_id == "eve")

    none, few, many = (simulate(problem, r, runs=40).overall for r in (Roster(), one, roster))

    assert (none.cut_share.value, none.wait_p50, none.utilization) == (1, None, None)
    assert none.within_target_share.value < few.within_target_share.value
    assert few.within_target_share.high < many.within_target_share.low
    assert few.gave_up_share.low > many.gave_up_share.high
    assert few.utilization.value > many.utilization.value


def test_skills_are_needed():
    """Who has no portal helps nobody with it; at another level the date of a grant counts."""
    problem, roster = two_centers()
    unskilled = Roster.of(a for a in roster.assignments if a.volunteer_id == "ana")

    found = {row.key: row for row in simulate(problem, unskilled, runs=5).services}

    assert found["t"].cut_share.value == 1
    assert found["s"].cut_share.value == 0


@pytest.mark.parametrize(("speaks", "share", "minutes"), [(1, 1, 10), (0, 0, 15)])
def test_own_language(speaks, share, minutes):
    """A speaker helps everybody in the language; without one it takes half as long again."""
    skills = {"khmer": 1} if speaks else {}
    people = {f"v{i}": skills for i in range(20)}
    problem, roster = place(
        [service("s", 10, cv=0)],
        [arrivals("s", 12, 8, 11)],
        people,
        {"c-am": (8, 12)},
        languages=["khmer"],
        policy=[{"setting": "language_share", "value": 1}],
    )

    found = simulate(problem, roster, runs=20).overall

    assert found.own_language_share.value == share
    assert found.served_share.value == 1
    busy = found.arrivals.value * minutes
    assert found.utilization.value == pytest.approx(busy / (20 * 240))


def test_shows_halve_the_people():
    """With a show rate of a half, half of the minutes are there: utilization counts those alone."""
    volunteers = [{"volunteer_id": f"v{i}", "show_rate": 0.5} for i in range(40)]
    names = {v["volunteer_id"]: {} for v in volunteers}
    problem, roster = place(
        [service("s", 10, cv=0)],
        [arrivals("s", 12, 8, 11)],
        names,
        {"c-am": (8, 12)},
        volunteers=volunteers,
    )

    some, everybody = (
        simulate(problem, roster, runs=100, conduct=Conduct(everybody_comes=all_come)).overall
        for all_come in (False, True)
    )

    assert everybody.utilization.value == pytest.approx(everybody.arrivals.value * 10 / (40 * 240))
    assert some.utilization.value == pytest.approx(2 * everybody.utilization.value, rel=0.05)


def test_nights_go_on_over_midnight():
    """Who comes at half past midnight is served by the shift of the evening before.

    Where no shift goes on over midnight, each date is a lane of its own; a shift nobody works
    links them as well.
    """
    demand = [arrivals("s", 5, 24, 25), arrivals("s", 5, 40, 42)]
    night, roster = place([service("s", 5)], demand, {"v": {}}, {"c-night": (22, 30)})
    days, _ = place([service("s", 5)], demand, {"v": {}}, {"c-am": (8, 12), "c-late": (20, 24)})

    early = simulate(night, roster, runs=10, conduct=Conduct(patience_minutes=None)).overall

    assert early.cut_share.value == pytest.approx(0.5, abs=0.15)
    assert [len(lanes) for _, lanes in lanes_by_center(night, Roster())] == [1]
    assert [len(lanes) for _, lanes in lanes_by_center(days, Roster())] == [2]


def test_lanes_have_each_person_once():
    """Touching shifts of a date are one window, and a repeated assignment is one person."""
    problem, roster = place([], [], {"v": {}}, {"c-a": (8, 10), "c-b": (10, 12), "c-c": (13, 14)})
    twice = Roster.of([*roster.assignments, *roster.assignments])

    [(_, [lane])] = lanes_by_center(problem, twice)

    assert [(m.begin, m.end) for m in lane.team.members] == [(480, 720), (780, 840)]
    assert lane.team.same.tolist() == [[0, 1], [0, 1]]


def test_least_able_people_come_first():
    """People are ordered by the minutes of work they can do, then by their levels in all."""
    problem, roster = place(
        [service("s", 10), service("t", 20, "portal")],
        [arrivals("s", 9, 8, 11), arrivals("t", 2, 8, 11)],
        {"eve": {"portal": 2}, "bob": {"portal": 1}, "ida": {"flow": 1}, "ana": {}},
        {"c-am": (8, 12)},
    )

    [(_, [lane])] = lanes_by_center(problem, roster)

    assert [m.volunteer.volunteer_id for m in lane.team.members] == ["ana", "ida", "bob", "eve"]


def test_the_promise_of_a_center_counts():
    """Half an hour promised at a is kept more often than one minute at b; b is listed first."""
    policy = [
        {"setting": "within_minutes", "where": c, "value": v} for c, v in (("a", 30), ("b", 1))
    ]
    problem, roster = two_centers(policy=policy)

    found = simulate(problem, roster, runs=40)

    assert [row.key for row in found.centers] == ["b", "a"]
    assert found.centers[0].within_target_share.high < found.centers[1].within_target_share.low


def test_areas():
    """A center counts in every class it belongs to, as in measures of equity, groups too."""
    problem, roster = two_centers(
        centers=[
            {"center_id": "a", "minority_area": True, "remote_area": True, "groups": ["border"]},
            {"center_id": "b", "remote_area": True},
        ]
    )

    found = simulate(problem, roster, runs=4)

    by_key = {row.key: row.arrivals.value for row in found.centers}
    assert {row.key: row.arrivals.value for row in found.areas} == {
        "minority": by_key["a"],
        "remote": by_key["a"] + by_key["b"],
        "border": by_key["a"],
    }
    assert {row.key for row in found.areas} == {row.area for row in equity(problem, roster).areas}


def test_a_comparison_is_paired():
    """One person less at a: a loses, b does not change, and pairs are surer than two alone."""
    problem, roster = two_centers()
    fewer = Roster.of(a for a in roster.assignments if tuple(a) != ("a-am", "eve"))
    before, after = (simulate(problem, r, runs=60) for r in (roster, fewer))

    change = compare_experiences(before, after)

    loss = change.centers[0]
    assert (loss.key, change.centers[1].key) == ("a", "b")
    assert loss.within_target_share.high < 0
    assert loss.arrivals == Estimate(0, 0, 0, np.zeros(60))
    assert loss.served_share.value == pytest.approx(
        -loss.gave_up_share.value - loss.cut_share.value
    )
    still = [getattr(change.centers[1], f.name) for f in fields(CitizenFigures)[2:]]
    assert {(e.value, e.low, e.high) for e in still if e} == {(0, 0, 0)}
    apart = after.overall.within_target_share, before.overall.within_target_share
    paired = change.overall.within_target_share
    assert paired.value == apart[0].value - apart[1].value
    assert paired.high - paired.low < np.hypot(*(e.high - e.low for e in apart))


def test_what_cannot_be_compared():
    """Experiences of other runs, seeds or centers are refused, each with its fault."""
    problem, roster = two_centers()
    less = place([service("s")], [arrivals("s", 1, 8, 9)], {}, {})[0]

    with pytest.raises(InputError) as caught:
        compare_experiences(
            simulate(problem, roster, runs=3), simulate(less, Roster(), runs=2, seed=1)
        )

    assert [(f.code, f.table, f.value) for f in caught.value.faults] == [
        ("out_of_range", "options", "2"),
        ("out_of_range", "options", "1"),
        ("unknown_id", "centers", "a"),
        ("unknown_id", "centers", "b"),
        ("unknown_id", "centers", "c"),
        ("unknown_id", "services", "t"),
    ]


def test_unknown_ids_and_options():
    """Options out of range are named with what is allowed, and unknown ids with a guess."""
    problem, _ = two_centers()
    roster = Roster.of([("a-an", "zoe")])

    with pytest.raises(InputError) as options:
        simulate(problem, roster, runs=1, seed=-1)
    with pytest.raises(InputError) as ids:
        simulate(problem, roster)

    assert [(f.code, f.table, f.column, f.value, str(f.message)) for f in options.value.faults] == [
        ("out_of_range", "options", "runs", "1", "runs must be a whole number, 2 to 100,000"),
        (
            "out_of_range",
            "options",
            "seed",
            "-1",
            "seed must be a whole number, 0 to 2,147,483,583",
        ),
    ]
    assert [(f.code, f.table, f.column, f.value) for f in ids.value.faults] == [
        ("unknown_id", "roster", "shift_id", "a-an"),
        ("unknown_id", "roster", "volunteer_id", "zoe"),
    ]
    assert str(ids.value.faults[0].remedy) == "Did you mean 'a-am'?"


def test_empty_problems():
    """Without demand there is nothing to say, but idle people have a utilization of 0."""
    problem, roster = place([], [], {"v": {}}, {"c-am": (8, 12)})

    found = simulate(problem, roster, runs=2)

    assert found.services == ()
    assert found.overall.arrivals.value == 0
    assert found.overall.served_share is found.overall.wait_p90 is None
    assert found.overall.utilization.value == 0
    assert found.centers[0].name == "c"


def test_the_patience_of_a_policy_goes_before_that_of_the_conduct():
    """A center with a patience of its own has it; the other has that of the conduct."""
    setting = {"setting": "patience_minutes", "where": "a", "value": 0.5}

    def gave_up(minutes, **changes):
        problem, roster = two_centers(**changes)
        found = simulate(problem, roster, runs=20, conduct=Conduct(patience_minutes=minutes))
        return {center.key: center.gave_up_share for center in found.centers}

    short, long, own = gave_up(0.5), gave_up(20), gave_up(20, policy=[setting])

    assert own["a"] == short["a"] != long["a"]
    assert own["b"] == long["b"] != short["b"]


def test_chances_of_shifts_replace_show_rates():
    """With 1 everybody comes and with 0 nobody; a part alone changes its own center."""
    volunteers = [{"volunteer_id": who, "show_rate": 0.5} for who in ("ana", "bob", "eve")]
    problem, roster = two_centers(volunteers=volunteers)
    pairs = [(a.shift_id, a.volunteer_id) for a in roster.assignments]

    def found(**more):
        return simulate(problem, roster, runs=4, **more)

    every = found(chances=dict.fromkeys(pairs, 1.0))
    assert (
        every.overall.served_share
        == found(conduct=Conduct(everybody_comes=True)).overall.served_share
    )
    assert found(chances=dict.fromkeys(pairs, 0)).overall.served_share.value == 0
    usual, part = (
        {row.key: row for row in found(chances=chances).centers}
        for chances in (None, {p: 0 for p in pairs if p[0] == "a-am"})
    )
    assert part["a"].served_share.value == 0
    assert alike(part["b"].served_share, usual["b"].served_share)
    with pytest.raises(InputError):
        found(chances={pairs[0]: 2})
