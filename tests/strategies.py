"""Small valid problems and rosters for property tests.

`problems()` draws every table and every kind of rule; whether a roster exists is not promised.
Strategies are made once where they can be: a new one is looked through before it is drawn from,
and that takes longer than the draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from shiftplan.files.sheet import is_total
from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.week.fields import WEEKDAYS, Frozen, visible
from shiftplan.week.horizon import Horizon
from shiftplan.week.roster import Roster

ZONES = ("Asia/Ho_Chi_Minh", "Europe/Warsaw", "America/Havana", "Australia/Lord_Howe")
STARTS = (dt.date(2026, 3, 2), dt.date(2026, 3, 25), dt.date(2026, 10, 20), dt.date(2026, 12, 7))
GROUPS = ("students", "đoàn viên", "a,b")
AREAS = ("biên giới", "island")
TYPES = ("", "early", "night", "ca tối; 2")
TAGS = ("feast", "x y")
WEEKENDS = (("sat", "sun"), ("sun",), ("fri", "sat"), ("sat", "sun", "mon"))
STATES = ("available", "preferred", "undesired")
PHONES = ("", "0912345678", "+84 912 345 678", "912345678", "(0296) 3852 123", "9.12E+08", "-1")
TITLES = (
    *("Ghi chú", "STT", "Ngày sinh", "=1+2", "+84", "-", "'@x", "<b>x</b>", "a, b", 'c "d', "e; f"),
    *("Email", "Phone 2", "max_shift", "mobil", "arrivals", "extra", "_x0041_", "00431"),
    "(example)",
)
"""Titles of columns of people's own, also such as are near to known ones; none is an id, because a
column that is named like a skill is one of levels."""
ODD_IDS = ("00430", "4.3E+04", "=1+1", "a,b", 'c"d', "e;f", "Rạch Giá", "x y", "-1", "0x1F", "#")


def as_id(text: str) -> str:
    """What of a text an id may hold; nothing where that is not the whole of it."""
    try:
        return visible(text.strip())
    except ValueError:
        return ""


_letters = st.characters(exclude_categories=("Cs", "Cc"))
texts = st.text(_letters | st.sampled_from('\n\r\t,;"|='), max_size=12).map(str.strip)
"""Anything people may write, without blanks around it."""


@st.composite
def _extra(draw: st.DrawFn) -> dict[str, str]:
    """What a row holds in columns of people's own."""
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=2, unique=True))
    return {title: draw(texts) for title in titles}


phones = st.sampled_from(PHONES) | texts
extras = st.just({}) | _extra()


def _is_id(text: str) -> bool:
    """Words such as `total` name no person, center or shift."""
    return bool(text) and not is_total(text)


ids = st.sampled_from(ODD_IDS) | st.text(_letters, min_size=1, max_size=8).map(as_id).filter(_is_id)
levels = st.integers(1, 3)
shares = st.floats(0, 60) | st.integers(0, 20).map(float)


_forecasts = st.floats(0, 500).flatmap(
    lambda mean: st.sampled_from(
        [
            {"arrivals": mean},
            {"arrivals": mean, "arrivals_cv": 0.3},
            {"arrivals": mean, "arrivals_low": mean / 2, "arrivals_high": mean * 2},
        ]
    )
)
"""A mean with or without a spread."""
_VALUES = {"within_minutes": 7.5, "target_level": 0.9, "presence": 1, "patience_minutes": 20}


@cache
def _settings(centers: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    places = st.sampled_from(["", "minority", "remote", centers[0]])
    pairs = st.lists(st.tuples(st.sampled_from(sorted(_VALUES)), places), max_size=2, unique=True)
    return pairs.map(
        lambda drawn: [{"setting": n, "where": w, "value": _VALUES[n]} for n, w in drawn]
    )


@cache
def _unique_ids(smallest: int, largest: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, min_size=smallest, max_size=largest, unique=True)


@cache
def _some(names: tuple[str, ...], smallest: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=smallest, unique=True).map(tuple)


@cache
def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _shown(horizon: Horizon, moment: dt.datetime) -> dt.datetime:
    """The moment, or the first one after it that the clocks show."""
    while not horizon.exists(moment):
        moment += dt.timedelta(minutes=1)
    return moment


_quarters = st.integers(0, 95) | st.sampled_from([8, 9, 10, 28, 52])
_hours = st.sampled_from([0.5, 4, 8, 24, 26]) | st.integers(1, 12)
_levels_of_rules = {
    kind: str(rule.model_fields["level"].annotation) for kind, rule in RULES.items()
}


@st.composite
def horizons(draw: st.DrawFn) -> Horizon:
    """One day to three weeks, with or without a change of clocks."""
    start = draw(st.sampled_from(STARTS)) + dt.timedelta(draw(st.integers(0, 6)))
    return Horizon(start=start, days=draw(st.integers(1, 21)), zone=draw(st.sampled_from(ZONES)))


@st.composite
def rules(
    draw: st.DrawFn, kinds: Sequence[str], parameters: dict[str, st.SearchStrategy[Any]]
) -> Frozen:
    """One rule of one of the kinds, with parameters drawn by their names."""
    model = RULES[draw(st.sampled_from(kinds))]
    values = {}
    for name, field in model.columns().items():
        info = model.model_fields[field]
        if name == "rule" or (not info.is_required() and draw(st.booleans())):
            continue
        own = f"{model.model_fields['rule'].default}.{name}"
        values[name] = draw(parameters.get(own, parameters[name]))
    if model.model_fields["level"].default == "hard" and "level" not in values:
        return model(**values)
    may = _levels_of_rules[model.model_fields["rule"].default]
    if "hard" not in may and values.get("level") == "hard":
        values["level"] = 2
    if "int" not in may and values.get("level") != "off":
        values["level"] = "hard"
    return model(**values)


@st.composite
def problems(draw: st.DrawFn, max_volunteers: int = 4, max_shifts: int = 5) -> Problem:
    """A valid problem in which any table may be empty, with up to so many people and shifts."""
    horizon = draw(horizons())
    centers = draw(_unique_ids(1, 3))
    skills = draw(_unique_ids(0, 3)) + draw(st.sampled_from([[], ["portal"]]))
    skills = list(dict.fromkeys(skills))
    most = {skill: draw(st.integers(1, 4)) for skill in skills}
    services = draw(_unique_ids(0, 2))
    people = draw(_unique_ids(0, max_volunteers))
    shift_ids = draw(_unique_ids(0, max_shifts))
    placed = draw(st.booleans())
    center, some_center = st.sampled_from(centers), _maybe(st.sampled_from(tuple(centers)))
    some_skill = _maybe(st.sampled_from(tuple(skills))) if skills else st.none()

    def moment(first: int = 0, last: int | None = None) -> dt.datetime:
        day = draw(st.integers(first, horizon.days - 1 if last is None else last))
        quarter = draw(_quarters)
        midnight = dt.datetime.combine(horizon.start, dt.time())
        return _shown(horizon, midnight + dt.timedelta(day, minutes=15 * quarter))

    def interval() -> dict[str, dt.datetime]:
        start = moment()
        hours = draw(_hours)
        end = _shown(horizon, start + dt.timedelta(hours=hours))
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
            "tags": draw(_some(TAGS)),
            **skill_needed(1),
            "extra": draw(extras),
        }
        for shift in shift_ids
    ]
    volunteers = [
        {
            "volunteer_id": person,
            "name": draw(texts),
            "home_center_id": draw(center if placed else some_center),
            "group": draw(_some(GROUPS)),
            "skills": _grants(draw, horizon, most),
            "max_shifts": draw(_maybe(st.integers(0, 9))),
            "min_shifts": draw(st.integers(0, 3)),
            "max_distance_km": draw(_maybe(st.floats(0, 300))),
            "show_rate": draw(st.floats(0, 1)),
            "mobile": draw(st.booleans()),
            "phone": draw(phones),
            "contact": draw(texts),
            "extra": draw(extras),
        }
        for person in people
    ]
    wished = draw(st.lists(st.sampled_from(people), max_size=3)) if people else []
    stated = [_wish(draw, person, horizon, shifts) for person in wished]
    wishes = list({_what_is_wished(wish): wish for wish in stated}.values())
    needs = [{"shift_id": shift, **skill_needed(None)} for shift in shift_ids]
    for need in needs:
        beside = {
            name: n
            for name, n in most.items()
            if need["skill_id"] not in (None, name) and "|" not in name
        }
        held = {name: draw(st.integers(0, n)) for name, n in beside.items()}
        need["with_skills"] = [f"{name}:{n}" for name, n in held.items() if n]
        need["target"] = draw(st.integers(0, 4))
        need["minimum"] = draw(st.integers(0, need["target"]))
    demand = [
        {
            "center_id": draw(center),
            "service_id": service,
            **draw(_forecasts),
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
            "availability": _some_inside(
                [w for p in people for w in _windows(draw, p, horizon, moment)], horizon
            ),
            "stand_by": [
                {"volunteer_id": person, **(interval() if draw(st.booleans()) else {})}
                for person in people[: draw(st.integers(0, 2))]
            ],
            "shifts": shifts,
            "demand": demand,
            "languages": [
                {"center_id": name, "skill_id": skills[0], "share": draw(st.floats(0, 1))}
                for name in (centers if skills else ())[: draw(st.integers(0, 2))]
            ],
            **_visits(draw, centers, services, demand),
            "policy": draw(_settings(tuple(centers))),
            "requirements": needs[: draw(st.integers(0, len(needs)))],
            "history": [
                _history(draw, person, horizon, shifts)
                for person in people[: draw(st.integers(0, len(people)))]
            ],
            "pins": [{"volunteer_id": v, "shift_id": s, "state": draw(states)} for s, v in pairs],
            "preferences": wishes,
            "published": [
                {"volunteer_id": v, "shift_id": s, "told": draw(st.booleans())}
                for s, v in draw(_pairs(people, shift_ids, 4))
            ],
            "rules": _rules(draw, horizon, placed, volunteers, shifts, most, areas),
            "rates": [
                {"level": level, "rate": draw(st.integers(0, 1000))}
                for level in draw(st.lists(levels, unique=True, max_size=2))
            ],
            "order": draw(st.sampled_from(["total", "strict"])),
        }
    )


def _visits(
    draw: st.DrawFn, centers: list[str], services: list[str], demand: list[dict[str, Any]]
) -> dict[str, Any]:
    """Journeys, if some rows of demand count visits, kinds of citizens, and officials."""
    services = [name for name in services if "|" not in name]  # it parts them in a cell
    journeys = []
    if services and draw(st.booleans()):
        steps = st.lists(st.sampled_from(services), min_size=1, max_size=3)
        for where in ("", *centers[:1]):
            several = draw(st.lists(steps, min_size=1, max_size=3, unique_by=tuple))
            journeys += [
                {"where": where, "services": one, "share": draw(st.floats(0.01, 9))}
                for one in several
            ]
        told = set()
        for row in demand:
            key = row["center_id"], row["start"], row["end"]
            if draw(st.booleans()) and key not in told:
                told.add(key)
                row["service_id"] = None
    return {
        "journeys": journeys,
        "citizen_kinds": [
            {"kind": kind, "share": draw(st.floats(0, 0.5)), "factor": factor}
            for kind, factor in (("60_plus", 1.4), ("translator", 2))
            if draw(st.booleans())
        ],
        "officials": [
            {
                "where": draw(st.sampled_from(["", *centers])),
                "days": {"weekdays": draw(st.sets(st.sampled_from(WEEKDAYS)))},
                "start": start,
                "end": end,
                "people": draw(st.integers(0, 3)),
                "services": draw(st.sets(st.sampled_from(services))) if services else (),
            }
            for start, end in (("07:00", "11:00"), ("22:00", "02:30"))
            if draw(st.booleans())
        ],
    }


def _center(draw: st.DrawFn, center: str, placed: bool) -> dict[str, Any]:
    known = placed or draw(st.booleans())
    return {
        "center_id": center,
        "name": draw(texts),
        "type": draw(texts),
        "lat": draw(st.floats(-90, 90)) if known else None,
        "lon": draw(st.floats(-180, 180)) if known else None,
        "population": draw(_maybe(st.integers(0, 10**7))),
        "minority_area": draw(st.booleans()),
        "remote_area": draw(st.booleans()),
        "priority": draw(st.floats(0.1, 5)),
        "capacity": draw(_maybe(st.integers(0, 5))),
        "groups": draw(_some(AREAS)),
        "phone": draw(phones),
        "contact": draw(texts),
        "extra": draw(extras),
    }


def _grants(draw: st.DrawFn, horizon: Horizon, most: dict[str, int]) -> list[dict[str, Any]]:
    grants: list[dict[str, Any]] = []
    for skill, level in most.items():
        if draw(st.booleans()):
            grants.append({"skill_id": skill, "level": draw(st.integers(1, level))})
        if draw(st.booleans()):
            first = horizon.start + dt.timedelta(draw(st.integers(-3, 3)))
            last = first + dt.timedelta(draw(st.integers(0, 9)))
            ends = draw(st.sampled_from([(first, last), (first, None), (None, last)]))
            grants.append(
                {
                    "skill_id": skill,
                    "level": draw(st.integers(1, level)),
                    "valid_from": ends[0],
                    "valid_to": ends[1],
                }
            )
    return grants


def _windows(
    draw: st.DrawFn, person: str, horizon: Horizon, moment: Callable[..., dt.datetime]
) -> list[dict[str, Any]]:
    """Half of the people can come all the time, the others in up to three windows."""
    if draw(st.booleans()):
        midnight = dt.datetime.combine(horizon.start, dt.time())
        ends = [midnight, midnight + dt.timedelta(horizon.days + 2)]
        edges = [_shown(horizon, m) for m in ends]
    else:
        count = draw(st.integers(0, 3))
        edges = sorted({moment(-1, horizon.days) for _ in range(2 * count)})
    return [
        {
            "volunteer_id": person,
            "start": start,
            "end": end,
            "state": draw(st.sampled_from(STATES)),
        }
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]


def _some_inside(windows: list[dict[str, Any]], horizon: Horizon) -> list[dict[str, Any]]:
    """Windows of which some reach into the horizon, or none at all: all outside are a fault."""
    first, last = (dt.datetime.combine(day, dt.time()) for day in (horizon.start, horizon.end))
    return windows if any(w["start"] < last and w["end"] > first for w in windows) else []


def _history(
    draw: st.DrawFn, person: str, horizon: Horizon, shifts: list[dict[str, Any]]
) -> dict[str, Any]:
    history = {name: draw(shares) for name in ("weeks", "shifts_offered", "shifts_worked")}
    sums = ("undesired_worked", "hours_offered", "hours_worked")
    history |= {"volunteer_id": person, **{name: draw(shares) for name in sums}}
    counters = ("counted_shifts", "counted_minutes", "counted_weekends", "mentored_worked")
    history |= {name: draw(st.integers(0, 9)) for name in counters}
    if draw(st.booleans()):
        history["off_in_a_row"] = draw(st.integers(0, 5))
        history["worked_in_a_row"] = 0 if history["off_in_a_row"] else None
        return history
    yesterday = horizon.start - dt.timedelta(1)
    worked = draw(st.integers(1, 6))
    types = sorted({s["type"] for s in shifts if s["type"]})
    return history | {
        "last_worked": yesterday,
        "last_shift_end": _shown(
            horizon, dt.datetime.combine(yesterday, dt.time(draw(st.integers(0, 23)), 30))
        ),
        "last_shift_type": draw(st.sampled_from(("", *types))),
        "worked_in_a_row": worked,
        "same_type_in_a_row": draw(_maybe(st.integers(0, worked))),
    }


def _wish(
    draw: st.DrawFn, person: str, horizon: Horizon, shifts: list[dict[str, Any]]
) -> dict[str, Any]:
    state = draw(st.sampled_from(["for", "against"]))
    wish = {"volunteer_id": person, "state": state, "weight": draw(st.integers(1, 50))}
    if shifts and draw(st.booleans()):
        return wish | {"shift_id": draw(st.sampled_from(shifts))["shift_id"]}
    day = horizon.start + dt.timedelta(draw(st.integers(0, horizon.days - 1)))
    return wish | {"date": day, "shifts": draw(_some(_sets(shifts))) if _sets(shifts) else ()}


def _what_is_wished(wish: dict[str, Any]) -> tuple[Any, ...]:
    """Nobody wishes for or against the same twice."""
    names = frozenset(wish.get("shifts", ()))
    return wish["volunteer_id"], wish.get("shift_id"), wish.get("date"), names


def _sets(shifts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Shift types and tags in use."""
    names = {s["type"] for s in shifts if s["type"]}
    return tuple(sorted(names.union(*(s["tags"] for s in shifts))))


_PARAMETERS: dict[str, st.SearchStrategy[Any]] = {
    "level": st.just("hard") | levels,
    "one_place.level": st.sampled_from(["hard", "off"]),
    "capacity.level": st.sampled_from(["hard", "off"]) | levels,
    "weight": st.integers(0, 100),
    "note": texts,
    "told_weight": st.integers(0, 100),
    "value": st.integers(1, 9),
    "per": st.sampled_from(["horizon", "week", "month", "day"]),
    "rolling_days": _maybe(st.integers(1, 10)),
    "weekend": st.sampled_from(WEEKENDS),
    "seats": st.sampled_from(["all", "people", "skilled"]),
    "leximin.value": st.integers(2, 12),
    "max_min.value": st.integers(5, 100),
    "worst_center_first.value": st.integers(2, 12),
    "area_floor.value": _maybe(st.integers(0, 100) | st.sampled_from([0.9, 0.335])),
}
"""Those that are the same for every problem."""


def _rules(
    draw: st.DrawFn,
    horizon: Horizon,
    placed: bool,
    volunteers: list[dict[str, Any]],
    shifts: list[dict[str, Any]],
    most: dict[str, int],
    areas: Sequence[str],
) -> list[Frozen]:
    groups = tuple(sorted({name for v in volunteers for name in v["group"]}))
    sets = _sets(shifts)
    none: st.SearchStrategy[tuple[str, ...]] = st.just(())
    lowest = min(most.values(), default=1)
    parameters = _PARAMETERS | {
        "first_day": _maybe(st.integers(0, 3).map(lambda n: horizon.start - dt.timedelta(n))),
        "last_day": _maybe(st.integers(0, 5).map(lambda n: horizon.start + dt.timedelta(n))),
        "group": _some(groups, 1) if groups else none,
        "shifts": _some(sets, 1) if sets else none,
        "first": _some(sets, 1) if sets else none,
        "then": _some(sets, 1) if sets else none,
        "skill": st.sampled_from(sorted(most) or [""]),
        "novice_level": st.integers(0, lowest),
        "mentor_level": st.integers(1, lowest),
        "min_level": st.integers(1, lowest),
        "area_floor.group": _some(("minority", "remote", "other", *areas), 1),
    }
    useless = set() if placed else {"max_distance", "travel", "balance_far"}
    useless |= set() if most else {"never_alone"}
    useless |= set() if "portal" in most and lowest >= 3 else {"mentor", "mentored"}
    useless |= set() if groups else {"together", "apart"}
    useless |= set() if sets else {"forbidden_succession", "balance_shifts"}
    kinds = [kind for kind in RULES if kind not in useless]
    drawn = draw(st.lists(rules(kinds, parameters), max_size=6))
    different = {
        str({k: v for k, v in rule if k not in {"level", "weight", "note"}}): rule for rule in drawn
    }
    return list(different.values())


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


def of_requests(problem: Problem) -> Problem:
    """A week whose forecast counts requests only, each by itself and of one kind of citizens."""
    requests = tuple(row for row in problem.demand if row.service_id is not None)
    nobody: dict[str, Any] = {"journeys": (), "citizen_kinds": (), "officials": ()}
    return Problem.model_validate({**dict(problem), **nobody, "demand": requests})
