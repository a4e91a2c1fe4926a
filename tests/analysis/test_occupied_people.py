"""People who are occupied beside shifts: rosters, contradictions, repair, messages, history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan import Problem, Roster, solve
from shiftplan.analysis.explain import explain_why_not
from shiftplan.analysis.repair import repair
from shiftplan.analysis.seats import explain_seat
from shiftplan.present import messages
from shiftplan.present.handouts import Owner
from shiftplan.present.words import Words
from shiftplan.problem.changes import Absence
from shiftplan.scoring.check import check
from shiftplan.scoring.fairness import fairness
from shiftplan.seasons import Ledger, new_week
from shiftplan.solving import find_conflict
from shiftplan.testing.pictures import MONDAY, parse, plan

MOST_IN_A_ROW = "max_consecutive_weekends"
HOUR = dt.timedelta(hours=1)
MIDNIGHT = dt.datetime.combine(MONDAY, dt.time())


def beside(who: str, first: float, last: float, **fields: Any) -> dict[str, Any]:
    """A row about a person, between hours from Monday on."""
    times = {"start": MIDNIGHT + first * HOUR, "end": MIDNIGHT + last * HOUR}
    return {"volunteer_id": who, **times, **fields}


def work(who: str, first: float, last: float, **fields: Any) -> dict[str, Any]:
    """The same of work, which counts."""
    counted = {"counted_minutes": 120, "counted_shifts": 1, "is_work": True}
    return beside(who, first, last, **{**counted, **fields})


def contradiction(problem: Problem, lang: str = "en") -> list[str]:
    """What the members of the contradiction of a week say."""
    found = find_conflict(problem)
    assert found is not None
    return [Words(lang)(member.message) for member in found.members]


def must(*shifts: str) -> tuple[dict[str, str], ...]:
    """Pins of Ana to shifts."""
    return tuple({"volunteer_id": "ana", "shift_id": s, "state": "must"} for s in shifts)


def test_another_one_works_while_somebody_is_occupied() -> None:
    """Monday is Bob's, since Ana is in a meeting; nothing keeps her from Tuesday."""
    needs = [{"shift_id": shift, "target": 1} for shift in ("M0", "M1")]
    problem = plan(
        "M",
        "ana bob",
        2,
        each={"bob": {"max_shifts": 1}},
        requirements=needs,
        occupied=[beside("ana", 10.5, 12)],
        rules=[{"rule": "coverage"}, {"rule": "max_shifts"}],
    )

    roster = solve(problem).roster

    assert roster is not None
    assert {tuple(a) for a in roster.assignments} == {("M0", "bob"), ("M1", "ana")}


def test_a_pin_against_it_is_a_contradiction_in_words() -> None:
    """What occupies her is named where it has a name."""
    problem = plan("M", "ana", 1, pins=must("M0"), occupied=[beside("ana", 8, 9, what="Họp nhóm")])

    shift = "M0, home, Mon 07 Dec 07:00–11:00"
    assert contradiction(problem) == [
        f"A pin says that ana works {shift}.",
        f"ana is occupied by 'Họp nhóm' at the time of {shift}.",
    ]
    assert contradiction(problem, "vi")[1].startswith("ana bận 'Họp nhóm' vào giờ của ca M0")


def test_what_makes_a_limit_tight_is_named_with_it() -> None:
    """Two hours of a course and four of a shift are more than five."""
    rules = [{"rule": "max_minutes", "max_minutes": 300}]
    rows = [work("ana", 36, 38, what="Course")]
    problem = plan("M", "ana", 2, pins=must("M0"), occupied=rows, rules=rules)

    assert contradiction(problem)[1] == (
        "ana works at most 300 minutes (in all). Counted too: Course (Tue 08 Dec 12:00–14:00)."
    )


def test_only_what_counts_in_the_week_of_a_limit_is_named() -> None:
    """One shift a week, which the course of this week is; that of the next week is not meant."""
    rules = [{"rule": "max_shift_count", "max_shifts": 1, "per": "week"}]
    rows = [work("ana", 24 * day + 18, 24 * day + 19, what=f"Day {day}") for day in (2, 9)]
    problem = plan("M", "ana", 14, pins=must("M0"), occupied=rows, rules=rules)

    (said,) = (line for line in contradiction(problem) if "Counted too" in line)

    assert said.endswith("Counted too: Day 2 (Wed 09 Dec 18:00–19:00).")


@pytest.mark.parametrize(
    ("limits", "counts"),
    [
        ({"rolling_days": 2}, (1,)),
        ({"rolling_days": 2, "last_day": MONDAY}, ()),
        ({"rolling_days": 2, "shifts": "morning|afternoon"}, ()),
        ({"rolling_days": 6}, (1, 4)),
    ],
)
def test_only_what_a_limited_rule_counts_is_named(
    limits: dict[str, Any], counts: tuple[int, ...]
) -> None:
    """Courses count for two days from Monday on, not for some types, nor for Monday alone."""
    rules = [{"rule": "max_shift_count", "max_shifts": 1, **limits}]
    rows = [work("ana", 24 * day + 18, 24 * day + 19, what=f"Day {day}") for day in (1, 4)]
    problem = plan("MA", "ana", 6, pins=must("M0", "A0"), occupied=rows, rules=rules)

    said = next(line for line in contradiction(problem) if "works at most" in line)

    assert tuple(day for day in range(6) if f"Day {day}" in said) == counts


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ({"rule": "max_shifts"}, (2, 4, 12)),
        ({"rule": "forbidden_pattern", "pattern": "work, work"}, (2,)),
        ({"rule": "required_pattern", "pattern": "afternoon", "followed_by": "off"}, (4,)),
        ({"rule": "max_consecutive_minutes", "max_minutes": 300, "pause_minutes": 1200}, (2, 4)),
        ({"rule": "max_minutes_within", "max_minutes": 300, "within_hours": 24}, (2, 4, 12)),
        ({"rule": "min_consecutive_days_off", "min_days": 8}, (4, 12)),
        ({"rule": "max_weekends", "max_weekends": 1}, (12,)),
        ({"rule": "max_consecutive_weekends", "max_weekends": 1}, (12,)),
    ],
    ids=lambda row: row.get("rule") if isinstance(row, dict) else None,
)
def test_rules_that_count_work_name_it(rule: dict[str, Any], counts: tuple[int, ...]) -> None:
    """A shift on Thursday and one on Sunday, beside courses on some days."""
    rows = [work("ana", 24 * d + 17, 24 * d + 20, what=f"Day {d} ") for d in (2, 4, 12)]
    each = {"ana": {"max_shifts": 4}}
    signs = {3: "A", 6: "M"}
    pins = must("A3", "M6")
    problem = plan(signs, "ana", 14, pins=pins, occupied=rows, rules=[rule], each=each)

    said = [line for line in contradiction(problem) if "Counted too" in line]

    assert [tuple(d for d in (2, 4, 12) if f"Day {d} " in line) for line in said] == [counts]


def test_only_work_near_a_shift_shortens_its_rest() -> None:
    """The course of Monday evening is nine hours before Tuesday morning, that of Friday is not."""
    rules = [{"rule": "min_rest", "min_rest_minutes": 600}]
    rows = [work("ana", 24 * day + 20, 24 * day + 22, what=f"Day {day}") for day in (0, 4)]
    problem = plan("M", "ana", 6, pins=must("M1"), occupied=rows, rules=rules)

    (said,) = (line for line in contradiction(problem) if "Counted too" in line)

    assert "Day 0" in said
    assert "Day 4" not in said


def test_only_work_in_the_run_makes_it_too_long() -> None:
    """Mornings of two dates and a course on the third; another one comes later."""
    rules = [{"rule": "max_consecutive_days", "max_days": 2}]
    rows = [work("ana", 24 * day + 20, 24 * day + 22, what=f"Day {day}") for day in (2, 5)]
    problem = plan("M", "ana", 7, pins=must("M0", "M1"), occupied=rows, rules=rules)

    (said,) = (line for line in contradiction(problem) if "Counted too" in line)

    assert "Day 2" in said
    assert "Day 5" not in said


def test_courses_alone_contradict_no_limit() -> None:
    """With three days in a row of courses and at most two, Ana has no shift beside them."""
    rules = [{"rule": "max_consecutive_days", "max_days": 2}, {"rule": "coverage"}]
    rules += [{"rule": "max_minutes", "max_minutes": 300}]
    rows = [work("ana", 24 * day + 20, 24 * day + 22) for day in (1, 2, 3)]
    needs = [{"shift_id": f"M{day}", "target": 1} for day in range(5)]
    problem = plan("M", "ana", 5, occupied=rows, requirements=needs, rules=rules)

    result = solve(problem)

    assert result.roster == Roster()
    assert not find_conflict(problem)


def test_a_repair_calls_in_nobody_who_is_occupied() -> None:
    """Ana is absent and Bob at a meeting: Cho comes."""
    needs = [{"shift_id": "M0", "target": 1}]
    problem = plan(
        "M",
        "ana bob cho",
        1,
        requirements=needs,
        occupied=[beside("bob", 7, 8)],
        rules=[{"rule": "coverage"}],
    )

    found = repair(problem, parse("ana M"), Absence(volunteer_id="ana"))

    assert found.result.roster is not None
    assert [tuple(a) for a in found.result.roster.assignments] == [("M0", "cho")]


def test_who_offered_the_time_breaks_only_one_rule() -> None:
    """Being occupied takes nothing from what was offered: `available` holds."""
    problem = plan("M", "bob", 1, occupied=[beside("bob", 7, 8)])

    assert [v.rule.rule for v in check(problem, parse("bob M")).broken] == ["occupied"]


def test_why_somebody_does_not_work_is_said() -> None:
    """The seat stays empty because the only person is at a meeting."""
    needs = [{"shift_id": "M0", "target": 1}]
    rules = [{"rule": "coverage"}]
    row = beside("bob", 7, 8, what="Meeting")
    problem = plan("M", "bob", 1, requirements=needs, occupied=[row], rules=rules)

    answer = explain_why_not(problem, Roster(), "M0", "bob", time_limit=120)
    seat = explain_seat(problem, Roster(), "M0")

    assert answer.verdict == "impossible"
    assert [m.rule for m in answer.because] == ["occupied"]
    assert [(reason.rule, reason.people) for reason in seat.reasons] == [("occupied", 1)]


def test_a_message_names_work_beside_shifts() -> None:
    """Leave is nobody's appointment, and work of another week is not said."""
    rows = [work("ana", 36, 38, what="Course"), work("ana", 60, 100), work("ana", -30, -28)]
    rows += [beside("ana", 120, 144, what="Leave")]

    text = messages(plan("M", "ana", occupied=rows), parse("ana M"))[Owner("volunteer", "ana")]

    assert text.splitlines()[3:6] == [
        "Besides your shifts:",
        "- Tue 08 Dec 12:00–14:00: Course",
        "- Wed 09 Dec 12:00 to Fri 11 Dec 04:00: other work",
    ]


@pytest.mark.parametrize(
    ("hours", "english", "vietnamese"),
    [
        ((24, 48), "Tue 08 Dec", "thứ Ba 08/12"),
        ((24, 72), "Tue 08 Dec to Wed 09 Dec", "thứ Ba 08/12 đến thứ Tư 09/12"),
        ((44, 54), "Tue 08 Dec 20:00–06:00", "thứ Ba 08/12 20:00–06:00"),
        (
            (44, 80),
            "Tue 08 Dec 20:00 to Thu 10 Dec 08:00",
            "20:00 thứ Ba 08/12 đến 08:00 thứ Năm 10/12",
        ),
    ],
)
def test_its_time_is_said_as_people_say_it(
    hours: tuple[int, int], english: str, vietnamese: str
) -> None:
    """Whole dates have no hours, and hours of one date name it once."""
    (row,) = plan("M", "ana", occupied=[beside("ana", *hours)]).occupied

    assert Words("en").show(row.when) == english
    assert Words("vi").show(row.when) == vietnamese


def test_what_counts_is_in_the_ledger_and_the_next_history() -> None:
    """A course on the last evening: a shift and two hours, a day worked, and rest after it."""
    problem = plan("M", "ana bob", occupied=[work("ana", 24 * 6 + 20, 24 * 6 + 22)])
    roster = parse("ana . . . . . M .\nbob  . . . . . . .")

    ledger = Ledger().record(problem, roster)
    entry = next(e for e in ledger.weeks[0].entries if e.volunteer_id == "ana")
    following = new_week(problem, MONDAY + dt.timedelta(7), roster=roster).problem

    assert (entry.shifts_offered, entry.shifts_worked) == (8, 2)
    assert (entry.hours_offered, entry.hours_worked) == (30, 6)
    history = following.history_by_id["ana"]
    assert (history.shifts_worked, history.hours_worked) == (2, 6)
    assert (history.worked_in_a_row, history.last_shift_type) == (2, "")
    assert history.last_shift_end == MIDNIGHT + (24 * 6 + 22) * HOUR


def test_weekends_with_other_work_are_in_the_next_history() -> None:
    """A course on one Saturday and a shift on the next: two more weekends, in a row."""
    rules = [{"rule": kind, "max_weekends": 4} for kind in ("max_weekends", MOST_IN_A_ROW)]
    row = {"volunteer_id": "ana", "counted_weekends": 1}
    problem = plan("M", "ana", 14, occupied=[work("ana", 128, 130)], rules=rules, history=[row])
    roster = parse("ana . . . . . . . . . . . . M .")

    later = new_week(problem, MONDAY + dt.timedelta(14), roster=roster).problem

    history = later.history_by_id["ana"]
    assert (history.counted_weekends, history.weekends_in_a_row) == (3, 2)


def test_a_course_takes_a_shift_from_those_that_somebody_offers() -> None:
    """Two at most, of which the course is one: a shift in seven, and two with the course."""
    each = {"ana": {"max_shifts": 2}}
    problem = plan("M", "ana", 7, occupied=[work("ana", 20, 22)], each=each)

    (person,) = fairness(problem, parse("ana M . . . . . .")).people

    assert (person.offered, person.load) == (1, 1.0)


def test_a_load_has_what_counts_and_not_what_cannot_be_offered() -> None:
    """Of seven mornings one is lost to a course, which counts as a shift worked and offered."""
    problem = plan("M", "ana", occupied=[work("ana", 8, 10)])

    person = fairness(problem, parse("ana . M . . . . .")).people[0]

    assert (person.offered, person.shifts) == (6, 1)
    assert (person.offered_before, person.shifts_before) == (1, 1)
