"""Written sentences against their passages: what is borne out stays, and each way of being wrong is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.checking.claims import problems
from bot.answering.checking.days import days
from bot.answering.checking.polarity import opposites, tells_of_change, turned
from bot.answering.checking.quantities import quantities
from corpus.types import Passage

TEXT = (
    "Japan's chief negotiator, Ryosei Akazawa, met Treasury Secretary Scott Bessent in Washington on May 1, 2025. "
    "The United States raised its duty on cars to 25% in April, and officials said it could cost carmakers "
    "$1.23 billion a month. Mr. Akazawa did not accept the offer. Canada and Mexico were exempted from the levy, "
    "which the White House had imposed under Section 232. Talks will resume in mid-June after the G7 summit. "
    "Exports to the U.S. fell by a quarter, while China's purchases of soybeans rose five percentage points."
)


def passage(text: str = TEXT) -> Passage:
    return Passage("a:1:0", "a", 1, 0, len(text), text, "u", "Tokyo talks", "Herald", None, "2025-05-02", "a:1")


RIGHT = [
    "Mr. Akazawa met Scott Bessent on May 1.",
    "The duty on cars was raised to 25 percent in April 2025.",
    "Officials said it could cost carmakers $1.2 billion a month.",
    "Tokyo did not accept the offer.",
    "Canada and Mexico were exempted.",
    "American duties on cars rose to 25%, the Herald reported.",
    "Soybean purchases by China rose five percentage points.",
    "The USA imposed the levy under Section 232.",
    "One reason is that the United States raised its duty on cars to 25%.",
]
# (claim, source): the same in other words.
SAME = [
    ("The United States raised duties to 25%.", "The U.S. raised duties to 25%."),
    ("The European Union and the World Trade Organization agreed.", "The EU and the WTO agreed."),
    ("China has not agreed to the terms.", "China has not yet agreed to the terms."),
    ("No deal has been reached by the two sides.", "The two sides have not reached a deal."),
    ("Trump said he will impose a 25% tariff.", "Trump said he would impose a 25% tariff."),
    ("Talks were held on May 10 and May 11.", "Talks were held on May 10-11."),
    ("The rate is between 5% and 10%.", "The rate is 5 to 10 percent."),
]
OTHER = [
    ("China has agreed to the terms.", "China has not yet agreed to the terms.", "direction"),
    ("Canada reached a deal.", "Canada failed to reach a deal.", "direction"),
    ("The duty was raised to 12%.", "On May 12 the duty was raised to 25%.", "number"),
    ("The duty was raised to 232%.", "Under Section 232 the duty was raised to 25%.", "number"),
    ("China agreed to a 145-day truce.", "China agreed to a 90-day truce on the 145% duty.", "number"),
    ("China faces a tariff of 150%.", "China faces a tariff of 145%.", "number"),
    ("The pause lasts 90 weeks.", "The pause lasts 90 days.", "number"),
]
WRONG = [
    ("The duty on cars was raised to 35 percent in April 2025.", "number"),
    ("Officials said it could cost carmakers $1.23 million a month.", "number"),
    ("Officials said it could cost carmakers $1.3 billion a month.", "number"),
    ("Officials said it could cost carmakers €1.23 billion a month.", "number"),
    ("The duty on cars was raised by 25 percentage points in April.", "number"),
    ("Exports to the U.S. fell by 25 percent of exports, officials said on cars costing 26%.", "number"),
    ("Mr. Akazawa met Scott Bessent on May 3.", "date"),
    ("Mr. Akazawa met Scott Bessent on June 1.", "date"),
    ("Mr. Akazawa met Scott Bessent in May 2024.", "date"),
    ("Mr. Akazawa met Howard Lutnick on May 1.", "name"),
    ("Brazil and Mexico were exempted from the levy, and Brazil was glad.", "name"),
    ("The United States lowered its duty on cars to 25% in April.", "direction"),
    ("Mr. Akazawa accepted the offer.", "direction"),
    ("Officials said it will cost carmakers $1.23 billion a month.", "certainty"),
    ("Growers of apples welcomed the quiet harvest festival.", "support"),
]


@pytest.mark.parametrize("claim", RIGHT)
def test_what_the_passage_says_is_borne_out(claim: str) -> None:
    assert problems(claim, [passage()]) == []


@pytest.mark.parametrize(("claim", "kind"), WRONG)
def test_what_it_does_not_say_is_found(claim: str, kind: str) -> None:
    assert kind in {problem.kind for problem in problems(claim, [passage()])}


@pytest.mark.parametrize(("claim", "source"), SAME)
def test_other_words_for_the_same_are_borne_out(claim: str, source: str) -> None:
    assert problems(claim, [passage(source)]) == []


@pytest.mark.parametrize(("claim", "source", "kind"), OTHER)
def test_like_words_for_something_else_are_found(claim: str, source: str, kind: str) -> None:
    assert kind in {problem.kind for problem in problems(claim, [passage(source)])}


def test_two_passages_bear_out_together_what_neither_does_alone() -> None:
    claim = "The duty on cars is 25%, and apples sell well in Ohio."
    other = passage("Apples sell well in Ohio.")
    assert problems(claim, [passage()])
    assert problems(claim, [passage(), other]) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("25%", [(25, "percent")]),
        ("25 per cent and 25 percentage points", [(25, "percent"), (25, "points")]),
        ("twenty-five percent", [(25, "percent")]),
        ("US$3bn, €1,200 and 4.5 million people", [(3_000_000_000, "dollar"), (1200, "euro"), (4_500_000, "")]),
        ("two hundred thousand cars", [(200_000, "")]),
        ("the 21st century, on May 3rd", []),
        ("nothing at all", []),
    ],
)
def test_quantities_are_read_as_news_write_them(text: str, wanted: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in quantities(text)] == [(Decimal(value), unit) for value, unit in wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on May 1, 2025", [(2025, 5, 1)]),
        ("on 1 May", [(None, 5, 1)]),
        ("Feb. 3-4, 2025", [(2025, 2, 3), (2025, 2, 4)]),
        ("2025-07-08", [(2025, 7, 8)]),
        ("in April 2024 and in Sept.", [(2024, 4, None), (None, 9, None)]),
        ("it may march on 25% and $2025", []),
    ],
)
def test_dates_are_read_as_far_as_they_are_named(text: str, wanted: list[tuple[int | None, ...]]) -> None:
    assert [(day.year, day.month, day.day) for day in days(text)] == wanted


def test_a_denied_direction_points_the_other_way() -> None:
    assert turned("Exports did not rise.", "Exports rose.") == ["rise"]
    assert turned("Exports did not rise.", "Exports fell.") == []
    assert turned("Exports rose.", "Nobody knows.") == []


def test_only_what_was_done_is_a_change() -> None:
    assert all(map(tells_of_change, ("raised", "cut", "lifted", "agreed", "banned", "overturned")))
    assert not any(map(tells_of_change, ("won", "opened", "stronger", "legal", "cars")))


def test_opposites_go_both_ways() -> None:
    assert "lowered" in opposites("raised")
    assert "raised" in opposites("lowered")
    assert opposites("cars") == []


def test_letters_that_only_look_like_others_break_nothing() -> None:
    assert problems("It cost Uſ$5 and five thouſand cars.", [passage("It cost Uſ$5 and five thouſand cars.")]) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_the_checks(claim: str, text: str) -> None:
    problems(claim, [passage(text)])


@given(st.text("0123456789$€%., -aMbilon", max_size=60))
def test_a_text_bears_out_its_own_quantities(text: str) -> None:
    told = quantities(text)
    assert all(one.is_said_by(told) for one in told)
