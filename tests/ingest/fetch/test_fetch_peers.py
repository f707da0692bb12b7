"""Private networks: nothing of one is read unless the settings name it, on any hop, by any spelling."""

import pytest

from accord.settings import load
from corpus.errors import SourceError, UsageError
from ingest.fetch import is_private
from ingest.fetch.peers import AllowedHosts
from ingest.settings import IngestSettings

REFUSED = "leads to a private network address; .*ACCORD_ALLOW_PRIVATE_HOSTS"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("100.127.255.255", True),
        ("198.18.0.1", True),
        ("0.0.0.0", True),  # noqa: S104 - judged, not bound to
        ("224.0.0.1", True),
        ("255.255.255.255", True),
        ("::", True),
        ("::1", True),
        ("::7f00:1", True),  # IPv4-compatible 127.0.0.1
        ("fe80::1%eth0", True),
        ("fc00::1", True),
        ("fec0::1", True),
        ("ff02::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.168.1.1", True),
        ("::ffff:100.64.0.1", True),
        ("64:ff9b::7f00:1", True),  # NAT64 of 127.0.0.1
        ("64:ff9b::a9fe:a9fe", True),  # NAT64 of 169.254.169.254
        ("64:ff9b:1::808:808", True),  # NAT64 for local use
        ("2002:7f00:1::", True),  # 6to4 of 127.0.0.1
        ("2002:c0a8:101::1", True),  # 6to4 of 192.168.1.1
        ("2001:0:808:808:0:0:80ff:fffe", True),  # Teredo whose client is 127.0.0.1
        ("2001:db8::1", True),
        ("8.8.8.8", False),
        ("100.128.0.1", False),
        ("2606:4700::1111", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::808:808", False),  # NAT64 of 8.8.8.8: how an IPv6-only network reaches it
        ("2002:808:808::1", False),
    ],
)
def test_which_addresses_are_private(address, private) -> None:
    assert is_private(address) is private


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1"])
def test_a_private_host_is_not_read_however_it_is_written(server, fetch, host) -> None:
    server.page("/a")

    with pytest.raises(SourceError, match=REFUSED):
        fetch(f"http://{host}:{server.port}/a", allowed=())

    assert (server.asked, server.asked_for_robots) == ([], 0)


@pytest.mark.parametrize("host", ["[::ffff:7f00:1]", "[::1]", "169.254.169.254", "10.0.0.1", "[64:ff9b::7f00:1]"])
def test_a_private_address_is_not_even_connected_to(fetch, host) -> None:
    # A connection would fail the test: only this machine's addresses may be connected to.
    with pytest.raises(SourceError, match=REFUSED):
        fetch(f"http://{host}:9/", allowed=())


@pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8", "::ffff:7f00:1"])
def test_an_address_that_is_named_is_read(server, fetch, allowed) -> None:
    if ":" in allowed:
        with pytest.raises(SourceError, match=REFUSED):
            fetch(server.page("/a"), allowed=(allowed,))
    else:
        assert fetch(server.page("/a"), allowed=(allowed,)).data == server.HTML


def test_a_name_is_allowed_for_itself_only(server, fetch) -> None:
    server.page("/a")

    assert fetch(f"http://localhost:{server.port}/a", allowed=("localhost",)).data == server.HTML
    with pytest.raises(SourceError, match=REFUSED):
        fetch(server.url + "/a", allowed=("localhost",))


def test_every_hop_is_checked(server, other, fetch) -> None:
    secret = server.page("/secret")

    with pytest.raises(SourceError, match=REFUSED):
        fetch(other.redirect("/a", secret), allowed=("127.0.0.2",))

    assert (other.asked, server.asked, server.asked_for_robots) == (["/a"], [], 0)


def test_robots_txt_leads_to_no_private_address_either(server, other, fetch) -> None:
    other.redirect("/robots.txt", server.page("/secret"))

    with pytest.raises(SourceError, match=REFUSED):
        fetch(other.page("/a"), allowed=("127.0.0.2",))

    assert (other.asked, server.asked) == ([], [])


def test_the_ipv4_address_in_an_ipv6_address_may_be_the_named_one() -> None:
    allowed = AllowedHosts(["10.0.0.0/8", "fd00::/8"])

    assert allowed.has_address("::ffff:10.1.1.1")
    assert allowed.has_address("fd00::1")
    assert not allowed.has_address("::ffff:11.1.1.1")
    assert not allowed.has_name("10.1.1.1")


@pytest.mark.parametrize(
    "url",
    [
        "http://desk:hunter2@127.0.0.1:{port}/a",
        "http://hunter2@127.0.0.1:{port}/a",
        "http://desk:hunter2@[::1",
        "http:\\\\desk:hunter2@127.0.0.1:{port}/a",
        "ftp://desk:hunter2@127.0.0.1/a",
        "http://a b:hunter2@127.0.0.1/",
    ],
)
def test_an_address_with_a_password_is_refused_without_repeating_it(server, fetch, url) -> None:
    with pytest.raises(SourceError, match="user name or password") as error:
        fetch(url.format(port=server.port))

    assert "hunter2" not in str(error.value)
    assert (server.asked, server.asked_for_robots) == ([], 0)


@pytest.mark.parametrize("location", ["http://desk:hunter2@127.0.0.1:{port}/b", "//desk:hunter2@127.0.0.1:{port}/b"])
def test_a_redirect_brings_no_password_along(server, fetch, location) -> None:
    with pytest.raises(SourceError, match="user name or password") as error:
        fetch(server.redirect("/a", location.format(port=server.port)))

    assert "hunter2" not in str(error.value)
    assert server.asked == ["/a"]


def test_the_setting_is_a_list_with_commas(monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_ALLOW_PRIVATE_HOSTS", "127.0.0.1, Intranet.Example.,10.1.2.3/8 [::1]")

    assert load().allow_private_hosts == ("127.0.0.1/32", "intranet.example", "10.0.0.0/8", "::1/128")


@pytest.mark.parametrize("value", ["http://intranet.example", "intranet.example:8080", "1.2.3.4.5", "a/8", "*"])
def test_what_is_no_host_is_refused_by_the_setting(monkeypatch, value) -> None:
    monkeypatch.setenv("ACCORD_ALLOW_PRIVATE_HOSTS", value)

    with pytest.raises(UsageError, match=r"ACCORD_ALLOW_PRIVATE_HOSTS.*is no host"):
        load()


def test_no_private_host_is_allowed_by_default() -> None:
    assert IngestSettings().allow_private_hosts == ()
