"""A record as CSV files: what was recorded comes back, and nothing else does."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from late import changes_in_turn
from strategies import problems
from strategies.values import texts

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_attendance, read_changes_in_turn, read_roster, read_sent
from shiftplan.files.changes_out import as_read, changes_text
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Update,
)
from shiftplan.record import (
    Call,
    LiveWeek,
    ShiftAnswer,
    read_calls,
    read_shift_answers,
    write_record,
)
from shiftplan.record.current import current_week
from shiftplan.seasons import Turnout
from shiftplan.seasons.ledger import STATES
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.owner import Owner
from shiftplan.week.records import Availability, Shift, SkillGrant, Volunteer

Groups = list[list[AnyChange]]
_AT = dt.datetime(2026, 12, 8, 7)


def again(problem: Problem, groups: Groups) -> Groups:
    """Groups of changes, written and read."""
    text = changes_text(problem, [({"number": str(i)}, g) for i, g in enumerate(groups, start=1)])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "changes.csv")
        file.write_text(text, encoding="utf-8", newline="")
        return [list(group) for group in read_changes_in_turn(problem, changes=file)]


def shown(problem: Problem, groups: Groups) -> list[list[Any]]:
    end = dt.datetime.combine(problem.horizon.end, dt.time())
    return [as_read(group, end) for group in groups]


@given(st.data())
@settings(max_examples=25)
def test_changes_come_back(data: st.DataObject) -> None:
    """Of every kind, also several of one row after another, each with its entry."""
    problem = data.draw(problems())
    assume(not any("|" in skill.skill_id for skill in problem.skills))  # names are divided by it
    groups = data.draw(changes_in_turn(problem))

    assert shown(problem, again(problem, groups)) == shown(problem, groups)


@given(st.data())
@settings(max_examples=20)
def test_what_people_said_comes_back(data: st.DataObject) -> None:
    """Also with ids and names that look like formulas, numbers or other columns."""
    problem = data.draw(problems())
    assume(problem.volunteers and problem.shifts)
    people = st.sampled_from([v.volunteer_id for v in problem.volunteers])
    shifts = st.sampled_from([s.shift_id for s in problem.shifts])

    def some(model: Any, column: str, *states: str) -> list[Any]:
        state = st.sampled_from(states)
        rows = data.draw(st.lists(st.tuples(people, shifts, state), max_size=4))
        return [model(volunteer_id=v, shift_id=s, **{column: told}) for v, s, told in rows]

    answers = some(ShiftAnswer, "answer", "confirmed", "declined")
    calls = some(Call, "answer", "comes", "cannot", "not_reached")
    turnouts = some(Turnout, "state", *STATES)
    live = LiveWeek(problem, who=data.draw(texts))
    live.record(answers=answers, calls=calls, turnouts=turnouts, why=data.draw(texts))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_record(folder, live.now, live.entries, live.roster_of)

        said = read_shift_answers(problem, folder / "answers.csv", None, usual="declined")
        assert list(said) == list(live.now.state.answers.values())
        assert list(read_calls(problem, folder / "calls.csv")) == calls
        assert list(read_attendance(folder / "attendance.csv", of=problem)) == turnouts
        assert list(read_attendance(folder / "attendance.csv")) == turnouts


def _week() -> Problem:
    each = {"an": {"name": "Nguyễn Văn An", "max_shifts": 3, "phone": "0912 345 678"}}
    rules = ({"rule": "coverage", "level": 1, "weight": 10},)
    return plan("M", "an binh", 3, each=each, rules=rules)


@pytest.mark.parametrize(
    "change",
    [
        Absence(volunteer_id="an", start=_AT, end=_AT + dt.timedelta(2)),
        Absence(volunteer_id="an", end=_AT),
        Closing(center_id="home", start=_AT.replace(hour=0), end=_AT.replace(day=10, hour=0)),
        Update(row=Volunteer(volunteer_id="an", home_center_id="home")),
        Update(row=Volunteer(volunteer_id="an", name="=1+1", max_shifts=0)),
    ],
)
def test_what_a_list_could_not_tell_before(change: AnyChange) -> None:
    """Several days, an open start, a value taken away, text like a formula."""
    assert shown(_week(), again(_week(), [[change]])) == shown(_week(), [[change]])


def test_an_absence_without_end_is_written_to_the_last_day() -> None:
    """That is the same for every shift of the week."""
    ((found,),) = again(_week(), [[Absence(volunteer_id="an", start=_AT)]])

    assert found == Absence(volunteer_id="an", start=_AT, end=dt.datetime(2026, 12, 10))


def test_what_a_file_cannot_hold_is_refused() -> None:
    """A level that holds for some days only would come back as one for all."""
    grant = SkillGrant(skill_id="khmer", valid_to=dt.date(2026, 12, 8))
    change = Update(row=Volunteer(volunteer_id="an", skills=(grant,)))

    with pytest.raises(InputError, match="a change in entry 7 would not be read back"):
        changes_text(_week(), [({"number": "7"}, [change])])


def test_rows_without_a_number_are_the_last(tmp_path: Path) -> None:
    """Rows are taken in the order of the numbers; what does not fit is found at its row."""
    file = tmp_path / "changes.csv"
    text = "number,change,volunteer_id,shift_id,center_id,max_shifts\n"
    rows = ",person,an,,,1\n2,person,an,,,2\n2,cancelled,,M1,,\n1,cancelled,,M0,,\n"
    file.write_text(text + rows, encoding="utf-8")

    first, second, last = read_changes_in_turn(_week(), changes=file)

    assert first == (Cancellation(shift_id="M0"),)
    assert [type(c).__name__ for c in second] == ["Update", "Cancellation"]
    assert last[0].row.max_shifts == 1
    file.write_text(text + "1,cancelled,,M0,,\n2,cancelled,,M9,,\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_changes_in_turn(_week(), changes=file)
    assert [(f.row, f.code) for f in caught.value.faults] == [(3, "unknown_id")]


def _lived() -> LiveWeek:
    """A week in which everything happened that can."""
    live = LiveWeek(_week(), who="Lan, văn phòng")
    live.publish(live.draft(parse("an M . .\nbinh . M M")).number, deadline=_AT)
    live.record(
        Absence(volunteer_id="an", start=_AT, end=_AT + dt.timedelta(hours=30)),
        Cancellation(shift_id="M2"),
        why="=ốm",
    )
    new = Volunteer(volunteer_id="chi", name="Chi", phone="0987 654 321", contact="chi@example.org")
    window = Availability(volunteer_id="chi", start=_AT, end=_AT + dt.timedelta(hours=8))
    live.record(Arrival(volunteer=new, windows=(window,)), Need(shift_id="M1", target=2))
    moved = live.files.shift_by_id["M0"].model_copy(update={"center_id": "far"})
    live.record(Update(row=moved), why="a wrong one")
    live.revoke(live.now.state.head)
    extra = Shift(shift_id="X", center_id="home", start=_AT, end=_AT + dt.timedelta(hours=4))
    live.record(Update(row=extra))
    live.record(Update(row=extra.model_copy(update={"end": _AT + dt.timedelta(hours=6)})))
    live.record(
        answers=[ShiftAnswer(volunteer_id="an", shift_id="M0", answer="confirmed")],
        calls=[Call(volunteer_id="chi", shift_id="M1", answer="not_reached")],
        turnouts=[Turnout(volunteer_id="an", shift_id="M0", state="excused")],
    )
    live.record(
        answers=[ShiftAnswer(volunteer_id="binh", shift_id="M1", answer="declined")],
        calls=[Call(volunteer_id="chi", shift_id="M1", answer="comes")],
    )
    live.record(sent=[Owner("volunteer", "an"), Owner("center", "home")])
    live.draft(parse("binh . M .\nchi . M ."))
    return live


def test_a_record_handed_in_again_gives_the_same_week(tmp_path: Path) -> None:
    """Changes, answers, calls, attendance and rosters; ways to reach people are in no file."""
    live = _lived()
    files = write_record(tmp_path, live.now, live.entries, live.roster_of)
    notes: list[Fault] = []

    other = LiveWeek(_week())
    first, last = (
        read_roster(tmp_path / f"roster-{version}.csv", of=live.now.problem) for version in (1, 2)
    )
    other.publish(other.draft(first).number)
    for changes in read_changes_in_turn(
        _week(), changes=tmp_path / "changes.csv", on_note=notes.append
    ):
        other.record(*changes)
    week, told = other.now.problem, other.now.told
    other.record(
        answers=read_shift_answers(week, tmp_path / "answers.csv", told, usual="declined"),
        calls=read_calls(week, tmp_path / "calls.csv"),
        turnouts=read_attendance(tmp_path / "attendance.csv", of=week, roster=told),
        sent=read_sent(tmp_path / "sent.csv", week),
    )

    other.draft(last)

    assert notes == []
    assert (other.roster_of(1), other.roster_of(2)) == (live.roster_of(1), live.roster_of(2))
    one, two = other.now.state, live.now.state
    assert (one.answers, one.calls, one.turnouts) == (two.answers, two.calls, two.turnouts)
    assert one.sent == two.sent
    for table in ("shifts", "requirements", "pins", "availability", "published"):
        assert {*getattr(other.now.problem, table)} == {*getattr(live.now.problem, table)}
    whole = "".join(file.read_text(encoding="utf-8") for file in files)
    assert not any(secret in whole for secret in ("0912", "0987", "@example"))


@pytest.mark.parametrize(
    "words",
    [
        ("comes", "declined"),
        ("declined", "comes"),
        ("cannot", "confirmed"),
        ("confirmed", "cannot"),
        ("declined", "withdrawn"),
        ("confirmed", "withdrawn"),
        ("confirmed", "cannot", "withdrawn"),
    ],
)
def test_what_counts_is_the_last_word(words: tuple[str, ...], tmp_path: Path) -> None:
    """Of An about Tuesday, whatever list each word is in; a no outlasts a withdrawal."""

    def publish(live: LiveWeek) -> None:
        live.publish(live.draft(parse("binh . M .")).number, even_if_poor=True)

    live, other = LiveWeek(_week()), LiveWeek(_week())
    pair: dict[str, Any] = {"volunteer_id": "an", "shift_id": "M1"}
    publish(live)
    for word in words:
        if word == "withdrawn":
            live.withdraw()
            publish(live)
        elif word in ("confirmed", "declined"):
            live.record(answers=[ShiftAnswer(**pair, answer=word)])
        else:
            live.record(calls=[Call(**pair, answer=word)])
    write_record(tmp_path, live.now, live.entries, live.roster_of)

    publish(other)
    answers, calls = tmp_path / "answers.csv", tmp_path / "calls.csv"
    other.record(
        answers=read_shift_answers(_week(), answers, other.now.told, usual="declined"),
        calls=read_calls(_week(), calls),
    )

    last = [word for word in words if word != "withdrawn"][-1]
    comes, is_out = words[-1] == "comes", last in ("cannot", "declined")
    for week in (live.now, other.now):
        assert (("M1", "an") in (week.roster or ())) is comes
        assert (("M1", "an") in week.problem.barred) is is_out


def test_all_entries_and_versions_are_told(tmp_path: Path) -> None:
    """In words, in the zone of the week, also those revoked; nothing is taken for a formula."""
    live = _lived()
    write_record(tmp_path / "new", live.now, live.entries, live.roster_of)

    def table(name: str) -> list[dict[str, str]]:
        with (tmp_path / "new" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    entries, versions = table("entries.csv"), table("versions.csv")
    assert [row["number"] for row in entries] == [str(e.number) for e in live.entries]
    assert {row["at"][-6:] for row in entries} == {"+07:00"}
    assert entries[2]["why"] == "'=ốm"
    assert [row["number"] for row in entries if row["revoked_by"]] == ["5"]
    assert entries[1]["what"].startswith("version 1 published to 2 people, answers due by")
    assert [(row["version"], row["state"]) for row in versions] == [("1", "told"), ("2", "draft")]
    assert "moved" not in {row["change"] for row in table("changes.csv")[:-1]}


def test_changes_that_the_files_contradict_by_now_do_not_count(tmp_path: Path) -> None:
    """Here somebody was taken out of the files: the change is told, but not handed in again."""
    live = LiveWeek(_week())
    live.record(Update(row=Volunteer(volunteer_id="binh", home_center_id="home", max_shifts=1)))
    live.record(Cancellation(shift_id="M1"))
    left = [v for v in live.files.volunteers if v.volunteer_id == "an"]
    windows = [w for w in live.files.availability if w.volunteer_id == "an"]
    fewer = {**dict(live.files), "volunteers": left, "availability": windows}
    state = live.now.state
    week = current_week(Problem.model_validate(fewer), state, None, None)

    write_record(tmp_path, week, live.entries, live.roster_of)

    (only,) = read_changes_in_turn(week.files, changes=tmp_path / "changes.csv")
    assert only == (Cancellation(shift_id="M1"),)
    assert "details of 1 person changed" in (tmp_path / "entries.csv").read_text(encoding="utf-8")


def test_a_pruned_roster_has_no_file(tmp_path: Path) -> None:
    """Its version is listed all the same."""
    live = _lived()

    files = write_record(tmp_path, live.now, live.entries, lambda version: None)

    assert not any(file.name.startswith("roster") for file in files)
    assert (tmp_path / "versions.csv").read_text(encoding="utf-8").count("\n") == 3


def test_nothing_is_written_where_something_cannot(tmp_path: Path) -> None:
    """A file in the place of the folder, or a change that no file can hold."""
    live = _lived()
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError):
        write_record(tmp_path / "file", live.now, live.entries, live.roster_of)
    grant = SkillGrant(skill_id="khmer", valid_to=dt.date(2026, 12, 8))
    skills = ({"skill_id": "khmer", "kind": "language"},)
    hard = LiveWeek(Problem.model_validate({**dict(_week()), "skills": skills}))
    hard.record(Update(row=Volunteer(volunteer_id="an", home_center_id="home", skills=(grant,))))

    with pytest.raises(InputError, match="entry 1"):
        write_record(tmp_path / "out", hard.now, hard.entries, hard.roster_of)

    assert not (tmp_path / "out").exists()


def test_sentences_are_said_in_the_language_asked_for(tmp_path: Path) -> None:
    """With the names of people."""
    live = _lived()
    say = Names(live.now.problem, "vi").say

    write_record(tmp_path, live.now, live.entries, live.roster_of, say=say)

    text = (tmp_path / "entries.csv").read_text(encoding="utf-8")
    assert "1 người vắng: Nguyễn Văn An (an) (từ 07:00 thứ Ba 08/12 đến 13:00 thứ Tư 09/12)" in text
