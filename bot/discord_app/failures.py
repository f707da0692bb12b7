"""What a person is told when something fails, and what the log is told.

Messages of Accord's own errors name folders of the machine, so people in Discord get a sentence of their
own. The log gets where it failed and the kinds of error, without their messages: those can carry a
question's or an article's text.
"""

import secrets
import traceback

import aiohttp
import discord
import structlog

from bot.discord_app.asking.queueing import Busy
from bot.discord_app.wording import NOTHING_INGESTED
from corpus.errors import ServiceUnreachable, StoreBusy, StoreDamaged, StoreMismatch, StoreMissing, UsageError

log = structlog.get_logger(__name__)

# What comes of a request to Discord that fails: its own no, or a connection that breaks, which discord.py passes on.
NOT_REACHED = (discord.HTTPException, aiohttp.ClientError, OSError)

BUSY = "Too many questions are waiting at the moment. Please ask again in a minute."
UNKNOWN = "Something went wrong on my side. The error was logged. (reference {reference})"
KNOWN: dict[type[Exception], str] = {
    Busy: BUSY,
    StoreMissing: NOTHING_INGESTED,
    StoreBusy: "The articles are being updated. Please ask again in a minute.",
    StoreMismatch: "The articles were stored with other settings. A maintainer can run `accord rebuild`.",
    StoreDamaged: "The stored articles cannot be read. A maintainer can run `accord rebuild`.",
    ServiceUnreachable: "A service that I need does not answer. Please ask again later.",
    UsageError: "I cannot answer that question as it is. Please put it another way.",
}


def explain(error: BaseException) -> str:
    """One or two sentences for the person who asked; the failure is logged."""
    for kind, sentence in KNOWN.items():
        if isinstance(error, kind):
            log.warning("not_answered", error=type(error).__name__)
            return sentence
    reference = secrets.token_hex(4)
    log_failure("failed", error, reference=reference)
    return UNKNOWN.format(reference=reference)


def log_failure(event: str, error: BaseException, **values: object) -> None:
    """Log an error with where it came from, never with its message."""
    if isinstance(error, discord.HTTPException):
        values |= {"status": error.status, "code": error.code}
    log.error(event, **values, error=_kinds(error), where=_where(error))


def _kinds(error: BaseException) -> str:
    kinds = [type(error).__qualname__]
    while cause := error.__cause__ or error.__context__:
        error = cause
        kinds.append(type(error).__qualname__)
    return " < ".join(kinds)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in frames)
