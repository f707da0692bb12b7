"""Which articles a set was written for: `desk.jsonl` has their hashes beside it, in `desk.articles.json`.

An article that reads otherwise since makes the questions with evidence in it stale: what is right may have changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from corpus.errors import UsageError
from corpus.types import sha256
from evals.files import beside, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from evals.sets import Row
    from evals.spans import Texts

DIGITS = 16


def path_of(question_set: Path) -> Path:
    """The file with the hashes of a set's articles."""
    return beside(question_set, ".articles.json")


def known(question_set: Path) -> dict[str, str]:
    """The hashes by gold address; none when the set has no such file. Raises UsageError when it is none."""
    path = path_of(question_set)
    if not path.exists():
        return {}
    try:
        return TypeAdapter(dict[str, str]).validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise UsageError(
            f"{path}: it does not hold the hashes of a set's articles. `accord eval check {question_set} --update` "
            "writes it anew."
        ) from None


def hashes(rows: Iterable[Row], texts: Texts) -> dict[str, str]:
    """The hash of each gold article's text that there is, by gold address."""
    urls = sorted({gold.url for row in rows for group in row.evidence for gold in group})
    return {url: sha256(text)[:DIGITS] for url in urls if (text := texts.text(url)) is not None}


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """The addresses whose article is another than it was."""
    return {url for url, value in now.items() if before.get(url, value) != value}


def stale(rows: Iterable[Row], urls: Iterable[str]) -> list[str]:
    """The ids of the questions with evidence in one of these articles."""
    among = set(urls)
    return [row.id for row in rows if any(gold.url in among for group in row.evidence for gold in group)]


def write(question_set: Path, found: Mapping[str, str]) -> Path:
    """Keep the hashes beside their set. Raises UsageError."""
    path = path_of(question_set)
    write_whole(path, json.dumps(dict(sorted(found.items())), ensure_ascii=False, indent=1) + "\n")
    return path
