"""The command `new-week`: what it writes, tells and refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from commands import run
from openpyxl import load_workbook
from rolling import NEXT, WORKED, dates, office

from shiftplan import (
    read_week,
    write_roster,
    write_week,
)
from shiftplan.files import read_days, write_ledger, write_problem
from shiftplan.present.words import Words
from shiftplan.problem.changes import Arrival
from shiftplan.record import open_week
from shiftplan.seasons import Ledger, Turnout, new_week
from shiftplan.testing.pictures import MONDAY, parse
from shiftplan.week.records import Availability, Volunteer


def renew(tmp_path: Path, *more: object) -> tuple[int, str]:
    arguments = ["new-week", "--from", tmp_path / "last", "--start", NEXT, *more]
    done = run(*arguments)
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A worked week with days.csv, roster and ledger."""
    last = office()
    write_week(last, tmp_path / "last")
    write_roster(last, WORKED, tmp_path / "roster.csv")
    write_ledger(Ledger.begin(last).record(last, WORKED), tmp_path / "ledger.json")
    rows = f"date,state,note\n{NEXT + dt.timedelta(2)},closed,Diễn tập\n"
    (tmp_path / "last" / "days.csv").write_text(rows, encoding="utf-8")
    return tmp_path


def test_the_command_writes_the_next_week_and_tells_what_is_closed(folder: Path) -> None:
    """Beside the last one, with its days.csv; a second run needs --replace."""
    code, text = renew(folder, "--roster", folder / "roster.csv", "--lang", "vi")

    assert code == 0, text
    assert "Nghỉ thứ Tư 16/12 (Diễn tập): bỏ 1 ca của 1 trung tâm." in text
    made = read_week(folder / f"week-{NEXT}")
    assert len(made.shifts) == 6
    assert made.history[0].worked_in_a_row == 4
    assert (folder / f"week-{NEXT}" / "days.csv").exists()
    assert renew(folder)[0] == 2
    assert renew(folder, "--replace")[0] == 0


def test_dates_may_be_typed_with_the_day_first(folder: Path) -> None:
    """As in Vietnam, in every option that takes a date."""
    closed = f"{NEXT + dt.timedelta(1):%d/%m/%Y}"
    start = f"{NEXT:%d/%m/%Y}"

    done = run("new-week", "--from", folder / "last", "--start", start, "--closed", closed)

    assert done.exit_code == 0, done.output
    made = read_week(folder / f"week-{NEXT}")
    assert made.horizon.start == NEXT
    assert {shift.day for shift in made.shifts}.isdisjoint({NEXT + dt.timedelta(1)})


def test_a_workbook_has_its_closed_days_on_a_sheet(folder: Path) -> None:
    """They go with the new week as days.csv, so that the week after it knows them too."""
    book = folder / "last.xlsx"
    write_problem(office(), book)
    sheets = load_workbook(book)
    closed = sheets.create_sheet("Ngày nghỉ")
    for row in (["Ngày", "Trạng thái", "Nơi áp dụng", "Ghi chú"], [NEXT + dt.timedelta(2), "nghỉ"]):
        closed.append(row)
    closed["C2"], closed["D2"] = "home", "Diễn tập"
    sheets.save(book)
    out = folder / "next"
    done = run("new-week", "--from", book, "--start", NEXT, "--out", out, "--lang", "vi")

    assert done.exit_code == 0, done.output
    assert "Nghỉ thứ Tư 16/12 (Diễn tập): bỏ 1 ca của 1 trung tâm." in done.output
    assert "không dùng đến" not in done.output
    assert read_days(out / "days.csv") == read_days(book)


def test_days_that_are_a_link_out_of_the_last_week_are_not_carried_on(folder: Path) -> None:
    """Nothing of the file they lead to is told or copied."""
    days = folder / "last" / "days.csv"
    days.rename(folder / "secret.csv")
    days.symlink_to("../secret.csv")

    code, text = renew(folder)

    assert code == 2
    assert "link to a file outside the folder" in text
    assert "Diễn tập" not in text
    assert not (folder / f"week-{NEXT}").exists()


def test_the_command_tells_weekends_that_it_does_not_know(folder: Path) -> None:
    """The last Sunday was closed; it says what to do."""
    rows = f"date,state\n{MONDAY + dt.timedelta(6)},closed\n"
    (folder / "closed.csv").write_text(rows, encoding="utf-8")
    last = office(dict.fromkeys(range(5), "M"))
    write_week(last, folder / "week")

    code, text = renew(folder, "--days", folder / "closed.csv", "--out", folder / "next")

    assert code == 0, text
    assert "No shifts on Sun 20 Dec" in text
    assert "--open" in text


@pytest.mark.parametrize(
    ("like", "lang", "says"),
    [
        ("", "en", "No shifts on Sat 19 Dec at 1 center, although hours are given"),
        ("", "vi", "Không có ca vào thứ Bảy 19/12 ở 1 trung tâm, dù đã ghi giờ mở cửa"),
        ("fri", "en", "Outside the hours on Sat 19 Dec (usual): 1 shift of 1 center left out."),
        ("fri", "vi", "Ngoài giờ mở cửa thứ Bảy 19/12 (usual): bỏ 1 ca của 1 trung tâm."),
    ],
)
def test_the_command_tells_what_hours_of_a_weekday_do(
    folder: Path, like: str, lang: str, says: str
) -> None:
    """Without shifts to copy they make none; shifts outside them are not called closed."""
    rows = f"weekdays,state,start,end,like,note\nsat,open,07:00,12:00,{like},usual\n"
    (folder / "hours.csv").write_text(rows, encoding="utf-8")
    write_week(office(dict.fromkeys(range(5), "MA")), folder / "week")
    given = ("--days", folder / "hours.csv", "--out", folder / "next", "--lang", lang)

    done = run("new-week", "--from", folder / "week", "--start", NEXT, *given)

    assert done.exit_code == 0, done.output
    assert says in done.output


def test_the_command_opens_and_closes_dates(folder: Path) -> None:
    """What the command says goes before days.csv; both at once is refused."""
    wednesday, friday = NEXT + dt.timedelta(2), NEXT + dt.timedelta(4)
    out = ("--out", folder / "next", "--ledger", folder / "ledger.json")

    code, text = renew(folder, *out, "--open", wednesday, "--closed", friday)

    assert code == 0, text
    assert dates(read_week(folder / "next")) == ["Mon", "Tue", "Wed", "Thu", "Sat", "Sun"]
    assert renew(folder, "--open", friday, "--closed", friday)[0] == 2


@pytest.mark.parametrize("option", ["--open", "--closed"])
def test_a_date_of_neither_week_is_refused(folder: Path, option: str) -> None:
    """A mistyped year would close nothing; a date of the last week may explain what it lacks."""
    code, text = renew(folder, option, NEXT - dt.timedelta(365))
    assert code == 2
    assert "2025-12-14 is in neither of the two weeks" in text
    assert not (folder / f"week-{NEXT}").exists()

    assert renew(folder, option, MONDAY)[0] == 0


def test_the_first_date_may_be_called_monday(folder: Path) -> None:
    """Most weeks begin on one, so that people look for it under that name."""
    done = run("new-week", "--from", folder / "last", "--monday", NEXT, "--out", folder / "next")

    assert done.exit_code == 0, done.output
    assert read_week(folder / "next").horizon.start == NEXT


@pytest.mark.parametrize("name", ["next.xlsx", "next.xltx", "next.csv"])
def test_the_command_writes_no_workbook(folder: Path, name: str) -> None:
    """A week is written as a folder or JSON, and no folder gets the name of a workbook."""
    assert renew(folder, "--out", folder / name)[0] == 2
    assert not (folder / name).exists()


def test_faults_write_nothing(folder: Path) -> None:
    """A week that does not fit, and a file of days with a wrong name."""
    (folder / "bad.csv").write_text("date,state,where\n2026-12-16,closed,hme\n", encoding="utf-8")

    code, text = renew(folder, "--days", folder / "bad.csv", "--out", folder / "next")

    assert code == 2
    assert "bad.csv, row 2, column where" in text
    assert not (folder / "next").exists()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A worked week of a province whose rules and centers lie above its weeks."""
    province = tmp_path / "an"
    write_week(office(), province / f"{MONDAY}")
    for name in ("rules", "centers", "services"):
        (province / f"{MONDAY}" / f"{name}.csv").rename(province / f"{name}.csv")
    rows = f"date,state,note\n{NEXT + dt.timedelta(2)},closed,Diễn tập\n"
    (province / "days.csv").write_text(rows, encoding="utf-8")
    return province


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_shared_tables_stay_above_the_next_week(shared: Path, lang: str) -> None:
    """They are not copied, and what is closed for all is not either; the week reads whole."""
    before = {file.name: file.read_bytes() for file in shared.glob("*.csv")}
    done = run("new-week", "--from", shared / f"{MONDAY}", "--start", NEXT, "--lang", lang)
    told = {
        "en": "../centers.csv, ../services.csv and ../rules.csv stay shared; they were not copied.",
        "vi": "../centers.csv, ../services.csv và ../rules.csv vẫn dùng chung nên không chép sang.",
    }

    assert done.exit_code == 0, done.output
    assert told[lang] in done.output
    made = shared / f"week-{NEXT}"
    names = {file.name for file in made.iterdir()}
    assert not names & {"centers.csv", "services.csv", "rules.csv", "days.csv"}
    assert len(read_week(made).shifts) == 6
    assert read_week(made).rules == office().rules
    assert {file.name: file.read_bytes() for file in shared.glob("*.csv")} == before


def test_a_next_week_elsewhere_has_all_tables(shared: Path, tmp_path: Path) -> None:
    """Where it could not take them from the same files, it gets copies; so does JSON."""
    last = ("new-week", "--from", shared / f"{MONDAY}", "--start", NEXT, "--out")
    for place in (tmp_path / "other" / f"{NEXT}", shared / "next"):
        done = run(*last, place)
        assert done.exit_code == 0, done.output
        assert "stay shared" not in done.output
        assert {file.name for file in place.iterdir()} >= {"centers.csv", "rules.csv", "days.csv"}
        assert len(read_week(place).shifts) == 6
    assert run(*last, shared / "next.json").exit_code == 0


def test_a_shared_rule_with_dates_is_copied_with_its_new_dates(shared: Path) -> None:
    """The rules of the next week are not those of all weeks."""
    rules = "rule,level,weight,first_day\nstability,2,5," + f"{MONDAY}\ncoverage,1,100,\n"
    (shared / "rules.csv").write_text(rules)
    done = run("new-week", "--from", shared / f"{MONDAY}", "--start", NEXT)

    assert done.exit_code == 0, done.output
    made = shared / f"week-{NEXT}"
    assert f"{NEXT}" in (made / "rules.csv").read_text()
    assert not (made / "centers.csv").exists()


def test_show_rates_are_learned_from_the_ledger(folder: Path) -> None:
    """And said; --keep-show-rates leaves them, and so does a ledger without attendance."""
    last = office()
    absent = [Turnout(shift_id=f"M{day}", volunteer_id="ana", state="absent") for day in (3, 4, 5)]
    book = folder / "ledger.json"
    plain = renew(folder, "--ledger", book, "--out", folder / "plain")[1]
    write_ledger(Ledger.begin(last).record(last, WORKED, absent), book)

    code, text = renew(folder, "--ledger", book, "--out", folder / "new")
    kept = renew(folder, "--ledger", book, "--keep-show-rates", "--out", folder / "kept")[1]

    assert code == 0, text
    said = "show_rate was learned from the ledger and changed for 2 of 2 people"
    assert said in " ".join(text.split())
    assert "was learned" not in plain + kept
    rates = {v.volunteer_id: v.show_rate for v in read_week(folder / "new").volunteers}
    assert 0.3 < rates["ana"] < rates["bob"] < 1
    for name in ("plain", "kept"):
        assert {v.show_rate for v in read_week(folder / name).volunteers} == {1.0}


def test_ill_people_keep_their_show_rate(folder: Path) -> None:
    """The same rates, whether somebody was ill or not planned on these days."""
    last = office()
    ill = [Turnout(shift_id=f"M{day}", volunteer_id="ana", state="excused") for day in (3, 4, 5)]
    well = parse("ana M . . . . . M\nbob . M . . . . .")

    found = []
    for roster, rows in ((WORKED, ill), (well, [])):
        ledger = Ledger.begin(last).record(last, roster, rows)
        found.append(new_week(last, NEXT, ledger=ledger).problem.volunteers)

    assert found[0] == found[1]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_people_who_are_only_in_the_record_are_named(folder: Path, lang: str) -> None:
    """They came during the week, and its files do not have them."""
    window = Availability(
        volunteer_id="kieu", start=dt.datetime(2026, 12, 7, 7), end=dt.datetime(2026, 12, 7, 11)
    )
    person = Volunteer(volunteer_id="kieu", name="Trương Thị Kiều")
    open_week(folder / "last").record(Arrival(volunteer=person, windows=(window,)))

    code, text = renew(folder, "--lang", lang)

    told = Words(lang)("weeks.new_week_without", n=1, people="Trương Thị Kiều (kieu)")
    assert code == 0
    assert told in text
