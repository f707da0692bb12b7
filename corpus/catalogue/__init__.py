"""The catalogue: one SQLite file that is the truth about articles, versions, passages and vectors."""

from corpus.catalogue.database import Catalogue
from corpus.catalogue.index_state import IndexSpec, IndexState, VectorSpec

__all__ = ["Catalogue", "IndexSpec", "IndexState", "VectorSpec"]
