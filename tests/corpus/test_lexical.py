"""Questions as FTS5 queries: every expression is run, so that what is asserted is what it finds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lexical import STOP_WORDS, match_expressions, quoted, terms

TOKENIZER = "porter unicode61 remove_diacritics 2"


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute(f"CREATE VIRTUAL TABLE part USING fts5 (text, tokenize = '{TOKENIZER}')")
        yield opened


def any_of(question: str) -> str:
    return " OR ".join(match_expressions(question))


def found(connection: sqlite3.Connection, expression: str | None, *texts: str) -> list[str]:
    connection.execute("DELETE FROM part")
    connection.executemany("INSERT INTO part (text) VALUES (?)", [(text,) for text in texts])
    return [
        row[0] for row in connection.execute("SELECT text FROM part WHERE part MATCH ? ORDER BY rowid", (expression,))
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Why did talks stall on autos?", ["talks", "stall", "autos"]),
        ("What is Japan's rate, and Japan’s quota?", ["japan", "rate", "quota"]),
        ("a 2.5% duty on 1,200 tons", ["2.5", "duty", "1,200", "tons"]),
        ("the U.S. and the E.U.", ["u.s", "e.u"]),
        ("R&D spending at AT&T", ["r&d", "spending", "at&t"]),
        ("tell us what the WHO said", ["who", "said"]),
        ("WHO SAID WHAT TO US", ["said"]),
        ("who is an IT firm?", ["it", "firm"]),
        ("car-parts and post-war trade", ["car", "parts", "post", "war", "trade"]),
        ("7 of 9 x", ["7", "9"]),
        ("tariff Tariff TARIFF", ["tariff"]),
        ("§232", ["232"]),
        ("", []),
    ],
)
def test_the_words_that_say_what_a_question_is_about(question: str, expected: list[str]) -> None:
    assert terms(question) == expected


@pytest.mark.parametrize(
    ("question", "matching", "other"),
    [
        ("2.5", "a rate of 2.5 percent", "from 5 to 2, then 2 and 5"),
        ("1,200", "some 1,200 tons", "200 for 1"),
        ("$1,234,567", "worth $1,234,567 in all", "567 of 1, 234"),
        ("U.S.", "the U.S. said", "tell us"),
        ("R&D", "spending on R&D", "a D before an R"),
        ("§232", "a Section 232 inquiry", "Section 2 and 32"),
        ("duties", "one duty", "dual use"),
        ("São Paulo", "sao paulo", "so"),
        ("car-parts", "parts of it", "carpet"),
    ],
)
def test_what_a_question_finds_and_what_it_leaves(
    connection: sqlite3.Connection, question: str, matching: str, other: str
) -> None:
    assert found(connection, any_of(question), matching, other) == [matching]


def test_a_question_of_function_words_looks_for_these(connection: sqlite3.Connection) -> None:
    assert found(connection, any_of("what is it?"), "it is so", "tariffs rose") == ["it is so"]


@pytest.mark.parametrize("question", ["", "?!", "§ — …", "_ _"])
def test_a_question_without_words_looks_for_nothing(question: str) -> None:
    assert match_expressions(question) == []


@pytest.mark.parametrize("question", ['rate" OR "x', "rate NEAR(2)", "text : rate", "rate*", "^rate", "-rate NOT duty"])
def test_query_syntax_in_a_question_is_only_words(connection: sqlite3.Connection, question: str) -> None:
    assert found(connection, any_of(question), "the rate", "x-ray", "other")[0] == "the rate"


def test_a_quotation_mark_stays_inside_its_string(connection: sqlite3.Connection) -> None:
    assert found(connection, quoted('a"b'), "a b", "b a") == ["a b"]


# No deadline: how long SQLite takes on a busy machine is not what is asked here.
@settings(deadline=None)
@given(question=st.text(max_size=80) | st.text("aA.,'’&\"§0us ", max_size=40))
def test_any_question_is_an_expression_that_fts5_takes(connection: sqlite3.Connection, question: str) -> None:
    expression = any_of(question)
    if expression:
        connection.execute("SELECT count(*) FROM part WHERE part MATCH ?", (expression,)).fetchone()
    assert len(set(terms(question))) == len(terms(question))
    assert not {term for term in terms(question.lower()) if term in STOP_WORDS}
