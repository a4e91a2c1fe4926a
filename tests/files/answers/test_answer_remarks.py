"""Remarks beside answers: those that may say when somebody can come are pointed at."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_files import read_text_of


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [
        ("trừ sáng thứ 2", True),
        ("T2 em về sớm nhé chị", True),
        ("bận cả tuần sau 10h", False),
        ("không", False),
        ("không có xe", False),
        ("gọi trước", False),
        ("", False),
    ],
)
def test_remarks_about_time_are_told(remark: str, is_told: bool, tmp_path: Path) -> None:
    """The column is left aside, as most of its cells mean nothing; its first remark is quoted."""
    text = f"Họ tên,Thứ 2 7/12,Ghi chú\nV1,Sáng,{remark}\nV2,Sáng,cần xe đón\nV6,Sáng,mới\n"

    (source,) = read_text_of(tmp_path, text).sources

    quoted = f"Column 'Ghi chú' is left aside, but may say when people can come: '{remark}'."
    assert any(quoted in str(note) for note in source.notes) == is_told
    assert "Ghi chú" in source.unread
