"""One week from the workbooks and tables of many teams.

Folder, decisions -> `Gathered`: the week, or what keeps it from being one; who delivered what.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.gathering.assembling import Assembled, assemble, unskilled
from shiftplan.files.gathering.comparing import OF_TEAMS
from shiftplan.files.gathering.decisions import Clash, ClashKey, Verdicts, read_decisions
from shiftplan.files.gathering.entries import DeliveredRow, people_of, rows_of
from shiftplan.files.gathering.settling import Settled, settle
from shiftplan.files.gathering.sources import Delivery, read_deliveries
from shiftplan.files.headings import bare
from shiftplan.files.text import file_fault
from shiftplan.problem import Problem
from shiftplan.problem.notes import FIRST
from shiftplan.week.fields import one_line

State = Literal["faulty", "disputed", "doubtful", "left_out", "delivered"]
"""What became of a delivery: it has faults, it is a side of an open conflict, it is worth a look,
another version was taken, or all is well."""
USUAL = ("read_as", "kept_columns")
"""Notes that make no delivery doubtful."""
_TIMES = "availability"
_SIGNS = re.compile(r"[^0-9a-z]+")
_SHORTEST = 4
"""Letters of a center's name that tell it in the name of a file."""


@dataclass(frozen=True)
class Delivered:
    """What became of one file or folder."""

    name: str
    """Path inside the folder; that of a folder of tables ends with `/`."""
    center_id: str
    """Center whose team it is from; empty for shared tables and for several teams."""
    people: int
    """People whom it lists, or for whom it holds a window."""
    able: int
    """Of these, those for whom any delivery that is taken holds a window."""
    state: State
    notes: tuple[Fault, ...] = ()
    """What is worth a look: how cells were read, sheets left out, windows outside the horizon."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it."""


@dataclass(frozen=True)
class Gathered:
    """What many teams delivered, put together."""

    problem: Problem | None
    """The week; None while there are faults or open conflicts."""
    deliveries: tuple[Delivered, ...]
    centers: Mapping[str, str]
    """Id of each center -> its name."""
    missing: tuple[str, ...]
    """Centers from whose teams nothing came."""
    unread: tuple[str, ...]
    """Files that hold no table, by their names and endings."""
    people: int
    """People of all deliveries, each once."""
    able: int
    """Of these, those who offered time."""
    clashes: tuple[Clash, ...]
    """All conflicts, decided or not; then people who may be one by no more than their name."""
    gone: Mapping[ClashKey, str]
    """Decisions about conflicts that are no more."""
    faults: tuple[Fault, ...]
    """Everything that is wrong, with its file."""
    notes: tuple[Fault, ...] = ()
    """What is worth a look of the week as a whole, and of no delivery."""

    @property
    def open(self) -> tuple[Clash, ...]:
        """Conflicts that wait for a decision."""
        return tuple(clash for clash in self.clashes if clash.is_open)

    @property
    def namesakes(self) -> tuple[Clash, ...]:
        """People of one name who may be one, as far as nobody decided it."""
        return tuple(clash for clash in self.clashes if clash.is_doubt)


def gather(
    folder: str | os.PathLike[str],
    *,
    decisions: str | os.PathLike[str] | None = None,
    without: Sequence[str | os.PathLike[str]] = (),
) -> Gathered:
    """Put the workbooks, weeks and tables of many teams together.

    Tables that several files have, such as skills and rules, are taken once; people and their
    availability come from each. What does not go together is a conflict, never resolved unless
    somebody decided it. Rows come in the order of their ids, so that names and order of files make
    no difference.

    Parameters
    ----------
    folder
        Holds the files, also in folders below it.
    decisions
        Table in which conflicts are decided, if there is one.
    without
        Files and folders inside that are left alone, such as the week that was gathered before.

    Returns
    -------
    Gathered
        Also where files have faults, which it lists.

    Raises
    ------
    InputError
        The folder cannot be read or holds too much, or the table of decisions has a fault.
    MissingExtraError
        There is a workbook, and the package openpyxl is missing.
    """
    place = Path(folder)
    verdicts = Verdicts() if decisions is None else read_decisions(Path(decisions))
    deliveries, unread = read_deliveries(place, [Path(path) for path in without])
    if not deliveries:
        raise file_fault("empty_file", place, Message("gathering.nothing"))
    rows = rows_of(d for d in deliveries if d.is_readable)
    teams = _teams(deliveries, rows)
    settled = settle(rows, teams, verdicts)
    known = settled.rows.get("centers", ())
    names = {r.cells["center_id"]: one_line(r.cells.get("name", "")) for r in known if r.key}
    centers = dict(sorted(names.items()))
    missing = tuple(center for center in centers if center not in teams.values())
    whole = not missing and len(rows) == len(deliveries)
    made = assemble(place, deliveries, settled, whole=whole)
    notes, gone = made.notes, verdicts.gone
    if made.faults:  # they keep everything else from being looked at, so that is done without them
        wrong = {fault.file for fault in made.faults}
        good = [d for d in deliveries if d.name in rows and wrong.isdisjoint(d.files)]
        part = settle({d.name: rows[d.name] for d in good}, teams, verdicts)
        notes = assemble(place, good, part, whole=False).notes
    people = people_of(settled.rows.get("volunteers", ()))
    files = {file for delivery in deliveries for file in delivery.files}
    return Gathered(
        None if made.faults or any(c.is_open for c in settled.clashes) else made.problem,
        tuple(_told(deliveries, rows, teams, settled, made, notes)),
        centers,
        missing,
        unread,
        len(people),
        len(people & people_of(settled.rows.get("availability", ()))),
        tuple(sorted(settled.clashes, key=_how_likely)),
        gone,
        tuple(made.faults),
        (
            *(replace(note, file="", sheet="") for note in notes if _is_of_all(note)),
            *(note for note in notes if note.file not in files and not _is_of_all(note)),
        ),
    )


def _how_likely(clash: Clash) -> tuple[bool, bool]:
    """Where a conflict stands in the list: doubts last, those inside one file before others."""
    return clash.is_doubt, clash.is_doubt and clash.first.file != clash.second.file


def _is_of_all(note: Fault) -> bool:
    """Whether a note counts the people of all files."""
    return note.code in FIRST and note.row is None


def _teams(
    deliveries: Sequence[Delivery], rows: Mapping[str, Mapping[str, Sequence[DeliveredRow]]]
) -> dict[str, str]:
    """Delivery -> center of its team: the home of most of its people, or what its name tells."""
    homes: dict[str, str] = {}
    centers: dict[str, str] = {}
    for tables in rows.values():
        for row in tables.get("volunteers", ()):
            homes.setdefault(row.cells.get("volunteer_id", ""), row.cells.get("home_center_id", ""))
        for row in tables.get("centers", ()):
            centers.setdefault(row.cells.get("center_id", ""), row.cells.get("name", ""))
    teams = {}
    for delivery in deliveries:
        tables = rows.get(delivery.name, {})
        who = {
            row.cells.get("volunteer_id", ""): row.cells.get("home_center_id", "")
            for table in reversed(OF_TEAMS)
            for row in tables.get(table, ())
        }
        told = (home or homes.get(person, "") for person, home in who.items())
        count = Counter(filter(None, told))
        (center, most), *_ = count.most_common(1) or [("", 0)]
        if not who and (not tables or not tables.keys().isdisjoint(OF_TEAMS)):
            center = _named(delivery.name, centers)
        elif 2 * most <= count.total():
            center = ""
        if center:
            teams[delivery.name] = center
    return teams


def _named(name: str, centers: Mapping[str, str]) -> str:
    """Center that the name of a file tells, by id or name; empty where it tells none or several."""
    stem = f" {_SIGNS.sub(' ', bare(name))} "
    found = {c for c in centers if c and f" {_SIGNS.sub(' ', bare(c))} " in stem}
    if not found:
        known = {c: f" {bare(text)} " for c, text in centers.items() if len(text) >= _SHORTEST}
        found = {c for c, text in known.items() if text in stem}
    return found.pop() if len(found) == 1 else ""


def _told(
    deliveries: Sequence[Delivery],
    rows: Mapping[str, Mapping[str, Sequence[DeliveredRow]]],
    teams: Mapping[str, str],
    settled: Settled,
    made: Assembled,
    notes: Sequence[Fault],
) -> Iterator[Delivered]:
    """Yield what became of each delivery."""
    wrong, doubts = defaultdict(list), defaultdict(list)
    disputed = {side.file for clash in settled.clashes if clash.is_open for side in clash.sides}
    for fault in made.faults:
        wrong[fault.file].append(fault)
    for note in (*notes, *unskilled(rows, made.problem)):
        if note.code != "kept_columns" and not _is_of_all(note):  # each file has its own
            doubts[note.file].append(note)
    offered = people_of(r for n in rows.keys() - settled.dropped for r in rows[n].get(_TIMES, ()))
    taken = people_of(r for table in OF_TEAMS for r in settled.rows.get(table, ()))
    unsure = {teams.get(d.name) for d in deliveries if not wrong.keys().isdisjoint(d.files)}
    for delivery in deliveries:
        tables = rows.get(delivery.name, {})
        own, times = delivery.files, people_of(tables.get(_TIMES, ()))
        people = people_of(tables.get("volunteers", ())) | times
        able = len(people & (offered | times))
        told = [*delivery.notes, *(n for s in delivery.sheets.values() for n in s.notes.values())]
        told += [note for file in sorted(own) for note in doubts[file]]
        found = tuple(fault for file in sorted(own) for fault in wrong[file])
        team = teams.get(delivery.name, "")
        if team and not able and team not in unsure:
            said = Message("gathering.nobody_able" if people else "gathering.nobody_listed")
            told.append(Fault("missing_value", "volunteers", message=said, file=delivery.name))
        state: State = "delivered"
        if found:
            state = "faulty"
        elif not disputed.isdisjoint(own):
            state = "disputed"
        elif delivery.name in settled.dropped:
            state, told = "left_out", [*_lost(delivery, people - taken, tables)]
        elif any(note.code not in USUAL for note in told):
            state = "doubtful"
        notes_of = tuple(dict.fromkeys(told))
        yield Delivered(delivery.name, team, len(people), able, state, notes_of, found)


def _lost(
    delivery: Delivery, who: set[str], tables: Mapping[str, Sequence[DeliveredRow]]
) -> Iterator[Fault]:
    """Yield the note on people of a version that is left out who are in no other delivery."""
    if who:
        names = dict.fromkeys(sorted(who), "")
        for row in tables.get("volunteers", ()):
            if (person := row.cells.get("volunteer_id")) in names:
                names[person] = row.cells.get("name", "")
        told = tuple(one_line(f"{person} {name}").strip() for person, name in names.items())
        said = Message("gathering.lost_people", n=len(who), people=told)
        remedy = Message("gathering.keep_people")
        file = delivery.name
        yield Fault("contradicting_rows", "volunteers", message=said, remedy=remedy, file=file)
