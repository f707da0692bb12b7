"""Passages: exact slices, whole sentences and quotations, introductions with what they introduce, nothing lost."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.sentences import sentences
from corpus.types import Span
from ingest.chunk import chunk, signature
from ingest.quotations import quotations
from ingest.units import units

PLAIN = ["tariff", "U.S.", "Mr.", "Japan", "25%", "cars.", "talks!", "why?", "“We", "won.”", '"No."', "\n", "\n\n"]
SHAPED = ["# Deals", "- steel", "a | b", "The list:", "x" * 120, "e\u0301" * 9, "👩\u200d🚗", "貿易。", "नमस्ते।", "!?…"]
WORDS = st.sampled_from([*PLAIN, *SHAPED])
TEXTS = st.lists(WORDS, max_size=120).map(" ".join)
# Any text that can be stored: everything but lone surrogates.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=600)
SENTENCE = "Talks on tariffs went on for a while. "


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def count_characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def count_marked(texts: Sequence[str]) -> list[int]:
    """As some tokenizers do: a whole word may have more tokens than its parts together."""
    return [sum(1 if len(word) <= 40 else len(word) for word in text.split()) for text in texts]


def cut(text: str, max_chars: int = 300, max_tokens: int = 10_000) -> list[str]:
    return [text[span.start : span.end] for span in chunk(text, max_chars, max_tokens, count_words)]


def assert_whole(text: str, spans: Sequence[Span], max_chars: int) -> None:
    held = {index for span in spans for index in range(span.start, span.end)}
    assert all(index in held for index, character in enumerate(text) if not character.isspace())
    assert all(0 < span.end - span.start <= max_chars for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in spans)


@pytest.mark.parametrize("count", [count_words, count_characters, count_marked])
@given(text=TEXTS | ANY_TEXT, max_chars=st.integers(100, 400), max_tokens=st.integers(40, 120))
def test_passages_hold_everything_and_fit(count, text: str, max_chars: int, max_tokens: int) -> None:
    spans = chunk(text, max_chars, max_tokens, count)
    assert_whole(text, spans, max_chars)
    assert all(tokens <= max_tokens for tokens in count([text[s.start : s.end] for s in spans]))


@given(TEXTS | ANY_TEXT)
def test_a_sentence_that_fits_lies_whole_in_a_passage(text: str) -> None:
    spans = chunk(text, 400, 10_000, count_words)
    for sentence in sentences(text):
        if sentence.end - sentence.start <= 400:
            assert any(span.start <= sentence.start and sentence.end <= span.end for span in spans)


@given(TEXTS)
def test_a_quotation_that_fits_is_never_split(text: str) -> None:
    quoted = [span for span in quotations(text) if span.end - span.start <= 100]
    for passage in chunk(text, 400, 10_000, count_words):
        assert not any(one.start < passage.end < one.end or one.start < passage.start < one.end for one in quoted)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_a_heading_never_ends_a_passage(paragraphs: list[int]) -> None:
    text = "\n\n".join(f"# Part {n}\n\n{(SENTENCE * length).strip()}" for n, length in enumerate(paragraphs))
    assert not any(passage.splitlines()[-1].startswith("#") for passage in cut(text))


def test_passages_fit_the_window_of_the_shipped_model() -> None:
    embedder = Embedder(locate("builtin", allow_download=False))
    text = "\n\n".join(["貿易摩擦が続く。" * 300, "Tariffs rose again. " * 400, "९" * 3000, "1.5," * 900])
    spans = chunk(text, 1000, embedder.max_tokens, embedder.count_tokens)
    assert_whole(text, spans, 1000)
    assert max(embedder.count_tokens([text[s.start : s.end] for s in spans])) <= embedder.max_tokens == 254


def test_a_paragraph_end_is_preferred() -> None:
    one, other = (SENTENCE * 5).strip(), (SENTENCE * 6).strip()
    assert cut(f"{one}\n\n{other}") == [one, other]


@pytest.mark.parametrize("opening", ["Why it matters", "## Why it matters", " = Why it matters = "])
def test_a_heading_stays_with_its_prose(opening: str) -> None:
    text = f"{SENTENCE * 5}\n\n{opening}\n\n{SENTENCE * 6}".strip()
    assert cut(text)[1].startswith(opening.strip())


def test_a_list_stays_with_its_introduction() -> None:
    items = "\n".join(f"- item {n} of the deal" for n in range(6))
    text = f"{SENTENCE * 6}The deal covers:\n{items}\n\n{SENTENCE * 5}".strip()
    assert f"The deal covers:\n{items}" in cut(text)[1]


def test_a_long_list_keeps_its_introduction_with_the_first_item() -> None:
    text = f"{SENTENCE * 5}\n\nThe deal covers:\n\n" + "\n".join(f"{n}. {SENTENCE * 2}" for n in range(1, 9))
    assert any("The deal covers:\n\n1. Talks" in passage for passage in cut(text))


def test_a_table_keeps_its_first_row_with_the_next() -> None:
    rows = "\n".join(f"{name} | 10% | 25%" for name in ("goods", "steel", "cars", "chips"))
    text = f"{SENTENCE * 6}Rates in percent:\n\n{rows}\n\n{SENTENCE * 5}".strip()
    assert f"Rates in percent:\n\n{rows}" in cut(text)[1]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"'])
def test_a_quotation_of_several_sentences_is_kept(marks: str) -> None:
    said = marks.format((SENTENCE * 5).strip())
    text = f"{SENTENCE * 5}She added: {said} he wrote. {SENTENCE * 5}"
    assert any(said in passage for passage in cut(text))


def test_a_quotation_over_paragraphs_is_kept() -> None:
    said = f"“{SENTENCE * 3}\n\n“{SENTENCE * 2}”"
    assert any(said in passage for passage in cut(f"{SENTENCE * 6}\n\n{said} she said.\n\n{SENTENCE * 5}"))


def test_a_quotation_longer_than_a_window_ends_at_sentences() -> None:
    passages = cut(f"“{SENTENCE * 30}”")
    assert all(passage.endswith((".", "”")) for passage in passages)
    assert len(passages) > 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “yes. No.” and left.", ["“yes. No.”"]),
        ("“Never closed. “Closed.”", ["“Closed.”"]),
        ("“Never closed.\n\nA new paragraph.” it ends", []),
        ('A 6" pipe and a "tax. Cut." here', ['"tax. Cut."']),
        ('An "open one\nand a "closed" one', ['"closed"']),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text)] == found


def test_a_sentence_too_long_for_a_window_is_cut_after_a_clause() -> None:
    text = ("the tariff on cars and parts of cars rose again, " * 12).strip(", ") + "."
    assert all(passage.endswith((",", ".")) for passage in cut(text))


def test_a_line_that_reads_on_is_no_place_to_end() -> None:
    lines = (SENTENCE * 20).split()
    wrapped = "\n".join(" ".join(lines[n : n + 12]) for n in range(0, len(lines), 12))
    ends = [unit for unit in units(wrapped, 300) if not wrapped[unit.span.start : unit.span.end].endswith(".")]
    assert all(unit.parting > 1 for unit in ends if wrapped[unit.span.end :].lstrip()[:1].islower())


def test_no_letter_loses_its_mark_where_no_space_offers_itself() -> None:
    text = "e\u0301" * 400
    assert all(passage[0] == "e" and passage[-1] == "\u0301" for passage in cut(text, max_chars=101))


def test_a_long_paragraph_is_cut_into_even_parts() -> None:
    lengths = [len(passage) for passage in cut((SENTENCE * 9).strip())]
    assert len(lengths) == 2
    assert max(lengths) - min(lengths) <= len(SENTENCE)


@pytest.mark.parametrize("text", ["a.\n", "“", '"a ', "。", "x", ".", "\n \n", "a. “"])
def test_a_text_of_one_thing_takes_no_longer_for_each(text: str) -> None:
    assert_whole(text * 20_000, chunk(text * 20_000, 1000, 254, count_words), 1000)


def test_nothing_comes_of_nothing() -> None:
    assert chunk("", 1000, 254, count_words) == chunk(" \n\u3000\n", 1000, 254, count_words) == []


def test_the_signature_tells_versions_and_sizes_apart() -> None:
    assert signature(1000) != signature(600)
    assert signature(1000).endswith("v2")
