"""Which addresses a tracker and a proxy may have, where a redirect may lead, and by which
authorities TLS is verified."""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import ArgumentError, TrackerError

if TYPE_CHECKING:
    import httpx

_ALLOWED = "https://HOST/PATH without user and password, or http:// of this machine"
_PROXY = "http://HOST:PORT or https://HOST:PORT; one that wants a password is not supported"


def address(base: str, *, insecure_http: bool = False) -> str:
    """The address where it may be used.

    >>> address("https://tracker.example.vn/redmine"), address("http://127.0.0.1:5232/")
    ('https://tracker.example.vn/redmine', 'http://127.0.0.1:5232/')

    :raises ArgumentError: which does not repeat a user or password.
    """
    import httpx

    try:
        url = httpx.URL(base)
        host = url.host  # decodes it, and fails where it is none
    except (httpx.InvalidURL, TypeError, ValueError):
        raise ArgumentError("url", "(an address that cannot be read)", _ALLOWED) from None
    plain = url.scheme == "http" and (insecure_http or _is_here(host))
    odd = url.userinfo or url.query or url.fragment or not host
    if odd or (url.scheme != "https" and not plain):
        raise ArgumentError("url", f"{url.scheme}://{host}{url.path}", _ALLOWED)
    return base


def proxy_address(given: str | None) -> str | None:
    """The address of a proxy where it may be used.

    >>> proxy_address("http://proxy.example.vn:3128"), proxy_address(None)
    ('http://proxy.example.vn:3128', None)

    :raises ArgumentError: which does not repeat what was given: it may hold a password.
    """
    import httpx

    if given is None:
        return None
    try:
        url = httpx.URL(given)
        host = url.host
    except (httpx.InvalidURL, TypeError, ValueError):
        raise ArgumentError("proxy", "(an address that cannot be read)", _PROXY) from None
    if url.userinfo or "@" in given:
        raise ArgumentError("proxy", "(an address with a user or password)", _PROXY)
    if url.scheme not in ("http", "https") or not host or url.raw_path != b"/" or url.fragment:
        raise ArgumentError("proxy", "(another kind of address)", _PROXY)
    return given


def redirected(base: httpx.URL, request: httpx.Request, response: httpx.Response) -> httpx.URL:
    """Where the answer leads, which is on the host of ``base``.

    :raises TrackerError: where it leads elsewhere.
    """
    import httpx

    try:
        to = request.url.join(response.headers["location"])
        place = (to.scheme, to.host, to.port)
    except (httpx.InvalidURL, ValueError, KeyError):
        raise TrackerError("redirects to what is no address") from None
    if place != (base.scheme, base.host, base.port):
        raise TrackerError(f"redirects to another host, {to.scheme}://{to.host}; refused")
    return to


def authorities(ca_file: str | Path | None) -> ssl.SSLContext:
    """The system's authorities, or those of a file (PEM), as an office's own network needs it.

    :raises ArgumentError: where the file holds none.
    """
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError):
        raise ArgumentError("ca_file", str(ca_file), "a file of certificates (PEM)") from None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
