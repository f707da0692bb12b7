"""Figures for Prometheus: questions, refusals, failures, how long each stage took, the line. Never a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

if TYPE_CHECKING:
    from bot.answering.types import Answer
    from bot.discord_app.asking.queueing import Answers

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)
SHARED_STAGES = frozenset({"deadline"})  # a limit, no time that was taken


class Metrics:
    """All figures of one bot, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = self._counter("questions", "Questions answered, refusals included, by how.", "status")
        self.refusals = self._counter("refusals", "Questions that the articles do not answer, by why.", "reason")
        self.errors = self._counter("errors", "Questions that failed, by the kind of error.", "kind")
        self.ratings = self._counter("ratings", "Thumbs up and down.", "thumb")
        self.gateway = self._counter("gateway_events", "Connections to Discord made, lost and resumed.", "event")
        self.stages = Histogram(
            "accord_stage_seconds",
            "Time of each stage of an answer.",
            ["stage"],
            registry=self.registry,
            buckets=SECONDS,
        )

    def follow(self, answers: Answers) -> None:
        """Show how long the line is, whenever somebody asks."""
        waiting = Gauge("accord_queue_waiting", "Questions in line.", registry=self.registry)
        waiting.set_function(lambda: answers.waiting)
        running = Gauge("accord_queue_running", "Questions being answered.", registry=self.registry)
        running.set_function(lambda: answers.running)

    def answered(self, answer: Answer) -> None:
        """A question was answered or refused."""
        self.questions.labels(answer.status).inc()
        if answer.refusal:
            self.refusals.labels(answer.refusal.reason).inc()
        for stage, ms in answer.timings_ms.items():
            if stage not in SHARED_STAGES:
                self.stages.labels(stage).observe(ms / 1000)

    def failed(self, error: BaseException) -> None:
        """A question could not be answered."""
        self.errors.labels(type(error).__name__).inc()

    def _counter(self, name: str, text: str, label: str) -> Counter:
        return Counter(f"accord_{name}", text, [label], registry=self.registry)
