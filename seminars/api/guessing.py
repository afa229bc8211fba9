"""Guessed tokens: how many wrong ones may come from one address of the network in a minute."""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from accounts.http import arrival_of

WRONG = 20
SECONDS = 60
HOUSEHOLD = 64
"""How many leading bits of an IPv6 address belong to one customer of a network."""


def may_guess_again(request: HttpRequest) -> bool:
    """Count a wrong token; False once the address has shown ``WRONG`` in the minute under way.

    Two requests at once may count as one: what is held is the order of magnitude, for one look-up and one write. The
    address is the connection's, unless the settings name proxies (SAFETY 15).
    """
    minute = int(arrival_of(request).timestamp()) // SECONDS
    key = f"wrong-token:{_origin(request)}:{minute}"
    shown = cache.get(key, 0)
    if shown >= WRONG:
        return False
    cache.set(key, shown + 1, SECONDS)
    return True


def _origin(request: HttpRequest) -> str:
    text = get_adapter().get_client_ip(request)
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOUSEHOLD), strict=False).network_address)
    return str(address)
