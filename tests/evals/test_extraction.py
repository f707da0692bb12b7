"""The extraction score is the benchmark's own, and the shipped extractor is above its floor."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from corpus.errors import UsageError
from evals.extraction import EXTRACTORS, Overlap, interval, load, measured, overlap, quality, register

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Talks between the two harbour towns ended on Friday without an agreement on the price of ice."


def test_words_are_compared_in_fours() -> None:
    assert overlap("a b c d e", "a b c d e") == Overlap(1.0, 0.0, 0.0)
    assert overlap("a b c d e", "a b c d x") == Overlap(1 / 3, 1 / 3, 1 / 3)
    assert overlap("a b c d", "a b c d a b c d") == Overlap(1 / 5, 4 / 5, 0.0)
    assert overlap("a, b. C\nd", "a b C d!") == Overlap(1.0, 0.0, 0.0)
    assert overlap("A b c d", "a b c d") == Overlap(0.0, 0.5, 0.5)


def test_a_text_of_fewer_words_is_compared_whole() -> None:
    assert overlap("a b", "a b") == Overlap(1.0, 0.0, 0.0)
    assert overlap("a b", "a") == Overlap(0.0, 0.5, 0.5)
    assert overlap("", "") == Overlap(0.0, 0.0, 0.0)
    assert overlap("a b", "") == Overlap(0.0, 0.0, 1.0)


@given(st.text(), st.text())
def test_the_parts_are_shares_and_swapping_the_texts_swaps_faults(one: str, other: str) -> None:
    score, swapped = overlap(one, other), overlap(other, one)

    assert score.found + score.added + score.missed in (0.0, pytest.approx(1.0))
    assert (score.found, score.added, score.missed) == (swapped.found, swapped.missed, swapped.added)


def test_precision_and_recall_are_means_over_pages_and_f1_is_taken_over_these() -> None:
    pages = [Overlap(1.0, 0.0, 0.0), Overlap(0.5, 0.5, 0.0), Overlap(0.0, 0.0, 1.0)]

    found = quality(pages)

    assert found.precision == pytest.approx(0.75)  # nothing came from the third page, so it adds nothing
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))


def test_no_pages_and_no_text_score_nothing() -> None:
    assert quality([]).f1 == 0.0
    assert quality([Overlap(0.0, 0.0, 1.0)]).f1 == 0.0
    assert interval([]) == {}


def test_the_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    pages = [Overlap(n / 20, 1 - n / 20, 0.0) for n in range(20)]
    low, high = interval(pages)["precision"]

    assert low < quality(pages).precision < high
    assert interval(pages) == interval(pages)
    assert interval(pages[:1])["f1"] == (0.0, 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    paragraphs = "".join(f"<p>{BODY} It was day {n}.</p>" for n in range(5))
    html = f"<html><body><h1>Ice talks fail</h1><article>{paragraphs}</article><footer>©</footer></body></html>"
    body = " ".join(f"{BODY} It was day {n}." for n in range(5))
    (tmp_path / "one.html.gz").write_bytes(gzip.compress(html.encode()))
    truth = {"one": {"url": "https://gazette.example/ice", "articleBody": body}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), "utf-8")
    return tmp_path


def test_every_extractor_reads_every_page(folder: Path) -> None:
    document = measured(folder)

    assert document["pages"] == 1
    assert set(document["extractors"]) == set(EXTRACTORS) == {"accord", "trafilatura"}
    accord = document["extractors"]["accord"]
    assert (accord["f1"]["value"], accord["f1"]["low"], accord["f1"]["high"]) == (1.0, 1.0, 1.0)
    assert (accord["without_text"], document["skipped"]) == (0, [])


def run(*arguments: str) -> Any:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["extraction", *arguments])


def test_the_command_prints_a_table_or_json(folder: Path) -> None:
    table, document = run(str(folder)), run(str(folder), "--json")

    assert "accord" in table.stdout
    assert "1.000 to 1.000" in table.stdout
    assert json.loads(document.stdout)["extractors"]["trafilatura"]["recall"]["value"] > 0


@pytest.mark.parametrize(
    "truth", [None, "[]", "{", '{"one": 1}', '{"two": {"articleBody": "x"}}', '{"one": {"articleBody": 1}}']
)
def test_a_folder_that_is_no_set_is_refused(folder: Path, truth: str | None) -> None:
    if truth is None:
        (folder / "ground-truth.json").unlink()
    else:
        (folder / "ground-truth.json").write_text(truth)

    with pytest.raises(UsageError, match=str(folder)):
        list(load(folder))


@pytest.mark.slow
def test_the_floor_of_the_extraction_score(shared: Path) -> None:
    document = measured(shared / "extraction_dev")
    accord, plain = (document["extractors"][name]["f1"]["value"] for name in ("accord", "trafilatura"))

    assert document["pages"] == 90
    assert accord >= 0.97
    assert accord > plain
