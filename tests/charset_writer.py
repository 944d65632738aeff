"""Unicode text back into the old encodings: what the tests of ``charset`` feed it with."""

import unicodedata
from functools import cache
from pathlib import Path

from vnpolicy.charset.table import table

ROOT = Path(__file__).parent.parent
NOTICES = [
    unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "corpus" / "notices").glob("*.txt"))
]
TONES = "\u0300\u0301\u0303\u0309\u0323"
PLAIN_CAPITALS = "ĂÂÊÔƠƯĐ"


@cache
def letters(name: str) -> dict[str, str]:
    """Letter to code (as Latin-1) of the encoding: of several codes the shortest."""
    one = table(name)
    codes = {chr(code): char for code, char in one.single.items()} | one.pairs
    found: dict[str, str] = {}
    for code in sorted(
        codes, key=lambda code: (len(code), code[1:].islower() != code[0].islower())
    ):
        found.setdefault(codes[code], code)
    return found


def writable(text: str, name: str) -> str:
    """``text`` without the characters that the encoding does not have."""
    return "".join(char for char in text if _code(char, name) is not None)


def write(text: str, name: str) -> bytes:
    """The bytes of ``text``; TCVN3 has no capitals with tones and gets small letters."""
    codes = [_code(char, name) for char in text]
    assert None not in codes, f"{name} cannot write all of {text!r}"
    return b"".join(code for code in codes if code is not None)


@cache
def _code(char: str, name: str) -> bytes | None:
    if name == "windows-1258":
        return _of_1258(char)
    if name == "tcvn3" and char.isupper() and not char.isascii() and char not in PLAIN_CAPITALS:
        char = char.lower()
    if char in letters(name):
        return letters(name)[char].encode("latin-1")
    read = table(name).read(char)
    return char.encode() if char.isascii() and read == char else None


def _of_1258(char: str) -> bytes | None:
    parts = unicodedata.normalize("NFD", char)
    base = "".join(part for part in parts if part not in TONES)
    tone = "".join(part for part in parts if part in TONES)
    for form in (char, unicodedata.normalize("NFC", base) + tone):
        try:
            return form.encode("cp1258")
        except UnicodeEncodeError:
            continue
    return None
