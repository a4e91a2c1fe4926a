"""Ids that look alike, hide a character or hold another line: one id, or a fault that tells it."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import normalize

import pytest
from books import saved, tiny_book
from commands import run
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from weeks import TINY, faults, read, refused, write_texts

from shiftplan import Problem, Roster
from shiftplan.errors import Fault, InputError
from shiftplan.files import (
    read_problem,
    read_reserves,
    read_roster,
    read_week,
    read_workbook,
    write_problem,
)
from shiftplan.present.faults import fault_text
from shiftplan.problem.known_ids import need_shift, read_pair, read_seat
from shiftplan.problem.nearest import Nearest, look
from shiftplan.week.records import Volunteer

WHO = "Nguyễn"
APART = normalize("NFD", WHO)
FORGED = "FORGED: this is proven."


def named(who: str) -> dict[str, str]:
    """The tiny week with another id of the first person, as it is written in all tables."""
    return {t: TINY[t].replace("A1", who) for t in ("volunteers", "availability")}


def test_accents_that_are_stored_apart_are_the_same_id_at_every_door(tmp_path: Path) -> None:
    """Tables, workbooks, JSON, Python, rosters, stand-by lists and options compose them."""
    composed = read(tmp_path, **named(WHO))
    mixed = named(WHO) | {"volunteers": TINY["volunteers"].replace("A1", APART)}
    book = saved(tiny_book(**mixed), tmp_path)
    path = tmp_path / "week.json"
    write_problem(composed, path)
    text = path.read_text(encoding="utf-8").replace(WHO, json.dumps(APART)[1:-1], 1)
    path.write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(f"shift_id,volunteer_id\nS1,{APART}\n", "utf-8")
    (tmp_path / "roster.json").write_text(json.dumps({"assignments": [["S1", APART]]}))
    (tmp_path / "reserves.csv").write_text(f"shift_id,rank,volunteer_id\nS1,1,{APART}\n", "utf-8")
    roster = Roster.of([("S1", WHO)])

    assert composed.volunteers[0].volunteer_id == WHO
    assert read(tmp_path, **mixed) == read_workbook(book) == read_problem(path) == composed
    assert Problem.model_validate_json(composed.to_json().replace(WHO, APART)) == composed
    assert read_roster(tmp_path / "roster.csv") == read_roster(tmp_path / "roster.json") == roster
    assert Roster.of([("S1", APART)]) == roster
    assert read_reserves(tmp_path / "reserves.csv")[0].volunteer_id == WHO
    assert read_pair(composed, f"{APART}:S1") == ("S1", WHO)
    assert read_seat(composed, f"S1:{APART}")[:2] == ("S1", WHO)


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "--seat", f"{WHO}1"),
        ("explain", "--why-not", f"{WHO}:S2"),
        ("explain", "--why-here", f"{WHO}:{WHO}1"),
        ("suggest", f"{WHO}1", "--leaving", WHO),
        ("swap", f"{WHO}:{WHO}1"),
    ],
)
def test_options_may_store_accents_in_any_way(command: tuple[str, ...], tmp_path: Path) -> None:
    """A command answers the same, as a terminal on another system would ask it."""
    changed = {t: TINY[t].replace("S1", f"{WHO}1") for t in ("shifts", "requirements")}
    write_texts(tmp_path, TINY | named(WHO) | changed)
    roster = tmp_path / "roster.csv"
    roster.write_text(f"shift_id,volunteer_id\n{WHO}1,{WHO}\n", "utf-8")
    name, *options = command

    told = [
        run(name, tmp_path, roster, *(normalize(form, option) for option in options))
        for form in ("NFC", "NFD")
    ]

    assert [done.exit_code for done in told] == [0, 0]
    assert told[0].output == told[1].output


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u200b", "ZERO WIDTH SPACE (U+200B)"),
        ("\u200d", "ZERO WIDTH JOINER (U+200D)"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
        ("\u2028", "LINE SEPARATOR (U+2028)"),
        ("\u00ad", "SOFT HYPHEN (U+00AD)"),
        ("\u3164", "HANGUL FILLER (U+3164)"),
        ("\ufe0f", "VARIATION SELECTOR-16 (U+FE0F)"),
    ],
)
def test_an_invisible_character_in_an_id_is_named(sign: str, name: str, tmp_path: Path) -> None:
    """Tables, rosters and Python tell which one it is and where; nobody would see it."""
    found = faults(tmp_path, volunteers=TINY["volunteers"].replace("A1", f"A{sign}1"))
    (tmp_path / "roster.csv").write_text(f"shift_id,volunteer_id\nS1,A{sign}1\n", "utf-8")
    message = f"character 2 of the id is invisible: {name}"

    assert (found[0].code, found[0].row, str(found[0].message)) == ("invalid_value", 2, message)
    assert f"ký tự thứ 2 của mã là ký tự ẩn: {name}" in fault_text(found[0], "vi")
    caught = refused(read_roster, tmp_path / "roster.csv")
    assert [(f.row, f.column, str(f.message)) for f in caught] == [(2, "volunteer_id", message)]
    with pytest.raises(ValidationError, match="is invisible"):
        Volunteer(volunteer_id=f"A{sign}1")


@pytest.mark.parametrize(
    ("wrong", "known", "difference"),
    [
        ("Аn1", "An1", "character 1 is CYRILLIC CAPITAL LETTER A (U+0410) here and LATIN CAPITAL "
         "LETTER A (U+0041) there"),
        ("An1", "Аn1", "character 1 is LATIN CAPITAL LETTER A (U+0041) here and CYRILLIC CAPITAL "
         "LETTER A (U+0410) there"),
        ("Ðông", "Đông", "character 1 is LATIN CAPITAL LETTER ETH (U+00D0) here and LATIN CAPITAL "
         "LETTER D WITH STROKE (U+0110) there"),
        ("S\u00a01", "S 1", "character 2 is NO-BREAK SPACE (U+00A0) here and SPACE (U+0020) there"),
        ("S１", "S1", "character 2 is FULLWIDTH DIGIT ONE (U+FF11) here and DIGIT ONE (U+0031) "
         "there"),
        ("S1\u200b", "S1", "character 3 is ZERO WIDTH SPACE (U+200B) here and missing there"),
        ("A–1", "A-1", "character 2 is EN DASH (U+2013) here and HYPHEN-MINUS (U+002D) there"),
    ],
)  # fmt: skip
def test_a_suggestion_that_looks_the_same_says_what_differs(
    wrong: str, known: str, difference: str
) -> None:
    """Letters of two alphabets, blanks of two kinds, and characters that nobody sees."""
    remedy = Nearest([known, "other"]).remedy(wrong)

    assert str(remedy) == f"Did you mean {known!r}? It only looks the same: {difference}."
    fault = Fault("unknown_id", "pins", message="m", remedy=remedy)
    assert "trông giống hệt nhưng khác ở ký tự thứ" in fault_text(fault, "vi")


def test_a_name_in_python_whose_accents_are_stored_apart_is_told(tmp_path: Path) -> None:
    """A question asked with such an id does not get the same word back as a guess."""
    problem = read(tmp_path, **{t: TINY[t].replace("S1", WHO) for t in ("shifts", "requirements")})

    with pytest.raises(InputError, match="accents are stored in another way") as caught:
        need_shift(problem, APART)

    assert "được lưu theo cách khác" in fault_text(caught.value.faults[0], "vi")


def test_ids_and_names_that_only_look_the_same_are_noted(tmp_path: Path) -> None:
    """Two people, and two groups, that nobody can tell apart; capitals can be."""
    more = "А1,Hoa,00430,official,0,,1\nA3,Tú,00430,оfficial,0,,1\na1,Lê,00430,,0,,1\n"
    write_texts(tmp_path, TINY | {"volunteers": TINY["volunteers"] + more})
    notes: list[Fault] = []

    read_week(tmp_path, on_note=notes.append)
    notes = [note for note in notes if note.code != "cannot_come"]

    assert [(n.code, n.column, n.row, n.value) for n in notes] == [
        ("duplicate_id", "volunteer_id", 4, "А1"),
        ("duplicate_id", "group", 5, "оfficial"),
    ]
    assert str(notes[0].message) == (
        "it only looks the same as 'A1': character 1 is CYRILLIC CAPITAL LETTER A (U+0410) here "
        "and LATIN CAPITAL LETTER A (U+0041) there"
    )
    assert "chỉ trông giống 'A1'" in fault_text(notes[0], "vi")
    assert "[" not in fault_text(notes[0], "vi")


def test_many_look_alikes_are_one_note(tmp_path: Path) -> None:
    """A whole table typed on another keyboard is told once, with how many there are."""
    twins = "".join(f"{a}{i},Hoa,00430,,0,,1\n" for i in range(3, 13) for a in "AА")
    write_texts(tmp_path, TINY | {"volunteers": TINY["volunteers"] + twins})
    notes: list[Fault] = []

    read_week(tmp_path, on_note=notes.append)
    notes = [note for note in notes if note.code != "cannot_come"]

    assert len(notes) == 1
    assert str(notes[0].message).endswith("; 10 names of this column look like another one")
    assert "có 10 tên trông giống tên khác" in fault_text(notes[0], "vi")


@given(st.text(max_size=12))
def test_a_look_stays_when_it_is_looked_at_again(text: str) -> None:
    """So that names are put together that look the same, and no others with them."""
    assert look(look(text)) == look(text)
    assert look(normalize("NFD", text)) == look(text)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\u2028", "\u2029", "\u202e"])
@pytest.mark.parametrize("table", sorted(TINY))
def test_no_cell_feigns_a_line_of_the_list_of_faults(table: str, sign: str, tmp_path: Path) -> None:
    """Each cell and each heading of each table in turn: what is told stays on its lines."""
    rows = [line.split(",") for line in TINY[table].splitlines()]
    for row, column in [(r, c) for r in range(2) for c in range(len(rows[0]))]:
        changed = [list(cells) for cells in rows]
        changed[row][column] = f'"x{sign}{FORGED}"'
        week = TINY | {table: "".join(",".join(cells) + "\n" for cells in changed)}
        try:
            problem = read_week(write_texts(tmp_path, week))
        except InputError as error:
            told = [
                str(error),
                *(fault_text(f, lang) for f in error.faults for lang in ("en", "vi")),
            ]
        else:
            told = [problem.to_json().replace("\n", "")]

        for text in told:
            assert not any(line.strip().startswith(FORGED) for line in text.splitlines())
            assert sign == "\n" or sign not in text


def test_a_name_of_two_lines_is_read_on_one(tmp_path: Path) -> None:
    """As cells of spreadsheets hold them, also with marks that turn the text round."""
    week = TINY["volunteers"].replace("An", '"Trần\nThị\u2028An\u202e"')
    book = saved(tiny_book(volunteers=week), tmp_path)

    assert read_workbook(book).volunteers[0].name == "Trần Thị An"
