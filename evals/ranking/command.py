"""`accord eval ranking`: ranking and refusal on all measured sets, printed together."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, print_json, settings_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from evals.ranking.measured import Measured
    from evals.statistics.reliability import Bin


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval ranking`."""
    evaluation.command("ranking")(command)


def command(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DATA",
            help="Folder with trade_dev/, realtimeqa_2022_2024.jsonl.gz and clapnq/, as far as it has them.",
        ),
    ],
    sample: Annotated[
        int | None,
        typer.Option("--sample", min=1, metavar="N", help="Ask only N of the quiz questions, drawn with a fixed seed."),
    ] = None,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="Search again with each part of search left out.")
    ] = False,
    folds: Annotated[
        Path | None,
        typer.Option(
            "--folds",
            metavar="FOLDER",
            help="Rank a year's quiz questions with FOLDER/YEAR.safetensors, as `make train` leaves them.",
        ),
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", metavar="FOLDER", help="Time searches in this filled data directory.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.svg", help="Draw the probabilities' reliability here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure ranking and refusal: evidence found, quiz questions' own evidence, precision and recall of refusing."""
    from evals.ranking.data import load
    from evals.ranking.run import Wanted, measure

    data, settings = load(folder), settings_of(context, EvalSettings, None)
    if plot:
        _check_writable(plot)
    with tempfile.TemporaryDirectory(prefix="accord-eval-") as temporary:
        measured = measure(data, settings, Path(temporary), Wanted(sample, ablation, _weights(folds), store))
    if plot:
        _draw(plot, measured.reliability)
    _report(measured, as_json=as_json)


def _weights(folder: Path | None) -> dict[str, Path]:
    """The folder's weights by year. Raises UsageError when it has none."""
    if folder is None:
        return {}
    found = {path.stem: path for path in sorted(folder.glob("20??.safetensors"))}
    if not found:
        raise UsageError(f"--folds {folder}: it holds no YEAR.safetensors. Name the folder that training left.")
    return found


def _report(measured: Measured, *, as_json: bool) -> None:
    from evals.ranking.table import show

    if as_json:
        print_json(measured.document())
        return
    show(measured)


def _check_writable(path: Path) -> None:
    """Said before minutes of searching, not after."""
    if path.suffix != ".svg":
        raise UsageError(f"--plot {path}: what is drawn is an SVG picture. Name a file that ends in .svg.")
    if not path.parent.is_dir() or path.is_dir():
        raise UsageError(f"--plot {path}: it cannot be written. Name a file in a folder that is there.")


def _draw(path: Path, bins: list[Bin]) -> None:
    from evals.statistics.reliability_plot import svg

    if not bins:
        sys.stderr.write("accord: --plot: nothing was judged, so there is nothing to draw\n")
        return
    try:
        path.write_text(svg(bins), "utf-8")
    except OSError as error:
        raise UsageError(f"--plot {path}: it cannot be written ({error.strerror}).") from None
