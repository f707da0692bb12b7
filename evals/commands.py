"""`accord eval`: the commands of all its parts."""

import typer

from evals import check_command, chunking, compare, extraction, from_feedback, gate, stories, sweep
from evals.claims import command as claims
from evals.drafting import command as draft
from evals.labelling import command as label
from evals.ranking import command as ranking
from evals.report import command as report
from evals.running import command as running

PARTS = (
    running,
    check_command,
    compare,
    gate,
    report,
    sweep,
    extraction,
    chunking,
    stories,
    ranking,
    claims,
    from_feedback,
    draft,
    label,
)


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    evaluation = typer.Typer(
        no_args_is_help=True, help="Measure answers against a set of questions with known evidence."
    )
    for part in PARTS:
        part.register(evaluation)
    app.add_typer(evaluation, name="eval")
