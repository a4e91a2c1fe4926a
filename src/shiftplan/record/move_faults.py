"""Why a draft cannot be changed as somebody asks: what is wrong with it, or who was faster.

Changes, names -> `Fault`s, `InputError`s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.problem import Problem
from shiftplan.problem.known import fault
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.record.drafts import is_proposal
from shiftplan.record.entries import RecordEntry
from shiftplan.record.pricing import PricedDraft
from shiftplan.record.saying import entry_message
from shiftplan.record.state import RecordState, Version, record_error
from shiftplan.scoring.moves import Effect
from shiftplan.week.roster import Assignment, Change

_LONGEST_NAME = 80


def unfit_moves(before: PricedDraft, changes: Sequence[Change]) -> Iterator[Fault]:
    """Yield the faults of changes that a roster cannot be given."""
    people, shifts = before.problem.volunteer_by_id, before.problem.shift_by_id
    added = (change.assignment for change in changes if change.added)
    unknown = [p for p in added if p.shift_id not in shifts or p.volunteer_id not in people]
    if unknown:
        yield from unknown_ids(before.problem, unknown, "roster")
    done = set[Assignment]()
    for index, (pair, is_added) in enumerate(changes):
        facts = {"who": pair.volunteer_id, "shift": pair.shift_id}
        place = "roster", index, "shift_id", pair.shift_id
        if pair in done or (is_added and pair in before.roster):
            said = "record.moved_twice" if pair in done else "record.there_already"
            yield fault("duplicate_row", *place, Message(said, **facts))
        elif not is_added and pair not in before.roster:
            yield fault("not_assigned", *place, Message("problem.not_assigned", **facts))
        done.add(pair)


def needs_yes(effect: Effect) -> InputError:
    """The error of a move that breaks hard rules, with a fault for each breach."""
    remedy = Message("record.say_yes")
    return InputError(
        Fault("needs_yes", "roster", message=found.message, remedy=remedy)
        for found in effect.broken
    )


def conflict(
    entry: RecordEntry, problem: Problem, about: Person | AtShift | None = None
) -> InputError:
    """The error of a move that somebody else came before."""
    at = problem.horizon.local(entry.at)
    said = entry_message(entry, shifts=problem.shift_by_id)
    code = "record.moved_meanwhile" if about is None else "record.same_moved_meanwhile"
    message = Message(
        code, what=about or "", who=entry.who or Message("record.somebody"), at=at, said=said
    )
    remedy = Message("record.look_again")
    return InputError([Fault("conflicting_move", "roster", message=message, remedy=remedy)])


def need_no_conflict(
    changes: Sequence[Change], others: Sequence[Change], made: Sequence[Version], problem: Problem
) -> None:
    """Raise InputError if changes concern people or shifts that others changed meanwhile.

    `made`: the newest version of the draft, and then those that others made, oldest first.
    """
    people = {change.assignment.volunteer_id for change in others}
    shifts = {change.assignment.shift_id for change in others}
    for shift_id, who in (change.assignment for change in changes):
        if who not in people and shift_id not in shifts:
            continue
        newest, *since = made
        blamed = newest.told or newest.entry
        for version in since:
            pairs = [change.assignment for change in version.draft.moves]
            if any(p.volunteer_id == who or p.shift_id == shift_id for p in pairs):
                blamed = version.entry
        raise conflict(blamed, problem, Person(who) if who in people else AtShift(shift_id))


def need_name(state: RecordState, name: str) -> None:
    """Raise InputError if a new draft cannot have a name."""
    is_fit = bool(name) and len(name) <= _LONGEST_NAME and not is_proposal(name)
    if is_fit and name not in state.drafts:
        return
    said = "record.name_taken" if is_fit else "record.name_unfit"
    message = Message(said, name=name, longest=_LONGEST_NAME)
    raise InputError([Fault("invalid_value", "options", "name", name, message)])


def unknown_draft(state: RecordState, name: str) -> InputError:
    """The error of a name that no open draft has."""
    known = ", ".join(filter(None, state.drafts))
    code = "record.no_such_draft" if known else "record.no_named_drafts"
    return record_error("no_version", code, name=name, known=known)
