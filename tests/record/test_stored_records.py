"""Records that earlier states of shiftplan wrote are read as they were meant, and go on.

`stored/first.sql` was written by the first commit that kept records of weeks in SQLite, with the
tiny week of `files/weeks.py`; `stored/drafts_and_forms.sql` when moves, holds and forms had come.
When a new kind of entry or a field is added, store another record; never change a stored one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drafting import draft
from files.weeks import TINY, write_texts

from shiftplan import open_week
from shiftplan.errors import InputError
from shiftplan.record.entries import BODY, Drafted
from shiftplan.record.sqlite import SqliteStore
from shiftplan.week.roster import Roster

STORED = sorted((Path(__file__).parent / "stored").glob("*.sql"))
Restored = Callable[[str], Path]


@pytest.fixture
def restored(tmp_path: Path) -> Restored:
    """Makes the file of a stored record."""

    def restore(name: str) -> Path:
        (script,) = (path for path in STORED if path.stem == name)
        with closing(sqlite3.connect(tmp_path / "record.db")) as made:
            made.executescript(script.read_text(encoding="utf-8"))
        return tmp_path / "record.db"

    return restore


@pytest.mark.parametrize("name", [path.stem for path in STORED])
def test_nothing_of_an_entry_is_lost(restored: Restored, name: str) -> None:
    """What is read says the same in JSON as what was written, and more can be added."""
    place = restored(name)
    with closing(sqlite3.connect(place)) as file:
        written = [json.loads(body) for (body,) in file.execute("SELECT body FROM entries")]

    with closing(SqliteStore(place, "week")) as store:
        found = store.entries()
        last = max(e.body.version for e in found if isinstance(e.body, Drafted))
        store.append(lambda _: [draft(last + 1)])

        assert len(store.entries()) == len(written) + 1
        assert store.roster(1) == Roster.of([("S1", "A1"), ("S2", "A2")])
    for entry, told in zip(found, written, strict=True):
        assert BODY.validate_python(told) == entry.body
        assert entry.body.model_dump(mode="json", exclude_defaults=True) | {
            "kind": entry.body.kind
        } == told | _said_otherwise(told)


def _said_otherwise(told: dict[str, object]) -> dict[str, object]:
    """Fields that are written otherwise now, with the same meaning."""
    entry = BODY.validate_python(told).model_dump(mode="json", exclude_defaults=True)
    return {key: entry[key] for key in ("changes", "links", "moves") if key in told}


def test_every_kind_of_entry_is_stored(restored: Restored) -> None:
    """So a change that no longer reads one of them fails here, before it reaches a server."""
    kinds = {entry.body.kind for path in STORED for entry in _entries(restored(path.stem))}

    assert kinds == set(BODY.json_schema()["discriminator"]["mapping"])


def _entries(place: Path) -> list[object]:
    with closing(SqliteStore(place, "week")) as store:
        found = store.entries()
    place.unlink()
    return found


def test_the_week_of_the_first_record_is_what_it_was(restored: Restored, tmp_path: Path) -> None:
    """Who is absent, who arrived, who was called in, what was revoked, and what people know."""
    folder = tmp_path / "week"
    folder.mkdir()
    live = open_week(write_texts(folder, TINY), str(restored("first")))

    week = live.now
    assert week.told == Roster.of([("S1", "A1"), ("S1", "A3")])
    assert "A3" in week.problem.volunteer_by_id
    assert "S2" in week.problem.shift_by_id  # its cancellation was revoked
    needs = {(r.shift_id, r.skill_id): r.target for r in week.problem.requirements}
    assert needs["S2", None] == 0
    assert {(pin.volunteer_id, pin.shift_id, pin.state) for pin in week.problem.pins} == {
        ("A1", "S1", "must"),  # confirmed
        ("A2", "S2", "must_not"),  # absent
        ("A3", "S1", "must"),  # comes, when called
    }
    assert [version.number for version in week.state.versions.values()] == [1, 2]


def test_a_record_of_a_newer_version_is_refused(restored: Restored) -> None:
    """Not misread: neither a new form of the tables, nor an entry or a key that is unknown."""
    entry = "INSERT INTO entries SELECT week, number + 1, at, who, why, '{}', '{}' FROM entries"
    entry += " ORDER BY number DESC LIMIT 1"
    changes = (
        "UPDATE form SET version = 2",
        entry.format("painted", '{"kind":"painted","color":"red"}'),
        entry.format("revoked", '{"kind":"revoked","entry":1,"color":"red"}'),
    )

    for change in changes:
        place = restored("first")
        with closing(sqlite3.connect(place)) as file:
            file.execute(change)
            file.commit()
        with closing(SqliteStore(place, "week")) as store, pytest.raises(InputError) as refused:
            store.entries()
        assert refused.value.faults[0].code == "not_a_record"
        place.unlink()
