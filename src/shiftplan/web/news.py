"""News of a week: what anybody records, and how searches go, for everybody who looks at it.

Entries and progress -> `News` -> one queue for each open page.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

PAUSE = 0.5
"""Seconds between two looks at what other processes recorded."""
_MOST_WAITING = 1_000
"""News that a page may leave unread; beyond them it is told to load everything anew."""


class Item(NamedTuple):
    """One piece of news."""

    event: str
    """What it is about: `entries`, `progress` or `anew`."""
    data: Any
    """Figures and ids, as JSON."""


class News:
    """Hands news to all who listen; `look` finds what was recorded since it was called last."""

    def __init__(self, look: Callable[[], list[int]]) -> None:
        self._look = look
        self._queues: dict[asyncio.Queue[Item], asyncio.AbstractEventLoop] = {}
        self._lock = threading.Lock()
        self._watch: asyncio.Task[None] | None = None

    def tell(self, event: str, data: Any) -> None:
        """Tell everybody, from any thread."""
        with self._lock:
            queues = [*self._queues.items()]
        for queue, loop in queues:
            loop.call_soon_threadsafe(_put, queue, Item(event, data))

    def tell_new(self) -> None:
        """Tell what was recorded since the last look."""
        if new := self._look():
            self.tell("entries", new)

    async def listen(self) -> AsyncIterator[Item]:
        """Yield news until the caller goes away."""
        queue: asyncio.Queue[Item] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            self._queues[queue] = asyncio.get_running_loop()
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._keep_looking())
        try:
            while True:
                yield await queue.get()
        finally:
            with self._lock:
                self._queues.pop(queue, None)

    async def _keep_looking(self) -> None:
        """Look while anybody listens: other processes record too."""
        while self._queues:
            await asyncio.to_thread(self.tell_new)
            await asyncio.sleep(PAUSE)


def _put(queue: asyncio.Queue[Item], item: Item) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        item = Item("anew", None)
    queue.put_nowait(item)
