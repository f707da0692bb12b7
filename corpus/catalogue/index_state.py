"""What the vectors were made with, and the check that it still fits."""

from dataclasses import dataclass

from corpus.errors import StoreMismatch


@dataclass(frozen=True, slots=True)
class VectorSpec:
    """What decides whether vectors can be compared with each other."""

    model: str
    dimension: int
    normalised: bool


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """What a store's vectors and passages are made with."""

    vectors: VectorSpec
    chunker: str

    def check(self, stored: "IndexSpec") -> None:
        """Raise StoreMismatch, naming the difference and the remedy, unless both are the same."""
        check_vectors(self.vectors, stored.vectors)
        _check("chunker", self.chunker, stored.chunker)


def check_vectors(ours: VectorSpec, stored: VectorSpec) -> None:
    """Raise StoreMismatch unless a question's vector can be compared with the stored ones."""
    _check("model", ours.model, stored.model)
    _check("dimension", ours.dimension, stored.dimension)
    _check("normalised", ours.normalised, stored.normalised)


def _check(name: str, ours: object, stored: object) -> None:
    if ours != stored:
        raise StoreMismatch(
            f"The store was built with {name} {stored}, the settings ask for {ours}. "
            "Run `accord rebuild` to build it anew, or set the setting back."
        )


@dataclass(frozen=True, slots=True)
class IndexState:
    """The one row that readers watch: `generation` grows with every change that they must see."""

    generation: int
    collection: str
    spec: IndexSpec
