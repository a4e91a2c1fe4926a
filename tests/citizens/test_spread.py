"""Promises over all sizes of an uncertain forecast, and with people who may stay away."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from offices import FILE, PLAIN, SETTLED, come, figures, office, shift
from scipy.integrate import quad
from scipy.stats import gamma

from shiftplan.citizens.line import Line
from shiftplan.citizens.queue import Queue
from shiftplan.citizens.queues import shares_in_time
from shiftplan.citizens.sizes import equal_cuts, fine_cuts, sizes_of
from shiftplan.citizens.staffing import staff
from shiftplan.present.words import Words
from shiftplan.week.demand import Policy

spreads = st.floats(0.05, 2)


def test_two_sizes_of_an_exponential_forecast_by_hand():
    """A spread of 1 is exponential: the half below ln 2 has the mean 1 - ln 2, the other 1 + ln 2.

    The integral of x exp(-x) from 0 to ln 2 is 1 - (1 + ln 2) / 2, and the half has the weight 1/2.
    """
    assert sizes_of(np.ones(1), equal_cuts(2))[:, 0] == pytest.approx(
        [1 - math.log(2), 1 + math.log(2)]
    )


@given(spreads, st.integers(1, 40))
def test_sizes_rise_and_have_the_forecast_as_their_mean(spread: float, count: int):
    """Whatever their number, nothing of the forecast is lost; without a spread all are alike."""
    for cuts in (equal_cuts(count), fine_cuts(count)):
        wide, certain = sizes_of(np.array([spread, 0.0]), cuts).T

        assert np.diff(cuts) @ wide == pytest.approx(1)
        assert (np.diff(wide) > 0).all()
        assert certain.tolist() == [1] * count


@given(st.floats(0.01, 30), st.floats(1, 60), st.floats(0, 4), st.integers(1, 30))
def test_many_queues_at_once_wait_as_each_of_them(
    load: float, service: float, cv2: float, servers: int
):
    """Also those whose load is beyond their servers."""
    queue = Queue(60 * load / service, service, servers, cv2=cv2)

    both = shares_in_time(
        np.array([load, 1.0]), np.array([service, 1.0]), np.array([cv2, 1.0]), servers, 10.0
    )

    assert both[0] == pytest.approx(queue.share_within(10), abs=1e-12)


@given(
    st.floats(1e-3, 10),
    st.floats(0.1, 300),
    st.integers(1, 60),
    st.floats(0.1, 1440),
    st.floats(0, 200),
)
@example(0.1, 1, 2_000, 1_440, 10)  # so quiet that the incomplete gamma function is 0
@example(5, 0.01, 2_000, 1_440, 10)  # more digits than it has
def test_many_queues_whose_citizens_give_up_serve_as_each_of_them(
    rho: float, service: float, servers: int, patience: float, within: float
):
    """Within some minutes, and in the end."""
    queue = Queue(60 * rho * servers / service, service, servers, patience)
    loads, times, one = np.array([rho * servers, 1.0]), np.array([service, 1.0]), np.ones(2)

    soon, ever = (
        shares_in_time(loads, times, one, servers, minutes, patience)
        for minutes in (within, math.inf)
    )

    assert soon[0] == pytest.approx(queue.share_served_within(within), abs=1e-9)
    assert ever[0] == pytest.approx(queue.share_served, abs=1e-9)


@pytest.mark.parametrize("spread", [0.2, 0.3, 0.5, 0.8])
def test_the_promise_is_kept_on_average_over_the_distribution(spread: float):
    """The team is the smallest that serves 80% of all who come on quiet and busy days together.

    Its share is the integral of the share of each rate, weighted by rate and density.
    """

    def served(people: int) -> float:
        def late(factor: float) -> float:
            share = Queue(12 * factor, 10, people).share_within(10)
            return factor * share * gamma.pdf(factor, spread**-2, scale=spread**2)

        return quad(late, 0, people / 2, limit=200)[0]

    need = staff(office([come(0, 72, 72 * 12, arrivals_cv=spread)], shifts=SETTLED), PLAIN).needs[0]

    people = need.target.people
    assert need.target.in_time == pytest.approx(served(people), abs=0.005)
    assert served(people) > 0.8 > served(people - 1)


def test_a_spread_of_zero_changes_nothing():
    """Figures and reasons are those of a forecast without a spread."""
    problems = [
        office([come(0, 72, 72 * 12, **spread)], shifts=SETTLED)
        for spread in ({}, {"arrivals_cv": 0.0}, {"arrivals_low": 864, "arrivals_high": 864})
    ]
    plain, zero, narrow = (staff(problem, PLAIN) for problem in problems)

    assert plain.requirements == zero.requirements == narrow.requirements


def test_a_wide_spread_needs_more_people():
    """Twelve an hour with a spread of 0.5 need five people, where three serve the mean."""
    assert figures(office([come(0, 72, 72 * 12)], shifts=SETTLED))["A71"] == (3, 3)
    wide = office([come(0, 72, 72 * 12, arrivals_cv=0.5)], shifts=SETTLED)
    assert figures(wide)["A71"] == (3, 5)


def test_rows_with_spreads_of_their_own_are_busy_together():
    """A certain half and an uncertain one vary as a forecast with half the spread does, nearly."""
    mixed = office(
        [come(0, 72, 72 * 6), come(0, 73, 73 * 6, arrivals_cv=0.6)],
        shifts=[*SETTLED, shift(72, 73)],
    )
    even = office([come(0, 72, 72 * 12, arrivals_cv=0.3)], shifts=SETTLED)

    first, second = (staff(problem, PLAIN).needs[0].line for problem in (mixed, even))

    assert first.spread == pytest.approx(second.spread, abs=0.002)
    assert first.in_time(4, PLAIN) == pytest.approx(second.in_time(4, PLAIN), abs=0.02)


def line_of(*busy: float) -> Line:
    """Visits of ten minutes that keep so many people busy, each for an hour."""
    one, people = np.ones(len(busy)), np.array(busy)
    return Line(0 * one, 60 * one, 6 * people[None], one, people, people, 10 * one, one, sizes=None)


def test_busy_days_count_with_their_citizens():
    """Of three people: with one busy 1/11 exp(-2) of six wait, with two busy 4/9 exp(-1) of 12."""
    line = replace(line_of(1.5), sizes=line_of(1, 2))

    late = (math.exp(-2) / 11 + 2 * 4 / 9 * math.exp(-1)) / 3
    assert line.in_time(3, Policy()) == pytest.approx(1 - late)


def test_a_quiet_office_needs_enough_people_that_somebody_comes():
    """Of three who come every second time one is there in 7 of 8 cases, of two in 3 of 4.

    Hardly anybody comes, so that one person serves all; one in two cases is enough for 50%.
    """
    people = [{"volunteer_id": name, "show_rate": 0.5} for name in ("ana", "ben")]
    problem = office([come(7, 11, 0.001)], volunteers=people, availability=ALL_DAY)
    careful = PLAIN.model_copy(update={"show_rates": True, "minimum_level": 0.49})

    assert figures(problem) == {"A7": (1, 1)}
    assert figures(problem, careful) == {"A7": (1, 3)}


ALL_DAY = [
    {"volunteer_id": name, "start": "2026-12-07 00:00", "end": "2026-12-08 00:00"}
    for name in ("ana", "ben")
]


def test_show_rates_are_those_of_people_who_could_work_there():
    """Ben comes always but lacks the skill, cam holds it but is away: ana's rate counts."""
    services = {"file": FILE["file"] | {"skill_id": "portal"}}
    people = [
        {"volunteer_id": "ana", "show_rate": 0.5, "skills": {"portal": 1}},
        {"volunteer_id": "ben", "show_rate": 1.0},
        {"volunteer_id": "cam", "show_rate": 1.0, "skills": {"portal": 1}},
    ]
    problem = office(
        [come(7, 11, 0.001)],
        services,
        volunteers=people,
        availability=ALL_DAY,
        skills=[{"skill_id": "portal"}],
    )

    needs = staff(problem, PLAIN.model_copy(update={"show_rates": True})).needs

    assert {n.requirement.skill_id: n.line.show_rate for n in needs} == {None: 0.75, "portal": 0.5}


def test_nobody_who_ever_comes_asks_for_no_endless_team():
    """Where nobody could work the shift, teams are those of people who come."""
    careful = PLAIN.model_copy(update={"show_rates": True})

    assert figures(office([come(7, 11, 4)]), careful) == figures(office([come(7, 11, 4)]))


def test_people_who_may_stay_away_are_busier():
    """Two busy, who may be so half of the time, are five who come with 80%."""
    line = replace(line_of(2), show_rate=0.8)

    assert line.team(Policy(), 0.5, 0.5).people == 5


def test_patience_counts_every_size():
    """With patience the share is the mean over sizes too, weighted by those who come."""
    patient = Policy(patience_minutes=10)
    line = replace(line_of(1.5), sizes=line_of(1, 2))

    shares = [line_of(busy).in_time(3, patient) for busy in (1, 2)]
    assert line.in_time(3, patient) == pytest.approx((shares[0] + 2 * shares[1]) / 3)


def test_reasons_tell_spread_and_show_rate():
    """Both are said, in both languages, only where they count."""
    people = [{"volunteer_id": name, "show_rate": 0.5} for name in ("ana", "ben")]
    problem = office([come(7, 11, 4, arrivals_cv=0.3)], volunteers=people, availability=ALL_DAY)

    (need,) = staff(problem, PLAIN.model_copy(update={"show_rates": True})).needs
    (plain,) = staff(office([come(7, 11, 4)]), PLAIN).needs

    assert "; averaged over a spread of 30%; people come 50% of the time" in str(need.reason)
    said = Words("vi")(need.reason)
    assert "dao động 30%; mỗi người đến với xác suất 50%" in said
    assert "spread" not in str(plain.reason)
    assert "come" not in str(plain.reason)
