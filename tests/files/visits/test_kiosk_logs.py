"""Logs as queue kiosks and offices export them, with their own columns, read as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from visit_logs import found_kinds, read, told, week, written

from shiftplan.errors import InputError
from shiftplan.files import read_visits

MIRAWAY = """Ngày,Khu vực,Cửa hàng,Dịch vụ,Số vé,Quầy,Giao dịch viên,Thời điểm lấy vé,\
Thời gian đợi,Thời điểm phục vụ,Thời gian phục vụ,Thời điểm kết thúc,Kết quả phản hồi
30/11/2026,An Giang,Phường Rạch Giá,Cài đặt VNeID,A001,2,Lan,07:12:40,00:03:20,07:16:00,00:12:30,\
07:28:30,Tốt
30/11/2026,An Giang,Xã Hòn Đất,Nộp hồ sơ,B001,1,Minh,13:05:00,00:00:10,13:05:10,00:20:00,13:25:10,
"""
"""Headings of a queue system used in Vietnam (history of transactions); times without a date."""

STREAMS = """"Số vé","Luồng","Trạng thái","Thời gian lấy số","Thời gian hoàn thành",\
"Thời gian chờ (giây)","Thời gian phục vụ (giây)","Nhân viên"
"A12","Nộp hồ sơ","COMPLETED","2026-11-30T00:11:05.123Z","2026-11-30T00:40:00.000Z","60","1600",""
"A13","Lấy số, phân luồng","CANCELLED","2026-11-30T00:15:00.000Z","","","",""
"A14","Lấy số, phân luồng","NO_SHOW","2026-11-30T01:15:00.000Z","","","",""
"""
"""Another Vietnamese one: a file for each office, times in UTC, and states."""

WAITWHILE = """ID,NAME,PHONE,PARTY_SIZE,LOCATION_SHORT_NAME,LOCATION_ID,ACCOUNT_ID,STATE,TAGS,DATE,\
CREATED,SERVICE
v8Ka,Lan,,1,Rạch Giá,lc01,ac1,COMPLETED,,,2026-11-30T07:21:00+07:00,file
v8Kb,,,1,Hòn Đất,lc02,ac1,BOOKED,,2026-12-02T08:00:00+07:00,2026-11-30T09:00:00+07:00,file
v8Kc,,,1,Hòn Đất,lc02,ac1,COMPLETED,NOSHOW,,2026-11-30T09:30:00+07:00,"flow, vneid"
"""
"""Columns of the visit export of Waitwhile, of which most are not used."""

QMATIC = """Branch Name;Visit Id;Ticket Id;Service Name;Service Point Name;Visit create time;\
Visit call time;Transaction end
Rạch Giá;7001;A007;flow;Counter 1;2026-11-30 08:00:10;2026-11-30 08:04:00;2026-11-30 08:06:00
Rạch Giá;7001;A007;vneid;Counter 3;2026-11-30 08:06:00;2026-11-30 08:10:00;2026-11-30 08:31:00
Rạch Giá;7002;A008;file;Counter 2;2026-11-30 08:02:00;2026-11-30 08:05:00;2026-11-30 08:25:00
"""
"""Visit transactions in the words of Qmatic's reports: a visit has a row for each service."""

QUEUES = """entry_id,entry_number,queue_name,user_name,user_age,is_priority,entry_type,status,\
created_time,hour_of_day
2000,SYN00000,file,User_1,52,False,Standard,served,2026-11-30 10:09:46.407633,10
2001,SYN00001,flow,User_2,66,True,Priority,waiting,2026-11-30 10:59:59.999999,10
"""
"""A table of queue entries with parts of seconds; the file is named after its center."""

PLAIN = """Nhật ký tháng 11

Ngày;Giờ đến;Trung tâm;Dịch vụ;Đối tượng;Ngôn ngữ
30/11;7h15;Rạch Giá;flow + vneid;Người cao tuổi;Tiếng Khmer
30/11/2026;8g05;P. Rạch Giá;Nộp hồ sơ;;
T2 30/11/2026;1:30 PM;hon dat;flow|file;người cao tuổi;
"""
"""A spreadsheet of an office, its title above."""


def test_a_vietnamese_kiosk(tmp_path: Path) -> None:
    """Dates stand in their own column, and times of help on the day of arrival."""
    history = read(tmp_path, MIRAWAY)
    log = history.log

    assert told(history) == [
        ("A1", "2026-11-30 07:12", ("vneid",)),
        ("B2", "2026-11-30 13:05", ("file",)),
    ]
    assert log is not None
    assert log.begin.tolist() == pytest.approx([7 * 60 + 16, 13 * 60 + 5 + 1 / 6])
    assert (log.end - log.begin).tolist() == pytest.approx([12.5, 20])


def test_a_file_for_each_office(tmp_path: Path) -> None:
    """Its name tells the center, times in UTC become local, a cancelled ticket is no visit."""
    path = written(tmp_path, STREAMS, "Rạch Giá.csv")
    history = read_visits(path, week())

    assert told(history) == [
        ("A1", "2026-11-30 07:11", ("file",)),
        ("A1", "2026-11-30 08:15", ("flow",)),
    ]
    assert found_kinds(history.report)["not_visits"] == 1


def test_lengths_of_help_complete_its_times(tmp_path: Path) -> None:
    """1,600 s before the end at 07:40:00, not 60 s after the arrival at 07:11:05."""
    log = read_visits(written(tmp_path, STREAMS, "Rạch Giá.csv"), week()).log

    assert log is not None
    assert log.end[0] - log.begin[0] == pytest.approx(1600 / 60)
    assert log.end[0] == 7 * 60 + 40


@pytest.mark.parametrize(
    ("heads", "cells", "start", "end"),
    [
        ("Waiting time (s),Serving time (s)", "90,600", 481.5, 491.5),
        ("Waiting time (min),Serving time (min)", '1.5,"10"', 481.5, 491.5),
        ("Waiting time (min),Serving time", "1,30", 481, 511),
        ("Waiting time,Serving time", "0:01:30,0:10:00", 481.5, 491.5),
        ("Waiting time,Serving time (min)", "1:30,10:00", 481.5, 491.5),
        ("Waiting time,Serving time", "90,600", 481.5, 491.5),
        ("Waiting time,Serving time", "1,30", 481, 511),
        ("Waiting time,Serving time", "1:30,10:00", 481.5, 491.5),
        ("Waiting time,Serving time", "0:01,0:30", 481, 511),
        ("Serving time (s),Note", "600,", 480, 490),
        ("Waiting time (s),Note", "90,", 481.5, None),
        ("Started,Serving time (s)", "08:05,600", 485, 495),
        ("Finished,Serving time (s)", "08:05,240", 481, 485),
        ("Waiting time (s),Finished", "90,08:05", 481.5, 485),
        ("Thời gian chờ (phút),Thời gian xử lý (phút)", "1,30", 481, 511),
    ],
)
def test_lengths(heads: str, cells: str, start: float, end: float | None, tmp_path: Path) -> None:
    """Of a visit that arrives at 8:00."""
    text = f"center_id,arrived,services,{heads}\nA1,2026-11-30 08:00,flow,{cells}\n"

    log = read(tmp_path, text).log

    assert log is not None
    assert log.begin[0] == pytest.approx(start)
    assert log.end.tolist() == pytest.approx([np.nan if end is None else end], nan_ok=True)


def test_a_guessed_unit_is_told(tmp_path: Path) -> None:
    """With a length as an example; a unit in the heading is no guess."""
    text = "center_id,arrived,services,Serving time{}\nA1,2026-11-30 08:00,flow,600\n"

    guess = read(tmp_path, text.format("")).report["guessed_lengths"]

    assert (guess.count, guess.names) == (1, ("600 = 0:10:00",))
    assert read(tmp_path, text.format(" (s)")).report["guessed_lengths"].count == 0


def test_lengths_that_are_none(tmp_path: Path) -> None:
    """The visit counts without times; a column of other things is not read at all."""
    row = "A1,2026-11-30 08:00,flow,"
    head = "center_id,arrived,services,Serving time (s)\n"

    found = read(tmp_path, f"{head}{row}600\n{row}soon\n{row}-5\n{row}60\n")
    other = read(tmp_path, f"{head}{row}2026-11-30 08:10\n")

    assert found_kinds(found.report)["impossible_help"] == 2
    assert found.log is not None
    assert np.isnan(found.log.begin).sum() == 2
    assert "impossible_help" not in found_kinds(other.report)


def test_waitwhile(tmp_path: Path) -> None:
    """A booking is no visit yet; somebody who did not wait came all the same."""
    history = read(tmp_path, WAITWHILE)

    assert told(history) == [
        ("A1", "2026-11-30 07:21", ("file",)),
        ("B2", "2026-11-30 09:30", ("flow", "vneid")),
    ]


def test_qmatic(tmp_path: Path) -> None:
    """Rows of one visit are joined: it arrives with the first and takes until the last.

    Between its two steps the citizen waited four minutes, from 8:06 to 8:10.
    """
    history = read(tmp_path, QMATIC)
    log = history.log

    assert told(history) == [
        ("A1", "2026-11-30 08:00", ("flow", "vneid")),
        ("A1", "2026-11-30 08:02", ("file",)),
    ]
    assert log is not None
    assert log.begin.tolist() == [8 * 60 + 4, 8 * 60 + 5]
    assert log.end.tolist() == [8 * 60 + 31, 8 * 60 + 25]
    assert log.helped.tolist() == [2 + 21, 20]
    assert found_kinds(history.report)["joined_rows"] == 1


@pytest.mark.parametrize(
    ("spans", "helped"),
    [
        (["08:04,08:06", "08:10,08:31"], 23),
        (["08:10,08:31", "08:04,08:06"], 23),
        (["08:04,08:31", "08:04,08:31"], 27),
        (["08:04,08:20", "08:10,08:31"], 27),
        (["08:04,08:31", "08:10,08:15", "08:30,08:40"], 36),
        (["08:04,08:06", ","], None),
        (["08:04,08:06", "08:10,08:09"], None),
    ],
)
def test_help_of_a_visit_with_several_rows(
    spans: list[str], helped: float | None, tmp_path: Path
) -> None:
    """Minutes in which any of its rows is helped, each once; unknown where a row has no times."""
    steps = zip(("flow", "vneid", "file"), spans, strict=False)
    rows = [f"A1,7001,2026-11-30 08:00,{service},{span}\n" for service, span in steps]
    other = "A1,7002,2026-11-30 08:02,file,08:05,08:25\n"
    head = "center_id,visit_id,arrived,services,start,end\n"

    log = read(tmp_path, "".join([head, rows[0], other, *rows[1:]])).log

    assert log is not None
    assert len(log) == 2
    expected = [np.nan if helped is None else helped, 20]
    assert log.helped.tolist() == pytest.approx(expected, nan_ok=True)


def test_queue_entries(tmp_path: Path) -> None:
    """Parts of seconds are read, and kinds of entries are kinds of citizens."""
    history = read_visits(written(tmp_path, QUEUES, "A1.csv"), week())

    assert [visit[1] for visit in told(history)] == ["2026-11-30 10:09", "2026-11-30 10:59"]
    assert history.log is not None
    assert history.log.kinds == ("Priority", "Standard")


def test_a_spreadsheet_of_an_office(tmp_path: Path) -> None:
    """Names for ids, several services in a cell, hours in words, and languages as skills."""
    text = PLAIN.replace("30/11;", "30/11/2026;")
    history = read(tmp_path, text)
    log = history.log

    assert told(history) == [
        ("A1", "2026-11-30 07:15", ("flow", "vneid")),
        ("A1", "2026-11-30 08:05", ("file",)),
        ("B2", "2026-11-30 13:30", ("flow", "file")),
    ]
    assert log is not None
    assert log.kinds == ("Người cao tuổi",)
    assert log.kind.tolist() == [0, -1, 0]
    assert log.languages == ("khmer",)
    assert log.language.tolist() == [0, -1, -1]


def test_a_workbook(tmp_path: Path) -> None:
    """Moments, dates and times of a sheet are what a CSV file would hold."""
    book = Workbook()
    book.active.title = "Log"
    for row in (
        ("Center", "Arrival time", "Services", "Started", "Finished"),
        ("A1", dt.datetime(2026, 11, 30, 7, 12, 30), "flow", dt.time(7, 20), dt.time(7, 25, 30)),
        ("B2", "2026-11-30 09:00", "vneid", None, None),
    ):
        book.active.append(row)
    path = tmp_path / "log.xlsx"
    book.save(path)

    history = read_visits(path, week())
    log = history.log

    assert told(history) == [
        ("A1", "2026-11-30 07:12", ("flow",)),
        ("B2", "2026-11-30 09:00", ("vneid",)),
    ]
    assert log is not None
    assert log.begin[0] == 7 * 60 + 20
    assert log.end[0] == 7 * 60 + 25.5


@pytest.mark.parametrize(
    ("shown", "visits"), [("dd/mm/yyyy", 0), ("DD/MM/YYYY", 0), ("yyyy-mm-dd h:mm", 1)]
)
def test_a_date_alone_is_no_arrival_at_midnight(shown: str, visits: int, tmp_path: Path) -> None:
    """A cell tells by its format whether 0:00 was meant."""
    book = Workbook()
    book.active.append(("center_id", "arrived", "services"))
    book.active.append(("A1", dt.datetime(2026, 11, 30), "flow"))
    book.active.append(("A1", "2026-11-30 09:00", "flow"))
    book.active["B2"].number_format = shown
    book.save(tmp_path / "log.xlsx")

    if visits:
        assert told(read_visits(tmp_path / "log.xlsx", week()))[0][1] == "2026-11-30 00:00"
    else:
        with pytest.raises(InputError) as refusal:
            read_visits(tmp_path / "log.xlsx", week())
        fault = refusal.value.faults[0]
        assert (fault.code, fault.row, fault.value) == ("not_a_date", 2, "2026-11-30")


def test_several_files_are_one_log(tmp_path: Path) -> None:
    """Files of centers are joined, and so are the kinds of citizens in them."""
    head = "arrived,services,kind\n"
    one = written(tmp_path, head + "2026-11-30 08:00,flow,young\n", "A1.csv")
    other = written(tmp_path, head + "2026-11-30 07:00,file,old\n", "B2.csv")

    history = read_visits([one, other], week())
    log = history.log

    assert told(history) == [
        ("B2", "2026-11-30 07:00", ("file",)),
        ("A1", "2026-11-30 08:00", ("flow",)),
    ]
    assert log is not None
    assert [log.kinds[k] for k in log.kind] == ["old", "young"]
    assert history.report.rows == 2


def test_lengths_that_are_none_change_no_times_that_are_told(tmp_path: Path) -> None:
    """A wait of `-` says nothing against the beginning and the end of help."""
    head = "center_id,arrived,services,start,end,Thời gian chờ (phút)\n"
    row = "A1,2026-11-30 08:00,flow,08:{0},08:{1},{2}\n".format

    found = read(tmp_path, head + row("05", "15", "5:00") + row("10", "20", "-"))

    assert found.log is not None
    assert found.log.begin.tolist() == [8 * 60 + 5, 8 * 60 + 10]
    assert found.log.end.tolist() == [8 * 60 + 15, 8 * 60 + 20]
    assert "impossible_help" not in found_kinds(found.report)
