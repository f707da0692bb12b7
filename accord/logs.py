"""Structured logs on stderr: one line an event, never a question's or an article's text."""

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Send structlog's and the libraries' lines of at least `level` to stderr."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(stream=sys.stderr, level=number, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        # Looked up for each line: whoever redirects stderr later gets the lines too.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
