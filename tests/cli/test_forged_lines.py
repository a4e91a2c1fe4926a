"""Names that try to add a line to what the command shows, put wherever a table holds text."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from files.weeks import TINY, write_texts

FORGED = "FORGED"
NAME = f"An\n{FORGED} a\r\n{FORGED} b\u2028{FORGED} c\u2029{FORGED} d\u202e{FORGED} e"
"""A name of many lines, as one cell of a spreadsheet may hold it; its end is turned round."""
CELL = f'"{NAME}"'
GROUP = f"An\u2028{FORGED} c\u2029{FORGED} d\u202e{FORGED} e"
"""The same of a set, such as a group of people: no line of a file ends in it."""
WEEK = TINY | {
    "horizon": f"name,start,days\n{CELL},2026-12-07,7\n",
    "centers": f"center_id,name,type,lat,lon,capacity,groups\n00430,{CELL},{CELL},10.01,105.08,2,"
    f"{GROUP}\n00431,{CELL},{CELL},10.2,104.9,3,{GROUP}\n",
    "skills": f"skill_id,name,kind,max_level\nportal,{CELL},tech,4\n",
    "services": "service_id,name,skill_id,min_level,minutes_per_citizen\n"
    f"file,{CELL},portal,2,20\n",
    "volunteers": "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    f"A1,{CELL},00430,{GROUP},3,4,0.91\nA2,{CELL},00431,{GROUP},0,,1\n",
    "availability": "volunteer_id,date,start,end,state\nA1,2026-12-07,07:00,17:00,available\n"
    "A1,2026-12-08,07:00,17:00,available\nA2,2026-12-08,13:00,17:00,preferred\n",
    "shifts": "shift_id,center_id,date,start,end,type,tags\n"
    f"S1,00430,2026-12-07,07:00,11:00,{CELL},{GROUP}\n"
    f"S2,00431,2026-12-08,13:00,17:00,{CELL},{GROUP}\n",
    "requirements": "shift_id,skill_id,min_level,minimum,target,reason\n"
    f"S1,,,1,2,{CELL}\nS2,portal,2,0,1,{CELL}\nS2,,,1,1,{CELL}\n",
    "rules": "rule,level,weight,value,note,group,shifts\n"
    f"coverage,1,100,,{CELL},,\none_place,hard,,,{CELL},,\nfairness,2,50,,{CELL},,\n"
    f"max_shift_count,2,5,1,{CELL},{GROUP},{GROUP}\n",
    "policy": f"setting,where,value,note\ntarget_level,{GROUP},0.9,{CELL}\n",
}  # fmt: skip


def forged(text: str) -> list[str]:
    """Lines that begin as the name wishes, and signs that would begin one somewhere else."""
    lines = [
        line for line in text.splitlines() if line.lstrip(" -•*│0123456789.").startswith(FORGED)
    ]
    return lines + [sign for sign in "\u2028\u2029\u202e" if sign in text]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the week, with a roster and lists of changes beside it."""
    folder = tmp_path_factory.mktemp("week")
    (folder / "week").mkdir()
    write_texts(folder / "week", WEEK)
    (folder / "roster.csv").write_text("shift_id,volunteer_id\nS1,A1\nS2,A2\n")
    (folder / "other.csv").write_text("shift_id,volunteer_id\nS1,A1\nS2,A1\n")
    (folder / "unknown.csv").write_text("shift_id,volunteer_id\nS1,A1\nS2,A9\n")
    (folder / "absent.csv").write_text("volunteer_id\nA2\n")
    return folder


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    "command",
    [
        "plan WEEK --out OUT/plan --time-limit 20",
        "check WEEK ROSTER",
        "check WEEK UNKNOWN",
        "explain WEEK",
        "explain WEEK ROSTER",
        "explain WEEK ROSTER --seat S1",
        "explain WEEK ROSTER --why-not A2:S1",
        "explain WEEK ROSTER --why-here A1:S1",
        "explain WEEK ROSTER --advise",
        "suggest WEEK ROSTER S2",
        "suggest WEEK ROSTER S2 --leaving A2",
        "swap WEEK ROSTER A2:S2",
        "swap WEEK ROSTER A1:S1 A2:S2",
        "repair WEEK ROSTER --absent ABSENT --out OUT/repair",
        "diff WEEK ROSTER OTHER",
        "publish WEEK OTHER --out OUT/told --why WHY --even-if-poor",
        "publish WEEK ROSTER --out OUT/told",
        "publish WEEK --out OUT/told --withdraw --why WHY",
        "record WEEK --absent ABSENT --declined A1 --called A2:S2:cannot --why WHY",
        "undo WEEK 1 --why WHY",
        "status WEEK",
        "history WEEK --out OUT/all",
        "history WEEK",
        "calendars WEEK OTHER --before ROSTER --out OUT/calendars",
        "report WEEK ROSTER --out OUT/report.html",
        "staff WEEK --out OUT/requirements.csv",
        "simulate WEEK ROSTER --out OUT/sim.json",
        "ledger OUT/ledger.json --record WEEK --roster ROSTER",
        "new-week --from WEEK --start 2026-12-14 --roster ROSTER --out OUT/next",
        "split WEEK --out OUT/teams",
        "split WEEK --roster ROSTER --out OUT/print",
        "gather WEEK --out OUT/gathered",
    ],
)
def test_no_name_adds_a_line_to_what_is_shown_or_written(
    command: str, lang: str, week: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each text of each table ends its line and turns round: every command shows it on one."""
    places = {"WEEK": "week", "ROSTER": "roster.csv", "OTHER": "other.csv"}
    places |= {"UNKNOWN": "unknown.csv", "ABSENT": "absent.csv"}
    monkeypatch.setenv("LOGNAME", NAME)
    monkeypatch.setenv("SHIFTPLAN_RECORD", f"{tmp_path}/{GROUP}.db")
    words = [NAME if w == "WHY" else w for w in command.split()]
    words = [str(week / places[w]) if w in places else w for w in words]
    told = ("publish", week / "week", week / "roster.csv", "--out", tmp_path / "told")
    if NAME in words or command.startswith(("status", "history")):
        assert run(*told, "--even-if-poor", "--why", NAME).exit_code == 0

    result = run(*(w.replace("OUT", str(tmp_path)) for w in words), "--lang", lang, COLUMNS="2000")

    assert result.exit_code in (0, 1, 5)  # 1: rules are broken, 5: too poor to be told
    assert forged(result.output) == []
    for path in tmp_path.rglob("*.*"):
        if path.suffix in (".csv", ".json", ".txt", ".html"):
            assert forged(path.read_text(encoding="utf-8")) == [], path
