"""A BERT encoder as an OpenVINO graph, built from the weights themselves, and the mean pooling of embedding models.

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
    from collections.abc import Mapping
    from pathlib import Path

LAST = np.array([-1])
UNSEEN = np.float32(-1e4)  # no share in a softmax, in bfloat16 as well


def build(folder: Path) -> openvino.Model:
    """Token ids and mask, both (texts, tokens) int64, to the sum of each text's token vectors, (texts, width).

    The sum points where the mean does. Raises KeyError or SafetensorError when the weights are not a BERT encoder's.
    """
    weights, config = read(folder)
    ids, mask = token_input("ids"), token_input("mask")
    hidden = Encoder(weights, config).hidden(ids, mask)
    return openvino.Model([opset.result(summed(hidden, mask))], [ids, mask], "bert")


def read(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Weights, by the names that transformers' BertModel gives them, and configuration of a model's folder."""
    from safetensors.numpy import load_file

    return load_file(folder / WEIGHTS), json.loads((folder / "config.json").read_text("utf-8"))


def token_input(name: str) -> openvino.Node:
    """An input of the graph, (texts, tokens) int64."""
    return opset.parameter([-1, -1], np.int64, name=name)


def summed(hidden: openvino.Node, mask: openvino.Node) -> openvino.Node:
    """The sum of each text's token vectors, (texts, width)."""
    weights = opset.unsqueeze(opset.convert(mask, "f32"), np.int64(2))
    return opset.reduce_sum(opset.multiply(hidden, weights), np.array([1]))


class Encoder:
    """The layers. Raises KeyError when the weights are not a BERT encoder's."""

    def __init__(self, weights: Mapping[str, Any], config: Mapping[str, Any]) -> None:
        self._weights = weights
        self._layers = config["num_hidden_layers"]
        self._heads = config["num_attention_heads"]
        self._width = config["hidden_size"]
        self._epsilon = config["layer_norm_eps"]

    def hidden(self, ids: openvino.Node, mask: openvino.Node, types: openvino.Node | None = None) -> openvino.Node:
        """The last layer's token vectors, (texts, tokens, width). Without `types` every text is one segment."""
        hidden = self._embedded(ids, types)
        seen = opset.unsqueeze(opset.convert(mask, "boolean"), np.array([1, 2]))
        for number in range(self._layers):
            hidden = self._layer(hidden, seen, f"encoder.layer.{number}.")
        return hidden

    def _embedded(self, ids: openvino.Node, types: openvino.Node | None) -> openvino.Node:
        of = "embeddings."
        segments = self._weights[of + "token_type_embeddings.weight"]
        places = self._weights[of + "position_embeddings.weight"]
        length = opset.gather(opset.shape_of(ids, "i64"), np.array([1]), np.int64(0))
        table = opset.constant(places if types is not None else places + segments[0])
        positions = opset.slice(table, np.array([0]), length, np.array([1]), np.array([0]))
        words = opset.gather(opset.constant(self._weights[of + "word_embeddings.weight"]), ids, np.int64(0))
        if types is not None:
            words = opset.add(words, opset.gather(opset.constant(segments), types, np.int64(0)))
        return self._norm(opset.add(words, opset.unsqueeze(positions, np.int64(0))), of + "LayerNorm")

    def _layer(self, hidden: openvino.Node, seen: openvino.Node, of: str) -> openvino.Node:
        attended = self._dense(self._attention(hidden, seen, of + "attention.self."), of + "attention.output.dense")
        hidden = self._norm(opset.add(attended, hidden), of + "attention.output.LayerNorm")
        wide = opset.gelu(self._dense(hidden, of + "intermediate.dense"), "erf")
        return self._norm(opset.add(self._dense(wide, of + "output.dense"), hidden), of + "output.LayerNorm")

    def _attention(self, hidden: openvino.Node, seen: openvino.Node, of: str) -> openvino.Node:
        query, key, value = (self._by_head(self._dense(hidden, of + part)) for part in ("query", "key", "value"))
        # Spelt out, this is a twentieth faster than OpenVINO's own operation for it.
        scale = np.float32((self._width // self._heads) ** -0.5)
        scores = opset.multiply(opset.matmul(query, key, False, True), scale)
        shares = opset.softmax(opset.select(seen, scores, UNSEEN), -1)
        mixed = opset.transpose(opset.matmul(shares, value, False, False), np.array([0, 2, 1, 3]))
        return opset.reshape(mixed, np.array([0, 0, self._width]), True)

    def _by_head(self, hidden: openvino.Node) -> openvino.Node:
        split = np.array([0, 0, self._heads, self._width // self._heads])
        return opset.transpose(opset.reshape(hidden, split, True), np.array([0, 2, 1, 3]))

    def _dense(self, hidden: openvino.Node, name: str) -> openvino.Node:
        return product(hidden, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, hidden: openvino.Node, name: str) -> openvino.Node:
        centred = opset.mvn(hidden, LAST, True, self._epsilon, "inside_sqrt")
        return opset.add(opset.multiply(centred, self._weights[f"{name}.weight"]), self._weights[f"{name}.bias"])


def product(hidden: openvino.Node, weight: Any, bias: Any) -> openvino.Node:
    """What torch's Linear of this weight and bias makes of the hidden vectors."""
    return opset.add(opset.matmul(hidden, opset.constant(weight), False, True), opset.constant(bias))
