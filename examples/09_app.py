"""A client of the service in service.py: send a week, watch, perhaps stop early, take the roster.

`python examples/09_app.py` needs no server: client and service are one process. With `--url` it
talks to a service that runs, started by `uvicorn --app-dir examples service:app`.
"""

from __future__ import annotations

import argparse
import io
import time
import zipfile
from pathlib import Path

import httpx2
from fastapi.testclient import TestClient
from service import app

DATA = Path(__file__).parent / "data"


def zipped(week: Path) -> bytes:
    """The CSV files of a week as one zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(week.glob("*.csv")):
            archive.write(file, file.name)
    return body.getvalue()


def plan(client: httpx2.Client, week: Path, stop_after: float) -> None:
    """Plan a week through the service, and show the roster, shift by shift."""
    kind = {"content-type": "application/zip"}
    sent = client.post("/weeks", params={"seconds": 60}, content=zipped(week), headers=kind)
    sent.raise_for_status()
    place = f"/weeks/{sent.json()['week']}"
    while not (told := client.get(place).json())["done"]:
        print(f"{told['seconds']:5.1f} s   cost {told['cost']}   bound {told['bound']}")
        if told["seconds"] > stop_after:
            client.post(f"{place}/cancel")
        time.sleep(0.5)
    found = client.get(f"{place}/result").raise_for_status().json()
    total = found["result"]["total"]
    print(f"{found['result']['status']}: cost {total['cost']}, proven bound {total['bound']}")
    for shift_id in dict.fromkeys(row["shift_id"] for row in found["roster"] or ()):
        team = [row["volunteer_id"] for row in found["roster"] if row["shift_id"] == shift_id]
        print(f"{shift_id:8} {', '.join(team)}")


def main() -> None:
    """Plan the bundled week of a commune, or another one."""
    parser = argparse.ArgumentParser(description="A client of the service.")
    parser.add_argument("--url", help="of a service that runs; without it, one in this process")
    parser.add_argument("--week", type=Path, default=DATA / "commune", help="a folder of CSV files")
    parser.add_argument("--stop-after", type=float, default=30, help="seconds (default 30)")
    options = parser.parse_args()
    with httpx2.Client(base_url=options.url) if options.url else TestClient(app) as client:
        plan(client, options.week, options.stop_after)


if __name__ == "__main__":
    main()
