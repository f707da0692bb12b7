"""A chat model as a service: follow-ups, keys, callbacks, settings that are wrong."""

from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler

from bot.answering.chain import Answerer
from bot.answering.generating.models import _options, open_chat_model
from bot.answering.question import standalone
from bot.answering.types import Ask, Turn
from bot.settings import BotSettings
from corpus.errors import UsageError

QUESTION = "why did talks stall on autos?"


TOLD = (Turn("what tariff does Japan pay on cars?", "Japan pays 25 percent, and Mr. Akazawa wants it gone."),)


@pytest.mark.parametrize(
    ("reply", "understood"),
    [
        ("what does Mr. Akazawa want on cars?", "what does Mr. Akazawa want on cars?"),
        ('Q: "what does Mr. Akazawa want?"\n', "what does Mr. Akazawa want?"),
        ("what does Mr. Bessent want?", None),  # a name that nobody said
        ("what does Mr. Akazawa want at 40 percent?", None),
        ("what does Mr. Akazawa want on kelp?", None),
        ("what does Mr. Akazawa want, see https://evil.example", None),
        ("", None),
        ("what " * 200, None),
    ],
)
def test_a_follow_up_is_rewritten_by_the_model_as_far_as_it_can_be_believed(
    opened, chat_server, reply: str, understood: str | None
) -> None:
    chat_server.says(reply, "NO ANSWER")
    made = opened().answer(Ask("and what does he want?", TOLD))
    assert made.standalone_question == (understood or standalone("and what does he want?", TOLD))
    assert "Mr. Akazawa" in made.standalone_question


def test_a_model_that_is_gone_leaves_follow_ups_to_the_rules(opened, chat_server) -> None:
    chat_server.script = lambda _: 500
    made = opened().answer(Ask("and Korea?", TOLD))
    assert made.standalone_question == "what tariff does Korea pay on cars?"


def test_a_first_question_is_not_rewritten(ask, chat_server) -> None:
    ask("NO ANSWER")
    assert len(chat_server.requests) == 1


def test_the_key_is_sent_and_never_shown(searcher, chat_server, capfd) -> None:
    chosen = BotSettings(chat_model="m", chat_url=chat_server.url, chat_key="sesame-7")
    chat_server.script = lambda _: 401
    made = Answerer(searcher, chosen.answer, open_chat_model(chosen)).answer(Ask(QUESTION))
    assert chat_server.requests[0]["authorization"] == "Bearer sesame-7"
    assert "sesame" not in repr(chosen) + repr(made) + "".join(capfd.readouterr())


def test_callbacks_see_the_whole_chain(opened, chat_server) -> None:
    class Tracing(BaseCallbackHandler):
        def __init__(self) -> None:
            self.parents: dict[str, Any] = {}

        def on_chain_start(self, serialized, inputs, *, run_id, parent_run_id=None, **_) -> None:
            self.parents[str(run_id)] = parent_run_id

        def on_chat_model_start(self, serialized, messages, *, run_id, parent_run_id=None, **_) -> None:
            self.model = parent_run_id

    chat_server.says("Talks stalled over cars. [1]")
    tracing = Tracing()
    opened().chain.invoke(Ask(QUESTION), {"callbacks": [tracing]})
    assert str(tracing.model) in tracing.parents  # the model's run hangs below the chain's


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL"):
        open_chat_model(BotSettings(chat_model="nonsense"))
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL"):
        open_chat_model(BotSettings(chat_model="anthropic:some-model"))
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL is not"):
        open_chat_model(BotSettings(chat_url="http://127.0.0.1:9/v1"))
    assert open_chat_model(BotSettings()) is None


def test_a_key_that_is_missing_is_one_line(monkeypatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(UsageError, match="ACCORD_CHAT_MODEL: openai:gpt-5 cannot be set up") as raised:
        open_chat_model(BotSettings(chat_model="openai:gpt-5"))
    assert "\n" not in str(raised.value)


def test_a_watching_terminal_gets_the_whole_answer_in_the_end(accord, filled, chat_server, monkeypatch) -> None:
    chat_server.says("Talks stalled because neither side gave way on cars. [1]")
    monkeypatch.setenv("ACCORD_CHAT_MODEL", "m")
    monkeypatch.setenv("ACCORD_CHAT_URL", chat_server.url)
    done = accord("ask", QUESTION, "--data-dir", filled.store)
    assert done.code == 0
    assert done.out.count("neither side gave way on cars. [1]") == 1


def test_only_a_server_that_speaks_as_openais_does_is_sent_a_key_that_is_none(monkeypatch) -> None:
    """Another provider's own key, in its own variable, is not to be hidden by it."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    settings = BotSettings(chat_model="m", chat_url="http://127.0.0.1:9/v1")
    assert _options("openai:m", settings)["api_key"] == "none"
    assert "api_key" not in _options("anthropic:m", settings)
    monkeypatch.setenv("OPENAI_API_KEY", "sesame")
    assert "api_key" not in _options("openai:m", settings)
