"""What a result depends on, and what not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from batches import FIRST, SECOND

from shiftplan.batch.manifest import Before, Settings, WeekJob
from shiftplan.batch.run_folder import CONTENTS, file_digest, is_intact, is_own, list_contents
from shiftplan.batch.succession import job_key


@pytest.fixture
def job(tmp_path: Path) -> WeekJob:
    """A week that follows two others, of which the last one came right before."""
    texts = {
        "week/shifts.csv": "own",
        "week/attendance.csv": "came",
        "first/roster.csv": "roster of the first",
        "second/roster.csv": "roster of the second",
        "second/ledger.json": "book",
        "second.csv": "ill",
        "ledger.json": "ledger of the province",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    weeks = [
        Before(
            source=tmp_path,
            folder=tmp_path / name,
            attendance=tmp_path / "second.csv",
        )
        for name in ("first", "second")
    ]
    return WeekJob(
        name=f"an/{SECOND}",
        week=SECOND,
        source=tmp_path / "week",
        ledger=tmp_path / "ledger.json",
        before=tuple(weeks),
    )


def changed(job: WeekJob, name: str) -> str:
    """The key once a file beside the week's folder has another content."""
    (job.source.parent / name).write_text("another")
    return job_key(job)


@pytest.mark.parametrize("name", ["week/shifts.csv", "week/more.csv", "second/roster.csv"])
def test_a_key_is_of_the_tables_and_of_the_roster_right_before(job: WeekJob, name: str) -> None:
    """A table that is changed or added, and another roster right before, ask for a new result."""
    before = job_key(job)

    assert changed(job, name) != before


@pytest.mark.parametrize(
    "name",
    [
        *("week/attendance.csv", "week/notes.txt", "second.csv"),
        *("first/roster.csv", "second/ledger.json", "ledger.json"),
    ],
)
def test_a_key_is_not_of_how_shifts_turned_out(job: WeekJob, name: str) -> None:
    """Nor of the ledger that carries that, of rosters further back, or of other files."""
    before = job_key(job)

    assert changed(job, name) == before


def test_the_key_of_a_first_week_is_of_the_ledger_of_the_province(job: WeekJob) -> None:
    """Where no week came before, what people did is told by it alone, if at all."""
    first = job.model_copy(update={"before": ()})
    before = job_key(first)

    assert job_key(first.model_copy(update={"ledger": None})) != before
    assert changed(first, "ledger.json") != before


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"settings": Settings(seed=1)}, False),
        ({"settings": Settings(gap=0.5)}, False),
        ({"settings": Settings(staff=True)}, False),
        ({"settings": Settings(recommended=True)}, False),
        ({"settings": Settings(lang="vi")}, False),
        ({"week": FIRST}, False),
        ({"seconds": 1.0, "workers": 7, "memory_mb": 5, "most_seconds": 9.0}, True),
        ({"name": f"another/{SECOND}", "earlier": Path("earlier")}, True),
    ],
)
def test_a_key_is_of_what_shapes_the_roster(
    job: WeekJob, change: dict[str, object], same: bool
) -> None:
    """Options and the first date are a part of it; time, processors, memory and names are not."""
    assert (job_key(job.model_copy(update=change)) == job_key(job)) is same


@pytest.mark.parametrize(
    ("change", "intact"),
    [
        (lambda folder: None, True),
        (lambda folder: (folder / "beside.txt").write_text("beside"), True),
        (lambda folder: (folder / "deep" / "a.txt").write_text("b"), False),
        (lambda folder: (folder / "deep" / "a.txt").write_text("longer"), False),
        (lambda folder: (folder / "deep" / "a.txt").unlink(), False),
        (lambda folder: (folder / CONTENTS).write_text('{"files": {}}'), False),
        (lambda folder: (folder / CONTENTS).unlink(), False),
        (shutil.rmtree, False),
    ],
)
def test_a_result_is_intact_while_every_listed_file_is_as_it_was_written(
    tmp_path: Path, change: Callable[[Path], object], intact: bool
) -> None:
    """Files of other content or size, missing ones and another list are found; others are not."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("a")
    (tmp_path / CONTENTS).write_text(list_contents(tmp_path))
    contents = file_digest(tmp_path / CONTENTS)

    change(tmp_path)

    assert is_intact(tmp_path, contents) is intact


@pytest.mark.parametrize("is_listed", [False, True])
def test_a_table_that_was_ticked_leaves_a_result_as_it_was_written(
    tmp_path: Path, is_listed: bool
) -> None:
    """Also where an older version listed the table; a message that was changed counts."""
    (tmp_path / "messages").mkdir()
    for name in ("a.txt", "messages.csv"):
        (tmp_path / "messages" / name).write_text("a")
    listed = json.loads(list_contents(tmp_path))["files"]
    if is_listed:
        listed["messages/messages.csv"] = listed["messages/a.txt"]
    text = json.dumps({"files": listed}, indent=0) + "\n"
    (tmp_path / CONTENTS).write_text(text)
    contents = file_digest(tmp_path / CONTENTS)

    (tmp_path / "messages" / "messages.csv").write_text("ticked")

    assert is_intact(tmp_path, contents)
    assert is_own(tmp_path)
    (tmp_path / "messages" / "a.txt").write_text("b")
    assert not is_intact(tmp_path, contents)
    assert not is_own(tmp_path)
