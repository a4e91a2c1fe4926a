"""Words, ids, texts and horizons for the tables that `strategies` draws."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from hypothesis import strategies as st

from shiftplan.files.sheet import is_total
from shiftplan.week.fields import visible
from shiftplan.week.horizon import Horizon

ZONES = ("Asia/Ho_Chi_Minh", "Europe/Warsaw", "America/Havana", "Australia/Lord_Howe")
STARTS = (dt.date(2026, 3, 2), dt.date(2026, 3, 25), dt.date(2026, 10, 20), dt.date(2026, 12, 7))
GROUPS = ("students", "đoàn viên", "a,b")
AREAS = ("biên giới", "island")
TYPES = ("", "early", "night", "ca tối; 2")
TAGS = ("feast", "x y")
WEEKENDS = (("sat", "sun"), ("sun",), ("fri", "sat"), ("sat", "sun", "mon"))
STATES = ("available", "preferred", "undesired")
PHONES = ("", "0912345678", "+84 912 345 678", "912345678", "(0296) 3852 123", "9.12E+08", "-1")
TITLES = (
    *("Ghi chú", "STT", "Ngày sinh", "=1+2", "+84", "-", "'@x", "<b>x</b>", "a, b", 'c "d', "e; f"),
    *("Email", "Phone 2", "max_shift", "mobil", "arrivals", "extra", "_x0041_", "00431"),
    "(example)",
)
"""Titles of columns of people's own, also such as are near to known ones; none is an id, because a
column that is named like a skill is one of levels."""
ODD_IDS = ("00430", "4.3E+04", "=1+1", "a,b", 'c"d', "e;f", "Rạch Giá", "x y", "-1", "0x1F", "#")


def as_id(text: str) -> str:
    """What of a text an id may hold; nothing where that is not the whole of it."""
    try:
        return visible(text.strip())
    except ValueError:
        return ""


_letters = st.characters(exclude_categories=("Cs", "Cc"))
texts = st.text(_letters | st.sampled_from('\n\r\t,;"|='), max_size=12).map(str.strip)
"""Anything people may write, without blanks around it."""


@st.composite
def _extra(draw: st.DrawFn) -> dict[str, str]:
    """What a row holds in columns of people's own."""
    titles = draw(st.lists(st.sampled_from(TITLES), max_size=2, unique=True))
    return {title: draw(texts) for title in titles}


phones = st.sampled_from(PHONES) | texts
extras = st.just({}) | _extra()


def _is_id(text: str) -> bool:
    """Words such as `total` name no person, center or shift."""
    return bool(text) and not is_total(text)


ids = st.sampled_from(ODD_IDS) | st.text(_letters, min_size=1, max_size=8).map(as_id).filter(_is_id)


def is_in_sets(skill: str) -> bool:
    """Whether a set of skills can name a skill: some signs mean more in it."""
    return not {"|", "/"} & {*skill} and not skill.startswith("!")


levels = st.integers(1, 3)
shares = st.floats(0, 60) | st.integers(0, 20).map(float)


@cache
def unique_ids(smallest: int, largest: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, min_size=smallest, max_size=largest, unique=True)


@cache
def some(names: tuple[str, ...], smallest: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=smallest, unique=True).map(tuple)


@cache
def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def shown(horizon: Horizon, moment: dt.datetime) -> dt.datetime:
    """The moment, or the first one after it that the clocks show."""
    while not horizon.exists(moment):
        moment += dt.timedelta(minutes=1)
    return moment


@st.composite
def horizons(draw: st.DrawFn) -> Horizon:
    """One day to three weeks, with or without a change of clocks."""
    start = draw(st.sampled_from(STARTS)) + dt.timedelta(draw(st.integers(0, 6)))
    return Horizon(start=start, days=draw(st.integers(1, 21)), zone=draw(st.sampled_from(ZONES)))


def types_and_tags(shifts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Shift types and tags in use."""
    names = {s["type"] for s in shifts if s["type"]}
    return tuple(sorted(names.union(*(s["tags"] for s in shifts))))
