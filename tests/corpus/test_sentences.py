"""Sentences: exact spans, and full stops that do not end one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences
from corpus.types import Span


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Trump met U.S. officials on Jan. 5.",
        "The U.S. Trade Representative spoke.",
        "J. D. Vance left at 5 p.m. Monday.",
        "Gen. Lee asked Sen. Hawley about No. 7.",
        "Exports fell 2.5% in May.",
        "“Is it?” asked the minister.",
        "Talks stalled… but went on.",
        "Apple Inc. reported a loss.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert split(whole) == [whole]


def test_sentences_end_where_they_end() -> None:
    assert split("“We won.” He left the U.S. The talks ended! Did they? Yes.") == [
        "“We won.”",
        "He left the U.S.",
        "The talks ended!",
        "Did they?",
        "Yes.",
    ]


def test_a_sentence_never_crosses_a_line_break() -> None:
    assert split("A heading\n\nA sentence. Another\nthat is cut.") == [
        "A heading",
        "A sentence.",
        "Another",
        "that is cut.",
    ]


def test_a_line_without_capitals_is_split_at_its_stops() -> None:
    assert split("sales rose 2.5%. the u.s. unit fell. see no. 7.") == [
        "sales rose 2.5%.",
        "the u.s. unit fell.",
        "see no. 7.",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["貿易摩擦が続く。", "交渉は止まった！", "なぜ？"],
        ["首相は「続ける。」と述べた。", "交渉は続く。"],
        ["व्यापार बढ़ा। ", "शुल्क घटा।"],
        ["هل توقفت المحادثات؟ ", "نعم."],
    ],
)
def test_stops_of_other_scripts_end_sentences(parts: list[str]) -> None:
    assert split("".join(parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize("text", [".", "。", '."', "。」", ". ", "a.b"])
def test_a_line_of_stops_is_read_once(text: str) -> None:
    assert "".join(split(text * 100_000)).replace(" ", "") == (text * 100_000).replace(" ", "")


def test_only_the_asked_part_is_split() -> None:
    text = "One two. Three four. Five six."
    assert [text[s.start : s.end] for s in sentences(text, Span(9, 20))] == ["Three four."]


@given(st.text(alphabet=st.sampled_from("aB. !?\n\"”'\u00a0U.S"), max_size=200))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    covered = "".join(text[span.start : span.end] for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)
