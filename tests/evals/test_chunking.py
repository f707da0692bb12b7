"""The chunking evaluation: scores as the published code counts them, one index over all corpora, plain errors."""

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from corpus.errors import UsageError
from corpus.types import Span
from evals.chunking import PUBLISHED, register, summary
from evals.excerpts import Excerpts, Place, Question, Scores, load, scores
from ingest.settings import IngestSettings

QUESTION = Question("why?", "a", (Span(10, 20), Span(40, 60)))


def place(start: int, end: int, corpus: str = "a") -> Place:
    return Place(corpus, Span(start, end))


def scored(*retrieved: Place, others: tuple[Place, ...] = ()) -> Scores:
    return scores(QUESTION, retrieved, [*retrieved, *others])


def test_scores_are_shares_of_characters() -> None:
    got = scored(place(0, 20), place(50, 90))
    assert got.recall == 20 / 30
    assert got.precision == 20 / 60
    assert got.iou == 20 / (60 + 10)


def test_overlap_is_found_once_and_read_twice() -> None:
    got = scored(place(0, 20), place(10, 30))
    assert (got.recall, got.precision, got.iou) == (10 / 30, 10 / 40, 10 / 60)


def test_a_passage_of_another_corpus_costs_and_finds_nothing() -> None:
    assert scored(place(10, 20), place(0, 30, "b")) == Scores(10 / 30, 10 / 40, 10 / 30, 10 / 60)


def test_precision_omega_is_that_of_all_passages_that_touch_an_excerpt() -> None:
    # [60, 70) touches; the characters of an excerpt that no passage holds count against it.
    others = (place(0, 30), place(45, 60), place(60, 70), place(80, 90))
    assert scored(others=others).precision_omega == (10 + 15) / (30 + 15 + 10 + 5)


def test_nothing_found_scores_nothing() -> None:
    assert scored(place(70, 80)) == Scores(0, 0, 0, 0)


def test_a_passage_stands_where_its_text_first_occurs() -> None:
    excerpts = Excerpts((), {"a": "One. Two. One. Two. Three."})
    assert excerpts.place("a", "Two. Three.") == place(15, 25)
    assert excerpts.place("a", "One. Two.") == place(0, 8)


def test_the_summary_has_mean_and_deviation_in_percent() -> None:
    got = summary([Scores(1, 0.5, 0, 0), Scores(0, 0.5, 0, 0)])
    assert (got["recall"].mean, got["recall"].std) == (50, 50)
    assert (got["precision"].mean, got["precision"].std) == (50, 0)


TEXTS = {
    "trade": "Tariffs on cars rose to 25% in May. Japan protested.\n\nThe talks on autos stalled over rice.",
    "space": "The probe reached Jupiter after five years. Its camera failed.\n\nThe launch cost nine million dollars.",
}
ROWS = (
    ("Why did the talks on autos stall?", "trade", "The talks on autos stalled over rice."),
    ("How much did the launch cost?", "space", "The launch cost nine million dollars."),
)


def written(folder: Path, *, shift: int = 0) -> Path:
    (folder / "corpora").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "corpora" / f"{name}.md").write_text(text, "utf-8")
    with (folder / "questions_df.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["question", "references", "corpus_id"])
        for question, corpus, content in ROWS:
            start = TEXTS[corpus].index(content) + shift
            gold = [{"content": content, "start_index": start, "end_index": start + len(content)}]
            table.writerow([question, json.dumps(gold), corpus])
    return folder


def run(*arguments: object) -> str:
    evaluation = typer.Typer()
    evaluation.callback()(lambda: None)
    register(evaluation)
    settings = IngestSettings()
    done = CliRunner().invoke(evaluation, ["chunking", *map(str, arguments)], obj=lambda _: settings)
    assert done.exception is None, done.exception
    return done.stdout


def test_the_command_measures_each_size_beside_the_published_rows(tmp_path: Path) -> None:
    got = json.loads(run(written(tmp_path / "set"), "--max-chars", 100, "--max-chars", 1000, "--json"))
    assert [(row["max_chars"], row["passages"]) for row in got["rows"]] == [(100, 3), (1000, 2)]
    # Five are asked for and fewer are there: all are retrieved, so everything is found.
    assert got["rows"][0]["overall"]["recall"]["mean"] > 95
    assert set(got["rows"][0]["corpora"]) == {"trade", "space"}
    assert len(got["published"]["rows"]) == len(PUBLISHED) == 8


def test_the_table_shows_the_published_rows(tmp_path: Path) -> None:
    table = run(written(tmp_path / "set"))
    assert f"at most {IngestSettings().chunk.max_chars} characters" in table
    assert "published: Cluster 200" in table


def test_a_wrong_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"questions_df\.csv: it cannot be read"):
        load(tmp_path)
    with pytest.raises(UsageError, match="question 1: an excerpt is not in its corpus"):
        load(written(tmp_path / "shifted", shift=1))
    (written(tmp_path / "gone") / "corpora" / "space.md").unlink()
    with pytest.raises(UsageError, match=r"space\.md: it cannot be read"):
        load(tmp_path / "gone")


@pytest.mark.parametrize("row", ["why?,[],trade", "why?,nonsense,trade", 'why?,"[{}]",trade', "why?,[],../../trade"])
def test_a_wrong_question_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "questions_df.csv").write_text(f"question,references,corpus_id\n{row}\n", "utf-8")
    with pytest.raises(UsageError, match="question 1"):
        load(tmp_path)


def test_the_shared_evaluation_is_whole(shared: Path) -> None:
    excerpts = load(shared / "chunking_evaluation")
    assert len(excerpts.questions) == 472
    assert sum(len(question.excerpts) for question in excerpts.questions) == 790
