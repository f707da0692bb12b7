"""What the commands of all packages share: the options, the settings, and how results are printed.

Kept free of anything slow to import: `accord --help` goes through here.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from corpus.errors import UsageError
from corpus.settings import CorpusSettings

S = TypeVar("S", bound=CorpusSettings)
LoadSettings = Callable[[Path | None], CorpusSettings]

MAX_QUESTION = 4_000

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", help="Folder of the store [default: $ACCORD_DATA_DIR or .accord]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Only articles published on or before DATE (2025-07-08)."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only articles published on or after DATE (2025-07-08)."),
]
Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet.")]
Question = Annotated[str, typer.Argument(metavar="QUESTION", help="What you want to know, in your own words.")]


def settings_of(context: typer.Context, kind: type[S], data_dir: Path | None) -> S:
    """The settings that a command needs, with the command line's data directory."""
    load: LoadSettings = context.obj
    settings = load(data_dir)
    if not isinstance(settings, kind):
        raise TypeError(f"the settings of the command line are not {kind.__name__}")
    return settings


def checked_question(question: str) -> str:
    """The question without surrounding space. Raises UsageError when it is empty or far too long."""
    text = " ".join(question.split())
    if not text:
        raise UsageError("The question is empty. Ask something, for example: why did talks stall on autos?")
    if len(text) > MAX_QUESTION:
        raise UsageError(f"The question has {len(text)} characters; at most {MAX_QUESTION} are read. Shorten it.")
    return text


def checked_day(value: str | None, option: str) -> str | None:
    """An ISO day, or None when none was given. Raises UsageError for anything else."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{option} {value}: not a date. Write it as 2025-07-08.") from None


def print_json(document: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
