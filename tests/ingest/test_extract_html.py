"""Web pages: the article that a reader sees, and what the page states about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpus.errors import SourceError
from ingest.document import Document
from ingest.extract import extract
from ingest.extract.html_worker import Page, read_page

if TYPE_CHECKING:
    from corpus.types import Article

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PARAGRAPHS = [
    "Talks between the two harbour towns ended on Friday without an agreement on the price of ice.",
    "The mayors had met four times since spring, and each time one of them left before the soup was served.",
    "Fishermen on both sides said that they would go on buying ice from the brewery, which asks nothing.",
]


def html_page(head: str = "", inside: str = "", after: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='en'><head><title>Ice talks fail | The Gazette</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/trade'>Trade</a></li></ul></nav>"
        f"<article><h1>Ice talks fail</h1>{body}{inside}</article>"
        f"{after}<footer>Copyright 2019 The Gazette. All rights reserved.</footer></body></html>"
    )


def read(page: str | bytes, charset: str | None = None) -> Article:
    data = page.encode() if isinstance(page, str) else page
    return extract(Document("page", "https://gazette.example/ice", "html", data, NOW, charset))


def test_the_article_and_nothing_of_the_page() -> None:
    article = read(html_page())

    assert article.text.split("\n\n")[-3:] == PARAGRAPHS
    assert "Copyright" not in article.text
    assert "Home" not in article.text
    assert article.title == "Ice talks fail"
    assert article.url == "https://gazette.example/ice"


def test_what_the_page_says_about_itself_is_kept() -> None:
    head = (
        '<link rel="canonical" href="https://gazette.example/2025/ice">'
        '<meta property="og:site_name" content="The Gazette">'
        '<meta name="author" content="Ann Lee">'
        '<meta property="article:published_time" content="2025-07-08T09:30:00-04:00">'
        '<meta property="article:modified_time" content="2025-09-01T00:00:00Z">'
    )

    article = read(html_page(head))

    assert article.url == "https://gazette.example/2025/ice"
    assert (article.outlet, article.authors) == ("The Gazette", ("Ann Lee",))
    assert (article.published, article.language) == ("2025-07-08T09:30:00-04:00", "en")


def test_a_date_in_structured_data_is_read() -> None:
    data = '{"@graph": [{"@type": "NewsArticle", "dateModified": "2025-08-01", "datePublished": "2025-07-08"}]}'

    assert read(html_page(f'<script type="application/ld+json">{data}</script>')).published == "2025-07-08"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="article:modified_time" content="2025-09-01">',
        '<meta property="article:published_time" content="soon">',
        '<meta property="article:published_time" content="2031-01-01">',
        '<script type="application/ld+json">{"datePublished": </script>',
    ],
)
def test_neither_an_update_nor_a_copyright_is_the_publication_date(head: str) -> None:
    assert read(html_page(head)).published is None


@pytest.mark.parametrize("link", ["/2025/ice", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_a_canonical_link_that_is_no_address_is_ignored(link: str) -> None:
    article = read(html_page(f'<link rel="canonical" href="{link}">'))

    assert article.url == "https://gazette.example/ice"


def test_without_a_site_name_the_outlet_is_the_host() -> None:
    page = html_page().replace(" | The Gazette</title>", "</title>")

    assert read(page).outlet == "gazette.example"


def test_the_charset_of_the_page_is_used() -> None:
    page = html_page('<meta charset="windows-1251">').replace("brewery", "пивоварня")

    assert "пивоварня" in read(page.encode("cp1251")).text


@pytest.mark.parametrize("page", ["<html></html>", "<p></p>", "<!-- -->", "just words", "<a href='/'>Log in</a>"])
def test_a_page_without_an_article_is_an_error(page: str) -> None:
    with pytest.raises(SourceError, match=r"^no article text was found; "):
        read(page)


def test_binary_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(SourceError, match=r"^it is binary, not text"):
        read(b"%PDF-1.7 ...")


def test_a_list_and_a_table_keep_their_lines() -> None:
    rows = "<ul><li>rice from the south</li><li>cars from the north</li></ul>"

    text = read_page(html_page(inside=rows), "https://gazette.example/ice", "2026-01-01").text

    assert "- rice from the south\n- cars from the north" in text


def page_of(head: str = "", inside: str = "") -> Page:
    return read_page(html_page(head, inside), "https://gazette.example/ice", "2026-01-01")


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ("", "<p>Advertisement</p>"),
        ("", "<p>Related: Soup prices fall again</p>"),
        ("", "<p>Sign up for our newsletter</p>"),
        ("", "<p>Copyright 2025 The Gazette. All rights reserved.</p>"),
        ("", "<p>Leave a comment</p>"),
    ],
)
def test_what_frames_an_article_is_not_its_text(head: str, inside: str) -> None:
    words = inside.removeprefix("<p>").removesuffix("</p>")

    assert words not in page_of(head, f"{inside}<p>{PARAGRAPHS[0]} And so on, they said.</p>{inside}").text


def test_a_comment_in_a_paragraph_does_not_cut_it() -> None:
    page = html_page().replace("an agreement", "an <!-- -->agreement<!-- x -->")

    assert PARAGRAPHS[0] in read_page(page, "https://gazette.example/ice", "2026-01-01").text


def test_a_hostile_page_is_no_quadratic_work() -> None:
    sheet = ".x " * 60 + "{display:none}" + "".join(f".a{n} .x{{color:#fff}}" for n in range(3_000))
    nested = "<div class='x'>" * 200 + "deep" + "</div>" * 200

    page = read_page(html_page(f"<style>{sheet}</style>", nested), "https://gazette.example/ice", "2026-01-01")

    assert PARAGRAPHS[0] in page.text
