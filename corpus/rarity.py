"""How much of a question's words some texts hold, the rare words counting more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from corpus.asking.aliases import folded
from corpus.lexical import quoted, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corpus.catalogue.reader import Snapshot

# As if so many further passages were stored: in a store of few, a word that none of them happens to use
# would otherwise count for more than all that they do say.
BACKGROUND = 200


def rarity(question: str, snapshot: Snapshot) -> dict[str, float]:
    """Inverse document frequency of the question's terms, folded, among the stored passages."""
    total, sought = snapshot.counts().passages, terms(folded(question))
    frequency = snapshot.document_frequency(quoted(term) for term in sought)
    return {term: math.log((total + BACKGROUND) / (frequency[quoted(term)] + 1)) for term in sought}


def share(found: Iterable[str], weights: Mapping[str, float]) -> float:
    """The share (0..1) of the terms' weight that the found ones have; 0 when there are no terms."""
    total = sum(weights.values())
    return sum(weights[term] for term in found) / total if total > 0 else 0.0
