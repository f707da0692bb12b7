"""What kind of answer a question asks for, and whether a sentence has it: a figure, a date, a name, a reason."""

import re
from typing import Literal

Kind = Literal["number", "when", "who", "why", "said", "other"]

NUMBER = re.compile(
    r"\b(?:how (?:much|many|big|high|large|long|far)|what (?:rate|percent\w*|share|number|total|price)|"
    r"which rate|the rate|what(?:['’]s| is| was) the (?:\w+ ){0,3}(?:rate|max|total|tariff|duty|levy|quota|cap))\b",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(?:when|what (?:date|day|month|year)|which (?:date|day|month|year)|latest date|since when|"
    r"how soon|by what date)\b",
    re.IGNORECASE,
)
WHO = re.compile(
    r"\b(?:who|whose|whom|which (?:official|minister|judge|company|companies|country|countries))\b",
    re.IGNORECASE,
)
WHY = re.compile(r"\b(?:why|how come|what made|what prompted|what led|for what reason|reason)\b", re.IGNORECASE)

FIGURE = re.compile(
    r"\d|\b(?:half|third|quarter|two|three|four|five|six|seven|eight|nine|ten|dozen\w*|hundred\w*|"
    r"thousand\w*|million|billion|trillion)\b",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? ?\d|\b(?:19|20)\d\d\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:week|month|year)s? (?:later|ago|after|before)\b"
)
NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+")
CAUSE = re.compile(
    r"\b(?:because|since|due to|owing to|thanks to|as a result|cit(?:ed|es|ing)|reason|so that|therefore|prompted"
    r"|in (?:response|retaliation|return|order)|blam\w+|driven by|over (?:its|the|what|his)|amid|aim\w* (?:to|at)"
    r"|unwilling\w*|refus\w+|argu\w+ that|said (?:it|he|the)|for (?:its|their|his) \w+|fear\w*|concern\w*"
    r"|to (?:protect|avoid|help|minimi[sz]e|press\w*|force|punish))\b",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\b(?:who|which \w+) (?:said|says|called|claimed|wrote|warned|argued|told|described)\b|\baccording to whom\b"
    r"|\bwhat (?:did|does|was|were) .{2,60}"
    r"(?:\b(?:say|think|claim|argue|call|tell)\b|['’]s (?:message|argument|view|reason))",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:said|says|told|added|wrote|writes|argued|argues|called|warned|claimed|according to|described|thinks?)\b"
    r"|[“\"]"
)
SIGNS = {"said": SAID, "number": FIGURE, "when": DATE, "who": NAME, "why": CAUSE}


def kind_of(question: str) -> Kind:
    """The kind of answer that a question asks for."""
    for kind, pattern in (("said", SAYS), ("why", WHY), ("when", WHEN), ("number", NUMBER), ("who", WHO)):
        if pattern.search(question):
            return kind  # type: ignore[return-value] # the four literals above
    return "other"


def fits_kind(sentence: str, kind: Kind) -> float:
    """1.0 when a sentence has what the kind of question asks for, 0.0 when not, 0.5 when nothing is asked for."""
    sign = SIGNS.get(kind)
    return 0.5 if sign is None else float(bool(sign.search(sentence)))
