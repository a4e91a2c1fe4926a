"""The states of a batch, as its run folder keeps them.

`Entry` by name of the province-week; each change makes a new `Manifest`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shiftplan.batch.job import Figures, Outcome
from shiftplan.batch.places import ProvinceWeek
from shiftplan.errors.message import Message
from shiftplan.week.fields import Frozen

State = Literal["waiting", "running", "placing", "done", "failed"]
"""waiting: to be planned. running: a worker is on it. placing: its result is complete, and is
being put under its final name. done: the result is there. failed: there is none, and why is told.

waiting -> running -> placing -> done; running -> waiting (the worker died, or the batch ended) or
failed; placing -> waiting (its result was damaged). At a later start: failed -> running; done ->
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


Name = Annotated[str, AfterValidator(_inside)]
"""Name of a province-week: the path of its result in the run folder."""


class Entry(Frozen):
    """What is known of one province-week."""

    state: State = "waiting"
    key: str = ""
    """Digest of what its roster follows from, as of `job_key`; empty until it was computed."""
    attempts: int = 0
    """Workers that were put on it since it last was waiting for new data."""
    staging: str = Field(default="", pattern="^[0-9a-z]{0,32}$")
    """Folder in which its result is made, while running and placing."""
    contents: str = ""
    """Digest of the result's list of files, while placing and when done."""
    told: dict[str, str] = Field(default_factory=dict)
    """Week before -> digest of how it turned out, as far as the ledger of this result tells it."""
    outcome: Outcome | None = None
    """What became of it; None while it waits and runs."""
    reason: str = ""
    """Why it waits although it was done before; empty for no such reason."""

    def at_rest(self) -> Entry:
        """The same after its batch ended while a worker was on it: it waits, and nothing counts."""
        return Entry(key=self.key, reason=self.reason)


class Manifest(Frozen):
    """All province-weeks of a run, by name."""

    schema_version: Literal[1] = 1
    version: str = ""
    """Version of shiftplan that last wrote it."""
    entries: dict[Name, Entry] = Field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """An entry; a new one waits."""
        return self.entries.get(name, Entry())


@dataclass(frozen=True, slots=True)
class Row:
    """A province-week, and what is known of it."""

    place: ProvinceWeek
    entry: Entry

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
class Event:
    """Something that happened to a province-week."""

    kind: Kind
    """kept: its result of an earlier run stands. started, done, failed: as it says. retried: its
    worker died, and it waits again. stopped: the batch ended before it did."""
    place: ProvinceWeek
    entry: Entry
    """What is known of it from now on."""
    passed: float
    """Seconds since the batch began."""


def tally(rows: Iterable[Row]) -> dict[str, int]:
    """How many are done, poor (empty or very poor), failed, and left (none of these)."""
    states = Counter[str](row.state for row in rows)
    ended: dict[str, int] = {state: states[state] for state in ENDED}
    return {**ended, "left": states.total() - sum(ended.values())}
