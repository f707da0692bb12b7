"""`accord eval report`: the page of a run that was made before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.running.command import Baseline


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval report`."""
    evaluation.command("report")(command)


def command(
    results: Annotated[Path, typer.Argument(metavar="RESULTS.jsonl", help="Results of a run.")],
    report: Annotated[Path, typer.Argument(metavar="REPORT.html", help="The page to write.")],
    baseline: Baseline = None,
) -> None:
    """Write a page about a run, with its figures, plots, labels, and every answer beside its gold."""
    from evals import about
    from evals.files import check_apart, check_ends, check_writable
    from evals.labelling import labels
    from evals.report.page import write_page
    from evals.results import read

    check_ends(report, ".html")
    check_apart({"the results": results, "the baseline": baseline}, {"the report": report})
    check_writable(report)
    found = read(results)
    said = labels.of(found, labels.read(labels.path_of(results)))
    write_page(report, found, about.read(results) or {}, read(baseline) if baseline else [], said)
    typer.echo(f"{report}: {len(found)} questions")
