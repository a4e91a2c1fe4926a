"""Names that try to add lines to calendars and messages, and places that lead elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from shiftplan import Roster
from shiftplan.files import write_roster, write_week
from shiftplan.present.handouts import calendars, messages, write_handouts
from shiftplan.present.handouts.owners import Owner
from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan
from shiftplan.week.records import Volunteer

ROSTER = Roster.of([("M0", "ana"), ("M0", "bob")])
ANA = Owner("volunteer", "ana")
NAMES = [
    "Eve\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Free day",
    "Eve\nATTENDEE:mailto:eve@example.org",
    "Eve\\nEND:VCALENDAR",
    "Eve;X-A=1:b,c",
    "ATTACH:file:///etc/hosts",
    "Ê" * 200,
    "Eve\u2028Tuesday off\u2029",
    "Eve\n\n- Tuesday 08/12: no shift",
]


def week(name: str) -> Problem:
    """Two people in one shift; bob and the center have a name of somebody's choice."""
    problem = plan("M", "ana bob")
    people = tuple(
        v.model_copy(update={"name": name if v.volunteer_id == "bob" else "Ana"})
        for v in problem.volunteers
    )
    places = tuple(c.model_copy(update={"name": name}) for c in problem.centers)
    return problem.model_copy(update={"volunteers": people, "centers": places})


def properties(data: bytes) -> list[str]:
    """Names of the content lines of a calendar, folded lines joined as RFC 5545 says."""
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    return [line.partition(b":")[0].partition(b";")[0].decode() for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_adds_a_line_to_a_calendar(name: str) -> None:
    """Whatever somebody is called, a calendar has the lines that it has for Bob, each folded."""
    data = calendars(week(name), ROSTER).files[ANA]

    assert properties(data) == properties(calendars(week("Bob"), ROSTER).files[ANA])
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("name", NAMES)
def test_no_name_adds_a_line_to_a_message(name: str) -> None:
    """A message has as many lines as for Bob: nobody is told of a shift by somebody's name."""
    for lang in ("en", "vi"):
        found = messages(week(name), ROSTER, lang=lang)
        usual = messages(week("Bob"), ROSTER, lang=lang)
        for owner, text in found.items():
            assert len(text.splitlines()) == len(usual[owner].splitlines())


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of the folder")
def test_files_have_the_rights_that_the_process_gives(tmp_path: Path) -> None:
    """With the umask 077 nobody else reads what names people: weeks, rosters, calendars."""
    before = os.umask(0o077)
    try:
        write_week(week("Bob"), tmp_path / "week")
        write_handouts(week("Bob"), ROSTER, tmp_path / "out")
        write_roster(week("Bob"), ROSTER, tmp_path / "out" / "roster.csv")
    finally:
        os.umask(before)

    made = [*(tmp_path / "week").rglob("*"), *(tmp_path / "out").rglob("*")]
    assert len(made) > 10
    assert [p for p in made if stat.S_IMODE(p.stat().st_mode) & 0o077] == []


def test_a_link_in_the_place_of_a_file_is_replaced(tmp_path: Path) -> None:
    """What a link in a folder of results leads to is never written over."""
    (tmp_path / "precious.txt").write_text("mine")
    out = tmp_path / "out"
    write_handouts(week("Bob"), ROSTER, out)
    links = [out / "roster.csv", out / "calendars" / "ana.ics", out / "messages" / "Ana (ana).txt"]
    for link in links:
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / "precious.txt")

    write_roster(week("Bob"), ROSTER, out / "roster.csv")
    write_handouts(week("Bob"), ROSTER, out)

    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert not any(link.is_symlink() for link in links)


@pytest.mark.parametrize("sign", ["\n", "\x85", "\u2028", "\u2029", "\u202e", "\x1b"])
def test_no_id_adds_a_line_to_a_message(sign: str) -> None:
    """Where there is no name the id is told: people and rosters have none that ends a line."""
    odd = f"bob{sign}- Tuesday: no shift"

    with pytest.raises(ValidationError):
        Volunteer(volunteer_id=odd)
    with pytest.raises(ValidationError, match="character 4 of the id is invisible"):
        Roster.of([("M0", "ana"), ("M0", odd)])
