"""Texts are tidied the same way however they came in."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Article
from ingest.extract.normalise import finished, one_line, tidy

NOW = datetime(2025, 7, 8, 9, 0, tzinfo=UTC)


@given(st.text(st.characters(exclude_categories=[])))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(st.characters(exclude_categories=[])))
def test_tidied_text_can_be_stored_and_sliced(text: str) -> None:
    tidied = tidy(text)

    tidied.encode()
    assert unicodedata.is_normalized("NFC", tidied)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in tidied if letter != "\n")
    assert "\n\n\n" not in tidied
    assert tidied == tidied.strip()
    assert all(line == line.rstrip() for line in tidied.split("\n"))


@given(st.text("abc,.é日 -\n"))
def test_no_visible_character_is_lost(text: str) -> None:
    assert "".join(tidy(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a  \t\n  b", "a\n  b"),
        ("a\u00a0b", "a b"),
        ("tar\u200biff\ufeff", "tariff"),
        ("tar\u200d\u200ciff", "tariff"),
        ("a\x00b\x1bc", "abc"),
        ("a\ud800b", "ab"),
        ("hi\U000e0049\U000e0067", "hi"),
        ("\u202eevil", "evil"),
        ("Cafe\u0301", "Café"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍💻 code", "👩‍💻 code"),
    ],
)
def test_what_a_reader_cannot_see_is_gone(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


def test_one_line() -> None:
    assert one_line(" A deal \n\n at\tlast ") == "A deal at last"


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2025-07-08", True),
        ("2025-07-08T08:59:59+00:00", True),
        ("2025-07-08T05:30:00-04:00", False),
        ("2025-07-08T15:00:00+09:00", True),
        ("2025-07-09", False),
        ("2031-01-01", False),
        ("2025-07-08T20:00:00", True),
    ],
)
def test_a_date_after_the_run_is_not_believed(published: str, kept: bool) -> None:
    article = finished(Article("https://a.example/x", "T", "Text.", published=published), NOW)

    assert article.published == (published if kept else None)


def test_a_day_that_has_begun_somewhere_is_believed() -> None:
    evening = datetime(2025, 7, 8, 16, 0, tzinfo=UTC)

    article = finished(Article("https://a.example/x", "T", "Text.", published="2025-07-09"), evening)

    assert article.published == "2025-07-09"


def test_empty_fields_are_unknown() -> None:
    article = finished(Article("https://a.example/x", "T\n1", "x", outlet=" ", authors=(" A  B", "A B", "")), NOW)

    assert (article.title, article.outlet, article.authors) == ("T 1", None, ("A B",))


UNSET = ["0001-01-01", "0001-01-01T00:00:00+00:00", "1599-12-31", "1970-01-01T00:00:00", "1970-01-01T00:00:00+00:00",
         "1970-01-01T01:00:00+01:00", "1969-12-31T19:00:00-05:00"]  # fmt: skip


@pytest.mark.parametrize("published", UNSET)
def test_a_date_that_nobody_set_is_unknown(published: str) -> None:
    assert finished(Article("https://a.example/x", "T", "Text.", published=published), NOW).published is None


@pytest.mark.parametrize("published", ["1605-07-08", "1970-01-01", "1970-01-01T00:00:01+00:00", "1987-02-26T15:01:01"])
def test_an_old_date_is_believed(published: str) -> None:
    assert finished(Article("https://a.example/x", "T", "Text.", published=published), NOW).published == published


@given(st.text("ab ,é日", min_size=290, max_size=700))
def test_a_title_is_cut_at_a_word(title: str) -> None:
    kept = finished(Article("https://a.example/x", title, "Text."), NOW).title

    assert len(kept) <= 300
    whole = one_line(title)
    assert kept == whole if len(whole) <= 300 else (kept.endswith("…") and whole.startswith(kept[:-1]))


def test_a_long_title_ends_after_a_word() -> None:
    title = finished(Article("https://a.example/x", "harbour " * 100_000, "Text."), NOW).title

    assert title == "harbour " * 36 + "harbour…"


def test_names_are_neither_long_nor_many() -> None:
    many = tuple(f"Name {n} " + "x" * 1_000 for n in range(1_000))
    article = finished(
        Article("https://a.example/x", "T", "Text.", outlet=many[0], publisher=many[1], authors=many, topics=many), NOW
    )

    names = [article.outlet, article.publisher, *article.authors, *article.topics]
    assert [len(name or "") for name in names] == [120] * len(names)
    assert len(article.authors) == len(article.topics) == 50
    assert article.authors[7].startswith("Name 7 xxx")
