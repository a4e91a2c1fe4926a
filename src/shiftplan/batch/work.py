"""One week of one province, from its tables to everything that people get.

`WeekJob` and an empty folder -> files of `plan`, simulation, ledger, history; and a `JobOutcome`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.batch.figures import figures_of
from shiftplan.batch.manifest import Fact, Failure, Figures, JobOutcome, WeekJob
from shiftplan.batch.places import BOOK, PLANNED_WITH, VERSIONS, history_before
from shiftplan.batch.reading import Begun, read_job, take_earlier, take_handouts, week_as_recorded
from shiftplan.batch.telling import tell, unreached, versions
from shiftplan.citizens.simulate import simulate
from shiftplan.errors import Fault, InputError, MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_file
from shiftplan.files import read_roster
from shiftplan.files.assemble import OnNote
from shiftplan.files.week import history_to_csv
from shiftplan.files.whole import is_full, write_texts
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.handouts import MESSAGES, clear_handouts
from shiftplan.present.handouts.sending import ticks_of
from shiftplan.present.outputs import CHANGES, RESULT, ROSTER, hand_out, write_outputs
from shiftplan.problem import Problem
from shiftplan.record.current import CurrentWeek
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import Found, now_in, plan_now
from shiftplan.record.telling import published
from shiftplan.record.turned_out import chances_of
from shiftplan.scoring.check import check
from shiftplan.seasons.rollover.history import next_history
from shiftplan.seasons.shows import ShowRates
from shiftplan.solving.result import Result, Status
from shiftplan.week.roster import Roster

SIMULATION, HISTORY = "simulation.json", "history.csv"
"""What a batch writes beside the files of `plan`, and the ledger."""
_MOST_LATE = 8
"""Earlier weeks before which a result keeps the history; attendance recorded later than that
many weeks is carried on over all weeks of the batch."""
_LEAST_SECONDS = 0.5
_MOST_FAULTS, _MOST_NOTES = 1_000, 10
"""Faults of a week that its outcome lists, and notes of one that is planned: the manifest of a
nation keeps them."""


class _Failed(Exception):  # noqa: N818 - an ending, not an error of the program
    """There is no roster: the `Failure`, and facts."""


@contextmanager
def _phase(phases: dict[str, float], name: str) -> Iterator[None]:
    """Keep the seconds of a phase."""
    began = time.monotonic()
    try:
        yield
    finally:
        phases[name] = round(time.monotonic() - began, 3)


def work(job: WeekJob, folder: Path) -> JobOutcome:
    """Plan a week and write all its files; never raises for what is wrong with the data.

    The folder is empty at first. Where there is no roster, what is in it is of no use, but for the
    `result.json` of a search that ended without one.
    """
    began = time.monotonic()
    notes: dict[Fault, None] = {}
    phases: dict[str, float] = {}
    failure: Failure | None = None
    figures = None
    try:
        figures, facts = _plan(job, folder, phases, lambda note: notes.setdefault(note))
        facts += _first(notes, _MOST_NOTES)
    except InputError as error:
        failure = "disk" if is_full(error) else "input"
        facts = _first(error.faults, _MOST_FAULTS)
    except MissingExtraError as error:
        failure, facts = "input", [error.message]
    except OSError as error:
        failure, facts = "disk" if is_full(error) else "internal", [of_file(error)]
    except _Failed as error:
        failure, facts = error.args
    seconds = time.monotonic() - began
    return JobOutcome(
        failure=failure, facts=tuple(facts), figures=figures, seconds=seconds, phases=phases
    )


def _first(faults: Collection[Fault], most: int) -> list[Fact]:
    """The first faults, and how many more there are."""
    found: list[Fact] = [fault.seen() for fault in islice(faults, most)]
    if len(faults) > most:
        count = sum(1 + fault.more for fault in faults)
        found.append(Message("form.more", n=count - most))
    return found


@dataclass(frozen=True, slots=True)
class _JobWeek:
    """A week that was read, and the folder that its files go into."""

    job: WeekJob
    folder: Path
    begun: Begun
    """What its files and the weeks before say."""
    rates: ShowRates
    """How reliably people came until now."""
    live: LiveWeek
    """What was recorded of it, and what the job adds to that."""
    now: CurrentWeek
    """How it stood before the job added anything."""


def _plan(
    job: WeekJob, folder: Path, phases: dict[str, float], on_note: OnNote
) -> tuple[Figures, list[Fact]]:
    """Plan a week and write all its files: its figures, and what deserves a second look."""
    settings = job.settings
    with _phase(phases, "read"):
        week = _read(job, folder, on_note)
    with _phase(phases, "plan"):
        found = plan_now(week.now, week.live.as_made, **_limits(week))
    problem, result = found.problem, found.result
    beside = {RESULT: (found.repair or result).to_json() + "\n"}
    if result.roster is None:
        write_texts({folder / name: text for name, text in beside.items()})
        raise _no_roster(job, result)
    roster = result.roster
    with _phase(phases, "write"):
        version, _ = week.live.record_draft(week.now, roster, "batch", result)
        doubts = [result.poor.message] if result.poor else tell(week.live, version, roster)
        rates = week.rates
        chances = chances_of(week.live, roster, rates) if rates.observed else None
        if week.now.known is not None:
            beside[CHANGES] = changes_csv(published(week.now, version, roster), settings.lang)
        _write_result(week, found, beside, chances)
        take_handouts(job, folder)
        said = list[Fact]()
        if doubts:
            clear_handouts(folder, problem)
        else:
            said = _write_handouts(week, problem, roster)
    with _phase(phases, "check"):
        _check_written(problem, result, folder / ROSTER)
    experience = None
    with _phase(phases, "simulate"):
        if settings.runs and problem.demand:
            experience = simulate(
                problem, roster, runs=settings.runs, seed=settings.seed, chances=chances
            )
    texts = _carried_on(week, problem, roster)
    if experience is not None:
        texts[folder / SIMULATION] = experience.to_json() + "\n"
    write_texts(texts)
    figures = figures_of(problem, result, experience, is_repair=found.repair is not None)
    if doubts and result.poor is None:
        figures = figures.model_copy(update={"poor": "FEWER"})
    return figures, [*doubts, *said]


def _read(job: WeekJob, folder: Path, on_note: OnNote) -> _JobWeek:
    """Read the week as its files, the weeks before and its record say it."""
    begun = read_job(job, on_note)
    rates = begun.ledger.show_rates(begun.problem)
    people = rates.applied_to(begun.problem.volunteers)
    files = begun.problem.model_copy(update={"volunteers": people})
    live = week_as_recorded(files, job.record)
    take_earlier(job, live)
    for note in (fault for unfit in live.now.unfit for fault in unfit.faults):
        on_note(note)
    return _JobWeek(job, folder, begun, rates, live, live.now)


def _limits(week: _JobWeek) -> dict[str, Any]:
    """Options of the search; where part of the week is over, a repair leaves that as it is."""
    job, known = week.job, week.now
    limits: dict[str, Any] = {
        "keep": job.keep,
        "time_limit": max(_LEAST_SECONDS, job.seconds),
        "gap": job.settings.gap,
        "workers": job.workers,
        "seed": job.settings.seed,
        "hint": known.draft or known.told,
    }
    now = now_in(known.problem.horizon)
    if now is not None and known.told is not None and job.keep in ("lightly", "firmly"):
        limits |= {"keep": "firmly", "now": now, "frozen_until": now.date()}
    return limits


def _no_roster(job: WeekJob, result: Result) -> _Failed:
    """Why the search ended without a roster."""
    if result.status is Status.INFEASIBLE:
        members = [member.message for member in result.conflict]
        members += [result.conflict_count.message] if result.conflict_count else []
        return _Failed("conflict", members or [Message("conflict.unnamed")])
    return _Failed("no_roster", [Message("batches.no_roster", seconds=job.seconds)])


def _write_result(
    week: _JobWeek,
    found: Found,
    beside: Mapping[str, str],
    chances: Mapping[tuple[str, str], float] | None,
) -> None:
    """Write the files of `plan`, and others beside them."""
    write_outputs(
        found.problem,
        found.result,
        week.folder,
        week.job.settings.lang,
        beside=beside,
        compared=week.now.known,
        called=week.now.state.times_called,
        chances=chances,
        before_shifts=week.now.state.shifts_told,
    )


def _write_handouts(week: _JobWeek, problem: Problem, roster: Roster) -> list[Fact]:
    """Write calendars and messages with what is new to people: what is to be said of them."""
    ticks = ticks_of(week.folder / MESSAGES)
    anew, said = unreached(week.job.name, week.live, week.now, roster, ticks)
    hand_out(
        problem,
        roster,
        week.folder,
        week.job.settings.lang,
        before=week.now.known,
        anew=anew,
        agreed=week.now.agreed,
        revision=week.now.state.times_told,
        before_shifts=week.now.state.shifts_told,
        quiet=True,
    )
    return said


def _check_written(problem: Problem, result: Result, file: Path) -> None:
    """Refuse a roster that was written otherwise than it was solved."""
    score = check(problem, read_roster(file))
    if not score.is_feasible or score.total != result.total.cost:
        costs = {"written": score.total, "solved": result.total.cost}
        raise _Failed("internal", [Message("batches.written_otherwise", **costs)])


def _carried_on(week: _JobWeek, problem: Problem, roster: Roster) -> dict[Path, str]:
    """What later weeks and later runs of this one go on from: file -> text."""
    begun, folder = week.begun, week.folder
    after = begun.ledger.record(problem, roster)
    # A history looks forward to the same people and work, beginning on the day after.
    horizon = problem.horizon.model_copy(update={"start": problem.horizon.end})
    week_after = problem.model_copy(update={"horizon": horizon})
    following = next_history(problem, week_after, roster, after)
    texts = {
        folder / BOOK: after.to_json() + "\n",
        folder / PLANNED_WITH: history_to_csv(begun.known.values()),
        folder / HISTORY: history_to_csv(following),
    }
    for first in sorted(begun.earlier)[-_MOST_LATE:]:
        texts[folder / history_before(first)] = history_to_csv(begun.earlier[first].values())
    added = versions(week.job, week.live, begun.tables)
    texts[folder / VERSIONS] = added.model_dump_json() + "\n"
    return texts
