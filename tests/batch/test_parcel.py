"""A job and its result as bytes: everything that is read travels, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from shiftplan.batch.manifest import Before, JobOutcome, WeekJob
from shiftplan.batch.parcel import do_job, pack_folder, pack_job, unpack, unpack_job
from shiftplan.errors import InputError
from shiftplan.solving.versions import versions

WEEK = dt.date(2026, 12, 7)


def write(folder: Path, *names: str) -> Path:
    """Files whose text is their name."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def whole_job(root: Path) -> WeekJob:
    """A job with everything that a job can have, and files beside that no job reads."""
    write(root, "source/ledger.json", "last.xlsx", "came.csv", "told.csv")
    source = write(
        root / "week", "shifts.csv", "Rules.CSV", "attendance.csv", "notes.txt", "a/b.csv"
    )
    result = ("roster.csv", "ledger.json", "history_before.csv", "report.html", "contents.json")
    return WeekJob(
        name="sóc_trăng/2026-12-07",
        week=WEEK,
        source=source,
        ledger=root / "source" / "ledger.json",
        before=(
            Before(
                source=write(root / "first", "shifts.csv"),
                folder=write(root / "first_result", *result, "history_before_2026-11-16.csv"),
                attendance=root / "told.csv",
            ),
            Before(
                source=root / "last.xlsx",
                folder=write(root / "before", *result, "history_before_2026-11-23.csv"),
                attendance=root / "came.csv",
            ),
        ),
        earlier=write(root / "earlier", *result, "calendars/bé.ics", "messages/bé.txt"),
    )


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_job_arrives_with_the_files_that_it_reads(tmp_path: Path) -> None:
    """All that a job names is there under the paths that it then has, whatever its first ones."""
    job = whole_job(tmp_path / "here")

    parcel = pack_job(job)
    shutil.rmtree(tmp_path / "here")
    there = unpack_job(parcel, tmp_path / "there")

    assert there.ledger is not None
    first, last = there.before
    assert first.attendance is not None
    assert last.attendance is not None
    assert there.earlier is not None
    # misspelt tables travel: their reader tells of them; what a week cannot read does not
    assert names(there.source) == {"shifts.csv", "Rules.CSV"}
    assert (there.source / "shifts.csv").read_text(encoding="utf-8") == "shifts.csv"
    assert there.ledger.read_text(encoding="utf-8") == "source/ledger.json"
    assert names(first.source) == {"shifts.csv"}
    assert first.attendance.read_text(encoding="utf-8") == "told.csv"
    assert last.source.read_text(encoding="utf-8") == "last.xlsx"
    assert last.source.suffix == ".xlsx"
    assert names(first.folder) == {"roster.csv", "ledger.json", "history_before.csv"}
    assert names(last.folder) == {*names(first.folder), "history_before_2026-11-23.csv"}
    assert last.attendance.read_text(encoding="utf-8") == "came.csv"
    assert names(there.earlier) == {"roster.csv", "calendars/bé.ics", "messages/bé.txt"}
    kept = {"source", "ledger", "before", "earlier"}
    assert there.model_dump(exclude=kept) == job.model_dump(exclude=kept)


def test_no_path_of_one_machine_reaches_another(tmp_path: Path) -> None:
    """What travels names no folder of the machine that it comes from."""
    parcel = pack_job(whole_job(tmp_path / "here"))

    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        assert all(str(tmp_path) not in name for name in archive.namelist())
        assert str(tmp_path).encode() not in archive.read("job.json")


def test_a_job_with_the_least_arrives(tmp_path: Path) -> None:
    """A week in one file, with nothing before it, needs nothing else; its path may be odd."""
    write(tmp_path / "here", "in/week.json", "other/x")
    job = WeekJob(
        name="p", week=WEEK, source=tmp_path / "here" / "other" / ".." / "in" / "week.json"
    )

    there = unpack_job(pack_job(job), tmp_path / "there")

    assert there.source.read_text(encoding="utf-8") == "in/week.json"
    assert (there.ledger, there.before, there.earlier) == (None, (), None)


def test_what_is_not_there_is_left_to_its_reader(tmp_path: Path) -> None:
    """A week that went away travels as nothing, and is missing where it is read."""
    job = WeekJob(name="p", week=WEEK, source=tmp_path / "gone")

    there = unpack_job(pack_job(job), tmp_path / "there")

    assert not there.source.exists()


@pytest.mark.parametrize("name", ["shifts.csv", "attendance.csv"])
def test_a_link_out_of_its_week_does_not_travel(name: str, tmp_path: Path) -> None:
    """Where it arrived it would be a file like all others, and be read and quoted."""
    (tmp_path / "secret").write_text("secret")
    source = write(tmp_path / "week", "centers.csv")
    (source / name).symlink_to("../secret")
    before = Before(source=source, folder=tmp_path / "none", attendance=source / "attendance.csv")
    job = WeekJob(name="a/b", week=WEEK, source=source, before=(before,))

    with pytest.raises(InputError, match="link to a file outside the folder"):
        pack_job(job)


def test_a_result_comes_back_whole(tmp_path: Path) -> None:
    """All files of a folder are unpacked as they were, those in folders too."""
    made = write(tmp_path / "made", "roster.csv", "calendars/đỗ.ics", "empty")
    (made / "empty").write_bytes(b"")
    (made / "raw").write_bytes(bytes(range(256)))

    unpack(pack_folder(made), tmp_path / "back")

    assert names(tmp_path / "back") == names(made)
    assert (tmp_path / "back" / "raw").read_bytes() == bytes(range(256))
    assert (tmp_path / "back" / "calendars" / "đỗ.ics").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../out.csv", "/out.csv", "in/../../out.csv"])
def test_nothing_is_unpacked_outside_its_folder(tmp_path: Path, name: str) -> None:
    """A name that leads elsewhere is refused, and nothing of the parcel is written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("good.csv", "1")
        archive.writestr(name, "1")
    (tmp_path / "in").mkdir()

    with pytest.raises(ValueError, match="leads out"):
        unpack(buffer.getvalue(), tmp_path / "in")

    assert names(tmp_path) == set()


def test_a_machine_with_other_versions_plans_nothing(tmp_path: Path) -> None:
    """Other solvers decide otherwise: such a machine says so, with both versions."""
    told, files = do_job(pack_job(WeekJob(name="p", week=WEEK, source=tmp_path)), "shiftplan 0.0.1")

    outcome = JobOutcome.model_validate_json(told)
    assert outcome.failure == "internal"
    assert versions() in str(outcome.facts[0])
    assert "shiftplan 0.0.1" in str(outcome.facts[0])
    assert files == b""
