"""A reader that knows the gold, follow-ups in full, answers checked by hand: what the metrics make of them."""

import json
from pathlib import Path

import pytest

from corpus.types import sha256
from evals import checked
from evals.lines import rows
from evals.perfect_reader import perfect_reader
from evals.sets import load

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "evals" / "sets"


def some(tmp_path: Path, name: str, *ids: str) -> Path:
    lines = [line for line in (SETS / name).read_text("utf-8").splitlines() if json.loads(line)["id"] in ids]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_perfect_reader_says_the_gold_answer_and_cites_its_evidence(tmp_path, scratch, accord) -> None:
    questions, out = some(tmp_path, "desk.jsonl", "desk-001", "desk-010"), tmp_path / "out.jsonl"
    done = accord("eval", "run", questions, "--data-dir", scratch.store, "--reader", "perfect", "--out", out, "--json")
    answers = [json.loads(line)["answer"] for line in out.read_text("utf-8").splitlines()]
    assert {answer["models"]["chat"] for answer in answers} == {"perfect-reader"}
    assert [one["support"] for answer in answers for one in answer["sentences"]].count("verified") >= 2
    assert done.json["metrics"]["evidence_any_cited"]["overall"]["met"] == 2
    assert done.json["timings_ms"]["p50"] > 0


def test_a_perfect_reader_has_no_answer_to_what_it_does_not_know() -> None:
    reader = perfect_reader(load(SETS / "desk.jsonl"))
    assert reader.invoke([("system", "x"), ("user", "\n\nQuestion: why is the sky blue?")]).text == "NO ANSWER"


def test_follow_ups_are_asked_in_full_as_well(tmp_path, scratch, accord) -> None:
    questions = some(tmp_path, "followups.jsonl", "follow-003", "follow-010")
    done = accord("eval", "run", questions, "--data-dir", scratch.store, "--json")
    metrics = done.json["metrics"]
    assert metrics["in_full_must_include"]["overall"]["counted"] == 2
    assert metrics["sentences_cited"]["overall"]["share"] == 1.0
    assert metrics["citation_precision"]["overall"] is None  # none of these was checked by hand


def test_every_follow_up_of_the_shipped_set_has_its_conversation_and_its_question_in_full() -> None:
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "corpus" / "articles").glob("*.md")}
    for row in load(SETS / "followups.jsonl"):
        assert row.history
        assert row.in_full
        assert all(gold.quote in texts[gold.url] for group in row.evidence for gold in group), row.id


def test_the_checked_answers_say_yes_or_no_of_each_quote() -> None:
    found = rows(checked.PATH, checked.Checked, "the checked answers")
    assert len({row.id for row in found}) == len(found) >= 60
    assert all(row.bears.isdisjoint(row.beside) and row.bears | row.beside for row in found)


def test_a_verdict_is_of_one_quote_of_one_answer(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "a", "bears": [sha256("One.")[:12]], "beside": [sha256("Two.")[:12]]}
    path = tmp_path / "checked.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    monkeypatch.setattr(checked, "PATH", path)
    checked._checked.cache_clear()
    try:
        assert [checked.verdict("a", quote) for quote in ("One.", "Two.", "Three.")] == [True, False, None]
        assert checked.verdict("a") is True
        assert checked.verdict("b") is checked.verdict("b", "One.") is None
    finally:
        checked._checked.cache_clear()
