"""Weeks of the published tables are made anew, byte by byte, from their recipes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from benchmarks.family.instances import digest
from benchmarks.weeks.cli import main
from benchmarks.weeks.recipes import NAMED, Recipe, make, make_centers, nation, tables
from benchmarks.weeks.units import VIETNAM, folder_name
from shiftplan import read_week
from shiftplan.batch.places import find_weeks

BUNDLED = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
LAI_CHAU = Recipe(
    VIETNAM,
    "Tỉnh Lai Châu",
    seed=7,
    volunteers=300,
    monday=dt.date(2026, 12, 28),
    supply=0.4,
    simple=True,
)
DIGESTS = {
    "s2": "600b80d2c231ae96",
    "low": "7d04675420042f44",
    "high": "20f0a5de3eb3e220",
    "ca_mau": "728de6363b01d3de",
    "lai_chau": "8e37a762ce20542d",
}
"""Beginning of the digest of each week when it was first measured."""


def test_the_bundled_week_is_made_anew():
    """The recipe with nothing but defaults gives each table of examples/data/an_giang."""
    made = tables(Recipe())

    assert made == {name: (BUNDLED / name).read_bytes() for name in made}


@pytest.mark.parametrize("name", ["s2", "low", "high", "ca_mau", "lai_chau"])
def test_weeks_are_those_that_were_measured(name):
    """Each week has the digest it had at first, on every machine and with every numpy."""
    recipe = LAI_CHAU if name == "lai_chau" else NAMED[name]

    assert digest(tables(recipe))[:16] == DIGESTS[name]


def test_the_plain_week_differs_by_its_rules():
    """The plain week of An Giang has the first rules of the other one, and all else in common."""
    plain, full = tables(NAMED["an_giang_plain"]), tables(NAMED["an_giang"])

    assert {name for name in full if plain[name] != full[name]} == {"rules.csv"}
    assert full["rules.csv"].startswith(plain["rules.csv"])


def test_the_nation_has_a_seed_for_each_province():
    """Provinces are counted in the order of their names: Cà Mau is the eleventh of 34."""
    weeks = nation()

    assert [week.seed for week in weeks.values()] == list(range(1, 35))
    assert weeks["ca_mau"] == Recipe(VIETNAM, "Tỉnh Cà Mau", 11)


def test_the_nation_can_be_planned_as_a_batch(tmp_path, monkeypatch):
    """Its weeks are listed in the table that a batch reads."""
    made = {name: recipe for name, recipe in nation().items() if name in ("lai_chau", "dien_bien")}
    monkeypatch.setattr("benchmarks.weeks.cli.nation", lambda: made)

    assert main(["--nation", "--out", str(tmp_path)]) == 0

    found = find_weeks(tmp_path)
    assert {week.province for week in found} == {"lai_chau", "dien_bien"}


def test_provinces_are_made_until_there_are_enough_centers(tmp_path, monkeypatch):
    """An Giang has 102 centers and Bắc Ninh 99: the 202nd is in Cà Mau."""
    monkeypatch.setattr("benchmarks.weeks.recipes.make", lambda _, folder: folder)

    assert [p.name for p in make_centers(201, tmp_path)] == ["an_giang", "bac_ninh"]
    assert [p.name for p in make_centers(202, tmp_path)] == ["an_giang", "bac_ninh", "ca_mau"]


@pytest.mark.parametrize(
    ("province", "folder"), [("Thành phố Đà Nẵng", "da_nang"), ("Tỉnh Điện Biên", "dien_bien")]
)
def test_folders_have_plain_names(province, folder):
    """Folders of provinces have no accents."""
    assert folder_name(province) == folder


def test_the_command_writes_a_week_that_can_be_read(tmp_path, capsys):
    """Options reach the week: 300 people, from the day that is named on, with the plain rules."""
    given = ["--province", "Tỉnh Lai Châu", "--seed", "7", "--volunteers", "300", "--simple"]
    given += ["--monday", "2026-12-28", "--supply", "0.4", "--out", str(tmp_path / "week")]

    assert main(given) == 0

    week = read_week(tmp_path / "week")
    assert (len(week.centers), len(week.volunteers), len(week.rules)) == (38, 300, 8)
    assert week.shifts[0].start == dt.datetime(2026, 12, 28, 7)
    files = {path.name: path.read_bytes() for path in (tmp_path / "week").iterdir()}
    assert files == tables(LAI_CHAU)
    assert capsys.readouterr().out.strip() == str(tmp_path / "week")


def test_named_weeks_have_folders_of_their_own(tmp_path, monkeypatch):
    """Each week is in a folder with its name, whatever other options say."""
    made: dict[Path, Recipe] = {}

    def note(recipe: Recipe, folder: Path) -> Path:
        made[folder] = recipe
        return folder

    monkeypatch.setattr("benchmarks.weeks.cli.make", note)
    main(["--named", "low", "s2", "--out", str(tmp_path)])

    assert made == {tmp_path / "low": NAMED["low"], tmp_path / "s2": NAMED["s2"]}


def test_files_of_a_week_that_was_there_are_replaced(tmp_path):
    """What else the folder holds stays."""
    (tmp_path / "rules.csv").write_text("old", encoding="utf-8")
    (tmp_path / "map.geojson").write_text("mine", encoding="utf-8")

    make(LAI_CHAU, tmp_path)

    assert (tmp_path / "rules.csv").read_bytes() == tables(LAI_CHAU)["rules.csv"]
    assert (tmp_path / "map.geojson").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--province", "Tỉnh Nowhere"], "vietnam.csv has no units in 'Tỉnh Nowhere'"),
        (["--units", "{here}/half.csv"], "half.csv is not of the form"),
    ],
)
def test_bad_input_is_told(given, said, tmp_path, capsys: Any):
    """An unknown province and a table without its columns end with a message, and no week."""
    (tmp_path / "half.csv").write_text("code,name\n1,a\n", encoding="utf-8")
    given = [word.format(here=tmp_path) for word in given]

    assert main([*given, "--out", str(tmp_path / "week")]) == 2

    assert said in capsys.readouterr().err
    assert not (tmp_path / "week").exists()


@pytest.mark.parametrize(
    "given", [["--monday", "2026-12-08"], ["--supply", "0"], ["--volunteers", "0"]]
)
def test_bad_options_are_refused(given, capsys: Any):
    """A Tuesday, no supply and nobody at all are no week."""
    with pytest.raises(SystemExit, match="2"):
        main([*given, "--out", "never"])

    assert given[0] in capsys.readouterr().err
