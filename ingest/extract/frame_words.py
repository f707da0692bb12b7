"""The words of a page's frame: sharing, counting, subscribing, consenting, signing off.

They are those of no particular site. English first, with the commonest of German, French and Spanish pages; in
any other language the frame is known by its shape alone.
"""

from __future__ import annotations

import re

COUNTER = re.compile(
    r"[\d.,]+\s?[kKmM]?|[\d.,]+\s?[kKmM]?\s*(?:shares?|views?|comments?|likes?|reads?|watching"
    r"|min(?:ute)?s?(?:\s+read)?"
    r"|reactions?|repl(?:y|ies)|claps?|followers?)|shares?|views?|comments?|likes?"
    r"|(?:est\.?\s+)?\d+\s*-?\s*min(?:ute)?s?\s+read.*"
    r"|(?:image|photo|picture|slide|page)?\s*\d+\s*(?:of|/)\s*\d+",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}|Uhr))?", re.IGNORECASE)
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|telegram|pinterest|threads|bluesky|instagram"
    r"|flipboard|line|weibo)"
)
SHARES = re.compile(
    r"share|sharing|tweet|pin|print|save|copy|bookmark|gift|listen|flip|send|follow|all|options|for|this|on|to|via|by"
    rf"|article|story|page|post|link|us|full|with|teilen|drucken|merken|partager|imprimer|compartir|{_NETWORK}|\+",
    re.IGNORECASE,
)
PROMPT = re.compile(
    r"(?:read more|read (?:the )?full|continue reading|learn more|see more|show more|load more"
    r"|view all|see all|more »|view (?:\d+ )?comments?$"
    r"|click here|tap (?:here|to)\b|swipe\b|skip to|jump to|back to\b.{0,20}$|no results?|search\b.{0,30}$|menu$|close$"
    r"|(?:toggle|open|close|show|main) (?:menu|nav\w*)$|home$|log ?in|sign ?(?:in|up|out)"
    r"|register\b|subscribe|subscri(?:ption|ber)|create (?:a|your) (?:free )?account|my account"
    r"|advertis(?:ement|ing)|sponsored|promoted$|paid (?:content|post)$"
    r"|ad$|ads by|story continues|article continues|scroll (?:down|to)"
    r"|(?:previous|next)(?: (?:page|article|story|post|up))?\W*$"
    r"|reply$|report$|like$"
    r"|enter your|your (?:e-?mail|name)|e-?mail address|by (?:signing|clicking|subscribing"
    r"|continuing|submitting|registering|entering)"
    r"|you can unsubscribe|unsubscribe|thank you for (?:signing|subscribing|registering)"
    r"|get (?:the|our|your) .{0,80}(?:inbox|newsletter|briefing|day|week)"
    r"|want .{0,80}(?:inbox|newsletter|briefing)|don.t miss|never miss|join (?:our"
    r"|the) .{0,40}(?:newsletter|list|community|conversation|readers)"
    r"|(?:our|the) .{0,40}newsletter\b.{0,60}$|newsletters?$|.{0,80}(?:straight|delivered|right"
    r"|sent)(?: directly)? to your inbox"
    r"|accept(?: all)?$|reject(?: all)?$|allow all|manage (?:\w+ )?(?:cookies|preferences"
    r"|settings|options|choices)|cookie (?:settings|policy|notice|preferences)"
    r"|(?:we|this (?:web)?site|our partners).{0,60}\bcookies\b|privacy (?:policy|notice|settings)"
    r"|terms (?:of|and)"
    r"|download (?:the|our) app|install (?:the|our) app|support (?:us|our|the|independent)\b.{0,40}$"
    r"|donate|become a (?:member|subscriber|supporter)|for immediate release$|media contacts?:?$"
    r"|press contacts?:?$"
    r"|anzeige$|werbung$|anmelden|jetzt \w+$|abonnieren|drucken$|publicit[ée]$|s.abonner|se connecter"
    r"|suscr[ií]b\w+$|publicidad$|iniciar sesión)",
    re.IGNORECASE,
)
PAID = re.compile(r"(?:sponsored|promoted|paid)(?: (?:content|post|by\b.{0,30}))?", re.IGNORECASE)
REACHES = re.compile(
    r"\S{1,64}@[\w-]{1,64}\.\w{2,}|^(?:tel|phone|telephone|mobile|fax)\b.{0,8}\+?\d[\d ()/-]{5,20}",
    re.IGNORECASE,
)
READER = re.compile(r"\b(?:you|your|we|our|us|inbox|newsletters?|cookies)\b", re.IGNORECASE)
LEGAL = re.compile(
    r"(?:copyright\b|©|\(c\)\s*\d{4}|all rights reserved|.{0,120}\ball rights reserved\b"
    r"|.{0,60}©\s*(?:copyright\s*)?\d{4}|.{0,60}\balle rechte vorbehalten|.{0,60}\btous droits réservés"
    r"|.{0,60}\btodos los derechos|.{0,60}無断転載)",
    re.IGNORECASE,
)
RIGHTS = re.compile(r"©|\ball rights\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
CREDIT_LABEL = re.compile(
    r"(?:photo(?:graph(?:er)?)?|image|picture|illustration|graphic|video|foto|bild|credit|写真)s?\s?(?:credit|von)?\s?[::]",
    re.IGNORECASE,
)
CREDIT_LINE = re.compile(
    r"(?:photo(?:graph)?s?|image|picture|illustration|graphic|video|credit|source"
    r"|caption)s?\b.{0,12}?(?::|\bby\b).{0,120}"
    r"|.{0,160}\b(?:photo|photograph|image|credit|foto|bild)s?\s*:.{0,60}|.{0,160}(?:\bgetty images\b"
    r"|\(AP photo\b.{0,60}\)?|\bfile photo\b|/\s?(?:reuters|afp|ap|bloomberg)\b|\b(?:reuters|afp|ap)/).{0,40}",
    re.IGNORECASE,
)
RELATED = re.compile(
    r"(?:(?:you (?:may|might|could) (?:also )?(?:like|enjoy|be interested|have missed)"
    r"|related\b(?!\s+to\b)|recommended|more (?:from|on|in|stories|news|like)"
    r"|read (?:also|next|more)|also (?:read|in|on)|see also|most (?:read|popular|viewed|shared)"
    r"|trending|popular|latest (?:news|stories|articles|posts|from)"
    r"|top stories|editor.?s.? picks?|what to read next|up next|keep reading|don.t miss"
    r"|in other news|further reading|from around the web|sponsored|in this issue|next (?:story|article)"
    r"|other stories|must reads?|in case you missed|explore more|topics?\b|tags?\b|filed under"
    r"|categor(?:y|ies)|schlagw[oö]rte?r?|mehr zum thema|lesen sie auch|das könnte sie|meistgelesen"
    r"|à lire aussi|sur le même sujet|lea también|te puede interesar)\b.{0,50}|tagged.{0,60}|関連記事.{0,20})",
    re.IGNORECASE,
)
COMMENTS = re.compile(
    r"(?:(?:\d+|no|all|view|show|reader|readers'?|latest|top|post a|leave a|add a|your"
    r"|join the)?\s*(?:comments?|repl(?:y|ies)|discussion|responses?|conversation|kommentare|commentaires"
    r"|comentarios)"
    r"\s*(?:\(?\d+\)?|section|below|\(\d+\))?:?|leave a (?:reply|comment).{0,40}"
    r"|\d+ thoughts? on .{0,200}|log in to (?:comment|reply|join).{0,40}"
    r"|what do you think\?.{0,60}|be the first to comment.{0,30})",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:about|meet|more about) (?:the|our) (?:authors?|writers?|reporters?|contributors?|columnist)\b.{0,40}"
    r"|(?:the )?authors?|über (?:den|die) autor(?:in|en)?|à propos de l.auteur|sobre (?:el|la) autora?",
    re.IGNORECASE,
)
