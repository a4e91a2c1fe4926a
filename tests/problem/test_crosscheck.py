"""Everything in a problem that does not fit together is found, and nothing that does."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import problems

from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.known import Unread
from shiftplan.rules import RULES
from shiftplan.week.horizon import Horizon

MONDAY = dt.date(2026, 12, 7)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Wall-clock time on a day of December 2026."""
    return dt.datetime(2026, 12, day, hour, minute)


def base(**changed: Any) -> dict[str, Any]:
    """Parts of a problem of two people and two shifts, some changed."""
    shift = {"center_id": "C", "start": at(7, 7), "end": at(7, 11), "type": "early"}
    parts = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": [{"center_id": "C", "lat": 10, "lon": 105}],
        "skills": [{"skill_id": "khmer", "max_level": 2}],
        "services": [{"service_id": "file", "minutes_per_citizen": 20}],
        "volunteers": [
            {"volunteer_id": "ana", "home_center_id": "C", "group": "red", "skills": {"khmer": 2}},
            {"volunteer_id": "ben", "home_center_id": "C"},
        ],
        "availability": [{"volunteer_id": "ana", "start": at(7, 7), "end": at(7, 17)}],
        "shifts": [
            {"shift_id": "s1", **shift, "tags": "feast"},
            {"shift_id": "s2", **shift, "start": at(8, 22), "end": at(9, 6)},
        ],
    }
    return parts | changed


def found(**changed: Any) -> list[tuple[str, str]]:
    """Code and place of each fault of the problem with some parts changed."""
    faults: tuple[Fault, ...] = ()
    try:
        Problem.model_validate(base(**changed))
    except InputError as error:
        faults = error.faults
    assert all(f.message for f in faults)
    assert all(f.remedy == "" or str(f.remedy).endswith((".", "?")) for f in faults)
    return [(f.code, f.where) for f in faults]


def row(table: str, index: int = 0, **changed: Any) -> dict[str, Any]:
    """The change of one row of a table."""
    rows = list(base()[table])
    rows[index] = rows[index] | changed
    return {table: rows}


def demand(**changed: Any) -> dict[str, Any]:
    return {
        "center_id": "C",
        "start": at(7, 7),
        "end": at(7, 8),
        "service_id": "file",
        "arrivals": 1,
    } | changed


def spread(**fields: float) -> dict[str, Any]:
    return {"demand": [demand(arrivals=5, **fields)]}


def speech(kind: str, *shares: float) -> dict[str, Any]:
    """Citizens of one center who need one language each."""
    names = ["khmer", "cham"][: len(shares)]
    return {
        "skills": [{"skill_id": n, "max_level": 2, "kind": kind} for n in ("khmer", "cham")],
        "languages": [
            {"center_id": "C", "skill_id": n, "share": s}
            for n, s in zip(names, shares, strict=True)
        ],
    }


def setting(name: str, value: float, where: str = "") -> dict[str, Any]:
    return {"policy": [{"setting": name, "value": value, "where": where}]}


def rule(kind: str, **parameters: Any) -> dict[str, Any]:
    return {"rules": [{"rule": kind, "level": "hard", **parameters}]}


def pin(state: str, shift: str = "s1") -> dict[str, Any]:
    return {"volunteer_id": "ana", "shift_id": shift, "state": state}


def was(who: str, shift: str = "s1", **fields: Any) -> dict[str, Any]:
    return {"volunteer_id": who, "shift_id": shift, **fields}


def history(**fields: Any) -> dict[str, Any]:
    return {"history": [{"volunteer_id": "ana", **fields}]}


def wishes(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"preferences": [{"volunteer_id": "ana", "state": "for", **fields} for fields in rows]}


def wish(**fields: Any) -> dict[str, Any]:
    return wishes(fields)


def grants(*entries: dict[str, Any]) -> dict[str, Any]:
    return row("volunteers", skills=[{"skill_id": "khmer", **e} for e in entries])


GOOD = [
    {},
    wishes({"date": MONDAY}, {"date": MONDAY, "shifts": "early"}, {"shift_id": "s1"}),
    {"demand": [demand(), demand(end=at(7, 9))]},
    spread(arrivals_low=5, arrivals_high=5),
    spread(arrivals_cv=0),
    spread(arrivals_low=0, arrivals_high=128),
    {"demand": [demand(arrivals=0, arrivals_low=0, arrivals_high=0)]},
    speech("language", 0.4, 0.6),
    setting("presence", 0, "minority"),
    setting("patience_minutes", 0.1, "C"),
    setting("presence", 1, "border") | row("centers", groups=["border"]),
    {"policy": [*setting("presence", 1)["policy"], *setting("presence", 2, "remote")["policy"]]},
    {
        "requirements": [
            {"shift_id": "s1", "target": 1},
            {"shift_id": "s1", "skill_id": "khmer", "target": 1},
        ]
    },
    {
        "availability": [
            {"volunteer_id": "ana", "start": at(7, 7), "end": at(7, 11)},
            {"volunteer_id": "ana", "start": at(7, 11), "end": at(7, 12)},
            {"volunteer_id": "ben", "start": at(7, 7), "end": at(7, 12)},
        ]
    },
    {"pins": [pin("must"), pin("must_not", "s2")]},
    history(
        worked_in_a_row=2, off_in_a_row=0, last_worked=dt.date(2026, 12, 6), last_shift_type="early"
    ),
    wish(date=MONDAY, shifts="feast|early"),
    wish(shift_id="s1"),
    rule("max_weekends", value=1, weekend=("sat", "sun", "mon")),
    rule("max_weekends", value=1, weekend=("sun",)),
    rule("max_shift_count", value=1, group="red", shifts="feast"),
    grants({"level": 1}, {"level": 2, "valid_from": MONDAY}, {"level": 2, "valid_to": MONDAY}),
    row("centers", lat=None),
]

BAD = [
    (row("shifts", 1, shift_id="s1"), "duplicate_id", "shifts[1].shift_id"),
    (
        {"volunteers": [{"volunteer_id": "ana", "group": "red"}] * 2},
        "duplicate_id",
        "volunteers[1].volunteer_id",
    ),
    ({"centers": [{"center_id": "C"}] * 2}, "duplicate_id", "centers[1].center_id"),
    ({"pins": [pin("must")] * 2}, "duplicate_row", "pins[1]"),
    ({"published": [was("ana"), was("ana", told=False)]}, "duplicate_row", "published[1]"),
    (
        wishes({"shift_id": "s1"}, {"shift_id": "s1", "weight": 2}),
        "duplicate_row",
        "preferences[1]",
    ),
    (
        wishes({"date": MONDAY}, {"date": MONDAY, "state": "against"}),
        "duplicate_row",
        "preferences[1].state",
    ),
    ({"history": [{"volunteer_id": "ana"}] * 2}, "duplicate_row", "history[1]"),
    ({"rates": [{"level": 1, "rate": 1}, {"level": 1, "rate": 2}]}, "duplicate_row", "rates[1]"),
    (
        {"requirements": [{"shift_id": "s1", "target": n} for n in (1, 2)]},
        "duplicate_row",
        "requirements[1]",
    ),
    ({"demand": [demand(), demand(arrivals=2)]}, "duplicate_row", "demand[1]"),
    (
        {
            "rules": [
                {"rule": "capacity"},
                {"rule": "capacity", "level": 1, "weight": 3, "note": "x"},
            ]
        },
        "duplicate_row",
        "rules[1]",
    ),
    (grants({"level": 1}, {"level": 2}), "duplicate_row", "volunteers[0].skill.khmer"),
    (row("volunteers", 1, home_center_id="c"), "unknown_id", "volunteers[1].home_center_id"),
    (row("availability", volunteer_id="bob"), "unknown_id", "availability[0].volunteer_id"),
    (row("shifts", center_id="D"), "unknown_id", "shifts[0].center_id"),
    (row("shifts", skill_id="cham"), "unknown_id", "shifts[0].skill_id"),
    (row("services", skill_id="cham"), "unknown_id", "services[0].skill_id"),
    ({"demand": [demand(center_id="D")]}, "unknown_id", "demand[0].center_id"),
    ({"demand": [demand(service_id="pay")]}, "unknown_id", "demand[0].service_id"),
    ({"requirements": [{"shift_id": "s3", "target": 1}]}, "unknown_id", "requirements[0].shift_id"),
    (
        {"requirements": [{"shift_id": "s1", "skill_id": "cham", "target": 1}]},
        "unknown_id",
        "requirements[0].skill_id",
    ),
    ({"history": [{"volunteer_id": "bob"}]}, "unknown_id", "history[0].volunteer_id"),
    ({"pins": [pin("must", "s3")]}, "unknown_id", "pins[0].shift_id"),
    ({"published": [was("ana", "s3")]}, "unknown_id", "published[0].shift_id"),
    ({"published": [was("ben"), was("cho")]}, "unknown_id", "published[1].volunteer_id"),
    (
        rule("stability", first_day=MONDAY, last_day="2026-12-06"),
        "reversed_interval",
        "rules[0].last_day",
    ),
    (wish(shift_id="s3"), "unknown_id", "preferences[0].shift_id"),
    (row("volunteers", skills={"cham": 1}, group="red"), "unknown_id", "volunteers[0].skill.cham"),
    (rule("mentor", value=1, skill="kmer"), "unknown_id", "rules[0].skill"),
    (rule("never_alone", skill="khemr"), "unknown_id", "rules[0].skill"),
    (
        row("volunteers", group="student") | {"rules": [{"rule": "apart", "group": "studnet"}]},
        "unknown_name",
        "rules[0].group",
    ),
    (rule("max_shift_count", value=1, shifts="erly"), "unknown_name", "rules[0].shifts"),
    (rule("forbidden_succession", first="eraly", then="early"), "unknown_name", "rules[0].first"),
    (rule("forbidden_succession", first="early", then="earrly"), "unknown_name", "rules[0].then"),
    (wish(date=MONDAY, shifts="eqrly"), "unknown_name", "preferences[0].shifts"),
    (history(last_shift_type="EARLY"), "unknown_name", "history[0].last_shift_type"),
    (grants({"level": 3}), "level_out_of_range", "volunteers[0].skill.khmer"),
    (
        grants({"level": 3, "valid_to": MONDAY}),
        "level_out_of_range",
        "volunteers[0].skills[0].level",
    ),
    (row("shifts", skill_id="khmer", min_level=3), "level_out_of_range", "shifts[0].min_level"),
    (row("services", skill_id="khmer", min_level=3), "level_out_of_range", "services[0].min_level"),
    (
        {"requirements": [{"shift_id": "s1", "skill_id": "khmer", "min_level": 3, "target": 1}]},
        "level_out_of_range",
        "requirements[0].min_level",
    ),
    (rule("never_alone", skill="khmer", min_level=3), "level_out_of_range", "rules[0].min_level"),
    (row("shifts", min_level=2), "level_without_skill", "shifts[0].min_level"),
    (row("services", min_level=2), "level_without_skill", "services[0].min_level"),
    (
        {"requirements": [{"shift_id": "s1", "min_level": 1, "target": 1}]},
        "level_without_skill",
        "requirements[0].min_level",
    ),
    (
        {"requirements": [{"shift_id": "s1", "minimum": 2, "target": 1}]},
        "minimum_above_target",
        "requirements[0].minimum",
    ),
    (row("shifts", end=at(7, 7)), "reversed_interval", "shifts[0].end"),
    (row("availability", end=at(6, 7)), "reversed_interval", "availability[0].end"),
    ({"demand": [demand(end=at(7, 6))]}, "reversed_interval", "demand[0].end"),
    (
        grants({"level": 1, "valid_from": dt.date(2026, 12, 8), "valid_to": MONDAY}),
        "reversed_interval",
        "volunteers[0].skills[0].valid_to",
    ),
    (
        {
            "availability": [
                {"volunteer_id": "ana", "start": at(7, 7), "end": at(7, 17)},
                {"volunteer_id": "ana", "start": at(7, 16), "end": at(7, 18)},
            ]
        },
        "overlapping_windows",
        "availability[1].start",
    ),
    (row("shifts", start=at(14, 7), end=at(14, 8)), "outside_horizon", "shifts[0].start"),
    (row("shifts", start=at(6, 22), end=at(7, 8)), "outside_horizon", "shifts[0].start"),
    ({"demand": [demand(start=at(14, 7), end=at(14, 9))]}, "outside_horizon", "demand[0].start"),
    (wish(date=dt.date(2026, 12, 14)), "outside_horizon", "preferences[0].date"),
    (
        row("availability", start=at(14, 0), end=at(14, 9)),
        "outside_horizon",
        "availability[0].start",
    ),
    (row("availability", start=at(6, 9), end=at(7, 0)), "outside_horizon", "availability[0].start"),
    (
        row("centers", lat=None) | {"rules": [{"rule": "travel"}]},
        "missing_coordinates",
        "centers[0].lat",
    ),
    (
        row("volunteers", 1, home_center_id=None) | rule("max_distance"),
        "missing_home",
        "volunteers[1].home_center_id",
    ),
    (
        row("centers", groups="island") | {"rules": [{"rule": "area_floor", "group": "iland"}]},
        "unknown_name",
        "rules[0].group",
    ),
    ({"pins": [pin("must"), pin("must_not")]}, "contradicting_pins", "pins[1].state"),
    (
        history(worked_in_a_row=1, off_in_a_row=1),
        "contradicting_history",
        "history[0].off_in_a_row",
    ),
    (
        history(last_shift_type="early", off_in_a_row=1),
        "contradicting_history",
        "history[0].off_in_a_row",
    ),
    (
        history(worked_in_a_row=1, same_type_in_a_row=2),
        "contradicting_history",
        "history[0].same_type_in_a_row",
    ),
    (history(last_worked=MONDAY), "contradicting_history", "history[0].last_worked"),
    (wish(), "unclear_wish", "preferences[0].shift_id"),
    (wish(date=MONDAY, shift_id="s1"), "unclear_wish", "preferences[0].shift_id"),
    (wish(shift_id="s1", shifts="early"), "unclear_wish", "preferences[0].shifts"),
    (spread(arrivals_low=4), "unclear_spread", "demand[0].arrivals_low"),
    (spread(arrivals_high=6), "unclear_spread", "demand[0].arrivals_high"),
    (spread(arrivals_low=6, arrivals_high=7), "unclear_spread", "demand[0].arrivals_low"),
    (spread(arrivals_low=3, arrivals_high=4.9), "unclear_spread", "demand[0].arrivals_low"),
    # 129 / (2.563 x 5) is just above ten times the mean; of a mean of 0 any spread is.
    (spread(arrivals_low=0, arrivals_high=129), "unclear_spread", "demand[0].arrivals_low"),
    (
        {"demand": [demand(arrivals=0, arrivals_low=0, arrivals_high=1)]},
        "unclear_spread",
        "demand[0].arrivals_low",
    ),
    (
        spread(arrivals_low=4, arrivals_high=6, arrivals_cv=0.2),
        "unclear_spread",
        "demand[0].arrivals_low",
    ),
    (speech("tech", 0.4), "not_a_language", "languages[0].skill_id"),
    (speech("language", 0.4, 0.61), "shares_above_one", "languages[1].share"),
    (setting("presence", 1, "minorty"), "unknown_name", "policy[0].where"),
    (setting("presence", 1.5), "not_a_whole_number", "policy[0].value"),
    (setting("target_level", 1), "out_of_range", "policy[0].value"),
    (setting("patience_minutes", 0), "out_of_range", "policy[0].value"),
    ({"policy": 2 * setting("presence", 1)["policy"]}, "duplicate_row", "policy[1]"),
    (rule("max_weekends", value=1, weekend=("fri", "sun")), "split_weekend", "rules[0].weekend"),
    (rule("max_weekends", value=1, weekend=("sat", "sat")), "split_weekend", "rules[0].weekend"),
]


@pytest.mark.parametrize("changed", GOOD)
def test_no_fault(changed: dict[str, Any]) -> None:
    """What is close to a fault but is none is accepted."""
    assert found(**changed) == []


@pytest.mark.parametrize(("changed", "code", "where"), BAD)
def test_fault(changed: dict[str, Any], code: str, where: str) -> None:
    """Each mistake is found at its place, and is the only one."""
    assert found(**changed) == [(code, where)]


@pytest.mark.parametrize(
    ("kinds", "says"), [(["travel"], "travel is on"), (["max_distance", "travel"], "travel are on")]
)
def test_one_rule_is_on_and_two_are(kinds: list[str], says: str) -> None:
    """The fault of a center without coordinates names the rules that need them."""
    rules = {"rules": [{"rule": kind} for kind in kinds]}
    with pytest.raises(InputError) as caught:
        Problem.model_validate(base(**row("centers", lat=None), **rules))

    (fault,) = caught.value.faults
    assert str(fault.message).endswith(says)


@pytest.mark.parametrize("kind", RULES)
def test_rules_that_measure_distances_say_so(kind: str) -> None:
    """Otherwise a center without coordinates would lie in the Gulf of Guinea, with no fault."""
    measures = re.search(r"km_from_home\(|arrays\.km(_beside)?\b", inspect.getsource(RULES[kind]))

    assert RULES[kind].measures_distance == bool(measures)


SPRING = Horizon(start=dt.date(2026, 3, 27), days=4, zone="Europe/Warsaw")


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        ((28, 22, 0), (29, 2, 0), [("no_such_time", "shifts[0].end")]),
        ((29, 2, 30), (29, 6, 0), [("no_such_time", "shifts[0].start")]),
        ((29, 1, 59), (29, 3, 0), []),
        ((28, 2, 30), (28, 6, 0), []),
    ],
)
def test_spring_gap(
    start: tuple[int, int, int], end: tuple[int, int, int], codes: list[tuple[str, str]]
) -> None:
    """In Warsaw the clocks of 29 March 2026 go from 02:00 to 03:00 at once."""
    times = {"start": dt.datetime(2026, 3, *start), "end": dt.datetime(2026, 3, *end)}
    shift = {"shift_id": "s", "center_id": "C", **times}

    assert found(horizon=SPRING, availability=[], shifts=[shift]) == codes


def test_all_at_once() -> None:
    """All faults come in one error."""
    twice = [{"level": 1, "rate": 1}] * 2
    faults = found(pins=[pin("must", "s3")], **row("centers", center_id="D"), rates=twice)
    codes = [code for code, _ in faults]

    assert codes == ["duplicate_row", *["unknown_id"] * 5]


def test_unread_ids_are_not_unknown() -> None:
    """What a reader could not read is not called unknown."""
    parts = base(shifts=[], centers=[], horizon={"start": MONDAY, "days": 7})
    problem = Problem.model_validate(parts | {"volunteers": [], "availability": []})
    half = problem.model_copy(
        update={
            "shifts": Problem.model_validate(base()).shifts,
            "pins": Problem.model_validate(base(pins=[pin("must")])).pins,
        }
    )

    known = Unread({"centers": frozenset({"C"})}, frozenset({"volunteers"}))
    assert list(find_faults(half, known)) == []
    assert {f.code for f in find_faults(half)} == {"unknown_id"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_valid_problems_have_no_faults(problem: Problem) -> None:
    """A problem that was accepted has no fault, also when it is asked again."""
    assert list(find_faults(problem)) == []
