"""Tiny weeks to design, drawn at random: few shifts to choose from, few people."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from shiftplan.problem import Problem

MONDAY = dt.datetime(2026, 3, 2)
MON, TUE = {"weekdays": ["mon"]}, {"weekdays": ["tue", "wed"]}
SKILLS = [{"skill_id": "a"}, {"skill_id": "b", "max_level": 2}]


def at(quarters: int) -> str:
    """A moment so many quarters of an hour after the first midnight."""
    return (MONDAY + dt.timedelta(minutes=15 * quarters)).isoformat()


def clock(quarters: int) -> str:
    """A time of day."""
    return (MONDAY + dt.timedelta(minutes=15 * quarters)).time().isoformat("minutes")


def drawn(seed: int) -> tuple[Problem, dict[str, Any]]:
    """A week, and the options with which it is designed."""
    rng = random.Random(seed)
    days = rng.choice([1, 2, 2, 3])
    options: dict[str, Any] = {}
    if rng.random() < 0.4:
        options["cyclic"] = True
    if days > 1 and rng.random() < 0.4:
        options["period"] = rng.choice([1, 2])
    if rng.random() < 0.3:
        options["offers"] = False
    names = ["c", "d"][: rng.choice([1, 2])]
    groups = rng.choice([[], ["near"]])
    centers = [
        {"center_id": name, "priority": rng.choice([1, 1, 0.5, 1.37]), "groups": groups}
        for name in names
    ]
    anchor = rng.choice([32, 36, 84, 88])
    skilled = rng.random() < 0.5
    shifts: list[dict[str, Any]] = []
    needs: list[dict[str, Any]] = []
    for name in names:
        timed = rng.random() < 0.7
        for _ in range(rng.choice([1, 2, 2, 3])):
            day = rng.randrange(days)
            start = day * 96 + anchor + rng.choice([0, 0, 1, 2, 4, 6])
            end = start + rng.choice([2, 4, 7, 8, 8, 12])
            target = rng.choice([1, 1, 2, 2, 3])
            row: dict[str, Any] = {"target": target, "minimum": rng.randint(0, target)}
            if skilled and rng.random() < 0.6:
                row |= rng.choice(
                    [
                        {"skill_id": "a"},
                        {"skill_id": "b"},
                        {"skill_id": "b", "min_level": 2},
                        {"with_skills": "a|b"},
                        {"with_skills": "!a"},
                    ]
                )
            if timed:
                needs.append(row | {"center_id": name, "start": at(start), "end": at(end)})
            if not timed or rng.random() < 0.3:
                shift = {"shift_id": f"{name}{len(shifts)}", "center_id": name}
                shifts.append(shift | {"start": at(start), "end": at(end)})
                if not timed:
                    needs.append(row | {"shift_id": shift["shift_id"]})
    types = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        first = anchor + rng.choice([0, 0, 2, 4])
        length = rng.choice([30, 30, 60, 60, 120])
        step = rng.choice([30, 60, 60])
        types.append(
            {
                "type": rng.choice(["", "", "x"]),
                "where": rng.choice(["", "", "", "c", *groups]),
                "days": rng.choice([{}, {}, {}, MON, TUE]),
                "earliest": clock(first),
                "latest": clock(first + step // 15 * rng.choice([0, 1, 1, 2])),
                "min_minutes": length,
                "max_minutes": length + step * rng.choice([0, 0, 1, 1]),
                "step": step,
                "shared": rng.random() < 0.45,
                "price": rng.choice([0, 0, 0, 7, 40]),
            }
        )
    if not any(not row["where"] for row in types):
        types[0]["where"] = ""
    breaks = []
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        early = rng.choice([0, 15, 15, 30])
        breaks.append(
            {
                "type": rng.choice(["", "", "x"]),
                "minutes": rng.choice([15, 15, 30]),
                "earliest": early,
                "latest": rng.choice([early, early + 15, early + 30, None]),
                "after": rng.choice([0, 0, 15]),
                "step": rng.choice([15, 15, 30]),
                "min_shift": rng.choice([0, 0, 60]),
                "max_shift": rng.choice([None, None, 60]),
            }
        )
    policy = []
    for name, values in {
        "short_price": [100, 200, 55],
        "short_rise": [0, 25, 7],
        "minimum_factor": [1, 4],
        "surplus_price": [0, 10, 20, 33],
        "surplus_rise": [0, 5],
        "hour_price": [0, 0, 11],
        "skill_price": [0, 1, 6],
        "time_price": [0, 5, 13, 13, 40],
        "new_time_price": [0, 0, 30],
        "change_price": [0, 10, 25],
        "most_times": [1, 2],
        "most_on_break": [0.3, 0.5, 0.6],
    }.items():
        if name == "time_price" or rng.random() < (0.3 if name.startswith("most") else 0.6):
            where = rng.choice(["", "", "", *names])
            policy.append({"setting": name, "where": where, "value": rng.choice(values)})
    people = []
    windows = []
    for number in range(rng.choice([0, 0, 2, 3, 4, 5])):
        held = [one for one in ("a", "b:2", "b") if rng.random() < 0.4]
        name = f"v{number}"
        own = {one.partition(":")[0]: int(one.partition(":")[2] or 1) for one in held}
        people.append({"volunteer_id": name, "home_center_id": "c", "skills": own})
        if rng.random() < 0.3:
            people[-1]["max_shifts"] = rng.choice([1, 2])
        for day in range(days):
            if rng.random() < 0.85:
                start = day * 96 + anchor - rng.choice([0, 4, 8]) + rng.choice([0, 4, 4])
                end = start + rng.choice([6, 12, 20, 24])
                windows.append({"volunteer_id": name, "start": at(start), "end": at(end)})
    week = {
        "horizon": {"start": "2026-03-02", "days": days},
        "centers": centers,
        "skills": SKILLS,
        "volunteers": people,
        "availability": windows,
        "shifts": shifts,
        "requirements": needs,
        "shift_types": types,
        "breaks": breaks,
        "policy": policy,
        "rules": [{"rule": "max_shifts"}] if rng.random() < 0.8 else [],
    }
    return Problem.model_validate(week), options
