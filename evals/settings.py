"""What `accord eval` needs: it ingests and answers, so the settings of both."""

from bot.settings import BotSettings
from ingest.settings import IngestSettings


class EvalSettings(IngestSettings, BotSettings):
    """Settings of a measured run."""
