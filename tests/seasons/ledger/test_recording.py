"""One week of the ledger, from a roster and how it turned out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan import InputError, Preference, Problem, Roster
from shiftplan.rules import BalanceFar, BalanceShifts, BalanceStrain, Continuity, Mentor, Mentored
from shiftplan.seasons import Ledger, Turnout
from shiftplan.seasons.ledger import Entry, Lesson
from shiftplan.testing.pictures import MONDAY, parse, plan, shift, window


def turnouts(text: str) -> list[Turnout]:
    """Of `ana M0 excused, bob M1 called`."""
    rows = (row.split() for row in text.split(",") if row.strip())
    return [Turnout(volunteer_id=w, shift_id=s, state=state) for w, s, state in rows]


def entries(problem: Problem, picture: str, attendance: str = "") -> dict[str, Entry]:
    """Volunteer id -> entry of the only week of a new ledger."""
    ledger = Ledger().record(problem, parse(picture), turnouts(attendance))
    return {entry.volunteer_id: entry for entry in ledger.weeks[0].entries}


def told(entry: Entry, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in names)


def codes(problem: Problem, roster: Roster, rows: list[Turnout]) -> list[tuple[str, str, int]]:
    with pytest.raises(InputError) as error:
        Ledger().record(problem, roster, rows)
    assert all(fault.message for fault in error.value.faults)
    return [(f.code, f.table, f.index) for f in error.value.faults]


SHARES = ("shifts_offered", "shifts_worked", "hours_offered", "hours_worked")


def test_everybody_comes_as_planned() -> None:
    """Seven mornings of four hours are offered, two are worked; others have an entry too."""
    found = entries(plan("M", "ana bob"), "ana M . M . . . .")

    assert told(found["ana"], *SHARES) == (7, 2, 28, 8)
    assert found["ana"].last_worked == MONDAY + dt.timedelta(2)
    assert found["ana"].last_shift_end == dt.datetime(2026, 12, 9, 11)
    assert told(found["bob"], *SHARES) == (7, 0, 28, 0)


@pytest.mark.parametrize(
    ("attendance", "shares"),
    [
        ("", (7, 2, 28, 8)),
        ("ana M0 came", (7, 2, 28, 8)),
        ("ana M0 excused", (6, 1, 24, 4)),  # neither offered nor worked
        ("ana M0 excused, ana M2 excused", (5, 0, 20, 0)),
        ("ana M0 absent", (7, 1, 28, 4)),  # offered, not worked
        ("ana M5 called", (7, 3, 28, 12)),  # offered before, and now worked
    ],
)
def test_states(attendance: str, shares: tuple[float, ...]) -> None:
    """What each state does to somebody who offered seven mornings and was given two."""
    assert told(entries(plan("M"), "ana M . M . . . .", attendance)["ana"], *SHARES) == shares


def test_absences_and_calls_are_counted() -> None:
    """Each state in its own column."""
    found = entries(plan("M"), "ana M M M . . . .", "ana M0 excused, ana M1 absent, ana M6 called")

    assert told(found["ana"], "excused", "absent", "called") == (1, 1, 1)


def test_shift_times_count_once_and_the_longest_up_to_the_limit() -> None:
    """Two centers in the morning are one time; of 4, 8 and 4 hours the two longest count."""
    problem = plan({0: "Mm", 1: "EA"}, each={"ana": {"max_shifts": 2}})

    assert told(entries(problem, "ana . .")["ana"], *SHARES) == (2, 0, 12, 0)


def test_help_beyond_what_was_offered_counts_as_offered() -> None:
    """Limit 1, one shift given and one as a reserve: two of two, not two of one."""
    problem = plan("M", each={"ana": {"max_shifts": 1}})

    found = entries(problem, "ana M . . . . . .", "ana M1 called")

    assert told(found["ana"], *SHARES) == (2, 2, 8, 8)


def test_who_offers_nothing_and_does_nothing_has_no_entry() -> None:
    """But a reserve who came without any window has one."""
    problem = plan("M", "ana bob cam", availability=(window("ana"),))

    found = entries(problem, "ana . . . . . . .", "bob M3 called")

    assert set(found) == {"ana", "bob"}
    assert told(found["bob"], *SHARES) == (1, 1, 4, 4)


def test_wishes_are_those_of_the_rule_and_of_the_published_roster() -> None:
    """Three undesired times and three preferences; two undesired mornings and a Sunday refused.

    Undesired: M0 and M1 worked, M2 not. Preferences: for M0 met, against M1 and for day 6 not.
    Being excused from M1 does not turn the roster's refusal into a wish that was met.
    """
    own = [window("ana", "undesired", 0, 3), window("ana", "available", 3, 7)]
    wishes = [
        Preference(volunteer_id="ana", shift_id="M0", state="for"),
        Preference(volunteer_id="ana", shift_id="M1", state="against"),
        Preference(volunteer_id="ana", date=MONDAY + dt.timedelta(6), state="for"),
    ]
    problem = plan("M", availability=own, preferences=wishes)

    found = entries(problem, "ana M M . M . . .", "ana M1 excused")

    assert told(found["ana"], "wishes", "wishes_met") == (6, 2)
    assert found["ana"].undesired_worked == 1


def test_shifts_that_rules_share_out_are_recorded_by_their_names() -> None:
    """One of four nights, and one far shift; names that no rule shares out are left out."""
    rules = [BalanceShifts(shifts="night"), BalanceFar(beyond_km=5)]
    problem = plan({0: "MN", 1: "Nm", 2: "Nm", 3: "N"}, rules=rules)

    found = entries(problem, "ana MN m . . . . .")

    assert told(found["ana"], "named_offered", "named_worked") == (("night:4",), ("night:1",))
    assert found["ana"].far_worked == 1
    plain = entries(plan({0: "MN", 1: "m"}), "ana MN m . . . . .")
    assert told(plain["ana"], "named_offered", "named_worked", "far_worked") == ((), (), 0)


def test_the_last_center_is_that_of_shifts_that_count_for_continuity() -> None:
    """Hill does not count; without such a rule no center is recorded."""
    days = {0: "M", 1: "m", 2: "x"}
    rules = [Continuity(shifts="morning"), Continuity(where="home|far")]

    found = entries(plan(days, rules=rules), "ana M m x . . . .")

    assert found["ana"].last_center == "far"
    assert entries(plan(days), "ana M m x . . . .")["ana"].last_center is None


def test_strain_is_recorded_where_a_rule_shares_it_out() -> None:
    """A shift with a strain of 3, and an ordinary one."""
    shifts = (shift("M", 0, strain=3), shift("M", 1), shift("M", 2, strain=5))

    found = entries(plan({}, shifts=shifts, rules=[BalanceStrain()]), "ana M M . . . . .")

    assert found["ana"].strain_worked == 4
    assert entries(plan({}, shifts=shifts), "ana M M . . . . .")["ana"].strain_worked == 0


def mentored(picture: str, attendance: str = "") -> dict[str, Entry]:
    """Ana is a novice, bob and cam are mentors, don is neither."""
    levels = {"ana": 0, "bob": 3, "cam": 4, "don": 1}
    problem = plan(
        "M",
        "ana bob cam don",
        skills=[{"skill_id": "portal", "max_level": 4}],
        each={who: {"skills": {"portal": n}} for who, n in levels.items()},
        rules=(Mentor(novices_per_mentor=2), Mentor(novices_per_mentor=3, level=1)),
    )
    return entries(problem, picture, attendance)


def test_lessons_name_who_was_there() -> None:
    """Two shifts with a mentor, one with a person who is none, one alone."""
    found = mentored("""
        ana M M M M . . .
        bob M M . . . . .
        cam . M . . . . .
        don . . M . . . .""")

    assert found["ana"].mentored == 2
    assert found["ana"].lessons == (Lesson(skill_id="portal", shifts=2, mentors=("bob", "cam")),)
    assert all(found[who].mentored == 0 for who in ("bob", "cam", "don"))


def test_a_mentor_is_no_novice() -> None:
    """With level 1 still a novice, don (1) teaches nobody though mentors start at level 1."""
    levels = {"ana": 0, "bob": 3, "don": 1}
    problem = plan(
        "M",
        "ana bob don",
        skills=[{"skill_id": "portal", "max_level": 4}],
        each={who: {"skills": {"portal": n}} for who, n in levels.items()},
        rules=(Mentored(novice_level=1, mentor_level=1),),
    )

    found = entries(
        problem,
        """
        ana M M . . . . .
        bob . M . . . . .
        don M M . . . . .""",
    )

    assert found["ana"].lessons == (Lesson(skill_id="portal", shifts=1, mentors=("bob",)),)
    assert found["don"].lessons == found["ana"].lessons
    assert found["bob"].mentored == 0


@pytest.mark.parametrize(
    ("day", "mentors"),
    [("ana E\nbob M\ncam O", ()), ("ana M\nbob E\ncam .", ("bob",)), ("ana O\nbob M\ncam A", ())],
)
def test_lessons_at_moments_need_a_mentor_all_the_time(day: str, mentors: tuple[str, ...]) -> None:
    """From 6 to 7 nobody is beside ana, nor from 11 to 13; a longer shift of a mentor is enough."""
    levels = {"ana": 0, "bob": 3, "cam": 4}
    problem = plan(
        "EMOA",
        "ana bob cam",
        1,
        skills=[{"skill_id": "portal", "max_level": 4}],
        each={who: {"skills": {"portal": n}} for who, n in levels.items()},
        rules=(Mentored(per="moment"),),
    )

    found = entries(problem, day)

    assert tuple(name for lesson in found["ana"].lessons for name in lesson.mentors) == mentors
    assert found["ana"].mentored == len(mentors)


def test_a_lesson_needs_both_to_come() -> None:
    """With the mentor ill, or the novice, nothing was learned; a reserve may be the mentor."""
    picture = "ana M . . . . . .\nbob M . . . . . ."

    assert mentored(picture, "bob M0 excused")["ana"].lessons == ()
    assert mentored(picture, "ana M0 absent")["ana"].lessons == ()
    assert mentored(picture, "bob M0 excused, cam M0 called")["ana"].mentored == 1


def test_faults_of_attendance() -> None:
    """Unknown ids, a row twice, two states of one shift, and states that the roster denies."""
    problem, roster = plan("M", "ana bob"), parse("ana M M . . . . .")
    rows = turnouts(
        "ana M0 came, ana M0 came, ana M0 absent, ana M1 called, bob M1 excused, bob M2 came"
    )
    rows += turnouts("anna M0 excused, ana M9 absent")

    assert codes(problem, roster, rows) == [
        ("unknown_id", "attendance", 6),
        ("unknown_id", "attendance", 7),
        ("duplicate_row", "attendance", 1),
        ("contradicting_attendance", "attendance", 2),
        ("contradicting_attendance", "attendance", 3),
        ("contradicting_attendance", "attendance", 4),
        ("contradicting_attendance", "attendance", 5),
        ("contradicting_attendance", "attendance", 6),
        ("contradicting_attendance", "attendance", 7),
    ]


def test_a_roster_of_another_week_is_refused() -> None:
    """Ids that the week does not know would be lost without a word."""
    found = codes(plan("M"), Roster.of([("M0", "ana"), ("M99", "ana"), ("M1", "eve")]), [])

    assert found == [("unknown_id", "roster", 1), ("unknown_id", "roster", 2)]


def test_an_assignment_that_stands_twice_is_worked_once() -> None:
    """The checker complains of it; the ledger does not pay it double."""
    ledger = Ledger().record(plan("M"), Roster.of([("M0", "ana")] * 2))

    assert ledger.weeks[0].entries[0].shifts_worked == 1
