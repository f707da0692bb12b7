"""The reranker that the rest of Accord uses, and how the settings name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from corpus.embedding.location import BUILTIN
from corpus.reranking.location import NONE, locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.reranking.judgement import Judgement
    from corpus.settings import CorpusSettings
    from corpus.types import Passage


class Reranker(Protocol):
    """A model that reads a question together with a passage. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """What it is called, with a hash of its weights."""

    @property
    def calibrated(self) -> bool:
        """Whether its scores are those that the shipped calibration was fitted to."""

    def judge(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        """A judgement of each passage; None when `deadline`, seconds of time.perf_counter, passed first.

        Nothing is left at work then; what had begun is finished, so that it ends up to one batch later. The first
        call loads the model, and raises UsageError when that fails.
        """


def open_reranker(settings: CorpusSettings) -> Reranker | None:
    """The reranker that the settings name, None for `none`; its model is loaded when it is first needed.

    Raises UsageError when it is not there or not what it should be.
    """
    if settings.reranker == NONE:
        return None
    location = locate(settings.reranker, allow_download=settings.allow_download)
    if settings.reranker == BUILTIN:
        from corpus.reranking.builtin import BuiltinReranker

        return BuiltinReranker(location)
    from corpus.reranking.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(location)
