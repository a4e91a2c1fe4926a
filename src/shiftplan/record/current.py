"""The week as it is now: its files, what was recorded since, and what people were told.

(`Problem` of the files, `RecordState`, rosters) -> `CurrentWeek`, whose problem answers all other
questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

from pydantic_core import to_json

from shiftplan.analysis.repair.notices import Notice, notices_of
from shiftplan.citizens.more import needs_after
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Update,
    bar_again,
    gone_by,
    possible,
    still_allowed,
)
from shiftplan.record.promises import (
    allowed,
    coming,
    confirmed,
    left_out,
    let_go_by,
    with_called,
    with_pins,
)
from shiftplan.record.refusals import refused, with_answers, with_refusals
from shiftplan.record.state import RecordState
from shiftplan.rules.base import Violation
from shiftplan.week.records import Availability, moved_shifts
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.week import Week
from shiftplan.week.wishes import Pin


@dataclass(frozen=True, slots=True)
class Unfit:
    """Recorded changes that do not count, because the files of the week contradict them."""

    entry: int
    """Number of the entry."""
    faults: tuple[Fault, ...]
    """Why they do not fit."""


@dataclass(frozen=True)
class CurrentWeek:
    """A week as it is now, immutable."""

    files: Problem
    """The week as its files have it."""
    problem: Problem
    """The same after all recorded changes and answers; its table `published` is the published
    roster, with the reserves who were called and come."""
    state: RecordState
    """What the record says."""
    told: Roster | None
    """The published roster; None if there is none."""
    draft: Roster | None
    """The newest draft since then; None if there is none."""
    changes: tuple[AnyChange, ...]
    """The recorded changes that count, oldest first."""
    unfit: tuple[Unfit, ...]
    """Those that do not."""
    called_in: Roster
    """The reserves who were called and come, in the shifts that they fill."""
    offered: tuple[Availability, ...]
    """When people offered to come, also at hours at which they declined a shift."""
    promised: frozenset[Assignment]
    """What is a pin because somebody confirmed it, or was called and comes."""
    let_go: frozenset[Assignment]
    """What would be one, but was let go."""

    def letting_go(self, promises: frozenset[Assignment]) -> CurrentWeek:
        """The week in which these promises are no pins, and all others are."""
        if promises == self.let_go:
            return self
        return current_week(self.files, self.state, self.told, self.draft, let_go=promises)

    @property
    def known(self) -> Roster | None:
        """What people know: the published roster, or before any publication what the files say.

        None if they know nothing.
        """
        if self.state.times_told:
            return self.told
        return self.known_at_first if len(self.known_at_first) else None

    @property
    def known_at_first(self) -> Roster:
        """What the files say that people were told, before anything was told by the record."""
        return Roster.of((p.shift_id, p.volunteer_id) for p in self.files.published if p.told)

    @property
    def roster(self) -> Roster | None:
        """The draft or else the published roster, with reserves who come; None without both.

        What is impossible now is left out.
        """
        newest = self.told if self.draft is None else self.draft
        if newest is None:
            return None
        return possible(self.problem, Roster.of((*newest.assignments, *self.called_in.assignments)))

    @property
    def agreed(self) -> frozenset[Assignment]:
        """Who said that they come to which shift as it is now, in an answer or on the phone.

        Somebody who lost the shift since did not agree to have it again.
        """
        state, told = self.state, self.told
        moved = moved_shifts(state.shifts_told, self.problem.shift_by_id)
        confirmed = (p for p, answer in state.answers.items() if answer.answer == "confirmed")
        still = (p for p in confirmed if not left_out(state, told, p, state.answered[p]))
        return frozenset(
            {*self.called_in.assignments, *(p for p in still if p.shift_id not in moved)}
        )

    def notices(
        self, after: Roster, before: Roster | None = None, broken: Sequence[Violation] = ()
    ) -> tuple[Notice, ...]:
        """What a roster changes for people, by person; every list of changes is made from it.

        A shift moved since its publication changes for everybody in it. `before`: the roster to
        compare with; None for what people know. `broken`: its breaches of hard rules.
        """
        known = before if before is not None else self.known or Roster()
        base = still_allowed(self.problem, known)
        told = self.state.shifts_told
        found = notices_of(self.problem, self.changes, known, base, after, broken, told)
        shifts = self.problem.shift_by_id
        return with_answers(found, self.files, self.state, shifts, self.called_in)

    def people_changed(self, after: Roster) -> frozenset[str]:
        """Ids of the people for whom a roster is different from what they know."""
        return frozenset(notice.volunteer_id for notice in self.notices(after))


def current_week(
    files: Problem,
    state: RecordState,
    told: Roster | None,
    draft: Roster | None,
    before: CurrentWeek | None = None,
    let_go: frozenset[Assignment] | None = None,
) -> CurrentWeek:
    """Make the week as it is now.

    Changes count in the order in which they were recorded. Where the changes of an entry no longer
    fit, as when the files contain a new person too by now, they are left out and listed. What
    somebody offers later neither ends an absence nor opens a closed shift. Whoever declined a
    shift, or cannot come when called, is not free at its hours (`with_refusals`). A `confirmed`
    assignment becomes a pin. A reserve who was called and comes gets a pin under the same
    conditions, as `call_in` makes it, unless a roster without the person was published later. What
    the newest plan or repair had to let go, so that there was a roster, is no pin.

    Parameters
    ----------
    files
        The week as its files say it, with its requirements.
    state
        What its record says.
    told, draft
        The rosters of the published version and of the draft; None if there is none.
    before
        The current week of the same files made last; what no newer entry changes is taken from it.
        None to make everything anew.
    let_go
        What was promised and is no pin; None for what the draft let go, which is a whole one.
    """
    if let_go is None:
        let_go = let_go_by(state, draft, state.draft)
    if before is not None and _decides(before.state, before.let_go) == _decides(state, let_go):
        return replace(before, state=state, draft=draft)
    problem, counted = files, list[AnyChange]()
    unfit: list[Unfit] = []
    moved: dict[str, int] = {}
    gone: set[str] = set()
    for run in _runs(state.changed):
        absences = [change for _, changes in run for change in changes]
        with suppress(InputError):  # then one of them does not fit
            if len(run) > 1:
                problem = problem.with_changes(*dict.fromkeys(absences))
                counted += absences
                continue
        for entry, changes in run:
            try:
                made = (*changes, *needs_after(problem, changes))
                after = problem.with_changes(*made)
            except InputError as error:
                unfit.append(Unfit(entry, tuple(error.faults)))
            else:
                elsewhere = moved_shifts(problem.shift_by_id, after.shift_by_id)
                moved |= dict.fromkeys(elsewhere, entry)
                problem = after
                counted += made
                gone |= gone_by(made, after.shifts)
    problem = bar_again(problem, counted, gone)
    offered = problem.availability
    problem = with_refusals(problem, state, told, list(refused(files, state)))
    stay: list[Pin] = []
    if told is not None:
        found = confirmed(problem, state, told, counted)
        stay = [pin for pin in found if Assignment.of(pin) not in let_go]
        problem = with_pins(problem, stay)
    still = coming(problem, state, told, counted, moved)
    called_in = allowed(problem, Roster.of(pair for pair in still if pair not in let_go))
    problem = with_called(problem, called_in)
    if told is not None:
        has_updates = any(isinstance(change, Update) for change in counted)
        kept = still_allowed(problem, told) if has_updates else told
        if len(called_in):
            kept = Roster.of({*kept.assignments, *called_in.assignments})
        problem = problem.with_changes(roster=kept)
    promised = frozenset((*map(Assignment.of, stay), *called_in.assignments))
    what = tuple(counted), tuple(unfit), called_in, offered, promised, let_go
    return CurrentWeek(files, problem, state, told, draft, *what)


def _decides(state: RecordState, let_go: frozenset[Assignment]) -> tuple[object, ...]:
    """What of a record decides the problem of its week; drafts as such, for one, do not."""
    said = [*state.answers.items()], [*state.heard.items()], state.refused
    return state.told, state.changed, said, let_go


def _runs(
    changed: Mapping[int, tuple[AnyChange, ...]],
) -> Iterator[list[tuple[int, tuple[AnyChange, ...]]]]:
    """Yield entries and their changes; those in a row that only say who is absent together."""

    def only_absences(item: tuple[int, tuple[AnyChange, ...]]) -> bool:
        return all(isinstance(change, Absence) for change in item[1])

    for are_alike, items in groupby(changed.items(), only_absences):
        run = [*items]
        yield from [run] if are_alike else ([item] for item in run)


def tables_of(problem: Problem) -> Mapping[str, str]:
    """Table -> fingerprint of its rows, to notice later which tables were edited."""
    return {
        name: sha256(to_json(getattr(problem, name))).hexdigest()[:16]
        for name in (*Week.model_fields, "rules", "rates", "order")
        if name not in ("schema_version", "published")
    }
