"""Where the record of a week is: beside it, in one file of many weeks, or in a database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from drafting import drafts

from shiftplan.errors import InputError
from shiftplan.record.opening import RECORD, open_store


def added(week: Path, place: str | None = None, name: str = "") -> int:
    """Number of the entry that is added."""
    with closing(open_store(week, place, name=name)) as store:
        return store.append(drafts())[0].number


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("week", "record"),
    [
        ("w/", "w/record.db"),
        ("tuần 50.xlsx", "tuần 50.record.db"),
        ("a.b.json", "a.b.record.db"),
    ],
)
def test_it_stands_beside_its_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, week: str, record: str
) -> None:
    """In the folder, or under the name of the file."""
    monkeypatch.setenv(RECORD, " ")
    path = tmp_path / week
    path.mkdir() if week.endswith("/") else path.touch()

    assert added(path) == 1

    assert record in files(tmp_path)
    with closing(open_store(path)) as store:
        assert store.week == week.removesuffix("/").removesuffix(".xlsx").removesuffix(".json")


def test_a_folder_keeps_its_record_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only week in a file beside a week is meant, also when it was called otherwise."""
    old, new = tmp_path / "2026-12-07", tmp_path / "tuần 50"
    old.mkdir()
    added(old)
    old.rename(new)
    monkeypatch.chdir(new)

    assert added(Path()) == 2
    assert open_store(Path()).week == "tuần 50"


def test_one_file_may_hold_many_weeks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the names of their folders, by `#name`, or by the caller's name, which goes first."""
    place = str(tmp_path / "all # weeks.db")
    monkeypatch.setenv(RECORD, f"{place}#")
    weeks = [tmp_path / name for name in ("a", "b")]
    for week in weeks:
        week.mkdir()

    assert [added(week) for week in weeks] == [1, 1]
    assert added(weeks[0]) == 2
    assert added(weeks[1], f"{place}#a") == 3
    assert added(weeks[1], f"{place}#a", "an_giang/2026-12-07") == 1
    assert added(tmp_path / "c.xlsx", f"{place}#b") == 2
    assert files(tmp_path) == {"all # weeks.db"}


def test_accents_of_a_name_are_composed(tmp_path: Path) -> None:
    """A folder that came from another system is the same week."""
    place = str(tmp_path / "all.db")

    assert added(tmp_path / "w", f"{place}#tu\u00e2\u0300n") == 1
    assert added(tmp_path / "w", f"{place}#tua\u0302\u0300n") == 2


def test_a_link_that_leads_out_of_the_week_is_refused(tmp_path: Path) -> None:
    """Whoever sends a week chooses no other record to be read or written; a place may be a link."""
    own, sent = tmp_path / "own", tmp_path / "sent"
    own.mkdir()
    sent.mkdir()
    added(own)
    (sent / "record.db").symlink_to(own / "record.db")

    with pytest.raises(InputError, match="outside"):
        open_store(sent)
    assert added(sent, f"{sent / 'record.db'}#own") == 2


@pytest.mark.parametrize("url", ["postgresql://u:secret%zz@h/d", "postgres://[::1/secret"])
def test_an_address_that_is_none_is_told_without_its_password(url: str) -> None:
    pytest.importorskip("psycopg")

    with pytest.raises(InputError, match="not an address") as error:
        open_store("week", url)

    assert "secret" not in str(error.value)
    assert "%40" in str(error.value)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Why, with host and database; never the password, as it is written or as it is meant."""
    pytest.importorskip("psycopg")
    store = open_store("week", f"postgresql://an:p%40ss-w@/plans?host={tmp_path}")

    with pytest.raises(InputError, match="No such file or directory") as error:
        store.entries()

    assert f"postgresql://{tmp_path}/plans" in str(error.value)
    assert "p@ss-w" not in str(error.value)
    assert "p%40ss-w" not in str(error.value)


def test_a_database_holds_many_weeks(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named like those in a file."""
    monkeypatch.setenv(RECORD, database)

    assert added(Path("an_giang/a")) == 1
    assert added(Path("an_giang/b.xlsx")) == 1
    assert added(Path("c"), f"{database}#b") == 2


def test_a_record_opened_to_be_read_stays_as_it_is(tmp_path: Path) -> None:
    """No verb records anything, and no file appears beside the record."""
    added(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with closing(open_store(tmp_path)) as store:
        store.reads_only = True
        with pytest.raises(InputError, match="read-only"):
            store.append(drafts())
        with pytest.raises(InputError, match="read-only"):
            store.prune([1])
        assert len(store.entries()) == 1
        assert files(tmp_path) == {*before}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
