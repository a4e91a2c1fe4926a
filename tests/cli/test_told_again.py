"""What people read when the week has changed since they were told: moved and cancelled shifts."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import letters, run
from openpyxl import load_workbook

from shiftplan import (
    Center,
    Problem,
    Requirement,
    Roster,
    write_roster,
    write_week,
)
from shiftplan.present.words import Words
from shiftplan.record import open_week
from shiftplan.testing.pictures import parse, plan

FIRST = parse("ana M A\nbob M .")


def week(**fields: Any) -> Problem:
    """Two people, who stay in their shifts."""
    needs = [Requirement(shift_id=s, target=t) for s, t in (("M0", 2), ("A1", 1))]
    centers = (Center(center_id="home", name="Xã Định Hòa", type="xã"),)
    each = {"ana": {"name": "Đặng Thị An"}, "bob": {"name": "Bùi Văn Ba", "phone": "0912345678"}}
    usual = {"centers": centers, "each": each, "requirements": needs}
    return plan("MA", "ana bob", 2, **{**usual, **fields})


def publish(folder: Path, problem: Problem, roster: Roster, *more: str) -> None:
    """Write the week and publish a roster of it, always into the same folder."""
    write_week(problem, folder / "week")
    write_roster(problem, roster, folder / "roster.csv")
    given = (folder / "week", folder / "roster.csv", "--out", folder / "told", *more)
    done = run("publish", *given)
    assert done.exit_code == 0, done.output


def lines(folder: Path, who: str) -> list[str]:
    (file,) = (folder / "told" / "messages").glob(f"*({who}).txt")
    return file.read_text(encoding="utf-8").splitlines()


def test_a_shift_that_the_files_have_moved_is_told_as_moved(tmp_path: Path) -> None:
    """The roster is the same; the hours in the table of shifts are not."""
    problem = week()
    publish(tmp_path, problem, FIRST)
    later = dt.timedelta(hours=1)
    shifts = [
        s.model_copy(update={"start": s.start + later, "end": s.end + later} if i else {})
        for s in problem.shifts
        for i in (s.shift_id == "M0",)
    ]

    publish(tmp_path, week(shifts=shifts), FIRST, "--deadline", "2026-12-06 18:00")

    assert letters(tmp_path / "told") == {"ana", "bob", "center-home"}
    assert lines(tmp_path, "bob") == [
        "Hello Bùi Văn Ba,",
        "there is a change to your shifts from Mon 07 Dec to Tue 08 Dec:",
        "- Instead of Mon 07 Dec, morning (07:00–11:00), Xã Định Hòa, you now have "
        "Mon 07 Dec, morning (08:00–12:00), Xã Định Hòa, with Đặng Thị An",
        "You have no other shifts in this period.",
        "Please confirm by 18:00 on Sun 06 Dec.",
        "If you cannot come, please tell your coordinator as early as you can. Thank you!",
    ]
    assert lines(tmp_path, "center-home")[1] == (
        "- Mon 07 Dec, morning (07:00–11:00) is now Mon 07 Dec, morning (08:00–12:00): "
        "Đặng Thị An, Bùi Văn Ba"
    )


def test_a_shift_that_the_files_have_lost_is_told_as_cancelled(tmp_path: Path) -> None:
    """In messages and in calendars; bob, whose week is as it was, reads nothing."""
    problem = week()
    publish(tmp_path, problem, FIRST)
    left = [s for s in problem.shifts if s.shift_id != "A1"]
    needs = [n for n in problem.requirements if n.shift_id != "A1"]

    now = week(shifts=left, requirements=needs)
    publish(tmp_path, now, parse("ana M .\nbob M ."), "--lang", "vi")

    assert letters(tmp_path / "told") == {"ana", "center-home"}
    said = "- Hủy ca thứ Ba 08/12, chiều (13:00–17:00), xã Định Hòa"
    assert lines(tmp_path, "ana")[2] == said
    calendar = (tmp_path / "told" / "calendars" / "ana.ics").read_text(encoding="utf-8")
    assert calendar.count("STATUS:CANCELLED") == 1


def test_late_changes_that_move_a_shift_are_told_by_calendars_too(tmp_path: Path) -> None:
    """The old roster was told for the week without them."""
    problem = week()
    write_week(problem, tmp_path / "week")
    write_roster(problem, FIRST, tmp_path / "roster.csv")
    (tmp_path / "changes.csv").write_text(
        "change,shift_id,date,start,end\nmoved,A1,2026-12-08,14:00,18:00\n"
    )
    old, late = tmp_path / "roster.csv", tmp_path / "changes.csv"

    done = run(
        "calendars", tmp_path / "week", old, "--before", old, "--changes", late,
        "--out", tmp_path / "told",
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    assert letters(tmp_path / "told") == {"ana", "center-home"}
    assert "you now have Tue 08 Dec, afternoon (14:00–18:00)" in lines(tmp_path, "ana")[2]


def test_nothing_is_told_where_ticks_would_be_lost(tmp_path: Path) -> None:
    """A table that cannot be read is refused before the record says that people know."""
    publish(tmp_path, week(), FIRST)
    table = tmp_path / "told" / "messages" / "messages.csv"
    table.write_text("somebody's own text")

    done = run("publish", tmp_path / "week", tmp_path / "roster.csv", "--out", tmp_path / "told")

    assert done.exit_code == 2
    assert "messages.csv" in done.stderr
    assert table.read_text() == "somebody's own text"
    assert open_week(tmp_path / "week").now.state.times_told == 1


def test_ticked_messages_are_recorded_and_stay(tmp_path: Path) -> None:
    """Sent to ana and bob; publishing the same roster to the center keeps what was ticked."""
    publish(tmp_path, week(), FIRST)
    table = tmp_path / "told" / "messages" / "messages.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",2026-12-07\n", "x,2026-12-07\n", 2), encoding="utf-8")

    done = run("record", tmp_path / "week", "--sent", table)

    assert done.exit_code == 0, done.output
    again = run("record", tmp_path / "week", "--sent", table.with_name("messages.xlsx"))
    assert again.exit_code == 0, again.output
    people = {(1, "volunteer", "ana"), (1, "volunteer", "bob")}
    assert open_week(tmp_path / "week").now.state.sent == people
    publish(tmp_path, week(), parse("ana M .\nbob M A"))
    assert "center-home" in letters(tmp_path / "told")
    assert lines(tmp_path, "center-home")[0] == (
        "Xã Định Hòa: on duty from Mon 07 Dec to Tue 08 Dec"
    )


def test_a_table_without_any_tick_says_how_to_tick(tmp_path: Path) -> None:
    """Handed in before anything was ticked, or not saved since: nothing is recorded."""
    publish(tmp_path, week(), FIRST)
    table = tmp_path / "told" / "messages" / "messages.csv"

    done = run("record", tmp_path / "week", "--sent", table)

    assert done.exit_code == 0, done.output
    assert Words("en")("record.nothing_ticked", path=table) in done.stderr
    assert not open_week(tmp_path / "week").now.state.sent


def test_messages_that_were_never_sent_are_written_whole_again(tmp_path: Path) -> None:
    """Only bob was sent the first message; ana, who loses a shift later, reads all of hers."""
    publish(tmp_path, week(), FIRST)
    (tmp_path / "sent.csv").write_text("kind,id,sent\nvolunteer,bob,x\n", encoding="utf-8")
    sent = run("record", tmp_path / "week", "--sent", tmp_path / "sent.csv")
    assert sent.exit_code == 0, sent.output
    shutil.rmtree(tmp_path / "told")

    publish(tmp_path, week(), parse("ana M .\nbob M A"))
    hers, his = (" ".join(lines(tmp_path, who)) for who in ("ana", "bob"))
    assert "there is a change" in his
    assert "there is a change" not in hers
    assert "Mon 07 Dec" in hers

    done = run("publish", tmp_path / "week", 2, "--out", tmp_path / "told", "--whole")
    assert done.exit_code == 0, done.output
    assert "there is a change" not in " ".join(lines(tmp_path, "bob"))


def test_a_person_whom_the_files_no_longer_have_is_told_by_id(tmp_path: Path) -> None:
    """Bob's rows are gone: message and calendar cancel what he had, now and in later versions."""
    publish(tmp_path, week(), FIRST)
    problem = plan("MA", "ana", 2, requirements=week().requirements, centers=week().centers)
    write_week(problem, tmp_path / "week")
    write_roster(problem, parse("ana M A"), tmp_path / "roster.csv")

    given = (tmp_path / "week", tmp_path / "roster.csv", "--out", tmp_path / "told")
    done = run("publish", *given, "--even-if-poor")

    assert done.exit_code == 0, done.output
    assert "the week no longer has bob" in " ".join(done.stderr.split())
    assert lines(tmp_path, "center-home")[1].endswith("no longer bob (still missing: 1)")
    message = tmp_path / "told" / "messages" / "bob.txt"
    assert message.read_text().splitlines() == [
        "Hello bob,",
        "there is a change to your shifts from Mon 07 Dec to Tue 08 Dec:",
        "- No longer Mon 07 Dec, morning (07:00–11:00), Xã Định Hòa",
        "You have no shifts left in this period. Thank you!",
    ]
    both = run("calendars", tmp_path / "week", "--before", 1, "--out", tmp_path / "calendars")
    assert both.exit_code == 0, both.output
    assert (tmp_path / "calendars" / "messages" / "bob.txt").read_text() == message.read_text()
    table = tmp_path / "told" / "messages" / "messages.csv"
    table.write_text(table.read_text().replace(",,,2026-12-07", ",,x,2026-12-07"))
    sent = run("record", tmp_path / "week", "--sent", table)
    assert "sent to 1 person" in " ".join(sent.stdout.split()), sent.output
    write_roster(problem, parse("ana M ."), tmp_path / "roster.csv")
    again = run("publish", tmp_path / "week", tmp_path / "roster.csv", *given[2:], "--even-if-poor")
    assert again.exit_code == 0, again.output
    assert not message.exists()
    calendar = (tmp_path / "told" / "calendars" / "bob.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == calendar.count("STATUS:CANCELLED") == 1


@pytest.mark.parametrize("is_planned", [False, True])
def test_the_same_roster_is_not_told_as_a_new_version(tmp_path: Path, is_planned: bool) -> None:
    """As a file, or as a newer draft: the first messages stay, and so does what was told."""
    publish(tmp_path, week(), FIRST)
    before = {owner: lines(tmp_path, owner) for owner in letters(tmp_path / "told")}
    if is_planned:
        open_week(tmp_path / "week").draft(FIRST)
        given = run("publish", tmp_path / "week", "--out", tmp_path / "told")
        assert "already published: version 1" in given.stdout, given.output
        said = Words("vi")("record.is_drafted_same", version=2)
        assert said in run("status", tmp_path / "week", "--lang", "vi").stdout
    else:
        publish(tmp_path, week(), FIRST)

    assert {owner: lines(tmp_path, owner) for owner in letters(tmp_path / "told")} == before
    state = open_week(tmp_path / "week").now.state
    assert (state.times_told, state.version_told, len(state.versions)) == (1, 1, 1 + is_planned)


def test_changes_that_nobody_recorded_as_sent_are_told_with_the_next(tmp_path: Path) -> None:
    """bob gains a shift in version 2, forgotten; version 3 is about ana alone."""
    publish(tmp_path, week(), FIRST)
    table = tmp_path / "told" / "messages" / "messages.csv"
    table.write_text(table.read_text("utf-8").replace(",2026-12-07\n", "x,2026-12-07\n"), "utf-8")
    assert run("record", tmp_path / "week", "--sent", table).exit_code == 0
    publish(tmp_path, week(), parse("ana M .\nbob M A"))
    publish(tmp_path, week(), parse("ana . .\nbob M A"), "--even-if-poor")

    assert letters(tmp_path / "told") == {"ana", "bob", "center-home"}
    assert lines(tmp_path, "bob")[1] == "your shifts from Mon 07 Dec to Tue 08 Dec (2 in all):"
    assert lines(tmp_path, "ana")[1].startswith("we have no shift for you")
    assert lines(tmp_path, "center-home")[0].endswith(": on duty from Mon 07 Dec to Tue 08 Dec")
    status = run("status", tmp_path / "week").stdout
    assert "Not yet recorded as sent: 3 messages:" in status
    assert "Xã Định Hòa" in status.partition("recorded as sent")[2]
    assert "3 tin nhắn" in run("status", tmp_path / "week", "--lang", "vi").stdout


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_version_that_was_told_already_is_not_told_anew(tmp_path: Path, lang: str) -> None:
    """The first line says when; lost files are written again, whatever the week says by now."""
    publish(tmp_path, week(), FIRST)
    shutil.rmtree(tmp_path / "told")
    table = tmp_path / "week" / "shifts.csv"
    table.write_text(table.read_text().replace("07:00,11:00", "07:30,11:00"))

    done = run("publish", tmp_path / "week", 1, "--out", tmp_path / "told", "--lang", lang)

    live = open_week(tmp_path / "week")
    told = live.now.state.need_told().told
    assert told is not None
    at = live.files.horizon.local(told.at)
    assert done.stdout.splitlines()[0] == Words(lang)("record.told_before", version=1, at=at)
    assert letters(tmp_path / "told") == {"ana", "bob", "center-home"}
    assert "(07:00–11:00)" in lines(tmp_path, "bob")[2]
    assert live.now.state.times_told == 1


def test_who_comes_on_the_phone_is_not_asked_again(tmp_path: Path) -> None:
    """Neither by the next message nor in the list of those who have not answered."""
    publish(tmp_path, week(), FIRST, "--deadline", "2026-12-08 18:00")
    for said in (("--absent", "ana"), ("--called", "bob:A1:comes")):
        assert run("record", tmp_path / "week", *said).exit_code == 0

    publish(tmp_path, week(), parse("ana . .\nbob M A"), "--even-if-poor")

    assert lines(tmp_path, "bob")[1] == "thank you for stepping in! Here is what we agreed:"
    assert not any("confirm" in line for line in lines(tmp_path, "bob"))
    waiting = json.loads(run("status", tmp_path / "week", "--json").stdout)["unanswered"]
    assert waiting == [{"volunteer_id": "bob", "shift_ids": ["M0"]}]
    history = " ".join(run("history", tmp_path / "week").stdout.split())
    assert "version 1 published to 2 people" in history
    assert "version 2 published to 2 people" in history
    until = ("--deadline", "2026-12-08 19:00")
    publish(tmp_path, week(), parse("ana . .\nbob M A"), "--even-if-poor", *until)
    history = " ".join(run("history", tmp_path / "week").stdout.split())
    assert "version 3 published; nothing changed for anybody" in history
    assert any("19:00" in line for line in lines(tmp_path, "bob"))  # so he is asked again


def test_who_comes_on_the_phone_is_called_off_where_the_roster_is_withdrawn(tmp_path: Path) -> None:
    """No message tells it, since none told the shift."""
    publish(tmp_path, week(), FIRST)
    for said in (("--absent", "ana"), ("--called", "bob:A1:comes")):
        assert run("record", tmp_path / "week", *said).exit_code == 0

    done = run("publish", tmp_path / "week", "--withdraw", "--out", tmp_path / "told")

    said = [line for line in done.stderr.splitlines() if "phone" in line or "bob" in line]
    told = "Call to cancel: 1 shift that was agreed on the phone is no longer in the roster."
    assert said[0] == told
    assert len(said) == 2
    assert "Bùi Văn Ba (bob)" in said[1]
    assert "13:00" in said[1]


def test_a_moved_shift_changes_something_for_its_people(tmp_path: Path) -> None:
    """The assignments are the same, and yet two people are told another hour."""
    publish(tmp_path, week(), FIRST)
    (tmp_path / "moved.csv").write_text(
        "change,shift_id,date,start,end\nmoved,M0,2026-12-07,08:00,12:00\n", encoding="utf-8"
    )
    run("record", tmp_path / "week", "--changes", tmp_path / "moved.csv")

    repaired = run("repair", tmp_path / "week", "--out", tmp_path / "draft", "--workers", 1)
    told = run("publish", tmp_path / "week", "--out", tmp_path / "told")
    compared = " ".join(run("diff", tmp_path / "week", 1, 2).stdout.split())

    for said in (repaired.stdout, told.stdout):
        assert "changes something for 2 people" in said
    assert "2 of the assignments kept are in shifts that were moved." in repaired.stdout
    moved = "M0, Xã Định Hòa, Mon 07 Dec {}"
    old, new = moved.format("07:00–11:00"), moved.format("08:00–12:00")
    assert f"{new} instead of {old}" in " ".join(repaired.stdout.split())
    assert compared.count(f"Moved: {old} → {new}") == 2
    tables = [(tmp_path / out / "changes.csv").read_text() for out in ("draft", "told")]
    assert tables[0] == tables[1]
    assert tables[0].splitlines()[1:3] == [
        f"ana,M0,{change},the shift was moved,Đặng Thị An,Xã Định Hòa,2026-12-07,{hours},,M0"
        for change, hours in (("removed", "07:00,11:00"), ("added", "08:00,12:00"))
    ]
    book = load_workbook(tmp_path / "told" / "roster.xlsx")
    hours = [cell.value for cell in book["Changes"]["E"]]
    assert hours[-4:] == ["08:00–12:00", "07:00–11:00"] * 2


def test_a_withdrawal_never_suggests_publishing_what_it_withdrew(tmp_path: Path) -> None:
    """The hint for messages that were never sent would tell the withdrawn roster again."""
    publish(tmp_path, week(), FIRST)

    gone = run("publish", tmp_path / "week", "--out", tmp_path / "told", "--withdraw")

    assert gone.exit_code == 0, gone.output
    assert "--whole" not in gone.output
