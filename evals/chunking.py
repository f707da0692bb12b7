"""How well passages are cut: recall, precision and IoU of what the best five hold of the excerpts that answer.

The evaluation of Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval" (Chroma Technical Report,
2024): 472 questions over five corpora, whose excerpts are known to the character. The passages of all corpora
stand in one index; for each question the five nearest by cosine are taken, whichever corpus they are from.
Lengths are characters. The nearest are found exactly, where the report asked an approximate index.

    accord eval chunking DIR [--max-chars N]... [--json]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, pstdev
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.shell import AsJson, DataDir, print_json, settings_of
from evals.excerpts import Excerpts, Scores, load, scores
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from corpus.embedding.embedder import Embedder

TOP = 5
METRICS = ("recall", "precision", "precision_omega", "iou")
SOURCE = "https://research.trychroma.com/evaluating-chunking"


@dataclass(frozen=True, slots=True)
class Published:
    """A row of the report's table for all-MiniLM-L6-v2; sizes in cl100k tokens, scores in percent."""

    chunker: str
    recall: float
    precision: float
    precision_omega: float
    iou: float


PUBLISHED = (
    Published("Recursive 250, overlap 125", 78.7, 4.9, 21.9, 4.9),
    Published("TokenText 250, overlap 125", 82.4, 3.6, 11.4, 3.5),
    Published("Recursive 250", 78.5, 5.4, 26.7, 5.4),
    Published("TokenText 250", 77.1, 3.3, 16.4, 3.3),
    Published("Recursive 200", 75.7, 6.5, 31.2, 6.5),
    Published("TokenText 200", 76.6, 4.1, 19.1, 4.1),
    Published("Cluster 250", 77.3, 6.1, 28.6, 6.0),
    Published("Cluster 200", 75.2, 7.2, 33.6, 7.2),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation over questions, in percent."""

    mean: float
    std: float


Summary = Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class Row:
    """What passages of one size scored: by metric, overall and by corpus."""

    max_chars: int
    passages: int
    mean_chars: float
    overall: Summary
    corpora: Mapping[str, Summary]


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval chunking`."""
    evaluation.command("chunking")(command)


def command(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder with questions_df.csv and corpora/*.md of the evaluation.")
    ],
    max_chars: Annotated[
        list[int] | None,
        typer.Option(
            "--max-chars",
            min=100,
            max=4000,
            help="Most characters in a passage; several give a row each [default: the setting].",
        ),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Cut, embed and search the corpora of the chunking evaluation, beside the published scores."""
    from corpus.opening import open_embedder

    settings = settings_of(context, IngestSettings, data_dir)
    excerpts = load(folder)
    embedder = open_embedder(settings)
    rows = []
    for size in max_chars or [settings.chunk.max_chars]:
        sys.stderr.write(f"accord: passages of at most {size} characters\n")
        rows.append(measured(excerpts, embedder, size))
    if as_json:
        print_json(document(excerpts, embedder, rows))
    else:
        _show(excerpts, rows)


def measured(excerpts: Excerpts, embedder: Embedder, max_chars: int) -> Row:
    """The scores of passages of at most `max_chars` characters."""
    from ingest.chunk import chunk

    cut = {
        corpus: [
            text[span.start : span.end] for span in chunk(text, max_chars, embedder.max_tokens, embedder.count_tokens)
        ]
        for corpus, text in excerpts.corpora.items()
    }
    passages = [(corpus, passage) for corpus, texts in cut.items() for passage in texts]
    places = [excerpts.place(corpus, passage) for corpus, passage in passages]
    nearest = _nearest(embedder, [question.text for question in excerpts.questions], [text for _, text in passages])
    scored = [
        (question.corpus, scores(question, [places[number] for number in best], places))
        for question, best in zip(excerpts.questions, nearest, strict=True)
    ]
    return Row(
        max_chars,
        len(passages),
        round(sum(len(text) for _, text in passages) / len(passages), 1),
        summary(score for _, score in scored),
        {name: summary(score for corpus, score in scored if corpus == name) for name in excerpts.corpora},
    )


def summary(scored: Iterable[Scores]) -> Summary:
    """Mean and standard deviation of each metric, in percent."""
    collected = list(scored)
    values = {metric: [100 * getattr(score, metric) for score in collected] for metric in METRICS}
    return {metric: Spread(round(mean(one), 2), round(pstdev(one), 2)) for metric, one in values.items()}


def document(excerpts: Excerpts, embedder: Embedder, rows: Sequence[Row]) -> dict[str, Any]:
    """What `--json` prints: the rows, and the published ones beside them."""
    return {
        "questions": len(excerpts.questions),
        "top": TOP,
        "model": embedder.fingerprint,
        "rows": [asdict(row) for row in rows],
        "published": {"source": SOURCE, "model": "all-MiniLM-L6-v2", "rows": [asdict(row) for row in PUBLISHED]},
    }


def _nearest(embedder: Embedder, questions: Sequence[str], passages: Sequence[str]) -> list[list[int]]:
    """The numbers of the nearest passages of each question, best first."""
    import numpy as np

    known = {text: number for number, text in enumerate(sorted(set(passages), key=lambda text: (len(text), text)))}
    vectors = embedder.vectors(list(known))[[known[text] for text in passages]]
    order = np.argsort(-(embedder.vectors(questions) @ vectors.T), axis=1, kind="stable")
    return [[int(number) for number in row[:TOP]] for row in order]


def _show(excerpts: Excerpts, rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    title = f"{len(excerpts.questions)} questions, the {TOP} nearest passages, percent: mean ± standard deviation"
    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in ("passages", "recall", "prec.", "prec. Ω", "IoU"):
        # The figures are never cut: what a narrow terminal has too little room for is the first column's words.
        words = column == "passages"
        table.add_column(column, justify="left" if words else "right", no_wrap=not words)
    for row in rows:
        table.add_row(f"at most {row.max_chars} characters", *_cells(row.overall))
        for corpus, scored in row.corpora.items():
            table.add_row(f"  {corpus}", *_cells(scored))
    table.add_section()
    for one in PUBLISHED:
        cells = (f"{getattr(one, metric):.1f}       " for metric in METRICS)
        table.add_row(f"published: {one.chunker}", *cells)
    Console(highlight=False).print(table)


def _cells(scored: Summary) -> tuple[str, ...]:
    return tuple(f"{scored[metric].mean:.1f} ± {scored[metric].std:4.1f}" for metric in METRICS)
