"""Every place where files of others are read: the one list of them.

Reader -> valid files for it, ways to damage them, and its documented errors; `reading.py` has how
each is read.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from benchmarks import records
from benchmarks.curtois import read_curtois
from benchmarks.family.validator import read_roster as read_packed
from benchmarks.inrc2 import read_inrc2
from benchmarks.known import best_known
from benchmarks.shift_design import read_shift_design
from fuzz import corpus, damage, reading
from shiftplan import check
from shiftplan.batch.records import _end_line
from shiftplan.batch.timing import week_size
from shiftplan.errors import InputError
from shiftplan.files import read_changes, read_problem, read_roster, read_week
from shiftplan.present import write_roster_workbook
from shiftplan.record.hooks import read_hooks
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
    """Reads the folder, and uses what was read where that costs little."""
    modules: tuple[str, ...]
    """Modules, as seen from `src/shiftplan` or `benchmarks`, whose reading this is."""
    errors: tuple[type[Exception], ...] = (InputError,)
    """Errors that its documentation names."""
    share: int = field(default=4)
    """How often it has its turn, relative to the others."""


def _only(*names: str) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {name: corpus.written()[name] for name in names}


def _text(name: str, text: str) -> Callable[[], Mapping[str, bytes]]:
    return lambda: {name: text.encode()}


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
           lambda f, chance: reading.checked(read_week(f), chance, f), ("files/shared.py",),
           share=24),
    Reader("opening hours", corpus.opened_files, _TABLE, reading.opened,
           ("files/opening_csv.py",), share=8),
    Reader("shared tables", corpus.shared_files, _TABLE, reading.shared, ("files/shared.py",)),
    Reader("workbook", lambda: {"week.xlsx": _book()}, _ARCHIVE, reading.workbook,
           ("files/workbook/limits.py", "files/workbook/raw.py", "present/sheets/marking.py",
            "files/workbook/__init__.py"), share=1),
    Reader("problem", _only("problem.json"), _TREE,
           lambda f, chance: reading.checked(read_problem(f / "problem.json"), chance, f),
           ("files/problem_file.py",), share=10),
    Reader("roster table", _only("roster.csv"), _TABLE, reading.roster,
           ("files/lists/reading.py",)),
    Reader("lists in workbooks", _list_books, _ARCHIVE, reading.lists, (), share=1),
    Reader("roster", _only("roster.json"), _TREE,
           lambda f, _: check(corpus.week(), read_roster(f / "roster.json")),
           ("files/roster_csv.py",)),
    Reader("map", lambda: {"map.geojson": json.dumps(_MAP).encode()}, _TREE, reading.shapes,
           ("files/geojson.py",), share=2),
    Reader("matrix", _text("matrix.json", json.dumps(corpus.MATRIX)), _TREE, reading.matrix,
           ("files/matrices.py",), share=2),
    Reader("order of a matrix", _text("order.txt", "00431\n00430\n"), (damage.broken,),
           reading.order, ("files/matrices.py",), share=1),
    Reader("attendance", _only("attendance.csv", "roster.csv"), _TABLE, reading.attendance,
           ("files/lists/reading.py",)),
    Reader("what is handed in",
           lambda: {"said.csv": corpus.SAID.encode(), "called.csv": corpus.CALLED.encode(),
                    "changes.csv": corpus.NUMBERED.encode()},
           _TABLE, reading.handed_in, ("files/lists/reading.py",), share=2),
    Reader("ledger table", _only("ledger.csv"), _TABLE,
           lambda f, _: reading.ledger(f / "ledger.csv"), ("files/ledgers.py",)),
    Reader("ledger", _only("ledger.json"), _TREE, lambda f, _: reading.ledger(f / "ledger.json"),
           ("files/ledgers.py",)),
    Reader("stand-by lists", _only("reserves.csv"), _TABLE, reading.reserves,
           ("files/csv_text.py",)),
    Reader("cells of tables", corpus.week_files, _TABLE, reading.cells,
           ("files/mending/__init__.py", "files/mending/in_text.py"), share=2),
    Reader("cells of a workbook", lambda: {"week.xlsx": _book()}, _ARCHIVE, reading.cells,
           ("files/mending/in_book.py", "files/mending/renaming.py")),
    Reader("zip of a week", lambda: {"week.zip": corpus.zipped(corpus.week_files())}, _ARCHIVE,
           lambda f, _: unpack((f / "week.zip").read_bytes(), "week.zip"),
           ("web/weeks/unpacking.py",), share=2),
    Reader("places of weeks", _text("recent.txt", "/weeks/2026-12-07\n"), (damage.lines,),
           lambda f, _: WeekPlaces(f).all(), ("web/weeks/places.py",), share=1),
    Reader("days", _text("days.csv", corpus.DAYS), _TABLE, reading.days,
           ("files/csv_text.py", "cli/new_week.py")),
    Reader("changes",
           lambda: {"absent.csv": corpus.ABSENT.encode(), "changes.csv": corpus.CHANGES.encode()},
           _TABLE,
           lambda f, _: read_changes(corpus.week(), f / "absent.csv", f / "changes.csv"),
           ("files/lists/reading.py",), share=8),
    Reader("log of visits",
           lambda: {"visits.csv": corpus.VISITS.encode(), "closed.csv": corpus.CLOSED.encode()},
           _TABLE, reading.visits, ("files/visits/source.py",), share=8),
    Reader("log of counts",
           lambda: {"visits.csv": corpus.TALLIES.encode(), "closed.csv": corpus.CLOSED.encode()},
           _TABLE, reading.visits, ("files/visits/source.py",), share=4),
    Reader("ticked messages", _only("messages.csv"), _TABLE, reading.sent,
           ("files/lists/reading.py",)),
    Reader("answers",
           lambda: {"form.csv": corpus.ANSWERS.encode(), "poll.csv": corpus.POLL.encode(),
                    "slots.csv": corpus.SLOTS.encode()},
           _TABLE, reading.answers, ("files/answers/source.py",), share=8),
    Reader("mapping of answers",
           lambda: {"mapping.toml": corpus.MAPPING.encode(), "form.csv": corpus.ANSWERS.encode()},
           (damage.lines, damage.broken), reading.mapping, ("files/answers/mapping.py",)),
    Reader("deliveries", _deliveries, _TABLE, reading.gathered,
           ("files/gathering/sources.py", "files/gathering/assembling.py"), share=8),
    Reader("result", _only("result.json"), _TREE, reading.result,
           ("present/result_file.py",)),
    Reader("list of weeks", _text("batch.csv", corpus.BATCH), _TABLE, reading.batch,
           ("batch/places.py",)),
    Reader("manifest", lambda: {"inner/run/manifest.json": corpus.manifest()}, _TREE,
           reading.manifest, ("batch/run_folder.py",)),
    Reader("list of a result's files", _only("contents.json"), _TREE, reading.contents,
           ("batch/run_folder.py",), share=2),
    Reader("who has a run", lambda: {".owner.json": _OWNER}, _TREE, reading.owner,
           ("batch/run_folder.py",), share=2),
    Reader("log", lambda: {"log.jsonl": _LOG}, (damage.broken,),
           lambda f, _: _end_line(f / "log.jsonl"), ("batch/records.py",), share=1),
    Reader("sizes of weeks", corpus.week_files, _TABLE, lambda f, _: week_size(f),
           ("batch/timing.py",), share=2),
    Reader("notes of calendars",
           lambda: {f"calendars/{name}": data for name, data in _only(".shiftplan.json")().items()},
           _TREE, reading.notes, ("present/handouts/folders.py",)),
    Reader("record", lambda: {"record.db": corpus.record_of_week()}, (damage.broken,),
           reading.record, ("record/sqlite.py", "record/sql.py")),
    Reader("hooks", _text("hooks.toml", corpus.HOOKS), (damage.lines, damage.broken),
           lambda f, _: read_hooks(f / "hooks.toml"), ("record/hooks.py",), share=2),
    Reader("parcel", lambda: {"parcel.zip": corpus.parcel()}, _ARCHIVE, reading.parcel,
           ("batch/parcel.py",), (ValueError, OSError), share=2),
    Reader("Curtois", _text("Instance1.txt", corpus.CURTOIS), (damage.lines, damage.broken),
           lambda f, _: read_curtois(f / "Instance1.txt"), ("curtois.py",),
           (ValueError, InputError), share=3),
    Reader("shift design", _text("Example1.txt", corpus.SHIFT_DESIGN),
           (damage.lines, damage.broken), lambda f, _: read_shift_design(f / "Example1.txt"),
           ("shift_design.py",), (ValueError, InputError), share=3),
    Reader("INRC-II",
           lambda: {f"{stem}.json": corpus.as_json(v) for stem, v in corpus.INRC2.items()}, _TREE,
           lambda f, _: read_inrc2(f, "n002w1_0_0"), ("inrc2.py",), (ValueError, InputError),
           share=3),
    Reader("best known costs", _text("best_known.csv", corpus.KNOWN), _TABLE,
           lambda f, _: best_known(f / "best_known.csv", f), ("known.py",), (ValueError,), share=2),
    Reader("packed roster",
           lambda: {"roster.csv.gz": gzip.compress(_only("roster.csv")()["roster.csv"])},
           (damage.broken,), lambda f, _: read_packed(f / "roster.csv.gz"),
           ("family/validator.py",), (ValueError,), share=1),
    Reader("measurements", lambda: {"records.jsonl": corpus.record()}, (damage.tree, damage.broken),
           lambda f, _: records.read([f]), ("records.py",), (ValueError,), share=2),
)  # fmt: skip
"""All readers of files that others may have written."""

ELSEWHERE = {
    "batch/sweep/running.py": "figures and rosters that the sweep has written itself",
    "files/text.py": "reads for all others",
    "files/whole.py": "opens files to write them through",
    "engines/child.py": "its own parent and children, over pipes",
    "batch/on_ray.py": "outcomes of its own jobs; a line that Ray keeps is an address or none",
    "errors/message/catalogue.py": "catalogues of the package",
    "present/report/page.py": "templates of the package",
    "record/delivery.py": "what the outbox holds is sent as it is; an answer is not read",
    "present/outputs.py": "compares the roster of the folder, and reads nothing of it",
    "batch/run_record.py": "versions that the batch has put into its own result",
    "cli/serve.py": "the first line of a file with a password",
    "web/form_file.py": "reads the script and style of its own page",
    "web/routes/invitations.py": "writes forms; answers that come back are bodies of requests",
    "web/zipped.py": "packs what it wrote itself",
    "web/weeks/sending.py": "sends files as they are",
    "web/agents/serving.py": "messages of the protocol, which its package has read",
    "cli/browser.py": "opens a browser, no file",
    "cli/demo.py": "copies the week of the package",
    "cli/common.py": "opens files only to see that they can be written",
    "cli/running.py": "opens only the null device, in place of an output that is gone",
}
"""Other modules that open files -> why nothing of others is read there."""
