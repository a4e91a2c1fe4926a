"""The command `report`, and the report that `plan` writes."""

from __future__ import annotations

import pytest
from commands import run
from reporting import hostile_week

from shiftplan import write_roster, write_week
from shiftplan.cli import rosters as reporting
from shiftplan.present import outputs
from shiftplan.present.words import Words


@pytest.fixture
def week(tmp_path):
    """A folder with a week and a roster."""
    problem, roster = hostile_week()
    write_week(problem, tmp_path / "week")
    write_roster(problem, roster, tmp_path / "roster.csv")
    return tmp_path


def run_report(week, *arguments):
    names = [str(week / "week"), str(week / "roster.csv"), "--out", str(week / "report.html")]
    return run("report", *names, *arguments)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_report_is_written(week, lang):
    """The file is there in the language asked for, and the command says where."""
    done = run_report(week, "--lang", lang)

    text = (week / "report.html").read_text(encoding="utf-8")
    assert done.exit_code == 0, done.output
    assert "report.html" in done.stdout
    assert f'<html lang="{lang}">' in text
    assert Words(lang)("reports.coverage_help") in text


def test_public_reports_have_no_ids(week):
    """`--public` names nobody."""
    done = run_report(week, "--public")

    assert done.exit_code == 0
    assert "person-0" not in (week / "report.html").read_text(encoding="utf-8")


def test_a_wrong_result_is_bad_input(week):
    """A result that cannot be read ends with code 2 and writes nothing."""
    (week / "result.json").write_text("{}", encoding="utf-8")

    done = run_report(week, "--result", str(week / "result.json"))

    assert done.exit_code == 2
    assert "result.json" in done.stderr
    assert not (week / "report.html").exists()


def test_without_the_extra_the_command_says_what_to_install(week, monkeypatch):
    """A missing package is told with the command that installs it."""
    monkeypatch.setattr(reporting, "can_write", lambda: False)

    done = run_report(week)

    assert done.exit_code == 2
    assert "PLACE[report]" in done.stderr


@pytest.mark.parametrize("installed", [True, False])
def test_plan_writes_the_report_where_it_can(week, monkeypatch, installed):
    """`plan` writes the report with its bound, and none stays from an earlier roster."""
    out = week / "out"
    out.mkdir()
    (out / "report.html").write_text("of an earlier roster", encoding="utf-8")
    monkeypatch.setattr(outputs, "can_write", lambda: installed)

    options = ["--out", str(out), "--time-limit", "300", "--workers", "1"]
    done = run("plan", week / "week", *options)

    assert done.exit_code == 0, done.output
    assert (out / "report.html").exists() == installed
    if installed:
        text = (out / "report.html").read_text(encoding="utf-8")
        assert Words("en")("reports.better") in text
        again = ["--result", str(out / "result.json")]
        names = [str(week / "week"), str(out / "roster.csv"), "--out", str(week / "again.html")]
        assert run("report", *names, *again).exit_code == 0
