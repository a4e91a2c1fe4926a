"""News for all open pages: nothing is missed, and looking goes on whatever goes wrong."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from shiftplan.errors import Fault, InputError
from shiftplan.web import news as module
from shiftplan.web.news import Item, News


def heard(news: News, hello: Any, number: int) -> list[Item]:
    """The first items that a page hears."""

    async def listen() -> list[Item]:
        told = news.listen("lan", hello)
        return [await anext(told) for _ in range(number)]

    return asyncio.run(asyncio.wait_for(listen(), 10))


def test_nothing_is_missed_after_hello() -> None:
    """What is recorded while a page learns where it begins comes next."""
    news = News({})

    def hello() -> dict[str, int]:
        news.tell("entries", [7])
        return {"head": 6}

    assert heard(news, hello, 2) == [Item("hello", {"head": 6}), Item("entries", [7])]


def test_looking_goes_on_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is locked, or a fault of our own, ends no news."""
    monkeypatch.setattr(module, "PAUSE", 0.001)
    looks = iter([InputError([Fault("in_use", "record")]), OSError("disk"), [7]])

    def look() -> list[int] | None:
        found = next(looks, None)
        if isinstance(found, Exception):
            raise found
        return found

    assert heard(News({"entries": look}), dict, 2)[1] == Item("entries", [7])
