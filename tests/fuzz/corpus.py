"""Small valid files of every kind that is read: what the fuzzer damages.

Nothing -> name of a file -> its bytes, by reader.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path

from shiftplan import Roster, check
from shiftplan.analysis.reserves import reserves
from shiftplan.batch.manifest import JobOutcome, Manifest, WeekEntry, WeekJob
from shiftplan.batch.run_folder import list_contents
from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message, Person
from shiftplan.files import read_week, write_ledger, write_reserves, write_roster
from shiftplan.files.shared import SHARED
from shiftplan.files.turnouts import record_files
from shiftplan.present import write_workbook
from shiftplan.present.handouts import write_handouts
from shiftplan.present.handouts.sending import TABLE
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence
from shiftplan.record.entries import Changed, Drafted, Told
from shiftplan.record.opening import open_store
from shiftplan.seasons import Ledger
from shiftplan.solving.result import Cost, HintUse, Progress, Result, Status

WEEK = {
    "horizon": "name,start,days,zone\nTuần 50,2026-12-07,7,Asia/Ho_Chi_Minh\n",
    "centers": "center_id,name,type,lat,lon,population,minority_area,remote_area,priority,"
    "capacity,groups\n"
    "00430,Rạch Giá,phường,10.01,105.08,50000,0,0,1.125,2,border\n"
    "00431,Hòn Đất,xã,10.2,104.9,9000,1,0,1,3,border|island\n",
    "skills": "skill_id,name,kind,max_level\nportal,Dịch vụ công,tech,4\nkhmer,Khmer,language,3\n",
    "services": "service_id,name,skill_id,min_level,minutes_per_citizen,cv\n"
    "file,Nộp,portal,2,20,1\n",
    "volunteers": "volunteer_id,name,home_center_id,group,skill.portal,skill.khmer,max_shifts,"
    "min_shifts,max_distance_km,show_rate,mobile\n"
    "A1,An,00430,official|new,3,0,4,1,40.5,0.91,0\n"
    "A2,Bình,00431,student,0,2,,0,,1,1\n",
    "grants": "volunteer_id,skill_id,level,valid_from,valid_to\nA2,portal,2,2026-12-08,\n",
    "availability": "volunteer_id,date,start,end,state,end_date\n"
    "A1,2026-12-07,07:00,17:00,available,\n"
    "A2,2026-12-08,13:00,17:00,preferred,\n"
    "A2,2026-12-09,22:00,06:00,undesired,2026-12-10\n",
    "stand_by": "volunteer_id,date,start,end,end_date\nA2,2026-12-07,07:00,11:00,\nA1,,,,\n"
    "A1,2026-12-09,22:00,,\n",
    "occupied": "volunteer_id,group,date,start,end,what,counted_minutes,counted_shifts,is_work,"
    "end_date\nA1,,2026-12-09,08:00,10:00,Họp,120,1,1,\n,student|home:00430,2026-12-10,,,,,,,"
    "2026-12-11\n",
    "shifts": "shift_id,center_id,date,start,end,end_date,type,tags,alternative,skill_id,"
    "min_level,optional\n"
    "S1,00430,2026-12-07,07:00,11:00,,early,a|b,talk,portal,2,1\n"
    "S2,00431,2026-12-08,13:00,17:00,,late,,talk,,1,0\n"
    "S3,00431,2026-12-09,22:00,06:00,2026-12-10,night,,,,1,\n",
    "demand": "center_id,date,start,end,service_id,arrivals,arrivals_low,arrivals_high,"
    "arrivals_cv,end_date\n"
    "00430,2026-12-07,07:00,08:00,file,2.5,1,4,,\n00431,2026-12-08,13:00,14:00,file,3,,,0.2,\n"
    "00431,2026-12-08,14:00,15:00,,4,,,,\n",
    "languages": "center_id,skill_id,share\n00431,khmer,0.3\n",
    "journeys": "where,services,share\n,file,2\n00431,file|file,0.5\n",
    "citizen_kinds": "kind,where,share,factor\n60_plus,,0.2,1.4\n",
    "officials": "where,days,start,end,people,services,languages\n"
    "00430,Mon-Fri,07:00,11:00,1,file,khmer\n,2026-12-08,13:00,17:00,2,,\n",
    "travel": "origin,destination,minutes,mode,days,first_departure,last_departure\n"
    "00430,00431,45,boat,Mon|Thu,07:30,08:00\n,00431,90,,2026-12-08,,24:00\n",
    "shift_types": "type,where,days,earliest,latest,min_minutes,max_minutes,step,shared,price,"
    "note\n"
    "early,00430,Mon-Fri,07:00,09:30,240,480,30,1,2,Lễ\n,,2026-12-08,22:00,24:00,360,360,,,,\n",
    "breaks": "type,minutes,earliest,latest,after,step,min_shift,max_shift\n"
    "early,30,120,240,60,15,240,600\n,15,60,,,,,\n",
    "policy": "setting,where,value,note\nwithin_minutes,,30,\nhour_price,xã,5,\n",
    "requirements": "shift_id,skill_id,min_level,minimum,target,needed_percent,reason,center_id,"
    "date,start,end,step,shifts,first_day,last_day\n"
    "S1,,,1,2,100|85|40,,,,,,,,,\nS2,portal,2,0,1,,file,,,,,,,,\n"
    ",,,0,1,,,00430,2026-12-07,07:00,08:00,30,,,\n,,,0,1,,,00431,,,,,late,2026-12-08,2026-12-08\n",
    "history": "volunteer_id,weeks,shifts_offered,shifts_worked,undesired_worked,last_worked,"
    "last_shift_type,last_shift_end,worked_in_a_row,last_center\n"
    "A1,4,8.5,5,1,2026-12-05,late,2026-12-05 17:00,1,00431\n",
    "pins": "volunteer_id,shift_id,state\nA1,S1,must\n",
    "preferences": "volunteer_id,shift_id,date,shifts,state,weight\n"
    "A1,,2026-12-08,late,against,2\nA2,S2,,,for,1\n",
    "published": "shift_id,volunteer_id,told\nS2,A2,1\n",
    "rules": "rule,level,weight,value,note,shifts,first,then,group,skill,mentor_level\n"
    "coverage,1,100,,,,,,,,\nmentor,hard,,2,,,,,,,\nmin_rest,hard,,660,,,,,,,\n"
    "forbidden_succession,hard,,,,,late,early,,,\nmax_shift_count,2,5,1,,late,,,student,,\n"
    "rate,1,7,,,,,,,,\norder,,,total,,,,,,,\n",
}
"""Table -> CSV text; every table of the format."""
DAYS = (
    "date,weekdays,state,where,group,start,end,like,note\n"
    "2026-12-08,,closed,00431,,,,,Lễ\n,sat|sun,open,xã,,07:30,11:00,fri,\n,mon,closed,,student,,,,\n"
)
_MADE = {"shifts", "requirements", "pins", "preferences", "published", "grants"}
OPENED = {table: text for table, text in WEEK.items() if table not in _MADE} | {
    "opening": "where,days,start,end,session,type,note\n,T2-T6,07:00,11:00,am,early,\n"
    "xã,2026-12-10|2026-12-12,13h,17h,,late,chợ\nisland,Sat-Sun,22:00,24:00,night,night,\n",
    "needs": "where,days,shifts,skill_id,min_level,minimum,target,reason\n,,,,,1,2,\n"
    "minority,Mon-Fri,am|late,khmer,2,0,1,Khmer\n00430,2026-12-08,,portal,2,1,1,\n",
    "days": DAYS,
}
"""The same week with opening hours instead of shifts, and standard needs."""
VISITS = (
    "visit_id,center_id,date,arrived,services,kind,language,start,end,state,ticket\n"
    "V1,00430,2026-11-30,07:12,file,old,khmer,07:20,07:31,done,A1\n"
    "V2,Hòn Đất,,2026-11-30 08:00:59,file,,,,,,A1\nV2,00431,,30/11/2026 9h,Nộp,,,,,,A2\n"
    "V3,00430,,2026-12-01T01:05:00Z,file,young,,2026-12-01 08:06,2026-12-01 08:20:30,,A3\n"
)
TALLIES = (
    "center_id,date,start,end,services,number\n00430,2026-11-30,07:00,08:00,file,3\n"
    "00430,2026-11-30,06:00,12:00,,2.5\n00431,28/11/2026,13h,17h,file,0\n"
)
CLOSED = "center_id,date\n00430,2026-12-02\n*,2026-12-03\n,13/11/2026\n"
ABSENT = "volunteer_id,date,start,end,note\nA1,2026-12-07,07:00,,ốm\nA2,,,,\n"
CHANGES = (
    "change,volunteer_id,center_id,shift_id,date,start,end,skill_id,min_level,minimum,target,name,"
    "home_center_id,group,skills,max_shifts,max_distance_km,show_rate,state,note\n"
    "closed,,00430,,2026-12-07,,,,,,,,,,,,,,,\ncancelled,,,S2,,,,,,,,,,,,,,,,\n"
    "requirement,,,S3,,,,,,1,2,,,,,,,,,\n"
    "volunteer,A3,,,,,,,,,,Chi,00431,new,portal:2|khmer,3,20,0.9,,\n"
    "available,A3,,,2026-12-08,13:00,17:00,,,,,,,,,,,,preferred,\n"
)
ANSWERS = (
    "Dấu thời gian,Họ và tên,Trung tâm,Thứ 2 7/12,Tuesday [Morning],Giờ rảnh\n"
    '01/12/2026 8:05:12,An,Rạch Giá,"Sáng, Chiều",Có,"sáng thứ 4, trừ 9/12"\n'
    "02/12/2026 9:15:40,A2,,Cả ngày,No,T5-T7; nếu cần: CN\n"
)
POLL = (
    ',"2026-12-07","2026-12-08",\r\n,"07:00-11:00","13h",\r\n'
    '"An","Yes","Under reserve",\r\n"Bình","No","Yes",\r\n'
)
SLOTS = "Day;Time;An;Bình\nMon;07:00;1;0\nMon;07:30;1;1\nTue;13:00;0;1\n"
MAPPING = (
    '[columns]\n"Thứ 2 {date}" = "answer: thứ 2"\n"Họ và tên" = "name"\n'
    '"Giờ rảnh" = "answer"\n\n[words]\n"được" = "available"\n'
)
NUMBERED = (
    "number,at,who,why,change,volunteer_id,date,start,end,end_date,name,shift_id,center_id,"
    "max_shifts,clears\n"
    "1,2026-12-01 08:00:00+07:00,Lan,ốm,absent,A1,2026-12-07,07:00,24:00,2026-12-08,,,,,\n"
    "2,,,,person,A1,,,,,,,,,max_shifts\n3,,,,person,A1,,,,,An Bình,,,2,\n"
)
SAID = "Dấu thời gian,Họ tên,Mã ca,Trả lời\n1/12/2026 8:00,An,S1,Có\n1/12/2026 9:00,A2,,Bận\n"
CALLED = "volunteer,center,date,start,answer\nAn,Hòn Đất,2026-12-08,13:00,không nghe máy\n"
ATTENDANCE = "shift_id,volunteer_id,state\nS1,A1,came\nS2,A2,absent\nS3,A1,called\n"
BATCH = "province,week,path\nan_giang,2026-12-07,week\ncà mau,2026-12-14,other\n"
CURTOIS = """\
# A comment.
SECTION_HORIZON
14

SECTION_SHIFTS
D,480,
N,600,D|N

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, ...
A,D=14|N=2,4320,960,5,2,2,1
B,D=14|N=0,4320,0,4,1,3,2

SECTION_DAYS_OFF
A,0
B,3,13

SECTION_SHIFT_ON_REQUESTS
A,1,D,3

SECTION_SHIFT_OFF_REQUESTS
B,2,D,2

SECTION_COVER
1,D,2,100,1
2,D,1,100,1
2,N,0,100,1
"""
"""An instance in the form of Curtois and Qu, small enough to be scored by hand."""
SHIFT_DESIGN = """\
#MinuteInterval:
240

#DaysPerCycle:
2

#FlagCyclical: yes or no
yes

#Requirements:
1 0 2 2 1 1 1 0 2 2 0 1

#Number of shift templates
2

#Shift templates
#Abbr, Full name, Start, + Minutes,  -Minutes, Length, +Minutes, -Minutes, available days
D Dayshift 12:0 0 240 480 0 240 *
N Nightshift 20:0 0 0 480 0 0 *

#Duties per week: Lower limit, Upper limit
4.8 5

# Average number of hours per week
 38.5

# Weights about the criteria
#UnderCover:
1

#Overcover:
1

#DutiesPerWeek:
1000

#Shifts:
60

#Fitness of assumed optimal Solution:
# 300

#Optimal Solution:
#Shift Start Length Duties:
# 1:  8:0    480       2  2
"""
"""An instance in the form of TU Wien, small enough to be designed by hand."""
KNOWN = "instance,LB,UB\nInstance1,600,607\nInstance2,800,828\n"
RECORD = {
    "suite": "weeks", "instance": "a", "engine": "auto", "seed": 1, "workers": 2, "status": "NONE",
    "time_limit": 60.0, "cost": 9, "bound": 8, "costs": [[0.5, 12], [1.0, 9]], "bounds": [[0.2, 8]],
    "machine": {"cores": "2"},
}  # fmt: skip
_NEEDS = {f"requirementOn{d}day": {"minimum": 0, "optimal": 1} for d in
          ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}  # fmt: skip
INRC2: dict[str, object] = {
    "Sc-n002w1": {
        "id": "n002w1", "numberOfWeeks": 1, "skills": ["Nurse", "Head"],
        "shiftTypes": [{"id": "Early", "minimumNumberOfConsecutiveAssignments": 2,
                        "maximumNumberOfConsecutiveAssignments": 5}],
        "forbiddenShiftTypeSuccessions": [
            {"precedingShiftType": "Early", "succeedingShiftTypes": ["Early"]}],
        "contracts": [{"id": "Full", "minimumNumberOfAssignments": 1,
                       "maximumNumberOfAssignments": 5,
                       "minimumNumberOfConsecutiveWorkingDays": 2,
                       "maximumNumberOfConsecutiveWorkingDays": 4,
                       "minimumNumberOfConsecutiveDaysOff": 2,
                       "maximumNumberOfConsecutiveDaysOff": 3,
                       "maximumNumberOfWorkingWeekends": 1, "completeWeekends": 1}],
        "nurses": [{"id": "ana", "contract": "Full", "skills": ["Nurse"]},
                   {"id": "bo", "contract": "Full", "skills": ["Nurse", "Head"]}],
    },
    "H0-n002w1-0": {"week": 0, "scenario": "n002w1", "nurseHistory": [
        {"nurse": name, "numberOfAssignments": 1, "numberOfWorkingWeekends": 0,
         "lastAssignedShiftType": "Early", "numberOfConsecutiveAssignments": 1,
         "numberOfConsecutiveWorkingDays": 3, "numberOfConsecutiveDaysOff": 0}
        for name in ("ana", "bo")]},
    "WD-n002w1-0": {"scenario": "n002w1",
        "requirements": [{"shiftType": "Early", "skill": "Nurse", **_NEEDS}],
        "shiftOffRequests": [{"nurse": "ana", "shiftType": "Any", "day": "Monday"}]},
}  # fmt: skip
"""Stem of a file of an INRC-II data set -> what is in it."""


def opened_files() -> dict[str, bytes]:
    """The files of the week with opening hours."""
    return {f"{table}.csv": text.encode() for table, text in OPENED.items()}


def shared_files() -> dict[str, bytes]:
    """The same with all tables that weeks may share above the week's folder."""
    return {
        name if name.removesuffix(".csv") in SHARED else f"2026-12-07/{name}": data
        for name, data in opened_files().items()
    }


def week_files() -> dict[str, bytes]:
    """The files of the planning week."""
    return {f"{table}.csv": text.encode() for table, text in WEEK.items()}


@cache
def week() -> Problem:
    """The planning week."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in week_files().items():
            Path(folder, name).write_bytes(data)
        return read_week(folder)


ROSTER = Roster.of([("S1", "A1"), ("S2", "A2")])


def result() -> Result:
    """A result of the week."""
    score = check(week(), ROSTER)
    cost = Cost(score.total, score.total // 2)
    return Result(
        status=Status.FEASIBLE,
        stopped_by=None,
        roster=ROSTER,
        score=score,
        total=cost,
        levels={level: Cost(n, None) for level, n in score.levels.items()},
        history=(Progress(0.5, score.total, None, {}), Progress(1.0, score.total, 1, {})),
        seconds=1.5,
        hint=HintUse(assignments=2, kept=1),
        problem_digest=week().digest,
    )


@cache
def written() -> dict[str, bytes]:
    """Files that the project writes of the week: name -> content."""
    problem = week()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workbook(problem, folder / "week.xlsx")
        for ending in ("csv", "json"):
            write_roster(problem, ROSTER, folder / f"roster.{ending}")
        (folder / "attendance.csv").write_text(ATTENDANCE, encoding="utf-8")
        ledger = record_files(Ledger(), problem, folder / "roster.csv", folder / "attendance.csv")
        for ending in ("csv", "json"):
            write_ledger(ledger, folder / f"ledger.{ending}")
        write_reserves(problem, reserves(problem, ROSTER), folder / "reserves.csv")
        (folder / "result.json").write_text(result().to_json(), encoding="utf-8")
        (folder / "problem.json").write_text(problem.to_json(), encoding="utf-8")
        write_handouts(problem, ROSTER, folder, before=Roster.of([("S3", "A1")]))
        sent = (folder / "messages" / TABLE).read_text(encoding="utf-8")
        notes = (folder / "calendars" / ".shiftplan.json").read_bytes()
        (folder / "contents.json").write_text(list_contents(folder / "messages"), encoding="utf-8")
        found = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        return found | {TABLE: sent.replace(",,2026", ",x,2026").encode(), ".shiftplan.json": notes}


def manifest() -> bytes:
    """A manifest with an entry of each state, and facts."""
    fault = Fault("duplicate_id", "shifts", "shift_id", "S1", other=OtherRow(0, row=2), index=1)
    late = Message("batches.before_not_planned", week=dt.date(2026, 12, 7), who=(Person("V1"), 2.5))
    outcome = JobOutcome(failure="input", facts=(fault, late, "as it was"))
    entries = {
        "an_giang/2026-12-14": WeekEntry(state="failed", outcome=outcome, reason=late),
        "an_giang/2026-12-07": WeekEntry(state="done", key="0" * 64, attempts=1, contents="0" * 64),
        "cà mau/2026-12-07": WeekEntry(state="running", staging="0123456789ab"),
        "cà mau/2026-12-14": WeekEntry(state="placing", staging="ba9876543210", contents="1" * 64),
    }
    return Manifest(version="0.1.0", entries=entries).model_dump_json(indent=1).encode()


def record() -> bytes:
    """A measurement, on one line."""
    return json.dumps(RECORD).encode()


HOOKS = """[chat]
events = ["told", "failed"]
url = "https://chat.example/hooks/7"
secret_file = "secret.txt"

[archive]
events = ["drafted"]
command = ["/usr/local/bin/archive", "--quiet"]
"""


@cache
def record_of_week() -> bytes:
    """The record of a week: two drafts, one of them told, and an absence."""
    draft = Drafted(version=1, made_by="plan", seats=4, filled=3)
    again = draft.model_copy(update={"version": 2, "made_by": "repair", "after": 1})
    bodies = (
        (draft, ROSTER),
        (Told(version=1, shifts=week().shifts), None),
        (Changed(changes=(Absence(volunteer_id="V1"),)), None),
        (again, Roster()),
    )
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(folder)) as store:
            store.append(lambda _: bodies, who="Lan", why="vì ốm")
        return (Path(folder) / "record.db").read_bytes()


def parcel() -> bytes:
    """What travels to another machine: a job with its files."""
    job = WeekJob(name="an_giang/2026-12-07", week="2026-12-07", source=Path("source/week"))
    return zipped({"job.json": job.model_dump_json().encode(), "source/week/shifts.csv": b"shift"})


def zipped(parts: dict[str, bytes], form: int = 8) -> bytes:
    """A zip archive, its parts stored in a form such as 8, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", form) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def as_json(value: object) -> bytes:
    """A value as the bytes of a JSON file."""
    return json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "surrogatepass")


MATRIX = {
    "code": "Ok",
    "durations": [[0, 1800.5], [None, 0]],
    "sources": [{"location": [105.1, 10.0]}, {"location": [104.9, 10.2]}],
}
"""What a routing service says of the two centers."""
