"""Greetings, thanks and assent: they get one friendly line, and nothing is searched for."""

import re

WORD = re.compile(r"[^\W\d_']+")
GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: (?:there|all|accord|bot))*(?: |$))+"
)
THANKS = re.compile(
    r"(?:(?:ok|okay|great|cool|nice|perfect|many) )*(?:thanks|thank you|thx|ty|cheers)"
    r"(?: (?:a lot|so much|very much|accord|bot))*"
)
ASSENT = re.compile(
    r"(?:(?:yes|yep|yeah|no|nope|ok|okay|sure|right|fine|great|cool|nice|understood|got it|i see)(?: |$)){1,5}"
)

HELLO = "Hello. Ask me something about the stored articles, for example why talks on something stalled."
WELCOME = "You are welcome."
NOTED = "All right. Ask me when you want to know more."
REPLIES = ((GREETING, HELLO), (THANKS, WELCOME), (ASSENT, NOTED))


def reply_to(message: str) -> str | None:
    """What is said to a message that asks nothing; None for a question, and for what has a figure in it."""
    if "?" in message or any(map(str.isdigit, message)):
        return None
    said = " ".join(WORD.findall(message.lower()))
    return next((reply for pattern, reply in REPLIES if pattern.fullmatch(said)), None)
