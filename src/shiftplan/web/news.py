"""News of a week: what anybody records, and how searches go, for everybody who looks at it.

Entries and progress -> `News` -> one queue for each open page.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from shiftplan.errors import InputError

log = logging.getLogger("shiftplan")

PAUSE = 0.5
"""Seconds between two looks at what other processes recorded."""
MOST_EACH = 30
"""Pages of one visitor that listen at once."""
_MOST_WAITING = 1_000
"""Unread news kept for a page; once there are more, it has to load everything anew."""


class Item(NamedTuple):
    """One piece of news."""

    event: str
    """What it is about: the name of what looked, `hello`, `progress` or `anew`."""
    data: Any
    """Figures and ids, as JSON."""


class News:
    """Hands news to all who listen.

    `looks`: event -> what finds out what is new since it was called last, or None.
    """

    def __init__(self, looks: Mapping[str, Callable[[], Any]]) -> None:
        self._looks = looks
        self._queues: dict[asyncio.Queue[Item | None], asyncio.AbstractEventLoop] = {}
        self._listeners: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._watch: asyncio.Task[None] | None = None

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens."""
        return bool(self._queues)

    def tell(self, event: str, data: Any) -> None:
        """Tell everybody, from any thread."""
        self._put(Item(event, data))

    def tell_new(self) -> None:
        """Tell what is new since the last look; while the record is locked, the next look does."""
        for event, look in self._looks.items():
            with suppress(InputError):
                if (new := look()) is not None:
                    self.tell(event, new)

    def end(self) -> None:
        """Let all who listen go, such as when the server stops."""
        self._put(None)

    def is_heard_by(self, who: str) -> int:
        """How many pages of a visitor listen."""
        return self._listeners[who]

    async def listen(self, who: str, hello: Callable[[], Any]) -> AsyncGenerator[Item]:
        """Yield news until the caller goes away, or the news end.

        `hello`: finds what is known to begin with; nothing that comes after it is missed.
        """
        queue: asyncio.Queue[Item | None] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            self._queues[queue] = asyncio.get_running_loop()
            self._listeners[who] += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._keep_looking())
        try:
            yield Item("hello", hello())
            while (item := await queue.get()) is not None:
                yield item
        finally:
            with self._lock:
                self._queues.pop(queue, None)
                self._listeners[who] -= 1
                if not self._listeners[who]:
                    del self._listeners[who]

    def _put(self, item: Item | None) -> None:
        with self._lock:
            queues = [*self._queues.items()]
        for queue, loop in queues:
            with suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_put, queue, item)

    async def _keep_looking(self) -> None:
        """Look while anybody listens: other processes record too."""
        while self._queues:
            try:
                await asyncio.to_thread(self.tell_new)
            except Exception:
                log.exception("looking for news of a week failed")
            await asyncio.sleep(PAUSE)


def _put(queue: asyncio.Queue[Item | None], item: Item | None) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        item = item and Item("anew", None)
    queue.put_nowait(item)
