"""What a question asks for is marked in the sentence that has it, and looks like nothing else."""

import pytest

from bot.answering.evidence import Candidate, Evidence
from bot.answering.extractive import draft
from bot.answering.highlight import highlight_of
from bot.answering.types import Sentence
from bot.discord_app.showing.card import _sentence
from corpus.types import Passage, Span


@pytest.mark.parametrize(
    ("sentence", "question", "wanted"),
    [
        ("It lets in 100,000 cars a year at a tariff of 10 percent.", "how many cars get the lower rate?", "100,000"),
        ("It lets in 100,000 cars a year at a tariff of 10 percent.", "what rate do they pay?", "10 percent"),
        ("By 2026 it would cost $1.2 billion.", "how much will it cost?", "$1.2 billion"),
        ("The 25% duty is to fall to 15%.", "how high is the tariff after the 25% duty?", "15%"),
        ("Talks begin on May 1, 2025 in Rome.", "when do talks begin?", "May 1, 2025"),
        ("The talks were led by Mr. Akazawa and Scott Bessent.", "who led them?", "Mr. Akazawa"),
        ("The talks with Scott Bessent were led by Ryosei Akazawa.", "who met Bessent?", "Ryosei Akazawa"),
        ("Talks begin on May 1, 2025.", "why do talks begin?", None),
        ("Nothing is known of that.", "who knows?", None),
    ],
)
def test_the_words_that_are_asked_for(sentence: str, question: str, wanted: str | None) -> None:
    found = highlight_of(sentence, question)
    assert (found and sentence[slice(*found)]) == wanted


def test_only_the_first_sentence_that_has_it_is_marked() -> None:
    text = "It cost $5 million. Repairs took $6 billion. Nobody paid."
    passage = Passage("a:1:0", "a", 1, 0, len(text), text, "u", "t", None, None, None, "a:1")
    spans = [Span(0, 19), Span(20, 44), Span(45, 57)]
    candidates = tuple(Candidate(span, passage, 1 - number / 100) for number, span in enumerate(spans))
    made = draft(Evidence(candidates, "how much did it cost?"), 3)
    assert [sentence.highlight for sentence in made.sentences] == [(8, 18), None, None]


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        ("It cost $5 *million* then.", (8, 10), "It cost **$5** \\*million\\* then. [1]"),
        ("25% it is.", (0, 3), "**25%** it is. [1]"),
        ("It is 25%.", (6, 9), "It is **25%**. [1]"),
        ("It is 25%.", None, "It is 25%. [1]"),
    ],
)
def test_discord_shows_it_in_bold_and_the_rest_as_it_is(text: str, place: tuple[int, int] | None, shown: str) -> None:
    assert _sentence(Sentence(text, (1,), "verbatim", place)) == shown
