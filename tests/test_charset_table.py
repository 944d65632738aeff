"""The tables of old encodings against references that we did not write."""

import shutil
import subprocess
import unicodedata

import pytest

from charset_writer import NOTICES, writable, write
from vnpolicy.charset import table as module
from vnpolicy.charset.table import LETTERS, NAMES, surface, table
from vnpolicy.errors import LexiconError

# RFC 1456, table 1: rows x0 to xF, columns 8x to Fx, in the RFC's own mnemonics.
RFC_1456 = """
A.   O^`  O~   o^`  A`   DD   a`   dd
A('  O^?  a('  o^?  A'   u+'  a'   u+.
A(`  O^~  a(`  o^~  A^   O`   a^   o`
A(.  O^.  a(.  O+~  A~   O'   a~   o'
A^'  O+.  a^'  O+   A?   O^   a?   o^
A^`  O+'  a^`  o^.  A(   a.   a(   o~
A^?  O+`  a^?  o+`  a(?  y?   u+~  o?
A^.  O+?  a^.  o+?  a(~  u+`  a^~  o.
E~   I.   e~   i.   E`   u+?  e`   u.
E.   O?   e.   U+.  E'   U`   e'   u`
E^'  O.   e^'  U+'  E^   U'   e^   u'
E^`  I?   e^`  U+`  E?   y~   e?   u~
E^?  U?   e^?  U+?  I`   y.   i`   u?
E^~  U~   e^~  o+   I'   Y'   i'   y'
E^.  U.   e^.  o+'  I~   o+~  i~   o+.
O^'  Y`   o^'  U+   y`   u+   i?   U+~
"""
MNEMONIC = dict(zip("(^+`'?~.", "\u0306\u0302\u031b\u0300\u0301\u0309\u0303\u0323", strict=True))


def letter_of(mnemonic: str) -> str:
    if mnemonic in ("dd", "DD"):
        return {"dd": "đ", "DD": "Đ"}[mnemonic]
    marks = "".join(MNEMONIC[mark] for mark in mnemonic[1:])
    return unicodedata.normalize("NFC", mnemonic[0] + marks)


def iconv(data: bytes, source: str) -> str:
    if shutil.which("iconv") is None:
        pytest.skip("iconv is not installed: tables not checked against it")
    command = ["iconv", "-f", source, "-t", "UTF-8"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if b"not supported" in done.stderr:
        pytest.skip(f"this iconv has no {source}: table not checked against it")
    return unicodedata.normalize("NFC", done.stdout.decode("utf-8"))


def test_viscii_is_what_the_rfc_prints() -> None:
    rows = [line.split() for line in RFC_1456.strip().splitlines()]
    assert [len(row) for row in rows] == [8] * 16
    for low, row in enumerate(rows):
        for high, mnemonic in enumerate(row):
            code = (8 + high) * 16 + low
            assert table("viscii").read(chr(code)) == letter_of(mnemonic), hex(code)
    low_ones = {0x02: "A(?", 0x05: "A(~", 0x06: "A^~", 0x14: "Y?", 0x19: "Y~", 0x1E: "Y."}
    for code, mnemonic in low_ones.items():
        assert table("viscii").read(chr(code)) == letter_of(mnemonic)


@pytest.mark.parametrize(
    ("name", "glibc"),
    [("viscii", "VISCII"), ("tcvn5712", "TCVN5712-1"), ("windows-1258", "CP1258")],
)
def test_every_code_is_iconvs(name: str, glibc: str) -> None:
    first = 0xA0 if name == "windows-1258" else 1
    codes = [code for code in range(first, 256) if code not in (0x0A, 0x0D)]
    # each behind a letter, so that a tone that stands alone combines
    data = b"\n".join(b"a" + bytes([code]) for code in codes)
    theirs = iconv(data, glibc).split("\n")
    for code, read in zip(codes, theirs, strict=True):
        assert table(name).read("a" + chr(code)) == read, hex(code)


def test_tcvn3_is_iconvs_tcvn_where_its_fonts_have_letters() -> None:
    codes = [code for code in table("tcvn3").single if code >= 0xA0]
    assert len(codes) == 90
    theirs = iconv(b"\n".join(bytes([code]) for code in codes), "TCVN5712-1").split("\n")
    assert [table("tcvn3").single[code] for code in codes] == theirs


@pytest.mark.parametrize("name", ["vni", "viscii", "vps", "windows-1258", "tcvn5712"])
def test_every_letter_can_be_written(name: str) -> None:
    text = " ".join(sorted(char for char in LETTERS if not char.isascii()))
    assert len(LETTERS) == 134 + 12
    assert table(name).read(write(text, name).decode("latin-1")) == text


# The small letters of VPS as an input method of 2002 (xvnkb) has them: plain, sắc, huyền, hỏi,
# ngã, nặng. Its list is by vowel; ours is by code.
VPS = """
a e1 e0 e4 e3 e5 | e2 c3 c0 c4 c5 c6 | e6 a1 a2 a3 a4 a5 | e e9 e8 c8 eb cb | ea 89 8a 8b cd 8c
o f3 f2 d5 f5 86 | f4 d3 d2 b0 87 b6 | d6 a7 a9 aa ab ae | u fa f9 fb db f8 | dc d9 d8 ba bb bf
i ed ec cc ef ce | y 9a ff 9b cf 9c
"""
# The same of VNI, as its keyboard help prints them.
VNI = """
a aù aø aû aõ aï | aâ aá aà aå aã aä | aê aé aè aú aü aë | e eù eø eû eõ eï | eâ eá eà eå eã eä
o où oø oû oõ oï | oâ oá oà oå oã oä | ô ôù ôø ôû ôõ ôï | u uù uø uû uõ uï | ö öù öø öû öõ öï
i í ì æ ó ò | y yù yø yû yõ î
"""
ROWS = "aâăeêoôơuưiy"
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")


@pytest.mark.parametrize(("name", "chart"), [("vps", VPS), ("vni", VNI)])
def test_letters_by_vowel(name: str, chart: str) -> None:
    rows = [row.split() for row in chart.replace("\n", "|").split("|") if row.strip()]
    assert [len(row) for row in rows] == [6] * 12
    for base, row in zip(ROWS, rows, strict=True):
        for tone, code in zip(TONES, row, strict=True):
            written = chr(int(code, 16)) if name == "vps" and len(code) == 2 else code
            letter = unicodedata.normalize("NFC", base + tone)
            assert table(name).read(written) == letter
            if name == "vni":
                assert table(name).read(written.upper()) == letter.upper()


@pytest.mark.parametrize(
    ("name", "written", "text"),
    [
        ("vps", "ñ\x12C L\x03P - T\x15 DO - H\x02NH PH\xdaC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("vps", "CH\xd1 T\x10CH QU\x90C G\xb5A V\x93 VI\x06C", "CHỦ TỊCH QUẾC GÌA VỀ VIỆC"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("viscii", "CµNG HÒA XÃ HµI", "CộNG HÒA XÃ HộI"),
        ("windows-1258", "Côòng hoÌa xaÞ hôòi", "Cộng hòa xã hội"),
    ],
)
def test_phrases(name: str, written: str, text: str) -> None:
    assert table(name).read(written) == text


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps"])
def test_viparse_agrees(name: str) -> None:
    encodings = pytest.importorskip("viparse.normalize.encodings")
    theirs = dict(encodings.CHARMAPS[name].pairs)
    # i with a tone of two codes, and y with dot likewise: no font has them, none contradicts.
    doubled = {"iø", "iù", "IØ", "IÙ", "yï", "YÏ"}
    for code, char in theirs.items():
        if code not in doubled:
            assert table(name).read(code) == char, code


@pytest.mark.parametrize("name", ["vni", "viscii", "vps", "windows-1258", "tcvn5712"])
def test_notices_come_back_whole(name: str) -> None:
    for notice in NOTICES:
        text = writable(notice, name)
        assert table(name).read(write(text, name).decode("latin-1")) == text


def test_tcvn3_comes_back_but_for_lone_capitals() -> None:
    wrong = total = 0
    for notice in NOTICES:
        text = writable(notice, "tcvn3")
        read = table("tcvn3").read(write(text, "tcvn3").decode("latin-1"))
        assert read.lower() == text.lower()
        total += sum(char.isupper() for char in text)
        wrong += sum(a != b for a, b in zip(read, text, strict=True))
    assert wrong < 0.01 * total  # "Ủy ban": typed with a small letter it shows nowhere


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("QUYÕT §ÞNH:\nthµnh phè", "QUYẾT ĐỊNH:\nthành phố"),
        ("- ñY BAN", "- ỦY BAN"),
        ("Uû ban t¹i Hµ Néi, §µ N½ng", "Uỷ ban tại Hà Nội, Đà Nẵng"),
        ("Tõ UBND tØnh", "Từ UBND tỉnh"),
    ],
)
def test_words_in_capitals_are_raised(written: str, read: str) -> None:
    assert table("tcvn3").read(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Uûy ban", "Ủy ban"),  # a small mark behind a capital
        ("UÛY BAN", "ỦY BAN"),
        ("vieâïc, vieäc", "việc, việc"),  # hat and tone one by one
        ("kyõ thuaät, tyû leä, Mî", "kỹ thuật, tỷ lệ, Mỵ"),
        ("Ñöôøng loä", "Đường lộ"),
        ("30ø", "30ø"),  # a mark without a vowel
    ],
)
def test_vni_marks(written: str, read: str) -> None:
    assert table("vni").read(written) == read


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("\uf043\uf0e9ng", "Céng"),
        ("Th«ng t\u2212 \u2212 5", "Th«ng t\xad \u2212 5"),
        ("l\u2219nh \u03bcn", "l·nh µn"),
        ("“C”", "\x93C\x94"),
        ("Trung \u2212¬ng, 3 \u2212 2", "Trung \xad¬ng, 3 \u2212 2"),
        ("tỉnh", "tỉnh"),
    ],
)
def test_surface_folds_what_formats_make_of_codes(given: str, codes: str) -> None:
    assert surface(given) == codes


@pytest.mark.parametrize(
    ("line", "message"),
    [("ZZ,ạ", "no code in hex"), ("B8,x", "no letter"), ("B5,á\nB5,à", "twice"), (",á", "empty")],
)
def test_a_broken_table_is_refused(line: str, message: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tcvn3.csv").write_text(f"code,char\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=message) as caught:
        module._load("tcvn3")
    assert "charset/data/tcvn3.csv:" in str(caught.value)


def test_every_table_says_where_it_is_from() -> None:
    for name in NAMES:
        if name != "windows-1258":
            path = module.resources.files("vnpolicy.charset").joinpath("data", f"{name}.csv")
            head = [line for line in path.read_text("utf-8").splitlines() if line[:1] == "#"]
            assert any("Source:" in line for line in head), name
