"""A client of the workbench: send a week, plan it in the background, perhaps stop, take the roster.

`python examples/09_app.py` needs no server: client and service are one process. With `--url` it
talks to the service in service.py, started by `uvicorn --app-dir examples service:app`.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import zipfile
from pathlib import Path

import httpx2
from fastapi.testclient import TestClient
from service import office

DATA = Path(__file__).parent / "data"
OWN = {"X-Shiftplan": "1"}  # needed to change anything; no other site can send it


def zipped(week: Path) -> bytes:
    """The CSV files of a week as one zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(week.glob("*.csv")):
            archive.write(file, file.name)
    return body.getvalue()


def plan(client: httpx2.Client, week: Path, stop_after: float) -> None:
    """Plan a week on the server, and show the roster, shift by shift."""
    client.get("/sign-in/lan", follow_redirects=False)
    name = {"name": f"{week.resolve().name}.zip"}
    sent = client.post("/planning/api/weeks", params=name, content=zipped(week))
    week_id = sent.raise_for_status().json()["week_id"]
    state = client.get(f"/planning/api/weeks/{week_id}").json()
    if faults := [f"{fault['place']}: {fault['text']}" for fault in state["faults"]]:
        raise SystemExit("\n".join(faults))
    api = f"/planning/weeks/{week_id}/api"
    started = client.post(f"{api}/searches", json={"kind": "anew", "seconds": 60})
    search = started.raise_for_status().json()
    while search["state"] in ("waiting", "running"):
        told = search["progress"][-1] if search["progress"] else {"total": None, "bound": None}
        print(f"{search['seconds']:5.1f} s   cost {told['total']}   bound {told['bound']}")
        if search["seconds"] > stop_after:
            client.delete(f"{api}/searches/{search['id']}")
        time.sleep(0.5)
        search = client.get(f"{api}/searches/newest").json()
    print(*search["lines"], sep="\n")
    client.post(f"{api}/compare/take", json={"version": search["proposal"]}).raise_for_status()
    draft = client.get(f"{api}/draft").json()
    teams: dict[str, list[str]] = {}
    for shift_id, volunteer_id in draft["assignments"]:
        teams.setdefault(shift_id, []).append(volunteer_id)
    for shift_id, team in teams.items():
        print(f"{shift_id:8} {', '.join(team)}")


def main() -> None:
    """Plan the bundled week of a commune, or another one."""
    parser = argparse.ArgumentParser(description="A client of the workbench.")
    parser.add_argument("--url", help="of a service that runs; without it, one in this process")
    parser.add_argument("--week", type=Path, default=DATA / "commune", help="a folder of CSV files")
    parser.add_argument("--stop-after", type=float, default=30, help="seconds (default 30)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as weeks:
        here = TestClient(office(Path(weeks)))
        with httpx2.Client(base_url=options.url) if options.url else here as client:
            client.headers.update(OWN)
            plan(client, options.week, options.stop_after)


if __name__ == "__main__":
    main()
