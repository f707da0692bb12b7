"""The things that the rest of Accord talks about.

Offsets are `str` indexes into `Article.text`; `text[start:end]` is exactly what a passage or a quote says.
Dates are ISO strings (`2025-07-08`, or with time and zone where the source has them); None is "unknown".
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.reranking.judgement import Judgement

VersionStatus = Literal["pending", "live", "superseded", "withdrawn"]
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Article:
    """One article as extraction hands it on.

    `outlet` is where this copy was read, `publisher` where it first appeared when that is somewhere else.
    """

    url: str
    title: str
    text: str
    outlet: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The article's id: it follows the address, so that a new version keeps it."""
        return sha256(self.url)[:ID_LENGTH]

    @property
    def content_hash(self) -> str:
        """SHA-256 over everything but the address: equal hashes mean an unchanged article."""
        fields = asdict(self)
        del fields["url"]
        return sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True, slots=True)
class Version:
    """One stored revision of an article. Versions of one `story` are copies; `correction` is its notice of one."""

    article: Article
    revision: int
    status: VersionStatus
    ingested_at: str
    story: str
    correction: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Span:
    """A slice `[start, end)` of an article's text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a live article with what a citation needs to know about it."""

    id: str
    article_id: str
    revision: int
    start: int
    end: int
    text: str
    url: str
    title: str
    outlet: str | None
    publisher: str | None
    published: str | None
    story: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. Scores: higher is better.

    `score` (0..1) orders the hits (of a comparison, those of one side), `dense` is the cosine, `lexical` the BM25 score
    as a share of the best one for the question, `timely` (0..1) how well its article suits the days and the outlet that
    the question names. `judgement` is the reranker's; None where it has not read the passage.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float
    timely: float = 0.0
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits on which articles may be searched. Dates are ISO days, both inclusive."""

    as_of: str | None = None
    since: str | None = None
    outlet: str | None = None


def sha256(text: str) -> str:
    """Hex SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def passage_id(article_id: str, revision: int, n: int) -> str:
    """`{article}:{revision}:{n}`, so that a new version never takes over an old one's ids."""
    return f"{article_id}:{revision}:{n}"


def story_id(article_id: str, revision: int) -> str:
    """`{article}:{revision}` of the version that founded a story: a version that tells another one founds anew."""
    return f"{article_id}:{revision}"


def day_number(published: str | None) -> int:
    """A date as the integer 20250708, which Chroma can compare; 0 when it is unknown."""
    return int(published[:10].replace("-", "")) if published else 0
