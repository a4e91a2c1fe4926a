"""The answer: who works which shift.

Engines, files or people -> `Roster` -> check, report and files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Protocol, overload

from pydantic import AfterValidator, ConfigDict

from shiftplan.errors import message
from shiftplan.week.fields import Frozen, visible
from shiftplan.week.json_form import Library, Written, make_frame

if TYPE_CHECKING:
    import pandas
    import polars

    from shiftplan.week.week import Week


_Named = Annotated[str, AfterValidator(visible)]
"""An id that a problem need not know."""


class InShift(Protocol):
    """A row about one person in one shift."""

    @property
    def shift_id(self) -> str:
        """The shift."""

    @property
    def volunteer_id(self) -> str:
        """The person."""


class Assignment(NamedTuple):
    """One volunteer in one shift."""

    shift_id: _Named
    """The shift."""
    volunteer_id: _Named
    """The volunteer."""

    @classmethod
    def of(cls, row: InShift) -> Assignment:
        """The shift and the volunteer of a row, such as a pin or an answer."""
        return cls(row.shift_id, row.volunteer_id)


class _Change(NamedTuple):
    assignment: Assignment
    """What differs."""
    added: bool
    """True when only the later roster has it, False when only the earlier one has it."""


class Change(_Change, Written):
    """One difference between two rosters."""

    __slots__ = ()
    json_keys = "shift_id=assignment.shift_id volunteer_id=assignment.volunteer_id added"


class Roster(Frozen):
    """Assignments, sorted. A roster may break rules and name unknown ids: `check` says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    """Version of this form."""
    assignments: Annotated[
        tuple[Assignment, ...], AfterValidator(lambda found: tuple(sorted(found)))
    ] = ()
    """Who works what; an entry that stands twice is kept twice. Accents of ids are composed (NFC),
    as those of a problem are."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str] | Mapping[str, str]]) -> Roster:
        """Make a roster of (shift id, volunteer id) pairs, or of mappings with these two keys.

        Raises TypeError for what is neither.
        """
        found = []
        for pair in pairs:
            if isinstance(pair, str):
                raise TypeError(f"{pair!r} is no pair of a shift id and a volunteer id")
            found.append(Assignment(**pair) if isinstance(pair, Mapping) else Assignment(*pair))
        return cls(assignments=tuple(found))

    def __len__(self) -> int:
        return len(self.assignments)

    def __iter__(self) -> Iterator[Assignment]:  # type: ignore[override]
        return iter(self.assignments)

    def __repr__(self) -> str:
        """One line; `assignments` has all."""
        return f"<Roster: {len(self.assignments):,} assignments>"

    def __str__(self) -> str:
        return repr(self)

    def __contains__(self, pair: object) -> bool:
        return pair in self._set

    @cached_property
    def _set(self) -> frozenset[Assignment]:
        return frozenset(self.assignments)

    @cached_property
    def shifts_of(self) -> Mapping[str, tuple[str, ...]]:
        """Volunteer id -> ids of the shifts worked, for those who work."""
        return _grouped((a.volunteer_id, a.shift_id) for a in self.assignments)

    @cached_property
    def people_in(self) -> Mapping[str, tuple[str, ...]]:
        """Shift id -> ids of the people in it, for shifts that are not empty."""
        return _grouped((a.shift_id, a.volunteer_id) for a in self.assignments)

    def changes_to(self, later: Roster, moved: Collection[str] = ()) -> Iterator[Change]:
        """What a later roster takes away and adds, in order of shift and volunteer.

        `moved`: ids of shifts that are at another time or place in the later one. Who works such a
        shift in both loses the old and gets the new one.
        """
        different = self._set ^ later._set
        if moved:
            both = self._set & later._set
            different |= {assignment for assignment in both if assignment.shift_id in moved}
        for assignment in sorted(different):
            is_old, is_new = assignment in self, assignment in later
            if is_old and (not is_new or assignment.shift_id in moved):
                yield Change(assignment, False)
            if is_new and (not is_old or assignment.shift_id in moved):
                yield Change(assignment, True)

    def after(self, changes: Iterable[Change]) -> Roster:
        """The roster with some assignments added, and others taken away.

        Taking away what is not there changes nothing; of one that stands twice, one entry goes.
        """
        later = [*self.assignments]
        for assignment, added in changes:
            place = bisect_left(later, assignment)
            if added:
                later.insert(place, assignment)
            elif later[place : place + 1] == [assignment]:
                del later[place]
        return Roster.model_construct(assignments=tuple(later))

    def to_json(self) -> str:
        """JSON text; `model_validate_json` reads it back as an equal roster."""
        return self.model_dump_json(indent=1)

    @overload
    def to_frame(self, problem: Week, library: Literal["pandas"] = ...) -> pandas.DataFrame: ...
    @overload
    def to_frame(self, problem: Week, library: Literal["polars"]) -> polars.DataFrame: ...
    def to_frame(self, problem: Week, library: Library = "pandas") -> Any:
        """A data frame with a row for each assignment, in order of time and center.

        Columns: shift_id, center_id, center, start, end, volunteer_id, volunteer. Of ids that the
        problem does not know the other columns are missing. `library` is `pandas` (extra `frames`)
        or `polars` (extra `polars`).
        """
        shifts = problem.shift_by_id
        centers = {c.center_id: c.name or c.center_id for c in problem.centers}
        people = {v.volunteer_id: v.name or v.volunteer_id for v in problem.volunteers}
        rows = [(shifts.get(a.shift_id), a) for a in self.assignments]
        rows.sort(key=lambda row: (row[0] is None, row[0] and (row[0].start, row[0].center_id)))
        return make_frame(
            {
                "shift_id": [a.shift_id for _, a in rows],
                "center_id": [s and s.center_id for s, _ in rows],
                "center": [s and centers[s.center_id] for s, _ in rows],
                "start": [s and s.start for s, _ in rows],
                "end": [s and s.end for s, _ in rows],
                "volunteer_id": [a.volunteer_id for _, a in rows],
                "volunteer": [people.get(a.volunteer_id) for _, a in rows],
            },
            library,
        )

    def as_html(self, lang: str = "en") -> str:
        """A few rows and the totals as HTML, with ids only: a roster knows no names."""
        return message.html_of(self, lang)

    def _repr_html_(self) -> str:
        return self.as_html()


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
