"""Words: messages in the language of who reads them."""

from __future__ import annotations

import datetime as dt
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import Center, Fault, Horizon, Problem, Requirement, Shift, Skill, Volunteer
from shiftplan.errors.message import (
    AtCenter,
    AtSeat,
    AtShift,
    Column,
    FromDay,
    InAreas,
    InMonth,
    InWeek,
    Message,
    OfRule,
    OfSkill,
    OnDay,
    Person,
    Span,
    Table,
    Word,
    languages,
    shown,
)
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present import fault_text
from shiftplan.present.faults import OfSheet
from shiftplan.present.naming import Names
from shiftplan.present.summary import finding
from shiftplan.present.words import Words
from shiftplan.rules import Shortage

DAY = dt.date(2026, 12, 7)
HOSTILE = ["{n}", "{", "}", "{0}", "%s", "%(n)s", "a\nb", "\u202eabc", "S1 in S2", "{{", "\\n", "'"]
TEXT = st.text(min_size=1, max_size=20) | st.sampled_from(HOSTILE)
ENGLISH, VIETNAMESE = Words("en"), Words("vi")


@pytest.mark.parametrize(
    ("form", "value", "english", "vietnamese"),
    [
        ("", 12345, "12345", "12345"),
        ("", 2.5, "2.5", "2,5"),
        (",", 12345, "12,345", "12.345"),
        (",", None, "–", "–"),
        ("+,", 1200, "+1,200", "+1.200"),
        ("+,", -35, "−35", "−35"),
        ("+,", 0, "0", "0"),
        (",.1f", 1234.56, "1,234.6", "1.234,6"),
        (".2f", 0.5, "0.50", "0,50"),
        ("decimal", 3.0, "3", "3"),
        ("decimal.2", 3.456, "3.46", "3,46"),
        ("tenths", 9.99, "9.9", "9,9"),
        ("figure", 0, "0", "0"),
        ("figure", 0.04234, "0.0423", "0,0423"),
        ("figure", 3.614, "3.61", "3,61"),
        ("figure", 9.999, "10", "10"),
        ("figure", 1923.7, "1,924", "1.924"),
        ("figure.2", 10.83, "10.8", "10,8"),
        (".1%", 0.98199, "98.1%", "98,1%"),
        (".1%up", 0.98101, "98.2%", "98,2%"),
        (".1%up", 2 / 3, "66.7%", "66,7%"),
        (".0%", 0.996, "99%", "99%"),
        (".1%", None, "–", "–"),
        ("people", 1, "1 person", "1 người"),
        ("people", 1234, "1,234 people", "1.234 người"),
        ("day", DAY, "Mon 07 Dec", "thứ Hai 07/12"),
        ("", DAY, "2026-12-07", "07/12/2026"),
        ("iso", DAY, "2026-12-07", "2026-12-07"),
        ("", dt.time(7, 5), "07:05", "07:05"),
        ("", dt.datetime(2026, 12, 7, 7, 5), "2026-12-07 07:05", "07/12/2026 07:05"),
        ("time", dt.datetime(2026, 12, 7, 7, 5), "07:05", "07:05"),
        ("date", dt.datetime(2026, 12, 7, 7, 5), "2026-12-07", "07/12/2026"),
        ("", dt.timedelta(hours=-1, minutes=-30), "−1:30", "−1:30"),
        ("and", ("a", "b", "c"), "a, b and c", "a, b và c"),
        ("or", ("a", "b"), "a or b", "a hoặc b"),
        ("", ("a", "b", "c"), "a, b, c", "a, b, c"),
        ("and", ("a",), "a", "a"),
        ("and", (), "", ""),
        ("quoted or", ("a", "b"), "'a' or 'b'", "'a' hoặc 'b'"),
        ("quoted", "it's", '"it\'s"', '"it\'s"'),
        ("quoted", 5, "'5'", "'5'"),
    ],
)
def test_values_have_the_form_of_the_language(
    form: str, value: object, english: str, vietnamese: str
) -> None:
    """Numbers, shares, dates, lists, quotations and counted nouns."""
    (plain,) = Message("x.y", value=value).params.values()

    assert ENGLISH.show(plain, form) == english
    assert VIETNAMESE.show(plain, form) == vietnamese


def problem(**names: str) -> Problem:
    """A week whose second shift has the id that the seat of the first one looks like."""
    start = dt.datetime(2026, 12, 7, 7, 30)
    shifts = tuple(
        Shift(shift_id=i, center_id="C1", start=start, end=start.replace(hour=11))
        for i in ("A", "A portal 2")
    )
    return Problem(
        horizon=Horizon(start="2026-12-07", days=7),
        centers=(Center(center_id="C1", name=names.get("center", "Xã Một")),),
        skills=(Skill(skill_id="portal", name=names.get("skill", "Portal"), max_level=3),),
        volunteers=(Volunteer(volunteer_id="V7", name=names.get("person", "Lan")),),
        shifts=shifts,
        requirements=(
            Requirement(shift_id="A", skill_id="portal", min_level=2, minimum=0, target=1),
        ),
    )


@pytest.mark.parametrize(
    ("place", "plain", "english", "vietnamese"),
    [
        (Person("V7"), "V7", "Lan (V7)", "Lan (V7)"),
        (AtCenter("C1"), "C1", "Xã Một", "Xã Một"),
        (OfSkill("portal", 2), "portal 2", "Portal 2", "Portal bậc 2"),
        (OfRule("min_rest"), "min_rest", "min_rest", "Nghỉ giữa hai ca"),
        (InAreas(("a", "b")), "a|b", "a and b", "a và b"),
        (OnDay(DAY), "2026-12-07", "Mon 07 Dec", "thứ Hai 07/12"),
        (FromDay(DAY), "from 2026-12-07", "from Mon 07 Dec", "từ thứ Hai 07/12"),
        (InWeek(2026, 50), "2026-W50", "week 50 of 2026", "tuần 50 năm 2026"),
        (InMonth(2026, 12), "2026-12", "2026-12", "tháng 12/2026"),
        (
            Span(dt.datetime(2026, 12, 7, 7, 30), dt.datetime(2026, 12, 7, 11, 0)),
            "2026-12-07 07:30-11:00",
            "Mon 07 Dec 07:30–11:00",
            "thứ Hai 07/12 07:30–11:00",
        ),
        (Table("pins"), "pins", "pins", "pins"),
        (Word("must"), "must", "must", "must"),
    ],
)
def test_places_are_shown_by_name(place: Person, plain: str, english: str, vietnamese: str) -> None:
    """By id where no names are known."""
    week = problem()

    assert ENGLISH.show(place) == VIETNAMESE.show(place) == plain
    assert Words("en", Names(week, "en")).show(place) == english
    assert Words("vi", Names(week, "vi")).show(place) == vietnamese


def test_a_seat_and_a_shift_that_is_called_like_it_are_two_places() -> None:
    """The requirement `portal 2` of shift A is not the shift `A portal 2`."""
    say = Words("en", Names(problem(), "en"))
    time = "Xã Một, Mon 07 Dec 07:30–11:30"

    assert str(AtSeat("A", "portal", 2)) == str(AtShift("A portal 2"))
    assert say.show(AtSeat("A", "portal", 2)) == f"A, {time}, Portal 2"
    assert say.show(AtShift("A portal 2")) == f"A portal 2, {time}"


def _named() -> list[str]:
    """Codes of the catalogue whose gaps all have names."""
    found = []
    for code, texts in catalogue("en").items():
        gaps = [
            gap for text in texts for _, gap, _, _ in Formatter().parse(text) if gap is not None
        ]
        if gaps and all(gap.isidentifier() for gap in gaps) and not code.startswith("form."):
            found.append(code)
    return found


@given(st.data())
def test_text_never_changes_what_is_said(data: st.DataObject) -> None:
    """Names and ids with any text in them are shown as they are, in the same sentence."""
    code = data.draw(st.sampled_from(_named()))
    lang = data.draw(st.sampled_from(languages()))
    texts = catalogue(lang)[code]
    gaps = {gap for text in texts for _, gap, _, _ in Formatter().parse(text) if gap}
    values = {gap: data.draw(TEXT) for gap in gaps}
    marks = {gap: f"Ж{i}Ж" for i, gap in enumerate(sorted(gaps))}

    said, expected = Words(lang)(code, **values), Words(lang)(code, **marks)

    for gap, mark in marks.items():
        assert mark in expected
        expected = expected.replace(repr(mark), repr(values[gap]))
        expected = expected.replace(mark, shown(values[gap]))
    assert said == expected


@given(person=TEXT, center=TEXT, volunteer_id=TEXT, shift_id=TEXT)
def test_a_person_is_shown_as_a_person(
    person: str, center: str, volunteer_id: str, shift_id: str
) -> None:
    """Who and where never run into each other, whatever they are called."""

    class Called:
        def person(self, volunteer_id: str) -> str:
            return f"{person} ({volunteer_id})"

        def shift(self, shift_id: str) -> str:
            return f"{shift_id}, {center}"

        def center(self, center_id: str) -> str:
            return center

        def skill(self, skill_id: str, level: int | None = None) -> str:
            return skill_id

    say = Words("vi", Called())

    assert say.show(Person(volunteer_id)) == shown(f"{person} ({volunteer_id})")
    assert say.show(AtShift(shift_id)) == shown(f"{shift_id}, {center}")
    assert say.show((Person(volunteer_id), AtShift(shift_id)), "and") == (
        f"{shown(f'{person} ({volunteer_id})')} và {shown(f'{shift_id}, {center}')}"
    )


def test_names_of_a_workbook_are_those_of_its_sheets() -> None:
    """A message about a sheet names columns, tables and values as the reader sees them."""
    sheet = Fault("unknown_id", "pins", file="w.xlsx", sheet="Ca đã chốt", row=2, cell="A2")
    message = Message("x.y", c=Column("volunteer_id"), t=Table("volunteers"), w=Word("must_not"))
    say = Words("vi", OfSheet(sheet, "vi"))

    assert [say.show(value) for value in message.params.values()] == [
        "“Mã tình nguyện viên”", "Tình nguyện viên", "không trực",
    ]  # fmt: skip
    assert say.show(Table("volunteers"), "named") == "trang Tình nguyện viên"
    assert VIETNAMESE.show(Table("volunteers"), "named") == "bảng volunteers"


def test_faults_say_messages() -> None:
    """What is wrong and a way out, in either language, with ids of any text as they are."""
    fault = Fault(
        "unknown_id",
        "pins",
        "volunteer_id",
        "V{n}",
        Message("count.rows", n=1200),
        remedy=Message("count.days", n=1),
        file="pins.csv",
        row=3,
    )

    assert str(fault) == fault_text(fault, "en")
    assert str(fault) == ("pins.csv, row 3, column volunteer_id: 'V{n}': 1,200 rows\n    1 day")
    assert fault_text(fault, "vi") == (
        "tệp pins.csv, dòng 3, cột volunteer_id: 'V{n}': 1.200 dòng\n    1 ngày"
    )


def test_findings_hold_messages_and_places() -> None:
    """The place is written as files have it, the sentence is English; people read names."""
    place = AtSeat("A", "portal", 2)
    found = Shortage().violation("", place, 1, "rules.shortage", count=0, wanted=1)

    assert (found.at, str(found.message)) == ("A portal 2", "A portal 2: 0 of 1 person")
    assert finding(found, Names(problem(), "en")) == str(found.message)
    assert finding(found, Names(problem(), "vi")) == (
        "A, Xã Một, thứ Hai 07/12 07:30–11:30, Portal bậc 2: 0/1 người"
    )
