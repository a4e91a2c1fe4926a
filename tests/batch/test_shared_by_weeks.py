"""Batches of weeks whose tables lie once above them, in the folders of provinces and nation."""

from __future__ import annotations

from pathlib import Path

import pytest
from batches import FIRST, SECOND, noted, plan, states, tiny, write_province

from shiftplan.batch.manifest import Before, WeekJob
from shiftplan.batch.parcel import pack_job, unpack_job
from shiftplan.batch.places import ProvinceWeek, find_weeks
from shiftplan.batch.timing import source_bytes, week_size
from shiftplan.errors import InputError
from shiftplan.files import read_problem
from shiftplan.files.csv_text import table_text
from shiftplan.files.shared import shared_tables
from shiftplan.files.week import week_tables, write_tables


def lay_above(folder: Path, *tables: str) -> None:
    """Write tables of the tiny week into a folder above weeks."""
    texts = week_tables(tiny(FIRST))
    for name in tables:
        (folder / f"{name}.csv").write_text(table_text(*texts[name], {}), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two provinces: rules of the nation; one province has its own centers, one each its weeks'."""
    root = tmp_path / "root"
    for name in ("an", "bạc"):
        for monday in (FIRST, SECOND):
            week = root / name / str(monday)
            week.mkdir(parents=True)
            write_tables(tiny(monday), week, ("rules", "centers") if name == "an" else ("rules",))
    lay_above(root, "rules")
    lay_above(root / "an", "centers")
    return root


def test_a_change_above_plans_again_the_weeks_that_take_it(
    root: Path, tmp_path: Path, begun: list[str]
) -> None:
    """Those of one province for its table, all for the nation's, none for what nobody takes."""
    run = tmp_path / "run"
    assert plan(root, run).is_complete
    first = states(plan(root, run))
    assert set(first.values()) == {"done"}
    assert len(begun) == 4

    begun.clear()
    (root / "an" / "centers.csv").write_text("center_id,name\nA,An Phú\n")
    (root / "services.csv").write_text("service_id,minutes_per_citizen\nfile,5\n")
    (root / "bạc" / "centers.csv").write_text("center_id,name\nA,not read\n")
    assert plan(root, run).is_complete
    assert len(set(begun)) == 4

    begun.clear()
    (root / "an" / "centers.csv").write_text("center_id,name\nA,An Phú 2\n")
    assert plan(root, run).is_complete
    assert sorted(begun) == [f"an/{FIRST}", f"an/{SECOND}"]

    begun.clear()
    (root / "bạc" / "centers.csv").write_text("center_id,name\nA,never read\n")
    assert plan(root, run).is_complete
    assert begun == []


def test_a_week_is_the_same_with_its_tables_above(root: Path) -> None:
    """And as large, as far as time is shared out by it."""
    week = root / "an" / str(FIRST)

    assert read_problem(week) == tiny(FIRST)
    assert set(shared_tables(week)) == {"rules", "centers"}
    whole = root / "whole"
    write_tables(tiny(FIRST), whole)
    assert week_size(week) == week_size(whole)
    assert source_bytes(week) == source_bytes(whole)


def test_shared_tables_travel_with_a_job(root: Path, tmp_path: Path) -> None:
    """At the same distance, so that the week is read there as here; also of weeks before."""
    first, source = (root / "an" / str(monday) for monday in (FIRST, SECOND))
    before = (Before(source=first, folder=tmp_path / "none", attendance=None),)
    job = WeekJob(name=f"an/{SECOND}", week=SECOND, source=source, before=before)
    there = unpack_job(pack_job(job), tmp_path / "there")

    found = {name: table.label for name, table in shared_tables(there.source).items()}
    assert found == {"rules": "../../rules.csv", "centers": "../centers.csv"}
    assert read_problem(there.source) == read_problem(source)
    assert read_problem(there.before[0].source) == read_problem(first)


def test_a_shared_table_that_is_a_link_does_not_travel(root: Path, tmp_path: Path) -> None:
    """Out of its folder it is refused here, since there it would be a file like all others."""
    (tmp_path / "secret.csv").write_text("secret")
    (root / "rules.csv").unlink()
    (root / "rules.csv").symlink_to("../secret.csv")
    source = root / "an" / str(FIRST)

    with pytest.raises(InputError, match="link to a file outside the folder"):
        pack_job(WeekJob(name="an/x", week=FIRST, source=source))


def test_a_bad_shared_table_fails_the_weeks_that_take_it(
    root: Path, tmp_path: Path, begun: list[str]
) -> None:
    """With its place as seen from the week; the other province is planned."""
    (root / "an" / "centers.csv").write_text("center_id,lat\nA,north\n")
    run = tmp_path / "run"
    found = states(plan(root, run))

    assert found[f"an/{FIRST}"] == "input"
    assert found[f"bạc/{FIRST}"] == "done"
    assert "../centers.csv" in str(noted(run)[f"an/{FIRST}"])


def test_folders_of_provinces_may_hold_shared_tables_only(tmp_path: Path) -> None:
    """They are no weeks, and no province is looked for in a folder without weeks."""
    root = tmp_path / "root"
    write_province(root, "an", FIRST)
    (root / "common").mkdir()
    lay_above(root / "common", "rules")

    assert [place.name for place in find(root)] == [f"an/{FIRST}"]


def find(root: Path) -> list[ProvinceWeek]:

    return [place for place in find_weeks(root) if place.fault is None]
