"""People who can do several things are counted once: what abilities a team needs together.

Every claim about teams is tried on all teams of the kinds of people there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, combinations_with_replacement, pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from offices import PLAIN, come, figures, office, shift
from pace import costly

from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy
from shiftplan.week.requirements import Requirement

Person = Mapping[str, int]
"""Skill -> level."""
DAYS = [shift(71, 72), shift(0, 71)]
"""A shift whose loads have long settled, and the days before it."""


def service(skill: str | None = None, level: int = 1, minutes: float = 10) -> dict[str, Any]:
    return {"skill_id": skill, "min_level": level, "minutes_per_citizen": minutes}


def settled(services: Mapping[str, Any], people: Mapping[str, Person], **hourly: float) -> Problem:
    """Services with so many visits an hour, for three days."""
    demand = [come(0, 72, 72 * n, name) for name, n in hourly.items()]
    return office(demand, services, people, shifts=DAYS)


def of_last(problem: Problem, policy: Policy = PLAIN) -> dict[str, tuple[int, int]]:
    """Abilities of the settled shift -> minimum and target; heads first, as an empty text."""
    rows = figures(problem, policy).items()
    return {name[3:].strip(): row for name, row in rows if name.startswith("A71")}


TWO = {"online": service("portal"), "phone": service("vneid")}
BOTH = {"portal": 1, "vneid": 1}


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


def test_a_language_that_is_also_a_service_is_asked_for_once():
    """Interpreters' own citizens and those who need the language make one row, the larger."""
    services = {"talk": service("khmer"), "desk": service()}
    languages = [{"center_id": "A", "skill_id": "khmer", "share": 0.5}]
    tables = {"skills": [{"skill_id": "khmer", "kind": "language"}], "shifts": DAYS}
    people = {"ana": {"khmer": 1}, "ben": {}}

    def rows(talk: float, desk: float) -> dict[str, tuple[int, int]]:
        demand = [come(0, 72, 72 * talk, "talk"), come(0, 72, 72 * desk, "desk")]
        problem = office(demand, services, people, languages=languages, **tables)
        Problem.model_validate(staff(problem, PLAIN).problem.model_dump())
        return of_last(problem)

    # Load 2 needs 3, as above; load 1 needs 2: all of one service or half of both is more.
    assert rows(12, 0.1)["khmer 1"] == (3, 3)
    assert rows(0.1, 24)["khmer 1"] == (3, 3)


@pytest.mark.parametrize(("share", "asked"), [(0.25, True), (0.2, False)])
def test_few_citizens_of_a_language_need_no_speaker(share, asked):
    """Of ten citizens a quarter are just the two and a half for whom somebody is asked for."""
    tables = {"skills": [{"skill_id": "khmer", "kind": "language"}]}
    people = {"ana": {"khmer": 1}, "ben": {}}
    minority = [{"center_id": "A", "minority_area": True}]

    def rows(**told: Any) -> dict[str, tuple[int, int]]:
        policy = Policy(least_citizens=2.5, language_share=share)
        return figures(office([come(7, 11, 10)], people=people, **tables, **told), policy)

    assert ("A7 khmer 1" in rows()) == asked
    own = [{"center_id": "A", "skill_id": "khmer", "share": share}]
    assert ("A7 khmer 1" in rows(languages=own, centers=minority)) == asked


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


def test_a_language_of_everybody_is_not_asked_for():
    """Where all people speak the language, everybody in the team does."""
    languages = [{"center_id": "A", "skill_id": "khmer", "share": 1}]
    tables = {"skills": [{"skill_id": "khmer", "kind": "language"}], "languages": languages}

    def rows(people: dict[str, Person]) -> dict[str, tuple[int, int]]:
        return figures(office([come(7, 11, 20)], people=people, **tables))

    assert rows({"ana": {"khmer": 1}}) == {"A7": (2, 2)}
    assert rows({"ana": {"khmer": 1}, "ben": {}}) == {"A7": (2, 2), "A7 khmer 1": (2, 2)}


SPEAK = {"skills": [{"skill_id": s, "max_level": 4} for s in ("portal", "vneid")]}
SPEAK["skills"].append({"skill_id": "khmer", "kind": "language"})
HALF = {**SPEAK, "languages": [{"center_id": "A", "skill_id": "khmer", "share": 0.5}]}


def test_citizens_of_a_service_ask_for_a_speaker_who_can_help():
    """Half of 12 visits an hour are a load of 1, which needs two people: they speak and file.

    So no row asks for two who only speak. All 12 are a load of 2, and need three.
    """
    people = {"ana": {"khmer": 1}, "ben": {"portal": 1}, "cho": {}}
    demand = [come(0, 72, 72 * 12, "online")]

    problem = office(demand, {"online": service("portal")}, people, shifts=DAYS, **HALF)

    assert of_last(problem) == {"": (3, 3), "portal 1": (3, 3), "khmer 1 portal": (2, 2)}


def test_a_speaker_of_no_ability_is_there_for_what_all_can_help_with():
    """Half of 24 visits an hour are a load of 2, which three serve; of 6 it is 0.5.

    A load of 0.5 on one person waits with chance 0.5, beyond ten minutes 0.5 exp(-0.5) = 0.303:
    enough for the minimum of half of them, and two people for the target.
    """
    people = {"ana": {"khmer": 1}, "ben": {"portal": 1}, "cho": {}}
    services = {"online": service("portal"), "desk": service()}
    demand = [come(0, 72, 72 * 6, "online"), come(0, 72, 72 * 18, "desk")]

    problem = office(demand, services, people, shifts=DAYS, **HALF)

    rows = of_last(problem)
    assert rows["khmer 1"] == (3, 3)
    assert rows["khmer 1 portal"] == (1, 2)


def test_speakers_of_two_abilities_are_not_counted_twice():
    """Two services whose speakers would be two each: three who speak and hold the commoner one."""
    people = {"ana": {**BOTH, "khmer": 1}, "ben": {"vneid": 1, "khmer": 1}, "cho": {"portal": 1}}
    people |= {"dau": {"portal": 1}}
    demand = [come(0, 72, 72 * 12, name) for name in TWO]

    problem = office(demand, TWO, people, shifts=DAYS, **HALF)

    rows = of_last(problem)
    assert rows["khmer 1 vneid"] == (3, 3)  # of the speakers fewer hold the portal
    assert rows["khmer 1 portal"] == (2, 2)
    assert "khmer 1" not in rows


def test_what_all_people_hold_is_not_asked_of_speakers():
    """Where everybody files online, whoever speaks can help."""
    people = {"ana": {"khmer": 1, "portal": 1}, "ben": {"portal": 1}}
    demand = [come(0, 72, 72 * 12, "online")]

    problem = office(demand, {"online": service("portal")}, people, shifts=DAYS, **HALF)

    assert of_last(problem) == {"": (3, 3), "khmer 1": (2, 2)}


def test_for_few_citizens_a_speaker_of_a_level_is_wanted_but_not_needed():
    """Of two citizens for level 3 one speaks Khmer: where that is too few, the minimum is 0."""
    services = {"land": service("portal", 3), "form": service("portal", 1)}
    demand = [come(7, 11, 2, "land"), come(7, 11, 20, "form")]
    people = {"ana": {"portal": 3, "khmer": 1}, "ben": {"portal": 1}, "cho": {}}

    def speakers(few: float) -> tuple[int, int]:
        asked = figures(office(demand, services, people, **HALF), Policy(least_citizens=few))
        return asked["A7 khmer 1 portal:3"]

    assert speakers(1) == (1, 1)
    assert speakers(1.1) == (0, 1)


def test_nobody_needs_a_speaker_for_a_service_without_citizens():
    """Only the portal is used on this day, so that no speaker has to know VNeID."""
    people = {"ana": {**BOTH, "khmer": 1}, "ben": {"vneid": 1}, "cho": {"portal": 1}}
    demand = [come(7, 11, 20, "online"), come(31, 35, 20, "phone")]
    tables = {**HALF, "shifts": [shift(7, 11), shift(31, 35)]}

    rows = figures(office(demand, TWO, people, **tables))

    asked = {name for name in rows if name.startswith("A7 khmer")}
    assert asked == {"A7 khmer 1 portal"}


def crews(people: Mapping[str, Person], largest: int) -> Iterator[tuple[Person, ...]]:
    """All teams of the kinds of people there are, each kind any number of times."""
    kinds = [dict(kind) for kind in {tuple(sorted(p.items())) for p in people.values()}]
    for size in range(largest + 1):
        yield from combinations_with_replacement(kinds, size)


def counted(row: Requirement, crew: tuple[Person, ...]) -> int:
    """People of a team whom a requirement counts."""
    asked = {} if row.skill_id is None else {row.skill_id: row.min_level or 1}
    for name in row.with_skills:
        skill, _, level = name.partition(":")
        asked[skill] = int(level or 1)
    return sum(all(p.get(skill, 0) >= n for skill, n in asked.items()) for p in crew)


SERVICES = {
    "desk": service(None, 1, 5),
    "form": service("portal", 1, 10),
    "file": service("portal", 2, 25),
    "land": service("portal", 3, 45),
    "phone": service("vneid", 1, 15),
}
persons = st.fixed_dictionaries({"portal": st.integers(0, 3), "vneid": st.integers(0, 1)})
kinds = st.lists(persons, min_size=1, max_size=4).map(
    lambda drawn: {
        f"v{i}": {skill: n for skill, n in person.items() if n} for i, person in enumerate(drawn)
    }
)
days = st.lists(
    st.tuples(st.sampled_from(sorted(SERVICES)), st.integers(7, 10), st.floats(0.1, 6)),
    min_size=1,
    max_size=7,
    unique_by=lambda row: row[:2],
)


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


@costly(0.35)
@given(kinds.flatmap(lambda people: st.tuples(*(speaks(people, who) for who in people))), days)
def test_every_set_of_services_has_its_speakers(people, drawn):
    """The same of those who speak, for the half of the citizens who need that."""
    held = dict(people)
    rows = [come(hour, hour + 1, n, name) for name, hour, n in drawn]
    used = sorted({name for name, _, _ in drawn})
    asked = staff(office(rows, SERVICES, held, **HALF), PLAIN).requirements

    for size in range(1, len(used) + 1):
        for chosen in combinations(used, size):
            own = [r | {"arrivals": r["arrivals"] / 2} for r in rows if r["service_id"] in chosen]
            needed = figures(office(own, SERVICES, held, **SPEAK))["A7"]
            for i, figure in enumerate(("minimum", "target")):
                for crew in crews(held, min(5, getattr(asked[0], figure) + 1)):
                    if all(counted(row, crew) >= getattr(row, figure) for row in asked):
                        able = [p for p in crew if any(can(p, SERVICES[name]) for name in chosen)]
                        assert sum("khmer" in p for p in able) >= needed[i], (chosen, crew)


def speaks(people: Mapping[str, Person], who: str) -> st.SearchStrategy[tuple[str, Person]]:
    """One of the people, who may speak Khmer too."""
    return st.sampled_from([people[who], {**people[who], "khmer": 1}]).map(lambda p: (who, p))


def can(person: Person, task: Mapping[str, Any]) -> bool:
    """Whether somebody can help with a service."""
    return task["skill_id"] is None or person.get(task["skill_id"], 0) >= task["min_level"]


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
