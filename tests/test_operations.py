"""What operators copy: the container file and tables of docs/batch.md fit the code."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import get_args

from nation import done, failed
from test_docs_commands import fault_of

from shiftplan.batch.manifest import BatchEvent, Failure, Kind, Settings, State
from shiftplan.batch.records import EventLog, metrics_text
from shiftplan.batch.summary import summary_rows
from shiftplan.present.words import Words

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
NOW = dt.datetime(2026, 12, 5, tzinfo=dt.UTC)


def instructions() -> list[tuple[str, str]]:
    """Instructions of the container file, each with the rest of its line."""
    text = CONTAINER.replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def told(name: str) -> list[str]:
    """What the container file says for an instruction."""
    return [rest for instruction, rest in instructions() if instruction == name]


def in_table(head: str) -> list[str]:
    """The names in the first column of a table of the page."""
    table = PAGE.split(f"| {head} |", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"`([^`]+)`", "".join(re.findall(r"^\| ([^|]*) \|", table, re.M)))


def test_the_image_is_made_of_what_is_there() -> None:
    """Every file that is copied exists, and so do the extras and the constraints."""
    copied = [word for rest in told("COPY") if "--from" not in rest for word in rest.split()[:-1]]
    extras = re.findall(r"'\.\[(.*?)\]'", CONTAINER)
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {"src", "pyproject.toml", "constraints.txt"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert extras
    assert set(",".join(extras).split(",")) <= set(known["optional-dependencies"])
    for name in (known["readme"], *known["license-files"], "examples/data/commune"):
        assert any(Path(name).is_relative_to(place) for place in copied), name


def test_the_image_runs_without_rights() -> None:
    """The last user is a number above 0, the base is one fixed version, the end is soft."""
    assert told("USER") == ["10001:10001"]
    assert [bool(re.search(r":\d+\.\d+\.\d+-\S+", base)) for base in told("FROM")] == [True, True]
    assert told("STOPSIGNAL") == ["SIGINT"]
    given = [*json.loads(told("ENTRYPOINT")[0]), *json.loads(told("CMD")[0])]
    assert given[0] == "shiftplan"
    assert fault_of(given[1:]) == ""


def test_the_page_lists_what_there_is(tmp_path: Path) -> None:
    """States, failures, metrics, log fields and columns of the summary, no more and no fewer."""
    rows = [done("A", within_target_share=0.5), failed("B")]
    names = re.findall(r"^(shiftplan_\w+)[ {]", metrics_text(rows, "1", NOW, NOW), re.M)
    log = EventLog(tmp_path / "log.jsonl", "run", Words("en"))
    for row in rows:
        entry = row.entry.model_copy(update={"reason": "changed"})
        log.take(BatchEvent("done", row.place, entry, 1.0))
    log.close()
    lines = (tmp_path / "log.jsonl").read_text("utf-8").splitlines()
    fields = {name for line in lines for name in json.loads(line)}
    started = {"version", "weeks", *Settings.model_fields}
    columns = PAGE.split("Columns of `summary.csv`:")[1].split("\n\n")[0]

    assert set(in_table("state")) == {*get_args(State), "poor"}  # done, but not for handing out
    ended = {"disk"}  # ends the batch and is noted of no week
    assert set(in_table("`failure`")) - {"faults.txt"} == {*get_args(Failure)} - ended
    assert in_table("metric") == list(dict.fromkeys(names))
    assert set(in_table("field")) == fields | started | {"done", "failed", "error"}
    assert set(get_args(Kind)) <= set(re.findall(r"`(\w+)`", PAGE.split("| `event` |")[1][:400]))
    known = [name for name in summary_rows(rows, tmp_path, Words("en"))[0] if name != "level_2"]
    assert re.findall(r"`(\w+)`", columns) == known
