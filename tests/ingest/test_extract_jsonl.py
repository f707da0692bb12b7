"""JSONL: each line good or bad by itself."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract.jsonl import needs_worker, row, row_lines

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOOD = {"url": "https://a.example/1", "title": "Talks fail", "text": "No deal.\r\n"}


Row: TypeAlias = tuple[str, Article | SourceError]


def read(*lines: bytes | dict[str, object], max_bytes: int = 10_000) -> list[Row]:
    """The rows of a file as the caller reads them."""
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    found = row_lines(BytesIO(data), max_bytes)
    return [(f"a.jsonl:{n}", line if isinstance(line, SourceError) else one(line, n)) for n, line in found]


def one(line: bytes, number: int) -> Article | SourceError:
    try:
        return row(f"a.jsonl:{number}", line, NOW)
    except SourceError as error:
        return error


def test_a_line_is_an_article() -> None:
    line = GOOD | {
        "outlet": "Gazette",
        "published": "2025-07-08",
        "authors": ["Ann Lee"],
        "language": "en",
        "score": 3,
    }

    assert read(line) == [
        (
            "a.jsonl:1",
            Article(
                url="https://a.example/1",
                title="Talks fail",
                text="No deal.",
                outlet="Gazette",
                published="2025-07-08",
                authors=("Ann Lee",),
                language="en",
            ),
        )
    ]


def test_lines_are_named_by_their_number_in_the_file() -> None:
    found = read(b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"", b"oops", b"  \r", GOOD)

    assert [name for name, _ in found] == ["a.jsonl:1", "a.jsonl:3", "a.jsonl:5"]
    assert [isinstance(item, Article) for _, item in found] == [True, False, True]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{'a': 1}", "^the line is not JSON"),
        (b"[1, 2]", "^the line is not a JSON object"),
        (b"\xff\xfe{}", "^the line is not UTF-8"),
        (b"[" * 100_000, "^the line is not JSON"),
        (b'{"a": ' + b"9" * 9_000 + b"}", "^the line is not JSON"),
        (GOOD | {"url": None}, "^url is missing"),
        (GOOD | {"url": "a.example/1"}, "^url is 'a.example/1'"),
        (GOOD | {"url": "file:///etc/passwd"}, "^url is "),
        (GOOD | {"url": "https://"}, "^url is "),
        (GOOD | {"url": "https://a.example/\ud800"}, "^url is "),
        (GOOD | {"url": ["x"]}, "^url is "),
        (GOOD | {"title": " "}, "^title is missing"),
        (GOOD | {"title": "\u200b"}, "^title is missing"),
        (GOOD | {"title": {}}, "^title is "),
        (GOOD | {"text": ""}, "^text is empty"),
        (GOOD | {"text": "\u200b"}, "^no article text"),
        (GOOD | {"text": 5}, "^text is 5"),
        (GOOD | {"authors": 5}, "^authors is 5"),
        (GOOD | {"published": "31 Feb"}, "^published is '31 Feb', which is no date; write 2025-07-08"),
        (GOOD | {"published": 20250708}, "^published is 20250708"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_the_rest_go_on(line: bytes | dict[str, object], message: str) -> None:
    (name, bad), (_, good) = read(line, GOOD, max_bytes=200_000)

    assert name == "a.jsonl:1"
    assert isinstance(good, Article)
    with pytest.raises(SourceError, match=message):
        raise bad if isinstance(bad, SourceError) else AssertionError(bad)


def test_a_line_over_the_limit_is_an_error_and_the_next_one_is_read() -> None:
    (_, bad), (name, good) = read(GOOD | {"text": "x" * 2_000}, GOOD, max_bytes=1_000)

    assert str(bad).startswith("the line is longer than 1,000 bytes; ")
    assert name == "a.jsonl:2"
    assert isinstance(good, Article)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize(("length", "fits"), [(99, True), (100, True), (101, False), (102, False), (103, False)])
def test_the_limit_is_that_of_the_line_without_its_end(length: int, fits: bool, end: bytes) -> None:
    first, *rest = row_lines(BytesIO(b"x" * length + end + (b"next" if end else b"")), 100)

    assert (first[0], isinstance(first[1], bytes)) == (1, fits)
    assert rest == ([(2, b"next")] if end else [])


def test_a_giant_line_is_never_held_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.truncate(200_000_000)
        file.seek(0, 2)
        file.write(b"\n" + json.dumps(GOOD).encode())

    tracemalloc.start()
    with (tmp_path / "a.jsonl").open("rb") as file:
        found = list(row_lines(file, 1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [isinstance(line, bytes) for _, line in found] == [False, True]
    assert peak < 10_000_000


@pytest.mark.parametrize(("line", "needed"), [(GOOD, False), (GOOD | {"html": "<p>"}, True)])
def test_a_line_with_html_is_for_a_worker(line: dict[str, object], needed: bool) -> None:
    assert needs_worker(json.dumps(line).encode()) is needed


def test_a_date_after_the_run_is_unknown() -> None:
    [(_, item)] = read(GOOD | {"published": "2031-01-01"})

    assert isinstance(item, Article)
    assert item.published is None


def test_html_goes_through_the_extractor() -> None:
    page = (
        '<html><head><link rel="canonical" href="https://b.example/2"><meta name="author" content="Bo Ek">'
        '<meta property="article:published_time" content="2025-07-08"></head><body><article><h1>Other</h1>'
        + "<p>Talks between the two towns ended on Friday without an agreement on the price of ice.</p>" * 3
        + "<p hidden>Not seen.</p></article></body></html>"
    )
    [(_, item)] = read({"url": GOOD["url"], "title": "Talks fail", "outlet": "A", "html": page})

    assert isinstance(item, Article)
    assert (item.url, item.title, item.outlet, item.published) == (
        GOOD["url"],
        "Talks fail",
        "A",
        "2025-07-08",
    )
    assert "price of ice" in item.text
    assert "Not seen" not in item.text


def test_html_without_an_article_is_an_error() -> None:
    [(_, item)] = read({"url": GOOD["url"], "title": "T", "html": "<html></html>"})

    assert isinstance(item, SourceError)


@given(st.binary(max_size=200))
def test_no_line_stops_the_reading(line: bytes) -> None:
    assert isinstance(read(line, GOOD)[-1][1], Article)
