"""What a new version changed, and the notice by which an article says that it was corrected."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Article
from ingest.changes import LONGEST_SHOWN, MOST_SHOWN, changes
from ingest.corrections import correction


def article(text: str, **fields: object) -> Article:
    return Article(url="https://news.example/a", title="Kelp", text=text, **fields)


def test_only_the_sentences_that_went_and_came_are_told() -> None:
    before = article("Talks began on Monday. Norway asked for 12 percent. Nobody signed.", published="2025-07-08")
    after = article("Talks began on Monday. Norway asked for 15 percent. Nobody signed.", published="2025-07-09")
    found = changes(before, after)
    assert found.removed == ("Norway asked for 12 percent.",)
    assert found.added == ("Norway asked for 15 percent.",)
    assert (found.more, found.fields) == (0, {"published": ("2025-07-08", "2025-07-09")})


def test_a_sentence_that_moved_is_no_change() -> None:
    found = changes(article("One came first. Two came second."), article("Two came second. One came first."))
    assert (found.removed, found.added) == ((), ())


def test_a_sentence_said_twice_and_then_once_went_once() -> None:
    found = changes(article("He said it. He said it."), article("He said it."))
    assert (found.removed, found.added) == (("He said it.",), ())


def test_long_diffs_are_cut_and_counted() -> None:
    many = " ".join(f"Sentence number {n} was about kelp." for n in range(MOST_SHOWN + 3))
    found = changes(article("Short."), article(f"Short. {'x' * 900}. {many}"))
    assert len(found.added) == MOST_SHOWN
    assert found.more == 4
    assert max(map(len, found.added)) == LONGEST_SHOWN


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_and_equal_ones_differ_in_nothing(one: str, other: str) -> None:
    assert not changes(article(one), article(one)).added
    changes(article(one), article(other))


def test_correction_notices_are_found() -> None:
    for notice in (
        "Correction: An earlier sum was wrong.",
        "CORRECTION (July 9, 2025): The tariff is 12 percent, not 15.",
        "Corrections: The minister's name is Ola Berg.",
        "Clarification — the quota covers dried kelp only.",
        "*An earlier version of this article misstated the duty on kelp.*",
        "Editor’s note: This story has been corrected to say that Norway, not Sweden, asked.",
        "Editor's note: An earlier version of this report misspelled the name of the envoy.",
        "This article was amended on 9 July 2025 because the rate was wrong.",
    ):
        assert correction(f"Norway raised its tariff.\n\n{notice}\n\nMore on kelp.") == notice


def test_other_notes_and_market_corrections_are_none() -> None:
    for text in (
        "Editor's note: This is the first of two parts.",
        "Note: Prices are in kroner.",
        "A market correction: that is what traders feared.",
        "The minister demanded a correction from the paper.",
        "An earlier version of the bill set the duty at 15 percent.",
        "Corrections officers went on strike.",
    ):
        assert correction(f"Norway raised its tariff.\n\n{text}") is None


def test_a_notice_is_bounded() -> None:
    found = correction("Correction: " + "a" * 100_000)
    assert found is not None
    assert len(found) == 600
