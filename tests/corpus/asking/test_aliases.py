"""What a text names, and that both of its names find each other in a real index."""

import hashlib
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asking import names
from corpus.asking.aliases import folded, mentions
from corpus.lexical import match_expressions


def named(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.thing.key) for one in mentions(text)]


def finds(question: str, text: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE VIRTUAL TABLE part USING fts5 (text, tokenize = 'porter unicode61 remove_diacritics 2')")
        opened.execute("INSERT INTO part VALUES (?)", (folded(text),))
        expression = " OR ".join(match_expressions(folded(question)))
        return opened.execute("SELECT count(*) FROM part WHERE part MATCH ?", (expression,)).fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokyo's envoy met Japanese makers", [("Tokyo", "japan"), ("Japanese", "japan")]),
        ("the U.S., U.S.A. and USA", [("U.S.", "unitedstates"), ("U.S.A.", "unitedstates"), ("USA", "unitedstates")]),
        ("US-China talks", [("US", "unitedstates"), ("China", "china")]),
        ("tell us about us", []),
        ("he gives us 2 reasons", []),
        ("the us said", [("us", "unitedstates")]),
        ("us-japan deal", [("us", "unitedstates"), ("japan", "japan")]),
        ("us exports to canada", [("us", "unitedstates"), ("canada", "canada")]),
        ("WHO TOLD US THAT", []),
        ("WHAT ARE US EXPORTS", [("US", "unitedstates")]),
        ("New Mexico and Mexico", [("Mexico", "mexico")]),
        (
            "North Korea, South Korea, Korea",
            [("North Korea", "northkorea"), ("South Korea", "southkorea"), ("Korea", "southkorea")],
        ),
        ("turkey for dinner in Turkey", [("Turkey", "turkey")]),
        ("polish it", []),
        ("the U.S. Trade Representative", [("U.S. Trade Representative", "ustraderepresentative")]),
        ("USTR", [("USTR", "ustraderepresentative")]),
        ("the United States-Mexico-Canada Agreement", [("United States-Mexico-Canada Agreement", "usmca")]),
        ("J.P. Morgan and JPMorgan", [("J.P. Morgan", "jpmorgan"), ("JPMorgan", "jpmorgan")]),
        ("Indiana, Chinatown, japanned", []),
        ("", []),
    ],
)
def test_things_are_found_where_they_are_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did Tokyo offer?", "Japanese officials spoke"),
        ("Brussels", "the E.U. replied"),
        ("E.U.", "European leaders"),
        ("MOFCOM", "China's Ministry of Commerce"),
        ("IEEPA", "the International Emergency Economic Powers Act"),
        ("§232", "under Sec. 232"),
        ("s. 301", "§301"),
        ("levies", "one duty"),
        ("vehicles", "cars"),
        ("1200", "some 1,200 tons"),
        ("25 per cent", "25 percent"),
        ("percent", "per cent"),
        ("customs and border protection", "CBP"),
    ],
)
def test_either_name_finds_the_other(question: str, text: str) -> None:
    assert finds(question, text)
    assert finds(text, question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("tell us", "the US"),
        ("South Korea", "North Korea"),
        ("Poland", "polish the brass"),
        ("2,5", "25"),
        ("1,2345", "12345"),
    ],
)
def test_what_only_looks_alike_is_not_found(question: str, text: str) -> None:
    assert not finds(question, text)


def test_the_words_between_stay_as_they_are() -> None:
    assert folded("In Tokyo,\n“Seoul” — 5%!") == "In japan,\n“southkorea” — 5%!"


def test_no_name_stands_for_two_things_and_no_two_things_for_one_word() -> None:
    lines = [
        line
        for table in (names.COUNTRIES, names.BODIES, names.AGREEMENTS, names.WORDS)
        for line in table.strip().splitlines()
    ]
    said = [name.strip().lower() for line in lines for name in line.split(",")]
    assert len(set(said)) == len(said)
    assert len({folded(line.split(",")[0]).lower() for line in lines}) == len(lines)


def test_every_name_is_known_as_it_is_written() -> None:
    for table in (names.COUNTRIES, names.BODIES, names.AGREEMENTS):
        for line in table.strip().splitlines():
            for name in (one.strip() for one in line.split(",")):
                assert [said for said, _ in named(f"a {name} b")] == [name]


def test_the_index_holds_what_these_names_make_of_texts() -> None:
    """When this fails, stored indexes no longer fit: raise the catalogue's schema version with the digest."""
    tables = (
        names.COUNTRIES,
        names.BODIES,
        names.AGREEMENTS,
        names.OTHERWISE,
        names.WORDS,
        " ".join(sorted(names.CASED)),
    )
    assert hashlib.sha256("\n".join(tables).encode()).hexdigest()[:16] == "5fc1b20cdb88bc85"


@given(st.text(max_size=120) | st.text("usUSA.§0123 ,thepr-’", max_size=60))
def test_any_text_is_folded_once(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in mentions(text))
    assert folded(folded(text)) == folded(text)
