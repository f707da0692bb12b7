"""Settings of answering and of the Discord bot."""

from pydantic import BaseModel, Field, SecretStr

from corpus.settings import GROUP, CorpusSettings


class AnswerSettings(BaseModel):
    """How an answer is put together."""

    model_config = GROUP

    max_sentences: int = Field(6, ge=1, le=6, description="Most sentences in an extractive answer.")
    floor: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Least probability that what was found answers the question; below it the question is refused. "
        "Without one, the floor that was fitted with the reranker.",
    )
    off_topic_floor: float = Field(
        0.25,
        ge=0,
        le=1,
        description="Least closeness (cosine) of the nearest passage; below it the question is off topic.",
    )
    chat_timeout_s: float = Field(
        30.0,
        gt=0,
        le=600,
        description="Longest wait for the chat model's whole answer, a second try included, in seconds.",
    )
    chat_tokens: int = Field(600, ge=16, le=8_000, description="Most tokens that the chat model may write.")
    chat_prompt_tokens: int = Field(
        6_000,
        ge=200,
        le=200_000,
        description="Most tokens of passages that the chat model is shown, at four characters each.",
    )


class DiscordSettings(BaseModel):
    """How the Discord bot behaves."""

    model_config = GROUP

    concurrency: int = Field(2, ge=1, le=32, description="Questions answered at the same time.")
    queue: int = Field(100, ge=1, le=1000, description="Questions that may wait before new ones are turned away.")
    user_limit: int = Field(8, ge=1, le=1000, description="Questions that one person may ask in a minute.")
    channel_limit: int = Field(
        60, ge=1, le=10_000, description="Questions that may be asked in one channel in a minute."
    )
    thread_hours: float = Field(
        24.0,
        gt=0,
        le=8_760,
        description="Hours after the last question in a thread in which the bot answers without being mentioned, and "
        "in which follow-ups lean on what was asked before.",
    )
    message_content: bool = Field(
        True,
        description="Read messages that do not mention the bot, for follow-ups in threads and forum posts. Needs the "
        "Message Content Intent of the application's Bot page.",
    )
    shards: int = Field(1, ge=1, le=1000, description="Connections to Discord that the servers are shared out among.")
    port: int = Field(
        9473, ge=0, le=65_535, description="Port on 127.0.0.1 of the pages /health and /metrics; 0 for none."
    )
    stop_timeout_s: float = Field(
        25.0, ge=0, le=600, description="Longest wait for answers in flight when the bot is stopped, in seconds."
    )
    log_questions: bool = Field(False, description="Write the text of questions into the log as well.")


class BotSettings(CorpusSettings):
    """What `accord ask` and `accord bot` need."""

    chat_model: str | None = Field(
        None,
        description="Chat model as LangChain names it, `provider:model`; without one answers are extractive.",
    )
    chat_url: str | None = Field(
        None,
        pattern=r"^https?://",
        description="Address of a server that speaks as OpenAI's does (`http://127.0.0.1:8080/v1`), or another address "
        "of the provider that the chat model names.",
    )
    chat_key: SecretStr | None = Field(
        None, description="Key for the chat model; without one, the variable that its provider's package reads."
    )
    discord_token: SecretStr | None = Field(None, description="The Discord bot's token.")
    answer: AnswerSettings = AnswerSettings()
    discord: DiscordSettings = DiscordSettings()
