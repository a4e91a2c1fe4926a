"""Which weeks of which provinces a folder holds, and how files of a run are named.

ROOT/<province>/<first date>, or the rows of ROOT/batch.csv -> `ProvinceWeek`s in order of time.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.problem_file import is_problem_file
from shiftplan.files.text import file_fault, is_there, no_folder, read_text, real_path

MANIFEST, SUMMARY, PAGE = "manifest.json", "summary.csv", "index.html"
LOG, METRICS = "log.jsonl", "metrics.txt"
FAILED, FAULTS = ".failed", "faults.txt"
"""End of the name of a folder that stands in the place of a result, and its report."""
BOOK = "ledger.json"
"""The ledger in the folder of a planned week."""
PLANNED_WITH = "history_before.csv"
"""The history that a week was planned with, in the same folder, also of people not in it."""
VERSIONS = "versions.json"
"""What the record says of the versions in the same folder."""
TOLD = "told.csv"
"""In a result of version 0.1: the roster that people know, beside one that nobody was told."""
RECORD = "record.db"
"""The record of all weeks of a run."""
_BEFORE = "history_before_"
LISTED = "batch.csv"
"""File in ROOT that names the weeks, where they do not lie in folders of provinces."""
ATTENDANCE, LEDGER = "attendance.csv", "ledger.json"
"""How the shifts of a week turned out, in its folder; and what a province's people did before."""
_TAKEN = frozenset({MANIFEST, SUMMARY, PAGE, LOG, METRICS, RECORD})
"""Files of the run itself, whose names no province can have."""
_FORBIDDEN = set('/\\:*?"<>|\0')
_COLUMNS = ("province", "week", "path")


@dataclass(frozen=True, slots=True, order=True)
class ProvinceWeek:
    """A planning week of a province, to be planned after those before it."""

    province: str  # its name, and that of its folder in a run
    week: dt.date  # first date of the week
    source: Path  # the planning week: a folder, a workbook or a JSON problem
    fault: Fault | None = field(default=None, compare=False)
    """Why nobody can say which week it is, as of a folder whose name is no date; None for a week.
    Such a place counts among the last of the weeks that it comes along with, and fails alone."""

    @property
    def name(self) -> str:
        """Its name in manifest, log and messages, such as `an_giang/2026-12-07`."""
        return f"{self.province}/{self.label}"

    @property
    def label(self) -> str:
        """Its first date as text, or what stands in the place of a week."""
        return str(self.week) if self.fault is None else self.source.name

    @property
    def attendance(self) -> Path:
        """Where it is recorded how the shifts turned out; the file need not be there."""
        if self.source.is_dir():
            return self.source / ATTENDANCE
        return self.source.with_name(f"{self.source.stem}.{ATTENDANCE}")


def find_weeks(root: Path) -> list[ProvinceWeek]:
    """The weeks that a folder holds, by province and time.

    They are `root/<province>/<first date>` (a folder, or `.xlsx` or `.json`), or the rows of the
    table `batch.csv` with columns province, week and path, the path as seen from `root`.

    InputError with everything that is wrong with names and with the table, or because there is
    nothing to plan. A folder of a province that is no week is no error where others are: it comes
    along with its fault.
    """
    if not is_there(root):
        raise no_folder(root)
    if not root.is_dir():
        raise file_fault("unreadable_file", root, Message("batches.no_folder"))
    faults: list[Fault] = []
    strange: list[tuple[Path, Fault]] = []
    if (root / LISTED).exists():
        file, found = LISTED, list(_listed(root / LISTED, faults))
    else:
        file, found = "", list(_in_folders(root, faults, strange))
    faults += (replace(fault, file=file) for fault in _clashes(found))
    if not found:
        faults += [fault for _, fault in strange]
    if not found and not faults:
        message = Message("batches.no_week")
        remedy = Message("batches.weeks_elsewhere", folder=root.name)
        faults.append(
            Fault("missing_file", "batch", message=message, remedy=remedy, file=root.name)
        )
    if faults:
        raise InputError(faults)
    last = max(place.week for place in found)
    found += [ProvinceWeek(at.relative_to(root).parts[0], last, at, fault) for at, fault in strange]
    return sorted(found)


def date_of(text: str) -> dt.date | None:
    """An ISO date with dashes; None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text else None


def name_fault(province: str) -> Message | None:
    """Why a province cannot have this name; None if it can."""
    if not province or province != province.strip().strip("."):
        return Message("batches.blank_around_name")
    if set(province) & _FORBIDDEN or not province.isprintable() or len(province.encode()) > 200:
        return Message("batches.name_of_folder")
    if province.casefold() in _TAKEN:
        return Message("batches.name_of_own_file")
    return None


def check_apart(root: Path, out: Path, places: Iterable[ProvinceWeek]) -> None:
    """See that a run writes nothing where planning weeks are read, or raise InputError."""
    root, out = real_path(root), real_path(out)
    is_province = not (root / LISTED).exists() and out.is_relative_to(root)
    for place in places:
        province = real_path(out / place.province)
        # Where links lead in a ring nothing is read; that week fails alone, and says why.
        source = real_path(place.source) if is_there(place.source) else place.source
        if is_province or source.is_relative_to(province) or province.is_relative_to(source):
            message = Message("batches.results_among_weeks")
            remedy, name = Message("batches.folder_beside"), str(out)
            fault = Fault("invalid_value", "options", "out", name, message, remedy=remedy)
            raise InputError([fault])


def _in_folders(
    root: Path, faults: list[Fault], strange: list[tuple[Path, Fault]]
) -> Iterator[ProvinceWeek]:
    """The weeks in folders of provinces; `strange` takes what is no week, with why."""
    provinces, unreadable = _entries(root)
    faults += [] if unreadable is None else [unreadable]
    for province in provinces:
        sources, unreadable = _entries(province) if province.is_dir() else ([], None)
        if province.is_symlink() and not province.exists():
            message = Message("batches.link_to_nothing", name=province.name)
            unreadable = file_fault("missing_file", root, message).faults[0]
        wrong = name_fault(province.name) if sources or unreadable else None
        if wrong is not None:
            faults.append(Fault("invalid_value", "batch", "province", province.name, wrong))
            continue
        if unreadable is not None:
            strange.append((province, unreadable))
        for source in sources:
            if source.is_file() and not (is_problem_file(source) and date_of(source.stem)):
                continue
            week = date_of(source.stem if source.is_file() else source.name)
            if week is not None:
                yield ProvinceWeek(province.name, week, source)
                continue
            message = Message("batches.named_by_date")
            where = f"{province.name}/{source.name}"
            fault = Fault("not_a_date", "batch", "", where, message, file=root.name)
            if source.name.isprintable():
                strange.append((source, fault))
            else:  # nothing can be named like that
                faults.append(fault)


def _listed(path: Path, faults: list[Fault]) -> Iterator[ProvinceWeek]:
    sheet = read_sheet(read_text(path), "batch", path.name, _COLUMNS, _COLUMNS, others=True)
    columns = [sheet.column(name) or [] for name in _COLUMNS] if sheet.usable else [[], [], []]
    for i, (province, week, source) in enumerate(zip(*columns, strict=True)):
        fault = partial(sheet.fault, row=sheet.lines[i], index=i)
        day, place = date_of(week), path.parent / source
        wrong = name_fault(province)
        if wrong is not None:
            fault("invalid_value", wrong, column="province", value=province)
        elif day is None:
            message = Message("batches.date_needed")
            fault("not_a_date", message, column="week", value=week)
        elif not source or not is_there(place):
            message = Message("batches.no_folder_or_file")
            fault("missing_file", message, column="path", value=source)
        else:
            yield ProvinceWeek(province, day, place)
    faults += sheet.faults


def _entries(folder: Path) -> tuple[list[Path], Fault | None]:
    """What is in a folder, but for what is hidden; or why nobody can see it."""
    try:
        there = sorted(folder.iterdir())
        return [path for path in there if not path.name.startswith((".", "~"))], None
    except OSError as error:
        message = Message("batches.folder_unreadable", reason=of_system(error))
        return [], file_fault("unreadable_file", folder, message).faults[0]


def _clashes(places: Iterable[ProvinceWeek]) -> Iterator[Fault]:
    """Yield weeks that stand twice, and provinces that some systems take for one folder."""
    seen: dict[tuple[str, dt.date], ProvinceWeek] = {}
    names: dict[str, str] = {}
    for place in places:
        folder = unicodedata.normalize("NFC", place.province).casefold()
        key = (folder, place.week)
        name = names.setdefault(folder, place.province)
        if name != place.province:
            message = Message("batches.same_folder", name=name)
            yield Fault("duplicate_id", "batch", "province", place.province, message)
        elif key in seen:
            sources = [found.source.name for found in (seen[key], place)]
            message = Message("batches.week_twice", sources=sources)
            yield Fault("duplicate_id", "batch", "week", place.name, message)
        seen.setdefault(key, place)


def history_before(week: str) -> str:
    """File in a result: the history before an earlier week, with what was recorded since then."""
    return f"{_BEFORE}{week}.csv"


def histories_before(result: Path) -> dict[str, Path]:
    """First date of an earlier week -> its history in a result, in order of time."""
    return {
        p.stem.removeprefix(_BEFORE): p for p in sorted(result.glob(history_before("????-??-??")))
    }
