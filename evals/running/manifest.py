"""What a run's results depend on: settings, models, articles, questions, code. And on which machine it was.

Two runs with the same `fingerprint` give the same results, so a run that was broken off can go on where it was.
"""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.opening import open_embedder
from corpus.reranking.reranker import open_reranker
from corpus.types import sha256
from evals.git import git

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.running.asking import Asker
    from evals.sets import Row
    from evals.settings import EvalSettings

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accord", "bot", "corpus", "evals", "ingest")
CODE = {".py", ".txt", ".json", ".sql"}
SHORT = 16  # hex digits of a hash


@dataclass(frozen=True, slots=True)
class Manifest:
    """`depends` is what decides the results, `about` what is good to know beside it. Both are JSON-ready."""

    depends: dict[str, Any]
    about: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """Equal for runs that give equal results."""
        return sha256(json.dumps(self.depends, sort_keys=True, ensure_ascii=False))[:SHORT]

    def document(self) -> dict[str, Any]:
        """As it is written beside the results."""
        return {"fingerprint": self.fingerprint, **self.depends, **self.about}


def manifest(settings: EvalSettings, rows: Sequence[Row], asker: Asker, named: str, reader: str) -> Manifest:
    """Of a run of `rows`, read from a set called `named`, by an asker."""
    library = asker.library
    depends = {
        "set": {
            "name": named,
            "questions": len(rows),
            "sha256": _hash(row.model_dump_json() for row in rows),
            "stale": sorted(asker.stale),
        },
        "corpus": {
            "articles": len(library.articles),
            "passages": sum(map(len, library.passages.values())),
            "sha256": _hash(f"{url} {one.content_hash}" for url, one in sorted(library.articles.items())),
        },
        "models": {**_models(settings), "reader": reader},
        "settings": _settings(settings),
        "code": {"accord": version("accord"), "sha256": _code()},
    }
    return Manifest(depends, {"commit": _commit(), "machine": _machine()})


def _settings(settings: EvalSettings) -> dict[str, Any]:
    """All but what decides nothing. Secrets are masked by their type; so is who logs in by an address."""
    dump = settings.model_dump(mode="json", exclude={"data_dir", "discord", "discord_token", "log_level"})
    return {name: _masked(value) for name, value in dump.items()}


def _masked(value: Any) -> Any:
    """The value without what follows the scheme of an address that may hold a login or a key."""
    if isinstance(value, dict):
        return {name: _masked(one) for name, one in value.items()}
    if isinstance(value, str) and "://" in value and ("@" in value or "?" in value):
        return value.partition("://")[0] + "://**********"
    return value


def _models(settings: EvalSettings) -> dict[str, str | None]:
    reranker = open_reranker(settings)
    return {
        "embedder": open_embedder(settings).fingerprint,
        "reranker": reranker.name if reranker else None,
        "chat": settings.chat_model,
        "judge": settings.eval.judge_model,
    }


def _hash(parts: Any) -> str:
    return sha256("\n".join(parts))[:SHORT]


@cache
def _code() -> str:
    """Hash over the code and the texts that it reads, wherever it is installed."""
    files = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*") if path.suffix in CODE)
    files = [path for path in files if (ROOT / "evals" / "sets") not in path.parents]
    return _hash(f"{path.relative_to(ROOT)} {sha256(path.read_text('utf-8'))}" for path in files)


def _commit() -> dict[str, Any] | None:
    """The commit that the code is of, and whether something in it was changed since; None outside a repository."""
    head, changed = git(ROOT, "rev-parse", "HEAD"), git(ROOT, "status", "--porcelain")
    return None if head is None else {"hash": head.strip(), "changed": bool(changed)}


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in ("chromadb", "langchain", "openvino", "torch")},
    }
