"""Lines of citizens by themselves, without a problem around them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from shiftplan.citizens.line import Line, StaffedTeam, _first
from shiftplan.citizens.load import CenterLoad
from shiftplan.citizens.queueing import MOST_SERVERS
from shiftplan.week.demand import Policy, Service


def test_a_line_without_citizens_needs_nobody() -> None:
    """Nobody waits too long where nobody comes: all of none are served in time."""
    none, whole = np.zeros(2), np.ones(2)
    line = Line(none, 60 * whole, np.zeros((1, 2)), whole, none, none, none, none)

    assert line.citizens == 0
    assert line.team(Policy(), 0.8, 0.9) == StaffedTeam(0, 1.0)
    assert line.smaller(Policy(), 0.5, StaffedTeam(0, 1.0)) == StaffedTeam(0, 1.0)
    assert line.in_time(3, Policy()) == 1.0


def test_a_team_tells_how_many_it_serves_in_time() -> None:
    """Two busy of three: 4/9 wait, and 4/9 exp(-1) of all beyond ten minutes."""
    one = np.ones(1)
    line = Line(0 * one, 60 * one, np.array([[12.0]]), one, 2 * one, 2 * one, 10 * one, one)
    policy = Policy()

    team = line.team(policy, 0.8, 0.9)

    assert team == StaffedTeam(3, pytest.approx(1 - 4 / 9 * math.exp(-1)))
    assert line.smaller(policy, 0.8, team) is team
    # Of five, two can be spared.
    assert line.smaller(policy, 0.8, StaffedTeam(5, 1.0)) == team


ONE = np.ones(1)


def busy_with(people: float) -> Line:
    """Visits of ten minutes that keep so many people busy for an hour."""
    return Line(
        0 * ONE, 60 * ONE, 6 * people * ONE[None], ONE, people * ONE, people * ONE, 10 * ONE, ONE
    )


def test_a_team_may_be_exactly_as_busy_as_allowed() -> None:
    """One person who is busy 90% of the time is enough where citizens have a day."""
    policy = Policy(within_minutes=1440)

    assert busy_with(0.9).team(policy, 0.8, 0.9).people == 1
    assert busy_with(0.91).team(policy, 0.8, 0.9).people == 2


def test_what_is_tolerated_is_not_asked_for() -> None:
    """Two busy of three serve 83.7% in time: 88% less 5%, and not more; of four 97.6%."""
    tolerant, strict = Policy(tolerance=0.05), Policy()

    assert busy_with(2).team(tolerant, 0.88, 0.9).people == 3
    assert busy_with(2).team(strict, 0.88, 0.9).people == 4
    assert busy_with(2).smaller(tolerant, 0.88, StaffedTeam(5, 1.0)).people == 3
    assert busy_with(2).smaller(strict, 0.88, StaffedTeam(5, 1.0)).people == 4


def test_the_smallest_team_is_one_person() -> None:
    """A tenth of a person busy: one is enough, with patience too, and of two one can be spared."""
    line = busy_with(0.1)

    assert line.team(Policy(), 0.8, 0.9).people == 1
    assert line.team(Policy(patience_minutes=10), 0.8, 0.9).people == 1
    assert line.smaller(Policy(), 0.8, StaffedTeam(2, 1.0)).people == 1
    assert line.smaller(Policy(), 0.8, StaffedTeam(1, 0.99)).people == 1


def test_nobody_serves_nobody() -> None:
    """Without people no citizen is served in time."""
    assert busy_with(2).in_time(0, Policy()) == 0.0


def test_slots_count_by_their_citizens() -> None:
    """Six in an hour and six in half an hour: the mean of one and of two busy of three people.

    Beyond ten minutes wait 1/11 exp(-2) of the first and 4/9 exp(-1) of the others.
    """
    two, busy = np.ones(2), np.array([1.0, 2.0])
    minutes, arrivals = np.array([60.0, 30.0]), np.array([[6.0, 12.0]])
    line = Line(np.array([0.0, 60.0]), minutes, arrivals, two, busy, busy, 10 * two, two)

    late = (math.exp(-2) / 11 + 4 / 9 * math.exp(-1)) / 2
    assert line.in_time(3, Policy()) == pytest.approx(1 - late)


def test_visits_of_one_length_wait_less() -> None:
    """Half as long as those that vary: 4/9 exp(-2) wait beyond ten minutes, where all stay.

    Where citizens give up, how visits vary is left out.
    """
    steady = replace(busy_with(2), cv2=0 * ONE)
    patient = Policy(patience_minutes=10)

    assert steady.in_time(3, Policy()) == pytest.approx(1 - 4 / 9 * math.exp(-2))
    assert steady.in_time(3, patient) == busy_with(2).in_time(3, patient)


def test_nobody_is_too_busy_where_citizens_give_up() -> None:
    """Two busy, who may be so half of the time, are four; three would keep the promise."""
    patient = Policy(patience_minutes=10)

    assert busy_with(2).in_time(3, patient) > 0.5
    assert busy_with(2).team(patient, 0.5, 0.5).people == 4


def test_a_search_finds_the_first_that_holds() -> None:
    """From wherever it starts, and however far away."""
    for start in (1, 2, 5):
        for first in (*range(start, 60), 1_000, MOST_SERVERS):
            assert _first(lambda n, first=first: n >= first, start) == first


def test_a_line_mixes_its_services() -> None:
    """Of two services, alone in the first half hour and beside another shift in the second.

    As many are with the one as with the other: 10 or 30 minutes, 20 on average; their squares are
    100 (1 + 1/4) and 900 (1 + 4), 2312.5 on average, and 2312.5 / 400 - 1 = 4.78125.
    """
    services = [
        Service(service_id=name, minutes_per_citizen=minutes, cv=cv)
        for name, minutes, cv in (("other", 5, 1), ("quick", 10, 0.5), ("slow", 30, 2))
    ]
    slots = np.ones(2)
    load = CenterLoad(
        np.array([420.0, 450.0, 480.0, 510.0]),
        np.array([1.0, 1.0, 2.0]),
        np.stack([np.full(3, n) for n in (9.0, 6.0, 2.0)]),
        np.stack([np.full(3, n) for n in (7.0, 1.0, 3.0)]),
    )

    line = Line.of(load, slice(1, 3), services, [1, 2], 0.5)

    assert line.start.tolist() == [450, 480]
    assert line.minutes.tolist() == [30, 30]
    assert line.part.tolist() == [0.5, 0.25]
    assert line.arrivals_per_hour.tolist() == [[0, 0], [3, 1.5], [1, 0.5]]
    assert line.work.tolist() == [1, 0.5]
    assert line.busy.tolist() == [2, 1]
    assert line.service_minutes == pytest.approx(20 * slots)
    assert line.cv2 == pytest.approx(4.78125 * slots)
    assert line.citizens == pytest.approx(3)
    assert line.peak == 0


def test_services_of_a_fixed_length_do_not_vary() -> None:
    """Neither do nobody's."""
    services = [Service(service_id="stamp", minutes_per_citizen=10, cv=0)]
    load = CenterLoad(
        np.array([0.0, 30.0, 60.0]), np.ones(2), np.array([[6.0, 1e-10]]), np.array([[1.0, 0.0]])
    )

    line = Line.of(load, slice(0, 2), services, [0], 1.0)

    assert line.cv2.tolist() == [0, 0]
    assert line.service_minutes.tolist() == [10, 0]
    assert line.arrivals_per_hour.tolist() == [[6, 0]]


def test_the_shortest_services_vary_as_told() -> None:
    """Half a minute with a coefficient of 2: its square is 4."""
    services = [Service(service_id="stamp", minutes_per_citizen=0.5, cv=2)]
    load = CenterLoad(np.array([0.0, 30.0]), ONE, np.array([[60.0]]), np.array([[0.5]]))

    line = Line.of(load, slice(0, 1), services, [0], 1.0)

    assert line.cv2 == pytest.approx(4 * ONE)
    assert line.service_minutes.tolist() == [0.5]


SPREAD = (np.array([0.25, 0.75]), np.array([[[4.0, 9.0, 20.0]], [[6.0, 12.0, 30.0]]]))
SPREAD_BUSY = np.array([[[0.5, 1.5, 3.0]], [[1.0, 2.0, 5.0]]])


@pytest.mark.parametrize("sizes", [None, (*SPREAD, SPREAD_BUSY)])
@pytest.mark.parametrize("beside", [None, np.array([0.0, 1.0, 2.0])])
@pytest.mark.parametrize("patience", [None, 15.0])
def test_a_part_of_a_line_is_the_line_of_that_time(
    sizes: tuple[np.ndarray, np.ndarray, np.ndarray] | None,
    beside: np.ndarray | None,
    patience: float | None,
) -> None:
    """What is computed once for a week gives each shift the figures that it has by itself."""
    services = [Service(service_id="stamp", minutes_per_citizen=10, cv=1)]
    load = CenterLoad(
        np.array([0.0, 30.0, 60.0, 90.0]),
        np.array([0.0, 1.0, 2.0]),  # no shift is there in the first slot
        np.array([[0.0, 12.0, 30.0]]),
        np.array([[0.5, 2.0, 5.0]]),
        sizes,
    )
    policy = Policy(patience_minutes=patience)
    week = Line.of(load, slice(None), services, [0], 0.8, beside)

    for slots in (slice(1, 2), slice(2, 3), slice(1, 3)):
        alone, part = Line.of(load, slots, services, [0], 0.8, beside), week.during(slots)

        assert part.citizens == alone.citizens
        assert part.spread == pytest.approx(alone.spread)
        for level in (0.5, 0.8, 0.95):
            assert part.team(policy, level, 0.9) == alone.team(policy, level, 0.9)
        assert [part.in_time(n, policy) for n in range(1, 9)] == [
            alone.in_time(n, policy) for n in range(1, 9)
        ]
