"""Hooks of operators: a command that runs, or an address that is called, when something happens.

The TOML file that the environment variable `SHIFTPLAN_HOOKS` names -> `Hook`s; events as JSON ->
files of an outbox beside it, which a process of its own delivers.

    [office-chat]
    events = ["told", "failed"]
    url = "https://chat.example/hooks/7"
    secret_file = "secret.txt"

    [archive]
    events = ["told"]
    command = ["/usr/local/bin/archive-roster", "--quiet"]
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeGuard, get_args
from urllib.parse import urlsplit

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.whole import replace_files

log = logging.getLogger("shiftplan")

EventKind = Literal[
    "drafted", "told", "withdrawn", "changed", "answered", "called", "attended", "sent", "revoked",
    "moved", "held", "renamed", "dropped", "invited", "handed_in", "decided", "failed",
]  # fmt: skip
"""Kinds of entries, versions made by moves, and a plan or repair that ended without a roster."""
HOOKS = "SHIFTPLAN_HOOKS"
"""Environment variable that names the file of hooks.

It is never one that lies beside a week by chance: a week that somebody sends runs no commands."""
LOG = "deliveries.log"
"""File in the outbox that lists what became of each event."""
_KEYS = ("events", "command", "url", "secret_env", "secret_file")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,49}")
_HERE = ("localhost", "127.0.0.1", "::1")
_KINDS: tuple[EventKind, ...] = get_args(EventKind)


@dataclass(frozen=True)
class Hook:
    """Whom to tell of which events: either a command or an address."""

    name: str
    """Its name, and that of its folder in the outbox."""
    events: tuple[str, ...]
    """Kinds of events."""
    command: tuple[str, ...] = ()
    """Program and arguments, which gets the event on its standard input; empty for an address."""
    url: str = ""
    """Address that the event is sent to; empty for a command."""
    secret_env: str = ""
    """Environment variable with the secret that signs what is sent."""
    secret_file: Path | None = None
    """File with the secret, instead of a variable."""

    def secret(self) -> bytes:
        """The secret; OSError where it cannot be read, and ValueError where it is blank."""
        if self.secret_file is not None:
            found = self.secret_file.read_bytes().strip()
        else:
            found = os.environ.get(self.secret_env, "").strip().encode()
        if not found:
            raise ValueError("the secret is empty")
        return found


def read_hooks(path: Path) -> tuple[Hook, ...]:
    """Read a file of hooks.

    InputError: it cannot be read, is no TOML, or says something else than hooks; with all faults.
    """
    try:
        data = tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:  # some numbers are too long for any TOML
        text = "..." if isinstance(error, RecursionError) else str(error)
        message, remedy = Message("answers.no_toml", text=text), Message("hooks.example")
        raise file_fault("invalid_value", path, message, remedy) from None
    faults: list[Fault] = []
    for name, table in data.items():
        faults += _faults(name, table, path)
    if faults:
        raise InputError(faults)
    return tuple(_hook(name, table, path) for name, table in data.items())


def _hook(name: str, table: dict[str, Any], path: Path) -> Hook:
    fields = dict(table, events=tuple(table["events"]), command=tuple(table.get("command", ())))
    if "secret_file" in fields:
        fields["secret_file"] = path.parent / fields["secret_file"]
    return Hook(name, **fields)


def _faults(name: str, table: Any, path: Path) -> Iterator[Fault]:
    """What is wrong with a hook."""

    def fault(key: str, message: Message, remedy: str | Message = "", value: str = "") -> Fault:
        code: FaultCode = "missing_value" if key in _KEYS and key not in table else "invalid_value"
        return Fault(code, name, key, value, message, remedy=remedy, file=path.name)

    if not isinstance(table, dict):
        yield fault("", Message("hooks.no_table"), Message("hooks.example"))
        return
    if not _NAME.fullmatch(name):
        yield fault("", Message("hooks.name"))
    for key in table.keys() - set(_KEYS):
        yield fault(key, Message("hooks.unknown_key", known=_KEYS))
    events = table.get("events")
    if not _is_texts(events):
        yield fault("events", Message("hooks.events", known=_KINDS))
    else:
        for event in set(events) - set(_KINDS):
            yield fault("events", Message("hooks.events", known=_KINDS), value=event)
    if ("command" in table) == ("url" in table):
        yield fault("url" if "url" in table else "", Message("hooks.command_or_url"))
    if "command" in table and not _is_texts(table["command"]):
        yield fault("command", Message("hooks.command"), Message("hooks.command_example"))
    given = [key for key in ("secret_env", "secret_file") if key in table]
    if "url" in table:
        if (message := _url_fault(table["url"])) is not None:
            yield fault("url", message, Message("hooks.url_example"))
        if len(given) != 1:
            yield fault("secret_env", Message("hooks.secret"), Message("hooks.make_secret"))
    for key in given:
        if not isinstance(table[key], str) or not table[key].strip() or "\0" in table[key]:
            yield fault(key, Message("hooks.secret"))
        elif "url" not in table:
            yield fault(key, Message("hooks.secret_without_url"))


def _is_texts(value: Any) -> TypeGuard[list[str]]:
    """Whether a value is a list of texts, none of them empty."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)


def _url_fault(url: Any) -> Message | None:
    """What is wrong with an address, which is never quoted: some contain a secret."""
    try:
        parts = urlsplit(url) if isinstance(url, str) and url.isprintable() else urlsplit("")
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or " " in url:
        return Message("hooks.no_url")
    if parts.username is not None or parts.password is not None:
        return Message("hooks.password_in_url")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _HERE):
        return Message("hooks.not_https")
    return None


# ---- from an event to the outbox


def outbox_of(path: Path) -> Path:
    """The folder of events that are still to be delivered, beside the file of hooks."""
    return path.with_suffix(".outbox")


def hooks_file() -> Path | None:
    """The file of hooks; None where there are none."""
    place = os.environ.get(HOOKS, "").strip()
    return Path(place).absolute() if place else None


def hooks_error() -> InputError | None:
    """Why the file of hooks cannot be used; None where nothing is wrong."""
    path = hooks_file()
    try:
        if path is not None:
            read_hooks(path)
    except InputError as error:
        return error
    return None


def hand_over(events: Iterable[tuple[EventKind, str]], path: Path) -> None:
    """Put events, in order, into the outbox for the hooks that ask for them; have them delivered.

    It returns at once. What goes wrong is logged and stops nobody.
    """
    events = tuple(events)
    try:
        hooks, files = read_hooks(path), dict[Path, str]()
        for at, (kind, event) in enumerate(events, start=time.time_ns()):
            name = f"{at:020}-{kind}-{secrets.token_hex(4)}.json"
            asking = (hook for hook in hooks if kind in hook.events)
            files |= {outbox_of(path) / hook.name / name: event for hook in asking}
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
        if files:
            replace_files(files, durable=True)
            _deliver_apart(path)
    except (InputError, OSError) as error:
        kinds = ", ".join(dict.fromkeys(kind for kind, _ in events))
        log.warning("hooks are not told of the event %s: %s", kinds, error)


def _deliver_apart(path: Path) -> None:
    """Start a process that delivers, and that outlives this one."""
    places = [place for place in sys.path if isinstance(place, str)]  # others are ignored there
    code = f"import sys; sys.path[:] = {places!r}; from shiftplan.record import delivery"
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code}; delivery.main({str(path)!r})"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=path.parent,
        **apart,
    )
    # A process that lives on, such as a service, has to take note of its end.
    threading.Thread(target=process.wait, daemon=True).start()
