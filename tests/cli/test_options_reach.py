"""Options that tests of their commands leave as they are reach what they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nation import FIRST, write_root
from told_weeks import AFTERNOON, MORNING, THREE, done

from shiftplan import Problem, Roster, read_roster, read_week, write_roster
from shiftplan.batch.preview import Preview
from shiftplan.problem.changes import Absence
from shiftplan.record import LiveWeek, open_week

TWO = Roster.of((shift, who) for shift in (MORNING, AFTERNOON) for who in ("v0", "v1"))
"""Every seat is filled, and v2 has no shift, which is not fair."""


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two, of whom two are of one group and one lives elsewhere."""
    people = [
        person.model_copy(update={"group": group, "home_center_id": home})
        for person, group, home in zip(
            THREE.volunteers, (("family",), ("family",), ()), ("c0", "c0", "c1"), strict=True
        )
    ]
    far = THREE.centers[0].model_copy(update={"center_id": "c1", "name": "Xã 1"})
    update = {"volunteers": tuple(people), "centers": (*THREE.centers, far)}
    return THREE.model_copy(update=update)


@pytest.mark.parametrize(("keep", "stays"), [("all", True), ("firmly", True), ("nothing", False)])
def test_plan_keeps_what_people_know(week: Path, out: Path, keep: str, stays: bool) -> None:
    """A fairer roster takes shifts away from people, unless what they were told stays."""
    live = open_week(week)
    live.publish(live.draft(TWO).number)

    done("plan", week, "--out", out, "--keep", keep, "--workers", 1)

    assert (read_roster(out / "roster.csv") == TWO) == stays


@pytest.mark.parametrize("asked", [True, False])
def test_repair_proves_if_it_is_asked_to(
    week: Path, out: Path, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search gets what the command line says."""
    live = open_week(week)
    live.publish(live.draft(TWO).number)
    live.record(Absence(volunteer_id="v0"))
    plain, given = LiveWeek.repair, dict[str, Any]()

    def repair(self: LiveWeek, **options: Any) -> Any:
        given.update(options)
        return plain(self, **options)

    monkeypatch.setattr(LiveWeek, "repair", repair)
    done("repair", week, "--out", out, "--workers", 1, *(["--prove"] if asked else []))

    assert given["prove"] is asked


def test_calendars_begin_at_a_revision(tiny: Problem, week: Path, out: Path) -> None:
    """Entries count from there, so that calendars of another program are replaced."""
    write_roster(tiny, TWO, out.with_suffix(".csv"))

    done("calendars", week, out.with_suffix(".csv"), "--out", out, "--revision", 7)

    text = (out / "calendars" / "v0.ics").read_text(encoding="utf-8")
    assert text.count("SEQUENCE:7") == text.count("BEGIN:VEVENT") == 2


def test_anonymous_weeks_keep_groups_and_homes_as_asked(week: Path, tmp_path: Path) -> None:
    """By default names of groups are hidden, and a home of one person stays."""

    def made(name: str, *options: object) -> tuple[set[str], int]:
        done("anonymize", week, "--out", tmp_path / name, *options)
        people = read_week(tmp_path / name).volunteers
        groups = {name for person in people for name in person.group}
        return groups, len({person.home_center_id for person in people})

    assert made("plain") == ({"group-1"}, 2)
    assert made("groups", "--keep-groups") == ({"family"}, 2)
    assert made("homes", "--least-at-home", 2) == ({"group-1"}, 1)


@pytest.mark.parametrize("keep", ["all", "nothing"])
def test_a_batch_keeps_as_asked(tmp_path: Path, keep: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job gets what the command line says."""
    root, given = write_root(tmp_path / "root", ["Huế"], [FIRST]), list[Any]()

    def preview(asked: Any, _: Any) -> Preview:
        given.append(asked.keep)
        return Preview((), 1)

    monkeypatch.setattr("shiftplan.cli.batch.preview_asked", preview)
    done("batch", root, "--out", tmp_path / "run", "--dry-run", "--keep", keep)

    assert given == [keep]


def test_only_clusters_have_an_address(tmp_path: Path) -> None:
    """An address without Ray is refused, and nothing is planned."""
    root = write_root(tmp_path / "root", ["Huế"], [FIRST])

    refused = done("batch", root, "--out", tmp_path / "run", "--address", "10.0.0.1:6379", code=2)

    assert "address" in refused.stderr
    assert not (tmp_path / "run").exists()
