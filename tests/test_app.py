"""The service of examples/service.py takes weeks of any size it says, and gives rosters back."""

from __future__ import annotations

import io
import sys
import threading
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import make_hard_problem
from fastapi.testclient import TestClient

import shiftplan as sp

EXAMPLES = Path(__file__).parents[1] / "examples"
COMMUNE = EXAMPLES / "data" / "commune"
sys.path.append(str(EXAMPLES))

import service  # noqa: E402 - of the folder added above

JSON, ZIP = {"content-type": service.JSON}, {"content-type": service.ZIP}


@pytest.fixture
def client() -> Iterator[TestClient]:
    service.jobs.clear()
    with TestClient(service.app) as client:
        yield client


@pytest.fixture
def busy() -> Iterator[threading.Event]:
    """The one thread that plans has something else to do until the event is set."""
    go_on = threading.Event()
    service.pool.submit(go_on.wait)
    yield go_on
    go_on.set()


def packed(**files: bytes) -> bytes:
    """A zip of files, named without the ending .csv."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return body.getvalue()


def lying(told: int, content: bytes) -> bytes:
    """A zip of one table that tells a size and check sum as if it were shorter."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("centers.csv", content)
        info = archive.getinfo("centers.csv")
        info.file_size, info.CRC = told, zlib.crc32(content[:told])
    return body.getvalue()


def odd(form: int = zipfile.ZIP_DEFLATED, flag: int = 0, names: tuple[str, ...] = ("a.csv",)):
    """A zip whose tables are packed in another form, flagged, or named without the ending .csv."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", form) as archive:
        for name in names:
            archive.writestr(name, b"center_id\n")
        for info in archive.infolist():
            info.flag_bits |= flag
    return body.getvalue()


def commune(**changed: bytes) -> bytes:
    """The bundled week as a zip, some of its files changed."""
    return packed(**{file.stem: file.read_bytes() for file in COMMUNE.glob("*.csv")} | changed)


def ended(client: TestClient, sent: dict[str, str]) -> dict:
    """What the service has of a week when it is done."""
    place = f"/weeks/{sent['week']}"
    while not client.get(place).json()["done"]:
        time.sleep(0.05)
    return client.get(f"{place}/result").json()


def test_a_zip_and_json_of_a_week_are_planned_alike(client):
    """Both end with a proven roster of the same cost, which the checker confirms."""
    problem = sp.read_week(COMMUNE)
    bodies = [(commune(), ZIP), (problem.to_json().encode(), JSON)]

    found = [
        ended(client, client.post("/weeks?seconds=600", content=body, headers=kind).json())
        for body, kind in bodies
    ]

    for each in found:
        score = sp.check(
            problem, sp.Roster.of((r["shift_id"], r["volunteer_id"]) for r in each["roster"])
        )
        assert score.is_feasible
        assert each["result"]["status"] == "OPTIMAL"
        assert each["result"]["total"] == {"cost": score.total, "bound": score.total, "gap": 0.0}
    assert found[0]["result"]["total"] == found[1]["result"]["total"]


def test_cancel_gives_the_best_roster_so_far(client):
    """A search that would go on for minutes ends with a roster of the cost that was told."""
    problem = make_hard_problem()
    body = problem.to_json().encode()
    sent = client.post("/weeks?seconds=300", content=body, headers=JSON).json()
    place = f"/weeks/{sent['week']}"
    while (told := client.get(place).json())["cost"] is None:
        time.sleep(0.05)

    assert client.post(f"{place}/cancel").status_code == 202

    found = ended(client, sent)
    score = sp.check(
        problem, sp.Roster.of((r["shift_id"], r["volunteer_id"]) for r in found["roster"])
    )
    assert score.is_feasible
    assert found["result"]["stopped_by"] == "INTERRUPT"
    assert found["result"]["total"]["cost"] == score.total <= told["cost"]


def test_the_end_of_the_service_ends_searches(busy):
    """A week that waits is cancelled when the service goes down."""
    with TestClient(service.app) as client:
        sent = client.post("/weeks", content=commune(), headers=ZIP).json()

    assert service.jobs[sent["week"]].cancel.is_set()


def test_faults_are_told(client):
    """Each fault is a line that names table, value and remedy; nothing is planned."""
    pins = b"volunteer_id,shift_id,state\nV99,mon-am,must\nV01,sun-am,must\n"

    answer = client.post("/weeks", content=commune(pins=pins), headers=ZIP)

    assert answer.status_code == 422
    faults = answer.json()["detail"]
    assert [word in fault for word, fault in zip(("V99", "sun-am"), faults, strict=True)] == [1, 1]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 422),
        (b"not a zip", ZIP, 422),
        (b"", ZIP, 422),
        (commune()[:-30], ZIP, 422),
        (packed(), ZIP, 422),
        (b"a,b", {"content-type": "text/csv"}, 415),
        (packed(centers=bytes(service.MOST_BYTES + 1)), ZIP, 413),
        (packed(**{f"t{i}": b"" for i in range(service.MOST_FILES + 1)}), ZIP, 413),
        (bytes(service.MOST_BYTES + 1), JSON, 413),
    ],
    ids=["json", "zip", "nothing", "cut", "empty", "csv", "tables", "files", "large"],
)
def test_what_is_no_week_is_refused(client, body, kind, status):
    """Broken, hostile and too large bodies get an answer that says so, and leave no job."""
    answer = client.post("/weeks", content=body, headers=kind)

    assert answer.status_code == status, answer.text
    assert not service.jobs


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (odd(zipfile.ZIP_BZIP2), "a.csv is packed in an unusual way"),
        (odd(zipfile.ZIP_LZMA), "a.csv is packed in an unusual way"),
        (odd(flag=1), "a.csv is encrypted"),
        (odd(names=("x/a.csv", "y/a.csv")), "two tables of this name"),
        (odd(names=("ä" * 126 + ".csv",)), "at most 255 bytes"),
        (odd(names=("ä.csv",)).replace("ä".encode(), b"\xff\xfe"), "not UTF-8"),
        (lying(9, b"center_id,name\n"), "Bad CRC-32"),
        (lying(16, b"center_id,name\n"), "size that the zip tells"),
    ],
    ids=["bzip2", "lzma", "encrypted", "twice", "long", "letters", "more", "less"],
)
def test_an_odd_zip_is_told(client, body, words):
    """What no program packs for a week is refused, each with its own reason."""
    answer = client.post("/weeks", content=body, headers=ZIP)

    assert answer.status_code == 422
    (fault,) = answer.json()["detail"]
    assert words in fault


def test_the_longest_name_is_only_a_name(client):
    """A table of 255 bytes is written, and told of as a file that a week does not have."""
    body = commune(**{"centers" + "x" * 244: b"a"})

    assert client.post("/weeks", content=body, headers=ZIP).status_code == 202


def test_a_bomb_is_never_unpacked():
    """A table that tells ten bytes and holds a hundred million does not take their memory."""
    body = lying(10, bytes(100_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(service.HTTPException):
            service.read(body, service.ZIP)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 10_000_000


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON;x=y"])
def test_types_may_say_more(client, kind):
    """Parameters and capitals change nothing of what a body is."""
    body = sp.read_week(COMMUNE).to_json().encode()

    assert client.post("/weeks", content=body, headers={"content-type": kind}).status_code == 202


def test_a_zip_writes_nowhere_else(client, tmp_path):
    """Names that lead out of the folder are cut to their last part."""
    place = tmp_path / "there"

    answer = client.post("/weeks", content=packed(**{f"../../..{place}": b"x"}), headers=ZIP)

    assert answer.status_code == 422
    assert not place.with_suffix(".csv").exists()


def test_weeks_wait_and_are_forgotten(client, busy, monkeypatch):
    """So many wait at most; of those that ended only the last ones are remembered."""
    monkeypatch.setattr(service, "MOST_OPEN", 2)
    monkeypatch.setattr(service, "MOST_KEPT", 2)
    first, second = (client.post("/weeks", content=commune(), headers=ZIP).json() for _ in range(2))

    assert client.get(f"/weeks/{first['week']}").json()["cost"] is None
    assert client.get(f"/weeks/{first['week']}/result").status_code == 409
    assert client.post("/weeks", content=commune(), headers=ZIP).status_code == 503

    busy.set()
    ended(client, first), ended(client, second)
    client.post("/weeks", content=commune(), headers=ZIP)
    assert client.get(f"/weeks/{first['week']}").status_code == 404
    assert client.get(f"/weeks/{second['week']}").status_code == 200
    assert client.post("/weeks/nobody/cancel").status_code == 404


def test_a_week_that_is_just_forgotten_is_no_error(client, monkeypatch):
    """A job that goes away between two looks of a request is found or not; both are answers."""

    class Forgetful(dict):
        def __contains__(self, name):
            return self.pop(name, None) is not None

    sent = client.post("/weeks", content=commune(), headers=ZIP).json()
    monkeypatch.setattr(service, "jobs", Forgetful(service.jobs))

    assert client.get(f"/weeks/{sent['week']}").status_code in (200, 404)
