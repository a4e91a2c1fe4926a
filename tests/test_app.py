"""The service of examples/service.py: the workbench of many weeks, for those whom it signs in."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import make_hard_problem
from fastapi.testclient import TestClient

import shiftplan as sp

EXAMPLES = Path(__file__).parents[1] / "examples"
COMMUNE = EXAMPLES / "data" / "commune"
sys.path.append(str(EXAMPLES))

import service  # noqa: E402 - of the folder added above

OWN = {"X-Shiftplan": "1"}
WEEKS = "/planning/api/weeks"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Somebody of the province, signed in."""
    with TestClient(service.office(tmp_path), headers=OWN) as client:
        client.get("/sign-in/lan", follow_redirects=False)
        yield client


def zipped() -> bytes:
    """The bundled week as a zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for file in COMMUNE.glob("*.csv"):
            archive.write(file, file.name)
    return body.getvalue()


def sent(client: TestClient, name: str, body: bytes) -> str:
    """Send a week; where its routes are."""
    answer = client.post(WEEKS, params={"name": name}, content=body)
    return f"/planning/weeks/{answer.raise_for_status().json()['week_id']}/api"


def started(client: TestClient, place: str, seconds: float) -> dict[str, Any]:
    """Start to plan a week."""
    asked = {"kind": "anew", "seconds": seconds}
    return client.post(f"{place}/searches", json=asked).raise_for_status().json()


def ended(client: TestClient, place: str) -> dict[str, Any]:
    """The search when it is done."""
    while True:
        found = client.get(f"{place}/searches/newest").json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.05)


def taken(client: TestClient, place: str, problem: sp.Problem) -> sp.scoring.Score:
    """What the roster is worth that a search proposed, taken over as the draft."""
    version = ended(client, place)["proposal"]
    client.post(f"{place}/compare/take", json={"version": version}).raise_for_status()
    draft = client.get(f"{place}/draft").json()
    score = sp.check(problem, sp.Roster.of(map(tuple, draft["assignments"])))
    assert score.total == draft["total"]
    return score


def test_a_zip_and_json_of_a_week_are_planned_alike(client):
    """Both end with a proven roster of the same cost, which the checker confirms."""
    problem = sp.read_week(COMMUNE)
    places = [sent(client, "a.zip", zipped()), sent(client, "b.json", problem.to_json().encode())]
    for place in places:
        started(client, place, 600)

    scores = [taken(client, place, problem) for place in places]

    assert all(score.is_feasible for score in scores)
    assert scores[0].total == scores[1].total == 2_120
    ends = [ended(client, place)["progress"][-1] for place in places]
    assert [told["bound"] for told in ends] == [2_120, 2_120]


def test_stopping_gives_the_best_roster_so_far(client):
    """A search that would go on for minutes ends with a roster of the cost that was told."""
    problem = make_hard_problem()
    place = sent(client, "hard.json", problem.to_json().encode())
    search = started(client, place, 300)
    while not any(told["total"] for told in search["progress"]):
        time.sleep(0.05)
        search = client.get(f"{place}/searches/newest").json()

    assert client.delete(f"{place}/searches/{search['id']}").status_code == 204

    score = taken(client, place, problem)
    assert ended(client, place)["state"] == "stopped"
    assert score.is_feasible
    assert score.total <= search["progress"][-1]["total"]


def test_the_end_of_the_service_ends_searches(tmp_path):
    """A search that goes on when the service goes down is stopped, and its best is recorded."""
    with TestClient(service.office(tmp_path), headers=OWN) as client:
        client.get("/sign-in/lan", follow_redirects=False)
        place = sent(client, "hard.json", make_hard_problem().to_json().encode())
        search = started(client, place, 300)
        while not any(told["total"] for told in search["progress"]):
            time.sleep(0.05)
            search = client.get(f"{place}/searches/newest").json()

    assert len(sp.open_week(tmp_path / "hard.json").now.state.versions) == 1


def test_faults_are_told(client):
    """Each fault names its table, value and way out; there is nothing to be planned."""
    problem = sp.read_week(COMMUNE)
    body = problem.to_json().replace('"V01"', '"V99"', 1).encode()

    answer = client.post(WEEKS, params={"name": "x.json"}, content=body)

    assert answer.status_code == 409
    assert any("V01" in fault["text"] for fault in answer.json()["faults"])


@pytest.mark.parametrize(
    ("who", "listed", "week", "draft"),
    [("lan", 200, 200, 200), ("hoa", 403, 200, 200), ("an", 403, 403, 403), ("", 401, 401, 401)],
)
def test_who_is_who(tmp_path, who, listed, week, draft):
    """The province sees all weeks, a lead the week of their center, a volunteer neither."""
    with TestClient(service.office(tmp_path), headers=OWN) as client:
        client.get("/sign-in/lan", follow_redirects=False)
        place = sent(client, "a.zip", zipped())
        client.cookies.clear()
        if who:
            client.get(f"/sign-in/{who}", follow_redirects=False)

        paths = (WEEKS, f"{place}/week", f"{place}/draft")
        assert [client.get(path).status_code for path in paths] == [listed, week, draft]


def test_nobody_else_signs_in(client):
    """A name that the office does not know gets no session, and neither does a made-up one."""
    client.cookies.clear()

    assert client.get("/sign-in/eve").status_code == 404
    client.cookies.set(service.COOKIE, "lan")
    assert client.get(WEEKS).status_code == 401


def test_pages_lead_to_each_other(client):
    """Mounted below a path, the page, its parts and the workbench of a week are there."""
    sent(client, "a.zip", zipped())

    home = client.get("/planning/")
    assert 'src="home/home.js"' in home.text
    assert client.get("/planning/home/home.js").status_code == 200
    there = client.get("/planning/weeks/a", follow_redirects=False)
    assert there.headers["location"] == "/planning/weeks/a/"
    assert client.get("/planning/weeks/a/app.js").status_code == 200
    assert client.get("/planning/weeks/a/api/week").json()["has_home"]
