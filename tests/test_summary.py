"""The figures a coordinator sees, counted by hand on tiny problems."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan import (
    Availability,
    Center,
    History,
    Horizon,
    Preference,
    Problem,
    Requirement,
    Roster,
    Shift,
    Volunteer,
    check,
)
from shiftplan.errors.message import AtShift
from shiftplan.present.forms import Forms
from shiftplan.present.naming import Names
from shiftplan.present.summary import (
    attendance_lines,
    center_cells,
    finding,
    load_lines,
    summarize,
    totals,
)
from shiftplan.present.words import Words
from shiftplan.rules.attendance import Attendance
from shiftplan.rules.counts import MaxShiftCount
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.share import MaxShifts
from shiftplan.scoring.equity import Seats

DAY = dt.datetime(2026, 12, 7)


def hours(first: int, last: int) -> dict[str, dt.datetime]:
    return {"start": DAY.replace(hour=first), "end": DAY.replace(hour=last)}


@pytest.fixture
def week() -> Problem:
    """Three centers with a morning and an afternoon each; ana knows Khmer, dan offers nothing."""
    centers = (
        Center(center_id="c1", name="Xã Một", minority_area=True, remote_area=True),
        Center(center_id="c2", name="Xã Hai", remote_area=True),
        Center(center_id="c3"),
    )
    shifts = [
        Shift(shift_id=f"{c.center_id}-{name}", center_id=c.center_id, **hours(*at))
        for c in centers
        for name, at in {"am": (7, 11), "pm": (13, 17)}.items()
    ]
    needs = [
        Requirement(shift_id="c1-am", minimum=1, target=3),
        Requirement(shift_id="c1-am", skill_id="khmer", minimum=1, target=2),
        Requirement(shift_id="c2-am", minimum=2, target=2),
        Requirement(shift_id="c3-pm", minimum=0, target=1),
    ]
    people = [
        Volunteer(volunteer_id="ana", name="Ana", skills={"khmer": 1}),
        Volunteer(volunteer_id="bob", max_shifts=1),
        Volunteer(volunteer_id="cem"),
        Volunteer(volunteer_id="dan"),
    ]
    windows = [Availability(volunteer_id=v, **hours(6, 18)) for v in ("ana", "bob", "cem")]
    return Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=centers,
        skills=[{"skill_id": "khmer", "kind": "language"}],
        volunteers=people,
        availability=windows,
        shifts=shifts,
        requirements=needs,
        rules=[Coverage(level=1), MaxShifts()],
    )


ROSTER = Roster.of([("c1-am", "ana"), ("c1-am", "bob"), ("c3-pm", "ana"), ("c3-pm", "cem")])


def test_seats_by_area_are_sums_of_what_requirements_count(week: Problem) -> None:
    """A center counts in each class it is of; people beyond the target fill no seat."""
    found = summarize(week, ROSTER).equity

    rows = {row.area: row for row in found.areas}
    assert rows["minority"].people == Seats(target=3, filled=2, minimum=1, minimum_filled=1)
    assert rows["minority"].skilled == Seats(target=2, filled=1, minimum=1, minimum_filled=1)
    assert rows["remote"].people == Seats(target=5, filled=2, minimum=3, minimum_filled=1)
    assert rows["remote"].skilled == rows["minority"].skilled
    # Two people stand in c3-pm, whose target is 1.
    assert rows["other"].people == Seats(target=1, filled=1, minimum=0, minimum_filled=0)
    assert [row.centers for row in found.areas] == [1, 2, 1]
    assert found.overall.people == Seats(target=6, filled=3, minimum=3, minimum_filled=1)
    assert (found.overall.centers, found.overall.skilled) == (3, rows["minority"].skilled)


def test_worst_centers_come_by_the_share_of_all_their_seats(week: Problem) -> None:
    """Full centers are left out: c2 has 0 of 2, c1 has 2 + 1 of 3 + 2, c3 has 1 of 1."""
    worst = summarize(week, ROSTER).worst_centers

    assert [(c.center_id, c.name, c.both.share) for c in worst] == [
        ("c2", "Xã Hai", 0.0),
        ("c1", "Xã Một", 0.6),
    ]


def test_at_most_five_worst_centers_are_named(week: Problem) -> None:
    """Of seven empty centers with equal shares, those with the most empty seats come first."""
    centers = [Center(center_id=f"c{i}") for i in range(7)]
    shifts = [Shift(shift_id=f"s{i}", center_id=f"c{i}", **hours(7, 11)) for i in range(7)]
    needs = [Requirement(shift_id=f"s{i}", target=i + 1) for i in range(7)]
    update = {"centers": centers, "shifts": shifts, "requirements": needs}
    problem = Problem(**{**dict(week), **update})

    worst = summarize(problem, Roster()).worst_centers

    assert [c.center_id for c in worst] == ["c6", "c5", "c4", "c3", "c2"]


def with_rates(week: Problem, **rates: float) -> Problem:
    """The week with other show rates."""
    people = tuple(
        v.model_copy(update={"show_rate": rates.get(v.volunteer_id, 1.0)}) for v in week.volunteers
    )
    return Problem(
        **{n: getattr(week, n) for n in type(week).model_fields} | {"volunteers": people}
    )


def test_who_comes_is_told_by_chances(week: Problem) -> None:
    """Seats count heads, minimums count skills too."""
    problem = with_rates(week, ana=0.9, bob=0.5, cem=0.6)

    found = summarize(problem, ROSTER).attendance

    assert found is not None
    # Heads wanted: 3 + 2 + 1. c1-am has ana and bob, 0.9 + 0.5 on average; c2-am nobody; c3-pm has
    # ana and cem for one seat, 1 - 0.1 x 0.4 = 0.96.
    assert found.seats == 6
    assert found.expected == pytest.approx(0.9 + 0.5 + 0.96)
    # Minimums: c1-am 1, with 0.95; its Khmer 1, ana alone, with exactly 0.9; c2-am 2, with 0.
    assert (found.likely, found.minimums) == (2, 3)


def test_people_who_surely_come_need_no_chances(week: Problem) -> None:
    """Without any show rate below 1 nothing is told; with one it is, whoever is planned."""
    assert summarize(week, ROSTER).attendance is None
    assert attendance_lines(None, Words("en")) == []
    assert summarize(with_rates(week, dan=0.5), Roster()).attendance == Attendance(6, 0.0, 3, 0)


def test_attendance_is_two_sentences() -> None:
    """Averages are cut off, and what there is none of is not told."""
    found = Attendance(seats=2000, expected=1711.48, minimums=1836, likely=1500)

    assert attendance_lines(found, Words("en")) == [
        "Given everybody's show rate, 1,711.4 of 2,000 seats are filled on average.",
        "1,500 of 1,836 minimums are met with a chance of 90% or more.",
    ]
    assert "1.711,4 trên 2.000 vị trí" in attendance_lines(found, Words("vi"))[0]
    assert attendance_lines(Attendance(0, 0.0, 0, 0), Words("vi")) == []


def test_tenths_are_cut_off() -> None:
    """Never flattering, but what only rounding took away is given back."""
    assert Forms("en").tenths(0.99) == "0.9"
    assert Forms("en").tenths(3 * 1.1) == "3.3"
    assert Forms("vi").tenths(0.1 + 0.2 + 0.7 - 1e-16) == "1,0"


def test_load_counts_everybody_and_shares_those_who_offered(week: Problem) -> None:
    """The shares are ana 2 of 2 times, bob 1 of 1 (max_shifts), cem 1 of 2; dan offered none."""
    load = summarize(week, ROSTER).fairness

    assert load.counts == {0: 1, 1: 2, 2: 1}
    assert load.not_offering == 1
    assert load.shares is not None
    assert load.shares.p50 == 1.0  # of 0.5, 1 and 1
    assert [p.volunteer_id for p in load.highest_share] == ["ana", "bob"]
    assert [(p.volunteer_id, p.shifts, p.offered) for p in load.most_shifts] == [("ana", 2, 2)]


def test_an_empty_roster_has_no_heroes(week: Problem) -> None:
    """Nobody has the most of nothing."""
    load = summarize(week, Roster()).fairness

    assert load.counts == {0: 4}
    assert load.shares is not None
    assert load.shares.p50 == 0.0
    assert load.highest_share == load.most_shifts == load.worst == ()
    assert [p.volunteer_id for p in load.without_shift] == ["ana", "cem", "bob"]


def test_unknown_ids_and_repetitions_count_nowhere(week: Problem) -> None:
    """They are findings of `check`, not people in seats."""
    pairs = [*ROSTER.assignments, ROSTER.assignments[0], ("c2-am", "nobody"), ("nowhere", "bob")]

    assert summarize(week, Roster.of(pairs)) == summarize(week, ROSTER)


@pytest.mark.parametrize(
    ("share", "up", "english", "vietnamese"),
    [
        (1.0, False, "100.0%", "100,0%"),
        (0.9999, False, "99.9%", "99,9%"),
        (0.0001, True, "0.1%", "0,1%"),
        (0.003, True, "0.3%", "0,3%"),
        (0.07, False, "7.0%", "7,0%"),
        (0.0, True, "0.0%", "0,0%"),
        (None, False, "–", "–"),
    ],
)
def test_percent_never_flatters(
    share: float | None, up: bool, english: str, vietnamese: str
) -> None:
    """What is not full is not shown as full, and a gap is not shown as none."""
    assert Forms("en").percent(share, up=up) == english
    assert Forms("vi").percent(share, up=up) == vietnamese


def test_numbers_are_written_as_in_each_language() -> None:
    """Thousands are marked by a comma or a point."""
    assert Forms("en").number(1234567) == "1,234,567"
    assert Forms("vi").number(1234567) == "1.234.567"


def test_findings_name_people_and_places(week: Problem) -> None:
    """The person's name stands beside the id, and a shift with its center and hours."""
    available = week.active_rules[1]
    found = available.violation("ana", AtShift("c1-am"), 1, "rules.available")
    beyond = week.rules[1].violation("bob", None, 2, "rules.max_shifts", count=3, most=1)

    english, vietnamese = Names(week, "en"), Names(week, "vi")
    place = "c1-am, Xã Một, thứ Hai 07/12 07:00–11:00"
    assert finding(found, english) == "ana did not offer the time of c1-am [Ana]"
    assert finding(found, vietnamese) == f"Ana (ana) không đăng ký giờ của {place}"
    assert finding(beyond, vietnamese) == "bob trực 3 ca, tối đa 1"


def test_totals_end_with_the_total(week: Problem) -> None:
    """Costs by rule, by level, and their sum."""
    score = check(week, ROSTER)

    rows = totals(score, "en")

    assert [name for name, _ in rows] == ["coverage", "level 1", "total"]
    assert rows[-1][1] == f"{score.total:,}"


def lines_of(week: Problem, roster: Roster) -> list[str]:
    return load_lines(summarize(week, roster).fairness, Words("en"))


def test_shares_over_an_empty_roster_are_not_told(week: Problem) -> None:
    """Nobody works: no wish counts as met, no half works a share, and nothing is even."""
    wish = Preference(volunteer_id="ana", shift_id="c1-am", state="against")
    wishing = Problem(**{**dict(week), "preferences": [wish]})

    lines = lines_of(wishing, Roster())

    assert lines[-1] == (
        "Wishes: nobody has a shift, so none counts as met; people with wishes: 1."
    )
    assert not any("%" in line or "Gini" in line for line in lines)


def test_wishes_tell_how_many_of_those_who_have_any_work_nothing(week: Problem) -> None:
    """That ana's wish against a shift is met says little, as she has none."""
    wishes = [
        Preference(volunteer_id=who, shift_id="c1-am", state="against") for who in ("ana", "bob")
    ]
    wishing = Problem(**{**dict(week), "preferences": wishes})

    (line,) = [x for x in lines_of(wishing, Roster.of([("c3-pm", "bob")])) if "Wishes" in x]

    assert line.endswith("100.0% are met. Of these people, without a shift: 1.")


def test_loads_of_earlier_weeks_are_told_where_nobody_works_now(week: Problem) -> None:
    """They are there, and uneven."""
    earlier = History(volunteer_id="ana", shifts_offered=4, shifts_worked=2)
    worked = Problem(**{**dict(week), "history": [earlier]})

    assert any("Gini" in line for line in lines_of(worked, Roster()))


def test_a_center_without_seats_has_no_share_of_them(week: Problem) -> None:
    """100% of nothing is a dash, and so is a kind of seats that is not asked for."""
    needs = [need for need in week.requirements if need.shift_id != "c3-pm"]
    found = summarize(Problem(**{**dict(week), "requirements": needs}), ROSTER).equity

    cells = {center.center_id: center_cells(center, "en") for center in found.centers}

    assert cells["c3"] == ("c3", "–", "–", "–")
    assert cells["c2"] == ("Xã Hai (c2)", "0 of 2", "–", "0.0%")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "ana: 2 shifts, at most 1 (rule for people of ana and centers of c1) [Ana]"),
        ("vi", "Ana (ana): 2 ca, tối đa 1 (quy định cho người thuộc ana và trung tâm thuộc c1)"),
    ],
)
def test_a_finding_says_what_its_rule_is_limited_to(week: Problem, lang: str, said: str) -> None:
    """Of two rows about counts of shifts, it tells which one is broken."""
    rows = MaxShiftCount(max_shifts=1, group=("ana",), where=("c1",)), MaxShiftCount(max_shifts=9)
    problem = Problem(**{**dict(week), "rules": rows})
    roster = Roster.of([("c1-am", "ana"), ("c1-pm", "ana")])

    [found] = check(problem, roster).broken

    assert finding(found, Names(problem, lang)) == said
