"""A conversation: follow-ups stand alone before they are searched for, and what asks nothing is not searched for."""

import json

import pytest

from bot.answering.question import standalone
from bot.answering.small_talk import HELLO, NOTED, WELCOME, reply_to
from bot.answering.types import Ask, Turn
from bot.opening import open_answerer
from bot.settings import BotSettings


def after(first: str, question: str, answer: str = "") -> str:
    return standalone(question, [Turn(first, answer)])


@pytest.mark.parametrize(
    ("first", "question", "wanted"),
    [
        ("what tariff does the US charge Japan?", "and Korea?", "what tariff does the US charge Korea?"),
        ("what did Tokyo offer in May 2025?", "what about Brussels", "what did Brussels offer in May 2025?"),
        ("what did China buy in May 2025?", "and in June?", "what did China buy in June 2025?"),
        ("what did China’s buyers do in May?", "and in June?", "what did China’s buyers do in June?"),
        ("what tariff does the US charge Japan?", "and India’s?", "what tariff does the US charge India?"),
        (
            "what is in the US-UK deal?",
            "how many cars get the lower rate?",
            "how many cars get the lower rate? (in the US-UK deal)",
        ),
        ("What's the US tariff on British cars?", "and Japanese ones?", "What's the US tariff on Japanese cars?"),
        ("why did talks stall on autos?", "and for steel?", "and for steel? (talks stall on autos)"),
        ("did the court rule?", "why?", "why? (the court rule)"),
    ],
)
def test_a_follow_up_stands_alone(first: str, question: str, wanted: str) -> None:
    assert after(first, question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "what tariff does the United States charge on British steel since March 2025?",
        "is there a deal with Brazil this week?",
        "what does Japan say",
        "How did Canada and its provinces respond to steel tariffs?",
        "Is it true that China banned rare earth exports?",
        "What did Trump say about the idea that tariffs are taxes?",
        "Did China say it would retaliate?",
        "What about the tariff on British steel in May 2025?",
    ],
)
def test_a_whole_question_takes_nothing_up(question: str) -> None:
    assert after("why did talks stall on autos?", question, "Because of Germany.") == question


def test_without_a_conversation_nothing_is_put_in_front() -> None:
    assert standalone("and in June?", []) == "and in June?"


def test_whom_the_answer_named_is_who_he_is() -> None:
    found = after("who speaks for Japan?", "did he meet Bessent?", "Mr. Ryosei Akazawa does.")
    assert found == "did he meet Bessent? (speaks for Japan; Mr. Ryosei Akazawa)"


def test_a_chain_of_follow_ups_leads_back_to_the_question_that_stood_alone() -> None:
    turns = [Turn("what did China buy in May 2025?", ""), Turn("and Japan?", ""), Turn("thanks", "")]
    assert standalone("and in June?", turns) == "what did Japan buy in June 2025?"


def test_where_it_is_not_plain_what_is_replaced_both_stand() -> None:
    first = "what tariffs do China and India pay?"
    assert after(first, "and Vietnam?") == "and Vietnam? (tariffs do China and India pay)"
    first = "What happened from April 2 to April 9, 2025?"
    assert after(first, "and in June?") == "and in June? (happened from April 2 to April 9, 2025)"


def test_small_talk_is_no_part_of_the_conversation() -> None:
    assert standalone("Japan tariffs?", [Turn("hi", HELLO)]) == "Japan tariffs?"
    turns = [Turn("what did China buy in May?", ""), Turn("thanks!", WELCOME)]
    assert standalone("and Japan?", turns) == "what did Japan buy in May?"


def test_a_long_conversation_is_bounded() -> None:
    turns = [Turn("why " * 1_000, "Because. " * 1_000)] * 100
    assert len(standalone("and him?", turns)) < 1_200


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("hi", HELLO),
        ("Good morning!", HELLO),
        ("hey, good morning", HELLO),
        ("thanks", WELCOME),
        ("ok, thank you so much", WELCOME),
        ("yes", NOTED),
        ("ok.", NOTED),
        ("why?", None),
        ("Japan", None),
        ("good for whom", None),
        ("no deal", None),
        ("ok 25%?", None),
        ("Thanks 50%", None),
        ("sure?", None),
        ("it", None),
        ("good bot", None),
        ("", None),
        ("???", None),
    ],
)
def test_what_asks_nothing_gets_a_friendly_line(message: str, reply: str | None) -> None:
    assert reply_to(message) == reply


def test_small_talk_is_not_searched_for(filled) -> None:
    answerer = open_answerer(BotSettings(data_dir=filled.store))
    try:
        answer = answerer.answer(Ask("thank you!"))
    finally:
        answerer.close()
    assert (answer.status, answer.text) == ("refused", WELCOME)
    assert (answer.retrieved, answer.coverage.nearest, answer.notes) == ((), (), ())


def test_a_refusal_says_what_was_looked_for_and_what_there_is(filled, accord, monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_ANSWER__FLOOR", "1")
    answer = accord("ask", "why did talks stall on autos?", "--data-dir", filled.store, "--json").json
    assert answer["refusal"]["reason"] == "no_evidence"
    said = answer["refusal"]["text"]
    assert "“why did talks stall on autos?”" in said
    assert "4 articles, from 2019-12-11 to 2025-07-08" in said
    assert len(answer["coverage"]["nearest"]) == 2
    assert all(title in said for title in answer["coverage"]["nearest"])


def test_a_time_that_no_article_tells_of_is_named(filled, accord, monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_ANSWER__FLOOR", "1")
    for when, reason in (("March 2003", "outside_dates"), ("May 2025", "no_evidence")):
        question = f"why did talks stall on autos in {when}?"
        answer = accord("ask", question, "--data-dir", filled.store, "--json").json
        assert answer["refusal"]["reason"] == reason, when


def test_who_asks_how_things_are_is_told_how_new_the_sources_are(filled, accord) -> None:
    for question, noted in (("what is the tariff on British cars now?", True), ("why did talks stall?", False)):
        answer = accord("ask", question, "--data-dir", filled.store, "--json").json
        newest = max((one["published"][:10] for one in answer["citations"]), default="")
        found = [note["text"] for note in answer["notes"] if note["kind"] == "date_range"]
        assert found == ([f"Newest source: {newest}."] if noted else []), json.dumps(answer["notes"])
