"""Labelling on a real terminal: a key a verdict, kept at once, gone on with, and compared with the metrics."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from evals.labelling import labels
from evals.labelling.agreement import agreement
from evals.labelling.card import card
from evals.report.questions import question
from evals.results import Result

IDS = ("a", "b", "c")
PATIENCE_S = 60


def line(id_: str, *, said: str = "Talks stalled over cars.", right: bool = True) -> dict[str, object]:
    scores = {"must_include": int(right), "evidence_cited": int(right), "evidence_any_cited": int(right)}
    answer = {
        "question": f"question {id_}?",
        "status": "answered",
        "text": said,
        "sentences": [{"text": said, "citations": []}],
        "citations": [],
        "notes": [],
        "as_of": None,
        "timings_ms": {"total": 1},
    }
    gold = {"answerable": True, "answer": "gold", "must_include": [], "evidence": [], "history": []}
    return {"id": id_, "type": "why", "answer": answer, "scores": scores, "counts": {}, "gold": gold}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "run.jsonl"
    path.write_text("".join(json.dumps(line(id_)) + "\n" for id_ in IDS), "utf-8")
    return path


class Terminal:
    """`accord eval label` on a terminal of its own."""

    def __init__(self, *arguments: object) -> None:
        self._own, theirs = pty.openpty()
        command = [sys.executable, "-m", "accord", "eval", "label", *map(str, arguments)]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "90", "LINES": "24"}
        self._process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        self._said = ""

    def until(self, wanted: str) -> str:
        """What came up to these words, seen for the first time."""
        ends = time.monotonic() + PATIENCE_S
        while wanted not in self._said:
            assert time.monotonic() < ends, f"{wanted!r} is not in {self._said!r}"
            if select.select([self._own], [], [], 1)[0]:
                self._said += self._read()
        before, _, self._said = self._said.partition(wanted)
        return before

    def press(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def ended(self) -> int:
        ends = time.monotonic() + PATIENCE_S
        while self._process.poll() is None:  # it waits for somebody who reads what it says
            assert time.monotonic() < ends
            if select.select([self._own], [], [], 0.1)[0]:
                self._read()
        return self._process.returncode

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._own)

    def _read(self) -> str:
        try:
            found = os.read(self._own, 65536).decode("utf-8", "replace")
        except OSError:  # the other side is closed
            found = ""
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", found)


@pytest.fixture
def label() -> Iterator[Callable[[Path], Terminal]]:
    """Opens a terminal with the command in it; what a test leaves open is closed."""
    with ExitStack() as opened:
        yield lambda results: opened.enter_context(closing(Terminal(results)))


def test_a_key_is_a_verdict_that_is_kept_at_once_and_can_be_gone_back_on(results, label, accord) -> None:
    opened = label(results)
    opened.until("question a?")
    opened.press("r")
    opened.until("question b?")
    kept = labels.path_of(results)
    assert [json.loads(one)["verdict"] for one in kept.read_text("utf-8").splitlines()] == ["right"]
    opened.press("w")
    opened.until("question c?")
    opened.press("b")
    opened.until("judged wrong")
    opened.press("p")
    opened.until("question c?")
    opened.press("q")
    opened.until("2 of 3 labelled: 1 right, 1 partly, 0 wrong")
    assert opened.ended() == 0
    opened = label(results)
    opened.until("3 of 3")  # where it was left
    opened.press("x\x1b[Aw")  # the first means nothing
    opened.until("3 of 3 labelled: 1 right, 1 partly, 1 wrong")
    assert opened.ended() == 0
    done = accord("eval", "label", results, "--json")
    assert done.json["metrics"]["agree"] == 1


def test_what_the_metrics_say_is_shown_only_after_the_verdict(results) -> None:
    row = line("a")
    row["gold"] = {**row["gold"], "must_include": [["cars"], ["rice"]]}  # type: ignore[dict-item] # JSON

    def shown(*, judged: bool) -> str:
        console = Console(width=90, record=True, file=StringIO())
        console.print(card(question(Result.model_validate(row), None), judged=judged))
        return console.export_text()

    assert "✓ says cars" in shown(judged=True)
    assert "✗ says rice" in shown(judged=True)
    assert not {"✓", "✗"} & set(shown(judged=False))


def test_two_cannot_label_at_once(results, label) -> None:
    first = label(results)
    first.until("q quit")
    second = label(results)
    second.until("somebody else is labelling these results")
    assert second.ended() == 3
    first.press("rq")
    assert first.ended() == 0


def test_a_verdict_is_on_an_answer_and_another_answer_has_none(results) -> None:
    first, second = Result.model_validate(line("a")), Result.model_validate(line("a", said="Over rice."))
    labels.write(labels.path_of(results), {("a", "x"): labels.label(first, "wrong")})
    known = labels.read(labels.path_of(results))
    assert labels.of([first], known) == {"a": "wrong"}
    assert labels.of([second], known) == {}


def test_agreement_is_counted_against_the_outcomes_and_the_judge() -> None:
    found = [Result.model_validate(line(id_, right=id_ != "c")) for id_ in IDS]
    judged = found[0].model_copy(update={"scores": {**found[0].scores, "judged_right": 0.0}})
    said = agreement([judged, *found[1:]], {"a": "right", "b": "right", "c": "right"})
    assert (said["metrics"]["agree"], said["metrics"]["of"]) == (2, 3)
    assert (said["judge"]["agree"], said["judge"]["of"]) == (0, 1)
    assert said["metrics"]["kappa"] == 0


def test_what_an_answer_says_cannot_steer_the_terminal(results, label) -> None:
    row = line("a", said="calm \x1b]0;owned\x07 [bold]words[/bold]")
    results.write_text(json.dumps(row) + "\n", "utf-8")
    opened = label(results)
    shown = opened.until("q quit")
    assert "\x07" not in shown
    assert "[bold]words[/bold]" in shown
    opened.press("q")
    assert opened.ended() == 0


def test_a_long_answer_is_scrolled(results, label) -> None:
    results.write_text(json.dumps(line("a", said="First. " + "Then more. " * 300 + "Last.")) + "\n", "utf-8")
    opened = label(results)
    assert "Last." not in opened.until("↓ ")
    opened.press(" " * 20)
    opened.until("Last.")
    opened.press("q")
    assert opened.ended() == 0


def test_without_a_terminal_it_says_so_and_a_broken_file_is_named_with_its_line(
    results, accord, accord_process
) -> None:
    done = accord_process("eval", "label", results)
    assert (done.code, done.err.count("\n")) == (2, 1)
    labels.path_of(results).write_text('{"id": "a"}\n', "utf-8")
    done = accord("eval", "label", results, "--json")
    assert done.code == 2
    assert "run.labels.jsonl:1: answer" in done.err


def test_a_report_shows_what_a_person_said(results, tmp_path, accord) -> None:
    labels.write(labels.path_of(results), {("a", "x"): labels.label(Result.model_validate(line("a")), "partly")})
    assert accord("eval", "report", results, tmp_path / "page.html").code == 0
    assert "judged partly by a person" in (tmp_path / "page.html").read_text("utf-8")
