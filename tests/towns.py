"""Made-up towns of any size, drawn from a seed: for tests of solving, not of data."""

from __future__ import annotations

import datetime as dt
import random

from shiftplan import Problem

MONDAY = dt.date(2026, 12, 7)
RULES = (
    {"rule": "coverage", "level": 1, "weight": 100},
    {"rule": "fairness", "level": 2, "weight": 50},
    {"rule": "wish", "level": 2, "weight": 10},
    {"rule": "travel", "level": 2, "weight": 1},
    {"rule": "continuity", "level": 2, "weight": 10},
    {"rule": "full_day", "level": 2, "weight": 5},
    {"rule": "min_shifts", "level": 2, "weight": 40},
    {"rule": "max_shifts"},
    {"rule": "max_distance"},
    {"rule": "capacity"},
    {"rule": "one_place"},
    {"rule": "one_center_per_day"},
    {"rule": "max_centers", "value": 2},
    {"rule": "max_consecutive_days", "value": 4},
    {"rule": "mentor", "value": 2},
)


def town(num_centers: int, num_volunteers: int, seed: int = 0, **changes: object) -> Problem:
    """A week of mornings and afternoons at centers a few km apart."""
    rng = random.Random(seed)
    sessions = [(day, hour) for day in range(6) for hour in (7, 13)]
    centers = [
        {
            "center_id": f"C{c}",
            "lat": 10.0 + rng.random() / 5,
            "lon": 105.0 + rng.random() / 5,
            "minority_area": rng.random() < 0.3,
            "priority": rng.choice([1.0, 1.25, 1.5]),
            "capacity": 6,
        }
        for c in range(num_centers)
    ]
    shifts, needs = [], []
    for c in range(num_centers):
        for day, hour in sessions:
            start = dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(hour))
            shift = f"C{c}-{day}-{hour}"
            shifts.append(
                {
                    "shift_id": shift,
                    "center_id": f"C{c}",
                    "start": start,
                    "end": start + dt.timedelta(hours=4),
                }
            )
            needs.append({"shift_id": shift, "minimum": 1, "target": rng.randint(2, 4)})
            needs.append(
                {"shift_id": shift, "skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1}
            )
    people, windows, history = [], [], []
    for v in range(num_volunteers):
        who = f"V{v:03d}"
        people.append(
            {
                "volunteer_id": who,
                "home_center_id": f"C{rng.randrange(num_centers)}",
                "skills": {"portal": rng.choice([0, 0, 1, 2, 3])},
                "max_shifts": rng.randint(2, 5),
                "min_shifts": 1,
                "max_distance_km": rng.choice([0, 8, 15]),
            }
        )
        history.append(
            {"volunteer_id": who, "shifts_offered": 6, "shifts_worked": rng.randint(0, 5)}
        )
        for day, hour in sessions:
            if rng.random() < 0.4:
                start = dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(hour))
                windows.append(
                    {
                        "volunteer_id": who,
                        "start": start,
                        "end": start + dt.timedelta(hours=4),
                        "state": rng.choice(["available", "preferred", "undesired"]),
                    }
                )
    parts: dict[str, object] = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": centers,
        "skills": [{"skill_id": "portal", "max_level": 3}],
        "volunteers": people,
        "availability": windows,
        "shifts": shifts,
        "requirements": needs,
        "history": history,
        "rules": RULES,
    }
    return Problem.model_validate(parts | changes)
