"""Which of some texts hold a term, judged by the same tokenizer and stemmer as the catalogue's index."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from corpus.asking.aliases import folded
from corpus.lexical import quoted


def matches(texts: Sequence[str], terms: Sequence[str]) -> list[frozenset[str]]:
    """For each text, the terms (of a folded question) that occur in it."""
    found: list[set[str]] = [set() for _ in texts]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE part USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        connection.executemany("INSERT INTO part (rowid, text) VALUES (?, ?)", enumerate(map(folded, texts)))
        for term in terms:
            for (row,) in connection.execute("SELECT rowid FROM part WHERE part MATCH ?", (quoted(term),)):
                found[row].add(term)
    return [frozenset(terms_found) for terms_found in found]
