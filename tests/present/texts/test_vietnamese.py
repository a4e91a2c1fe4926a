"""What the command shows in Vietnamese has no English left."""

from __future__ import annotations

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from batches import here
from commands import call_as, run, served_for_a_moment
from files.weeks import TINY, write_texts
from openpyxl import Workbook, load_workbook
from typer.main import get_command

import shiftplan.cli as cli
from shiftplan.cli.usage import wanted
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.files.layout import TABLES, rule_columns

WEEK = TINY | {
    "volunteers": TINY["volunteers"] + "A3,Đỗ Ý,00431,student,2,4,1\n",
    "availability": TINY["availability"] + "A3,2026-12-08,13:00,17:00,available\n",
}
"""The tiny week, with somebody who can fill the second shift."""
PUBLISH = ["publish", "{week}", "--out", "{out}/told"]
CALENDARS = ["calendars", "{week}", "{roster}", "--out", "{out}"]
NEW_WEEK = ["new-week", "--from", "{week}", "--out", "{out}", "--start"]
COMMANDS: dict[str, list[str]] = {
    "plan": ["plan", "{week}", "--out", "{out}"],
    "check": ["check", "{week}", "{roster}"],
    "check broken": ["check", "{week}", "{broken}"],
    "check staffed": ["check", "{week}", "{roster}", "--staff", "--recommended"],
    "diff": ["diff", "{week}", "{roster}", "{broken}"],
    "explain contradiction": ["explain", "{week}"],
    "explain seats": ["explain", "{week}", "{roster}"],
    "explain people": [
        "explain",
        "{week}",
        "{broken}",
        "--why-here",
        "A1:S2",
        "--why-not",
        "A2:S2",
    ],
    "explain advice": ["explain", "{week}", "{roster}", "--advise", "--time-limit", "120"],
    "repair": ["repair", "{week}", "{roster}", "--absent", "{absent}", "--out", "{out}"],
    "what-if": ["what-if", "{week}", "{roster}", "--absent", "{absent}"],
    "publish": [*PUBLISH, "{roster}", "--deadline", "2026-12-06 18:00"],
    "publish what is poor": [*PUBLISH, "{broken}"],
    "publish again": [*PUBLISH, "{broken}", "--even-if-poor"],
    "publish no more": [*PUBLISH, "--withdraw"],
    "record": ["record", "{week}", "--absent", "{absent}", "--declined", "A1"],
    "record a call": ["record", "{week}", "--called", "A2: S2: comes", "--why", "An Bình"],
    "record a mistake": ["record", "{week}", "--revoke", "4"],
    "status": ["status", "{week}"],
    "status of nothing": ["status", "{week}"],
    "history": ["history", "{week}"],
    "history of nothing": ["history", "{week}"],
    "history written": ["history", "{week}", "--out", "{out}"],
    "undo": ["undo", "{week}", "1"],
    "plan again": ["plan", "{week}", "--out", "{out}"],
    "repair again": ["repair", "{week}", "--out", "{out}"],
    "simulate": ["simulate", "{week}", "{roster}", "--runs", "3"],
    "staff": ["staff", "{week}", "--out", "{out}"],
    "design": ["design", "{week}", "--out", "{out}"],
    "design and plan": ["plan", "{week}", "--design", "--out", "{out}", "--time-limit", "20"],
    "forecast": ["forecast", "{week}", "--visits", "{visits}", "--backtest", "1"],
    "forecast learned": ["forecast", "{week}", "--visits", "{visits}", "--learn"],
    "suggest": ["suggest", "{week}", "{roster}", "S2"],
    "swap": ["swap", "{week}", "{roster}", "A1:S1", "A3:S2"],
    "swap one": ["swap", "{week}", "{roster}", "A1:S1"],
    "ledger": ["ledger", "{ledger}", "--record", "{week}", "--roster", "{roster}"],
    "tradeoff": ["tradeoff", "{week}", "--out", "{out}", "--points", "2", "--time-limit", "120"],
    "sweep": ["sweep", "{week}", "--vary", "volunteers.share=1,0.5", "--out", "{out}"],
    "charts": ["charts", "{week}", "{roster}", "--out", "{out}"],
    "report": ["report", "{week}", "{roster}", "--out", "{page}"],
    "calendars": CALENDARS,
    "calendars after": [*CALENDARS, "--before", "{broken}"],
    "demo": ["demo", "--out", "{out}"],
    "serve": ["serve", "{week}", "--no-browser"],
    "template": ["template", "--out", "{workbook}"],
    "template filled": ["template", "--out", "{workbook}", "--week", "{week}"],
    "availability": ["availability", "{answers}", "--week", "{week}", "--out", "{windows}"],
    "shifts": ["shifts", "{week}", "--opening", "{opening}", "--needs", "{needs}", "--replace"],
    "ways": ["ways", "{week}", "{matrix}", "--out", "{travel}"],
    "split": ["split", "{week}", "--out", "{teams}"],
    "split of a roster": ["split", "{week}", "--roster", "{roster}", "--out", "{teams}"],
    "gather": ["gather", "{parts}", "--out", "{out}"],
    "gather with a conflict": ["gather", "{root}", "--out", "{out}"],
    "new week": [*NEW_WEEK, "2026-12-14"],
    "new week closed": [*NEW_WEEK, "2026-12-14", "--roster", "{roster}", "--closed", "2026-12-15"],
    "new week of holidays": [*NEW_WEEK, "2027-02-01"],
    "batch": ["batch", "{root}", "--out", "{out}", "--time-limit", "120"],
    "batch to come": ["batch", "{root}", "--out", "{out}", "--dry-run"],
    "anonymize": ["anonymize", "{week}", "--out", "{out}", "--key", "{key}"],
}
PUBLISHED = ("publish", "record", "record a call", "publish again")
BEFORE = {
    "publish again": ("publish",),
    "publish no more": ("publish",),
    "record": ("publish",),
    "record a call": ("publish",),
    "record a mistake": PUBLISHED,
    "status": (*PUBLISHED, "record", "undo"),
    "history": (*PUBLISHED, "record a mistake", "undo", "publish no more"),
    "history written": PUBLISHED,
    "undo": PUBLISHED,
    "plan again": ("publish",),
    "repair again": ("publish", "record"),
}
"""What is done before."""
POOR = ("publish what is poor", "repair again")
"""What ends with the exit code of a poor roster."""
SILENT = {"mcp", "schema"}
"""Commands that print nothing for people."""
ALLOWED = {"gini", "km", "file", "s", "start", "where", "world", *TABLES}
"""Names, two units, the id of a service, columns of files, a profile, and the names of tables."""
IN_HELP = {
    "usage", "options", "args", "command", "path", "bool", "float", "int", "range", "text",
    "integer", "default", "required", "json", "csv", "png", "svg", "ctrl", "x", "c", "n",
    "python", "m", "str", "tham", "shiftplan", "max", "min",
    "never", "minutes", "tuple", "list", "en", "finish", "cut", "simulation", "world",
    "lesson", "festival", "food", "bank", "helpline", "clinic", "school",
}  # fmt: skip
"""Words of the shell, of file formats, and what the library writes around the texts."""
_GAP = re.compile(r"\{.*?\}")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORDS = re.compile(
    r"\S*[/_]\S*|\b\w+\.(csv|json|png|svg)\b|\(\w+\)|\[\w+\]|\b[A-Z]{1,2}\d\S*|--[\w-]+|\w+ x \d+"
)
"""Paths and files, ids and rules in brackets, ids, options, and factors."""


@cache
def vietnamese() -> set[str]:
    """Words of the Vietnamese catalogue."""
    texts = [_GAP.sub(" ", text) for said in catalogue("vi").values() for text in said]
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def foreign(shown: str, *allowed: str) -> set[str]:
    """Words in plain letters that the Vietnamese catalogue does not have."""
    words = {word.casefold() for word in _WORD.findall(_NOT_WORDS.sub(" ", shown))}
    return {w for w in words - vietnamese() - ALLOWED - set(allowed) if w.isascii()}


def typed(command: Any) -> set[str]:
    """What people type for a command: its name, its parameters and what stands for values."""
    texts = [command.name, *(p.name for p in command.params)]
    texts += [p.metavar or "" for p in command.params]
    texts += [p.default for p in command.params if isinstance(p.default, str)]
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _visit(day: int) -> str:
    """A visit at a center of the tiny week, on its first day or some days before."""
    return f"00430,{dt.date(2026, 12, 7) - dt.timedelta(day)} 07:30,file\n"


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Files that the commands are given."""
    week = tmp_path / "week"
    week.mkdir()
    write_texts(week, WEEK)
    for place in ("root/An Bình/2026-12-07", "root/An Bình/2026-12-14", "parts/An Bình"):
        (tmp_path / place).mkdir(parents=True)
        write_texts(tmp_path / place, WEEK)
    texts = {
        "roster": "shift_id,volunteer_id\nS1,A1\nS2,A3\n",
        "broken": "shift_id,volunteer_id\nS2,A1\nS1,A2\n",
        "absent": "volunteer_id\nA3\n",
        "opening": "where,days,start,end\n,T2-CN,07:00,11:00\nHòn Đất,T3,8h,9h\n",
        "answers": "Họ và tên,Giờ rảnh\nAn,sáng thứ 2\nBình,bận\n",
        "needs": "where,skill_id,target\n,,2\nminority,portal,1\n",
        "visits": "center_id,arrived,services\n" + "".join(map(_visit, range(29))),
    }
    files = {name: tmp_path / f"{name}.csv" for name in texts}
    for name, file in files.items():
        file.write_text(texts[name], encoding="utf-8")
    made = {"ledger": "ledger.json", "page": "page.html", "workbook": "week.xlsx", "key": "key.csv"}
    made |= {"windows": "availability.csv", "travel": "travel.csv", "matrix": "matrix.json"}
    (tmp_path / "matrix.json").write_text('{"durations": [[0, 60], [null, 0]]}', encoding="utf-8")
    others = {"week": week, "out": tmp_path / "out", "root": tmp_path / "root"}
    others |= {"teams": tmp_path / "teams", "parts": tmp_path / "parts"}
    others |= {name: tmp_path / file for name, file in made.items()}
    return {name: str(path) for name, path in (files | others).items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_shows_is_vietnamese(
    name: str, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """Every word is of the catalogue, a name, an id or a file."""
    here(monkeypatch)
    served_for_a_moment(monkeypatch)
    monkeypatch.setenv("LOGNAME", "Bình")
    for other in BEFORE.get(name, ()):
        assert run(*(part.format(**places) for part in COMMANDS[other])).exit_code == 0
    arguments = [part.format(**places) for part in COMMANDS[name]]

    done = run(*arguments, "--lang", "vi")

    expected = 3 if "conflict" in name else 5 if name in POOR else 0
    assert done.exit_code == expected or (expected, done.exit_code) == (0, 1), done.output
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)
    assert done.output
    names = "Rạch Giá Hòn Đất Dịch vụ công Nộp An Bình Đỗ Ý Kim Em".casefold().split()
    assert foreign(done.output, *names) == set()


def test_every_command_is_tried():
    """A new command needs a row in the table."""
    tried = {arguments[0] for arguments in COMMANDS.values()}

    assert tried | SILENT == set(get_command(cli.app).commands)


@pytest.mark.parametrize("name", ["", *sorted(get_command(cli.app).commands)])
def test_help_is_vietnamese(name: str, monkeypatch: pytest.MonkeyPatch, capsys):
    """Every text of help, where --lang vi or the environment asks for it."""
    monkeypatch.setenv("SHIFTPLAN_LANG", "vi")
    monkeypatch.setenv("COLUMNS", "200")  # no name of a choice is cut
    call_as(monkeypatch, *filter(None, [name]), "--help")

    with pytest.raises(SystemExit):
        cli.main()

    shown = capsys.readouterr().out.split("Ví dụ:")[0]
    command = get_command(cli.app)
    ids = {word for inner in command.commands.values() for word in typed(inner)}
    assert foreign(shown, *ids, *IN_HELP) == set()


def test_every_text_of_help_is_in_use():
    """The catalogue has no text that no command shows, and misses none."""
    group = get_command(cli.app)
    used: set[str] = set()
    for name, part in [("shiftplan", group), *group.commands.items()]:
        name = name.replace("-", "_")
        used.add(f"command.{name}")
        helps = part.get_help_option(part.make_context("", [], resilient_parsing=True))
        for parameter in (*part.params, helps):
            own = f"command.{name}.{parameter.name}"
            used.add(own if own in catalogue("en") else f"option.{parameter.name}")

    assert used == {code for code in catalogue("en") if code.startswith(("command.", "option."))}


def test_the_argument_says_more_than_the_environment():
    """--lang en wins over a Vietnamese environment."""
    environment = {"SHIFTPLAN_LANG": "vi"}

    assert wanted(["plan", "--help"], environment) == "vi"
    assert wanted(["plan", "--lang=vi"], {}) == "vi"
    assert wanted(["plan", "--lang", "en"], environment) == "en"
    assert wanted(["plan"], {}) == "en"


def test_the_environment_is_the_usual_language(places: dict[str, str]):
    """Who has set it needs no --lang."""
    arguments = ["check", places["week"], places["roster"]]

    done = run(*arguments, SHIFTPLAN_LANG="vi")

    assert "Không có quy định bắt buộc nào bị vi phạm." in done.output


FAULTY = {
    "centers": TINY["centers"].replace("1.125,2", "0,x") + "00431,Hai,,,1,1\n",
    "skills": TINY["skills"] + "zalo,Zalo,app,0\n",
    "volunteers": TINY["volunteers"].replace("0.91", "91").replace("00431", "431"),
    "availability": TINY["availability"].replace("preferred", "prefered")
    + "A1,2026-12-07,08:00,09:00,available\n"
    + "A1,2026-02-30,8.5,9,\nA9,2027-01-01,07:00,11:00,available\n",
    "shifts": TINY["shifts"] + "S1,00430,2026-12-07,11:00,07:00\nS3,00430,,07:00\n",
    "demand": TINY["demand"].replace("2.5", "many"),
    "requirements": TINY["requirements"] + "S2,,2,3,1\nS1,,,1,2\n",
    "rules": TINY["rules"]
    + "mentr,hard,,,\nfairness,maybe,,,\ncoverage,1,50,3,\nmax_distance,hard,,,\n",
    "pins": "volunteer_id,shift_id,status\nA1,S1,must\n",
    "preferences": "volunteer_id,shift_id,date,kind\nA1,,,avoid\n",
}
"""A week in which much is wrong."""
QUOTED = re.compile(r"'[^']*'|\[[^\]]*\]|\w+\.xlsx")
"""Values as they were written, and details that are known in English only."""


def columns_and_ids() -> set[str]:
    """What stays as it is in the files: names of tables, columns and a rule."""
    names = {"status", "portal", "rules", "fairness", *rule_columns()}
    names.update(*((name, *table.columns) for name, table in TABLES.items()))
    return {word for name in names for word in _WORD.findall(name)}


def test_faults_are_vietnamese(tmp_path: Path):
    """A week with many faults is told without a word of English."""
    write_texts(tmp_path, WEEK | FAULTY)

    done = run("plan", tmp_path, "--out", tmp_path, "--lang", "vi")

    assert done.exit_code == 2
    assert "Dữ liệu đầu vào có" in done.output
    assert "tệp volunteers.csv, dòng 2, cột show_rate: '91': phải từ 1 trở xuống" in done.output
    assert foreign(QUOTED.sub(" ", done.output), *columns_and_ids()) == set()


def test_faults_of_a_workbook_are_vietnamese(tmp_path: Path):
    """So is what its marked copy says, in comments and in the list."""
    path, book = tmp_path / "week.xlsx", Workbook()
    for table, text in (WEEK | FAULTY).items():
        sheet = book.create_sheet(table)
        for row in csv.reader(text.splitlines()):
            sheet.append([cell or None for cell in row])
    book.save(path)

    done = run("plan", path, "--out", tmp_path, "--lang", "vi")

    assert done.exit_code == 2
    assert "tệp week.xlsx, trang volunteers, ô G2: '91': phải từ 1 trở xuống" in done.output
    copy = load_workbook(tmp_path / "week.faults.xlsx")
    said = [copy["volunteers"]["G2"].comment.text]
    assert said == ["phải từ 1 trở xuống. Có thể ý là 0,91 (91%)."]
    said += [row[2] for row in copy["Lỗi"].iter_rows(min_row=2, values_only=True)]
    assert len(said) > 10
    shown = QUOTED.sub(" ", "\n".join([done.output, *said]))
    assert foreign(shown, *columns_and_ids()) == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan", "{week}", "--out", "{out}", "--time-limit", "-1"], "phải từ 0 trở lên"),
        (["plan", "{week}", "--out", "{out}", "--gap", "1"], "phải từ 0 trở lên và dưới 1"),
        (["plan", "{week}", "--out", "{absent}"], "{absent}: không ghi được: đã có một tệp mang"),
        (["explain", "{week}", "--advise"], "chưa có lịch nào được ghi"),
        (["repair", "{week}", "--out", "{out}"], "chưa có lịch nào được ghi"),
        (["what-if", "{week}", "{roster}"], "Chưa nêu thay đổi nào"),
        (["publish", "{week}", "--out", "{out}", "--withdraw", "{roster}"], "không dùng cùng tên"),
        (["publish", "{week}", "--out", "{out}"], "chưa có phiên bản lịch nào"),
        (["undo", "{week}", "3"], "chưa có phiên bản"),
        (["record", "{week}"], "Không có gì để ghi"),
        (["record", "{week}", "--revoke", "3"], "3"),
        (["swap", "{week}", "{roster}", "A1:S1", "A3:S2", "--chains"], "giữa ba người"),
        (["ledger", "{ledger}", "--decay", "2"], "phải lớn hơn 0 và không quá 1"),
        (["ledger", "{ledger}", "--roster", "{roster}"], "--roster phải đi cùng --record"),
        (["report", "{week}", "{roster}", "--out", " "], "không được để trống"),
        (["simulate", "{week}", "{roster}", "--patience", "x"], "'x' không nằm trong khoảng"),
        ([*NEW_WEEK[:-3], "--out", "x.xlsx", "--start", "2026-12-14"], "phải là một thư mục"),
    ],
)
def test_what_was_asked_wrongly_is_told_in_vietnamese(
    arguments: list[str], said: str, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """The sentence that says what an option may be, or what is missing."""
    given = [*(part.format(**places) for part in arguments), "--lang", "vi"]
    call_as(monkeypatch, *given)

    done = run(*given, COLUMNS="400")

    assert done.exit_code == 2
    assert said.format(**places) in " ".join(done.output.split())


def test_a_missing_package_is_told_in_vietnamese(
    places: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """With what to install."""
    monkeypatch.setattr("shiftplan.cli.rosters.can_write", lambda: False)

    given = ["report", places["week"], places["roster"], "--out", places["page"], "--lang", "vi"]
    done = run(*given)

    assert done.exit_code == 2
    assert "cần gói jinja2" in done.output
    assert 'pip install "NGUỒN[report]"' in done.output
