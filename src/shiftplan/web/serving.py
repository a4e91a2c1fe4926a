"""Serving an app of the workbench from this process, until it is stopped.

Address and port -> a socket; app -> answers, until Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import sys
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

PORT = 8710
"""Port that is tried first."""
_PORTS = 20
"""Ports that are tried, one after the other, where none is asked for."""
_ALL = ("0.0.0.0", "::")
"""Hosts that stand for all addresses of a computer."""
_ELSEWHERE = ("10.255.255.255", 1)
"""A place in any private network, reached by the address that others know."""
_MOST_CONNECTIONS = 500
"""Connections at once; more get 503."""
_SWITCH_SECONDS = 0.0005
"""Seconds after which a computing thread lets another one run; Python's default is 5 ms. While
answers are counted, a move waits that long at each of its steps on the disk and the network."""
_ENDING_SECONDS = 2
"""Seconds for answers under way when the server stops."""


def listening(host: str, port: int | None = None) -> socket.socket:
    """Listen at an address; None takes the first free one of some ports.

    Raises
    ------
    OSError
        There is no such address on this computer, or the port is taken or reserved.
    """
    if port is not None:
        return _listening(host, port)
    for tried in range(PORT, PORT + _PORTS):
        try:
            return _listening(host, tried)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return _listening(host, 0)


def _listening(host: str, port: int) -> socket.socket:
    kind, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    return socket.create_server(place[:2], family=kind)


def url_of(listener: socket.socket) -> str:
    """Address at which browsers find a socket, of other computers where it listens to them."""
    host, port = listener.getsockname()[:2]
    if host in _ALL:
        host = _own_address()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _own_address() -> str:
    """Address of this computer in its network; its name where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_ELSEWHERE)  # sends nothing
            return str(asked.getsockname()[0])
        except OSError:
            return socket.gethostname()


def names_here() -> list[str]:
    """Names under which other computers may reach this one."""
    name = socket.gethostname()
    return [name, f"{name}.local"]


def serve(app: FastAPI, listener: socket.socket, *, started: Callable[[], None]) -> None:
    """Serve an app until Ctrl-C or SIGTERM; `started` is called once it answers.

    `app.state.close` is called before it stops, to let its visitors go. Only our own errors are
    logged.
    """
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    sys.setswitchinterval(_SWITCH_SECONDS)
    keep_in_memory()
    if hasattr(app.state, "shelf"):
        app.state.shelf.opened = keep_in_memory
    try:
        _Server(config, started, app.state.close).run(sockets=[listener])
    except KeyboardInterrupt:  # it has ended by now, as it was asked to
        return


class _Server(uvicorn.Server):
    """A server that lets its visitors go before it waits for them."""

    def __init__(
        self, config: uvicorn.Config, started: Callable[[], None], close: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._started, self._close = started, close

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.to_thread(self._close)
        await super().shutdown(sockets)


def keep_in_memory() -> None:
    """Exempt all objects in memory, such as an open week, from later garbage collections.

    A full collection of a week with a thousand people stops the whole process for 0.15 s.
    """
    gc.unfreeze()  # weeks that were closed are garbage
    gc.collect()
    gc.freeze()
