"""Comparisons become one question a side; everything else stays one question."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.asking.sides import LONGEST, MOST_SIDES, sides


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Japan vs Korea on car tariffs", ("Japan on car tariffs", "Korea on car tariffs")),
        (
            "How did rates on Japan vs. Korea change?",
            ("How did rates on Japan change", "How did rates on Korea change"),
        ),
        ("U.S. vs. China tariffs", ("U.S. tariffs", "China tariffs")),
        ("how do the EU and UK deals differ", ("how do the EU deals", "how do the UK deals")),
        ("the EU deal vs the UK deal", ("the EU deal", "the UK deal")),
        ("What's the difference between the EU and UK deals?", ("the EU deals", "the UK deals")),
        (
            "What is the difference between Section 232 and Section 301?",
            ("Section 232", "Section 301"),
        ),
        ("Biden's tariffs vs. Trump's", ("Biden's tariffs", "Trump's tariffs")),
        ("iPhone versus Galaxy prices", ("iPhone prices", "Galaxy prices")),
        ("steel vs aluminum: which rate?", ("steel: which rate", "aluminum: which rate")),
        ("US exports in 2024 vs 2025", ("US exports in 2024", "US exports in 2025")),
        ("compare Japan and Korea on steel", ("Japan on steel", "Korea on steel")),
        ("compare the EU deal with the UK deal", ("the EU deal", "the UK deal")),
        ("Compare Japan's, Korea's and the EU's deals", ("Japan's deals", "Korea's deals", "EU's deals")),
        ("How does the bailout of 2019 compare to that of 2025?", ("the bailout of 2019", "that of 2025")),
        ("How does Ford's plan stack up against GM's?", ("Ford's plan", "GM's plan")),
        (
            "did Canada or Mexico get the better deal?",
            ("did Canada get the better deal", "did Mexico get the better deal"),
        ),
        (
            "Which got the lower rate, Japan, Korea or the EU?",
            tuple(f"Which got the lower rate, {one}" for one in ("Japan", "Korea", "EU")),
        ),
        ("Is the duty on Japan higher than on Korea?", ("Is the duty on Japan higher", "Is the duty on Korea higher")),
        ("Do Target and Best Buy both raise prices?", ("Do Target raise prices", "Do Best Buy raise prices")),
        ("are target and best buy doing the same?", ("are target doing the same", "are best buy doing the same")),
        (
            "toyota and honda both cut jobs. what did each say?",
            ("toyota cut jobs. what did say", "honda cut jobs. what did say"),
        ),
    ],
)
def test_each_side_is_asked_for_with_the_rest(question: str, expected: tuple[str, ...]) -> None:
    assert sides(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "talks between the US and Japan",
        "How do talks between the US and Japan differ from before?",
        "Why did the US and China accuse each other?",
        "what do Canada and Mexico export?",
        "How does the US-China truce work?",
        "V.O.S. Selections v. Trump: what did the court say?",
        "rates and quotas for Japan",
        "Does Canada or Mexico object?",
        "tell me about steel and aluminum tariffs",
        "what rate did Mexico get rather than Canada",
        "how far has the duty climbed compared with before his second term?",
        "Did exports and imports fall by more than 5%?",
        "how do tariffs differ?",
        "Japan vs Japan",
        "both",
        "vs",
        "Japan vs",
        "and or vs and",
        "",
    ],
)
def test_what_compares_nothing_is_left_alone(question: str) -> None:
    assert sides(question) == ()


def test_sides_are_bounded() -> None:
    many = "Japan, India, Brazil, Russia, Norway, Peru and Chile"
    assert len(sides(f"Compare {many}")) == MOST_SIDES
    assert sides("Japan vs Korea " * LONGEST) == ()


WORDS = st.sampled_from(
    "Japan Korea's and or vs versus the , U.S. than compare with both differ how does EU higher 5% & ’s - ".split(" ")
)


@example('0"VS"DIFFER')
@given(st.text(max_size=120) | st.lists(WORDS, max_size=14).map(" ".join))
def test_any_question_has_no_side_or_several(question: str) -> None:
    found = sides(question)
    assert len(found) in {0, *range(2, MOST_SIDES + 1)}
    assert all(side.strip() for side in found)
