"""Small valid problems and rosters for property tests.

`problems()` draws every table and every kind of rule; whether a roster exists is not promised.
Strategies are made once where they can be: a new one is looked through before it is drawn from,
and that takes longer than the draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from shiftplan.problem import Problem
from shiftplan.week.roster import Roster
from strategies.designs import designs_of
from strategies.needs import needs_over
from strategies.people import (
    grants_of,
    history_of,
    some_inside,
    what_is_wished,
    windows_of,
    wish_of,
)
from strategies.rules import rules_of
from strategies.values import (
    AREAS,
    GROUPS,
    TAGS,
    TYPES,
    extras,
    horizons,
    is_in_sets,
    levels,
    maybe,
    phones,
    shown,
    some,
    texts,
    unique_ids,
)
from strategies.visits import forecasts, settings_of, visits_of, ways_of

_quarters = st.integers(0, 95) | st.sampled_from([8, 9, 10, 28, 52])
_hours = st.sampled_from([0.5, 4, 8, 24, 26]) | st.integers(1, 12)


@st.composite
def problems(draw: st.DrawFn, max_volunteers: int = 4, max_shifts: int = 5) -> Problem:
    """A valid problem in which any table may be empty, with up to so many people and shifts."""
    horizon = draw(horizons())
    centers = draw(unique_ids(1, 3))
    skills = draw(unique_ids(0, 3)) + draw(st.sampled_from([[], ["portal"]]))
    skills = list(dict.fromkeys(skills))
    most = {skill: draw(st.integers(1, 4)) for skill in skills}
    taught = tuple(f"{skill}:{n}" for skill, n in most.items() if is_in_sets(skill))
    services = draw(unique_ids(0, 2))
    people = draw(unique_ids(0, max_volunteers))
    shift_ids = draw(unique_ids(0, max_shifts))
    placed = draw(st.booleans())
    center, some_center = st.sampled_from(centers), maybe(st.sampled_from(tuple(centers)))
    some_skill = maybe(st.sampled_from(tuple(skills))) if skills else st.none()

    def moment(first: int = 0, last: int | None = None) -> dt.datetime:
        day = draw(st.integers(first, horizon.days - 1 if last is None else last))
        quarter = draw(_quarters)
        midnight = dt.datetime.combine(horizon.start, dt.time())
        return shown(horizon, midnight + dt.timedelta(day, minutes=15 * quarter))

    def interval() -> dict[str, dt.datetime]:
        start = moment()
        hours = draw(_hours)
        end = shown(horizon, start + dt.timedelta(hours=hours))
        return {"start": start, "end": end}

    def skill_needed(default: int | None) -> dict[str, Any]:
        skill = draw(some_skill)
        level = default if skill is None else draw(st.integers(1, most[skill]))
        return {"skill_id": skill, "min_level": level}

    shifts = [
        {
            "shift_id": shift,
            "center_id": draw(center),
            **interval(),
            "type": draw(st.sampled_from(TYPES)),
            "tags": draw(some(TAGS)),
            "alternative": draw(st.sampled_from(["", "", "", "talk"])),
            "optional": draw(st.sampled_from([False, False, True])),
            **skill_needed(1),
            "teaches": draw(some(taught)) if taught else (),
            "strain": draw(st.sampled_from([1, 1, 0, 3, 100])),
            "extra": draw(extras),
        }
        for shift in shift_ids
    ]
    volunteers = [
        {
            "volunteer_id": person,
            "name": draw(texts),
            "home_center_id": draw(center if placed else some_center),
            "group": draw(some(GROUPS)),
            "skills": grants_of(draw, horizon, most),
            "max_shifts": draw(maybe(st.integers(0, 9))),
            "min_shifts": draw(st.integers(0, 3)),
            "max_distance_km": draw(maybe(st.floats(0, 300))),
            "show_rate": draw(st.floats(0, 1)),
            "mobile": draw(st.booleans()),
            "wish_percent": draw(st.integers(0, 300)),
            "hourly_cost": draw(st.integers(0, 90)),
            "shift_cost": draw(st.integers(0, 9)),
            "phone": draw(phones),
            "contact": draw(texts),
            "extra": draw(extras),
        }
        for person in people
    ]
    wished = draw(st.lists(st.sampled_from(people), max_size=3)) if people else []
    stated = [wish_of(draw, person, horizon, shifts) for person in wished]
    wishes = list({what_is_wished(wish): wish for wish in stated}.values())
    needs = [{"shift_id": shift, **skill_needed(None)} for shift in shift_ids]
    for need in needs:
        beside = {
            name: n
            for name, n in most.items()
            if need["skill_id"] not in (None, name) and is_in_sets(name)
        }
        held = {name: draw(st.integers(0, n)) for name, n in beside.items()}
        need["with_skills"] = [f"{name}:{n}" for name, n in held.items() if n]
        need["target"] = draw(st.integers(0, 4))
        need["minimum"] = draw(st.integers(0, need["target"]))
    over = needs_over(draw, horizon, centers, shifts)
    demand = [
        {
            "center_id": draw(center),
            "service_id": service,
            **draw(forecasts),
            **interval(),
        }
        for service in services
    ]
    pairs = draw(_pairs(people, shift_ids, 3))
    places = [_center(draw, name, placed) for name in centers]
    areas = sorted({name for place in places for name in place["groups"]})
    states = st.sampled_from(["must", "must_not"])
    return Problem.model_validate(
        {
            "name": draw(texts),
            "horizon": horizon,
            "centers": places,
            "skills": [
                {"skill_id": k, "name": draw(texts), "kind": "language", "max_level": n}
                for k, n in most.items()
            ],
            "services": [
                {
                    "service_id": service,
                    "name": draw(texts),
                    **skill_needed(1),
                    "minutes_per_citizen": draw(st.floats(0.1, 90)),
                    "cv": draw(st.sampled_from([0, 0.5, 1, 1.7])),
                }
                for service in services
            ],
            "volunteers": volunteers,
            "availability": some_inside(
                [w for p in people for w in windows_of(draw, p, horizon, moment)], horizon
            ),
            "stand_by": [
                {"volunteer_id": person, **(interval() if draw(st.booleans()) else {})}
                for person in people[: draw(st.integers(0, 2))]
            ],
            "occupied": [
                {**whom, **interval(), "what": draw(texts), "is_work": draw(st.booleans())}
                | {"counted_minutes": draw(st.integers(0, 480))}
                | {"counted_shifts": draw(st.integers(0, 2))}
                for whom in [{}, *({"volunteer_id": person} for person in people)]
                if draw(st.integers(0, 7)) == 0
            ],
            "shifts": shifts,
            "demand": demand,
            "languages": [
                {"center_id": name, "skill_id": skills[0], "share": draw(st.floats(0, 1))}
                for name in (centers if skills else ())[: draw(st.integers(0, 2))]
            ],
            "travel": ways_of(draw, centers),
            **designs_of(draw, horizon, centers),
            **visits_of(draw, centers, services, demand),
            "policy": draw(settings_of(tuple(centers))),
            "requirements": needs[: draw(st.integers(0, len(needs)))] + over,
            "history": [
                history_of(draw, person, horizon, shifts)
                for person in people[: draw(st.integers(0, len(people)))]
            ],
            "pins": [{"volunteer_id": v, "shift_id": s, "state": draw(states)} for s, v in pairs],
            "preferences": wishes,
            "published": [
                {"volunteer_id": v, "shift_id": s, "told": draw(st.booleans())}
                for s, v in draw(_pairs(people, shift_ids, 4))
            ],
            "rules": rules_of(draw, horizon, placed, volunteers, shifts, most, areas),
            "rates": [
                {"level": level, "rate": draw(st.integers(0, 1000))}
                for level in draw(st.lists(levels, unique=True, max_size=2))
            ],
            "order": draw(st.sampled_from(["total", "strict"])),
        }
    )


def _center(draw: st.DrawFn, center: str, placed: bool) -> dict[str, Any]:
    known = placed or draw(st.booleans())
    return {
        "center_id": center,
        "name": draw(texts),
        "type": draw(texts),
        "lat": draw(st.floats(-90, 90)) if known else None,
        "lon": draw(st.floats(-180, 180)) if known else None,
        "population": draw(maybe(st.integers(0, 10**7))),
        "minority_area": draw(st.booleans()),
        "remote_area": draw(st.booleans()),
        "priority": draw(st.floats(0.1, 5)),
        "capacity": draw(maybe(st.integers(0, 5))),
        "groups": draw(some(AREAS)),
        "phone": draw(phones),
        "contact": draw(texts),
        "extra": draw(extras),
    }


def _pairs(
    people: Sequence[str], shifts: Sequence[str], largest: int
) -> st.SearchStrategy[list[tuple[str, str]]]:
    if not people or not shifts:
        return st.just([])
    pair = st.tuples(st.sampled_from(shifts), st.sampled_from(people))
    return st.lists(pair, max_size=largest, unique=True)


def rosters(problem: Problem) -> st.SearchStrategy[Roster]:
    """Any roster of known ids, good or bad, that names nobody twice in one shift."""
    people = [v.volunteer_id for v in problem.volunteers]
    shifts = [s.shift_id for s in problem.shifts]
    return _pairs(people, shifts, 12).map(Roster.of)
