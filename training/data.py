"""The training files as passages and questions.

A question whose `answering` is empty is a near-miss: it is on its passage's topic, and that passage does not answer it.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEWS = "train/news_questions.jsonl.gz"
QUIZ = "data/realtimeqa_2022_2024.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Source:
    """A passage to learn from. `group` names the article, so that no article is on both sides of a split."""

    id: str
    group: str
    title: str
    published: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The passage as search would find it."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, its own passage's id and the indexes of the sentences that answer it.

    `answering` is None where nobody said which sentences do.
    """

    text: str
    source: str
    answering: tuple[int, ...] | None

    @property
    def near_miss(self) -> bool:
        """Whether its own passage does not answer it."""
        return self.answering == ()


@dataclass(frozen=True, slots=True)
class Material:
    """Passages by id, and the questions on them in the order of the file."""

    sources: dict[str, Source]
    queries: list[Query]


def news(shared: Path) -> Material:
    """News passages with two or three questions each and a near-miss."""
    sources, queries = {}, []
    for row in _rows(shared / NEWS):
        source = Source(row["pid"], row["url"], row["title"], row["published"], tuple(row["sentences"]))
        sources[source.id] = source
        queries += [Query(one["q"], source.id, tuple(one["sents"])) for one in row["questions"] if one["sents"]]
        queries += [Query(question, source.id, ()) for question in row["near_miss"]]
    return Material(sources, queries)


def quiz(shared: Path) -> Material:
    """News quiz questions with the passage that answers each."""
    sources, queries = {}, []
    for row in _rows(shared / QUIZ):
        text = row["evidence"]
        parts = tuple(text[span.start : span.end] for span in sentences(text))
        sources[row["id"]] = Source(row["id"], row["id"], "", row["date"], parts or (text,))
        queries.append(Query(row["question"], row["id"], None))
    return Material(sources, queries)


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
