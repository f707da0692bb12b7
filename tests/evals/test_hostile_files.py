"""Sets, results, manifests and floors that are broken or made to deceive: one line each, and nothing lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evals.results import Result, read
from evals.statistics.significance import differences
from evals.summary import by_outlet, summarised

DEEP = "[" * 100_000
HALF = r"\ud800"
ROW: dict[str, Any] = {
    "id": "a",
    "question": "why did talks stall on autos?",
    "type": "why",
    "answerable": True,
    "answer": "Neither government would give way on cars.",
    "must_include": [["cars"]],
    "evidence": [[{"url": "2025-07-08-why-us-japan-talks-stalled.md", "quote": "Seven rounds of negotiation"}]],
}
ABOUT = {"set": {"name": "set.jsonl", "questions": 1}, "corpus": {"articles": 4}, "models": {"reader": "settings"}}
FLOORS = "[set]\nmust_include = [{ floor = 0.5 }]\n"


def result(**changes: Any) -> dict[str, Any]:
    answer = {"question": "q?", "status": "answered", "text": "t", "as_of": None, "sentences": [], "citations": []}
    whole = {**answer, "notes": [], "probability": 0.5, "timings_ms": {"total": 1}}
    gold = {"answerable": True, "answer": "", "must_include": [], "evidence": [], "history": []}
    counts = {"must_include": [1, 1]}
    return {"id": "a", "type": "why", "answer": whole, "scores": {}, "counts": counts, "gold": gold, **changes}


def altered(**answer: Any) -> dict[str, Any]:
    return result(answer={**result()["answer"], **answer})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a set, its results, their manifest and floors."""
    (tmp_path / "set.jsonl").write_text(json.dumps(ROW) + "\n", "utf-8")
    (tmp_path / "out.jsonl").write_text(json.dumps(result()) + "\n", "utf-8")
    (tmp_path / "out.run.json").write_text(json.dumps(ABOUT), "utf-8")
    (tmp_path / "floors.toml").write_text(FLOORS, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (DEEP, "too deep"),
        (f'{{"id": {"9" * 5000}}}', "not JSON"),
        (json.dumps(ROW).replace("cars", HALF), "half a character"),
        (json.dumps({**ROW, "type": "a\x1b[31m"}), "type: "),
        (json.dumps({**ROW, "id": " a"}), "id: "),
        (json.dumps({**ROW, "evidence": [[]]}), "evidence.0: "),
        (json.dumps({**ROW, "evidence": [[{"url": "x", "quote": " "}]]}), "evidence.0.0.quote: "),
        (json.dumps({**ROW, "must_include": [["", "zzzz"]]}), "must_include.0.0: "),
        (json.dumps({**ROW, "answerable": "yes"}), "answerable: "),
    ],
    ids=["deep", "digits", "half", "escape", "space", "no-quotes", "blank-quote", "blank-word", "lax"],
)
def test_a_line_that_no_question_is_on_is_named_by_run_and_check(line: str, said: str, files, filled, accord) -> None:
    (files / "set.jsonl").write_text(line + "\n", "utf-8")
    for command in ("run", "check"):
        done = accord("eval", command, files / "set.jsonl", "--data-dir", filled.store)
        told = (done.err + done.out).splitlines()
        assert done.code == (2 if command == "run" else 1)
        assert any("set.jsonl:1: " in one and said in one for one in told)
        assert "Traceback" not in done.err


def test_a_misspelt_name_in_a_row_is_a_fault(files, filled, accord) -> None:
    (files / "set.jsonl").write_text(json.dumps({**ROW, "must_includ": [["x"]], "candidate": {}}), "utf-8")
    done = accord("eval", "check", files / "set.jsonl", "--data-dir", filled.store, "--json")
    assert [one["message"] for one in done.json["faults"]] == [
        "must_includ: there is no such name. Did you mean must_include?"
    ]


@pytest.mark.parametrize(
    "row",
    [
        result(counts={"must_include": [7, 1]}),
        result(counts={"must_include": [-7, -1]}),
        result(counts={"must_include": [1, float("nan")]}),
        altered(probability=-0.5),
        altered(probability="0.5"),
        altered(timings_ms={"total": -1e6}),
        altered(timings_ms={"total": "12"}),
        altered(text="\ud800"),
        altered(notes=[{}]),
        result(cited_by=[[[1]]]),
        result(found_at=[[1]]),
        [],
    ],
    ids=str,
)
@pytest.mark.parametrize("command", ["gate", "report", "compare", "label"])
def test_results_that_no_run_wrote_are_refused(row: Any, command: str, files, accord) -> None:
    out = files / "out.jsonl"
    out.write_text(json.dumps(row) + "\n", "utf-8")
    more = {"gate": ("--floors", files / "floors.toml"), "report": (files / "p.html",), "compare": (out,)}
    done = accord("eval", command, out, *more.get(command, ("--json",)))
    assert (done.code, done.out) == (2, "")
    assert "out.jsonl:1: " in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (None, "out.run.json is not there"),
        ({"set": []}, "out.run.json: set: "),
        ({**ABOUT, "set": {"name": 5, "questions": 1}}, "set.name"),
        ({**ABOUT, "set": {"name": "set.jsonl", "questions": 2}}, "it has 1 of the 2 questions"),
        ({**ABOUT, "set": {"name": "set.jsonl", "questions": "1"}}, "set.questions"),
        ({**ABOUT, "models": {"reader": "perfect"}}, "--reader perfect"),
    ],
    ids=["none", "list", "number", "half", "text", "perfect"],
)
def test_a_gate_is_not_passed_by_what_was_not_a_whole_run_of_accord(about, said: str, files, accord) -> None:
    gate = ("eval", "gate", files / "out.jsonl", "--floors", files / "floors.toml", "--set", "set")
    assert accord(*gate).code == 0
    (files / "out.run.json").unlink()
    if about is not None:
        (files / "out.run.json").write_text(json.dumps(about), "utf-8")
    done = accord(*gate)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert said in done.err


def test_one_easy_question_five_times_is_no_run(files, accord) -> None:
    (files / "out.jsonl").write_text((json.dumps(result()) + "\n") * 5, "utf-8")
    (files / "out.run.json").write_text(json.dumps({**ABOUT, "set": {"name": "set.jsonl", "questions": 5}}), "utf-8")
    done = accord("eval", "gate", files / "out.jsonl", "--floors", files / "floors.toml")
    assert done.code == 2
    assert "a occurs twice" in done.err


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000], ids=["deep", "digits"])
def test_floors_without_end_are_one_line(text: str, files, accord) -> None:
    (files / "floors.toml").write_text(text, "utf-8")
    done = accord("eval", "gate", files / "out.jsonl", "--floors", files / "floors.toml")
    assert (done.code, done.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "set.jsonl", "--out", "set.jsonl"),
        ("run", "set.jsonl", "--out", "notes.txt"),
        ("run", "set.jsonl", "--report", "set.jsonl"),
        ("run", "set.jsonl", "--out", "x.jsonl", "--report", "x.jsonl"),
        ("run", "set.jsonl", "--report", "p.html", "--baseline", "out.jsonl", "--out", "out.jsonl"),
        ("run", "set.jsonl", "--out", "n" * 300),
        ("run", "set.jsonl", "--out", "nowhere/x.jsonl"),
        ("run", "set.jsonl", "--out", "/dev/null"),
        ("run", "set.jsonl", "--out", "out"),
        ("run", "set.jsonl", "--out", ""),
        ("run", "set.jsonl", "--out", "circle.jsonl"),
        ("run", "set.jsonl", "--out", "dangling.jsonl"),
        ("run", "set.jsonl", "--report", "circle.html"),
        ("run", "set.jsonl", "--report", "out.run.json"),
        ("run", "set.jsonl", "--articles", "page.html", "--report", "page.html"),
        ("report", "out.jsonl", "out.labels.jsonl"),
        ("report", "out.jsonl", "out.jsonl"),
        ("draft", "2025-05-09-uk-deal-car-quota.md", "--out", "out.jsonl"),
        ("draft", "x" * 300),
    ],
    ids=lambda arguments: " ".join(one[:12] for one in arguments),
)
def test_nothing_is_written_over_what_is_read_or_something_else(arguments, files, filled, accord) -> None:
    (files / "notes.txt").write_text("my notes\n", "utf-8")
    (files / "page.html").write_text("<p>An article.</p>\n", "utf-8")
    for name, target in (("circle.jsonl", "circle.jsonl"), ("circle.html", "circle.html"), ("dangling.jsonl", "no/x")):
        (files / name).symlink_to(files / target)
    before = {path.name: path.read_bytes() for path in files.iterdir() if path.is_file()}
    data_dir = () if arguments[0] == "report" else ("--data-dir", filled.store)
    done = accord("eval", *arguments, *data_dir)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert {path.name: path.read_bytes() for path in files.iterdir() if path.is_file()} == before


def test_results_that_cannot_be_written_in_the_end_are_kept_for_the_next_try(files, filled, accord) -> None:
    """A folder takes the results' place while the questions are answered."""
    out = files / "new.jsonl"
    code = """
import sys
from pathlib import Path
import evals.running.run as running
asked = running._asked
def then(*arguments):
    yield from asked(*arguments)
    Path(sys.argv[-1]).mkdir()
running._asked = then
from accord.__main__ import main
main()
"""
    command = [sys.executable, "-c", code, "eval", "run", str(files / "set.jsonl"), "--data-dir", str(filled.store)]
    done = subprocess.run([*command, "--out", str(out)], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "new.jsonl: it is no file" in done.stderr
    out.rmdir()
    [kept] = (files / "new.jsonl.part").read_text("utf-8").splitlines()[1:]
    assert accord("eval", "run", files / "set.jsonl", "--data-dir", filled.store, "--out", out).code == 0
    assert [one.line() for one in read(out)] == [kept + "\n"]


def test_a_link_is_written_through_and_stays_one(files, filled, accord) -> None:
    (files / "elsewhere").mkdir()
    (files / "link.jsonl").symlink_to(files / "elsewhere" / "real.jsonl")
    done = accord("eval", "run", files / "set.jsonl", "--data-dir", filled.store, "--out", files / "link.jsonl")
    assert done.code == 0
    assert (files / "link.jsonl").is_symlink()
    assert len(read(files / "elsewhere" / "real.jsonl")) == 1


def test_an_outlet_called_overall_is_not_all_of_them() -> None:
    rows = [Result.model_validate(result(id=id_, outlets=outlets)) for id_, outlets in (("a", ["overall"]), ("b", []))]
    found = summarised(rows, by_outlet)["must_include"]
    assert {name: share and share.counted for name, share in found.items()} == {"overall": 2, "“overall”": 1}


def test_a_trial_that_counts_nothing_on_one_side_says_nothing() -> None:
    """Each run refuses one question, another one, rightly: no difference, and nothing to tell them apart by."""
    import numpy as np

    one, other = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    [found] = differences((one, one), (other, other))
    assert found is not None
    assert (found.value, found.p) == (0, 1)


def test_no_login_of_an_address_is_written_down(files, filled, accord, chat_server, monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_CHAT_MODEL", "m")
    monkeypatch.setenv("ACCORD_CHAT_URL", chat_server.url.replace("//", "//user:sesame@"))
    chat_server.says("NO ANSWER")
    out = files / "new.jsonl"
    assert accord("eval", "run", files / "set.jsonl", "--data-dir", filled.store, "--out", out).code == 0
    told = (files / "new.run.json").read_text("utf-8")
    assert "sesame" not in told
    assert '"chat_url": "http://**********"' in told
