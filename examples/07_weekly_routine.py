"""The whole week of a coordinator by commands, from the workbook to the next week.

    python examples/07_weekly_routine.py --out routine

07_weekly_routine.md lists the commands and what each is for. The commune has 13 volunteers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
import tempfile
from pathlib import Path

import shiftplan as sp
from shiftplan.cli import app

NAMES = ("An", "Bình", "Chi", "Dung", "Đào", "Em", "Hà", "Hoa", "Lan", "Mai", "Nam", "Oanh", "Phú")
SESSIONS = [dt.datetime(2026, 12, day, hour) for day in range(7, 12) for hour in (7, 13)]


def commune() -> sp.Problem:
    """What a coordinator fills in: people, when they can come, and what is needed."""
    people = [f"V{i:02}" for i in range(1, len(NAMES) + 1)]
    shifts = [f"D{start.day - 7}{'S' if start.hour == 7 else 'C'}" for start in SESSIONS]
    times = [{"start": start, "end": start + dt.timedelta(hours=4)} for start in SESSIONS]
    tables = {
        "horizon": {"start": "2026-12-07", "days": 7},
        "centers": [{"center_id": "30958", "name": "Xã Định Hòa", "minority_area": True}],
        "skills": [{"skill_id": "vneid", "name": "VNeID", "max_level": 3}],
        "volunteers": [
            {"volunteer_id": who, "name": name, "skills": {"vneid": i % 4}, "max_shifts": 4}
            for i, (who, name) in enumerate(zip(people, NAMES, strict=True))
        ],
        "availability": [
            {"volunteer_id": who, **time}
            for i, who in enumerate(people)
            for j, time in enumerate(times)
            if (i + j) % 3
        ],
        "shifts": [
            {"shift_id": shift, "center_id": "30958", **time}
            for shift, time in zip(shifts, times, strict=True)
        ],
        "requirements": [{"shift_id": shift, "minimum": 2, "target": 4} for shift in shifts],
        "rules": [
            {"rule": "coverage", "level": 1},
            {"rule": "fairness", "level": 2, "weight": 50},
            *({"rule": rule} for rule in ("max_shifts", "one_place")),
        ],
    }
    return sp.files.read_tables(tables)


def main() -> None:
    """Run the commands of the page in order; the first that fails ends the run."""
    parser = argparse.ArgumentParser(description="A coordinator's week.")
    parser.add_argument("--out", type=Path, help="a new folder; a temporary one if not given")
    out = parser.parse_args().out or Path(tempfile.mkdtemp(prefix="routine-"))
    page = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    commands = re.findall(r"^\|.*`shiftplan (.+?)`", page, re.MULTILINE)
    out.mkdir(parents=True, exist_ok=True)
    os.chdir(out)
    for command in commands:
        print(f"\n$ shiftplan {command}", flush=True)
        if exit_code := app(command.split(), standalone_mode=False):
            sys.exit(exit_code)
        if command.startswith("template --out week.xlsx"):  # on Thursday it is filled in
            sp.present.write_workbook(commune(), "week.xlsx", "vi")
        if command.startswith("publish"):  # one person is ill on the day
            first = sp.read_roster("told/roster.csv").assignments[0]
            row = f"shift_id,volunteer_id,state\n{first.shift_id},{first.volunteer_id},excused\n"
            Path("came.csv").write_text(row, encoding="utf-8")


if __name__ == "__main__":
    main()
