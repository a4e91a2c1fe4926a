"""The benchmark of drift changes the level of a center only, and counts weeks until an alarm."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import drift
from benchmarks.visit_logs import drawn_counts


def test_a_level_changes_from_a_week_on() -> None:
    """Half as many, or half as many more, in the last two weeks; other centers stay."""
    counts = drawn_counts(3, 6, 4, 4)

    found = drift.changed(counts, 2, np.array([0.5, 1.5, 1.0]), 0)

    share = found.totals[:, -12:].sum(axis=1) / counts.totals[:, -12:].sum(axis=1)
    assert share == pytest.approx([0.5, 1.5, 1], abs=0.05)
    assert (found.totals[:, :-12] == counts.totals[:, :-12]).all()


def test_changes_are_seen_and_quiet_logs_are_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row for each factor, and one for no change."""
    monkeypatch.setattr(drift, "FACTORS", (0.3, 2.0))
    monkeypatch.setattr(drift, "CENTERS", 2)
    monkeypatch.setattr(drift, "BEGINS", (4,))
    monkeypatch.setattr(drift, "LEARNED", 8)

    table = drift.measured([drawn_counts(6, 13, 2, 2)])

    assert [row[:3] for row in table.rows[:2]] == [("-70%", "2", "100%"), ("+100%", "2", "100%")]
    assert table.rows[2][1] == "5 weeks"
