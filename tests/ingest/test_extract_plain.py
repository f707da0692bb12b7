"""Clean text files come through whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.document import Document
from ingest.extract import extract

if TYPE_CHECKING:
    from corpus.types import Article

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BODY = "Talks ended.\n\nNo deal.\n\nThe list:\n- rice\n- cars\n- steel\n- beef\n- tea\n- ale\n\nThen tea."


def read(text: str | bytes, name: str = "some-file.txt") -> Article:
    data = text.encode() if isinstance(text, str) else text
    return extract(Document(name, f"file:///{name}", "text", data, NOW))


def test_the_first_line_is_the_title_and_the_rest_is_the_text() -> None:
    article = read(f"Talks fail again\n\n{BODY}\n")

    assert (article.title, article.text) == ("Talks fail again", BODY)
    assert article.url == "file:///some-file.txt"


@pytest.mark.parametrize(
    "head",
    [
        "Talks fail again\nJuly 8, 2025\nBy Ann Lee and Bo Ek\n\n",
        "Talks fail again\n\nBy Ann Lee and Bo Ek | July 8, 2025\n\n",
        "Title: Talks fail again\nAuthors: Ann Lee, Bo Ek\nPublished: 2025-07-08\n\n",
        "Published: 2025-07-08\nTalks fail again\nBY ANN LEE AND BO EK\nUpdated July 9, 2025\n\n",
    ],
)
def test_date_and_authors_are_read_from_the_lines_above_the_text(head: str) -> None:
    article = read(head + BODY)

    assert (article.title, article.published) == ("Talks fail again", "2025-07-08")
    assert article.authors == ("Ann Lee", "Bo Ek")
    assert article.text == BODY


def test_a_headline_may_end_as_a_sentence_when_it_is_dated() -> None:
    article = read(f"They paid the duty. They want it back.\n\nUpdated July 9, 2025\n\nJuly 8, 2025\n\n{BODY}")

    assert (article.title, article.published) == ("They paid the duty. They want it back.", "2025-07-08")
    assert article.text == BODY


def test_a_table_keeps_its_columns() -> None:
    table = "Good\tNow\tJuly\nRice\t5\t10\nCars\t25\t15"

    assert read(f"What costs what\n\n{table}\n\nThat is all.").text == (
        "Good | Now | July\nRice | 5 | 10\nCars | 25 | 15\n\nThat is all."
    )


def test_named_lines_say_where_it_is_from() -> None:
    article = read(f"Talks fail again\nOutlet: The Gazette\nURL: https://gazette.example/talks\n\n{BODY}")

    assert (article.outlet, article.url) == ("The Gazette", "https://gazette.example/talks")


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met on Friday and left without a word to the press.\n\nThey meet again.",
        "The ministers met on Friday.",
        "- rice\n- cars\n- steel",
        "One\nTwo\nThree lines that end without a stop",
    ],
)
def test_a_first_line_that_may_be_text_stays_in_the_text(text: str) -> None:
    article = read(text)

    assert article.text.endswith(text.split("\n", 1)[-1])
    assert article.text + article.title != ""
    assert text.split("\n", 1)[0] in article.text


def test_the_title_falls_back_to_the_first_line_or_the_file_name() -> None:
    long = "The ministers met " + "and met again " * 20 + "on Friday."

    assert read("They met on Friday.\n\nThey left.").title == "They met on Friday."
    assert read(long, "trade_talks-2025.txt").title == "trade talks 2025"


def test_a_fixed_width_layout_is_taken_back() -> None:
    article = read(
        "Talks fail again\n\n"
        "Talks between the two largest buyers of wheat ended on Friday in the\n"
        "old customs house without any agreement on the quotas that expire in\n"
        "the autumn, and neither side would say when the next ones would be.\n"
        "A spokesman said that papers had been exchanged and read.\n\n"
        "The quotas date from a time when most wheat went by rail and nobody\n"
        "counted the wagons. Now it goes by ship, and everybody counts, which\n"
        "is why the number in the treaty has become the thing that they argue\n"
        "about.\n"
    )

    assert article.text.count("\n") == 2
    assert "ended on Friday in the old customs house" in article.text


def test_a_list_of_lines_keeps_its_lines() -> None:
    verse = "Rice at five percent\nCars at twenty-five\nSteel at fifty, says the minister on Monday\nTea is free"

    assert read(f"What costs what\n\n{verse}\n\nThat is all.").text == f"{verse}\n\nThat is all."


words = st.sampled_from(
    [
        "trade",
        "talks",
        "tariff",
        "quota",
        "by",
        "share",
        "comments",
        "read",
        "more",
        "copyright",
        "July",
        "related",
        "harbour",
    ]
)
sentences = st.lists(words, min_size=3, max_size=30).map(lambda found: " ".join(found).capitalize() + ".")


@given(st.lists(sentences, min_size=1, max_size=12))
def test_no_sentence_of_a_clean_article_is_lost(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)

    assert read(f"A plain headline\n\n{body}").text == body


@pytest.mark.parametrize("data", [b"", b" \n\t\n "])
def test_an_empty_file_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^it is empty; "):
        read(data)


@pytest.mark.parametrize("data", ["\u200b\u200b", "\ufeff", "By Ann Lee\nJuly 8, 2025"])
def test_a_file_without_an_article_is_an_error(data: str) -> None:
    with pytest.raises(SourceError, match=r"^no article text was found; "):
        read(data)
