"""Conflicts between teams, and what is decided of them: once, kept, and never silently."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from files.deliveries import CONFLICTS, SHARED, TIMES, decide, give, team, told
from files.weeks import refused
from rich.console import Console

from shiftplan.files.gathering import decisions_text, gather
from shiftplan.present.gathering import GatheredWords, show_gathered

DECISIONS = {
    # what is decided of "an id for two people" -> people and their homes
    "1": [("A1", "An", "00430")],
    "second": [("A1", "Bình", "00431")],
    "rename B7": [("A1", "An", "00430"), ("B7", "Bình", "00431")],
    "đổi mã thành B7": [("A1", "An", "00430"), ("B7", "Bình", "00431")],
    "Giữ 2.": [("A1", "Bình", "00431")],
    "keep the first": [("A1", "An", "00430")],
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_decisions_of_an_id_for_two_people(teams: Path, decision: str) -> None:
    """One stays, or the second gets a new id, with the times of its file."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,available\n")
    team(teams, "b", "A1,Bình,00431,", times="A1,2026-12-08,13:00,17:00,available\n")

    gathered = decide(teams, decision)

    assert gathered.problem is not None
    people = [(v.volunteer_id, v.name, v.home_center_id) for v in gathered.problem.volunteers]
    assert people == DECISIONS[decision]
    ids = {v.volunteer_id: v.home_center_id for v in gathered.problem.volunteers}
    days = {w.volunteer_id: w.start.day for w in gathered.problem.availability}
    assert days == {who: 7 if home == "00430" else 8 for who, home in ids.items()}


def test_both_keeps_one_person_with_the_times_of_both_files(teams: Path) -> None:
    """A helper of two teams offers what both leaders wrote down."""
    team(teams, "a", "A1,An,00430,", times="A1,2026-12-07,07:00,11:00,available\n")
    times = "A1,2026-12-07,07:00,11:00,available\nA1,2026-12-08,13:00,17:00,available\n"
    team(teams, "b", "A2,Bình,00431,", "A3,Chi,00431,", "A1,An,00430,", times=times)

    gathered = decide(teams, "both")

    assert gathered.problem is not None
    assert [v.volunteer_id for v in gathered.problem.volunteers] == ["A1", "A2", "A3"]
    assert [w.start.day for w in gathered.problem.availability] == [7, 8]


def test_of_three_versions_one_is_chosen(teams: Path) -> None:
    """Two decisions against the older files are enough; the third conflict needs none."""
    for name, person in (("a", "An"), ("a (2)", "Ân"), ("a_v10", "Anh")):
        team(teams, name, f"A1,{person},00430,")
    assert [c.key[-2:] for c in gather(teams).open] == [
        ("a (2)/", "a/"),
        ("a (2)/", "a_v10/"),
        ("a/", "a_v10/"),
    ]

    decide(teams, "2", 1)
    gathered = decide(teams, "2", 1)

    assert gathered.problem is not None
    assert [v.name for v in gathered.problem.volunteers] == ["Anh"]
    states = {d.name: d.state for d in gathered.deliveries}
    assert states["a/"] == states["a (2)/"] == "left_out"


def test_a_new_id_that_is_taken_is_a_new_conflict(teams: Path) -> None:
    """Renaming never hides that somebody already has the id."""
    team(teams, "a", "A1,An,00430,", "A2,Chi,00430,")
    team(teams, "b", "A1,Bình,00431,")

    gathered = decide(teams, "rename A2")

    assert told(gathered) == [
        "same_id A1: a/volunteers.csv:2 | b/volunteers.csv:2 -> rename A2",
        "same_id A2: a/volunteers.csv:3 | b/volunteers.csv:2",
    ]


@pytest.mark.parametrize("decision", ["rename A1", "rename A2"])
def test_ids_that_are_renamed_in_a_ring_end(teams: Path, decision: str) -> None:
    """A decision helps once; what it does not help stays open."""
    team(teams, "a", "A1,An,00430,", "A2,Chi,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, decision)

    gathered = (
        decide(teams, "rename A1", 1)
        if decision == "rename A2"
        else gather(teams, decisions=teams.parent / "decisions.csv")
    )

    assert gathered.open
    assert gathered.problem is None


def test_decisions_are_kept_when_their_conflict_is_gone(teams: Path) -> None:
    """A corrected file needs no decision; the table keeps the one that was made, and says so."""
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, "1")
    team(teams, "b", "A2,Bình,00431,")

    gathered = gather(teams, decisions=teams.parent / "decisions.csv")

    assert gathered.problem is not None
    assert len(gathered.problem.volunteers) == 2
    assert list(gathered.gone.values()) == ["1"]
    text = decisions_text((), gathered.gone, lambda clash: ("gone", "", ""))
    assert text.splitlines()[1].startswith("gone,,,1,same_id,Volunteers,A1,")


@pytest.mark.parametrize(
    ("case", "decision", "allowed"),
    [
        ("an id for two people", "both", "decide_id"),
        ("an id for two people", "rename", "decide_id"),
        ("two files of a team", "rename A9", "decide_both"),
        ("two files of a team", "perhaps", "decide_both"),
        ("two files of a team", "giữ", "decide_both"),
    ],
)
def test_decisions_that_cannot_be_made(teams: Path, case: str, decision: str, allowed: str) -> None:
    """They are faults at their row that say what can be decided."""
    one, other, _ = CONFLICTS[case]
    team(teams, "a", *one)
    team(teams, "b", *other)

    (fault,) = refused(decide, teams, decision)

    assert (fault.file, fault.row, fault.column) == ("decisions.csv", 2, "decision")
    assert fault.message.code == f"gathering.{allowed}"


def test_a_conflict_is_decided_once(teams: Path) -> None:
    """Two rows that decide it differently are a fault; two that agree are none."""
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A1,Bình,00431,")
    decide(teams, "1")
    table = teams.parent / "decisions.csv"
    header, row = table.read_text(encoding="utf-8").splitlines()

    table.write_text("\n".join((header, row, row.replace(",1,", ",first,"))), encoding="utf-8")
    assert gather(teams, decisions=table).problem is not None
    table.write_text("\n".join((header, row, row.replace(",1,", ",2,"))), encoding="utf-8")
    (fault,) = refused(gather, teams, decisions=table)

    assert (fault.code, fault.row, fault.column) == ("duplicate_row", 3, "decision")


def test_what_concerns_no_file_is_kept(teams: Path) -> None:
    """A week without requirements is worth a look, whoever delivered the rest."""
    for table in ("requirements", "demand"):
        (teams / "_shared" / f"{table}.csv").unlink()
    team(teams, "a", "A1,An,00430,")
    team(teams, "b", "A2,Bình,00431,")

    gathered = gather(teams)

    assert [(note.code, note.table) for note in gathered.notes] == [
        ("missing_value", "requirements")
    ]


def test_versions_say_what_differs_and_who_is_lost(teams: Path) -> None:
    """Before the decision who is only in one file; after it who is not in the week for that."""
    window = "A1,2026-12-07,{}:00,11:00,\n".format
    team(teams, "a", "A1,An,00430,", "A2,Bình,00430,", times=window("07"))
    team(teams, "b", "A1,An,00430,", "A3,Chi,00430,", times=window("08"))

    words = GatheredWords(gather(teams), "en")
    kept = decide(teams, "1")

    _, first, second = words.clash(words.gathered.open[0])
    counts = "People: 2; With times offered: 1"
    changed = "Different in the two files: A1 (An)"
    assert first == f"a/; {counts}; Only here: A2 (Bình); {changed}"
    assert second == f"b/; {counts}; Only here: A3 (Chi); {changed}"
    assert kept.problem is not None
    (lost,) = next(d.notes for d in kept.deliveries if d.state == "left_out")
    assert str(lost.message) == "1 person is in no other file, and so not in the week: A3 Chi"


def test_times_and_tables_say_what_only_one_file_has(teams: Path) -> None:
    """Every window and row that a decision would drop."""
    times = "A1,2026-12-07,07:00,11:00,\nA1,2026-12-0{},13:00,17:00,{}\n".format
    team(teams, "a", "A1,An,00430,", "A2,Bình,00430,", times=times(8, ""))
    team(teams, "b", "B1,Chi,00431,")
    rules = SHARED["rules"].replace("mentor,2,5,2,", "mentor,2,5,3,")
    both = TIMES + times(7, "preferred") + "B1,2026-12-07,13:00,17:00,\n"
    give(teams, "office", availability=both, rules=rules)

    words = GatheredWords(gather(teams), "en")

    told = {clash.kind: words.clash(clash)[1:] for clash in words.gathered.open}
    assert told == {
        "person_twice": (
            "a/availability.csv, row 2; Name: An; Only here: 2026-12-08 13:00-17:00",
            "office/availability.csv, row 2; Name: An; Only here: 2026-12-07 13:00-17:00 preferred",
        ),
        "table": (
            "_shared/rules.csv, row 3; Only here: mentor 2 5 2",
            "office/rules.csv, row 3; Only here: mentor 2 5 3",
        ),
    }


@pytest.mark.parametrize("case", CONFLICTS)
def test_decisions_are_read_in_the_words_that_they_are_written_in(teams: Path, case: str) -> None:
    """Headings, kinds, tables and decisions of any language, or as they were."""
    one, other, _ = CONFLICTS[case]
    team(teams, "a", *one)
    team(teams, "b", *other)
    made = decide(teams, "rename A7" if case == "an id for two people" else "both")
    table, told = teams.parent / "decisions.csv", {}

    for lang in ("en", "vi"):
        told[lang] = GatheredWords(made, lang).decisions()
        table.write_text("\ufeff" + told[lang], encoding="utf-8")
        assert gather(teams, decisions=table).clashes == made.clashes

    assert told["en"].startswith("What,First place,Second place,Decision,Conflict,Table,About,")
    assert told["vi"].startswith("Mâu thuẫn,Bên 1,Bên 2,Quyết định,Loại,Bảng,Mã,Tệp 1,Tệp 2\n")
    assert "both" in told["en"] or "rename to A7" in told["en"]
    assert ",cả hai," in told["vi"] or ",đổi mã thành A7," in told["vi"]


def test_a_table_from_another_encoding_is_told(teams: Path) -> None:
    """Its letters were broken by a spreadsheet program, or became question marks."""
    for name in ("Đội Mỹ Thới", "Đội Mỹ Thới (2)"):
        team(teams, name, f"A1,{name},00430,")
    table = teams.parent / "decisions.csv"
    decide(teams, "1")
    text = table.read_text(encoding="utf-8")

    broken = "".join(bytes([b]).decode("cp1252", "replace") for b in text.encode())
    table.write_text(broken.replace("\ufffd", "\x9d"), encoding="utf-8")
    (fault,) = refused(gather, teams, decisions=table)
    table.write_text(text.encode("latin-1", "replace").decode("latin-1"), encoding="utf-8")
    lost = gather(teams, decisions=table)

    assert (fault.code, fault.row) == ("wrong_encoding", 2)
    assert "“ộ” became “á»™”" in str(fault)
    console = Console(file=io.StringIO(), width=90)
    show_gathered(console, lost, "en")
    shown = console.file.getvalue()
    assert "that was found; it is kept.\n- 00430: ??i M? Th?i (2)/; ??i" in shown
    assert "letters were lost and became question marks" in shown
