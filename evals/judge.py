"""A chat model as a judge of answers: right, partly right or wrong, beside the gold answer.

After Zheng et al., "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena" (NeurIPS 2023), with a reference answer.
Question, gold and answer are data to it: they stand between marks that nothing in them can hold, and of its reply only
the first word counts, when it is one of three.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.generating.models import open_chat_model
from corpus.errors import ServiceUnreachable
from corpus.types import sha256
from evals.prompts import prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from evals.settings import EvalSettings

VERDICTS = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
VERDICT = re.compile(r"\W*(?:verdict\W+)?(right|partly|wrong)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judge:
    """A chat model that is asked for its verdict."""

    model: BaseChatModel

    @staticmethod
    def of(settings: EvalSettings) -> Judge | None:
        """The judge that the settings name, or None. Raises UsageError when it cannot be set up."""
        options = settings.eval
        if options.judge_model is None:
            return None
        named = {"chat_model": options.judge_model, "chat_url": options.judge_url, "chat_key": options.judge_key}
        model = open_chat_model(settings.model_copy(update=named))
        return Judge(model) if model else None

    def verdict(self, question: str, gold: str, answer: str) -> float | None:
        """1 for right, 0.5 for partly, 0 for wrong; None when the reply is none of these words.

        Raises ServiceUnreachable when the judge does not answer.
        """
        mark = sha256(f"{question}\n{gold}\n{answer}")[:12]
        parts = {"question": question, "gold": gold, "answer": answer}
        data = "\n".join(f"<{name}-{mark}>\n{text}\n</{name}-{mark}>" for name, text in parts.items())
        try:
            reply = self.model.invoke([("system", prompt("judge.txt")), ("user", data)])
        except Exception as error:  # every provider raises its own
            raise ServiceUnreachable(f"The judge did not answer ({type(error).__name__}).") from error
        said = VERDICT.match(THOUGHT.sub("", str(reply.text)))
        return VERDICTS[said[1].lower()] if said else None
