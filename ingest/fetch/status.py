"""Answers that bring no page, in words, and how long a busy server asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from corpus.errors import SourceError, SourceSkipped

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADVICE = {
    401: "401 (login required); save the page and give its file",
    402: "402 (payment required); save the page and give its file",
    403: "403 (forbidden); save the page in a browser and give its file",
    404: "404 (not found); check the address",
    410: "410 (gone); check the address",
    429: "429 (too many requests); try again later",
    451: "451 (not available for legal reasons); save the page and give its file",
}
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_LONGEST_NUMBER = 9


class Gone(SourceError):
    """The server says that there is nothing at the address: `status` is 404 or 410."""

    def __init__(self, message: str, status: int = HTTPStatus.GONE) -> None:
        super().__init__(message)
        self.status = int(status)


class BrokenOff(SourceError):
    """The connection was lost; another try may do."""


def refusal(status: int) -> SourceError:
    """What an answer other than 200 means for the person."""
    if status in _GONE:
        return Gone(f"answered {_ADVICE[status]}", status)
    if status in _ADVICE:
        return SourceError(f"answered {_ADVICE[status]}")
    if status == HTTPStatus.ACCEPTED:
        return SourceSkipped(
            "answered 202, a bot check or a page still being made; open the page in a browser and give its file"
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return SourceError(f"answered {status} (server error); try again later")
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return SourceError(f"answered {status}, which brings no article; open the page in a browser and give its file")
    return SourceError(f"answered {status}; check the address")


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the Retry-After header asks for (RFC 9110, section 10.2.3), None without a readable one.

    A date is measured from the server's own clock when it names it, else from `now`.
    """
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:_LONGEST_NUMBER]) if len(stated) <= _LONGEST_NUMBER else float("inf")
    then = _moment(stated)
    return max(0.0, (then - (_moment(headers.get("date", "")) or now)).total_seconds()) if then else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
