"""What a line of a saved page looks like, judged by its shape and by words that only a page's frame uses.

The words are those of no particular site: sharing, counting, subscribing, consenting, rights.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from ingest.extract.dates import published_in

_BULLET = re.compile(r"\s*(?:[•·▪◾◼■□◆◦‣○●►✓*+–-]|\(?\d{1,2}[.)]|\[\d{1,3}\])\s+")
_ENDS_SENTENCE = re.compile(r"[.!?。！？]['\"”’»)\]]*$")
_ENDS_CUT = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\s*(?:(?:read|continue|see|more)\b.*)?$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){1,4}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|Dr|St|vs|No|etc)\.$")
_SEPARATED = re.compile(r"\s*[|•·»›>/]\s*|\s{3,}|\t")
_BYLINE = re.compile(
    r"(?:written\s+|reported\s+|posted\s+|published\s+|story\s+|words\s+)?by:?\s+(?P<names>.+)", re.IGNORECASE
)
_AUTHOR_LABEL = re.compile(r"authors?\s*:\s*(?P<names>.+)", re.IGNORECASE)
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:de|da|van|von|der|bin|al|el|la|le|du|dos)\s+)*[A-ZÀ-Þ][\w'’.-]*){0,4}"
)
_NAMES_END = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,?\s+(?:for|in|at|on)\s|\d|,\s*(?:[a-z]|Updated|Published|Posted)).*", re.DOTALL
)
_NAMES_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*;\s*", re.IGNORECASE)

_COUNTER = re.compile(
    r"[\d.,]+\s?[kKmM]?|[\d.,]+\s?[kKmM]?\s*(?:shares?|views?|comments?|likes?|reads?"
    r"|min(?:ute)?s?(?:\s+read)?"
    r"|reactions?|repl(?:y|ies)|claps?|followers?)|shares?|views?|comments?|likes?"
    r"|(?:est\.?\s+)?\d+\s*-?\s*min(?:ute)?s?\s+read.*",
    re.IGNORECASE,
)
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|telegram|pinterest|threads|bluesky|instagram"
    r"|flipboard)"
)
_SHARES = re.compile(
    r"share|sharing|tweet|pin|print|save|copy|bookmark|gift|listen|flip|send|follow|all|options|for|this|on|to|via|by"
    rf"|article|story|page|link|us|full|with|{_NETWORK}|\+",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"(?:read more|read (?:the )?full|continue reading|learn more|see more|show more|load more"
    r"|view all|see all|more »"
    r"|click here|tap here|skip to|jump to|back to top|no results?|search\b.{0,30}$|menu$|close$"
    r"|home$|log ?in|sign ?(?:in|up|out)"
    r"|register\b|subscribe|subscri(?:ption|ber)|create (?:a|your) (?:free )?account|my account"
    r"|advertis(?:ement|ing)|sponsored"
    r"|ad$|ads by|story continues|article continues|scroll (?:down|to)|previous\b.{0,12}$"
    r"|next\b.{0,12}$|reply$|report$|like$"
    r"|enter your|your (?:e-?mail|name)|e-?mail address|by (?:signing|clicking|subscribing"
    r"|continuing|submitting|registering|entering)"
    r"|you can unsubscribe|unsubscribe|thank you for (?:signing|subscribing|registering)"
    r"|get (?:the|our|your) .{0,80}(?:inbox|newsletter|briefing|day|week)"
    r"|want .{0,80}(?:inbox|newsletter|briefing)|don.t miss|never miss|join (?:our"
    r"|the) .{0,40}(?:newsletter|list|community|conversation|readers)"
    r"|(?:our|the) .{0,40}newsletter\b.{0,60}$|.{0,80}(?:straight|delivered|right"
    r"|sent)(?: directly)? to your inbox"
    r"|accept(?: all)?$|reject(?: all)?$|allow all|manage (?:\w+ )?(?:cookies|preferences"
    r"|settings|options|choices)|cookie (?:settings|policy|notice|preferences)"
    r"|(?:we|this (?:web)?site|our partners).{0,60}\bcookies\b|privacy (?:policy|notice|settings)"
    r"|terms (?:of|and)"
    r"|download (?:the|our) app|install (?:the|our) app|support (?:our|independent) journalism"
    r"|donate|become a (?:member|subscriber|supporter))",
    re.IGNORECASE,
)  # fmt: skip
_LEGAL = re.compile(
    r"(?:copyright\b|©|\(c\)\s*\d{4}|all rights reserved|.{0,120}\ball rights reserved\b"
    r"|.{0,60}©\s*(?:copyright\s*)?\d{4})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"©|\ball rights\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_CREDIT_LINE = re.compile(
    r"(?:photo(?:graph)?s?|image|picture|illustration|graphic|video|credit|source"
    r"|caption)s?\b.{0,12}?(?::|\bby\b).{0,120}"
    r"|.{0,160}\b(?:photo|photograph|image|credit)s?\s*:.{0,60}|.{0,160}(?:\bgetty images\b"
    r"|\(AP photo\b.{0,60}\)?|\bfile photo\b|/\s?(?:reuters|afp|ap|bloomberg)\b).{0,40}",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:(?:you (?:may|might|could) (?:also )?(?:like|enjoy|be interested|have missed)"
    r"|related\b(?!\s+to\b)|recommended|more (?:from|on|in|stories|news|like)"
    r"|read (?:also|next|more)|also (?:read|in|on)|see also|most (?:read|popular|viewed|shared)"
    r"|trending|popular|latest (?:news|stories|articles|posts|from)"
    r"|top stories|editor.?s.? picks?|what to read next|up next|keep reading|don.t miss"
    r"|in other news|further reading|from around the web|sponsored"
    r"|other stories|must reads?|in case you missed|explore more|topics?\b|tags?\b|filed under"
    r"|categor(?:y|ies))\b.{0,50}|tagged.{0,60})",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:(?:\d+|no|all|view|show|reader|readers'?|latest|top|post a|leave a|add a|your"
    r"|join the)?\s*(?:comments?|repl(?:y|ies)|discussion|responses?|conversation)"
    r"\s*(?:\(?\d+\)?|section|below|\(\d+\))?:?|leave a (?:reply|comment).{0,40}"
    r"|\d+ thoughts? on .{0,200}|log in to (?:comment|reply|join).{0,40}"
    r"|what do you think\?.{0,60}|be the first to comment.{0,30})",
    re.IGNORECASE,
)  # fmt: skip
_FIRST_APPEARED = re.compile(
    r"(?:the post .{1,300} appeared first|(?:(?:this|the) (?:article|story|piece|post|report"
    r"|column)\s+)?(?:was\s+)?"
    r"(?:first|originally) (?:appeared|published|posted|ran))\s+(?:on|in|by|at"
    r"|with)\s+(?P<name>.{2,60}?)\.?",
    re.IGNORECASE,
)

_LABEL_WORDS = 4
_LINK_WORDS = 6
_PROSE_WORDS = 8
_LONGEST_PROMPT = 30
_SEGMENTS = 3
# No button, menu or notice is longer; it also bounds what the patterns have to try.
_LONGEST_FRAME_LINE = 1_000


class Kind(Enum):
    """What a line is, as far as it can be told without its neighbours."""

    PROSE = auto()  # sentences
    SHORT = auto()  # a short sentence
    ITEM = auto()  # a list's entry
    LABEL = auto()  # words without an end: a headline, a heading, a link
    TEASER = auto()  # a text that is cut off
    DATED = auto()  # a date or a byline
    MENU = auto()  # several links on a line
    COUNT = auto()  # counters and share buttons
    PROMPT = auto()  # what a page asks its reader to do
    LEGAL = auto()  # copyright
    CREDIT = auto()  # whose picture it is
    ORIGIN = auto()  # where the text appeared first
    RELATED = auto()  # the heading over other articles
    COMMENTS = auto()  # the heading over readers' comments


FRAME = frozenset({Kind.MENU, Kind.COUNT, Kind.PROMPT, Kind.LEGAL, Kind.RELATED, Kind.COMMENTS})
SENTENCES = frozenset({Kind.PROSE, Kind.SHORT})


def kind_of(line: str) -> Kind:
    """What the line is."""
    if len(line) > _LONGEST_FRAME_LINE:
        return Kind.ITEM if is_list_item(line) else Kind.PROSE
    words = len(line.split())
    text = _BULLET.sub("", line, count=1).strip()
    if not any(letter.isalnum() for letter in text) or _COUNTER.fullmatch(text) or _is_sharing(text):
        return Kind.COUNT
    framed = _framed(text, words)
    if framed is not None:
        return framed
    if published_in(line) or authors_in(line):
        return Kind.DATED
    if is_list_item(line):
        return Kind.ITEM
    return _by_shape(line, words)


def _is_sharing(text: str) -> bool:
    """Whether nothing is left of a line without the words on share buttons, which often run together."""
    return not any(letter.isalpha() for letter in _SHARES.sub("", text)) and not ends_sentence(text)


def _framed(text: str, words: int) -> Kind | None:
    unfinished = not ends_sentence(text)
    if first_publisher(text):
        return Kind.ORIGIN
    if _LEGAL.match(text) and words <= _LONGEST_PROMPT and (unfinished or _RIGHTS.search(text)):
        return Kind.LEGAL
    if _COMMENTS.fullmatch(text):
        return Kind.COMMENTS
    if _PROMPT.match(text) and words <= _LONGEST_PROMPT and (unfinished or _speaks_to_reader(text)):
        return Kind.PROMPT
    if unfinished and _RELATED.fullmatch(text):
        return Kind.RELATED
    return Kind.CREDIT if unfinished and _CREDIT_LINE.fullmatch(text) else None


def _speaks_to_reader(text: str) -> bool:
    return re.search(r"\b(?:you|your|we|our|us|inbox|newsletters?|cookies)\b", text, re.IGNORECASE) is not None


def _by_shape(line: str, words: int) -> Kind:
    if is_menu(line):
        return Kind.MENU
    if _ENDS_CUT.search(line):
        return Kind.TEASER
    if ends_sentence(line) or line.endswith(":"):
        return Kind.PROSE if words >= _PROSE_WORDS else Kind.SHORT
    return Kind.LABEL


def is_list_item(line: str) -> bool:
    """Whether the line starts with a bullet or a number."""
    return _BULLET.match(line) is not None


def is_menu(line: str) -> bool:
    """Whether the line is a row of links: three or more short parts between separators."""
    parts = [part for part in _SEPARATED.split(line.strip()) if part]
    return len(parts) >= _SEGMENTS and all(
        len(part.split()) <= _LABEL_WORDS and not ends_sentence(part) for part in parts
    )


def is_link(line: str) -> bool:
    """Whether the line could be a menu's entry: a few words without figures that end no sentence."""
    text = _BULLET.sub("", line, count=1).strip()
    if any(letter.isdigit() for letter in text):
        return False
    return len(text.split()) <= _LINK_WORDS and not ends_sentence(text) and not text.endswith((":", ",", ";"))


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, and not only in an abbreviation ("U.S.")."""
    return _ENDS_SENTENCE.search(line) is not None and _ABBREVIATION.search(line) is None


def first_publisher(line: str) -> str | None:
    """The name in "The post … appeared first on NAME." and its like."""
    found = _FIRST_APPEARED.fullmatch(line)
    name = found["name"].strip() if found else ""
    return name if name[:1].isupper() else None


def authors_in(line: str) -> tuple[str, ...]:
    """The people that a byline names ("By Ann Lee and Bo Ek | July 8, 2025"), or none."""
    found = _BYLINE.fullmatch(line) or _AUTHOR_LABEL.fullmatch(line)
    if found is None or ends_sentence(line):
        return ()
    return people(found["names"])


def people(names: str) -> tuple[str, ...]:
    """The names in a list of people, empty when one of them is no name."""
    parts = [part for part in _NAMES_SPLIT.split(_NAMES_END.sub("", names).strip()) if part]
    named = [part.title() if part.isupper() else part for part in parts]
    return tuple(named) if all(_PERSON.fullmatch(name) for name in named) else ()
