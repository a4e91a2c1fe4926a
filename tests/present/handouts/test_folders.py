"""Folders of calendars and messages: whole or not at all, and nothing of others is lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from pathlib import Path

import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pace import costly
from strategies.values import as_id

from shiftplan import (
    Center,
    Horizon,
    InputError,
    Problem,
    Roster,
    Volunteer,
    write_roster,
    write_week,
)
from shiftplan.present import write_handouts
from shiftplan.present.handouts import revisions_in
from shiftplan.present.handouts.calendars import Revisions
from shiftplan.present.handouts.folders import NOTES, clear_folder, write_folder
from shiftplan.present.handouts.sending import TABLES
from shiftplan.testing.pictures import MONDAY, parse, plan, shift

FIRST, SECOND = parse("ana M A\nbob M ."), parse("ana M .\nbob M .")

IDS = st.one_of(
    st.from_regex(r"[^\s\x00-\x1f\x7f-\x9f]{1,90}", fullmatch=True).map(as_id).filter(bool),
    st.sampled_from(["con", "CON", "..", "../../x", "a/b", "a\\b", "C:x", "~", "*?", ".ics", "Đá"]),
)


def week() -> Problem:
    return plan("MA", "ana bob")


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()} - {NOTES}


def letters(folder: Path) -> set[str]:
    return names(folder) - set(TABLES)


def test_files_of_the_last_run_go_and_those_of_others_stay(tmp_path: Path) -> None:
    """A note and a folder of the coordinator survive; the file no longer written does not."""
    place = tmp_path / "out"
    write_folder(place, {"a.txt": b"1", "b.txt": b"1"}, {})
    (place / "mine.txt").write_text("keep")
    (place / "folder").mkdir()

    write_folder(place, {"b.txt": b"2"}, {})

    assert names(place) == {"b.txt", "mine.txt", "folder"}
    assert (place / "b.txt").read_bytes() == b"2"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_run_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full when the new folder is put in place; the old one is back."""
    place = tmp_path / "out"
    write_folder(place, {"a.txt": b"1"}, {})
    (place / "mine.txt").write_text("keep")
    rename = os.rename

    def full(source: Path, target: Path) -> None:
        if str(source).endswith(".part") and str(target).endswith("out"):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", full)

    with pytest.raises(InputError, match="No space left"):
        write_folder(place, {"b.txt": b"2"}, {})

    assert names(place) == {"a.txt", "mine.txt"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


class Killed(BaseException):
    """Nothing is put in order any more, as after kill -9."""


@pytest.mark.parametrize("moment", range(1, 20))
def test_the_run_after_one_that_was_killed_clears_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Whenever it was: nothing hidden stays, numbers go on, and files of others are in place."""
    problem = week()
    calendar, mine = tmp_path / "calendars", tmp_path / "calendars" / "mine.txt"
    write_handouts(problem, FIRST, tmp_path)
    mine.write_text("keep")
    with monkeypatch.context() as patch:
        kill_at(patch, moment)
        with pytest.raises(Killed):
            write_handouts(problem, SECOND, tmp_path, before=FIRST)
    for left in tmp_path.glob(".*"):
        os.utime(left, (0, 0))

    write_handouts(problem, SECOND, tmp_path, before=FIRST)

    assert {p.name for p in tmp_path.iterdir()} == {"calendars", "messages"}
    assert mine.read_text() == "keep"
    text = (calendar / "ana.ics").read_text(encoding="utf-8")
    # Ana's second shift of Monday is cancelled under a higher number than the first run gave it.
    assert "SEQUENCE:1" in text
    assert "STATUS:CANCELLED" in text


def kill_at(patch: pytest.MonkeyPatch, moment: int) -> None:
    """Stop everything at one of the steps that put the folder of calendars in place."""
    steps = [0]

    def dying(step: object) -> object:
        def run(*given: object, **named: object) -> object:
            if "calendars" in str(given[0]):
                steps[0] += 1
            if steps[0] >= moment:
                raise Killed
            return step(*given, **named)

        return run

    for name in ("rename", "replace"):
        patch.setattr(os, name, dying(getattr(os, name)))
    for name in ("mkdir", "unlink", "rmdir", "write_bytes"):
        patch.setattr(Path, name, dying(getattr(Path, name)))


def test_what_was_hidden_of_late_stays(tmp_path: Path) -> None:
    """Another run may be writing it."""
    part = tmp_path / ".messages.0123abcd.part"
    part.mkdir()

    write_handouts(week(), FIRST, tmp_path)

    assert part.exists()


def test_a_folder_of_others_under_the_name_of_a_file_is_kept(tmp_path: Path) -> None:
    """It is moved along when the file is no longer written; else the fault says what is wrong."""
    place = tmp_path / "out"
    write_folder(place, {"a.txt": b"1"}, {})
    (place / "a.txt").unlink()
    (place / "a.txt").mkdir()
    (place / "a.txt" / "mine.txt").write_text("keep")

    with pytest.raises(InputError, match="cannot be written"):
        write_folder(place, {"a.txt": b"2"}, {})
    write_folder(place, {"b.txt": b"2"}, {})

    assert names(place) == {"a.txt", "b.txt"}
    assert (place / "a.txt" / "mine.txt").read_text() == "keep"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to("there")

    write_folder(tmp_path / "out", {"a.txt": b"1"}, {})

    assert (tmp_path / "out").is_symlink()
    assert names(tmp_path / "there") == {"a.txt"}


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"files": ["../precious.txt"]}', '{"files": [3]}', '{"files": ["/x"]}']
)
def test_notes_that_were_tampered_with_remove_nothing(tmp_path: Path, text: str) -> None:
    """Broken notes are a fault, and no file outside the folder is touched."""
    place, precious = tmp_path / "out", tmp_path / "precious.txt"
    place.mkdir()
    precious.write_text("keep")
    (place / NOTES).write_text(text)

    with pytest.raises(InputError, match="notes"):
        clear_folder(place)
    with pytest.raises(InputError, match="notes"):
        write_folder(place, {"a.txt": b"1"}, {})

    assert precious.exists()
    assert names(place) == set()


def test_numbers_go_on_from_the_folder(tmp_path: Path) -> None:
    """The cancelled shift gets the next number, also after the calendars were cleared."""
    write_handouts(week(), FIRST, tmp_path)
    clear_folder(tmp_path / "calendars")
    assert names(tmp_path / "calendars") == set()

    write_handouts(week(), SECOND, tmp_path, before=FIRST)
    write_handouts(week(), FIRST, tmp_path, before=SECOND)

    text = (tmp_path / "calendars" / "ana.ics").read_text(encoding="utf-8")
    assert "SEQUENCE:2" in text
    assert names(tmp_path / "messages") == {"ana.txt", "center-home.txt", *TABLES}


def test_numbers_go_on_from_another_folder(tmp_path: Path) -> None:
    """A shift cancelled in one folder and given back in the next counts on, and so does a third."""
    first, second, third = (tmp_path / name for name in ("one", "two", "three"))
    write_handouts(week(), FIRST, first)
    write_handouts(week(), SECOND, second, before=FIRST, revisions=revisions_in(first))
    write_handouts(week(), FIRST, third, before=SECOND, revisions=revisions_in(second))

    def sequence(folder: Path) -> int:
        events = Calendar.from_ical((folder / "calendars" / "ana.ics").read_bytes()).events
        return max(int(event["sequence"]) for event in events)

    assert [sequence(folder) for folder in (first, second, third)] == [0, 1, 2]
    write_handouts(week(), SECOND, second, before=FIRST, revisions=revisions_in(third))
    assert sequence(second) == 3
    other = week().model_copy(update={"horizon": Horizon(start=MONDAY + dt.timedelta(7), days=1)})
    assert revisions_in(tmp_path / "none") is None
    write_handouts(other, Roster(), second, revisions=revisions_in(third))
    assert revisions_in(second) == Revisions(week=MONDAY + dt.timedelta(7))


def test_revisions_that_are_broken_are_a_fault(tmp_path: Path) -> None:
    """Counting silently from zero would leave people with old shifts."""
    write_handouts(week(), FIRST, tmp_path)
    notes = tmp_path / "calendars" / NOTES
    notes.write_text(json.dumps({"files": [], "revisions": {"week": "x"}}))

    with pytest.raises(InputError, match="revision"):
        write_handouts(week(), FIRST, tmp_path)


@costly(0.25)
@given(people=st.sets(IDS, min_size=1, max_size=4), places=st.sets(IDS, min_size=1, max_size=3))
def test_any_ids_have_a_file_each(people: set[str], places: set[str]) -> None:
    """Files lie in their folder, as many as owners, and every calendar can be read."""
    centers = [Center(center_id=c) for c in sorted(places)]
    first = centers[0].center_id
    problem = Problem(
        horizon=Horizon(start=MONDAY, days=7),
        centers=centers,
        volunteers=[Volunteer(volunteer_id=v, home_center_id=first) for v in sorted(people)],
        shifts=[shift("M", 0, center_id=first, shift_id=first)],
    )
    roster = Roster.of((first, v) for v in people)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "out"

        write_handouts(problem, roster, place)

        assert {p.name for p in Path(name).iterdir()} == {"out"}
        assert {p.name for p in place.iterdir()} == {"calendars", "messages"}
        files = sorted((place / "calendars").glob("*.ics"))
        assert len(files) == len(people) + len(places)
        events = [len(Calendar.from_ical(f.read_bytes()).walk("VEVENT")) for f in files]
        assert sum(events) == len(people) + 1
        assert len(letters(place / "messages")) == len(people) + 1


def hand_out(tmp_path: Path, *more: str) -> tuple[int, str]:
    write_week(week(), tmp_path / "week")
    for name, roster in (("first", FIRST), ("second", SECOND)):
        write_roster(week(), roster, tmp_path / f"{name}.csv")
    out = ["--out", str(tmp_path / "out"), *more]
    done = run("calendars", tmp_path / "week", *out)
    return done.exit_code, done.output


def test_the_command_tells_what_was_written(tmp_path: Path) -> None:
    """Calendars for everybody, messages for those with something to read."""
    first, second = str(tmp_path / "first.csv"), str(tmp_path / "second.csv")

    code, text = hand_out(tmp_path, first)
    assert (code, text.split(" Written")[0]) == (0, "6 calendars and 3 messages.")

    code, text = hand_out(tmp_path, second, "--before", first, "--lang", "vi")
    assert (code, text.split(" Đã ghi")[0]) == (0, "6 tệp lịch và 2 tin nhắn.")


def test_after_a_repair_new_people_are_known(tmp_path: Path) -> None:
    """The table of changes that the repair was told names them; ana's shift is cancelled."""
    hand_out(tmp_path, str(tmp_path / "first.csv"))
    text = "change,volunteer_id,name,home_center_id,group\nvolunteer,cem,Cẩm,home,\n"
    (tmp_path / "changes.csv").write_text(text, encoding="utf-8")
    repaired = "shift_id,volunteer_id\nM0,cem\nM0,bob\nA1,ana\n"
    (tmp_path / "repaired.csv").write_text(repaired, encoding="utf-8")
    new, old = str(tmp_path / "repaired.csv"), str(tmp_path / "first.csv")

    code, shown = hand_out(
        tmp_path, new, "--before", old, "--changes", str(tmp_path / "changes.csv")
    )

    assert code == 0, shown
    found = letters(tmp_path / "out" / "messages")
    assert found == {"ana.txt", "Cam (cem).txt", "center-home.txt"}
    assert hand_out(tmp_path, new)[0] == 2


def test_without_icalendar_there_are_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says what to install; calendars of an earlier roster do not stay."""
    first = str(tmp_path / "first.csv")
    hand_out(tmp_path, first)
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)

    code, text = hand_out(tmp_path, first)

    assert code == 2
    assert 'pip install "PLACE[calendar]"' in text
    assert names(tmp_path / "out" / "calendars") == set()
    assert "ana.txt" in names(tmp_path / "out" / "messages")
