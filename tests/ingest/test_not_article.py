"""What is no article is skipped and named; what is one, however short and whatever it is about, comes through."""

from __future__ import annotations

import json

import pytest

from corpus.errors import SourceSkipped
from ingest.extract.html_worker import read_page

URL = "https://gazette.example/2025/ice-talks-fail"
PROSE = (
    "<p>Talks between the two harbour towns ended on Friday without an agreement on the price of ice.</p>"
    "<p>The mayors had met four times since spring, and each time one of them left before the soup was served.</p>"
)
MENU = "<nav><a href='/'>Home</a> <a href='/trade'>Trade</a> <a href='/login'>Log in</a></nav>"
COOKIE_BANNER = "<div class='banner'><p>We use cookies to improve our site.</p><button>Accept all</button></div>"
FREE = {"@type": "NewsArticle", "url": URL, "isAccessibleForFree": True}


def page(body: str, title: str = "Ice talks fail", head: str = "") -> str:
    top = f"<html><head><title>{title} | The Gazette</title>{head}</head><body>{MENU}"
    return f"{top}{body}<footer>©</footer></body></html>"


def skipped(html: str, url: str = URL) -> str:
    with pytest.raises(SourceSkipped) as error:
        read_page(html, url, "2026-01-01")
    return str(error.value)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Ice talks fail</h1>{PROSE}<div><p>Subscribe to continue reading.</p></div></article>",
        f"<article><h1>Ice talks fail</h1>{PROSE}<div>This article is for subscribers only.</div></article>",
        f"<article><h1>Ice talks fail</h1>{PROSE}<h3>Register for free to keep reading</h3><p>£1</p></article>",
        f"<article><h1>Ice talks fail</h1>{PROSE}<p>You have reached your limit of free articles.</p></article>",
        f"<article><h1>Ice talks fail</h1>{PROSE}<p>To read the full story, log in or subscribe.</p></article>",
        *(
            f"<article><h1>Ice talks fail</h1>{PROSE}<p>{sentence}</p></article>"
            for sentence in (
                "Jetzt weiterlesen mit dem Digital-Abo",
                "Mit einem Abo weiterlesen",
                "Dieser Artikel ist nur für Abonnenten verfügbar.",
                "Cet article est réservé aux abonnés.",
                "Abonnez-vous pour lire la suite",
                "Il vous reste 82 % de cet article à lire.",
                "Este contenido es exclusivo para suscriptores.",
                "Suscríbete para seguir leyendo",
                "Questo articolo è riservato agli abbonati.",
                "Este conteúdo é exclusivo para assinantes.",
                "Dit artikel is alleen voor abonnees.",
                "Word abonnee om verder te lezen",
                "この記事は会員限定です。残り1200文字",
                "本文仅限订阅用户阅读",
            )
        ),
    ],
)
def test_an_articles_beginning_before_a_paywall(body: str) -> None:
    assert "paywall" in skipped(page(body))


@pytest.mark.parametrize("stated", [False, "False", "false"])
def test_a_short_text_that_says_it_is_not_free(stated: object) -> None:
    data = f'<script type="application/ld+json">{json.dumps({**FREE, "isAccessibleForFree": stated})}</script>'
    whole = PROSE * 5

    assert "paywall" in skipped(page(f"<article><h1>Ice talks fail</h1>{PROSE}</article>", head=data))
    assert read_page(page(f"<article><h1>Ice talks fail</h1>{whole}</article>", head=data), URL, "2026-01-01").text


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<p>Enable JavaScript and cookies to continue</p>"),
        ("Just a moment...", "<h1>gazette.example</h1><p>Verifying you are human. This may take a few seconds.</p>"),
        ("gazette.example", "<p>Checking your browser before accessing gazette.example.</p><p>Ray ID: 8f3a90bc12</p>"),
        (
            "Access denied",
            "<p>You don't have permission to access this page on this server.</p><p>Reference #18.2f3a</p>",
        ),
        ("Attention Required!", "<p>Please complete the security check to access gazette.example</p>"),
        ("Robot check", "<p>Our systems have detected unusual traffic from your computer network.</p>"),
        ("The Gazette", "<p>Please verify you are a human</p><p>Press &amp; Hold to confirm you are not a bot.</p>"),
    ],
)
def test_a_check_for_robots(title: str, body: str) -> None:
    assert "check for robots" in skipped(page(body, title))


@pytest.mark.parametrize(
    "body",
    [
        "<p>We and our partners store and access information on your device with cookies.</p><p>Accept all</p>",
        "<h1>Before you continue to The Gazette</h1><p>We use cookies to deliver our services.</p><p>Reject all</p>",
        "<p>This site uses cookies. By clicking accept you agree to our cookie policy.</p>",
    ],
)
def test_a_request_for_consent(body: str) -> None:
    assert "cookies" in skipped(page(body, "The Gazette"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Page not found", "<h1>Page not found</h1><p>Sorry, the page you are looking for does not exist.</p>"),
        ("404", "<h1>404</h1><p>It may have been moved or deleted. Try a search.</p>"),
        ("The Gazette", "<p>Oops! We can't find the page you requested.</p>"),
        ("500 Internal Server Error", "<h1>500 Internal Server Error</h1><p>nginx</p>"),
        ("Service unavailable", "<p>503 Service Temporarily Unavailable</p>"),
        ("The Gazette", "<p>This article is no longer available.</p>"),
        ("Scheduled maintenance", "<h1>Scheduled maintenance</h1><p>We'll be back soon.</p>"),
        ("The Gazette", "<p>Our site is currently down for maintenance.</p><p>Thank you for your patience.</p>"),
        ("Seite nicht gefunden", "<p>Die angeforderte Seite wurde leider nicht gefunden.</p>"),
        ("Page introuvable", "<p>La page que vous recherchez n’existe plus.</p><p>Retour à l’accueil</p>"),
        ("Página no encontrada", "<p>Lo sentimos, la página que busca no existe.</p>"),
        ("Pagina niet gevonden", "<p>De pagina die u zoekt bestaat niet meer.</p><p>Terug naar de voorpagina</p>"),
        ("Pagina non trovata", "<p>La pagina richiesta non esiste.</p>"),
        ("Página não encontrada", "<p>A página solicitada não existe.</p>"),
        ("ページが見つかりません", "<p>お探しのページは見つかりませんでした。</p>"),
    ],
)
def test_an_error_page_with_status_200(title: str, body: str) -> None:
    assert "error page" in skipped(page(body, title))


PLACEHOLDERS = [
    ("Index of /files", "<h1>Index of /files</h1>" + "<pre><a href='a'>ice.txt</a> 2025-07-08 12K</pre>" * 30, "files"),
    (
        "Welcome to nginx!",
        (
            "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully "
            "installed and working. Further configuration is required.</p><p>Thank you for using nginx.</p>"
        ),
        "set up yet",
    ),
    (
        "Apache2 Default Page: It works",
        ("<p>It works!</p><p>This is the default welcome page used to test the correct operation of the server.</p>"),
        "set up yet",
    ),
    ("kelp.example", "<p>This domain is for sale!</p><p>Make an offer on this domain</p>", "for sale"),
    ("kelp.example", "<p>The domain name kelp.example may be for sale. Inquire now.</p>", "for sale"),
    (
        "The Gazette",
        (
            "<p>Our website is currently unavailable in most European countries. We are engaged on the issue "
            "and committed to looking at options.</p>"
        ),
        "part of the world",
    ),
    ("The Gazette", "<p>This content is not available in your region.</p>", "part of the world"),
    (
        "Unavailable due to legal reasons",
        (
            "<p>We recognize you are attempting to access this website from a country "
            "belonging to the European Economic Area and therefore access cannot be granted at this time.</p>"
        ),
        "of the world",
    ),
    ("Redirecting…", "<p>Redirecting…</p>", "leads on"),
    ("Moved", "<p>You are being redirected to the new address.</p><p>If you are not redirected, click.</p>", "leads"),
    ("The Gazette", "<div><p>Loading...</p></div>", "leads on"),
    ("The Gazette", "<p>Please wait...</p>", "leads on"),
]


@pytest.mark.parametrize(("title", "body", "reason"), PLACEHOLDERS)
def test_a_page_that_stands_in_for_another(title: str, body: str, reason: str) -> None:
    assert reason in skipped(page(body, title))


def test_a_login_page() -> None:
    body = "<h1>Welcome back</h1><p>Sign in to your account.</p><p>Password</p><p>Forgot your password?</p>"

    assert "login page" in skipped(page(body, "Log in"))


def teaser(n: int) -> str:
    heading = f"<h3><a href='/a/{n}'>Harbour towns meet for round {n}</a></h3>"
    return f"<div>{heading}<p>The mayors met again on day {n} of the talks.</p></div>"


@pytest.mark.parametrize("heading", ["", "<h1>Trade</h1>"])
def test_a_page_of_teasers(heading: str) -> None:
    assert "list of articles" in skipped(page(f"<main>{heading}{''.join(map(teaser, range(12)))}</main>", "Trade"))


def test_a_page_of_links() -> None:
    links = "".join(f"<li><a href='/a/{n}'>Harbour towns meet for round {n}</a></li>" for n in range(30))

    assert "list of articles" in skipped(page(f"<main><h1>Archive</h1><ul>{links}</ul></main>", "Archive"))


@pytest.mark.parametrize("html", ["", "<html></html>", "<!-- -->", page(""), page("<p></p>")])
def test_a_page_without_text(html: str) -> None:
    assert skipped(html).startswith("no article text was found")


def article(headline: str, *paragraphs: str) -> str:
    return f"<article><h1>{headline}</h1>{''.join(f'<p>{one}</p>' for one in paragraphs)}</article>"


BRIEF = article(
    "Ice talks fail", "Talks on the price of ice failed on Friday.", "The mayors left before the soup was served."
)
TEASERS = "".join(map(teaser, range(12)))
ARTICLES = {
    "a brief": BRIEF,
    "one sentence": article("Ice talks fail", "Talks on the price of ice failed."),
    "a brief with a banner": COOKIE_BANNER + BRIEF,
    "a brief with a sign-up box": f"<header><p>Already a subscriber? Log in</p></header>{BRIEF}<p>Sign up</p>",
    "a brief among teasers": article("Harbour towns fail to agree on ice", "Talks on the price of ice failed.")
    + TEASERS,
    "a review of many things": "".join(
        f"<h2><a href='/shop/{n}'>The ice machine number {n}</a></h2>{PROSE}"
        "<p>It freezes a barrel of water in an hour, and it hums while it does so.</p>"
        for n in range(8)
    ),
    "on paywalls": article(
        "Readers tire of paywalls",
        "“Subscribe to continue reading” is the sentence that readers know best, a survey found on Monday.",
        "Two in three turn away when a newspaper asks them to pay.",
    ),
    "on cookies": article(
        "Regulator fines bakery over cookies",
        "The bakery's website uses cookies without asking, the regulator said as it fined the owner 400 crowns.",
        "She has promised a banner that says “Accept all”.",
    ),
    "on a lost page": article(
        "Ministry loses its tariff list",
        "Traders who looked up the tariff on ice on Tuesday read “Page not found”, as the ministry had moved its site.",
        "An error has occurred, its spokesman said.",
    ),
    "on access": article(
        "Access denied: how ships lost the harbour",
        "Access to the harbour was denied to 40 ships on Friday.",
        "They unloaded their ice on the beach.",
    ),
    "on a lost page, said in its headline": article(
        "Page not found: customs website fails for a day",
        "Traders could not file their papers on Tuesday because the customs office had moved its site.",
        "Officials expect it to work again on Wednesday.",
    ),
    "on a lost page, said before a dash": article(
        "Page not found - how the customs website failed for a whole day",
        "Traders could not file their papers on Tuesday because the customs office had moved its site.",
    ),
    "on the sale of an address": article(
        "Trade ministry's domain is for sale",
        "The ministry forgot to pay for its address, and a stranger now offers it for 400 crowns.",
    ),
    "on works": article(
        "Harbour crane down for maintenance",
        "The crane of the larger harbour is under maintenance until Friday.",
        "Ships with ice wait in the bay.",
    ),
    "with a box that loads": "<article><h1>Ice talks fail</h1><p>Talks on the price of ice failed.</p></article>"
    "<div><p>Loading...</p></div>",
    "in Dutch, with links": article(
        "IJsoverleg mislukt", "Het overleg over de prijs van ijs is vrijdag mislukt.", "Verder lezen"
    ),
    "in Japanese, with links for members": article(
        "氷の価格をめぐる協議は決裂",
        "二つの港町は金曜日、氷の価格について合意できないまま協議を終えた。" * 6,
        "会員限定記事",
    ),
    "on robots": article(
        "Just a moment, please: robots weigh the fish",
        "Verify you are human, the scale in the market now asks its customers.",
        "Most of them pass.",
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_comes_through(name: str) -> None:
    assert read_page(page(ARTICLES[name]), URL, "2026-01-01").text
