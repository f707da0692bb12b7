"""What a run's results depend on: settings, models, articles, questions, code. And on which machine it was.

Two runs with the same `fingerprint` give the same results, so a run that was broken off can go on where it was.
"""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import UsageError
from corpus.opening import open_embedder
from corpus.reranking.reranker import open_reranker
from corpus.types import sha256
from evals.files import beside, write_whole
from evals.git import git
from evals.lines import first_fault, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evals.running.asking import Asker
    from evals.sets import Row
    from evals.settings import EvalSettings

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accord", "bot", "corpus", "evals", "ingest")
CODE = {".py", ".txt", ".json", ".sql"}
LOGIN = re.compile(r'//[^/"@]*@')
DEPENDS = ("set", "corpus", "models", "settings", "code")
SHORT = 16  # hex digits of a hash


class _Set(BaseModel):
    name: str
    questions: int


class _Corpus(BaseModel):
    articles: int


class _Models(BaseModel):
    reader: str


class _Written(BaseModel):
    """What is read of a manifest by others than people."""

    model_config = ConfigDict(strict=True)

    set: _Set
    corpus: _Corpus
    models: _Models


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


def path_beside(results: Path) -> Path:
    """Where the manifest of a results file lies: `results.jsonl` has `results.run.json`."""
    return beside(results, ".run.json")


def write(path: Path, document: dict[str, Any]) -> None:
    """Write it beside its results. Raises UsageError."""
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def read(results: Path) -> dict[str, Any] | None:
    """The manifest of a results file; None where there is none. Raises UsageError when it is none."""
    path = path_beside(results)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Run the set again.") from None
    try:
        found = parsed(text)
        _Written.model_validate(found)
    except ValidationError as error:
        raise UsageError(f"{path}: {first_fault(error)}. Run the set again.") from None
    except ValueError as error:
        raise UsageError(f"{path}: {error}. Run the set again.") from None
    return dict(found)


def _settings(settings: EvalSettings) -> dict[str, Any]:
    """All but what decides nothing. Secrets are masked by their type; so is who logs in by an address."""
    dump = settings.model_dump(mode="json", exclude={"data_dir", "discord", "discord_token", "log_level"})
    return dict(json.loads(LOGIN.sub("//**********@", json.dumps(dump))))


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, tuple[Any, Any]]:
    """What decides results and is not the same in two manifests, by dotted name; nothing where one is not there."""
    if before is None or after is None:
        return {}
    one, other = (dict(_flat({name: each.get(name) for name in DEPENDS})) for each in (before, after))
    return {name: (one.get(name), other.get(name)) for name in {**one, **other} if one.get(name) != other.get(name)}


def _flat(tree: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


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
