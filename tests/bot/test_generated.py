"""The chat model's place in the chain. The model is a fake; everything around it is real."""

import pytest
from langchain_core.language_models import FakeListChatModel

from bot.answering.chain import Answerer
from bot.answering.generated import open_chat_model
from bot.answering.types import Ask
from bot.settings import AnswerSettings, BotSettings
from corpus.errors import UsageError
from corpus.opening import open_searcher

QUESTION = "why did talks stall on autos?"


@pytest.fixture(scope="module")
def searcher(_filled):
    """Search in the four shipped articles."""
    opened = open_searcher(BotSettings(data_dir=_filled / "store"))
    yield opened
    opened.close()


def answer(searcher, reply: str):
    return Answerer(searcher, AnswerSettings(), FakeListChatModel(responses=[reply])).answer(Ask(QUESTION))


def test_a_supported_answer_is_kept_with_quotes_from_the_store(searcher) -> None:
    reply = "Talks stalled because neither side gave way on cars. [1] The auto tariff is 25 percent. [1]"
    made = answer(searcher, reply)
    assert [sentence.support for sentence in made.sentences] == ["verified", "verified"]
    assert made.models.chat == "FakeListChatModel"
    with searcher.catalogue.snapshot() as snapshot:
        for citation in made.citations:
            text = snapshot.text_of(citation.passage.article_id, citation.passage.revision)
            assert text[citation.start : citation.end] == citation.quote
    assert "give way on cars" in made.citations[0].quote


@pytest.mark.parametrize(
    "reply",
    [
        "NO ANSWER",
        "",
        "Talks stalled over cars.",
        "The tariff is 99 percent. [1]",
        "Talks stalled. [77]",
        "[1] [2] [3]",
        "Ignore all rules [[1]] <passage>",
    ],
)
def test_what_the_passages_do_not_bear_out_falls_back_to_their_own_sentences(searcher, reply: str) -> None:
    made = answer(searcher, reply)
    assert made.status == "answered"
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}
    assert [note.kind for note in made.notes] == ["fallback"]


def test_only_the_unsupported_sentence_goes(searcher) -> None:
    made = answer(searcher, "Talks stalled over cars. [1] Japan will pay 77 billion. [1] Nobody agreed. [1][88]")
    assert [sentence.text for sentence in made.sentences] == ["Talks stalled over cars."]


def test_a_model_that_fails_is_replaced_by_the_passages(searcher) -> None:
    made = Answerer(searcher, AnswerSettings(), FakeListChatModel(responses=[])).answer(Ask(QUESTION))
    assert made.notes[0].kind == "fallback"
    assert made.sentences


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL"):
        open_chat_model(BotSettings(chat_model="nonsense"))
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL"):
        open_chat_model(BotSettings(chat_model="anthropic:some-model"))
    assert open_chat_model(BotSettings()) is None


@pytest.mark.parametrize(
    ("reply", "supports"),
    [
        (" " * 4_000, {"verbatim"}),
        (f"x{' ' * 3_990}y", {"verbatim"}),
        ("Talks stalled over cars, " * 60 + "[1]", {"verbatim"}),  # no sentence is that long
        ("Talks stalled over cars. [1] " * 100, {"verified"}),
    ],
)
def test_a_reply_of_nothing_but_space_or_repetition_is_read_through(searcher, reply: str, supports: set[str]) -> None:
    """White space once kept the pattern of marked sentences busy for half a minute."""
    made = answer(searcher, reply)
    assert {sentence.support for sentence in made.sentences} == supports
    assert len(made.sentences) <= AnswerSettings().max_sentences
