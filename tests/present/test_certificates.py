"""Certificates of what people worked: what a ledger knows, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from commands import run

from shiftplan.present.certificates import certificates_csv, certificates_of, certificates_page
from shiftplan.seasons import Ledger, Turnout
from shiftplan.seasons.ledger import LevelUp
from shiftplan.testing.pictures import MONDAY, parse, plan

SECOND = MONDAY + dt.timedelta(7)
NAMES = {"ana": {"name": "<b>Ana"}, "bob": {"name": "=1+1"}}


def week(start: dt.date):
    return plan("M", "ana bob cho", 7, start=start, each=NAMES)


@pytest.fixture
def ledger() -> Ledger:
    """Mornings of 4 hours: ana 2 planned and then 1 she came to, bob 1 missed and 1 as planned."""
    first = Ledger().record(week(MONDAY), parse("ana  M M . .\nbob  M . . ."))
    missed = [Turnout(shift_id="M1", volunteer_id="bob", state="absent")]
    kept = first.record(week(SECOND), parse("ana  M . . .\nbob  . M . ."), missed)
    up = LevelUp(volunteer_id="ana", skill_id="portal", level=2, day=SECOND)
    return kept.model_copy(update={"training": (up,)})


def test_shifts_count_that_were_worked(ledger: Ledger) -> None:
    """Ana 3 shifts of 4 hours in two weeks, bob one, cho none; a missed shift does not count."""
    ana, bob = certificates_of(ledger)

    assert (ana.volunteer_id, ana.shifts, ana.hours, ana.weeks) == ("ana", 3, 12, 2)
    assert (bob.volunteer_id, bob.shifts, bob.hours, bob.weeks) == ("bob", 1, 4, 1)
    assert (ana.first, ana.last) == (MONDAY, SECOND)


def test_weeks_without_attendance_are_told(ledger: Ledger) -> None:
    """In the first week nobody noted who came: its shifts count as planned, and that is said."""
    found = {one.volunteer_id: one.unrecorded_weeks for one in certificates_of(ledger)}

    assert found == {"ana": 1, "bob": 1}
    assert "recorded attendance: 1 of 2;" in certificates_page(certificates_of(ledger), "en")


def test_only_weeks_and_levels_since_a_date_count(ledger: Ledger) -> None:
    """From the second week on there is only ana; the level was confirmed on its first date."""
    (ana,) = certificates_of(ledger, SECOND)
    later = certificates_of(ledger, SECOND + dt.timedelta(7))

    assert (ana.volunteer_id, ana.shifts, ana.unrecorded_weeks) == ("ana", 1, 0)
    assert [(up.skill_id, up.level) for up in ana.levels] == [("portal", 2)]
    assert later == ()


def test_names_are_text_on_the_page_and_in_the_table(ledger: Ledger) -> None:
    """Neither a tag nor a formula."""
    found = certificates_of(ledger)

    page, table = certificates_page(found), certificates_csv(found)

    assert "<b>Ana" not in page
    assert "&lt;b&gt;Ana" in page
    assert "'=1+1" in table


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Certificate of volunteer work"), ("vi", "Giấy chứng nhận")]
)
def test_the_command_writes_a_sheet_for_each_person(tmp_path, ledger, lang, says) -> None:
    """The table has the same people."""
    book = tmp_path / "ledger.json"
    book.write_text(ledger.to_json(), encoding="utf-8")
    out = tmp_path / "thanks"

    done = run("ledger", book, "--certificates", out, "--lang", lang)

    assert done.exit_code == 0, done.output
    page = (out / "certificates.html").read_text(encoding="utf-8")
    assert page.count("<article>") == 2
    assert says in page
    with (out / "certificates.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["hours"] for row in csv.DictReader(file)] == ["12.00", "4.00"]
