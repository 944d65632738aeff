"""Word files and their kin that are torn, lie, or are made to harm."""

from __future__ import annotations

import io
import struct
import zipfile

import ole_file
from hostile.case import SENTENCE, Case

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/image" Target="http://127.0.0.1:9/x.png" '
    'TargetMode="External"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/attachedTemplate" Target="file:///etc/passwd" '
    'TargetMode="External"/></Relationships>'
)


def document(text: str = SENTENCE, *, prolog: str = "") -> str:
    """The main part with one paragraph."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {_W}><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )


def word(parts: dict[str, str | bytes] | None = None) -> bytes:
    """A small Word file with these parts beside or in place of its own."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": document(),
    }
    whole.update(parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in whole.items():
            if data:
                package.writestr(name, data)
    return stream.getvalue()


def _bomb() -> bytes:
    return word({"word/media/image1.bin": b"\0" * 300_000_000})


def _liar() -> bytes:
    """A part that says it is small and is not."""
    data = bytearray(word({"word/document.xml": document("x" * 30_000_000)}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        if data[at + 46 : at + 63] == b"word/document.xml":
            data[at + 24 : at + 28] = struct.pack("<I", 1000)
        at += 4
    return bytes(data)


def _wrong_sum() -> bytes:
    data = bytearray(word())
    at = data.find(b"PK\x01\x02", data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46)
    data[at + 16 : at + 20] = b"\1\2\3\4"
    return bytes(data)


def _locked() -> bytes:
    data = bytearray(word())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    at = -1
    while (at := data.find(b"PK\x03\x04", at + 1)) >= 0:
        data[at + 6] |= 1
    return bytes(data)


def _entities() -> str:
    lines = ['<!ENTITY e0 "hahahahaha">']
    lines += [f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12)]
    return f"<!DOCTYPE w:document [{''.join(lines)}]>"


def _many() -> bytes:
    return word({f"word/media/{i}.bin": b"x" for i in range(30_000)})


def _nested() -> str:
    return document("</w:t></w:r></w:p>" + "<w:sdt><w:sdtContent>" * 50_000 + "<w:p><w:r><w:t>")


def _word_97(flags: int) -> bytes:
    head = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, flags)
    return ole_file.compound({"WordDocument": head + b"\0" * 8000, "1Table": b"\0" * 4096})


def _open_document(manifest: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", "locked")
    return stream.getvalue()


_LOCKED_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:size="6">'
    '<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
)


def _sheet(extra: str, prolog: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        _TYPES.split("<Override")[0]
        + f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        + "</Types>"
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": _RELS.replace("word/document.xml", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Biểu" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELS.replace("officeDocument", "worksheet", 2)
        .replace("worksheet/2006", "officeDocument/2006")
        .replace("word/document.xml", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{main}">'
        f"{extra}</worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _plain_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("../../etc/cron.d/x", "x")
    return stream.getvalue()


_OFFICE_NEEDED = "soffice"
CASES = [
    Case("a small Word file", "tb.docx", word, None, holds=SENTENCE),
    Case("a Word file called a text", "tb.txt", word, None, holds=SENTENCE),
    Case(
        "a part of three hundred megabytes of zeros",
        "tb.docx",
        _bomb,
        "LimitError",
        "unpacked_bytes",
        limits={"unpacked_bytes": 100_000_000},
    ),
    Case("a part that says it is small", "tb.docx", _liar, "DamagedError"),
    Case("a part with a wrong check sum", "tb.docx", _wrong_sum, "DamagedError"),
    Case("a locked zip", "tb.docx", _locked, "EncryptedError"),
    Case("cut short", "tb.docx", lambda: word()[:-60], "DamagedError"),
    Case("cut to its beginning", "tb.docx", lambda: word()[:200], "DocumentError"),
    Case(
        "entities of entities",
        "tb.docx",
        lambda: word({"word/document.xml": document("&e11;", prolog=_entities())}),
        "DamagedError",
    ),
    Case(
        "an entity that asks for a file",
        "tb.docx",
        lambda: word(
            {
                "word/document.xml": document(
                    "&x;", prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                )
            }
        ),
        "DamagedError",
        lacks="root:",
    ),
    Case("no main part", "tb.docx", lambda: word({"word/document.xml": ""}), "DocumentError"),
    Case(
        "links to elsewhere",
        "tb.docx",
        lambda: word({"word/_rels/document.xml.rels": _LINKS}),
        None,
        holds=SENTENCE,
    ),
    Case(
        "macros",
        "tb.docm",
        lambda: word({"word/vbaProject.bin": ole_file.compound({"VBA": b"AutoOpen"})}),
        None,
        holds=SENTENCE,
        lacks="AutoOpen",
    ),
    Case("thirty thousand parts", "tb.docx", _many, "LimitError", "parts"),
    Case(
        "elements nested fifty thousand deep",
        "tb.docx",
        lambda: word({"word/document.xml": _nested()}),
        "DamagedError",
    ),
    Case(
        "parts outside the package",
        "tb.docx",
        lambda: word({"../../word/evil.xml": "x", "/etc/passwd": "x"}),
        "DamagedError",
        "path",
    ),
    Case("a zip of something else", "tb.zip", _plain_zip, "FormatError", "zip"),
    Case(
        "a Word file with a password",
        "tb.docx",
        lambda: ole_file.compound({"EncryptedPackage": b"x" * 9000, "EncryptionInfo": b"y" * 200}),
        "EncryptedError",
    ),
    Case("an old Word file with a password", "tb.doc", lambda: _word_97(0x0100), "EncryptedError"),
    Case(
        "an old Word file of zeros",
        "tb.doc",
        lambda: _word_97(0),
        "DocumentError",
        needs=_OFFICE_NEEDED,
    ),
    Case(
        "an old Word file cut short",
        "tb.doc",
        lambda: _word_97(0)[:3000],
        "DocumentError",
        needs=_OFFICE_NEEDED,
    ),
    Case(
        "an OpenDocument text with a password",
        "tb.odt",
        lambda: _open_document(_LOCKED_MANIFEST),
        "EncryptedError",
    ),
    Case(
        "an RTF of a hundred thousand brackets",
        "tb.rtf",
        lambda: b"{\\rtf1 " + b"{" * 100_000,
        "DocumentError",
        needs=_OFFICE_NEEDED,
    ),
    Case(
        "an RTF with an object and a template from elsewhere",
        "tb.rtf",
        lambda: (
            b"{\\rtf1\\ansi{\\*\\template http://127.0.0.1:9/x.dot}"
            b"{\\object\\objautlink{\\*\\objclass Package}{\\*\\objdata 0105}}"
            b"Giao S\\u7903? Y t\\u7871? b\\'e1o c\\'e1o t\\'ecnh h\\'ecnh c\\u7845?p"
            b" thu\\u7889?c\\par}"
        ),
        None,
        holds=SENTENCE,
        needs=_OFFICE_NEEDED,
    ),
    Case(
        "a sheet that claims seventeen thousand million cells",
        "tb.xlsx",
        lambda: _sheet(
            '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">'
            f'<c r="XFD1048576" t="inlineStr"><is><t>{SENTENCE}</t></is></c></row></sheetData>'
        ),
        None,
        holds=SENTENCE,
    ),
    Case(
        "a sheet of entities",
        "tb.xlsx",
        lambda: _sheet(
            '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row>'
            "</sheetData>",
            _entities().replace("w:document", "worksheet"),
        ),
        "DocumentError",
    ),
]
