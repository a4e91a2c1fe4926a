"""The open benchmark: the same bytes everywhere, and weeks that differ in one thing."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.family import instances
from benchmarks.family.best import read_best
from benchmarks.family.draw import Draw
from benchmarks.family.instances import (
    INSTANCES,
    REGISTER,
    SIZES,
    SUPPLY,
    Instance,
    digest,
    entry,
    instance_of,
    make,
    register,
    tables,
)
from benchmarks.family.needs import needs
from benchmarks.family.people import people
from benchmarks.family.places import places, stream
from shiftplan import Roster, check, read_week
from shiftplan.engines.highs import load
from shiftplan.solving.building import build

FOLDER = Path(instances.__file__).parent
SMALL = [name for name, instance in INSTANCES.items() if instance.centers <= 30]
LARGE = [name for name in INSTANCES if name not in SMALL]
MIDDLE = "balanced-full-h"
TINY = "c0001-balanced-full-h"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


# ---- the same everywhere


def test_the_stream_is_the_one_that_was_published():
    """First numbers of a stream, as written down when the family was published."""
    draw = Draw("family 1", 30, "places")

    assert [draw.below(1_000) for _ in range(6)] == FIRST
    assert stream("places", 30, 0).below(1_000) == FIRST[0]


FIRST = [807, 950, 875, 162, 437, 537]


@pytest.mark.parametrize("name", SMALL)
def test_small_instances_are_those_of_the_register(name):
    """Digest and size are what the register says."""
    assert entry(INSTANCES[name]) == register()[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_large_instances_are_those_of_the_register(name):
    """Digest and size are what the register says."""
    assert entry(INSTANCES[name]) == register()[name]


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="there is no sha256sum")
def test_the_digest_is_what_a_shell_says(root):
    """`sha256sum *.csv | sha256sum` gives the digest of the register."""
    folder = make(INSTANCES[TINY], root)

    said = subprocess.run(
        ["sh", "-c", "sha256sum *.csv | sha256sum"],
        cwd=folder,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split()[0] == register()[TINY]["digest"]


def test_the_generator_imports_nothing_that_could_differ():
    """Only whole numbers: of `math` isqrt alone, of `random` what Python promises to keep."""
    allowed = {"__future__", "collections", "csv", "dataclasses", "datetime", "functools"}
    allowed |= {"hashlib", "heapq", "math", "pathlib", "random", "re", "typing", "benchmarks"}
    for name in ("draw", "places", "needs", "people", "instances"):
        tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
        nodes = list(ast.walk(tree))
        whole = {
            n.module: {a.name for a in n.names} for n in nodes if isinstance(n, ast.ImportFrom)
        }
        plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
        assert {str(module).split(".")[0] for module in whole} | plain <= allowed, name
        assert whole.get("math", set()) <= {"isqrt"}
        assert whole.get("random", set()) <= {"Random"}
        assert not plain & {"math", "random"}
        # A path joined with / is no division; where numbers are made there are no paths.
        assert name == "instances" or not [n for n in nodes if isinstance(n, ast.Div)]
        floats = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, float)]
        assert not floats


def test_making_needs_nothing_but_python(tmp_path):
    """`list`, `make` and `digests` run without any package, and with other hashes of texts give
    the same bytes.
    """
    again = tmp_path / "instances.csv"
    code = (
        f"import sys; sys.path.insert(0, {str(FOLDER.parents[1])!r})\n"
        "from benchmarks.family import cli\n"
        "from benchmarks.family import instances\n"
        f"few = {{{TINY!r}: cli.INSTANCES[{TINY!r}]}}\n"
        "cli.INSTANCES = instances.INSTANCES = few\n"
        f"cli.main(['list', {TINY!r}])\n"
        f"cli.main(['make', '--root', {str(tmp_path)!r}])\n"
        f"cli.main(['digests', '--out', {str(again)!r}])\n"
    )
    command = [sys.executable, "-S", "-P", "-c", code]
    bare = {"PYTHONHASHSEED": "7"}

    done = subprocess.run(command, env=bare, check=True, capture_output=True, encoding="utf-8")

    files = {p.name: p.read_bytes() for p in (tmp_path / TINY).iterdir()}
    assert files == dict(tables(INSTANCES[TINY]))
    assert done.stdout.startswith(f"{TINY}: 1 centers, 13 volunteers")
    head, row, *_ = REGISTER.read_text(encoding="utf-8").splitlines()
    assert again.read_text(encoding="utf-8").splitlines() == [head, row]


def test_scoring_needs_nothing_but_python(tmp_path):
    """`check` and `submit` run without any package."""
    roster, best = tmp_path / "roster.csv", tmp_path / "best_known.csv"
    roster.write_text("shift_id,volunteer_id\n", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(FOLDER.parents[1])!r})\n"
        "from benchmarks.family import cli\n"
        f"roster, best, *root = [{str(roster)!r}, {str(best)!r}, '--root', {str(tmp_path)!r}]\n"
        f"assert cli.main(['check', roster, '--instance', {TINY!r}, *root]) == 0\n"
        "kept = ['--by', 'me', '--version', '1', '--table', best, *root]\n"
        f"assert cli.main(['submit', {TINY!r}, '--roster', roster, *kept]) == 0\n"
        "assert cli.main(['check', best, *root]) == 0\n"
    )

    subprocess.run([sys.executable, "-S", "-P", "-c", code], check=True)

    assert read_best(best)[TINY].cost is not None


def test_a_changed_folder_is_refused(tmp_path):
    """A folder whose bytes are not those of the register is named, not used."""
    folder = make(INSTANCES[TINY], tmp_path)
    with (folder / "rules.csv").open("a", encoding="utf-8") as file:
        file.write("surplus,2,1,\n")

    with pytest.raises(ValueError, match="is not the instance c0001"):
        make(INSTANCES[TINY], tmp_path)


def test_digest_depends_on_names_and_bytes():
    """Another name or another byte is another digest; the order of the files is not."""
    files = {"a.csv": b"1", "b.csv": b"2"}

    assert digest(files) == digest(dict(reversed(files.items())))
    assert (
        len({digest(files), digest({"a.csv": b"2", "b.csv": b"1"}), digest({"a.csv": b"1"})}) == 3
    )


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (
            "c0002-scarce-plain-s1",
            "ff107028ae44ffc33717df4d1cc190a6383938dab348d1f7f244994dcfadb24b",
        ),
        (
            "c0012-plenty-full-h-s20300107",
            "b31d9b97c04e1b08504e55c74cb0240f811b56383a9f14c542b533dc75574209",
        ),
    ],
)
def test_seeds_give_instances_that_stay_the_same(name, known, root):
    """Digests of two instances beyond the register, as written down when seeds were added."""
    instance = instance_of(name)

    assert instance.name == name
    assert digest(tables(instance)) == known
    assert make(instance, root) == make(instance, root)


def test_another_seed_is_another_province():
    """Places, requirements, people, windows and history differ; what is fixed stays."""
    first, second = (tables(instance_of(f"c0003-balanced-full-h-s{seed}")) for seed in (1, 2))

    same = {name for name in first if first[name] == second[name]}

    assert same == {"rules.csv", "shifts.csv", "skills.csv"}


@pytest.mark.parametrize(
    "name",
    [
        "",
        "c0002-balanced-full-h",
        "c0030-balanced-full-h-s0",
        "c0030-balanced-full-h-s01",
        "c0000-balanced-full-h-s1",
        "c1001-balanced-full-h-s1",
        "c0030-many-full-h-s1",
        "c0030-balanced-full-h-s\N{ARABIC-INDIC DIGIT ONE}",
        "../c0030-balanced-full-h-s1",
    ],
)
def test_names_of_no_instance_are_refused(name):
    """Sizes beside the register need a seed; every instance has one name."""
    with pytest.raises(ValueError, match="no instance"):
        instance_of(name)


# ---- what the instances are


def test_names_tell_what_an_instance_is():
    """35 instances, five of each size."""
    assert list(INSTANCES) == list(register())
    assert len(INSTANCES) == 5 * len(SIZES) == 35
    assert INSTANCES["c0030-scarce-full-h"] == Instance(30, "scarce", "full", history=True)
    assert INSTANCES["c0300-balanced-full"] == Instance(300, "balanced", "full", history=False)


PEOPLE = {"volunteers.csv", "availability.csv", "history.csv"}


@pytest.mark.parametrize("size", [1, 10])
@pytest.mark.parametrize(
    ("variant", "files"),
    [
        ("scarce-full-h", PEOPLE),
        ("plenty-full-h", PEOPLE),
        ("balanced-full", {"history.csv"}),
        ("balanced-plain-h", {"rules.csv"}),
    ],
)
def test_each_variant_differs_in_one_thing(size, variant, files):
    """People, history or rules are others; only the name of the week tells it too."""
    middle, other = (tables(INSTANCES[f"c{size:04d}-{v}"]) for v in (MIDDLE, variant))

    differ = {name for name in middle | other if middle.get(name) != other.get(name)}

    assert differ == files | {"horizon.csv"}


@pytest.mark.parametrize("name", SMALL)
def test_files_are_read_without_faults(name, root):
    """`read_week` takes each folder, finds the sizes in it, and nobody working is allowed."""
    problem = read_week(make(INSTANCES[name], root))

    row = register()[name]
    found = (problem.centers, problem.volunteers, problem.shifts, problem.requirements)
    sizes = [int(row[key]) for key in ("centers", "volunteers", "shifts", "requirements")]
    assert [len(part) for part in found] == sizes
    assert len(problem.availability) == int(row["windows"])
    assert bool(problem.history) == name.endswith("-h")
    assert len(problem.active_rules) >= (15 if "full" in name else 8)
    assert check(problem, Roster()).is_feasible


@pytest.mark.parametrize("size", [1, 10])
def test_more_people_are_the_same_people_and_others(size):
    """Rows of a scarce week are the first ones of a balanced week, and so on."""
    few, some, many = (
        {
            name: content.decode().splitlines()
            for name, content in tables(INSTANCES[f"c{size:04d}-{supply}-full-h"]).items()
        }
        for supply in SUPPLY
    )
    for name in ("volunteers.csv", "availability.csv", "history.csv"):
        assert few[name] == some[name][: len(few[name])]
        assert some[name] == many[name][: len(some[name])]
        assert len(few[name]) < len(some[name]) < len(many[name])


@pytest.mark.parametrize("size", [1, 3, 10])
def test_fewer_people_leave_more_unfilled(size, root):
    """The relaxed cost of empty seats, with all hard rules, falls from scarce to plenty."""
    bounds = [relaxed_coverage(root, f"c{size:04d}-{s}-full-h") for s in SUPPLY]

    assert bounds[0] > bounds[1] > bounds[2] >= 0


def relaxed_coverage(root: Path, name: str) -> float:
    problem = read_week(make(INSTANCES[name], root))
    rules = tuple(r for r in problem.rules if r.level == "hard" or r.rule == "coverage")
    solver = load(build(problem.model_copy(update={"rules": rules})).program(), whole=False, seed=0)
    solver.run()
    return float(solver.getObjectiveValue())


def test_supply_is_about_what_the_page_says():
    """Shifts that people can work, for 100 seats: about 80, 115 and 176 from ten centers on."""
    for row in register().values():
        if int(row["centers"]) >= 10:
            percent = 100 * int(row["offered"]) / int(row["seats"])
            least, most = {9: (75, 85), 13: (110, 120), 20: (170, 180)}[
                int(row["volunteers"]) // int(row["centers"])
            ]
            assert least <= percent <= most, row["instance"]


def test_the_province_has_all_kinds_of_places():
    """Wards, communes, islands, a border and two languages; islanders stay on their island."""
    there = places(100, 0)

    assert {p.kind for p in there} == {"ward", "commune", "island"}
    assert {p.language for p in there} == {"", "lang_a", "lang_b"}
    assert 5 <= sum(p.border for p in there) <= 25
    assert all(p.north < -25_000 for p in there if p.kind == "island")
    assert {p.reach for p in people(100, 1_300, 0) if p.home.kind == "island"} == {0}
    assert {p.home.center_id for p in people(100, 900, 0)} == {p.center_id for p in there}
    assert all(
        n.target <= 18 and 1 <= n.minimum <= n.target for s in needs(100, 0) for n in s.needs
    )
