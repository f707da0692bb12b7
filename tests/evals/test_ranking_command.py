"""`accord eval ranking` over small sets, with the models that ship."""

import gzip
import json
from pathlib import Path

import pytest
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from corpus.reranking.location import BUILTIN_WEIGHTS as WEIGHTS

ARTICLES = {
    "steel": "The ministry raised the duty on steel to 25 percent on Monday. Importers had asked for a delay until "
    "spring, but the minister said that the mills could not wait. Two mills have closed since last year.",
    "apples": "Apple growers of the valley sold a fifth more abroad this season. Cold nights kept the fruit firm. "
    "Most crates went by rail to the northern ports, where new cooling halls opened in August.",
    "rail": "The border crossing for trains stays shut until October. Workers replace eleven kilometres of track. "
    "Freight goes round by the coast road meanwhile, which takes a day longer.",
    "wine": "Wine makers lost their appeal against the new labelling rules. The court said that a shop cannot tell "
    "what is in a bottle. Labels have to name the region from July.",
}
ASKED = {
    "steel": ("What is the duty on steel now?", "The ministry raised the duty on steel to 25 percent on Monday."),
    "apples": (
        "How much more fruit was sold abroad?",
        "Apple growers of the valley sold a fifth more abroad this season.",
    ),
    "rail": ("How long is the border crossing shut?", "The border crossing for trains stays shut until October."),
}
NEVER_TOLD = ("Who won the chess tournament in Reykjavik?", "What does a kilo of saffron cost in Teheran?")
QUIZ = (
    (
        "20220101_1",
        "2022-01-01",
        "Which animal escaped from the zoo?",
        "A red panda escaped from the town's zoo at dawn.",
    ),
    ("20230101_1", "2023-01-01", "Who won the boat race?", "The crew of the northern college won the boat race again."),
    (
        "20240101_1",
        "2024-01-01",
        "What did the museum buy?",
        "The museum bought a clock that once stood in a lighthouse.",
    ),
    ("20240101_2", "2024-01-01", "What closed the airport?", "Fog closed the airport on the island for nine hours."),
)


def address(name: str) -> str:
    return f"https://paper.example/{name}"


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)


def question(name: str) -> dict[str, object]:
    text, quote = ASKED[name]
    evidence = [[{"url": address(name), "quote": quote}]]
    return {"id": name, "question": text, "type": "what", "answerable": True, "evidence": evidence}


@pytest.fixture
def trade(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    stated = {"outlet": "Paper", "published": "2025-05-01"}
    articles = [{"url": address(name), "title": name, "text": text, **stated} for name, text in ARTICLES.items()]
    write(folder / "trade_dev" / "articles.jsonl", articles)
    unanswerable = [
        {"id": f"never-{n}", "question": text, "type": "offtopic", "answerable": False}
        for n, text in enumerate(NEVER_TOLD)
    ]
    follow_up = {
        "id": "later",
        "question": "and since when?",
        "type": "followup",
        "answerable": True,
        "history": [{"question": ASKED["rail"][0], "answer": "Until October."}],
        "evidence": question("rail")["evidence"],
    }
    early = {**question("steel"), "id": "early", "as_of": "2025-04-30"}
    write(folder / "trade_dev" / "questions.jsonl", [*map(question, ASKED), follow_up, early, *unanswerable])
    return folder


@pytest.fixture
def data(trade: Path) -> Path:
    names = ("id", "date", "question", "evidence")
    write(trade / "realtimeqa_2022_2024.jsonl.gz", [dict(zip(names, row, strict=True)) for row in QUIZ])
    given = [{"title": name, "text": ARTICLES[name]} for name in ("steel", "apples", "rail")]
    there = [{"id": f"{n}", "input": ASKED[one["title"]][0], "passages": [one]} for n, one in enumerate(given)]
    absent = [{"id": f"1{n}", "input": NEVER_TOLD[n % 2], "passages": [one]} for n, one in enumerate(given)]
    write(trade / "clapnq" / "answerable.jsonl", there)
    write(trade / "clapnq" / "unanswerable.jsonl", absent)
    return trade


def test_every_set_that_is_there_is_measured(data: Path, accord) -> None:
    done = accord("eval", "ranking", data, "--json")
    assert done.code == 0, done.err
    trade, quiz = done.json["trade"], done.json["quiz"]
    assert (trade["questions"], trade["articles"]) == (7, 4)
    # The question of a day before the article was published finds nothing; the follow-up finds what it leans on.
    assert (trade["evidence_at_4"]["met"], trade["evidence_at_4"]["counted"]) == (4, 5)
    assert trade["first_hit_at_1"]["met"] == 4
    assert trade["first_hit_reciprocal_rank"]["value"] == pytest.approx(0.8)
    assert (quiz["questions"], quiz["not_stored"], quiz["articles"]) == (4, 0, 4)
    assert quiz["hits_at_1"]["met"] == 4
    assert (quiz["hits_at_10_2024"]["met"], quiz["hits_at_10_2024"]["counted"]) == (2, 2)
    assert done.json["ablation"] == {}


def test_what_is_missing_is_named_and_the_rest_measured(trade: Path, accord, tmp_path: Path) -> None:
    done = accord("eval", "ranking", trade)
    assert done.code == 0, done.err
    assert "evidence at 4" in done.out
    assert "left out: realtimeqa_2022_2024.jsonl.gz: it is not there" in done.out
    assert "left out: clapnq/answerable.jsonl: it is not there" in done.out
    done = accord("eval", "ranking", tmp_path / "nothing")
    assert done.code == 2
    assert "none of the measured sets" in done.err


def test_a_picture_that_cannot_be_written_is_said_at_once(trade: Path, accord, tmp_path: Path) -> None:
    done = accord("eval", "ranking", trade, "--plot", tmp_path / "missing" / "plot.svg")
    assert (done.code, done.out) == (2, "")
    assert "--plot" in done.err


def test_refusals_are_judged_on_every_set(data: Path, accord, tmp_path: Path) -> None:
    done = accord("eval", "ranking", data, "--json", "--sample", 3, "--plot", tmp_path / "plot.svg")
    assert done.code == 0, done.err
    trade, clapnq, quiz = (done.json[f"refusal_{name}"] for name in ("trade", "clapnq", "quiz"))
    assert (trade["unanswerable"], trade["folds"]) == (2, 5)
    assert (clapnq["questions"], clapnq["unanswerable"]) == (6, 3)
    assert clapnq["area_cosine"]["value"] == 1.0
    assert (quiz["questions"], quiz["unanswerable"]) == (6, 3)
    assert quiz["area_cosine"]["value"] > 0.5
    bins = done.json["reliability"]["bins"]
    assert sum(one["counted"] for one in bins) == sum(one["questions"] for one in (trade, clapnq, quiz))
    assert (tmp_path / "plot.svg").read_text("utf-8").startswith("<svg")


def test_a_year_is_ranked_by_weights_that_have_not_learnt_from_it(data: Path, accord, tmp_path: Path) -> None:
    """Weights that call the worst passage the best are used for their year, and for no other."""
    turned = {name: -tensor if name.startswith("score.") else tensor for name, tensor in load_file(WEIGHTS).items()}
    with safe_open(WEIGHTS, "numpy") as file:
        save_file(turned, tmp_path / "2024.safetensors", metadata=file.metadata())
    done = accord("eval", "ranking", data, "--json", "--folds", tmp_path)
    assert done.code == 0, done.err
    found = {name: figure["met"] for name, figure in done.json["quiz"].items() if name.startswith("hits_at_1_")}
    assert found == {"hits_at_1_2022": 1, "hits_at_1_2023": 1, "hits_at_1_2024": 0}


def test_folds_and_stores_that_hold_too_little_are_named(trade: Path, accord, filled, tmp_path: Path) -> None:
    done = accord("eval", "ranking", trade, "--folds", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"--folds {tmp_path}" in done.err
    done = accord("eval", "ranking", trade, "--store", filled.store)
    assert (done.code, done.out) == (2, "")
    assert f"--store {filled.store}" in done.err
