"""Services, forecasts and promises: what they may say, and which setting holds where."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from files.weeks import TINY, faults, read, replaced
from hypothesis import given
from hypothesis import strategies as st
from offices import at, come
from pydantic import ValidationError
from scipy.stats import norm

from shiftplan.week.demand import Demand, DesignPolicy, Policy, Service, Setting, policy_at
from shiftplan.week.records import Center

FORECAST = "center_id,date,start,end,service_id,arrivals\n00430,2026-12-07,07:00,08:00,"
SPREAD = FORECAST.replace("arrivals\n", "arrivals,arrivals_low,arrivals_high,arrivals_cv\n")


def forecast(**fields: float) -> Demand:
    """A forecast of 30 citizens, with a spread or another mean."""
    return Demand.model_validate(come(7, 8, 30) | fields)


def settings(name: str, **values: float) -> list[Setting]:
    """Settings of one field by place; `every` stands for all centers."""
    return [
        Setting(setting=name, where="" if where == "every" else where, value=value)
        for where, value in values.items()
    ]


def test_defaults_are_those_of_the_documentation():
    """Without settings 80% wait at most 10 minutes, 50% at least; two people; 90% busy."""
    assert Policy().model_dump() == {
        "within_minutes": 10,
        "target_level": 0.8,
        "minimum_level": 0.5,
        "most_utilization": 0.9,
        "tolerance": 0,
        "patience_minutes": None,
        "presence": 2,
        "least_citizens": 1,
        "language_share": 0,
        "quantile": None,
        "show_rates": False,
    }


def test_every_field_of_a_policy_can_be_set():
    """The table policy may name exactly the fields of both policies."""
    fields = {*Policy.model_fields, *DesignPolicy.model_fields}
    assert set(get_args(Setting.model_fields["setting"].annotation)) == fields


def test_services_take_all_skills_and_are_exponential_by_default():
    """A service that names no skill is for everybody, at level 1, as uneven as exponential."""
    service = Service(service_id="file", minutes_per_citizen=12)

    assert (service.skill_id, service.min_level, service.cv) == (None, 1, 1)


def test_spread_is_told_or_follows_from_low_and_high():
    """Low and high are the 10th and 90th percentile of a normal distribution around the mean."""
    low, high = norm.ppf([0.1, 0.9], loc=30, scale=6)

    assert forecast().spread == 0
    assert forecast(arrivals_cv=0.7).spread == 0.7
    assert forecast(arrivals_low=low, arrivals_high=high).spread == pytest.approx(6 / 30)
    assert forecast(arrivals=0, arrivals_low=0, arrivals_high=0).spread == 0


PLACE = {
    "center_id": "A",
    "type": "xã",
    "minority_area": True,
    "remote_area": True,
    "groups": ["border"],
}
RANKS = {"every": 1.0, "xã": 2.0, "remote": 3.0, "minority": 4.0, "border": 5.0, "A": 6.0}
"""Where a setting is meant for, from the widest to the closest; its value is its rank."""


@given(st.sets(st.sampled_from(sorted(RANKS)), min_size=1), st.randoms(use_true_random=False))
def test_the_closest_setting_holds_whatever_the_order(places, random):
    """A center goes before its groups, these before areas, its type, and all; in any order."""
    rows = settings("within_minutes", **{place: RANKS[place] for place in places})
    random.shuffle(rows)

    chosen = policy_at(Center(**PLACE), rows).within_minutes

    assert chosen == max(RANKS[place] for place in places)


@pytest.mark.parametrize(
    ("center", "expected"),
    [
        ({"center_id": "B"}, 1),
        ({"center_id": "B", "type": "xã"}, 2),
        ({"center_id": "B", "remote_area": True, "type": "xã"}, 3),
        ({"center_id": "B", "minority_area": True}, 4),
        ({"center_id": "B", "groups": ["border", "island"], "minority_area": True}, 5),
        ({"center_id": "A"}, 6),
        ({"center_id": "B", "type": "phường", "groups": ["island"]}, 1),
    ],
)
def test_settings_for_other_places_do_not_matter(center, expected):
    """A center has the setting meant for it, its type or its area, and else that of all."""
    rows = settings("within_minutes", **RANKS)

    assert policy_at(Center(**center), rows).within_minutes == expected


def test_of_settings_for_two_groups_the_later_one_holds():
    """A center on an island at the border: neither group is closer than the other."""
    center = Center(center_id="B", groups=["border", "island"])
    rows = settings("presence", border=3, island=4)

    assert policy_at(center, rows).presence == 4
    assert policy_at(center, rows[::-1]).presence == 3


def test_settings_go_before_the_policy_given_by_hand():
    """A setting changes its own field only; the others are those of the base, or defaults."""
    base, rows = Policy(presence=4, quantile=0.9), settings("presence", A=1)

    policy = policy_at(Center(center_id="A"), rows, base)

    assert policy == base.model_copy(update={"presence": 1})
    assert policy_at(Center(center_id="B"), rows, base) == base
    assert policy_at(Center(center_id="B"), rows) == Policy()


BAD_FIELDS: list[tuple[type[Any], dict[str, Any]]] = [
    (Service, {"service_id": "file", "minutes_per_citizen": minutes})
    for minutes in (0, -1, 1e-6, 0.009, 1441, 1e300, float("inf"), float("nan"))
]
BAD_FIELDS += [
    (Service, {"service_id": "file", "minutes_per_citizen": 1, "cv": cv}) for cv in (-0.1, 10.1)
]
BAD_FIELDS += [(Demand, come(7, 8, arrivals)) for arrivals in (-1, 1e6 + 1, float("inf"))]
BAD_FIELDS += [(Demand, come(7, 8, 5, arrivals_cv=cv)) for cv in (-0.1, 11)]
BAD_FIELDS += [(Policy, {name: 1}) for name in ("target_level", "minimum_level", "quantile")]
BAD_FIELDS += [(Policy, {name: 0}) for name in ("target_level", "most_utilization", "quantile")]
BAD_FIELDS += [(Policy, {"tolerance": 1}), (Policy, {"presence": 1.5}), (Policy, {"patience": 5})]


@pytest.mark.parametrize(("model", "fields"), BAD_FIELDS)
def test_values_out_of_range_are_refused(model, fields):
    """Numbers that no queue can be computed with do not get as far as a queue."""
    with pytest.raises(ValidationError):
        model(**fields)


HOSTILE = [
    (replaced("demand", "2.5", "-1"), "out_of_range"),
    (replaced("demand", "2.5", "1000001"), "out_of_range"),
    (replaced("demand", "2.5", "many"), "not_a_number"),
    (replaced("demand", "2.5", "nan"), "not_a_number"),
    (replaced("demand", "2.5", ""), "missing_value"),
    (replaced("demand", "file", "flie"), "unknown_id"),
    (replaced("demand", "00430", "00439"), "unknown_id"),
    (replaced("services", ",20", ",0.000001"), "out_of_range"),
    (replaced("services", ",20", ",0"), "out_of_range"),
    (replaced("services", "portal,2", "portel,2"), "unknown_id"),
    (replaced("services", "portal,2", "portal,5"), "level_out_of_range"),
    (replaced("services", "portal,2", ",2"), "level_without_skill"),
    ({"demand": SPREAD + "file,2.5,1,,\n"}, "unclear_spread"),
    ({"demand": SPREAD + "file,2.5,,,11\n"}, "out_of_range"),
    ({"demand": SPREAD + "file,0.001,0,1000000,\n"}, "unclear_spread"),
    ({"policy": "setting,where,value\npatience,,5\n"}, "not_one_of"),
    ({"policy": "setting,where,value\nquantile,,1\n"}, "out_of_range"),
    ({"policy": "setting,where,value\npresence,00430,0.5\n"}, "not_a_whole_number"),
    ({"languages": "center_id,skill_id,share\n00430,portal,0.5\n"}, "not_a_language"),
    ({"languages": "center_id,skill_id,share\n00430,thai,0.5\n"}, "unknown_id"),
    ({"languages": "center_id,skill_id,share\n00430,portal,1.5\n"}, "out_of_range"),
]


@pytest.mark.parametrize(("changed", "code"), HOSTILE)
def test_each_mistake_in_files_is_named(tmp_path, changed, code):
    """What files say of citizens and cannot be is refused, with the code of the mistake."""
    assert code in {fault.code for fault in faults(tmp_path, **changed)}


def test_files_say_what_citizens_come_for(tmp_path):
    """A forecast with its spread, a policy and a service without a skill are read as written."""
    problem = read(
        tmp_path,
        services=TINY["services"] + "seal,Đóng dấu,,,7.5\n",
        demand=SPREAD + "seal,2.5,1,5,\n",
        policy="setting,where,value,note\nquantile,,0.8,busy season\npresence,00430,1,\n",
    )

    assert problem.services[1].skill_id is None
    assert problem.demand[0].start == at(7)
    assert problem.demand[0].spread == pytest.approx(4 / 2.5631 / 2.5, rel=1e-4)
    at_center = policy_at(problem.centers[0], problem.policy)
    assert (at_center.quantile, at_center.presence) == (0.8, 1)
