"""Tiny problems drawn at random for the agreement of check and model."""

from __future__ import annotations

import datetime as dt

from drawn_rules import OPTIONS, date_of, rules
from grounds.ground import SKILLS
from hypothesis import strategies as st

from shiftplan.errors import InputError
from shiftplan.testing.pictures import KINDS, MONDAY, plan, shift, window

WHO = ("ana", "bob", "cho")
SEATS = [(0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (0, 3), (1, 3), (2, 3)]
"""Minimum and target of a generated requirement."""


@st.composite
def histories(draw, who):
    """What one person did before the horizon, in itself consistent."""
    worked = draw(st.none() | st.integers(0, 4))
    off = draw(st.none() | st.integers(0, 4)) if not worked else 0
    kind = draw(st.sampled_from(["", "night", "morning"])) if not off and worked != 0 else ""
    return {
        "volunteer_id": who,
        "worked_in_a_row": worked,
        "off_in_a_row": off,
        "last_shift_type": kind,
        "same_type_in_a_row": draw(st.none() | st.integers(1, worked or 3)) if kind else None,
        "last_shift_end": draw(st.none() | st.integers(-8, 9).map(lambda h: _hour(0, h))),
        "shifts_offered": draw(st.sampled_from([0, 2, 7.5])),
        "shifts_worked": draw(st.sampled_from([0, 1, 3.5])),
        "undesired_worked": draw(st.sampled_from([0, 1, 2.5])),
        "strain_worked": draw(st.sampled_from([0, 1, 7])),
        "far_worked": draw(st.sampled_from([0, 1, 2.5])),
        "last_center": draw(st.sampled_from([None, "home", "far", "hill"])),
        "named_offered": draw(st.sampled_from(["", "night:2", "morning:3|night:1.5"])),
        "named_worked": draw(st.sampled_from(["", "night:1", "day:3|morning:2"])),
        "wishes": draw(st.sampled_from([0, 3])),
        "wishes_refused": draw(st.sampled_from([0, 1, 2.5])),
        "hours_offered": draw(st.sampled_from([0, 8, 30.5])),
        "hours_worked": draw(st.sampled_from([0, 4, 10.5])),
        "counted_shifts": draw(st.integers(0, 2)),
        "counted_minutes": draw(st.sampled_from([0, 240, 301])),
        "counted_weekends": draw(st.integers(0, 2)),
        "weekends_in_a_row": draw(st.none() | st.integers(0, 2)),
        "mentored_worked": draw(st.integers(0, 2)),
        "last_week": draw(st.sampled_from(["", "mon 07:00 home", "mon 22:00 far|tue 07:00 home"])),
    }


def _hour(day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY, dt.time()) + dt.timedelta(day, hours=hour)


def _over(draw, chosen, days):
    """Requirements of the center of each shift drawn: about a time of it, or about dates."""
    found = {}
    for day, sign in draw(st.lists(st.sampled_from(chosen), max_size=3)):
        center = KINDS[sign].center
        own = [shift(s, d) for d, s in chosen if KINDS[s].center == center]
        times = sorted({moment for s in own for moment in (s.start, s.end)})
        start = shift(sign, day).start
        need = {"center_id": center, "shifts": draw(st.sampled_from(["", KINDS[sign].type]))}
        if draw(st.booleans()):
            need |= {"start": start, "end": next(t for t in times if t > start)}
        else:
            first, last = sorted(draw(st.integers(0, days - 1)) for _ in range(2))
            need |= {"first_day": date_of(first), "last_day": date_of(last)}
        need |= dict(zip(("minimum", "target"), draw(st.sampled_from(SEATS)), strict=True))
        found[center, start if "start" in need else None] = need
    return list(found.values())


@st.composite
def ways(draw):
    """How long a way takes, and when somebody can leave."""
    place = st.sampled_from(["", "home", "far", "hill"])
    times = draw(
        st.sampled_from([{}, {"first_departure": "11:30"}, {"last_departure": "12:00"}])
        | st.sampled_from([{"first_departure": "12:00", "last_departure": "12:00"}])
    )
    days = draw(st.sampled_from([{}, {"weekdays": ("tue", "wed")}, {"dates": (MONDAY,)}]))
    minutes = draw(st.sampled_from([0, 60, 120, 121, 900]))
    ends = {"origin": draw(place), "destination": draw(place)}
    return {**ends, "minutes": minutes, "days": days, **times}


@st.composite
def problems(draw, pairs=8):
    """A problem with at most `pairs` pairs and one to six rules, whatever the rules are."""
    people = WHO[: draw(st.integers(1, 3))]
    days = draw(st.integers(1, 8))
    most = max(1, pairs // len(people))
    place = st.tuples(st.integers(0, days - 1), st.sampled_from(sorted(KINDS)))
    chosen = sorted(draw(st.sets(place, min_size=1, max_size=most)))
    signs: dict[int, str] = {}
    for day, sign in chosen:
        signs[day] = signs.get(day, "") + sign
    each, windows = {}, []
    for who in people:
        each[who] = {
            "group": draw(st.sampled_from(["", "youth", "army", "army|youth"])),
            "max_shifts": draw(st.none() | st.integers(0, 4)),
            "min_shifts": draw(st.integers(0, 3)),
            "max_distance_km": draw(st.sampled_from([None, 0, 20, 50])),
            "home_center_id": draw(st.sampled_from(["home", "far"])),
            "skills": {"portal": draw(st.integers(0, 3)), "khmer": draw(st.integers(0, 1))},
            "show_rate": draw(st.sampled_from([0, 0.3, 0.68, 0.9, 0.97, 1]) | st.floats(0, 1)),
        }
        if draw(st.booleans()):
            home = draw(st.sampled_from([each[who]["home_center_id"], None]))
            each[who] |= {"mobile": True, "home_center_id": home}
        cut = draw(st.integers(-2, days + 1))
        states = st.sampled_from(["available", "preferred", "undesired"])
        windows.append(window(who, draw(states), -2, cut))
        if draw(st.booleans()):
            windows.append(window(who, draw(states), cut, days + 2))
    windows = [w for w in windows if w.start < w.end]
    ids = [f"{sign}{day}" for day, sign in chosen]
    needs = [
        {"shift_id": shift_id}
        | dict(zip(("minimum", "target"), draw(st.sampled_from(SEATS)), strict=True))
        | (
            {"skill_id": "portal", "min_level": draw(st.integers(1, 3))}
            | {"with_skills": draw(st.sampled_from(["", "khmer", "!khmer", "!portal:4"]))}
            if draw(st.booleans())
            else {}
        )
        for shift_id in ids
        if draw(st.booleans())
    ] + _over(draw, chosen, days)
    cells = st.lists(st.sampled_from(["khmer", "!portal:3", "khmer/portal:2"]), unique=True)
    needs += [
        {"shift_id": shift_id, "exclusive": True, "with_skills": cell}
        | dict(zip(("minimum", "target"), draw(st.sampled_from(SEATS)), strict=True))
        for shift_id in ids
        for cell in draw(cells)
    ]
    wish = {"volunteer_id": people[0], "weight": draw(st.integers(1, 3))}
    wish["state"] = draw(st.sampled_from(["for", "against"]))
    wish |= draw(st.sampled_from([{"shift_id": ids[0]}, {"date": MONDAY}]))
    kinds = draw(st.lists(st.sampled_from(sorted(OPTIONS)), min_size=1, max_size=6, unique=True))
    pins = [
        {
            "volunteer_id": people[-1],
            "shift_id": ids[-1],
            "state": draw(st.sampled_from(["must", "must_not"])),
        }
    ]
    services = [
        {"service_id": f"s{level}", "skill_id": "portal", "min_level": level}
        | {"minutes_per_citizen": draw(st.sampled_from([7.5, 20]))}
        for level in (1, 2)
    ]
    demand = [
        {
            "center_id": draw(st.sampled_from(["home", "far", "hill"])),
            "service_id": service["service_id"],
            "arrivals": draw(st.sampled_from([0, 3, 9.3, 24])),
            "start": _hour(0, 7),
            "end": _hour(0, 11),
        }
        for service in services
    ]
    speech = [{"center_id": "home", "skill_id": "khmer", "share": draw(st.sampled_from([0, 0.4]))}]
    fields = {
        "signs": signs,
        "services": services,
        "demand": demand,
        "languages": draw(st.sampled_from([[], speech])),
        "people": " ".join(people),
        "days": days,
        "each": each,
        "skills": SKILLS,
        "availability": windows if any(_is_inside(w, days) for w in windows) else [],
        "requirements": needs,
        "history": [draw(histories(who)) for who in people if draw(st.booleans())],
        "preferences": [wish],
        "pins": pins if draw(st.integers(0, 9)) == 0 else [],
        "published": [
            {"volunteer_id": who, "shift_id": shift_id, "told": draw(st.booleans())}
            for who in people
            for shift_id in ids
            if draw(st.booleans())
        ],
        "travel": draw(
            st.lists(ways(), max_size=3, unique_by=lambda way: str({**way, "minutes": 0}))
        ),
        "rates": draw(st.sampled_from([[], [{"level": 2, "rate": 3}]])),
    }
    if not _accepts(fields):
        fields["history"] = [
            h | {"last_shift_type": "", "same_type_in_a_row": None} for h in fields["history"]
        ]
    drawn = [draw(rules(kind)) for kind in kinds]
    return plan(**fields, rules=[rule for rule in drawn if _accepts({**fields, "rules": [rule]})])


def _is_inside(window, days):
    """Whether a window reaches into the days planned; all windows outside are a fault."""
    return window.start < _hour(days, 0) and window.end > _hour(0, 0)


def _accepts(fields):
    """Whether the input is accepted; it is not where it names a type or group that is not there."""
    try:
        plan(**fields)
    except InputError as error:
        if {f.code for f in error.faults} <= {"unknown_name"}:
            return False
        raise
    return True
