"""A small week for answers, and files as the programs write them.

Each text says which program and version writes it so, and where that can be seen.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from shiftplan.files import read_answers
from shiftplan.files.answers.records import Replies
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center, Shift, Volunteer

MONDAY = date(2026, 12, 7)
PEOPLE = (
    ("V1", "Nguyễn Thị Lan", "30292"),
    ("V2", "Trần Văn Minh", "30292"),
    ("V3", "Lê Hoàng Anh", "30301"),
    ("V4", "Phạm Thu Hà", "30301"),
    ("V5", "Danh Sóc Kha", "30301"),
)


def week(first: date = MONDAY, people: Iterable[tuple[str, str, str]] = PEOPLE) -> Problem:
    """Two centers, seven days from a Monday on, sessions 07-11 and 13-17 each day."""
    centers = (
        Center(center_id="30292", name="Phường Bình Đức"),
        Center(center_id="30301", name="Phường Mỹ Thới"),
    )
    shifts = [
        Shift(
            shift_id=f"{center.center_id}-{i}-{hour}",
            center_id=center.center_id,
            start=datetime.combine(first + timedelta(i), datetime.min.time()).replace(hour=hour),
            end=datetime.combine(first + timedelta(i), datetime.min.time()).replace(hour=hour + 4),
        )
        for center in centers
        for i in range(7)
        for hour in (7, 13)
    ]
    volunteers = tuple(
        Volunteer(volunteer_id=key, name=name, home_center_id=home) for key, name, home in people
    )
    horizon = Horizon(start=first, days=7)
    return Problem(horizon=horizon, centers=centers, volunteers=volunteers, shifts=tuple(shifts))


def told(replies: Replies) -> dict[str, str]:
    """Person -> windows of answers that count, such as `7 07-11, 8 13-17?`; ? is undesired."""
    signs = {"available": "", "preferred": "+", "undesired": "?", "stand_by": " SB"}
    return {
        reply.volunteer_id or "": ", ".join(
            f"{w.start.day} {w.start:%H:%M}-{w.end:%H:%M}".replace(":00", "") + signs[w.state]
            for w in reply.windows
        )
        for reply in replies.of("understood")
    }


def fates(replies: Replies) -> list[str]:
    """Fate, person and code of the reason of answers that do not count."""
    return [
        f"{r.fate} {r.volunteer_id or r.person} {r.reason.code if r.reason else ''}"
        for r in replies.replies
        if r.fate != "understood"
    ]


def read_text_of(
    folder: Path, text: str | bytes, name: str = "answers.csv", **options: Any
) -> Replies:
    """Write one source and read it for the small week."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_answers(options.pop("problem", week()), path, **options)


def book_of(rows: Iterable[Iterable[object]], title: str = "Sheet1") -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOGLE_SHEET = (
    "Dấu thời gian,Họ và tên,Xã/Phường,"
    "Bạn đến được buổi nào? [Thứ 2 7/12],Bạn đến được buổi nào? [Thứ 3 8/12],Ghi chú\n"
    '01/12/2026 8:05:12,Nguyễn Thị Lan,Bình Đức,"Sáng, Chiều",Sáng,\n'
    "01/12/2026 21:15:40,Trần Văn Minh,Bình Đức,,Chiều,đi xe máy\n"
    "02/12/2026 6:30:01,Nguyễn Thị Lan,Bình Đức,Sáng,,\n"
)
"""Google Forms with a grid of check boxes, in its sheet, downloaded as CSV (Google Sheets in
Vietnamese, 2025): `Question [Row]`, chosen columns joined by ", ", times as 01/12/2026 8:05:12."""

GOOGLE_DOWNLOAD = """\
"Timestamp","Your name","When can you come? [Monday]","When can you come? [Tuesday]"
"2026/12/01 8:05:12 AM GMT+7","Nguyễn Thị Lan","Morning;Afternoon","Morning"
"2026/12/01 9:15:40 PM GMT+7","Trần Văn Minh","","Afternoon"
"""
"""The same from `Download responses (.csv)` of Google Forms (2025): all quoted, `;` between
choices, times as `2022/06/22 11:07:29 AM AST`."""

MICROSOFT = (
    ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time",
     "Họ và tên", "Thứ 2 7/12", "Thứ 3 8/12"),
    (1, datetime(2026, 12, 1, 8, 4), datetime(2026, 12, 1, 8, 5, 12), "anonymous", None, None,
     "Nguyễn Thị Lan", "Sáng;Chiều;", "Sáng;"),
    (2, datetime(2026, 12, 1, 21, 15), datetime(2026, 12, 1, 21, 15, 40), "anonymous", None, None,
     "Trần Văn Minh", None, "Chiều;"),
)  # fmt: skip
"""Microsoft Forms, `Open in Excel` (2025): times as dates of Excel, `;` behind every choice."""

MICROSOFT_CSV = (
    '"ID","Start time","Completion time","Email","Name","Monday","Tuesday"\r\n'
    '"1","12/1/26 8:04:00","12/1/26 8:05:12","lan@x.vn","Nguyễn Thị Lan","Morning;Afternoon;",'
    '"Morning;"\r\n'
    '"2","12/1/26 21:15:00","12/13/26 21:15:40","minh@x.vn","Trần Văn Minh","","Afternoon;"\r\n'
)
"""The same saved as CSV: months first, as Excel shows them in English."""

RALLLY = (
    "Name,Email,Responded on (Asia/Ho_Chi_Minh),"
    "Mon 7 Dec 2026 7:00 AM - 11:00 AM,Mon 7 Dec 2026 1:00 PM - 5:00 PM\r\n"
    "Nguyễn Thị Lan,lan@x.vn,2026-12-01 08:05:12,Yes,If need be\r\n"
    "Trần Văn Minh,,2026-12-01 21:15:40,No,Yes"
)
"""Rallly 4 (lukevella/rallly, use-csv-exporter.ts, 2026): fields are joined without quotes."""

RALLLY_VI = (
    "Tên,Địa chỉ email,T2 7 Th12 2026 07:00 - 11:00,T2 7 Th12 2026 13:00 - 17:00\r\n"
    "Nguyễn Thị Lan,,Có,Nếu cần thiết\r\n"
    "Trần Văn Minh,,Không,Có"
)
"""The same in Vietnamese, with the days of dayjs, before `Responded on` (2025)."""

RALLLY_2 = (
    "2 participants,Mon 7 Dec 07:00 AM - 11:00 AM,Mon 7 Dec 01:00 PM - 05:00 PM\n"
    "Nguyễn Thị Lan,Yes,If need be\n"
    "Trần Văn Minh,No,Yes"
)
"""Rallly 2 (2023): the first heading counts people, dates have no year."""

FRAMADATE = (
    "\ufeff"
    ',"2026-12-07","2026-12-07","2026-12-08",\r\n'
    ',"07:00-11:00","13:00-17:00","Sáng",\r\n'
    '"Nguyễn Thị Lan","Yes","Under reserve","Yes",\r\n'
    '"Trần Văn Minh","No","Yes","No",\r\n'
)
"""Framadate 1.2 (framasoft/framadate, exportcsv.php): two head rows, a comma behind each field;
`DATE` is %Y-%m-%d in English."""

FRAMADATE_FR = (
    "\ufeff"
    ',"07/12/2026","07/12/2026",\r\n'
    ',"7h","13h",\r\n'
    '"Nguyễn Thị Lan","Oui","Si nécessaire",\r\n'
    '"Trần Văn Minh","Non","Oui",\r\n'
)
"""The same in French: %d/%m/%Y, and moments that say when they start."""

NEXTCLOUD = (
    "Participants,Email address,"
    "2026-12-07T00:00:00.000Z - 2026-12-07T04:00:00.000Z,"
    "2026-12-07T06:00:00.000Z - 2026-12-07T10:00:00.000Z\n"
    "Nguyễn Thị Lan,lan@x.vn,yes,maybe\n"
    "Trần Văn Minh,minh@x.vn,no,yes\n"
)
"""Nextcloud Polls 8 (nextcloud/polls, ExportPoll.vue): intervals in UTC; 00:00Z is 07:00 there."""

NEXTCLOUD_BOOK = (
    ("Tuần 50",),
    ("Chọn các buổi đến được",),
    ("From", "", "Mon, Dec 7, 2026, 7:00 AM", "Mon, Dec 7, 2026, 1:00 PM"),
    ("To", "", "Mon, Dec 7, 2026, 11:00 AM", "Mon, Dec 7, 2026, 5:00 PM"),
    ("Nguyễn Thị Lan", "lan@x.vn", "✔", "❔"),
    ("Trần Văn Minh", "minh@x.vn", "❌", "✔"),
)
"""The same as .xlsx (ExportPoll.vue of 8.0, by SheetJS): title and description above, moments in
the language and time zone of the browser (luxon's DATETIME_MED_WITH_WEEKDAY), and symbols."""

NEXTCLOUD_BOOK_VI = (
    ("Tuần 50",),
    ("Từ", "7:00 Thứ 2, 7 thg 12, 2026", "13:00 Thứ 2, 7 thg 12, 2026"),
    ("Tới", "11:00 Thứ 2, 7 thg 12, 2026", "17:00 Thứ 2, 7 thg 12, 2026"),
    ("Nguyễn Thị Lan", "✔", "❔"),
    ("Trần Văn Minh", "❌", "✔"),
)
"""The same in Vietnamese, without a description, by somebody who may not see addresses."""

NEXTCLOUD_TEXTS = (
    ("Tuần 50",),
    ("Participants", "Email address", "Sáng thứ 2", "Chiều thứ 2"),
    ("Nguyễn Thị Lan", "lan@x.vn", "✔", "❔"),
    ("Trần Văn Minh", "minh@x.vn", "❌", "✔"),
)
"""The same of a poll whose options are texts."""

WHEN2MEET = (
    "Day;Time;Nguyễn Thị Lan;Trần Văn Minh\n"
    "Mon;07:00;1;0\nMon;07:30;1;0\nMon;08:00;0;1\nMon;08:30;0;1\n"
    "Tue;07:00;1;1\nTue;07:30;1;1\nTue;08:00;1;1\nTue;08:30;1;1\n"
)
"""When2meet by the bookmarklet of aculich/when2meet-extractor (export_when2meet.js)."""
