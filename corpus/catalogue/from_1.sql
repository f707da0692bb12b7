-- From schema 1: stories, corrections, runs, and what web addresses answered.
ALTER TABLE versions ADD COLUMN story TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN correction TEXT;
UPDATE versions SET story = article_id || ':' || revision;

-- What each file or page held when it was last read; one that holds many articles has a row for each.
CREATE TABLE new_documents (
    source     TEXT NOT NULL,      -- a file's address or the web address that was asked for
    article_id TEXT NOT NULL REFERENCES articles (id),
    marker     TEXT,               -- tells its content from any other; NULL where each row is compared by itself
    PRIMARY KEY (source, article_id)
) STRICT, WITHOUT ROWID;

-- What a web address answered last: the validators of what was read, and how often it has been missing since.
CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    scope         TEXT NOT NULL,   -- the limits under which a feed was read; a page has none
    etag          TEXT,
    last_modified TEXT,
    missing       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Hashes that near-duplicate texts share, of live and pending versions.
CREATE TABLE story_bands (
    band       INTEGER NOT NULL,
    version_id INTEGER NOT NULL REFERENCES versions (id),
    PRIMARY KEY (band, version_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_bands_by_version ON story_bands (version_id);
CREATE INDEX versions_by_story ON versions (story) WHERE status = 'live';

-- Every ingest run; `items` are what it did to each source, without those that were unchanged.
CREATE TABLE runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,
    sources    TEXT NOT NULL,      -- JSON list
    state      TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted', 'killed')),
    seconds    REAL,
    counts     TEXT                -- JSON: how many items ended how
) STRICT;

CREATE TABLE run_items (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    n      INTEGER NOT NULL,
    item   TEXT NOT NULL,          -- JSON, as `accord ingest --json` prints it
    PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;

INSERT INTO new_documents (source, article_id, marker) SELECT source, article_id, marker FROM documents;
DROP TABLE documents;
ALTER TABLE new_documents RENAME TO documents;
CREATE INDEX documents_by_article ON documents (article_id);
