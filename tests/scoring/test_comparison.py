"""What differs between two rosters: by hand, and equal to `check` of both."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan.scoring.check import CostChange, check, compare_rosters
from shiftplan.testing.pictures import parse, plan, shift
from shiftplan.week.roster import Roster


def test_people_lose_gain_and_move_shifts() -> None:
    """Ana moves on Monday and gains Wednesday, bob loses Tuesday; cho keeps hers."""
    problem = plan("MA", "ana bob cho", 3)
    before = parse("ana  M . .\nbob  . M .\ncho  A . .")
    after = parse("ana  A . M\ncho  A . .")

    found = compare_rosters(problem, before, after)

    ana, bob = found.people
    assert (ana.volunteer_id, ana.removed, ana.added, ana.moved) == (
        "ana",
        (),
        ("M2",),
        (("M0", "A0"),),
    )
    assert (bob.volunteer_id, bob.removed, bob.added, bob.moved) == ("bob", ("M1",), (), ())
    assert (ana.count, bob.count, found.removed, found.added) == (2, 1, 2, 2)


def test_shifts_stand_in_order_of_time() -> None:
    """Mornings come before afternoons, and Monday before Tuesday, whatever the ids."""
    problem = plan("MA", "ana", 2)

    (ana,) = compare_rosters(problem, Roster(), parse("ana  MA M")).people

    assert ana.added == ("M0", "A0", "M1")


def test_centers_tell_their_seats() -> None:
    """At home one of two seats is filled, then none; far wants nobody and gets one person."""
    needs = ({"shift_id": "M0", "minimum": 1, "target": 2},)
    problem = plan("Mm", "ana", 1, requirements=needs)

    found = compare_rosters(problem, parse("ana  M"), parse("ana  m"))

    far, home = found.centers
    assert (far.center_id, far.removed, far.added, far.wanted) == ("far", 0, 1, 0)
    assert (home.removed, home.added) == (1, 0)
    assert (home.filled_before, home.filled_after, home.wanted) == (1, 0, 2)


def test_a_shift_that_is_not_held_wants_nobody() -> None:
    """A fair for two has both, and then is not held: one seat of the morning is left."""
    shifts = (shift("M", 0), shift("A", 0, optional=True))
    needs = ({"shift_id": "M0", "target": 1}, {"shift_id": "A0", "target": 2})
    problem = plan("MA", "ana bob", 1, shifts=shifts, requirements=needs)

    found = compare_rosters(problem, parse("ana  MA\nbob  A"), parse("ana  ."))

    (home,) = found.centers
    assert (home.filled_before, home.filled_after, home.wanted) == (3, 0, 1)


def test_costs_and_broken_rules_stand_side_by_side() -> None:
    """A second shift on a date costs 5; two shifts are one more than allowed."""
    rules = (
        {"rule": "full_day", "level": 1, "weight": 5},
        {"rule": "max_shift_count", "value": 1, "per": "horizon"},
    )
    problem = plan("MA", "ana", 1, rules=rules)

    found = compare_rosters(problem, parse("ana  M"), parse("ana  MA"))

    assert found.costs == {"full_day": CostChange(0, 5)}
    assert found.hard == {"max_shift_count": CostChange(0, 1)}
    assert found.levels == {1: CostChange(0, 5)}
    assert found.total.change == 5
    content = found.as_dict()
    assert content["hard"]["max_shift_count"] == {"before": 0, "after": 1, "change": 1}


def test_unknown_ids_are_told() -> None:
    """People and shifts that the problem does not know are listed; no center has them."""
    found = compare_rosters(plan("M", "ana", 1), Roster(), Roster.of([("gone", "nobody")]))

    (nobody,) = found.people
    assert (nobody.volunteer_id, nobody.added) == ("nobody", ("gone",))
    assert found.centers == ()
    assert found.hard == {"input": CostChange(0, 1)}


@costly(0.35)
@given(st.data())
def test_a_comparison_is_the_difference_of_two_checks(data: st.DataObject) -> None:
    """Figures are those of `check`; the changes of people lead from one roster to the other."""
    problem = data.draw(problems())
    before, after = data.draw(rosters(problem)), data.draw(rosters(problem))

    found = compare_rosters(problem, before, after)

    scores = check(problem, before), check(problem, after)
    assert (found.total.before, found.total.after) == tuple(score.total for score in scores)
    for place, score in zip(("before", "after"), scores, strict=True):
        for told, known in (
            (found.costs, score.parts),
            (found.hard, score.hard),
            (found.levels, score.levels),
        ):
            assert {k: n for k, c in told.items() if (n := getattr(c, place))} == {
                k: n for k, n in known.items() if n
            }
    left = set(before.assignments)
    for person in found.people:
        gone = {*person.removed, *(old for old, _ in person.moved)}
        come = {*person.added, *(new for _, new in person.moved)}
        left -= {(shift, person.volunteer_id) for shift in gone}
        left |= {(shift, person.volunteer_id) for shift in come}
    assert left == set(after.assignments)
    assert sum(c.added - c.removed for c in found.centers) == len(after) - len(before)
