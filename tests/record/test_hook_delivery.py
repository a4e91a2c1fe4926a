"""Events on their way to hooks: signed, in order, tried again, kept, and in nobody's way."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from processes import gone

from shiftplan.record import delivery, hooks
from shiftplan.record.delivery import DELIVERY, SIGNATURE, deliver, signature
from shiftplan.record.hooks import HOOKS, LOG, hand_over, outbox_of
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.testing import plan
from shiftplan.week.roster import Roster

SECRET = b"s3cret"
QUICK = (0.001, 0.001, 0.001, 0.001)


class Receiver:
    """A server that keeps what it gets, and answers as told: a status, or seconds of silence."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int | float] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                answer = outer.answers.pop(0) if outer.answers else 204
                if isinstance(answer, float):
                    time.sleep(answer)
                    return
                self.send_response(answer)
                self.send_header("Location", f"{outer.url}/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


class Outbox:
    """A file of hooks with its outbox, whose events no other process delivers."""

    def __init__(self, folder: Path, text: str) -> None:
        self.file = folder / "hooks.toml"
        self.file.write_text(text, encoding="utf-8")

    def put(self, event: str = "told", **more: Any) -> None:
        hand_over([(event, json.dumps({"event": event, **more}))], self.file)

    @property
    def waiting(self) -> list[str]:
        files = sorted(outbox_of(self.file).glob("*/*.json"))
        return [json.loads(file.read_bytes())["event"] for file in files]

    @property
    def log(self) -> list[str]:
        """Lines of the log without their time and the names of events."""
        text = (outbox_of(self.file) / LOG).read_text(encoding="utf-8")
        lines = [line.split(" ", 2)[2].split(" ") for line in text.splitlines()]
        return [" ".join(word for word in line if not word.endswith(".json")) for line in lines]


@pytest.fixture
def make_outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Outbox]:
    monkeypatch.setattr(hooks, "_deliver_apart", lambda path: None)
    monkeypatch.setenv("HOOK_SECRET", SECRET.decode())
    return lambda text: Outbox(tmp_path, text)


def calling(url: str, name: str = "chat") -> str:
    return f'[{name}]\nevents = ["told", "failed"]\nurl = "{url}"\nsecret_env = "HOOK_SECRET"\n'


def running(*command: object, name: str = "archive") -> str:
    return f'[{name}]\nevents = ["told"]\ncommand = {json.dumps([*map(str, command)])}\n'


def test_events_that_come_together_are_delivered_by_one_process(
    tmp_path: Path, make_outbox: Callable[[str], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process for each of the many events of forms would take the processors of the server."""
    outbox = make_outbox(calling("https://chat.example/hook") + running("true"))
    started: list[Path] = []
    monkeypatch.setattr(hooks, "_deliver_apart", started.append)
    told = [("told", '{"event": "told"}'), ("answered", "{}"), ("failed", '{"event": "failed"}')]

    hand_over(told, outbox.file)
    hand_over([("answered", "{}")], outbox.file)

    assert started == [outbox.file]
    assert outbox.waiting == ["told", "told", "failed"]  # of the archive, then of the chat


def test_what_is_sent_is_signed(receiver: Receiver, make_outbox: Callable[[str], Outbox]) -> None:
    """Whoever knows the secret recomputes it; another body, time or secret gives another one."""
    outbox = make_outbox(calling(f"{receiver.url}/hook"))
    outbox.put(week="tuần 50")
    outbox.put("drafted")  # of which the hook does not ask

    deliver(outbox.file)

    ((headers, body),) = receiver.got
    time_told, told = (part.split("=")[1] for part in headers[SIGNATURE].split(","))
    expected = hmac.new(SECRET, f"{time_told}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(told, expected)
    assert abs(int(time_told) - time.time()) < 60
    assert json.loads(body) == {"event": "told", "week": "tuần 50"}
    for other in (
        signature(SECRET, body + b" ", int(time_told)),
        signature(SECRET, body, int(time_told) + 1),
        signature(SECRET + b"x", body, int(time_told)),
    ):
        assert other != headers[SIGNATURE]
    assert headers["Content-Type"] == "application/json"
    assert (outbox.waiting, outbox.log) == ([], ["INFO chat: delivered, try 1"])


def test_it_is_tried_again_under_the_same_id(
    receiver: Receiver, make_outbox: Callable[[str], Outbox]
) -> None:
    """A server that fails twice and then works; later events wait for earlier ones."""
    outbox = make_outbox(calling(receiver.url))
    receiver.answers = [500, 503]
    outbox.put(n=1)
    outbox.put("failed", n=2)

    deliver(outbox.file, QUICK)

    assert [json.loads(body)["n"] for _, body in receiver.got] == [1, 1, 1, 2]
    ids = [headers[DELIVERY] for headers, _ in receiver.got]
    assert len(set(ids[:3])) == 1
    assert ids[3] != ids[0]
    assert outbox.waiting == []
    assert outbox.log == [
        "WARNING chat: failed, try 1: the address answers 500",
        "WARNING chat: failed, try 2: the address answers 503",
        "INFO chat: delivered, try 3",
        "INFO chat: delivered, try 1",
    ]


def test_what_fails_at_each_try_is_kept_until_the_next_event(
    receiver: Receiver, make_outbox: Callable[[str], Outbox]
) -> None:
    """Nothing is lost, nothing overtakes, and all arrive once the server is back."""
    outbox = make_outbox(calling(receiver.url))
    receiver.answers = [404] * 5
    outbox.put(n=1)
    outbox.put(n=2)

    deliver(outbox.file, QUICK)

    assert len(receiver.got) == 5
    assert outbox.waiting == ["told", "told"]
    assert outbox.log[-1] == "ERROR chat: is kept until the next event"

    outbox.put("failed", n=3)
    deliver(outbox.file, QUICK)

    assert [json.loads(body)["n"] for _, body in receiver.got[5:]] == [1, 2, 3]
    assert outbox.waiting == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(
    receiver: Receiver, make_outbox: Callable[[str], Outbox], status: int
) -> None:
    """An event goes where its hook says, and nowhere else."""
    outbox = make_outbox(calling(receiver.url))
    receiver.answers = [status]
    outbox.put()

    deliver(outbox.file, ())

    assert len(receiver.got) == 1
    assert outbox.log[0] == f"WARNING chat: failed, try 1: the address answers {status}"
    assert outbox.waiting == ["told"]


def test_a_silent_server_and_one_that_is_gone(
    receiver: Receiver, make_outbox: Callable[[str], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever; the next try finds it answering."""
    monkeypatch.setattr(delivery, "ANSWER_SECONDS", 0.25)
    outbox = make_outbox(calling(receiver.url) + calling("http://127.0.0.1:9/", "gone"))
    receiver.answers = [0.5]
    outbox.put()

    deliver(outbox.file, QUICK)

    lines = outbox.log
    assert "WARNING chat: failed, try 1: timed out" in lines
    assert any(line.startswith("INFO chat: delivered") for line in lines)
    assert "ERROR gone: is kept until the next event" in lines
    assert outbox.waiting == ["told"]


def test_a_secret_that_is_missing_is_told(make_outbox: Callable[[str], Outbox]) -> None:
    """Nothing is sent without a signature."""
    outbox = make_outbox(calling("http://127.0.0.1:9/").replace("HOOK_SECRET", "NO_SUCH"))
    outbox.put()

    deliver(outbox.file, ())

    assert outbox.log[0] == "WARNING chat: failed, try 1: the secret is empty"


def test_a_command_gets_the_event(tmp_path: Path, make_outbox: Callable[[str], Outbox]) -> None:
    """On its standard input; its arguments are no words of a shell."""
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    got = tmp_path / "a $(b); c"
    outbox = make_outbox(running(sys.executable, "-c", code, got))
    outbox.put(why="vì mưa")

    deliver(outbox.file)

    assert json.loads(got.read_bytes()) == {"event": "told", "why": "vì mưa"}
    assert outbox.log == ["INFO archive: delivered, try 1"]


def test_commands_that_hang_fail_or_are_missing(
    tmp_path: Path, make_outbox: Callable[[str], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told and kept; what hangs is ended, with what it started itself."""
    monkeypatch.setattr(delivery, "COMMAND_SECONDS", 0.8)
    pid = tmp_path / "pid"
    shell = 'sh -c \'echo $$ > "$0"; sleep 60\' "$0"; true'  # a shell in a shell
    outbox = make_outbox(
        running("sh", "-c", shell, pid, name="hangs")
        + running("false", name="fails")
        + running("/no/such/program", name="missing")
        + running("true", name="works")  # and does not read its input
    )
    outbox.put(people=["x" * 100] * 2000)

    deliver(outbox.file, ())

    lines = sorted(outbox.log)
    assert "WARNING hangs: failed, try 1: the command ran longer than 0.8 s" in lines
    assert "WARNING fails: failed, try 1: the command ended with 1" in lines
    assert any("missing: failed, try 1: [Errno 2]" in line for line in lines)
    assert "INFO works: delivered, try 1" in lines
    assert outbox.waiting == ["told"] * 3
    assert gone(int(pid.read_text(encoding="utf-8")))


def test_a_slow_hook_holds_up_no_other(
    receiver: Receiver, tmp_path: Path, make_outbox: Callable[[str], Outbox]
) -> None:
    """Each hook has its own line, also for an event that comes while another one waits."""
    end = tmp_path / "end"
    slow = running("sh", "-c", 'while [ ! -e "$0" ]; do sleep 0.02; done', end)
    outbox = make_outbox(slow + calling(receiver.url))
    outbox.put(n=1)
    thread = threading.Thread(target=deliver, args=(outbox.file,))
    thread.start()
    while not receiver.got:
        time.sleep(0.01)

    outbox.put("failed", n=2)
    while len(receiver.got) < 2:
        assert thread.is_alive(), "the event is delivered by the same process"
        time.sleep(0.01)
    end.touch()
    deliver(outbox.file)  # of which there is one at a time: it waits, and finds nothing to do
    thread.join()

    assert [json.loads(body)["n"] for _, body in receiver.got] == [1, 2]
    assert outbox.waiting == []


def test_one_process_at_a_time_delivers(
    receiver: Receiver, make_outbox: Callable[[str], Outbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one leaves all to it; an event that somebody removes is not missed."""
    monkeypatch.setattr(delivery, "_WAIT_SECONDS", 0.01)
    outbox = make_outbox(calling(receiver.url))
    outbox.put()

    with delivery._only_one(outbox_of(outbox.file)) as is_mine:
        assert is_mine
        deliver(outbox.file)
    assert (receiver.got, outbox.waiting) == ([], ["told"])

    receiver.answers = [500]
    (file,) = outbox_of(outbox.file).glob("chat/*.json")
    monkeypatch.setattr(delivery.random, "uniform", lambda *_: file.unlink() or 0)
    deliver(outbox.file, QUICK)
    assert (len(receiver.got), outbox.waiting) == (1, [])


def test_faulty_hooks_stop_nobody(
    tmp_path: Path, make_outbox: Callable[[str], Outbox], caplog: pytest.LogCaptureFixture
) -> None:
    """The command that recorded something goes on, and its log says what is wrong."""
    outbox = make_outbox(calling("http://chat.example/"))
    outbox.put()
    outbox.file.write_text(calling("https://chat.example/"), encoding="utf-8")
    outbox_of(outbox.file).write_text("no folder", encoding="utf-8")
    outbox.put()
    outbox.file.unlink()
    outbox.put()

    assert len(caplog.records) == 3
    assert "hooks.toml" in caplog.text
    assert "must start with https://" in caplog.text


def test_a_process_of_its_own_delivers(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """An entry of a record arrives at a hook although nobody waits for it."""
    outbox = Outbox(tmp_path, calling(receiver.url).replace('"told"', '"drafted"'))
    monkeypatch.setenv(HOOKS, str(outbox.file))
    monkeypatch.setenv("HOOK_SECRET", SECRET.decode())
    (tmp_path / "tuần 50").mkdir()
    live = LiveWeek(plan("M", "ana bob", 1), open_store(tmp_path / "tuần 50"), who="Lan")

    live.draft(Roster.of([("M0", "ana")]))
    waits = time.monotonic() + 30
    while outbox.waiting:
        assert time.monotonic() < waits, caplog.text
        time.sleep(0.02)

    ((_, body),) = receiver.got
    event = json.loads(body)
    assert (event["event"], event["week"], event["who"]) == ("drafted", "tuần 50", "Lan")
    assert (event["version"], event["entry"], event["people"]) == (1, 1, ["ana"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_nobody_waits_for_a_hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is recorded while the command of the hook still waits for a file, and floods."""
    wait = "yes | head -c 200000; for i in $(seq 100); do [ -e go ] && break; sleep 0.05; done"
    line = f'[slow]\nevents = ["drafted"]\ncommand = ["sh", "-c", "{wait}; touch done"]\n'
    outbox = Outbox(tmp_path, line)
    monkeypatch.setenv(HOOKS, str(outbox.file))
    live = LiveWeek(plan("M", "ana bob", 1), open_store(tmp_path / "week.json"))

    live.draft(Roster.of([("M0", "ana")]))

    assert not (tmp_path / "done").exists()
    (tmp_path / "go").touch()
    waits = time.monotonic() + 30
    while outbox.waiting:
        assert time.monotonic() < waits
        time.sleep(0.02)
    assert (tmp_path / "done").exists()
