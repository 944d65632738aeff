"""What a CalDAV server may answer, and what stands in an object of somebody's, without a server."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import httpx
import pytest
from icalendar import Calendar

from vnpolicy.errors import (
    AccessError,
    ArgumentError,
    ChangedError,
    ForbiddenError,
    TrackerError,
    UnreachableError,
)
from vnpolicy.models import Party, Repeat, WorkItem
from vnpolicy.push.entry import Entry, Place
from vnpolicy.push.targets import caldav, caldav_mark, caldav_task
from vnpolicy.push.targets.caldav_object import CalendarObject, escaped, moment, unescaped

PASSWORD = "mật khẩu rất kín"
URL = "https://lich.example.vn/dav/van%20phong/viec/"
PATH = "/dav/van%20phong/viec/"
ITEM = WorkItem(
    key="t-0123456789abcdef-01234567",
    task_id="t-0123456789abcdef",
    document="5/TB-VP 2024 van-phong",
    number="5/TB-VP",
    issued_on=datetime.date(2024, 6, 3),
    source="a.docx",
    title="Rà soát kho; báo cáo",
    clause="Sở Y tế rà soát kho; báo cáo \\n <b>/close</b> @all {{include(x)}} BEGIN:VTODO",
    leads=[Party(name="Sở Y tế")],
    due_on=datetime.date(2024, 7, 9),
)
HREF = f"{PATH}{ITEM.key}.ics"
TEXT = next(iter(caldav_task.build(ITEM, ITEM.key, kinds=["task"]).values())).to_ical().decode()
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALDAV_PASSWORD", PASSWORD)
    monkeypatch.setattr("vnpolicy.push.door.TRIES", 2)


def target(answer: Answer, **options: Any) -> caldav.CalDav:
    given = {"url": URL, "user": "a", "password": {"env": "CALDAV_PASSWORD"}, "per_second": 1000}
    found = caldav.connect(
        caldav.Options.model_validate({**given, **options}), transport=httpx.MockTransport(answer)
    )
    found.wanted(ITEM, Place(), ITEM.key)
    return found


def multistatus(*objects: tuple[str, str, str]) -> httpx.Response:
    """An answer with these objects: path, version and text."""
    root = ElementTree.Element("{DAV:}multistatus")
    for path, version, text in objects:
        response = ElementTree.SubElement(root, "{DAV:}response")
        ElementTree.SubElement(response, "{DAV:}href").text = path
        state = ElementTree.SubElement(response, "{DAV:}propstat")
        found = ElementTree.SubElement(state, "{DAV:}prop")
        ElementTree.SubElement(found, "{DAV:}getetag").text = version
        data = ElementTree.SubElement(found, "{urn:ietf:params:xml:ns:caldav}calendar-data")
        data.text = text
        ElementTree.SubElement(state, "{DAV:}status").text = "HTTP/1.1 200 OK"
    return httpx.Response(207, content=ElementTree.tostring(root))


def raw(text: str | bytes, status: int = 207) -> Answer:
    return lambda request: httpx.Response(status, content=text)


def held(path: str = HREF, version: str = '"1"', text: str = TEXT) -> Answer:
    return lambda request: multistatus((path, version, text))


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>'
)
HOSTILE: dict[str, Answer] = {
    "login page": raw("<!DOCTYPE html><html><body>đăng nhập<br></body></html>"),
    "login page, 200": raw(f"<html>{PASSWORD}</html>", 200),
    "empty": raw(b""),
    "no XML": raw("BEGIN:VCALENDAR"),
    "entities": raw(BOMB),
    "a file of the host": raw(
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><multistatus xmlns="DAV:"/>'
    ),
    "odd encoding": raw(b'<?xml version="1.0" encoding="utf-99"?><a/>'),
    "wrong bytes": raw(b"\xff\xfe\x00<"),
    "too large": raw(b" " * 20_000_001),
    "no version": held(version=""),
    "a version that splits the request": held(version='"1"\r\nX-Evil: 1'),
    "no calendar": held(text="một hai"),
    "no task": held(text="BEGIN:VCALENDAR\nBEGIN:VJOURNAL\nEND:VJOURNAL\nEND:VCALENDAR"),
    "not closed": held(text="BEGIN:VCALENDAR\nBEGIN:VTODO\n"),
    "wrongly closed": held(text="BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VCALENDAR\nEND:VTODO"),
    "another task": held(text=TEXT.replace("t-0123", "t-9999")),
    "without UID": held(text=re.sub("UID:.*\r\n", "", TEXT)),
    "elsewhere": lambda request: httpx.Response(302, headers={"Location": "https://evil.example"}),
    "no address": lambda request: httpx.Response(302, headers={"Location": "http://["}),
    "not found": raw(f"nothing for {PASSWORD}", 404),
    "locked": raw("", 423),
    "full": raw("", 507),
    "broken": raw("trace", 500),
}


def calls(there: caldav.CalDav) -> Iterator[Callable[[], object]]:
    entry = Entry(f"{PATH}{ITEM.key}", there.wanted(ITEM, Place(), ITEM.key), version=f'{HREF} "1"')
    yield lambda: there.find(ITEM.key, {})
    yield lambda: there.read(entry.id)
    yield lambda: there.create(ITEM.key, entry.fields)
    yield lambda: there.update(entry, {"title": "Khác"})
    yield lambda: there.flag(entry, "Đã rút.")
    yield lambda: there.close(entry, "Đã rút.")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answers_are_errors_of_the_tracker(name: str) -> None:
    for call in calls(target(HOSTILE[name])):
        with pytest.raises(TrackerError) as caught:
            call()
        assert PASSWORD not in str(caught.value) and len(str(caught.value)) < 2000


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AccessError),
        (403, ForbiddenError),
        (409, ChangedError),
        (412, ChangedError),
        (422, TrackerError),
        (429, UnreachableError),
        (503, UnreachableError),
    ],
)
def test_refusals_are_told_apart(status: int, error: type[TrackerError]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers={"Retry-After": "0"}, text=f"sai {PASSWORD}")

    for call in calls(target(answer)):
        with pytest.raises(error) as caught:
            call()
        assert PASSWORD not in str(caught.value)


def test_a_rule_of_the_calendar_is_no_refusal_of_the_user() -> None:
    rule = (
        '<error xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
        "<C:supported-calendar-component/></error>"
    )
    with pytest.raises(TrackerError, match="supported-calendar-component") as caught:
        target(raw(rule, 403)).create(ITEM.key, {"project": PATH})
    assert not isinstance(caught.value, ForbiddenError)
    need = '<error xmlns="DAV:"><need-privileges/></error>'
    with pytest.raises(ForbiddenError):
        target(raw(need, 403)).create(ITEM.key, {"project": PATH})


def test_objects_that_were_not_asked_for_are_not_taken() -> None:
    for path in ("/dav/other/" + HREF.rpartition("/")[2], HREF + "/x", "", "http://[", "/"):
        assert target(held(path=path)).read(f"{PATH}{ITEM.key}") is None


def test_requests_are_conditional_and_go_to_the_calendar() -> None:
    seen: list[httpx.Request] = []
    there = ""

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal there
        seen.append(request)
        if request.method == "PUT":
            there = request.content.decode()
            return httpx.Response(201)
        return multistatus((unquote(HREF), 'W/"7"', there)) if there else multistatus()

    one = target(answer)
    assert one.find(ITEM.key, {}) is None
    entry = one.create(ITEM.key, one.wanted(ITEM, Place(), ITEM.key))
    assert entry.url == f"https://lich.example.vn{HREF}"
    changed = ITEM.model_copy(update={"title": "Rà soát lại"})
    wanted = one.wanted(changed, Place(), ITEM.key)
    entry = one.update(entry, {"title": wanted["title"]})
    assert entry.fields["title"] == "Rà soát lại (Sở Y tế)"
    first, second = [request for request in seen if request.method == "PUT"]
    assert first.url.raw_path.decode() == second.url.raw_path.decode() == HREF
    assert first.headers["If-None-Match"] == "*" and "If-Match" not in first.headers
    assert second.headers["If-Match"] == 'W/"7"' and "If-None-Match" not in second.headers
    assert {request.url.host for request in seen} == {"lich.example.vn"}
    assert all(PASSWORD not in str(request.url) for request in seen)


def test_a_lost_answer_makes_nothing_twice() -> None:
    there: dict[str, str] = {}
    lost = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal lost
        if request.method != "PUT":
            return multistatus(*((path, '"1"', text) for path, text in there.items()))
        if request.url.raw_path.decode() in there:
            return httpx.Response(412)
        there[request.url.raw_path.decode()] = request.content.decode()
        lost += 1
        raise httpx.ReadError("connection reset", request=request)

    one = target(answer)
    assert one.create(ITEM.key, one.wanted(ITEM, Place(), ITEM.key)).id == f"{PATH}{ITEM.key}"
    assert (lost, list(there)) == (1, [HREF])


@pytest.mark.parametrize(
    "url", ["http://lich.example.vn/a/", "https://a:b@lich.example.vn/a/", "ftp://x/", "http://["]
)
def test_addresses_that_are_not_safe_are_refused(url: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        target(held(), url=url)
    assert "a:b" not in str(caught.value)


def test_words_of_a_document_stay_words() -> None:
    read = Calendar.from_ical(TEXT)
    (todo,) = read.walk("VTODO")
    assert str(todo["DESCRIPTION"]).startswith(ITEM.clause)
    assert CalendarObject(TEXT).text("DESCRIPTION").startswith(ITEM.clause)
    assert all(len(line) <= 75 for line in TEXT.encode().split(b"\r\n"))


STRANGE = """BEGIN:VCALENDAR
PRODID:-//Ai đó//VI
X-WR-CALNAME:Của tôi
BEGIN:VTIMEZONE
TZID:Nhà riêng
END:VTIMEZONE
BEGIN:VTODO
UID:1
RECURRENCE-ID:20240601T000000Z
SUMMARY:một lần riêng
END:VTODO
BEGIN:VTODO
SUMMARY;ALTREP="cid:a:b;c":Cũ
UID:1
X-LẠ;A=1:không, thoát; \\x
BROKEN LINE WITHOUT VALUE
CATEGORIES:một\\,hai,ba
CATEGORIES:bốn
BEGIN:VALARM
DESCRIPTION:Cũ
TRIGGER:-PT5M
X-ALARM:1
END:VALARM
DUE;TZID=Nhà riêng:20240709T170000
BEGIN:X-BOX
SUMMARY:trong hộp
END:X-BOX
END:VTODO
END:VCALENDAR"""


def test_what_others_wrote_stays_line_by_line() -> None:
    one = CalendarObject(STRANGE)
    assert one.text("SUMMARY") == "Cũ"
    assert one.words("CATEGORIES") == ["một,hai", "ba", "bốn"]
    assert moment(one.first("DUE"), datetime.UTC) == "Nhà riêng 20240709T170000"
    one.put(["SUMMARY"], [f"SUMMARY:{escaped('Mới; hơn')}"])
    one.reword_alarms("Cũ", "Mới; hơn")
    caldav_mark.mark(one, "Đã rút")
    caldav_mark.mark(one, "Đã rút")
    caldav_mark.put_out(one)
    caldav_mark.put_in(one)
    caldav_mark.unmark(one, "Có lại")
    mine = {"SUMMARY:Mới\\; hơn", "DESCRIPTION:Mới\\; hơn", "COMMENT:Đã rút", "COMMENT:Có lại"}
    before, after = STRANGE.split("\n"), CalendarObject(one.to_ical().decode()).lines
    assert set(after) - set(before) == mine | {"CATEGORIES:một\\,hai,ba,bốn"}
    gone = ['SUMMARY;ALTREP="cid:a:b;c":Cũ', "DESCRIPTION:Cũ", *before[16:18]]
    assert sorted(set(before) - set(after)) == sorted(gone)


def test_text_comes_back_as_it_was() -> None:
    for text in ("a\\nb", "a\nb", "\\", ",;:\\\\n", "", '"'):
        assert unescaped(escaped(text)) == text


def test_each_part_has_a_name_that_no_other_task_has() -> None:
    rules = [
        Repeat(rule=f"FREQ=MONTHLY;BYMONTHDAY={at}", first_on=datetime.date(2024, 6, at), text="x")
        for at in (5, 6)
    ]
    item = ITEM.model_copy(update={"repeats": rules})
    kinds: list[caldav_task.Kind] = ["task", "event"]
    names = {
        (part.name(key), part.uid(key))
        for key in (ITEM.key, f"{ITEM.key}-2", f"{ITEM.key}-3")
        for part in caldav_task.build(item, key, kinds=kinds)
    }
    assert len({name for name, _ in names}) == len({uid for _, uid in names}) == 18


def test_a_client_may_say_the_same_rule_and_zone_in_its_own_way() -> None:
    item = ITEM.model_copy(
        update={
            "due_on": None,
            "repeats": [
                Repeat(
                    rule="FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=14",
                    first_on=datetime.date(2024, 6, 14),
                    time="17:00",
                    text="x",
                )
            ],
        }
    )
    (one,) = caldav_task.build(item, "k", kinds=["task"]).values()
    other = one.copy()
    other.put(["RRULE"], ["RRULE:INTERVAL=3;WKST=MO;FREQ=MONTHLY;BYMONTHDAY=14"])
    other.put(["DUE", "DTSTART"], ["DTSTART:20240913T170000Z", "DUE:20240914T100000Z"])
    said = caldav_task.facts(one)
    assert caldav_task.facts(other) == said
    assert said["repeats"] == "FREQ=MONTHLY;BYMONTHDAY=14;INTERVAL=3 17:00"
