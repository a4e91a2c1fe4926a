"""People who can do several things are counted once: what abilities a team needs together.

Every claim about teams is tried on all teams of the kinds of people there are.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from abilities import (
    BOTH,
    SERVICES,
    TWO,
    can,
    counted,
    crews,
    days,
    kinds,
    of_last,
    service,
    settled,
)
from hypothesis import example, given
from hypothesis import strategies as st
from offices import PLAIN, come, figures, office
from pace import costly

from shiftplan.citizens.staffing import staff
from shiftplan.week.demand import Policy


def test_who_has_two_skills_is_not_counted_twice():
    """Two services of load 1 need two people each, but three together: of the commoner skill.

    A load of 2 on 3 people waits with chance 4/9, beyond ten minutes 4/9 exp(-1) = 0.163. Two
    people who hold both skills would meet a requirement of two for each.
    """
    people = {"ana": BOTH, "ben": BOTH, "cho": {"vneid": 1}, "dau": {}}
    problem = settled(TWO, people, online=6, phone=6)

    rows = of_last(problem)

    assert rows == {"": (3, 3), "vneid 1": (3, 3), "portal 1": (2, 2)}
    assert list(rows) == ["", "vneid 1", "portal 1"]


def test_the_rarest_ability_is_asked_for_alone():
    """Fewer people hold vneid here, so that portal is asked for both services."""
    people = {"ana": BOTH, "ben": {"portal": 1}, "cho": {}}

    rows = of_last(settled(TWO, people, online=6, phone=6))

    assert rows == {"": (3, 3), "portal 1": (3, 3), "vneid 1": (2, 2)}


def test_higher_levels_can_do_what_lower_ones_can():
    """A lower level is asked for its own services and for all higher ones, whoever holds both."""
    services = {"land": service("portal", 3), "form": service("portal", 1)}
    people = {"ana": {"portal": 3}, "ben": {"portal": 1}, "cho": {}}

    mixed = of_last(settled(services, people, land=6, form=6))
    same = of_last(settled(services, {"ana": {"portal": 3}, "cho": {}}, land=6, form=6))

    assert mixed == {"": (3, 3), "portal 1": (3, 3), "portal 3": (2, 2)}
    assert same == mixed


def test_a_lower_level_that_needs_no_more_is_left_out():
    """Two people of level 3 are two of level 1, who are enough for 0.6 visits an hour more.

    A load of 1.1 on 2 people waits with chance 0.39, beyond ten minutes 0.39 exp(-0.9) = 0.159.
    """
    services = {"land": service("portal", 3), "form": service("portal", 1)}
    people = {"ana": {"portal": 3}, "ben": {"portal": 1}, "cho": {}}

    rows = of_last(settled(services, people, land=6, form=0.6))

    assert rows == {"": (2, 2), "portal 3": (2, 2)}


def test_a_lower_level_is_asked_for_if_only_its_target_is_higher():
    """With 1.8 visits an hour more, two people keep the minimum as before, and three the target.

    A load of 1.3 on 2 people waits with chance 0.51, beyond ten minutes 0.51 exp(-0.7) = 0.254.
    """
    services = {"land": service("portal", 3), "form": service("portal", 1)}
    people = {"ana": {"portal": 3}, "ben": {"portal": 1}, "cho": {}}

    rows = of_last(settled(services, people, land=6, form=1.8))

    assert rows == {"": (2, 3), "portal 1": (2, 3), "portal 3": (2, 2)}


@pytest.mark.parametrize(
    ("grant", "left_out"),
    [
        ({}, True),
        ({"valid_from": "2026-01-01", "valid_to": "2026-12-13"}, True),
        ({"valid_from": "2026-12-08"}, False),
        ({"valid_to": "2026-12-12"}, False),
    ],
)
def test_what_everybody_can_do_all_week_is_not_asked_for(grant, left_out):
    """An ability of all people is left out only if they hold it on every day planned."""
    people = [{"volunteer_id": "ana", "skills": [{"skill_id": "portal", **grant}]}]
    services = {"online": service("portal")}
    skills = [{"skill_id": "portal"}]

    problem = office([come(7, 11, 20, "online")], services, skills=skills, volunteers=people)

    assert ("A7 portal 1" in figures(problem)) != left_out


def test_a_plan_for_people_yet_to_be_found_names_their_abilities():
    """With no volunteers at all nothing can be left out as known to everybody."""
    problem = office([come(7, 11, 20, "online")], {"online": service("portal")})

    assert set(figures(problem)) == {"A7", "A7 portal 1"}


def test_few_citizens_need_nobody_of_their_own():
    """Fewer citizens than the policy says are served, but no ability is asked for them alone."""
    services = {"online": service("portal"), "desk": service()}
    demand = [come(7, 11, 0.9, "online"), come(7, 11, 9, "desk")]
    problem = office(demand, services, {"ana": {"portal": 1}, "ben": {}})

    rows = {few: figures(problem, Policy(least_citizens=few)) for few in (0.9, 1)}

    assert rows[0.9] == {"A7": (2, 2), "A7 portal 1": (1, 1)}
    assert rows[1] == {"A7": (2, 2)}


def test_few_citizens_of_several_levels_are_citizens_of_the_skill():
    """Half a citizen for level 3 and 0.6 for level 1 are 1.1 for somebody who knows the skill."""
    services = {"land": service("portal", 3), "form": service("portal", 1)}
    demand = [come(7, 11, 0.5, "land"), come(7, 11, 0.6, "form")]
    people = {"ana": {"portal": 3}, "ben": {"portal": 1}, "cho": {}}

    assert figures(office(demand, services, people), Policy()) == {
        "A7": (2, 2),
        "A7 portal 1": (1, 1),
    }


def test_few_citizens_of_a_level_ask_for_nobody_beside_a_higher_one():
    """Half a citizen for level 1 needs nobody: people of level 3 are there for their own citizens.

    Counted with all rarer abilities they would need three people, like the two other services.
    """
    services = TWO | {"online": service("portal", 3), "form": service("portal", 1)}
    people = {
        "ana": {"portal": 3},
        "ben": BOTH,
        "cho": {"vneid": 1},
        "dau": {"portal": 1},
        "em": {},
    }

    rows = of_last(settled(services, people, online=6, phone=6, form=0.5), Policy(presence=0))

    assert rows == {"": (3, 3), "vneid 1": (3, 3), "portal 3": (2, 2)}


def test_an_ability_is_not_asked_of_more_people_than_there_is_room_for():
    """Three people would be needed at the portal; the center has room for two."""
    services = {"online": service("portal"), "desk": service()}
    demand = [come(7, 11, 48, "online"), come(7, 11, 4, "desk")]
    people = {"ana": {"portal": 1}, "ben": {}}

    def rows(room: int | None) -> dict[str, tuple[int, int]]:
        centers = [{"center_id": "A", "capacity": room}]
        return figures(office(demand, services, people, centers=centers))

    assert rows(None)["A7 portal 1"][1] > 2
    assert rows(2) == {"A7": (2, 2), "A7 portal 1": (2, 2)}


@example({"v0": {"portal": 2}}, [("desk", 7, 1.0), ("file", 8, 1.0)], 0)
@costly(0.35)
@given(kinds, days, st.sampled_from([0, 5, 10]))
def test_every_set_of_services_has_its_people(people, drawn, within):
    """For each set of services a team that meets the requirements has enough who help with some.

    Enough is what a problem needs in which the citizens of these services come alone (Hall's
    condition). That holds for minimum and target, so rows that were left out change nothing.
    """
    policy = PLAIN.model_copy(update={"within_minutes": within})
    rows = [come(hour, hour + 1, n, name) for name, hour, n in drawn]
    used = sorted({name for name, _, _ in drawn})
    asked = staff(office(rows, SERVICES, people), policy).requirements
    alone = {}
    for size in range(1, len(used) + 1):
        for chosen in combinations(used, size):
            own = [row for row in rows if row["service_id"] in chosen]
            alone[chosen] = figures(office(own, SERVICES, people), policy)["A7"]

    for i, figure in enumerate(("minimum", "target")):
        largest = min(6, getattr(asked[0], figure) + 1)
        for crew in crews(people, largest):
            if all(counted(row, crew) >= getattr(row, figure) for row in asked):
                for chosen, needed in alone.items():
                    able = sum(any(can(p, SERVICES[name]) for name in chosen) for p in crew)
                    assert able >= needed[i], (chosen, crew)


@given(kinds, days)
def test_no_level_is_asked_for_that_a_higher_one_brings(people, drawn):
    """From level to level down a skill, the people asked for become more, or nothing is asked."""
    rows = [come(hour, hour + 1, n, name) for name, hour, n in drawn]

    asked = staff(office(rows, SERVICES, people), PLAIN).requirements

    levels = sorted((r for r in asked if r.skill_id == "portal"), key=lambda r: -r.min_level)
    for higher, lower in pairwise(levels):
        assert (lower.minimum, lower.target) > (higher.minimum, higher.target)
    assert len({(r.skill_id, r.min_level) for r in asked}) == len(asked)
    assert all(r.target for r in asked)
