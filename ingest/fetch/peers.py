"""Which servers may be read: those of the public internet, and private ones that a setting names."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, TypeAlias

from corpus.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Never of the public internet, though not every Python says so: IPv4-compatible forms, NAT64 for local use, site-local.
_PRIVATE = tuple(ipaddress.IPv6Network(network) for network in ("::/96", "64:ff9b:1::/48", "fec0::/10"))
_PRIVATE_V4 = (ipaddress.IPv4Network("100.64.0.0/10"),)


def is_private(address: str) -> bool:
    """Whether an IP address is loopback, link-local, private or otherwise not of the public internet.

    An IPv6 address that stands for an IPv4 address (mapped, NAT64, 6to4, Teredo) is judged by both.
    """
    ip = _parsed(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_private(ip) or any(ip in network for network in _PRIVATE_V4)
    if ip.ipv4_mapped:
        return is_private(str(ip.ipv4_mapped))
    if ip in _NAT64:
        return is_private(str(_low_bits(ip)))
    inside = [ip.sixtofour, *(ip.teredo or ())]
    return (
        _is_private(ip)
        or any(ip in network for network in _PRIVATE)
        or any(is_private(str(one)) for one in inside if one is not None)
    )


class AllowedHosts:
    """The private hosts that may be read all the same: names, addresses and networks."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for host in hosts:
            try:
                self._networks.append(ipaddress.ip_network(host, strict=False))
            except ValueError:
                self._names.add(host.lower())

    def has_name(self, host: str) -> bool:
        """Whether the host of an address is named."""
        return host.lower().removesuffix(".") in self._names

    def has_address(self, address: str) -> bool:
        """Whether an IP address, or the IPv4 address mapped into it, is named or in a named network."""
        ip = _parsed(address)
        forms = (ip, ip.ipv4_mapped) if isinstance(ip, ipaddress.IPv6Address) else (ip,)
        return any(form in network for form in forms if form is not None for network in self._networks)


class Gate:
    """Lets one request reach no private peer.

    The peer is checked when it is connected, before it gets the request: a name can resolve to one address
    when it is looked up and to another when it is used.
    """

    def __init__(self, allowed: AllowedHosts, host: str) -> None:
        self._allowed = allowed
        self._host = host

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's progress hook."""
        if event == "connection.connect_tcp.started":
            self._check_literal()
        elif event == "connection.connect_tcp.complete":
            stream = info["return_value"]
            try:
                self.check(stream)
            except SourceError:
                await stream.aclose()  # httpcore does not know the connection yet
                raise

    def check(self, stream: Any) -> None:
        """Raises SourceError when the connected peer may not be read."""
        peer = stream.get_extra_info("server_addr")
        if peer is None:
            raise SourceError("the connected server cannot be told; try again later")
        self._check(str(peer[0]))

    def _check_literal(self) -> None:
        """An address that is written out is not even connected to."""
        try:
            _parsed(self._host)
        except ValueError:
            return
        self._check(self._host)

    def _check(self, address: str) -> None:
        if is_private(address) and not (self._allowed.has_name(self._host) or self._allowed.has_address(address)):
            raise SourceError(
                "leads to a private network address; give a public one, or name the host in ACCORD_ALLOW_PRIVATE_HOSTS"
            )


def _parsed(address: str) -> Address:
    return ipaddress.ip_address(address.split("%", 1)[0])


def _is_private(ip: Address) -> bool:
    return not ip.is_global or ip.is_multicast


def _low_bits(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
