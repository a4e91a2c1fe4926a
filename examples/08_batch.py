"""Three provinces, two weeks: planned as a batch, killed in the middle, and resumed.

python examples/08_batch.py --folder nation_and_run
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import shiftplan as sp
from shiftplan.rules import Coverage, Fairness, OnePlace

PROVINCES = ["An Giang", "Cần Thơ", "Đà Nẵng"]
MONDAYS = [dt.datetime(2026, 12, 7), dt.datetime(2026, 12, 14)]


def make_week(province: str, monday: dt.datetime) -> sp.Problem:
    """Two centers open on three mornings; each of eight people can come on most of them."""
    chance, shifts, windows = random.Random(f"{province} {monday}"), [], []
    people, centers = [f"V{i}" for i in range(1, 9)], ["market", "hill"]
    for day in range(3):
        start, end = monday + dt.timedelta(day, hours=7), monday + dt.timedelta(day, hours=11)
        for center in centers:
            shift_id = f"{center} {start:%m%d}"
            shifts.append(sp.Shift(shift_id=shift_id, center_id=center, start=start, end=end))
        able = [who for who in people if chance.random() < 0.6]
        windows += [sp.Availability(volunteer_id=who, start=start, end=end) for who in able]
    return sp.Problem(
        horizon=sp.Horizon(start=monday.date(), days=7),
        centers=tuple(sp.Center(center_id=c) for c in centers),
        volunteers=tuple(sp.Volunteer(volunteer_id=who) for who in people),
        availability=tuple(windows),
        shifts=tuple(shifts),
        requirements=tuple(sp.Requirement(shift_id=s.shift_id, target=2) for s in shifts),
        rules=(Coverage(level=1), OnePlace(), Fairness(level=2)),
    )


def planned(run: Path) -> list[str]:
    """The province-weeks planned so far, according to the log."""
    log = run / "log.jsonl"
    lines = log.read_text(encoding="utf-8").split("\n") if log.exists() else [""]
    told = [json.loads(line) for line in lines[:-1]]  # the last one may still be being written
    return [f"{e['province']}/{e['week']}" for e in told if e["event"] == "done"]


def main() -> None:
    """Write the weeks, start a batch, kill it after two results, and start it again."""
    parser = argparse.ArgumentParser(description="A batch that is killed and resumed.")
    parser.add_argument("--folder", help="folder for weeks and results; temporary unless given")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as passing:
        root, run = Path(folder or passing, "nation"), Path(folder or passing, "run")
        for province in PROVINCES:
            for monday in MONDAYS:
                sp.write_week(make_week(province, monday), root / province / f"{monday:%Y-%m-%d}")

        code = f"import shiftplan.batch as b; b.plan_batch({str(root)!r}, {str(run)!r}, workers=1)"
        batch = subprocess.Popen([sys.executable, "-c", code])
        while len(planned(run)) < 2 and batch.poll() is None:
            time.sleep(0.05)
        batch.kill()  # as kill -9: the batch cannot tidy up
        batch.wait()
        print("killed after:", *planned(run), sep="\n  ")

        found = sp.batch.plan_batch(root, run, on_event=lambda e: print(e.kind, e.place.name))
        done = planned(run)
        print(f"planned: {len(done)} of {len(found.rows)}, twice: {len(done) - len(set(done))}")


if __name__ == "__main__":
    main()
