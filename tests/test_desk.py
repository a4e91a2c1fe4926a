"""The workbench behind a proxy (examples/operating/desk.py): who comes in, and its figures."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

FOLDER = Path(__file__).parents[1] / "examples" / "operating"
HTTPS = "https://planning.example"


@pytest.fixture(scope="module")
def desk() -> ModuleType:
    sys.path.append(str(FOLDER))
    return import_module("desk")


@pytest.fixture
def client(desk: ModuleType, tmp_path: Path) -> TestClient:
    """Somebody whom nobody knows yet."""
    people = desk.people_of(FOLDER / "people.toml")
    app = desk.desk(tmp_path / "weeks", people, run=tmp_path, backups=tmp_path)
    return TestClient(app, base_url=HTTPS, headers={"X-Shiftplan": "1"}, follow_redirects=False)


@pytest.mark.parametrize("line", ['province = "lan"', 'centers.hoa = "30292"'])
def test_a_name_without_a_list_is_no_list_of_letters(
    desk: ModuleType, tmp_path: Path, line: str
) -> None:
    """Otherwise each letter of a name would be somebody with a role."""
    (tmp_path / "people.toml").write_text(line, encoding="utf-8")

    with pytest.raises(ValueError, match=r"put the value of (province|hoa) into a list"):
        desk.people_of(tmp_path / "people.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('provnce = ["lan"]', "provnce is unknown"),
        ('[center]\nhoa = ["30958"]', "center is unknown"),
        ("", "nobody may do anything"),
        ('[centers]\nhoa = ["30958"]\nprovince = ["lan"]', "province belongs above"),
        ("[centers]\nhoa = [30958]", "put 30958 of hoa into quotation marks"),
        ('centers = ["x"]', "alone on a line"),
        ("province = [lan]", "Invalid value"),
    ],
)
def test_a_mistake_in_the_list_of_people_is_one_sentence_with_the_file(
    desk: ModuleType, tmp_path: Path, text: str, told: str
) -> None:
    """It is the last line of the log of a service that does not start."""
    place = tmp_path / "people.toml"
    place.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=told) as caught:
        desk.people_of(place)

    assert str(caught.value).startswith(f"{place}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("who", "status", "weeks"), [("lan", 303, 200), ("hoa", 303, 403), ("eve", 403, 401)]
)
def test_names_of_the_proxy_have_their_roles(
    client: TestClient, who: str, status: int, weeks: int
) -> None:
    """The province sees all weeks, a lead none but those of their center, a stranger nothing."""
    answer = client.get("/sign-in", headers={"X-Remote-User": who})

    assert answer.status_code == status
    assert client.get("/planning/api/weeks").status_code == weeks


def test_a_name_alone_lets_nobody_in(client: TestClient) -> None:
    """Only the path at which the proxy asks for a password looks at the name."""
    claimed = {"X-Remote-User": "lan"}

    assert client.get("/planning/api/weeks", headers=claimed).status_code == 401
    assert client.get("/sign-in").status_code == 403
    assert client.get("/").headers["location"] == "/sign-in"


def test_a_session_ends(
    client: TestClient, desk: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After twelve hours people sign in again; the cookie is for this site and TLS alone."""
    answer = client.get("/sign-in", headers={"X-Remote-User": "lan"})
    cookie = answer.headers["set-cookie"]
    later = time.monotonic() + desk.SESSION_SECONDS

    monkeypatch.setattr(desk.time, "monotonic", lambda: later)

    assert client.get("/planning/api/weeks").status_code == 401
    assert {"HttpOnly", "Secure", "SameSite=strict"} <= set(re.split("; ", cookie))


def test_requests_are_counted(client: TestClient, tmp_path: Path) -> None:
    """By method and status; the newest backup counts, and the figures of a batch are passed on."""
    before = client.get("/metrics/batch").status_code
    client.get("/planning/api/weeks")
    (tmp_path / "metrics.txt").write_text("# EOF\n", encoding="utf-8")
    backup = tmp_path / "shiftplan-x.tar.gz"
    backup.touch()

    families = list(text_string_to_metric_families(client.get("/metrics").text))

    samples = {
        (s.name, s.labels.get("status")): s.value for family in families for s in family.samples
    }
    assert before == 404
    assert samples["shiftplan_desk_requests_total", "401"] == 1
    assert samples["shiftplan_desk_request_seconds_count", None] == 2
    assert samples["shiftplan_backup_timestamp_seconds", None] == backup.stat().st_mtime
    assert samples["shiftplan_desk_disk_free_bytes", None] > 0
    passed_on = client.get("/metrics/batch")
    assert passed_on.headers["content-type"].startswith("application/openmetrics-text")
    assert passed_on.text == "# EOF\n"


def test_it_is_served_from_a_socket_that_it_is_given(tmp_path: Path) -> None:
    """As by the unit: the environment says what to serve, and descriptor 3 is the socket."""
    place = str(tmp_path / "desk.sock")
    unit = (FOLDER / "shiftplan-desk.service").read_text(encoding="utf-8")
    (line,) = re.findall(r"^ExecStart=\S+/uvicorn (.*)$", unit, re.M)
    options = line.replace("/opt/shiftplan/current/source/examples/operating", str(FOLDER))
    run = (
        "import os, runpy, sys; os.dup2(int(sys.argv.pop(1)), 3);"
        "runpy.run_module('uvicorn', run_name='__main__')"
    )
    people = str(FOLDER / "people.toml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place)
        listener.listen()
        handed = listener.fileno()
        process = subprocess.Popen(
            [sys.executable, "-c", run, str(handed), *options.split()],
            pass_fds=[handed],
            env={"WEEKS": str(tmp_path), "PEOPLE": people, "PYTHONPATH": ":".join(sys.path)},
            stderr=subprocess.PIPE,
            text=True,
        )
    with socket.socket(socket.AF_UNIX) as browser:
        browser.connect(place)
        browser.sendall(b"GET / HTTP/1.1\r\nHost: planning.example\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: browser.recv(4096), b""))
    process.terminate()
    told = process.communicate()[1]

    assert b"303 See Other" in answer, told
    assert b"location: /sign-in" in answer
    assert process.returncode in (0, -15), told
