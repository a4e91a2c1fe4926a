"""Answers as offices have them, from their file to what a coordinator reads."""

from __future__ import annotations

from pathlib import Path

from commands import run
from files.answers.answer_files import week
from files.weeks import write_texts

from shiftplan import read_week, write_week

FORM = (
    "Dấu thời gian,Họ và tên,Thứ 2 (7/12),Thứ 3 (8/12)\n"
    '01/12/2026 8:05:12,Nguyễn Thị Lan,"Sáng, Chiều",Sáng\n'
    "01/12/2026 9:00:00,Trần Văn Minh,Chiều,sáng sớm\n"
    "02/12/2026 7:30:00,Nguyễn Thị Lan,Sáng,\n"
)
"""A Google form: time stamp, name, and cells such as `Sáng, Chiều`."""


def office(folder: Path) -> tuple[str, str]:
    """What the office has, and what the command says of it in English and Vietnamese."""
    write_week(week(), folder / "week")
    (folder / "week" / "availability.csv").unlink()
    write_texts(folder, {"form": FORM})
    said = []
    for lang in ("en", "vi"):
        out = folder / "week" / "availability.csv"
        given = ("--week", folder / "week", "--out", out, "--lang", lang)
        done = run("availability", folder / "form.csv", *given)
        assert done.exit_code == 6
        said.append(" ".join(done.output.split()))
    return said[0], said[1]


def test_a_google_form_is_read(tmp_path: Path) -> None:
    """It gave ten faults of columns. Now the latest answers count, and one is asked about."""
    english, vietnamese = office(tmp_path)

    windows = read_week(tmp_path / "week").availability
    assert [(w.volunteer_id, w.start.isoformat(), w.end.hour) for w in windows] == [
        ("V1", "2026-12-07T07:00:00", 11)
    ]
    assert (
        "Not understood: 1 answer. None of it counts. Ask again, or correct the answer in the "
        "file, as in “Mon morning; Wed and Fri”. - Trần Văn Minh (V2) (form.csv, row 3) "
        "'Thứ 3 (8/12)': 'sáng sớm': 'sớm' is not understood"
    ) in english
    assert "There is a later answer: form.csv, row 4" in english
    assert (
        "Không hiểu: 1 câu trả lời, không phần nào được tính. Hãy hỏi lại, hoặc sửa trong tệp cho "
        "rõ nghĩa, ví dụ “sáng T2; T4 và T6”. - Trần Văn Minh (V2) "
        "(form.csv, dòng 3) 'Thứ 3 (8/12)': 'sáng sớm': không hiểu 'sớm'"
    ) in vietnamese
    assert "Có câu trả lời sau đó: form.csv, dòng 4" in vietnamese


def test_a_list_of_days_off_is_read_as_all_other_days(tmp_path: Path) -> None:
    """It was refused. It counts, and is listed, since nobody wrote when they can come."""
    write_week(week(), tmp_path / "week")
    write_texts(tmp_path, {"zalo": "Họ và tên,Trả lời\nTrần Văn Minh,t4 em k đi đc ạ\n"})
    out = tmp_path / "week" / "availability.csv"
    out.unlink()
    said = []
    for lang in ("en", "vi"):
        given = ("--week", tmp_path / "week", "--out", out, "--lang", lang)
        done = run("availability", tmp_path / "zalo.csv", *given)
        assert done.exit_code == 0
        said.append(" ".join(done.output.split()))

    offered = read_week(tmp_path / "week").availability
    assert [w.start.day for w in offered] == [7, 8, 10, 11, 12, 13]
    assert (
        "Taken as free at all other times, because they only say when people cannot come: 1 "
        "- Trần Văn Minh (V2) (zalo.csv, row 2) 't4 em k đi đc ạ'"
    ) in said[0]
    assert "Coi là đến được mọi lúc khác, vì chỉ nói khi nào không đến được: 1" in said[1]
    table = (tmp_path / "week" / "availability.understood.csv").read_text("utf-8")
    assert "mọi lúc khác được coi là đến được" in table
