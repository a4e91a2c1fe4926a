"""Which Ray cluster is meant, and whether it answers.

An address or none -> an address as Ray takes it, and the environment for who connects to it.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

from shiftplan.errors import ClusterError

NEW, LAST = "local", "auto"
"""What Ray calls a cluster of its own, and the one that was last started on this machine."""
_KNOCK_SECONDS = 10.0


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
            raise ClusterError(f"the cluster {asked} cannot be reached: {error}") from None
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
        raise ValueError("an address is such as 10.0.0.1:6379")
    socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()
