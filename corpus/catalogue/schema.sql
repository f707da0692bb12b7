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
    story        TEXT NOT NULL DEFAULT '', -- equal for copies of one story: `{article}:{revision}` of the first one stored
    correction   TEXT,                     -- the correction notice that the text carries
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
    id        INTEGER PRIMARY KEY,
    model     TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector    BLOB NOT NULL,      -- little-endian float32
    UNIQUE (model, text_hash)     -- with vectors in the key's own tree a look-up takes four times as long
) STRICT;

-- Live passages only, so that BM25's statistics are those of what can be found; `folded` (corpus/asking/aliases.py), with
-- one word for each thing that has several names. A change of the names needs a new schema version.
CREATE VIRTUAL TABLE passages_fts USING fts5 (title, text, tokenize = 'porter unicode61 remove_diacritics 2');

-- Passage ids that are no longer live and still have to leave Chroma.
CREATE TABLE garbage (
    passage_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What each file or page held when it was last read; one that holds many articles has a row for each.
CREATE TABLE documents (
    source     TEXT NOT NULL,      -- a file's address or the web address that was asked for
    article_id TEXT NOT NULL REFERENCES articles (id),
    marker     TEXT,               -- tells its content from any other; NULL where each row is compared by itself
    PRIMARY KEY (source, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_article ON documents (article_id);

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

-- What the bot was asked and what it said, so that buttons, follow-ups and corrections outlive a restart.
CREATE TABLE exchanges (
    id           TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,      -- the thread, the direct messages or the chain of replies that it belongs to
    guild_id     INTEGER,            -- none in direct messages
    channel_id   INTEGER NOT NULL,
    asker_id     INTEGER NOT NULL,
    question_id  INTEGER,            -- the message that asked; a command has none
    private      INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'answered', 'failed', 'deleted')),
    asked_at     TEXT NOT NULL,
    question     TEXT NOT NULL,
    ask          TEXT NOT NULL,      -- JSON
    answer       TEXT,               -- JSON; none before there is one
    remembered   INTEGER NOT NULL DEFAULT 1 -- 0: no follow-up may lean on it
) STRICT, WITHOUT ROWID;

CREATE INDEX exchanges_by_conversation ON exchanges (conversation, asked_at);
CREATE INDEX exchanges_by_question ON exchanges (question_id);
CREATE INDEX exchanges_open ON exchanges (state) WHERE state = 'open';

-- The messages that show an answer, in order.
CREATE TABLE shown_messages (
    message_id  INTEGER PRIMARY KEY,
    exchange_id TEXT NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    n           INTEGER NOT NULL
) STRICT;

CREATE INDEX shown_by_exchange ON shown_messages (exchange_id);

-- The quotes of answers that were given; `gone` once their article no longer says so.
CREATE TABLE cited_quotes (
    exchange_id TEXT NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    n           INTEGER NOT NULL,
    article_id  TEXT NOT NULL,
    revision    INTEGER NOT NULL,    -- the last one that was seen to hold the quote
    quote       TEXT NOT NULL,
    gone        TEXT CHECK (gone IN ('changed', 'withdrawn')),
    noticed_at  TEXT,
    marked      INTEGER NOT NULL DEFAULT 0, -- whether the answer shows that it is gone
    PRIMARY KEY (exchange_id, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX cited_by_article ON cited_quotes (article_id);

CREATE TABLE feedback (
    exchange_id TEXT NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    user_id     INTEGER NOT NULL,
    at          TEXT NOT NULL,
    helpful     INTEGER NOT NULL,
    reason      TEXT,
    comment     TEXT,
    PRIMARY KEY (exchange_id, user_id)
) STRICT, WITHOUT ROWID;

-- Threads in which the bot answers without being mentioned.
CREATE TABLE followed_threads (
    id      INTEGER PRIMARY KEY,
    quiet   INTEGER NOT NULL,
    last_at TEXT NOT NULL
) STRICT;

CREATE TABLE server_settings (
    guild_id INTEGER NOT NULL,
    name     TEXT NOT NULL,
    value    TEXT NOT NULL,          -- JSON
    PRIMARY KEY (guild_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE digests (
    channel_id INTEGER PRIMARY KEY,
    guild_id   INTEGER NOT NULL,
    every      TEXT NOT NULL CHECK (every IN ('day', 'week')),
    sent_at    TEXT NOT NULL,
    told_until INTEGER NOT NULL      -- the last version (versions.id) that it told of
) STRICT;

CREATE TABLE admin_actions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    action   TEXT NOT NULL,
    detail   TEXT NOT NULL
) STRICT;

-- What the bot remembers of itself, such as the commands that Discord was told.
CREATE TABLE bot_state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
