"""Settings of the store, the models and search. `accord.settings` joins them with the other packages'."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

GROUP = ConfigDict(extra="forbid", frozen=True)


class RetrievalSettings(BaseModel):
    """How passages are found and ranked."""

    model_config = GROUP

    top_k: int = Field(10, ge=1, le=100, description="Passages that an answer may draw on.")
    candidates: int = Field(
        100, ge=10, le=2000, description="Passages taken from each of dense and BM25 search before fusion."
    )
    dense_weight: float = Field(
        0.7, ge=0, le=1, description="Share of the dense score in the fused score; the rest is BM25's."
    )
    title_weight: float = Field(
        1.0, ge=0, le=20, description="Weight of a match in the title against one in the text, in BM25."
    )
    rerank_depth: int = Field(32, ge=1, le=200, description="Best passages of the fused order that the reranker reads.")
    rerank_deadline_ms: int = Field(
        2000, ge=10, description="Longest time for reranking, in milliseconds; after it the fused order stands."
    )


class ChunkSettings(BaseModel):
    """How articles are cut into passages. A change needs `accord rebuild`."""

    model_config = GROUP

    max_chars: int = Field(1000, ge=100, le=4000, description="Most characters in a passage.")


class CorpusSettings(BaseModel):
    """What every command that touches the store needs."""

    data_dir: Path = Field(Path(".accord"), description="Folder that holds the catalogue and the vectors.")
    embedder: str = Field(
        "builtin",
        min_length=1,
        description="`builtin` (all-MiniLM-L6-v2, installed with Accord), or the folder or name of any "
        "sentence-transformers model.",
    )
    reranker: str = Field(
        "builtin",
        min_length=1,
        description="`builtin` (trained for Accord, installed with it), `none`, or the folder or name of any "
        "sentence-transformers CrossEncoder that gives one score.",
    )
    allow_download: bool = Field(
        False, description="Let an embedder or a reranker that is named and not a folder be fetched from its hub."
    )
    chroma_url: SecretStr | None = Field(
        None, description="Address of a Chroma server; without one the vectors live in the data folder."
    )
    retrieval: RetrievalSettings = RetrievalSettings()
    chunk: ChunkSettings = ChunkSettings()
