"""What a source only holds possible, and a sentence says for certain."""

from __future__ import annotations

import re

POSSIBLE = r"(?:may|might|could)"  # "said it would" is what "it will" becomes
CERTAIN = re.compile(r"\bwill (?:be |also |soon )*(?!not\b)(\w{3,})", re.IGNORECASE)


def overstated(sentence: str, source: str) -> list[str]:
    """Verbs that the sentence says will come about, and the source only that they may."""
    found = []
    for match in CERTAIN.finditer(sentence):
        verb = re.escape(match[1].lower())
        said = re.search(rf"\b(?:will|['’]ll|going to|set to) (?:\w+ ){{0,2}}{verb}", source, re.IGNORECASE)
        hedged = re.search(rf"\b{POSSIBLE} (?:\w+ ){{0,2}}{verb}", source, re.IGNORECASE)
        if hedged and not said:
            found.append(match[0])
    return found
