"""The language of a text, by py3langid (a fork of langid.py; Lui and Baldwin, "langid.py", ACL 2012)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# The start says it as well as the whole, and the time taken grows with the length.
_READ_LETTERS = 4_000
# Under this, names and loan words decide: a headline's probability says little.
_FEWEST_LETTERS = 20
_LEAST_PROBABILITY = 0.8
_NO_LANGUAGE = "zxx"
_CODE_LENGTH = 2
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_][a-z0-9]{1,8})*(?:[.@][\w.-]*)?", re.IGNORECASE)


def detected(text: str) -> str | None:
    """The ISO 639-1 code of the text's language ("en"); None for one too short or too mixed to tell."""
    start = text[:_READ_LETTERS]
    if sum(letter.isalpha() for letter in start) < _FEWEST_LETTERS:
        return None
    code, probability = _identifier().classify(start)
    return code if probability >= _LEAST_PROBABILITY and code != _NO_LANGUAGE else None


def stated(language: str | None) -> str | None:
    """The language of a tag ("en-US", "EN", "pt_BR.UTF-8") in lower case; None for what is no tag ("English")."""
    found = _TAG.fullmatch(language.strip()) if language else None
    code = found["language"].lower() if found else None
    return None if code in {"und", "mul", _NO_LANGUAGE} else code


@cache
def _identifier() -> Any:
    """The model in the package, for the languages that have a two-letter code."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # ships no types

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == _CODE_LENGTH or code == _NO_LANGUAGE])
    return identifier
