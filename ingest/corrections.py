"""The notice by which an article says that it was corrected."""

from __future__ import annotations

import re

LONGEST = 600
_ARTICLE = r"(?:article|story|report|post|piece|brief|column|headline|version)"
_LABEL = re.compile(
    r"[*_\[(]{0,3}(?:(?:editor(?:'|’)?s['’]?\s+)?(?:note|correction|clarification)s?|corrections?|clarifications?)"
    r"(?:\s*\([^)]{1,40}\)|\s+appended|,?\s+(?:on\s+)?[A-Z][a-z]+\.? \d{1,2}(?:,? \d{4})?)?\s*[:—–-]",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:an?\s+(?:earlier|previous|original)\s+(?:version|edition)\s+of\s+th(?:is|e)\s+{_ARTICLE}"
    rf"|th(?:is|e)\s+{_ARTICLE}\s+(?:has\s+been|was)\s+(?:corrected|amended|updated\s+to\s+correct|revised\s+to\s+correct))\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[*_\[(]{0,3}(?:editor|note)", re.IGNORECASE)
_OF_A_FAULT = re.compile(
    r"\b(?:correct(?:ed|s|ion)?|misstated|misspelled|misidentified|incorrect(?:ly)?|error|inaccurate|wrong(?:ly)?"
    r"|earlier version|previous version|amended|clarif(?:y|ied))\b",
    re.IGNORECASE,
)


def correction(text: str) -> str | None:
    """The paragraph that is a correction notice, at most 600 characters of it; None when there is none."""
    return next((line.strip()[:LONGEST] for line in text.split("\n") if _is_notice(line.strip()[:LONGEST])), None)


def _is_notice(line: str) -> bool:
    if _SAID.search(line):
        return True
    # "Editor's note:" may say anything; only one of a fault is a correction.
    return bool(_LABEL.match(line)) and (not _NOTE.match(line) or bool(_OF_A_FAULT.search(line)))
