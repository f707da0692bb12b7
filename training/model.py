"""The cross-encoder in torch: the packaged MiniLM with two heads.

One head says how well a passage answers a question (0 is as well as "nothing found" does), the other how much each
token belongs to the answer; the mean over a sentence's tokens is that sentence's score. The embeddings stay as they
are packaged: 8,000 questions cannot teach 30,000 words, and what does not change need not be shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from transformers import AutoModel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus.reranking.pairs import Pair

PAD_TO = 8


@dataclass(frozen=True, slots=True)
class Output:
    """`scores` has one value a pair, `tokens` one a token: shapes (pairs,) and (pairs, tokens)."""

    scores: Tensor
    tokens: Tensor


class CrossEncoder(nn.Module):
    """Call it with a batch of pairs."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # Without dropout attention takes a third of the time on a CPU; averaging the weights regularises instead.
        self.bert = AutoModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            local_files_only=True,
            use_safetensors=True,
        )
        self.bert.embeddings.requires_grad_(False)
        width = self.bert.config.hidden_size
        self.score = nn.Linear(2 * width, 1)
        self.token = nn.Linear(width, 1)

    def forward(self, pairs: Sequence[Pair]) -> Output:
        """Scores of the pairs and of their tokens, float32."""
        ids, types, mask = _padded(pairs)
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        seen = mask.unsqueeze(2).float()
        mean = (hidden * seen).sum(1) / seen.sum(1)
        with torch.autocast("cpu", enabled=False):
            scores = self.score(torch.cat([hidden[:, 0], mean], 1)).squeeze(1)
            return Output(scores, self.token(hidden).squeeze(2))


def _padded(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    width = -(-max(len(one.ids) for one in pairs) // PAD_TO) * PAD_TO
    ids = torch.zeros(len(pairs), width, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, one in enumerate(pairs):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        types[row, one.question_end : len(one.ids)] = 1
        mask[row, : len(one.ids)] = 1
    return ids, types, mask
