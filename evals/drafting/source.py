"""The article that questions are drafted for, and its sentences: what a question asks for, and what its gold quotes."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import StoreMissing, UsageError
from corpus.sentences import sentences
from corpus.types import Span

if TYPE_CHECKING:
    from datetime import datetime

    from corpus.types import Article
    from evals.settings import EvalSettings

STOPS = tuple('.!?…”":;,。！？」』）؟۔।')
LONGEST_HEADING = 100  # characters


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article, and the heading that stands right above its paragraph, if one does."""

    text: str
    heading: str | None = None


def article_named(name: str, settings: EvalSettings, now: datetime) -> Article:
    """The stored article of that address, id or file name, or the one in a file or behind an address.

    Raises UsageError when there is none, or more than one.
    """
    from evals.articles import articles_of

    found: list[Article] = []
    here = os.path.exists(name)  # noqa: PTH110 - Path's raises for a name that is too long
    with suppress(StoreMissing):
        found = articles_of(name, settings, now) if here else _stored(name, settings)
    if not found and name.startswith(("http://", "https://")):
        found = articles_of(name, settings, now)
    if len(found) == 1:
        return found[0]
    if not found:
        where = "it holds no article" if here else f"no file, and no such article in {settings.data_dir}"
        raise UsageError(f"{name}: {where}. `accord articles` lists what is stored.")
    raise UsageError(f"{name}: it holds {len(found)} articles, and questions are drafted for one. Name one of them.")


def _stored(name: str, settings: EvalSettings) -> list[Article]:
    from corpus.store import catalogue_at

    with catalogue_at(settings.data_dir).snapshot() as snapshot:
        return [version.article for version in snapshot.find(name)]


def gold_url(article: Article) -> str:
    """The address that evidence names: of a file its name, so that a set fits wherever the file lies."""
    return article.url.rpartition("/")[2] if article.url.startswith("file:") else article.url


def sentences_of(article: Article) -> list[Sentence]:
    """The article's sentences in order, each once. A line that ends without a stop is a heading of what follows it."""
    found: dict[str, Sentence] = {}
    heading: str | None = None
    for start, end in _lines(article.text):
        line = article.text[start:end].strip()
        if len(line) <= LONGEST_HEADING and not line.endswith(STOPS):
            heading = line
            continue
        for span in sentences(article.text, Span(start, end)):
            text = article.text[span.start : span.end]
            found.setdefault(text, Sentence(text, heading))
            heading = None
    return list(found.values())


def _lines(text: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            places.append((at, at + len(line)))
        at += len(line)
    return places
