"""A tiny week with forms: who has a link, what a page sends, and words that mark other people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from served import client
from starlette.testclient import TestClient

from shiftplan.record import LiveWeek
from shiftplan.record.collecting import Collecting
from shiftplan.testing.pictures import parse, plan
from shiftplan.web import app
from shiftplan.week.owner import Owner
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Preference

SOON = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
MARKS = ("OTHERNAME", "OTHERPHONE", "OTHERMAIL", "OTHERCOLUMN", "bob")
"""What is known of Bob, and is on no form but his own."""
RULES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "fairness", "level": 2, "weight": 12},
    {"rule": "preferences", "level": 2, "weight": 3},
    {"rule": "max_shifts"},
    {"rule": "one_place"},
)


def live_week() -> LiveWeek:
    """One person each morning of three days: ana, bob, cho; all were told."""
    needs = tuple(Requirement(shift_id=s, target=1) for s in ("M0", "M1", "M2"))
    marked = {"name": "OTHERNAME <i>", "phone": "OTHERPHONE", "contact": "OTHERMAIL"}
    marked |= {"extra": {"note": "OTHERCOLUMN"}}
    each = {"ana": {"name": "Ana <b>Ý</b>", "phone": "0912345678"}, "bob": marked}
    wish = Preference(volunteer_id="bob", date=dt.date(2026, 12, 8), state="against")
    files = plan(
        "M", "ana bob cho", 3, requirements=needs, rules=RULES, each=each, preferences=(wish,)
    )
    live = LiveWeek(files, who="lan")
    live.publish(live.draft(parse("ana  M . .\nbob  . M .\ncho  . . M")).number)
    return live


class Week:
    """The week, its app, and a link for each person."""

    def __init__(self, **options: Any) -> None:
        self.live = live_week()
        self.app = app(self.live, **options)
        self.collecting: Collecting = self.app.state.inbox.collecting
        self.planner: TestClient = client(self.app)
        owners = [Owner("volunteer", who) for who in ("ana", "bob", "cho")]
        self.tokens = {o.id: t for o, t in self.collecting.invite(owners, SOON).items()}

    def of(self, who: str) -> TestClient:
        """What sends requests with the token of somebody, or with any other text as a token."""
        return client(self.app, **{"X-Shiftplan-Form": self.tokens.get(who, who)})

    def sending(self, who: str, form: str = "sending-00000001", **said: Any) -> dict[str, Any]:
        """What a page sends: an answer to each of a person's shifts, and what is said."""
        shifts = self.of(who).get("/api/form").json()["form"]["shifts"]
        keys = ("shift_id", "center_id", "start", "end")
        answers = [{key: shift[key] for key in keys} | {"answer": "confirmed"} for shift in shifts]
        return {"form": form, "answers": answers, **said}
