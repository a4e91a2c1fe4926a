"""What is published from the page is what it showed, or nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from commands import run
from openpyxl import load_workbook
from served import client, commune
from told_by_page import FULL, drafted, order_of, page_of, publish, two_centers

from shiftplan import Roster, Volunteer, open_week
from shiftplan.present.handed_out import HandedOut
from shiftplan.present.handouts.owners import named_files
from shiftplan.problem.changes import Absence
from shiftplan.record import Call, LiveWeek
from shiftplan.record.memory import MemoryStore
from shiftplan.seasons import Turnout
from shiftplan.web import app
from shiftplan.web.inbox import TOKEN_HEADER
from shiftplan.week.owner import Owner

DEADLINE = "2026-12-06T18:00:00"


def letters(folder: Path) -> dict[str, str]:
    """Name -> text of the messages in a folder of results."""
    return {p.name: p.read_bytes().decode() for p in (folder / "messages").glob("*.txt")}


def shown_letters(live: LiveWeek, shown: dict[str, Any]) -> dict[str, str]:
    """Name -> text of the messages that a page shows."""
    files = named_files(live.files)
    return {f"{files[Owner(**m['to'])]}.txt": m["text"] for m in shown["messages"]}


def texts(shown: dict[str, Any]) -> dict[str, str]:
    """Kind and id -> text of the messages that a page shows."""
    return {f"{m['to']['kind']} {m['to']['id']}": m["text"] for m in shown["messages"]}


def unpacked(page: Any, folder: Path, path: str = "/api/messages/files", **asked: Any) -> Path:
    """A zip of the page in a folder."""
    found = page.get(path, params=asked).raise_for_status()
    with ZipFile(io.BytesIO(found.content)) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_messages_shown_are_those_that_the_command_writes(tmp_path: Path, lang: str):
    """At first, repaired, with another deadline only, all anew, and withdrawn: byte by byte."""
    live = commune(tmp_path)
    week, page = tmp_path / "commune", page_of(live)
    asked: list[tuple[str, dict[str, Any], list[str]]] = [
        ("publication", {"deadline": DEADLINE}, ["--deadline", "2026-12-06 18:00"]),
        ("publication", {}, []),
        ("publication", {"deadline": "2026-12-07T09:00:00"}, ["--deadline", "2026-12-07 09:00"]),
        ("publication", {"whole": True}, ["--whole"]),
        ("withdrawal", {}, ["--withdraw"]),
    ]

    for turn, (route, facts, options) in enumerate(asked):
        if turn == 1:
            live.record(Absence(volunteer_id="V01"))
            live.repair(time_limit=5, workers=1)
        elif turn > 1 and route == "publication":
            live.draft(live.roster)
        shown = page.get(f"/api/{route}", params={"lang": lang, **facts}).raise_for_status().json()
        order = order_of(shown) | facts
        order = order if route == "publication" else {k: order[k] for k in ("head", "digest")}
        done = page.post(f"/api/{route}", params={"lang": lang}, json=order).raise_for_status()
        again = {key: value for key, value in facts.items() if key == "whole"}
        zipped = unpacked(page, tmp_path / f"zip{turn}", lang=lang, **again)
        out = tmp_path / f"out{turn}"
        more = [] if "--deadline" in options else options
        number = [] if route == "withdrawal" else [shown["version"]]
        assert run("publish", week, *number, "--out", out, *more, "--lang", lang).exit_code == 0

        assert done.json() == {"version": shown["version"], "entry": shown["head"] + 1}
        assert shown_letters(live, shown) == letters(out) == letters(zipped)
        names = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
        assert {p.relative_to(zipped).as_posix() for p in zipped.rglob("*") if p.is_file()} == names
        for table in ("roster.csv", "reserves.csv", "changes.csv"):
            assert ((out / table).is_file(), (zipped / table).is_file()) in [
                (True, True),
                (False, False),
            ]
            if (out / table).is_file():
                assert (out / table).read_bytes() == (zipped / table).read_bytes()


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_files_with_links_end_each_message_with_its_readers_own(tmp_path: Path, lang: str):
    """In the texts and in both tables; earlier links of the same people open nothing any more."""
    live = commune(tmp_path)
    workbench = app(live)
    page = client(workbench)
    publish(page)
    early = page.post("/api/invitations", json={"people": None}).json()["links"]
    plain = letters(unpacked(page, tmp_path / "plain", lang=lang))

    asked = {"base": "http://10.0.0.5:8710/"}
    made = page.post("/api/messages/files", json=asked, params={"lang": lang}).raise_for_status()
    ZipFile(io.BytesIO(made.content)).extractall(tmp_path / "links")

    table = (tmp_path / "links/messages/messages.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(table))]
    assert letters(tmp_path / "links").keys() == plain.keys()
    for name, text in letters(tmp_path / "links").items():
        (row,) = (row for row in rows if row["file"] == name)
        assert row["message"] == text.strip()
        if row["kind"] == "center":
            assert text == plain[name]
            continue
        start = {"en": "Answer here: ", "vi": "Trả lời tại: "}[lang] + asked["base"] + "f/#"
        before, _, token = text.strip().rpartition(start)
        assert before == plain[name]
        mine = client(workbench, **{TOKEN_HEADER: token}).get("/api/form").json()
        assert mine["form"]["name"] == row["name"]
    book = load_workbook(tmp_path / "links/messages/messages.xlsx").active
    cells = {cell.value for line in book.iter_rows() for cell in line}
    assert {row["message"] for row in rows} <= cells
    token = early[0]["link"].rpartition("#")[2]
    assert client(workbench, **{TOKEN_HEADER: token}).get("/api/form").status_code == 401
    kinds = [entry.body.kind for entry in live.refresh() and live.entries]
    assert kinds == ["drafted", "told", "invited", "invited"]


def test_what_is_new_is_shown_by_person_with_its_reason():
    """v0 is ill: loses two shifts, with the reason; the center reads who leaves; others nothing."""
    live = drafted()
    page = page_of(live)
    first = publish(page)
    live.record(Absence(volunteer_id="v0"))
    live.draft(Roster.of(pair for pair in FULL.assignments if pair.volunteer_id != "v0"))

    shown = page.get("/api/publication").json()

    assert first["known"] is None
    assert first["people"] == 4
    assert shown["known"] == 1
    assert {*texts(shown)} == {"volunteer v0", "center c0"}
    person = next(m for m in shown["messages"] if m["to"]["id"] == "v0")
    assert len(person["changes"]) == 2
    assert all(line.endswith("(cannot come)") for line in person["changes"]), person["changes"]
    assert (person["phone"], person["contact"]) == ("0900010000", "mail-of-v0@example.org")
    assert shown["unchanged"] == ["v1", "v2", "v3"]
    assert (shown["people"], shown["without"]) == (1, 0)


def test_nothing_is_published_that_would_tell_somebody_something_else(tmp_path: Path):
    """Another process records an absence after the look."""
    live = commune(tmp_path)
    page = page_of(live)
    publish(page)
    live.record(Absence(volunteer_id="V01"))
    live.repair(time_limit=5, workers=1)
    shown = page.get("/api/publication").json()
    other = open_week(tmp_path / "commune", who="minh")
    other.record(Absence(volunteer_id="V03", start="2026-12-07T13:00"), why="flu")

    refused = page.post("/api/publication", json=order_of(shown))

    assert refused.status_code == 409
    (fault,) = refused.json()["faults"]
    assert fault["code"] in ("outdated", "not_to_be_told")
    assert live.now.state.version_told == 1


def test_the_refusal_names_people_whose_messages_differ():
    """v1 agreed on the phone meanwhile, so v1 is not asked to confirm any more."""
    live = drafted(roster=Roster.of(FULL.assignments[:-1]))
    page = page_of(live)
    publish(page)
    live.draft(FULL)
    shown = page.get("/api/publication", params={"deadline": DEADLINE}).json()
    shift, who = FULL.assignments[-1]
    call = {"volunteer_id": who, "shift_id": shift, "answer": "comes"}
    page.post("/api/records", json={"calls": [call]}).raise_for_status()

    refused = page.post("/api/publication", json=order_of(shown) | {"deadline": DEADLINE})

    assert refused.status_code == 409
    (fault,) = refused.json()["faults"]
    assert fault["code"] == "outdated"
    assert "NAME-OF" in fault["text"] or who in fault["text"]
    assert live.now.state.version_told == 1


def test_what_changes_no_message_does_not_stand_in_the_way():
    """A newer draft, made after the look, changes nothing for anybody."""
    live = drafted()
    page = page_of(live)
    shown = page.get("/api/publication").json()
    live.draft(Roster())  # a newer draft that is not the one to publish

    done = page.post("/api/publication", json=order_of(shown)).raise_for_status()

    assert done.json() == {"version": 1, "entry": 3}


@pytest.mark.parametrize(
    "change",
    [{"digest": "0" * 64}, {"version": 2}, {"deadline": DEADLINE}, {"head": 0, "digest": ""}],
)
def test_an_order_for_something_else_is_refused(change: dict[str, Any]):
    """Another mark, version or deadline than shown."""
    live = drafted()
    page = page_of(live)
    shown = page.get("/api/publication").json()
    live.draft(Roster.of(FULL.assignments[1:]))

    refused = page.post("/api/publication", json=order_of(shown) | change)

    assert (refused.status_code, live.now.state.version_told) == (409, None)


def test_doubts_are_shown_and_need_a_yes():
    """Three of eight seats are filled: refused in the words of the page, then published anyway."""
    live = drafted(roster=Roster.of(FULL.assignments[:3]))
    page = page_of(live)

    shown = page.get("/api/publication").json()
    refused = page.post("/api/publication", json=order_of(shown))
    done = page.post("/api/publication", json=order_of(shown) | {"even_if_poor": True})

    assert len(shown["doubts"]) == 1
    assert refused.status_code == 409
    assert [f["code"] for f in refused.json()["faults"]] == ["not_to_be_told"]
    assert "--even-if-poor" not in refused.text
    assert done.status_code == 200
    assert live.now.state.version_told == 1


def test_broken_hard_rules_are_listed_one_by_one():
    """Somebody at two centers at once, and in more shifts than allowed."""
    live = drafted(roster=Roster.of([*FULL.assignments, ("c1-1207-07", "v0")]))

    shown = page_of(live).get("/api/publication", params={"lang": "vi"}).json()

    assert shown["broken"]
    assert len(shown["doubts"]) == 1


def test_a_deadline_after_the_week_is_refused_and_one_that_passed_is_said():
    """The week ends on 13 December; a week of the past has no deadline to come."""
    page = page_of(drafted())

    late = page.get("/api/publication", params={"deadline": "2026-12-14T00:00"})
    passed = page.get("/api/publication", params={"deadline": "2020-01-01T00:00"}).json()

    assert late.status_code == 409
    assert len(passed["notes"]) == 1


def test_a_draft_like_the_published_roster_is_the_same():
    """The page then says that nothing is new."""
    live = drafted()
    page = page_of(live)
    publish(page)
    live.draft(FULL)

    shown = page.get("/api/publication").json()

    assert (shown["same"], shown["people"], shown["messages"]) == (True, 0, [])


def test_a_withdrawal_tells_everybody_that_nothing_is_left():
    """As shown: all people and centers; then nothing is published."""
    live = drafted()
    page = page_of(live)
    assert page.get("/api/withdrawal").status_code == 409
    publish(page)
    shown = page.get("/api/withdrawal").json()

    stale = page.post("/api/withdrawal", json={"head": shown["head"], "digest": "x"})
    page.post(
        "/api/withdrawal", json={k: shown[k] for k in ("head", "digest")} | {"why": "storm"}
    ).raise_for_status()
    last = page.get("/api/messages").json()

    assert stale.status_code == 409
    assert len(texts(shown)) == 6
    assert live.now.state.withdrawn is not None
    assert live.entries[-1].why == "storm"
    assert (last["withdrawn"], texts(last)) == (True, texts(shown))


def test_ticks_stand_at_messages_until_the_next_publication():
    """Who ticked when; of messages that are no longer the newest none can be ticked."""
    live = drafted()
    page = page_of(live)
    publish(page)
    to = [{"kind": "volunteer", "id": "v1"}, {"kind": "center", "id": "c1"}]

    page.post("/api/messages/sent", json={"version": 1, "to": to}).raise_for_status()
    marks = {m["to"]["id"]: m["sent"] for m in page.get("/api/messages").json()["messages"]}
    unknown = page.post(
        "/api/messages/sent", json={"version": 1, "to": [{"kind": "center", "id": "v1"}]}
    )
    live.draft(Roster.of(FULL.assignments[1:]))
    publish(page)
    late = page.post("/api/messages/sent", json={"version": 1, "to": to})
    later = page.get("/api/messages").json()["messages"]

    assert {who for who, mark in marks.items() if mark} == {"v1", "c1"}
    assert (marks["v1"]["who"], marks["v1"]["entry"], marks["v1"]["of"]) == ("lan", 3, 2)
    assert unknown.status_code == late.status_code == 409
    assert not any(message["sent"] for message in later)


def test_a_zip_leads_nowhere_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Names and ids that are paths, devices or scripts are plain names of files in it."""
    hostile = ["../../etc/passwd", "CON", "<script>alert(1)</script>", "a\\b:c*?", "Đặng " * 40]
    people = [Volunteer(volunteer_id=f"v{n}", name=name) for n, name in enumerate(hostile)]
    people += [Volunteer(volunteer_id="../../v", name="x"), Volunteer(volunteer_id="nul", name="")]
    live = drafted(
        two_centers(
            volunteers=people,
            availability=[],
        ),
        Roster.of(("c0-1207-07", person.volunteer_id) for person in people),
    )
    page = page_of(live)
    publish(page, even_if_poor=True)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))

    found = page.get("/api/messages/files")

    with ZipFile(io.BytesIO(found.content)) as archive:
        names = archive.namelist()
    assert found.headers["content-disposition"] == 'attachment; filename="told-1.zip"'
    assert len({name.casefold() for name in names}) == len(names)
    assert sum(name.endswith(".txt") for name in names) == len(people) + 2
    for name in names:
        assert not name.startswith(("/", "\\"))
        assert not {*name.split("/")} & {"..", "."}
        assert not set(name) & set('\\:*?"<>|\0')
    assert not [*(tmp_path / "temporary").iterdir()]


@pytest.mark.parametrize(("is_about_others", "status"), [(True, 200), (False, 409)])
def test_what_is_recorded_while_it_is_published_counts(
    monkeypatch: pytest.MonkeyPatch, is_about_others: bool, status: int
):
    """Attendance during the last look needs no second one; v0, who says yes meanwhile, does."""
    store = MemoryStore()
    live, other = (LiveWeek(two_centers(), store, who=who) for who in ("lan", "minh"))
    live.draft(FULL)
    page = page_of(live)
    shown = page.get("/api/publication", params={"deadline": DEADLINE}).json()
    looks: list[HandedOut] = []
    plain = HandedOut.messages

    def meanwhile(self: HandedOut, *facts: Any) -> dict[Owner, str]:
        looks.append(self)
        if len(looks) == 1 and is_about_others:
            other.record(turnouts=[Turnout(shift_id="c0-1207-07", volunteer_id="v0")])
        elif len(looks) == 1:
            yes = (p for p in FULL.assignments if p.volunteer_id == "v0")
            other.record(calls=[Call(**pair._asdict(), answer="comes") for pair in yes])
        return plain(self, *facts)

    monkeypatch.setattr(HandedOut, "messages", meanwhile)
    done = page.post("/api/publication", json=order_of(shown) | {"deadline": DEADLINE})

    assert done.status_code == status
    assert len(looks) == (1 if is_about_others else 3)
    assert live.now.state.version_told == (1 if is_about_others else None)
