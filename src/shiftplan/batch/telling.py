"""What a job of a batch tells people: whether its roster is a new version, and who reads what.

`LiveWeek`, the roster found, ticks of an earlier result -> entries, `MadeVersions`, `Owner`s.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.batch.manifest import Fact, WeekJob
from shiftplan.batch.recorded import MadeVersions
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.lists.sent import Tick
from shiftplan.present.handouts.owners import readers_of
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Drafted
from shiftplan.record.live import LiveWeek
from shiftplan.record.state import Version
from shiftplan.record.telling import is_told, owners_changed, told_entry, unsent
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster


def tell(live: LiveWeek, version: Version, roster: Roster) -> list[Message]:
    """Record that a version is published; return the reasons where it must not be.

    An empty roster is not published where people know none, nor one that the batch published
    already.
    """
    week = live.now
    if not len(roster) and week.known is None:
        return []
    if _is_ours(week) and is_told(week, roster):
        return []
    try:
        body = told_entry(week, version.draft, roster, None, even_if_poor=False)
    except InputError as error:
        return [fault.message for fault in error.faults if isinstance(fault.message, Message)]
    live.append(lambda _: [(body, None)])
    return []


def _is_ours(week: CurrentWeek) -> bool:
    """Whether the batch made what people know, so that the messages are in the run."""
    return week.state.told is not None and week.state.told.draft.made_by == "batch"


def unreached(
    name: str, live: LiveWeek, week: CurrentWeek, roster: Roster, ticks: Mapping[Owner, Tick]
) -> tuple[set[Owner], list[Fact]]:
    """Who gets all of their shifts, as no message has reached them, and what is to be said of it.

    If none was ever recorded as sent or ticked, those for whom nothing changes keep a message, as
    theirs may still have to be sent; for the others, only what changes is written. `name` is that
    of the week in the record of the run.
    """
    before, known = live.entries[: week.state.head], week.known
    if known is None or week.state.sent or not _is_ours(week):
        return {*unsent(week, before, live.roster_or_none)}, []
    shifts = week.problem.shift_by_id
    changed = owners_changed(known, week.state.shifts_told, roster, shifts)
    every = {*unsent(week, before, live.roster_or_none, even_if_none=True)}
    ticked = {owner for owner, tick in ticks.items() if tick.mark}
    people = sum(owner.kind == "volunteer" for owner in changed)
    said = [Message("batches.only_new", changed=people, week=name)] if people and not ticked else []
    return (every | readers_of(week.problem, roster)) - changed - ticked, [*said]


def versions(job: WeekJob, live: LiveWeek, tables: Mapping[str, str]) -> MadeVersions:
    """What the job recorded; its versions are of the files, whose tables these are."""
    bodies = tuple(
        body.model_copy(update={"tables": tables}) if isinstance(body, Drafted) else body
        for body in (entry.body for entry in live.entries[len(job.record.entries) :])
    )
    drafts = [body.version for body in bodies if isinstance(body, Drafted)]
    rosters = tuple(live.roster_of(version) for version in drafts)
    return MadeVersions(seen=job.record.seen, added=bodies, rosters=rosters)
