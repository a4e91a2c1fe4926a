"""One week of one province, from its tables to everything that people get.

`Job` and an empty folder -> files of `plan`, simulation, ledger, history; and an `Outcome`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.analysis.repair import repair_week
from shiftplan.analysis.repair.outcome import Repair
from shiftplan.batch.job import Failure, Figures, Job, Outcome
from shiftplan.batch.places import BOOK, PLANNED_WITH, TOLD, history_before
from shiftplan.batch.reading import Known, known_already, read_job
from shiftplan.citizens.simulate import Experience, simulate
from shiftplan.errors import Fault, InputError, MissingExtraError
from shiftplan.files import read_roster
from shiftplan.files.assemble import OnNote
from shiftplan.files.roster_csv import roster_to_csv
from shiftplan.files.week import history_to_csv
from shiftplan.files.whole import is_full, write_texts
from shiftplan.present.answers.repairs import changes_csv
from shiftplan.present.faults import fault_text
from shiftplan.present.outputs import CHANGES, RESULT, ROSTER, write_outputs
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.seasons.rollover.history import next_history
from shiftplan.solving.result import Poor, Result, Status
from shiftplan.solving.solve import solve
from shiftplan.week.horizon import Horizon

SIMULATION, HISTORY = "simulation.json", "history.csv"
"""What a batch writes beside the files of `plan`, and the ledger."""
_MOST_LATE = 8
"""Earlier weeks before which a result keeps the history; attendance that is told later than that
many weeks is carried on over all weeks of the batch."""
_LEAST_SECONDS = 0.5
_MOST_FAULTS, _MOST_NOTES = 1_000, 10
"""Faults of a week that its outcome tells, and notes of one that is planned."""


class _Failed(Exception):  # noqa: N818 - an ending, not an error of the program
    """There is no roster: the `Failure`, and a message."""


@contextmanager
def _phase(phases: dict[str, float], name: str) -> Iterator[None]:
    """Keep the seconds of a phase."""
    began = time.monotonic()
    try:
        yield
    finally:
        phases[name] = round(time.monotonic() - began, 3)


def work(job: Job, folder: Path) -> Outcome:
    """Plan a week and write all its files; never raises for what is wrong with the data.

    Parameters
    ----------
    job
        The week, and how it is to be planned.
    folder
        An empty folder. Where there is no roster, what is in it is of no use, but for the
        `result.json` of a search that ended without one.

    """
    began, lang = time.monotonic(), job.settings.lang
    notes: list[Fault] = []
    phases: dict[str, float] = {}
    failure: Failure | None = None
    figures = None
    try:
        figures, poor = _plan(job, folder, phases, notes.append)
        lines = [] if poor is None else [poor.message.said(lang)]
        lines.append(_told(dict.fromkeys(notes), lang, _MOST_NOTES))
        message = "\n".join(filter(None, lines))
    except InputError as error:
        failure = "disk" if is_full(error) else "input"
        message = _told(error.faults, lang, _MOST_FAULTS)
    except MissingExtraError as error:
        failure, message = "input", error.said(Words(lang))
    except OSError as error:
        failure, message = "disk" if is_full(error) else "internal", str(error)
    except _Failed as error:
        failure, message = error.args
    return Outcome(
        failure=failure,
        message=message,
        figures=figures,
        seconds=time.monotonic() - began,
        phases=phases,
    )


def _told(faults: Collection[Fault], lang: Lang, most: int) -> str:
    """The first faults, and how many more there are: the manifest of a nation keeps the text."""
    lines = [fault_text(fault, lang) for fault in islice(faults, most)]
    count = sum(1 + fault.more for fault in faults)
    if len(faults) > most:
        lines.append(Words(lang)("plans.more", count=count - most))
    return "\n".join(lines)


def _plan(
    job: Job, folder: Path, phases: dict[str, float], on_note: OnNote
) -> tuple[Figures, Poor | None]:
    settings, lang = job.settings, job.settings.lang
    with _phase(phases, "read"):
        begun = read_job(job, on_note)
        problem, ledger = begun.problem, begun.ledger
        known = known_already(job, problem, folder)
    with _phase(phases, "plan"):
        found = _solve(job, problem, known)
        result = found.result if isinstance(found, Repair) else found
    roster = result.roster
    beside = {RESULT: found.to_json() + "\n"}
    if roster is None:
        write_texts({folder / name: text for name, text in beside.items()})
        if result.status is Status.INFEASIBLE:
            said = [member.message.said(lang) for member in result.conflict]
            said = said or [Words(lang)("conflict.unnamed")]
            raise _Failed("conflict", "\n".join(said))
        raise _Failed("no_roster", f"no roster was found in {job.seconds:.0f} s")
    with _phase(phases, "write"):
        if isinstance(found, Repair):
            beside[CHANGES] = changes_csv(found, lang)
        write_outputs(
            problem,
            result,
            folder,
            lang,
            beside=beside,
            compared=known.told,
            told=known.told,
            quiet=True,
        )
    with _phase(phases, "check"):  # what was written against what was solved
        score = check(problem, read_roster(folder / ROSTER))
        if not score.is_feasible or score.total != result.total.cost:
            message = f"the roster that was written costs {score.total}, not {result.total.cost}"
            raise _Failed("internal", message)
    experience = None
    with _phase(phases, "simulate"):
        if settings.runs and problem.demand:
            experience = simulate(problem, roster, runs=settings.runs, seed=settings.seed)
    after = ledger.record(problem, roster)
    # A history looks forward to the same people and work, beginning on the day after.
    days = problem.horizon.days
    horizon = Horizon(start=problem.horizon.end, days=days, zone=problem.horizon.zone)
    week_after = problem.model_copy(update={"horizon": horizon})
    following = history_to_csv(next_history(problem, week_after, roster, after))
    texts = {
        folder / BOOK: after.to_json() + "\n",
        folder / PLANNED_WITH: history_to_csv(begun.known.values()),
        folder / HISTORY: following,
    }
    for week in sorted(begun.earlier)[-_MOST_LATE:]:
        texts[folder / history_before(week)] = history_to_csv(begun.earlier[week].values())
    if result.poor is not None and known.told is not None:
        texts[folder / TOLD] = roster_to_csv(problem, known.told)
    if experience is not None:
        texts[folder / SIMULATION] = experience.to_json() + "\n"
    write_texts(texts)
    return _figures(problem, result, experience), result.poor


def _solve(job: Job, problem: Problem, known: Known) -> Result | Repair:
    """Plan a week; what people know of it already is changed at a price only."""
    limits: dict[str, Any] = {
        "time_limit": max(_LEAST_SECONDS, job.seconds),
        "gap": job.settings.gap,
        "workers": job.workers,
        "seed": job.settings.seed,
        "hint": known.start,
    }
    if known.told:
        return repair_week(problem, known.told, **limits)
    return solve(problem, **limits)


def _figures(problem: Problem, result: Result, experience: Experience | None) -> Figures:
    roster, score, equity = result.require_roster(), result.score, result.equity
    assert score is not None
    assert equity is not None
    seats, skilled = equity.overall.both, equity.overall.skilled
    minority = [a for a in equity.areas if a.area == "minority"]
    shares = [a.both.share for a in minority if a.both.target]
    loads = None if result.fairness is None else result.fairness.loads
    on_time = None if experience is None else experience.overall.within_target_share
    return Figures(
        status=result.status.value,
        volunteers=len(problem.volunteers),
        centers=len(problem.centers),
        shifts=len(problem.shifts),
        assignments=len(roster),
        seats=seats.target,
        empty_seats=seats.target - seats.filled,
        skilled_seats=skilled.target,
        empty_skilled_seats=skilled.target - skilled.filled,
        minority_skilled_seats=sum(a.skilled.target for a in minority),
        minority_empty_skilled_seats=sum(a.skilled.target - a.skilled.filled for a in minority),
        cost=score.total,
        bound=result.total.bound,
        levels={str(level): cost for level, cost in score.levels.items()},
        gini=None if loads is None or not loads.highest else loads.gini,
        minority_filled=shares[0] if shares else None,
        within_target_share=None if on_time is None else on_time.value,
        decisions=result.decisions or 0,
        poor=None if result.poor is None else result.poor.reason,
    )
