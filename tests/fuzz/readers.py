"""Every place where files of others are read: the one list of them.

Reader -> valid files for it, ways to damage them, and the errors that its documentation tells.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from benchmarks import records
from benchmarks.curtois import read_curtois
from benchmarks.family.score import read_packed
from benchmarks.inrc2 import read_inrc2
from benchmarks.known import best_known
from fuzz import corpus, damage
from shiftplan import Roster, check
from shiftplan.batch.parcel import unpack_job
from shiftplan.batch.places import find_weeks
from shiftplan.batch.records import _end_line
from shiftplan.batch.run_folder import RunFolder, _taken, file_digest, is_intact, is_own
from shiftplan.batch.summary import reason
from shiftplan.batch.timing import week_size
from shiftplan.cli.repair import _Planned
from shiftplan.errors import InputError
from shiftplan.files import (
    read_answers,
    read_attendance,
    read_changes,
    read_changes_in_turn,
    read_days,
    read_ledger,
    read_mapping,
    read_problem,
    read_reserves,
    read_roster,
    read_sent,
    read_week,
    read_workbook,
    write_availability,
    write_mapping,
    write_reserves,
    write_week,
)
from shiftplan.files.gathering import gather, rows_gone
from shiftplan.files.geojson import read_areas
from shiftplan.files.ledgers import ledger_text
from shiftplan.files.lists.sent import ticks_in
from shiftplan.files.mending import (
    CellText,
    mend_cells,
    rename_table,
    rows_of_table,
    titles_of_week,
)
from shiftplan.files.opening_csv import make_week
from shiftplan.files.turnouts import record_files
from shiftplan.present import write_roster_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.gathering import GatheredWords
from shiftplan.present.handouts import revisions_in
from shiftplan.present.handouts.folders import read_notes
from shiftplan.present.outlines import outlines_of
from shiftplan.present.result_file import read_outcome, read_result_part
from shiftplan.present.sheets.marking import can_mark, mark_faults
from shiftplan.present.understood import understood_csv
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek, read_calls, read_shift_answers, write_record
from shiftplan.record.entries import Told
from shiftplan.record.hooks import read_hooks
from shiftplan.record.opening import open_store
from shiftplan.seasons import Ledger
from shiftplan.seasons.rollover.workdays import with_holidays
from shiftplan.web.weeks.places import WeekPlaces
from shiftplan.web.weeks.unpacking import unpack

Read = Callable[[Path, Random], Any]
_TABLE = (damage.table, damage.table, damage.table, damage.broken)
_TREE = (damage.tree, damage.tree, damage.any_json, damage.broken)
_ARCHIVE = (damage.archive,)


@dataclass(frozen=True)
class Reader:
    """A place where files are read."""

    name: str
    files: Callable[[], Mapping[str, bytes]]
    """Valid files: name in a folder -> content."""
    ways: tuple[damage.Damage, ...]
    """Ways to damage one of them."""
    read: Read
    """Reads the folder; also does with what was read what costs little."""
    modules: tuple[str, ...]
    """Modules, as seen from `src/shiftplan` or `benchmarks`, whose reading this is."""
    errors: tuple[type[Exception], ...] = (InputError,)
    """Errors that are told in its documentation."""
    share: int = field(default=4)
    """How often it has its turn, beside the others."""


def _only(*names: str) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {name: corpus.written()[name] for name in names}


def _text(name: str, text: str) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {name: text.encode()}


def _use(problem: Problem, chance: Random, folder: Path) -> Problem:
    """Check no roster and, now and then, see that the problem survives being written."""
    check(problem, Roster())
    if chance.random() < 0.05:
        copy = folder / "copy"
        write_week(problem, copy)
        assert read_week(copy) == problem, "the week changed when it was written"
        for file in copy.iterdir():
            file.unlink()
        copy.rmdir()
    return problem


@cache
def _book() -> bytes:
    """The week as a plain workbook, with numbers, dates and times among the texts, and a grid."""
    book = Workbook()
    book.remove(book.active)
    for table, text in corpus.WEEK.items():
        sheet = book.create_sheet(table)
        for row in text.splitlines():
            sheet.append([cell or None for cell in row.split(",")])
    book["centers"]["D2"] = 10.01
    book["shifts"]["C2"], book["shifts"]["D2"] = dt.datetime(2026, 12, 7), dt.time(7)
    book["volunteers"]["G2"] = 4
    grid = book.create_sheet("availability_grid")
    for row in (
        ("volunteer_id", "name", "date", dt.date(2026, 12, 10), dt.date(2026, 12, 11)),
        (None, None, "start", dt.time(7), "13:00"),
        (None, None, "end", dt.time(11), "17:00"),
        ("A1", "An", None, "x", None),
        ("A2", "Bình", None, None, "+"),
    ):
        grid.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _workbook(folder: Path, chance: Random) -> Any:
    path = folder / "week.xlsx"
    try:
        return check(read_workbook(path), Roster())
    except InputError as error:
        if can_mark(error.faults) and chance.random() < 0.1:
            mark_faults(path, error.faults, folder, chance.choice(("en", "vi")))
        raise


def _opened(folder: Path, chance: Random) -> Any:
    if chance.random() < 0.7:
        return _use(read_week(folder), chance, folder)
    hours, needs = folder / "opening.csv", folder / "needs.csv"
    return make_week(folder, hours, needs, replace=True).problem


def _shared(folder: Path, chance: Random) -> Any:
    return _use(read_week(folder / "2026-12-07"), chance, folder)


@cache
def _list_books() -> Mapping[str, bytes]:
    """A roster's workbook as it is printed and edited, and a list of who is absent."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster_workbook(corpus.week(), corpus.ROSTER, path)
        printed = path.read_bytes()
    book = Workbook()
    book.active.append(("Tên", "Ngày", "Từ"))
    book.active.append(("An", dt.date(2026, 12, 7), dt.time(8)))
    book.active.append(("Bình", None, None))
    out = io.BytesIO()
    book.save(out)
    return {"roster.xlsx": printed, "absent.xlsx": out.getvalue()}


def _lists(folder: Path, chance: Random) -> Any:
    week = corpus.week()
    if chance.random() < 0.5:
        return read_changes(week, folder / "absent.xlsx", on_note=str)
    of = chance.choice((None, week))
    roster = read_roster(folder / "roster.xlsx", of=of, lenient=True, on_note=str)
    return check(week, roster)


def _cells(folder: Path, chance: Random) -> Any:
    """Show the cells of a week, and mend one that is there or a little outside."""
    book = folder / "week.xlsx"
    week = book if book.exists() else folder
    title = chance.choice(titles_of_week(week))
    grid = rows_of_table(week, title)
    row, column = chance.randint(1, max(grid, default=0) + 3), chance.randint(1, 9)
    cells = grid.get(row, ())
    was = cells[column - 1] if column <= len(cells) else ""
    text = chance.choice(("", "7", "2026-12-07", "=x"))
    mend_cells(week, title, [CellText(row, column, was, text)])
    if week == book and chance.random() < 0.3:
        rename_table(week, title, title := chance.choice(("Notes", "Shifts")))
    return rows_of_table(week, title)


def _zip_of_week() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in corpus.week_files().items():
            archive.writestr(name, data)
    return packed.getvalue()


def _map(folder: Path, _: Random) -> Any:
    return outlines_of(corpus.week(), read_areas(folder / "map.geojson"))


def _sent(folder: Path, _: Random) -> Any:
    table = folder / "messages.csv"
    ticks_in(table)
    return read_sent(table, corpus.week(), on_note=str)


def _roster(folder: Path, chance: Random) -> Any:
    of = chance.choice((None, corpus.week()))
    return check(corpus.week(), read_roster(folder / "roster.csv", of=of, on_note=str))


def _ledger(path: Path) -> Any:
    ledger = read_ledger(path)
    ledger.history(corpus.week())
    ledger.totals()
    list(ledger.suggestions(corpus.week()))
    ledger_text(ledger, Path("ledger.csv"))
    assert Ledger.model_validate_json(ledger.to_json()) == ledger
    return ledger


def _attendance(folder: Path, _: Random) -> Any:
    read_attendance(folder / "attendance.csv")
    args = (folder / "roster.csv", folder / "attendance.csv")
    return record_files(Ledger(), corpus.week(), *args)


def _handed_in(folder: Path, chance: Random) -> Any:
    """Lists and, now and then, a text from one of them as somebody could have typed it."""
    week, lines = corpus.week(), (folder / "said.csv").read_text("utf-8", "replace").splitlines()
    texts = [chance.choice(lines)] if lines and chance.random() < 0.2 else []
    notes: list[Any] = []
    said = [folder / "said.csv", *texts]
    found = read_shift_answers(
        week,
        said,
        corpus.ROSTER,
        usual=chance.choice(("confirmed", "declined")),
        on_note=notes.append,
    )
    calls = read_calls(week, folder / "called.csv", on_note=notes.append)
    groups = read_changes_in_turn(week, changes=folder / "changes.csv", on_note=notes.append)
    live = LiveWeek(week)
    for changes in groups:
        live.record(*changes)
    live.record(answers=found, calls=calls)
    files = write_record(folder / "again", live.now, live.entries, live.roster_of)
    again = read_changes_in_turn(week, changes=folder / "again" / "changes.csv")
    assert len(again) == len(groups), "changes were lost when they were written"
    for file in files:
        file.unlink()
    (folder / "again").rmdir()
    return [fault_text(note, "vi") for note in notes]


def _reserves(folder: Path, _: Random) -> Any:
    found = read_reserves(folder / "reserves.csv")
    write_reserves(corpus.week(), found, folder / "again.csv")
    assert read_reserves(folder / "again.csv") == found
    return found


def _days(folder: Path, chance: Random) -> Any:
    problem = corpus.week() if chance.random() < 0.5 else None
    days = read_days(folder / "days.csv", problem)
    first = dt.date(2026, 12, 7)
    found = with_holidays(days, first, first, country="")
    return [found.at(c, first + dt.timedelta(i)) for c in corpus.week().centers for i in range(7)]


def _result(folder: Path, _: Random) -> Any:
    path, problem = folder / "result.json", corpus.week()
    with contextlib.suppress(InputError):
        read_result_part(_Planned, path)
    found = read_outcome(path, problem, corpus.ROSTER, check(problem, corpus.ROSTER))
    return found.as_html(), found.to_json()


def _answers(folder: Path, chance: Random) -> Any:
    found = read_answers(corpus.week(), *sorted(folder.iterdir()))
    write_availability(found.availability, folder / "availability.csv")
    understood_csv(corpus.week(), found, chance.choice(("en", "vi")))
    again = read_answers(corpus.week(), folder / "availability.csv")
    assert again.is_clear
    assert again.availability == found.availability, "windows changed when they were written"
    (folder / "availability.csv").unlink()
    return found


_TEAMS = ("volunteers", "availability")


def _deliveries() -> Mapping[str, bytes]:
    """The week as two teams and the office deliver it, with one conflict that is decided."""
    files = {
        f"{'office' if table not in _TEAMS else 'one'}/{table}.csv": text.encode()
        for table, text in corpus.WEEK.items()
    }
    files |= {f"two/{table}.csv": corpus.WEEK[table].encode() for table in _TEAMS}
    row = "conflict,table,about,first,second,decision\nversions,volunteers,00430,one/,two/,1\n"
    return files | {"decisions.csv": row.encode()}


def _gathered(folder: Path, chance: Random) -> Any:
    gathered = gather(folder, decisions=folder / "decisions.csv")
    words = GatheredWords(gathered, chance.choice(("en", "vi")))
    words.deliveries()
    again = folder / "again.csv"
    again.write_text(words.decisions(), encoding="utf-8", newline="")
    assert gather(folder, decisions=again, without=[again]) == gathered, "decisions changed"
    again.unlink()
    if gathered.problem is None:
        return gathered
    rows_gone(folder / "office", gathered.problem)
    return check(gathered.problem, Roster())


def _mapping(folder: Path, _: Random) -> Any:
    mapping = read_mapping(folder / "mapping.toml")
    found = read_answers(corpus.week(), folder / "form.csv", mapping=mapping)
    columns = [column for source in found.sources for column in source.columns]
    write_mapping(columns, folder / "again.toml", mapping)
    read_answers(corpus.week(), folder / "form.csv", mapping=read_mapping(folder / "again.toml"))
    (folder / "again.toml").unlink()
    return found


def _batch(folder: Path, _: Random) -> Any:
    for name in ("week", "other"):
        (folder / name).mkdir(exist_ok=True)
    found = find_weeks(folder)
    for place in found:
        week = Path("run", place.name)
        assert len(week.parts) == 3, "a province leads out of the run"
        assert ".." not in week.parts, "a province leads out of the run"
    return found


def _manifest(folder: Path, _: Random) -> Any:
    run = RunFolder(folder / "inner" / "run")
    run.manifest = run.read()
    outside = sorted(folder.iterdir())
    for name, entry in run.manifest.entries.items():
        for place in (run.path / name, run.path / f"{name}.failed", run.staged(entry.staging)):
            assert place.resolve().is_relative_to(run.path), "an entry leads out of the run"
        reason(entry.outcome, Words("vi"))
    assert sorted(folder.iterdir()) == outside
    return run.manifest


def _contents(folder: Path, _: Random) -> Any:
    return is_own(folder), is_intact(folder, file_digest(folder / "contents.json"))


def _owner(folder: Path, _: Random) -> Any:
    raise _taken(folder)


def _notes(folder: Path, _: Random) -> Any:
    return read_notes(folder / "calendars"), revisions_in(folder)


def _parcel(folder: Path, _: Random) -> Any:
    inner = folder / "inner"
    inner.mkdir(exist_ok=True)
    return unpack_job((folder / "parcel.zip").read_bytes(), inner)


def _record(folder: Path, _: Random) -> Any:
    """Read a record, and then add to it."""
    with contextlib.closing(open_store(folder)) as store:
        found = store.entries()
        for version in range(3):
            store.roster(version)
        added = store.append(lambda _: [(Told(version=1), None)])
        assert store.entries() == [*found, *added]
        return found


_RINGS = [[[105, 10], [105.5, 10], [105.5, 10.5, 3], [105, 10]]]
_SHAPES = {"Polygon": _RINGS, "MultiPolygon": [_RINGS, _RINGS], "Point": [105, 10]}
_MAP = {
    "type": "FeatureCollection",
    "source": "someone",
    "features": [
        {
            "type": "Feature",
            "id": n,
            "properties": {"code": code, "name": "Hòn Đất"},
            "geometry": {"type": kind, "coordinates": places},
        }
        for n, (code, (kind, places)) in enumerate(
            zip(("00430", "00431", None), _SHAPES.items(), strict=True)
        )
    ],
}
_OWNER = b'{"pid": 7, "host": "h", "user": "u", "since": 1700000000.5}'
_LOG = b'{"event": "batch_started", "run": "0123"}\n{"event": "planned"'

READERS = (
    Reader("week", corpus.week_files, _TABLE,
           lambda f, chance: _use(read_week(f), chance, f), ("files/shared.py",), share=24),
    Reader("opening hours", corpus.opened_files, _TABLE, _opened,
           ("files/opening_csv.py",), share=8),
    Reader("shared tables", corpus.shared_files, _TABLE, _shared, ("files/shared.py",)),
    Reader("workbook", lambda: {"week.xlsx": _book()}, _ARCHIVE, _workbook,
           ("files/workbook/limits.py", "files/workbook/raw.py", "present/sheets/marking.py",
            "files/workbook/__init__.py"), share=1),
    Reader("problem", _only("problem.json"), _TREE,
           lambda f, chance: _use(read_problem(f / "problem.json"), chance, f),
           ("files/problem_file.py",), share=10),
    Reader("roster table", _only("roster.csv"), _TABLE, _roster, ("files/lists/reading.py",)),
    Reader("lists in workbooks", _list_books, _ARCHIVE, _lists, (), share=1),
    Reader("roster", _only("roster.json"), _TREE,
           lambda f, _: check(corpus.week(), read_roster(f / "roster.json")),
           ("files/roster_csv.py",)),
    Reader("map", lambda: {"map.geojson": json.dumps(_MAP).encode()}, _TREE, _map,
           ("files/geojson.py",), share=2),
    Reader("attendance", _only("attendance.csv", "roster.csv"), _TABLE, _attendance,
           ("files/lists/reading.py",)),
    Reader("what is handed in",
           lambda: {"said.csv": corpus.SAID.encode(), "called.csv": corpus.CALLED.encode(),
                    "changes.csv": corpus.NUMBERED.encode()},
           _TABLE, _handed_in, ("files/lists/reading.py",), share=2),
    Reader("ledger table", _only("ledger.csv"), _TABLE, lambda f, _: _ledger(f / "ledger.csv"),
           ("files/ledgers.py",)),
    Reader("ledger", _only("ledger.json"), _TREE, lambda f, _: _ledger(f / "ledger.json"),
           ("files/ledgers.py",)),
    Reader("stand-by lists", _only("reserves.csv"), _TABLE, _reserves, ("files/csv_text.py",)),
    Reader("cells of tables", corpus.week_files, _TABLE, _cells,
           ("files/mending/__init__.py", "files/mending/in_text.py"), share=2),
    Reader("cells of a workbook", lambda: {"week.xlsx": _book()}, _ARCHIVE, _cells,
           ("files/mending/in_book.py", "files/mending/renaming.py")),
    Reader("zip of a week", lambda: {"week.zip": _zip_of_week()}, _ARCHIVE,
           lambda f, _: unpack((f / "week.zip").read_bytes(), "week.zip"),
           ("web/weeks/unpacking.py",), share=2),
    Reader("places of weeks", _text("recent.txt", "/weeks/2026-12-07\n"), (damage.lines,),
           lambda f, _: WeekPlaces(f).all(), ("web/weeks/places.py",), share=1),
    Reader("days", _text("days.csv", corpus.DAYS), _TABLE, _days,
           ("files/csv_text.py", "cli/new_week.py")),
    Reader("changes",
           lambda: {"absent.csv": corpus.ABSENT.encode(), "changes.csv": corpus.CHANGES.encode()},
           _TABLE,
           lambda f, _: read_changes(corpus.week(), f / "absent.csv", f / "changes.csv"),
           ("files/lists/reading.py",), share=8),
    Reader("ticked messages", _only("messages.csv"), _TABLE, _sent, ("files/lists/reading.py",)),
    Reader("answers",
           lambda: {"form.csv": corpus.ANSWERS.encode(), "poll.csv": corpus.POLL.encode(),
                    "slots.csv": corpus.SLOTS.encode()},
           _TABLE, _answers, ("files/answers/source.py",), share=8),
    Reader("mapping of answers",
           lambda: {"mapping.toml": corpus.MAPPING.encode(), "form.csv": corpus.ANSWERS.encode()},
           (damage.lines, damage.broken), _mapping, ("files/answers/mapping.py",)),
    Reader("deliveries", _deliveries, _TABLE, _gathered,
           ("files/gathering/sources.py", "files/gathering/assembling.py"), share=8),
    Reader("result", _only("result.json"), _TREE, _result,
           ("present/result_file.py",)),
    Reader("list of weeks", _text("batch.csv", corpus.BATCH), _TABLE, _batch,
           ("batch/places.py",)),
    Reader("manifest", lambda: {"inner/run/manifest.json": corpus.manifest()}, _TREE, _manifest,
           ("batch/run_folder.py",)),
    Reader("list of a result's files", _only("contents.json"), _TREE, _contents,
           ("batch/run_folder.py",), share=2),
    Reader("who has a run", lambda: {".owner.json": _OWNER}, _TREE, _owner,
           ("batch/run_folder.py",), share=2),
    Reader("log", lambda: {"log.jsonl": _LOG}, (damage.broken,),
           lambda f, _: _end_line(f / "log.jsonl"), ("batch/records.py",), share=1),
    Reader("sizes of weeks", corpus.week_files, _TABLE, lambda f, _: week_size(f),
           ("batch/timing.py",), share=2),
    Reader("notes of calendars",
           lambda: {f"calendars/{name}": data for name, data in _only(".shiftplan.json")().items()},
           _TREE, _notes, ("present/handouts/folders.py",)),
    Reader("record", lambda: {"record.db": corpus.record_of_week()}, (damage.broken,), _record,
           ("record/sqlite.py", "record/sql.py")),
    Reader("hooks", _text("hooks.toml", corpus.HOOKS), (damage.lines, damage.broken),
           lambda f, _: read_hooks(f / "hooks.toml"), ("record/hooks.py",), share=2),
    Reader("parcel", lambda: {"parcel.zip": corpus.parcel()}, _ARCHIVE, _parcel,
           ("batch/parcel.py",), (ValueError, OSError), share=2),
    Reader("Curtois", _text("Instance1.txt", corpus.CURTOIS), (damage.lines, damage.broken),
           lambda f, _: read_curtois(f / "Instance1.txt"), ("curtois.py",),
           (ValueError, InputError), share=3),
    Reader("INRC-II",
           lambda: {f"{stem}.json": corpus.as_json(v) for stem, v in corpus.INRC2.items()}, _TREE,
           lambda f, _: read_inrc2(f, "n002w1_0_0"), ("inrc2.py",), (ValueError, InputError),
           share=3),
    Reader("best known costs", _text("best_known.csv", corpus.KNOWN), _TABLE,
           lambda f, _: best_known(f / "best_known.csv", f), ("known.py",), (ValueError,), share=2),
    Reader("packed roster",
           lambda: {"roster.csv.gz": gzip.compress(_only("roster.csv")()["roster.csv"])},
           (damage.broken,), lambda f, _: read_packed(f / "roster.csv.gz"),
           ("family/score.py",), (ValueError,), share=1),
    Reader("measurements", lambda: {"records.jsonl": corpus.record()}, (damage.tree, damage.broken),
           lambda f, _: records.read([f]), ("records.py",), (ValueError,), share=2),
)  # fmt: skip
"""All readers of files that others may have written."""

ELSEWHERE = {
    "files/text.py": "reads for all others",
    "files/whole.py": "opens files to write them through",
    "engines/child.py": "its own parent and children, over pipes",
    "batch/on_ray.py": "outcomes of its own jobs; a line that Ray keeps is an address or none",
    "errors/message/catalogue.py": "catalogues of the package",
    "present/report/page.py": "templates of the package",
    "record/delivery.py": "what the outbox holds is sent as it is; an answer is not read",
    "present/outputs.py": "compares the roster of the folder, and reads nothing of it",
    "batch/recorded.py": "versions that the batch has put into its own result",
    "cli/serve.py": "the first line of a file with a password",
    "web/form_file.py": "reads the script and style of its own page",
    "web/routes/invitations.py": "writes forms; answers that come back are bodies of requests",
    "web/zipped.py": "packs what it wrote itself",
    "web/weeks/sending.py": "sends files as they are",
    "cli/common.py": "opens files only to see that they can be written",
    "cli/running.py": "opens only the null device, in place of an output that is gone",
}
"""Other modules that open files -> why nothing of others is read there."""
