"""The batch from start to end: what is ready begins, what has ended is put in its place.

(`ProvinceWeek`s, `RunFolder`, an executor) -> states, results, and an event for each change.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Literal

from shiftplan.batch.asked import Asked
from shiftplan.batch.local import Finished, LocalExecutor
from shiftplan.batch.manifest import BatchEvent, Fact, Failure, JobOutcome, Kind, WeekEntry, WeekJob
from shiftplan.batch.on_ray import RayExecutor
from shiftplan.batch.places import LEDGER, ProvinceWeek
from shiftplan.batch.run_folder import RunFolder, is_intact
from shiftplan.batch.run_record import RunRecordError
from shiftplan.batch.succession import Succession, changed_since, job_key, job_sources
from shiftplan.batch.summary import report_text, text_of
from shiftplan.batch.timing import Timekeeper, patience, source_bytes
from shiftplan.errors import DiskFullError, InputError
from shiftplan.errors.message import Message
from shiftplan.present.words import Words
from shiftplan.solving.trouble import MENDS_WITH_TIME

log = logging.getLogger("shiftplan")

Standing = Literal["open", "worked", "same", "poor", "data", "gone", "altered"]
"""open: there is no result. worked: it is known how its shifts turned out, so its result stays.
same: nothing changed. poor: nothing changed, but its roster is very poor, and may be better with
more time. data: its data, the options or the week before changed. gone: its result is
not there. altered: its result is not as it was written."""
_ATTEMPTS = 2
"""Workers that may die on a week before it counts as failed."""
_WAIT_SECONDS = 1.0


class Conductor:
    """Plans the weeks of a batch in order of time, those of several provinces side by side."""

    def __init__(
        self,
        asked: Asked,
        run: RunFolder,
        events: Callable[[BatchEvent], None],
        cancel: threading.Event,
    ) -> None:
        self.asked, self.run, self.events, self.cancel = asked, run, events, cancel
        self._times = Timekeeper(asked.limits)
        self.succession = Succession(asked.every, asked.chosen, run)
        self._queues: dict[str, deque[ProvinceWeek]] = {}
        for place in asked.chosen:
            self._queues.setdefault(place.province, deque()).append(place)
        self._bytes = {place.name: source_bytes(place.source) for place in asked.chosen}
        self._open: set[str] = set()
        self._poor: dict[str, WeekEntry] = {}
        self._running: dict[str, ProvinceWeek] = {}
        self._times_told: dict[str, int] = {}
        """How often people were told something of a week when its job began."""

    def conduct(self, executor: LocalExecutor | RayExecutor) -> None:
        """Plan all that is not done; returns when nothing is left, or when it is cancelled."""
        try:
            while not self.cancel.is_set():
                ready = self._ready()
                for place in ready[: max(0, executor.slots - len(self._running))]:
                    self._start(place, executor)
                if not self._running:
                    return
                for finished in executor.wait(_WAIT_SECONDS):
                    self._settle(finished)
        finally:
            self._stop()

    # ---- what begins

    def _ready(self) -> list[ProvinceWeek]:
        """The next week of each province in turn; those that need no worker are settled here.

        Very poor ones come last, then those with the longest work first.
        """
        busy = {place.province for place in self._running.values()}
        ready = []
        for province, queue in self._queues.items():
            while province not in busy and queue and self._needs_no_worker(queue[0]):
                queue.popleft()
                if self.cancel.is_set():  # to look at thousands of files takes a while
                    return []
            if province not in busy and queue:
                left = sum(self._bytes[p.name] for p in queue)
                ready.append((queue[0].name in self._poor, -left, queue[0]))
        return [place for *_, place in sorted(ready, key=lambda found: found[:2])]

    def _needs_no_worker(self, place: ProvinceWeek) -> bool:
        """Whether a week is done already, or cannot be planned because of the one before."""
        if place.name in self._open:  # looked at already
            return False
        if place.fault is not None:
            self._refuse(place, "input", place.fault)
            return True
        was_done = self.run.manifest.entry(place.name).state == "done"
        try:
            standing = self.standing(place)
        except RunRecordError:  # it says nothing of any week
            raise
        except InputError as error:  # nobody can say what people know
            self._fail(place, self.run.stage(), WeekEntry(outcome=_unreadable(error)))
            return True
        hindrance = None if standing == "worked" else self.succession.hindrance(place)
        if hindrance is not None:
            self._refuse(place, "before", hindrance)
            return True
        entry = self.run.manifest.entry(place.name)
        if standing in ("worked", "same") or (standing == "poor" and self._times.is_over):
            if not was_done:
                self.run.forget_failure(place.name)
                self.run.note(place.name, entry)
            self._tell("kept", place, entry)
            return True
        if standing == "poor":
            self._poor[place.name] = entry
        elif standing != "open":
            reason = self.reason(place, standing)
            if standing == "altered" and (aside := self.run.set_aside(place.name)) is not None:
                reason = Message("batches.now_aside", name=aside.name)
            self.run.note(place.name, WeekEntry(reason=reason))
        self._open.add(place.name)
        return False

    def standing(self, place: ProvinceWeek) -> Standing:
        """What the result of a week is worth by now, as far as the weeks before it are settled.

        One that is still there after a failure counts as done again, if it is as good as it was.
        """
        entry = self.run.manifest.entry(place.name)
        if entry.state == "done":
            return self._worth(place, entry)
        worth = "open" if entry.kept is None else self._worth(place, entry.kept)
        if entry.kept is None or worth not in ("worked", "same", "poor"):
            return "open"
        self.run.restore(place.name, entry.kept)
        return worth

    def _worth(self, place: ProvinceWeek, entry: WeekEntry) -> Standing:
        """What a result is worth that was made as its entry says."""
        final = self.run.path / place.name
        if not is_intact(final, entry.contents):
            return "altered" if os.path.lexists(final) else "gone"
        if place.attendance.exists():
            return "worked"
        job = self.job(place)
        if job.record.is_worked:
            return "worked"
        if entry.key != job_key(job):
            return "data"
        poor = entry.outcome and entry.outcome.figures and entry.outcome.figures.poor
        return "poor" if poor in (*MENDS_WITH_TIME, "FEWER") else "same"

    def reason(self, place: ProvinceWeek, standing: Standing) -> Message:
        """Why a week is planned again whose result is worth so much."""
        if standing == "data":
            return changed_since(self.run.manifest.entry(place.name), self.job(place))
        return Message(f"batches.again_{standing}")

    def _start(self, place: ProvinceWeek, executor: LocalExecutor | RayExecutor) -> None:
        self._queues[place.province].popleft()
        entry = self.run.manifest.entry(place.name)
        attempts = entry.attempts + 1 if entry.state == "waiting" else 1
        seconds = self._times.begin(place, self._waiting(), executor.slots)
        # Before the job is made: rather told twice than never.
        told = self.succession.told(place, anew=True)
        job = self.job(place, seconds)
        token = self.run.stage()
        entry = WeekEntry(
            state="running",
            key=job_key(job),
            sources=job_sources(job),
            attempts=attempts,
            staging=token,
            reason=Message("batches.again_poor") if place.name in self._poor else entry.reason,
            told=told,
        )
        self._running[place.name] = place
        self._times_told[place.name] = job.record.times_told
        self._note("started", place, entry)
        executor.submit(job, self.run.staged(token))

    def _waiting(self) -> Iterator[ProvinceWeek]:
        """The weeks that are to be planned later, as far as a quick look shows."""
        for place in (place for queue in self._queues.values() for place in queue):
            is_done = self.run.manifest.entry(place.name).state == "done"
            if place.fault is None and not (is_done and place.attendance.exists()):
                yield place

    def job(self, place: ProvinceWeek, seconds: float = 0.0) -> WeekJob:
        """What a worker is given for a week, from what is known now."""
        ledger = place.source.parent / LEDGER
        return WeekJob(
            name=place.name,
            week=place.week,
            source=place.source,
            ledger=ledger if ledger.exists() else None,
            before=self.succession.carried(place),
            earlier=self.run.earlier(place.name),
            settings=self.asked.settings,
            record=self.run.record.known(place),
            keep=self.asked.keep,
            seconds=seconds,
            workers=self.asked.limits.workers,
            memory_mb=self.asked.limits.memory_mb,
            most_seconds=patience(seconds),
        )

    # ---- what ends

    def _settle(self, finished: Finished) -> None:
        outcome = finished.outcome
        if outcome.failure == "disk":  # no other week would fare better
            raise DiskFullError(text_of(outcome, Words(self.asked.settings.lang)))
        place = self._running[finished.name]
        self._times.end(place, outcome)
        entry = self.run.manifest.entry(place.name)
        waits = outcome.failure == "died" and entry.attempts < _ATTEMPTS
        try:
            waits |= self._is_outdated(place)
        except RunRecordError:
            raise
        except InputError as error:
            outcome = _unreadable(error)
        ended = entry.model_copy(update={"outcome": outcome})
        is_better, contents = not self._is_no_better(place, outcome), ""
        if outcome.failure is None and is_better and not waits:
            contents = self.run.seal(entry.staging)  # which takes a moment
            waits = self.run.record.is_behind(place.name, self.run.staged(entry.staging))
        del self._running[place.name]  # a full disk before leaves it running, and so to be stopped
        if waits:
            self.run.drop(entry.staging)
            waiting = entry.model_copy(update={"state": "waiting", "staging": ""})
            self._queues[place.province].appendleft(place)
            self._note("retried", place, waiting)
        elif not is_better:
            self.run.drop(entry.staging)
            self._note("kept", place, self._poor[place.name])
        elif contents:
            placing = ended.model_copy(update={"state": "placing", "contents": contents})
            self.run.note(place.name, placing)
            self.run.place(place.name, entry.staging)
            done = placing.model_copy(update={"state": "done", "staging": "", "reason": ""})
            self._note("done", place, done)
        else:
            self._fail(place, entry.staging, ended)

    def _is_no_better(self, place: ProvinceWeek, outcome: JobOutcome) -> bool:
        """Whether a very poor roster, planned again, is still better than what was found now."""
        old, now = self._poor.get(place.name), outcome.figures
        if old is None or old.outcome is None or old.outcome.figures is None:
            return False
        return now is None or (now.poor is not None and now.cost > old.outcome.figures.cost)

    def _is_outdated(self, place: ProvinceWeek) -> bool:
        """Whether others told people something while its job ran, which knew nothing of that."""
        return self.run.record.known(place).times_told != self._times_told.pop(place.name)

    def _refuse(self, place: ProvinceWeek, failure: Failure, why: Fact) -> None:
        """Fail what no worker needs to look at."""
        outcome = JobOutcome(failure=failure, facts=(why,))
        self._fail(place, self.run.stage(), WeekEntry(outcome=outcome))

    def _fail(self, place: ProvinceWeek, token: str, ended: WeekEntry) -> None:
        assert ended.outcome is not None
        with contextlib.suppress(OSError, InputError):  # a report more or less ends no batch
            said = report_text(ended.outcome, Words(self.asked.settings.lang))
            self.run.report(place.name, token, said)
        with contextlib.suppress(InputError):  # such as a damaged record, which is why it failed
            self.run.record.fail(place.name, ended.outcome.failure or "")
        self.run.drop(token)
        self._note("failed", place, ended.model_copy(update={"state": "failed", "staging": ""}))

    def _stop(self) -> None:
        """Note that what still runs waits; the next start would find that out by itself too."""
        for name, place in self._running.items():
            rest = self._poor.get(name) or self.run.manifest.entry(name).at_rest()
            with contextlib.suppress(OSError):
                self._note("stopped", place, rest)
        self._running.clear()

    def _note(self, kind: Kind, place: ProvinceWeek, entry: WeekEntry) -> None:
        self.run.note(place.name, entry)
        self._tell(kind, place, entry)

    def _tell(self, kind: Kind, place: ProvinceWeek, entry: WeekEntry) -> None:
        log.info("%s %s", place.name, kind)
        self.events(BatchEvent(kind, place, entry, self._times.passed))


def _unreadable(error: InputError) -> JobOutcome:
    """What becomes of a week whose record cannot be read."""
    return JobOutcome(failure="input", facts=tuple(fault.seen() for fault in error.faults))
