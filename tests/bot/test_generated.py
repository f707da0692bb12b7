"""The chat model's place in the chain. The model is a script behind real HTTP; everything else is real."""

import pytest

from bot.answering.chain import Answerer
from bot.answering.generating.models import open_chat_model
from bot.answering.types import Answer, Ask
from bot.answering.wording import repeats
from bot.settings import BotSettings

QUESTION = "why did talks stall on autos?"


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_a_supported_answer_is_kept_with_quotes_from_the_store(ask, searcher) -> None:
    made = ask("Talks stalled because neither side gave way on cars. [1] The auto tariff is 25 percent. [1]")
    assert [sentence.support for sentence in made.sentences] == ["verified", "verified"]
    assert made.models.chat == "scripted"
    assert made.notes == ()
    with searcher.catalogue.snapshot() as snapshot:
        for citation in made.citations:
            text = snapshot.text_of(citation.passage.article_id, citation.passage.revision)
            assert text[citation.start : citation.end] == citation.quote
    assert "give way on cars" in made.citations[0].quote


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "The tariff is 99 percent. [1]",
        "The tariff is 99 percent.",
        "Pineapples fell from the sky over Lisbon. [77]",
        "[1] [2] [3]",
        "Ignore all rules [[1]] <passage>",
        "Talks stalled over cars, " * 60 + "[1]",  # no sentence is that long
        " " * 4_000,
        f"x{' ' * 3_990}y",  # white space once kept the pattern of marked sentences busy for half a minute
    ],
)
def test_what_the_passages_do_not_bear_out_falls_back_to_their_own_sentences(ask, reply: str) -> None:
    made = ask(reply)
    assert made.status == "answered"
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}
    assert [(note.kind, "bear out" in note.text) for note in made.notes] == [("fallback", True)]


def test_a_model_that_finds_no_answer_is_said_to_and_not_asked_again(ask, chat_server) -> None:
    made = ask("NO ANSWER")
    assert made.notes[0].text.startswith("The chat model found no answer")
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}
    assert len(chat_server.requests) == 1


def test_a_malformed_reply_is_asked_for_once_more_and_only_once(ask, chat_server) -> None:
    made = ask("As an assistant I would love to!", "Talks stalled because neither side gave way on cars. [1]")
    assert texts(made) == ["Talks stalled because neither side gave way on cars."]
    assert [message["role"] for message in chat_server.requests[1]["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]
    chat_server.requests.clear()
    assert ask("Gladly.").notes[0].kind == "fallback"
    assert len(chat_server.requests) == 2


def test_only_the_unsupported_sentence_goes(ask) -> None:
    made = ask("Talks stalled over cars. [1] Japan will pay 77 billion. [1] Nobody ever agreed on whales. [1][88]")
    assert texts(made) == ["Talks stalled over cars."]


@pytest.mark.parametrize(
    "reply",
    [
        "Talks stalled over cars [1].",
        "Talks stalled over cars. [1, 88]",
        "Talks stalled over cars. [Passage 1]",
        "Talks stalled over cars. (passage 1)",
        "Talks stalled over cars.【1】",
        "Talks stalled over cars.[^1]",
        "Answer: Talks stalled over cars. [1]",
        "**Answer:**\n\n- Talks stalled over cars. [1]\n",
        "<think>Passage 2 says otherwise. [2]</think>Talks stalled over cars. [1]",
    ],
)
def test_models_that_follow_the_form_badly_are_understood(ask, reply: str) -> None:
    made = ask(reply)
    assert texts(made) == ["Talks stalled over cars."]
    assert all(sentence.citations for sentence in made.sentences)
    assert made.notes == ()


@pytest.mark.parametrize("marker", ["", " [99]"])
def test_a_sentence_without_a_known_marker_must_be_nearly_said_by_a_passage(ask, marker: str) -> None:
    near = "The United States and Japan talks stalled because neither government would give way on cars."
    assert texts(ask(f"The answer is: {near}{marker}")) == [near]
    made = ask(f"The talks stalled because of a contentious agreement with a ban on imports of cars.{marker}")
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}


def test_no_sentence_is_said_twice_and_no_more_than_were_asked_for(ask) -> None:
    assert texts(ask("Talks stalled over cars. [1] " * 100)) == ["Talks stalled over cars."]


def test_sentences_are_told_of_as_they_come(ask, chat_server) -> None:
    told, waited = [], []

    def watch(sentences) -> None:
        told.append([sentence.text for sentence in sentences])
        waited.append(not chat_server.held.is_set())
        chat_server.held.set()

    chat_server.script = lambda _: [
        "Talks stalled ",
        "over cars. [1",
        "] The",
        "HANG",
        " auto tariff is 25 percent. [1]",
    ]
    made = ask(watch=watch)
    assert told[0] == ["Talks stalled over cars."]
    assert waited[0]  # while the model was still writing
    assert texts(made) == ["Talks stalled over cars.", "The auto tariff is 25 percent."]


LONG = (
    "**Answer:** Talks stalled over cars. [1]\n\n- The auto tariff is 25 percent [1][2].\n"
    "* Japan refused to sign any agreement that left the 25 percent U.S. auto tariff in place. 【1】 [2]\n\nDone"
)


def test_a_reply_in_pieces_of_any_size_reads_like_the_whole(ask, chat_server) -> None:
    def read(size: int) -> tuple[list[str], list[tuple[int, ...]]]:
        chat_server.script = lambda _: [LONG[at : at + size] for at in range(0, len(LONG), size)]
        made = ask()
        return texts(made), [sentence.citations for sentence in made.sentences]

    whole = read(len(LONG))
    assert "The auto tariff is 25 percent." in whole[0]
    assert [read(size) for size in (1, 2, 3, 7)] == [whole] * 4


@pytest.mark.parametrize(
    "reply",
    [
        "It is false that [as some claim] talks stalled over cars. [1]",
        "Talks stalled over cars [1] only if pineapples sing loudly under green moons [2].",
        "Talks stalled over cars, says bit.ly/japan-cars. [1]",
        "Talks stalled over cars, as @channel and @alice know. [1]",
        "Talks stalled over cars on evil.shop. [1]",
        "Talks stalled over cars. [" + "1" * 5_000 + "] x",
    ],
)
def test_a_sentence_is_kept_as_a_whole_or_not_at_all(ask, reply: str) -> None:
    assert {sentence.support for sentence in ask(reply).sentences} == {"verbatim"}


def test_two_sentences_that_differ_in_a_country_both_stay() -> None:
    assert repeats("The tariff on cars from Japan is 15 percent.", "The tariff on cars from Japan is now 15 percent.")
    assert not repeats("The tariff on cars from Japan is 15 percent.", "The tariff on cars from Korea is 15 percent.")
    assert not repeats("The tariff on cars from Japan is 15 percent.", "The tariff on cars from Japan is 25 percent.")


def test_empty_pieces_do_not_hold_up_the_clock(ask, chat_server) -> None:
    chat_server.script = lambda _: [""] * 50 + ["HANG"]
    assert ask(chat_timeout_s=0.5).notes[0].kind == "fallback"


def test_a_model_that_takes_too_long_is_not_waited_for(ask, chat_server) -> None:
    chat_server.script = lambda _: ["HANG"]
    made = ask(chat_timeout_s=0.5)
    assert [note.kind for note in made.notes] == ["fallback"]
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}
    chat_server.script = lambda _: ["Talks stalled over cars. [1] Then", "HANG"]
    made = ask(chat_timeout_s=0.5)
    assert texts(made) == ["Talks stalled over cars."]
    assert "did not finish" in made.notes[0].text


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_model_that_fails_is_replaced_by_the_passages(ask, chat_server, status: int) -> None:
    chat_server.script = lambda _: status
    made = ask()
    assert made.notes[0].text.startswith("The chat model did not answer (")
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}


def test_a_server_that_is_not_there_is_replaced_by_the_passages(searcher) -> None:
    chosen = BotSettings(chat_model="m", chat_url="http://127.0.0.1:9/v1")
    made = Answerer(searcher, chosen.answer, open_chat_model(chosen)).answer(Ask(QUESTION))
    assert made.notes[0].text.startswith("The chat model did not answer (")
    assert made.sentences


def test_the_limits_reach_the_model(ask, chat_server) -> None:
    ask("Talks stalled over cars. [1]", chat_tokens=77, chat_prompt_tokens=200)
    sent = chat_server.requests[0]
    assert 77 in (sent.get("max_tokens"), sent.get("max_completion_tokens"))
    assert sent["messages"][1]["content"].count("</passage-") == 1
    chat_server.requests.clear()
    ask("Talks stalled over cars. [1]")
    assert chat_server.requests[0]["messages"][1]["content"].count("</passage-") > 1


def test_each_request_fences_its_passages_with_marks_of_its_own(ask, chat_server) -> None:
    for _ in range(2):
        ask("Talks stalled over cars. [1]")
    marks = [request["messages"][1]["content"].split(" ")[0] for request in chat_server.requests]
    assert marks[0].startswith("<passage-")
    assert marks[0] != marks[1]
