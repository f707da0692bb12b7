-- From schema 3: vectors beside their key, not in its tree.
ALTER TABLE embeddings RENAME TO embeddings_before;
CREATE TABLE embeddings (
    id        INTEGER PRIMARY KEY,
    model     TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector    BLOB NOT NULL,
    UNIQUE (model, text_hash)
) STRICT;
INSERT INTO embeddings (model, text_hash, vector) SELECT model, text_hash, vector FROM embeddings_before;
DROP TABLE embeddings_before;
