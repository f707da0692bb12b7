"""Measuring: gold is checked, scores are what the page says, a run is reported by type and overall."""

import json
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.types import Span
from evals.sets import Evidence, load
from evals.spans import Located, Texts, covered, overlaps

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "evals" / "sets" / "desk.jsonl"


def test_the_shipped_set_quotes_the_shipped_articles() -> None:
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "corpus" / "articles").glob("*.md")}
    rows = load(DESK)
    assert len(rows) >= 21
    for row in rows:
        for group in row.evidence:
            assert all(gold.quote in texts[gold.url] for gold in group), row.id


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("{", "not JSON"),
        ('{"id": "a"}', "question"),
        ('{"id": "a", "question": "b", "type": "c", "answerable": true}', "needs evidence"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, line: str, wanted: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"id": "x", "question": "y", "type": "z", "answerable": false}}\n{line}\n', "utf-8")
    with pytest.raises(UsageError, match=rf"{path}:2: .*{wanted}"):
        load(path)


def test_a_quote_is_located_whatever_its_white_space() -> None:
    texts = Texts({"https://a.example/x.html": "One.\n\nTwo three. Four."})
    assert texts.locate(Evidence(url="x.html", quote="One. Two three.")) == Located(
        "https://a.example/x.html", Span(0, 16)
    )
    assert texts.locate(Evidence(url="x.html", quote="Five.")) is None
    assert texts.locate(Evidence(url="y.html", quote="One.")) is None


def test_evidence_is_covered_by_parts_that_touch_and_not_by_others() -> None:
    target = Located("a", Span(10, 30))
    assert covered(target, [Located("a", Span(5, 20)), Located("a", Span(18, 40))])
    assert not covered(target, [Located("a", Span(5, 20)), Located("a", Span(21, 40))])
    assert not covered(target, [Located("b", Span(0, 99))])
    assert overlaps(target, Located("a", Span(20, 30)), 0.5)
    assert not overlaps(target, Located("a", Span(28, 48)), 0.5)


def test_a_run_over_shipped_articles_scores_and_writes_results(tmp_path, scratch, accord) -> None:
    wanted = ("desk-001", "desk-010", "desk-016", "desk-029")
    lines = [line for line in DESK.read_text("utf-8").splitlines() if json.loads(line)["id"] in wanted]
    (tmp_path / "set.jsonl").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "results.jsonl"
    done = accord("eval", "run", tmp_path / "set.jsonl", "--data-dir", scratch.store, "--out", out, "--json")
    metrics = done.json["metrics"]
    assert metrics["quotes_verbatim"]["overall"]["share"] == 1.0
    assert metrics["refusal_recall"]["overall"]["met"] == 1
    assert metrics["evidence_at_50"]["overall"]["counted"] == 3
    assert metrics["evidence_at_4"]["why"]["share"] >= 0.5
    results = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [result["id"] for result in results] == list(wanted)
    assert results[0]["answer"]["status"] == "answered"
    assert results[0]["scores"]["evidence_cited"] == 1.0


def test_articles_given_make_a_store_of_their_own(tmp_path, filled, accord) -> None:
    line = next(line for line in DESK.read_text("utf-8").splitlines() if '"desk-001"' in line)
    (tmp_path / "set.jsonl").write_text(line, "utf-8")
    done = accord("eval", "run", tmp_path / "set.jsonl", "--articles", filled.articles, "--data-dir", tmp_path / "no")
    assert done.code == 0
    assert "evidence_at_4" in done.out
    assert not (tmp_path / "no").exists()
    done = accord("eval", "run", tmp_path / "set.jsonl", "--articles", tmp_path / "missing.jsonl")
    assert done.code == 2
