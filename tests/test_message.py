"""Messages: a code and typed parameters, from which words and JSON are made."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from shiftplan.errors import InputError
from shiftplan.errors.message import (
    AtCenter,
    AtSeat,
    AtShift,
    AtTimes,
    Column,
    FromDay,
    InAreas,
    InMonth,
    InWeek,
    Message,
    OfRule,
    OfSkill,
    OnDay,
    Person,
    Place,
    Span,
    Table,
    Word,
    in_short,
    shown,
)

DAY = dt.date(2026, 12, 7)
PLACES: dict[str, Place] = {
    "V7": Person("V7"),
    "S1": AtShift("S1"),
    "S1 portal 2": AtSeat("S1", "portal", 2),
    "C1": AtCenter("C1"),
    "C1 2026-12-07..": AtTimes("C1", first_day=DAY),
    "C1 ..2026-12-07": AtTimes("C1", last_day=DAY),
    "C1 2026-12-07..2026-12-07": AtTimes("C1", first_day=DAY, last_day=DAY),
    "minority|remote": InAreas(("minority", "remote")),
    "portal": OfSkill("portal"),
    "portal 2": OfSkill("portal", 2),
    "max_shifts": OfRule("max_shifts"),
    "2026-12-07": OnDay(DAY),
    "2026-W50": InWeek(2026, 50),
    "2026-12": InMonth(2026, 12),
    "from 2026-12-07": FromDay(DAY),
    "2026-12-07 07:30-11:30": Span(
        dt.datetime(2026, 12, 7, 7, 30), dt.datetime(2026, 12, 7, 11, 30)
    ),
    "volunteers": Table("volunteers"),
    "name": Column("name", "volunteers"),
    "must_not": Word("must_not"),
}  # fmt: skip


def test_a_message_is_its_code_and_parameters() -> None:
    """Equal where both are equal, whatever their order, and found again in sets."""
    one = Message("files.no_such_column", column="x", known=["a", "b"])
    same = Message("files.no_such_column", known=("a", "b"), column="x")

    assert one.code == "files.no_such_column"
    assert one.params == {"column": "x", "known": ("a", "b")}
    assert {one, same} == {one}
    assert one != Message("files.no_such_column", column="y", known=("a", "b"))
    assert one != "files.no_such_column"


def test_a_message_cannot_be_changed() -> None:
    """Neither itself nor what it holds."""
    message = Message("rest.short", hours=8)

    with pytest.raises(AttributeError):
        message.code = "other"
    with pytest.raises(AttributeError):
        del message._items
    with pytest.raises(TypeError):
        message.params["hours"] = 9


def test_what_a_message_holds_is_plain() -> None:
    """Numbers of numpy, lists and paths become Python's own; anything else is refused."""
    message = Message("x.y", n=np.int64(3), share=np.float64(0.5), names=["a"], file=Path("a.csv"))

    assert message.params == {"n": 3, "share": 0.5, "names": ("a",), "file": "a.csv"}
    assert {type(v) for v in message.params.values()} == {int, float, tuple, str}
    with pytest.raises(TypeError, match="cannot hold set"):
        Message("x.y", names={"a"})


def test_a_message_goes_to_another_process() -> None:
    """It is the same after pickling."""
    message = Message("x.y", shift=AtShift("S1"), why=Message("x.z", day=DAY))

    assert pickle.loads(pickle.dumps(message)) == message


@pytest.mark.parametrize(("text", "place"), PLACES.items())
def test_a_place_is_written_as_files_have_it(text: str, place: Place) -> None:
    """Its text is the identifier of files and JSON."""
    assert str(place) == text
    assert place.as_json()["place"] == type(place).__name__


def test_messages_are_written_as_json() -> None:
    """Dates, times and places say what they are; text and numbers are themselves."""
    message = Message(
        "x.y", n=3, day=DAY, at=dt.time(7, 30), rest=dt.timedelta(hours=8), shift=AtShift("S1"),
        names=("a", "b"), nothing=None, why=Message("x.z"),
    )  # fmt: skip

    assert message.as_json() == {
        "code": "x.y",
        "params": {
            "n": 3,
            "day": {"date": "2026-12-07"},
            "at": {"time": "07:30:00"},
            "rest": {"seconds": 28800.0},
            "shift": {"place": "AtShift", "shift_id": "S1"},
            "names": ["a", "b"],
            "nothing": None,
            "why": {"code": "x.z", "params": {}},
        },
    }


def test_models_of_pydantic_hold_messages() -> None:
    """A field may be a message; it is dumped as JSON and has a schema."""

    class Note(BaseModel):
        said: Message

    note = Note(said=Message("x.y", n=1))

    assert note.model_dump(mode="json") == {"said": {"code": "x.y", "params": {"n": 1}}}
    assert Note.model_json_schema()["properties"]["said"]["type"] == "object"


def test_the_english_line_needs_no_other_import() -> None:
    """`str` of a message is English; the package is imported without the library for catalogues."""
    code = (
        "import sys, shiftplan; from shiftplan.errors.message import Message;"
        "before = 'babel' in sys.modules; print(before, Message('count.people', n=1))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False 1 person"


@given(st.text())
def test_text_is_shown_on_one_line(text: str) -> None:
    """Nothing in it ends a line or reorders it; what can be printed is as it is."""
    line = shown(text)

    assert len(line.splitlines()) <= 1
    assert not set(line) & set("\u202e\u2066\x1b\n\r")
    assert shown(line) == line
    assert line == text or not text.isprintable()


def test_an_unknown_code_shows_its_parameters() -> None:
    """Nothing is lost, and nothing is raised, where no catalogue has the words."""
    message = Message("nobody.knows", who=Person("V7"), text="a\nb")

    assert in_short(message) == str(message) == r"nobody.knows (text=a\nb, who=V7)"


@pytest.mark.parametrize("lang", [[], {}, None, 3, "xx", ""])
def test_what_is_no_language_is_refused(lang):
    """Text or not, with the languages that there are."""
    with pytest.raises(InputError, match="lang must be en or vi"):
        Message("rules.own", rule="a").said(lang)
