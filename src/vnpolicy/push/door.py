"""The one door to a tracker: HTTP requests, and what is not let in or out by it.

- **Secrets** are sent as headers to the configured host only. They are not in addresses, errors,
  the ledger or logs: every text that leaves the door is searched for them.
- **TLS** is verified, with the system's authorities or the ones of a given file; plain HTTP is
  for the machine itself only, unless the configuration says ``insecure_http``. ``.netrc`` and
  proxy variables of the environment are not used; a proxy is configured, without a password.
- A **redirect** to another host, scheme or port is refused; within the host it is followed for
  requests that only read.
- An **answer** may have :data:`LARGEST` bytes, and its body may take ``seconds``, as connecting,
  sending and every silence may; what is no JSON where JSON is wanted, or not of the shape asked
  for, is an error of that one request.
- **Retries**: a connection that does not come about, and answers 429 and 503 (after the time
  they name), for every request; 502, 504 and a silence after sending for requests that may be
  repeated. A request that must not be repeated is then *uncertain*. No more than ``per_second``
  requests are sent.

``httpx`` sends, ``tenacity`` repeats.
"""

from __future__ import annotations

import base64
import email.utils
import json
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnpolicy.errors import (
    AccessError,
    ChangedError,
    ForbiddenError,
    MissingToolError,
    TrackerError,
    UncertainError,
    UnreachableError,
)
from vnpolicy.push.address import address, authorities, proxy_address, redirected
from vnpolicy.push.answer import Answer

if TYPE_CHECKING:
    import httpx

LARGEST = 20_000_000  # bytes of an answer
LONGEST_WAIT = 120.0  # seconds that a tracker may ask for
TRIES = 5
_SETTLING = 2.0  # seconds in which what had no answer may still be carried out
_READING = {"GET", "HEAD", "PROPFIND", "REPORT", "OPTIONS"}
_SHOWN = 200  # characters of an answer that an error repeats


class Door:
    """Requests to the one host of ``base``, whose path is put before every path.

    :raises ArgumentError: for an address that is no https address of a host, and for a proxy
        that is no address or has a password.
    :raises MissingToolError: where httpx or tenacity is not installed.
    """

    def __init__(
        self,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        secrets: Collection[str] = (),
        ca_file: str | Path | None = None,
        proxy: str | None = None,
        insecure_http: bool = False,
        per_second: float = 5.0,
        seconds: float = 30.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        _check_installed()
        import httpx

        self._base: httpx.URL = httpx.URL(address(base, insecure_http=insecure_http))
        sent = dict(headers or {})
        self._secrets = {one for one in secrets if one}
        if basic is not None:
            pair = base64.b64encode(f"{basic[0]}:{basic[1]}".encode()).decode()
            sent["Authorization"] = f"Basic {pair}"
            self._secrets |= {basic[1], pair}
        self._pause = 1.0 / per_second
        self._next = 0.0
        self._sleep = sleep
        self._seconds = seconds
        self._client = httpx.Client(
            headers={"User-Agent": "vnpolicy", "Accept-Encoding": "identity", **sent},
            follow_redirects=False,
            trust_env=False,
            timeout=seconds,
            verify=authorities(ca_file),
            proxy=proxy_address(proxy),
            transport=transport,
        )

    @property
    def base(self) -> str:
        """The address, which names the place and holds no secret."""
        return str(self._base)

    def close(self) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        allowed: Collection[int] = (200,),
        repeatable: bool | None = None,
        json_body: object = None,
        content: bytes | None = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, repeated as the module says; an answer with one of the ``allowed``
        statuses.

        :param path: relative to the base; a part that comes from elsewhere must be quoted.
        :param repeatable: whether sending it twice does no harm; by default where it only reads.
        :raises AccessError: for 401.
        :raises ForbiddenError: for 403.
        :raises ChangedError: for 409 and 412.
        :raises UncertainError: where a request that is not repeatable has no answer.
        :raises UnreachableError: where none of the attempts came through.
        :raises TrackerError: for any other answer.
        """
        import tenacity

        repeatable = method in _READING if repeatable is None else repeatable
        url = self._url(path)
        body = content if json_body is None else json.dumps(json_body).encode()
        kind = {} if json_body is None else {"Content-Type": "application/json"}
        request = self._client.build_request(
            *(method, url), content=body, params=params, headers={**kind, **(headers or {})}
        )
        asked = f"{method} {request.url}"
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_Again),
            stop=tenacity.stop_after_attempt(TRIES),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        try:
            answer = retrying(self._once, request, asked, repeatable)
        except _Again as error:
            raise UnreachableError(self.clean(f"{asked}: {error}")) from None
        return self._judged(answer, allowed)

    def clean(self, text: str) -> str:
        """The text on one line, as a terminal may show it, without secrets."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "•••")
        return "".join(char for char in " ".join(text.split()) if char.isprintable())

    def _url(self, path: str) -> httpx.URL:
        root = self._base.path.rstrip("/")
        return self._base.copy_with(path=f"{root}/{path.lstrip('/')}" if path else self._base.path)

    def _once(self, request: httpx.Request, asked: str, repeatable: bool) -> Answer:
        import httpx

        self._wait_turn()
        try:
            answer = self._sent(request, asked)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise _Again(_said(error)) from None
        except httpx.HTTPError as error:
            if repeatable:
                raise _Again(_said(error)) from None
            self._sleep(_SETTLING)
            raise UncertainError(self.clean(f"{asked}: no answer: {_said(error)}")) from None
        except (httpx.InvalidURL, ValueError) as error:  # an address in the answer that is none
            raise self._unread(asked, error, repeatable) from None
        if answer.status in (429, 503):
            raise _Again(f"answers {answer.status}", _asked_wait(answer.headers))
        if answer.status in (502, 504):
            if repeatable:
                raise _Again(f"answers {answer.status}")
            self._sleep(_SETTLING)
            raise UncertainError(f"{asked}: answers {answer.status}")
        return answer

    def _unread(self, asked: str, error: Exception, repeatable: bool) -> TrackerError:
        """It may have been carried out: there was an answer, which cannot be read."""
        kind = TrackerError if repeatable else UncertainError
        return kind(self.clean(f"{asked}: the answer cannot be read: {_said(error)}"))

    def _sent(self, request: httpx.Request, asked: str) -> Answer:
        response = self._client.send(request, stream=True)
        for _ in range(3):
            if not response.is_redirect or request.method not in _READING:
                break
            response.close()
            request = self._redirected(response, request, asked)
            response = self._client.send(request, stream=True)
        try:
            body = self._body(response, asked)
        finally:
            response.close()
        if response.is_redirect:
            self._redirected(response, request, asked)  # says so where it leads elsewhere
        return Answer(response.status_code, response.headers, body, asked)

    def _body(self, response: httpx.Response, asked: str) -> bytes:
        import httpx

        parts, size, end = [], 0, time.monotonic() + self._seconds
        whole = response.is_stream_consumed  # by a transport that had it at once
        for part in [response.content] if whole else response.iter_raw():
            size += len(part)
            if size > LARGEST:
                raise TrackerError(f"{asked}: the answer has more than {LARGEST} bytes")
            if time.monotonic() > end:
                raise httpx.ReadTimeout(f"the answer takes more than {self._seconds:g} seconds")
            parts.append(part)
        return b"".join(parts)

    def _redirected(
        self, response: httpx.Response, request: httpx.Request, asked: str
    ) -> httpx.Request:
        import httpx

        try:
            to = redirected(self._base, request, response)
        except TrackerError as error:
            raise TrackerError(self.clean(f"{asked}: {error}")) from None
        return httpx.Request(request.method, to, headers=request.headers, content=request.content)

    def _wait_turn(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._pause

    def _judged(self, answer: Answer, allowed: Collection[int]) -> Answer:
        if answer.status in allowed:
            return answer
        said = answer.body[: 4 * _SHOWN].decode(errors="replace")
        message = self.clean(f"{answer.asked}: answers {answer.status}: {said}")
        message = message[: len(answer.asked) + _SHOWN]
        if answer.status == 401:
            raise AccessError(message)
        if answer.status == 403:
            raise ForbiddenError(message)
        if answer.status in (409, 412):
            raise ChangedError(message)
        raise TrackerError(message)


class _Again(Exception):
    """May be tried again, after ``wait`` seconds where the tracker said so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def _wait(state: Any) -> float:
    error = state.outcome.exception()
    if error.wait is not None:
        return float(min(error.wait, LONGEST_WAIT))
    return float(2.0 ** (state.attempt_number - 1) / 2)


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:6])
    try:
        moment = email.utils.parsedate_to_datetime(said)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_SHOWN]


def _check_installed() -> None:
    try:
        import httpx  # noqa: F401
        import tenacity  # noqa: F401
    except ImportError:
        raise MissingToolError(
            "push",
            "needs the packages httpx and tenacity: pip install 'vnpolicy[push]' / "
            "thiếu gói, cài bằng lệnh: pip install 'vnpolicy[push]'",
        ) from None
