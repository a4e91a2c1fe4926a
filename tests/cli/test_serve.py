"""`shiftplan serve` as people start it: its address, its end, and what it refuses."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2 as httpx
import pytest
from commands import make_hard_problem, run, served_for_a_moment

from shiftplan import Problem, open_week, write_problem, write_week
from shiftplan.cli import browser, serve
from shiftplan.record.entries import Drafted
from shiftplan.web import serving

OWN = {"X-Shiftplan": "1"}
ODD = (
    b"GET /\x1b[2J\r\nSaid: x\r\n\r\n",
    b"\x16\x03\x01\x02\r\n\r\n",
    b"GET /%0d%0aSaid HTTP/1.1\r\n\r\n",
)
"""Requests that try to write into a log, or are none."""


@contextmanager
def server(*arguments: object, **environment: str) -> Iterator[tuple[Any, str, Any]]:
    """Start the command on a free port; the process, its address, and a visitor who came by it."""
    command = [sys.executable, "-W", "error", "-m", "shiftplan", "serve", *map(str, arguments)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, (line, process.communicate())
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=OWN) as visitor:
            yield process, found[0], visitor
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(week: Path, ending: signal.Signals) -> None:
    """The address lets in, nothing else does; an open stream of news holds nobody up."""
    with server(week) as (process, address, visitor):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start\?token=[\w-]{43}", address)
        assert visitor.get("/api/week").status_code == 401
        assert visitor.get(address).status_code == 200
        assert visitor.get("/api/week").json()["name"] == "week"
        assert "server" not in visitor.get("/").headers
        evil = {"host": "evil.example"}
        assert visitor.get("/api/week", headers=evil).status_code == 421
        at = ("127.0.0.1", visitor.base_url.port)
        for odd in ODD:
            with socket.create_connection(at) as wire:  # nothing of it is logged
                wire.sendall(odd)
                wire.recv(10)
        with visitor.stream("GET", "/api/news") as news:
            lines = news.iter_lines()
            assert next(lines) == "event: hello"
            process.send_signal(ending)
            assert "\n".join(lines).startswith("data: ")
        out, err = process.communicate()

    assert (process.returncode, out, err) == (0, "", "")  # it would say whom it did not wait for


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_nothing_acknowledged_is_lost_when_it_is_killed(week: Path) -> None:
    """The next command reads the record as if nothing had happened, with who did what."""
    with server(week, SHIFTPLAN_PASSWORD="correct horse battery") as (process, address, visitor):
        assert address == f"http://127.0.0.1:{visitor.base_url.port}/"
        signed = {"name": "Mai", "password": "correct horse battery"}
        assert visitor.post("/api/session", json=signed).status_code == 204
        told = visitor.post("/api/records", json={"absences": [{"volunteer_id": "v0"}]})
        assert told.status_code == 200, told.text
        process.send_signal(signal.SIGKILL)
        process.wait()

    live = open_week(week)
    assert [(e.who, type(e.body).__name__) for e in live.entries] == [("Mai", "Changed")]
    assert run("status", week).exit_code == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_a_search_that_runs_keeps_its_best_when_it_is_stopped(tmp_path: Path) -> None:
    """It is a proposal of the record, with its bound."""
    week = tmp_path / "week"
    write_week(make_hard_problem(), week)
    with server(week) as (process, address, visitor):
        visitor.get(address)
        search = visitor.post("/api/searches", json={"kind": "anew", "seconds": 300})
        assert search.status_code == 201, search.text
        while not visitor.get("/api/searches/newest").json()["progress"]:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()

    assert (process.returncode, out, err) == (0, "", "")
    (entry,) = open_week(week).entries
    assert isinstance(entry.body, Drafted)
    assert entry.body.made_by == "plan"
    assert entry.body.filled > 0


def test_a_port_that_is_taken(week: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one asked for is needed; else the next free one is used, and that is said."""
    served_for_a_moment(monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        asked = run("serve", week, "--port", port, "--no-browser")
        monkeypatch.setattr(serving, "PORT", port)
        free = run("serve", week, "--no-browser")
        vi = run("serve", week, "--no-browser", "--lang", "vi")

    assert asked.exit_code == 2
    assert f"port {port}: another program uses it" in asked.stderr
    assert free.exit_code == 0
    used = int(re.findall(r":(\d+)/start", free.stdout)[0])
    assert used != port
    assert f"Port {port} is taken; port {used} is used instead." in free.stderr
    assert f"Cổng {port} đang được dùng" in vi.stderr


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("203.0.113.7", "this computer has no such address"),
        ("no.such.host.invalid", "Cannot listen"),
    ],
)
def test_an_address_that_is_not_here(
    week: Path, host: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 and the reason."""
    served_for_a_moment(monkeypatch)
    done = run("serve", week, "--host", host, SHIFTPLAN_PASSWORD="correct horse battery")

    assert done.exit_code == 2
    assert said in done.stderr
    assert host in done.stderr


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (["--host", "0.0.0.0"], "", "set a password with --password-file"),
        (["--host", "::"], "", "set a password with --password-file"),
        (["--host", "0.0.0.0"], "short", "at least 10 characters"),
        ([], "short", "at least 10 characters"),
        (["--password-file", "{short}"], "correct horse battery", "at least 10 characters"),
        (["--password-file", "{empty}"], "correct horse battery", "at least 10 characters"),
        (["--password-file", "{none}"], "", "none.txt"),
        (["--port", "0"], "", "--port"),
        (["--port", "65536"], "", "--port"),
        (["--map", "{short}"], "", "short.txt"),
        (["--password", "correct horse battery"], "", "--password"),  # others see command lines
    ],
)
def test_what_is_refused(
    week: Path,
    tmp_path: Path,
    arguments: list[str],
    password: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 2, what is wrong, and nothing is served."""
    places = {name: tmp_path / f"{name}.txt" for name in ("short", "empty", "none")}
    places["short"].write_text("short\n")
    places["empty"].write_text("\ncorrect horse battery\n")
    monkeypatch.setattr(serving, "serve", lambda *_, **__: pytest.fail("it serves"))
    filled = [part.format(**places) for part in arguments]

    done = run("serve", week, *filled, "--no-browser", SHIFTPLAN_PASSWORD=password)

    assert done.exit_code == 2
    assert said in done.stderr
    assert "correct horse battery" not in done.output


def test_a_password_lets_others_in(
    week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file or of the environment; the address that is printed has no token then."""
    served_for_a_moment(monkeypatch)
    file = tmp_path / "password.txt"
    file.write_text("  correct horse battery \nsecond line\n", encoding="utf-8")
    from_file = run("serve", week, "--host", "0.0.0.0", "--password-file", file, "--no-browser")
    from_environment = run(
        "serve", week, "--no-browser", SHIFTPLAN_PASSWORD="correct horse battery"
    )

    for done in (from_file, from_environment):
        assert done.exit_code == 0
        assert re.search(r"http://[\w.:-]+:\d+/ ", done.stdout)
        assert "token" not in done.output
        assert "correct" not in done.output


def test_a_password_is_asked_for_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others are let in and it is given in no other way; it is not echoed."""
    asked: list[str] = []

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return "correct horse battery"

    monkeypatch.setattr(serve, "getpass", getpass)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.delenv("SHIFTPLAN_PASSWORD", raising=False)

    assert serve._password("0.0.0.0", None, "vi") == "correct horse battery"
    assert asked == ["Mật khẩu để đăng nhập (ít nhất 10 ký tự): "]
    assert serve._password("127.0.0.1", None, "vi") is None
    assert len(asked) == 1


def test_the_browser_gets_an_address_for_one_use(
    week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others may see its command line; nothing is opened without a display or with --no-browser."""
    served_for_a_moment(monkeypatch)
    opened: list[str] = []
    monkeypatch.setattr(browser, "show_beside", opened.append)
    monkeypatch.setattr(browser, "has_display", lambda: True)
    done = run("serve", week)
    run("serve", week, "--no-browser")
    monkeypatch.setattr(browser, "has_display", lambda: False)
    run("serve", week)

    assert len(opened) == 1
    assert "/start?token=" in opened[0]
    assert opened[0] not in done.output


@pytest.mark.parametrize("name", ["nothing", "notes.txt", "broken.xlsx", "week.json", "empty"])
def test_what_has_no_cells_to_mend_is_not_served(tmp_path: Path, name: str) -> None:
    """Its faults are told as by every command, and it is not in the list of weeks."""
    if name == "empty":
        (tmp_path / name).mkdir()
    elif name != "nothing":
        (tmp_path / name).write_text("{}")

    done = run("serve", tmp_path / name, "--no-browser", XDG_DATA_HOME=str(tmp_path / "data"))

    assert done.exit_code == 2
    assert "fault" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_missing_extra_is_named(week: Path, lang: str) -> None:
    """Exit code 2 and what to install."""
    script = (
        "import sys; sys.modules['fastapi'] = None\n"
        f"sys.argv = ['shiftplan', 'serve', {str(week)!r}, '--lang', {lang!r}]\n"
        "from shiftplan.cli import main; main()"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")

    assert (done.returncode, done.stdout) == (2, "")
    assert ("PLACE" if lang == "en" else "NGUỒN") + "[web]" in done.stderr
    assert len(done.stderr.splitlines()) <= 3


def test_a_workbook_is_served_too(tiny: Problem, tmp_path: Path) -> None:
    """In Vietnamese where that is asked for."""
    write_problem(tiny, tmp_path / "tuần.xlsx")
    with server(tmp_path / "tuần.xlsx", "--lang", "vi") as (process, address, visitor):
        visitor.get(address)
        assert visitor.get("/api/week").json()["name"] == "tuần"
        process.terminate()
        process.wait()

    assert address.endswith("&lang=vi")
