"""A store that an earlier Accord made is brought up to date and loses nothing."""

import sqlite3
from contextlib import closing

import pytest

from corpus.store import CATALOGUE_FILE

# What schemas 2 to 5 changed, taken away again: a catalogue as schema 1 had it.
BACK_TO_1 = """
DROP TABLE bot_state; DROP TABLE admin_actions; DROP TABLE digests; DROP TABLE server_settings;
DROP TABLE followed_threads; DROP TABLE feedback; DROP TABLE cited_quotes; DROP TABLE shown_messages;
DROP TABLE exchanges;
DROP INDEX versions_by_story;
DROP TABLE story_bands; DROP TABLE run_items; DROP TABLE runs; DROP TABLE fetched;
CREATE TABLE old (source TEXT PRIMARY KEY, marker TEXT NOT NULL, article_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO old SELECT source, marker, article_id FROM documents;
DROP TABLE documents;
ALTER TABLE old RENAME TO documents;
ALTER TABLE versions DROP COLUMN story; ALTER TABLE versions DROP COLUMN correction;
DELETE FROM passages_fts;
INSERT INTO passages_fts (rowid, title, text)
SELECT p.rowid, v.title, substr(v.text, p.start + 1, p."end" - p.start)
  FROM passages p JOIN versions v ON v.id = p.version_id WHERE v.status = 'live';
CREATE TABLE vectors (
    model TEXT NOT NULL, text_hash TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)
) STRICT, WITHOUT ROWID;
INSERT INTO vectors SELECT model, text_hash, vector FROM embeddings;
DROP TABLE embeddings;
ALTER TABLE vectors RENAME TO embeddings;
PRAGMA user_version = 1;
"""
VECTORS = "SELECT model, text_hash, vector FROM embeddings ORDER BY text_hash"


@pytest.fixture
def old(scratch):
    with closing(sqlite3.connect(scratch.store / CATALOGUE_FILE, isolation_level=None)) as connection:
        connection.executescript(BACK_TO_1)
    return scratch


def test_reading_an_old_store_says_what_to_do(old, accord) -> None:
    for command in (["ask", "why did talks stall on autos?"], ["articles"], ["status"], ["runs"]):
        done = accord(*command, "--data-dir", old.store)
        assert done.code == 3, command
        assert "accord rebuild" in done.err


def test_a_rebuild_brings_it_up_to_date(old, filled, accord) -> None:
    assert accord("rebuild", "--data-dir", old.store).code == 0
    found = accord("articles", "--data-dir", old.store, "--json").json
    assert {row["title"] for row in found} == {
        row["title"] for row in accord("articles", "--data-dir", filled.store, "--json").json
    }
    assert accord("ingest", old.articles, "--data-dir", old.store, "--json").json["unchanged"] == 4
    answer = accord("ask", "why did talks stall on autos?", "--data-dir", old.store, "--json").json
    assert answer["status"] == "answered"


def test_an_ingest_brings_it_up_to_date_as_well(old, accord) -> None:
    done = accord("ingest", old.articles, "--data-dir", old.store, "--json")
    assert (done.code, done.json["unchanged"]) == (0, 4)
    assert accord("runs", "--data-dir", old.store, "--json").json[0]["counts"]["unchanged"] == 4


def test_no_vector_is_lost_or_made_again(old, accord) -> None:
    with closing(sqlite3.connect(old.store / CATALOGUE_FILE)) as connection:
        before = connection.execute(VECTORS).fetchall()
    assert accord("ingest", old.articles, "--data-dir", old.store).code == 0
    with closing(sqlite3.connect(old.store / CATALOGUE_FILE)) as connection:
        assert connection.execute(VECTORS).fetchall() == before != []


def test_what_was_indexed_under_other_names_is_found_by_its_folded_one(old, accord) -> None:
    indexed = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'unitedkingdom'"
    with closing(sqlite3.connect(old.store / CATALOGUE_FILE)) as connection:
        assert connection.execute(indexed).fetchone() == (0,)
    assert accord("ingest", old.articles, "--data-dir", old.store).code == 0
    with closing(sqlite3.connect(old.store / CATALOGUE_FILE)) as connection:
        assert connection.execute(indexed).fetchone()[0] > 0
