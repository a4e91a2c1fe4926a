"""Files in a run folder, and tables of a week, that others wrote to do harm."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from batches import FIRST, tiny

from shiftplan.batch.manifest import Manifest, Settings, WeekEntry, WeekJob
from shiftplan.batch.parcel import unpack
from shiftplan.batch.places import MANIFEST
from shiftplan.batch.run_folder import CONTENTS, RunFolder, _taken, file_digest, is_intact
from shiftplan.batch.summary import fact_text, text_of
from shiftplan.batch.timing import week_size
from shiftplan.batch.work import work
from shiftplan.errors import InputError
from shiftplan.files import write_week
from shiftplan.present.words import Words


def manifest(folder: Path, name: str, **entry: object) -> RunFolder:
    """A run whose manifest has one entry."""
    folder.mkdir()
    content = {"entries": {name: {"state": "placing", **entry}}}
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    return RunFolder(folder)


@pytest.mark.parametrize(
    "name",
    ["../../precious/week", "../precious", "an/..", "..", "an", "", "{outside}/week", "an/b/c",
     "an/", "./an/week", "an/\0"],
)  # fmt: skip
def test_no_entry_leads_out_of_the_run(name: str, tmp_path: Path) -> None:
    """A manifest that names other folders is refused, and nothing outside is moved or removed."""
    precious = tmp_path / "precious" / "week.failed"
    precious.mkdir(parents=True)
    # Only folders of this test are named: where such names were taken, they would be moved.
    name = name.format(outside=precious.parent)
    run = manifest(tmp_path / "run", name, staging="0123456789ab")

    with pytest.raises(InputError, match=MANIFEST), run.held():
        pass

    assert precious.exists()


@pytest.mark.parametrize("staging", ["../../precious", "{outside}", "..", "a.b", "A"])
def test_no_staging_folder_leads_out_of_the_run(staging: str, tmp_path: Path) -> None:
    """What is put in the place of a result lies in the run's own folder of what is being made."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / CONTENTS).write_text('{"files": {}}')
    contents = file_digest(precious / CONTENTS)
    staging = staging.format(outside=precious)
    run = manifest(tmp_path / "run", "an/2026-12-07", staging=staging, contents=contents)

    with pytest.raises(InputError, match=MANIFEST), run.held():
        pass

    assert (precious / CONTENTS).exists()


def test_names_of_provinces_and_of_what_is_no_week_are_fine() -> None:
    """All that the project itself writes can be read back."""
    names = ("an_giang/2026-12-07", "Cà Mau/2026-12-14", "a b.c/no date", "x/2026-12-07.tmp")
    found = Manifest(entries=dict.fromkeys(names, WeekEntry(staging="0123456789ab")))

    assert Manifest.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 100_000, "an unknown process"),
        ('{"since": 1' + "0" * 400 + ', "pid": 1, "user": "u", "host": "h"}', "an unknown process"),
        ('{"since": 1, "pid": 1, "user": "a\\nb\\u001b[2J", "host": "h"}', r"of a b\\x1b\[2J on h"),
    ],
)
def test_a_hostile_owner_is_told_in_a_line(text: str, told: str, tmp_path: Path) -> None:
    """Whatever stands in the note of who has the folder, there is one plain message."""
    (tmp_path / ".owner.json").write_text(text)

    error = _taken(tmp_path)

    with pytest.raises(InputError, match=told):
        raise error


@pytest.mark.parametrize("text", ["{}", "[]", "null", '{"files": []}', '{"files": {"a": 1}}', "x"])
def test_a_list_that_is_none_proves_nothing(text: str, tmp_path: Path) -> None:
    """A result whose list of files has the right digest, but is no list, is not intact."""
    (tmp_path / "a").write_text("a")
    (tmp_path / CONTENTS).write_text(text)
    known = is_intact(tmp_path, file_digest(tmp_path / CONTENTS))

    assert not known


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_a_week_holds_up_nobody(tmp_path: Path) -> None:
    """The size of a week is told without reading what may never end."""
    for table in ("centers", "volunteers", "availability"):
        os.mkfifo(tmp_path / f"{table}.csv")

    assert week_size(tmp_path) >= 0


@pytest.mark.parametrize("form", [0, 8, 12, 14])
def test_a_damaged_parcel_is_one_kind_of_error(form: int, tmp_path: Path) -> None:
    """Turned bytes, a parcel cut off, and no parcel at all are told as its documentation says."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", form) as archive:
        archive.writestr("roster.csv", "shift_id,volunteer_id\n" * 50)
    whole = buffer.getvalue()
    turned = whole[:45] + bytes(255 - byte for byte in whole[45:60]) + whole[60:]
    for parcel in (turned, whole[:-20], b"", b"PK"):
        with pytest.raises((ValueError, OSError)):
            unpack(parcel, tmp_path)


def test_a_file_without_a_name_is_damage(tmp_path: Path) -> None:
    """As a name whose first byte became a zero reads."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("roster.csv", "shift_id,volunteer_id\n")
    nameless = buffer.getvalue().replace(b"roster.csv", b"\0oster.csv")

    with pytest.raises(ValueError, match="a file has no name"):
        unpack(nameless, tmp_path)


def test_notes_of_a_planned_week_are_told(tmp_path: Path) -> None:
    """A window outside the week is no fault: the week is planned, and its outcome tells of it."""
    week, result = tmp_path / "2026-12-07", tmp_path / "result"
    week.mkdir()
    result.mkdir()
    write_week(tiny(FIRST), week)
    with (week / "availability.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"V0,2026-11-{day},07:00,11:00,\n" for day in range(10, 25))
    job = WeekJob(name="an/2026-12-07", week=FIRST, source=week, settings=Settings(lang="vi"))

    outcome = work(job, result)

    assert outcome.failure is None
    lines = [fact_text(fact, Words("vi")) for fact in outcome.facts]
    assert lines[0].startswith("tệp availability.csv, dòng 11, cột date")
    assert lines[-1] == "... và 5 nữa"


@pytest.mark.parametrize(("recommended", "told"), [(False, True), (True, False)])
def test_recommended_rules_answer_a_note(tmp_path: Path, recommended: bool, told: bool) -> None:
    """Preferences that no rule of the week reads are read by one that is added."""
    week, result = tmp_path / "2026-12-07", tmp_path / "result"
    week.mkdir()
    result.mkdir()
    write_week(tiny(FIRST), week)
    (week / "preferences.csv").write_text("volunteer_id,date,state\nV0,2026-12-07,for\n")
    settings = Settings(recommended=recommended)

    outcome = work(
        WeekJob(name="an/2026-12-07", week=FIRST, source=week, settings=settings), result
    )

    assert ("no rule reads the table preferences" in text_of(outcome, Words("en"))) is told


def test_a_week_of_faults_does_not_fill_the_manifest(tmp_path: Path) -> None:
    """The first thousand faults are told, and how many more there are: no shift is one of them."""
    week = tmp_path / "2026-12-07"
    week.mkdir()
    rows = "".join(f"c{i},{'x' * 1000}\n" for i in range(3_000))
    (week / "centers.csv").write_text("center_id,lat\n" + rows)
    for table, head in (
        ("volunteers", "volunteer_id"),
        ("availability", "volunteer_id,date,start,end"),
        ("shifts", "shift_id,center_id,date,start,end"),
        ("rules", "rule,level"),
    ):
        (week / f"{table}.csv").write_text(head + "\n")
    job = WeekJob(name="an/2026-12-07", week=dt.date(2026, 12, 7), source=week)

    outcome = work(job, tmp_path)

    assert outcome.failure == "input"
    assert text_of(outcome, Words("en")).endswith("... and 2,001 more")
    assert len(outcome.model_dump_json()) < 500_000
