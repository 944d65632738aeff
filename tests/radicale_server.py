"""A real CalDAV server for tests: Radicale on loopback, with a user, a folder of its own, and TLS
where that is asked for.

The server is a process of its own, because pushes that are killed and requests in parallel are
tried on it.
"""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "van-phong", "mật-khẩu:thử"
_SECONDS = 20
_MAKE = """<?xml version="1.0" encoding="utf-8"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<D:displayname>{name}</D:displayname></D:prop></D:set></C:mkcalendar>"""


@dataclass(frozen=True)
class Radicale:
    """A running server."""

    port: int
    folder: Path
    certificate: Path | None = None

    def url(self, name: str) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self.port}/{USER}/{name}/"

    def make(self, name: str) -> str:
        """A new calendar; its address."""
        self.ask("MKCALENDAR", self.url(name), _MAKE.format(name=name).encode())
        return self.url(name)

    def ask(self, method: str, url: str, body: bytes | None = None, **headers: str) -> bytes:
        """One request past everything that is tested."""
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        request.add_header("Authorization", f"Basic {pair}")
        trusted = ssl.create_default_context(cafile=self.certificate)
        with urllib.request.urlopen(request, timeout=_SECONDS, context=trusted) as answer:
            return bytes(answer.read())

    def objects(self, name: str) -> dict[str, str]:
        """What the server has on its disk, name to text."""
        place = self.folder / "collections" / "collection-root" / USER / name
        return {
            one.name: one.read_bytes().decode()
            for one in sorted(place.glob("*.ics"))
            if not one.name.startswith(".")
        }


@contextlib.contextmanager
def serve(folder: Path, *, certificate: tuple[Path, Path] | None = None) -> Iterator[Radicale]:
    """A server that ends with the block; ``certificate`` is a file and the file of its key."""
    folder.mkdir(parents=True, exist_ok=True)
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd_filename": users,
        "auth-htpasswd_encryption": "plain",
        "auth-delay": "0",
        "storage-filesystem_folder": folder / "collections",
        "logging-level": "warning",
    }
    if certificate is not None:
        options |= {
            "server-ssl": "True",
            "server-certificate": certificate[0],
            "server-key": certificate[1],
        }
    command = [sys.executable, "-m", "radicale", "--config", os.devnull]
    command += [f"--{name}={value}" for name, value in options.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, port, folder / "log")
            yield Radicale(port, folder, certificate[0] if certificate else None)
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"Radicale did not start: {log.read_text(encoding='utf-8')}")
