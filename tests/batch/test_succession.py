"""Which week follows which, and what it carries on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from batches import FIRST

from shiftplan.batch.manifest import WeekEntry
from shiftplan.batch.places import ATTENDANCE, PLANNED_WITH, ProvinceWeek, history_before
from shiftplan.batch.run_folder import CONTENTS, RunFolder, file_digest, list_contents
from shiftplan.batch.succession import Succession, safe_digest

Follows = Callable[[str, Sequence[int]], Succession]


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path / "run")


@pytest.fixture
def weeks(tmp_path: Path) -> list[ProvinceWeek]:
    """Four weeks of a province, each with a folder."""
    found = []
    for number in range(4):
        week = FIRST + dt.timedelta(7 * number)
        found.append(ProvinceWeek("an", week, tmp_path / "root" / str(week)))
        found[-1].source.mkdir(parents=True)
    return found


@pytest.fixture
def follows(run: RunFolder, weeks: list[ProvinceWeek]) -> Follows:
    """Let weeks have states, `d` for done, `f` for failed and `.` for waiting; some are chosen."""

    def made(states: str, chosen: Sequence[int]) -> Succession:
        named = {"d": "done", "f": "failed", ".": "waiting"}
        for place, state in zip(weeks, states, strict=True):
            folder = run.path / place.name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / CONTENTS).write_text(list_contents(folder))
            entry = WeekEntry.model_validate(
                {"state": named[state], "contents": file_digest(folder / CONTENTS)}
            )
            run.manifest.entries[place.name] = entry
        other = ProvinceWeek("bo", weeks[2].week, weeks[2].source)
        every = [*reversed(weeks), other]  # in no order of time
        return Succession(every, [weeks[i] for i in chosen], run)

    return made


@pytest.mark.parametrize(
    ("states", "chosen", "previous"),
    [
        ("....", [0, 1, 2, 3], 2),  # right before, and asked for
        ("ddd.", [3], 2),  # right before, and planned
        ("ddf.", [3], 1),  # the last one that was planned
        ("ddf.", [2, 3], 2),  # it failed, but is asked for
        ("fd..", [0, 3], 1),  # planned after one that is asked for
        ("fff.", [0, 3], 0),  # a gap between those that are asked for
        ("fff.", [3], None),  # nothing was planned
    ],
)
def test_a_week_follows_the_last_one_that_is_asked_for_or_planned(
    follows: Follows,
    weeks: list[ProvinceWeek],
    states: str,
    chosen: list[int],
    previous: int | None,
) -> None:
    """Weeks that are neither are passed over."""
    found = follows(states, chosen).previous(weeks[3])

    assert found == (None if previous is None else weeks[previous])


@pytest.mark.parametrize(
    ("states", "chosen", "hindered"),
    [
        ("....", [3], False),
        ("d...", [3], False),
        ("f...", [3], False),
        ("f...", [0, 3], True),
        ("df..", [0, 1, 3], True),
        ("fd..", [0, 3], False),
        ("ddd.", [2, 3], False),
    ],
)
def test_a_week_is_held_up_by_what_is_asked_for_and_not_planned(
    follows: Follows, weeks: list[ProvinceWeek], states: str, chosen: list[int], hindered: bool
) -> None:
    """One that is not asked for holds up nothing, while its result is as it was written."""
    assert bool(follows(states, chosen).hindrance(weeks[3])) is hindered


def test_an_altered_result_is_not_carried_on(
    follows: Follows, run: RunFolder, weeks: list[ProvinceWeek]
) -> None:
    """It holds up the week after unless it is asked for too, and so looked at in its turn."""
    alone, both = follows("ddd.", [3]), follows("ddd.", [2, 3])
    ((run.path / weeks[2].name) / CONTENTS).write_text("altered")

    assert "is not as it was written" in str(alone.hindrance(weeks[3]))
    assert both.hindrance(weeks[3]) is None


def test_a_week_goes_on_from_the_last_one_that_knew_all_that_is_told_now(
    follows: Follows, run: RunFolder, weeks: list[ProvinceWeek]
) -> None:
    """By what it was planned with and by the last ledger; else from the first week on."""
    for place in weeks[:3]:
        place.attendance.write_text(f"of {place.week}")
    succession = follows("ddd.", [3])
    one, two, three = (safe_digest(place.attendance) for place in weeks[:3])

    def carried(second: list[str], third: list[str]) -> list[tuple[str, str | None]]:
        """Result and attendance of each, where two weeks were told so of those before them."""
        for place, digests in ((weeks[1], second), (weeks[2], third)):
            told = dict(zip((week.name for week in weeks), digests, strict=False))
            entry = run.manifest.entry(place.name).model_copy(update={"told": told})
            run.manifest.entries[place.name] = entry
        return [
            (week.folder.name, week.attendance and week.attendance.name)
            for week in succession.carried(weeks[3])
        ]

    every = [(str(place.week), ATTENDANCE) for place in weeks[:3]]
    assert succession.told(weeks[3]) == {
        w.name: d for w, d in zip(weeks, (one, two, three), strict=False)
    }
    assert carried([one], [one, two]) == every  # without a table of their history
    for place in weeks[:3]:
        ((run.path / place.name) / PLANNED_WITH).write_text("volunteer_id\n")
    assert carried([], []) == every
    assert carried([], [one]) == every
    assert carried([one], [one]) == every[1:]
    assert carried([one], ["another", two]) == every
    assert carried(["another"], [one, two]) == every[2:]
    assert carried([one], [one, two]) == every[2:]

    ((run.path / weeks[2].name) / history_before(str(weeks[1].week))).write_text("volunteer_id\n")
    assert carried([], [one]) == every[1:]  # the third has what was told since of the second
    assert carried([], []) == carried([], ["another"]) == every
    assert carried([one], [one, two]) == every[2:]

    for place in weeks[:3]:
        place.attendance.unlink()
    assert carried([one], []) == [(str(weeks[2].week), None)]
    assert follows("fff.", [3]).carried(weeks[3]) == ()
