"""`publish` and `undo`: who is told what, what is refused, and how to go back."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from commands import letters, make_problem
from told_weeks import AFTERNOON, FULL, MORNING, PAIRS, THREE, done, kinds, later_by

from shiftplan import Problem, Published, Roster, Volunteer, read_roster, write_roster, write_week
from shiftplan.present.words import Words
from shiftplan.problem.changes import Absence, Update
from shiftplan.record import Call, ShiftAnswer, open_week


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two."""
    return THREE


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_whole_life_of_a_week(week: Path, full: Path, tmp_path: Path, lang: str) -> None:
    """Told, an absence, repaired, told, back to the first version, withdrawn; all is recorded."""
    told, later, say = tmp_path / "told", tmp_path / "later", Words(lang)
    more, until = ("--lang", lang), dt.datetime(2026, 12, 6, 18)

    first = done("publish", week, full, "--out", told, "--deadline", "2026-12-06 18:00", *more)
    assert first.stdout.splitlines()[0] == say("record.told_first", version=1, n=3)
    assert letters(told) == {"v0", "v1", "v2", "center-c0"}
    (message,) = (told / "messages").glob("*(v0).txt")
    asked = say("message.confirm", at=until, day=until.date())
    assert asked in message.read_text(encoding="utf-8")
    done("record", week, "--absent", "v0", "--why", "flu", *more)
    done("repair", week, "--out", tmp_path / "draft", "--workers", 1, *more)
    second = done("publish", week, "--out", later, *more)
    again = say("record.told_again", version=2, n=2, changed=2)
    assert second.stdout.splitlines()[0] == again
    assert letters(later) == {"v0", "v2", "center-c0"}
    assert read_roster(later / "roster.csv") == read_roster(tmp_path / "draft" / "roster.csv")
    undone = done("undo", week, 1, *more).stdout.splitlines()
    assert undone == [say("record.undone_lost", version=1, draft=3, n=1, week=str(week))]
    refused = done("publish", week, "--out", later, *more, code=5)
    assert refused.stderr.splitlines()[0] == say("record.not_told")
    gone = done("publish", week, "--withdraw", "--why", "strike", "--out", later, *more)
    assert gone.stdout.splitlines()[0] == say("record.withdrawn", version=2, n=2)
    stands = " ".join(done("status", week, *more).stdout.split())
    assert say("record.is_withdrawn", version=2) in stands
    assert say("record.after_withdrawal", version=2, week=str(week)) in stands
    lost = done("repair", week, "--out", later, *more, code=2).stderr.splitlines()
    assert lost[0] == say("record.was_withdrawn", version=2)
    assert lost[1].strip() == say("record.after_withdrawal", version=2, week=str(week))

    assert kinds(week) == ["drafted", "told", "changed", "drafted", "told", "drafted", "withdrawn"]
    shown = done("history", week, *more).stdout
    assert all(why in shown for why in ("(flu)", "(strike)"))


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_roster_that_is_refused_is_told_to_nobody(
    tiny: Problem, week: Path, good: Path, out: Path, lang: str
) -> None:
    """Three of four seats empty: exit code 5, its first line, no file; told on wish."""
    refused = done("publish", week, good, "--out", out, "--lang", lang, code=5)

    first, why, way_out = refused.stderr.splitlines()
    assert first == Words(lang)("record.not_told")
    assert all(figure in why for figure in "14")
    assert "--even-if-poor" in way_out
    assert refused.stdout == ""
    assert not list(out.rglob("*"))
    assert kinds(week) == ["drafted"]
    done("publish", week, "--out", out, "--even-if-poor", "--lang", lang)
    assert kinds(week) == ["drafted", "told"]
    assert letters(out) == {"v0", "v1", "v2", "center-c0"}


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([], Words("en")("record.nobody")),
        (
            [*PAIRS, (AFTERNOON, "v0"), (MORNING, "v2")],
            "breaks hard rules 2 times in the week as it is now: c0-1207-07, Xã 0",
        ),
    ],
)
def test_why_a_roster_is_refused(
    week: Path, tmp_path: Path, out: Path, pairs: list[tuple[str, str]], says: str
) -> None:
    """Nobody at all, and two people more than a shift may have."""
    problem = make_problem(3, 1, 1, rules=[{"rule": "capacity"}])
    centers = [c.model_copy(update={"capacity": 2}) for c in problem.centers]
    write_week(problem.model_copy(update={"centers": centers}), week)
    write_roster(problem, Roster.of(pairs), tmp_path / "roster.csv")

    refused = done("publish", week, tmp_path / "roster.csv", "--out", out, code=5)

    assert says in refused.stderr


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_withdrawn_version_is_not_told_again_to_whom_declined_it(
    week: Path, full: Path, out: Path, lang: str
) -> None:
    """The way out that is named leads to what can be published."""
    done("publish", week, full, "--out", out)
    done("record", week, "--declined", f"v2:{AFTERNOON}")
    done("publish", week, "--withdraw", "--out", out)

    refused = done("publish", week, "1", "--out", out, "--lang", lang, code=5)

    assert Words(lang)("record.undo_or_anyway", version=1, week=str(week)) in refused.stderr
    done("undo", week, "1")
    done("publish", week, "--out", out, "--even-if-poor")  # one of four seats is empty now
    assert (AFTERNOON, "v2") not in read_roster(out / "roster.csv")


@pytest.mark.parametrize(
    ("lang", "kept", "against"),
    [
        ("en", "it keeps 1 shift because the person said yes: Người v2 (v2) (", "Note: the roster"),
        ("vi", "giữ 1 lượt trực mà người trực đã nhận lời: Người v2 (v2) (", "Lưu ý: theo tình"),
    ],
)
def test_who_said_yes_stays_when_an_earlier_version_comes_back(
    week: Path, out: Path, lang: str, kept: str, against: str
) -> None:
    """Whoever comes instead, or confirmed; where a hard rule forbids that, it is said."""
    live, say, more = open_week(week), Words(lang), ("--lang", lang)
    live.publish(live.draft(FULL).number)
    live.record(Absence(volunteer_id="v0"))
    live.record(calls=[Call(volunteer_id="v2", shift_id=MORNING, answer="comes")])

    undone = done("undo", week, 1, *more)

    lost, also = undone.stdout.splitlines()
    assert lost == say("record.undone_lost", version=1, draft=2, n=1, week=str(week))
    assert kept in also
    assert undone.stderr == ""
    done("publish", week, "--out", out)
    assert read_roster(out / "roster.csv") == Roster.of([*PAIRS[1:], (MORNING, "v2")])
    live.record(answers=[ShiftAnswer(volunteer_id="v2", shift_id=MORNING, answer="confirmed")])
    live.draft(Roster.of([(AFTERNOON, "v2")]))
    row = Volunteer(volunteer_id="v2", name="Người v2", max_shifts=1)
    live.record(Update(row=row))

    torn = done("undo", week, 3, *more)

    assert kept in torn.stdout
    assert torn.stderr.startswith(against)
    assert "v2" in torn.stderr
    refused = done("publish", week, "--out", out, *more, code=5)
    assert torn.stderr.split(": ", 1)[1].strip() in refused.stderr


def test_what_is_withdrawn_is_cancelled_for_everybody(week: Path, full: Path, out: Path) -> None:
    """In messages and calendars; the folder holds no list of a roster that nobody works."""
    done("publish", week, full, "--out", out)

    done("publish", week, "--withdraw", "--out", out)

    text = (out / "calendars" / "v1.ics").read_text(encoding="utf-8")
    assert text.count("STATUS:CANCELLED") == 2
    assert letters(out) == {"v0", "v1", "v2", "center-c0"}
    assert {p.name for p in out.iterdir()} == {"calendars", "messages", "roster.csv", "changes.csv"}
    assert not len(read_roster(out / "roster.csv"))
    before = [entry.number for entry in open_week(week).entries]
    shutil.rmtree(out)
    again = done("publish", week, "--withdraw", "--out", out)
    assert Words("en")("record.withdrawn", version=1, n=3) in again.stdout
    assert letters(out) == {"v0", "v1", "v2", "center-c0"}
    assert (out / "calendars" / "v1.ics").read_text(encoding="utf-8").count("CANCELLED") == 2
    assert [entry.number for entry in open_week(week).entries] == before


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_deadline_that_has_passed_is_noted(
    tiny: Problem, week: Path, full: Path, out: Path, lang: str
) -> None:
    """One that is still to come gets no note, in a week of the year 2081."""
    write_week(later_by(tiny, 20_000), week)
    full.write_text("shift_id,volunteer_id\n" + "".join(f"{s},{v}\n" for s, v in PAIRS))
    given = ("publish", week, full, "--out", out, "--lang", lang, "--deadline")

    late = done(*given, "2026-11-01 12:59")
    early = done(*given, "2080-11-01 12:59")

    note = Words(lang)("record.deadline_passed", deadline=dt.datetime(2026, 11, 1, 12, 59))
    assert late.stderr.splitlines() == [note]
    assert early.stderr == ""


@pytest.mark.parametrize(
    ("text", "hour", "minute"), [("CN 6/12 18h", 18, 0), ("2026-12-06", 23, 59)]
)
def test_a_deadline_is_written_as_people_do(
    week: Path, full: Path, out: Path, text: str, hour: int, minute: int
) -> None:
    """It is said back; what is no date is told which form has the time."""
    given = ("publish", week, full, "--out", out, "--lang", "vi", "--deadline")

    told = done(*given, text)
    refused = done(*given, "chiều mai", code=2)

    until = dt.datetime(2026, 12, 6, hour, minute)
    assert Words("vi")("record.deadline_is", deadline=until) in told.stdout
    assert open_week(week).now.state.deadline == until
    assert '"2026-12-06 18:00"' in refused.stderr


def test_the_table_published_says_what_people_know_at_first(
    tiny: Problem, week: Path, full: Path, out: Path
) -> None:
    """Who keeps everything gets no message; once something was told, the record says it."""
    told = [Published(volunteer_id="v1", shift_id=s) for s in (MORNING, AFTERNOON)]
    write_week(tiny.model_copy(update={"published": tuple(told)}), week)

    done("publish", week, full, "--out", out)

    assert letters(out) == {"v0", "v2", "center-c0"}
    done("publish", week, "--withdraw", "--out", out)
    done("publish", week, full, "--out", out)
    assert letters(out) == {"v0", "v1", "v2", "center-c0"}


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "People know the roster in the table published; 2 people work in it."),
        ("vi", "Lịch mọi người đang biết nằm trong bảng published; có 2 người trực."),
    ],
)
def test_repair_and_diff_start_from_the_table_published(
    tiny: Problem, week: Path, tmp_path: Path, lang: str, says: str
) -> None:
    """Even where a draft was made since; a repair records it as published, without any doubts."""
    rows = [Published(volunteer_id=who, shift_id=s) for s, who in PAIRS[:2]]
    rows.append(Published(volunteer_id="v0", shift_id=AFTERNOON, told=False))
    write_week(tiny.model_copy(update={"published": tuple(rows)}), week)
    live, more = open_week(week), ("--lang", lang)
    assert says in " ".join(done("status", week, *more).stdout.split())
    live.draft(Roster.of([(MORNING, "v2"), PAIRS[1]]))

    found = json.loads(done("diff", week, "--json").stdout)
    assert {p["volunteer_id"] for p in found["people"]} == {"v0", "v2"}
    done("repair", week, "--absent", "v2", "--out", tmp_path / "draft", "--workers", 1, *more)

    assert {*PAIRS[:2]} < {*read_roster(tmp_path / "draft" / "roster.csv").assignments}
    live.refresh()
    assert live.now.told == Roster.of(PAIRS[:2])
    assert kinds(week) == ["drafted", "drafted", "told", "changed", "drafted"]
    assert says not in done("status", week, *more).stdout
    assert Words(lang)("entry.in_spite", said="") not in done("history", week, *more).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((7,), Words("en")("record.no_version", version=7, known="1, 2")),
        ((1,), Words("en")("record.outdated", version=1, told=2)),
        (("nowhere.csv",), "nowhere.csv: no such file"),
        (("--withdraw", "--even-if-poor"), "--withdraw: cannot be combined"),
        ((), Words("en")("record.no_draft")),
    ],
)
def test_what_cannot_be_published(
    week: Path, full: Path, out: Path, arguments: tuple[object, ...], says: str
) -> None:
    """Exit code 2, and people know what they knew."""
    live = open_week(week)
    live.publish([live.draft(FULL).number for _ in range(2)][-1])

    refused = done("publish", week, *arguments, "--out", out, code=2)

    assert says in " ".join(refused.stderr.split())
    assert kinds(week) == ["drafted", "drafted", "told"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_a_record_lacks_is_said_without_names_of_fields(
    week: Path, out: Path, lang: str
) -> None:
    """It is no fault of the input, and the sentence names the number that was asked for."""
    say = Words(lang)
    open_week(week).draft(FULL)

    refused = done("publish", week, 7, "--out", out, "--lang", lang, code=2)

    said = say("record.no_version", version=7, known="1")
    history = f"    {say('record.see_history', week=str(week))}"
    assert refused.stderr.splitlines() == [said, history]
    lines = done("record", week, "--revoke", 9, "--lang", lang, code=2).stderr.splitlines()
    assert lines == [say("record.no_entry", entry=9), history]
    lines = done("diff", week, "--lang", lang, code=2).stderr.splitlines()
    assert lines[0] == say("record.nothing_told")


def test_a_draft_names_its_version_as_json(week: Path, out: Path) -> None:
    """So that a script can publish just that one."""
    made = json.loads(done("plan", week, "--out", out, "--json").stdout)

    done("publish", week, made["version_of_roster"], "--out", out)

    assert (out / "result.json").exists()  # it lies beside the same roster
