"""Everything in a problem that does not fit together is found, and nothing that does."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from parts import (
    MONDAY,
    at,
    base,
    demand,
    found,
    grants,
    history,
    need,
    pin,
    row,
    rule,
    setting,
    speech,
    spread,
    was,
    wish,
    wishes,
)
from strategies import problems

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.known import Unread
from shiftplan.rules import RULES
from shiftplan.week.horizon import Horizon

TWO = {"skills": [{"skill_id": name, "max_level": 2} for name in ("khmer", "portal")]}
"""A second skill."""
MANY = [f"s{i}" for i in range(9)]
NINE = {"skills": [{"skill_id": name, "max_level": 2} for name in ("khmer", *MANY)]}
"""More skills than a shift may have exclusive requirements."""
REVERSED = {"shift_id": None, "center_id": "C", "start": at(7, 11), "end": at(7, 7)}
"""Times of a requirement that end before they begin."""
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
    need({}, {"skill_id": "khmer"}, {"skill_id": "khmer", "with_skills": "portal:2"}) | TWO,
    need({"with_skills": "khmer"}, {"with_skills": "!khmer"}, {"with_skills": "khmer/portal"})
    | TWO,
    need({"skill_id": "portal", "with_skills": "!portal:2"}) | TWO,
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

BAD: dict[str, list[tuple[dict[str, Any], str]]] = {
    "duplicate_id": [
        (row("shifts", 1, shift_id="s1"), "shifts[1].shift_id"),
        (
            {"volunteers": [{"volunteer_id": "ana", "group": "red"}] * 2},
            "volunteers[1].volunteer_id",
        ),
        ({"centers": [{"center_id": "C"}] * 2}, "centers[1].center_id"),
    ],
    "duplicate_row": [
        ({"pins": [pin("must")] * 2}, "pins[1]"),
        ({"published": [was("ana"), was("ana", told=False)]}, "published[1]"),
        ({"history": [{"volunteer_id": "ana"}] * 2}, "history[1]"),
        ({"rates": [{"level": 1, "rate": 1}, {"level": 1, "rate": 2}]}, "rates[1]"),
        (need({}, {"target": 2}), "requirements[1]"),
        (
            need(
                {"skill_id": "khmer", "with_skills": "portal:2"},
                {"skill_id": "portal", "min_level": 2, "with_skills": "khmer:1"},
            )
            | TWO,
            "requirements[1]",
        ),
        (need({"skill_id": "khmer"}, {"with_skills": "khmer:1"}), "requirements[1]"),
        ({"demand": [demand(), demand(arrivals=2)]}, "demand[1]"),
        (
            {
                "rules": [
                    {"rule": "capacity"},
                    {"rule": "capacity", "level": 1, "weight": 3, "note": "x"},
                ]
            },
            "rules[1]",
        ),
        ({"rules": [{"rule": "full_day", "level": 2, "weight": 3}] * 2}, "rules[1]"),
        (grants({"level": 1}, {"level": 2}), "volunteers[0].skill.khmer"),
        ({"policy": 2 * setting("presence", 1)["policy"]}, "policy[1]"),
    ],
    "unknown_id": [
        (row("volunteers", 1, home_center_id="c"), "volunteers[1].home_center_id"),
        (row("availability", volunteer_id="bob"), "availability[0].volunteer_id"),
        (row("shifts", center_id="D"), "shifts[0].center_id"),
        (row("shifts", skill_id="cham"), "shifts[0].skill_id"),
        (row("services", skill_id="cham"), "services[0].skill_id"),
        (need({"skill_id": "khmer", "with_skills": "cham:2"}), "requirements[0].with_skills"),
        ({"demand": [demand(center_id="D")]}, "demand[0].center_id"),
        ({"demand": [demand(service_id="pay")]}, "demand[0].service_id"),
        (need({"shift_id": "s3"}), "requirements[0].shift_id"),
        (need({"skill_id": "cham"}), "requirements[0].skill_id"),
        ({"history": [{"volunteer_id": "bob"}]}, "history[0].volunteer_id"),
        (history(last_center="nowhere"), "history[0].last_center"),
        ({"pins": [pin("must", "s3")]}, "pins[0].shift_id"),
        ({"published": [was("ana", "s3")]}, "published[0].shift_id"),
        ({"published": [was("ben"), was("cho")]}, "published[1].volunteer_id"),
        (wish(shift_id="s3"), "preferences[0].shift_id"),
        (row("volunteers", skills={"cham": 1}, group="red"), "volunteers[0].skill.cham"),
        (rule("mentor", value=1, skill="kmer"), "rules[0].skill"),
        (rule("never_alone", skill="khemr"), "rules[0].skill"),
    ],
    "reversed_interval": [
        (rule("stability", first_day=MONDAY, last_day="2026-12-06"), "rules[0].last_day"),
        (row("shifts", end=at(7, 7)), "shifts[0].end"),
        (row("availability", end=at(6, 7)), "availability[0].end"),
        ({"demand": [demand(end=at(7, 6))]}, "demand[0].end"),
        (need({**REVERSED, "step": 60}), "requirements[0].end"),
        (
            grants({"level": 1, "valid_from": dt.date(2026, 12, 8), "valid_to": MONDAY}),
            "volunteers[0].skills[0].valid_to",
        ),
    ],
    "unknown_name": [
        (
            row("volunteers", group="student") | {"rules": [{"rule": "apart", "group": "studnet"}]},
            "rules[0].group",
        ),
        (rule("max_shift_count", value=1, shifts="erly"), "rules[0].shifts"),
        (rule("forbidden_succession", first="eraly", then="early"), "rules[0].first"),
        (rule("forbidden_succession", first="early", then="earrly"), "rules[0].then"),
        (wish(date=MONDAY, shifts="eqrly"), "preferences[0].shifts"),
        (history(last_shift_type="EARLY"), "history[0].last_shift_type"),
        (
            row("centers", groups="island") | {"rules": [{"rule": "area_floor", "group": "iland"}]},
            "rules[0].group",
        ),
        (setting("presence", 1, "minorty"), "policy[0].where"),
    ],
    "level_out_of_range": [
        (grants({"level": 3}), "volunteers[0].skill.khmer"),
        (grants({"level": 3, "valid_to": MONDAY}), "volunteers[0].skills[0].level"),
        (row("shifts", skill_id="khmer", min_level=3), "shifts[0].min_level"),
        (row("services", skill_id="khmer", min_level=3), "services[0].min_level"),
        (need({"skill_id": "khmer", "min_level": 3}), "requirements[0].min_level"),
        (
            need({"skill_id": "khmer", "with_skills": "portal:3"}) | TWO,
            "requirements[0].with_skills",
        ),
        (
            need({"skill_id": "khmer", "with_skills": "portal:0"}) | TWO,
            "requirements[0].with_skills",
        ),
        (rule("never_alone", skill="khmer", min_level=3), "rules[0].min_level"),
    ],
    "invalid_value": [
        (need({"skill_id": "khmer", "with_skills": "khmer"}), "requirements[0].with_skills"),
        (
            need({"skill_id": "khmer", "with_skills": "portal|portal:2"}) | TWO,
            "requirements[0].with_skills",
        ),
        (need({"skill_id": "khmer", "with_skills": "!khmer"}), "requirements[0].with_skills"),
        (
            need(*({"with_skills": cell, "exclusive": True} for cell in MANY)) | NINE,
            "requirements[8].exclusive",
        ),
        (need({"with_skills": "khmer/portal|!khmer"}) | TWO, "requirements[0].with_skills"),
    ],
    "level_without_skill": [
        (row("shifts", min_level=2), "shifts[0].min_level"),
        (row("services", min_level=2), "services[0].min_level"),
        (need({"min_level": 1}), "requirements[0].min_level"),
    ],
    "minimum_above_target": [
        (need({"minimum": 2}), "requirements[0].minimum"),
    ],
    "overlapping_windows": [
        (
            {
                "availability": [
                    {"volunteer_id": "ana", "start": at(7, 18), "end": at(8, 13)},
                    {"volunteer_id": "ana", "start": at(8, 7), "end": at(8, 17)},
                ]
            },
            "availability[1].start",
        ),
    ],
    "outside_horizon": [
        (row("shifts", start=at(14, 7), end=at(14, 8)), "shifts[0].start"),
        (row("shifts", start=at(6, 22), end=at(7, 8)), "shifts[0].start"),
        ({"demand": [demand(start=at(14, 7), end=at(14, 9))]}, "demand[0].start"),
        (wish(date=dt.date(2026, 12, 14)), "preferences[0].date"),
        (row("availability", start=at(14, 0), end=at(14, 9)), "availability[0].start"),
        (row("availability", start=at(6, 9), end=at(7, 0)), "availability[0].start"),
    ],
    "missing_coordinates": [
        (row("centers", lat=None) | {"rules": [{"rule": "travel"}]}, "centers[0].lat"),
    ],
    "missing_home": [
        (
            row("volunteers", 1, home_center_id=None) | rule("max_distance"),
            "volunteers[1].home_center_id",
        ),
    ],
    "contradicting_pins": [
        ({"pins": [pin("must"), pin("must_not")]}, "pins[1].state"),
    ],
    "contradicting_history": [
        (history(worked_in_a_row=1, off_in_a_row=1), "history[0].off_in_a_row"),
        (history(last_shift_type="early", off_in_a_row=1), "history[0].off_in_a_row"),
        (history(worked_in_a_row=1, same_type_in_a_row=2), "history[0].same_type_in_a_row"),
        (history(last_worked=MONDAY), "history[0].last_worked"),
    ],
    "unclear_wish": [
        (wish(), "preferences[0].shift_id"),
        (wish(date=MONDAY, shift_id="s1"), "preferences[0].shift_id"),
        (wish(shift_id="s1", shifts="early"), "preferences[0].shifts"),
    ],
    "unclear_spread": [
        (spread(arrivals_low=4), "demand[0].arrivals_low"),
        (spread(arrivals_high=6), "demand[0].arrivals_high"),
        (spread(arrivals_low=6, arrivals_high=7), "demand[0].arrivals_low"),
        (spread(arrivals_low=3, arrivals_high=4.9), "demand[0].arrivals_low"),
        # 129 / (2.563 x 5) is just above ten times the mean; of a mean of 0 any spread is.
        (spread(arrivals_low=0, arrivals_high=129), "demand[0].arrivals_low"),
        (
            {"demand": [demand(arrivals=0, arrivals_low=0, arrivals_high=1)]},
            "demand[0].arrivals_low",
        ),
        (spread(arrivals_low=4, arrivals_high=6, arrivals_cv=0.2), "demand[0].arrivals_low"),
    ],
    "not_a_language": [
        (speech("tech", 0.4), "languages[0].skill_id"),
    ],
    "shares_above_one": [
        (speech("language", 0.4, 0.61), "languages[1].share"),
    ],
    "not_a_whole_number": [
        (setting("presence", 1.5), "policy[0].value"),
    ],
    "out_of_range": [
        (setting("target_level", 1), "policy[0].value"),
        (setting("patience_minutes", 0), "policy[0].value"),
    ],
    "split_weekend": [
        (rule("max_weekends", value=1, weekend=("fri", "sun")), "rules[0].weekend"),
        (rule("max_weekends", value=1, weekend=("sat", "sat")), "rules[0].weekend"),
    ],
}
"""Code -> changes that make a fault of it, and where it is."""


@pytest.mark.parametrize("changed", GOOD)
def test_no_fault(changed: dict[str, Any]) -> None:
    """What is close to a fault but is none is accepted."""
    assert found(**changed) == []


@pytest.mark.parametrize(
    ("changed", "code", "where"), [(c, code, at) for code, rows in BAD.items() for c, at in rows]
)
def test_fault(changed: dict[str, Any], code: str, where: str) -> None:
    """Each mistake is found at its place, and is the only one."""
    assert found(**changed) == [(code, where)]


@pytest.mark.parametrize(
    ("kinds", "says"),
    [(["travel"], "travel needs them: C"), (["max_distance", "travel"], "travel need them: C")],
)
def test_one_rule_is_on_and_two_are(kinds: list[str], says: str) -> None:
    """The fault of a center without coordinates names the rules that need them."""
    rules = {"rules": [{"rule": kind} for kind in kinds]}
    with pytest.raises(InputError) as caught:
        Problem.model_validate(base(**row("centers", lat=None), **rules))

    (fault,) = caught.value.faults
    assert str(fault.message).endswith(says)


def test_all_centers_without_coordinates_are_one_fault() -> None:
    """It names the first of them, and how many more there are."""
    centers = [*base()["centers"], *({"center_id": f"C{i}"} for i in range(11))]
    with pytest.raises(InputError) as caught:
        Problem.model_validate(base(centers=centers, rules=[{"rule": "travel"}]))

    (fault,) = caught.value.faults
    assert (fault.index, fault.column) == (1, "lat")
    assert str(fault.message).endswith("C0, C1, C2, C3, C4, C5, C6, C7, ... and 3 more")


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
