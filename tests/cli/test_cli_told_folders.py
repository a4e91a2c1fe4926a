"""The folders that `publish` writes: of other weeks, without calendars, and written later."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from commands import letters
from dying import Death, steps
from told_weeks import MORNING, PAIRS, THREE, done, kinds, later_by

from shiftplan import Problem, Roster, write_roster, write_week
from shiftplan.present.words import Words


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two."""
    return THREE


def test_messages_that_could_not_be_written_are_written_later(
    week: Path, full: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People count as told; the same version is named to write what they are told again."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    done("publish", week, full, "--out", tmp_path / "whole")
    write_roster(THREE, Roster.of([*PAIRS[1:], (MORNING, "v2")]), full)
    with monkeypatch.context() as broken:
        broken.setattr("shiftplan.present.handed_out.write_told", fail)
        failed = done("publish", week, full, "--out", out, code=2)
    done("publish", week, 2, "--out", out)

    assert f"shiftplan publish {week} 2 --out " in failed.stderr
    assert letters(out) == {"v0", "v2", "center-c0"}
    assert kinds(week) == ["drafted", "told"] * 2
    late = done("publish", week, 2, "--out", out, "--deadline", "2026-12-06 18:00", code=2)
    assert Words("en")("record.deadline_too_late", version=2) in late.stderr
    with monkeypatch.context() as broken:
        broken.setattr("shiftplan.present.handed_out.write_told", fail)
        failed = done("publish", week, "--withdraw", "--out", out, code=2)
    assert f"shiftplan publish {week} --withdraw --out " in failed.stderr


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("other", ["week after with the same ids", "other place, same dates"])
def test_the_folder_of_another_week_is_not_written_over(
    tiny: Problem, week: Path, full: Path, out: Path, tmp_path: Path, other: str, lang: str
) -> None:
    """Neither by a draft nor by what is told; what was told there stays, and nothing is recorded.

    The folder of the same week is written over as ever.
    """
    done("publish", week, full, "--out", out)
    done("publish", week, "1", "--out", out)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    next_ = later_by(tiny, 7)
    if other.startswith("other"):
        names = {s.shift_id: f"x{i}" for i, s in enumerate(tiny.shifts)}
        shifts = [s.model_copy(update={"shift_id": names[s.shift_id]}) for s in tiny.shifts]
        needs = [n.model_copy(update={"shift_id": names[n.shift_id]}) for n in tiny.requirements]
        next_ = tiny.model_copy(update={"shifts": tuple(shifts), "requirements": tuple(needs)})
    write_week(next_, tmp_path / "next")

    for verb in ("plan", "publish"):
        given = (verb, tmp_path / "next", "--out", out, "--lang", lang)
        refused = done(*given, code=2)
        assert Words(lang)("record.folder_of_another_week", out=out) in refused.stderr

    assert before == {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert not (tmp_path / "next" / "record.db").exists()
    done("plan", tmp_path / "next", "--out", out, "--replace", "--lang", lang)
    done("publish", tmp_path / "next", "--out", out, "--lang", lang)


@pytest.mark.parametrize("ids", ["other ids", "the same ids"])
def test_a_draft_of_another_week_is_not_written_over_by_what_is_told(
    tiny: Problem, week: Path, full: Path, out: Path, tmp_path: Path, ids: str
) -> None:
    """Its shifts or their dates are none of this week; another draft may take its place."""
    if ids == "other ids":
        done("new-week", "--from", week, "--start", "2026-12-14", "--out", tmp_path / "next")
    else:
        write_week(later_by(tiny, 7), tmp_path / "next")
    done("plan", tmp_path / "next", "--out", out)
    before = {file: file.read_bytes() for file in out.iterdir()}

    refused = done("publish", week, full, "--out", out, code=2)

    assert "holds files of another week" in " ".join(refused.stderr.split())
    assert before == {file: file.read_bytes() for file in out.iterdir()}
    assert kinds(week) == []
    done("plan", week, "--out", out)
    done("publish", week, full, "--out", out)


def test_a_shift_moved_since_makes_no_other_week(week: Path, full: Path, out: Path) -> None:
    """Its old date lies in the folder; so does one that nobody can read, or none at all."""
    done("publish", week, full, "--out", out)
    for text in ("2026-12-08", "soon", ""):
        rows = "".join(f"{shift},{who},{text}\n" for shift, who in PAIRS)
        (out / "roster.csv").write_text("shift_id,volunteer_id,date\n" + rows)
        done("publish", week, "1", "--out", out)


def test_writing_for_many_people_shows_progress(
    week: Path, full: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line now and then, as other commands show; here every hundredth of a second."""
    monkeypatch.setattr("shiftplan.present.display._LOG_SECONDS", 0.01)

    told = done("publish", week, full, "--out", out)

    assert f" s   {Words('en')('plans.writing')}" in told.stderr


def test_a_publication_that_died_is_finished_by_its_number(
    week: Path, full: Path, tmp_path: Path
) -> None:
    """Killed at any step of writing: the next command says how, and no file is lost or mixed."""

    def told_in(place: Path) -> dict[str, list[str]]:
        return {
            str(file.relative_to(place)): [
                line
                for line in file.read_text(encoding="utf-8").splitlines()
                if not line.startswith(("DTSTAMP", "LAST-MODIFIED"))
            ]
            for file in (*(place / "told").glob("*.*"), *(place / "told").glob("[!.]*/*"))
            if file.suffix in (".csv", ".ics", ".txt")
        }

    def publish(place: Path, *version: int, code: int = 0) -> str:
        line = ("publish", place / "week", *version, "--out", place / "told")
        return " ".join(done(*line, code=code).stderr.split())

    done("publish", week, full, "--out", tmp_path / "told")
    done("record", week, "--absent", "v0")
    done("repair", week, "--out", tmp_path / "draft", "--workers", 1)
    places = [tmp_path / str(step) for step in range(60)]
    for name in ("week", "told"):
        shutil.copytree(tmp_path / name, places[0] / name)
    with steps(places[0] / "told") as whole:
        publish(places[0])
    for last in range(2, whole.count, 13):
        for name in ("week", "told"):
            shutil.copytree(tmp_path / name, places[last] / name)
        with steps(places[last] / "told", last), pytest.raises(Death):
            publish(places[last])

        if kinds(places[last] / "week")[-1] == "drafted":  # it was trying whether it can write
            publish(places[last])
        else:
            says = Words("en")("record.plan_or_repair", version=2, week=places[last] / "week")
            assert says in publish(places[last], code=2)
            publish(places[last], 2)
        assert told_in(places[last]) == told_in(places[0])
        assert kinds(places[last] / "week") == kinds(places[0] / "week")


def test_without_icalendar_there_are_messages_only(
    week: Path, full: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a hint; calendars of before are gone."""
    done("publish", week, full, "--out", out)
    assert len(list((out / "calendars").glob("*.ics"))) == 4

    monkeypatch.setitem(sys.modules, "icalendar", None)
    again = done("publish", week, full, "--out", out)

    assert 'pip install "PLACE[calendar]"' in again.stderr
    assert not list((out / "calendars").glob("*.ics"))


@pytest.mark.parametrize("blocked", ["out", "out/calendars", "out/messages", "out/roster.csv"])
def test_a_place_that_cannot_be_written_is_told_before_anybody_counts_as_told(
    blocked: str, week: Path, full: Path, tmp_path: Path, out: Path
) -> None:
    """Nothing is recorded then."""
    place = tmp_path / blocked
    place.parent.mkdir(exist_ok=True)
    place.mkdir() if blocked.endswith(".csv") else place.touch()

    refused = done("publish", week, full, "--out", out, code=2)

    assert "cannot be written" in refused.stderr
    assert not (week / "record.db").exists()
