"""`check` and the model say the same of every roster: verdict, cost of each level, total.

`pytest tests/rules/test_agreement.py -q` prints how many rosters were enumerated; `-m slow` adds
more generated problems.
"""

from __future__ import annotations

import datetime as dt

import mixtures
import numpy as np
import pytest
import tiny
from grounds.ground import SKILLS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shiftplan.errors import InputError
from shiftplan.rules import RULES
from shiftplan.testing import levels_of
from shiftplan.testing.agreement import (
    Judge,
    Verdict,
    all_choices,
    all_pairs,
    compare,
    difference,
    truth,
)
from shiftplan.testing.pictures import KINDS, MONDAY, plan, shift, window

WHO = ("ana", "bob", "cho")
SEATS = [(0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (0, 3), (1, 3), (2, 3)]
"""Minimum and target of a generated requirement."""


@pytest.mark.parametrize("kind", [*RULES, "pins", "occupied"])
def test_each_rule_by_itself(kind):
    """Hard and soft, with all parameters, filters and borders, the model is the rule's `check`."""
    problems = tiny.cases()[kind]

    count = sum(compare(problem) for problem in problems)

    assert count >= 30 * len(problems)


@pytest.mark.parametrize("number", range(len(mixtures.mixed())))
def test_many_rules_at_once(number):
    """Rules share indicators and rely on each other's hard limits without changing any cost."""
    assert compare(mixtures.mixed()[number]) >= 256


@pytest.mark.parametrize("number", range(len(mixtures.without_pairs())))
def test_nothing_to_decide(number):
    """A problem without people, shifts or windows has a model, which agrees with `check`."""
    assert compare(mixtures.without_pairs()[number]) >= 1


def test_mixed_problems_hold_every_rule():
    """No rule is missing where all are tried at once."""
    assert {rule["rule"] for rule in mixtures.EVERY_RULE} == set(RULES)


def test_relaxed_and_whole_solutions_cost_the_same():
    """With the assignments fixed HiGHS finds the judge's cost, nearly always as a plain LP too."""
    problems = [*(cases[-1] for cases in tiny.cases().values()), *mixtures.mixed()]

    for problem in problems:
        pairs = all_pairs(problem)
        choices = all_choices(len(pairs))[:: 1 + 2 ** max(0, len(pairs) - 4)]
        judge = Judge(problem)
        said = judge.say(pairs, choices)
        # Half a full day is enough for the second of three shifts: there the relaxation is lower.
        # A part of a seat, or of an hour that is begun, costs that part of it.
        kinds = {"full_day", "max_min", "balance_hours", "area_floor", "skill_placement"}
        kinds |= {"min_group_share", "max_group_share", "max_active_people"}
        # Some shifts are a part of the types that they ask for.
        kinds |= {"min_types", "varied_mentors"}
        loose = any(rule.rule in kinds for rule in problem.rules)
        own = list(
            zip(judge.model.pairs.volunteer.tolist(), judge.model.pairs.shift.tolist(), strict=True)
        )
        if not set(own) <= set(pairs):
            continue
        for i, chosen in enumerate(choices):
            if chosen[[pair not in own for pair in pairs]].any():
                continue
            values = np.array([float(chosen[pairs.index(pair)]) for pair in own])
            whole, relaxed = judge.solve(values), judge.solve(values, whole=False)
            assert (whole is not None) == said.feasible[i]
            if whole is not None:
                assert abs(whole - said.costs[i]).max(initial=0) < 1e-4
                assert relaxed is not None
                assert relaxed[-1] < whole[-1] + 1e-4
                assert loose or relaxed[-1] > whole[-1] - 1e-4


# ---- generated problems


def _rule_options() -> dict[str, st.SearchStrategy[dict]]:
    """Kind -> parameters that a generated problem may give the rule."""
    small, names = (
        st.integers(1, 3),
        st.sampled_from(["", "night", "morning", "day|night", "night|morning"]),
    )
    value = {"value": small}
    maximum = {"value": st.integers(0, 3)}
    group = {"group": st.sampled_from(["", "youth", "army", "army|youth"])}
    some = {"group": st.sampled_from(["youth", "army", "army|youth"])}
    percent = {"value": st.sampled_from([1, 33, 50, 99])}
    shares_of = st.sampled_from(["shift", "center_day", "horizon"])
    shifts = {"shifts": names}
    kinds = st.sampled_from(["all", "people", "skilled"])
    per = {
        "per": st.sampled_from(["horizon", "week", "month", "day"]),
        "rolling_days": st.none() | st.integers(1, 4),
    }
    minutes = {"value": st.sampled_from([0, 240, 480, 500, 960])}
    weekend = {
        "weekend": st.sampled_from(
            [("sat", "sun"), ("mon", "tue"), ("tue",), ("mon", "tue", "wed"), ("sun", "mon")]
        )
    }
    words = st.sampled_from(["off", "work", "any", "night", "!night", "morning|off", "!day|off"])
    patterns = st.lists(words, min_size=1, max_size=4).map(", ".join)
    last = {"last_run": st.sampled_from(["open", "counted"])}
    speed = {"speed_kmh": st.none() | st.sampled_from([6, 30])}
    options: dict[str, dict[str, st.SearchStrategy]] = {
        "max_shift_count": {**maximum, **group, **shifts, **per},
        "min_shift_count": {**value, **group, **shifts, **per},
        "max_minutes": {**minutes, **group, **shifts, **per},
        "min_minutes": {**minutes, **group, **shifts, **per},
        "max_consecutive_days": {**maximum, **group, **shifts},
        "min_consecutive_days": {**value, **group, **shifts, **last},
        "max_consecutive_days_off": {**maximum, **group},
        "min_consecutive_days_off": {**value, **group, **last},
        "min_rest": {"value": st.sampled_from([1, 60, 540, 661, 1500]), **group, **shifts},
        "max_consecutive_minutes": {
            "value": st.sampled_from([240, 480, 500, 960]),
            "pause_minutes": st.sampled_from([1, 60, 121, 500]),
            **group,
            **shifts,
        },
        "max_minutes_within": {
            "value": st.sampled_from([240, 480, 500, 960]),
            "within_hours": st.sampled_from([1, 12, 24, 50]),
            **group,
            **shifts,
        },
        "forbidden_succession": {"first": names.filter(bool), "then": names.filter(bool), **group},
        "rotation": {
            "pattern": patterns,
            "first_day": st.integers(-9, 2).map(_date),
            **group,
        },
        "min_types": {**value, **group, **shifts, **per},
        "max_gap": {"value": st.sampled_from([0, 60, 400]), **group, **shifts},
        "similar_starts": {"value": st.sampled_from([0, 60, 400]), **group, **shifts, **per},
        "needs_too": {
            "first": names.filter(bool),
            "then": names.filter(bool),
            "per": st.sampled_from(["day", "horizon"]),
            "how": st.sampled_from(["any", "all"]),
            **group,
        },
        "forbidden_pattern": {"pattern": patterns, **group},
        "required_pattern": {"pattern": patterns, "followed_by": patterns, **group},
        "min_patterns": {"pattern": patterns, **value, **group, **per},
        "max_patterns": {"pattern": patterns, **maximum, **group, **per},
        "max_weekends": {**maximum, **group, **shifts, **weekend},
        "max_consecutive_weekends": {**value, **group, **shifts, **weekend},
        "min_consecutive_weekends": {**value, **last, **group, **shifts, **weekend},
        "complete_weekends": {**group, **shifts, **weekend},
        "minimum_coverage": shifts,
        "shortage": shifts,
        "surplus": shifts,
        "expected_shortage": shifts,
        "hold_optional": shifts,
        "show_up": {"value": st.sampled_from([1, 50, 80, 90, 99]), **shifts},
        "worst_center_first": {"value": st.integers(2, 12), "seats": kinds},
        "area_floor": {
            "group": st.sampled_from(["minority", "remote", "other", "other|minority", "far"]),
            "value": st.none() | st.integers(0, 100),
            "seats": kinds,
        },
        "skill_placement": value,
        "mentored": {**value, "novice_level": st.integers(0, 2), "mentor_level": small},
        "varied_mentors": {**value, "novice_level": st.integers(0, 2), "mentor_level": small},
        "max_centers": maximum,
        "travel_time": {"value": st.sampled_from([1, 6, 27, 30]), **group},
        "max_travel": {
            "value": st.sampled_from([0, 25, 99]),
            "tour": st.sampled_from(["between", "home"]),
            **group,
        },
        "max_distance": speed,
        "travel": speed,
        "mentor": {**maximum, "novice_level": st.integers(0, 2), "mentor_level": small},
        "never_alone": {**value, "skill": st.just("portal"), "min_level": small},
        "together": some,
        "apart": {**maximum, **some},
        "min_group_share": {**percent, "per": shares_of, **some},
        "max_group_share": {**percent, "per": shares_of, **some},
        "max_strain": {**maximum, **group, **shifts, **per},
        "balance_strain": {"weight": st.sampled_from([9, 50]), **group},
        "max_active_people": {**maximum, "from_shifts": small, **group, **shifts},
        "max_shifts_spread": {**maximum, **group, **shifts},
        "max_minutes_spread": {**minutes, **group, **shifts},
        "coverage": {"weight": st.sampled_from([1, 33, 100])},
        "fairness": {"weight": st.sampled_from([1, 50]), **group},
        "leximin": {
            "weight": st.sampled_from([100, 10_000, 1_000_000]),
            "value": st.integers(2, 12),
            **group,
        },
        "max_min": {"value": st.integers(5, 100), **group},
        "floor": {**value, **group, **shifts},
        "balance_hours": {"weight": st.sampled_from([1, 50]), **group, **shifts},
        "balance_undesired": {"weight": st.sampled_from([9, 50]), **group},
        "balance_shifts": {
            "weight": st.sampled_from([9, 50]),
            "shifts": names.filter(bool),
            **group,
        },
        "balance_far": {"value": st.sampled_from([0, 5, 50]), **group},
        "wish_equality": {"weight": st.sampled_from([30, 100]), **group},
        "beside_days_off": {
            "sides": st.sampled_from(["both", "before", "after", "bridge"]),
            **group,
            **shifts,
            **weekend,
        },
        "as_last_week": {
            "same": st.sampled_from(["all", "time", "center", "day"]),
            **group,
            **shifts,
        },
        "wish": {"weight": st.sampled_from([2, 3, 13])},
        "budget": {
            "value": st.sampled_from([0, 100, 245]),
            "per": st.sampled_from(["horizon", "week", "month", "day", "center"]),
            **group,
            **shifts,
        },
        "stability": {
            "told_weight": st.sampled_from([0, 5]),
            "first_day": st.none() | st.integers(-1, 2).map(_date),
            "last_day": st.none() | st.integers(2, 6).map(_date),
        },
    }
    return {kind: st.fixed_dictionaries(options.get(kind, {})) for kind in RULES}


def _date(number: int) -> dt.date:
    return MONDAY + dt.timedelta(number)


OPTIONS = _rule_options()


_LIMITS = {
    "group": ["youth", "ana|army", "portal:2", "khmer", "home:far", "group:youth|person:bob"],
    "shifts": ["night", "morning", "day|night"],
    "where": ["far", "home|hill", "minority", "other"],
    "hours": ["12:00-07:00", "22:00-08:00", "07:00-14:00"],
    "days": ["mon|tue", "sat|sun", "2026-12-08|2026-12-10"],
    "first_day": [_date(1)],
    "last_day": [_date(1), _date(4)],
}


@st.composite
def rules(draw, kind):
    """A rule of a kind, hard or on one of three levels, perhaps limited."""
    params = draw(OPTIONS[kind])
    for name in sorted(draw(st.sets(st.sampled_from(sorted(_LIMITS)), max_size=3))):
        field = RULES[kind].model_fields.get(name)
        is_free = field is not None and not field.is_required() and name not in params
        if is_free and draw(st.booleans()):
            params[name] = draw(st.sampled_from(_LIMITS[name]))
    params = {k: v for k, v in params.items() if v != ""}
    levels = [r["level"] for r in levels_of(kind, params)]
    level = draw(st.sampled_from(levels))
    rule = {"rule": kind, **params, "level": level}
    if level != "hard":
        rule["level"] = draw(st.integers(1, 3))
        if "weight" not in params:
            rule["weight"] = draw(st.sampled_from([0, 1, 7, 40]))
    return rule


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
            need |= {"first_day": _date(first), "last_day": _date(last)}
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


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(problem=problems())
def test_generated_problems(problem):
    """Any few rules together, on any people, shifts and borders, agree on every roster."""
    compare(problem)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(problem=problems(pairs=10))
def test_many_generated_problems(problem):
    """The same on larger problems and many more of them."""
    compare(problem)


def test_the_harness_sees_a_difference():
    """A verdict that is wrong in one roster only does not pass."""
    problem = tiny.cases()["max_shifts"][-1]
    pairs, choices, verdict = truth(problem)

    for part in verdict:
        wrong = part.copy()
        wrong[0] = ~wrong[0] if wrong.dtype == bool else wrong[0] + 1
        other = Verdict(*(wrong if p is part else p for p in verdict))
        assert difference(problem, pairs, choices, other)
