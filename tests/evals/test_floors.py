"""Floors: a lower one needs a reason, and what was committed once stays."""

import subprocess
from pathlib import Path

import pytest

from corpus.errors import UsageError
from evals.floors import held, read
from evals.statistics.shares import share

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path, text: str) -> Path:
    path = folder / "floors.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[desk]\nmust_include = [{ floor = 0.8 }, { floor = 0.7 }]", r"desk\.must_include: lowered from 0\.8 to 0\.7"),
        ("[desk]\ndangling_markers = [{ floor = 0.0 }, { floor = 0.1 }]", "lowered from 0 to 0.1 without a reason"),
        ("[desk]\nmust_inclued = [{ floor = 0.8 }]", "must_inclued: there is no such figure"),
        ("[desk]\nmust_include = []", "it has no floor"),
        ("[desk]\nmust_include = [{ floor = 8 }]", r"desk\.must_include\.0\.floor"),
        ("[desk", "not TOML"),
        ("[desk]", "desk: it has no floors"),
    ],
    ids=["lowered", "raised-where-less-is-better", "no-such-figure", "empty", "out-of-range", "not-toml", "none"],
)
def test_wrong_floors_are_named(tmp_path: Path, text: str, wanted: str) -> None:
    with pytest.raises(UsageError, match=wanted):
        read(written(tmp_path, text))


def test_a_reason_lowers_a_floor_and_the_newest_counts(tmp_path: Path) -> None:
    floors = read(written(tmp_path, '[s]\nmust_include = [{ floor = 0.8 }, { floor = 0.7, reason = "new questions" }]'))
    one, none = (held(floors["s"], {"must_include": value})[0] for value in (share(7, 10), None))
    assert (one.floor, one.met, none.met) == (0.7, True, False)
    assert not held(floors["s"], {"must_include": share(69, 100)})[0].met


def test_a_committed_floor_cannot_be_written_over_not_even_by_a_commit(tmp_path: Path) -> None:
    def git(*command: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        subprocess.run(["git", "-C", str(tmp_path), *who, *command], check=True, capture_output=True)

    path = written(tmp_path, "[s]\nmust_include = [{ floor = 0.8 }]\n")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "floors"]):
        git(*command)
    assert read(path)["s"]["must_include"][0].floor == 0.8
    for name in ("s]\nmust_include", "s]\ntoken_f1", "t]\nmust_include"):
        written(tmp_path, f"[{name} = [{{ floor = 0.7 }}]\n")
        with pytest.raises(UsageError, match=r"s\.must_include: what was committed has been changed"):
            read(path)
        git("commit", "-qam", "lower")
        with pytest.raises(UsageError, match=r"s\.must_include: what was committed has been changed"):
            read(path)
        git("reset", "-q", "--hard", "HEAD~1")


def test_a_floor_that_a_branch_raised_outlives_a_merge_and_two_branches_may_each_add_one(tmp_path: Path) -> None:
    def git(*command: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        subprocess.run(["git", "-C", str(tmp_path), *who, *command], check=True, capture_output=True)

    base = "{ floor = 0.5 }"
    for name, entries in (("main", base), ("one", f"{base}, {{ floor = 0.6 }}"), ("two", f"{base}, {{ floor = 0.7 }}")):
        if name == "main":
            git("init", "-q", "-b", "main")
        else:
            git("checkout", "-q", "-b", name, "main")
        written(tmp_path, f"[s]\nmust_include = [{entries}]\n")
        git("add", ".")
        git("commit", "-qm", name)
    git("checkout", "-q", "main")
    git("merge", "-q", "-s", "ours", "--no-edit", "one", "two")
    with pytest.raises(UsageError, match="what was committed has been changed"):
        read(tmp_path / "floors.toml")
    path = written(tmp_path, f"[s]\nmust_include = [{base}, {{ floor = 0.6 }}, {{ floor = 0.7 }}]\n")
    assert read(path)["s"]["must_include"][-1].floor == 0.7


def test_the_floors_of_the_shipped_sets_are_right() -> None:
    assert set(read(ROOT / "evals" / "floors.toml")) == {"desk", "followups"}
