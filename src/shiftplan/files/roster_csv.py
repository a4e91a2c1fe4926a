"""Rosters and stand-by lists: as CSV with columns for people, rosters also as JSON.

File -> `Roster`, or `Reserve`s; the same and their `Problem` -> file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from shiftplan.analysis.breaks import break_times
from shiftplan.analysis.reserves import Reserve
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.csv_text import CsvTable, neutral, to_csv
from shiftplan.files.folder import BOOKS
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.roster import BY_IDS, FORM, IDS, RosterRows
from shiftplan.files.own_columns import titles_of
from shiftplan.files.problem_file import read_json
from shiftplan.files.sheet import fold
from shiftplan.files.text import file_fault
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.horizon import dialled
from shiftplan.week.roster import Roster

_FOR_PEOPLE = ("date", "start", "end", "center_id", "center", "volunteer", "home_center", "skills")
_TO_CALL = ("phone", "contact")
_BREAKS = "breaks"
"""Column that says when people are on a break; only where the week has breaks."""
_ID: TypeAdapter[str] = TypeAdapter(Id)


class _ReserveRow(Frozen):
    shift_id: str
    rank: Annotated[int, Field(ge=1)]
    volunteer_id: str
    reason: str = ""


_RESERVES = CsvTable(_ReserveRow, name="reserves", others=True)
_TAKEN = {*_RESERVES.columns, *_FOR_PEOPLE, *_TO_CALL}
"""Names of columns that no column of people's own may have beside them."""


@takes_week
def read_roster(
    path: str | os.PathLike[str],
    *,
    of: Problem | None = None,
    lenient: bool = False,
    on_note: Callable[[Fault], None] | None = None,
) -> Roster:
    """Read a roster: a CSV file, a workbook or a .json file.

    A CSV file, or a sheet of a workbook, has the columns shift_id and volunteer_id, or what names
    these in the week that the roster is for: center, date and start of a shift; a name, with the
    home center where people share it. The headings may be those of the format or of the sheets that
    `write_roster_workbook` writes. Further columns are ignored. Ids that the week does not know are
    read too; `check` finds them.

    Parameters
    ----------
    path
        The file; its name tells the form.
    of
        The week it is for; None where only ids are read. A row that says something else of a known
        shift or person than the week, such as another date, is a fault then: weeks that were made
        one from the other may have the same ids, and people may change a name but not the id.
    lenient
        Whether such rows are notes, and their ids count.
    on_note
        Called with what was read as something else than what is written, and with sheets that were
        edited though they only show the roster.

    Raises
    ------
    InputError
        With every fault of the file.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    file = Path(path)
    if file.suffix.lower() == ".json":
        return read_json(Roster, file)
    rows = RosterRows(read_list(file, BY_IDS if of is None else FORM), of)
    if rows.sheet.faults or (rows.doubts and not lenient):
        faults = [*rows.sheet.faults, *(() if lenient else rows.doubts)]
        found = in_words_of(of, faults)
        raise InputError(sorted(found, key=lambda fault: fault.row or 0))
    if on_note is not None:
        for note in in_words_of(of, (*rows.doubts, *rows.sheet.notes.values())):
            on_note(note)
    return Roster.of(rows.pairs)


@takes_week
def write_roster(problem: Problem, roster: Roster, path: str | os.PathLike[str]) -> None:
    """Write a roster as CSV with columns for people, or as JSON when the path ends in .json.

    CSV of a week with breaks says in a last column when each person has theirs, by `break_times`.

    Text that a spreadsheet program would take for a formula has an apostrophe before it, which
    `read_roster` takes away.

    Parameters
    ----------
    problem
        Gives the names, dates and times.
    roster
        May name unknown ids; their further columns are blank.
    path
        The file, which is replaced whole.

    Raises
    ------
    InputError
        The file cannot be written, its name is that of a workbook, or an id could not be read back
        from it.
    """
    file = Path(path)
    if file.suffix.lower() in BOOKS:
        message = Message("files.form_of_rosters")
        raise file_fault("not_one_of", file, message, value=file.suffix)
    is_json = file.suffix.lower() == ".json"
    write_texts({file: roster.to_json() + "\n" if is_json else roster_to_csv(problem, roster)})


def roster_to_csv(problem: Problem, roster: Roster) -> str:
    """Text of a roster's CSV file, as `write_roster` writes it.

    InputError: an id could not be read back from it.
    """
    message = Message("files.id_not_kept")
    faults = [
        Fault("invalid_value", "roster", name, value, message, index=i)
        for i, pair in enumerate(roster.assignments)
        for name, value in zip(IDS, pair, strict=True)
        if not _is_kept(value)
    ]
    if faults:
        raise InputError(faults)
    people = PeopleColumns(problem)
    breaks = {
        pair: ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in times)
        for pair, times in break_times(problem, roster).items()
    }
    header = [*IDS, *_FOR_PEOPLE, *([_BREAKS] if breaks else [])]
    rows = (
        people.cells(*pair) | people.of_person(*pair) | {_BREAKS: breaks.get(pair, "")}
        for pair in roster.assignments
    )
    return _text_for_people(header, rows)


def _is_kept(value: str) -> bool:
    """Whether an id is the same after reading."""
    try:
        return bool(_ID.validate_python(value))
    except ValidationError:
        return False


def read_reserves(path: str | os.PathLike[str]) -> tuple[Reserve, ...]:
    """Read stand-by lists: a CSV file with the columns shift_id, rank and volunteer_id.

    The column reason may be missing; further columns are ignored. Ids that no problem knows are
    read too.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    return tuple(Reserve(**dict(row)) for row in _RESERVES.read(Path(path)).good())


@takes_week
def write_reserves(
    problem: Problem,
    reserves: Iterable[Reserve],
    path: str | os.PathLike[str],
    *,
    say: Callable[[Message], str] = str,
) -> None:
    """Write stand-by lists as CSV with columns for people: who they are, and how to call them.

    Parameters
    ----------
    problem
        Gives the names, dates and times; phones, contacts and columns of people's own, where they
        are known of anybody.
    reserves
        May name unknown ids; their further columns are blank.
    path
        The file, which is replaced whole.
    say
        Says the reasons, such as `present.words.Words("vi")`; English where it is not given.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    people = PeopleColumns(problem)
    header = [*_RESERVES.columns, "center", "date", "start", "end", "volunteer"]
    header += people.to_call
    header += [people.own[title] for title in sorted(people.own)]
    rows = (
        people.cells(r.shift_id, r.volunteer_id)
        | people.of_call(r.volunteer_id)
        | {
            "rank": str(r.rank),
            "reason": say(r.reason) if isinstance(r.reason, Message) else r.reason,
        }
        for r in reserves
    )
    write_texts({Path(path): _text_for_people(header, rows)})


class PeopleColumns:
    """Names, dates and times that stand in a table beside ids; blank where an id is unknown."""

    def __init__(self, problem: Problem) -> None:
        self.country = problem.horizon.country
        self.shifts = {s.shift_id: s for s in problem.shifts}
        self.volunteers = {v.volunteer_id: v for v in problem.volunteers}
        self.centers = {c.center_id: c.name for c in problem.centers}
        self.skills = {s.skill_id: s.name or s.skill_id for s in problem.skills}
        self.to_call = [c for c in _TO_CALL if any(getattr(v, c) for v in problem.volunteers)]
        """Columns that say how people are called, as far as that is known of anybody."""
        self.own = {
            title: f"extra.{title}" if fold(title) in _TAKEN else title
            for title in titles_of(problem.volunteers)
        }
        """Title of a column of people's own -> its title here."""

    def cells(self, shift_id: str, volunteer_id: str) -> dict[str, str]:
        """Both ids, and the columns date, start, end, center_id, center and volunteer."""
        found = {"shift_id": shift_id, "volunteer_id": volunteer_id}
        if (shift := self.shifts.get(shift_id)) is not None:
            found |= {"date": f"{shift.day}", "center_id": shift.center_id}
            found |= {"start": f"{shift.start:%H:%M}", "end": f"{shift.end:%H:%M}"}
            found["center"] = self.centers[shift.center_id]
        if (volunteer := self.volunteers.get(volunteer_id)) is not None:
            found["volunteer"] = volunteer.name
        return found

    def of_call(self, volunteer_id: str) -> dict[str, str]:
        """How a person is called, and what stands in columns of people's own."""
        volunteer = self.volunteers.get(volunteer_id)
        if volunteer is None:
            return {}
        own = {self.own[title]: text for title, text in volunteer.extra}
        reach = {"phone": dialled(volunteer.phone, self.country), "contact": volunteer.contact}
        return own | {name: reach[name] for name in self.to_call}

    def of_person(self, shift_id: str, volunteer_id: str) -> dict[str, str]:
        """Home center of a person, and skills with their levels on the day of the shift."""
        volunteer, shift = self.volunteers.get(volunteer_id), self.shifts.get(shift_id)
        if volunteer is None:
            return {}
        found = {"home_center": self.centers.get(volunteer.home_center_id or "", "")}
        if shift is not None:
            levels = ((name, volunteer.level(k, shift.day)) for k, name in self.skills.items())
            found["skills"] = ", ".join(f"{name} {level}" for name, level in levels if level)
        return found


def _text_for_people(header: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    """CSV text of rows, blank where one has no such column; nothing is taken for a formula."""
    return to_csv(
        [*map(neutral, header)], ([neutral(row.get(name, "")) for name in header] for row in rows)
    )
