"""Options of all calls: what is no option is an `InputError` that names it, before any work."""

from __future__ import annotations

import datetime as dt
import inspect
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import shiftplan
from docs.make_api import PAGES, exported
from shiftplan import Fault, InputError, Roster
from shiftplan.analysis.leximin import leximin
from shiftplan.engines.params import SearchOptions, SearchParams, SolveOptions
from shiftplan.errors.allowed import Cancel, Day
from shiftplan.errors.options import check_options
from shiftplan.present.faults import fault_advice, fault_text
from shiftplan.seasons import Ledger, Memory
from shiftplan.seasons.joined import plan_ahead, pro_rata
from shiftplan.solving.solve import SearchKeywords
from shiftplan.testing.pictures import parse, plan

WEEK, WORKED = plan("M", "ana", 1), parse("ana  M")
MOMENT = dt.datetime(2026, 12, 14)
AWARE = MOMENT.replace(tzinfo=dt.UTC)
HUGE = 10**100_000
SEARCHES: dict[str, Callable[..., object]] = {
    "solve": lambda **more: shiftplan.solve(WEEK, **more),
    "repair": lambda **more: shiftplan.repair(WEEK, WORKED, **more),
    "what_if": lambda **more: shiftplan.analysis.what_if(WEEK, WORKED, **more),
    "leximin": lambda **more: leximin(WEEK, WORKED, **more),
    "find_conflict": lambda **more: shiftplan.solving.find_conflict(WEEK, **more),
    "ways_out": lambda **more: shiftplan.solving.ways_out(WEEK, **more),
    "explain_why_not": lambda **more: shiftplan.explain_why_not(WEEK, WORKED, "M0", "ana", **more),
    "explain_why_here": lambda **more: shiftplan.explain_why_here(
        WEEK, WORKED, "M0", "ana", **more
    ),
    "advise": lambda **more: shiftplan.advise(WEEK, WORKED, **more),
    "tradeoff": lambda **more: shiftplan.analysis.tradeoff(WEEK, **more),
    "plan_ahead": lambda **more: plan_ahead(WEEK, lambda number: [], **more),
    "plan_batch": lambda **more: shiftplan.batch.plan_batch("root", "out", **more),
}
"""Calls that search, with what they need besides their options."""
WRONG: list[tuple[str, str, object]] = [
    *((name, "time_limit", "10") for name in SEARCHES),
    *((name, "cancel", True) for name in SEARCHES),
    *(("solve", "gap", value) for value in (None, "0.1", float("nan"), Decimal("0.1"))),
    ("solve", "hint", [("M0", "ana")]),
    ("solve", "workers", "2"),
    ("solve", "seed", None),
    *(("solve", option, True) for option in ("workers", "seed", "time_limit", "gap")),
    ("solve", "work_limit", "3"),
    ("plan_ahead", "gap", "0.1"),
    ("plan_batch", "budget", "5"),
    *(("plan_batch", "weeks", value) for value in (5, "2026-12-07", MOMENT.date())),
    *(("plan_batch", "weeks", [value]) for value in ("2026-12-07", MOMENT)),
    *((name, "on_progress", 3) for name in ("solve", "repair", "tradeoff")),
    *(("repair", "bound", value) for value in (float("nan"), -1, 0.5, "12")),
    *(("repair", "frozen_until", value) for value in ("2026-12-14", MOMENT)),
    *(("repair", "now", value) for value in ("2026-12-14 08:00", MOMENT.date(), AWARE)),
]
DATED: dict[str, Callable[[Any], object]] = {
    "new_week": lambda day: shiftplan.seasons.new_week(WEEK, day),
    "write_template": lambda day: shiftplan.present.write_template("no/week.xlsx", day),
    "Ledger.without": lambda day: Ledger().without(day),
    "Ledger.totals": lambda day: Ledger().totals(before=day),
    "Memory.weight": lambda day: Memory().weight(None, day),
    "with_holidays": lambda day: shiftplan.seasons.with_holidays([], day, day, "none"),
}
"""Calls that take a date."""


@pytest.mark.parametrize(("name", "option", "value"), WRONG)
def test_what_is_no_option_of_a_search_is_named(name: str, option: str, value: object) -> None:
    """Text for a number, a flag for an event, pairs for a roster; told in both languages."""
    with pytest.raises(InputError) as refused:
        SEARCHES[name](**{option: value})

    (fault,) = refused.value.faults
    assert (fault.table, fault.column) == ("options", option)
    assert str(fault.message).startswith(f"{option} must be ")
    assert "[" not in fault_advice(fault, "vi")


def test_true_is_no_number_of_a_parameter() -> None:
    """Python takes it for 1."""
    with pytest.raises(InputError, match=r"greedy\.depth must be a whole number"):
        SearchParams(greedy={"depth": True})


@pytest.mark.parametrize(
    ("name", "option", "wrapped"),
    [
        ("solve", "seed", False),
        ("solve", "gap", True),
        ("repair", "bound", False),
        ("plan_batch", "weeks", True),
    ],
)
def test_numbers_of_more_digits_than_python_writes_are_told(
    name: str, option: str, wrapped: bool
) -> None:
    """They are no errors of Python, and take no time to write, in a list either."""
    with pytest.raises(InputError, match=option) as refused:
        SEARCHES[name](**{option: [HUGE] if wrapped else HUGE})

    assert [(f.column, f.value) for f in refused.value.faults] == [(option, "...")]


@pytest.mark.parametrize(("lang", "place"), [("en", "options"), ("vi", "các tùy chọn")])
def test_a_fault_of_no_single_option_stands_in_options(lang: str, place: str) -> None:
    """Its place ends without a point."""
    with pytest.raises(InputError) as refused:
        SolveOptions(**{"": 5})
    (nameless,) = refused.value.faults
    plain = Fault("out_of_range", "options", message="no two of them go together")

    for fault in (nameless, plain):
        assert fault.column == ""
        assert fault_text(fault, lang).startswith(f"{place}: ")
        assert fault.where == "options"


@pytest.mark.parametrize("value", ["2026-12-14", MOMENT, 5])
@pytest.mark.parametrize("name", DATED)
def test_a_moment_or_text_is_no_date(name: str, value: object) -> None:
    """Python compares no date with a moment, and says so far from the caller."""
    with pytest.raises(InputError, match="must be a date without a time") as refused:
        DATED[name](value)

    assert {fault.table for fault in refused.value.faults} == {"options"}
    assert "ngày không kèm giờ" in fault_advice(refused.value.faults[0], "vi")


def test_a_template_begins_on_a_date_that_a_week_may_begin_on(tmp_path: Path) -> None:
    """A year that cannot be is a fault of the option, not of a record nobody made."""
    with pytest.raises(InputError, match="from 1970-01-01 on and before 2200-01-01") as refused:
        shiftplan.present.write_template(tmp_path / "week.xlsx", dt.date(1900, 1, 1))

    assert "[" not in fault_advice(refused.value.faults[0], "vi")


@pytest.mark.filterwarnings("ignore:resource_tracker")
def test_what_is_allowed_is_let_through() -> None:
    """Events of threads and of processes, no date where none is needed.

    Python keeps a process for what processes share, and warns where a test before killed it.
    """
    events = (None, threading.Event(), get_context("spawn").Event())

    check_options(*(("cancel", event, Cancel) for event in events))
    check_options(("day", MOMENT.date(), Day), ("day", None, Day | None))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weeks_left": "3"}, "weeks_left must be a number, above 0"),
        ({"weeks_left": 3, "price": None}, "price must be a number, 0 to 1,000,000"),
    ],
)
def test_numbers_of_a_season_are_numbers(options: dict[str, Any], message: str) -> None:
    """Text is not compared with them."""
    with pytest.raises(InputError, match=message) as refused:
        pro_rata(WEEK, **options)

    assert "[" not in fault_advice(refused.value.faults[0], "vi")


def spoken() -> Iterator[tuple[str, Callable[..., object]]]:
    """Everything public that takes a language, by its name."""
    packages = [
        f"shiftplan.{name}"
        for key, page in PAGES.items()
        for name in (key, *page.packages)
        if name != "message"
    ]
    for module in ("shiftplan", *packages):
        for thing in exported(import_module(module)).values():
            members = vars(thing) if isinstance(thing, type) else {}
            inside = [member for key, member in members.items() if key[0] != "_"]
            for call in (thing, *inside):
                if inspect.isfunction(call) and "lang" in inspect.signature(call).parameters:
                    yield call.__qualname__, call


SPOKEN = dict(spoken())


@pytest.mark.parametrize("lang", ["fr", None, "EN"])
@pytest.mark.parametrize("name", SPOKEN)
def test_a_language_that_nobody_speaks_here_is_refused(name: str, lang: Any) -> None:
    """At once, whatever else is given, and never another language instead."""
    parameters = inspect.signature(SPOKEN[name]).parameters.values()
    about = {"problem": WEEK, "roster": WORKED}
    needed = {p.name: about.get(p.name) for p in parameters if p.default is p.empty}
    if name.endswith("_batch"):
        needed = {"root": "root", "out": "out"}
    if name.endswith("with_holidays"):
        needed = {"days": (), "first": MOMENT.date(), "last": MOMENT.date()}
    if name.endswith("write_template"):
        needed |= {"start": MOMENT.date()}

    with pytest.raises(InputError, match="lang must be en or vi") as refused:
        SPOKEN[name](**needed | {"lang": lang})

    (fault,) = refused.value.faults
    assert (fault.table, fault.column, fault.value) == ("options", "lang", str(lang))
    assert fault_advice(fault, "vi") == "lang phải là en hoặc vi"


def test_many_calls_take_a_language() -> None:
    """The list of calls that are tried above is not short."""
    assert len(SPOKEN) > 10


def test_what_searches_take_by_name_are_options_of_a_search() -> None:
    """Of the same types, as `solve` takes them."""
    searched = inspect.signature(shiftplan.solve).parameters

    for name, kind in inspect.get_annotations(SearchKeywords).items():
        assert searched[name].annotation == kind.__forward_arg__
        assert name in SearchOptions.model_fields


def test_a_hint_is_a_roster() -> None:
    """Which is made of pairs in one step."""
    result = shiftplan.solve(WEEK, hint=Roster.of([("M0", "ana")]), workers=1, time_limit=None)

    assert result.roster is not None
