"""The cross-encoder of `training.model` as an OpenVINO graph: BERT over pairs, a score a pair, a logit a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.bert import Encoder, product, summed, token_input
from corpus.embedding.quiet_openvino import openvino, opset

if TYPE_CHECKING:
    from collections.abc import Mapping


def build(weights: Mapping[str, Any], config: Mapping[str, Any]) -> openvino.Model:
    """Ids, types and mask, all (pairs, tokens) int64, to scores (pairs, 1) and token logits (pairs, tokens, 1).

    Raises KeyError when a weight is not there.
    """
    ids, types, mask = token_input("ids"), token_input("types"), token_input("mask")
    hidden = Encoder(weights, config).hidden(ids, mask, types)
    count = opset.reduce_sum(opset.convert(mask, "f32"), np.array([1]), keep_dims=True)
    first = opset.gather(hidden, np.int64(0), np.int64(1))
    pooled = opset.concat([first, opset.divide(summed(hidden, mask), count)], 1)
    scores = product(pooled, weights["score.weight"], weights["score.bias"])
    tokens = product(hidden, weights["token.weight"], weights["token.bias"])
    return openvino.Model([opset.result(scores), opset.result(tokens)], [ids, types, mask], "cross-encoder")
