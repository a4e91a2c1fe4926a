"""The instances of the Second International Nurse Rostering Competition as shiftplan problems.

Scenario, history and week files (JSON) -> `read_inrc2` -> `Problem`; `Roster` <-> nurse -> cells.

This is the static form: all weeks are known and planned at once. The files state no licence, so
they are not kept here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.forms import of_form
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule
from shiftplan.rules.counts import MaxShiftCount, MinShiftCount
from shiftplan.rules.coverage import MinimumCoverage, Shortage
from shiftplan.rules.days import (
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
)
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.rest import CompleteWeekends, ForbiddenSuccession, MaxWeekends
from shiftplan.rules.team import Qualified
from shiftplan.rules.wishes import Preferences
from shiftplan.week.history import History
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Availability, Center, Shift, Skill, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Preference

FIRST_DAY = dt.date(2024, 1, 1)
"""Date of the first day, a Monday as in all instances."""
CENTER = "ward"
"""The one center."""
SHIFT_LENGTH = dt.timedelta(hours=8)
"""Length of every shift; no rule of the competition reads it."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Json = dict[str, Any]


def load_json(folder: Path, stem: str) -> Json:
    """Read a file of a data set by its name without the suffix."""
    data: Json = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    return data


def _shift_id(day: int, type_: str, skill: str) -> str:
    return f"{day}-{type_}-{skill}"


def _midnight(day: int) -> dt.datetime:
    return dt.datetime.combine(FIRST_DAY + dt.timedelta(day), dt.time())


def _weekday(name: str) -> int:
    """Number of a weekday given by its name or the first letters of it; 0 is Monday."""
    return next(i for i, day in enumerate(DAYS) if day.startswith(name))


def _shifts(scenario: Json, days: int) -> Iterator[Shift]:
    for day in range(days):
        for kind in scenario["shiftTypes"]:
            for skill in scenario["skills"]:
                yield Shift(
                    shift_id=_shift_id(day, kind["id"], skill),
                    center_id=CENTER,
                    start=_midnight(day),
                    end=_midnight(day) + SHIFT_LENGTH,
                    type=kind["id"],
                    skill_id=skill,
                )


def _requirements(weeks: Sequence[Json]) -> Iterator[Requirement]:
    for number, week in enumerate(weeks):
        for row in week["requirements"]:
            for i, day in enumerate(DAYS):
                need = row[f"requirementOn{day}"]
                yield Requirement(
                    shift_id=_shift_id(7 * number + i, row["shiftType"], row["skill"]),
                    minimum=need["minimum"],
                    target=need["optimal"],
                )


def _preferences(weeks: Sequence[Json]) -> Iterator[Preference]:
    for number, week in enumerate(weeks):
        for wish in week["shiftOffRequests"]:
            type_ = wish["shiftType"]
            yield Preference(
                volunteer_id=wish["nurse"],
                date=FIRST_DAY + dt.timedelta(7 * number + _weekday(wish["day"])),
                shifts=() if type_ == "Any" else (type_,),
                state="against",
            )


def history_of(row: Json) -> History:
    """The border as it was: everything is known, so a 0 is a 0 and never None."""
    last = row["lastAssignedShiftType"]
    return History(
        volunteer_id=row["nurse"],
        last_shift_type="" if last == "None" else last,
        worked_in_a_row=row["numberOfConsecutiveWorkingDays"],
        off_in_a_row=row["numberOfConsecutiveDaysOff"],
        same_type_in_a_row=row["numberOfConsecutiveAssignments"],
        counted_shifts=row["numberOfAssignments"],
        counted_weekends=row["numberOfWorkingWeekends"],
    )


def _rules(scenario: Json) -> Iterator[AnyRule]:
    yield OnePlace(level="off")  # one shift a day says it with fewer rows
    yield MaxShiftCount(max_shifts=1, per="day")
    yield Qualified()
    yield MinimumCoverage()
    for row in scenario["forbiddenShiftTypeSuccessions"]:
        if row["succeedingShiftTypes"]:
            yield ForbiddenSuccession(
                first=(row["precedingShiftType"],), then=tuple(row["succeedingShiftTypes"])
            )
    yield Shortage(level=1, weight=30)
    yield Preferences(level=1, weight=10)
    for kind in scenario["shiftTypes"]:
        shifts = (kind["id"],)
        most = kind["maximumNumberOfConsecutiveAssignments"]
        least = kind["minimumNumberOfConsecutiveAssignments"]
        yield MaxConsecutiveDays(max_days=most, shifts=shifts, level=1, weight=15)
        if least > 1:
            yield MinConsecutiveDays(min_days=least, shifts=shifts, level=1, weight=15)
    for contract in scenario["contracts"]:
        yield from _contract_rules(contract)


def _contract_rules(contract: Json) -> Iterator[AnyRule]:
    group = (contract["id"],)
    least = contract["minimumNumberOfConsecutiveWorkingDays"]
    most = contract["maximumNumberOfConsecutiveWorkingDays"]
    least_off = contract["minimumNumberOfConsecutiveDaysOff"]
    most_off = contract["maximumNumberOfConsecutiveDaysOff"]
    if least > 1:
        yield MinConsecutiveDays(min_days=least, group=group, level=1, weight=30)
    yield MaxConsecutiveDays(max_days=most, group=group, level=1, weight=30)
    if least_off > 1:
        yield MinConsecutiveDaysOff(min_days=least_off, group=group, level=1, weight=30)
    yield MaxConsecutiveDaysOff(max_days=most_off, group=group, level=1, weight=30)
    if contract["completeWeekends"]:
        yield CompleteWeekends(group=group, level=1, weight=30)
    fewest, most_shifts = (contract[f"{m}imumNumberOfAssignments"] for m in ("min", "max"))
    yield MinShiftCount(min_shifts=fewest, group=group, level=1, weight=20)
    yield MaxShiftCount(max_shifts=most_shifts, group=group, level=1, weight=20)
    weekends = contract["maximumNumberOfWorkingWeekends"]
    yield MaxWeekends(max_weekends=weekends, group=group, level=1, weight=30)


def read_inrc2(dataset_dir: str | Path, instance: str) -> Problem:
    """Read an instance: a scenario, a history and a week file for each of its weeks.

    The four hard rules are hard; the soft ones cost, all at level 1, so that the total is the
    objective of the competition. A shift is a day, a shift type and the skill it is worked in.

    Parameters
    ----------
    dataset_dir
        Folder with the JSON files of the dataset.
    instance
        Dataset, number of the history and numbers of the weeks: `n030w4_1_6-2-9-1`.

    Returns
    -------
    Problem
        All weeks, one center.

    Raises
    ------
    ValueError
        The instance does not name as many weeks as the scenario has, or a file is not of the form.
    InputError
        The files say what no problem can say, such as a nurse twice.
    OSError
        A file is missing.

    """
    folder = Path(dataset_dir)
    dataset, history, numbers = instance.split("_")
    with of_form(instance):
        scenario = load_json(folder, f"Sc-{dataset}")
        weeks = [load_json(folder, f"WD-{dataset}-{number}") for number in numbers.split("-")]
        if len(weeks) != scenario["numberOfWeeks"]:
            raise ValueError(f"{instance}: {len(weeks)} weeks, not {scenario['numberOfWeeks']}")
        before = load_json(folder, f"H0-{dataset}-{history}")["nurseHistory"]
        return problem_of(instance, scenario, tuple(history_of(row) for row in before), weeks)


def problem_of(
    name: str, scenario: Json, history: Sequence[History], weeks: Sequence[Json]
) -> Problem:
    """Make the problem of some weeks in a row after a history, with the scenario's rules."""
    days = 7 * len(weeks)
    nurses = scenario["nurses"]
    return Problem(
        name=name,
        horizon=Horizon(start=FIRST_DAY, days=days, zone="UTC"),
        centers=(Center(center_id=CENTER),),
        skills=tuple(Skill(skill_id=skill) for skill in scenario["skills"]),
        volunteers=tuple(
            Volunteer(
                volunteer_id=nurse["id"],
                group=(nurse["contract"],),
                skills=dict.fromkeys(nurse["skills"], 1),
            )
            for nurse in nurses
        ),
        availability=tuple(
            Availability(volunteer_id=nurse["id"], start=_midnight(0), end=_midnight(days))
            for nurse in nurses
        ),
        shifts=tuple(_shifts(scenario, days)),
        requirements=tuple(_requirements(weeks)),
        history=tuple(history),
        preferences=tuple(_preferences(weeks)),
        rules=tuple(_rules(scenario)),
    )


def roster_to_inrc2(problem: Problem, roster: Roster) -> dict[str, list[str]]:
    """Write a roster as nurse -> one cell a day: empty for off, or `Shift:Skill`.

    Raises
    ------
    ValueError
        Somebody works two shifts on a day, which a cell cannot say.
    KeyError
        The roster names a shift or a person that the problem does not have.

    """
    shifts = {s.shift_id: s for s in problem.shifts}
    table = {v.volunteer_id: [""] * problem.horizon.days for v in problem.volunteers}
    for assignment in roster.assignments:
        shift, row = shifts[assignment.shift_id], table[assignment.volunteer_id]
        day = problem.horizon.day(shift.start)
        if row[day]:
            raise ValueError(f"{assignment.volunteer_id} works two shifts on day {day}")
        row[day] = f"{shift.type}:{shift.skill_id}"
    return table


def roster_from_inrc2(
    problem: Problem, data: Mapping[str, Sequence[str | Sequence[str] | None]]
) -> Roster:
    """Read nurse -> one cell a day as a roster; unknown names stay, so that `check` sees them.

    A cell is empty or None for off, `Shift:Skill`, or the two names in a list.

    Raises
    ------
    ValueError
        A row does not have one cell for each day of the horizon.

    """
    pairs: list[tuple[str, str]] = []
    for who, row in data.items():
        if len(row) != problem.horizon.days:
            raise ValueError(f"{who} has {len(row)} days, not {problem.horizon.days}")
        for day, cell in enumerate(row):
            if cell:
                type_, skill = cell.split(":") if isinstance(cell, str) else cell
                pairs.append((_shift_id(day, type_, skill), who))
    return Roster.of(pairs)
