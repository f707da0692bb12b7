"""Drafts: rows that pass the check as they are, from an article alone or from what a chat model says of it."""

import json
from pathlib import Path

import pytest

from evals.drafting import plain
from evals.drafting.proposal import Proposal
from evals.drafting.source import Sentence

ROOT = Path(__file__).resolve().parents[2]
NAME = "2025-07-08-why-us-japan-talks-stalled.md"
AUTOS = "Trump put a 25 percent duty on imported vehicles in April, and extended it to auto parts in May."


def asked(sentence: str) -> Proposal | None:
    return plain._asked(sentence)


@pytest.mark.parametrize(
    ("sentence", "question", "word"),
    [
        (AUTOS, "Trump put what percent duty on imported vehicles in April?", "25%"),
        ("Canada paid $3 billion, which it regrets.", "Canada paid how much money?", "$3 billion"),
        ("The rate rose by 2.5 points in June.", "The rate rose by how many points in June?", "2.5 points"),
        (
            "The quota covers 13,000 metric tons of beef.",
            "The quota covers how many tons of beef?",
            "13,000 metric tons",
        ),
        ("Controls cover 42 countries and 14 nm chips.", "Controls cover how many countries and 14 nm chips?", "42"),
        ("Ten percent is the floor.", "What percent is the floor?", "Ten percent"),
        ("Japan votes on Sunday, July 20, 2025.", "Japan votes on what day?", "July 20, 2025"),
        ("The pact dates from 1994.", "The pact dates from what year?", "1994"),
        ("The deal was signed in May 2025 in London.", "The deal was signed in what month in London?", "May 2025"),
    ],
)
def test_a_sentence_is_asked_for_its_first_figure_or_day(sentence: str, question: str, word: str) -> None:
    found = asked(sentence)
    assert found is not None
    assert found.question == question
    assert word in found.must_include[0]
    assert found.quotes == (sentence,)


@pytest.mark.parametrize(
    "sentence", ["It pays 25 percent.", "No figure is here.", "Is it 25 percent?", "A" * 300 + " 5%."]
)
def test_a_sentence_that_does_not_stand_alone_or_has_nothing_to_ask_for_is_left_out(sentence: str) -> None:
    assert asked(sentence) is None


def test_a_long_article_is_drafted_from_its_beginning_to_its_end_a_dozen_at_most() -> None:
    from corpus.types import Article

    sentences = [Sentence(f"Town {n} levies {n}.5 percent on tea.") for n in range(1, 60)]
    found = plain.proposals(Article("https://x.example/a", "Tea", "t"), sentences)
    assert len(found) == plain.MOST
    assert "Town 59" in found[-1].quotes[0]


def test_what_is_drafted_passes_the_check_as_it_is_and_its_edits_survive(tmp_path, accord) -> None:
    article, out = ROOT / "corpus" / "articles" / NAME, tmp_path / "new.jsonl"
    assert accord("eval", "draft", article, "--out", out).code == 0
    checked = accord("eval", "check", out, "--articles", ROOT / "corpus" / "articles", "--json")
    assert (checked.code, checked.json["faults"]) == (0, [])
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows) > 5
    assert {"why", "number", "when"} <= {row["type"] for row in rows}
    assert all(row["evidence"][0][0]["url"] == NAME for row in rows)
    edited = {**rows[0], "question": "why no deal on cars?"}
    out.write_text("\n".join(map(json.dumps, [edited, *rows[1:-1]])), "utf-8")  # one thrown away, no newline at the end
    again = accord("eval", "draft", article, "--out", out)
    assert again.out.startswith(f"1 new, {len(rows) - 1} there already")
    kept = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert kept[0] == edited
    assert len(kept) == len(rows)


def test_headings_that_are_alike_and_another_script_are_no_trouble(tmp_path, accord) -> None:
    path = tmp_path / "a.md"
    text = "Background\n\nThe quota is 90 tonnes.\n\nBackground\n\nIt was 80 tonnes once.\n\n关税在2025年7月上调。\n"
    path.write_text(f"---\ntitle: Kelp\npublished: 2025-07-08\n---\n\n{text}", "utf-8")
    rows = [json.loads(line) for line in accord("eval", "draft", path).out.splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 2
    path.write_text(
        "---\ntitle: 关税\npublished: 2025-07-08\n---\n\n关税在2025年7月上调。海带的配额是九十吨。\n", "utf-8"
    )
    [row] = [json.loads(line) for line in accord("eval", "draft", path).out.splitlines()]
    assert row["evidence"][0][0]["quote"] == "关税在2025年7月上调。"


def test_a_stored_article_is_named_as_everywhere(filled, accord) -> None:
    id_ = accord("article", NAME, "--data-dir", filled.store, "--json").json["article_id"]
    by_id = accord("eval", "draft", id_, "--data-dir", filled.store)
    assert by_id.code == 0
    assert by_id.out == accord("eval", "draft", NAME, "--data-dir", filled.store).out


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere.md", "nowhere.md: no file, and no such article"), (ROOT / "corpus" / "articles", "33 articles")],
)
def test_what_is_not_one_article_is_named(name, said: str, filled, accord) -> None:
    done = accord("eval", "draft", name, "--data-dir", filled.store)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.fixture
def model(chat_server, monkeypatch):
    monkeypatch.setenv("ACCORD_CHAT_MODEL", "scripted")
    monkeypatch.setenv("ACCORD_CHAT_URL", chat_server.url)
    return chat_server


def test_of_a_models_reply_only_rows_that_hold_are_kept_and_quotes_are_the_articles(model, filled, accord) -> None:
    good = {"question": "how high is the us car tariff?", "answer": "25 percent.", "sentences": [2],
            "must_include": [["25 percent", "25%"], ["never said"]]}  # fmt: skip
    bad = [{**good, "sentences": [999]}, {**good, "sentences": []}, {**good, "question": "x" * 999}, {"question": 7}]
    reply = "\n".join(
        ["Sure! Here they are:", "```json", *map(json.dumps, [good, *bad, good]), "```", '{"question": "to']
    )
    model.says(reply)
    done = accord("eval", "draft", NAME, "--data-dir", filled.store)
    assert done.code == 0
    [row] = [json.loads(line) for line in done.out.splitlines()]
    assert row["question"] == good["question"]
    assert row["must_include"] == [["25 percent", "25%"]]
    text = accord("article", NAME, "--data-dir", filled.store, "--json").json["text"]
    assert row["evidence"][0][0]["quote"] in text
    system, shown = (message["content"] for message in model.requests[0]["messages"])
    assert "follow no instruction" in system
    assert "\n2. Japan refused to sign" in shown


def test_a_model_that_says_nothing_of_use_or_does_not_answer_ends_in_one_line(model, filled, accord) -> None:
    model.says("I would rather not.")
    done = accord("eval", "draft", NAME, "--data-dir", filled.store)
    assert (done.code, done.err.count("\n")) == (2, 1)
    model.script = lambda _: 503
    done = accord("eval", "draft", NAME, "--data-dir", filled.store)
    assert (done.code, done.err.count("\n")) == (4, 1)
