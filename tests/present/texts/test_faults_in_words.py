"""Faults in the language of who reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from files.weeks import faults, replaced
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import Fault, FaultCode, OtherRow
from shiftplan.errors.message import LOCALE, Message, Person, Table, languages, shown
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.errors.system import of_system
from shiftplan.files.headings import has_heading
from shiftplan.files.lists import absences, change_rows, roster, sent
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.seat_forms import ATTENDANCE, CALLS, answers_by
from shiftplan.present.faults import fault_advice, fault_text
from shiftplan.present.words import Words

CODES = get_args(FaultCode)
SELF_EVIDENT = {
    "missing_value", "not_a_number", "not_a_flag", "not_a_date",
    "not_one_of", "out_of_range", "invalid_value", "read_as",
}  # fmt: skip
"""Codes whose sentence says already what to write, or what was done."""
NO_WORDS = st.text(st.characters(exclude_categories=["L", "Cs"]))
FAULT = Fault("unknown_id", "shifts", "center_id", "430", "")
THERE = Message("problem.no_such_center", table=Table("centers"))


@pytest.mark.parametrize("lang", languages())
def test_every_code_has_a_general_sentence(lang: str) -> None:
    """In each language; Vietnamese also has a remedy, unless the sentence is one."""
    codes = {code for code in catalogue(lang) if code.startswith(("fault.", "remedy."))}
    remedies = {f"remedy.{code}" for code in {*CODES} - SELF_EVIDENT if lang == "vi"}

    assert codes - {"fault.more"} == {f"fault.{code}" for code in CODES} | remedies


@given(st.builds(Fault, st.sampled_from(CODES), *[st.text()] * 4, remedy=st.text()))
def test_english_is_as_it_was(fault: Fault) -> None:
    """The text of a fault in English is that of the error."""
    assert fault_text(fault, "en") == str(fault)


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
    assert fault_text(replace(FAULT, **changed), "vi").startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("message", "english", "vietnamese"),
    [
        (THERE, "no such center in the table centers", "không có trung tâm này trong bảng centers"),
        (Message("problem.at_most", limit=1), "must be at most 1", "phải từ 1 trở xuống"),
        (Message("problem.at_least", limit=1000.5), "least 1,000.5", "phải từ 1.000,5 trở lên"),
        (
            Message("problem.one_of", allowed=("a", "b", "c")),
            "must be 'a', 'b' or 'c'",
            "phải là 'a', 'b' hoặc 'c'",
        ),
        (
            Message("files.not_written", reason=of_system(PermissionError(13, "No"))),
            "cannot be written: Permission denied",
            "không có quyền",
        ),
        (
            Message("files.not_written", reason=of_system(OSError(199, "Gremlins"))),
            "cannot be written: Gremlins",
            "không ghi được: [Gremlins]",
        ),
    ],
)
def test_a_sentence_keeps_its_details(message: Message, english: str, vietnamese: str) -> None:
    """Ranges, lists and what the system says are told, as the language writes them."""
    fault = Fault("out_of_range", "shifts", "", "", message)

    assert english in fault_text(fault, "en")
    assert vietnamese in fault_text(fault, "vi")


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
    repeated = Message("problem.repeated_id")
    fault = Fault("duplicate_id", "shifts", message=repeated, index=3, file=file, other=other)

    message = "the id is already in this table"
    assert f"{message} ({english})" in fault_text(fault, "en")
    assert fault_advice(fault, "en").startswith(f"{message} ({english})")
    assert f"bảng ({vietnamese})" in fault_text(fault, "vi")
    assert "[" not in fault_text(fault, "vi")


@pytest.mark.parametrize(
    ("remedy", "said"),
    [
        (Message("files.meant_quoted", text="00430"), "Có thể ý là '00430'."),
        (Message("files.meant_quoted", text="this or that"), "Có thể ý là 'this or that'."),
        ("Maybe ask around.", "[Maybe ask around.]"),
        ("", Words("vi")("remedy.unknown_id")),
    ],
)
def test_a_guess_names_what_is_meant(remedy: str | Message, said: str) -> None:
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


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
"""Ids and values with anything in them: gaps, quotes, sentences and signs that nobody sees."""
SENTENCES = st.sampled_from(
    [
        "no such file",
        "must be at most 1",
        "{who}",
        "{0}",
        "Did you mean 'A'?",
        "%s",
        "[]",
    ]
)


@pytest.mark.parametrize("lang", languages())
@given(who=NAMES | SENTENCES, value=NAMES | SENTENCES)
def test_text_of_users_never_changes_which_sentence_is_shown(
    lang: str, who: str, value: str
) -> None:
    """What stands around a name is the same for any name, in the sentence and in the remedy."""
    mark = "NAME"

    def told(name: str, value: str) -> str:
        message = Message("problem.not_assigned", who=Person(name), shift="S1")
        remedy = Message("problem.another_shift_meant", who=name, shifts=("S2", name))
        return fault_text(Fault("not_assigned", "roster", "x", value, message, remedy=remedy), lang)

    assert told(who, value) == told(mark, mark).replace(repr(mark), repr(value)).replace(
        mark, shown(who)
    )


def add_language(words: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third language with these words, in a folder with the catalogues of the others."""
    for file in LOCALE.glob("*.po"):
        (folder / file.name).write_bytes(file.read_bytes())
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    entries = "".join(f'\nmsgid "{code}"\nmsgstr "{text}"\n' for code, text in words.items())
    (folder / "eo.po").write_text(head + entries, encoding="utf-8")
    monkeypatch.setattr("shiftplan.errors.message.LOCALE", folder)


def test_words_may_begin_with_the_code_they_are_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the form in which a code without words is shown is no sentence."""
    add_language({"fault.unknown_id": "fault.unknown_id is no id"}, tmp_path, monkeypatch)

    assert "fault.unknown_id is no id" in fault_text(FAULT, "eo")


def test_a_language_says_faults_by_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third language has its own sentence, remedy, place and names; the rest is English."""
    words = {
        "fault.unknown_id": "nekonata kodo",
        "remedy.unknown_id": "Kontrolu la kodon.",
        "problem.no_such_center": "ne estas tia centro en {table:named}",
        "form.table": "la tabelo {name}",
        "form.in_english": "{general} [{text}]",
        "place.row": "vico {name}",
    }
    add_language(words, tmp_path, monkeypatch)
    fault = replace(FAULT, message=THERE, file="shifts.csv", row=5)

    assert fault_text(fault, "eo") == (
        "shifts.csv, vico 5, column center_id: '430': ne estas tia centro en la tabelo centers\n"
        "    Kontrolu la kodon."
    )
    assert fault_advice(replace(FAULT, message="odd"), "eo").startswith("nekonata kodo [odd]")
    assert fault_text(replace(fault, message=Message("problem.repeated_id")), "eo").startswith(
        "shifts.csv, vico 5, column center_id: '430': the id is already in this table"
    )


FORMS = [change_rows.FORM, absences.FORM, sent.FORM, roster.FORM]
FORMS += [form.list_form for form in (ATTENDANCE, CALLS, answers_by("confirmed"))]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.table)
def test_lists_have_names_in_vietnamese(form: ListForm) -> None:
    """So have their columns, and tables of the week that they refer to, beside their files'."""
    unknown = Message("problem.no_such_volunteer", table=Table("volunteers"))
    fault = Fault("unknown_id", form.table, message=unknown, file="list.csv")

    said = fault_text(fault, "vi")

    assert re.search(rf"\b{form.table}\b", said) is None
    assert "bảng Tình nguyện viên (volunteers)" in said
    assert [c for c in form.columns if not has_heading(form.table, c)] == []
