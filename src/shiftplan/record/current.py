"""The week as it is now: its files, what was recorded since, and what people were told.

(`Problem` of the files, `RecordState`, rosters) -> `CurrentWeek`, whose problem every question is
asked of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic_core import to_json

from shiftplan.citizens.staffing import needs_after
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, absent, closed, possible, still_allowed
from shiftplan.record.state import RecordState, is_same
from shiftplan.week.records import Pin
from shiftplan.week.roster import Roster
from shiftplan.week.week import Week


@dataclass(frozen=True, slots=True)
class Unfit:
    """Recorded changes that the files of the week contradict, and which do not count."""

    entry: int
    """Number of the entry."""
    faults: tuple[Fault, ...]
    """Why they do not fit."""


@dataclass(frozen=True)
class CurrentWeek:
    """A week as it is now, immutable."""

    files: Problem
    """The week as its files say it."""
    problem: Problem
    """The same after all recorded changes and answers; its table `published` is what was told."""
    state: RecordState
    """What the record says."""
    told: Roster | None
    """What people were told; None when nothing was."""
    draft: Roster | None
    """The newest draft since then; None when there is none."""
    changes: tuple[AnyChange, ...]
    """The recorded changes that count, oldest first."""
    unfit: tuple[Unfit, ...]
    """Those that do not."""

    @property
    def roster(self) -> Roster | None:
        """The draft, or else what was told, without what is impossible now; None without both."""
        newest = self.told if self.draft is None else self.draft
        return None if newest is None else possible(self.problem, newest)


def current_week(
    files: Problem, state: RecordState, told: Roster | None, draft: Roster | None
) -> CurrentWeek:
    """Make the week as it is now.

    Changes count in the order in which they were recorded. Where the changes of an entry no longer
    fit, as when the files contain a new person too by now, they are left out and listed. An
    assignment that was confirmed becomes a pin, unless the person is absent, the shift is closed,
    elsewhere or at another time, or a rule forbids it by itself; one that was declined is barred.

    Parameters
    ----------
    files
        The week as its files say it, with its requirements.
    state
        What its record says.
    told, draft
        The rosters of the versions told and drafted; None where there is none.
    """
    problem, counted = files, list[AnyChange]()
    unfit: list[Unfit] = []
    for entry, changes in state.changed.items():
        try:
            made = (*changes, *needs_after(problem, changes))
            problem = problem.with_changes(*made)
        except InputError as error:
            unfit.append(Unfit(entry, tuple(error.faults)))
        else:
            counted += made
    pins = tuple(_answer_pins(problem, state, told, counted))
    if pins:
        about = {(pin.volunteer_id, pin.shift_id) for pin in pins}
        rest = (p for p in problem.pins if (p.volunteer_id, p.shift_id) not in about)
        problem = problem.model_copy(update={"pins": (*rest, *pins)})
    if told is not None:
        problem = problem.with_changes(roster=still_allowed(problem, told))
    return CurrentWeek(files, problem, state, told, draft, tuple(counted), tuple(unfit))


def _answer_pins(
    problem: Problem, state: RecordState, told: Roster | None, changes: Sequence[AnyChange]
) -> Iterator[Pin]:
    """Yield the pins that answers of people make."""
    confirmed = []
    for (who, where), answer in state.answers.items():
        shift = problem.shift_by_id.get(where)
        if shift is None or who not in problem.volunteer_by_id:
            continue
        if answer.answer == "declined":
            yield Pin(volunteer_id=who, shift_id=where, state="must_not")
        elif told is not None and (where, who) in told:
            before = state.shifts_told.get(where, shift)
            gone = absent(changes, who, shift) or closed(changes, shift)
            if is_same(before, shift) and not gone:
                confirmed.append((where, who))
    for where, who in still_allowed(problem, Roster.of(confirmed)).assignments:
        yield Pin(volunteer_id=who, shift_id=where, state="must")


def tables_of(problem: Problem) -> Mapping[str, str]:
    """Table -> fingerprint of its rows, to tell later which tables of the files were edited."""
    return {
        name: sha256(to_json(getattr(problem, name))).hexdigest()[:16]
        for name in (*Week.model_fields, "rules", "rates", "order")
        if name not in ("schema_version", "published")
    }
