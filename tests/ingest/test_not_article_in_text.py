"""Articles that are known: none is taken for a wall, and a saved text that is one is told by its words."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from corpus.errors import SourceSkipped
from evals.extraction import load
from ingest.extract.html_worker import read_page
from ingest.extract.not_article import check

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "articles"


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        (
            "Ice talks fail",
            "Talks on ice ended.\n\nSubscribe to continue reading.\n\nAlready a subscriber? Log in",
            "paywall",
        ),
        ("Just a moment...", "Enable JavaScript and cookies to continue", "check for robots"),
        ("The Gazette", "We use cookies to improve our site.\nAccept all\nReject all", "cookies"),
        ("Page not found", "Sorry, the page you requested could not be found.\nGo to the home page", "error page"),
        ("", "Index of /files\n../\nice.txt 08-Jul-2025 10:00 1200", "list of files"),
        ("", "Pagina niet gevonden", "error page"),
        ("", "------\n1 2 3\n======", "no article text"),
        ("Log in", "Log in to your account\nPassword\nForgot password?", "login page"),
    ],
)
def test_a_saved_text_that_is_no_article(title: str, text: str, reason: str) -> None:
    with pytest.raises(SourceSkipped, match=reason):
        check(title, text)


@pytest.mark.parametrize("size", [30, 60, 120, 100_000])
def test_no_known_article_is_taken_for_something_else(shared: Path, size: int) -> None:
    rows = map(json.loads, (shared / "trade_dev" / "articles.jsonl").read_text("utf-8").strip().split("\n"))
    texts = [(row["title"], row["text"]) for row in rows] + [("", path.read_text()) for path in SHIPPED.glob("*.md")]

    for title, text in texts:
        check(title, " ".join(text.split(" ")[:size]))


@pytest.mark.slow
def test_of_the_measured_pages_only_a_true_stub_is_skipped(shared: Path) -> None:
    lost = []
    for one in load(shared / "extraction_dev"):
        try:
            read_page(one.html, one.url, "2100-01-01")
        except SourceSkipped as error:
            lost.append((len(one.body.split()), str(error)))

    # One page of the set holds the beginning of an article and the words "to read the full story".
    assert [("paywall" in reason, words < 100) for words, reason in lost] == [(True, True)]


@pytest.mark.slow
def test_no_news_brief_is_taken_for_something_else(shared: Path) -> None:
    with gzip.open(shared / "reuters21578.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, 3_000)]

    for row in rows:
        check(row.get("title") or "", row.get("text") or row.get("body") or "")
