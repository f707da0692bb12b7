"""A run: the same lines twice, gone on with after a kill, checked, reported and held against floors."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evals.outcomes import RANK, RIGHT, outcome
from evals.results import read, untimed

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "evals" / "sets" / "desk.jsonl"
SOME = ("desk-001", "desk-010", "desk-029")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    lines = [line for line in DESK.read_text("utf-8").splitlines() if json.loads(line)["id"] in SOME]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_run_that_was_broken_off_goes_on_and_ends_in_the_same_file(tmp_path, questions, scratch, accord) -> None:
    out = tmp_path / "out.jsonl"
    run = ("eval", "run", questions, "--data-dir", scratch.store, "--out", out)
    assert accord(*run).code == 0
    whole = read(out)
    about = json.loads((tmp_path / "out.run.json").read_text("utf-8"))
    # As a kill leaves it: one whole line, which says so of itself, and a torn one.
    marked = whole[0].model_copy(update={"answer": {**whole[0].answer, "timings_ms": {"total": 123_456}}})
    head = json.dumps({"fingerprint": about["fingerprint"]}) + "\n"
    (tmp_path / "out.jsonl.part").write_text(head + marked.line() + whole[1].line()[:50], "utf-8")
    assert accord(*run).code == 0
    again = read(out)
    assert [untimed(one) for one in again] == [untimed(one) for one in whole]
    assert again[0].answer["timings_ms"] == {"total": 123_456}  # it was not asked again
    assert not (tmp_path / "out.jsonl.part").exists()


def test_a_run_killed_with_9_and_started_again_ends_in_the_file_of_one_that_was_not(tmp_path, filled, accord) -> None:
    questions = tmp_path / "set.jsonl"
    questions.write_text("\n".join(DESK.read_text("utf-8").splitlines()[:8]), "utf-8")
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    run = ("eval", "run", questions, "--data-dir", filled.store, "--out")
    assert accord(*run, whole).code == 0
    part = tmp_path / "out.jsonl.part"
    command = [sys.executable, "-m", "accord", *map(str, run), str(out)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        ends = time.monotonic() + 60
        while not part.exists() or part.read_text("utf-8").count("\n") < 3:
            assert process.poll() is None
            assert time.monotonic() < ends
        process.kill()
    kept = [json.loads(line) for line in part.read_text("utf-8").split("\n")[1:-1]]
    assert 2 <= len(kept) < 8
    assert not out.exists()
    assert accord(*run, out).code == 0
    assert [untimed(one) for one in read(out)] == [untimed(one) for one in read(whole)]
    times = {one.id: one.answer["timings_ms"] for one in read(out)}
    assert all(times[one["id"]] == one["answer"]["timings_ms"] for one in kept)  # they were not asked again
    assert not part.exists()


def test_a_comparison_says_what_was_not_the_same(tmp_path, questions, filled, accord, monkeypatch) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    run = ("eval", "run", questions, "--data-dir", filled.store, "--out")
    assert accord(*run, one).code == 0
    monkeypatch.setenv("ACCORD_ANSWER__MAX_SENTENCES", "1")
    assert accord(*run, other).code == 0
    done = accord("eval", "compare", one, other, "--json")
    assert done.json["changes"] == {"settings.answer.max_sentences": [6, 1]}
    assert "settings.answer.max_sentences: 6 -> 1" in accord("eval", "compare", one, other).out


def test_a_run_says_what_went_wrong_and_where_it_is_written(tmp_path, questions, filled, accord) -> None:
    questions.write_text("\n".join(DESK.read_text("utf-8").splitlines()[:4]), "utf-8")
    done = accord("eval", "run", questions, "--data-dir", filled.store, "--out", tmp_path / "out.jsonl")
    lines = done.out.splitlines()
    assert lines[-1] == f"results: {tmp_path / 'out.jsonl'}"
    found = {one.id: outcome(one) for one in read(tmp_path / "out.jsonl")}
    wrong = [id_ for id_, what in found.items() if RANK[what] < RANK[RIGHT]]
    assert wrong
    assert all(any(line.startswith(f"  {found[id_]}: {id_}: ") for line in lines) for id_ in wrong)


def test_results_and_report_say_where_evidence_was_found_and_whether_it_was_cited(
    tmp_path, questions, filled, accord
) -> None:
    out, page = tmp_path / "out.jsonl", tmp_path / "page.html"
    run = ("eval", "run", questions, "--data-dir", filled.store, "--out", out, "--report", page)
    assert accord(*run).code == 0
    stored = {path.name for path in filled.articles.iterdir()}
    for one in read(out):
        found = [[rank is not None for rank in group] for group in one.found_at]
        assert found == [[gold.url in stored for gold in group] for group in one.gold.evidence]
    html = page.read_text("utf-8")
    assert "found at rank 1, cited" in html
    assert "not found, not cited" in html


def test_a_part_of_another_run_is_not_gone_on_with(tmp_path, questions, scratch, accord) -> None:
    out = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.part").write_text('{"fingerprint": "of another"}\n', "utf-8")
    assert accord("eval", "run", questions, "--data-dir", scratch.store, "--out", out).code == 0
    assert len(read(out)) == len(SOME)


def test_a_report_needs_nothing_from_elsewhere_and_escapes_what_others_wrote(
    tmp_path, questions, scratch, accord
) -> None:
    out, page = tmp_path / "out.jsonl", tmp_path / "page.html"
    assert accord("eval", "run", questions, "--data-dir", scratch.store, "--out", out).code == 0
    out.write_text(out.read_text("utf-8").replace("why did talks stall", "<script>alert(1)</script> talks"), "utf-8")
    assert accord("eval", "report", out, page, "--baseline", out).code == 0
    html = page.read_text("utf-8")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "default-src 'none'" in html
    assert "gave the same answers" in html


def test_a_gate_fails_below_a_floor_and_names_it(tmp_path, questions, scratch, accord) -> None:
    out, floors = tmp_path / "out.jsonl", tmp_path / "floors.toml"
    assert accord("eval", "run", questions, "--data-dir", scratch.store, "--out", out).code == 0
    floors.write_text("[set]\nquotes_verbatim = [{ floor = 1 }]\n", "utf-8")
    assert accord("eval", "gate", out, "--floors", floors).code == 0
    floors.write_text("[set]\nrefusal_recall = [{ floor = 0.5 }]\ntoken_f1 = [{ floor = 1 }]\n", "utf-8")
    done = accord("eval", "gate", out, "--floors", floors)
    assert (done.code, "token_f1" in done.out.splitlines()[-1]) == (1, True)


@pytest.mark.parametrize("name", ["desk", "followups"])
def test_the_shipped_sets_are_right_for_the_shipped_articles(name: str, accord) -> None:
    done = accord("eval", "check", DESK.with_stem(name), "--articles", ROOT / "corpus" / "articles", "--json")
    assert (done.code, done.json["faults"], done.json["stale"]) == (0, [], {})


def test_a_check_names_each_fault_with_its_line(tmp_path, scratch, accord) -> None:
    row = json.loads(next(line for line in DESK.read_text("utf-8").splitlines() if '"desk-001"' in line))
    wrong = {**row, "id": "b", "question": "other?", "evidence": [[{**row["evidence"][0][0], "quote": "Never said."}]]}
    path = tmp_path / "s.jsonl"
    path.write_text(
        "\n".join(["{", json.dumps(row), json.dumps({**row, "question": "x?"}), json.dumps(wrong)]), "utf-8"
    )
    done = accord("eval", "check", path, "--data-dir", scratch.store)
    assert done.code == 1
    for wanted in (":1: not JSON", ":3: desk-001: the id is that of line 2", ":4: b: evidence.0.0: "):
        assert wanted in done.out


def test_a_changed_article_makes_its_questions_stale(tmp_path, questions, accord) -> None:
    questions.write_text(questions.read_text("utf-8").split("\n")[0], "utf-8")
    check = ("eval", "check", questions, "--articles", ROOT / "corpus" / "articles")
    assert accord(*check, "--update").code == 0
    known = tmp_path / "set.articles.json"
    urls = json.loads(known.read_text("utf-8"))
    known.write_text(json.dumps(dict.fromkeys(urls, "another")), "utf-8")
    done = accord(*check, "--json")
    assert (done.code, list(done.json["stale"])) == (1, ["desk-001"])
