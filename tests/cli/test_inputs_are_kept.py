"""Commands never write over what they read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import run
from visit_logs import MONDAY, week

from shiftplan import write_week
from shiftplan.errors import InputError
from shiftplan.files.whole import write_texts
from shiftplan.present import write_workbook
from shiftplan.seasons import Ledger

LOG = "center_id,arrived,services\n" + "".join(
    f"A1,2026-11-{day:02d} 08:30,flow\n" for day in (23, 24, 25, 26, 27, 30)
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a week, its log and known events."""
    write_week(week(), tmp_path / "week")
    (tmp_path / "visits.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "closed.csv").write_text("center_id,date\n*,2026-11-22\n", encoding="utf-8")
    expected = "center_id,date,start,end,service_id,arrivals\n"
    (tmp_path / "week" / "demand.csv").write_text(expected, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("shift_id,volunteer_id\n", encoding="utf-8")
    events = f"where,name,first_date,last_date,factor\n,fair,{MONDAY},,2\n"
    (tmp_path / "events.csv").write_text(events, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FORECAST = ("forecast", "week", "--visits", "visits.csv", "--events", "events.csv")


@pytest.mark.parametrize(
    ("arguments", "option", "named"),
    [
        (FORECAST, "--out", "visits.csv"),
        (FORECAST, "--out", "closed.csv"),
        (FORECAST, "--out", "events.csv"),
        (FORECAST, "--out", "week/shifts.csv"),
        (FORECAST, "--out", "./week/../visits.csv"),
        ((*FORECAST, "--learn"), "--out", "week/demand.csv"),
        ((*FORECAST, "--learn"), "--ledger", "visits.csv"),
        (FORECAST, "--report", "visits.csv"),
        (FORECAST, "--report", "week/demand.csv"),
        (("staff", "week"), "--out", "week/shifts.csv"),
        (("simulate", "week", "roster.csv"), "--out", "roster.csv"),
        (("simulate", "week", "roster.csv"), "--out", "week/centers.csv"),
        (("report", "week", "roster.csv"), "--out", "roster.csv"),
    ],
)
def test_input_is_not_written_over(
    place: Path, arguments: tuple[str, ...], option: str, named: str
) -> None:
    """Neither a log of years nor a table of the week is lost by a slip."""
    before = Path(named).read_bytes()

    done = run(*arguments, option, named)

    assert done.exit_code == 2, done.output
    assert "is read by this command" in done.stderr
    assert Path(named).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("plan", "roster.xlsx", "--time-limit", "1", "--out", "."), "roster.xlsx"),
        (("plan", "week", "--out", "new"), "new/changes.csv"),
        (("repair", "roster.xlsx", "--absent", "V1", "--out", "."), "roster.xlsx"),
        (("repair", "told", "--changes", "new/changes.csv", "--out", "new"), "new/changes.csv"),
        (("publish", "roster.xlsx", "roster.csv", "--out", "."), "roster.xlsx"),
        (("ledger", "ledger.json", "--history", "ledger.json"), "ledger.json"),
        (("ledger", "ledger.json", "--show-rates", "./ledger.json"), "ledger.json"),
        (
            ("ledger", "ledger.json", "--next", "week", "--history", "week/shifts.csv"),
            "week/shifts.csv",
        ),
        (("ledger", "ledger.json", "--history", "a.csv", "--out", "a.csv"), "ledger.json"),
        (("ways", "roster.xlsx", "visits.csv", "--out", "roster.xlsx"), "roster.xlsx"),
        (("ways", "week", "visits.csv", "--out", "visits.csv"), "visits.csv"),
        (("history", "told", "--out", "."), "week/shifts.csv"),
        (("history", "told", "--out", "new"), "new/changes.csv"),
        (("tradeoff", "week", "--out", "drawn"), "drawn/roster-1.csv"),
    ],
)
def test_nothing_is_lost_by_a_slip(place: Path, arguments: tuple[str, ...], named: str) -> None:
    """A week under the name of a result, a ledger, the week beside, files of another command."""
    write_week(week(), place / "told")
    write_workbook(week(), place / "roster.xlsx")
    (place / "ledger.json").write_text(Ledger().to_json(), encoding="utf-8")
    for file in ("new/changes.csv", "drawn/roster-1.csv"):
        (place / file).parent.mkdir()
        (place / file).write_text("change,volunteer_id\nabsence,V1\n", encoding="utf-8")
    before = Path(named).read_bytes()

    done = run(*arguments)

    assert done.exit_code == 2, done.output
    assert "choose another" in done.stderr
    assert Path(named).read_bytes() == before


def test_pictures_of_others_are_kept(place: Path) -> None:
    """A week without coordinates has no map; one of an earlier run is removed, another is not."""
    (place / "map.png").write_bytes(b"mine")
    (place / "drawn").mkdir()
    for name in ("map.png", "load.png"):
        (place / "drawn" / name).write_bytes(b"before")

    for out in (".", "drawn"):
        assert run("charts", "week", "roster.csv", "--out", out).exit_code == 0

    assert (place / "map.png").read_bytes() == b"mine"
    assert not (place / "drawn" / "map.png").exists()


def test_log_called_like_the_quantiles_is_kept(place: Path) -> None:
    """forecast.csv is written beside the demand; a log of that name stays."""
    os.rename("visits.csv", "forecast.csv")

    done = run("forecast", "week", "--visits", "forecast.csv", "--out", "demand.csv")

    assert done.exit_code == 2, done.output
    assert Path("forecast.csv").read_text(encoding="utf-8") == LOG


def test_demand_of_the_week_may_be_written_again(place: Path) -> None:
    """It is what the command is for."""
    done = run(*FORECAST, "--out", "week/demand.csv")

    assert done.exit_code == 0, done.output


def test_table_and_page_are_not_one_file(place: Path) -> None:
    done = run(*FORECAST, "--out", "both.csv", "--report", "both.csv")

    assert done.exit_code == 2
    assert not Path("both.csv").exists()


def test_demand_is_no_workbook(place: Path) -> None:
    """Text under the name of a workbook opens in no program."""
    done = run(*FORECAST, "--out", "demand.xlsx")

    assert done.exit_code == 2
    assert ".csv" in done.stderr


def test_no_file_takes_the_place_of_a_device(tmp_path: Path) -> None:
    """Such as /dev/null, which the whole machine needs; here a pipe with a name."""
    pipe, other = tmp_path / "pipe", tmp_path / "other.csv"
    os.mkfifo(pipe)

    with pytest.raises(InputError):
        write_texts({other: "text", pipe: "text"})

    assert pipe.is_fifo()
    assert [*tmp_path.iterdir()] == [pipe]
