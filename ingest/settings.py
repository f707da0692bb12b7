"""Settings of ingestion: what is read, how much of it, how fast, and from where."""

import ipaddress
import re
from typing import Annotated

from pydantic import BaseModel, Field, field_validator
from pydantic_settings import NoDecode

from corpus.settings import GROUP, CorpusSettings

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?")


class FetchSettings(BaseModel):
    """Limits on reading and extracting one source."""

    model_config = GROUP

    max_bytes: int = Field(
        10_000_000, ge=1_000, le=1_000_000_000, description="Largest article, file or page, in bytes after unpacking."
    )
    timeout_s: float = Field(
        20.0, gt=0, le=600, description="Longest transfer of one web page with its redirects, in seconds."
    )
    delay_s: float = Field(
        1.0, ge=0, le=60, description="Shortest time between two requests to one web host, in seconds."
    )
    retry_after_s: float = Field(
        60.0, ge=0, le=3600, description="Longest wait that a busy web server may ask for (Retry-After), in seconds."
    )
    extract_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest time to find the article in one document, in seconds."
    )
    extract_memory_mb: int = Field(
        1024, ge=128, le=65_536, description="Most memory that finding the article may take, in megabytes."
    )
    user_agent: str = Field(
        "Accord/0.1 (article reader)",
        pattern=r"^[!-~][ -~]*$",
        max_length=200,
        description="Name that web servers see, in ASCII; robots.txt is read for its first word.",
    )


class IngestSettings(CorpusSettings):
    """What `accord ingest` needs."""

    fetch: FetchSettings = FetchSettings()
    allow_private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Hosts of a private network that may be read: names, addresses or networks (10.0.0.0/8), "
        "separated by commas.",
    )

    @field_validator("allow_private_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """As one variable holds them."""
        return tuple(part for part in re.split(r"[,\s]+", value) if part) if isinstance(value, str) else value

    @field_validator("allow_private_hosts")
    @classmethod
    def _one_form(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_host(host) for host in hosts)


def _host(value: str) -> str:
    """A host name in lower case, or an address or network as it is. Raises ValueError."""
    host = value.strip().lower().removeprefix("[").removesuffix("]").removesuffix(".")
    try:
        return str(ipaddress.ip_network(host, strict=False))
    except ValueError:
        if _HOST.fullmatch(host) and not host.replace(".", "").isdigit():
            return host
    raise ValueError(f"{value[:80]!r} is no host; write names or addresses without scheme and port")
