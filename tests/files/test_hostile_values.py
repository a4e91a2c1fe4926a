"""Values, sizes and signs that no honest file has are faults, and their messages harm nobody."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from weeks import TINY, faults, refused, replaced, write_texts

from shiftplan.cli.repair import _Planned
from shiftplan.errors import Fault, InputError
from shiftplan.files import read_ledger, read_problem, read_roster, read_week, write_problem
from shiftplan.files import text as text_module
from shiftplan.present.faults import fault_advice, fault_text
from shiftplan.present.result_file import read_result_part

HUGE = 10**400
UNSEEN = ["\xad", "\u061c", "\u202e", "\u2028", "\u2029", "\u200b", "\ufeff", "\U000e0041"]
"""Signs of every kind that nobody sees: hyphens to come, marks of direction, breaks, tags."""


def ledger_file(folder: Path, **values: Any) -> Path:
    """A ledger of one person and week."""
    entry = {"volunteer_id": "ana", **values}
    week = {"start": "2026-12-07", "entries": [entry]}
    path = folder / "ledger.json"
    path.write_text(json.dumps({"weeks": [week]}))
    return path


@pytest.mark.parametrize("name", ["wishes", "wishes_met", "mentored", "called", "absent"])
def test_counts_of_a_ledger_have_an_end(name: str, tmp_path: Path) -> None:
    """A count that no computer's decimals hold is a fault, also where others are compared."""
    caught = refused(read_ledger, ledger_file(tmp_path, **{name: HUGE}))

    assert caught[0].code == "out_of_range"


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "max_shift_count", "value": HUGE},
        {"rule": "max_shift_count", "value": 1, "rolling_days": HUGE},
        {"rule": "min_consecutive_days", "value": HUGE},
        {"rule": "min_rest", "value": HUGE},
        {"rule": "coverage", "level": HUGE, "weight": 1},
    ],
)
def test_numbers_of_rules_have_an_end(rule: dict[str, Any], tmp_path: Path) -> None:
    """A value that the model's whole numbers cannot hold is told when the week is read."""
    path = tmp_path / "week.json"
    write_problem(read_week(write_texts(tmp_path, TINY)), path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rules"] = [rule]
    path.write_text(json.dumps(content))

    caught = refused(read_problem, path)

    assert {f.table for f in caught} == {"rules"}


def test_priorities_have_an_end(tmp_path: Path) -> None:
    """A factor that makes every price endless is a fault."""
    (fault,) = faults(tmp_path, **replaced("centers", "1.125", "1e308"))

    assert (fault.code, fault.column) == ("out_of_range", "priority")


@pytest.mark.parametrize(
    ("number", "side"),
    [
        ("9" * 4299, "large"),
        ("-" + "9" * 4299, "small"),
        ("1e400", "large"),
        ('"-9e999"', "small"),
    ],
)
@pytest.mark.parametrize("column", ["priority", "lat"])
def test_numbers_beyond_all_decimals_are_out_of_range(
    number: str, side: str, column: str, tmp_path: Path
) -> None:
    """They are numbers: JSON and tables tell that they are too large or too small."""
    text = f'{{"centers": [{{"center_id": "A", "{column}": {number}}}]}}'
    (tmp_path / "week.json").write_text(text, encoding="utf-8")
    caught = refused(read_problem, tmp_path / "week.json")
    told = [f for f in caught if f.table == "centers"]
    cell = number.strip('"')
    told += faults(
        tmp_path, **replaced("centers", "1.125" if column == "priority" else "10.01", cell)
    )

    assert [(f.code, f.column) for f in told] == [("out_of_range", column)] * 2
    assert {str(f.message) for f in told} == {f"the number is too {side}"}
    assert all("[" not in fault_text(f, "vi") for f in told)


@pytest.mark.parametrize("digits", [640, 4_300])
@pytest.mark.parametrize(("sign", "side"), [("", "large"), ("-", "small")])
def test_whole_numbers_of_too_many_digits_are_out_of_range(
    sign: str, side: str, digits: int, tmp_path: Path
) -> None:
    """Also where Python refuses to read them, whatever its limit is."""
    number, usual = sign + "9" * (digits + 1), sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(digits)
    try:
        (fault,) = faults(tmp_path, **replaced("requirements", "1,2\n", f"1,{number}\n"))
    finally:
        sys.set_int_max_str_digits(usual)

    assert (fault.code, str(fault.message)) == ("out_of_range", f"the number is too {side}")


@pytest.mark.parametrize("value", ["NaN", '"nan"', "[1]", '"x"'])
def test_what_is_no_number_is_not_out_of_range(value: str, tmp_path: Path) -> None:
    """NaN, lists and words are told to be no numbers."""
    text = f'{{"centers": [{{"center_id": "A", "priority": {value}}}]}}'
    (tmp_path / "week.json").write_text(text, encoding="utf-8")

    caught = refused(read_problem, tmp_path / "week.json")

    assert "not_a_number" in {f.code for f in caught if f.table == "centers"}


def test_limits_are_told_as_people_write_numbers(tmp_path: Path) -> None:
    """No powers of ten; marks between thousands are those of the language."""
    text = '{"centers": [{"center_id": "A", "population": 2e9, "priority": 2e3, "name": "%s"}]}'
    (tmp_path / "week.json").write_text(text % ("x" * 10_001), encoding="utf-8")

    caught = refused(read_problem, tmp_path / "week.json")

    told = {f.column: f for f in caught if f.table == "centers"}
    assert {column: (str(f.message), fault_advice(f, "vi")) for column, f in told.items()} == {
        "population": ("must be at most 1,000,000,000", "phải từ 1.000.000.000 trở xuống"),
        "priority": ("must be at most 1,000", "phải từ 1.000 trở xuống"),
        "name": ("must have at most 10,000 characters", "không được dài quá 10.000 ký tự"),
    }


def test_parts_that_are_more_than_their_whole_are_told_in_full(tmp_path: Path) -> None:
    """Large numbers of a ledger are told without powers of ten, in both languages."""
    with pytest.raises(InputError) as caught:
        read_ledger(ledger_file(tmp_path, wishes_met=1_234_568, wishes=1_234_567))

    said = fault_advice(caught.value.faults[0], "vi")
    assert "wishes_met (1,234,568) is more than wishes (1,234,567)" in str(caught.value)
    assert "wishes_met (1.234.568) lớn hơn wishes (1.234.567)" in said


def test_a_file_is_read_up_to_its_most_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A larger one is refused, in both languages, before anything is made of it."""
    write_texts(tmp_path, TINY)
    size = max(len(text.encode()) for text in TINY.values())
    monkeypatch.setattr(text_module, "MOST_BYTES", size)
    assert read_week(tmp_path).centers

    monkeypatch.setattr(text_module, "MOST_BYTES", size - 1)
    (fault,) = refused(read_week, tmp_path)
    assert fault.code == "too_large"
    assert f"{size - 1:,}" in str(fault.message)
    assert "tệp lớn hơn" in fault_text(fault, "vi")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_without_an_end_is_no_endless_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a link leads to is read up to the limit, whatever size it tells."""
    (tmp_path / "roster.csv").symlink_to("/dev/zero")
    monkeypatch.setattr(text_module, "MOST_BYTES", 100_000)

    caught = refused(read_roster, tmp_path / "roster.csv")

    assert [f.code for f in caught] == ["too_large"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_device_is_no_endless_problem_in_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read once, up to the limit; to see whether it is a result takes no second look."""
    path = tmp_path / "week.json"
    path.symlink_to("/dev/zero")
    monkeypatch.setattr(text_module, "MOST_BYTES", 100_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read again"))

    caught = refused(read_problem, path)

    assert [f.code for f in caught] == ["too_large"]


def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    """Shells hand over what a command prints as a pipe, whose size nobody knows."""
    source, target = os.pipe()
    os.write(target, b"shift_id,volunteer_id\nS1,A1\n")
    os.close(target)
    try:
        text = text_module.read_text(Path(f"/dev/fd/{source}"))
    finally:
        os.close(source)

    assert text.endswith("S1,A1\n")


def test_long_texts_are_cut_where_they_are_shown(tmp_path: Path) -> None:
    """A value and a header of 100,000 characters stay in the fault; its text is short."""
    long = "x" * 100_000
    found = faults(tmp_path, centers=TINY["centers"].replace("name", long).replace("10.01", long))
    shown = str(InputError(found))

    assert {long} <= {f.value for f in found}
    assert len(shown) < 10_000
    assert max(len(fault_text(f, "vi")) for f in found) < 5_000


@pytest.mark.parametrize("sign", ["\x1b", "\x7f", "\x85", "\x9b"])
def test_no_name_holds_what_moves_a_cursor(sign: str, tmp_path: Path) -> None:
    """Control characters are refused in tables and in JSON, those above ASCII too."""
    (fault,) = faults(tmp_path, **replaced("volunteers", "Bình", f"B{sign}[2J"))
    assert (fault.code, fault.row) == ("control_character", 3)

    path = tmp_path / "week.json"
    write_problem(read_week(write_texts(tmp_path, TINY)), path)
    path.write_text(path.read_text(encoding="utf-8").replace("Bình", f"B\\u{ord(sign):04x}[2J"))
    caught = refused(read_problem, path)
    assert [(f.table, f.column) for f in caught] == [("volunteers", "name")]


@pytest.mark.parametrize("sign", [*UNSEEN, "\n"])
def test_signs_that_nobody_sees_are_written_as_codes(sign: str, tmp_path: Path) -> None:
    """A header cannot move the cursor, turn the text round or feign another line."""
    rows = TINY["availability"].splitlines()
    header = "".join(f'{row},"a{sign}b"\n' for row in rows)
    for fault in faults(tmp_path, availability=header):
        for lang in ("en", "vi"):
            place, advice = fault_text(fault, lang).split("\n    ")[0], fault_advice(fault, lang)
            assert sign not in place
            assert sign not in advice
            assert fault.column != f"a{sign}b" or ascii(sign)[1:-1] in place


@pytest.mark.parametrize("sign", ["\x1b", "\u202e", "\n"])
def test_codes_count_where_texts_are_cut(sign: str) -> None:
    """What is shown is no longer than its limit, and no code is cut in two."""
    many = sign * 5_000
    fault = Fault("unknown_column", "centers", many, many, f"a{many}", file="a.csv", row=1)
    code = ascii(sign)[1:-1]

    seen = fault.seen()

    assert seen.column == code * (120 // len(code)) + "..."
    assert repr(seen.value) == "'" + code * (200 // len(code)) + "...'"
    assert len(seen.message) in range(1_990, 2_004)
    assert seen.message.endswith(f"{code}...")
    assert seen.seen() == seen


def test_places_of_faults_keep_what_they_are() -> None:
    """Vietnamese names with all their marks are shown as they are."""
    fault = Fault("unknown_column", "centers", "Điểm trực số 1", "", "m", file="tuần 50.csv", row=1)

    assert str(fault) == "tuần 50.csv, row 1, column Điểm trực số 1: m"


@pytest.mark.parametrize("sign", ["\\u001b[2J", "\\u009b2J", "\\u0000"])
def test_no_id_of_a_roster_moves_a_cursor(sign: str, tmp_path: Path) -> None:
    """Ids that the week does not know are shown on the terminal; JSON can hold any sign."""
    path = tmp_path / "roster.json"
    path.write_text(f'{{"assignments": [["S1", "A1"], ["S1", "A{sign}"]]}}')

    with pytest.raises(InputError, match=r"roster\.json") as caught:
        read_roster(path)

    assert [(f.code, f.column) for f in caught.value.faults] == [("invalid_value", "volunteer_id")]


@pytest.mark.parametrize(
    "text", ['[["S1", "A1"], 0.5]', '[["S1", "A1"], ["S1", 0.5]]', '[["S1"], {}]', '["S1", null]']
)
def test_assignments_that_have_no_order_are_faults(text: str, tmp_path: Path) -> None:
    """Values of several kinds cannot be sorted; each is told at its place."""
    path = tmp_path / "roster.json"
    path.write_text(f'{{"assignments": {text}}}')

    caught = refused(read_roster, path)

    assert {f.table for f in caught} == {"assignments"}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{}", '{"problem": "x", "total": 1}', '{"problem": 1}', "\ud800"]
)
def test_what_is_no_result_has_no_bound(text: str, tmp_path: Path) -> None:
    """A file of another kind, however deep, is a fault with its name."""
    path = tmp_path / "result.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    with pytest.raises(InputError, match=r"result\.json"):
        read_result_part(_Planned, path)


@pytest.mark.parametrize("key", ["²", "٣", "1", "-1", "x"])
def test_keys_that_look_like_places_are_names(key: str, tmp_path: Path) -> None:
    """A table that is an object instead of a list has no entries to count."""
    path = tmp_path / "week.json"
    horizon = {"start": "2026-12-07", "days": 7, key: 1}
    path.write_text(json.dumps({"horizon": horizon, "centers": {key: {}}}))

    caught = refused(read_problem, path)

    assert ("horizon", key) in {(f.table, f.column) for f in caught}


@pytest.mark.parametrize("who", ["A1 (entry 999)", "(entry 0)", f"(entry {'9' * 150})"])
def test_an_id_that_looks_like_a_place_is_none(who: str, tmp_path: Path) -> None:
    """The other row is no part of the message; what stands in an id stays."""
    windows = TINY["availability"].replace("A1", who)
    again = windows.splitlines()[1].replace("07:00,17:00", "16:00,11:00")
    people = TINY["volunteers"].replace("A1", who)

    found = faults(tmp_path, volunteers=people, availability=f"{windows}{again}\n")

    assert [(f.code, f.row) for f in found] == [("overlapping_windows", 4)]
    assert str(found[0].message).startswith(f"{who} has another window")
    assert found[0].sentence.endswith(" (row 2)")
