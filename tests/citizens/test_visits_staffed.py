"""Teams for visits of several steps, for kinds of citizens, and beside officials: by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from offices import PLAIN, SETTLED, come, figures, office

from shiftplan.citizens.derived import DerivedRequirement
from shiftplan.citizens.staffing import staff
from shiftplan.files import read_week
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
AS_EVER = "0b06fe0ec3459b080ac270be0aad5875a3ce89d998b30ded407b7cb8ebaa37cd"
"""SHA-256 of the requirements of An Giang by the version before there were visits."""
KIOSK = {"minutes_per_citizen": 4}
FILING = {"minutes_per_citizen": 20, "skill_id": "portal"}
PEOPLE = {"ana": {"portal": 1}, "ben": {}}


def visits(hourly: float, *journeys: tuple[str, float], **tables: Any) -> Problem:
    """A settled office for kiosk and filing; journeys with their shares."""
    rows = [{"services": services, "share": share} for services, share in journeys]
    demand = [come(0, 72, 72 * hourly, None)]
    services = {"kiosk": KIOSK, "file": FILING}
    return office(demand, services, PEOPLE, shifts=SETTLED, journeys=rows, **tables)


def last(problem: Problem, policy: Policy = PLAIN) -> dict[str, DerivedRequirement]:
    """Needs of the settled shift by skill; heads under an empty text."""
    return {
        need.requirement.skill_id or "": need
        for need in staff(problem, policy).needs
        if need.requirement.shift_id == "A71"
    }


def official(people: int, start: str = "00:00", end: str = "00:00", **fields: Any) -> dict:
    return {"people": people, "start": start, "end": end, **fields}


def test_a_visit_counts_once_with_all_its_minutes() -> None:
    """12 visits an hour of 4 + 20 minutes: a load of 4.8 of 12 citizens, not of 24.

    Exponential steps have the variance 16 + 400 = 416, and 416 / 24^2 = 0.722.
    """
    line = last(visits(12, ("kiosk|file", 1)))[""].line

    assert line.arrivals_per_hour.sum(axis=0) == pytest.approx([12, 12])
    assert line.service_minutes == pytest.approx([24, 24])
    assert line.cv2 == pytest.approx([416 / 576] * 2)
    assert line.busy == pytest.approx([4.8, 4.8])


def test_people_with_a_skill_have_the_steps_that_need_it() -> None:
    """Who can file is needed for 20 minutes of each visit, and of no visit to the kiosk alone."""
    line = last(visits(16, ("kiosk|file", 3), ("kiosk", 1)))["portal"].line

    assert line.arrivals_per_hour.sum(axis=0) == pytest.approx([12, 12])
    assert line.service_minutes == pytest.approx([20, 20])
    assert line.busy == pytest.approx([4, 4])


def test_the_order_of_steps_does_not_matter_for_teams() -> None:
    """Neither does in how many rows the same services stand."""
    once = visits(12, ("kiosk|file", 1))
    twice = visits(12, ("file|kiosk", 0.5), ("kiosk|file", 1.5))

    assert figures(once) == figures(twice)


def test_a_service_may_be_needed_twice() -> None:
    """Two files of one citizen: 40 minutes, with the variance of both."""
    line = last(visits(6, ("file|file", 1)))["portal"].line

    assert line.service_minutes == pytest.approx([40, 40])
    assert line.cv2 == pytest.approx([0.5, 0.5])


def test_visits_of_one_step_are_requests() -> None:
    """The same figures and lines as rows with a service."""
    services = {"kiosk": KIOSK, "file": FILING}
    rows = [come(0, 72, 72 * 9, "kiosk"), come(0, 72, 72 * 3, "file")]
    requests = office(rows, services, PEOPLE, shifts=SETTLED)

    found = last(visits(12, ("kiosk", 0.75), ("file", 0.25)))

    for skill, need in last(requests).items():
        same = found[skill]
        assert same.requirement == need.requirement
        assert same.line.busy == pytest.approx(need.line.busy)
        assert same.line.cv2 == pytest.approx(need.line.cv2)


def test_requirements_of_requests_are_as_ever() -> None:
    """All 6,183 requirements of the bundled week, before there were visits and after."""
    rows = [
        (r.shift_id, tuple(tuple(*one.abilities) for one in r.conditions), r.minimum, r.target)
        for r in staff(read_week(AN_GIANG)).requirements
    ]

    assert len(rows) == 6183
    assert hashlib.sha256(repr(rows).encode()).hexdigest() == AS_EVER


def test_who_needs_more_time_is_counted_with_it() -> None:
    """A quarter need 40% more: 11 minutes on average instead of 10.

    The mean of the squared factor is 1.24: 1.24 x 200 / 11^2 - 1 = 1.05.
    """
    kinds = [{"kind": "60_plus", "share": 0.25, "factor": 1.4}]
    problem = office([come(0, 72, 72 * 12)], shifts=SETTLED, citizen_kinds=kinds)

    line = last(problem)[""].line

    assert line.service_minutes == pytest.approx([11, 11])
    assert line.cv2 == pytest.approx([248 / 121 - 1] * 2)
    assert line.busy == pytest.approx([2.2, 2.2])


def test_a_factor_is_the_same_for_all_steps_of_a_visit() -> None:
    """Twice as long for half of them: 36 minutes; 2.5 x (416 + 24^2) / 36^2 - 1 = 0.914."""
    kinds = [{"kind": "translator", "share": 0.5, "factor": 2}]
    line = last(visits(4, ("kiosk|file", 1), citizen_kinds=kinds))[""].line

    assert line.service_minutes == pytest.approx([36, 36])
    assert line.cv2 == pytest.approx([2.5 * 992 / 1296 - 1] * 2)


def test_officials_are_servers_who_take_no_seat() -> None:
    """Twelve requests of ten minutes need three; with one official, two of them volunteers."""
    demand = [come(0, 72, 72 * 12)]

    def asked(people: int) -> tuple[int, int]:
        return figures(office(demand, shifts=SETTLED, officials=[official(people)]))["A71"]

    assert [asked(n) for n in range(5)] == [(3, 3), (2, 2), (1, 1), (0, 0), (0, 0)]


def test_presence_holds_beside_officials() -> None:
    """Two volunteers are there even if officials could do all."""
    problem = office([come(0, 72, 72 * 12)], shifts=SETTLED, officials=[official(9)])

    assert figures(problem, Policy())["A71"] == (2, 2)


def test_officials_help_at_their_times_only() -> None:
    """Gone at 23:30, they leave the last half hour to a team of three."""
    helping = [official(9, "00:00", "23:30")]
    problem = office([come(0, 72, 72 * 12)], shifts=SETTLED, officials=helping)

    assert figures(problem)["A71"][1] == 3


def test_officials_of_one_service_leave_the_others() -> None:
    """Two officials at the kiosk take its 24 x 4 minutes an hour: nobody else has to.

    Those who file are as many as before; heads are those who file.
    """
    rows = [come(0, 72, 72 * 24, "kiosk"), come(0, 72, 72 * 6, "file")]
    services = {"kiosk": KIOSK, "file": FILING}
    alone = office(rows, services, PEOPLE, shifts=SETTLED)
    helped = office(
        rows, services, PEOPLE, shifts=SETTLED, officials=[official(2, services=["kiosk"])]
    )

    before, after = last(alone), last(helped)

    assert after["portal"].requirement == before["portal"].requirement
    assert after[""].line.busy == pytest.approx(before["portal"].line.busy)
    assert after[""].requirement.target < before[""].requirement.target


def test_officials_who_do_not_speak_a_language_leave_its_speakers() -> None:
    """Speakers are needed as before, unless the officials speak it too."""
    people = {"ana": {"khmer": 1}, "ben": {}}
    tables = {
        "skills": [{"skill_id": "khmer", "kind": "language"}],
        "languages": [{"center_id": "A", "skill_id": "khmer", "share": 0.5}],
    }

    def speakers(**fields: Any) -> int:
        officials = [official(2, **fields)] if fields else []
        problem = office(
            [come(0, 72, 72 * 12)], people=people, shifts=SETTLED, officials=officials, **tables
        )
        need = last(problem, PLAIN.model_copy(update={"presence": 9})).get("khmer")
        return need.requirement.target if need else 0

    assert speakers() == speakers(languages=[]) == 2
    assert speakers(languages=["khmer"]) == 0


def test_reasons_say_visits_and_officials() -> None:
    """Words for what is counted, in the reason that goes into the file."""
    problem = visits(12, ("kiosk|file", 1), officials=[official(2)])

    reason = staff(problem, PLAIN).requirements[0].reason

    assert "12 visits an hour (kiosk, file) x 24 min" in reason
    assert "; 2 officials at the counters; 80% wait" in reason
