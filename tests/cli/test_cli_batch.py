"""The command `batch`: what it shows, what it says of failures, and its exit codes."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from batches import here
from commands import run
from filelock import FileLock
from nation import FIRST, HOSTILE, SECOND, done, write_root
from screens import terminal

from shiftplan.batch import places
from shiftplan.batch.local import Finished, LocalExecutor
from shiftplan.batch.manifest import BatchEvent, JobOutcome, WeekJob
from shiftplan.cli.batch_shown import show_batch

FOLDERS = [name for name in HOSTILE if not set(name) & set("<>/")]
"""Hostile names that can be folders."""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_root(tmp_path / "root", ["An Giang", "Huế"], [FIRST])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "run"


def run_batch(*arguments: object) -> Any:
    return run("batch", *arguments, "--time-limit", 60, COLUMNS="200")


def break_week(root: Path, province: str, week: object = FIRST) -> None:
    (root / province / str(week) / "rules.csv").write_text("rule,level\nmentr,hard\n", "utf-8")


def test_all_planned_is_0_and_so_is_all_kept(root: Path, out: Path) -> None:
    """A line for each event, then a table, and where the page is."""
    first, second = run_batch(root, "--out", out), run_batch(root, "--out", out)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "An Giang/2026-12-07: started" in first.stderr
    assert "An Giang/2026-12-07: planned: gap 0.0%, empty seats 2, " in first.stderr
    assert "An Giang/2026-12-07: kept as it was" in second.stderr
    assert "begun" not in second.stderr
    for told in (first, second):
        assert "Planned: 2, very poor: 0, failed: 0, left: 0." in told.stdout
        assert f"Page for all: {out / 'index.html'}" in told.stdout


def test_a_failure_is_1_and_named_with_its_reason(root: Path, out: Path) -> None:
    """The other provinces are planned; the same command goes on when the data is right."""
    good = (root / "Huế" / str(FIRST) / "rules.csv").read_bytes()
    break_week(root, "Huế")

    told = run_batch(root, "--out", out)

    assert told.exit_code == 1
    why = "its data cannot be used: rules.csv, row 2, column rule: 'mentr': "
    assert f"Huế/2026-12-07: failed: {why}" in told.stderr
    assert why in told.stdout
    assert "Planned: 1, very poor: 0, failed: 1, left: 0." in told.stdout
    assert (out / "An Giang" / str(FIRST) / "roster.csv").exists()

    (root / "Huế" / str(FIRST) / "rules.csv").write_bytes(good)
    assert run_batch(root, "--out", out).exit_code == 0


def test_quiet_says_only_what_failed(root: Path, out: Path) -> None:
    """Nothing where all is well; otherwise the failures, on standard error."""
    assert (run_batch(root, "--out", out, "--quiet")).output == ""
    break_week(root, "Huế")

    told = run_batch(root, "--out", out, "--quiet")

    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("Huế/2026-12-07: its data cannot be used: ")
    assert "An Giang" not in told.stderr


def test_json_is_one_object(root: Path, out: Path) -> None:
    """A row for each province-week as the table has it, numbers as numbers."""
    break_week(root, "Huế")

    told = json.loads(run_batch(root, "--out", out, "--json", "--quiet").stdout)

    rows = {row["province"]: row for row in told["province_weeks"]}
    assert rows["An Giang"]["cost"] == 1491
    assert rows["An Giang"]["report"] == "An Giang/2026-12-07/report.html"
    assert (rows["Huế"]["failure"], rows["Huế"]["cost"]) == ("input", None)
    assert told["run"] == str(out)


def test_weeks_are_chosen(tmp_path: Path, out: Path) -> None:
    """By dates and ranges."""
    root = write_root(tmp_path / "root", ["A"], [FIRST, SECOND])

    told = run_batch(root, "--out", out, "--weeks", "2026-12-01..2026-12-10")

    assert told.exit_code == 0
    assert not (out / "A" / str(SECOND)).exists()
    assert "Planned: 1, very poor: 0, failed: 0, left: 0." in told.stdout


def test_any_name_can_be_shown(tmp_path: Path, out: Path) -> None:
    """Markup and formats in names stay as they are, in lines, tables and reasons."""
    root = write_root(tmp_path / "root", [*FOLDERS, "[red]Đỏ"], [FIRST])
    break_week(root, "[red]Đỏ")

    told = run_batch(root, "--out", out)

    assert told.exit_code == 1, told.output
    assert "[red]Đỏ/2026-12-07: failed: " in told.stderr
    for name in (*FOLDERS, "[red]Đỏ"):
        assert name in told.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--weeks", "next"], "must be a date such as 2026-12-07, or a range"),
        (["--weeks", "2027-01-04"], "no province has a week that begins on this date"),
        (["--budget", "0"], "--budget"),
        (["--budget", "inf"], "budget must be a number, seconds above 0, not inf"),
        (["--gap", "1"], "--gap"),
        (["--memory", "0"], "--memory"),
        (["--workers", "0"], "--workers"),
        (["--executor", "cloud"], "--executor"),
        (["--out", " "], "--out"),
    ],
)
def test_wrong_arguments_are_2(root: Path, out: Path, arguments: list[str], says: str) -> None:
    """Told before anything begins: no folder is made."""
    told = run_batch(root, "--out", out, *arguments)

    assert told.exit_code == 2
    assert says in told.stderr
    assert not out.exists()


def test_a_time_limit_without_end_is_2(root: Path, out: Path) -> None:
    """A job that may take for ever could not be ended."""
    given = ["batch", str(root), "--out", str(out), "--time-limit", "inf"]

    told = run(*given)

    assert told.exit_code == 2
    assert "time_limit must be a number, seconds above 0, not inf" in told.stderr
    assert not out.exists()


def test_folders_that_cannot_be_used_are_2(root: Path, out: Path, tmp_path: Path) -> None:
    """No ROOT, a file in the place of RUN, RUN in ROOT, a manifest of something else."""
    assert run_batch(tmp_path / "nowhere", "--out", out).exit_code == 2
    (tmp_path / "file").touch()
    told = run_batch(root, "--out", tmp_path / "file" / "run")
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr
    told = run_batch(root, "--out", root / "run")
    assert told.exit_code == 2
    assert "results would be written into the folder of the weeks" in told.stderr
    out.mkdir()
    (out / "manifest.json").write_text("[]", encoding="utf-8")
    told = run_batch(root, "--out", out)
    assert told.exit_code == 2
    assert "cannot read this manifest" in told.stderr


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "another batch is at work"), ("vi", "thư mục đang được dùng")]
)
def test_a_folder_in_use_is_2(root: Path, out: Path, lang: str, says: str) -> None:
    """Who has it is told."""
    out.mkdir()
    owner = {"pid": 17, "host": "srv", "user": "lan", "since": 0}
    (out / ".owner.json").write_text(json.dumps(owner), encoding="utf-8")

    with FileLock(out / ".lock"):
        told = run_batch(root, "--out", out, "--lang", lang)

    assert told.exit_code == 2
    assert says in " ".join(told.stderr.split())
    assert all(part in told.stderr for part in ("17", "lan", "srv"))


def test_a_missing_package_is_2(root: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setattr("shiftplan.batch.asked.find_spec", lambda name: None)

    told = run_batch(root, "--out", out)

    assert told.exit_code == 2
    assert 'pip install "PLACE[server]"' in told.stderr


def test_other_commands_do_without_the_packages_of_a_server() -> None:
    """Where the extra `server` is missing, the command starts all the same."""
    code = (
        "import sys\n"
        "for name in ('filelock', 'psutil', 'prometheus_client', 'ray'):\n"
        "    sys.modules[name] = None\n"
        "import shiftplan.cli\n"
        "shiftplan.cli.app(['schema'])"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("{")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_softly_with_130(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """What ran waits, summaries are written, and the same command goes on."""

    def wait(executor: LocalExecutor, seconds: float) -> list[Finished]:
        """Somebody ends the batch while the first job runs."""
        signal.raise_signal(number)
        return []

    before = signal.getsignal(number)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(LocalExecutor, "wait", wait)
        told = run_batch(root, "--out", out)

    assert told.exit_code == 130
    assert "Run the same command again" in told.stderr
    assert "stopped; it waits for the next start" in told.stderr
    assert "Planned: 0, very poor: 0, failed: 0, left: 2." in told.stdout
    assert ",waiting," in (out / "summary.csv").read_text("utf-8")
    assert signal.getsignal(number) is before
    assert run_batch(root, "--out", out).exit_code == 0


@pytest.mark.parametrize(
    ("number", "says", "advice"),
    [
        (errno.ENOSPC, "No space left on device", "free some space"),
        (errno.EROFS, "Read-only file system", "run the same command again"),
    ],
)
def test_a_disk_that_takes_no_more_is_1(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str, advice: str
) -> None:
    """Full or not writable any more is no fault of the arguments: what is planned is kept."""

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        raise OSError(number, "in words of somebody else", "manifest.json")

    here(monkeypatch, do)

    told = run_batch(root, "--out", out)

    assert told.exit_code == 1
    assert f"cannot be written: {says}" in told.stderr
    assert f"Finished weeks are kept; {advice}" in told.stderr


def test_a_dry_run_tells_and_writes_nothing(root: Path, out: Path) -> None:
    """Exit 0 where all data can be used; 1 where some cannot, with the faults."""
    told = run_batch(root, "--out", out, "--dry-run")

    assert told.exit_code == 0
    assert "is planned" in told.stdout
    assert "To plan: 2; stay as they are: 0; cannot be planned: 0." in told.stdout

    break_week(root, "Huế")
    told = run_batch(root, "--out", out, "--dry-run")
    assert told.exit_code == 1
    assert "fails: its data cannot be used" in told.stdout
    assert "rules.csv, row 2, column rule: 'mentr'" in told.stdout

    quiet = run_batch(root, "--out", out, "--dry-run", "--quiet")
    assert (quiet.exit_code, quiet.stdout) == (1, "")
    assert "Huế/2026-12-07: fails" in quiet.stderr
    assert "An Giang" not in quiet.stderr

    rows = json.loads(run_batch(root, "--out", out, "--dry-run", "--json").stdout)["province_weeks"]
    assert [(row["province"], row["fate"]) for row in rows] == [("An Giang", "new"), ("Huế", "bad")]
    assert len(rows[1]["faults"]) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Huế/2026-12-07: worth a look"), ("vi", "Huế/2026-12-07: nên xem")]
)
def test_a_dry_run_tells_what_is_worth_a_look(root: Path, out: Path, lang: str, title: str) -> None:
    """A window of another year is no fault, and the week is planned; it is told, at the terminal
    and in JSON, in the reader's language.
    """
    path = root / "Huế" / "2026-12-07" / "availability.csv"
    stray = "A2,2025-12-08,07:00,11:00,available\n"
    path.write_text(path.read_text("utf-8") + stray, encoding="utf-8")

    told = run_batch(root, "--out", out, "--dry-run", "--lang", lang)

    assert told.exit_code == 0
    assert title in told.stdout
    assert "An Giang/2026-12-07:" not in told.stdout
    found = run_batch(root, "--out", out, "--dry-run", "--json").stdout
    notes = [row["notes"] for row in json.loads(found)["province_weeks"]]
    assert notes[0] == []
    assert len(notes[1]) == 1
    assert " ".join(notes[1][0][lang].split()) in " ".join(told.stdout.split())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_batch_whose_lines_nobody_reads_ends_as_always(root: Path, out: Path) -> None:
    """Standard error is a closed pipe; exit code and results are those of any other."""
    reader, writer = os.pipe()
    os.close(reader)
    run_batch(root, "--out", out)
    code = "import shiftplan.cli; shiftplan.cli.main()"

    told = subprocess.run(
        [sys.executable, "-c", code, "batch", str(root), "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=writer,
        text=True,
    )
    os.close(writer)

    assert told.returncode == 0
    assert "Planned: 2, very poor: 0, failed: 0, left: 0." in told.stdout


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_weeks_can_be_told_apart_on_a_narrow_terminal(
    root: Path, out: Path, more: list[str]
) -> None:
    """Their dates are whole, as other columns give way."""
    given = ["batch", str(root), "--out", str(out), "--time-limit", "5", "--lang", "vi", *more]

    told = run(*given, COLUMNS="44")

    assert told.exit_code == 0
    assert told.stdout.count(str(FIRST)) == 2


def test_a_terminal_gets_the_live_table(root: Path) -> None:
    """Events are drawn, not written line by line."""
    console = terminal()
    row = done("[bold]A")

    with show_batch(console, [row.place], "en", budget=None, quiet=False) as tell:
        tell(BatchEvent("done", row.place, row.entry, 1.0))

    assert isinstance(console.file, io.StringIO)
    assert "[bold]A" in console.file.getvalue()
    assert "planned: gap" not in console.file.getvalue()


def test_the_folder_of_weeks_is_listed_once(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown, checked and planned is one list, which cannot differ from itself."""
    listed: list[Path] = []
    in_folders = places._in_folders

    def look(folder: Path, *found: Any) -> Any:
        listed.append(folder)
        return in_folders(folder, *found)

    monkeypatch.setattr(places, "_in_folders", look)

    told = run_batch(root, "--out", out, "--weeks", "2026-12-01..2026-12-10", "--dry-run")

    assert told.exit_code == 0, told.output
    assert listed == [root]


@pytest.mark.parametrize(("lang", "says"), [("en", "Planning takes about "), ("vi", "mất khoảng ")])
def test_a_dry_run_tells_planning_time_as_a_guess(
    root: Path, out: Path, lang: str, says: str
) -> None:
    """A budget's first share grows where weeks before take less, and files come on top."""
    told = run_batch(root, "--out", out, "--dry-run", "--lang", lang)

    assert says in " ".join(told.stdout.split())
