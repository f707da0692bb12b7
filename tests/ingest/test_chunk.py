"""Passages: exact slices, whole sentences, nothing lost, nothing too long for the embedder."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.sentences import sentences
from ingest.chunk import chunk

WORDS = st.sampled_from(["tariff", "U.S.", "Mr.", "Japan", "25%", "cars.", "talks!", "\n\n", "why?", "貿易", "x" * 120])
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@given(TEXTS, st.integers(100, 400), st.integers(8, 60))
def test_passages_hold_everything_and_fit(text: str, max_chars: int, max_tokens: int) -> None:
    spans = chunk(text, max_chars, max_tokens, count_words)
    held = {index for span in spans for index in range(span.start, span.end)}
    assert all(index in held for index, character in enumerate(text) if not character.isspace())
    assert all(0 < span.end - span.start <= max_chars for span in spans)
    assert all(count <= max_tokens for count in count_words([text[s.start : s.end] for s in spans]))
    assert all(one.start < other.start and one.end < other.end for one, other in pairwise(spans))


@given(TEXTS)
def test_a_sentence_that_fits_lies_whole_in_a_passage(text: str) -> None:
    spans = chunk(text, 400, 200, count_words)
    for sentence in sentences(text):
        if sentence.end - sentence.start <= 400:
            assert any(span.start <= sentence.start and sentence.end <= span.end for span in spans)


def test_passages_fit_the_window_of_the_shipped_model() -> None:
    embedder = Embedder(locate("builtin", allow_download=False))
    text = "貿易摩擦が続く。" * 300 + "\n\n" + "Tariffs rose again. " * 400
    spans = chunk(text, 1000, embedder.max_tokens, embedder.count_tokens)
    assert max(embedder.count_tokens([text[s.start : s.end] for s in spans])) <= embedder.max_tokens == 254


def test_neighbouring_passages_overlap() -> None:
    text = " ".join(f"Sentence number {n} is about tariffs." for n in range(60))
    spans = chunk(text, 400, 200, count_words)
    assert len(spans) > 3
    assert all(other.start < one.end for one, other in pairwise(spans))
