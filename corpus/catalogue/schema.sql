-- One row: what the vectors were made with, where they are, and a number that grows with every change.
CREATE TABLE index_state (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    collection TEXT NOT NULL,
    model      TEXT NOT NULL,
    dimension  INTEGER NOT NULL,
    normalised INTEGER NOT NULL,
    chunker    TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
    id  TEXT PRIMARY KEY,
    url TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    id           INTEGER PRIMARY KEY,
    article_id   TEXT NOT NULL REFERENCES articles (id),
    revision     INTEGER NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('pending', 'live', 'superseded', 'withdrawn')),
    content_hash TEXT NOT NULL,
    title        TEXT NOT NULL,
    outlet       TEXT,
    publisher    TEXT,
    authors      TEXT NOT NULL,    -- JSON list
    published    TEXT,             -- ISO, as precise as the source was
    published_on INTEGER NOT NULL, -- 20250708; 0 is unknown
    language     TEXT,
    topics       TEXT NOT NULL,    -- JSON list
    text         TEXT NOT NULL,
    ingested_at  TEXT NOT NULL,
    UNIQUE (article_id, revision)
) STRICT;

CREATE UNIQUE INDEX one_live_version ON versions (article_id) WHERE status = 'live';
CREATE UNIQUE INDEX one_pending_version ON versions (article_id) WHERE status = 'pending';
CREATE INDEX versions_by_status ON versions (status, published_on);

-- A passage's text is the slice of its version's text, so a quote can never differ from its article.
CREATE TABLE passages (
    rowid      INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    version_id INTEGER NOT NULL REFERENCES versions (id),
    n          INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL CHECK ("end" > start),
    text_hash  TEXT NOT NULL
) STRICT;

CREATE INDEX passages_by_version ON passages (version_id, n);

-- Vectors by model and text, so that the same text is embedded once and Chroma can be refilled from here.
CREATE TABLE embeddings (
    model     TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector    BLOB NOT NULL,      -- little-endian float32
    PRIMARY KEY (model, text_hash)
) STRICT, WITHOUT ROWID;

-- Live passages only, so that BM25's statistics are those of what can be found.
CREATE VIRTUAL TABLE passages_fts USING fts5 (title, text, tokenize = 'porter unicode61 remove_diacritics 2');

-- Passage ids that are no longer live and still have to leave Chroma.
CREATE TABLE garbage (
    passage_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What each source held when it was last read, so that an untouched one need not be extracted again.
CREATE TABLE documents (
    source     TEXT PRIMARY KEY,
    marker     TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id)
) STRICT, WITHOUT ROWID;
