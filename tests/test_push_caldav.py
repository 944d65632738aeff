"""CalDAV as a target, against a real Radicale; what is there is read back by other programs."""

import datetime
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import caldav as client
import pytest

from radicale_server import PASSWORD, USER, Radicale, serve
from vnpolicy import extract
from vnpolicy.errors import AccessError, ChangedError, ConfigError, TrackerError, UnreachableError
from vnpolicy.models import WorkItem
from vnpolicy.push.config import Config, load
from vnpolicy.push.entry import Place
from vnpolicy.push.intake import Intake
from vnpolicy.push.plan import Terms
from vnpolicy.push.run import push
from vnpolicy.push.targets import caldav
from vnpolicy.push.work import Done
from vnpolicy.writers import item as items

HEAD = """ỦY BAN NHÂN DÂN TỈNH YÊN BÁI
VĂN PHÒNG
Số: 91/TB-VP
Yên Bái, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về phòng cháy rừng

Chủ tịch UBND tỉnh yêu cầu:

"""
TASKS = (
    "Sở Công Thương khẩn trương rà soát kho vật tư, báo cáo trước ngày 10/7/2024.",
    "Sở Tài chính bố trí kinh phí sửa hai chòi canh lửa ở Nà Hẩu, Mỏ Vàng.",
    "Sở Y tế chuẩn bị thuốc bỏng cho các trạm xá ven rừng trong tháng 8/2024.",
    "Công an tỉnh báo cáo kết quả xử lý đốt nương hằng quý trước ngày 15; hằng tháng trước ngày 5.",
)
LATER = (TASKS[0].replace("10/7", "25/7"), *TASKS[1:])
Run = Callable[..., dict[str, int]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with serve(tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture
def name(server: Radicale, request: pytest.FixtureRequest, monkeypatch: Any) -> str:
    """A calendar of the test's own."""
    monkeypatch.setenv("CALDAV_PASSWORD", PASSWORD)
    found = re.sub(r"\W+", "-", request.node.name)
    server.make(found)
    return found


def work_items(tasks: tuple[str, ...] = TASKS) -> list[WorkItem]:
    lines = [f"{at}. {task}" for at, task in enumerate(tasks, 1)]
    found = items.items("91.txt", extract(HEAD + "\n\n".join(lines)))
    assert len(found) == len(tasks)
    return found


def target(url: str, **options: Any) -> caldav.CalDav:
    given = {"url": url, "user": USER, "password": {"env": "CALDAV_PASSWORD"}, "per_second": 1000}
    return caldav.connect(caldav.Options.model_validate({**given, **options}))


@pytest.fixture
def run(server: Radicale, name: str, tmp_path: Path) -> Run:
    def done(
        tasks: tuple[str, ...] = TASKS,
        *,
        component: str = "task",
        ledger: str = "so",
        agencies: str = "",
        steps: list[Done] | None = None,
        **terms: bool,
    ) -> dict[str, int]:
        table = tmp_path / "co-quan.csv"
        table.write_text(f"co_quan,ten,so_nhiem_vu,du_an,nguoi_nhan\n{agencies}", encoding="utf-8")
        found = work_items(tasks)
        config = Config(
            *(target(server.url(name), component=component), ""),
            *(tmp_path / f"{ledger}.sqlite", table),
        )
        all_ = list(push(Intake({found[0].document: found}), config, Terms(**terms)))
        assert not [one.step.reason for one in all_ if one.step.action == "fail"]
        if steps is not None:
            steps += all_
        return dict(Counter(one.step.action for one in all_))

    return done


def calendar(server: Radicale, name: str) -> Any:
    """The calendar as another program sees it."""
    found = client.DAVClient(server.url(name), username=USER, password=PASSWORD)
    return found.calendar(url=server.url(name))


def todos(server: Radicale, name: str) -> dict[str, Any]:
    found = [
        one.icalendar_component for one in calendar(server, name).todos(include_completed=True)
    ]
    return {str(one["UID"]): one for one in found}


def edit(server: Radicale, name: str, file: str, *changes: tuple[str, str]) -> None:
    """A person changes an object."""
    text = server.objects(name)[file]
    for old, new in changes:
        assert re.search(old, text), (old, text)
        text = re.sub(old, new, text, count=1)
    server.ask("PUT", server.url(name) + file, text.encode(), **{"Content-Type": "text/calendar"})


def file(at: int, part: str = "") -> str:
    return f"{work_items()[at].key}{part}.ics"


def test_another_program_reads_every_field(server: Radicale, name: str, run: Run) -> None:
    assert run() == {"create": 4}
    found = todos(server, name)
    first, second, third, fourth = work_items()
    assert len(found) == 5  # the last has two duties
    one = found[f"{first.key}@vnpolicy"]
    assert one["SUMMARY"] == f"{first.title} (Sở Công Thương)"
    assert one["DESCRIPTION"] == items.description(first)
    assert one["DUE"].dt == datetime.date(2024, 7, 9)
    assert one["PRIORITY"] == 1 and one["STATUS"] == "NEEDS-ACTION"
    assert set(one.categories) == {"91/TB-VP", "Khẩn trương", "Sở Công Thương"}
    alarms = [alarm["TRIGGER"].dt for alarm in one.walk("VALARM")]
    assert alarms == [datetime.timedelta(days=-7, hours=8), datetime.timedelta(days=-1, hours=8)]
    assert "DUE" not in found[f"{second.key}@vnpolicy"]
    assert "Nà Hẩu, Mỏ Vàng" in found[f"{second.key}@vnpolicy"]["SUMMARY"]
    one = found[f"{third.key}@vnpolicy"]
    assert (one["DTSTART"].dt.day, one["DUE"].dt) == (1, datetime.date(2024, 8, 31))
    one = found[f"{fourth.key}@vnpolicy"]
    assert one["RRULE"] == {"FREQ": ["MONTHLY"], "INTERVAL": [3], "BYMONTHDAY": [14]}
    one = found[f"{fourth.key}.2@vnpolicy"]
    assert one["RELATED-TO"] == f"{fourth.key}@vnpolicy"
    assert one["DTSTART"].dt.utcoffset() == datetime.timedelta(hours=7)


def test_another_program_finds_what_is_overdue(server: Radicale, name: str, run: Run) -> None:
    run()
    start = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(2024, 7, 10, tzinfo=datetime.UTC)
    found = calendar(server, name).search(todo=True, start=start, end=end)
    parts = [one.icalendar_component for one in found]
    late = [one["SUMMARY"] for one in parts if "DUE" in one and "RRULE" not in one]
    assert late == [f"{work_items()[0].title} (Sở Công Thương)"]


def test_events_are_whole_days(server: Radicale, name: str, run: Run) -> None:
    steps: list[Done] = []
    assert run(component="event", steps=steps) == {"create": 4}
    found = {
        str(one.icalendar_component["UID"]): one.icalendar_component
        for one in calendar(server, name).events()
    }
    first, _, third, fourth = work_items()
    one = found[f"{first.key}.event@vnpolicy"]
    assert one["DTSTART"].dt == datetime.date(2024, 7, 9)
    assert one["DTEND"].dt == datetime.date(2024, 7, 10)
    assert set(found) == {
        f"{first.key}.event@vnpolicy",
        f"{third.key}.event@vnpolicy",
        f"{fourth.key}.event@vnpolicy",
        f"{fourth.key}.event.2@vnpolicy",
    }
    assert run(component="event") == {"unchanged": 4}
    # The task without a day has its event as soon as it has a day.
    dated = (TASKS[0], TASKS[1].replace(".", " trước ngày 5/9/2024."), *TASKS[2:])
    assert run(dated, component="event") == {"unchanged": 3, "update": 1}
    text = server.objects(name)[file(1, ".event")]
    assert "DTSTART;VALUE=DATE:20240904" in text
    assert run(dated, component="event") == {"unchanged": 4}


def test_what_is_wanted_is_what_comes_back(run: Run) -> None:
    steps: list[Done] = []
    run(component="both", steps=steps)
    assert [one.step.entry.fields for one in steps if one.step.entry] == [
        one.step.wanted for one in steps
    ]


def test_a_second_push_asks_nothing_and_a_lost_ledger_finds_all(
    server: Radicale, name: str, run: Run
) -> None:
    run()
    before = server.objects(name)
    assert run() == {"unchanged": 4}
    assert run(ledger="moi") == {"found": 4}
    assert server.objects(name) == before


def test_a_new_day_is_one_change_and_nobody_loses_anything(
    server: Radicale, name: str, run: Run
) -> None:
    run()
    mine = (
        "PERCENT-COMPLETE:40\r\nSTATUS:IN-PROCESS\r\nCOMMENT:Anh Nam lo\\\\, xong một nửa\r\n"
        "X-APPLE-SORT-ORDER:77\r\nATTACH:https://tep.example.vn/a.pdf\r\n"
        "LOCATION:Phòng họp 2\r\n"
    )
    edit(server, name, file(0), (r"STATUS:NEEDS-ACTION\r\n", mine))
    assert run(LATER) == {"update": 1, "unchanged": 3}
    text = server.objects(name)[file(0)]
    assert "DUE;VALUE=DATE:20240724" in text and "20240709" not in text
    assert "SEQUENCE:1" in text and text.count("BEGIN:VALARM") == 2
    for line in mine.replace("\\\\", "\\").strip().split("\r\n"):
        assert line in text
    assert run(LATER) == {"unchanged": 4}


def test_alarms_follow_an_hour_unless_a_person_set_them(
    server: Radicale, name: str, run: Run
) -> None:
    run()
    hour = (TASKS[0].replace("trước ngày", "trước 17h00 ngày"), *TASKS[1:])
    assert run(hour)["update"] == 1
    text = server.objects(name)[file(0)]
    assert "DUE;TZID=Asia/Ho_Chi_Minh:20240710T170000" in text and "TZOFFSETTO:+0700" in text
    assert "-P7DT9H" in text and "-P6DT16H" not in text
    edit(server, name, file(0), ("-P7DT9H", "-P3D"))
    assert run()["update"] == 1
    text = server.objects(name)[file(0)]
    assert "DUE;VALUE=DATE:20240709" in text and "-P3D" in text and "-PT16H" not in text


def test_a_persons_day_is_kept_until_forced(server: Radicale, name: str, run: Run) -> None:
    run()
    edit(server, name, file(0), ("DUE;VALUE=DATE:20240709", "DUE;VALUE=DATE:20240712"))
    steps: list[Done] = []
    assert run(LATER, steps=steps)["update"] == 1  # the description
    assert steps[0].step.kept == {"due_on": "2024-07-12"}
    assert "DUE;VALUE=DATE:20240712" in server.objects(name)[file(0)]
    run(LATER, force=True)
    assert "DUE;VALUE=DATE:20240724" in server.objects(name)[file(0)]


def test_a_change_in_between_is_seen(server: Radicale, name: str, run: Run) -> None:
    run()
    there = target(server.url(name))
    entry = there.read(f"/{USER}/{name}/{work_items()[0].key}")
    assert entry is not None
    there.wanted(work_items(LATER)[0], Place(), work_items()[0].key)
    edit(server, name, file(0), ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    with pytest.raises(ChangedError):
        there.update(entry, {"due_on": "2024-07-24"})
    assert "STATUS:COMPLETED" in server.objects(name)[file(0)]


def test_a_withdrawn_task_is_marked_once_and_may_return(
    server: Radicale, name: str, run: Run
) -> None:
    run()
    assert run(TASKS[:3])["flag"] == 1
    for one in (file(3), file(3, ".2")):
        text = server.objects(name)[one].replace("\r\n ", "")
        assert "CATEGORIES:Không còn trong văn bản" in text and "STATUS:NEEDS-ACTION" in text
        assert "COMMENT:Nhiệm vụ này không còn trong văn bản giao việc (91/TB-VP)" in text
    before = server.objects(name)
    assert run(TASKS[:3]) == {"unchanged": 3}
    there = target(server.url(name))
    entry = there.read(f"/{USER}/{name}/{work_items()[3].key}")
    assert entry is not None
    there.flag(entry, "Nhiệm vụ này không còn.")  # again, after a run that was cut off
    assert server.objects(name) == before
    assert run() == {"unchanged": 3, "return": 1}
    text = server.objects(name)[file(3)].replace("\r\n ", "")
    assert "CATEGORIES:Không còn" not in text and "có lại trong văn bản" in text
    assert run(TASKS[:3], close=True)["close"] == 1
    assert "STATUS:CANCELLED" in server.objects(name)[file(3)]
    assert run()["return"] == 1
    assert "STATUS:NEEDS-ACTION" in server.objects(name)[file(3)]
    assert len(server.objects(name)) == 5


def test_what_a_person_has_completed_stays_so(server: Radicale, name: str, run: Run) -> None:
    run()
    done = "STATUS:COMPLETED\r\nCOMPLETED:20240601T000000Z\r\n"
    edit(server, name, file(2), (r"STATUS:NEEDS-ACTION\r\n", done))
    assert run((*TASKS[:2], TASKS[3]), close=True)["close"] == 1
    text = server.objects(name)[file(2)]
    assert "STATUS:COMPLETED" in text and "CANCELLED" not in text and "COMMENT:" in text


def test_a_duty_that_is_struck_is_cancelled_and_may_return(
    server: Radicale, name: str, run: Run
) -> None:
    run()
    fewer = (*TASKS[:3], TASKS[3].replace("; hằng tháng trước ngày 5", ""))
    assert run(fewer)["update"] == 1
    assert "STATUS:CANCELLED" in server.objects(name)[file(3, ".2")]
    assert "STATUS:NEEDS-ACTION" in server.objects(name)[file(3)]
    assert run(fewer) == {"unchanged": 4}
    assert run()["update"] == 1
    assert "STATUS:NEEDS-ACTION" in server.objects(name)[file(3, ".2")]


def test_both_kinds_can_be_had_later(server: Radicale, name: str, run: Run) -> None:
    run()
    assert run(component="both") == {"update": 3, "unchanged": 1}
    assert sum("BEGIN:VEVENT" in one for one in server.objects(name).values()) == 4
    run(LATER, component="both")
    assert "DUE;VALUE=DATE:20240724" in server.objects(name)[file(0)]
    assert "DTSTART;VALUE=DATE:20240724" in server.objects(name)[file(0, ".event")]


def test_a_deleted_entry_is_not_made_again(server: Radicale, name: str, run: Run) -> None:
    run()
    server.ask("DELETE", server.url(name) + file(0))
    assert run(LATER) == {"gone": 1, "unchanged": 3}
    assert file(0) not in server.objects(name)
    assert run(LATER, force=True)["create"] == 1
    assert "DUE;VALUE=DATE:20240724" in server.objects(name)[file(0)]


def test_another_name_of_the_object_is_found(server: Radicale, name: str, run: Run) -> None:
    run()
    to = server.url(name) + "a b%C4%91.ics".replace(" ", "%20")
    server.ask("MOVE", server.url(name) + file(0), Destination=to)
    assert run(ledger="moi") == {"found": 4}
    assert run(LATER) == {"update": 1, "unchanged": 3}
    assert "DUE;VALUE=DATE:20240724" in server.objects(name)["a bđ.ics"]
    assert len(server.objects(name)) == 5
    # A copy under its old name and two under others: one task twice is said, not chosen.
    text = server.objects(name)["a bđ.ics"].replace(f"{work_items()[0].key}@", "khac@")
    folder = server.folder / "collections" / "collection-root" / USER / name
    (folder / "c.ics").write_bytes(text.replace("khac@", f"{work_items()[0].key}@").encode())
    with pytest.raises(TrackerError, match="same task"):
        target(server.url(name)).find(work_items()[0].key, {})


def test_agencies_have_calendars_of_their_own(server: Radicale, name: str, run: Run) -> None:
    server.make(f"{name}-so")
    table = f"Sở Công Thương,,1,{name}-so,An.Binh@example.vn\nSở Y tế,,1,/{USER}/{name}-so/,12\n"
    assert run(agencies=table) == {"create": 4}
    assert sorted(server.objects(f"{name}-so")) == sorted([file(0), file(2)])
    text = server.objects(f"{name}-so")[file(0)].replace("\r\n ", "")
    assert "SCHEDULE-AGENT=CLIENT" in text and "mailto:an.binh@example.vn" in text
    assert "ORGANIZER" not in text and "ATTENDEE" not in server.objects(f"{name}-so")[file(2)]
    assert run(agencies="") == {"update": 2, "unchanged": 2}  # moved back
    assert not server.objects(f"{name}-so") and len(server.objects(name)) == 5
    assert "ATTENDEE" not in server.objects(name)[file(0)]
    assert run(agencies="") == {"unchanged": 4}


def test_a_person_may_move_a_task_to_another_calendar(
    server: Radicale, name: str, run: Run
) -> None:
    server.make(f"{name}-so")
    table = f"Sở Y tế,,1,{name}-so,\n"
    run(agencies=table)
    to = server.url(f"{name}-so") + file(0)
    server.ask("MOVE", server.url(name) + file(0), Destination=to)
    # The other calendar is known to this run by the task that is planned before.
    turned = (LATER[2], LATER[0], LATER[1], LATER[3])
    assert run(turned, agencies=table).get("gone") is None
    assert "DUE;VALUE=DATE:20240724" in server.objects(f"{name}-so")[file(0)]


@pytest.mark.parametrize(
    "project",
    [
        "https://evil.example/cal/",
        "//evil.example/cal/",
        "http://a:b@127.0.0.1/cal/",
        "/a/?x=1",
        "/",
        "../../",
        "http://[",
    ],
)
def test_a_calendar_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, project: str) -> None:
    monkeypatch.setenv("CALDAV_PASSWORD", PASSWORD)
    there = target("http://127.0.0.1/van-phong/viec/")
    with pytest.raises(ConfigError, match="du_an"):
        there.wanted(work_items()[0], Place(project, ""), "t-1-2")


def test_a_crash_before_the_ledger_makes_nothing_twice(
    server: Radicale, name: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    made = caldav.CalDav.create

    def create(self: caldav.CalDav, key: str, fields: Any) -> Any:
        made(self, key, fields)
        raise Crash

    monkeypatch.setattr(caldav.CalDav, "create", create)
    with pytest.raises(Crash):
        run()
    assert list(server.objects(name)) == [file(0)]
    monkeypatch.undo()
    os.environ["CALDAV_PASSWORD"] = PASSWORD
    assert run() == {"found": 1, "create": 3}
    assert run() == {"unchanged": 4} and len(server.objects(name)) == 5


KILLED = """
import json, sys
from pathlib import Path
from vnpolicy.models import WorkItem
from vnpolicy.push.config import load
from vnpolicy.push.intake import Intake
from vnpolicy.push.run import push
items = [WorkItem.model_validate(one) for one in json.loads(Path(sys.argv[2]).read_text())]
for done in push(Intake({items[0].document: items}), load(Path(sys.argv[1]), "caldav")):
    print(done.step.action, done.step.reason, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_run_makes_nothing_twice(
    server: Radicale, name: str, tmp_path: Path, seed: int
) -> None:
    """Killed, by the system and wherever it is, once an arbitrary number of objects is there."""
    chance = random.Random(seed)
    many = tuple(
        f"Sở Tài chính rà soát công trình chòi canh số {number}, báo cáo trước ngày 10/7/2024 và "
        "báo cáo hằng quý trước ngày 15."
        for number in range(1, 9)
    )
    found = work_items(many)
    (tmp_path / "items").write_text(f"[{','.join(one.model_dump_json() for one in found)}]")
    (tmp_path / "push.toml").write_text(
        f'[caldav]\nurl = "{server.url(name)}"\nuser = "{USER}"\n'
        'password = { env = "CALDAV_PASSWORD" }\ncomponent = "both"\nper_second = 200\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-c", KILLED, str(tmp_path / "push.toml"), str(tmp_path / "items")]
    for _ in range(2):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        there = len(server.objects(name))
        enough = there + chance.randint(1, 10)
        while process.poll() is None and len(server.objects(name)) < enough:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    last = subprocess.run(command, capture_output=True, text=True, check=True)
    said = [line.strip() for line in last.stdout.splitlines()]
    assert len(said) == 8 and set(said) <= {"create", "found", "unchanged"}
    objects = server.objects(name)
    assert len(objects) == 8 * 4
    uids = [one for text in objects.values() for one in re.findall(r"(?m)^UID:(.*)\r$", text)]
    assert len(set(uids)) == len(uids) == 32
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert again.stdout.split() == ["unchanged"] * 8
    assert server.objects(name) == objects


def test_a_wrong_password_ends_the_run(server: Radicale, name: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("CALDAV_PASSWORD", "sai")
    with pytest.raises(AccessError) as caught:
        target(server.url(name)).find(work_items()[0].key, {})
    assert "sai" not in str(caught.value).replace("url", "")


def test_a_calendar_that_is_not_there_is_an_error(server: Radicale, name: str) -> None:
    there = target(server.url("khong-co"))
    item = work_items()[0]
    for call in (
        lambda: there.find(item.key, {}),
        lambda: there.read(f"/{USER}/khong-co/{item.key}"),
        lambda: there.create(item.key, there.wanted(item, Place(), item.key)),
    ):
        with pytest.raises(TrackerError):
            call()


def test_tls_is_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALDAV_PASSWORD", PASSWORD)
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setattr("vnpolicy.push.door.TRIES", 1)
    with serve(tmp_path / "radicale", certificate=(certificate, key)) as server:
        item = work_items()[0]
        with pytest.raises(UnreachableError, match="CERTIFICATE_VERIFY_FAILED"):
            target(server.url("viec")).find(item.key, {})
        server.make("viec")
        there = target(server.url("viec"), ca_file=certificate)
        there.create(item.key, there.wanted(item, Place(), item.key))
        assert list(server.objects("viec")) == [f"{item.key}.ics"]


def test_the_configuration_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "push.toml"
    path.write_text('[caldav]\nurl = "https://l.example.vn/a/"\nuser = "a"\npassword = "x123"\n')
    with pytest.raises(ConfigError, match="password") as caught:
        load(path, "caldav")
    assert "x123" not in str(caught.value)
