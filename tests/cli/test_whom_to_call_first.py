"""Stand-by lists of all commands: calls of the week, and answers where a ledger is known."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

from told_weeks import done

from shiftplan import write_week
from shiftplan.problem import Absence
from shiftplan.record import Call, LiveWeek, ShiftAnswer, open_week
from shiftplan.seasons import Ledger, Show
from shiftplan.seasons.ledger import WorkedWeek
from shiftplan.seasons.shows import ShowAnswer
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.requirements import Requirement

EARLIER, PAST = dt.datetime(2024, 12, 2, 7), dt.datetime(2025, 12, 31, 18)
RULES = ({"rule": "coverage", "level": 1, "weight": 10}, {"rule": "one_place"})
PEOPLE = "ana bob cho dan"


def told(folder: Path, target: int) -> LiveWeek:
    """Two mornings: ana was told the first, bob the second; cho and dan can come to both."""
    needs = tuple(Requirement(shift_id=s, minimum=1, target=target) for s in ("M0", "M1"))
    windows = tuple(window(who) for who in PEOPLE.split())
    fields = {"requirements": needs, "availability": windows, "rules": RULES}
    write_week(plan("M", PEOPLE, 2, **fields), folder / "week")
    live = open_week(folder / "week")
    draft = live.draft(parse("ana  M .\nbob  . M"))
    live.publish(draft.number, deadline=PAST, even_if_poor=True)
    return live


def first_of(folder: Path) -> dict[str, str]:
    """Shift -> who is first on its list in a folder that a command wrote."""
    with (folder / "reserves.csv").open(encoding="utf-8-sig", newline="") as file:
        return {r["shift_id"]: r["volunteer_id"] for r in csv.DictReader(file) if r["rank"] == "1"}


def called(found: str) -> dict[str, str]:
    """Shift -> whom `status --json` names to be called next."""
    return {call["shift_id"]: call["volunteer_id"] for call in json.loads(found)["calls"]}


def test_whoever_was_called_is_called_later_by_all_commands(tmp_path: Path) -> None:
    """Cho was called twice in vain for the second morning, and comes after dan for the first.

    Then dan falls ill: lists of the roster that was told, written again, leave him out too.
    """
    live, week, out = told(tmp_path, target=1), tmp_path / "week", tmp_path / "out"
    commands = (
        ("plan", week, "--out", out, "--replace", "--time-limit", "5", "--workers", "1"),
        ("publish", week, 1, "--out", out),
    )

    def lists() -> list[str]:
        return [first_of(out)["M0"] for command in commands if done(*command)]

    assert lists() == ["cho", "cho"]
    call = Call(volunteer_id="cho", shift_id="M1", answer="not_reached")
    live.record(calls=[call, call])

    assert lists() == ["dan", "dan"]
    live.record(Absence(volunteer_id="dan"))
    assert lists() == ["bob", "bob"]


def test_answers_decide_whom_to_call_first_with_a_ledger(tmp_path: Path) -> None:
    """Bob did not answer in time, like many who stayed away: cho, first by id, is for his shift."""
    live, week = told(tmp_path, target=2), tmp_path / "week"
    live.record(answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="confirmed")])
    answers: tuple[ShowAnswer, ...] = ("confirmed", "unanswered")
    shows = tuple(
        Show(volunteer_id=f"p{n}", start=EARLIER, came=answer == "confirmed", answer=answer)
        for n in range(30)
        for answer in answers
    )
    worked = WorkedWeek(start=EARLIER.date(), shows=shows)
    (tmp_path / "ledger.json").write_text(Ledger(weeks=(worked,)).to_json(), encoding="utf-8")

    calls, lists = [], []
    for option in ((), ("--ledger", tmp_path / "ledger.json")):
        found = json.loads(done("status", week, "--json", *option).stdout)
        calls.append({call["shift_id"]: call["volunteer_id"] for call in found["calls"]})
        done("publish", week, 1, "--out", tmp_path / "out", *option)
        lists.append(first_of(tmp_path / "out"))

    assert calls == lists == [{"M0": "cho", "M1": "dan"}, {"M0": "dan", "M1": "cho"}]
