"""What a log counts: visits where it tells them apart from requests, or else requests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from citizens.visits.visiting import MONDAY
from visit_logs import lines, read, week

from shiftplan.citizens import VisitHistory
from shiftplan.errors import InputError

TALLIES = "center_id,date,start,end,service,visits\n"


def log(folder: Path, services: Sequence[str]) -> VisitHistory:
    """A hundred visits on the Monday before the week, with services as given, `flow` after them."""
    told = [*services, *["flow"] * (100 - len(services))]
    rows = [f"A1,2026-11-30 {8 + n // 50:02d}:{n % 50:02d},{name}" for n, name in enumerate(told)]
    return read(folder, lines(rows))


@pytest.mark.parametrize(("several", "is_counted"), [(0, False), (1, True), (50, True)])
def test_visits_count_where_some_have_several_services(
    several: int, is_counted: bool, tmp_path: Path
) -> None:
    """1 in 100 is enough; where each has one service, both are the same, and requests say more."""
    found = log(tmp_path, ["flow vneid"] * several).counting()

    assert found.counts.counts_visits == is_counted
    assert found.counts.requests.sum() == 100


def test_what_is_asked_for_is_counted(tmp_path: Path) -> None:
    """Of 100 visits with 110 requests, either."""
    history = log(tmp_path, ["flow vneid"] * 10)

    assert history.counting("visits").counts.requests.sum() == 100
    assert history.counting("requests").counts.requests.sum() == 110
    assert history.counting("visits").counts.services == ("",)


def test_ids_that_no_journey_can_hold_are_requests(tmp_path: Path) -> None:
    """A bar in the id of a service."""
    services = [
        {"service_id": name, "minutes_per_citizen": 10} for name in ("flow", "vn|eid", "file")
    ]
    rows = ["A1,2026-11-30 08:00,flow;file", "A1,2026-11-30 09:00,flow"]

    history = read(tmp_path, lines(rows), week(services=services))

    assert not history.counting().counts.counts_visits


def tallies(folder: Path, service: str) -> VisitHistory:
    """Counts of one hour on five days of the week before."""
    days = [str(MONDAY.replace(day=d)) for d in (1, 2, 3, 4)]
    return read(folder, TALLIES + "".join(f"A1,{d},08:00,09:00,{service},6\n" for d in days))


def test_counts_without_services_are_of_visits(tmp_path: Path) -> None:
    """Requests are unknown then."""
    history = tallies(tmp_path, "")

    assert history.counting().counts.requests.sum() == 24
    with pytest.raises(InputError, match="without their services"):
        history.counting("requests")


def test_counts_by_service_are_of_requests(tmp_path: Path) -> None:
    """Visits are unknown then."""
    history = tallies(tmp_path, "flow")

    assert history.counting().counts is history.counts
    with pytest.raises(InputError, match="counts requests"):
        history.counting("visits")


def test_only_visits_and_requests_are_counted(tmp_path: Path) -> None:
    """Another word is a fault."""
    with pytest.raises(InputError, match="people"):
        log(tmp_path, []).counting("people")  # type: ignore[arg-type]
