"""Ten thousand wrong rows take ten times as long as a thousand, not a hundred times."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import corpus
from fuzz.run import limited
from shiftplan.errors import InputError
from shiftplan.files import read_week
from shiftplan.present.faults import fault_text

ROWS = 10_000
WINDOW = "2026-12-07,07:00,17:00,available"
TABLES = {
    "grants": ("volunteer_id,skill_id,level,valid_from", ["A2,portal,2,2026-12-08"] * ROWS),
    "availability": (
        "volunteer_id,date,start,end,state",
        [f"X{i},{WINDOW}" for i in range(ROWS)],
    ),
    "shifts": (
        "shift_id,center_id,date,start,end",
        [f"S{i % 9},c{i},2026-12-07,07:00,1" for i in range(ROWS)],
    ),
    "volunteers": (
        "volunteer_id,home_center_id,show_rate",
        [f"A1,1.{i}E+5,{i}" for i in range(ROWS)],
    ),
    "pins": ("volunteer_id,shift_id,state", ["A1,S1,must", "A1,S1,must_not"] * (ROWS // 2)),
}


@pytest.mark.parametrize("table", TABLES)
def test_many_faults_are_told_in_a_moment(table: str, tmp_path: Path) -> None:
    """All rows are wrong; each is told within the time that any damaged file may take."""
    head, rows = TABLES[table]
    for name, data in corpus.week_files().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / f"{table}.csv").write_text("\n".join([head, *rows]) + "\n")

    with limited(), pytest.raises(InputError) as caught:
        read_week(tmp_path)

    assert caught.value.count >= ROWS - 1
    with limited():
        assert all(fault_text(fault, "vi") for fault in caught.value.faults[:1_000])
