"""Which addresses a tracker may have, and by which authorities its TLS is verified."""

from __future__ import annotations

import ipaddress
import ssl
from pathlib import Path

from vnpolicy.errors import ArgumentError

_ALLOWED = "https://HOST/PATH without user and password, or http:// of this machine"


def address(base: str, *, insecure_http: bool = False) -> str:
    """The address where it may be used.

    >>> address("https://tracker.example.vn/redmine"), address("http://127.0.0.1:5232/")
    ('https://tracker.example.vn/redmine', 'http://127.0.0.1:5232/')

    :raises ArgumentError: which does not repeat a user or password.
    """
    import httpx

    try:
        url = httpx.URL(base)
    except (httpx.InvalidURL, TypeError):
        raise ArgumentError("url", "(an address that cannot be read)", _ALLOWED) from None
    plain = url.scheme == "http" and (insecure_http or _is_here(url.host))
    if url.userinfo or url.query or url.fragment or not url.host:
        raise ArgumentError("url", f"{url.scheme}://{url.host}{url.path}", _ALLOWED)
    if url.scheme != "https" and not plain:
        raise ArgumentError("url", f"{url.scheme}://{url.host}{url.path}", _ALLOWED)
    return base


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
