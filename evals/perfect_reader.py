"""A reader that knows the right answers and still may say only what its passages bear out: the ceiling of reading.

It is a chat model to everything around it. Of the passages in its prompt it cites those in which gold evidence stands,
for the gold answer's sentences; with no such passage it says that there is no answer. What it does not reach was lost
before it (search, refusal) or after it (the checks).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from bot.answering.generating.writer import NO_ANSWER
from bot.answering.question import standalone
from bot.answering.types import Turn
from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from langchain_core.messages import BaseMessage

    from evals.sets import Row

PASSAGE = re.compile(r"<passage-\w+ number=(\d+)>\n.*?\n(.*?)\n</passage-", re.DOTALL)
QUESTION = re.compile(r"\n\nQuestion: (.*)\Z", re.DOTALL)
PART = 0.6  # of a gold quote's words: a passage may end within it


class PerfectReader(BaseChatModel):
    """Answers each question of a set as its gold does. `rows` are by the question as it is asked of the model."""

    rows: dict[str, Any]

    @property
    def _llm_type(self) -> str:
        return "perfect-reader"

    @property
    def model(self) -> str:
        """What it is called in an answer."""
        return "perfect-reader"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        said = AIMessage(self._reply(str(messages[1].content)))
        return ChatResult(generations=[ChatGeneration(message=said)])

    def _reply(self, prompt: str) -> str:
        asked = QUESTION.search(prompt)
        row = self.rows.get(asked[1]) if asked else None
        markers = "".join(f"[{n}]" for n, text in PASSAGE.findall(prompt) if row and _has_gold(text, row))
        if row is None or not markers:
            return NO_ANSWER
        spans = sentences(row.answer)
        return " ".join(f"{row.answer[one.start : one.end]} {markers}" for one in spans)


def perfect_reader(rows: Iterable[Row]) -> PerfectReader:
    """The reader for a set."""
    known: dict[str, Row] = {}
    for row in rows:
        turns = [Turn(turn.question, turn.answer) for turn in row.history]
        known |= {standalone(row.question, turns): row} | ({row.in_full: row} if row.in_full else {})
    return PerfectReader(rows=known)


def _has_gold(text: str, row: Row) -> bool:
    held = set(text.split())
    quotes = (gold.quote.split() for group in row.evidence for gold in group)
    return any(sum(word in held for word in quote) >= PART * len(quote) for quote in quotes)
