"""Sweeps: the grid, the fifth that is held out, and the command over a real store."""

import json
from pathlib import Path

import pytest

from corpus.errors import UsageError
from evals.sets import Row
from evals.settings import EvalSettings
from evals.sweeping import applied, distinct, grid, parted

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "evals" / "sets" / "desk.jsonl"
FEW = {"desk-001", "desk-003", "desk-010", "desk-029", "desk-031", "desk-002"}


def rows(count: int, type_: str = "why") -> list[Row]:
    return [Row(id=f"{type_}-{n}", question="?", type=type_, answerable=False) for n in range(count)]


def test_every_combination_is_tried_once() -> None:
    assert grid(["a.b=1,2,2", "c=x"]) == [{"a.b": "1", "c": "x"}, {"a.b": "2", "c": "x"}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["retrieval.top_k"], "write it as"),
        (["retrieval.top_k="], "write it as"),
        (["a=1", "a=2"], "twice"),
        ([f"a={','.join(map(str, range(300)))}"], "300 combinations"),
    ],
)
def test_what_is_no_grid_is_named(options: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        grid(options)


def test_settings_are_checked_as_those_of_the_environment_are() -> None:
    assert applied(EvalSettings(), {"retrieval.top_k": "4"}).retrieval.top_k == 4
    assert applied(EvalSettings(), {"reranker": "none"}).reranker == "none"
    for setup, said in (
        ({"retrieval.top_kk": "4"}, "no such setting"),
        ({"retrieval": "4"}, "no such setting"),
        ({"retrieval.top_k": "0"}, r"retrieval\.top_k=0: Input should be greater"),
    ):
        with pytest.raises(UsageError, match=said):
            applied(EvalSettings(), setup)


def test_the_settings_as_they_are_come_first_and_no_others_twice() -> None:
    assert distinct(EvalSettings(), grid(["retrieval.top_k=4,10,4"])) == [{}, {"retrieval.top_k": "4"}]
    assert distinct(EvalSettings(), grid(["answer.floor=0.5,0.50"])) == [{}, {"answer.floor": "0.5"}]


def test_a_fifth_is_held_out_of_each_type_whatever_the_order_of_the_set() -> None:
    whole = [*rows(20), *rows(10, "who")]
    choosing, held_out = parted(whole)
    assert (len(choosing), len(held_out)) == (24, 6)
    assert sum(row.type == "who" for row in held_out) == 2
    assert parted(reversed(whole)) == (choosing, held_out)


def test_the_best_of_a_sweep_is_held_against_the_settings_as_they_are(tmp_path, filled, accord) -> None:
    lines = [line for line in DESK.read_text("utf-8").splitlines() if json.loads(line)["id"] in FEW]
    questions = tmp_path / "set.jsonl"
    questions.write_text("\n".join(lines), "utf-8")
    sweep = ("eval", "sweep", questions, "--data-dir", filled.store)
    found = accord(*sweep, "--set", "answer.max_sentences=1", "--by", "cited_passages_precision", "--json").json
    assert [one["settings"] for one in found["tried"]] == [{}, {"answer.max_sentences": "1"}]  # what is, is tried too
    said = [one["metrics"]["sentences_cited"]["counted"] for one in found["tried"]]
    assert said[0] > said[1]  # the setting reached what answers
    assert (found["chosen_on"], found["held_out"]["questions"]) == (5, 1)
    assert found["held_out"]["comparison"]["questions"] == 1


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--set", "retrieval.top_k=4", "--by", "beauty"), "--by beauty: there is no such figure"),
        (("--set", "chunk.max_chars=500"), "Name the articles with --articles"),
        (("--set", "retrieval.top_k=-1"), "retrieval.top_k=-1"),
        (("--set", "data_dir=a,b"), "data_dir: it changes no answer of a run"),
        (("--set", "retrieval.rerank_deadline_ms=10"), "it changes no answer of a run"),
        (("--set", "retrieval.top_k=4", "--by", "judged_right"), "no judge is named"),
    ],
)
def test_a_sweep_that_cannot_be_is_one_line(option, said: str, filled, accord) -> None:
    done = accord("eval", "sweep", DESK, "--data-dir", filled.store, *option)
    assert done.code == 2
    assert said in done.err.splitlines()[-1]
