"""Outlets that a question names: as a source, under the names that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asking.outlets import named_outlets, same_outlet, spoken

STORED = (
    "Reuters", "BBC News", "USA Today", "The Hill", "Time", "The Week", "Washington Post", "Wall Street Journal",
    "The Times", "CNN", "ft.com", "nytimes.com", "www.bbc.co.uk", "WTO",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("what happened according to Reuters?", ["Reuters"]),
        ("what did reuters say on autos", ["Reuters"]),
        ("what did the BBC write on steel", ["BBC News", "www.bbc.co.uk"]),
        ("the bbc.com article on steel", ["BBC News", "www.bbc.co.uk"]),
        ("according to BBC News, why?", ["BBC News", "www.bbc.co.uk"]),
        ("according to usatoday.com why", ["USA Today"]),
        ("what did USA Today report on it", ["USA Today"]),
        ("the USA TODAY story on beans", ["USA Today"]),
        ("Why, as reported in the FT?", ["ft.com"]),
        ("NY Times says what?", ["nytimes.com"]),
        ("WSJ coverage of the truce", ["Wall Street Journal"]),
        ("what was in The Hill on tariffs", ["The Hill"]),
        ("according to the Hill, who won", ["The Hill"]),
        ("what does Time say", ["Time"]),
        ("what did Ford's boss tell, told CNN that", ["CNN"]),
        ("Reuters and the Washington Post reported what", ["Washington Post"]),
        ("compare what Reuters said with what CNN said", ["Reuters", "CNN"]),
        ("according to the WTO", ["WTO"]),
    ],
)
def test_a_named_source_is_found(question: str, outlets: list[str]) -> None:
    assert sorted(named_outlets(question, STORED)) == sorted(outlets)


@pytest.mark.parametrize(
    "question",
    [
        "which laws work without going through the Hill?",
        "what did they say at the time",
        "last time they said yes",
        "the week reported on",
        "what rates apply in the usa today",
        "IN THE USA TODAY WHAT RATES SAY",
        "why did CNN lay off people",
        "how did the WTO panel rule?",
        "who was asked by the BBC to be careful",
        "the Financial Times reported",
        "a reutersx said",
        "",
    ],
)
def test_what_is_no_source_is_left_alone(question: str) -> None:
    assert named_outlets(question, STORED) == ()


def test_a_part_of_a_longer_name_is_not_the_outlet() -> None:
    assert named_outlets("what did the Financial Times report", ["The Times"]) == ()
    assert named_outlets("according to the Washington Post Office", ["Post"]) == ()


def test_names_of_one_outlet_are_the_same() -> None:
    assert same_outlet("BBC News", "https://www.bbc.co.uk/")
    assert same_outlet("The Guardian", "theguardian.com")
    assert same_outlet("USA TODAY", "usatoday.com")
    assert not same_outlet("The Times", "Financial Times")
    assert not same_outlet("BBC News", "Bloomberg News")
    assert not same_outlet("", "")
    assert spoken("The") == {"the"}


@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=8))
def test_it_never_raises_and_names_only_what_is_stored(question: str, outlets: list[str]) -> None:
    assert set(named_outlets(question, outlets)) <= set(outlets)
    for outlet in outlets:
        assert set(named_outlets(f"according to {outlet}", outlets)) <= set(outlets)
