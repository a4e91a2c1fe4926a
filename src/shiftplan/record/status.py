"""How a week stands: what people know, what changed since, who has not answered, what is empty.

`CurrentWeek` and the entries of its record -> `WeekStatus`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shiftplan.case.case import Case
from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.problem.changes import still_allowed
from shiftplan.record.calls import NextCall, next_calls
from shiftplan.record.current import CurrentWeek, tables_of
from shiftplan.record.drafts import is_proposal
from shiftplan.record.entries import Changed, Drafted, Dropped, Held, NameChanged, RecordEntry
from shiftplan.record.folding import revoked_by
from shiftplan.record.saying import first_of
from shiftplan.record.telling import unsent
from shiftplan.week.json_form import Amount, Written
from shiftplan.week.owner import Owner
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Roster

_SHEETS = {"rates": "rules", "order": "rules", "name": "horizon"}
"""Parts of a week that are no tables -> the table that has them."""


@dataclass(frozen=True, slots=True)
class EmptySeats(Written):
    """Seats of one requirement that nobody fills in the newest roster."""

    json_keys = (
        "shift_id=requirement.shift_id center_id=requirement.center_id "
        "start=requirement.start end=requirement.end shifts=requirement.shifts "
        "first_day=requirement.first_day last_day=requirement.last_day "
        "skill_id=requirement.skill_id "
        "min_level=requirement.min_level with_skills=requirement.with_skills missing needed"
    )

    requirement: Requirement
    """The requirement."""
    missing: Amount
    """Seats that are empty."""
    needed: Amount
    """Of these, those below the minimum."""
    shown_at: str | None
    """Id of the shift at which they are shown: the first that counts and has not ended, of those
    that are held where any is; None where no shift counts."""


@dataclass(frozen=True, slots=True)
class Unanswered(Written):
    """Somebody who has not answered about all of their shifts."""

    volunteer_id: str
    """Who."""
    shift_ids: tuple[str, ...]
    """The shifts, in order of time."""


@dataclass(frozen=True)
class WeekStatus(Written):
    """How a week stands."""

    json_keys = (
        "version_told version_drafted people_told people_changed changes edited confirmed declined "
        "unanswered unsent empty calls"
    )

    week: CurrentWeek
    """The week as it is now."""
    since: tuple[RecordEntry, ...]
    """Entries since the last publication, oldest first, without drafts and revoked ones; all of
    them if nothing was published."""
    edited: tuple[str, ...]
    """Tables of the week's files that were edited since the newest version was made."""
    confirmed: Amount
    """Published assignments that were confirmed."""
    declined: Amount
    """Published assignments that were declined."""
    unanswered: tuple[Unanswered, ...]
    """Who has not answered although there is a deadline; absent people are left out."""
    unsent: tuple[Owner, ...]
    """People and centers whose newest message, as far as the record shows, was not sent; empty if
    no message was ever recorded as sent."""
    empty: tuple[EmptySeats, ...]
    """Empty seats, in order of time; none if there is no roster. People whom a rule now forbids
    their shift, such as after it was moved, fill no seat of it."""
    calls: tuple[NextCall, ...]
    """Whom to call next for each shift that lacks people."""
    at: dt.datetime | None = None
    """Wall-clock time of it; shifts that have ended by then lack nobody. None for no shift."""

    @property
    def version_told(self) -> Amount | None:
        """Number of the version that people know; None if they know none."""
        return self.week.state.version_told

    @property
    def version_drafted(self) -> Amount | None:
        """Number of the newest draft since then; None if there is none."""
        draft = self.week.state.draft
        return None if draft is None else draft.number

    @property
    def people_told(self) -> Amount:
        """People who work in the published roster."""
        return 0 if self.week.told is None else len(self.week.told.shifts_of)

    @property
    def people_changed(self) -> Amount:
        """People for whom the newest draft changes something."""
        draft = self.week.draft
        if self.week.told is None or draft is None:
            return 0
        return len(self.week.people_changed(draft))

    @property
    def untold(self) -> tuple[Assignment, ...]:
        """Reserves who come, in shifts whose centers neither know it nor would by the draft."""
        known = [found for found in (self.week.told, self.week.draft) if found is not None]
        coming = self.week.called_in.assignments
        return tuple(pair for pair in coming if not any(pair in found for found in known))

    @property
    def drafts_said(self) -> Message | None:
        """Which drafts are open beside the main one; None if there are none."""
        drafts = self.week.state.drafts
        named = [
            Message("record.open_proposal", version=version.number)
            if is_proposal(name)
            else Message("record.open_draft", name=name, version=version.number)
            for name, version in drafts.items()
            if name
        ]
        if not named:
            return None
        return Message("record.open_drafts", which=first_of(named))

    @property
    def edited_said(self) -> Message | None:
        """That tables were edited; None if none was."""
        sheets = dict.fromkeys(_SHEETS.get(name, name) for name in self.edited)
        tables = tuple(Message(f"sheet.{name}") for name in sheets)
        return Message("record.edited", tables=tables) if tables else None

    @property
    def untold_said(self) -> Message | None:
        """That centers do not know of reserves who come; None if all know."""
        which = [Message("entry.at", what=Person(p), when=AtShift(s)) for s, p in self.untold]
        facts = {"n": len(which), "which": first_of(which)}
        return Message("record.center_untold", **facts) if which else None

    @property
    def changes(self) -> Amount:
        """Changes recorded since the last publication."""
        return sum(len(e.body.changes) for e in self.since if isinstance(e.body, Changed))


def status_of(
    week: CurrentWeek,
    entries: Sequence[RecordEntry],
    *,
    roster: Callable[[int], Roster | None] = lambda version: None,
    at: dt.datetime | None = None,
    chances: Mapping[tuple[str, str], float] | None = None,
) -> WeekStatus:
    """How a week stands.

    Parameters
    ----------
    week
        The week as it is now.
    entries
        All entries of its record, oldest first.
    roster
        Finds the roster of a version, such as `LiveWeek.roster_or_none`; without it, nobody counts
        as `unsent`.
    at
        Wall-clock time; shifts that have ended by then lack nobody. None for no shift.
    chances
        Chances that people come, as `next_calls` takes them.
    """
    state, told = week.state, week.told or Roster()
    revoked = revoked_by(entries)
    last = 0 if state.told is None or state.told.told is None else state.told.told.number
    since = tuple(
        entry
        for entry in entries
        if entry.number > last
        and entry.number not in revoked
        and not isinstance(entry.body, Drafted | Held | NameChanged | Dropped)
    )
    answers = [answer.answer for pair, answer in state.answers.items() if pair in told]
    return WeekStatus(
        week=week,
        since=since,
        edited=tuple(_edited(week)),
        confirmed=answers.count("confirmed"),
        declined=answers.count("declined"),
        unanswered=tuple(_unanswered(week, told)) if state.deadline is not None else (),
        unsent=unsent(week, entries, roster),
        empty=tuple(_empty(week, at)),
        calls=next_calls(week, at=at, chances=chances),
        at=at,
    )


def _edited(week: CurrentWeek) -> Iterator[str]:
    """Yield the tables that were edited since the newest version was made."""
    version = week.state.draft or week.state.told
    before = {} if version is None else version.draft.tables
    for table, mark in tables_of(week.files).items():
        if before and before.get(table) != mark:
            yield table


def _unanswered(week: CurrentWeek, told: Roster) -> Iterator[Unanswered]:
    """Yield who has not answered about shifts that they can still work."""
    shifts, answers = week.problem.shift_by_id, week.state.answers
    barred = week.problem.barred
    for who, shift_ids in sorted(told.shifts_of.items()):
        can_work = (s for s in shift_ids if s in shifts and (s, who) not in barred)
        pairs = (Assignment(s, who) for s in can_work)
        left = [p.shift_id for p in pairs if p not in answers and p not in week.called_in]
        if left:
            yield Unanswered(who, tuple(sorted(left, key=lambda s: (shifts[s].start, s))))


def _empty(week: CurrentWeek, at: dt.datetime | None) -> Iterator[EmptySeats]:
    """Yield empty seats in order of time."""
    if week.roster is None:
        return
    problem = week.problem
    case = Case(problem, still_allowed(problem, week.roster))

    def order(need: Requirement) -> tuple[dt.datetime, str]:
        first = min(problem.shifts_counted(need), key=lambda s: s.start, default=None)
        start = dt.datetime.max if first is None else first.start
        return need.start or start, problem.shown_at(need) or ""

    for need in sorted(problem.requirements, key=order):
        empty, shifts = case.empty(need), problem.shifts_counted(need)
        ends = [need.end] if need.end is not None else [shift.end for shift in shifts]
        is_over = at is not None and bool(ends) and max(ends) <= at
        if empty and not is_over:
            below = max(0, need.minimum - case.coverage(need))
            yield EmptySeats(need, empty, below, case.shown_at(need, at))
