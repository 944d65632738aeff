"""Bytes of unknown encoding: read rightly, or refused."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charset_writer import NOTICES, writable, write
from vnpolicy.charset import decode
from vnpolicy.charset.table import NAMES

SENTENCES = sorted(
    {
        sentence.strip()
        for notice in NOTICES
        for sentence in re.split(r"[.;:|\n]", notice)
        if len(sentence.strip()) >= 50
    }
)
# The same sentence in the languages of Western Europe, where the letters of Vietnamese are.
WESTERN = [
    "Le comité remettra son rapport au ministère avant la fin du mois; il a été décidé que "
    "l'école où l'élève étudie sera rénovée à partir de septembre, après accord du préfet.",
    "Der Ausschuss prüft die Anträge bis spätestens fünfzehnten März; für Rückfragen können sich "
    "die Behörden an das zuständige Büro wenden, das über alle Maßnahmen größere Übersicht hält.",
    "El comité enviará su informe al ministerio antes del año próximo; según el artículo séptimo, "
    "la administración pública deberá también publicar las decisiones más importantes aquí.",
    "A comissão não poderá alterar a decisão até à próxima reunião; as informações serão "
    "publicadas após a aprovação da câmara, de acordo com as condições já conhecidas.",
    "Il comitato presenterà la relazione al ministero entro lunedì; perché la città è più grande, "
    "le autorità avranno la possibilità di chiedere ciò che è già stato deciso così.",
    "Udvalget skal aflevere sin rapport på mandag, så ministeren kan nå at læse den før mødet på "
    "øen; de øvrige myndigheder får også besked om ændringerne i løbet af året.",
]


class TestMarks:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("utf-16", "utf-16-le"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("utf-32", "utf-32-le"),
        ],
    )
    def test_unicode(self, encoding: str, name: str) -> None:
        for notice in NOTICES:
            assert decode(notice.encode(encoding)) == (notice, name)

    def test_nothing_is_touched(self) -> None:
        text = "Hoà Bình\r\n\u00a0Cà\u0301 \ufeff\tx"
        assert decode(text.encode()) == (text, "utf-8")
        assert decode(b"") == ("", "utf-8")


class TestLegacy:
    @pytest.mark.parametrize("name", NAMES)
    def test_notices(self, name: str) -> None:
        for notice in NOTICES:
            text = writable(notice, name)
            read, found = decode(write(text, name))
            assert found == name
            assert read == text or (name == "tcvn3" and read.lower() == text.lower())

    @pytest.mark.parametrize("name", NAMES)
    def test_a_sentence_is_read_or_refused_but_never_wrong(self, name: str) -> None:
        some = random.Random(7).sample(SENTENCES, 150)
        refused = 0
        for sentence in some:
            text = writable(sentence, name)
            try:
                read, _ = decode(write(text, name))
            except ValueError:
                refused += 1
                continue
            assert read.lower() == text.lower()
        assert refused <= 12

    def test_four_words_are_hardly_ever_wrong(self) -> None:
        words = [word for notice in NOTICES for word in notice.split()]
        pieces = random.Random(3)
        read = wrong = 0
        for name in NAMES:
            for _ in range(400):
                at = pieces.randrange(len(words) - 4)
                text = writable(" ".join(words[at : at + 4]), name)
                try:
                    found, _ = decode(write(text, name))
                except ValueError:
                    continue
                read += 1
                wrong += found.lower() != text.lower()
        assert read > 1500
        assert wrong <= 2  # without a margin between the first and the second reading: 12

    def test_half_a_text_in_another_language_is_refused(self) -> None:
        vietnamese = write("Thủ tướng Chính phủ yêu cầu các Bộ, ngành và địa phương", "tcvn3")
        with pytest.raises(ValueError):
            decode(vietnamese + b"\n" + WESTERN[0].encode("cp1252"))

    def test_where_every_fourth_word_is_none_nothing_is_certain(self) -> None:
        words = write("Thủ tướng Chính phủ yêu cầu các Bộ và địa phương thực hiện", "tcvn3").split()
        assert decode(b" ".join(words))[1] == "tcvn3"
        with pytest.raises(ValueError):
            decode(b" ".join(word + b" x\xb5\xe9z" * (i % 3 == 0) for i, word in enumerate(words)))

    @pytest.mark.parametrize("name", ["vni", "viscii", "vps", "windows-1258", "tcvn5712"])
    def test_a_heading_in_capitals(self, name: str) -> None:
        text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐỘC LẬP - TỰ DO - HẠNH PHÚC"
        assert decode(write(text, name)) == (text, name)

    def test_capitals_that_are_controls(self) -> None:
        text = "BỘ NỘI VỤ HỌP VỀ MỘT SỐ NHIỆM VỤ TRỌNG TÂM, THỰC HIỆN CỤ THỂ"
        assert decode(write(text, "vps")) == (text, "vps")

    def test_tcvn3_heading(self) -> None:
        data = "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM\nQUYÕT §ÞNH".encode("latin-1")
        assert decode(data) == ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUYẾT ĐỊNH", "tcvn3")

    def test_signs_of_windows_stay_in_tcvn3(self) -> None:
        data = "“ChÝnh phñ” yªu cÇu c¸c Bé – ngµnh vµ ®Þa ph\u00ad¬ng…".encode("cp1252")
        assert decode(data) == ("“Chính phủ” yêu cầu các Bộ – ngành và địa phương…", "tcvn3")

    def test_too_little_is_refused(self) -> None:
        for data in (b"B\xe9", b"S\xe8 12", b"\xb5\xb6\xb7", b"\x8a\x8b \x80"):
            with pytest.raises(ValueError, match="tried: utf-8, utf-16, tcvn3, vni"):
                decode(data)


class TestOthers:
    @pytest.mark.parametrize("text", WESTERN)
    @pytest.mark.parametrize("times", [1, 20])
    def test_western_europe_is_never_vietnamese(self, text: str, times: int) -> None:
        try:
            read, name = decode((text + "\n").encode("cp1252") * times)
        except ValueError:
            return
        assert (read, name) == ((text + "\n") * times, "windows-1252")

    def test_single_sentences_of_western_europe(self) -> None:
        for text in WESTERN:
            words = text.split()
            for i in range(0, len(words) - 6, 3):
                data = " ".join(words[i : i + 6]).encode("cp1252")
                if data.isascii():
                    continue
                try:
                    assert decode(data)[1] == "windows-1252"
                except ValueError:
                    continue

    def test_english_with_the_signs_of_windows(self) -> None:
        text = "The “Company” – its staff’s duties… 5°, § 7 of the act, ©"
        assert decode(text.encode("cp1252")) == (text, "windows-1252")

    @pytest.mark.parametrize(
        "data",
        [
            bytes(range(256)) * 4,
            b"\x7fELF\x02\x01\x01" + b"\x00" * 40,
            b"\x00\x00\x01\x00" * 20,
            b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(128, 256)) * 20,
            b"\x01\x02\x03 text \x04\x05\x06",
        ],
    )
    def test_binary(self, data: bytes) -> None:
        with pytest.raises(ValueError):
            decode(data)

    def test_a_mark_that_lies(self) -> None:
        with pytest.raises(ValueError, match="utf-16-le text in spite of its mark"):
            decode(b"\xff\xfea")

    @given(st.binary(max_size=300))
    @settings(max_examples=200, deadline=None)
    def test_nothing_but_a_value_error(self, data: bytes) -> None:
        try:
            text, name = decode(data)
        except ValueError:
            return
        assert isinstance(text, str) and name


class TestDamagedUtf8:
    TEXT = NOTICES[0]

    def test_cut_short(self) -> None:
        data = self.TEXT.encode()
        cut = next(i for i in range(2000, 3000) if data[i - 1] >= 0xC0)
        read, name = decode(data[:cut])
        assert name == "utf-8" and read.count("\ufffd") == 1 and self.TEXT.startswith(read[:-1])

    def test_cut_short_behind_a_mark(self) -> None:
        read, name = decode(("\ufeff" + self.TEXT + "đ").encode()[:-1])
        assert (read, name) == (self.TEXT + "\ufffd", "utf-8")

    def test_one_byte_in_two_thousand(self) -> None:
        data = bytearray((self.TEXT * 3).encode())
        at = data.index(b" ", 4000)
        data[at] = 0xFF
        read, name = decode(bytes(data))
        assert name == "utf-8" and read.count("\ufffd") == 1

    def test_more_is_refused(self) -> None:
        data = bytearray(self.TEXT.encode())
        for at in range(100, len(data), 200):
            data[at] = 0xFF
        with pytest.raises(ValueError):
            decode(bytes(data))


class TestViqr:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            (
                "Thu? tu+o+'ng Chi'nh phu? y/u ca^`u ca'c Bo^., nga`nh la`m vie^.c na`y\\.",
                "Thủ tướng Chính phủ y/u cầu các Bộ, ngành làm việc này.",
            ),
            (
                "Uy? ban nha^n da^n ti?nh giao So+? Ta`i chi'nh tri`nh dde^` a'n trong tha'ng sau.",
                "Uỷ ban nhân dân tỉnh giao Sở Tài chính trình đề án trong tháng sau.",
            ),
            (
                "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam, ddo^.c la^.p, tu+. do, ha.nh phu'c",
                "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập, tự do, hạnh phúc",
            ),
        ],
    )
    def test_mail(self, written: str, read: str) -> None:
        assert decode(written.encode()) == (read, "viqr")

    @pytest.mark.parametrize(
        "text",
        [
            "Did he go? Yes. So did she. 'No,' they said. Who? I. Me. You. We do. A+ b^2 a^2+e^x.",
            "Thong bao ket luan cua Chu tich UBND tinh. Ai? Co. Khong.",
            "f(a)=a^2; g(o)=o+1; h(e)=e^x; (a+b)^2. print(a+'b'); do+done; to+from",
            "",
        ],
    )
    def test_ascii_stays(self, text: str) -> None:
        assert decode(text.encode()) == (text, "utf-8")
