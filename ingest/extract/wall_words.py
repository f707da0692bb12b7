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
    FILES = "it is a server's list of files, not an article; give the addresses of the articles"
    PARKED = "it is the page of an address that is for sale or not set up yet, not an article; check the address"
    REGION = "it is a notice that the page is not shown in this part of the world; give the article as a file"
    WAITING = "it only leads on to another page or waits for one; open it in a browser and give the saved file"
    PAYWALL = "it is only an article's beginning before a paywall; give the whole article as a file"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})[.!…。！\s]*", re.IGNORECASE)


_THIS = r"(?:this|the|that|your|our)\s"
_PAGE = r"(?:web\s?page|page|article|content|story|file|url|document|resource|site|website)"

# What follows in a headline ("Page not found: customs website fails for a day") is no longer the page's own voice.
_TAIL = r"(?!\s*[:–—]|\s-\s|\s(?:as|after|when|how|why|while)\b)\b.{0,60}"

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
    Wall.REGION: _any_of(
        rf"(?:{_THIS}|our )?(?:video|service|{_PAGE}|{_PAGE}s)\s(?:is|are) (?:currently |unfortunately )?(?:not (?:currently )?(?:available|accessible)|unavailable|blocked|restricted)"
        r" (?:in|to|from|for) (?:(?:users|visitors|readers|people) (?:in|from) )?(?:your|most|the|certain|some|this)? ?(?:european|eu\b|region|country|countries|location|area|territory|economic|part)\b.{0,120}",
        r"(?:sorry,? )?(?:unfortunately,? )?(?:our|the|this) (?:web)?site is (?:currently )?(?:unavailable|not available) (?:in|to|for) (?:most|visitors|readers|users|your)\b.{0,120}",
        r"(?:451\W{0,3})?unavailable (?:for|due to) legal reasons", r"not available in your (?:region|country|location|area)\b.{0,60}",
        r"we recognize you are attempting to access this (?:web)?site from a country\b.{0,300}",
        r".{0,60}\b(?:cannot|can(?:no|['’])t|unable to) (?:grant|give|provide|offer)\b.{0,20}\baccess\b.{0,60}\b(?:at this time|region|europe\w*|gdpr|eea)\b.{0,120}",
    ),
    Wall.ERROR: _any_of(
        r"(?:http )?(?:error )?(?:40[0134]|410|429|50[0234])(?:\s?[:–—|-]?\s?(?:error|(?:page |file )?not found|forbidden|"
        r"(?:internal )?server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|gone|bad request"
        r"|too many requests))?",
        rf"(?:(?:oops|sorry|whoops|uh-oh)[!,.…]*\s*)?(?:{_THIS})?{_PAGE} (?:was |is |could |can )?(?:not|no longer|un)\s?(?:be )?"
        rf"(?:found|available|exists?|displayed){_TAIL}",
        rf"(?:(?:oops|sorry|we['’]re sorry)[!,.…]*\s*(?:but )?)?{_THIS}{_PAGE} (?:that )?you(?:['’]re| are| were|['’]ve| have)?\s?"
        r"(?:looking for|requested|trying to \w+|entered|tried to \w+)\b.{0,120}",
        rf"(?:(?:oops|sorry)[!,.…]*\s*)?we (?:can(?:['’]t|not)|couldn['’]t|could not|were unable to|are unable to) find "
        rf"(?:{_THIS})?{_PAGE}\b.{{0,80}}",
        rf"(?:500 )?internal server error{_TAIL}",
        rf"(?:503 )?service (?:temporarily )?unavailable{_TAIL}",
        rf"(?:oops[!,.…]*\s*)?something (?:went|has gone) wrong{_TAIL}",
        r"(?:sorry,? )?an? (?:unexpected |application )?error (?:has )?occurred\b.{0,100}",
        r"(?:(?:we|it)(?:['’]re| are| is|['’]s)|(?:the|our|this) (?:web)?site is) (?:currently )?(?:down|offline|unavailable|undergoing|under)"
        r"(?: for| due to)? (?:scheduled |planned |routine |essential )*maintenance\b.{0,80}",
        r"(?:scheduled|planned|site|system|server|under) maintenance(?: in progress| mode| break)?", r"we(?:['’]ll| will) be (?:right )?back (?:soon|shortly)\b.{0,40}",
        # German, French, Spanish, Italian, Portuguese, Dutch, Japanese, Chinese, Korean.
        rf"(?:fehler )?(?:404\W{{0,3}})?(?:die )?(?:von ihnen )?(?:seite|artikel|inhalt)\b.{{0,60}}\b(?:nicht (?:gefunden|verfügbar|vorhanden|mehr verfügbar)|existiert (?:leider )?nicht){_TAIL}",
        rf"(?:erreur )?(?:404\W{{0,3}})?(?:(?:cette|la) )?page (?:demandée |que vous (?:cherchez|recherchez|demandez) )?(?:(?:est )?(?:introuvable|non trouvée|inexistante)|n['’](?:existe|a) (?:pas|plus)(?: (?:été trouvée|pu être trouvée))?){_TAIL}",
        rf"(?:error )?(?:404\W{{0,3}})?(?:lo sentimos,? )?(?:(?:la|esta) )?página (?:solicitada |que (?:busca|buscas|está buscando) )?(?:no (?:encontrada|existe|disponible|se ha encontrado|se encuentra|ha sido encontrada)){_TAIL}",
        rf"(?:errore )?(?:404\W{{0,3}})?(?:la )?pagina (?:richiesta )?(?:non (?:trovata|esiste|disponibile|è stata trovata)){_TAIL}",
        rf"(?:erro )?(?:404\W{{0,3}})?(?:a )?página (?:solicitada )?(?:não (?:encontrada|existe|foi encontrada)){_TAIL}",
        rf"(?:fout )?(?:404\W{{0,3}})?(?:de |deze )?pagina (?:die u (?:zoekt|zocht) )?(?:niet (?:gevonden|beschikbaar)|bestaat niet(?: meer)?|(?:is|kon|kan) niet (?:meer )?(?:gevonden|worden gevonden|beschikbaar)){_TAIL}",
        r"(?:お探しの|ご指定の)?(?:ページ|記事)(?:は|が)?(?:見つかりません|存在しません|ありません|削除され).{0,40}", r"(?:抱歉[，,]?)?(?:您(?:访问|要找|请求)的)?(?:页面|頁面|网页|網頁)(?:不存在|未找到|找不到|无法找到).{0,40}",
        r"(?:요청하신 )?페이지를 찾을 수 없습니다.{0,40}",
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
        # German.
        r"(?:jetzt |gleich |hier )?(?:weiter\s?lesen|weiterlesen|lesen sie weiter)\b.{0,40}\b(?:abo\w*|digitalabo|plus|registrier\w*|anmeld\w*)\b.{0,80}",
        r"(?:jetzt |nur )?mit (?:einem |dem |ihrem )?.{0,30}\b\w{0,20}(?:abo|abonnement|zugang|plus)\b.{0,20}\b(?:weiter\s?lesen|lesen|freischalten)\b.{0,60}",
        r"(?:dieser|der|diesen|den) (?:\w{1,20}[- ])?(?:artikel|beitrag|inhalt|text)\b.{0,40}\b(?:abonnent\w*|mitglieder\w*|kostenpflichtig|abo)\b.{0,60}",
        r"(?:um|sie möchten|sie wollen) (?:den|diesen|dieser|weiter)?\b.{0,40}\b(?:weiter)?(?:zu)?(?:lesen)\b.{0,40}\b(?:abo\w*|abonnier\w*|registrier\w*|anmeld\w*|melden)\b.{0,80}",
        # French.
        r"(?:cet|l['’]) ?article\b.{0,40}\b(?:réservé|accessible|disponible)\b.{0,40}\b(?:abonné|membre)\w*.{0,60}", r"(?:article|contenu) réservé (?:à nos |aux )?(?:abonné|membre)\w*.{0,40}",
        r"(?:abonnez[- ]vous|connectez[- ]vous|inscrivez[- ]vous)\b.{0,60}\bpour (?:lire|continuer|poursuivre|accéder|débloquer)\b.{0,80}", r"pour (?:lire la suite|continuer (?:à lire|votre lecture)|poursuivre (?:votre|la) lecture)\b.{0,100}",
        r"il vous reste \d{1,3}(?:[.,]\d+)?\s?% de cet article à lire\b.{0,60}", r"la suite (?:de cet article )?est réservée aux (?:abonné|membre)\w*.{0,40}",
        # Spanish, Portuguese, Italian.
        r"(?:este|esta|el) (?:artículo|contenido|noticia)\b.{0,40}\b(?:exclusiv[oa]|reservad[oa]|solo|sólo|disponible)\b.{0,30}\b(?:suscriptor|abonad|soci)\w*.{0,60}", r"(?:contenido|artículo) (?:exclusivo|solo|sólo) para (?:suscriptor|abonad|soci)\w*.{0,40}",
        r"(?:suscríbe(?:te|se)|suscribirse|regístrate|inicia sesión)\b.{0,60}\bpara (?:seguir|continuar|leer|acceder)\b.{0,80}", r"para (?:seguir|continuar) leyendo\b.{0,100}",
        r"(?:este|o) (?:artigo|conteúdo|texto)\b.{0,40}\b(?:exclusivo|reservado|só)\b.{0,30}\bassinante\w*.{0,60}", r"(?:assine|faça login|cadastre-se)\b.{0,60}\bpara (?:continuar|ler|acessar)\b.{0,80}",
        r"(?:questo|l['’]) ?(?:articolo|contenuto)\b.{0,40}\b(?:riservat|disponibil|accessibil)\w+\b.{0,30}\babbonat\w*.{0,60}", r"(?:abbonati|accedi|registrati)\b.{0,60}\bper (?:continuare|leggere|proseguire)\b.{0,80}", r"per continuare a leggere\b.{0,100}",
        # Dutch.
        r"(?:dit|deze) (?:artikel|verhaal|content|inhoud)\b.{0,40}\b(?:abonnee|lezer|leden)\w*.{0,60}", r"(?:alleen |exclusief )voor (?:abonnees|leden)\b.{0,40}", r"(?:verder |meer )lezen\b.{0,40}\b(?:abonn|log in|registr)\w*.{0,60}", r"(?:word abonnee|neem een abonnement|log in|abonneer)\b.{0,60}\b(?:om|en) (?:verder |dit |door |het ).{0,60}",
        # Japanese, Chinese, Korean.
        r"(?:この|本|こちらの)?(?:記事|コンテンツ|続き)は.{0,20}(?:会員|有料|購読者).{0,20}(?:限定|専用|のみ|お読み|ご覧).{0,30}", r"(?:会員|有料会員|購読者)限定(?:の)?(?:記事|コンテンツ)?(?:です)?", r"(?:続きを(?:読む|お読みになる)には|残り\d{1,6}文字).{0,60}",
        r"(?:本文|此文|该文章|此文章|本篇|这篇文章)?.{0,10}(?:仅限|僅限|仅供|僅供|限)(?:订阅|訂閱|付费|付費|会员|會員)\w{0,6}(?:阅读|閱讀|查看).{0,20}", r"(?:订阅|訂閱|登录|登入)(?:后|後|以).{0,6}(?:继续|繼續)?(?:阅读|閱讀).{0,30}",
        r"(?:이 )?(?:기사|콘텐츠)는 .{0,20}(?:회원|구독자|유료).{0,20}",
    ),
    Wall.PARKED: _any_of(
        r"(?:this|the) (?:premium )?(?:domain|web ?address)(?: name)?\b.{0,40}\b(?:is|may be|could be) (?:available )?(?:for sale|parked|available for purchase)\b.{0,80}",
        r"(?:buy|purchase|make an offer (?:on|for)|inquire about) this domain(?: name)?\b.{0,60}", r"(?:domain|website) (?:for sale|parked|parking)\b.{0,40}", r"[\w-]{1,60}\.[a-z]{2,12} is (?:for sale|parked)\b.{0,60}",
        r"this (?:web ?page|domain|site) (?:is|was|has been) (?:parked|registered|generated)\b.{0,100}",
        r"welcome to nginx!?", r"if you see this page, the nginx web server is\b.{0,120}", r"it works!?", r"(?:apache\d? )?(?:\w{1,20} )?(?:\w{1,20} )?(?:default|test) page(?:: it works!?)?",
        r"this is the default (?:welcome |web ?|index )*page\b.{0,160}", r"(?:iis windows server|welcome to caddy|web ?site coming soon|coming soon|under construction)", r"(?:this|our|the) (?:web)?site is (?:under construction|coming soon)\b.{0,40}",
    ),
    Wall.FILES: _any_of(r"(?:index|directory listing|listing) (?:of|for) /\S{0,300}"),
    Wall.WAITING: _any_of(
        r"(?:please wait[,.…]*\s*(?:while)?\s*)?(?:you(?:['’]re| are| will be) (?:being |now being )?redirected|redirecting(?: you)?)\b.{0,120}", r"redirecting",
        r"if you (?:are|were|['’]re) not (?:automatically )?(?:redirected|forwarded)\b.{0,120}", r"(?:301 )?moved permanently", r"(?:the|this) (?:document|page|site) has (?:been )?moved\b.{0,100}",
        r"(?:page |content )?(?:is )?loading(?: content| page| article| please wait)?\b", r"please wait\b.{0,20}",
        r"(?:sie werden|vous allez être|será|u wordt|weiterleitung|redirection)\b.{0,20}(?:weitergeleitet|redirigé\w?|redirigid[oa]|doorgestuurd|en cours)\b.{0,80}",
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
