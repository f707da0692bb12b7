-- From schema 4: what the bot was asked, what it said, and what it keeps of servers.
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
