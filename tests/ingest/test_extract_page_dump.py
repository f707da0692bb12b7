"""Pages saved as text: the article, its title, date and names, and nothing of the page around it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.document import Document
from ingest.extract import extract
from ingest.extract.lines import Kind, authors_in, kind_of
from ingest.extract.normalise import tidy
from ingest.extract.page_dump import page_article
from ingest.extract.plain import unwrapped

if TYPE_CHECKING:
    from corpus.types import Article

DUMPS = sorted((Path(__file__).parent / "dumps").glob("*.txt"))
SHARED_PAGE = Path(__file__).parents[3] / "shared/data/raw_pages/000_3c660b45ff03c635.txt"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Their lines are the layout's: a paragraph of another length would be laid out in another way.
WRAPPED = {"bare_top_wrapped", "interview_wrapped"}


def read(data: bytes) -> Article:
    return extract(Document("page.txt", "file:///page.txt", "text", data, NOW))


def expected(page: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return values


@pytest.mark.parametrize("page", DUMPS, ids=lambda page: page.stem)
def test_the_article_is_told_from_the_page(page: Path) -> None:
    want, article = expected(page), read(page.read_bytes())

    assert article.text.split("\n\n") == want["paragraphs"]
    assert [part for part in want["absent"] if part in article.text] == []


@pytest.mark.parametrize("page", DUMPS, ids=lambda page: page.stem)
def test_what_the_page_says_about_the_article_is_kept(page: Path) -> None:
    want, article = expected(page), read(page.read_bytes())

    assert article.title == want["title"]
    assert article.published == want["published"]
    assert article.outlet == want["outlet"]
    assert article.publisher == want["publisher"]
    assert list(article.authors) == want["authors"]


@pytest.mark.parametrize("page", DUMPS, ids=lambda page: page.stem)
def test_windows_line_ends_change_nothing(page: Path) -> None:
    data = page.read_bytes()

    assert read(data.replace(b"\n", b"\r\n")) == read(data)


def test_comments_are_not_the_article_however_many_there_are() -> None:
    page = next(page for page in DUMPS if page.stem == "pipe_nav_comments")
    text = page.read_text(encoding="utf-8")
    comment = "I have read all of this twice, and I still think that the price of oranges is set by the moon."
    many = text.replace("Comments (3)", "Comments (30)\n\n" + "\n\n".join(f"{comment} {n} times." for n in range(30)))

    assert read(many.encode()).text == read(text.encode()).text


@pytest.mark.shared
def test_a_real_saved_page() -> None:
    if not SHARED_PAGE.exists():
        pytest.skip("needs ../shared/data/raw_pages")
    article = read(SHARED_PAGE.read_bytes())
    paragraphs = article.text.split("\n\n")

    assert article.title == "7 Rounds of Talks and No Deal: Japan Girds for New Era of U.S. Relations"
    assert (article.published, article.outlet, article.publisher) == ("2025-07-08", "DNYUZ", "New York Times")
    assert article.authors == ("River Akira Davis",)
    assert len(paragraphs) == 20
    assert paragraphs[0].startswith("Earlier this year, Japan’s")
    assert paragraphs[-1].endswith("what should be protected.”")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("492", Kind.COUNT),
        ("1.4k VIEWS", Kind.COUNT),
        ("Share on FacebookShare on Twitter", Kind.COUNT),
        ("Share197Tweet123Share", Kind.COUNT),
        ("Read more", Kind.PROMPT),
        ("Home | News | Sport", Kind.MENU),
        ("Copyright © 2025.", Kind.LEGAL),
        ("You may also like", Kind.RELATED),
        ("Comments (12)", Kind.COMMENTS),
        ("The post A deal at last appeared first on The Gazette.", Kind.ORIGIN),
        ("by Politico", Kind.DATED),
        ("July 8, 2025", Kind.DATED),
        ("Lawmakers are ready to act as soon as ...", Kind.TEASER),
        ("Now, Japan is dealing with diplomatic whiplash, he said.", Kind.PROSE),
        ("Nobody moved.", Kind.SHORT),
        ("Share prices fell by a third on Monday after the vote.", Kind.PROSE),
        ("Comments by the minister calmed the markets for a day.", Kind.PROSE),
        ("More from the treaty was struck out before the signing.", Kind.PROSE),
        ("Copyright law was the last open chapter of the talks.", Kind.PROSE),
        ("Subscribers of the state railway paid the new duty first.", Kind.PROSE),
        ("Search teams found the missing containers on the third day.", Kind.PROSE),
        ("The letter was first published in The Times.", Kind.PROSE),
    ],
)
def test_a_line_is_known_by_its_shape(line: str, kind: Kind) -> None:
    assert kind_of(line) is kind


words = st.sampled_from(
    [
        "trade",
        "talks",
        "tariff",
        "quota",
        "ministers",
        "harbour",
        "wheat",
        "steel",
        "agreed",
        "refused",
        "treaty",
        "market",
    ]
)
sentences = st.lists(words, min_size=2, max_size=25).map(lambda found: " ".join(found).capitalize() + ".")


@given(st.lists(sentences, min_size=1, max_size=15))
def test_prose_alone_is_never_taken_for_a_page(paragraphs: list[str]) -> None:
    assert page_article("\n\n".join(paragraphs), "https://a.example/") is None


@given(st.lists(st.lists(words, min_size=12, max_size=40), min_size=3, max_size=12), st.sampled_from(DUMPS))
def test_any_article_comes_whole_out_of_any_frame(found: list[list[str]], page: Path) -> None:
    """The fixtures' own articles swapped for others: the frame goes, every new sentence stays."""
    paragraphs = [f"{number}th clause: {' '.join(part)}." for number, part in enumerate(found, start=4)]
    text, original = page.read_text(encoding="utf-8"), expected(page)
    if page.stem in WRAPPED:
        return
    first = text.index(original["paragraphs"][0].split("\n")[0])
    ending = original["paragraphs"][-1].split("\n")[-1]
    last = text.rindex(ending) + len(ending)
    article = read((text[:first] + "\n\n".join(paragraphs) + text[last:]).encode())

    assert article.text.split("\n\n") == paragraphs


def test_a_correction_notice_stays_with_the_article() -> None:
    corrected = {page.stem: expected(page)["paragraphs"][-1] for page in DUMPS}

    assert corrected["teaser_front"].startswith("Correction: ")
    assert corrected["republished_magazine"].startswith("Editor's note: ")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Lee, Trade Correspondent", ("Ann Lee",)),
        ("Ann Lee, senior trade reporter", ("Ann Lee",)),
        ("BY ANN LEE AND BO EK", ("Ann Lee", "Bo Ek")),
        ("Posted on May 2, 2022 by Ann Lee", ("Ann Lee",)),
        ("Von Jana Weiß und Bo Ek", ("Jana Weiß", "Bo Ek")),
        ("By land, by sea and by rail", ()),
        ("The editor, Ann Lee, was away", ()),
        ("Seven clauses were struck out by Ann Lee.", ()),
    ],
)
def test_a_byline_names_people_and_not_their_work(line: str, authors: tuple[str, ...]) -> None:
    assert authors_in(line) == authors


def test_those_who_reported_sign_an_article_without_a_byline() -> None:
    page = next(page for page in DUMPS if page.stem == "wire_counters").read_text(encoding="utf-8")
    unsigned = page.replace("Petra Vance\nSenior Insurance Correspondent\n", "")
    unsigned = unsigned.replace("Idris Kolo\nFreight Reporter\n", "")

    assert unsigned != page
    assert read(unsigned.encode()).authors == ("Petra Vance", "Idris Kolo")


@pytest.mark.parametrize("notice", ["SHARES\n\n492", "Advertisement", "Read more: The quiet strike of the weighers"])
def test_what_stands_between_paragraphs_takes_none_of_them_along(notice: str) -> None:
    page = next(page for page in DUMPS if page.stem == "republished_magazine")
    text, want = page.read_text(encoding="utf-8"), expected(page)["paragraphs"]
    for paragraph in want[1:-1]:
        text = text.replace(f"{paragraph}\n\n", f"{paragraph}\n\n{notice}\n\n")

    assert read(text.encode()).text.split("\n\n") == want


pieces = st.sampled_from(
    "Home|Share|492|• |1. |By Ann Lee|2024-03-12|May 2, 2022|Read more|Related|Comments (3)|...|©|2024|:|“|— "
    "|日本と|合意。|About the author|Photo: X/Reuters|\n|\n\n|\n\n\n|\t|   |\u200d|\ud800"
    "|The talks ended on Friday without a word to the press.".split("|")
)


@given(st.lists(pieces | st.text(max_size=20), max_size=60).map("".join))
def test_no_text_ends_in_anything_but_an_article_or_a_plain_error(text: str) -> None:
    try:
        article = read(text.encode(errors="surrogatepass"))
    except SourceError:
        return
    assert article.text == tidy(article.text)
    assert article.title


@pytest.mark.parametrize(
    "line",
    [
        "Home | News | Sport\n",
        "A label of some words\n\n",
        "12 March 2024\nBy Ann Lee\n",
        "!?.,;:---\n",
        "The talks ended on Friday without a word to the press.\n\n",
        "Related\nA title of four words\nThe talks ended on Friday without a word to the press.\n",
        f"a{' ' * 900}b\n",
        f"{'by 1 ' * 190}\n",
        f"{'reporting by ' * 70}\n\n",
        f"{'a' * 60}@" * 14 + "\n",
        "\n",
        " \t \n",
    ],
)
def test_time_grows_with_length_and_no_faster(line: str) -> None:
    short, long = ("Talks end\n\n" + line * count for count in (500, 4_000))

    # Eight times the text; sixty-four times the time would be quadratic.
    assert seconds(long) < 30 * max(seconds(short), 0.005)


@pytest.mark.parametrize("filler", ["word ", "a", ".", '"', " ", "[1]", "— "])
def test_one_endless_line_is_read_in_time(filler: str) -> None:
    short, long = (f"Talks end\n\nx{filler * count}x" for count in (20_000, 160_000))

    assert seconds(long) < 30 * max(seconds(short), 0.005)


def seconds(text: str) -> float:
    started = time.process_time()
    page_article(unwrapped(tidy(text)), "file:///page.txt")
    return time.process_time() - started
