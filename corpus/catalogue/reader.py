"""Reading the catalogue: all queries of one snapshot."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.catalogue.cited import Cited
from corpus.catalogue.documents import Documents
from corpus.catalogue.exchanges import Exchanges
from corpus.catalogue.feedback import Feedback
from corpus.catalogue.index_state import IndexSpec, IndexState, VectorSpec
from corpus.catalogue.runs import Runs
from corpus.catalogue.servers import Servers
from corpus.catalogue.shelf import Shelf
from corpus.catalogue.stories import Stories
from corpus.types import Article, Filters, Passage, Version, VersionStatus, day_number

BOUND_VARIABLES = 500
Value = TypeVar("Value", str, int)

PASSAGE_COLUMNS = """
    p.id, v.article_id, v.revision, p.start, p."end", substr(v.text, p.start + 1, p."end" - p.start),
    a.url, v.title, v.outlet, v.publisher, v.published, v.story
"""
# CROSS: in this order. SQLite would rather begin with all live versions, and a search would cost what the store holds.
PLACED = "passages p CROSS JOIN versions v ON v.id = p.version_id"
PASSAGE_TABLES = "passages p JOIN versions v ON v.id = p.version_id JOIN articles a ON a.id = v.article_id"
VERSION_COLUMNS = """
    a.url, v.title, v.text, v.outlet, v.publisher, v.authors, v.published, v.language, v.topics,
    v.revision, v.status, v.ingested_at, v.story, v.correction,
    (SELECT count(*) FROM passages p WHERE p.version_id = v.id)
"""
VERSION_TABLES = "versions v JOIN articles a ON a.id = v.article_id"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds."""

    articles: int
    passages: int
    pending: int
    newest: str | None
    oldest: str | None


class Snapshot:
    """The catalogue as it was at one moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.documents = Documents(connection)
        self.runs = Runs(connection)
        self.stories = Stories(connection)
        self.shelf = Shelf(connection)
        self.exchanges = Exchanges(connection)
        self.cited = Cited(connection)
        self.feedback = Feedback(connection)
        self.servers = Servers(connection)

    def index_state(self) -> IndexState | None:
        """The index row, or None before the first ingest."""
        row = self._connection.execute(
            "SELECT generation, collection, model, dimension, normalised, chunker FROM index_state"
        ).fetchone()
        if row is None:
            return None
        vectors = VectorSpec(row[2], row[3], bool(row[4]))
        return IndexState(row[0], row[1], IndexSpec(vectors, row[5]))

    def is_empty(self) -> bool:
        """Whether nothing is live."""
        return self._connection.execute("SELECT 1 FROM versions WHERE status = 'live' LIMIT 1").fetchone() is None

    def counts(self) -> Counts:
        """How much is live, and the span of known publication days."""
        # FTS5 counts its own rows by reading all their texts; in its table of lengths there is a row for each.
        return Counts(
            *self._connection.execute(
                """SELECT (SELECT count(*) FROM versions WHERE status = 'live'),
                          (SELECT count(*) FROM passages_fts_docsize),
                          (SELECT count(*) FROM versions WHERE status = 'pending'),
                          (SELECT substr(published, 1, 10) FROM versions
                            WHERE status = 'live' AND published_on > 0 ORDER BY published_on DESC LIMIT 1),
                          (SELECT substr(published, 1, 10) FROM versions
                            WHERE status = 'live' AND published_on > 0 ORDER BY published_on LIMIT 1)"""
            ).fetchone()
        )

    def outlets(self) -> tuple[str, ...]:
        """The names of the live articles' outlets, in order."""
        sql = "SELECT DISTINCT outlet FROM versions WHERE status = 'live' AND outlet IS NOT NULL ORDER BY outlet"
        return tuple(row[0] for row in self._connection.execute(sql))

    def live(self, article_id: str) -> Version | None:
        """The live version of an article, or None."""
        return next(self._versions("v.article_id = ? AND v.status = 'live'", (article_id,)), None)

    def by_status(self, status: VersionStatus) -> Iterator[Version]:
        """All versions of one status, newest publication first."""
        return self._versions("v.status = ? ORDER BY v.published_on DESC, a.url", (status,))

    def find(self, name: str) -> list[Version]:
        """Versions whose URL, id or file name is `name`: the live ones, or else the last of what was withdrawn."""
        named = "(a.url = ?1 OR a.id = ?1 OR substr(a.url, -length(?1) - 1) = '/' || ?1)"
        live = list(self._versions(f"v.status = 'live' AND {named}", (name,)))
        last = "NOT EXISTS (SELECT 1 FROM versions l WHERE l.article_id = v.article_id AND l.revision > v.revision)"
        return live or list(self._versions(f"v.status = 'withdrawn' AND {named} AND {last}", (name,)))

    def text_of(self, article_id: str, revision: int) -> str | None:
        """The text of one revision, whatever its status; None when there is none."""
        row = self._connection.execute(
            "SELECT text FROM versions WHERE article_id = ? AND revision = ?", (article_id, revision)
        ).fetchone()
        return None if row is None else str(row[0])

    def live_texts(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The texts of those of the articles that are live, by article id."""
        found: dict[str, str] = {}
        for chunk in _chunks(article_ids):
            sql = f"""SELECT article_id, text FROM versions INDEXED BY one_live_version
                       WHERE status = 'live' AND article_id IN ({_marks(chunk)})"""
            found.update(self._connection.execute(sql, chunk).fetchall())
        return found

    def content_hash(self, article_id: str) -> str | None:
        """Hash of the live version's content, or None when the article is not live."""
        return self._one("SELECT content_hash FROM versions WHERE article_id = ? AND status = 'live'", article_id)

    def next_revision(self, article_id: str) -> int:
        """The number that the article's next version will bear."""
        return next_revision(self._connection, article_id)

    def corrections(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The correction notice of each live article that carries one."""
        sql = "SELECT correction FROM versions WHERE article_id = ? AND status = 'live'"
        found = ((id_, self._one(sql, id_)) for id_ in dict.fromkeys(article_ids))
        return {id_: notice for id_, notice in found if notice}

    def known_vectors(self, model: str, hashes: Iterable[str]) -> dict[str, bytes]:
        """Stored vectors (little-endian float32) by text hash, as far as there are any."""
        found: dict[str, bytes] = {}
        for chunk in _chunks(hashes):
            sql = f"SELECT text_hash, vector FROM embeddings WHERE model = ? AND text_hash IN ({_marks(chunk)})"
            found.update(self._connection.execute(sql, (model, *chunk)).fetchall())
        return found

    def passages_of(self, status: VersionStatus) -> Iterator[tuple[Passage, str]]:
        """(passage, text hash) of every passage whose version has this status."""
        sql = f"SELECT {PASSAGE_COLUMNS}, p.text_hash FROM {PASSAGE_TABLES} WHERE v.status = ? ORDER BY p.rowid"
        for row in self._connection.execute(sql, (status,)):
            yield Passage(*row[:-1]), row[-1]

    def live_passages(self, ids: Iterable[str]) -> dict[str, tuple[Passage, str]]:
        """(passage, text hash) by id, for those of the ids that are live."""
        found: dict[str, tuple[Passage, str]] = {}
        for chunk in _chunks(ids):
            sql = f"""SELECT {PASSAGE_COLUMNS}, p.text_hash FROM {PLACED} CROSS JOIN articles a ON a.id = v.article_id
                       WHERE v.status = 'live' AND p.id IN ({_marks(chunk)})"""
            for row in self._connection.execute(sql, tuple(chunk)):
                found[row[0]] = Passage(*row[:-1]), row[-1]
        return found

    def term_scores(self, match: str, title_weight: float) -> Iterator[tuple[int, float]]:
        """(row, BM25 score), by row, of every live passage that an FTS5 expression finds; higher is better."""
        sql = """SELECT rowid, -bm25(passages_fts, ?, 1.0) FROM passages_fts
                  WHERE passages_fts MATCH ? ORDER BY rowid"""
        return self._connection.execute(sql, (title_weight, match))

    def passage_ids(self, rows: Iterable[int], filters: Filters) -> dict[int, str]:
        """Ids of passages by their row, for those of the rows that the filters let through."""
        where, values = filter_sql(filters)
        found: dict[int, str] = {}
        for chunk in _chunks(rows):
            sql = f"SELECT p.rowid, p.id FROM {PLACED} WHERE p.rowid IN ({_marks(chunk)}) {where}"
            found.update(self._connection.execute(sql, (*chunk, *values)).fetchall())
        return found

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many live passages each FTS5 term expression occurs."""
        sql = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        return {term: self._connection.execute(sql, (term,)).fetchone()[0] for term in terms}

    def garbage(self) -> list[str]:
        """Ids of passages that still have to leave Chroma."""
        return [row[0] for row in self._connection.execute("SELECT passage_id FROM garbage")]

    def _one(self, sql: str, *values: str) -> str | None:
        row = self._connection.execute(sql, values).fetchone()
        return None if row is None or row[0] is None else str(row[0])

    def _versions(self, where: str, values: tuple[str, ...]) -> Iterator[Version]:
        sql = f"SELECT {VERSION_COLUMNS} FROM {VERSION_TABLES} WHERE {where}"
        for row in self._connection.execute(sql, values):
            article = Article(
                url=row[0],
                title=row[1],
                text=row[2],
                outlet=row[3],
                publisher=row[4],
                authors=tuple(json.loads(row[5])),
                published=row[6],
                language=row[7],
                topics=tuple(json.loads(row[8])),
            )
            yield Version(article, *row[9:])


def next_revision(connection: sqlite3.Connection, article_id: str) -> int:
    """One more than the article's highest revision."""
    sql = "SELECT coalesce(max(revision), 0) + 1 FROM versions WHERE article_id = ?"
    return int(connection.execute(sql, (article_id,)).fetchone()[0])


def filter_sql(filters: Filters) -> tuple[str, list[str | int]]:
    """The filters as SQL conditions on `versions v`. An unknown date lies outside every limit."""
    where, values = "", list[str | int]()
    if filters.as_of:
        where += " AND v.published_on BETWEEN 1 AND ?"
        values.append(day_number(filters.as_of))
    if filters.since:
        where += " AND v.published_on >= ?"
        values.append(day_number(filters.since))
    if filters.outlet:
        where += " AND v.outlet = ? COLLATE NOCASE"
        values.append(filters.outlet)
    return where, values


def _chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    unique = list(dict.fromkeys(values))
    for first in range(0, len(unique), BOUND_VARIABLES):
        yield unique[first : first + BOUND_VARIABLES]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
