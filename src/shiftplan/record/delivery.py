"""Events on their way to hooks: delivered in order, tried again, kept until they arrive.

Files of the outbox -> commands and addresses. One process at a time empties an outbox.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import logging
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shiftplan.errors import InputError
from shiftplan.record.hooks import LOG, Hook, outbox_of, read_hooks
from shiftplan.solving.versions import __version__

DELAYS = (5.0, 25.0, 100.0, 300.0)
"""Seconds between tries, on average."""
_JITTER = 0.3
"""Share by which delays vary, so that deliveries that failed together are tried apart."""
ANSWER_SECONDS, COMMAND_SECONDS = 20.0, 60.0
"""Seconds an address may stay silent, and a command may run."""
_MOST_SECONDS = 3600.0
"""Seconds after which a process stops delivering; the next event starts another."""
_WAIT_SECONDS = 3.0
"""Seconds to wait for the previous process to end."""
_POLL_SECONDS = 0.05
SIGNATURE, DELIVERY = "Shiftplan-Signature", "Shiftplan-Delivery"
"""Headers: `t=<seconds since 1970>,v1=<HMAC-SHA256>`, and an id that is the same at each try."""


def main(path: str) -> None:
    """Deliver what is in the outbox of a file of hooks."""
    with contextlib.suppress(OSError, InputError):  # the outbox is gone, or the hooks are edited
        deliver(Path(path))


def deliver(path: Path, delays: Sequence[float] = DELAYS) -> None:
    """Deliver what is in the outbox, including what others add meanwhile.

    What cannot be delivered stays there. Returns at once if another process is delivering.
    """
    hooks, outbox = read_hooks(path), outbox_of(path)
    outbox.mkdir(exist_ok=True)
    ends = time.monotonic() + _MOST_SECONDS
    tried: dict[str, set[Path]] = {hook.name: set() for hook in hooks}
    busy: dict[str, threading.Thread] = {}
    with _only_one(outbox) as is_mine, _logged(outbox) as log:
        while is_mine and time.monotonic() < ends:
            busy = {name: thread for name, thread in busy.items() if thread.is_alive()}
            for hook in hooks:
                waiting = sorted((outbox / hook.name).glob("[0-9]*.json"))
                if hook.name not in busy and set(waiting) - tried[hook.name]:
                    tried[hook.name] |= set(waiting)
                    work = (hook, waiting, delays, log)
                    busy[hook.name] = threading.Thread(target=_send_all, args=work, daemon=True)
                    busy[hook.name].start()
            if not busy:
                break
            time.sleep(_POLL_SECONDS)


@contextlib.contextmanager
def _only_one(outbox: Path) -> Iterator[bool]:
    """Whether this process has the outbox to itself; the lock ends with the process."""
    lock = sqlite3.connect(outbox / ".lock", timeout=_WAIT_SECONDS, isolation_level=None)
    with contextlib.closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True


@contextlib.contextmanager
def _logged(outbox: Path) -> Iterator[logging.Logger]:
    """A log in the outbox."""
    handler = RotatingFileHandler(outbox / LOG, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.Logger("shiftplan.hooks", logging.INFO)
    log.addHandler(handler)
    try:
        yield log
    finally:
        handler.close()


def _send_all(
    hook: Hook, files: Sequence[Path], delays: Sequence[float], log: logging.Logger
) -> None:
    """Deliver events in order; one that fails at each try keeps those behind it waiting."""
    for file in files:
        for number, delay in enumerate((*delays, None), start=1):
            try:
                _send(hook, file)
            except (OSError, ValueError, HTTPException) as error:
                if not file.exists():  # somebody removed it from the outbox
                    break
                log.warning("%s: %s failed, try %d: %s", hook.name, file.name, number, _said(error))
            else:
                log.info("%s: %s delivered, try %d", hook.name, file.name, number)
                file.unlink(missing_ok=True)
                break
            if delay is None:
                log.error("%s: %s is kept until the next event", hook.name, file.name)
                return
            time.sleep(delay * random.uniform(1 - _JITTER, 1 + _JITTER))


def _said(error: Exception) -> str:
    """Why a try failed, without the address, which may contain a secret."""
    if isinstance(error, HTTPError):
        return f"the address answers {error.code}"
    return str(error.reason if isinstance(error, URLError) else error)


def _send(hook: Hook, file: Path) -> None:
    """Deliver one event; OSError, ValueError or HTTPException where that fails."""
    body = file.read_bytes()
    if hook.command:
        _run(hook.command, body)
        return
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"shiftplan/{__version__}",
        DELIVERY: file.stem,
        SIGNATURE: signature(hook.secret(), body, int(time.time())),
    }
    request = Request(hook.url, body, headers, method="POST")
    try:
        build_opener(_NoRedirects).open(request, timeout=ANSWER_SECONDS).close()
    except HTTPError as error:
        error.close()
        raise


def signature(secret: bytes, body: bytes, at: int) -> str:
    """Signature of an event that is sent, with the time (seconds since 1970) of the try."""
    digest = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class _NoRedirects(HTTPRedirectHandler):
    """An event goes where its hook says, and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        return None


def _run(command: Sequence[str], body: bytes) -> None:
    """Run a command with an event on its standard input; OSError where it fails or hangs."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with process:
        try:
            process.communicate(body, COMMAND_SECONDS)
        except subprocess.TimeoutExpired:
            if os.name == "nt":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            raise TimeoutError(f"the command ran longer than {COMMAND_SECONDS:g} s") from None
    if process.returncode:
        raise OSError(f"the command ended with {process.returncode}")
