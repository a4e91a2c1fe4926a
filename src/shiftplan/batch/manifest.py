"""What a batch says of a week: what its worker is given, what becomes of it, and how it stands.

`WeekJob` as JSON -> work in a folder -> `JobOutcome`; `WeekEntry` by name -> `Manifest`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, PlainSerializer

from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.recorded import Recorded
from shiftplan.citizens.simulate import RUNS
from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message
from shiftplan.errors.message.places import in_json
from shiftplan.present.words import Lang
from shiftplan.record.planning import Keep
from shiftplan.solving.result import Cost, PoorReason
from shiftplan.week.fields import Frozen


class Settings(Frozen):
    """What shapes the rosters of a batch; another setting asks for other rosters."""

    seed: int = 0
    gap: float = 0.0  # relative gap that is good enough; 0 asks for a proof
    staff: bool = False
    """Whether requirements are made from the forecast, also where a week has its own."""
    recommended: bool = False  # whether the recommended rules are added that a week does not name
    lang: Lang = "en"  # language of what people read
    runs: int = RUNS  # simulated weeks for what citizens experience; 0 for no simulation


class Before(Frozen):
    """A week before, which the next one carries on."""

    source: Path  # its planning week
    folder: Path  # its result: roster, ledger, and the history that it was planned with
    attendance: Path | None
    """How its shifts turned out; None when that is not known, or only its record says it."""
    record: Recorded = Recorded()
    """What was recorded of it."""

    @property
    def week(self) -> str:
        """Its first date, by which its result is named."""
        return self.folder.name


class WeekJob(Frozen):
    """One week of one province to be planned."""

    name: str  # province and first date, such as `an_giang/2026-12-07`
    week: dt.date  # first date that the week must have
    source: Path  # the planning week: a folder, a workbook or a JSON problem
    ledger: Path | None = None
    """What people did before the first week of the batch; None when that is not known."""
    before: tuple[Before, ...] = ()
    """Weeks before in order of time, the last one right before; earlier ones only where it is known
    how they turned out after they had been carried on. Empty for the first one of the batch."""
    earlier: Path | None = None
    """A result of the same week for other data: people have its calendars and messages, and know
    its roster if nothing is recorded; None for none."""
    record: Recorded = Recorded()
    """What is recorded of the week."""
    keep: Keep = "lightly"
    """How what people were told is kept."""
    settings: Settings = Settings()
    seconds: float = 60.0  # time for solving and checking
    workers: int = 1  # engines side by side
    memory_mb: int | None = None
    """Memory in millions of bytes at which it is ended; None for no limit."""
    most_seconds: float = 3600.0  # time for everything, after which it is ended


class Figures(Frozen):
    """What the summary says of a planned week."""

    status: str  # as in `result.json`; of a repair, of the week's own cost
    volunteers: int
    centers: int
    shifts: int
    assignments: int
    seats: int  # seats of all requirements, with a skill and without
    empty_seats: int
    skilled_seats: int  # those of them that ask for a skill
    empty_skilled_seats: int
    minority_skilled_seats: int = 0  # those of them at centers of minority areas
    minority_empty_skilled_seats: int = 0
    cost: int
    bound: int | None
    levels: dict[str, int]  # level -> cost
    gini: float | None
    """Inequality of loads among those who offered time, 0 to 1; None where nobody did, or where all
    loads are 0."""
    minority_filled: float | None
    """Part of the seats filled at centers of minority areas; None where there are none."""
    within_target_share: float | None = Field(
        default=None, validation_alias=AliasChoices("within_target_share", "served_on_time")
    )
    """Part of simulated citizens served within the promised time; None without a forecast."""
    decisions: int = 0  # pairs of a volunteer and a shift that the person could work
    poor: PoorReason | Literal["FEWER"] | None = None
    """Why the roster is too poor to be handed out; None when it is not. `FEWER`: it fills far fewer
    seats than the one that people know, or than a quick one."""

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None where nothing is proven."""
        return Cost(self.cost, self.bound).gap


def _brief(fact: object) -> object:
    """A fact as JSON holds it; of a fault what is not as usual."""
    if not isinstance(fact, (Fault, OtherRow)):
        return in_json(fact)
    told = ((f, getattr(fact, f.name)) for f in fields(fact))
    return {f.name: _brief(value) for f, value in told if value != f.default}


def _facts(told: Any) -> Any:
    """The facts, which older versions kept as one text in the language of the batch."""
    return tuple(filter(None, [told])) if isinstance(told, str) else told


Fact: TypeAlias = Fault | Message | str
"""Something to be told; text is that of other programs, or of an older version of this one."""
Failure = Literal[
    "input", "conflict", "no_roster", "internal", "memory", "time", "died", "disk", "before"
]
"""Why a week was not planned: its data, contradicting hard rules, no roster in time, an error of
shiftplan, a limit of memory or time, a process or node that died, a disk that is full, or the week
before, which was not planned or whose result was altered."""


class JobOutcome(Frozen):
    """What became of a job."""

    failure: Failure | None = None  # why there is no roster; None when there is one
    facts: Annotated[
        tuple[Annotated[Fact, PlainSerializer(_brief)], ...], BeforeValidator(_facts)
    ] = Field(default=(), validation_alias=AliasChoices("facts", "message"))
    """What went wrong, the most important first; of a planned week, what is worth a look in it."""
    figures: Figures | None = None  # what was planned; None without a roster
    seconds: float = 0.0  # wall-clock time of everything
    phases: dict[str, float] = Field(default_factory=dict)
    """Phase -> seconds: read, plan, check, simulate, write."""
    memory_mb: float | None = None
    """Peak memory in millions of bytes, engines included; None where it cannot be measured."""


State = Literal["waiting", "running", "placing", "done", "failed"]
"""waiting: to be planned. running: a worker is on it. placing: its result is complete, and is
being put under its final name. done: the result is there. failed: there is none, and why is told.

waiting -> running -> placing -> done; running -> waiting (the worker died, or the batch ended) or
failed; placing -> waiting (its result was damaged). At a later start: failed -> running, or done
where its result is still there and as good as it was; done ->
waiting (its data, the options or the week before changed, and it was not yet worked; or its result
is no longer as it was written); any but worked ones -> failed (the week before has no result that
can be carried on)."""
Shown = State | Literal["poor"]
"""States as they are shown. poor: the result is there, but its roster is empty or very poor."""
ENDED: tuple[Shown, ...] = ("done", "poor", "failed")
"""States of a week of which nothing more becomes in this start."""


def _inside(name: str) -> str:
    """Refuse a name that is no folder right in that of a province, right in the run."""
    parts = tuple(name.split("/"))
    if len(parts) != 2 or Path(name).parts != parts or ".." in parts or "\0" in name:
        raise ValueError(Message("batches.name_of_entry"))
    return name


class WeekEntry(Frozen):
    """What is known of one province-week."""

    state: State = "waiting"
    key: str = ""
    """Digest of what its roster follows from, as of `job_key`; empty until it was computed."""
    sources: dict[str, str] = Field(default_factory=dict)
    """What the key is a digest of, as of `job_sources`; empty where an older version planned it."""
    attempts: int = 0  # workers that were put on it since it last was waiting for new data
    staging: str = Field(default="", pattern="^[0-9a-z]{0,32}$")
    """Folder in which its result is made, while running and placing."""
    contents: str = ""  # digest of the result's list of files, while placing and when done
    told: dict[str, str] = Field(default_factory=dict)
    """Week before -> digest of how it turned out, as far as the ledger of this result has it."""
    outcome: JobOutcome | None = None  # what became of it; None while it waits and runs
    reason: Annotated[Message | str, PlainSerializer(_brief)] = ""
    """Why it waits although it was done before; empty for no such reason."""
    kept: WeekEntry | None = None
    """As it was when it was done last, as long as it is not done again; its result may be there
    still. None when it is done, or never was."""

    def at_rest(self) -> WeekEntry:
        """The same after its batch ended while a worker was on it: it waits, and nothing counts."""
        return WeekEntry(key=self.key, reason=self.reason)


class Manifest(Frozen):
    """All province-weeks of a run, by the path of their results in its folder."""

    schema_version: Literal[1] = 1
    version: str = ""
    """Version of shiftplan that last wrote it."""
    entries: dict[Annotated[str, AfterValidator(_inside)], WeekEntry] = Field(default_factory=dict)

    def entry(self, name: str) -> WeekEntry:
        """An entry; a new one waits."""
        return self.entries.get(name, WeekEntry())


@dataclass(frozen=True, slots=True)
class Row:
    """A province-week, and what is known of it."""

    place: ProvinceWeek
    entry: WeekEntry

    @property
    def figures(self) -> Figures | None:
        """What was planned; None where there is no result."""
        outcome = self.entry.outcome
        return outcome.figures if self.entry.state == "done" and outcome is not None else None

    @property
    def state(self) -> Shown:
        """How it stands, with very poor rosters set apart."""
        figures = self.figures
        return self.entry.state if figures is None or figures.poor is None else "poor"


Kind = Literal["kept", "started", "retried", "done", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class BatchEvent:
    """Something that happened to a province-week."""

    kind: Kind
    """kept: its result of an earlier run stands. started, done, failed: as it says. retried: its
    worker died, or others told people something meanwhile, and it waits again. stopped: the batch
    ended before it did."""
    place: ProvinceWeek
    entry: WeekEntry
    """What is known of it from now on."""
    passed: float
    """Seconds since the batch began."""


def tally(rows: Iterable[Row]) -> dict[str, int]:
    """How many are done, poor (empty or very poor), failed, and left (none of these)."""
    states = Counter[str](row.state for row in rows)
    ended: dict[str, int] = {state: states[state] for state in ENDED}
    return {**ended, "left": states.total() - sum(ended.values())}
