"""What runs in the background: its end, its errors, how many there are, and whose they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from shiftplan.errors import InputError, ModelError
from shiftplan.web import errands as module
from shiftplan.web.errands import Errand, Errands, close_all, refusal
from shiftplan.web.visitor import Visitor

LAN = Visitor(role="province", who="lan")
SECONDS = 10
"""Seconds after which a test gives up."""


def errand(run: Callable[[Errand], Any], by: Visitor = LAN, **more: Any) -> Errand:
    return Errand(by, None, run, **more)


def until_cancelled(own: Errand) -> str:
    """The best so far, as a search returns it when somebody stops it."""
    assert own.cancel.wait(SECONDS)
    return "best"


def ended(own: Errand) -> Errand:
    assert own.ended.wait(SECONDS)
    return own


def test_what_is_found_is_kept_with_its_time():
    """At its end the state is that of the end, and time stands still."""
    told, said = list[str](), threading.Event()

    def tell(one: Errand) -> None:
        told.append(one.state)
        said.set()

    own = errand(lambda _: "found", at_end=tell)

    Errands().start(own)

    assert (ended(own).found, own.state, own.error) == ("found", "done", None)
    first = own.seconds
    assert first == own.seconds >= 0
    assert said.wait(SECONDS)
    assert told == ["done"]


def test_whoever_stops_it_gets_what_was_found():
    """While it runs it is running; stopped it has its best."""
    own = Errands().start(errand(until_cancelled))

    own.cancel.set()

    assert (ended(own).found, own.state) == ("best", "stopped")


@pytest.mark.parametrize("error", [refusal("web.closing"), ModelError("bug"), ZeroDivisionError()])
def test_errors_are_kept(error: Exception, caplog: pytest.LogCaptureFixture):
    """Those for people as they are; others are logged, and nobody is told what they say."""

    def fail(_: Errand) -> None:
        raise error

    own = ended(Errands().start(errand(fail)))

    is_ours = not isinstance(error, ZeroDivisionError)
    assert own.state == "failed"
    assert own.error is (error if is_ours else None)
    assert bool(caplog.records) is not is_ours


def test_some_run_and_others_wait():
    """Two at a time; one that is stopped while it waits never runs."""
    ran: list[int] = []

    def run(own: Errand) -> None:
        ran.append(1)
        until_cancelled(own)

    several = Errands(2)
    first, second, third = (several.start(errand(run)) for _ in range(3))
    third.cancel.set()
    for own in (first, second):
        own.cancel.set()

    assert ended(third).found is None
    assert (ended(first).state, ended(second).state, third.state) == ("stopped",) * 3
    assert len(ran) <= 2


def test_one_alone_refuses_another():
    """Until it has ended."""
    alone = Errands(1)
    first = alone.start(errand(until_cancelled), alone="web.one_search")

    with pytest.raises(InputError, match="a search is running already"):
        alone.start(errand(until_cancelled), alone="web.one_search")

    first.cancel.set()
    ended(first)
    alone.start(errand(lambda _: 1), alone="web.one_search")


def test_only_so_many_are_open_and_kept(monkeypatch: pytest.MonkeyPatch):
    """Beyond that they are refused; old ones are forgotten, never one that runs."""
    monkeypatch.setattr(module, "_MOST_OPEN", 3)
    some = Errands(3, kept=4)
    opened = [some.start(errand(until_cancelled)) for _ in range(3)]
    with pytest.raises(InputError, match="too many questions"):
        some.start(errand(until_cancelled))
    for own in opened[1:]:
        own.cancel.set()
        ended(own)

    later = [ended(some.start(errand(lambda _: 1))) for _ in range(6)]

    kept = [*some]
    assert len(kept) == 4
    assert opened[0] in kept
    assert kept[:3] == later[:-4:-1]
    opened[0].cancel.set()


def test_only_who_asked_gets_it():
    """Ids of others are unknown, also to somebody of the same name with other centers."""
    some = Errands()
    lead = Visitor(role="center", who="lan", ids=frozenset({"c0"}))
    own = ended(some.start(errand(lambda _: 1, lead)))

    assert some.of(own.id, lead) is own
    assert some.of(own.id, LAN) is None
    assert some.of(own.id, lead.model_copy(update={"ids": frozenset({"c1"})})) is None
    assert some.of("other", lead) is None


def test_closing_ends_all_and_keeps_what_was_found():
    """Also those that wait; nothing starts afterwards."""
    some = Errands(1)
    both = [some.start(errand(until_cancelled)) for _ in range(2)]

    close_all([some])

    assert [own.state for own in both] == ["stopped", "stopped"]
    assert "best" in [own.found for own in both]
    with pytest.raises(InputError, match="server is stopping"):
        some.start(errand(until_cancelled))
    close_all([some])


def test_at_the_end_all_are_told_though_one_waits(monkeypatch: pytest.MonkeyPatch):
    """One that does not end in time is left behind."""
    monkeypatch.setattr(module, "_SECONDS_TO_END", 0.01)
    free = threading.Event()
    stubborn = errand(lambda _: free.wait(SECONDS))
    some = Errands(1)
    some.start(stubborn)

    close_all([some])

    assert stubborn.cancel.is_set()
    assert not stubborn.ended.is_set()
    free.set()
