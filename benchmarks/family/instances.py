"""The instances: their names, their folders and their digests.

Name -> `Instance` -> `tables` -> `make` -> a folder that `shiftplan.read_week` reads.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from benchmarks.family.needs import SESSIONS, needs
from benchmarks.family.people import HISTORY_WEEKS, history, people, windows
from benchmarks.family.places import places

SIZES = (1, 3, 10, 30, 100, 300, 1_000)
"""Numbers of centers."""
SUPPLY = {"scarce": 9, "balanced": 13, "plenty": 20}
"""Supply -> volunteers for each center."""
VARIANTS = (
    "balanced-full-h",
    "scarce-full-h",
    "plenty-full-h",
    "balanced-full",
    "balanced-plain-h",
)
"""The middle one, and those that differ from it in one thing."""
REGISTER = Path(__file__).with_name("instances.csv")
"""Digest and size of every instance."""
MONDAY = dt.date(2030, 1, 7)

_PLAIN = (
    "coverage,1,100,",
    "max_shifts,hard,,",
    "max_distance,hard,,",
    "capacity,hard,,",
    "one_place,hard,,",
    "fairness,2,50,",
    "wish,2,10,",
    "travel,2,1,",
)
_FULL = (
    *_PLAIN,
    "one_center_per_day,hard,,",
    "max_centers,hard,,2",
    "max_consecutive_days,hard,,4",
    "mentor,hard,,2",
    "min_shifts,2,40,",
    "continuity,2,10,",
    "full_day,2,5,",
)
RULES = {"plain": _PLAIN, "full": _FULL}
"""Name of a set of rules -> rows of rules.csv."""
_SKILLS = (
    "guide,Guiding visitors,tech,3",
    "account,Accounts of citizens,tech,4",
    "portal,Filing online,tech,4",
    "lang_a,Language A,language,1",
    "lang_b,Language B,language,1",
)
Tables = Mapping[str, bytes]
"""Name of a file -> its content."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One invented week."""

    centers: int
    supply: str
    rules: str
    history: bool
    seed: int = 0
    """Another number is another province; 0 for those of the register."""

    @property
    def name(self) -> str:
        """Such as c0030-scarce-full-h, or c0030-scarce-full-h-s7 with a seed."""
        parts = [f"c{self.centers:04d}", self.supply, self.rules, *("h" * self.history)]
        return "-".join(parts + [f"s{self.seed}"] * bool(self.seed))

    @property
    def volunteers(self) -> int:
        """Number of volunteers."""
        return SUPPLY[self.supply] * self.centers


def _instance(size: int, variant: str) -> Instance:
    supply, rules, *more = variant.split("-")
    return Instance(size, supply, rules, bool(more))


INSTANCES: Mapping[str, Instance] = {
    made.name: made for made in (_instance(size, v) for size in SIZES for v in VARIANTS)
}
"""Name -> instance, smallest first."""


_SEEDED = re.compile(
    rf"c(\d{{4}})-({'|'.join(SUPPLY)})-({'|'.join(RULES)})(-h)?-s([1-9]\d{{0,8}})", re.ASCII
)


def instance_of(name: str) -> Instance:
    """The instance of a name: one of the register, or any size and variant with a seed.

    Raises
    ------
    ValueError
        No instance has that name.

    """
    if name in INSTANCES:
        return INSTANCES[name]
    found = _SEEDED.fullmatch(name)
    if found is None or not 1 <= int(found[1]) <= SIZES[-1]:
        raise ValueError(
            f"no instance {name!r}; `python -m benchmarks.family list` has all names, and "
            "benchmarks/family/README.md says how to name others"
        )
    return Instance(int(found[1]), found[2], found[3], bool(found[4]), int(found[5]))


def stricter(name: str) -> str:
    """The instance with the same places, people and history, and all rules.

    Its rosters are allowed with the plain rules too, where they cost no more: a bound for these
    holds for it.
    """
    return name.replace("-plain", "-full")


def tables(instance: Instance) -> Tables:
    """Files of an instance."""
    number, count, seed = instance.centers, instance.volunteers, instance.seed
    made = {
        "horizon": _table("name,start,days,zone", [f"{instance.name},{MONDAY},7,UTC"]),
        "centers": _centers(number, seed),
        "skills": _table("skill_id,name,kind,max_level", _SKILLS),
        "volunteers": _volunteers(number, count, seed),
        "availability": _table(
            "volunteer_id,date,start,end,state",
            (
                f"{person.volunteer_id},{_when(day, session)},{state}"
                for person, day, session, state in windows(number, count, seed)
            ),
        ),
        "shifts": _table(
            "shift_id,center_id,date,start,end",
            (f"{s.shift_id},{s.center_id},{_when(s.day, s.session)}" for s in needs(number, seed)),
        ),
        "requirements": _table(
            "shift_id,skill_id,min_level,minimum,target",
            (
                f"{s.shift_id},{n.skill_id},{n.min_level or ''},{n.minimum},{n.target}"
                for s in needs(number, seed)
                for n in s.needs
            ),
        ),
        "rules": _table("rule,level,weight,value", RULES[instance.rules]),
    }
    if instance.history:
        made["history"] = _history(number, count, seed)
    return {f"{name}.csv": content for name, content in sorted(made.items())}


def digest(files: Tables) -> str:
    """SHA-256 of the list of files, as `sha256sum *.csv | sha256sum` prints it in the folder."""
    lines = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return sha256("".join(lines).encode()).hexdigest()


def make(instance: Instance, root: Path) -> Path:
    """Write an instance below a folder, unless it is there, and check its digest.

    Returns
    -------
    Path
        The folder of the instance.

    Raises
    ------
    ValueError
        The folder has other files than the register says, or than are made with this seed.

    """
    folder = root / instance.name
    if not folder.exists():
        folder.mkdir(parents=True)
        for name, content in tables(instance).items():
            (folder / name).write_bytes(content)
    found = digest({path.name: path.read_bytes() for path in folder.glob("*.csv")})
    row = register().get(instance.name)
    if found != (row["digest"] if row else digest(tables(instance))):
        raise ValueError(
            f"{folder} is not the instance {instance.name}: its digest is {found}.\n"
            "Maybe it was changed, or not written to its end; remove it and make it again."
        )
    return folder


def register(file: Path = REGISTER) -> Mapping[str, Mapping[str, str]]:
    """Name of an instance -> its row of the register."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["instance"]: row for row in csv.DictReader(lines)}


def entry(instance: Instance) -> dict[str, str]:
    """The row of the register that an instance should have."""
    about = instance.centers, instance.volunteers, instance.seed
    shifts = needs(instance.centers, instance.seed)
    offered: dict[str, int] = {}
    for person, *_ in windows(*about):
        offered[person.volunteer_id] = offered.get(person.volunteer_id, 0) + 1
    able = (min(p.max_shifts, offered.get(p.volunteer_id, 0)) for p in people(*about))
    return {
        "instance": instance.name,
        "digest": digest(tables(instance)),
        "centers": str(instance.centers),
        "volunteers": str(instance.volunteers),
        "shifts": str(len(shifts)),
        "requirements": str(sum(len(s.needs) for s in shifts)),
        "windows": str(len(windows(*about))),
        "seats": str(sum(s.needs[0].target for s in shifts)),
        "offered": str(sum(able)),
    }


def write_register(file: Path) -> None:
    """Write the register anew; whatever it says differently makes another family."""
    rows = [entry(instance) for instance in INSTANCES.values()]
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _table(head: str, rows: Iterable[str]) -> bytes:
    """Content of a file; no cell has a comma, a quote or a letter beyond ASCII."""
    return "\n".join([head, *rows, ""]).encode("ascii")


def _when(day: int, session: int) -> str:
    """Cells of date, start and end."""
    _, start, end, _ = SESSIONS[session]
    return f"{MONDAY + dt.timedelta(day)},{start:02d}:00,{end:02d}:00"


def _centers(number: int, seed: int) -> bytes:
    head = "center_id,name,type,lat,lon,population,minority_area,remote_area,priority,capacity"
    return _table(
        f"{head},groups",
        (
            f"{p.center_id},{p.kind.capitalize()} {i},{p.kind},{p.latitude},{p.longitude},"
            f"{p.population},{int(bool(p.language))},{int(p.remote)},{p.priority},{p.capacity},"
            f"{p.groups}"
            for i, p in enumerate(places(number, seed), start=1)
        ),
    )


def _volunteers(number: int, count: int, seed: int) -> bytes:
    return _table(
        "volunteer_id,home_center_id,group,skill.guide,skill.account,skill.portal,skill.lang_a,"
        "skill.lang_b,max_shifts,min_shifts,max_distance_km,show_rate",
        (
            f"{p.volunteer_id},{p.home.center_id},{p.kind.name},{p.guide},{p.account},{p.portal},"
            f"{p.languages[0]},{p.languages[1]},{p.max_shifts},{int(p.max_shifts > 1)},{p.reach},"
            f"0.{p.show_rate:02d}"
            for p in people(number, count, seed)
        ),
    )


def _history(number: int, count: int, seed: int) -> bytes:
    return _table(
        "volunteer_id,weeks,shifts_offered,shifts_worked,undesired_worked,last_worked",
        (
            f"{p.volunteer_id},{HISTORY_WEEKS},{offered},{worked},{undesired},"
            f"{MONDAY - dt.timedelta(days) if days else ''}"
            for p, offered, worked, undesired, days in history(number, count, seed)
        ),
    )
