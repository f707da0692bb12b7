"""The chat model that the settings name: any that LangChain's `init_chat_model` knows, or one behind an address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from corpus.errors import UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from bot.settings import BotSettings

OPENAI = "openai"  # what a server at an address of its own speaks unless the model's name says otherwise
NO_KEY = "none"  # servers on one's own machine ask for none, and the client will not start without one


def open_chat_model(settings: BotSettings) -> BaseChatModel | None:
    """The chat model that the settings name, or None. Raises UsageError when it cannot be set up."""
    if settings.chat_model is None:
        if settings.chat_url:
            raise UsageError(
                "ACCORD_CHAT_URL is set and ACCORD_CHAT_MODEL is not. Name the model that is served there."
            )
        return None
    from langchain.chat_models import init_chat_model

    name = settings.chat_model
    if settings.chat_url and ":" not in name:
        name = f"{OPENAI}:{name}"
    try:
        return init_chat_model(name, **_options(name, settings))  # type: ignore[no-any-return] # untyped options
    except ImportError as error:
        raise UsageError(f"ACCORD_CHAT_MODEL: {name} needs a package: {error}") from error
    except Exception as error:  # each provider has its own for a missing key or a setting it does not know
        told = " ".join(str(error).split())[:200]
        raise UsageError(f"ACCORD_CHAT_MODEL: {name} cannot be set up: {told} Write it as provider:model.") from error


def name_of(chat: BaseChatModel | None) -> str | None:
    """What the model calls itself."""
    if chat is None:
        return None
    return str(getattr(chat, "model_name", None) or getattr(chat, "model", type(chat).__name__))


def _options(name: str, settings: BotSettings) -> dict[str, Any]:
    limits = {
        "temperature": 0,
        "timeout": settings.answer.chat_timeout_s,
        "max_retries": 1,
        "max_tokens": settings.answer.chat_tokens,
    }
    where = {"base_url": settings.chat_url} if settings.chat_url else {}
    if settings.chat_key is not None:
        return {**limits, **where, "api_key": settings.chat_key}
    keyless = where and name.startswith(f"{OPENAI}:") and not os.environ.get("OPENAI_API_KEY")
    return {**limits, **where, **({"api_key": NO_KEY} if keyless else {})}
