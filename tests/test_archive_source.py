"""Sources to units: the same ones in the same order, whatever lies in between."""

import bz2
import gzip
import http.server
import io
import itertools
import json
import os
import stat
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from vnpolicy import readers
from vnpolicy.archive import lines, source
from vnpolicy.archive.unit import Unit, items
from vnpolicy.errors import ArgumentError, DocumentError, MissingToolError
from vnpolicy.readers import Limits

TEXT = "Giao Sở Y tế trình Đề án trước ngày 30/6/2025."
LIMITS = Limits()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, data: bytes | str = TEXT) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def found(*sources: str, limits: Limits = LIMITS, leave_out: tuple[Path, ...] = ()) -> list[Unit]:
    units = list(source.units(sources, limits=limits, leave_out=leave_out))
    assert len({unit.label for unit in units}) == len(units)
    return units


def labels(*sources: str, leave_out: tuple[Path, ...] = ()) -> list[str]:
    return [unit.label for unit in found(*sources, leave_out=leave_out)]


def a_zip(**members: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def a_tar(mode: str = "w", **members: bytes | str) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            body = data.encode() if isinstance(data, str) else data
            header = tarfile.TarInfo(name)
            header.size = len(body)
            archive.addfile(header, io.BytesIO(body))
    return made.getvalue()


def rows(count: int) -> bytes:
    texts = ({"id": f"d{number}", "text": f"{TEXT} {number}"} for number in range(1, count + 1))
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in texts)


def read(unit: Unit) -> list[tuple[str, str | None, str | None, str]]:
    documents = []
    for item in items(unit, limits=LIMITS):
        reading, record = item.read()
        documents.append((item.name, record.uri, record.part, reading.text))
    return documents


class TestFolder:
    def test_all_that_is_read_in_order_of_paths(self) -> None:
        for name in ("b.TXT", "a/z.docx", "a/c/x.pdf", "a.txt", "Thumbs.db", "x.py", "none"):
            put(f"kho/{name}")
        for name in (".an.txt", ".git/x.txt", "~$tb.docx", "__MACOSX/x.txt", "a/.x/y.txt"):
            put(f"kho/{name}")
        expected = ["kho/a/c/x.pdf", "kho/a/z.docx", "kho/a.txt", "kho/b.TXT"]
        assert labels("kho") == expected
        assert labels("./kho/") == expected
        (unit, *_) = found("kho")
        assert (unit.path, unit.data, unit.size) == ("kho/a/c/x.pdf", None, len(TEXT.encode()))

    def test_the_current_folder_and_an_absolute_one(self, here: Path) -> None:
        put("kho/a.txt")
        assert labels(".") == ["kho/a.txt"]
        assert labels(str(here)) == [str(here / "kho/a.txt")]

    def test_a_file_is_given_once_by_its_first_name(self) -> None:
        put("kho/a.txt")
        put("kho/b/c.txt")
        os.symlink("a.txt", "kho/z.txt")
        assert labels("kho/b/../a.txt", "kho", "kho/b", "kho/*/c.txt") == [
            "kho/b/../a.txt",
            "kho/b/c.txt",
        ]
        assert labels("none", "none") == ["none"]

    def test_links_make_no_loops(self) -> None:
        put("kho/a/x.txt")
        put("kho/b/y.txt")
        os.symlink("../b", "kho/a/to_b")
        os.symlink("../a", "kho/b/to_a")
        os.symlink(".", "kho/self.txt")
        os.symlink("nowhere", "kho/lost.txt")
        assert labels("kho") == ["kho/a/to_b/y.txt", "kho/a/x.txt"]
        assert len(labels("kho/**/*.txt")) == 2

    def test_a_deep_folder(self) -> None:
        folders = ["kho" + "/s" * depth for depth in range(1200)]
        for folder in folders:
            os.mkdir(folder)
        put(f"{folders[-1]}/x.txt")
        assert labels("kho") == [f"{folders[-1]}/x.txt"]
        os.remove(f"{folders[-1]}/x.txt")  # pytest's own way to remove it is not deep enough
        for folder in reversed(folders):
            os.rmdir(folder)

    def test_what_the_run_writes_is_no_source(self) -> None:
        for name in ("a.txt", "out.jsonl", "out/b.txt", "out/c/d.txt"):
            put(f"kho/{name}", rows(2))
        left = (Path("kho/out"), Path("kho/out.jsonl"), Path("kho/not yet"))
        assert labels("kho", "kho/out/b.txt", "kho/**/*.txt", "kho/out", leave_out=left) == [
            "kho/a.txt"
        ]

    @pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
    def test_a_name_that_is_no_text(self) -> None:
        put("kho/a.txt")
        with open(b"kho/Th\xabng b\xb8o.txt", "wb") as stream:
            stream.write(TEXT.encode())
        odd = found("kho")[0]
        assert odd.label == r"kho/Th\xabng b\xb8o.txt"
        assert read(odd) == [(odd.label, "kho/Th%5Cxabng%20b%5Cxb8o.txt", None, TEXT)]


class TestNamed:
    def test_whatever_its_suffix(self) -> None:
        put("x.dat")
        put("y")
        put("z", a_zip(**{"a.txt": TEXT}))
        put("t", a_tar(**{"a.txt": TEXT}))
        assert labels("x.dat", "y", "z", "t") == ["x.dat", "y", "z!/a.txt", "t!/a.txt"]

    def test_what_is_not_there_costs_nothing(self) -> None:
        put("a.txt")
        missing, unit, none = found("không có.docx", "a.txt", "kho/*.doc")
        assert missing.error is not None and none.error is not None and unit.error is None
        with pytest.raises(DocumentError, match="không có"):
            list(items(missing, limits=LIMITS))

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read all")
    def test_what_may_not_be_read(self) -> None:
        put("kho/a.txt").parent.chmod(0)
        try:
            (unit,) = found("kho")
        finally:
            Path("kho").chmod(0o755)
        assert unit.error is not None

    @pytest.mark.parametrize("wrong", ["a.txt", b"a.txt", [], [""], [5], ["khong-co://x/y"]])
    def test_a_wrong_call(self, wrong: object) -> None:
        with pytest.raises((ArgumentError, TypeError)):
            source.units(wrong, limits=LIMITS)  # type: ignore[arg-type]


class TestPattern:
    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("kho/*.docx", ["kho/a.docx"]),
            ("kho/**/*.docx", ["kho/2024/b.docx", "kho/2024/q1/c.docx", "kho/a.docx"]),
            ("kho/*/*.docx", ["kho/2024/b.docx"]),
            ("kho/**/[bc].docx", ["kho/2024/b.docx", "kho/2024/q1/c.docx"]),
            ("kho/**/[!bc].docx", ["kho/a.docx"]),
            ("**/q?/c.*", ["kho/2024/q1/c.docx"]),
            ("kho/*.dat", ["kho/d.dat"]),
            ("kho/2*", ["kho/2024/b.docx", "kho/2024/q1/c.docx"]),
            ("kho/**", ["kho/2024/b.docx", "kho/2024/q1/c.docx", "kho/a.docx"]),
        ],
    )
    def test_matches(self, pattern: str, expected: list[str]) -> None:
        for name in ("a.docx", "2024/b.docx", "2024/q1/c.docx", "d.dat", ".x/e.docx"):
            put(f"kho/{name}")
        assert labels(pattern) == expected
        assert labels(f"./{pattern}") == expected
        assert labels(f"{os.getcwd()}/{pattern}") == [f"{os.getcwd()}/{one}" for one in expected]

    def test_a_file_is_not_taken_for_a_pattern(self) -> None:
        put("tb[1].txt")
        put("tb1.txt")
        assert labels("tb[1].txt") == ["tb[1].txt"]


class TestList:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
    def test_paths_on_standard_input(self, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
        put("a b.txt")
        put("kho/tiếng Việt.txt")
        put("c.txt")
        given = ("\ufeff" if end == "\r\n" else "") + end.join(("a b.txt", "kho", "", "none"))
        stream = io.TextIOWrapper(io.BytesIO(given.encode()))
        monkeypatch.setattr(sys, "stdin", stream)
        expected = ["c.txt", "a b.txt", "kho/tiếng Việt.txt", "none"]
        assert labels("c.txt", "-") == expected


class TestArchive:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("k.zip", a_zip(**{"b/x.txt": TEXT, "a.txt": "một", "Thumbs.db": "", ".a/x.txt": ""})),
            ("k.tar", a_tar(**{"b/x.txt": TEXT, "a.txt": "một", "Thumbs.db": "", ".a/x.txt": ""})),
            ("k.tgz", a_tar("w:gz", **{"b/x.txt": TEXT, "a.txt": "một", "x": ""})),
            ("k.tar.gz", a_tar("w:gz", **{"b/x.txt": TEXT, "a.txt": "một", "~$a.docx": ""})),
            ("k.tar.bz2", a_tar("w:bz2", **{"b/x.txt": TEXT, "a.txt": "một"})),
            ("k.tar.xz", a_tar("w:xz", **{"./b/x.txt": TEXT, "a.txt": "một"})),
        ],
    )
    def test_members_in_their_order(self, name: str, data: bytes) -> None:
        put(f"kho/{name}", data)
        first, second = found("kho")
        assert first.label == f"kho/{name}!/b/x.txt" and second.label == f"kho/{name}!/a.txt"
        assert (first.data, first.path, second.data) == (TEXT.encode(), None, "một".encode())
        ((item, uri, part, text),) = read(first)
        assert (item, part, text) == (first.label, None, TEXT)
        assert uri == f"kho/{name}%21/b/x.txt"

    def test_archives_in_archives_to_the_third(self) -> None:
        fourth = a_zip(**{"d.txt": TEXT})
        third = a_zip(**{"4.zip": fourth, "c.txt": TEXT})
        second = a_tar("w:gz", **{"3.zip": third, "b.txt": TEXT})
        put("1.zip", a_zip(**{"2.tgz": second, "a.txt": TEXT}))
        assert [(unit.label, unit.error is None) for unit in found("1.zip")] == [
            ("1.zip!/2.tgz!/3.zip!/4.zip", False),
            ("1.zip!/2.tgz!/3.zip!/c.txt", True),
            ("1.zip!/2.tgz!/b.txt", True),
            ("1.zip!/a.txt", True),
        ]

    def test_json_lines_in_an_archive(self) -> None:
        put("k.zip", a_zip(**{"d.jsonl": rows(70), "e.jsonl.gz": gzip.compress(rows(3))}))
        names = ["k.zip!/d.jsonl#1-64", "k.zip!/d.jsonl#65-70", "k.zip!/e.jsonl.gz#1-3"]
        assert labels("k.zip") == names

    def test_a_document_that_is_a_package_is_one(self) -> None:
        put("tb.zip", a_zip(**{"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}))
        (unit,) = found("tb.zip")
        assert (unit.label, unit.path) == ("tb.zip", "tb.zip")
        put("k.tar", a_tar(**{"tb.zip": Path("tb.zip").read_bytes()}))
        (inner,) = found("k.tar")
        assert (inner.label, inner.data) == ("k.tar!/tb.zip", Path("tb.zip").read_bytes())

    def test_paths_lead_nowhere(self, here: Path) -> None:
        names = ("../../x.txt", "/etc/y.txt", "C:\\a\\z.txt", "a//./b.txt", "a/../../b.txt")
        with zipfile.ZipFile("k.zip", "w") as archive:
            for name in names:
                archive.writestr(name, TEXT)
        before = sorted(here.parent.glob("*/*"))
        shown = [unit.label.removeprefix("k.zip!/") for unit in found("k.zip")]
        assert shown == ["x.txt", "etc/y.txt", "C_/a/z.txt", "a/b.txt", "a/b~2.txt"]
        assert sorted(here.parent.glob("*/*")) == before

    def test_links_and_devices_are_left_out(self) -> None:
        with zipfile.ZipFile("k.zip", "w") as archive:
            link = zipfile.ZipInfo("passwd.txt")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
        with tarfile.open("k.tar", "w") as tar:
            for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
                header = tarfile.TarInfo(f"x{kind!r}.txt")
                header.type, header.linkname = kind, "/etc/passwd"
                tar.addfile(header)
        assert found("k.zip", "k.tar") == []

    def test_an_encrypted_member_costs_no_other(self) -> None:
        data = bytearray(a_zip(**{"a.txt": TEXT, "b.txt": TEXT}))
        data[6] |= 1  # the first member's own header, and its entry in the directory
        data[data.index(b"PK\x01\x02") + 8] |= 1
        put("k.zip", bytes(data))
        locked, other = found("k.zip")
        assert (locked.label, locked.kind) == ("k.zip!/a.txt", "EncryptedError")
        assert other.data == TEXT.encode()

    def test_a_damaged_member_costs_no_other(self) -> None:
        data = bytearray(a_zip(**{"a.txt": os.urandom(500), "b.txt": TEXT}))
        data[100] ^= 255
        put("k.zip", bytes(data))
        damaged, other = found("k.zip")
        assert (damaged.kind, other.data) == ("DamagedError", TEXT.encode())

    @pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
    def test_a_cut_tar_gives_what_it_has_and_says_so(self, mode: str) -> None:
        members: dict[str, bytes | str] = {f"{n}.txt": os.urandom(20_000) for n in range(9)}
        whole = a_tar(mode, **members)
        put("k.tar", whole[: len(whole) // 2])
        *units, last = found("k.tar")
        assert (last.label, last.kind) == ("k.tar", "DamagedError")
        assert 1 <= len(units) < 9 and all(unit.error is None for unit in units)

    def test_a_tar_broken_in_the_middle_says_so(self) -> None:
        data = bytearray(a_tar(**{"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}))
        data[1024:1536] = os.urandom(512)
        put("k.tar", bytes(data))
        assert [(unit.label, unit.kind) for unit in found("k.tar") if unit.error] == [
            ("k.tar", "DamagedError")
        ]

    @pytest.mark.parametrize("name", ["k.zip", "k.tar", "k.tgz", "k.tar.xz"])
    def test_what_is_no_archive_says_so(self, name: str) -> None:
        put(name, os.urandom(3000))
        assert [unit.kind for unit in found(name)] == ["DamagedError"]
        put(name, b"")
        assert [bool(unit.error) for unit in found(name)] == [True]

    def test_names_that_do_not_say_that_they_are_utf_8(self) -> None:
        data = a_zip(**{"Thông báo.txt": TEXT}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
        put("k.zip", data)
        with zipfile.ZipFile("k.zip") as archive:
            assert archive.namelist() != ["Thông báo.txt"]
        assert labels("k.zip") == ["k.zip!/Thông báo.txt"]

    def test_two_members_of_one_name(self) -> None:
        put("k.tar", a_tar(**{"a.txt": "một"}))
        with tarfile.open("k.tar", "a") as tar:
            header = tarfile.TarInfo("a.txt")
            header.size = 3
            tar.addfile(header, io.BytesIO(b"hai"))
        assert labels("k.tar") == ["k.tar!/a.txt", "k.tar!/a~2.txt"]


class TestBomb:
    SMALL = Limits(file_bytes=1_000_000, unpacked_bytes=2_000_000, parts=20)

    def kinds(self, name: str, data: bytes) -> list[str]:
        put(name, data)
        return [unit.kind for unit in found(name, limits=self.SMALL) if unit.error]

    def test_a_member_too_large_costs_no_other(self) -> None:
        big = {"a.txt": bytes(1_000_001), "b.txt": TEXT}
        for name, data in (("k.zip", a_zip(**big)), ("k.tar", a_tar(**big))):
            assert self.kinds(name, data) == ["LimitError"]
            assert [unit.label for unit in found(name, limits=self.SMALL)][1] == f"{name}!/b.txt"

    def test_a_member_that_lies_about_its_size(self) -> None:
        data = bytearray(a_zip(**{"a.txt": bytes(5_000_000)}))
        at = data.index(b"PK\x01\x02")
        for place in (22, at + 24):
            data[place : place + 4] = (1000).to_bytes(4, "little")
        assert self.kinds("k.zip", bytes(data)) == ["DamagedError"]

    def test_many_members(self) -> None:
        many = {f"{number}.txt": "" for number in range(2001)}
        assert self.kinds("k.zip", a_zip(**many)) == ["LimitError"]
        assert self.kinds("k.tar", a_tar(**many)) == ["LimitError"]
        few = dict(itertools.islice(many.items(), 21))
        assert self.kinds("k.zip", a_zip(**{"i.zip": a_zip(**few), "a.txt": TEXT})) == [
            "LimitError"
        ]

    def test_an_archive_in_an_archive_has_one_room(self) -> None:
        inner = a_zip(**{"a.txt": bytes(900_000), "b.txt": bytes(900_000)})
        outer = a_zip(**{"x.zip": a_zip(**{"1.zip": inner, "2.zip": inner}), "y.txt": TEXT})
        assert set(self.kinds("k.zip", outer)) == {"LimitError"}
        assert self.kinds("k.zip", a_zip(**{"1.zip": inner, "2.zip": inner})) == []

    def test_members_that_lie_over_each_other(self) -> None:
        data = a_zip(**{f"{number}.txt": os.urandom(100_000) for number in range(9)})
        at = data.index(b"PK\x01\x02")
        entry = data[at : data.index(b"PK\x01\x02", at + 4)]
        directory = entry * 12
        end = b"PK\x05\x06" + bytes(4) + (12).to_bytes(2, "little") * 2
        end += len(directory).to_bytes(4, "little") + (100_200).to_bytes(4, "little") + bytes(2)
        assert self.kinds("k.zip", data[:100_200] + directory + end) == ["DamagedError"]

    @pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
    def test_a_stream_without_end(self, pack: object) -> None:
        zeros = pack(a_tar(**{"a.bin": bytes(50_000_000), "b.txt": TEXT}))  # type: ignore[operator]
        assert self.kinds("k.tar.gz", zeros) == ["LimitError"]
        endless = gzip.compress(rows(2) + b" " * 50_000_000 + rows(1))
        assert set(self.kinds("k.jsonl.gz", endless)) == {"LimitError"}


class TestLines:
    def test_the_chunks_have_all_documents_of_the_file(self) -> None:
        page = {"id": "p", "html": f"<html><body><p>{TEXT}</p></body></html>"}
        damaged = b'{"text": "x\n\n[{}\n"' + "\xf4".encode("latin-1") + b'"\n'
        extra = json.dumps(page).encode() + b"\n"
        put("kho.jsonl", b"\xef\xbb\xbf" + rows(60) + damaged + extra + rows(100))
        whole = readers.open_file("kho.jsonl")
        units = found("kho.jsonl")
        assert [unit.label for unit in units] == [
            "kho.jsonl#1-64",
            "kho.jsonl#65-128",
            "kho.jsonl#129-165",
        ]
        parts = [item for unit in units for item in items(unit, limits=LIMITS)]
        assert [item.name for item in parts][:2] == ["kho.jsonl#d1", "kho.jsonl#d2"]
        bad = [item.name for item in parts if item.part and item.part.error]
        assert bad == ["kho.jsonl#line 61", "kho.jsonl#line 63", "kho.jsonl#line 64"]
        put("good.jsonl", b"\xef\xbb\xbf" + rows(60) + extra + rows(100))
        whole = list(readers.open_file("good.jsonl"))
        parts = [one for unit in found("good.jsonl") for one in items(unit, limits=LIMITS)]
        assert parts == whole
        assert [item.read() for item in parts] == [item.read() for item in whole]

    def test_more_lines_than_a_file_may_have_parts(self) -> None:
        put("kho.ndjson", rows(300))
        few = Limits(parts=64)
        units = found("kho.ndjson", limits=few)
        assert sum(len(list(items(unit, limits=few))) for unit in units) == 300

    def test_long_lines_end_a_chunk(self) -> None:
        row = json.dumps({"text": "x" * 600_000}).encode() + b"\n"
        put("kho.jsonl", row * 3)
        assert labels("kho.jsonl") == ["kho.jsonl#1-1", "kho.jsonl#2-2", "kho.jsonl#3-3"]

    def test_a_line_too_long_costs_no_other(self) -> None:
        long = json.dumps({"text": "x" * 20_000}).encode() + b"\n"
        put("kho.jsonl", rows(5) + long + rows(5))
        units = found("kho.jsonl", limits=Limits(file_bytes=10_000))
        shown = [(unit.label, unit.kind) for unit in units]
        assert shown[1] == ("kho.jsonl#6-6", "LimitError")
        assert [label for label, _ in shown] == [
            "kho.jsonl#1-5",
            "kho.jsonl#6-6",
            "kho.jsonl#7-11",
        ]

    @pytest.mark.parametrize(
        "data",
        [
            json.dumps([{"text": TEXT}, {"text": TEXT}]).encode(),
            json.dumps([{"text": TEXT}, {"text": TEXT}], indent=1).encode(),
            json.dumps({"rows": [{"text": TEXT}, {"text": TEXT}]}).encode(),
            rows(2).decode().encode("utf-16"),
        ],
    )
    def test_what_is_not_lines_is_one_unit(self, data: bytes) -> None:
        put("kho.jsonl", data)
        (unit,) = found("kho.jsonl")
        assert (unit.label, unit.path, unit.first_line) == ("kho.jsonl", "kho.jsonl", 0)
        assert len(list(items(unit, limits=LIMITS))) == 2
        put("kho.jsonl.gz", gzip.compress(data))
        (packed,) = found("kho.jsonl.gz")
        assert (packed.label, packed.data) == ("kho.jsonl.gz", data)

    def test_a_damaged_first_line_costs_no_other(self) -> None:
        put("kho.jsonl", b'{"text": \n' + rows(100))
        assert labels("kho.jsonl") == ["kho.jsonl#1-64", "kho.jsonl#65-101"]

    def test_a_cut_stream_gives_what_it_has(self) -> None:
        data = b"".join(
            json.dumps({"text": os.urandom(300).hex()}).encode() + b"\n" for _ in range(500)
        )
        packed = gzip.compress(data)
        put("kho.jsonl.gz", packed[: len(packed) // 2])
        *units, last = found("kho.jsonl.gz")
        assert (last.label, last.kind) == ("kho.jsonl.gz", "DamagedError")
        assert len(units) > 2

    def test_lazy(self) -> None:
        class Stream(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                assert size is not None and size >= 0, "reads it all"
                return super().read(size)

        stream = Stream(rows(10_000))
        first = next(lines.units(stream, label="x", path=None, limits=LIMITS))
        assert first.label == "x#1-64" and stream.tell() < 50_000


class TestRemote:
    @pytest.fixture(autouse=True)
    def memory(self) -> Iterator[None]:
        fsspec = pytest.importorskip("fsspec")
        system = fsspec.filesystem("memory")
        system.store.clear()
        system.pipe("/kho/b.txt", TEXT.encode())
        system.pipe("/kho/a/tb12.docx", b"PK")
        system.pipe("/kho/k.zip", a_zip(**{"x.txt": TEXT}))
        system.pipe("/kho/d.jsonl", rows(70))
        system.pipe("/kho/.an/x.txt", b"")
        system.pipe("/kho/x.bin", b"")
        yield
        system.store.clear()

    def test_a_folder(self) -> None:
        units = found("memory://kho")
        assert [unit.label for unit in units] == [
            "memory:///kho/a/tb12.docx",
            "memory:///kho/b.txt",
            "memory:///kho/d.jsonl#1-64",
            "memory:///kho/d.jsonl#65-70",
            "memory:///kho/k.zip!/x.txt",
        ]
        assert all(unit.path is None and unit.data for unit in units)

    def test_a_file_and_a_pattern(self) -> None:
        assert [unit.data for unit in found("memory://kho/b.txt")] == [TEXT.encode()]
        assert labels("memory://kho/**/*.docx") == ["memory:///kho/a/tb12.docx"]

    def test_nothing_there(self) -> None:
        missing, none = found("memory://none.txt", "memory://none/*.txt")
        assert missing.error is not None and none.error is not None

    def test_without_its_driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "fsspec", None)
        with pytest.raises(MissingToolError, match="vnpolicy"):
            source.units(["memory://kho"], limits=LIMITS)


class TestWeb:
    """A server on this machine that gives whole files only, as many small ones do."""

    @pytest.fixture
    def address(self, here: Path) -> Iterator[str]:
        pytest.importorskip("fsspec")
        pytest.importorskip("aiohttp")
        handler = partial(_Silent, directory=str(here))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()

    def test_documents_archives_and_lines(self, address: str) -> None:
        put("a.txt")
        put("k.zip", a_zip(**{"x.txt": TEXT}))
        put("d.jsonl", rows(70))
        found_here = labels(
            *(f"{address}/{name}" for name in ("a.txt", "k.zip", "d.jsonl?x=1.zip"))
        )
        shown = [label.removeprefix(address) for label in found_here]
        assert shown == [
            "/a.txt",
            "/k.zip!/x.txt",
            "/d.jsonl?x=1.zip#1-64",
            "/d.jsonl?x=1.zip#65-70",
        ]

    def test_what_is_not_there_or_too_large(self, address: str) -> None:
        put("k.zip", bytes(2000))
        assert [unit.kind for unit in found(f"{address}/none.txt")] == ["DocumentError"]
        small = found(f"{address}/k.zip", limits=Limits(file_bytes=1000))
        assert [unit.kind for unit in small] == ["LimitError"]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
