"""What a batch would do is told, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from batches import here
from files.weeks import TINY
from nation import FIRST, SECOND, write_province_week, write_root

from shiftplan import InputError
from shiftplan.batch import Preview, plan_batch, preview_batch
from shiftplan.batch.manifest import WeekEntry
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.timing import week_size


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_root(tmp_path / "root", ["A", "B"])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "run"


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All that is in a folder: name -> time of the last change, content.

    While a record is read, files stand beside it: that changes the time of the folder.
    """
    return {
        str(path.relative_to(folder)): (
            0 if (path / "record.db").exists() else path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [folder, *folder.rglob("*")]
    }


def fates(preview: Preview) -> dict[str, str]:
    """Name -> fate, and why again."""
    return {p.place.name: " ".join(filter(None, [p.fate, p.again])) for p in preview.prospects}


def test_nothing_is_written_before_the_first_batch(root: Path, out: Path) -> None:
    """ROOT stays as it was, and the run folder does not come to be."""
    before = tree(root.parent)

    found = preview_batch(root, out)

    assert set(fates(found).values()) == {"new"}
    assert tree(root.parent) == before


def test_nothing_is_written_in_a_run_folder(root: Path, out: Path) -> None:
    """Neither where all is kept nor where all is planned again, the manifest included."""
    plan_batch(root, out, time_limit=120)
    before = tree(root.parent)

    kept, again = preview_batch(root, out), preview_batch(root, out, seed=1)

    assert set(fates(kept).values()) == {"kept"}
    assert kept.seconds == 0
    assert fates(again)["A/2026-12-07"] == "again data"
    assert tree(root.parent) == before


def test_what_changed_is_planned_again(root: Path, out: Path) -> None:
    """Changed data, results that are gone or altered; the week after follows the one before."""
    plan_batch(root, out, time_limit=120)
    rules = root / "A" / "2026-12-07" / "rules.csv"
    rules.write_text(rules.read_text("utf-8").replace("rate,1,7", "rate,1,8"), encoding="utf-8")
    (out / "B" / "2026-12-14" / "roster.csv").write_text("", encoding="utf-8")

    assert fates(preview_batch(root, out)) == {
        "A/2026-12-07": "again data",
        "A/2026-12-14": "follows",
        "B/2026-12-07": "kept",
        "B/2026-12-14": "again altered",
    }

    shutil.rmtree(out / "B" / "2026-12-14")
    assert fates(preview_batch(root, out))["B/2026-12-14"] == "again gone"


def test_bad_data_is_told_week_by_week(root: Path, out: Path) -> None:
    """The faults of each; the week after one that fails cannot be planned."""
    (root / "A" / "2026-12-07" / "rules.csv").write_text("rule,level\nmentr,hard\n", "utf-8")

    found = preview_batch(root, out)

    assert fates(found) == {
        "A/2026-12-07": "bad",
        "A/2026-12-14": "blocked",
        "B/2026-12-07": "new",
        "B/2026-12-14": "new",
    }
    assert [fault.code for fault in found.prospects[0].faults] == ["unknown_rule"]
    assert [p.place.name for p in found.failing] == ["A/2026-12-07", "A/2026-12-14"]


def test_a_week_under_a_wrong_date_is_bad(tmp_path: Path, out: Path) -> None:
    """The date of the folder must be that of the week, as a job demands it."""
    write_province_week(tmp_path / "root", "A")
    (tmp_path / "root" / "A" / str(FIRST)).rename(tmp_path / "root" / "A" / "2026-12-14")

    found = preview_batch(tmp_path / "root", out)

    assert [fault.code for fault in found.prospects[0].faults] == ["outside_horizon"]


def test_earlier_failures_and_ends_are_told(root: Path, out: Path) -> None:
    """failed before: tried again; begun before: goes on; a week that failed and is not asked for
    is passed over, so that the next one no longer follows the roster that it was planned after."""
    plan_batch(root, out, time_limit=120)
    run = RunFolder(out)
    with run.held():
        run.restore("A/2026-12-07", WeekEntry(state="failed"))
        run.restore("B/2026-12-07", WeekEntry(attempts=1))
        run.note("A/2026-12-14", run.manifest.entry("A/2026-12-14"))

    assert fates(preview_batch(root, out)) == {
        "A/2026-12-07": "retried",
        "A/2026-12-14": "follows",
        "B/2026-12-07": "resumed",
        "B/2026-12-14": "follows",
    }
    later = preview_batch(root, out, weeks=[SECOND])
    assert fates(later)["A/2026-12-14"] == "again data"


def test_what_is_foretold_comes_true(root: Path, out: Path) -> None:
    """Weeks that are kept are kept, bad ones fail for their data, the others are planned."""
    plan_batch(root, out, time_limit=120, weeks=[FIRST])
    (root / "B" / "2026-12-14" / "shifts.csv").unlink()

    before = fates(preview_batch(root, out))
    kinds: dict[str, str] = {}
    plan_batch(root, out, time_limit=120, on_event=lambda e: kinds.update({e.place.name: e.kind}))

    assert before == {
        "A/2026-12-07": "kept",
        "A/2026-12-14": "new",
        "B/2026-12-07": "kept",
        "B/2026-12-14": "bad",
    }
    assert kinds == {
        "A/2026-12-07": "kept",
        "A/2026-12-14": "done",
        "B/2026-12-07": "kept",
        "B/2026-12-14": "failed",
    }


def test_what_is_kept_is_foretold_so_whatever_its_data_says_by_now(root: Path, out: Path) -> None:
    """A worked week with bad data stays; bad attendance that comes late fails no kept week."""
    plan_batch(root, out, time_limit=120)
    worked = root / "A" / "2026-12-07"
    (worked / "attendance.csv").write_text("nonsense", "utf-8")
    assert set(fates(preview_batch(root, out)).values()) == {"kept"}
    (worked / "shifts.csv").unlink()
    (root / "A" / "2026-12-14" / "attendance.csv").write_text("nonsense", "utf-8")

    before = preview_batch(root, out)
    found = plan_batch(root, out)

    assert set(fates(before).values()) == {"kept"}
    assert found.is_complete
    assert all(row.entry.attempts == 1 for row in found.rows)


def test_a_result_without_its_list_is_foretold_as_altered(root: Path, out: Path) -> None:
    """Something has its name, and will be set aside."""
    plan_batch(root, out, time_limit=120)
    (out / "B" / "2026-12-14" / "contents.json").unlink()

    assert fates(preview_batch(root, out))["B/2026-12-14"] == "again altered"


def test_time_is_counted_by_slots_and_provinces(root: Path, out: Path) -> None:
    """Two weeks of a province follow each other; provinces stand side by side."""
    alone = preview_batch(root, out, time_limit=30, workers=1)
    beside = preview_batch(root, out, time_limit=30, workers=8)

    # 4 weeks of 30 s one after another; 2 weeks of 30 s of each province, 4 jobs side by side
    assert (alone.slots, alone.seconds) == (1, 120)
    assert (beside.slots, beside.seconds) == (4, 60)


def test_a_budget_is_shared_out_by_size(tmp_path: Path, out: Path) -> None:
    """Who can be sent to more places gets more time, of three quarters of the whole."""
    root = tmp_path / "root"
    write_province_week(root, "A")
    write_province_week(root, "B", centers=TINY["centers"] + "00432,Ba,10,105,1,2\n")

    found = preview_batch(root, out, budget=400, workers=1)

    # 400 s, of which a quarter is for files: 300 s
    pairs = [week_size(root / name / str(FIRST)) for name in ("A", "B")]
    seconds = [p.seconds for p in found.prospects]
    assert pairs[1] > pairs[0]
    assert seconds == pytest.approx([300 * size / sum(pairs) for size in pairs])


def test_only_weeks_that_are_planned_share_a_budget(root: Path, out: Path) -> None:
    """Those that are kept, or cannot be planned, leave their part to the others."""
    plan_batch(root, out, time_limit=120, weeks=[FIRST])
    (root / "B" / "2026-12-14" / "shifts.csv").unlink()

    found = preview_batch(root, out, budget=400, workers=1)

    # 400 s, of which a quarter is for files: 300 s for A/2026-12-14 alone
    assert [p.fate for p in found.prospects] == ["kept", "new", "kept", "bad"]
    assert [p.seconds for p in found.prospects] == pytest.approx([0, 300, 0, 0])
    assert found.seconds == pytest.approx(300)


def test_a_budget_lasts_for_provinces_beside_each_other(root: Path, out: Path) -> None:
    """Slots that nobody can use are of no use: two weeks of each province share 300 s."""
    found = preview_batch(root, out, budget=400, workers=16)

    assert found.slots == 8
    assert [p.seconds for p in found.prospects] == pytest.approx([150] * 4)


def test_progress_and_options_are_as_elsewhere(root: Path, out: Path) -> None:
    """Called for each week and what is none; options that are no good are faults."""
    (root / "A" / "7-12").mkdir()
    told: list[tuple[int, int]] = []

    preview_batch(root, out, on_progress=lambda *counts: told.append(counts))

    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    with pytest.raises(InputError, match="gap"):
        preview_batch(root, out, gap=2)


def test_a_ledger_that_holds_the_week_already_is_told_before(root: Path, out: Path) -> None:
    """As a copy of a ledger out of the run folder does: no time is lost on planning first."""
    plan_batch(root, out, weeks=[FIRST])
    shutil.copy(out / "A" / str(FIRST) / "ledger.json", root / "A" / "ledger.json")

    found = preview_batch(root, out, weeks=[FIRST])

    assert fates(found) == {f"A/{FIRST}": "bad", f"B/{FIRST}": "kept"}
    assert "the ledger already has" in str(found.failing[0].faults[0].message)


def test_faults_of_attendance_name_its_week(root: Path, out: Path) -> None:
    """It is that of the week before, which the week that fails does not say."""
    plan_batch(root, out, weeks=[FIRST])
    told = "shift_id,volunteer_id,state\nA,B,away\n"
    (root / "A" / str(FIRST) / "attendance.csv").write_text(told, "utf-8")

    [failing] = preview_batch(root, out, weeks=[SECOND]).failing

    assert failing.place.name == f"A/{SECOND}"
    assert {fault.file for fault in failing.faults} == {f"{FIRST}/attendance.csv"}
