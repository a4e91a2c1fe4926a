"""However much is wrong: the first faults of a kind are kept, the others are counted."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from weeks import TINY, faults, refused, write_texts

from shiftplan.errors import MOST_ALIKE, Fault, InputError
from shiftplan.files import read_problem, read_week
from shiftplan.present.faults import fault_text
from shiftplan.problem import nearest
from shiftplan.problem.nearest import Nearest

ROWS = 3 * MOST_ALIKE
DAY = "2026-12-07,07:00,17:00"
HEADS = {table: text.splitlines()[0] for table, text in TINY.items()}
HEADS |= {"pins": "volunteer_id,shift_id,state", "policy": "setting,where,value"}
HEADS |= {"history": "volunteer_id,weeks", "languages": "center_id,skill_id,share"}
HEADS |= {"grants": "volunteer_id,skill_id,level", "published": "shift_id,volunteer_id"}
HEADS |= {"journeys": "where,services,share", "citizen_kinds": "kind,where,share,factor"}
HEADS |= {"officials": "where,days,start,end,people"}
HEADS |= {"travel": "origin,destination,minutes"}
HEADS |= {"shift_types": "type,where,earliest,latest,min_minutes,max_minutes"}
HEADS |= {"breaks": "type,minutes"}
HEADS |= {"stand_by": "volunteer_id,date,start,end"}
HEADS |= {"occupied": "volunteer_id,group,date"}
HEADS |= {"preferences": "volunteer_id,shift_id,state", "rules": "rule,level,weight,seats"}
KINDS = {
    "windows overlap": ("availability", "A1,2026-12-07,16:00,11:00,available", ROWS - 1),
    "hours of no date": ("stand_by", "A1,,07:00,", ROWS),
    "people of no name": ("occupied", ",g{},2026-12-07", ROWS),
    "states": ("availability", f"A1,{DAY},state{{}}", ROWS),
    "dates": ("availability", "A1,day{},07:00,17:00,available", ROWS),
    "fields": ("availability", f"A1,{DAY},available,{{}}", ROWS),
    "strangers": ("pins", "X{},S1,must", ROWS),
    "pins twice": ("pins", "A1,S1,must", ROWS - 1),
    "ids twice": ("centers", "c,x,10,105,1,1", ROWS - 1),
    "numbers": ("centers", "c{},x,north{},105,1,1", ROWS),
    "ranges": ("centers", "c{},x,10,105,9999{},1", ROWS),
    "homes": ("volunteers", "A{},x,h{},,0,1,1", ROWS),
    "levels": ("volunteers", "A{},x,,,9,1,1", ROWS),
    "kinds": ("skills", "portal{},x,tech{},1", ROWS),
    "intervals": ("shifts", "s{},00430,2026-12-07,07:00,x{}", ROWS),
    "days": ("shifts", "s{},00430,2027-12-{},07:00,x", ROWS),
    "shares": ("languages", "00430,portal,2{}", ROWS),
    "settings": ("policy", "set{},,1", ROWS),
    "places": ("policy", "target_level,p{},0.9", ROWS),
    "steps": ("journeys", ",x{},1", ROWS),
    "sizes": ("citizen_kinds", "60_plus,,0.2,x{}", ROWS),
    "counters": ("officials", "x{},,07:00,11:00,1", ROWS),
    "ways": ("travel", "x{},,10", ROWS),
    "lengths": ("shift_types", ",,07:00,08:00,9999{},60", ROWS),
    "pauses": ("breaks", ",9999{}", ROWS),
    "histories": ("history", "A1,{}", ROWS - 1),
    "rules": ("rules", "mentr{},hard,,", ROWS),
    "rule levels": ("rules", "coverage,lev{},,", ROWS),
    "rule values": ("rules", "coverage,1,1,seat{}", ROWS),
    "orders": ("rules", "order,,,", ROWS),
    "rates": ("rules", "rate,0,1,", ROWS),
    "totals": ("centers", "Total,x,10,105,1,1", ROWS),
    "headers again": ("centers", HEADS["centers"], ROWS),
}  # fmt: skip
"""What is wrong -> a table, its row with `{}` for a number, and how many faults all rows make."""


@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_one_kind_are_kept_up_to_a_limit_and_all_counted(
    kind: str, tmp_path: Path
) -> None:
    """The first ones stand with their rows, and the last of them tells how many more there are."""
    table, row, wrong = KINDS[kind]
    rows = "".join(row.replace("{}", str(i)) + "\n" for i in range(ROWS))
    found = faults(tmp_path, **{table: f"{HEADS[table]}\n{rows}"})
    alike: dict[Any, list[Fault]] = {}
    for fault in found:
        alike.setdefault(fault.alike, []).append(fault)
    count = {key: sum(1 + fault.more for fault in group) for key, group in alike.items()}

    assert max(map(len, alike.values())) == MOST_ALIKE
    assert max(count.values()) >= wrong
    (most,) = [group for group in alike.values() if sum(1 + f.more for f in group) >= wrong][:1]
    assert [f.more for f in most[:-1]] == [0] * (MOST_ALIKE - 1)
    assert InputError(found).count == sum(count.values())


def test_how_many_more_there_are_is_told_in_both_languages(tmp_path: Path) -> None:
    """In the list of faults, and at its head."""
    pins = "volunteer_id,shift_id,state\n" + "A1,S1,must\n" * (ROWS + 1)
    write_texts(tmp_path, TINY | {"pins": pins})

    with pytest.raises(InputError) as caught:
        read_week(tmp_path)

    error = caught.value
    assert str(error).startswith(f"{ROWS:,} faults in the input:")
    assert str(error).endswith(f"... and {ROWS - 50:,} more")
    assert "; 2,000 more like this" in str(error.faults[-1])
    assert "; còn 2.000 trường hợp như vậy" in fault_text(error.faults[-1], "vi")


def test_faults_of_json_are_kept_up_to_the_limit(tmp_path: Path) -> None:
    """The same where no table was read."""
    rules = ",".join(f'{{"rule": "mentr{i}"}}' for i in range(ROWS))
    path = tmp_path / "week.json"
    path.write_text(f'{{"rules": [{rules}]}}')

    caught = refused(read_problem, path)

    told = [f for f in caught if f.code == "unknown_rule"]
    assert len(told) == MOST_ALIKE
    assert sum(1 + f.more for f in told) == ROWS


def test_similar_names_are_looked_for_of_a_few_wrong_ones_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of unknown rules cost no more comparisons than some dozen."""
    compared: list[str] = []

    def counted(word: str, names: list[str], **options: Any) -> list[str]:
        compared.append(word)
        return difflib.get_close_matches(word, names, **options)

    monkeypatch.setattr(nearest, "get_close_matches", counted)
    rows = "".join(f"mentr{i},lev{i},,\n" for i in range(ROWS))
    rows += "".join(f"order,,,\ncoverage,lev{i},,\n" for i in range(ROWS))
    found = faults(tmp_path, rules=f"{HEADS['rules']}\n{rows}")

    assert {f.code for f in found} == {"unknown_rule", "not_one_of", "duplicate_row"}
    assert len(compared) < 100


def test_similar_names_are_looked_for_among_so_many_only() -> None:
    """With a hundred thousand names each look takes long: there are fewer of them."""
    near = Nearest(f"V{i:06}" for i in range(100_000))

    for i in range(30):
        near.remedy(f"W{i}x")

    assert near._compared == 500_000
