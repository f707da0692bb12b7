"""What all rerankers share: a name, one question at a time, and a deadline that the wait for a turn counts towards."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from corpus.reranking.deadline import turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.reranking.judgement import Judgement
    from corpus.reranking.location import RerankerLocation
    from corpus.types import Passage


class InTurn(ABC):
    """Loaded when the first passage is judged. Safe to use from several threads, which take turns."""

    calibrated: bool

    def __init__(self, location: RerankerLocation) -> None:
        self._location = location
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What it is called, with a hash of its weights."""
        return self._location.name

    def judge(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        """A judgement of each passage; None when `deadline` passed first. Raises UsageError."""
        with turn(self._lock, deadline) as mine:
            return self._judged(question, passages, deadline) if mine else None

    @abstractmethod
    def _judged(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        """The judgements, by one thread at a time."""
