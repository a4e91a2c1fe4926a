"""Which rows of many deliveries go into the week, and where two of them do not go together.

Rows of each delivery, decisions -> rows of each table, and every conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, repeat
from typing import TypeVar

from shiftplan.errors import Fault
from shiftplan.files.gathering.comparing import (
    clash_of,
    different,
    other_row,
    other_table,
    other_version,
    other_windows,
    same_name,
    signs_of,
)
from shiftplan.files.gathering.decisions import RENAME, Clash, ClashKey, Verdicts
from shiftplan.files.gathering.entries import KEYS, SINGLE, DeliveredRow
from shiftplan.files.headings import bare
from shiftplan.week.fields import one_line

_FEW = 5
"""Sides of which each two are compared; of more, each with the first."""
_PERSON = "volunteer_id"
Side = TypeVar("Side")


@dataclass
class Settled:
    """What goes into the week, and every conflict."""

    rows: dict[str, list[DeliveredRow]]
    """Table -> its rows; an open conflict counts as if its first side were kept."""
    clashes: list[Clash]
    dropped: set[str]
    """Deliveries of which nothing was taken, because another version was."""
    faults: list[Fault]
    """Faults of cells of rows that are not taken, as other deliveries have them too."""


def settle(
    given: Mapping[str, Mapping[str, Sequence[DeliveredRow]]],
    teams: Mapping[str, str],
    verdicts: Verdicts,
) -> Settled:
    """Put the rows of deliveries together, in the order given.

    Parameters
    ----------
    given
        Name of a delivery -> table -> its rows.
    teams
        Name of a delivery -> center of its team, for those of one team.
    verdicts
        What was decided so far.
    """
    settler = _Settler(given, teams, verdicts)
    settler.choose_versions()
    settler.know_people()
    rows = {table: settler.one_of_each(table) for table in KEYS}
    rows |= {table: settler.one_table(table) for table in SINGLE}
    found = list(settler.found.values())
    taken = {table: r for table, r in rows.items() if r}
    return Settled(taken, found, settler.dropped, settler.faults)


class _Settler:
    def __init__(
        self,
        given: Mapping[str, Mapping[str, Sequence[DeliveredRow]]],
        teams: Mapping[str, str],
        verdicts: Verdicts,
    ) -> None:
        self.given = {n: {t: list(r) for t, r in tables.items()} for n, tables in given.items()}
        self.teams, self.verdicts = teams, verdicts
        self.found: dict[ClashKey, Clash] = {}
        self.dropped: set[str] = set()
        self.faults: list[Fault] = []
        self._renamed: set[ClashKey] = set()
        """Conflicts after which a person got another id; each helps once."""
        self._shared: set[str] = set()
        """People of whom the rows of several deliveries are taken, as somebody decided."""

    def _judge(
        self, sides: Sequence[Side], compare: Callable[[Side, Side], Clash | None]
    ) -> tuple[set[int], list[tuple[int, Clash]]]:
        """Compare sides: the indices of those that are left out, and (second side, conflict).

        Sides that were decided against are compared no more. Of an open conflict the second side
        is left out, of a mere doubt none.
        """
        out: set[int] = set()
        met: dict[ClashKey, tuple[int, Clash]] = {}
        while True:
            left = [i for i in range(len(sides)) if i not in out]
            pairs = combinations(left, 2) if len(left) <= _FEW else zip(repeat(left[0]), left[1:])
            decided: set[int] = set()
            asked: dict[ClashKey, tuple[int, Clash]] = {}
            for one, other in pairs:
                clash = compare(sides[one], sides[other])
                if clash is None:
                    continue
                key = clash.key
                decision = "" if key in self._renamed else self.verdicts.of(key)
                clash = replace(clash, decision=decision)
                (met if decision else asked)[key] = other, clash
                if decision not in ("", "both"):
                    decided.add(one if decision == "2" else other)
            if not decided:
                break
            out |= decided
        met |= asked
        self.found |= {key: clash for key, (_, clash) in met.items()}
        out |= {other for other, clash in asked.values() if clash.is_open}
        return out, list(met.values())

    def choose_versions(self) -> None:
        """Take one of several files of a team."""
        files: dict[str, list[str]] = defaultdict(list)
        for name in self.given:
            if name in self.teams:
                files[self.teams[name]].append(name)
        for center, names in files.items():
            sides = [(name, self.given[name]) for name in names]
            out, _ = self._judge(sides, partial(other_version, center))
            self.dropped |= {names[i] for i in out}
        for name in self.dropped:
            del self.given[name]

    def know_people(self) -> None:
        """See that each person has one id, each id one person, and one delivery tells of both."""
        while self._know_ids():
            pass
        self._know_names()
        self._know_windows()

    def _know_ids(self) -> bool:
        """Settle ids that several deliveries have; whether somebody got another id."""
        rows = defaultdict(list)
        for row in self._people():
            rows[row.cells[_PERSON]].append(row)
        is_renamed = False
        for who, sides in rows.items():
            out, met = self._judge(sides, self._same_id)
            for i, clash in met:
                if clash.decision.startswith(RENAME):
                    self._renamed.add(clash.key)
                    self._rename(sides[i].source, who, clash.decision.removeprefix(RENAME))
                    out.discard(i)
                    is_renamed = True
                elif clash.decision == "both":
                    self._shared.add(who)
            for i in out:
                self._leave_out(sides[i].source, who)
        return is_renamed

    def _people(self) -> Iterator[DeliveredRow]:
        """Yield the first row of each person in each delivery."""
        for tables in self.given.values():
            seen = set()
            for row in tables.get("volunteers", ()):
                if row.key is not None and row.key not in seen:
                    seen.add(row.key)
                    yield row

    def _same_id(self, one: DeliveredRow, other: DeliveredRow) -> Clash | None:
        """The conflict of two rows of one id: two people, or one in two teams."""
        names, who = [bare(row.cells.get("name", "")) for row in (one, other)], one.key or ()
        differing = different(one, other)
        if all(names) and names[0] != names[1]:
            return clash_of("same_id", who, one, other)
        teams = {self.teams[row.source] for row in (one, other) if row.source in self.teams}
        if differing or len(teams) > 1:
            return clash_of("person_twice", who, one, other, differing)
        return None

    def _know_names(self) -> None:
        """Settle people who may have two ids: by their name and another sign, or by it alone."""
        people: dict[str, list[DeliveredRow]] = defaultdict(list)
        groups: dict[object, dict[str, None]] = defaultdict(dict)
        for row in self._people():
            people[row.cells[_PERSON]].append(row)
            if name := bare(row.cells.get("name", "")):
                for sign in (*signs_of(row), None):
                    groups[name, sign][row.cells[_PERSON]] = None
        for ids in (sorted(group) for group in groups.values() if len(group) > 1):
            sides = [people[who] for who in ids]
            out, _ = self._judge(sides, same_name)
            for i in out:
                for source in self.given:  # the office may have a history of both
                    self._leave_out(source, ids[i])

    def _know_windows(self) -> None:
        """Settle people of whom two deliveries have other windows on the same date."""
        rows: dict[str, dict[str, list[DeliveredRow]]] = defaultdict(lambda: defaultdict(list))
        for name, tables in self.given.items():
            for row in tables.get("availability", ()):
                if row.key is not None:
                    rows[row.key[0]][name].append(row)
        names = {row.cells[_PERSON]: row.cells.get("name", "") for row in self._people()}
        for who, by_source in rows.items():
            if len(by_source) > 1 and who not in self._shared:
                sides = list(by_source.values())
                name = one_line(names.get(who, ""))
                out, _ = self._judge(sides, partial(other_windows, name=name))
                for i in out:
                    self._leave_out(sides[i][0].source, who, ("availability",))

    def _leave_out(self, source: str, who: str, tables: Sequence[str] = ()) -> None:
        """Leave out what a delivery has of a person."""
        for table in tables or [t for t in KEYS if _PERSON in KEYS[t]]:
            rows = self.given[source].get(table, [])
            rows[:] = [row for row in rows if row.cells.get(_PERSON) != who]

    def _rename(self, source: str, who: str, name: str) -> None:
        """Give a person another id in all of a delivery."""
        for table in (t for t in KEYS if _PERSON in KEYS[t]):
            rows = self.given[source].get(table, [])
            rows[:] = [r.renamed(name) if r.cells.get(_PERSON) == who else r for r in rows]

    def one_of_each(self, table: str) -> list[DeliveredRow]:
        """The rows of a table: of equal ones in several deliveries the first."""
        kept: list[DeliveredRow] = []
        place: dict[tuple[str, ...], int] = {}
        others: dict[tuple[str, ...], list[DeliveredRow]] = defaultdict(list)
        for tables in self.given.values():
            for row in tables.get(table, ()):
                key = row.key
                if key in place and kept[place[key]].source != row.source:
                    others[key].append(row)
                    continue
                if key is not None:  # where it comes again in one file, that is a fault
                    place.setdefault(key, len(kept))
                kept.append(row)
        for key, rows in others.items():
            sides = [kept[place[key]], *rows]
            out: set[int] = set()
            if table != "volunteers":  # people have been settled before their rows
                out, _ = self._judge(sides, other_row)
            left = [row for i, row in enumerate(sides) if i not in out] or sides[:1]
            cells = {name: text for row in reversed(left) for name, text in row.cells.items()}
            kept[place[key]] = replace(left[0], cells=cells)
            self.faults += (fault for row in left[1:] for fault in row.faults())
        return kept

    def one_table(self, table: str) -> list[DeliveredRow]:
        """The rows of a table that is compared as a whole: those of one delivery."""
        sides = [list(t[table]) for t in self.given.values() if t.get(table)]
        out, _ = self._judge(sides, other_table)
        return next((rows for i, rows in enumerate(sides) if i not in out), [])
