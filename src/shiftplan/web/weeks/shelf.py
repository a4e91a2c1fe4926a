"""The weeks that are open: their files, read again when they change, and their workbenches.

`WeekPlace` -> `ReadWeek`, with its faults, and its app; a request below `/weeks` -> the app.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import Receive, Scope, Send

from shiftplan.errors import InputError
from shiftplan.web.mounting import close_apps
from shiftplan.web.refusals import asked_lang, http_refusal, refusal_answer, refused
from shiftplan.web.weeks.places import WeekPlace, WeekPlaces
from shiftplan.web.weeks.reading import ReadWeek, WeekOptions, read_files

MOST_OPEN = 8
"""Weeks that are held in memory at once."""
_WAIT = 60
"""Seconds after which one more may be opened."""


class WeekShelf:
    """Reads weeks, and holds the apps of those that are open.

    Parameters
    ----------
    places
        The weeks that there are.
    make
        Makes the app of a week without faults.
    """

    def __init__(self, places: WeekPlaces, make: Callable[[ReadWeek], FastAPI]) -> None:
        self.places, self._make = places, make
        self.lock = threading.RLock()
        """Held by whoever changes the files of a week."""
        self.options: dict[str, WeekOptions] = {}
        """Week id -> how it is opened, where that is not as usual."""
        self.opened: Callable[[], object] = lambda: None
        """Called when a week has been opened."""
        self._read: dict[str, ReadWeek] = {}
        self._apps: dict[str, FastAPI] = {}
        self._used: dict[str, float] = {}
        """When each app was asked last, by a clock that only this process knows."""

    def read(self, week: WeekPlace) -> ReadWeek:
        """What is in the files of a week, read again if they have changed."""
        with self.lock:
            known = self._read.get(week.week_id)
            if known is None or known.is_old:
                options = self.options.get(week.week_id, WeekOptions())
                known = self._read[week.week_id] = read_files(week.path, options)
                while len(self._read) > MOST_OPEN:
                    del self._read[next(iter(self._read))]
            return known

    def app_of(self, week: WeekPlace) -> FastAPI:
        """The workbench of a week, opened if it is not.

        InputError: with every fault of the week. HTTPException: too many are open (503).
        """
        with self.lock:
            if week.week_id not in self._apps:
                found = self.read(week)
                if found.live is None:
                    raise InputError(found.faults)
                self._make_room()
                self._apps[week.week_id] = self._make(found)
                self.opened()
            return self._apps[week.week_id]

    def _make_room(self) -> None:
        """Close the week used longest ago that is not in use."""
        for week_id in sorted(self._apps, key=lambda week_id: self._used.get(week_id, 0)):
            if len(self._apps) < MOST_OPEN:
                return
            if not _is_used(self._apps[week_id]):
                self._apps.pop(week_id).state.close()
        if len(self._apps) >= MOST_OPEN:
            raise refused(503, "web.refused_full", wait=_WAIT)

    def close(self) -> None:
        """Let all who look at weeks go: the server stops."""
        with self.lock:
            close_apps(self._apps.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request below `/weeks` by the app of the week that it names."""
        if scope["type"] != "http":
            return
        root = scope.get("root_path", "")
        week_id, slash, _ = scope["path"].removeprefix(root).removeprefix("/").partition("/")
        lang = asked_lang(Request(scope))
        try:
            found = self._apps.get(week_id)
            if found is None:  # one that is open never waits for another one that is being read
                found = await run_in_threadpool(self._opened, week_id)
        except InputError:
            answer: JSONResponse | RedirectResponse = refusal_answer(
                409, "web.week_has_faults", lang
            )
            if slash and not scope["path"].partition(f"{week_id}/")[2]:
                query = "".join(f"?{text}" for text in [scope["query_string"].decode()] if text)
                home = f"{root.removesuffix('/weeks')}/{query}"
                answer = RedirectResponse(f"{home}#{quote(week_id)}", 303)
        except HTTPException as error:
            answer = http_refusal(Request(scope), error)
        else:
            self._used[week_id] = monotonic()
            if slash:
                below = {**scope, "root_path": f"{root}/{week_id}"}
                await found(below, receive, send)
                return
            answer = RedirectResponse(f"{quote(root)}/{quote(week_id)}/", 307)
        await answer(scope, receive, send)

    def _opened(self, week_id: str) -> FastAPI:
        return self.app_of(self.need(week_id))

    def need(self, week_id: str) -> WeekPlace:
        """The week of an id; HTTPException (404) where there is none."""
        week = self.places.find(week_id)
        if week is None or week.used is None:
            raise refused(404, "web.no_week")
        return week


def _is_used(app: FastAPI) -> bool:
    """Whether anybody looks at a week, or it is planned."""
    return bool(app.state.desk.news.is_heard or app.state.searches.is_running)
