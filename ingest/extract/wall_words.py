"""What pages say in an article's place, a sentence or a line at a time; the words are those of no particular site.

Each pattern is of a whole sentence in the page's own voice, so that an article about captchas or cookies, which
speaks of these things in its own, does not fit.
"""
# ruff: noqa: E501 - a pattern cut in two is harder to read

from __future__ import annotations

import re
from enum import Enum


class Wall(Enum):
    """What stands in an article's place, as a skipped source's reason says it."""

    CHALLENGE = "it is a check for robots, not an article; open the page in a browser and give the saved file"
    COOKIES = (
        "it is a request for consent to cookies, not an article; open the page in a browser and give the saved file"
    )
    ERROR = "it is an error page, not an article; check the address"
    LOGIN = "it is a login page, not an article; log in with a browser and give the saved file"
    PAYWALL = "it is only an article's beginning before a paywall; give the whole article as a file"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})[.!…\s]*", re.IGNORECASE)


_THIS = r"(?:this|the|that|your|our)\s"
_PAGE = r"(?:web\s?page|page|article|content|story|file|url|document|resource|site|website)"

# A sentence of these makes the page what it is.
TELLING = {
    Wall.CHALLENGE: _any_of(
        r"just a moment",
        r"(?:please )?(?:wait|stand by|hold on)\b.{0,40}\b(?:check|verif)\w*.{0,80}",
        r"(?:we are )?checking (?:your browser|if (?:the|this) site connection|(?:if|that) you are (?:a )?human).{0,80}",
        r"(?:please )?(?:verify|verifying|confirm|prove)(?: that)? you(?:['’]re| are) (?:a |not a )?(?:human|robot|person|bot).{0,120}",
        r".{1,80} needs to review the security of your connection.{0,60}",
        r"(?:please )?(?:enable|turn on|activate) (?:javascript|js|cookies)\b.{0,120}",
        r"(?:you need|it is necessary) to enable javascript\b.{0,80}",
        r"javascript (?:is|must be|needs to be|has been|is currently) (?:disabled|required|enabled|not available)\b.{0,100}",
        rf"access (?:to (?:{_THIS})?{_PAGE} )?(?:has been |is |was )?(?:denied|blocked|forbidden)",
        r"you (?:don['’]t|do not) have (?:permission|access) to (?:access|view) .{1,160}",
        r"sorry,? you have been blocked.{0,60}",
        r".{0,60}\bunusual (?:traffic|activity) (?:from|on) your\b.{0,80}",
        r"pardon our interruption.{0,20}",
        r"(?:are you a|i['’]m not a) robot\??",
        r"(?:please )?(?:complete|solve) the (?:security check|captcha|challenge|puzzle)\b.{0,100}",
        r"attention required!.{0,30}",
        r"press (?:&|and) hold\b.{0,60}",
    ),
    Wall.COOKIES: _any_of(
        r"(?:we|(?:this|our) (?:web)?site|our partners|we and our (?:\d+ )?partners)\b.{0,80}\b(?:uses?|using|stores?)\b.{0,60}\bcookies\b.{0,240}",
        r"before you continue(?: to .{1,40})?",
        r"(?:we value|we care about|we respect) your privacy",
        r"(?:please )?(?:accept|consent to|agree to|allow)\b.{0,60}\bcookies\b.{0,120}",
        r"(?:this|the) (?:site|website|page|content) (?:needs|requires) (?:your consent|cookies)\b.{0,80}",
        r"cookies? (?:consent|settings|preferences|notice)",
    ),
    Wall.ERROR: _any_of(
        r"(?:http )?(?:error )?(?:40[0134]|410|429|50[0234])(?:\s?[:–—|-]?\s?(?:error|(?:page |file )?not found|forbidden|"
        r"(?:internal )?server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|gone|bad request"
        r"|too many requests))?",
        rf"(?:(?:oops|sorry|whoops|uh-oh)[!,.…]*\s*)?(?:{_THIS})?{_PAGE} (?:was |is |could |can )?(?:not|no longer|un)\s?(?:be )?"
        r"(?:found|available|exists?|displayed)\b.{0,60}",
        rf"(?:(?:oops|sorry|we['’]re sorry)[!,.…]*\s*(?:but )?)?{_THIS}{_PAGE} (?:that )?you(?:['’]re| are| were|['’]ve| have)?\s?"
        r"(?:looking for|requested|trying to \w+|entered|tried to \w+)\b.{0,120}",
        rf"(?:(?:oops|sorry)[!,.…]*\s*)?we (?:can(?:['’]t|not)|couldn['’]t|could not|were unable to|are unable to) find "
        rf"(?:{_THIS})?{_PAGE}\b.{{0,80}}",
        r"(?:500 )?internal server error\b.{0,60}",
        r"(?:503 )?service (?:temporarily )?unavailable\b.{0,60}",
        r"(?:oops[!,.…]*\s*)?something (?:went|has gone) wrong\b.{0,60}",
        r"(?:sorry,? )?an? (?:unexpected |application )?error (?:has )?occurred\b.{0,100}",
        r"(?:we(?:['’]re| are)|the (?:web)?site is) (?:currently )?(?:down for|undergoing) (?:scheduled )?maintenance\b.{0,80}",
    ),
    Wall.LOGIN: _any_of(
        r"(?:please )?(?:log|sign) ?in to (?:your|an) account\b.{0,40}",
        r"(?:please )?(?:log|sign) ?in to (?:continue|view|access)\b.{0,60}",
        r"you (?:must|need to|have to) (?:be logged|be signed|log|sign) ?in\b.{0,60}",
        r"forgot(?:ten)? (?:your )?(?:password|user ?name)\??",
    ),
    Wall.PAYWALL: _any_of(
        r"(?:please )?(?:subscribe|register|sign (?:in|up)|log in|join|upgrade|become a (?:member|subscriber)|create .{0,30}\baccount"
        r"|start .{0,30}\btrial|buy .{0,30})\b.{0,80}\b(?:to (?:continue|keep|finish)(?: reading)?|to read (?:the (?:full|rest|whole)"
        r"|this|more)|to unlock|to (?:access|view|see) (?:this|the full|the rest|all)|for (?:full|unlimited) access)\b.{0,120}",
        r"to (?:continue|keep|finish) reading\b.{0,160}",
        r"to read (?:the (?:full|rest|whole)|this|more)\b.{0,80}\b(?:subscri|sign|log|regist|member)\w*\b.{0,80}",
        rf"{_THIS}(?:premium |exclusive )?(?:article|story|content|report|post|feature|analysis) is (?:only |exclusively |reserved )*"
        r"(?:available |accessible |open )?(?:only |exclusively )?(?:for|to)\b.{0,40}\b(?:subscribers?|members?|registered)\b.{0,80}",
        r"(?:subscribers?|members?)[- ]only(?: (?:content|article|story))?",
        r"exclusive(?:ly)? (?:content )?(?:for|to) (?:our )?(?:paid |paying )?(?:subscribers|members)\b.{0,60}",
        r"you(?:['’]ve| have) (?:reached|used|hit|read)\b.{0,40}\b(?:limit|(?:free|complimentary) (?:articles?|stories))\b.{0,100}",
        r"(?:you have )?(?:\d+|no) (?:more )?free (?:articles?|stories) (?:left|remaining)\b.{0,60}",
        r"the rest of this (?:article|story|post) is\b.{0,80}",
        r"(?:continue|keep) reading (?:this article )?(?:with|for (?:free|just|only)|by) .{0,80}",
        r"(?:unlock|get) (?:this article|unlimited (?:digital )?access|full (?:digital )?access)\b.{0,80}",
    ),
}  # fmt: skip
# These go with them: they tell nothing alone, and are no words of an article.
ALONG = _any_of(
    r"(?:reference|ray|incident|event|request|error)\s?(?:id|number|code)?\s?[:#]{1,2}\s?#?[\w.-]{4,60}",
    r"(?:performance|security|performance (?:&|and) security|ddos protection) by .{1,30}",
    r"(?:why have i been blocked|what can i do to resolve this|need help|why did this happen)\?.{0,60}",
    r"(?:please )?(?:make sure your browser|contact (?:us|the site owner|support|your|our))\b.{0,120}",
    r"accept(?: all| all cookies| cookies| (?:&|and) \w+)?", r"(?:reject|decline|allow|deny)(?: all)?(?: cookies)?",
    r"(?:manage|cookie|customi[sz]e|more)\s?(?:your )?(?:cookies|preferences|options|settings|choices|policy)",
    r"by (?:clicking|continuing|using|accepting|pressing)\b.{0,200}",
    r"you can (?:change|withdraw|manage|update|cancel)\b.{0,160}", r"(?:learn|find out|read) more(?: about .{1,60})?",
    r"(?:read )?our (?:privacy|cookie) (?:policy|notice)\b.{0,60}", r"(?:privacy|cookie|terms)\b.{0,40}",
    r"(?:please )?(?:try (?:again|another)|check the (?:url|address|spelling|link)|refresh|reload|come back|wait)\b.{0,120}",
    r"it (?:may|might|could) have (?:been )?(?:moved|removed|deleted|expired|changed)\b.{0,100}",
    r"(?:go|return|back|take me)(?: back)? to (?:the |our )?(?:home ?page|front page|home|main page)\b.{0,60}",
    r"(?:try )?(?:a |our |using the )?search\b.{0,60}", r"(?:user ?name|e-?mail(?: address)?|password)(?: or e-?mail)?\s?\*?:?",
    r"(?:please )?(?:log|sign) ?(?:in|up|out)(?: (?:with|here|now)\b.{0,30})?", r"(?:keep me (?:logged|signed) in|remember me)",
    r"(?:don['’]t|do not|already|no) (?:have|got) (?:an|a) (?:account|subscription)\?.{0,60}",
    r"(?:not|already) (?:yet )?(?:a|an) (?:subscriber|member|user)\?.{0,60}", r"(?:create|register for) (?:an|your|a free) account\b.{0,40}",
    r"subscribe(?: now| today| here)?(?: for| from| and)?\b.{0,80}", r"(?:cancel|unsubscribe) (?:at )?any ?time\b.{0,40}",
    r"(?:from )?(?:only |just )?[$€£¥]\s?\d[\d.,]{0,8}\b.{0,60}", r"(?:choose|view|see|compare) (?:your |our )?(?:plan|subscription|offer)s?\b.{0,60}",
)  # fmt: skip
# A page speaks for itself; whoever reports what one says, says so.
REPORTED = re.compile(
    r"\b(?:said|says|told|asks|asked|according to|wrote|reports|reported|announced|survey|spokes\w+)\b", re.IGNORECASE
)
