"""What citizens experience under a roster, and how two rosters differ in it.

`CitizenFigures` -> `Experience`; two of them -> `compare_experiences` -> `ExperienceComparison`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from shiftplan.citizens.draws import Conduct
from shiftplan.citizens.estimate import Estimate
from shiftplan.citizens.scenario_figures import ScenarioFigures
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.week.json_form import Amount, Written


@dataclass(frozen=True, slots=True)
class CitizenFigures(Written):
    """What the citizens of one center, area or service experience; None for no such citizens.

    Every citizen is served, gives up, or is cut: sent away since nobody who could help has time.
    """

    json_keys = (
        "arrivals served_share within_target_share own_language_share gave_up_share cut_share"
        " wait_p50_minutes=wait_p50 wait_p90_minutes=wait_p90 utilization"
    )

    key: str
    """Id of the center or service, or the area; empty for all citizens."""
    name: str
    """Its name, or the key when there is none."""
    arrivals: Estimate
    """Citizens who come in the whole horizon, on average."""
    served_share: Estimate | None
    """Part of all who come that is served."""
    within_target_share: Estimate | None
    """Part of all who come that is served after at most the center's `within_minutes`."""
    own_language_share: Estimate | None
    """Part of those who need a language that is served in it."""
    gave_up_share: Estimate | None
    """Part of all who come that gives up waiting."""
    cut_share: Estimate | None
    """Part of all who come that is cut."""
    wait_p50: Estimate | None
    """Minutes in the line, until served or given up, that half of those not cut exceed.

    Waits are counted in steps of a quarter of a minute; 1440 stands for a day or more.
    """
    wait_p90: Estimate | None
    """Minutes in the line that one in ten of those not cut exceeds."""
    utilization: Estimate | None
    """Minutes of service by minutes in shifts of the people who come; above 1 with overtime.

    None for services, which share their people.
    """


@dataclass(frozen=True, slots=True)
class _Of(Written):
    of: CitizenFigures


class OfArea(_Of):
    """What citizens of a class of area experience."""

    json_keys = "area=of.key name=of.name *of"


class OfService(_Of):
    """What citizens who want a service experience."""

    json_keys = "service_id=of.key name=of.name *of"


class OfCenter(_Of):
    """What citizens of a center experience."""

    json_keys = "center_id=of.key name=of.name *of"


@dataclass(frozen=True)
class Experience(Written):
    """What citizens experience under one roster; each list has the least served in time first."""

    json_keys = (
        "schema_version runs seed conduct overall areas=of_areas services=of_services "
        "centers=of_centers scenarios"
    )

    runs: Amount
    """Runs simulated."""
    seed: Amount
    """Seed of all that was drawn."""
    conduct: Conduct
    """How citizens and volunteers behave."""
    centers: tuple[CitizenFigures, ...]
    """By center."""
    areas: tuple[CitizenFigures, ...]
    """By class of area: minority, remote or other, and groups of centers. A center counts in every
    class it belongs to."""
    services: tuple[CitizenFigures, ...]
    """By service."""
    overall: CitizenFigures
    """Of all citizens."""
    scenarios: ScenarioFigures | None = None
    """What the roster's empty seats are in joint scenarios of the forecast, if they were priced."""

    @property
    def schema_version(self) -> Literal[1]:
        """Version of this form."""
        return 1

    @property
    def of_areas(self) -> list[OfArea]:
        """By class of area, the worst first; a center counts in every class it belongs to."""
        return list(map(OfArea, self.areas))

    @property
    def of_services(self) -> list[OfService]:
        """By service, the worst first."""
        return list(map(OfService, self.services))

    @property
    def of_centers(self) -> list[OfCenter]:
        """By center, the worst first."""
        return list(map(OfCenter, self.centers))


@dataclass(frozen=True)
class ExperienceComparison:
    """Differences of all figures, later less earlier; each list has the greatest loss first."""

    centers: tuple[CitizenFigures, ...]
    """By center."""
    areas: tuple[CitizenFigures, ...]
    """By class of area."""
    services: tuple[CitizenFigures, ...]
    """By service."""
    overall: CitizenFigures
    """Of all citizens."""


def worst_first(rows: Iterable[CitizenFigures]) -> tuple[CitizenFigures, ...]:
    """Order by the part served in time, or by its change; who has no citizens comes last."""

    def rank(row: CitizenFigures) -> tuple[bool, float, float, str]:
        share = row.within_target_share
        return (share is None, share.value if share else 0.0, -row.arrivals.value, row.key)

    return tuple(sorted(rows, key=rank))


def compare_experiences(before: Experience, after: Experience) -> ExperienceComparison:
    """Differences between the experiences under two rosters, paired run by run.

    Both meet the same citizens, so the intervals are much narrower than those of the experiences
    themselves. A figure that is None on either side has no difference.

    Raises
    ------
    InputError
        If runs, seed, centers, areas or services are not the same.
    """
    faults = list(_differences(before, after))
    if faults:
        raise InputError(faults)

    def pair(
        earlier: tuple[CitizenFigures, ...], later: tuple[CitizenFigures, ...]
    ) -> tuple[CitizenFigures, ...]:
        of = {row.key: row for row in earlier}
        return worst_first(_less(row, of[row.key]) for row in later)

    return ExperienceComparison(
        pair(before.centers, after.centers),
        pair(before.areas, after.areas),
        pair(before.services, after.services),
        _less(after.overall, before.overall),
    )


def _differences(before: Experience, after: Experience) -> Iterator[Fault]:
    """Yield the faults of experiences that cannot be paired."""
    for name in ("runs", "seed"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            message = Message("citizens.same_in_both", option=name, such=old)
            yield Fault("out_of_range", "options", name, str(new), message)
    for table in ("centers", "areas", "services"):
        old, new = ({row.key for row in getattr(e, table)} for e in (before, after))
        for key in sorted(old ^ new):
            message = Message("citizens.in_one_only")
            yield Fault("unknown_id", table, "", key, message)


def _less(later: CitizenFigures, earlier: CitizenFigures) -> CitizenFigures:
    changes: dict[str, Any] = {}
    for info in fields(CitizenFigures)[2:]:
        new, old = getattr(later, info.name), getattr(earlier, info.name)
        changes[info.name] = None if new is None or old is None else new - old
    return replace(later, **changes)
