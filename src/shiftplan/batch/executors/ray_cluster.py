"""Which Ray cluster is meant, and what a batch and the process that talks to Ray say to each other.

An address or none -> an address as Ray takes it, and the environment for who connects to it.
`Wish`, then `Task`s -> `Beat`s, an `Ended` for each task, and `Lost` when there is no more to come.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shiftplan.errors import ClusterError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system

NEW, LAST = "local", "auto"
"""What Ray calls a cluster of its own, and the one that was last started on this machine."""
_KNOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the process that talks to Ray is told at first."""

    address: str
    """Of the cluster, as Ray takes it."""
    workers: int
    """Processors of each job."""
    memory_mb: int | None
    """Memory of each job in millions of bytes; None for any."""
    patience: float
    """Seconds without a machine for a job after which a cluster is given up."""
    folder: str
    """For the files of a cluster of our own."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job to be begun."""

    name: str
    parcel: bytes
    """With all files that it reads."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The cluster is there."""

    slots: int
    """Jobs that its machines can do at a time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A job has ended."""

    name: str
    outcome: str
    """As JSON."""
    parcel: bytes
    """Files that it made; empty for none."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The cluster cannot be used, and why."""

    message: Message
    details: str = ""
    """What Ray says."""


def find_cluster(address: str | None) -> str:
    """Where a cluster answers; `NEW` where none was asked for, and none is there.

    Ray itself would try an address where nobody answers for many minutes.

    Raises
    ------
    ClusterError
        The address that was asked for is none, or nobody answers there.

    """
    asked = address or os.environ.get("RAY_ADDRESS", "")
    try:
        if asked:
            _knock(asked)
            return asked
        usual = "/tmp" if sys.platform == "darwin" else tempfile.gettempdir()
        kept = Path(os.environ.get("RAY_TMPDIR", usual), "ray", "ray_current_cluster")
        _knock(kept.read_text().strip())
    except (OSError, ValueError) as error:
        if asked:
            reason = error.args[0] if isinstance(error, ValueError) else of_system(error)
            message = Message("batches.cluster_unreachable", address=asked, reason=reason)
            raise ClusterError(message) from None
        return NEW  # none was started here, or it has ended without notice
    return LAST


def environment(address: str) -> dict[str, str]:
    """The environment of who connects to a cluster, or starts one of its own."""
    found = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0"}
    if address == NEW:
        found.setdefault("RAY_worker_niceness", "0")  # as jobs without Ray
        if "RAY_AUTH_MODE" not in found:  # nobody else on this machine can use it
            found |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    return found


def _knock(address: str) -> None:
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(Message("batches.form_of_address"))
    socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()
