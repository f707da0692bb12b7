"""From settings to a working answerer: the one place that puts it together."""

from bot.answering.chain import Answerer
from bot.answering.generating.models import open_chat_model
from bot.settings import BotSettings
from corpus.opening import open_searcher


def open_answerer(settings: BotSettings) -> Answerer:
    """Answering from the store of the settings; models are loaded with the first question."""
    return Answerer(open_searcher(settings), settings.answer, open_chat_model(settings))
