"""The configuration of pushes, secrets, and the table of agencies."""

from __future__ import annotations

import csv
import errno
import importlib
import io
import os
import tomllib
from pathlib import Path

import pytest
import regex

from vnpolicy import extract
from vnpolicy.cli import main
from vnpolicy.errors import ArgumentError, ConfigError
from vnpolicy.push import config, place
from vnpolicy.push.intake import gather
from vnpolicy.push.secret import Secret
from vnpolicy.push.template import TEMPLATE

TEXT = (
    "Thủ tướng yêu cầu: Bộ Y tế rà soát giá thuốc. Bộ Y tế trình Đề án trước ngày 10/5/2024. "
    "Bộ Tài chính bố trí kinh phí. Tập đoàn Hoa Sen Xanh báo cáo kết quả."
)
WEBHOOK = '[webhook]\nurl = "https://noibo.example.vn/viec"\nsecret = { env = "VNPOLICY_TEST" }\n'
HEADER = "co_quan,ten,so_nhiem_vu,du_an,nguoi_nhan\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "push.toml"


class TestSecret:
    def test_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "khóa")
        assert Secret(env="VNPOLICY_TEST").value() == "khóa"
        monkeypatch.delenv("VNPOLICY_TEST")
        with pytest.raises(ConfigError, match="holds no secret"):
            Secret(env="VNPOLICY_TEST").value()

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610])
    def test_from_a_file_that_others_may_not_read(self, tmp_path: Path, mode: int) -> None:
        file = tmp_path / "key"
        file.write_text("bi-mat\n")
        file.chmod(0o600)
        assert Secret(file=file).value() == "bi-mat"
        file.chmod(mode)
        with pytest.raises(ConfigError, match="chmod 600") as caught:
            Secret(file=file).value()
        assert "bi-mat" not in str(caught.value)

    @pytest.mark.parametrize("text", ["", "\n", "a\nb", "a\r\nb\r\n", "\x00"])
    def test_that_is_none(self, tmp_path: Path, text: str) -> None:
        file = tmp_path / "key"
        file.write_text(text)
        file.chmod(0o600)
        with pytest.raises(ConfigError):
            Secret(file=file).value()

    def test_that_is_not_there(self, tmp_path: Path) -> None:
        for file in (tmp_path, tmp_path / "none", Path("/dev/null")):
            with pytest.raises(ConfigError):
                Secret(file=file).value()


class TestConfig:
    def test_is_read(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        path.write_text(f'ledger = "so.db"\n{WEBHOOK}project = "viec"\nagencies = "a.csv"\n')
        (path.parent / "a.csv").write_text(HEADER)
        found = config.load(path, "webhook")
        assert found.target.where == "webhook https://noibo.example.vn/viec"
        assert (found.ledger, found.agencies) == (path.parent / "so.db", path.parent / "a.csv")
        assert found.project == "viec"

    def test_has_targets_of_one_type(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        path.write_text(WEBHOOK + WEBHOOK.replace("[webhook]", '[so-2]\ntype = "webhook"'))
        assert config.load(path, "so-2").target.where == config.load(path, "webhook").target.where
        with pytest.raises(ArgumentError, match="webhook, so-2"):
            config.load(path, "so-3")

    @pytest.mark.parametrize(
        "text",
        [
            WEBHOOK.replace('{ env = "VNPOLICY_TEST" }', '"mat-khau"'),
            WEBHOOK.replace("env", "enw").replace("VNPOLICY_TEST", "mat-khau"),
            WEBHOOK.replace("}", ', file = "mat-khau" }'),
            WEBHOOK + 'password = "mat-khau"\n',
            WEBHOOK + 'type = "mat-khau"\n',
            WEBHOOK + 'per_second = "mat-khau"\n',
            WEBHOOK + "ca_file = 5\n",
            'password = "mat-khau"\n' + WEBHOOK,
            WEBHOOK + 'secret2 = "mat-khau\n',
            "ledger = 5\n" + WEBHOOK,
            "[webhook]\n",
        ],
    )
    def test_that_is_wrong_is_told_without_what_it_says(self, path: Path, text: str) -> None:
        path.write_text(text)
        with pytest.raises(ConfigError) as caught:
            config.load(path, "webhook")
        assert "mat-khau" not in str(caught.value) and str(path) in str(caught.value)

    @pytest.mark.parametrize(
        "text", [f'agencies = "a.csv"\n{WEBHOOK}', f'{WEBHOOK}agencies = "a.csv"\n', TEMPLATE]
    )
    def test_wants_the_agencies_that_it_names(
        self, path: Path, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        path.write_text(text if text != TEMPLATE else f"{TEMPLATE}\n{WEBHOOK}", encoding="utf-8")
        with pytest.raises(ConfigError, match=r"\.csv.*--init"):
            config.load(path, "webhook")
        for name in ("a.csv", config.AGENCIES):
            (path.parent / name).write_text(HEADER)
        assert config.load(path, "webhook").agencies.exists()

    def test_needs_no_agencies_where_it_names_none(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        path.write_text(WEBHOOK)
        found = config.load(path, "webhook")
        assert place.load(found.agencies, "viec") == place.Table({}, "viec")

    @pytest.mark.parametrize(
        "proxy", ["", "foo", "http://an:mat-khau@proxy.example.vn", "mat-khau@x:1"]
    )
    def test_with_a_proxy_that_is_none(
        self, path: Path, proxy: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        path.write_text(f'{WEBHOOK}proxy = "{proxy}"\n')
        with pytest.raises(ArgumentError) as caught:
            config.load(path, "webhook")
        assert "mat-khau" not in str(caught.value)

    def test_that_is_not_there_is_told_with_what_makes_one(self, path: Path) -> None:
        with pytest.raises(ConfigError, match="--init"):
            config.load(path, "webhook")

    @pytest.mark.parametrize("name", config.TYPES)
    def test_the_first_one_can_be_filled_in(
        self, path: Path, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The table of each target, without its marks of a comment, is one that loads."""
        monkeypatch.setenv("HOME", str(tmp_path))
        for variable in ("CALDAV_PASSWORD", "REDMINE_KEY", "OPENPROJECT_TOKEN", "JIRA_TOKEN"):
            monkeypatch.setenv(variable, "x")
        monkeypatch.setenv("GITLAB_TOKEN", "x")
        key = tmp_path / ".config" / "vnpolicy" / "webhook.key"
        key.parent.mkdir(parents=True)
        key.write_text("x")
        key.chmod(0o600)
        start = TEMPLATE.index(f"# [{name}]")
        table = TEMPLATE[start : TEMPLATE.find("\n\n", start)]
        path.write_text("\n".join(line.removeprefix("# ") for line in table.splitlines()))
        assert config.load(path, name).target.where.startswith(name)


@pytest.mark.parametrize("name", config.TYPES)
def test_the_settings_of_the_documentation_are_all_there_are(name: str) -> None:
    text = (Path(__file__).parent.parent / "docs" / "pushing.md").read_text(encoding="utf-8")
    (block,) = regex.findall(r"^```toml\n(.*?)^```$", text, regex.M | regex.S)
    table = tomllib.loads(block)[name]
    options = importlib.import_module(f"vnpolicy.push.targets.{name}").Options
    options.model_validate(table)
    assert set(options.model_fields) - set(config.Connection.model_fields) <= set(table)
    every = text.split("Every target: ")[1].split("\n")[0]
    assert all(f"`{one}`" in every for one in config.Connection.model_fields)


class TestAgencies:
    def rows(self, text: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_the_first_table_has_who_leads(self, tmp_path: Path) -> None:
        items = gather([("a.txt", extract(TEXT))]).documents["a.txt"]
        rows = self.rows(place.renew(tmp_path / "none.csv", items))
        assert [(row["co_quan"], row["ten"], row["so_nhiem_vu"]) for row in rows] == [
            ("bo-y-te", "Bộ Y tế", "2"),
            ("Tập đoàn Hoa Sen Xanh", "Tập đoàn Hoa Sen Xanh", "1"),
            ("bo-tai-chinh", "Bộ Tài chính", "1"),
        ]

    def test_what_its_owner_wrote_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "co-quan.csv"
        path.write_text(
            "co_quan,ten,so_nhiem_vu,du_an,nguoi_nhan\nbo-y-te,Y tế,99,y-te,7\nbo-cu,Bộ cũ,1,cu,\n",
            encoding="utf-8",
        )
        items = gather([("a.txt", extract(TEXT))]).documents["a.txt"]
        rows = {row["co_quan"]: row for row in self.rows(place.renew(path, items))}
        assert tuple(rows["bo-y-te"].values()) == ("bo-y-te", "Y tế", "2", "y-te", "7")
        assert tuple(rows["bo-cu"].values()) == ("bo-cu", "Bộ cũ", "1", "cu", "")
        assert "bo-tai-chinh" in rows

    def test_its_owners_columns_and_marks_stay(self, tmp_path: Path) -> None:
        path = tmp_path / "co-quan.csv"
        path.write_text(
            "du_an;co_quan;ten;ghi chú;so_nhiem_vu;nguoi_nhan;\n"
            'y-te;BO-Y-TE;Y tế;"hỏi; chị An";99;7;x;thừa\n;;;;;;\n;;;chưa rõ;;;\n',
            encoding="utf-8",
        )
        items = gather([("a.txt", extract(TEXT))]).documents["a.txt"]
        text = place.renew(path, items)
        assert text.splitlines() == [
            "du_an;co_quan;ten;ghi chú;so_nhiem_vu;nguoi_nhan;",
            'y-te;BO-Y-TE;Y tế;"hỏi; chị An";2;7;x;thừa',
            ";Tập đoàn Hoa Sen Xanh;Tập đoàn Hoa Sen Xanh;;1;;",
            ";bo-tai-chinh;Bộ Tài chính;;1;;",
            ";;;chưa rõ;;;",
        ]
        path.write_text(text, encoding="utf-8-sig", newline="")
        assert place.renew(path, items) == text
        assert place.load(path, "").find(["bo-y-te"]) == place.Place("y-te", "7")

    def test_an_agency_has_one_row(self, tmp_path: Path) -> None:
        path = tmp_path / "co-quan.csv"
        path.write_text(f"{HEADER}bo-y-te,,,a,\nsở x,,,,\n Sở X,,,b,\n", encoding="utf-8")
        for use in (place.load, place.renew):
            with pytest.raises(ConfigError, match=r"more than one row for Sở X /"):
                use(path, "")  # type: ignore[arg-type]

    def test_names_that_differ_in_case_are_one(self, tmp_path: Path) -> None:
        notices = [
            ("a", extract("Thủ tướng yêu cầu: Tập đoàn Hoa Sen Xanh báo cáo kết quả.")),
            ("b", extract("Thủ tướng yêu cầu: TẬP ĐOÀN HOA SEN XANH báo cáo kết quả.")),
        ]
        items = [item for one in gather(notices).documents.values() for item in one]
        assert {party.name for item in items for party in item.leads} == {
            "Tập đoàn Hoa Sen Xanh",
            "TẬP ĐOÀN HOA SEN XANH",
        }
        (row,) = self.rows(place.renew(tmp_path / "none.csv", items))
        assert row["so_nhiem_vu"] == "2"

    def test_is_written_whole_or_not_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, link = tmp_path / "co-quan.csv", tmp_path / "link.csv"
        path.write_text("old")
        path.chmod(0o640)
        link.symlink_to(path)

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OSError, match=r"No space left.*link\.csv"):
                place.write(link, "new")
        assert path.read_text() == "old" and set(tmp_path.iterdir()) == {path, link}
        place.write(link, "mới\r\n", encoding="utf-8-sig")
        assert path.read_bytes() == b"\xef\xbb\xbf" + "mới\r\n".encode()
        assert path.stat().st_mode & 0o777 == 0o640
        assert set(tmp_path.iterdir()) == {path, link} and link.is_symlink()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n",
            "a,b\n",
            "a,b\n1,2\n",
            "\xff\xfe",
            'co_quan,ten\n"x',
            HEADER.replace(",nguoi_nhan", ""),
            HEADER.replace(",", "\t"),
            f'{HEADER}"x',
            "bo-y-te,,,a,b\n",
        ],
    )
    def test_that_is_none_is_told(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "co-quan.csv"
        path.write_bytes(text.encode("latin-1"))
        with pytest.raises(ConfigError, match=r"co-quan\.csv"):
            place.load(path, "")

    def test_who_answers_now_is_known_by_the_old_name(self) -> None:
        notice = extract("Thủ tướng yêu cầu Bộ Thông tin và Truyền thông trình Đề án.")
        (item,) = gather([("a", notice)]).documents["a"]
        table = place.Table({"bo-khoa-hoc-va-cong-nghe": place.Place("khcn", "3")})
        assert table.place(item) == place.Place("khcn", "3")


class TestCommand:
    def test_init_writes_what_is_not_there(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        assert main(["push", "--init", "--config", str(path), str(source)]) == 0
        assert path.read_text(encoding="utf-8") == TEMPLATE
        table = path.parent / config.AGENCIES
        assert "bo-y-te,Bộ Y tế,2,," in table.read_text(encoding="utf-8-sig")
        path.write_text('agencies = "khac.csv"\n')
        assert main(["push", "--init", "--config", str(path), str(source)]) == 0
        assert path.read_text() == 'agencies = "khac.csv"\n'
        assert (path.parent / "khac.csv").exists()

    def test_init_writes_every_table_that_is_named(self, path: Path) -> None:
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        path.write_text(f'{WEBHOOK}agencies = "khac.csv"\n')
        assert main(["push", "--init", "--config", str(path), str(source)]) == 0
        for name in ("khac.csv", config.AGENCIES):
            assert "bo-y-te" in (path.parent / name).read_text(encoding="utf-8-sig")
        assert main(["push", "--init", "--config", str(path), str(source)]) == 0

    def test_init_tells_where_it_cannot_write(
        self, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        table = path.parent / config.AGENCIES
        table.write_text(f"{HEADER}bo-y-te,,,y-te,7\n", encoding="utf-8")
        before = table.read_bytes()
        path.write_text(WEBHOOK)

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert main(["push", "--init", "--config", str(path), str(source)]) != 0
        assert "co-quan.csv: cannot be written" in capsys.readouterr().err
        assert table.read_bytes() == before

    def test_a_lost_table_moves_nothing(
        self, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VNPOLICY_TEST", "bi-mat")
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        path.write_text(f'agencies = "co-quan.csv"\n{WEBHOOK}')
        run = ["push", "--to", "webhook", "--dry-run", "--config", str(path), str(source)]
        assert main(run) == 2
        (path.parent / "co-quan.csv").write_text("")
        assert main(run) == 2
        said = capsys.readouterr()
        assert said.err.count("co-quan.csv") >= 2 and not said.out

    def test_wants_a_target(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        assert main(["push", str(source)]) == 2
        assert main(["push", "--to", "x", "--config", str(path), str(source)]) == 2
        assert "--init" in capsys.readouterr().err

    def test_complete_needs_every_source(
        self, path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = path.parent / "a.txt"
        source.write_text(TEXT, encoding="utf-8")
        path.write_text(WEBHOOK)
        missing = str(path.parent / "khong-co.txt")
        assert (
            main(
                [
                    "push",
                    "--complete",
                    "--to",
                    "webhook",
                    "--config",
                    str(path),
                    str(source),
                    missing,
                ]
            )
            == 2
        )
        assert "every source can be read and holds documents" in capsys.readouterr().err
