"""What a chat model is shown: the rules, and the passages as data between marks that no article can know."""

from __future__ import annotations

import re
import secrets
from importlib import resources
from typing import TYPE_CHECKING

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.messages.utils import count_tokens_approximately

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from langchain_core.messages import BaseMessage

    from corpus.types import Passage

MARK_BYTES = 4
BLANKS = re.compile(r"[ \t]{2,}")


def prompt(
    question: str, passages: Sequence[Passage], max_sentences: int, mark: str | None = None
) -> list[BaseMessage]:
    """The messages of one request. The fence around each passage has a mark that only this request knows, so that
    an article cannot pretend to end there, or to begin another passage."""
    mark = mark or secrets.token_hex(MARK_BYTES)
    shown = "\n".join(
        f"<passage-{mark} number={n}>\n{_about(one)}\n{_plain(one.text, mark)}\n</passage-{mark}>"
        for n, one in enumerate(passages, 1)
    )
    rules = text_of("answer.txt").format(max_sentences=max_sentences, mark=mark)
    return [SystemMessage(rules), HumanMessage(f"{shown}\n\nQuestion: {question}")]


def again(asked: Sequence[BaseMessage], reply: str) -> list[BaseMessage]:
    """The messages once more, after a reply of which nothing could be kept."""
    return [*asked, AIMessage(reply or "-"), HumanMessage(text_of("again.txt"))]


def fitting(passages: Iterable[Passage], most_tokens: int) -> list[Passage]:
    """The best passages that a prompt has room for, one at least. Tokens are LangChain's approximation, which is the
    same for every model: four characters each."""
    kept: list[Passage] = []
    left = most_tokens
    for passage in passages:
        left -= count_tokens_approximately([HumanMessage(passage.text)])
        if kept and left < 0:
            break
        kept.append(passage)
    return kept


def _about(passage: Passage) -> str:
    """Where and when the passage was published, for questions about time."""
    return f"({', '.join(filter(None, (passage.outlet, (passage.published or '')[:10])))})"


def _plain(text: str, mark: str) -> str:
    return BLANKS.sub(" ", text).replace(mark, "").strip()


def text_of(name: str) -> str:
    """A prompt, by its file."""
    return resources.files("bot.answering").joinpath("prompts", name).read_text("utf-8")
