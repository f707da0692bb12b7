"""Writing the catalogue: the steps of the store protocol, each inside one transaction."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue.cited import Cited
from corpus.catalogue.documents import Documents
from corpus.catalogue.exchanges import Exchanges
from corpus.catalogue.feedback import Feedback
from corpus.catalogue.index_state import IndexSpec
from corpus.catalogue.reader import next_revision
from corpus.catalogue.runs import Runs
from corpus.catalogue.servers import Servers
from corpus.types import Article, Span, day_number, passage_id, sha256, story_id


@dataclass(frozen=True, slots=True)
class NewVersion:
    """An article cut into passages, ready to be stored. Every passage's vector is in the catalogue already.

    `story` is equal for copies of one story (empty: it founds one), `bands` are the hashes by which its copies
    are found, `correction` the notice that the text carries.
    """

    article: Article
    spans: Sequence[Span]
    story: str = ""
    bands: Sequence[int] = ()
    correction: str | None = None


class Transaction:
    """One write transaction; the caller commits it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.documents = Documents(connection)
        self.runs = Runs(connection)
        self.exchanges = Exchanges(connection)
        self.cited = Cited(connection)
        self.feedback = Feedback(connection)
        self.servers = Servers(connection)

    def create_index(self, collection: str, spec: IndexSpec) -> None:
        """Write the index row of a new store."""
        self._connection.execute(
            "INSERT INTO index_state VALUES (1, 0, ?, ?, ?, ?, ?)", (collection, *_spec_values(spec))
        )

    def stage(self, new: NewVersion, now: str) -> int:
        """Step 1: store a version as `pending` with its passages. Returns its revision."""
        article = new.article
        self._connection.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", (article.id, article.url))
        revision = next_revision(self._connection, article.id)
        version_id = self._insert_version(new, revision, now)
        self._insert_passages(version_id, article, revision, new.spans)
        self._insert_bands(version_id, new.bands)
        return revision

    def save_vectors(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors (little-endian float32) by text hash."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO embeddings (model, text_hash, vector) VALUES (?, ?, ?)",
            [(model, text_hash, vector) for text_hash, vector in vectors.items()],
        )

    def flip(self) -> None:
        """Step 3: every pending version becomes live, the ones they replace superseded, in one step."""
        self._retire("article_id IN (SELECT article_id FROM versions WHERE status = 'pending')", (), "superseded")
        self._index_text("pending")
        self._connection.execute("UPDATE versions SET status = 'live' WHERE status = 'pending'")
        self._advance()

    def withdraw(self, article_id: str) -> None:
        """Take an article out of what can be found; its text stays for old answers."""
        self._retire("article_id = ?", (article_id,), "withdrawn")
        self._connection.execute("DELETE FROM documents WHERE article_id = ?", (article_id,))
        self._advance()

    def swept(self, passage_ids: Iterable[str]) -> None:
        """Step 4 is done for these ids: Chroma holds them no more."""
        self._connection.executemany(
            "DELETE FROM garbage WHERE passage_id = ?", [(passage,) for passage in passage_ids]
        )

    def replace_index(self, collection: str, spec: IndexSpec, versions: Iterable[NewVersion]) -> None:
        """End of a rebuild: new passages for the live versions and the row that names the new collection."""
        run = self._connection.execute
        run("DELETE FROM passages_fts")
        run("DELETE FROM garbage")
        run("DELETE FROM story_bands")
        run("DELETE FROM passages WHERE version_id IN (SELECT id FROM versions WHERE status = 'live')")
        for new in versions:
            version_id, revision = run(
                "SELECT id, revision FROM versions WHERE article_id = ? AND status = 'live'",
                (new.article.id,),
            ).fetchone()
            self._insert_passages(version_id, new.article, revision, new.spans)
            self._insert_bands(version_id, new.bands)
            story = new.story or story_id(new.article.id, revision)
            run("UPDATE versions SET story = ?, correction = ? WHERE id = ?", (story, new.correction, version_id))
        run(
            "UPDATE index_state SET collection = ?, model = ?, dimension = ?, normalised = ?, chunker = ?",
            (collection, *_spec_values(spec)),
        )
        self._index_text("live")
        self._advance()

    def _retire(self, which: str, values: tuple[str, ...], status: str) -> None:
        run = self._connection.execute
        passages = f"""FROM passages WHERE version_id IN
                       (SELECT id FROM versions WHERE status = 'live' AND {which})"""
        run(f"INSERT INTO garbage SELECT id {passages}", values)
        run(f"DELETE FROM passages_fts WHERE rowid IN (SELECT rowid {passages})", values)
        run(
            f"""DELETE FROM story_bands WHERE version_id IN
                (SELECT id FROM versions WHERE status = 'live' AND {which})""",
            values,
        )
        run(f"UPDATE versions SET status = ? WHERE status = 'live' AND {which}", (status, *values))

    def _index_text(self, status: str) -> None:
        self._connection.execute(
            """INSERT INTO passages_fts (rowid, title, text)
               SELECT p.rowid, folded(v.title), folded(substr(v.text, p.start + 1, p."end" - p.start))
                 FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.status = ?""",
            (status,),
        )

    def _advance(self) -> None:
        self._connection.execute("UPDATE index_state SET generation = generation + 1")

    def _insert_version(self, new: NewVersion, revision: int, now: str) -> int:
        article = new.article
        cursor = self._connection.execute(
            """INSERT INTO versions (article_id, revision, status, content_hash, title, outlet, publisher,
                   authors, published, published_on, language, topics, text, ingested_at, story, correction)
               VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                article.id,
                revision,
                article.content_hash,
                article.title,
                article.outlet,
                article.publisher,
                json.dumps(article.authors, ensure_ascii=False),
                article.published,
                day_number(article.published),
                article.language,
                json.dumps(article.topics, ensure_ascii=False),
                article.text,
                now,
                new.story or story_id(article.id, revision),
                new.correction,
            ),
        )
        return int(cursor.lastrowid or 0)

    def _insert_passages(self, version_id: int, article: Article, revision: int, spans: Sequence[Span]) -> None:
        self._connection.executemany(
            'INSERT INTO passages (id, version_id, n, start, "end", text_hash) VALUES (?, ?, ?, ?, ?, ?)',
            [
                (
                    passage_id(article.id, revision, n),
                    version_id,
                    n,
                    span.start,
                    span.end,
                    sha256(article.text[span.start : span.end]),
                )
                for n, span in enumerate(spans)
            ],
        )

    def _insert_bands(self, version_id: int, bands: Iterable[int]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO story_bands VALUES (?, ?)", [(band, version_id) for band in bands]
        )


def _spec_values(spec: IndexSpec) -> tuple[str, int, bool, str]:
    vectors = spec.vectors
    return vectors.model, vectors.dimension, vectors.normalised, spec.chunker
