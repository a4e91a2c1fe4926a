"""Citizens who need a language: how many speakers a team has, and who of them can help."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from abilities import (
    BOTH,
    DAYS,
    SERVICES,
    TWO,
    Person,
    can,
    counted,
    crews,
    days,
    kinds,
    of_last,
    service,
)
from hypothesis import given
from hypothesis import strategies as st
from offices import PLAIN, come, figures, office, shift
from pace import costly

from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy


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
