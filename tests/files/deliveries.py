"""What teams deliver in tests: folders of small tables beside the tables that all share."""

from __future__ import annotations

from pathlib import Path

from files.weeks import TINY, write_texts

from shiftplan.files.gathering import Gathered, decisions_text, gather

PEOPLE = "volunteer_id,name,home_center_id,phone\n"
TIMES = "volunteer_id,date,start,end,state\n"
SHARED = {t: text for t, text in TINY.items() if t not in ("volunteers", "availability")}
SHARED["rules"] = SHARED["rules"].replace("mentor,hard,,", "mentor,2,5,")


CONFLICTS = {
    "a person in two teams, all the same": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A3,Chi,00431,", "A1,An,00430,"),
        "person_twice A1: a/volunteers.csv:2 | b/volunteers.csv:4",
    ),
    "a person in two teams, another home": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A1,An,00431,"),
        "person_twice A1: a/volunteers.csv:2 | b/volunteers.csv:3",
    ),
    "an id for two people": (
        ("A1,An,00430,",),
        ("A1,Bình,00431,",),
        "same_id A1: a/volunteers.csv:2 | b/volunteers.csv:2",
    ),
    "a name and phone under two ids": (
        ("A1,Lê An,00430,0912 345 678",),
        ("A2,lê  an,00431,+84 912345678",),
        "two_ids A1, A2: a/volunteers.csv:2 | b/volunteers.csv:2",
    ),
    "a name and home under two ids": (
        ("A1,An,00430,",),
        ("A2,Bình,00431,", "A3,Chi,00431,", "A9,An,00430,"),
        "two_ids A1, A9: a/volunteers.csv:2 | b/volunteers.csv:4",
    ),
    "a name and birthday under two ids": (
        ("A1,An,00430,,7/12/1990",),
        ("A2,An,00431,,1990-12-07",),
        "two_ids A1, A2: a/volunteers.csv:2 | b/volunteers.csv:2",
    ),
    "a name and phone under two ids in one file": (
        ("A1,An,00430,0912345678,1/2/1990", "A2,An,00431,0912345678", "A4,Chi,00430,"),
        ("A3,Bình,00431,",),
        "two_ids A1, A2: a/volunteers.csv:2 | a/volunteers.csv:3",
    ),
    "two files of a team": (
        ("A1,An,00430,",),
        ("A2,Bình,00430,",),
        "versions 00430: a/: | b/:",
    ),
}


def give(place: Path, name: str, **tables: str) -> Path:
    """Let a team deliver a folder of tables."""
    folder = place / name
    folder.mkdir(parents=True, exist_ok=True)
    return write_texts(folder, tables)


def team(place: Path, name: str, *people: str, times: str = "", **tables: str) -> Path:
    """Let a team deliver people, some perhaps with a birthday, and when they can come."""
    header = PEOPLE.replace("phone", "phone,Ngày sinh")
    rows = "".join(person + "," * (4 - person.count(",")) + "\n" for person in people)
    return give(place, name, volunteers=header + rows, availability=TIMES + times, **tables)


def told(gathered: Gathered) -> list[str]:
    """Conflicts as `kind about: first | second`, with rows; what was decided behind."""
    return [
        f"{c.kind} {', '.join(c.about)}: "
        + " | ".join(f"{side.file}:{side.row or ''}" for side in c.sides)
        + (f" -> {c.decision}" if c.decision else "")
        for c in gathered.clashes
    ]


def decide(teams: Path, decision: str, number: int = 0) -> Gathered:
    """Fill in the decision of a conflict, and gather again."""
    table = teams.parent / "decisions.csv"
    before = gather(teams, decisions=table if table.exists() else None)
    text = decisions_text(before.clashes, before.gone, lambda clash: ("", "", ""))
    lines = text.splitlines()
    cells = lines[number + 1].split(",")
    cells[3] = decision
    lines[number + 1] = ",".join(cells)
    table.write_text("\n".join(lines), encoding="utf-8")
    return gather(teams, decisions=table)
