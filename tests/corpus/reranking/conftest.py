"""A reranker with random weights, in torch and as the file that would ship, and passages to judge."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from corpus.embedding.location import BUILTIN, BUILTIN_SHA256, locate
from corpus.reranking.location import RerankerLocation
from corpus.types import Passage
from training.model import CrossEncoder

SHIPPED = Path(__file__).resolve().parents[3] / "corpus" / "articles"


@dataclass(frozen=True)
class Trained:
    """The same weights twice: as a torch model in float32, and as a file."""

    model: CrossEncoder
    location: RerankerLocation


def save(model: CrossEncoder, file: Path, base: str = BUILTIN_SHA256) -> None:
    """Write what training writes."""
    weights = {name.removeprefix("bert."): weight for name, weight in model.state_dict().items()}
    trained = {name: weight.bfloat16() for name, weight in weights.items() if not name.startswith("embeddings.")}
    save_file(trained, file, {"base": base})


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    model = CrossEncoder(locate(BUILTIN, allow_download=False).folder).eval()
    random = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad:
                spread = 0.01 if name.startswith("bert.") else 0.3  # so that the scores differ by about one
                moved = parameter + spread * torch.randn(parameter.shape, generator=random)
                parameter.copy_(moved.bfloat16())
    file = tmp_path_factory.mktemp("reranker") / "reranker.safetensors"
    save(model, file)
    return Trained(model, RerankerLocation(file, "random"))


Make = Callable[..., Passage]


@pytest.fixture(scope="session")
def passage() -> Make:
    """Makes a passage of a text."""

    def make(text: str, title: str = "Talks stall on autos", published: str | None = "2025-07-08") -> Passage:
        key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return Passage(key, "a", 1, 0, len(text), text, "https://a.example", title, None, None, published)

    return make


@pytest.fixture(scope="session")
def passages(passage: Make) -> list[Passage]:
    """Slices of the shipped articles, of many lengths, with and without a date."""
    texts = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.md"))[:3]]
    sizes = (900, 40, 250, 1600)
    cut = [text[100 * number : 100 * number + size] for text in texts for number, size in enumerate(sizes)]
    return [passage(text, published=None if number % 3 else "2024-02-29") for number, text in enumerate(cut)]
