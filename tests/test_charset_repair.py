"""Texts that were read wrongly on their way, put right; clean texts left alone."""

import time
import unicodedata

import pytest

from charset_writer import NOTICES, writable, write
from vnpolicy.charset import repair
from vnpolicy.charset.repair import MOJIBAKE
from vnpolicy.charset.table import NAMES


def as_windows(data: bytes) -> str:
    """Bytes as browsers read Windows-1252: the five undefined ones are controls."""
    return "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in data)


class TestLegacy:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("windows", [False, True])
    def test_whole_notices(self, name: str, windows: bool) -> None:
        for notice in NOTICES:
            text = writable(notice, name)
            data = write(text, name)
            read, found = repair(as_windows(data) if windows else data.decode("latin-1"))
            assert found == name
            assert read.lower() == text.lower()

    @pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps"])
    def test_a_part_of_a_notice(self, name: str) -> None:
        wrong = total = 0
        for notice in NOTICES:
            lines = writable(notice, name).split("\n")
            third = len(lines) // 3
            old = [as_windows(write(line, name)) for line in lines[third : 2 * third]]
            read, found = repair("\n".join(lines[:third] + old + lines[2 * third :]))
            assert found == name
            after = read.split("\n")
            assert after[:third] == lines[:third] and after[2 * third :] == lines[2 * third :]
            pairs = zip(after[third : 2 * third], lines[third : 2 * third], strict=True)
            wrong += sum(a.lower() != b.lower() for a, b in pairs)
            total += third
        assert wrong <= 0.01 * total

    def test_one_paragraph(self) -> None:
        text = (
            "Chính phủ yêu cầu các Bộ báo cáo.\n\n"
            "Uûy ban nhaân daân tænh chuû trì, phoái hôïp vôùi Sôû Taøi chính thöïc hieän.\n\n"
            "Sở Tài chính báo cáo trước ngày 5."
        )
        read, name = repair(text)
        assert name == "vni"
        assert read.split("\n\n")[1] == (
            "Ủy ban nhân dân tỉnh chủ trì, phối hợp với Sở Tài chính thực hiện."
        )
        assert read.split("\n\n")[::2] == text.split("\n\n")[::2]

    def test_foreign_lines_stay(self) -> None:
        old = "ChÝnh phñ yªu cÇu c¸c Bé, ngµnh vµ ®Þa ph\u00ad¬ng thùc hiÖn\n"
        for line in (
            "Noël à Besançon, Citroën, Škoda; Müller & Göring, hè, bò",
            "là cô Azaña, Núñez, Müller và Ångström",
            "• 5 m² × 3 ÷ 2 = ½ · ¼",
            "vÒ Noël, Azaña: bò",  # one word mended, two of four not
        ):
            assert repair(old + line + "\nở đây")[0].split("\n")[1:] == [line, "ở đây"]

    def test_bullets_stay(self) -> None:
        text = "\uf0b7 ChÝnh phñ yªu cÇu c¸c Bé, ngµnh vµ ®Þa ph\u00ad¬ng thùc hiÖn"
        read, name = repair(text)
        assert (read[:4], name) == ("\uf0b7 Ch", "tcvn3")


class TestMojibake:
    @pytest.mark.parametrize("times", [1, 2])
    @pytest.mark.parametrize("windows", [False, True])
    def test_whole_notices(self, times: int, windows: bool) -> None:
        for notice in NOTICES:
            text = notice
            for _ in range(times):
                text = as_windows(text.encode()) if windows else text.encode().decode("latin-1")
            assert repair(text) == (notice, MOJIBAKE)

    def test_some_lines(self) -> None:
        for notice in NOTICES:
            lines = notice.split("\n")
            mixed = [as_windows(line.encode()) if i % 3 else line for i, line in enumerate(lines)]
            assert repair("\n".join(mixed)) == (notice, MOJIBAKE)

    def test_a_clean_line_among_them(self) -> None:
        line = "các phường, “XÃ” và “Ý”: “HÒA” ở Đà Nẵng"
        old = as_windows(NOTICES[0].encode())
        read, name = repair(f"{old}\n{line}\n{old}")
        assert (read, name) == (f"{NOTICES[0]}\n{line}\n{NOTICES[0]}", MOJIBAKE)

    def test_a_space_that_was_a_byte(self) -> None:
        text = "Hà Nội, ngày 5: làm tại xã nào, và là một"
        given = as_windows(text.encode()).replace("\u00a0", " ")
        assert repair(given) == (text, MOJIBAKE)


class TestLostLetters:
    def test_notices_without_their_u_with_horn(self) -> None:
        restored = total = 0
        for notice in NOTICES:
            read, name = repair(notice.replace("ư", ""))
            assert name in ("tcvn3", None)
            before, after = notice.split(), read.split()
            assert len(before) >= len(after)
            known = {word.strip(".,;:()*|“”/-") for word in before}
            words = [word.strip(".,;:()*|“”/-") for word in after]
            wrong = [word for word in words if "ư" in word and word not in known]
            assert wrong == []
            total += notice.count("ươ")
            restored += read.count("ươ")
        assert restored > 0.95 * total

    def test_tcvn3_that_lost_its_soft_hyphens(self) -> None:
        text = "Thủ tướng Chính phủ yêu cầu các địa phương trình trước tháng năm được phê duyệt"
        given = write(text, "tcvn3").replace(b"\xad", b"").decode("latin-1")
        assert repair(given) == (text, "tcvn3")

    @pytest.mark.parametrize(
        "text",
        [
            "Chơng trình này",  # once shows nothing
            "Chương trình của Thủ tớng, đợc trớc ngày 5",  # where "ươ" stands nothing was lost
        ],
    )
    def test_what_is_not_certain_stays(self, text: str) -> None:
        assert repair(text) == (text, None)


class TestClean:
    def test_notices(self) -> None:
        for notice in NOTICES:
            given = notice + "\n" + unicodedata.normalize("NFD", notice)
            read, name = repair(given)
            assert read is given and name is None

    @pytest.mark.parametrize(
        "text",
        [
            "Công ty Citroën ® và Škoda ™ đã bán 5·10³ m² «vải» ở 30 °C ± 2; ¼ số còn lại: ×3, ÷2.",
            "Nội chiến Tây Ban Nha: Azaña, Núñez, Müller, Göring, Besançon, Ångström, Øresund.",
            "các phường, “XÃ”, “HƯ”, “Ý”… và §7, ¶2, © 2024, £5, ¥6, €7, µm, Ω",
            "Ôtô, Âu, Ðức, ông Ðỗ: chữ Ð của bảng mã khác",
            "soft\u00adhyphen trong ch\u00adữ, th\u00adế nào c\u00adũng được, nh\u00adư vậy",
            "Côte d'Ivoire, Bénin, São Tomé: là những nước.\nCafé, rosé, à la carte, déjà vu.",
            "",
            "ASCII only",
        ],
    )
    def test_texts_with_signs_and_foreign_names(self, text: str) -> None:
        assert repair(text) == (text, None)

    def test_a_clean_text_costs_next_to_nothing(self) -> None:
        text = "".join(NOTICES) * 30
        size = len(text.encode())
        best = min(_seconds(text) for _ in range(5))
        assert size / best > 10e6  # bytes a second; 80 million on a quiet machine


def _seconds(text: str) -> float:
    start = time.perf_counter()
    repair(text)
    return time.perf_counter() - start
