"""robots.txt of each host, asked for once a run (RFC 9309)."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from corpus.errors import SourceError, SourceSkipped
from ingest.fetch.status import BrokenOff

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from protego import Protego

    from ingest.fetch.hop import Answer

MAX_SIZE = 500 * 1024
"""Bytes of a robots.txt that are read, the least that RFC 9309 asks for; the rest is ignored."""

MAX_CRAWL_DELAY_S = 60.0
_FIRST_WORD = re.compile(r"[A-Za-z_-]+")
_AGENT_LINE = re.compile(r"\s*user[-\s]*agent(?:[:\s]+)(?P<agent>[^#]*)", re.IGNORECASE)
_SERVER_ERROR = 500
_OK = 200


class Rules(Protocol):
    """What a host lets be read."""

    @property
    def delay_s(self) -> float:
        """Seconds between two requests."""

    def check(self, url: str) -> None:
        """Raises SourceSkipped when the address may not be read, SourceError when that cannot be told."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The rules of a robots.txt. `delay_s` is the Crawl-delay, at most a minute."""

    rules: Protego | None = None
    agent: str = ""
    delay_s: float = 0.0

    def check(self, url: str) -> None:
        """Raises SourceSkipped when the address may not be read."""
        if self.rules and not self.rules.can_fetch(url, self.agent):
            raise SourceSkipped("its site's robots.txt asks programs not to read it; save the page and give its file")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A robots.txt that cannot be had: until it can, nothing of the host is read (RFC 9309, section 2.3.1.4)."""

    error: SourceError
    delay_s: float = 0.0

    def check(self, url: str) -> None:  # noqa: ARG002 - the same for every address
        """Raises SourceError, always."""
        # A new one each time: several threads raise it, and a traceback grows on an error that is raised again.
        raise type(self.error)(str(self.error))


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None


class Robots:
    """The rules of every host that was met, for many threads. `ask` fetches one, redirects followed."""

    def __init__(self, user_agent: str, ask: Callable[[httpx.URL], Answer | None]) -> None:
        word = _FIRST_WORD.match(user_agent)
        self._agent = (word[0] if word else user_agent).lower()
        self._ask = ask
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def of(self, url: httpx.URL) -> Rules:
        """The rules for the address's scheme, host and port."""
        root = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        with self._lock:
            host = self._hosts.setdefault(str(root), _Host())
        with host.lock:  # threads that want the same host wait for one answer
            if host.rules is None:
                host.rules = self._fetched(root)
            return host.rules

    def _fetched(self, url: httpx.URL) -> Rules:
        try:
            answer = self._ask(url)
        except BrokenOff as error:
            return Unknown(SourceError(f"its site's robots.txt {error}"))
        except SourceError as error:  # about the host, so it is the page's fault as well
            return Unknown(error)
        if answer is None or answer.status not in {_OK, *range(_SERVER_ERROR, 600)}:
            return Stated()
        if answer.status >= _SERVER_ERROR:
            reason = (
                f"its site's robots.txt answered {answer.status}, so nothing there may be read now; try again later"
            )
            return Unknown(SourceSkipped(reason))
        return self._stated(answer.data)

    def _stated(self, data: bytes) -> Stated:
        from protego import Protego

        rules = Protego.parse(_with_few_agents(data.decode("utf-8-sig", errors="replace"), self._agent))
        return Stated(rules, self._agent, min(rules.crawl_delay(self._agent) or 0.0, MAX_CRAWL_DELAY_S))


def _with_few_agents(text: str, agent: str) -> str:
    """The file with every agent that is not meant for us under one name.

    The parser keeps a copy of each rule for each agent above it: thousands of both fill the memory.
    """
    return "\n".join(_renamed(line, agent) for line in text.splitlines())


def _renamed(line: str, agent: str) -> str:
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    if found["agent"].strip().startswith("*"):
        return "User-agent: *"
    named = _FIRST_WORD.match(found["agent"])
    return f"User-agent: {agent}" if named and named[0].lower() == agent else "User-agent: another"
