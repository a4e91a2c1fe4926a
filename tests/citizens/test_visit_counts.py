"""Counts of visits: shapes, dates, and what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from logs import FIRST, town

COUNTS = town((20, 50), weeks=2).counts


def test_what_is_not_recorded_is_missing():
    """Totals of dates that are not recorded are nan, others the sums of requests."""
    recorded = COUNTS.recorded.copy()
    recorded[0, 3] = False

    totals = replace(COUNTS, recorded=recorded).totals

    assert np.argwhere(np.isnan(totals)).tolist() == [[0, 3]]
    assert totals[1, 3] == COUNTS.requests[1, 3].sum()


def test_visits_and_population_may_be_unknown():
    """Both are nan everywhere unless they are given."""
    assert COUNTS.visits.shape == (2, 10, 3)
    assert np.isnan(COUNTS.visits).all()
    assert np.isnan(COUNTS.population).all()


def test_counts_before_a_date():
    """Dates before it remain, in all arrays."""
    early = COUNTS.before(FIRST + dt.timedelta(7))

    assert early.dates == COUNTS.dates[:5]
    assert (early.requests == COUNTS.requests[:, :5]).all()
    assert early.recorded.shape == (2, 5)
    assert early.visits.shape == (2, 5, 3)


def test_dates_that_somebody_recorded():
    """A date that no center recorded is not among them."""
    recorded = COUNTS.recorded.copy()
    recorded[:, 2] = False
    recorded[0, 4] = False

    dates = replace(COUNTS, recorded=recorded).recorded_dates

    assert dates == COUNTS.dates[:2] + COUNTS.dates[3:]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"dates": COUNTS.dates[::-1]}, "dates must ascend"),
        ({"slots": ((420, 481), (480, 540), (780, 840))}, "slots must ascend"),
        ({"recorded": COUNTS.recorded[:, 1:]}, r"recorded has shape \(2, 9\)"),
        ({"requests": COUNTS.requests[..., 0]}, "requests has shape"),
        ({"population": np.ones(3)}, "population has shape"),
    ],
)
def test_shapes_and_order_are_checked(fields, said):
    """An array of another shape, or dates or slots out of order, are refused."""
    with pytest.raises(ValueError, match=said):
        replace(COUNTS, **fields)
