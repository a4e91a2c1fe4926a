"""What a week of a province follows from: its data, and what it carries on of the weeks before.

(`ProvinceWeek`s, `RunFolder`) -> `Before`s of a week, or why it cannot follow; `WeekJob` -> digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from shiftplan.batch.manifest import Before, Settings, WeekEntry, WeekJob
from shiftplan.batch.places import ATTENDANCE, PLANNED_WITH, ProvinceWeek, histories_before
from shiftplan.batch.run_folder import RunFolder, file_digest, is_intact
from shiftplan.errors.message import Message
from shiftplan.files.shared import shared_tables
from shiftplan.present.outputs import ROSTER

_PARTS = ("data", "before", "record")
"""What a result is of besides the settings."""


def job_sources(job: WeekJob) -> dict[str, str]:
    """What a job's result is of, each part with a text that is another if the part is: each of the
    settings, `data`, `before` (the roster before it with the history that was planned with), and
    `record`.

    Its data is the tables right in its folder and those that it takes from above, or its file;
    what is recorded of it counts as far as a roster follows from that. How
    its shifts turned out is no part of it, as nobody knows that when it is planned; and neither are
    time, workers and limits, or how weeks before turned out: a roster that people know already is
    not made anew for that.
    """
    settings = {name: json.dumps(value) for name, value in job.settings.model_dump().items()}
    recorded = _of(job.record.decisive) if job.record.decisive else ""
    return settings | {"data": _own(job), "before": _of(_carried(job)), "record": recorded}


def job_key(job: WeekJob) -> str:
    """Digest of what `job_sources` tells."""
    changed = [["record", *job.record.decisive]] if job.record.decisive else []
    settings = job.settings.model_dump(mode="json")
    return _of([settings, str(job.week), _own(job), *_carried(job), *changed])


def changed_since(entry: WeekEntry, job: WeekJob) -> Message:
    """What is other than when a result was made, as its entry says."""
    now, then = job_sources(job), entry.sources
    changed = [name for name, told in now.items() if then.get(name, told) != told]
    options = [f"--{name}" for name in changed if name in Settings.model_fields]
    said = [Message("batches.changed_options", options=options)] if options else []
    said += [Message(f"batches.changed_{name}") for name in changed if name in _PARTS]
    return Message("batches.again_changed", what=said) if said else Message("batches.again_data")


def _own(job: WeekJob) -> str:
    """Digest of the tables of a week."""
    own = safe_digest(job.source)
    shared = shared_tables(job.source).values()
    above = [[table.label, safe_digest(table.path)] for table in shared]
    if not job.source.is_file():
        tables = sorted(p for p in job.source.glob("*.csv") if p.is_file() and p.name != ATTENDANCE)
        return _of([[p.name, safe_digest(p)] for p in tables] + above)
    return _of([[job.source.name, own], *above]) if above else own


def _carried(job: WeekJob) -> list[str]:
    """Digests of the roster and the history before a week."""
    if not job.before:
        return [] if job.ledger is None else [safe_digest(job.ledger)]
    return [safe_digest(job.before[-1].folder / name) for name in (ROSTER, PLANNED_WITH)]


def safe_digest(path: Path) -> str:
    """Digest of a file, or a marker if it cannot be read; the job then reports the fault."""
    try:
        return file_digest(path)
    except OSError:
        return "unreadable"


def _of(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


class Succession:
    """The weeks of each province in order of time, and what is known of them.

    Weeks that are not `chosen` are carried on where they were planned, else passed over.
    """

    def __init__(
        self, every: Sequence[ProvinceWeek], chosen: Sequence[ProvinceWeek], run: RunFolder
    ) -> None:
        self._run = run
        self._chosen = {place.name for place in chosen}
        self._earlier: dict[str, list[ProvinceWeek]] = {}
        self._recorded: dict[str, str] = {}
        """Week -> digest of what is recorded of how it turned out; each week of a year is asked
        of all before it."""
        seen: dict[str, list[ProvinceWeek]] = {}
        for place in sorted(place for place in every if place.fault is None):
            before = seen.setdefault(place.province, [])
            self._earlier[place.name] = list(before)
            before.append(place)

    def previous(self, place: ProvinceWeek) -> ProvinceWeek | None:
        """The week that it follows: the last one before it that is asked for too or was planned."""
        for week in reversed(self._earlier[place.name]):
            if week.name in self._chosen or self._run.manifest.entry(week.name).state == "done":
                return week
        return None

    def hindrance(self, place: ProvinceWeek) -> Message | None:
        """Why a week cannot follow the one before, which is settled; None where it can."""
        previous = self.previous(place)
        if previous is None:
            return None
        entry = self._run.manifest.entry(previous.name)
        if entry.state != "done":
            return Message("batches.before_not_planned", week=previous.week)
        # The result of one that is asked for was looked at in its turn.
        as_written = previous.name in self._chosen or is_intact(
            self._run.path / previous.name, entry.contents
        )
        return None if as_written else Message("batches.before_altered", week=previous.week)

    def told(self, place: ProvinceWeek, *, anew: bool = False) -> dict[str, str]:
        """Week before -> digest of how it turned out, as far as that is known by now.

        `anew`: what was recorded since it was asked for last counts too.
        """
        done = self._done_before(place)
        if anew:
            for week in done:
                self._recorded.pop(week.name, None)
        return {week.name: digest for week in done if (digest := self._turnout(week))}

    def _turnout(self, week: ProvinceWeek) -> str:
        """Digest of how a week turned out, as its attendance or else its record says; or blank."""
        if week.attendance.exists():
            return safe_digest(week.attendance)
        if week.name not in self._recorded:
            self._recorded[week.name] = self._run.record.turnout(week)
        return self._recorded[week.name]

    def carried(self, place: ProvinceWeek) -> tuple[Before, ...]:
        """The weeks to go on from.

        They begin with the last one before which the history has all that is known by now:
        that which it was planned with, or one that the last week has of it.
        """
        done, now = self._done_before(place), self.told(place)
        if not done:
            return ()
        told = [self._run.manifest.entry(week.name).told for week in done]
        kept = histories_before(self._run.path / done[-1].name)

        def knows(i: int) -> bool:
            """Whether there is a history before the week which is right, as is the last ledger."""
            planned_with = self._run.path / done[i].name / PLANNED_WITH
            if str(done[i].week) in kept:
                sources = [told[-1]]
            elif planned_with.exists():
                sources = [told[i], told[-1]]
            else:
                return False
            return all(
                now.get(week.name) in (None, known.get(week.name))
                for week in done[:i]
                for known in sources
            )

        first = next((i for i in reversed(range(len(done))) if knows(i)), 0)
        return tuple(
            Before(
                source=week.source,
                folder=self._run.path / week.name,
                attendance=week.attendance
                if week.name in now and week.attendance.exists()
                else None,
                record=self._run.record.known(week),
            )
            for week in done[first:]
        )

    def _done_before(self, place: ProvinceWeek) -> list[ProvinceWeek]:
        """The weeks before that were planned, in order of time."""
        entry = self._run.manifest.entry
        return [week for week in self._earlier[place.name] if entry(week.name).state == "done"]
