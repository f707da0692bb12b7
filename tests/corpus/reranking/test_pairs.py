"""Pairs: what is put before the model, and within which lengths."""

import pytest

from corpus.reranking.loading import load_pair_tokenizer
from corpus.reranking.pairs import HEADING_TOKENS, PAIR_TOKENS, QUESTION_TOKENS, heading, pair


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        ("2025-07-08", "8 July 2025: Talks"),
        ("2025-07-08T10:00:00+02:00", "8 July 2025: Talks"),
        (None, "Talks"),
        ("", "Talks"),
        ("2025", "Talks"),
        ("2025-02-30", "Talks"),
        ("last week", "Talks"),
    ],
)
def test_a_heading_says_the_day_where_there_is_one(published: str | None, wanted: str) -> None:
    assert heading("Talks", published) == wanted


def test_a_pair_is_three_parts_in_two_segments() -> None:
    tokenizer = load_pair_tokenizer()
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    made = pair(tokenizer, [11, 12], [21], [31, 32])
    assert made.ids == [cls, 11, 12, sep, 21, sep, 31, 32, sep]
    assert made.ids[made.question_end :] == [21, sep, 31, 32, sep]
    assert made.ids[made.passage_start : -1] == [31, 32]


def test_what_is_too_long_is_cut_and_the_passage_fills_the_rest() -> None:
    made = pair(load_pair_tokenizer(), [11] * 900, [21] * 900, [31] * 900)
    assert (made.ids.count(11), made.ids.count(21)) == (QUESTION_TOKENS, HEADING_TOKENS)
    assert len(made.ids) == PAIR_TOKENS
    assert made.ids[made.passage_start : -1] == [31] * (PAIR_TOKENS - QUESTION_TOKENS - HEADING_TOKENS - 4)
