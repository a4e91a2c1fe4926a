"""When a roster is too poor to be handed out, and what is said of it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commands import DAY, make_problem
from towns import town

from shiftplan import (
    Availability,
    Pin,
    Problem,
    Requirement,
    Roster,
    Skill,
    Volunteer,
    check,
    solve,
)
from shiftplan.present.headline import headline
from shiftplan.present.report import sentences_of
from shiftplan.present.report.facts import Facts
from shiftplan.present.result_file import read_outcome
from shiftplan.present.words import Lang, Words
from shiftplan.rules import Coverage, MaxDistance, MaxShifts, OnePlace, Travel
from shiftplan.scoring import equity
from shiftplan.solving.building import build
from shiftplan.solving.fillable import poor_of, uncovered, with_supply
from shiftplan.solving.result import Cost, Progress, Result, Status, StoppedBy
from shiftplan.solving.trouble import Poor, PoorReason
from shiftplan.testing.pictures import MONDAY, plan

WEEK = make_problem(2, 1, 2)
"""Four shifts of two seats; each of two people works three at most: 6 of 8 seats can be filled."""
SHIFTS = [s.shift_id for s in WEEK.shifts]


def judged(
    filled: int, gap: float | None, problem: Problem = WEEK, *, early: bool = True
) -> Poor | None:
    """What is said of a roster with so many seats filled, one after the other."""
    pairs = [(shift, v.volunteer_id) for shift in SHIFTS for v in problem.volunteers]
    seats = equity(problem, Roster.of(pairs[:filled]))
    return poor_of(problem, build(problem), equity=seats, gap=gap, stopped_early=early)


@pytest.mark.parametrize(
    ("filled", "gap", "reason"),
    [
        (0, None, PoorReason.SEATS),
        (2, None, PoorReason.SEATS),  # 2 of 6 that can be filled are less than half
        (3, None, None),
        (2, 1.0, PoorReason.SEATS),  # a bound of 0 says nothing
        (3, 1.0, None),
        (2, 0.5, None),  # half of the cost at most can be saved: few seats, but no better ones
        (2, 0.51, PoorReason.SEATS),
        (5, 0.69, PoorReason.GAP),
        (6, 0.69, None),  # nobody else can come
    ],
)
def test_few_seats_or_a_large_gap_make_a_roster_very_poor(
    filled: int, gap: float | None, reason: PoorReason | None
) -> None:
    """Less than half of what can be filled, or a proven gap above 50% with seats to fill."""
    found = judged(filled, gap)

    assert (None if found is None else found.reason) is reason
    if found is not None:
        assert (found.seats, found.fillable, found.filled, found.gap) == (8, 6, filled, gap)


def test_a_search_that_ended_by_itself_is_not_very_poor() -> None:
    """The best roster, or one at the gap asked for, is what was wanted, however few come."""
    assert judged(0, None, early=False) is None


def test_without_a_rule_for_seats_an_empty_roster_is_not_very_poor() -> None:
    """Nothing asks for anybody to come."""
    assert judged(0, None, WEEK.model_copy(update={"rules": (OnePlace(),)})) is None


def test_seats_that_nobody_has_the_skill_for_cannot_be_filled() -> None:
    """Of 6 seats for heads and 8 for a skill that one person holds, 3 shifts long, 9 remain."""
    people = (
        Volunteer(volunteer_id="v0", max_shifts=3, skills={"portal": 2}),
        WEEK.volunteers[1],
    )
    needs = [
        *WEEK.requirements,
        *(Requirement(shift_id=s, skill_id="portal", min_level=2, target=2) for s in SHIFTS),
    ]
    changed = {"volunteers": people, "requirements": needs}
    skills = [Skill(skill_id="portal", max_level=3)]
    problem = Problem(**{**dict(WEEK), **changed, "skills": skills})

    found = judged(0, None, problem)

    assert found is not None
    assert (found.seats, found.fillable) == (16, 9)


def test_a_requirement_over_days_is_filled_by_no_more_than_people_may_work() -> None:
    """Ten are wanted in seven shifts, and the only person works two of them at most."""
    need = Requirement(center_id="home", first_day=MONDAY, target=10)
    rules = ({"rule": "coverage"}, {"rule": "max_shifts"})
    each = {"ana": {"max_shifts": 2}}
    problem = plan("M", "ana", 7, requirements=(need,), rules=rules, each=each)

    found = judged(0, None, problem)

    assert found is not None
    assert (found.seats, found.fillable) == (10, 2)


def windows(first: int, last: int) -> tuple[Availability, ...]:
    start, end = (DAY + dt.timedelta(hours=hour) for hour in (first, last))
    people = (v.volunteer_id for v in WEEK.volunteers)
    return tuple(Availability(volunteer_id=who, start=start, end=end) for who in people)


def far() -> dict[str, Any]:
    """Both live at a center 111 km away, and go 5 km."""
    home, there = WEEK.centers[0], WEEK.centers[0].model_copy(update={"center_id": "far"})
    centers = (
        home.model_copy(update={"lat": 10.0, "lon": 105.0}),
        there.model_copy(update={"lat": 11.0, "lon": 105.0}),
    )
    people = tuple(
        v.model_copy(update={"home_center_id": "far", "max_distance_km": 5.0})
        for v in WEEK.volunteers
    )
    rules = (*WEEK.rules, MaxDistance(), Travel(level=2))
    return {"centers": centers, "volunteers": people, "rules": rules}


def asking_khmer() -> dict[str, Any]:
    """Every seat is for people who speak Khmer; nobody does."""
    needs = tuple(Requirement(shift_id=s, skill_id="khmer", min_level=1, target=1) for s in SHIFTS)
    return {"skills": (Skill(skill_id="khmer", kind="language"),), "requirements": needs}


def barring() -> tuple[Pin, ...]:
    everything = ((v.volunteer_id, s) for v in WEEK.volunteers for s in SHIFTS)
    return tuple(Pin(volunteer_id=v, shift_id=s, state="must_not") for v, s in everything)


NOBODY: dict[str, tuple[dict[str, Any], dict[str, int], str]] = {
    "no rows": ({"availability": ()}, {"no_time": 2}, "(offered no time: 2)"),
    "13:00 to 17:00 typed as 1:00 to 5:00": (
        {"availability": windows(1, 5)},
        {"no_shift_in_time": 2},
        "offered only times that contain no whole shift: 2",
    ),
    "one can come": ({"availability": windows(7, 11)[:1]}, {}, ""),
    "far": (far(), {"max_distance": 2}, "live too far from every shift in their time: 2"),
    "pins": ({"pins": barring()}, {"pins": 2}, "barred from every shift in their time by"),
    "two reasons": (
        {"pins": barring()[: len(SHIFTS)], "availability": WEEK.availability[:1]},
        {"no_time": 1, "pins": 1},
        "(offered no time: 1; barred from every shift in their time by the rule",
    ),
    "no shifts": (
        {"volunteers": tuple(v.model_copy(update={"max_shifts": 0}) for v in WEEK.volunteers)},
        {"max_shifts": 2},
        "(may work 0 shifts: 2)",
    ),
    "nobody": ({"volunteers": (), "availability": ()}, {}, "The week has no volunteers"),
    "no speaker": (
        asking_khmer(),
        {"no_seat": 2},
        "Nobody can fill any seat, so all of them stay empty.",
    ),
}
"""What keeps everybody away -> changes of the week, people by reason, and what is said."""


@pytest.mark.parametrize(("changes", "barred", "says"), NOBODY.values(), ids=[*NOBODY])
def test_a_week_in_which_nobody_can_come_says_why_and_for_how_many(
    changes: dict[str, Any], barred: dict[str, int], says: str
) -> None:
    """No roster fills a seat, and the first line and result.json say that this one is none."""
    result = solve(Problem(**{**dict(WEEK), **changes}), workers=1)

    assert result.status is Status.OPTIMAL
    if not says:
        assert result.poor is None
        return
    assert result.poor is not None
    assert result.poor.reason is PoorReason.NOBODY
    assert result.poor.barred == barred
    first = headline(result, "en")[0]
    assert says in first
    assert "The best roster" not in first
    told = json.loads(result.to_json())["poor"]
    assert told["reason"] == "NOBODY"
    assert told["barred"] == barred
    assert told["sentence"] == {lang: result.poor.message.said(lang) for lang in ("en", "vi")}


def test_several_rules_together_can_bar_a_person() -> None:
    """The morning is pinned away, the rest is too far: neither rule alone does it."""
    changes = far()
    shifts = tuple(
        s.model_copy(update={"center_id": "far"}) if s.shift_id == SHIFTS[0] else s
        for s in WEEK.shifts
    )
    pins = tuple(pin for pin in barring() if pin.shift_id == SHIFTS[0])

    result = solve(Problem(**{**dict(WEEK), **changes, "shifts": shifts, "pins": pins}), workers=1)

    assert result.poor is not None
    assert result.poor.barred == {"together": 2}


def test_centers_and_dates_at_which_nobody_can_come_are_named() -> None:
    """Windows on the first date only, and a pin that keeps everybody from one of two centers."""
    problem = make_problem(2, 2, 2)
    pins = [
        Pin(volunteer_id=v.volunteer_id, shift_id=s.shift_id, state="must_not")
        for v in problem.volunteers
        for s in problem.shifts
        if s.center_id == "c1"
    ]
    one_day = [w.model_copy(update={"end": DAY + dt.timedelta(1)}) for w in problem.availability]
    problem = Problem(**{**dict(problem), "pins": pins, "availability": one_day})

    result = solve(problem, workers=1)

    assert result.nobody_at == ("c1",)
    assert result.nobody_on == ("2026-12-08",)
    assert "Nobody can take any shift at these centers: Xã 1 (c1)." in headline(result, "en")
    assert "Nobody can take any shift on these dates: 2026-12-08." in headline(result, "en")
    assert "Không ai nhận được ca nào vào các ngày: 08/12/2026." in headline(result, "vi")


def test_where_nobody_is_wanted_nobody_is_missed() -> None:
    """A center without a requirement is not told of, and a week without any is no poor one."""
    nobody = Problem(**{**dict(WEEK), "requirements": (), "availability": ()})

    result = solve(nobody, workers=1)

    assert result.poor is None
    assert uncovered(build(WEEK.model_copy(update={"requirements": ()}))) == ((), ())


def test_an_empty_best_roster_is_not_called_the_best_one_found() -> None:
    """Nobody is worth sending 111 km for a seat of weight 1: the first line says it is empty."""
    changes = far()
    people = tuple(v.model_copy(update={"max_distance_km": None}) for v in changes["volunteers"])
    rules = (Coverage(level=1, weight=1), MaxShifts(), Travel(level=1, weight=9))
    problem = Problem(**{**dict(WEEK), **changes, "volunteers": people, "rules": rules})

    result = solve(problem, workers=1)

    assert result.status is Status.OPTIMAL
    assert result.poor is not None
    assert result.poor.reason is PoorReason.EMPTY
    assert headline(result, "en")[0].startswith("The best roster by these rules is empty")


def first_found(filled: int, bound: int | None) -> Result:
    pairs = [(shift, v.volunteer_id) for shift in SHIFTS for v in WEEK.volunteers]
    roster = Roster.of(pairs[:filled])
    score = check(WEEK, roster)
    return Result(
        Status.FEASIBLE,
        StoppedBy.TIME,
        roster,
        score,
        Cost(score.total, bound),
        {},
        equity=equity(WEEK, roster),
        history=(Progress(1.0, score.total, bound, {}),),
        poor=judged(filled, None if bound is None else Cost(score.total, bound).gap),
    )


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_first_roster_says_that_nothing_is_proven_of_it(lang: str) -> None:
    """It fills what can be filled, so it is no poor one; with a bound the proof is told instead."""
    first = {"en": "Nothing is proven about it yet", "vi": "chưa chứng minh được gì"}

    assert first[lang] in headline(first_found(6, None), lang)[0]
    assert first[lang] not in headline(first_found(6, 1), lang)[0]


@pytest.mark.parametrize(
    ("filled", "bound", "says"),
    [
        (0, None, "Empty roster: it fills 0 of the 6 seats"),
        (2, None, "Very poor roster: it fills 2 of the 6 seats"),
        (5, 1, "Very poor roster: another one may be up to"),
    ],
)
def test_the_first_line_of_a_poor_roster_says_so_with_the_remedy(
    filled: int, bound: int | None, says: str
) -> None:
    """Nobody has to find the zero in a table of seats."""
    first = headline(first_found(filled, bound), "en")[0]

    assert first.startswith(says)
    assert "--time-limit" in first


def test_a_poor_result_is_read_back_as_one(tmp_path: Path) -> None:
    """A report made of the files later says it too."""
    result = first_found(2, None)
    file = tmp_path / "result.json"
    file.write_text(result.to_json(), encoding="utf-8")
    assert result.roster is not None
    assert result.score is not None

    again = read_outcome(file, WEEK, result.roster, result.score)

    assert again.poor == result.poor
    assert headline(again, "vi")[0] == headline(result, "vi")[0]


@pytest.mark.parametrize("seed", range(8))
def test_what_can_be_filled_is_never_less_than_what_is(seed: int) -> None:
    """Of towns with skills, the best roster fills at most what is called fillable."""
    problem = town(2, 6, seed=seed)

    result = solve(problem, time_limit=None, workers=1)
    nothing = equity(problem, Roster())
    found = poor_of(problem, build(problem), equity=nothing, gap=None, stopped_early=True)

    assert result.equity is not None
    assert found is not None
    assert result.equity.overall.both.filled <= found.fillable <= found.seats


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_reports_and_notebooks_say_first_that_a_roster_is_poor(lang: Lang) -> None:
    """Before that it breaks no hard rule, and in place of its status."""
    result = first_found(2, None)
    assert result.roster is not None
    assert result.score is not None
    assert result.poor is not None
    line = result.poor.message.said(lang)

    said = sentences_of(Facts(WEEK, result.roster, lang, public=False), result.score, result)

    assert said[0].startswith(line)
    assert Words(lang)("plans.feasible") in said
    assert line in result.as_html(lang)
    assert Words(lang)("status.feasible") not in result.as_html(lang)


@pytest.mark.parametrize(
    ("order", "bound", "reason"),
    [("strict", 40, PoorReason.GAP), ("strict", 60, None), ("total", 40, None)],
)
def test_in_the_strict_order_the_first_level_tells(
    order: str, bound: int, reason: PoorReason | None
) -> None:
    """There the total has no bound; 3 of 6 seats are filled, so that the gap decides."""
    problem = Problem(**{**dict(WEEK), "order": order})
    levels = {1: Cost(100, bound), 2: Cost(10, None)}

    found = with_supply(
        problem, build(problem), replace(first_found(3, None), levels=levels, poor=None)
    )

    assert (None if found.poor is None else found.poor.reason) is reason


def test_a_repair_is_no_first_roster() -> None:
    """It tells no history, and what is proven of it is proven of what it minimised."""
    repaired = replace(first_found(6, None), history=(), stopped_by=StoppedBy.NEAR)

    assert headline(repaired, "en")[0].startswith("A roster was found.")
