"""The ledger over weeks: sums, memory, history."""

from __future__ import annotations

import datetime as dt

import pytest
from ledgers import WEEK, entry, ledger_of
from pydantic import ValidationError

from shiftplan import History, InputError, check
from shiftplan.rules import Fairness
from shiftplan.seasons import Ledger, Memory, Turnout
from shiftplan.seasons.ledger import Entry, WorkedWeek
from shiftplan.testing.pictures import MONDAY, parse, plan


def row(ledger: Ledger, memory: Memory | None = None, **fields: object) -> History:
    (found,) = ledger.history(plan("M", **fields), memory)
    return found


THREE = ledger_of(
    (-3, [entry("ana", 4, 3)]), (-2, [entry("ana", 6, 1)]), (-1, [entry("ana", 5, 2)])
)


@pytest.mark.parametrize(
    ("memory", "weeks", "offered", "worked"),
    [
        (None, 3, 15, 6),  # 4 + 6 + 5, 3 + 1 + 2
        (Memory(decay=1), 3, 15, 6),
        (Memory(decay=0.5), 1.75, 9, 3.25),  # 5 + 6/2 + 4/4, 2 + 1/2 + 3/4
        (Memory(weeks=2), 2, 11, 3),
        (Memory(weeks=9), 3, 15, 6),
        (Memory(since=MONDAY - 2 * WEEK), 2, 11, 3),
        (Memory(since=MONDAY - 2 * WEEK, decay=0.5), 1.5, 8, 2.5),
        (Memory(since=MONDAY), 0, 0, 0),
    ],
)
def test_memory(memory: Memory | None, weeks: float, offered: float, worked: float) -> None:
    """How much the weeks of (4, 3), (6, 1) and (5, 2) shifts offered and worked count."""
    found = row(THREE, memory)

    assert (found.weeks, found.shifts_offered, found.shifts_worked) == (weeks, offered, worked)


def test_a_break_ages_the_weeks_before_it() -> None:
    """Two weeks later the last week has age 2: a quarter of its 5 shifts, and so on."""
    found = THREE.history(plan("M", start=MONDAY + 2 * WEEK), Memory(decay=0.5))[0]

    assert found.shifts_offered == 9 / 4


def test_history_is_what_was_before() -> None:
    """The week itself and later ones do not count: planning anew gives the same history."""
    later = Ledger(weeks=(*THREE.weeks, WorkedWeek(start=MONDAY, entries=(entry("ana", 9, 9),))))

    assert row(later) == row(THREE)


def test_a_late_joiner_is_measured_by_the_own_weeks() -> None:
    """One week of (6, 2) beside three of (18, 6) is the same load."""
    ledger = ledger_of(
        *((n, [entry("ana", 6, 2)]) for n in (-3, -2)),
        (-1, [entry("ana", 6, 2), entry("bob", 6, 2)]),
    )

    assert [t.load for t in ledger.totals()] == [6 / 18, 2 / 6]
    assert [t.weeks for t in ledger.totals()] == [3, 1]


def test_a_history_by_hand_keeps_its_streaks() -> None:
    """Shares come from the ledger; what it does not know of the border stays."""
    own = History(volunteer_id="ana", shifts_worked=50, worked_in_a_row=2, counted_minutes=9)

    found = row(THREE, history=(own,))

    assert (found.shifts_worked, found.worked_in_a_row, found.counted_minutes) == (6, 2, 9)


def test_people_without_entries_have_no_history() -> None:
    """Newcomers are left out, and people who are gone."""
    ledger = ledger_of((-1, [entry("ana", 5, 2), entry("gone", 5, 2)]))

    assert [h.volunteer_id for h in ledger.history(plan("M", "ana new"))] == ["ana"]
    assert [h.volunteer_id for h in ledger.history()] == ["ana", "gone"]


def recorded(picture: str, *excused: str, start: dt.date = MONDAY, **fields: object) -> Ledger:
    problem = plan("M", "ana bob", start=start, **fields)
    rows = [Turnout(volunteer_id="ana", shift_id=s, state="excused") for s in excused]
    return Ledger().record(problem, parse(picture), rows)


def test_the_rule_fairness_reads_the_history() -> None:
    """Ana worked 2 of 7: with q = 14 the third costs rnd(50 x 5 / 14) = 18, bob's first 4."""
    ledger = recorded("ana M M . . . . .")
    problem = plan("M", "ana bob", start=MONDAY + WEEK, rules=(Fairness(level=2),))

    planned = problem.model_copy(update={"history": ledger.history(problem)})

    costs = [check(planned, parse(f"{who} M . . . . . .")).total for who in ("ana", "bob")]
    assert costs == [18, 4]


def test_last_worked_and_the_end_of_the_last_shift() -> None:
    """They are those of the last week in which the person worked."""
    ledger = recorded("ana M . M . . . .")
    again = plan("M", "ana bob", start=MONDAY + WEEK)
    ledger = ledger.record(again, parse("bob M . . . . . ."))

    ana, bob = ledger.history()

    assert ana.last_worked == dt.date(2026, 12, 9)
    assert ana.last_shift_end == dt.datetime(2026, 12, 9, 11)
    assert bob.last_worked == dt.date(2026, 12, 14)


# ---- a week twice, or wrong


@pytest.mark.parametrize(("days", "start"), [(7, 0), (1, 6), (14, -13), (3, 2)])
def test_no_day_is_recorded_twice(days: int, start: int) -> None:
    """Neither the week again nor a run of days that touches it; the ledger stays as it was."""
    ledger = recorded("ana M . . . . . .")
    problem = plan({0: "M"}, start=MONDAY + dt.timedelta(start), days=days)

    with pytest.raises(InputError) as error:
        ledger.record(problem, parse("ana ."))

    (fault,) = error.value.faults
    assert fault.code == "week_recorded"
    assert "To correct that one, take" in str(fault.remedy)
    assert len(ledger.weeks) == 1


def test_neighbours_are_no_repetition() -> None:
    """The day before and the day after may be recorded."""
    ledger = recorded("ana M . . . . . .")
    for day in (-1, 7):
        problem = plan({0: "M"}, start=MONDAY + dt.timedelta(day), days=1)
        ledger = ledger.record(problem, parse("ana M"))

    assert [week.days for week in ledger.weeks] == [1, 7, 1]


def test_a_week_can_be_corrected() -> None:
    """Taken out and recorded anew, it is as if it had been right at once."""
    right = recorded("ana M M . . . . .", "M1")

    problem = plan("M", "ana bob")
    wrong = recorded("ana M M . . . . .")
    excuse = [Turnout(volunteer_id="ana", shift_id="M1", state="excused")]
    assert wrong.without(MONDAY).record(problem, parse("ana M M . . . . ."), excuse) == right
    with pytest.raises(InputError, match="no week of the ledger starts"):
        right.without(MONDAY + WEEK)


@pytest.mark.parametrize(
    "wrong",
    [
        {"shifts_offered": 1, "shifts_worked": 2},
        {"hours_worked": 1},
        {"shifts_offered": 2, "shifts_worked": 1, "undesired_worked": 2},
        {"wishes_met": 1},
        {"called": 1},
        {"shifts_offered": -1},
        {"shifts_offered": float("nan")},
        {"unknown": 1},
    ],
)
def test_entries_that_cannot_be(wrong: dict[str, float]) -> None:
    """A part is never more than its whole, and nothing is negative."""
    with pytest.raises(ValidationError):
        Entry.model_validate({"volunteer_id": "ana", **wrong})


def test_nobody_stands_twice_in_a_week() -> None:
    """Sums would count one of them double."""
    with pytest.raises(InputError, match="2 entries"):
        ledger_of((0, [entry("ana", 1, 1), entry("ana", 2, 1)]))


# ---- the beginning


def test_a_ledger_begins_with_the_history_of_its_first_week() -> None:
    """Three weeks of (12, 9) become one entry; the next week's history goes on from there."""
    own = History(
        volunteer_id="ana", weeks=3, shifts_offered=12, shifts_worked=9, last_worked=MONDAY - WEEK
    )
    problem = plan("M", "ana bob", history=(own, History(volunteer_id="bob")))

    ledger = Ledger.begin(problem).record(problem, parse("ana M . . . . . ."))

    assert [(w.start, w.days) for w in ledger.weeks] == [(MONDAY - 3 * WEEK, 21), (MONDAY, 7)]
    assert row(ledger).shifts_worked == 9
    found = ledger.history(plan("M", start=MONDAY + WEEK))[0]
    assert (found.weeks, found.shifts_offered, found.shifts_worked) == (4, 19, 10)


@pytest.mark.parametrize("history", [(), (History(volunteer_id="ana"),)])
def test_a_ledger_without_a_past_is_empty(history: tuple[History, ...]) -> None:
    """Nothing is made of nothing."""
    assert Ledger.begin(plan("M", history=history)) == Ledger()
    assert Ledger().totals() == []
    assert Ledger().history() == ()


def test_a_past_that_cannot_be_is_made_possible() -> None:
    """More worked than offered becomes as much offered; ages of weeks stay readable."""
    own = History(volunteer_id="ana", weeks=1e300, shifts_worked=9, hours_worked=36)

    (found,) = Ledger.begin(plan("M", history=(own,))).weeks[0].entries

    assert (found.shifts_offered, found.hours_offered) == (9, 36)


def test_sums_of_an_entry_are_those_that_a_history_takes() -> None:
    """Numbers near the end of floats would add up to infinity, and loads to no number."""
    with pytest.raises(ValidationError, match="1000000"):
        entry("ana", 1e308, 1e308)
