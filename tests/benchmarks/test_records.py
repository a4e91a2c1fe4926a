"""From records to tables: medians, what is missing, gaps; and the README's list."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import gap_picture, growth_picture, pages, records, report, tables
from benchmarks.known import best_known
from benchmarks.records import Record
from benchmarks.registry import SUITES
from benchmarks.summary import summary
from shiftplan.solving.result import Cost


def record(cost: int | None = 100, bound: int | None = 90, **changes: object) -> Record:
    """A run that found its roster at 2 s and its bound at 3 s."""
    fields = {
        "suite": "week",
        "instance": "town",
        "engine": "shiftplan",
        "seed": 0,
        "workers": 2,
        "status": "FEASIBLE",
        "time_limit": 20.0,
        "cost": cost,
        "bound": bound,
        "costs": () if cost is None else ((2.0, cost),),
        "bounds": () if bound is None else ((3.0, bound),),
        "solve_seconds": 20.0,
        "machine": {"cores": "2"},
    }
    return Record.model_validate(fields | changes)


def row(table: tables.Table, number: int = 0) -> dict[str, str]:
    return dict(zip(table.head, table.rows[number], strict=True))


def test_figures_are_medians_over_seeds() -> None:
    """Costs 100, 120, 300 with bound 90: median 120, and of the gaps 10, 25, 70% the middle."""
    runs = [record(cost, seed=i) for i, cost in enumerate((300, 100, 120))]

    cells = row(tables.results(runs))

    assert (cells["runs"], cells["cost"], cells["gap"]) == ("3", "120", "25.00%")


@pytest.mark.parametrize(
    ("costs", "text"),
    [((None,), "none"), ((100, None, 120), "120"), ((100, None, None), "none")],
)
def test_a_run_without_a_roster_counts_as_worst(costs: tuple[int | None, ...], text: str) -> None:
    """One run of three without a roster moves the median up; two leave none."""
    runs = [record(cost, seed=i) for i, cost in enumerate(costs)]

    assert row(tables.results(runs))["cost"] == text


def test_runs_with_other_limits_stand_apart() -> None:
    """Medians are of one limit, the shortest first; a killed run counts with the longest."""
    runs = [
        record(100, time_limit=300.0),
        record(120, time_limit=20.0),
        record(None, None, seed=1, time_limit=None, status="KILLED"),
    ]

    short, long = (row(tables.results(runs), number) for number in (0, 1))

    assert (short["limit"], short["runs"], short["cost"]) == ("20.0 s", "1", "120")
    assert (long["limit"], long["runs"], long["cost"]) == ("300.0 s", "2", "none")
    over_time = tables.over_time(runs, (5.0, 60.0)).rows
    assert [cells[2:] for cells in over_time] == [
        ("20.0 s", "120 / 90 / 25.00%", ""),
        ("300.0 s", "none / none / none", "none / none / none"),
    ]


def test_a_killed_run_stays_in_every_table() -> None:
    """A run that was ended from outside has a row of "none"."""
    killed = record(None, None, status="KILLED", time_limit=None, solve_seconds=None)

    made = SUITES["week"].tables([killed])

    assert all(table.rows[0][0] == "town" for table in made)
    assert row(made[0])["proven bound"] == row(made[0])["time"] == "none"


def test_gap_to_best_known_stands_only_where_there_is_one() -> None:
    """103 is 3% above 100; an instance without a known cost has empty cells."""
    table = tables.results([record(103, best_known=100), record(instance="other")])

    assert row(table)["gap to best known"] == "3.00%"
    assert row(table, 1)["best known"] == row(table, 1)["gap to best known"] == ""
    assert "best known" not in tables.results([record()]).head


@pytest.mark.parametrize(
    ("seconds", "known"),
    [
        (1.9, Cost(None, None)),
        (2.0, Cost(100, None)),
        (4.9, Cost(100, 90)),
        (5.0, Cost(95, 90)),
        (20.0, Cost(94, 90)),
    ],
)
def test_what_is_known_at_a_moment(seconds: float, known: Cost) -> None:
    """Steps count from their moment on; at the time limit the end counts, a little late or not."""
    run = record(94, costs=((2.0, 100), (5.0, 95), (20.1, 94)))

    assert run.at(seconds) == known


def test_seconds_to_a_gap_need_cost_and_bound() -> None:
    """The cost comes first, the bound makes the gap 10% at 3 s, the better cost 0 at 7 s."""
    run = record(90, costs=((2.0, 100), (7.0, 90)))

    assert run.seconds_to_gap(0.10) == 3.0
    assert run.seconds_to_gap(0.01) == 7.0
    assert record().seconds_to_gap(0.05) is None


def test_marks_beyond_the_limit_are_left_out() -> None:
    """A run of 20 s says nothing of the 60th second."""
    head = tables.over_time([record()], (5.0, 20.0, 60.0)).head

    assert head == ("instance", "engine", "limit", "at 5 s", "at 20 s")


def test_the_nation_adds_up_and_shows_the_worst() -> None:
    """Costs and times are added, the gap is the worst, the memory the highest."""
    parts = [
        record(instance="a", suite="nation", peak_bytes=5_000_000, size={"volunteers": 40}),
        record(200, 198, instance="b", suite="nation", peak_bytes=1, size={"volunteers": 60}),
    ]

    cells = row(tables.provinces(parts), 2)

    assert (cells["volunteers"], cells["cost"], cells["proven bound"]) == ("100", "300", "288")
    assert (cells["time"], cells["gap"], cells["peak memory"]) == ("40.0 s", "10.00%", "5 MB")
    assert row(tables.provinces([parts[0], record(None, instance="b")]), 2)["cost"] == "none"
    again = record(98, 97, instance="a", suite="nation", time_limit=60.0)
    assert row(tables.provinces([*parts, again]), 2)["cost"] == "298"  # the longer run counts


def test_targets_are_judged_where_a_run_can_tell() -> None:
    """A gap of 10% misses the targets up to 10 s; a run of 20 s does not tell about 60 s.

    A run of 300 s tells only what no shorter one does.
    """
    long = record(time_limit=300.0, bounds=((1.0, 100),), bound=100)
    judged = SUITES["week"].tables([long, record(), record(engine="highs")])[-1]

    assert judged.rows == (
        ("town", "gap of 3% at 3 s", "10.00%", "no"),
        ("town", "gap of 1.5% at 5 s", "10.00%", "no"),
        ("town", "gap of 0.5% at 10 s", "10.00%", "no"),
        ("town", "gap of 0.1% at 60 s", "0%", "yes"),
    )


@pytest.mark.parametrize(
    ("part", "text"), [(None, "none"), (0.0, "0%"), (1e-6, "<0.01%"), (0.1234, "12.34%")]
)
def test_only_a_proof_reads_as_zero(part: float | None, text: str) -> None:
    """A tiny gap is not written as none at all."""
    assert tables.percent(part) == text


def test_records_survive_the_file_and_later_ones_replace_earlier(tmp_path: Path) -> None:
    """A record reads back equal; the same instance, engine, limit and seed count once."""
    for kept in (record(), record(seed=1), record(time_limit=60.0), record(95)):
        records.append(tmp_path, kept)

    assert records.read([tmp_path]) == [record(95), record(seed=1), record(time_limit=60.0)]


def test_best_known_costs_are_the_lowest_published(tmp_path: Path) -> None:
    """Bounds and heads do not count; the table may be two folders above."""
    text = "instance,best_LB,best_UB_site,UB_2023\nI1,5,9,8\nI2,5,,\n"
    (tmp_path / "best_known.csv").write_text(text, encoding="utf-8")

    assert best_known(None, tmp_path / "instances" / "I1.txt") == {"I1": 8}
    assert best_known(None, tmp_path / "far" / "away" / "I1.txt") == {}


def test_the_pages_list_what_the_registry_lists() -> None:
    """The list is made from the registry, and every sub-command has its place among the figures."""
    method = report.METHOD.read_text(encoding="utf-8")
    page = report.FIGURES.read_text(encoding="utf-8")

    assert pages.fill(method, "list", report.listing()) == method
    assert all(f"<!-- begin {name} -->" in page for name in SUITES)


def test_tables_go_between_their_markers(tmp_path: Path) -> None:
    """Only the part of a suite with records changes, and the first page follows."""
    figures = tmp_path / "FIGURES.md"
    figures.write_text(a_page_of_figures(), encoding="utf-8")
    readme, method = tmp_path / "README.md", tmp_path / "METHOD.md"
    readme.write_text("<!-- begin summary -->\nold\n<!-- end summary -->\n", encoding="utf-8")
    method.write_text("<!-- begin list -->\nold\n<!-- end list -->\n", encoding="utf-8")
    records.append(tmp_path, record(instance="low", time_limit=60.0))

    report.update_pages([tmp_path], figures, readme, method)

    page = figures.read_text(encoding="utf-8")
    assert report.listing().strip() in method.read_text(encoding="utf-8")
    assert "| low " in pages.block(page, "week")
    assert "an_giang" not in page
    assert pages.block(page, "nation") == pages.block(a_page_of_figures(), "nation")
    assert pages.block(readme.read_text(encoding="utf-8"), "summary") == summary(page)


def test_the_picture_shows_the_gaps_of_the_page() -> None:
    """Each engine's gaps come from the table over time; "none" and other instances are left out."""
    runs = [record(), record(99, time_limit=6.0), record(instance="other")]
    runs.append(record(None, None, engine="highs"))
    over_time = tables.over_time(runs, (1.0, 5.0, 20.0))
    page = f"**Results**\n\n| a | b |\n\n{over_time.markdown()}\n**Next**\n"

    assert gap_picture.gaps_of(page, "town") == {
        "shiftplan": [(5.0, 10.0), (20.0, 10.0)],
        "highs": [],
    }
    shown = gap_picture.gaps_of(report.FIGURES.read_text(encoding="utf-8"))
    assert list(shown) == list(gap_picture.NAMES)
    assert all(shown.values())


def test_tables_of_a_page_read_back_equal() -> None:
    """The table below a title is read with its head and cells, whatever stands around it."""
    table = tables.results([record(), record(None, None, engine="highs")])
    page = (
        f"# Page\n\n{tables.phases([record()], ['build']).markdown()}\n{table.markdown()}\nEnd.\n"
    )

    assert pages.table_of(page, "Results") == table
    with pytest.raises(ValueError, match="no table 'Growth'"):
        pages.table_of(page, "Growth")


def test_parts_between_markers_are_read_and_replaced() -> None:
    """Markers enclose what `block` gives and `fill` changes; without them both are errors."""
    page = pages.fill("a\n<!-- begin x -->\n<!-- end x -->\nz\n", "x", "new\n")

    assert page == "a\n<!-- begin x -->\n\nnew\n\n<!-- end x -->\nz\n"
    assert pages.block(page, "x") == "new"
    with pytest.raises(ValueError, match="no <!-- begin y -->"):
        pages.fill(page, "y", "")


def test_growth_is_drawn_from_its_table(tmp_path: Path) -> None:
    """Sizes are in order; what was not reached is none, and a tiny gap is its limit."""
    sizes = {"size": {"centers": 1000}, "suite": "growth"}
    table = tables.growth(
        [
            record(instance="1000 centers", **sizes),
            record(None, None, instance="1000 centers", engine="highs", **sizes),
            record(1_000_000, 999_999, instance="20 centers", bounds=((3.0, 999_999),)),
        ]
    )

    points = growth_picture.points_of(table)
    growth_picture.draw(points, tmp_path / "growth.png")

    assert points == [
        growth_picture.Point("shiftplan", 20, 20.0, 3.0, 0.01),
        growth_picture.Point("shiftplan", 1000, 20.0, None, 10.0),
        growth_picture.Point("highs", 1000, 20.0, None, None),
    ]
    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")


def test_the_page_has_the_table_of_growth() -> None:
    """The committed picture can be drawn again from the page."""
    page = pages.FIGURES.read_text(encoding="utf-8")

    assert growth_picture.points_of(pages.table_of(page, "Growth"))


# ---- the one table of the first page


def a_page_of_figures() -> str:
    """Two engines on one week, two provinces, and two instances with a best known cost."""
    week = [
        record(instance="an_giang", time_limit=300.0),
        record(instance="an_giang", time_limit=60.0, costs=((2.5, 120), (59.0, 100))),
        record(instance="an_giang", time_limit=20.0, costs=((1.0, 100),)),
    ]
    week += [record(200, None, instance="an_giang", engine="greedy", time_limit=60.0)]
    parts = [
        record(1000, 998, instance="p1", suite="nation"),
        record(1000, 993, instance="ca_mau", suite="nation"),
    ]
    known = [record(c, instance=f"i{c}", best_known=100, suite="inrc2") for c in (102, 104)]
    made = {"week": week, "nation": parts, "inrc2": known, "curtois": known}
    return "".join(
        f"<!-- begin {name} -->\n\n{report.text(SUITES[name], runs)}\n<!-- end {name} -->\n"
        for name, runs in made.items()
    )


def summary_rows() -> dict[str, dict[str, str]]:
    """First cell of each row -> its other cells."""
    table = pages.table_of(summary(a_page_of_figures()), "What could still be saved at most")
    return {row[0]: dict(zip(table.head, row, strict=True)) for row in table.rows}


def test_the_summary_shows_a_week_over_time() -> None:
    """Of three limits a minute shows the moments, and the longest the end.

    The roster of 120 comes after 2.5 s, the bound of 90 after 3 s; greedy, at 200, is 110 above it.
    """
    row = summary_rows()["An Giang, 102 centers, 1,353 people"]

    assert (row["first roster"], row["1 s"], row["3 s"]) == ("2.5 s", "none", "25.00%")
    assert row["60 s"] == "10.00%"
    assert (row["at the end"], row["greedy, 60 s"]) == ("10.00% after 300 s", "55.00%")
    assert (row["HiGHS, 60 s"], row["CP-SAT, 60 s"]) == ("", "")


def test_the_summary_shows_what_was_reached_at_the_end() -> None:
    """One of two provinces is within 0.3%, one of two instances within 3 and none within 1%."""
    rows = summary_rows()

    told = {name: row["at the end"] for name, row in rows.items()}
    assert told["Cà Mau, 64 centers, 849 people"] == "0.70% after 20 s"
    assert told["2 provinces, one after another"] == "1 within 0.3%, worst 0.70%, after 1 min"
    wards, nurses = (
        told["hospital wards (Curtois and Qu)"],
        told["nurses for 4 or 8 weeks (INRC-II)"],
    )
    assert nurses == "1 of 2 within 3% of the best known, worst 4.0%"
    assert wards == "0 of 2 within 1% of the best known, worst 4.0%"
    assert "An Giang with another seed" not in rows


def test_the_first_page_has_the_table_of_the_figures() -> None:
    """The summary is made from the page of figures as it is."""
    page = pages.README.read_text(encoding="utf-8")

    assert pages.block(page, "summary") == summary(pages.FIGURES.read_text(encoding="utf-8"))


def test_a_killed_run_is_replaced_whatever_its_limit(tmp_path: Path) -> None:
    """It knew none; runs of other seeds stay."""
    killed = record(None, None, status="KILLED", time_limit=None, solve_seconds=None)
    for one in (killed, record(seed=1), record(100, time_limit=60.0), record(90, time_limit=300.0)):
        records.append(tmp_path, one)

    kept = records.read([tmp_path])

    assert sorted((r.seed, r.status, r.time_limit) for r in kept)[-1][0] == 1
    assert "KILLED" not in {r.status for r in kept}
    assert len(kept) == 3
