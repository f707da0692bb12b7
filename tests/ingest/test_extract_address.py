"""One article has one address, however it was linked to, and two articles never share one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.extract.address import canonical, normal, same_site

PLAIN = "https://www.gazette.example/2025/ice-talks-fail"
SPELLINGS = [
    f"{PLAIN}?utm_source=letter&utm_medium=email",
    f"{PLAIN}?fbclid=IwAR0&gclid=1&mc_cid=2&igshid=3",
    f"{PLAIN}?ref_src=twsrc&CMP=share_btn&smid=tw-share",
    f"{PLAIN}?gad_source=1&mibextid=ab&mtm_campaign=x&hsa_ad=1",
    f"{PLAIN};jsessionid=0A1.node2",
    f"{PLAIN};JSESSIONID=0A1!-2?utm_id=1",
    f"{PLAIN}#comments",
    f"{PLAIN}#!",
    f"{PLAIN}#:~:text=ice",
    f"{PLAIN}/amp",
    f"{PLAIN}/amp/",
    f"{PLAIN}?amp=1",
    f"{PLAIN}?amp",
    f"{PLAIN}?outputType=amp",
    f"{PLAIN}.amp",
    "https://www.gazette.example/amp/2025/ice-talks-fail",
    "https://WWW.Gazette.Example:443/2025/ice-talks-fail",
    "https://www.gazette.example./2025/ice-talks-fail",
    "https://reader:secret@www.gazette.example/2025/ice-talks-fail",
    "https://www.gazette.example/2025/ice%2Dtalks%2dfail?",
    "https://www.google.com/amp/s/www.gazette.example/2025/ice-talks-fail/amp/",
    "https://www-gazette-example.cdn.ampproject.org/c/s/www.gazette.example/2025/ice-talks-fail?amp_js_v=a6",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_two_spellings_of_an_article_have_one_address(spelling: str) -> None:
    assert normal(spelling) == PLAIN


@pytest.mark.parametrize("host", ["m.gazette.example", "amp.gazette.example", "mobile.gazette.example"])
def test_a_page_for_phones_has_the_address_of_the_page(host: str) -> None:
    assert normal(f"https://{host}/ice") == "https://gazette.example/ice"


NAMING = "ref pk_id pk_article ITO taid spm itm_id mkt_id hsa_id oly_id cmp cmpid ncid ocid icid icmp smid ftag".split()
DIFFERENT = [
    ("https://gazette.example/?p=123", "https://gazette.example/?p=124"),
    ("https://gazette.example/view?id=5&ref=x", "https://gazette.example/view?id=6&ref=x"),
    ("https://gazette.example/view?a=1&b=2", "https://gazette.example/view?b=2&a=1"),
    ("https://gazette.example/story?cid=1", "https://gazette.example/story?cid=2"),
    ("https://gazette.example/read?source=7", "https://gazette.example/read?source=8"),
    *((f"https://gazette.example/view?{name}=1", f"https://gazette.example/view?{name}=2") for name in NAMING),
    ("https://gazette.example/#!/art/1", "https://gazette.example/#!/art/2"),
    ("https://gazette.example/page/electric-guitar/amp", "https://gazette.example/page/electric-guitar"),
    ("https://gazette.example/a;jsessionid=1/b", "https://gazette.example/a"),
    ("https://gazette.example/ice", "https://www.gazette.example/ice"),
    ("https://gazette.example/ice", "https://gazette.example/ice/"),
    ("https://gazette.example/a//b", "https://gazette.example/a/b"),
    ("https://gazette.example/glossary/amp", "https://gazette.example/glossary"),
    ("https://gazette.example/Ice", "https://gazette.example/ice"),
    ("https://gazette.example/a%2Fb", "https://gazette.example/a/b"),
    ("https://gazette.example:8080/ice", "https://gazette.example/ice"),
    ("https://m.co.uk/ice", "https://co.uk/ice"),
    ("https://m.example/ice", "https://example/ice"),
    ("https://evil.example/amp/s/gazette.example/ice-talks", "https://gazette.example/ice-talks"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_articles_never_share_an_address(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("https://gazette.example", "https://gazette.example/"),
        ("https://gazette.example/index.html", "https://gazette.example/index.html"),
        ("https://gazette.example/talks/index.htm?utm_id=1", "https://gazette.example/talks/index.htm"),
        ("https://gazette.example/?ref=home#!/art/ä?b#c", "https://gazette.example/?ref=home#!/art/%C3%A4?b#c"),
        ("https://gazette.example/a;v=1;jsessionid=2/b", "https://gazette.example/a;v=1/b"),
        ("https://gazette.example/search?q=%e4%b8%ad&utm_term=x", "https://gazette.example/search?q=%E4%B8%AD"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://gazette.example/100%", "https://gazette.example/100%25"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("file:///articles/ice.md?ref=x", "file:///articles/ice.md?ref=x"),
        ("not an address", "not an address"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, wanted: str) -> None:
    assert normal(written) == wanted


WORDS = st.sampled_from(
    ["amp", "m", "www", "index.html", "ice-talks", "2025", "s", "c", "a.b", "%", "%41", "%2f", "ä", ""]
)
HOSTS = st.sampled_from(
    [
        "gazette.example",
        "m.amp.gazette.example",
        "www.google.com",
        "x.cdn.ampproject.org",
        "co.uk.",
        "bücher.example",
        "[::1]",
    ]
)
QUERIES = st.sampled_from(
    ["", "?", "?amp=1&id=5", "?utm_x&&b=%%34%31", "?ref=a;b", "?q=ü&amp", ";jsessionid=1;x", "#!/a#ü", "#!%"]
)


@given(st.sampled_from(["http", "https"]), HOSTS, st.lists(WORDS, max_size=6), QUERIES)
@example("https", "www.google.com", ["amp", "s", "www.google.com", "amp", "s", "gazette.example"], "?id=1")
def test_the_one_address_of_an_address_is_itself(scheme: str, host: str, path: list[str], query: str) -> None:
    once = normal(f"{scheme}://{host}/{'/'.join(path)}{query}")

    assert normal(once) == once


@given(st.text(max_size=60))
def test_whatever_is_written_has_an_address(text: str) -> None:
    for url in (text, f"https://{text}", f"https://gazette.example/{text}"):
        assert normal(normal(url)) == normal(url)


@pytest.mark.parametrize(
    ("stated", "fetched", "chosen"),
    [
        (["https://gazette.example/ice"], "https://m.gazette.example/ice?x=1", "https://gazette.example/ice"),
        (["https://www.gazette.example/ice"], "https://gazette.example/ice", "https://www.gazette.example/ice"),
        (["https://gazette.example/"], "https://gazette.example/ice", None),
        (["https://gazette.example"], "https://gazette.example/", "https://gazette.example"),
        (["https://evil.example/ice"], "https://gazette.example/ice", None),
        (
            ["/ice", "https://gazette.example/2025/ice"],
            "https://gazette.example/ice",
            "https://gazette.example/2025/ice",
        ),
        (["https://gazette.example/ice"], "file:///saved/ice.html", "https://gazette.example/ice"),
        ([], "https://gazette.example/ice", None),
        (["https://gazette.example/view"], "https://gazette.example/view?id=5", None),
        (["https://gazette.example/view"], "https://gazette.example/view?page=2", "https://gazette.example/view"),
        (["https://gazette.example/"], "https://gazette.example/?p=5", None),
        (["https://gazette.example/"], "https://gazette.example/#!/art/1", None),
    ],
)
def test_a_page_speaks_for_its_own_article_only(stated: list[str], fetched: str, chosen: str | None) -> None:
    assert canonical(stated, fetched) == chosen


def test_versions_of_a_site_are_one_site() -> None:
    assert same_site("https://m.gazette.example/a", "https://www.gazette.example/b")
    assert same_site("https://www.google.com/amp/s/gazette.example/a-b", "https://gazette.example/b")
    assert not same_site("https://gazette.example.evil.example/a", "https://gazette.example/a")
