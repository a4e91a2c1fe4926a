"""Lines of citizens by themselves, without a problem around them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shiftplan.citizens.staffing.line import Line, Team
from shiftplan.problem.demand import Policy


def test_a_line_without_citizens_needs_nobody() -> None:
    """Nobody waits too long where nobody comes: all of none are served in time."""
    none, whole = np.zeros(2), np.ones(2)
    line = Line(none, 60 * whole, np.zeros((1, 2)), whole, none, none, none, none)

    assert line.citizens == 0
    assert line.team(Policy(), 0.8, 0.9) == Team(0, 1.0)
    assert line.smaller(Policy(), 0.5, Team(0, 1.0)) == Team(0, 1.0)
    assert line.in_time(3, Policy()) == 1.0


def test_a_team_tells_how_many_it_serves_in_time() -> None:
    """Two busy of three: 4/9 wait, and 4/9 exp(-1) of all beyond ten minutes."""
    one = np.ones(1)
    line = Line(0 * one, 60 * one, np.array([[12.0]]), one, 2 * one, 2 * one, 10 * one, one)
    policy = Policy()

    team = line.team(policy, 0.8, 0.9)

    assert team == Team(3, pytest.approx(1 - 4 / 9 * math.exp(-1)))
    assert line.smaller(policy, 0.8, team) is team
    # Of five, two can be spared.
    assert line.smaller(policy, 0.8, Team(5, 1.0)) == team
