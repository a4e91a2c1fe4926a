"""Arrivals and offered loads through a week, against sums and curves computed by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offices import FILE, LONG, PLAIN, come, office, shift
from scipy.stats import gamma

from shiftplan.citizens.load import CenterLoad, center_loads
from shiftplan.citizens.ways import ways_of
from shiftplan.problem import Problem

E = math.exp(-1)
H = math.exp(-1 / 2)


def load_of(problem: Problem, quantile: float | None = None) -> CenterLoad:
    """The load of center A."""
    policy = {c.center_id: PLAIN.model_copy(update={"quantile": quantile}) for c in problem.centers}
    return center_loads(problem, policy, ways_of(problem, problem.services))["A"]


def hours(load: CenterLoad) -> list[float]:
    """Edges of the slots in hours."""
    return (load.edges / 60).tolist()


def citizens(load: CenterLoad) -> np.ndarray:
    """Citizens of each service, all slots together."""
    return load.arrivals_per_hour @ np.diff(load.edges) / 60


def test_load_lags_behind_arrivals():
    """Visits of an hour each keep 2.1 people busy in the first half hour, 8.2 in the fourth.

    With 10 visits an hour from an empty office, the load after t hours is 10 (1 - exp(-t)). Its
    mean over half an hour from then on is 10 (1 - 2 exp(-t) (1 - exp(-1/2))).
    """
    load = load_of(office([come(7, 8, 10), come(8, 9, 10)], LONG, shifts=[shift(7, 9)]))

    assert hours(load) == [7, 7.5, 8, 8.5, 9]
    assert load.arrivals_per_hour.tolist() == [[10, 10, 10, 10]]
    assert load.busy[0] == pytest.approx([10 * (1 - 2 * H**i * (1 - H)) for i in range(4)])


def test_load_settles_at_arrivals_times_service():
    """Long after opening, 12 visits an hour of 10 minutes each keep 2 people busy."""
    load = load_of(office([come(0, 24, 24 * 12)], shifts=[shift(0, 24)]))

    assert load.busy[0, -1] == pytest.approx(2)


def test_visits_under_way_at_noon_are_still_a_load():
    """Who came in the last hour of the morning keeps people busy after it, less and less.

    From 7 to 8 come 10 citizens, an hour each: 10 (1 - exp(-1)) are busy at 8, and exp(-1) of
    these at 9, so that the mean in between is 10 (1 - exp(-1))^2. No shift cuts that hour in two.
    """
    load = load_of(office([come(7, 8, 10)], LONG, shifts=[shift(7, 8), shift(9, 10)]))

    assert hours(load) == [7, 7.5, 8, 9, 9.5, 10]
    assert load.shifts.tolist() == [1, 1, 0, 1, 1]
    later = 10 * (1 - E) * E * 2 * (1 - H)
    assert load.busy[0, 2:] == pytest.approx([10 * (1 - E) ** 2, later, later * H])


def test_overlapping_forecasts_of_a_service_add_up():
    """Where two forecasts overlap, both groups of citizens come."""
    load = load_of(office([come(7, 9, 20), come(8, 11, 6)]))

    assert hours(load)[:5] == [7, 7.5, 8, 8.5, 9]
    assert load.arrivals_per_hour[0, :5].tolist() == [10, 10, 12, 12, 2]


def test_nobody_is_left_over_where_forecasts_end():
    """After the last of many overlapping forecasts exactly nobody comes."""
    rows = [come(7, 7 + i / 4, 0.1 * 2.5**i) for i in range(1, 16)]
    load = load_of(office(rows))

    assert load.arrivals_per_hour[0, -1] == 0


def test_services_are_rows_in_the_order_asked_for():
    """Each service has its own citizens and its own load."""
    services = FILE | {"seal": {"minutes_per_citizen": 30}}
    load = load_of(office([come(7, 8, 8, "seal"), come(7, 8, 6)], services, shifts=[shift(7, 8)]))

    assert load.arrivals_per_hour.tolist() == [[6, 6], [8, 8]]
    # Settled 1 and 4, less the warming up: 1 - (1 - exp(-t / s)) s / t, with t half an hour.
    assert load.busy[:, 0] == pytest.approx([1 - (1 - math.exp(-3)) / 3, 4 * E])


def test_shifts_at_the_same_time_are_counted():
    """Slots know how many shifts share their citizens; other centers do not matter."""
    shifts = [shift(7, 10), shift(8, 9), shift(8.5, 11), shift(7, 11, "B")]
    centers = [{"center_id": "A"}, {"center_id": "B"}]
    load = load_of(office([], shifts=shifts, centers=centers))

    assert dict(zip(hours(load), load.shifts.tolist(), strict=False)) == {
        7: 1,
        7.5: 1,
        8: 2,
        8.5: 3,
        9: 2,
        9.5: 2,
        10: 1,
        10.5: 1,
    }


def test_centers_do_not_mix():
    """Citizens of one center are no load of another."""
    centers = [{"center_id": "A"}, {"center_id": "B"}]
    problem = office([come(7, 8, 5), come(7, 8, 7, center_id="B")], centers=centers)

    assert citizens(load_of(problem)) == pytest.approx([5])


def test_forecast_goes_on_after_midnight():
    """A forecast from 22 to 2 o'clock is four hours long."""
    load = load_of(office([come(22, 26, 40)], shifts=[shift(22, 26)]))

    assert load.edges[0] == 22 * 60
    assert load.edges[-1] == 26 * 60
    assert set(load.arrivals_per_hour[0].tolist()) == {10}


@pytest.mark.parametrize(
    ("day", "passed"), [(dt.date(2026, 3, 29), 2), (dt.date(2026, 10, 25), 4)], ids=["on", "back"]
)
def test_clocks_are_put_on_and_back(day, passed):
    """From 1 to 4 o'clock pass two hours in the spring night, four in the autumn night.

    So 40 citizens are 20 or 10 an hour.
    """
    start, end = (dt.datetime.combine(day, dt.time(hour)) for hour in (1, 4))
    times = {"center_id": "A", "start": start, "end": end}
    problem = office(
        [come(1, 4, 40) | times],
        shifts=[shift(1, 4) | times],
        horizon={"start": day, "days": 1, "zone": "Europe/Warsaw"},
    )

    load = load_of(problem)

    assert load.edges[-1] - load.edges[0] == passed * 60
    assert load.arrivals_per_hour[0] == pytest.approx(40 / passed)


def test_rows_without_citizens_change_nothing():
    """A forecast of nobody is as good as no forecast, also of a service nobody else needs."""
    services = FILE | {"seal": {"minutes_per_citizen": 30}}
    with_zeros = office([come(7, 9, 9), come(7.5, 8, 0), come(20, 21, 0, "seal")], services)

    load, plain = load_of(with_zeros), load_of(office([come(7, 9, 9)], services))

    assert load.edges.tolist() == plain.edges.tolist()
    assert load.busy.tolist() == plain.busy.tolist()


@pytest.mark.parametrize("spread", [0.05, 0.4, 1.0])
@pytest.mark.parametrize("quantile", [0.2, 0.5, 0.8, 0.95])
def test_quantile_is_that_of_a_gamma_distribution(spread, quantile):
    """A forecast with a spread is planned at a quantile of the gamma of its mean and spread."""
    problem = office([come(7, 8, 30, arrivals_cv=spread)], shifts=[shift(7, 8)])

    planned = citizens(load_of(problem, quantile))[0]

    # Shape 1 / cv^2 and scale mean cv^2: the mean is 30, the deviation 30 cv.
    assert planned == pytest.approx(gamma.ppf(quantile, 1 / spread**2, scale=30 * spread**2))


def test_low_and_high_tell_the_spread():
    """From 20 to 40 around 30 is a deviation of 20 / 2.5631 = 7.8, which is 0.26 of the mean."""
    rows = [come(7, 8, 30, arrivals_low=20, arrivals_high=40)]
    told = [come(7, 8, 30, arrivals_cv=20 / (2 * 1.2815515655446) / 30)]

    assert citizens(load_of(office(rows), 0.8)) == pytest.approx(
        citizens(load_of(office(told), 0.8))
    )


def test_without_a_quantile_or_a_spread_the_mean_is_planned():
    """The spread matters only with a quantile, and the quantile only with a spread."""
    spread, plain = come(7, 8, 30, arrivals_cv=0.5), come(7, 8, 30)

    assert citizens(load_of(office([spread]))) == pytest.approx([30])
    assert citizens(load_of(office([plain]), 0.9)) == pytest.approx([30])


rows = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 30), st.floats(0, 50), st.booleans()),
    max_size=8,
    unique_by=lambda row: (row[0], row[1], row[3]),
)


@given(rows, st.randoms(use_true_random=False))
def test_all_citizens_come_whatever_the_order(drawn, random):
    """No citizen of a forecast is lost, and the order of its rows does not matter."""
    services = FILE | {"seal": {"minutes_per_citizen": 30}}
    demand = [
        come(7 + start / 4, 7 + (start + length) / 4, arrivals, "seal" if other else "file")
        for start, length, arrivals, other in drawn
    ]
    mixed = random.sample(demand, len(demand))

    load, again = load_of(office(demand, services)), load_of(office(mixed, services))

    for i, service in enumerate(("file", "seal")):
        total = sum(row["arrivals"] for row in demand if row["service_id"] == service)
        assert citizens(load)[i] == pytest.approx(total)
    assert again.busy == pytest.approx(load.busy)
    # Loads never exceed what a stream at the highest rate would settle at.
    assert (load.busy[0] <= load.arrivals_per_hour[0].max() / 6 + 1e-9).all()


def test_slots_of_a_shift():
    """A shift's slots are those between its ends."""
    load = load_of(office([come(7, 11, 4)], shifts=[shift(7, 9), shift(9, 11)]))

    slots = load.inside(9 * 60, 11 * 60)

    assert load.edges[slots].tolist() == [540, 570, 600, 630]


def test_slots_begin_on_the_half_hour_whenever_a_shift_does():
    """From five past seven to ten to nine: the first and the last slot are shorter."""
    start, end = 7 + 5 / 60, 8 + 50 / 60

    load = load_of(office([come(start, end, 4)], shifts=[shift(start, end)]))

    assert load.edges.tolist() == [425, 450, 480, 510, 530]


def test_one_row_of_four_hours_is_as_four_rows_of_an_hour():
    """How a steady forecast is cut into rows does not matter: loads are told by the half hour.

    A single slot would hide that 10 visits an hour of an hour each keep 9.7 people busy at last.
    """
    one = load_of(office([come(7, 11, 40)], LONG))
    four = load_of(office([come(hour, hour + 1, 10) for hour in range(7, 11)], LONG))

    assert one.busy[0] == pytest.approx(four.busy[0])
    # In the eighth half hour 10 (1 - 2 exp(-3.5) (1 - exp(-1/2))) on average.
    assert one.busy[0, -1] == pytest.approx(10 * (1 - 2 * H**7 * (1 - H)))
