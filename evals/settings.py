"""What `accord eval` needs: it ingests and answers, so the settings of both, and a few of its own."""

from pydantic import BaseModel, Field, SecretStr

from bot.settings import BotSettings
from corpus.settings import GROUP
from ingest.settings import IngestSettings


class EvalOptions(BaseModel):
    """How runs are judged and priced."""

    model_config = GROUP

    judge_model: str | None = Field(
        None,
        description="Chat model that judges the answers of a run, as LangChain names it; without one none does.",
    )
    judge_url: str | None = Field(
        None,
        pattern=r"^https?://",
        description="Address of the judge's server, as `ACCORD_CHAT_URL` is the chat model's.",
    )
    judge_key: SecretStr | None = Field(None, description="Key for the judge.")
    price_input: float | None = Field(
        None, ge=0, le=10_000, description="What a million tokens cost that the chat model reads, in any currency."
    )
    price_output: float | None = Field(
        None,
        ge=0,
        le=10_000,
        description="What a million tokens cost that the chat model writes, in the same currency.",
    )


class EvalSettings(IngestSettings, BotSettings):
    """Settings of a measured run."""

    eval: EvalOptions = EvalOptions()
