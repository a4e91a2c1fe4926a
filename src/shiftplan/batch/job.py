"""What a worker is told, and what it says: one week of one province.

`Job` as JSON -> work in a folder -> `Outcome` as JSON.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field

from shiftplan.citizens.simulate.simulation import RUNS
from shiftplan.present.words import Lang
from shiftplan.solving.result import Cost, PoorReason
from shiftplan.week.fields import Frozen


class Settings(Frozen):
    """What shapes the rosters of a batch; another setting asks for other rosters."""

    seed: int = 0
    """Seed of everything random."""
    gap: float = 0.0
    """Relative gap that is good enough; 0 asks for a proof."""
    staff: bool = False
    """Whether requirements are made from the forecast, also where a week has its own."""
    recommended: bool = False
    """Whether the recommended rules are added that a week does not name."""
    lang: Lang = "en"
    """Language of what people read."""
    runs: int = RUNS
    """Simulated weeks for what citizens experience; 0 for no simulation."""


class Before(Frozen):
    """A week before, which the next one carries on."""

    source: Path
    """Its planning week."""
    folder: Path
    """Its result: roster, ledger, and the history that it was planned with."""
    attendance: Path | None
    """How its shifts turned out; None when everybody came as planned, as far as is known."""

    @property
    def week(self) -> str:
        """Its first date, by which its result is named."""
        return self.folder.name


class Job(Frozen):
    """One week of one province to be planned."""

    name: str
    """Province and first date, such as `an_giang/2026-12-07`."""
    week: dt.date
    """First date that the week must have."""
    source: Path
    """The planning week: a folder, a workbook or a JSON problem."""
    ledger: Path | None = None
    """What people did before the first week of the batch; None when that is not told."""
    before: tuple[Before, ...] = ()
    """Weeks before in order of time, the last one right before; earlier ones only where it was told
    how they turned out after they had been carried on. Empty for the first one of the batch."""
    earlier: Path | None = None
    """A result of the same week for other data, which people may know already; None for none."""
    settings: Settings = Settings()
    seconds: float = 60.0
    """Time for solving and checking."""
    workers: int = 1
    """Engines side by side."""
    memory_mb: int | None = None
    """Memory in millions of bytes at which it is ended; None for no limit."""
    most_seconds: float = 3600.0
    """Time for everything, after which it is ended."""


class Figures(Frozen):
    """What the summary tells of a planned week."""

    status: str
    """As in `result.json`."""
    volunteers: int
    centers: int
    shifts: int
    assignments: int
    seats: int
    """Seats of all requirements, with a skill and without."""
    empty_seats: int
    skilled_seats: int
    """Those of them that ask for a skill."""
    empty_skilled_seats: int
    minority_skilled_seats: int = 0
    """Those of them at centers of minority areas."""
    minority_empty_skilled_seats: int = 0
    cost: int
    bound: int | None
    levels: dict[str, int]
    """Level -> cost."""
    gini: float | None
    """Inequality of loads among those who offered time, 0 to 1; None where nobody did, or where all
    loads are 0."""
    minority_filled: float | None
    """Part of the seats filled at centers of minority areas; None where there are none."""
    within_target_share: float | None = Field(
        default=None, validation_alias=AliasChoices("within_target_share", "served_on_time")
    )
    """Part of simulated citizens served within the promised time; None without a forecast."""
    decisions: int = 0
    """Pairs of a volunteer and a shift that the person could work."""
    poor: PoorReason | None = None
    """Why the roster is too poor to be handed out; None when it is not."""

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None where nothing is proven."""
        return Cost(self.cost, self.bound).gap


Failure = Literal[
    "input", "conflict", "no_roster", "internal", "memory", "time", "died", "disk", "before"
]
"""Why a week was not planned: its data, contradicting hard rules, no roster in time, an error of
shiftplan, a limit of memory or time, a process or node that died, a disk that is full, or the week
before, which was not planned or whose result was altered."""


class Outcome(Frozen):
    """What became of a job."""

    failure: Failure | None = None
    """Why there is no roster; None when there is one."""
    message: str = ""
    """What went wrong, in words; of a planned week, what is worth a look in its data."""
    figures: Figures | None = None
    """What was planned; None without a roster."""
    seconds: float = 0.0
    """Wall-clock time of everything."""
    phases: dict[str, float] = Field(default_factory=dict)
    """Phase -> seconds: read, plan, check, simulate, write."""
    memory_mb: float | None = None
    """Peak memory in millions of bytes, engines included; None where it cannot be told."""

    @property
    def is_passing(self) -> bool:
        """Whether another attempt may well succeed: it was not the job that failed."""
        return self.failure == "died"
