"""Follow-ups made to stand alone by the chat model, where there is one; by rules where it fails or makes things up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from langchain_core.messages import HumanMessage, SystemMessage

from bot.answering.checking.names import missing_names
from bot.answering.checking.quantities import quantities
from bot.answering.generating.listening import heard
from bot.answering.generating.prompt import text_of
from bot.answering.generating.reading import is_foreign
from bot.answering.instructions import is_instruction, visible
from bot.answering.question import MOST_CHARACTERS, MOST_TURNS, standalone
from bot.answering.small_talk import reply_to
from corpus.errors import ServiceUnreachable
from corpus.lexical import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.language_models import BaseChatModel

    from bot.answering.types import Turn

LONGEST = 300  # characters of a question
WAIT_S = 10.0  # at most: the rules are there at once


def rewritten(model: BaseChatModel, question: str, history: Sequence[Turn], wait_s: float) -> str:
    """The follow-up as a question of its own. What the model writes is taken only when it is one line that keeps the
    follow-up's words or replaces them by the conversation's, and says nothing that neither of them says."""
    by_rules = standalone(question, history)
    turns = [turn for turn in history[-MOST_TURNS:] if not reply_to(turn.question)]
    if not turns:
        return by_rules
    told = "\n".join(f"Q: {turn.question[:MOST_CHARACTERS]}\nA: {turn.answer[:MOST_CHARACTERS]}" for turn in turns)
    asked = [
        SystemMessage(text_of("rewrite.txt")),
        HumanMessage(f"{told}\nQ: {question}\n\nThe last question, rewritten:"),
    ]
    try:
        reply = "".join(heard(model, asked, time.monotonic() + min(wait_s, WAIT_S)))
    except ServiceUnreachable:
        return by_rules
    written = " ".join(visible(reply).strip().removeprefix("Q:").strip(' "“”').split())
    return written if _holds(written, question, f"{told}\n{question}") else by_rules


def _holds(written: str, question: str, known: str) -> bool:
    short = 0 < len(written) <= max(LONGEST, len(question))
    if not short or is_foreign(written) or (is_instruction(written) and not is_instruction(question)):
        return False
    figures = all(one.is_said_by(quantities(known)) for one in quantities(written))
    own = set(terms(written))
    return figures and bool(own) and own <= set(terms(known)) and not missing_names(written, known)
