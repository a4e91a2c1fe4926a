"""The whole week of a coordinator by commands, from the workbook to the next week.

    python examples/07_weekly_routine.py --out routine

What each step is for stands in 07_weekly_routine.md. The commune here has 13 volunteers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from pathlib import Path

import shiftplan as sp
from shiftplan.cli import app

NAMES = ("An", "Bình", "Chi", "Dung", "Đào", "Em", "Hà", "Hoa", "Lan", "Mai", "Nam", "Oanh", "Phú")
SESSIONS = [(day, hour) for day in range(5) for hour in (7, 13)]


def commune() -> sp.Problem:
    """What a coordinator fills in: people, when they can come, and what is needed."""
    people = [f"V{i:02}" for i in range(1, len(NAMES) + 1)]
    shifts = [f"D{day}{'S' if hour == 7 else 'C'}" for day, hour in SESSIONS]
    starts = [dt.datetime(2026, 12, 7 + day, hour) for day, hour in SESSIONS]
    times = [{"start": start, "end": start + dt.timedelta(hours=4)} for start in starts]
    return sp.Problem(
        name="Xã Định Hòa",
        horizon={"start": "2026-12-07", "days": 7},
        centers=[{"center_id": "31006", "name": "Xã Định Hòa", "minority_area": True}],
        skills=[{"skill_id": "vneid", "name": "VNeID", "max_level": 3}],
        volunteers=[
            {"volunteer_id": who, "name": name, "skills": {"vneid": i % 4}, "max_shifts": 4}
            for i, (who, name) in enumerate(zip(people, NAMES, strict=True))
        ],
        availability=[
            {"volunteer_id": who, **time}
            for i, who in enumerate(people)
            for j, time in enumerate(times)
            if (i + j) % 3
        ],
        shifts=[
            {"shift_id": shift, "center_id": "31006", **time}
            for shift, time in zip(shifts, times, strict=True)
        ],
        requirements=[{"shift_id": shift, "minimum": 2, "target": 4} for shift in shifts],
        rules=[
            {"rule": "coverage", "level": 1},
            {"rule": "fairness", "level": 2, "weight": 50},
            {"rule": "max_shifts"},
            {"rule": "one_place"},
        ],
    )


def main() -> None:
    """Run the commands of a week, one after another."""
    parser = argparse.ArgumentParser(description="A coordinator's week.")
    parser.add_argument("--out", type=Path, help="folder for all files; a temporary one if missing")
    out = parser.parse_args().out or Path(tempfile.mkdtemp(prefix="routine-"))
    out.mkdir(parents=True, exist_ok=True)
    sp.write_workbook(commune(), out / "week.xlsx", "vi")
    (out / "absent.csv").write_text("volunteer_id,date\nV02,\nV07,2026-12-09\n", encoding="utf-8")
    for command in (
        "template --out {out}/empty.xlsx --lang vi --force",
        "plan {out}/week.xlsx --out {out}/plan --workers 1 --lang vi",
        "report {out}/week.xlsx {out}/plan/roster.csv --public --out {out}/notice.html",
        "repair {out}/week.xlsx {out}/plan/roster.csv --absent {out}/absent.csv --out {out}/late",
        "ledger {out}/ledger.json --record {out}/week.xlsx --roster {out}/late/roster.csv",
        "new-week --from {out}/week.xlsx --monday 2026-12-14 --ledger {out}/ledger.json "
        "--out {out}/next",
        "plan {out}/next --out {out}/next-plan --workers 1",
    ):
        print(f"\n$ shiftplan {command.format(out=out.name)}", flush=True)
        app([word.format(out=out) for word in command.split()], standalone_mode=False)


if __name__ == "__main__":
    main()
