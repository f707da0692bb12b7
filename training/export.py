"""The trained weights as the one small file that ships: bfloat16, without the embeddings that nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import save_file

from corpus.embedding.location import BUILTIN_SHA256

if TYPE_CHECKING:
    from pathlib import Path

    from training.model import CrossEncoder


def export(model: CrossEncoder, path: Path) -> None:
    """Write the encoder's layers and the two heads."""
    layers = model.bert.encoder.state_dict()
    heads = {"score": model.score, "token": model.token}
    tensors = {f"encoder.{name}": tensor for name, tensor in layers.items()}
    for name, head in heads.items():
        tensors |= {f"{name}.{part}": tensor for part, tensor in head.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    small = {name: tensor.to(torch.bfloat16).contiguous() for name, tensor in tensors.items()}
    save_file(small, path, metadata={"base": BUILTIN_SHA256, "format": "pt"})
    path.chmod(0o644)  # it ships; the library writes files that only their owner may read
