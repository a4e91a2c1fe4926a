"""What of the time limit the engines get."""

from __future__ import annotations

import time

import pytest

from shiftplan.engines.task import Limits
from shiftplan.solving.session import Session
from shiftplan.testing.pictures import plan


@pytest.mark.parametrize(("limit", "build", "least"), [(1.0, 0.6, 0.65), (60.0, 0.6, 57.0)])
def test_a_slow_build_leaves_most_of_a_short_limit(limit, build, least):
    """What closing may take is a part of the limit, so that a busy machine still plans."""
    session = Session(plan("M", "ana", 1), time.monotonic(), Limits(seconds=limit))
    session.closing_seconds = build

    assert least < session._left() < limit
