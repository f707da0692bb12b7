"""Follow-ups made to stand alone: "and in June?" means nothing to search without the question before it."""

import re
from collections.abc import Sequence

from bot.answering.types import Turn

SHORT = 6  # a question of so few words after another one is about the same thing
LEANS_BACK = re.compile(
    r"^(?:and|but|so|also|what about|how about|why not|why\?|then)\b"
    r"|\b(?:it|its|they|them|their|he|him|his|she|her|that|this|those|these|there|one)\b",
    re.IGNORECASE,
)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leans on put in front of it, as far as it leans on anything."""
    if not history or not (LEANS_BACK.search(question) or len(question.split()) <= SHORT):
        return question
    return f"{history[-1].question.rstrip()} {question}"
