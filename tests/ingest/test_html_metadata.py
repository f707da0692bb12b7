"""What a page states about its article: date, authors, where it first appeared, topics, language."""

from __future__ import annotations

import json

import pytest

from ingest.extract.html_worker import Page, read_page

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


def page_of(head: str = "", inside: str = "", url: str = "https://gazette.example/ice") -> Page:
    return read_page(html_page(head, inside), url, "2026-01-01")


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {"@type": "NewsArticle", "url": "https://gazette.example/ice", "datePublished": "2025-07-08T09:30:00+09:00"}
OTHER = {"@type": "NewsArticle", "url": "https://gazette.example/soup", "datePublished": "2024-01-01"}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [OTHER, ARTICLE],
        {
            "@graph": [
                {"@type": "WebSite", "datePublished": "2001-01-01"},
                OTHER,
                {**ARTICLE, "@type": ["BlogPosting", "Thing"]},
            ]
        },
        {"@type": "WebPage", "datePublished": "2001-01-01", "mainEntity": ARTICLE},
        {**ARTICLE, "comment": [{"@type": "Comment", "datePublished": "2025-07-09"}], "dateModified": "2025-08-01"},
        {**ARTICLE, "@type": "http://schema.org/ReportageNewsArticle"},
    ],
)
def test_the_date_is_that_of_the_pages_own_article(value: object) -> None:
    assert page_of(json_ld(value)).published == "2025-07-08T09:30:00+09:00"


def test_structured_data_is_believed_before_metadata() -> None:
    meta = '<meta name="date" content="2025-09-09"><meta property="article:published_time" content="2025-09-08">'

    assert page_of(meta + json_ld(ARTICLE)).published == "2025-07-08T09:30:00+09:00"
    assert page_of(meta).published == "2025-09-08"


@pytest.mark.parametrize(
    "name",
    ["article:published_time", "og:published_time", "dc.date.issued", "sailthru.date", "parsely-pub-date", "pubdate",
     "citation_publication_date", "cXenseParse:recs:publishtime", "date", "DC.Date"],
)  # fmt: skip
def test_a_date_in_metadata_is_read(name: str) -> None:
    assert page_of(f'<meta name="{name}" content="2025-07-08T09:30:00Z">').published == "2025-07-08T09:30:00+00:00"


@pytest.mark.parametrize(
    "inside",
    [
        "<time pubdate datetime='2025-07-08'>8 July</time>",
        "<span itemprop='datePublished' content='2025-07-08'>today</span>",
        "<time itemprop='datePublished'>July 8, 2025</time>",
    ],
)
def test_a_date_in_the_markup_is_read(inside: str) -> None:
    assert page_of(inside=inside).published == "2025-07-08"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Published: July 8, 2025 | 4 min read</p>",
        "<p class='byline'>By Ann Lee, July 8, 2025</p>",
        "<time datetime='2025-07-08'>8 July</time>",
        "<p>2025年7月8日</p>",
    ],
)
def test_the_dateline_under_the_headline_is_read(line: str) -> None:
    page = html_page().replace("</h1>", f"</h1>{line}")

    assert read_page(page, "https://gazette.example/ice", "2026-01-01").published == "2025-07-08"


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Updated: July 8, 2025</p>",
        "<p>Updated <time datetime='2025-07-08'>8 July</time></p>",
        "<div class='comments'><time itemprop='datePublished' datetime='2025-07-08'>8 July</time></div>",
        "<aside class='related'><time pubdate datetime='2025-07-08'>8 July</time></aside>",
        "<p>© July 8, 2025 The Gazette</p>",
        "<div class='upcoming-events'><p>July 8, 2025</p></div>",
    ],
)
def test_a_date_of_something_else_is_not_the_publication(inside: str) -> None:
    page = html_page(inside=inside).replace("</h1>", f"</h1>{inside}")

    assert read_page(page, "https://gazette.example/ice", "2026-01-01").published is None


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/07/08/ice-talks", "2025-07-08"),
        ("news/2025-07-08/ice", "2025-07-08"),
        ("2025/jul/08/ice", "2025-07-08"),
        ("2025/07/ice", None),
        ("2025/13/45/ice", None),
        ("12345678/ice", None),
    ],
)
def test_a_day_in_the_address_is_the_last_resort(path: str, day: str | None) -> None:
    assert page_of(url=f"https://gazette.example/{path}").published == day
    assert (
        page_of('<meta name="date" content="2025-07-01">', url=f"https://gazette.example/{path}").published
        == "2025-07-01"
    )


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2031-01-01", "soon"])
def test_a_date_that_cannot_be_is_unknown(day: str) -> None:
    assert page_of(json_ld({**ARTICLE, "datePublished": day})).published is None


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("By ANN LEE, Senior Trade Writer", ("Ann Lee",)),
        ("Ann Lee, Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, The Gazette", ("Ann Lee",)),
        (["Ann Lee", {"@type": "Person", "name": "Bo Ek"}], ("Ann Lee", "Bo Ek")),
        ({"@id": "#ann"}, ("Ann Lee",)),
        ("田中太郎", ("田中太郎",)),
        ("Text: Анна Петрова", ("Анна Петрова",)),
        ("Reuters", ("Reuters",)),
        ("The Gazette", ()),
        ("Staff Reporter", ()),
        ("Editorial Team", ()),
        ("admin", ()),
        ("https://social.example/ann", ()),
        ("@annlee", ()),
        ("ann@gazette.example", ()),
        ("Ann Lee has covered trade for twenty years", ()),
        ({"name": None}, ()),
    ],
)
def test_authors_are_people(stated: object, authors: tuple[str, ...]) -> None:
    data = {"@graph": [{**ARTICLE, "author": stated}, {"@id": "#ann", "@type": "Person", "name": "Ann Lee"}]}

    assert page_of(f'<meta property="og:site_name" content="The Gazette">{json_ld(data)}').authors == authors


def test_a_byline_in_the_page_names_its_authors_and_a_biography_does_not() -> None:
    byline = "<p class='byline'>By <a rel='author'>Ann Lee</a></p>"
    biography = "<div class='author-bio'><a rel='author'>Bo Ek</a></div>"

    assert page_of(inside=byline + biography).authors == ("Ann Lee",)
    assert page_of(inside=biography).authors == ()


@pytest.mark.parametrize(
    ("head", "inside", "publisher"),
    [
        ("", "<p>This article first appeared on The Harbour Post.</p>", "The Harbour Post"),
        ("", "<p>Originally published by Ice Weekly.</p>", "Ice Weekly"),
        (json_ld({**ARTICLE, "sourceOrganization": {"name": "Ice Weekly"}}), "", "Ice Weekly"),
        (json_ld({**ARTICLE, "isBasedOn": {"publisher": {"name": "Ice Weekly"}}}), "", "Ice Weekly"),
        (json_ld({**ARTICLE, "sourceOrganization": {"name": "The Gazette"}}), "", None),
        ('<link rel="canonical" href="https://post.example/ice">', "", "post.example"),
        ('<link rel="canonical" href="https://gazette.test/ice">', "", None),
        ("", "", None),
    ],
)
def test_where_an_article_first_appeared_is_its_publisher(head: str, inside: str, publisher: str | None) -> None:
    page = page_of(f'<meta property="og:site_name" content="The Gazette">{head}', inside)

    assert page.publisher == publisher
    assert page.url is None
    assert publisher is None or publisher not in page.text


def test_topics_are_the_articles_tags() -> None:
    head = '<meta property="article:section" content="Trade"><meta property="article:tag" content="Ice">' * 2
    many = f'<meta name="keywords" content="{",".join(f"tag {n}" for n in range(500))}">'

    assert page_of(head).topics == ("Ice", "Trade")
    assert page_of(many).topics == tuple(f"tag {n}" for n in range(20))


@pytest.mark.parametrize(
    ("declared", "language"),
    [("en-GB", "en"), ("pt_BR", "pt"), ("ZH-Hant-TW", "zh"), ("english please", None), ("", None)],
)
def test_the_language_is_a_primary_subtag(declared: str, language: str | None) -> None:
    page = html_page().replace("lang='en'", f"lang='{declared}'")

    assert read_page(page, "https://gazette.example/ice", "2026-01-01").language == language
