"""How each reader reads its files, and what is done with what it read.

A folder of files, perhaps damaged, and chance -> what was read, or an error.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

from fuzz import corpus
from shiftplan import Roster, check
from shiftplan.batch.parcel import unpack_job
from shiftplan.batch.places import find_weeks
from shiftplan.batch.run_folder import RunFolder, _taken, file_digest, is_intact, is_own
from shiftplan.batch.summary import reason
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
    read_reserves,
    read_roster,
    read_sent,
    read_visits,
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
from shiftplan.files.matrices import read_order, read_ways
from shiftplan.files.mending import (
    CellText,
    mend_cells,
    rename_table,
    rows_of_table,
    titles_of_week,
)
from shiftplan.files.opening_csv import make_week
from shiftplan.files.turnouts import record_files
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
from shiftplan.record.opening import open_store
from shiftplan.seasons import Ledger
from shiftplan.seasons.rollover.workdays import with_holidays


def checked(problem: Problem, chance: Random, folder: Path) -> Problem:
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


def workbook(folder: Path, chance: Random) -> Any:
    path = folder / "week.xlsx"
    try:
        return check(read_workbook(path), Roster())
    except InputError as error:
        if can_mark(error.faults) and chance.random() < 0.1:
            mark_faults(path, error.faults, folder, chance.choice(("en", "vi")))
        raise


def opened(folder: Path, chance: Random) -> Any:
    if chance.random() < 0.7:
        return checked(read_week(folder), chance, folder)
    hours, needs = folder / "opening.csv", folder / "needs.csv"
    return make_week(folder, hours, needs, replace=True).problem


def shared(folder: Path, chance: Random) -> Any:
    return checked(read_week(folder / "2026-12-07"), chance, folder)


def lists(folder: Path, chance: Random) -> Any:
    week = corpus.week()
    if chance.random() < 0.5:
        return read_changes(week, folder / "absent.xlsx", on_note=str)
    of = chance.choice((None, week))
    roster = read_roster(folder / "roster.xlsx", of=of, lenient=True, on_note=str)
    return check(week, roster)


def cells(folder: Path, chance: Random) -> Any:
    """Show the cells of a week, and mend one that is there or a little outside."""
    book = folder / "week.xlsx"
    week = book if book.exists() else folder
    titles = titles_of_week(week)
    if not titles:
        return titles
    title = chance.choice(titles)
    grid = rows_of_table(week, title)
    row, column = chance.randint(1, max(grid, default=0) + 3), chance.randint(1, 9)
    cells = grid.get(row, ())
    was = cells[column - 1] if column <= len(cells) else ""
    text = chance.choice(("", "7", "2026-12-07", "=x"))
    mend_cells(week, title, [CellText(row, column, was, text)])
    if week == book and chance.random() < 0.3:
        rename_table(week, title, title := chance.choice(("Notes", "Shifts")))
    return rows_of_table(week, title)


def shapes(folder: Path, _: Random) -> Any:
    return outlines_of(corpus.week(), read_areas(folder / "map.geojson"))


def matrix(folder: Path, _: Random) -> Any:
    week = corpus.week()
    order = [center.center_id for center in week.centers]
    return read_ways(folder / "matrix.json", week, order)


def order(folder: Path, _: Random) -> Any:
    return read_order(folder / "order.txt", corpus.week())


def sent(folder: Path, _: Random) -> Any:
    table = folder / "messages.csv"
    ticks_in(table)
    return read_sent(table, corpus.week(), on_note=str)


def roster(folder: Path, chance: Random) -> Any:
    of = chance.choice((None, corpus.week()))
    return check(corpus.week(), read_roster(folder / "roster.csv", of=of, on_note=str))


def ledger(path: Path) -> Any:
    ledger = read_ledger(path)
    ledger.history(corpus.week())
    ledger.totals()
    list(ledger.suggestions(corpus.week()))
    ledger_text(ledger, Path("ledger.csv"))
    assert Ledger.model_validate_json(ledger.to_json()) == ledger
    return ledger


def attendance(folder: Path, _: Random) -> Any:
    read_attendance(folder / "attendance.csv")
    args = (folder / "roster.csv", folder / "attendance.csv")
    return record_files(Ledger(), corpus.week(), *args)


def handed_in(folder: Path, chance: Random) -> Any:
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


def reserves(folder: Path, _: Random) -> Any:
    found = read_reserves(folder / "reserves.csv")
    write_reserves(corpus.week(), found, folder / "again.csv")
    assert read_reserves(folder / "again.csv") == found
    return found


def days(folder: Path, chance: Random) -> Any:
    problem = corpus.week() if chance.random() < 0.5 else None
    days = read_days(folder / "days.csv", problem)
    first = dt.date(2026, 12, 7)
    found = with_holidays(days, first, first, country="")
    return [found.at(c, first + dt.timedelta(i)) for c in corpus.week().centers for i in range(7)]


def result(folder: Path, _: Random) -> Any:
    path, problem = folder / "result.json", corpus.week()
    with contextlib.suppress(InputError):
        read_result_part(_Planned, path)
    found = read_outcome(path, problem, corpus.ROSTER, check(problem, corpus.ROSTER))
    return found.as_html(), found.to_json()


def answers(folder: Path, chance: Random) -> Any:
    found = read_answers(corpus.week(), *sorted(folder.iterdir()))
    write_availability(found.availability, folder / "availability.csv")
    understood_csv(corpus.week(), found, chance.choice(("en", "vi")))
    again = read_answers(corpus.week(), folder / "availability.csv")
    assert again.is_clear
    assert again.availability == found.availability, "windows changed when they were written"
    (folder / "availability.csv").unlink()
    return found


def gathered(folder: Path, chance: Random) -> Any:
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


def mapping(folder: Path, _: Random) -> Any:
    mapping = read_mapping(folder / "mapping.toml")
    found = read_answers(corpus.week(), folder / "form.csv", mapping=mapping)
    columns = [column for source in found.sources for column in source.columns]
    write_mapping(columns, folder / "again.toml", mapping)
    read_answers(corpus.week(), folder / "form.csv", mapping=read_mapping(folder / "again.toml"))
    (folder / "again.toml").unlink()
    return found


def batch(folder: Path, _: Random) -> Any:
    for name in ("week", "other"):
        (folder / name).mkdir(exist_ok=True)
    found = find_weeks(folder)
    for place in found:
        week = Path("run", place.name)
        assert len(week.parts) == 3, "a province leads out of the run"
        assert ".." not in week.parts, "a province leads out of the run"
    return found


def manifest(folder: Path, _: Random) -> Any:
    run = RunFolder(folder / "inner" / "run")
    run.manifest = run.read()
    outside = sorted(folder.iterdir())
    for name, entry in run.manifest.entries.items():
        for place in (run.path / name, run.path / f"{name}.failed", run.staged(entry.staging)):
            assert place.resolve().is_relative_to(run.path), "an entry leads out of the run"
        reason(entry.outcome, Words("vi"))
    assert sorted(folder.iterdir()) == outside
    return run.manifest


def contents(folder: Path, _: Random) -> Any:
    return is_own(folder), is_intact(folder, file_digest(folder / "contents.json"))


def owner(folder: Path, _: Random) -> Any:
    raise _taken(folder)


def notes(folder: Path, _: Random) -> Any:
    return read_notes(folder / "calendars"), revisions_in(folder)


def parcel(folder: Path, _: Random) -> Any:
    inner = folder / "inner"
    inner.mkdir(exist_ok=True)
    return unpack_job((folder / "parcel.zip").read_bytes(), inner)


def record(folder: Path, _: Random) -> Any:
    """Read a record, and then add to it."""
    with contextlib.closing(open_store(folder)) as store:
        found = store.entries()
        for version in range(3):
            store.roster(version)
        added = store.append(lambda _: [(Told(version=1), None)])
        assert store.entries() == [*found, *added]
        return found


def visits(folder: Path, chance: Random) -> Any:
    """Read a log and its closed days, and say what was found in it."""
    history = read_visits(folder / "visits.csv", corpus.week(), closed=folder / "closed.csv")
    say = Words(chance.choice(("en", "vi")))
    assert all(map(say, history.report.messages))
    assert history.counts.requests.sum() >= 0
    return history
