"""A BERT encoder with mean pooling as an OpenVINO graph, built from the weights themselves.

Building it takes a third of a second and needs neither torch nor a converted copy on disk, which would have to be
kept, checked and renewed. The layers are those of Devlin et al. 2018, https://arxiv.org/abs/1810.04805.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.location import WEIGHTS
from corpus.embedding.quiet_openvino import openvino, opset

if TYPE_CHECKING:
    from pathlib import Path

LAST = np.array([-1])
QUERY_KEY_VALUE = ("query", "key", "value")


def build(folder: Path) -> openvino.Model:
    """Token ids and mask, both (texts, tokens) int64, to the sum of each text's token vectors, (texts, width).

    The sum points where the mean does. Raises KeyError or SafetensorError when the weights are not a BERT encoder's.
    """
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text("utf-8"))
    ids = opset.parameter([-1, -1], np.int64, name="ids")
    mask = opset.parameter([-1, -1], np.int64, name="mask")
    encoder = _Encoder(load_file(folder / WEIGHTS), config)
    hidden = encoder.embedded(ids)
    # As a boolean: bfloat16 loses accuracy over a mask of large negative numbers.
    seen = opset.unsqueeze(opset.convert(mask, "boolean"), np.array([1, 2]))
    for number in range(config["num_hidden_layers"]):
        hidden = encoder.layer(hidden, seen, f"encoder.layer.{number}.")
    weights = opset.unsqueeze(opset.convert(mask, "f32"), np.int64(2))
    summed = opset.reduce_sum(opset.multiply(hidden, weights), np.array([1]))
    return openvino.Model([opset.result(summed)], [ids, mask], "bert")


class _Encoder:
    def __init__(self, weights: dict[str, Any], config: dict[str, Any]) -> None:
        self._weights = weights
        self._heads = config["num_attention_heads"]
        self._width = config["hidden_size"]
        self._epsilon = config["layer_norm_eps"]

    def embedded(self, ids: openvino.Node) -> openvino.Node:
        of = "embeddings."
        # Accord's texts are one segment each, so that the segment's vector is a constant of every position.
        places = (
            self._weights[of + "position_embeddings.weight"] + self._weights[of + "token_type_embeddings.weight"][0]
        )
        length = opset.gather(opset.shape_of(ids, "i64"), np.array([1]), np.int64(0))
        positions = opset.slice(opset.constant(places), np.array([0]), length, np.array([1]), np.array([0]))
        words = opset.gather(opset.constant(self._weights[of + "word_embeddings.weight"]), ids, np.int64(0))
        return self._norm(opset.add(words, opset.unsqueeze(positions, np.int64(0))), of + "LayerNorm")

    def layer(self, hidden: openvino.Node, seen: openvino.Node, of: str) -> openvino.Node:
        attended = self._dense(self._attention(hidden, seen, of + "attention.self."), of + "attention.output.dense")
        hidden = self._norm(opset.add(attended, hidden), of + "attention.output.LayerNorm")
        wide = opset.gelu(self._dense(hidden, of + "intermediate.dense"), "erf")
        return self._norm(opset.add(self._dense(wide, of + "output.dense"), hidden), of + "output.LayerNorm")

    def _attention(self, hidden: openvino.Node, seen: openvino.Node, of: str) -> openvino.Node:
        # One product for the three, which is faster than three.
        weight = np.concatenate([self._weights[f"{of}{part}.weight"] for part in QUERY_KEY_VALUE])
        bias = np.concatenate([self._weights[f"{of}{part}.bias"] for part in QUERY_KEY_VALUE])
        parts = opset.split(self._product(hidden, weight, bias), np.int64(2), 3)
        query, key, value = (self._by_head(parts.output(number)) for number in range(3))
        mixed = opset.scaled_dot_product_attention(query, key, value, seen)
        return opset.reshape(opset.transpose(mixed, np.array([0, 2, 1, 3])), np.array([0, 0, self._width]), True)

    def _by_head(self, hidden: openvino.Output) -> openvino.Node:
        split = np.array([0, 0, self._heads, self._width // self._heads])
        return opset.transpose(opset.reshape(hidden, split, True), np.array([0, 2, 1, 3]))

    def _dense(self, hidden: openvino.Node, name: str) -> openvino.Node:
        return self._product(hidden, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _product(self, hidden: openvino.Node, weight: Any, bias: Any) -> openvino.Node:
        return opset.add(opset.matmul(hidden, opset.constant(weight), False, True), opset.constant(bias))

    def _norm(self, hidden: openvino.Node, name: str) -> openvino.Node:
        centred = opset.mvn(hidden, LAST, True, self._epsilon, "inside_sqrt")
        return opset.add(opset.multiply(centred, self._weights[f"{name}.weight"]), self._weights[f"{name}.bias"])
