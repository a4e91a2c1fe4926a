"""The figures a coordinator sees, counted by hand on tiny problems."""

from __future__ import annotations

import datetime as dt
from string import Formatter

import pytest

from shiftplan import (
    Availability,
    Center,
    Horizon,
    Problem,
    Requirement,
    Result,
    Roster,
    Shift,
    Status,
    StoppedBy,
    Volunteer,
    check,
)
from shiftplan.problem.naming import Names
from shiftplan.problem.records import area_of
from shiftplan.rules import RULES, Violation
from shiftplan.rules.attendance import Attendance
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.share import MaxShifts
from shiftplan.scoring.equity import Seats
from shiftplan.scoring.fairness import Fairness
from shiftplan.scoring.person import Person
from shiftplan.scoring.wishes import Wishes
from shiftplan.solving.result import ConflictMember, Cost, WayOut
from shiftplan.summary import (
    attendance_lines,
    conflict_lines,
    finding,
    headline,
    load_bins,
    load_lines,
    proof,
    summarize,
    totals,
    way_out_lines,
    worst_off,
)
from shiftplan.texts import PARTS, RULES_VI, TEXTS, TOO_FEW, TOO_MANY, UNITS_VI
from shiftplan.texts.wording import number, percent, tenths

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
    assert attendance_lines(None, "en") == []
    assert summarize(with_rates(week, dan=0.5), Roster()).attendance == Attendance(6, 0.0, 3, 0)


def test_attendance_is_two_sentences() -> None:
    """Averages are cut off, and what there is none of is not told."""
    found = Attendance(seats=2000, expected=1711.48, minimums=1836, likely=1500)

    assert attendance_lines(found, "en") == [
        "As people come with their show rates, 1,711.4 of 2,000 seats are filled on average.",
        "1,500 of 1,836 minimums come with a chance of 90 % or more.",
    ]
    assert "1.711,4 trên 2.000 vị trí" in attendance_lines(found, "vi")[0]
    assert attendance_lines(Attendance(0, 0.0, 0, 0), "vi") == []


def test_tenths_are_cut_off() -> None:
    """Never flattering, but what only rounding took away is given back."""
    assert tenths(0.99, "en") == "0.9"
    assert tenths(3 * 1.1, "en") == "3.3"
    assert tenths(0.1 + 0.2 + 0.7 - 1e-16, "vi") == "1,0"


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


def test_area_of_prefers_minority() -> None:
    """A center with both flags counts as minority."""
    flags = {
        (a, b): Center(center_id="c", minority_area=a, remote_area=b)
        for a in (True, False)
        for b in (True, False)
    }

    assert {k: area_of(c) for k, c in flags.items()} == {
        (True, True): "minority",
        (True, False): "minority",
        (False, True): "remote",
        (False, False): "other",
    }


@pytest.mark.parametrize(
    ("share", "up", "english", "vietnamese"),
    [
        (1.0, False, "100.0 %", "100,0%"),
        (0.9999, False, "99.9 %", "99,9%"),
        (0.0001, True, "0.1 %", "0,1%"),
        (0.003, True, "0.3 %", "0,3%"),
        (0.07, False, "7.0 %", "7,0%"),
        (0.0, True, "0.0 %", "0,0%"),
        (None, False, "–", "–"),
    ],
)
def test_percent_never_flatters(
    share: float | None, up: bool, english: str, vietnamese: str
) -> None:
    """What is not full is not shown as full, and a gap is not shown as none."""
    assert percent(share, "en", up=up) == english
    assert percent(share, "vi", up=up) == vietnamese


def test_numbers_are_written_as_in_each_language() -> None:
    """Thousands are marked by a comma or a point."""
    assert number(1234567, "en") == "1,234,567"
    assert number(1234567, "vi") == "1.234.567"


def result(cost: int | None, bound: int | None, **fields: object) -> Result:
    values: dict[str, object] = {
        "status": Status.FEASIBLE,
        "stopped_by": StoppedBy.TIME,
        "roster": None if cost is None else Roster(),
        "score": None,
        "total": Cost(cost, bound),
        "levels": {} if cost is None else {1: Cost(cost, None)},
        "seconds": 59.6,
    }
    return Result(**{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cost", "bound", "english", "vietnamese"),
    [
        # (1000 - 997) / 1000 = 0.3 %
        (1000, 997, "more than 0.3 % cheaper", "giảm quá 0,3% điểm phạt"),
        (1000, 1000, "No roster is cheaper", "không lịch trực nào có ít điểm phạt hơn"),
        (0, 0, "No roster is cheaper", "không lịch trực nào có ít điểm phạt hơn"),
        (1000, None, "is not known yet", "Chưa biết"),
        (1000, 0, "is not known yet", "Chưa biết"),
    ],
)
def test_the_proof_is_a_sentence(
    cost: int, bound: int | None, english: str, vietnamese: str
) -> None:
    """It says by how much a roster could be cheaper at most, or that nothing is known."""
    assert english in proof(result(cost, bound), "en")[0]
    assert vietnamese in proof(result(cost, bound), "vi")[0]


def test_the_strict_order_has_a_proof_for_each_level() -> None:
    """Its levels carry bounds and its total has none."""
    levels = {1: Cost(10, 10), 2: Cost(200, 150)}

    lines = proof(result(300, None, levels=levels), "en")

    assert lines == [
        "level 1: No roster is cheaper; this is proven.",
        "level 2: No roster can be more than 25.0 % cheaper; this is proven.",
    ]


def test_headline_says_what_it_costs_and_why_it_stopped() -> None:
    """Status, total and levels, proof, reason."""
    assert headline(result(12345, 12000), "en") == [
        "A roster was found. Total cost 12,345 (level 1: 12,345).",
        "No roster can be more than 2.8 % cheaper; this is proven.",  # 345 / 12345 = 2.79 %
        "Stopped at the time limit, after 60 s.",
    ]
    assert headline(result(None, None, status=Status.NO_ROSTER_FOUND), "vi") == [
        "Chưa tìm được lịch trực nào; vẫn có thể có lịch phù hợp.",
        "Dừng vì hết thời gian, sau 60 giây.",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0"), (9.94, "9.9"), (9.96, "10"), (1234.5, "1234")]
)
def test_short_times_have_a_decimal(seconds: float, text: str) -> None:
    """From ten seconds on whole ones are enough."""
    ended = result(1, 1, seconds=seconds, stopped_by=None, status=Status.OPTIMAL)

    assert headline(ended, "en")[-1] == f"The search ran to its end, in {text} s."
    assert headline(ended, "vi")[-1] == f"Đã tìm xong sau {text.replace('.', ',')} giây."


def test_a_search_that_broke_off_says_so() -> None:
    """A roster without a proof and without a limit reached: its engines were lost."""
    lost = result(2, 1, seconds=12, stopped_by=None, status=Status.FEASIBLE)

    assert headline(lost, "en")[-1].startswith("The search broke off after 12 s")


def test_many_people_are_named_in_short() -> None:
    """Three names, and how many more there are."""
    load = Fairness(tuple(Person(f"v{i}", f"v{i}", 2, 3) for i in range(5)))

    assert load_lines(load, "en")[1] == (
        "Highest share of what was offered, 66.6 %: v0, v1, v2 and 2 more."
    )
    assert load_lines(load, "vi")[2] == "Nhiều ca nhất, 2 ca: v0, v1, v2 và 2 người nữa."


def test_loads_are_told_in_sentences() -> None:
    """Shares of now first, then loads of all weeks, and what is none is not told."""
    people = (
        Person("a", "Ana", 2, 2, shifts_before=1, offered_before=2, km=12.5, wishes=Wishes(4, 1)),
        Person("b", "b", 0, 3, undesired=2, wishes=Wishes(1, 1)),
        Person("c", "c", 0, 0),
    )

    # Shares 1 and 0; loads 3/4 and 0: one of two has everything, Gini 1/2; they are in one band.
    assert load_lines(Fairness(people), "en") == [
        "Half of those who offered time work at least 0.0 % of the shifts they offered.",
        "Highest share of what was offered, 100.0 %: Ana (a).",
        "Most shifts, 2: Ana (a).",
        "1 people offered time and have no shift.",
        "1 people offered no time at which there are shifts.",
        # Ana's are met for 3/4, those of b not at all.
        "Wishes: of the 2 people who have any, 37.5 % are met on average.",
        "With earlier weeks, one in ten works at most 0.0 % of what they offered, and nine in ten "
        "at most 75.0 %.",
        "Inequality of these loads (Gini, 0 is equal): 0.5; among people who offered about as many "
        "shifts: 0.5.",
    ]
    assert "0,5" in load_lines(Fairness(people), "vi")[-1]
    assert load_lines(Fairness(()), "en") == []
    assert worst_off(Fairness(people), "en") == [
        "Ana (a): 75.0 %. Works 2 of 2 shifts offered, 1 of 2 before, 13 km from home in all, "
        "1 of 4 wishes refused."
    ]
    assert worst_off(Fairness(people), "vi") == [
        "Ana (a): 75,0%. Được xếp 2/2 ca đã đăng ký, trước đó 1/2, tổng cộng cách nhà 13 km, "
        "1/4 nguyện vọng không được đáp ứng."
    ]
    assert people[1].reason("en") == (
        "Works 0 of 3 shifts offered, of these 2 at undesired times, 1 of 1 wishes refused."
    )


def test_many_counts_share_rows() -> None:
    """With 25 counts and at most 10 rows, three counts stand in a row; nobody is lost."""
    load = Fairness(tuple(Person(f"v{i}", "", i, 0) for i in range(25)))

    rows = load_bins(load)

    assert rows[0] == ("0–2", 3)
    assert rows[-1] == ("24", 1)
    assert sum(count for _, count in rows) == 25


def test_findings_name_people_and_places(week: Problem) -> None:
    """The person's name stands beside the id, and a shift with its center and hours."""
    available = week.active_rules[1]
    found = Violation(available, "ana", "c1-am", 1, "shifts", 0, "ana did not offer it")
    beyond = Violation(week.rules[1], "bob", "", 2, "shifts", 0, "")

    english, vietnamese = Names(week, "en"), Names(week, "vi")
    place = "c1-am, Xã Một, thứ Hai 07/12 07:00–11:00"
    assert finding(found, english, "en") == "ana did not offer it [Ana]"
    assert finding(found, vietnamese, "vi") == f"Ana (ana); {place}"
    assert finding(beyond, vietnamese, "vi") == "bob; vượt 2 ca"


def test_a_conflict_names_rules_and_people() -> None:
    """Each member stands as a sentence with the kind of its rule; ways out are numbered."""
    pin = ConflictMember("pins", "ana", "c1-am", "Ana is pinned.", "Ana đã được chốt.")
    limit = ConflictMember("max_shifts", "ana", "")
    way = WayOut((pin, limit), (1, 1), 11)

    assert conflict_lines([pin, limit], "en") == [
        "  - Ana is pinned. [pins]",
        "  - max_shifts ana [max_shifts]",
    ]
    assert conflict_lines([pin], "vi") == ["  - Ana đã được chốt. [pins]"]
    assert way_out_lines([way, WayOut((pin,), (1,), 1)], "en") == [
        "  1. Give up: Ana is pinned. [pins]",
        "     and: max_shifts ana [max_shifts]",
        "  2. Give up: Ana is pinned. [pins]",
    ]


def test_a_way_out_of_many_members_is_told_by_rule_and_center() -> None:
    """Beyond ten members sums stand for them, the most first; JSON keeps each member."""
    need = [
        ConflictMember("minimum_coverage", "", f"S{i}", center="Xã Một", unit="people")
        for i in range(9)
    ]
    far = ConflictMember("minimum_coverage", "", "S9", center="Xã Hai", unit="people")
    limit = ConflictMember("max_shifts", "ana", "", unit="shifts")
    way = WayOut((*need, far, limit), (1,) * 9 + (20, 2), 40, minimal=False)

    assert way_out_lines([way], "en") == [
        "  1. Give up in 11 places, told by rule and center, the most first; the JSON has each "
        "place:",
        "     - minimum_coverage, Xã Hai: people 20; places 1",
        "     - minimum_coverage, Xã Một: people 9; places 9",
        "     - max_shifts: shifts 2; places 1",
    ]
    assert "9 người; 9 trường hợp" in way_out_lines([way], "vi")[2]
    assert len(way.as_dict()["give_up"]) == 11


def test_totals_end_with_the_total(week: Problem) -> None:
    """Costs by rule, by level, and their sum."""
    score = check(week, ROSTER)

    rows = totals(score, "en")

    assert [name for name, _ in rows] == ["coverage", "level 1", "total"]
    assert rows[-1][1] == f"{score.total:,}"


def _gaps(text: str) -> set[str]:
    """Numbers of the gaps of a text; those without a number are counted from 0."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return {name or str(place) for place, name in enumerate(names)}


def test_both_languages_say_the_same_things() -> None:
    """Same keys, and the same gaps to fill in, whatever their order."""
    assert TEXTS["en"].keys() == TEXTS["vi"].keys()
    assert {*Status, *StoppedBy} <= TEXTS["en"].keys()
    for key, text in TEXTS["en"].items():
        assert _gaps(text) == _gaps(TEXTS["vi"][key]), key


def test_a_text_stands_once() -> None:
    """No part of the catalogue hides a text of another one."""
    assert len(TEXTS["en"]) == sum(len(part.EN) for part in PARTS)
    assert len(TEXTS["vi"]) == sum(len(part.VI) for part in PARTS)


def test_every_rule_and_unit_has_a_vietnamese_name() -> None:
    """A new rule needs its name, and a unit that people can read."""
    kinds = {*RULES, "input", "available", "pins"}

    assert set(RULES_VI) == kinds
    assert kinds >= TOO_MANY | TOO_FEW
    assert not TOO_MANY & TOO_FEW
    assert {cls.unit for cls in _classes()} <= {"", *UNITS_VI}


def _classes() -> list[type]:
    from shiftplan.rules import Rule

    found, rest = [], [Rule]
    while rest:
        cls = rest.pop()
        found.append(cls)
        rest += cls.__subclasses__()
    return [cls for cls in found if cls.__module__.startswith("shiftplan.")]
