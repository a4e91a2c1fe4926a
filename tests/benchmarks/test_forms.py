"""Instances and tables of another form end in one error that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.curtois import read_curtois
from benchmarks.family.best import FILE, read_best
from benchmarks.forms import of_form
from benchmarks.inrc2 import read_inrc2
from benchmarks.known import best_known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SECTION_HORIZON\n",
        "SECTION_HORIZON\n999999999\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\n",
        "SECTION_HORIZON\n7\nSECTION_SHIFTS\nD\nSECTION_STAFF\n",
        f"SECTION_HORIZON\n7\nSECTION_SHIFTS\nD,{10**30},\nSECTION_STAFF\nA,D=1,1,1,1,1,1,1\n",
        "SECTION_HORIZON\n7\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\nA,D=1\n",
    ],
)
def test_a_text_that_is_no_instance(text: str, tmp_path: Path) -> None:
    """Sections and fields that are missing, days without end and lengths beyond any date."""
    path = tmp_path / "Instance1.txt"
    path.write_text(text)

    with pytest.raises(ValueError):  # noqa: PT011 - that of pydantic has other words
        read_curtois(path)


@pytest.mark.parametrize(
    "content", ["[]", "1", "{}", '{"numberOfWeeks": 1}', "[" * 100_000, '{"numberOfWeeks": "x"}']
)
def test_a_scenario_that_is_none(content: str, tmp_path: Path) -> None:
    """JSON of another form, however deep."""
    for stem in ("Sc-n002w1", "H0-n002w1-0", "WD-n002w1-0"):
        (tmp_path / f"{stem}.json").write_text(content)

    with pytest.raises(ValueError, match="n002w1_0_0"):
        read_inrc2(tmp_path, "n002w1_0_0")


@pytest.mark.parametrize("text", ["LB,UB\n1,2\n", "instance,UB\na,1,2,3\nb\n", 'instance,UB\n"a\n'])
def test_a_table_of_costs_that_is_none(text: str, tmp_path: Path) -> None:
    """A column that is missing, and rows that are too short."""
    (tmp_path / "best_known.csv").write_text(text)

    with pytest.raises(ValueError, match=r"best_known\.csv is not of the form"):
        best_known(tmp_path / "best_known.csv", tmp_path)


@pytest.mark.parametrize("change", ["empty", "head", "short", "quote", "twice"])
def test_a_table_of_the_family_that_is_none(change: str, tmp_path: Path) -> None:
    """Without a text or a column, with a short row, an open quotation or a row twice."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    told = r"best_known\.csv is not of the form"
    if change == "empty":
        lines = []
    elif change == "head":
        lines[0] = lines[0].replace("cost", "price", 1)
    elif change == "short":
        lines[1] = ",".join(lines[1].split(",")[:4])
    elif change == "quote":
        lines[-1] += ',"'
    else:
        lines.append(lines[1])
        told = r"best_known\.csv: 'c0001-balanced-full-h' has two rows"
    table = tmp_path / "best_known.csv"
    table.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(ValueError, match=told):
        read_best(table)


def test_other_errors_stay_what_they_are() -> None:
    """A file that is missing is no matter of its form."""
    with pytest.raises(FileNotFoundError), of_form("a"):
        raise FileNotFoundError("a")
    with pytest.raises(ValueError, match="a is not of the form: KeyError: 'b'"), of_form("a"):
        raise KeyError("b")
