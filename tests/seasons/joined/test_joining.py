"""Weeks joined to one problem."""

from __future__ import annotations

import datetime as dt

import pytest
from towns import town

from shiftplan import InputError, Problem, Roster, check
from shiftplan.rules import MaxShifts
from shiftplan.seasons import new_week
from shiftplan.seasons.joined import join_weeks, plan_ahead
from shiftplan.testing.pictures import plan
from shiftplan.week.history import History
from shiftplan.week.horizon import Horizon
from shiftplan.week.occupied import Occupied
from shiftplan.week.records import Volunteer


def after(week: Problem, weeks: int = 1) -> Problem:
    moved = new_week(week, week.horizon.start + dt.timedelta(7 * weeks)).problem
    tables = {
        name: tuple(
            row.model_copy(update={"shift_id": f"{row.shift_id} later"})
            for row in getattr(moved, name)
        )
        for name in ("shifts", "requirements")
    }
    return moved.model_copy(update=tables)


def test_a_week_alone_is_itself() -> None:
    """One week joined is the same problem."""
    week = town(2, 4)

    assert join_weeks([week]) is week


def test_alternatives_of_two_weeks_are_apart() -> None:
    """A talk of each week is held, though both weeks have the same name for it."""
    plain = plan("MA", days=7)
    shifts = tuple(s.model_copy(update={"alternative": "talk"}) for s in plain.shifts[:2])
    first = plain.model_copy(update={"shifts": shifts})

    joined = join_weeks([first, after(first)])

    own = [s.shift_id for s in shifts]
    assert sorted({tuple(ids) for ids in joined.alternatives.values()}) == [
        tuple(own),
        tuple(f"{shift_id} later" for shift_id in own),
    ]


def test_newcomers_join_with_their_own_history() -> None:
    """Whoever is first known in a later week is taken from there, history included."""
    first = town(2, 4)
    new = Volunteer(volunteer_id="new", home_center_id="C0")
    row = History(volunteer_id="new", shifts_offered=4)
    second = after(first)
    second = second.model_copy(
        update={"volunteers": (*second.volunteers, new), "history": (*second.history, row)}
    )

    joined = join_weeks([first, second])

    assert [v.volunteer_id for v in joined.volunteers] == ["V000", "V001", "V002", "V003", "new"]
    assert joined.history == (*first.history, row)


def test_the_latest_phone_counts() -> None:
    """A later week corrects phones, contacts and columns of people's own; its blanks do not."""
    first = town(2, 2)
    second = after(first)
    for name, told, later in (
        ("volunteers", {"phone": "1", "contact": "a", "extra": (("Note", "x"),)}, {"phone": "2"}),
        ("centers", {"phone": "3"}, {"contact": "c", "extra": (("Note", "y"),)}),
    ):
        one, *others = getattr(first, name)
        first = first.model_copy(update={name: (one.model_copy(update=told), *others)})
        one, *others = getattr(second, name)
        second = second.model_copy(update={name: (one.model_copy(update=later), *others)})

    joined = join_weeks([first, second])

    person, center = joined.volunteers[0], joined.centers[0]
    assert (person.phone, person.contact, person.extra) == ("2", "a", (("Note", "x"),))
    assert (center.phone, center.contact, center.extra) == ("3", "c", (("Note", "y"),))


@pytest.mark.parametrize(("level", "hard"), [("hard", 1), (1, 0)])
def test_a_limit_of_a_week_keeps_its_level(level: str | int, hard: int) -> None:
    """Two shifts in a week of at most 1 are one too many, hard or at the price of the rule."""
    week = plan("M", "ana", rules=[MaxShifts(level=level, weight=7)])
    people = [v.model_copy(update={"max_shifts": 1}) for v in week.volunteers]
    week = week.model_copy(update={"volunteers": tuple(people)})

    score = check(join_weeks([week, after(week)]), Roster.of([("M0", "ana"), ("M1", "ana")]))

    assert sum(score.hard.values()) == hard
    assert score.total == (0 if hard else 7)


def test_limits_of_weeks_that_are_none_of_the_calendar_are_refused() -> None:
    """From a Wednesday, 4 + 4 shifts could lie in one calendar week and yet in two of these."""
    fields = {"start": dt.date(2026, 12, 9), "days": 7}
    week = plan("M", "ana", rules=[MaxShifts()]).model_copy(update={"horizon": Horizon(**fields)})
    people = tuple(v.model_copy(update={"max_shifts": 4}) for v in week.volunteers)
    later = week.model_copy(
        update={"horizon": Horizon(start=dt.date(2026, 12, 16), days=7), "shifts": ()}
    )

    def limited(problem: Problem) -> Problem:
        return problem.model_copy(update={"volunteers": people})

    with pytest.raises(InputError, match="from a Monday to a Sunday") as caught:
        join_weeks([limited(week), limited(later)])

    assert [(f.column, f.index) for f in caught.value.faults] == [("start", 0), ("start", 1)]
    empty = {"shifts": (), "requirements": (), "availability": ()}
    free = [problem.model_copy(update=empty) for problem in (week, later)]
    assert join_weeks(free).horizon.days == 14
    assert join_weeks([limited(free[0])], share=0.5).volunteers[0].max_shifts == 2
    with pytest.raises(InputError, match="from a Monday to a Sunday"):
        plan_ahead(limited(free[0]), lambda _: [limited(free[1])])


def test_a_gap_between_weeks_is_refused() -> None:
    """A week that is left out is a fault of the later one, told once."""
    week = town(2, 4)

    with pytest.raises(InputError) as caught:
        join_weeks([week, after(week, 2)])

    assert [(f.code, f.column) for f in caught.value.faults] == [("out_of_range", "start")]


def test_windows_over_midnight_become_one() -> None:
    """Open ends of a week and the start of the next are one window; other states stay apart."""
    week = plan("M")  # windows reach beyond both ends of the week
    second = after(week)

    joined = join_weeks([week, second])

    assert [(w.start, w.end) for w in joined.availability] == [
        (week.availability[0].start, second.availability[0].end)
    ]
    worse = second.availability[0].model_copy(update={"state": "undesired"})
    apart = join_weeks([week, second.model_copy(update={"availability": (worse,)})])

    assert sorted(w.state for w in apart.availability) == ["available", "undesired"]


def test_a_group_is_occupied_as_its_own_week_has_it() -> None:
    """Ana is in the group in the first week and Bob in the second: each has one meeting."""
    first = plan("M", "ana bob", each={"ana": {"group": "red"}})
    second = after(plan("M", "ana bob", each={"bob": {"group": "red"}}))
    weeks, days = [], []
    for week in (first, second):
        nine = dt.datetime.combine(week.horizon.start, dt.time(9))
        row = Occupied(group=("red",), start=nine, end=nine + dt.timedelta(hours=1))
        weeks.append(week.model_copy(update={"occupied": (row,)}))
        days.append(nine)

    joined = join_weeks(weeks)

    found = {who: [row.start for row in rows] for who, rows in joined.occupied_of.items()}
    assert found == {"ana": days[:1], "bob": days[1:]}
