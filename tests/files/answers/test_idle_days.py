"""Answers for all days: those without shifts do not count, unless they are named, and are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_files import read_text_of, told, week

from shiftplan.present.words import Words
from shiftplan.problem import Problem

_WORKING = "7 07-17, 8 07-17, 9 07-17, 10 07-17, 11 07-17"


def _without_weekend() -> Problem:
    whole = week()
    return whole.model_copy(
        update={"shifts": tuple(s for s in whole.shifts if s.day.weekday() < 5)}
    )


@pytest.mark.parametrize(
    ("text", "windows", "idle"),
    [
        ("cả tuần", _WORKING, {12, 13}),
        ("cả tuần trừ thứ 6", _WORKING.removesuffix(", 11 07-17"), {12, 13}),
        ("cả tuần, trừ CN", _WORKING, {12}),
        ("cả tuần trừ T7, trừ CN", _WORKING, set()),
        ("bận T3", _WORKING.replace("8 07-17, ", ""), {12, 13}),
        ("bận cuối tuần", _WORKING, set()),
        ("cả tuần: sáng", _WORKING.replace("17", "11"), {12, 13}),
        ("từ T5 trở đi", "10 07-17, 11 07-17", {12, 13}),
        ("trước T4; T7", "7 07-17, 8 07-17, 12 07-17", set()),
        ("sau T6", "12 07-17, 13 07-17", set()),
        ("T6-CN", "11 07-17, 12 07-17, 13 07-17", set()),
        ("cả tuần và T7", f"{_WORKING}, 12 07-17, 13 07-17", set()),
    ],
)
def test_all_days_are_those_with_shifts(
    text: str, windows: str, idle: set[int], tmp_path: Path
) -> None:
    """Days that are named count, even if they have no shifts yet."""
    answers = f'Họ tên,Thời gian rảnh\nNguyễn Thị Lan,"{text}"\n'

    found = read_text_of(tmp_path, answers, problem=_without_weekend())

    assert told(found) == {"V1": windows}
    assert {day.day for day in found.replies[0].idle} == idle


def test_days_left_out_are_told_once_for_each_file(tmp_path: Path) -> None:
    """In both languages, with the number of answers."""
    answers = "Họ tên,Thời gian rảnh\nNguyễn Thị Lan,cả tuần\nTrần Văn Minh,bận T3\nV3,T2\n"

    (source,) = read_text_of(tmp_path, answers, problem=_without_weekend()).sources

    (note,) = source.notes
    assert str(note) == (
        "Answers such as “all week” that include Sat 12 Dec and Sun 13 Dec: 2. "
        "These days do not count, because they have no shifts"
    )
    assert Words("vi")(note) == (
        "2 câu trả lời như “cả tuần” gồm cả thứ Bảy 12/12 và Chủ nhật 13/12: "
        "không tính, vì không có ca nào"
    )


def test_all_days_count_in_a_week_without_shifts(tmp_path: Path) -> None:
    """Nothing tells then which days are meant."""
    bare = week().model_copy(update={"shifts": ()})

    (reply,) = read_text_of(tmp_path, "Họ tên,Thời gian rảnh\nV1,cả tuần\n", problem=bare).replies

    assert [(w.start.day, w.end.day) for w in reply.windows] == [(7, 14)]
    assert reply.idle == frozenset()
