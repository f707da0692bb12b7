"""What the commands of all packages share: the options, the settings, and how results are printed.

Kept free of anything slow to import: `accord --help` goes through here.
"""

import json
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from corpus.errors import UsageError
from corpus.settings import CorpusSettings
from corpus.types import Filters

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
    """The question without surrounding space. Raises UsageError when it is empty, far too long or not text."""
    text = " ".join(checked_text(question, "The question").split())
    if not text:
        raise UsageError("The question is empty. Ask something, for example: why did talks stall on autos?")
    if len(text) > MAX_QUESTION:
        raise UsageError(f"The question has {len(text)} characters; at most {MAX_QUESTION} are read. Shorten it.")
    return text


def checked_text(value: str, name: str) -> str:
    """The value as it is. Raises UsageError when it holds bytes that are not text in the terminal's encoding."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"{name} holds bytes that are not text. Type it again, or check the terminal's encoding.")
    return value


def checked_filters(as_of: str | None, since: str | None, outlet: str | None) -> Filters:
    """The limits of a search. Raises UsageError for what is not a day or not a name, or excludes everything."""
    filters = Filters(checked_day(as_of, "--as-of"), checked_day(since, "--since"), outlet)
    if filters.as_of and filters.since and filters.since > filters.as_of:
        raise UsageError(f"--since {since} is after --as-of {as_of}: no article can be both. Change one of them.")
    if outlet is not None and not checked_text(outlet, "--outlet").strip():
        raise UsageError("--outlet is empty. Name an outlet; `accord articles` lists them.")
    return filters


def checked_day(value: str | None, option: str) -> str | None:
    """The value when it is an ISO day. Raises UsageError when it is not one."""
    if value is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    raise UsageError(f"{option} {printable(value)}: not a date. Write it as 2025-07-08.")


def printable(text: str) -> str:
    """The text without what a terminal would act on: names of files and servers' words are not to be trusted."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def print_json(document: Any) -> None:
    """One JSON document on stdout, always in UTF-8: JSON is, whatever the terminal's encoding."""
    _print_utf8(json.dumps(document, ensure_ascii=False, indent=2))


def print_json_line(document: Any) -> None:
    """One JSON document on one line of stdout, for a program that reads them as they come."""
    _print_utf8(json.dumps(document, ensure_ascii=False))


def _print_utf8(json_text: str) -> None:
    # A file name's undecodable byte becomes the JSON escape \udcXX.
    text = json_text.encode("utf-8", errors="backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.buffer.flush()
