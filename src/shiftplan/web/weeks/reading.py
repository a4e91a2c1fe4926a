"""What is in the files of a week, with their faults.

Place of a week -> `ReadWeek`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shiftplan.citizens.staffing import prepare
from shiftplan.errors import Fault, InputError
from shiftplan.files import read_problem
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_week
from shiftplan.web.files_on_disk import FilesOnDisk

_OF_RECORD = frozenset({"in_use", "not_a_record"})
"""Codes of faults that no table has."""


@dataclass(frozen=True)
class WeekOptions:
    """How a week is opened, as a command may say."""

    staff: bool = False
    """Make requirements from the forecast even if the week has its own."""
    recommended: bool = False
    """Add the recommended rules missing from the week."""
    areas: Path | None = None
    """Map of its centers; None for the one beside its files."""


@dataclass(frozen=True)
class ReadWeek:
    """What reading the files of a week found."""

    on_disk: FilesOnDisk
    """The files as they were read."""
    faults: tuple[Fault, ...]
    """What is wrong with them."""
    notes: tuple[Fault, ...]
    """What is no fault but worth a look."""
    live: LiveWeek | None
    """The week with its record; None where there are faults."""
    options: WeekOptions
    """How it is opened."""

    @property
    def is_old(self) -> bool:
        """Whether its files have changed, or its record, which may be well again, had a fault."""
        return any(fault.code in _OF_RECORD for fault in self.faults) or bool(
            self.on_disk.changed()
        )


def read_files(
    path: Path, options: WeekOptions, *, who: str = "", reads_only: bool = False
) -> ReadWeek:
    """Read the files of a week with its record; `who`, `reads_only`: as `open_week` takes them."""
    staff, recommended = options.staff, options.recommended
    on_disk = FilesOnDisk(
        path, lambda: prepare(read_problem(path), anew=staff, recommended=recommended)
    )
    notes: list[Fault] = []
    try:
        live = open_week(
            path,
            staff=staff,
            recommended=recommended,
            who=who,
            reads_only=reads_only,
            on_note=notes.append,
        )
    except InputError as error:
        return ReadWeek(on_disk, error.faults, tuple(notes), None, options)
    return ReadWeek(on_disk, (), tuple(notes), live, options)
