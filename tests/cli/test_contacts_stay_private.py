"""Phones, contacts and columns of people's own stand where somebody is called, and nowhere else.

Each cell of a tiny week holds a mark of its own; every file and stream of every command is searched
for the marks, inside workbooks too.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from batches import here
from commands import make_problem, run, served_for_a_moment

from shiftplan import Center, Problem, Volunteer
from shiftplan.cli.commands import MODULES
from shiftplan.files import write_problem
from shiftplan.solving import judge
from shiftplan.week.demand import Demand, Service

PEOPLE, CENTERS, SHIFTS = "of people", "of centers", "of shifts"
EXTRA_PEOPLE, EXTRA_CENTERS = "own columns of people", "own columns of centers"
MARKS = {
    PEOPLE: re.compile("090001[0-9]{4}|zqperson[0-9]+@"),
    EXTRA_PEOPLE: re.compile("ZQOWNPERSON"),
    CENTERS: re.compile("029600[0-9]{4}|zqcenter[0-9]+@"),
    EXTRA_CENTERS: re.compile("ZQOWNCENTER"),
    SHIFTS: re.compile("ZQOWNSHIFT"),
}
ALL = set(MARKS)
DRAFTED = {
    "reserves.csv": {PEOPLE, EXTRA_PEOPLE},
    "roster.xlsx": {PEOPLE, EXTRA_PEOPLE, CENTERS, EXTRA_CENTERS},
    "report.html": {PEOPLE},
}
HANDED = {
    "messages/*(v?).txt": {CENTERS},
    "messages/messages.csv": {PEOPLE, CENTERS},
    "messages/messages.xlsx": {PEOPLE, CENTERS},
    "messages/*(center-c?).txt": {PEOPLE},
    "calendars/v*.ics": {CENTERS},
}
PLANNED = DRAFTED | HANDED
WITHDRAWN = {  # nobody goes anywhere any more
    path: marks
    for path, marks in HANDED.items()
    if not path.startswith(("messages/*(", "calendars/"))
}
WEEK = {
    "volunteers.csv": {PEOPLE, EXTRA_PEOPLE},
    "centers.csv": {CENTERS, EXTRA_CENTERS},
    "shifts.csv": {SHIFTS},
}
MADE = {path: marks for path, marks in WEEK.items() if path != "shifts.csv"}


def below(folder: str, places: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The same places in a folder."""
    return {f"{folder}/{path}": marks for path, marks in places.items()}


ARRIVED = {"record.db*": {PEOPLE, EXTRA_PEOPLE}}  # nowhere else is it said who that is
PUBLISH = "publish W R --out O/out --even-if-poor --deadline 2026-12-06T18:00"
COMMANDS: dict[str, tuple[str, dict[str, set[str]]]] = {
    "plan": ("plan W --out O/out --time-limit 20", below("out", DRAFTED)),
    "plan --json": ("plan W --out O/out --time-limit 20 --json --quiet", below("out", DRAFTED)),
    "plan a workbook": ("plan W.xlsx --out O/out --time-limit 20 --lang vi", below("out", DRAFTED)),
    "publish": (PUBLISH, below("out", PLANNED)),
    "publish again": (
        "publish W R2 --out O/again --even-if-poor",
        below("again", {**DRAFTED, **HANDED, "changes.csv": {PEOPLE}}),
    ),
    "publish no more": (
        "publish W --out O/again --withdraw",
        below("again", {**WITHDRAWN, "changes.csv": {PEOPLE}}),
    ),
    "undo": ("undo W 1", {}),
    "record": ("record W --absent ABSENT --declined v1 --why ill", {}),
    "record a new person": ("record W --changes ARRIVALS", ARRIVED),
    "status": ("status W", {"stdout": {PEOPLE}}),
    "status --json": ("status W --json", {}),
    "history": ("history W", ARRIVED),
    "history --out": ("history W --out O/all", ARRIVED | below("all/week", WEEK)),
    "check": ("check W R", {}),
    "check --json": ("check W R --json", {}),
    "report": ("report W R --out O/report.html", {"report.html": {PEOPLE}}),
    "report --public": ("report W R --out O/report.html --public", {}),
    "charts": ("charts W R --out O/charts", {}),
    "calendars": ("calendars W R --out O", HANDED),
    "explain": ("explain W R", {}),
    "explain without a roster": ("explain W", {}),
    "explain --why-not": ("explain W R --why-not NOT", {}),
    "explain --why-here": ("explain W R --why-here HERE", {}),
    "explain --advise": ("explain W R --advise --time-limit 5", {}),
    "explain --json": ("explain W R --json", {}),
    "suggest": ("suggest W R c0-1207-07", {"stdout": {PEOPLE}}),
    "suggest --json": ("suggest W R c0-1207-07 --json", {}),
    "swap": ("swap W R HERE", {"stdout": {PEOPLE}}),
    "swap --chains": ("swap W R HERE --chains", {"stdout": {PEOPLE}}),
    "swap --json": ("swap W R HERE --chains --json", {}),
    "repair": (
        "repair W R --absent ABSENT --out O/out --time-limit 20",
        {
            "out/changes.csv": {PEOPLE},
            "stdout": {PEOPLE},
        },
    ),
    "what-if": ("what-if W R --absent ABSENT --time-limit 20", {"stdout": {PEOPLE}}),
    "what-if --json": ("what-if W R --absent ABSENT --time-limit 20 --json", {}),
    "diff": ("diff W R R2", {}),
    "diff --json": ("diff W R R2 --json", {}),
    "new-week": (
        "new-week --from W --roster R --start 2026-12-14 --out O/next",
        below("next", WEEK),
    ),
    "ledger": ("ledger O/ledger.json --record W --roster R --history O/history.csv", {}),
    "ledger --certificates": (
        "ledger O/ledger.json --record W --roster R --certificates O/thanks",
        {},
    ),
    "ledger --json": ("ledger O/ledger.json --record W --roster R --json", {}),
    "forecast": ("forecast W --visits VISITS --out O/demand.csv --report O/forecast.html", {}),
    "staff": ("staff W --out O/requirements.csv", {}),
    "design": ("design W --out O/made --time-limit 5", below("made", WEEK)),
    "design --why": ("design W --why c0-1207-07 --time-limit 5 --json", {}),
    "plan --design": (
        "plan W --design --out O/out --time-limit 20",
        below("out", DRAFTED) | below("out/week-designed", WEEK),
    ),
    "simulate": ("simulate W R --runs 3 --out O/simulation.json", {}),
    "tradeoff": ("tradeoff W --points 2 --time-limit 3 --out O/tradeoff", {}),
    "sweep": (
        "sweep W --vary volunteers.share=1,0.5 --time-limit 5 --out O/sweep",
        {},
    ),
    "anonymize": ("anonymize W --roster R --out O/week --key O/key.csv", {}),
    "anonymize to JSON": ("anonymize W --out O/week.json", {}),
    "availability": (
        "availability ANSWERS --week W --out O/availability.csv",
        {"availability.understood.csv": {PEOPLE}},  # who answered, as the form names them
    ),
    "shifts": (
        "shifts W --opening OPENING --needs NEEDS --out O/made --replace",
        below("made", MADE),
    ),
    "ways": ("ways W MATRIX --out O/travel.csv", {}),
    "split": (
        "split W --out O/teams",
        {
            "teams/*.xlsx": {PEOPLE, EXTRA_PEOPLE},
            "teams/_shared/centers.csv": {CENTERS, EXTRA_CENTERS},
            "teams/_shared/shifts.csv": {SHIFTS},
        },
    ),
    "split to print": (
        "split W --roster R --out O/teams",
        {"teams/*.xlsx": {PEOPLE, EXTRA_PEOPLE, CENTERS, EXTRA_CENTERS}},
    ),
    "gather": ("gather TEAMS --out O/week", below("week", WEEK)),
    "gather in conflict": (
        "gather CONFLICT --out O/week",
        {"week/decisions.csv": {PEOPLE}, "stdout": {PEOPLE}},  # by which people are told apart
    ),
    "batch": (
        "batch ROOT --out O/run --time-limit 20",
        below("run/P/2026-12-07", PLANNED),
    ),
    "serve": ("serve W --no-browser", {}),
    "schema": ("schema", {}),
    "template": ("template --out O/blank.xlsx", {}),
    "demo": ("demo --out O/demo", {}),
}
"""What is tried -> its command line, and the marks that its files and streams may hold.

W is the week, R and R2 two rosters, O the folder for what is written, also for the record.
"""
AFTER_IT = ("publish again", "publish no more", "undo", "record", "status", "status --json")
"""What is tried once a roster is told."""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a week full of marks in each form, two rosters and a root for batches."""
    folder = tmp_path_factory.mktemp("marked")
    problem = marked_problem()
    write_problem(problem, folder / "week")
    write_problem(problem, folder / "week.xlsx")
    write_problem(problem, folder / "root" / "P" / "2026-12-07")
    for name, shift in (("roster.csv", 0), ("other.csv", 1)):
        rows = [f"{s.shift_id},v{(i + shift) % 6}\n" for i, s in enumerate(problem.shifts)]
        (folder / name).write_text("shift_id,volunteer_id\n" + "".join(rows))
    (folder / "absent.csv").write_text("volunteer_id\nv0\n")
    days = (dt.date(2026, 11, 9) + dt.timedelta(days=n) for n in range(28))
    visits = [f"c{n % 2},{day}T08:{n:02},file\n" for day in days for n in range(20)]
    (folder / "visits.csv").write_text("center_id,arrived,services\n" + "".join(visits))
    (folder / "matrix.json").write_text('{"durations": [[0, 60], [60, 0]]}')
    (folder / "opening.csv").write_text("where,days,start,end\nc0,mon,07:00,11:00\n")
    (folder / "needs.csv").write_text("where,target\nc0,2\n")
    (folder / "arrivals.csv").write_text(
        "change,volunteer_id,name,phone,max_shifts\nnew_person,v9,Người v9,0900010009,\n"
        "person,v0,,,3\n",
        encoding="utf-8",
    )
    twice = folder / "conflict"
    assert run("split", folder / "week", "--out", twice).exit_code == 0
    text = "volunteer_id,name,home_center_id,phone\nv0,Người v0,c1,0900010099\n"
    next(twice.glob("c1*.xlsx")).unlink()  # the other team is this table, with v0 in it again
    (twice / "volunteers c1.csv").write_text(text, encoding="utf-8")
    (folder / "answers.csv").write_text(
        "Timestamp,Họ tên,SĐT,Ghi chú,Rảnh lúc nào\n"
        "2026-12-01 08:00:00,Người v0,0900010000,ZQOWNPERSON0,sáng thứ 2\n"
        "2026-12-01 09:00:00,Người v1,0900010001,ZQOWNPERSON1,chiều thứ 3\n",
        encoding="utf-8",
    )
    assert run("split", folder / "week", "--out", folder / "teams").exit_code == 0
    return folder


def marked_problem() -> Problem:
    """Six people, two centers, four shifts each, and marks wherever a text of one's own may be."""
    plain = make_problem(6, 2, 2)
    people = [
        Volunteer(
            volunteer_id=f"v{i}",
            name=f"Người v{i}",
            home_center_id=f"c{i % 2}",
            max_shifts=4,
            phone=f"090001{i:04}",
            contact=f"zqperson{i}@example.org",
            extra={"Ghi chú": f"ZQOWNPERSON{i}", "=x<b>": f"+ZQOWNPERSON{i}"},
        )
        for i in range(6)
    ]
    centers = [
        Center(
            center_id=f"c{i}",
            name=f"Xã {i}",
            lat=10 + i / 10,
            lon=105,
            phone=f"029600{i:04}",
            contact=f"zqcenter{i}@example.org",
            extra={"Ghi chú": f"ZQOWNCENTER{i}"},
        )
        for i in range(2)
    ]
    shifts = [s.model_copy(update={"extra": (("Ghi chú", "ZQOWNSHIFT"),)}) for s in plain.shifts]
    tables = {
        "volunteers": people,
        "centers": centers,
        "shifts": shifts,
        "services": [Service(service_id="file", minutes_per_citizen=20)],
        "demand": [
            Demand(center_id=s.center_id, service_id="file", start=s.start, end=s.end, arrivals=9)
            for s in shifts
        ],
    }
    return Problem(**{**dict(plain), **tables})


def found_in(data: bytes) -> set[str]:
    """Marks in what a file or stream holds."""
    text = data.decode("utf-8", "replace").replace("\r\n ", "")  # lines of calendars are folded
    return {name for name, mark in MARKS.items() if mark.search(text)}


def texts_of(path: Path) -> Iterator[bytes]:
    """A file, and the parts of a packed one."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("name", COMMANDS)
def test_marks_stand_only_where_they_may(
    name: str, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And they do stand there: a place that loses them is noticed too."""
    here(monkeypatch)
    served_for_a_moment(monkeypatch)
    monkeypatch.setenv("SHIFTPLAN_RECORD", f"{tmp_path}/record.db#week")
    line, allowed = COMMANDS[name]
    if name in AFTER_IT:
        told = tmp_path.with_name(f"{tmp_path.name}-told")
        rosters = "publish", marked / "week", marked / "roster.csv", "--out", told
        assert run(*rosters, "--even-if-poor", "--deadline", "2026-12-06 18:00").exit_code == 0
    if name.startswith("history"):
        arrivals = "record", marked / "week", "--changes", marked / "arrivals.csv"
        assert run(*arrivals).exit_code == 0
    words: dict[str, Any] = {"W": marked / "week", "W.xlsx": marked / "week.xlsx"}
    words |= {"R": marked / "roster.csv", "R2": marked / "other.csv", "ROOT": marked / "root"}
    words |= {"MATRIX": marked / "matrix.json"}
    words |= {"OPENING": marked / "opening.csv", "NEEDS": marked / "needs.csv"}
    words |= {"TEAMS": marked / "teams", "ANSWERS": marked / "answers.csv"}
    words |= {"CONFLICT": marked / "conflict", "ARRIVALS": marked / "arrivals.csv"}
    words["VISITS"] = marked / "visits.csv"
    words |= {"ABSENT": marked / "absent.csv", "HERE": "v0:c0-1207-07", "NOT": "v1:c0-1207-07"}
    arguments = [words.get(word, word.replace("O/", f"{tmp_path}/")) for word in line.split()]
    arguments = [tmp_path if word == "O" else word for word in arguments]

    told = run(*arguments, COLUMNS="300")

    assert told.exit_code in (0, 1, 3, 6), told.output
    assert "Traceback" not in told.stderr
    seen = {"stdout": found_in(told.stdout.encode()), "stderr": found_in(told.stderr.encode())}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            key = str(path.relative_to(tmp_path).as_posix())
            assert not found_in(key.encode())
            seen[key] = set().union(*map(found_in, texts_of(path)))
    wrong = {key: marks - _may(allowed, key) for key, marks in seen.items()}
    assert not {key: marks for key, marks in wrong.items() if marks}
    for pattern, marks in allowed.items():
        held = [seen[key] for key in seen if fnmatch(key, pattern)]
        assert set().union(*held) == marks, pattern


def _may(allowed: Mapping[str, set[str]], key: str) -> set[str]:
    """Marks that a place may hold."""
    return set().union(*(marks for pattern, marks in allowed.items() if fnmatch(key, pattern)))


def test_every_command_is_tried() -> None:
    """No command is left out; answers to agents are tested through their own server."""
    assert {line.split()[0] for line, _ in COMMANDS.values()} | {"mcp"} == set(MODULES)


def test_a_disagreement_is_saved_without_them() -> None:
    """Its folder is sent to whoever looks for the bug."""
    problem = marked_problem()

    error = judge.disagreement(problem, judge.figures(model=1), None)

    assert error.saved is not None
    saved = [path.read_bytes() for path in error.saved.iterdir()]
    shutil.rmtree(error.saved)
    assert saved
    assert not set().union(*map(found_in, saved))


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_no_fault_quotes_them(form: str, marked: Path, tmp_path: Path) -> None:
    """Faults and notes stand in logs and on the pages of batches; their place tells enough."""
    problem = marked_problem()
    long = "0900010000 zqperson0@ ZQOWNPERSON" * 400
    person = problem.volunteers[0].model_copy(
        update={"phone": long, "contact": long, "extra": (("Ghi chú", long),)}
    )
    week = tmp_path / ("week" if form == "csv" else f"week.{form}")
    rows = (person, *problem.volunteers[1:])
    write_problem(problem.model_copy(update={"volunteers": rows}), week)

    told = run("check", week, marked / "roster.csv")

    assert told.exit_code == 2
    assert told.stderr.count("10,000 characters") == 3
    assert not found_in(told.output.encode())


def test_a_batch_that_fails_keeps_them_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Manifest, log and page quote the faults of a week."""
    here(monkeypatch)
    problem = marked_problem()
    wrong = problem.volunteers[0].model_copy(update={"phone": "0900010000" * 2_000})
    rows = (wrong, *problem.volunteers[1:])
    week = tmp_path / "root" / "P" / "2026-12-07"
    write_problem(problem.model_copy(update={"volunteers": rows}), week)

    told = run("batch", tmp_path / "root", "--out", tmp_path / "run", "--time-limit", 20)

    assert told.exit_code == 1
    assert "10,000 characters" in told.output
    written = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    assert any("10,000 characters" in path.read_text("utf-8", "replace") for path in written)
    assert not set().union(*(found_in(path.read_bytes()) for path in written))
    assert not found_in(told.output.encode())


def test_a_phone_in_another_column_is_not_quoted(marked: Path, tmp_path: Path) -> None:
    """`Mobile` says who may be sent anywhere; somebody who means a phone is told so."""
    write_problem(marked_problem(), tmp_path / "week")
    file = tmp_path / "week" / "volunteers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    added = ["Mobile", *["0900010001"] * (len(lines) - 1)]
    text = "".join(f"{line},{cell}\n" for line, cell in zip(lines, added, strict=True))
    file.write_text(text, encoding="utf-8")

    told = run("check", tmp_path / "week", marked / "roster.csv")

    assert told.exit_code == 2
    assert "Name the column phone" in told.stderr
    assert not found_in(told.output.encode())
