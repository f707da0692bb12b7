"""robots.txt (RFC 9309): asked for once, kept to, and never a danger itself."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import SourceError, SourceSkipped
from ingest.fetch.robots import MAX_SIZE

NOT_FOR_PROGRAMS = "robots.txt asks programs not to read it"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: accord\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: Accord\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: Accord\nDisallow: /", "/a", False),
        ("User-agent: article\nUser-agent: reader\nUser-agent: acc\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.html$\nAllow: /b", "/a.html", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("<html>no rules at all</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_the_rules_for_accord_are_kept(server, fetch, rules, path, allowed) -> None:
    server.robots(rules)
    url = server.page(path)

    if allowed:
        assert fetch(url).data == server.HTML
    else:
        with pytest.raises(SourceSkipped, match=NOT_FOR_PROGRAMS):
            fetch(url)
        assert server.asked == []


def test_another_name_has_its_own_rules(server, fetch) -> None:
    server.robots("User-agent: gazettebot\nDisallow: /")

    with pytest.raises(SourceSkipped, match=NOT_FOR_PROGRAMS):
        fetch(server.page("/a"), user_agent="GazetteBot/2 (desk)")


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 429])
def test_no_robots_txt_allows_everything(server, fetch, code) -> None:
    server.status("/robots.txt", code)

    assert fetch(server.page("/a")).data == server.HTML


@pytest.mark.parametrize("code", [500, 503])
def test_a_robots_txt_that_cannot_be_had_forbids_everything(server, fetch, code) -> None:
    server.status("/robots.txt", code)

    with pytest.raises(SourceSkipped, match=f"robots.txt answered {code}"):
        fetch(server.page("/a"))
    assert server.asked == []


def test_a_robots_txt_that_breaks_off_forbids_everything(server, fetch) -> None:
    server.on("/robots.txt", server.answer_broken)

    with pytest.raises(SourceError, match=r"robots.txt.*broke off"):
        fetch(server.page("/a"))
    assert server.asked == []


def test_redirects_are_followed_to_it(server, other, fetch) -> None:
    other.page("/rules.txt", b"User-agent: *\nDisallow: /a", "text/plain")
    server.redirect("/robots.txt", "/moved.txt")
    server.redirect("/moved.txt", other.url + "/rules.txt")

    with pytest.raises(SourceSkipped, match=NOT_FOR_PROGRAMS):
        fetch(server.page("/a"))


def test_redirects_without_end_count_as_none(server, fetch) -> None:
    server.redirect("/robots.txt", "/robots.txt")

    assert fetch(server.page("/a")).data == server.HTML
    assert server.asked_for_robots == 6


def test_the_page_that_a_redirect_leads_to_has_rules_too(server, other, fetch) -> None:
    other.robots("User-agent: *\nDisallow: /b")
    other.page("/b")

    with pytest.raises(SourceSkipped, match=NOT_FOR_PROGRAMS):
        fetch(server.redirect("/a", other.url + "/b"))
    assert other.asked == []


def test_it_is_asked_for_once_a_run(server, fetcher) -> None:
    urls = [server.page(f"/{n}") for n in range(8)]
    with fetcher() as one, ThreadPoolExecutor(8) as threads:
        assert [page.url for page in threads.map(one.fetch, urls)] == urls

    assert server.asked_for_robots == 1


def test_only_its_start_is_read(server, fetch) -> None:
    rules = b"User-agent: *\nDisallow: /a\n".ljust(MAX_SIZE, b"#") + b"\nDisallow: /b\n"
    server.page("/robots.txt", rules + b"x" * 3_000_000, "text/plain")

    assert fetch(server.page("/b")).data == server.HTML
    with pytest.raises(SourceSkipped, match=NOT_FOR_PROGRAMS):
        fetch(server.page("/a"))


def test_rules_for_many_agents_cost_nothing(server, fetch) -> None:
    agents = "".join(f"User-agent: a{n}*\n" for n in range(12_000))
    server.robots(agents + "User-agent: *\n" + "Disallow: /b\nAllow: /c*d\n" * 10_000)
    began = time.process_time()

    assert fetch(server.page("/a")).data == server.HTML
    assert time.process_time() - began < 5


def test_a_crawl_delay_is_kept_up_to_a_minute(server, fetcher, clock) -> None:
    server.robots("User-agent: *\nCrawl-delay: 7")
    with fetcher() as one:
        one.fetch(server.page("/a"))
        one.fetch(server.page("/b"))
    assert clock.waits == [7]

    server.robots("User-agent: *\nCrawl-delay: 86400")
    with fetcher() as one:
        one.fetch(server.page("/a"))
        one.fetch(server.page("/b"))
    assert clock.waits == [7, 60]
