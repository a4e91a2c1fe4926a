"""The record of a run: what its weeks were told and what changed, read for jobs and added to.

(RUN/record.db or another store, a record beside a week) -> `Recorded`; a result -> its entries.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from shiftplan.batch.places import RECORD, VERSIONS, ProvinceWeek
from shiftplan.batch.recorded import WHO, MadeVersions, Recorded
from shiftplan.errors import DiskFullError, Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.whole import is_full
from shiftplan.present.outputs import ROSTER
from shiftplan.record import opening
from shiftplan.record.entries import Body, Drafted, RecordEntry, Revoked, Sent, Told, Withdrawn
from shiftplan.record.events import Listeners, RecordEvent, events_of
from shiftplan.record.folding import state_of
from shiftplan.record.rosters import Rosters, prune
from shiftplan.record.sql import SqlStore
from shiftplan.record.sqlite import SqliteStore
from shiftplan.record.store import Added, Store
from shiftplan.week.roster import Roster

_MOST_NAMED = 3
"""Weeks that an error names at most."""


class RunRecordError(InputError):
    """The record of a run cannot be used: nobody can say what people know of any week of it."""


class RunRecord:
    """The record of a run, in its folder or where the environment says; only the batch adds to it.

    Weeks in it are named by province and first date. Every method raises RunRecordError where it
    cannot be used, InputError for the record beside a week, and DiskFullError where there is no
    room.
    """

    def __init__(self, run: Path) -> None:
        elsewhere = os.environ.get(opening.RECORD, "").strip()
        self._place = elsewhere or f"{run / RECORD}#"
        self._has_one = bool(elsewhere)

    def check(self, results: Iterable[tuple[str, Path]]) -> None:
        """See, before anything begins, that it can be read and is the one that results belong to.

        `results`: names of weeks, and where their results are.
        """
        with _own(), closing(self._store("")) as store:
            store.entries()
        lacking = []
        for name, result in results:
            if (made := _made(result)) is not None:
                with _own(), closing(self._store(name)) as store:
                    told = sum(isinstance(body, Told) for body in made.added)
                    if _lacks(store, store.entries(), made, made.seen + told):
                        lacking.append((name, result))
        if lacking:
            raise self._lacking(lacking)

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

    def is_behind(self, name: str, result: Path) -> bool:
        """Whether people were told something else since the job of a result began."""
        if (made := _made(result)) is None:
            return False
        with _own(), closing(self._store(name)) as store:
            entries = store.entries()
            told = any(isinstance(entry.body, Told | Withdrawn) for entry in entries[made.seen :])
            return told and not _is_there(store, entries, made)

    def add(self, name: str, result: Path) -> None:
        """Record the versions of a result; nothing happens where they are recorded already."""
        if (made := _made(result)) is None:
            return
        before: Sequence[RecordEntry] = ()
        with _own(), closing(self._store(name)) as store:

            def add(entries: Sequence[RecordEntry]) -> Added:
                nonlocal before
                before = tuple(entries)
                if _lacks(store, before, made, made.seen):
                    raise self._lacking([(name, result)])
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
            with _own():
                own = ends.enter_context(closing(self._store(place.name)))
                stores: list[tuple[Store, list[RecordEntry]]] = [(own, own.entries())]
            if not self._has_one:
                beside = ends.enter_context(closing(opening.open_store(place.source)))
                beside.place = str(opening.file_beside(place.source))
                stores.append((beside, beside.entries()))
            yield stores

    def _store(self, name: str) -> SqlStore:
        store = opening.open_store(name, self._place, name=name)
        if isinstance(store, SqliteStore):  # whose faults name it among all records of the batch
            store.place = self._place.rpartition("#")[0] or self._place
        return store

    def _lacking(self, results: Sequence[tuple[str, Path]]) -> RunRecordError:
        """The error of a record that is not the one that these results belong to."""
        (week, result), *_ = results
        record = f"${opening.RECORD}" if self._has_one else self._place.rstrip("#")
        remedy = Message("batches.record_back", record=record, week=week, roster=result / ROSTER)
        place, which = self._store(week).place, [name for name, _ in results[:_MOST_NAMED]]
        message = Message("batches.record_lacks", which=which, n=len(results))
        return RunRecordError(
            [Fault("not_a_record", Path(RECORD).stem, message=message, remedy=remedy, file=place)]
        )


@contextmanager
def _room() -> Iterator[None]:
    """Raise `DiskFullError` where the disk is full, which is no fault of the record."""
    try:
        yield
    except InputError as error:
        if is_full(error):
            raise DiskFullError(str(error)) from None
        raise


@contextmanager
def _own() -> Iterator[None]:
    """Tell the record of the run, without which no week can be planned, from those beside weeks."""
    try:
        with _room():
            yield
    except InputError as error:
        raise RunRecordError(error.faults) from None


def _made(result: Path) -> MadeVersions | None:
    """The versions in a result; None if it has none, as results of older versions."""
    try:
        return MadeVersions.model_validate_json((result / VERSIONS).read_bytes())
    except (OSError, ValidationError):  # the result is seen to be altered in its turn
        return None


def _lacks(store: Store, entries: Sequence[RecordEntry], made: MadeVersions, least: int) -> bool:
    """Whether a record lacks some of the entries, `least` or more, that a result goes on from.

    Somebody may have published its roster in another record: that one is enough to go on from.
    """
    if len(entries) >= least:
        return False
    known = state_of(entries).version_told
    return known is None or store.roster(known) not in made.rosters


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
    rosters: dict[int, Roster] = {}
    for (which, version), number in versions.items():
        if number in needed:
            with nullcontext() if which else _own():
                roster = stores[which][0].roster(version)
            rosters |= {} if roster is None else {number: roster}
    return Recorded(entries=tuple(entries), rosters=rosters, seen=seen)
