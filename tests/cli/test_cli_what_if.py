"""`what-if`: costs of late changes by rule, and who would change; nothing is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from absences import PROBLEM, given, run_repair, write_absence
from commands import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_absence(tmp_path)


def test_what_if_prices_changes_and_writes_nothing(folder: Path):
    """Costs by rule before and after, and who would change, as `repair` finds them."""
    week, roster, absent = (folder / n for n in ("week", "published.csv", "absent.csv"))
    arguments = ("what-if", week, roster, "--absent", absent, "--workers", 1)
    before = sorted(folder.rglob("*"))

    shown, told = run(*arguments), run(*arguments, "--json")

    assert shown.exit_code == told.exit_code == 0, shown.output
    assert "Costs before and after" in shown.stdout
    assert "Whose shifts change" in shown.stdout
    assert "Written" not in shown.stdout
    assert sorted(folder.rglob("*")) == before
    repaired = run_repair(*given(folder, "--workers", 1))
    assert repaired.exit_code == 0
    result = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    content = json.loads(told.stdout)
    assert content["total"]["after"] == result["total"]["cost"]
    assert content["notices"] == result["repair"]["notices"]


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Whose shifts change"), ("vi", "Ai phải đổi ca")]
)
def test_what_if_refuses_what_repair_refuses(folder: Path, lang: str, says: str):
    """Nothing different, or a change that does not fit; and it speaks both languages."""
    week, roster = folder / "week", folder / "published.csv"
    (folder / "wrong.csv").write_text("volunteer_id\nnobody\n", encoding="utf-8")
    more = ("--lang", lang, "--workers", 1)

    assert run("what-if", week, roster).exit_code == 2
    assert run("what-if", week, roster, "--absent", folder / "wrong.csv").exit_code == 2
    done = run("what-if", week, roster, "--absent", folder / "absent.csv", *more)
    assert says in done.stdout


def test_what_if_tells_that_no_roster_would_be_left(folder: Path):
    """Two people pinned where one may come: exit code 3, and the contradiction, also as JSON."""
    shift = PROBLEM.shifts[0]
    (folder / "late.csv").write_text(
        "change,volunteer_id,shift_id,state\n"
        + "".join(f"pin,{v.volunteer_id},{shift.shift_id},must\n" for v in PROBLEM.volunteers),
        encoding="utf-8",
    )
    arguments = ("what-if", folder / "week", folder / "published.csv", "--workers", 1)

    shown = run(*arguments, "--changes", folder / "late.csv")
    told = run(*arguments, "--changes", folder / "late.csv", "--json")

    assert shown.exit_code == told.exit_code == 3, shown.output
    assert json.loads(told.stdout)["conflict"]
