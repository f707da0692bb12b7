"""The one settings tree: `ACCORD_*` variables and a `.env` file, checked before anything runs.

Groups are written with two underscores: `ACCORD_ANSWER__FLOOR=0.4`. A variable that names no setting is
refused, so that a misspelt one is noticed.
"""

import difflib
import os
from collections.abc import Iterable
from typing import Literal

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from corpus.errors import UsageError
from evals.settings import EvalSettings
from ingest.settings import IngestSettings

PREFIX = "ACCORD_"
NESTED = "__"
ENV_FILE = ".env"


class Settings(BaseSettings, EvalSettings):
    """Everything that can be set; each field says what it does, its unit and its range."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter=NESTED, env_file=ENV_FILE, extra="ignore", frozen=True
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="Least important kind of log line that is written to stderr."
    )
    # Named as Chroma's users know it; the prefixed form works as well.
    chroma_url: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("chroma_url", "CHROMA_URL", "ACCORD_CHROMA_URL"),
        description=IngestSettings.model_fields["chroma_url"].description,
    )


def variables() -> dict[str, FieldInfo]:
    """Every variable that is understood, by name, with its field."""
    found: dict[str, FieldInfo] = {}
    for name, field in Settings.model_fields.items():
        group = getattr(field.annotation, "model_fields", None)
        if group is None:
            found[PREFIX + name.upper()] = field
        else:
            found |= {f"{PREFIX}{name}{NESTED}{key}".upper(): value for key, value in group.items()}
    return found


def load(**overrides: object) -> Settings:
    """Settings from the environment, `.env` and the command line (which wins).

    Raises UsageError: one line that names the variable, its value's fault and the remedy.
    """
    try:
        _refuse_unknown([*os.environ, *dotenv_values(ENV_FILE)])
        return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type] # pydantic checks
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + NESTED.join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"{name}: {first['msg']}. See the settings table in README.md.") from None
    except (SettingsError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"The settings cannot be read ({error}). Check the environment and {ENV_FILE}.") from None


def _refuse_unknown(names: Iterable[str]) -> None:
    known = variables()
    for name in names:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"{name}: there is no such setting.{hint} See the settings table in README.md.")
