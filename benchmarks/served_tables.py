"""Tables of what forecasts are worth: shares by group of centers, and means over logs.

`Experience` -> shares of groups; `Served` by log and forecast -> Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.cells import Table, percent, whole
from shiftplan.citizens import Experience
from shiftplan.citizens.estimate import Estimate

GROUPS = ("all", "small", "medium", "large", "minority areas")
"""Citizens of all centers, of those of one size, and of those in minority areas."""


@dataclass(frozen=True, slots=True)
class Served:
    """What citizens experience in one week, by teams or rosters of one forecast."""

    people: int
    """People in all shifts together: assignments, or places of teams."""
    share: Mapping[str, float]
    """Group -> share served in time."""
    own: Estimate
    """That of all citizens, with the interval of the simulation alone."""
    difference: Estimate | None
    """The same less that of the first forecast, on the same citizens; None for the first."""


Week = Mapping[str, Served]
"""Forecast -> what it serves in one week."""


def by_group(found: Experience, sizes: Mapping[str, str]) -> dict[str, float]:
    """Share served in time of each group; groups without citizens are left out."""
    rows = [(sizes[c.key], c) for c in found.centers] + [("all", found.overall)]
    rows += [("minority areas", area) for area in found.areas if area.key == "minority"]
    shares = {}
    for group in GROUPS:
        own = [(r.arrivals.value, r.within_target_share) for name, r in rows if name == group]
        parts = [(came, share.value) for came, share in own if share is not None]
        if parts:
            came, part = np.array(parts).T
            shares[group] = float(came @ part / came.sum())
    return shares


def over_logs(values: Sequence[float]) -> Estimate:
    """Mean over logs, with its 95% interval (Student's t); without ends for a single log."""
    number, found = len(values), np.array(values)
    if number < 2:
        return Estimate.of(float(found.mean()), np.full(2, np.inf))
    errors = (found - found.mean()) / np.sqrt(number * (number - 1))
    return Estimate.of(float(found.mean()), errors)


def compared(title: str, found: Mapping[int, Week]) -> Table:
    """Forecasts side by side: means over logs, and differences to the first in each group."""
    weeks = list(found.values())
    first, *others = weeks[0]
    rows = []
    for name in (first, *others):
        shares = [week[name].share for week in weeks]
        people = float(np.mean([week[name].people for week in weeks]))
        cells = [name, whole(people), percent(float(np.mean([s["all"] for s in shares])))]
        for group in GROUPS:
            if name == first or group not in shares[0]:
                cells.append("")
                continue
            gains = [week[name].share[group] - week[first].share[group] for week in weeks]
            cells.append(points(over_logs(gains)))
        rows.append(tuple(cells))
    more = (f"points more: {GROUPS[0]}", *GROUPS[1:])
    told = f"{title}; number of logs: {len(weeks)}; 95% intervals of differences over logs"
    return Table(told, ("planned with", "people", "served in time", *more), tuple(rows))


def one_by_one(found: Mapping[int, Week]) -> Table:
    """Each log by itself, with intervals of the simulation alone."""
    rows = []
    for seed, week in sorted(found.items()):
        for name, one in week.items():
            ends = f"{percent(one.own.low)} to {percent(one.own.high)}"
            gain = "" if one.difference is None else points(one.difference)
            rows.append((str(seed), name, whole(one.people), percent(one.own.value), ends, gain))
    head = ("log", "planned with", "people", "served in time", "95% interval", "points more")
    return Table("Rosters log by log; intervals of the simulation alone", head, tuple(rows))


def points(gain: Estimate) -> str:
    """A difference of shares in percentage points, with its interval."""
    if not np.isfinite(gain.low):
        return f"{100 * gain.value:+.2f}"
    return f"{100 * gain.value:+.2f} ({100 * gain.low:+.2f} to {100 * gain.high:+.2f})"


def tables(found: Mapping[int, tuple[Week, Week | None]]) -> str:
    """All tables of the logs measured so far, in Markdown."""
    teams = {seed: pair[0] for seed, pair in sorted(found.items())}
    rosters = {seed: pair[1] for seed, pair in sorted(found.items()) if pair[1] is not None}
    made = [compared("Teams of people who can do everything", teams)]
    if rosters:
        made += [compared("Rosters of the volunteers", rosters), one_by_one(rosters)]
    return "\n".join(table.markdown() for table in made)
