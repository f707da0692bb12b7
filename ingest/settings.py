"""Settings of ingestion: what is read, how much of it, and for how long."""

from pydantic import BaseModel, Field

from corpus.settings import GROUP, CorpusSettings


class FetchSettings(BaseModel):
    """Limits on reading and extracting one source."""

    model_config = GROUP

    max_bytes: int = Field(
        10_000_000, ge=1_000, le=1_000_000_000, description="Largest article, file or page, in bytes."
    )
    timeout_s: float = Field(20.0, gt=0, le=600, description="Longest wait for one web page, in seconds.")
    extract_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest time to find the article in one HTML page, in seconds."
    )
    user_agent: str = Field("Accord/0.1 (article reader)", min_length=1, description="Name that web servers see.")


class IngestSettings(CorpusSettings):
    """What `accord ingest` needs."""

    fetch: FetchSettings = FetchSettings()
