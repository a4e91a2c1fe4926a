"""Faults in the language of who reads them."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import get_args

import pytest
from files.weeks import faults, replaced
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import Fault, FaultCode, OtherRow
from shiftplan.present.texts import FAULTS_VI, RELATIONS_VI, REMEDIES_VI, VALUES_VI
from shiftplan.present.texts.faults_in_words import (
    fault_advice,
    fault_place,
    fault_text,
    system_reason,
)

CODES = get_args(FaultCode)
SELF_EVIDENT = {
    "missing_value", "not_a_number", "not_a_flag", "not_a_date",
    "not_one_of", "out_of_range", "invalid_value",
}  # fmt: skip
"""Codes whose sentence says already what to write."""
NO_WORDS = st.text(st.characters(exclude_categories=["L", "Cs"]))
FAULT = Fault("unknown_id", "shifts", "center_id", "430", "")
THERE = "there is no such center in the table centers"


def details(text: str) -> int:
    """How many different details a template takes."""
    return sum(name is not None for _, name, _, _ in string.Formatter().parse(text))


def test_every_code_is_told_in_vietnamese() -> None:
    """Each has a sentence, and a remedy unless the sentence is one."""
    assert set(FAULTS_VI) == set(CODES)
    assert all(sentence for sentence, _ in FAULTS_VI.values())
    assert {code for code, (_, remedy) in FAULTS_VI.items() if not remedy} == SELF_EVIDENT


def test_no_detail_of_a_sentence_is_lost() -> None:
    """The Vietnamese sentence has a place for each; a table that is empty says which it is."""
    empty = "there is no such {} in the table {}, which is empty"
    known = {**VALUES_VI, **RELATIONS_VI, **REMEDIES_VI}

    assert [k for k, v in known.items() if details(k) != details(v)] == [empty]


@given(st.builds(Fault, st.sampled_from(CODES), *[st.text()] * 4, remedy=st.text()))
def test_english_is_as_it_was(fault: Fault) -> None:
    """The text of a fault in English is that of the error."""
    assert fault_text(fault, "en") == str(fault)
    assert fault_place(fault, "en") == fault.seen().where


def test_sentences_made_to_be_compared_for_long_are_not() -> None:
    """Words that many templates share, again and again, are looked at a few times each."""
    words = "x ({}) is more than ".format(") is more than (" * 200)

    text = fault_text(Fault("invalid_value", "a", "", "", words), "vi")

    assert words[:1_900] in text


@given(st.builds(Fault, st.sampled_from(CODES), *[st.text()] * 3, NO_WORDS, remedy=NO_WORDS))
def test_nothing_is_lost_in_vietnamese(fault: Fault) -> None:
    """What no catalogue has, as one without letters, stands in brackets, whatever it is."""
    text = fault_text(fault, "vi")
    fault = fault.seen()

    assert not fault.message or fault.message in text
    assert not fault.remedy or fault.remedy in text
    assert not fault.value or repr(fault.value) in text


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"file": "week.xlsx", "sheet": "Ca", "cell": "D17"}, "tệp week.xlsx, trang Ca, ô D17"),
        (
            {"file": "week.xlsx", "sheet": "Ca", "row": 3},
            "tệp week.xlsx, trang Ca, dòng 3, cột center_id",
        ),
        ({"file": "week.xlsx", "sheet": "Ca"}, "tệp week.xlsx, trang Ca"),
        ({"file": "shifts.csv", "row": 5}, "tệp shifts.csv, dòng 5, cột center_id"),
        ({"file": "shifts.csv", "row": 5, "column": ""}, "tệp shifts.csv, dòng 5"),
        ({"file": "shifts.csv"}, "tệp shifts.csv"),
        ({"file": "p.json", "index": 0}, "tệp p.json, bảng shifts, mục 1, cột center_id"),
        ({"index": 2}, "bảng shifts, mục 3, cột center_id"),
        ({"table": "options", "column": "seed"}, "tùy chọn seed"),
    ],
)
def test_a_place_is_told_as_people_look_it_up(changed: dict[str, object], place: str) -> None:
    """File, sheet, cell, row and column are named; entries count from 1."""
    assert fault_place(replace(FAULT, **changed), "vi") == place


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        ("unknown_id", THERE, "không có trung tâm này trong bảng centers"),
        ("out_of_range", "must be at most 1", "phải từ 1 trở xuống"),
        ("out_of_range", "must be at least 1,000.5", "phải từ 1.000,5 trở lên"),
        ("out_of_range", "must be less than 2, or so", "phải nhỏ hơn 2, or so"),
        ("not_one_of", "must be 'a', 'b' or 'c'", "phải là 'a', 'b' hoặc 'c'"),
        ("not_one_of", "must be one of absence, closing", "phải là một trong: absence, closing"),
        ("not_one_of", "must be what it was", "không phải là một trong các giá trị cho phép"),
        ("unreadable_file", "cannot be written: Permission denied", "không có quyền"),
        ("unreadable_file", "cannot be written: Gremlins", "không ghi được: [Gremlins]"),
    ],
)
def test_a_known_sentence_keeps_its_details(code: FaultCode, message: str, said: str) -> None:
    """Ranges, lists and other rows are told, as they are."""
    text = fault_text(Fault(code, "shifts", "", "", message), "vi")

    assert said in text
    assert ("[" in text) == ("what it was" in message or "Gremlins" in message)


@pytest.mark.parametrize(
    ("file", "other", "english", "vietnamese"),
    [
        ("", OtherRow(1), "shifts[1]", "mục 2"),
        ("p.json", OtherRow(1), "shifts[1]", "mục 2"),
        ("shifts.csv", OtherRow(0, file="shifts.csv", row=2), "row 2", "dòng 2"),
        ("a.csv", OtherRow(0, file="b.csv", row=2), "b.csv, row 2", "tệp b.csv, dòng 2"),
        (
            "w.xlsx",
            OtherRow(0, file="w.xlsx", row=2, sheet="Ca", cell="A2"),
            "sheet Ca, cell A2",
            "trang Ca, ô A2",
        ),
    ],
)
def test_the_other_row_is_told_as_the_fault_is(
    file: str, other: OtherRow, english: str, vietnamese: str
) -> None:
    """At the end of the sentence, by the same way of counting as the place of the fault."""
    message = "the id stands in this table already"
    fault = Fault("duplicate_id", "shifts", message=message, index=3, file=file, other=other)

    assert f"{message} ({english})" in fault_text(fault, "en")
    assert fault_advice(fault, "en").startswith(f"{message} ({english})")
    assert f"bảng ({vietnamese})" in fault_text(fault, "vi")
    assert "[" not in fault_text(fault, "vi")


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        ("Maybe '00430' is meant.", "Có thể ý là '00430'."),
        ("Maybe 'this or that' is meant.", "Có thể ý là 'this or that'."),
        ("Maybe 2026-12-07 or 2026-12-14 is meant.", "Có thể ý là 2026-12-07 hoặc 2026-12-14."),
        ("Maybe ask around.", "[Maybe ask around.]"),
        ("", FAULTS_VI["unknown_id"][1]),
    ],
)
def test_a_guess_names_what_is_meant(remedy: str, said: str) -> None:
    """The id that is near is told; other guesses stand in brackets."""
    assert fault_advice(replace(FAULT, message=THERE, remedy=remedy), "vi").endswith(said)


def test_frequent_faults_need_no_brackets(tmp_path) -> None:
    """What goes wrong most in a week is known with its details."""
    changes = [
        replaced("shifts", "00430", "430"),
        replaced("volunteers", "0.91", "91"),
        replaced("availability", "preferred", "prefered"),
        replaced("availability", "2026-12-07", "2026-02-30"),
        replaced("availability", "07:00", "8.5"),
        replaced("centers", ",2\n", ",zwei\n"),
        replaced("rules", "mentor", "mentr"),
        replaced("requirements", "1,2\n", "3,2\n"),
        replaced("availability", "state", "status"),
        replaced("shifts", "S2", "S1"),
    ]
    for number, change in enumerate(changes):
        folder = tmp_path / str(number)
        folder.mkdir()
        for fault in faults(folder, **change):
            assert "[" not in fault_text(fault, "vi"), fault


def test_the_system_is_translated_where_it_is_known() -> None:
    """A full disk is told in Vietnamese; what is rare stands in brackets."""
    assert system_reason("No space left on device", "vi") == "đĩa đã đầy"
    assert system_reason("Gremlins", "vi") == "[Gremlins]"
    assert system_reason("Gremlins", "en") == "Gremlins"
