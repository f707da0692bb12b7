"""The `accord` command: mounts the packages' commands and turns their errors into one line and an exit code."""

import io
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

import bot.commands
import corpus.commands
import evals.commands
import ingest.commands
from accord import settings
from accord.logs import configure
from corpus.errors import AccordError
from corpus.shell import printable

app = typer.Typer(
    name="accord",
    help="Ask your own articles about trade relations; every sentence of an answer shows its passage.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for package in (ingest, bot, corpus, evals):
    package.commands.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"accord {version('accord')}")
        raise typer.Exit


@app.callback()
def shell(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Ask your own articles about trade relations; every sentence of an answer shows its passage."""
    del show_version  # handled before anything else is read

    def load(data_dir: Path | None) -> settings.Settings:
        loaded = settings.load(data_dir=data_dir)
        configure(loaded.log_level)
        return loaded

    context.obj = load


def main() -> None:
    """Run the command line. Exit codes: see README.md."""
    # Read by libraries when they are first imported: no telemetry, no progress bars but ours, no forking trouble.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal's encoding cannot show is shown as "?" rather than ending the command.
            stream.reconfigure(errors="replace")
    try:
        app()
    except AccordError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("Interrupted. What was stored stays; run the same command again to go on from there.", 1)
    except OSError as error:
        _fail(f"{error.strerror or error}. Check the disk's space and what the output goes to.", 1)


def _fail(message: str, exit_code: int) -> None:
    sys.stderr.write(f"accord: {printable(' '.join(message.split()))}\n")
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
