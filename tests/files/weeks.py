"""A tiny planning week as texts, and what is wrong with variations of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_week
from shiftplan.problem import Problem

TINY = {
    "centers": "center_id,name,lat,lon,priority,capacity\n"
    "00430,Rạch Giá,10.01,105.08,1.125,2\n"
    "00431,Hòn Đất,10.2,104.9,1,3\n",
    "skills": "skill_id,name,kind,max_level\nportal,Dịch vụ công,tech,4\n",
    "services": "service_id,name,skill_id,min_level,minutes_per_citizen\nfile,Nộp,portal,2,20\n",
    "volunteers": "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    "A1,An,00430,official,3,4,0.91\n"
    "A2,Bình,00431,student,0,,1\n",
    "availability": "volunteer_id,date,start,end,state\n"
    "A1,2026-12-07,07:00,17:00,available\n"
    "A2,2026-12-08,13:00,17:00,preferred\n",
    "shifts": "shift_id,center_id,date,start,end\n"
    "S1,00430,2026-12-07,07:00,11:00\n"
    "S2,00431,2026-12-08,13:00,17:00\n",
    "demand": "center_id,date,start,end,service_id,arrivals\n"
    "00430,2026-12-07,07:00,08:00,file,2.5\n",
    "requirements": "shift_id,skill_id,min_level,minimum,target\nS1,,,1,2\nS2,portal,2,0,1\n",
    "rules": "rule,level,weight,value,note\ncoverage,1,100,,\nmentor,hard,,2,\nrate,1,7,,\n",
}
"""Table -> CSV text: two centers, two people, two shifts."""


def write_texts(folder: Path, week: dict[str, str]) -> Path:
    """Write a week, one file a table."""
    for table, text in week.items():
        (folder / f"{table}.csv").write_bytes(text.encode())
    return folder


def read(folder: Path, **changed: str) -> Problem:
    """Read the tiny week with some tables changed; blank tables are left out."""
    week = {k: v for k, v in (TINY | changed).items() if v}
    return read_week(write_texts(folder, week))


def refused(call: Callable[..., object], *args: Any, **more: Any) -> tuple[Fault, ...]:
    """The faults that a call raises."""
    with pytest.raises(InputError) as caught:
        call(*args, **more)
    return caught.value.faults


def told_at(faults: Iterable[Fault]) -> list[str]:
    """Code, row, column and value of faults, `code|row|column|value`; the last may be missing."""
    told = ((f.code, f.row or "", f.column, f.value) for f in faults)
    return ["|".join(map(str, one)).rstrip("|") for one in told]


def faults(folder: Path, **changed: str) -> tuple[Fault, ...]:
    """What reading the tiny week with some tables changed complains about."""
    return refused(read, folder, **changed)


def replaced(table: str, old: str, new: str) -> dict[str, str]:
    """The change of one place of one table."""
    assert old in TINY[table]
    return {table: TINY[table].replace(old, new, 1)}
