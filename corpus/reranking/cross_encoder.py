"""Any sentence-transformers CrossEncoder, on an NVIDIA GPU where there is one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.reranking.deadline import passed
from corpus.reranking.in_turn import InTurn
from corpus.reranking.judgement import Judgement
from corpus.reranking.location import SETTING
from corpus.reranking.pairs import heading
from corpus.reranking.passage_tokens import readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sentence_transformers import CrossEncoder
    from torch import Tensor

    from corpus.types import Passage

BATCH_PAIRS = 8


class CrossEncoderReranker(InTurn):
    """Judges whole passages, by logits. Nobody has fitted a calibration to its scores."""

    calibrated = False

    def _judged(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        pairs = [(readable(question), _read(passage)) for passage in passages]
        order = sorted(range(len(pairs)), key=lambda place: len(pairs[place][1]))
        judged: dict[int, Judgement] = {}
        for first in range(0, len(order), BATCH_PAIRS):
            places = order[first : first + BATCH_PAIRS]
            logits = self._logits([pairs[place] for place in places]) if not passed(deadline) else None
            if logits is None:
                return None
            judged |= {place: Judgement(logit) for place, logit in zip(places, logits, strict=True)}
        return [judged[place] for place in range(len(pairs))]

    def _logits(self, pairs: list[tuple[str, str]]) -> list[float]:
        from corpus.embedding.sentence_transformers_engine import fastest_precision

        model = self._model
        with fastest_precision(model.device.type):
            # The model's own sigmoid would squeeze the logits into 0..1, where 0 is not neutral.
            scores = model.predict(
                pairs, batch_size=BATCH_PAIRS, activation_fn=_as_it_is, convert_to_tensor=True, show_progress_bar=False
            )
        return [float(score) for score in scores.float().cpu()]

    @cached_property
    def _model(self) -> CrossEncoder:
        from corpus.embedding.quiet_sentence_transformers import CrossEncoder, load
        from corpus.embedding.sentence_transformers_engine import device

        folder = self._location.weights.parent
        model: CrossEncoder = load(CrossEncoder, folder, device(), SETTING)
        if model.num_labels != 1:
            raise UsageError(f"{SETTING}: {folder} gives {model.num_labels} scores a pair. Name one that gives one.")
        model.set_keep_in_fp32_modules([*(model.keep_in_fp32_modules or ()), *_heads(model)])
        return model


def _heads(model: CrossEncoder) -> Iterator[str]:
    # A logit of 6 in bfloat16 is a multiple of 1/32: passages of like rank would get the same one.
    for name, module in model.named_modules():
        if type(module).__name__ == "Linear" and module.out_features == 1:
            yield name


def _as_it_is(logits: Tensor) -> Tensor:
    return logits


def _read(passage: Passage) -> str:
    return readable(f"{heading(passage.title, passage.published)}\n{passage.text}")
