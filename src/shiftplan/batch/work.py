"""One week of one province, from its tables to everything that people get.

`WeekJob` and an empty folder -> files of `plan`, simulation, ledger, history; and a `JobOutcome`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.batch.manifest import Fact, Failure, Figures, JobOutcome, WeekJob
from shiftplan.batch.places import BOOK, PLANNED_WITH, VERSIONS, history_before
from shiftplan.batch.reading import read_job, take_earlier, take_handouts, week_as_recorded
from shiftplan.batch.telling import tell, unreached, versions
from shiftplan.citizens.simulate import Experience, simulate
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
from shiftplan.record.planning import now_in, plan_now
from shiftplan.record.telling import published
from shiftplan.record.turned_out import chances_of
from shiftplan.scoring.check import check
from shiftplan.seasons.rollover.history import next_history
from shiftplan.solving.result import Result, Status

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


def _plan(
    job: WeekJob, folder: Path, phases: dict[str, float], on_note: OnNote
) -> tuple[Figures, list[Fact]]:
    settings, lang = job.settings, job.settings.lang
    with _phase(phases, "read"):
        begun = read_job(job, on_note)
        ledger = begun.ledger
        rates = ledger.show_rates(begun.problem)
        people = rates.applied_to(begun.problem.volunteers)
        files = begun.problem.model_copy(update={"volunteers": people})
        live = week_as_recorded(files, job.record)
        take_earlier(job, live)
        week = live.now
        problem = week.problem
        for note in (fault for unfit in week.unfit for fault in unfit.faults):
            on_note(note)
    limits: dict[str, Any] = {
        "time_limit": max(_LEAST_SECONDS, job.seconds),
        "gap": settings.gap,
        "workers": job.workers,
        "seed": settings.seed,
        "hint": week.draft or week.told,
    }
    keep, now = job.keep, now_in(problem.horizon)
    if now is not None and week.told is not None and keep in ("lightly", "firmly"):
        keep = "firmly"  # a repair can leave past days as they are
        limits |= {"now": now, "frozen_until": now.date()}
    with _phase(phases, "plan"):
        found = plan_now(week, live.as_made, keep, **limits)
        result, problem = found.result, found.problem
    roster = result.roster
    beside = {RESULT: (found.repair or result).to_json() + "\n"}
    if roster is None:
        write_texts({folder / name: text for name, text in beside.items()})
        if result.status is Status.INFEASIBLE:
            members = [member.message for member in result.conflict]
            raise _Failed("conflict", members or [Message("conflict.unnamed")])
        raise _Failed("no_roster", [Message("batches.no_roster", seconds=job.seconds)])
    with _phase(phases, "write"):
        version, _ = live.record_draft(week, roster, "batch", result)
        doubts = [result.poor.message] if result.poor else tell(live, version, roster)
        said = list[Fact]()
        if week.known is not None:
            beside[CHANGES] = changes_csv(published(week, version, roster), lang)
        told: dict[str, Any] = {"before_shifts": week.state.shifts_told}
        chances = chances_of(live, roster, rates) if rates.observed else None
        write_outputs(
            problem,
            result,
            folder,
            lang,
            beside=beside,
            compared=week.known,
            called=week.state.times_called,
            chances=chances,
            **told,
        )
        take_handouts(job, folder)
        if doubts:
            clear_handouts(folder, problem)
        else:
            anew, said = unreached(live, week, roster, ticks_of(folder / MESSAGES))
            hand_out(
                problem,
                roster,
                folder,
                lang,
                before=week.known,
                anew=anew,
                agreed=week.agreed,
                revision=week.state.times_told,
                **told,
                quiet=True,
            )
    with _phase(phases, "check"):  # what was written against what was solved
        score = check(problem, read_roster(folder / ROSTER))
        if not score.is_feasible or score.total != result.total.cost:
            costs = {"written": score.total, "solved": result.total.cost}
            raise _Failed("internal", [Message("batches.written_otherwise", **costs)])
    experience = None
    with _phase(phases, "simulate"):
        if settings.runs and problem.demand:
            experience = simulate(
                problem, roster, runs=settings.runs, seed=settings.seed, chances=chances
            )
    after = ledger.record(problem, roster)
    # A history looks forward to the same people and work, beginning on the day after.
    horizon = problem.horizon.model_copy(update={"start": problem.horizon.end})
    week_after = problem.model_copy(update={"horizon": horizon})
    following = history_to_csv(next_history(problem, week_after, roster, after))
    texts = {
        folder / BOOK: after.to_json() + "\n",
        folder / PLANNED_WITH: history_to_csv(begun.known.values()),
        folder / HISTORY: following,
    }
    for first in sorted(begun.earlier)[-_MOST_LATE:]:
        texts[folder / history_before(first)] = history_to_csv(begun.earlier[first].values())
    texts[folder / VERSIONS] = versions(job, live, begun.tables).model_dump_json() + "\n"
    if experience is not None:
        texts[folder / SIMULATION] = experience.to_json() + "\n"
    write_texts(texts)
    figures = _figures(problem, result, experience)
    if doubts and result.poor is None:
        figures = figures.model_copy(update={"poor": "FEWER"})
    return figures, [*doubts, *said]


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
