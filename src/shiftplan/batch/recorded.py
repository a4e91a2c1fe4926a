"""The record of a run: what its weeks were told and what changed, read for jobs and added to.

(RUN/record.db or another store, a record beside a week) -> `Recorded`; a result -> its entries.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from shiftplan.batch.places import RECORD, VERSIONS, ProvinceWeek
from shiftplan.errors import DiskFullError, InputError
from shiftplan.files.whole import is_full
from shiftplan.record import opening
from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Called,
    Changed,
    Drafted,
    RecordEntry,
    Revoked,
    Sent,
    Told,
    Withdrawn,
)
from shiftplan.record.events import Listeners, RecordEvent, events_of
from shiftplan.record.folding import state_of
from shiftplan.record.rosters import Rosters, prune
from shiftplan.record.sql import SqlStore
from shiftplan.record.store import Added, Store
from shiftplan.week.fields import Count, Frozen
from shiftplan.week.roster import Roster

WHO = "batch"
"""Who makes the entries of a batch."""


class Recorded(Frozen):
    """What is recorded of a week when its job begins."""

    entries: tuple[RecordEntry, ...] = ()
    rosters: dict[int, Roster] = Field(default_factory=dict)
    """Version -> roster, of those that people were told and of the newest draft, or of the whole
    ones that moves led from to them."""
    seen: Count = 0
    """Number of the last entry in the record of the run, which has the batch's own."""

    @property
    def times_told(self) -> int:
        """How often something was told or withdrawn."""
        return sum(isinstance(entry.body, Told | Withdrawn) for entry in self.entries)

    @property
    def is_worked(self) -> bool:
        """Whether it is recorded how shifts turned out."""
        return any(isinstance(entry.body, Attended) for entry in self.entries)

    @property
    def tells_turnout(self) -> bool:
        """Whether it is recorded who came, who cannot come, or who was called."""
        kinds = Attended | Called | Changed | Answered
        return any(isinstance(entry.body, kinds) for entry in self.entries)

    @property
    def decisive(self) -> list[list[str]]:
        """Kind and time of what a roster follows from: changes, refusals, what others told."""
        makers: dict[int, str] = {}
        found = []
        for entry in self.entries:
            body = entry.body
            if isinstance(body, Drafted):
                makers[body.version] = body.made_by
            is_decisive = isinstance(body, Changed | Called | Revoked)
            if isinstance(body, Answered):
                is_decisive = any(one.answer == "declined" for one in body.answers)
            if isinstance(body, Told | Withdrawn):
                is_decisive = isinstance(body, Withdrawn) or makers[body.version] != "batch"
            if is_decisive:
                found.append([body.kind, entry.at.isoformat()])
        return found


class MadeVersions(Frozen):
    """The versions that a job made, as its result holds them until they are recorded, and after."""

    seen: Count
    """As of `Recorded`."""
    added: tuple[Body, ...]
    """Each draft, and behind it that it was told, if it was."""
    rosters: tuple[Roster, ...]
    """The rosters of the drafts, in order."""


class RunRecord:
    """The record of a run, in its folder or where the environment says; only the batch adds to it.

    Weeks in it are named by province and first date. Every method raises InputError for a record
    that cannot be used, and DiskFullError where there is no room for it.
    """

    def __init__(self, run: Path) -> None:
        elsewhere = os.environ.get(opening.RECORD, "").strip()
        self._place = elsewhere or f"{run / RECORD}#"
        self._has_one = bool(elsewhere)

    def known(self, place: ProvinceWeek) -> Recorded:
        """What is recorded of a week.

        A record beside the week, which somebody keeps by hand, and that of the run are read as one,
        in order of time: what was told last is what people know.
        """
        with self._stores(place) as stores:
            return _recorded(stores, len(stores[0][1]))

    def turnout(self, place: ProvinceWeek) -> str:
        """Digest of what is recorded of how the shifts of a week turned out; empty for nothing."""
        with self._stores(place) as stores:
            found = [entry for _, entries in stores for entry in entries]
        if not Recorded(entries=tuple(found)).tells_turnout:
            return ""
        times = [[entry.body.kind, entry.at.isoformat()] for entry in found]
        return hashlib.sha256(json.dumps(times).encode()).hexdigest()

    def fail(self, name: str, why: str) -> None:
        """Tell hooks of a week that could not be planned."""
        at = datetime.now(UTC).replace(microsecond=0)
        with closing(self._store(name)) as store:
            failed = RecordEvent(event="failed", week=store.week, at=at, who=WHO, why=why)
        Listeners(is_kept=True).tell([failed])

    def add(self, name: str, result: Path) -> None:
        """Record the versions of a result; nothing happens where they are recorded already."""
        file = result / VERSIONS
        if not file.exists():  # such as that of an older version
            return
        made = MadeVersions.model_validate_json(file.read_bytes())
        before: Sequence[RecordEntry] = ()
        with _room(), closing(self._store(name)) as store:

            def add(entries: Sequence[RecordEntry]) -> Added:
                nonlocal before
                before = tuple(entries)
                return [] if _is_there(store, before, made) else list(_numbered(before, made))

            if added := store.append(add, who=WHO):
                state = state_of([*before, *added])
                prune(store, state)
                rosters = Rosters(store)
                events = events_of(
                    store.week,
                    lambda version: rosters.find(version, state.versions),
                    added,
                    state_of(before),
                )
                Listeners(is_kept=True).tell(events)

    @contextmanager
    def _stores(self, place: ProvinceWeek) -> Iterator[list[tuple[Store, list[RecordEntry]]]]:
        """The record of the run, and one beside the week, with what they have of it."""
        with _room(), ExitStack() as ends:
            stores = [self._store(place.name)]
            if not self._has_one:
                stores.append(opening.open_store(place.source))
            for store in stores:
                ends.enter_context(closing(store))
            yield [(store, store.entries()) for store in stores]

    def _store(self, name: str) -> SqlStore:
        return opening.open_store(name, self._place, name=name)


@contextmanager
def _room() -> Iterator[None]:
    """Tell a disk that is full from records that cannot be used."""
    try:
        yield
    except InputError as error:
        if is_full(error):
            raise DiskFullError(str(error)) from None
        raise


def _is_there(store: Store, entries: Iterable[RecordEntry], made: MadeVersions) -> bool:
    """Whether the last version of a result is one that was recorded since its job began."""
    return any(
        isinstance(entry.body, Drafted)
        and (entry.body.made_by, entry.body.seen) == ("batch", made.seen)
        and store.roster(entry.body.version) == made.rosters[-1]
        for entry in entries
    )


def _numbered(
    before: Sequence[RecordEntry], made: MadeVersions
) -> Iterator[tuple[Body, Roster | None]]:
    """Yield what is added, with versions as the record of the run numbers them."""
    state = state_of(before)
    last, known = state.next_version - 1, state.version_told
    rosters = iter(made.rosters)
    for body in made.added:
        if isinstance(body, Drafted):
            last += 1
            new = {"version": last, "after": known, "seen": made.seen}
            yield body.model_copy(update=new), next(rosters)
        else:
            known = last
            yield body.model_copy(update={"version": last}), None


def _recorded(stores: Sequence[tuple[Store, list[RecordEntry]]], seen: int) -> Recorded:
    """Entries of several records as those of one, in order of time, with the rosters they need."""
    sources = [
        [(entry.at, which, entry) for entry in entries] for which, (_, entries) in enumerate(stores)
    ]
    entries: list[RecordEntry] = []
    numbers: dict[tuple[int, int], int] = {}
    versions: dict[tuple[int, int], int] = {}
    for _, which, entry in heapq.merge(*sources, key=lambda found: found[:2]):
        number = numbers[which, entry.number] = len(entries) + 1
        body, new = entry.body, dict[str, int | None]()
        if isinstance(body, Drafted):
            new["version"] = versions[which, body.version] = len(versions) + 1
            others = {"after": body.after, "of": body.of, "like": body.like}
            new |= {field: versions[which, v] for field, v in others.items() if v is not None}
        elif isinstance(body, Told | Withdrawn | Sent):
            new["version"] = versions[which, body.version]
        elif isinstance(body, Revoked):
            new["entry"] = numbers[which, body.entry]
        if new:
            body = body.model_copy(update=new)
        entries.append(entry.model_copy(update={"number": number, "body": body}))
    state = state_of(entries)
    needed = {entry.body.version for entry in entries if isinstance(entry.body, Told)}
    needed |= set() if state.draft is None else {state.draft.number}
    needed = {[*state.chain(number)][-1].number for number in needed}
    rosters = {
        number: roster
        for (which, version), number in versions.items()
        if number in needed and (roster := stores[which][0].roster(version)) is not None
    }
    return Recorded(entries=tuple(entries), rosters=rosters, seen=seen)
