"""Officials and visits where the forecast has a spread or people may stay away: by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from offices import PLAIN, SETTLED, come, office

from shiftplan.citizens.line import Line
from shiftplan.citizens.officials import Helpers, left_by
from shiftplan.citizens.staffing import staff

KIOSK = {"minutes_per_citizen": 4}
FILING = {"minutes_per_citizen": 20}


def heads(spread: float, **tables: Any) -> Line:
    """The line of all citizens in the settled shift: 12 visits of 24 minutes an hour."""
    demand = [come(0, 72, 72 * 12, None) | {"arrivals_cv": spread}]
    journeys = [{"services": "kiosk|file", "share": 1}]
    services = {"kiosk": KIOSK, "file": FILING}
    problem = office(demand, services, shifts=SETTLED, journeys=journeys, **tables)
    needs = staff(problem, PLAIN).needs
    return next(need.line for need in needs if need.requirement.shift_id == "A71")


def official(people: int) -> dict[str, Any]:
    """Officials who help all day."""
    return {"people": people, "start": "00:00", "end": "00:00"}


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_an_official_is_one_more_server_in_every_size(spread: float) -> None:
    """Six volunteers and two officials keep the promise as eight volunteers do."""
    alone, helped = heads(spread), heads(spread, officials=[official(2)])

    assert helped.in_time(6, PLAIN) == pytest.approx(alone.in_time(8, PLAIN), abs=1e-12)


def test_officials_come_though_people_stay_away() -> None:
    """One official, and one volunteer who comes every other time: half the time they are two."""
    line = replace(heads(0, officials=[official(5)]), show_rate=0.5)

    without, with_them = (replace(line, show_rate=1.0).in_time(n, PLAIN) for n in (0, 1))

    assert line.in_time(1, PLAIN) == pytest.approx((without + with_them) / 2)


def test_officials_are_busy_enough_whoever_comes() -> None:
    """A load of 4.8 keeps 4 officials and 4 volunteers, of whom half come, busy for 80%."""
    line = replace(heads(0, officials=[official(4)]), show_rate=0.5)

    team = line.team(PLAIN.model_copy(update={"target_level": 0.01}), 0.01, 0.8)

    assert team.people == 4


def test_visits_of_every_size_take_all_their_minutes() -> None:
    """24 minutes each; sizes have the mean of the forecast."""
    line = heads(0.5)

    assert line.sizes is not None
    assert line.sizes.service_minutes == pytest.approx(24)
    assert line.sizes.citizens == pytest.approx(line.citizens)


def test_officials_leave_more_where_more_come() -> None:
    """Each size of the forecast by itself: one official who is busy for at most 80%."""
    busy = np.array([[[0.5], [1.0]], [[1.6], [1.0]]])
    helpers = [Helpers(frozenset({"kiosk"}), frozenset(), np.ones(1))]

    left, servers = left_by(helpers, busy, [["kiosk"], ["file"]], None, 0.8)

    assert left[..., 0] == pytest.approx(np.array([[0, 1], [0.5, 1]]))
    assert servers == pytest.approx([0])
