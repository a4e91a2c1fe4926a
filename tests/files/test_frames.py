"""Weeks as data frames of pandas and polars: in, out, and what counts as missing."""

from __future__ import annotations

import datetime as dt
import math
import sys
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import problems

import shiftplan as sp
from shiftplan.errors import InputError, MissingExtraError
from shiftplan.files import read_frames, to_frames
from shiftplan.problem import Problem

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"
LIBRARIES: tuple[Literal["pandas", "polars"], ...] = ("pandas", "polars")


@pytest.fixture(scope="module")
def commune() -> Problem:
    return sp.read_week(COMMUNE)


@pytest.mark.parametrize("library", LIBRARIES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problem=problems())
def test_frames_are_read_back_as_they_were(library: Any, problem: Problem) -> None:
    """Whatever the problem, its frames make an equal one."""
    assert read_frames(to_frames(problem, library)) == problem


@pytest.mark.parametrize(("library", "read"), [("pandas", pd.read_csv), ("polars", pl.read_csv)])
def test_frames_of_csv_files_make_the_week_of_their_folder(commune: Problem, library, read) -> None:
    """What a library reads from the files, guessing types, is what `read_week` reads."""
    frames = {file.stem: read(file) for file in COMMUNE.glob("*.csv")}
    frames["centers"] = (
        frames["centers"].astype({"center_id": str})
        if library == "pandas"
        else (frames["centers"].cast({"center_id": pl.String}))
    )

    assert read_frames(frames) == commune


def test_all_kinds_of_missing_values_are_blank(commune: Problem) -> None:
    """NaN, None, NA and NaT of pandas, null and NaN of polars."""
    frames: dict[str, Any] = dict(to_frames(commune))
    people = frames["volunteers"]
    n = len(people)
    blanks: list[Any] = [np.nan, None, pd.NA, pd.NaT, math.nan]
    frames["volunteers"] = people.assign(max_shifts=[blanks[i % 5] for i in range(n)])
    free = read_frames(frames)
    mixed = to_frames(commune, "polars")
    empty = [math.nan if i % 2 else None for i in range(n)]
    mixed["volunteers"] = mixed["volunteers"].with_columns(
        max_shifts=pl.Series(empty, strict=False)
    )

    assert {person.max_shifts for person in free.volunteers} == {None}
    assert read_frames(mixed) == free


@pytest.mark.parametrize("library", LIBRARIES)
def test_columns_have_types(commune: Problem, library) -> None:
    """Moments, whole numbers and texts are what they are; blank cells are missing."""
    frames = to_frames(commune, library)

    start = frames["shifts"]["start"].to_list()[0]
    assert isinstance(start, dt.datetime)
    assert "date" not in frames["shifts"].columns
    assert isinstance(frames["requirements"]["target"].to_list()[0], int)
    assert frames["horizon"]["start"].to_list() == [dt.date(2026, 12, 7)]
    unknown = frames["centers"]["lat"]
    assert (unknown.is_null() if library == "polars" else unknown.isna()).all()


def test_dates_and_times_may_stand_apart(commune: Problem) -> None:
    """Columns as in the files do as well as moments, and so does a named index."""
    frames: dict[str, Any] = dict(to_frames(commune))
    shifts = frames["shifts"]
    apart = shifts.drop(columns=["start", "end"]).assign(
        date=shifts["start"].dt.date,
        start=shifts["start"].dt.strftime("%H:%M"),
        end=[moment.time() for moment in shifts["end"]],
    )
    frames["shifts"] = apart.set_index("shift_id")

    assert read_frames(frames) == commune


def test_faults_name_table_row_and_column(commune: Problem) -> None:
    """All at once; rows are counted from 1 on."""
    frames: dict[str, Any] = dict(to_frames(commune))
    frames["availability"] = frames["availability"].assign(volunteer_id="nobody").head(2)
    frames["shifts"].loc[3, "center_id"] = "?"

    with pytest.raises(InputError) as caught:
        read_frames(frames)

    places = [(fault.table, fault.row, fault.column) for fault in caught.value.faults]
    assert ("availability", 2, "volunteer_id") in places
    assert ("shifts", 4, "center_id") in places


@pytest.mark.parametrize(
    ("library", "zone"),
    [("pandas", "UTC"), ("pandas", "Asia/Tokyo"), ("pandas", "+07:00"), ("polars", "Asia/Tokyo")],
)
@pytest.mark.parametrize("table", ["shifts", "availability"])
def test_moments_with_a_zone_are_refused(
    commune: Problem, table: str, library: Literal["pandas", "polars"], zone: str
) -> None:
    """Times are those of the week's zone; another zone would shift them without a word."""
    frames: dict[str, Any] = dict(to_frames(commune, library))
    frame = frames[table]
    if library == "pandas":
        frames[table] = frame.assign(end=frame["end"].dt.tz_localize(zone))
    else:
        frames[table] = frame.with_columns(pl.col("end").dt.replace_time_zone(zone))

    with pytest.raises(InputError, match="without an offset") as caught:
        read_frames(frames)

    first = caught.value.faults[0]
    assert (first.table, first.column, first.row) == (table, "end", 1)
    assert len(caught.value.faults) == len(frame)


@pytest.mark.parametrize("name", ["start", "name", "shift_id"])
def test_a_column_that_stands_twice_is_refused(commune: Problem, name: str) -> None:
    """It is not told which of the two counts."""
    frames: dict[str, Any] = dict(to_frames(commune))
    table = "centers" if name == "name" else "shifts"
    frames[table] = pd.concat([frames[table], frames[table][[name]]], axis=1)

    with pytest.raises(InputError) as caught:
        read_frames(frames)

    assert any((f.table, f.column) == (table, name) for f in caught.value.faults)


def test_an_index_may_have_the_name_of_a_column(commune: Problem) -> None:
    """Then the column stands twice, which is a fault like any other."""
    frames: dict[str, Any] = dict(to_frames(commune))
    frames["volunteers"] = frames["volunteers"].set_index("volunteer_id", drop=False)

    with pytest.raises(InputError) as caught:
        read_frames(frames)

    assert {(f.table, f.column) for f in caught.value.faults} >= {("volunteers", "volunteer_id")}


@pytest.mark.parametrize("strange", [None, [], "shifts.csv"])
def test_what_is_no_frame_is_named(commune: Problem, strange: object) -> None:
    """Beside every other fault."""
    frames: dict[str, Any] = {**to_frames(commune), "shifts": strange}
    del frames["rules"]

    with pytest.raises(InputError, match="no data frame") as caught:
        read_frames(frames)

    assert {fault.table for fault in caught.value.faults} == {"shifts", "rules"}


def test_missing_and_unknown_tables_are_named() -> None:
    """A table that every week needs, and one that the format lacks."""
    with pytest.raises(InputError) as caught:
        read_frames({"horizon": pd.DataFrame({"start": ["2026-12-07"], "days": [7]})})
    with pytest.raises(InputError, match="shfts"):
        read_frames({"shfts": pd.DataFrame()})

    needed = {"centers", "volunteers", "availability", "shifts", "rules"}
    assert {fault.table for fault in caught.value.faults} == needed


def test_rosters_and_results_are_frames_of_either_library(commune: Problem) -> None:
    """The same rows in polars as in pandas."""
    result = sp.solve(commune, time_limit=10, workers=1)
    roster = result.require_roster()

    for table in (lambda x: roster.to_frame(commune, x), lambda x: result.to_frame(library=x)):
        ours, theirs = table("pandas"), table("polars")
        assert isinstance(theirs, pl.DataFrame)
        assert list(ours.columns) == theirs.columns
        assert len(ours) == theirs.height
    rows = roster.to_frame(commune, "polars").select("shift_id", "volunteer_id").rows()
    assert sp.Roster.of(rows) == roster


def test_a_library_that_is_missing_or_unknown_is_named(commune, monkeypatch) -> None:
    """The extra that brings it; other names are refused."""
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[polars\]"):
        to_frames(commune, "polars")
    with pytest.raises(InputError, match="library must be pandas or polars"):
        to_frames(commune, "dask")
