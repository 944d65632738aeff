"""The door to a tracker, against servers that mean no good."""

from __future__ import annotations

import base64
import gzip
import logging
import socketserver
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from loopback import Asked, Reply, serve
from vnpolicy.errors import (
    AccessError,
    ArgumentError,
    ChangedError,
    ForbiddenError,
    TrackerError,
    UncertainError,
    UnreachableError,
)
from vnpolicy.push import answer, door
from vnpolicy.push.door import Door

SECRET = "mat-khau-rat-dai-42"


class Waits(list[float]):
    """Instead of sleeping."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


def door_to(url: str, waits: Waits, **options: object) -> Door:
    options = {"per_second": 1000.0, "seconds": 2.0} | options
    return Door(url, headers={"X-Key": SECRET}, secrets=(SECRET,), sleep=waits, **options)  # type: ignore[arg-type]


def replies(*told: Reply) -> Iterator[Reply]:
    yield from told
    while True:
        yield told[-1]


@contextmanager
def dripping() -> Iterator[str]:
    """The address of a server whose answer comes byte by byte, each before patience ends."""
    stop = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(10_000)
            self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            try:
                while not stop.wait(0.05):
                    self.request.sendall(b"x")
            except OSError:
                pass  # the other side has had enough

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()


class TestRedirect:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_to_another_host_is_refused(self, waits: Waits, method: str, status: int) -> None:
        with serve(lambda _: Reply()) as other:
            away = Reply(status, headers={"Location": f"{other.url}/x"})
            with (
                serve(lambda _: away) as server,
                pytest.raises(TrackerError, match="redirects to another host"),
            ):
                door_to(server.url, waits).ask(method, "a")
            assert other.asked == []

    @pytest.mark.parametrize(
        "where", ["http://evil.example/", "//evil.example/x", "https://127.0.0.1/", "file:///etc"]
    )
    def test_however_it_is_written(self, waits: Waits, where: str) -> None:
        away = Reply(302, headers={"Location": where})
        with (
            serve(lambda _: away) as server,
            pytest.raises(TrackerError, match="redirects to another host"),
        ):
            door_to(server.url, waits).ask("GET", "a")

    def test_within_the_host_is_followed_to_read_only(self, waits: Waits) -> None:
        def reply(asked: Asked) -> Reply:
            moved = Reply(308, headers={"Location": "/new"})
            return moved if asked.path != "/new" else Reply(body=b'{"a": 1}')

        with serve(reply) as server:
            assert door_to(server.url, waits).ask("GET", "old").json() == {"a": 1}
            with pytest.raises(TrackerError, match="308"):
                door_to(server.url, waits).ask("POST", "old")

    def test_in_a_ring_ends(self, waits: Waits) -> None:
        ring = Reply(302, headers={"Location": "/a"})
        with serve(lambda _: ring) as server:
            with pytest.raises(TrackerError, match="302"):
                door_to(server.url, waits).ask("GET", "a")
            assert len(server.asked) <= 5

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize(
        "where",
        [
            "https://xn--zz--99/",
            "//xn--zz--99/",
            "javascript:alert(1)",
            "mailto:a",
            "https://[::1/",
            "https://a:99999999/",
            "\x00",
            "https://é\ufffd/",
            "http:",
        ],
    )
    def test_to_what_is_no_address(self, waits: Waits, where: str, method: str) -> None:
        def reply(_: httpx.Request) -> httpx.Response:
            return httpx.Response(302, headers=[(b"Location", where.encode())])

        transport = httpx.MockTransport(reply)
        with pytest.raises(TrackerError):
            door_to("https://x.vn", waits, transport=transport).ask(method, "a")


class TestSecret:
    def echo(self, asked: Asked) -> Reply:
        said = " ".join(f"{name}={value}" for name, value in asked.headers.items())
        return Reply(500 if asked.path == "/500" else 401, said.encode())

    @pytest.mark.parametrize("path", ["500", "401"])
    def test_is_in_no_error_and_no_log(
        self, waits: Waits, path: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        pair = base64.b64encode(f"an:{SECRET}".encode()).decode()
        with serve(self.echo) as server:
            one = door_to(server.url, waits, basic=("an", SECRET))
            with pytest.raises(TrackerError) as caught:
                one.ask("GET", path)
            assert server.asked[0].headers["authorization"] == f"Basic {pair}"
        told = "".join(traceback.format_exception(caught.value)) + caplog.text
        assert "•••" in str(caught.value)
        assert SECRET not in told and pair not in told

    def test_is_not_taken_from_the_surroundings(
        self, waits: Waits, monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        netrc = f"{tmp_path}/netrc"
        with open(netrc, "w") as stream:
            stream.write("machine 127.0.0.1 login an password other\n")
        monkeypatch.setenv("NETRC", netrc)
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        with serve(lambda _: Reply()) as server:
            door_to(server.url, waits).ask("GET", "")
            assert "authorization" not in server.asked[0].headers


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        [
            "http://tracker.example.vn",
            "https://an:mat-khau@tracker.example.vn",
            "ftp://tracker.example.vn",
            "tracker.example.vn",
            "https://tracker.example.vn/?key=mat-khau",
            "https:///x",
            "http://127.0.0.1.example.vn",
            "http://[::1",
            "https://xn--zz--99/",
            "https://x.vn:mat-khau/",
            "",
        ],
    )
    def test_is_https_without_a_password(self, waits: Waits, url: str) -> None:
        with pytest.raises(ArgumentError) as caught:
            door_to(url, waits)
        assert "mat-khau" not in str(caught.value)

    @pytest.mark.parametrize("url", ["http://localhost:1", "http://127.8.9.1", "http://[::1]:81"])
    def test_may_be_plain_on_the_machine_itself(self, waits: Waits, url: str) -> None:
        assert door_to(url, waits).base == url

    def test_may_be_plain_where_the_owner_says_so(self, waits: Waits) -> None:
        assert door_to("http://tracker.lan", waits, insecure_http=True).base

    @pytest.mark.parametrize(
        "proxy",
        [
            "",
            "foo",
            "proxy.example.vn:3128",
            "socks5://proxy.example.vn",
            "http://",
            "http://[::1",
            "https://xn--zz--99/",
            "http://an:mat-khau@proxy.example.vn:3128",
            "http://mat-khau@proxy.example.vn:3128",
            "an:mat-khau@proxy.example.vn",
            "http://proxy.example.vn/?mat-khau",
            "http://proxy.example.vn/mat-khau",
            "http://proxy.example.vn#mat-khau",
        ],
    )
    def test_of_a_proxy_is_one_without_a_password(self, waits: Waits, proxy: str) -> None:
        with pytest.raises(ArgumentError, match=r"^proxy: ") as caught:
            door_to("https://x.vn", waits, proxy=proxy)
        assert "mat-khau" not in str(caught.value)

    def test_of_a_proxy_is_where_requests_go(self, waits: Waits) -> None:
        with serve(lambda _: Reply(body=b"[1]")) as proxy:
            one = door_to("http://x.example.vn", waits, proxy=proxy.url, insecure_http=True)
            assert one.ask("GET", "a").json() == [1]
            assert proxy.asked[0].path == "http://x.example.vn/a"

    def test_keeps_what_is_quoted(self, waits: Waits) -> None:
        with serve(lambda _: Reply()) as server:
            path = f"projects/{answer.segment('a/b c')}/issues"
            door_to(f"{server.url}/api/", waits).ask("GET", path)
            assert server.asked[0].path == "/api/projects/a%2Fb%20c/issues"


class TestRepeat:
    def test_waits_as_long_as_it_is_told(self, waits: Waits) -> None:
        told = replies(Reply(429, headers={"Retry-After": "7"}), Reply(503), Reply(body=b"[]"))
        with serve(lambda _: next(told)) as server:
            assert door_to(server.url, waits).ask("POST", "a").json() == []
            assert len(server.asked) == 3
        assert 7.0 in waits

    @pytest.mark.parametrize(
        "said", ["99999999999", "-5", "Fri, 31 Dec 9999 23:59:59 GMT", "x", ""]
    )
    def test_never_waits_beyond_measure(self, waits: Waits, said: str) -> None:
        told = replies(Reply(429, headers={"Retry-After": said}), Reply())
        with serve(lambda _: next(told)) as server:
            door_to(server.url, waits).ask("GET", "a")
        assert all(0 <= one <= door.LONGEST_WAIT for one in waits)

    def test_a_question_is_asked_again_an_order_is_not(self, waits: Waits) -> None:
        told = replies(Reply(502), Reply(silent=True), Reply())
        with serve(lambda _: next(told)) as server:
            door_to(server.url, waits).ask("GET", "a")
            assert len(server.asked) == 3
        for reply in (Reply(502), Reply(504), Reply(silent=True)):
            with serve(lambda _, reply=reply: reply) as server:
                with pytest.raises(UncertainError):
                    door_to(server.url, waits).ask("POST", "a")
                assert len(server.asked) == 1

    def test_gives_up(self, waits: Waits) -> None:
        with serve(lambda _: Reply(503)) as server:
            with pytest.raises(UnreachableError, match="answers 503"):
                door_to(server.url, waits).ask("GET", "a")
            assert len(server.asked) == door.TRIES
        with pytest.raises(UnreachableError):
            door_to(server.url, waits).ask("POST", "a")  # nobody listens there any more

    def test_keeps_to_its_rate(self, waits: Waits) -> None:
        with serve(lambda _: Reply()) as server:
            one = door_to(server.url, waits, per_second=2.0)
            for _ in range(4):
                one.ask("GET", "a")
        assert 2.0 < sum(waits) <= 3.0  # half a second, then one, then one and a half: none slept


class TestAnswer:
    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (401, AccessError),
            (403, ForbiddenError),
            (409, ChangedError),
            (412, ChangedError),
            (404, TrackerError),
            (422, TrackerError),
            (500, TrackerError),
        ],
    )
    def test_of_each_status(self, waits: Waits, status: int, kind: type[Exception]) -> None:
        with (
            serve(lambda _: Reply(status, b'{"errors": ["Subject is too long"]}')) as server,
            pytest.raises(kind, match="too long"),
        ):
            door_to(server.url, waits).ask("GET", "a")

    @pytest.mark.parametrize(
        "body",
        [b"<html>login</html>", b"", b"\xff\xfe", b"[" * 200_000, b'{"a":', gzip.compress(b"{}")],
    )
    def test_that_is_no_json(self, waits: Waits, body: bytes) -> None:
        with serve(lambda _: Reply(body=body)) as server:
            found = door_to(server.url, waits).ask("GET", "a")
            with pytest.raises(TrackerError, match="no JSON"):
                found.json()

    def test_without_end_is_cut(self, waits: Waits, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(door, "LARGEST", 1000)
        with (
            serve(lambda _: Reply(body=b"x" * 5000)) as server,
            pytest.raises(TrackerError, match="more than 1000 bytes"),
        ):
            door_to(server.url, waits).ask("GET", "a")

    @pytest.mark.parametrize(
        ("method", "kind"), [("GET", UnreachableError), ("POST", UncertainError)]
    )
    def test_that_drips_is_not_waited_for(
        self, waits: Waits, method: str, kind: type[Exception]
    ) -> None:
        started = time.monotonic()
        with dripping() as url, pytest.raises(kind, match=r"more than 0\.3 seconds"):
            door_to(url, waits, seconds=0.3).ask(method, "a")
        assert time.monotonic() - started < 20

    def test_without_an_end_of_its_headers(self, waits: Waits) -> None:
        headers = {"X": "y" * 200_000}
        with serve(lambda _: Reply(headers=headers)) as server, pytest.raises(TrackerError):
            door_to(server.url, waits).ask("POST", "a")

    def test_is_shown_short_and_on_one_line(self, waits: Waits) -> None:
        long = Reply(400, b"a\r\n\x1b[31m" * 9000)
        with serve(lambda _: long) as server, pytest.raises(TrackerError) as caught:
            door_to(server.url, waits).ask("GET", "a")
        assert len(str(caught.value)) < 400
        assert "\n" not in str(caught.value) and "\x1b" not in str(caught.value)

    @pytest.mark.parametrize("value", [[], {}, 1.5, True, "x" * 2_000_000])
    def test_text_is_text(self, value: object) -> None:
        with pytest.raises(TrackerError):
            answer.text(value)

    @pytest.mark.parametrize("value", [None, "", "a\nb", "x" * 300, "\x00", 10**50, [], "\u202e1"])
    def test_id_is_an_id(self, value: object) -> None:
        with pytest.raises(TrackerError):
            answer.identifier(value)

    @pytest.mark.parametrize("value", [None, [], {"a": []}, {"a": {"b": 1}}, "x", {"a": None}])
    def test_shape_is_asked_for(self, value: object) -> None:
        with pytest.raises(TrackerError):
            answer.record(value, "a", "b")
        with pytest.raises(TrackerError):
            answer.records(value, "a", "b")


def test_tls_is_verified(waits: Waits) -> None:
    context = Door("https://tracker.example.vn")._client._transport._pool._ssl_context  # type: ignore[attr-defined]
    assert context.check_hostname and context.verify_mode.name == "CERT_REQUIRED"


def test_a_transport_may_stand_for_the_network(waits: Waits) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[request.method]))
    assert door_to("https://x.vn", waits, transport=transport).ask("PUT", "a").json() == ["PUT"]
