"""PDF files and images that are torn, endless, or are made to harm."""

from __future__ import annotations

import io
import struct
import zlib

from hostile.case import Case

_TEXT = "Giao So Y te bao cao tinh hinh cap thuoc"  # the standard fonts know no Vietnamese


def pdf(
    content: bytes,
    *,
    box: str = "0 0 595 842",
    extra: str = "",
    page: str = "",
    kids: str = "[3 0 R]",
    count: str = "1",
    stream: str = "",
) -> bytes:
    """A PDF of one page, written by hand."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        f"<< /Type /Pages /Kids {kids} /Count {count} >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page}"
        " /Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        f"<< /Length {len(content)} {stream} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + tail % (len(objects) + 1, len(out))


def _lines(count: int = 12) -> bytes:
    rows = (f"BT /F1 12 Tf 60 {800 - 20 * i} Td ({_TEXT} {i}) Tj ET" for i in range(count))
    return "\n".join(rows).encode()


def _many_pages(count: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf(_lines()))))
    writer.encrypt("mat khau", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _bomb() -> bytes:
    packed = zlib.compress(b"0 0 m " * 400_000_000, 9)
    return pdf(packed, stream="/Filter /FlateDecode")


def _deep_pages() -> bytes:
    """A tree of pages that is its own child."""
    return pdf(_lines(), kids="[2 0 R 3 0 R]", count="2")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    """A grey PNG whose packed rows are ``data``."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _tiff_loop() -> bytes:
    """A TIFF whose first directory is followed by itself."""
    entries = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, 8), (279, 4, 1, 64)]
    body = struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 8)).ljust(264, b"\0")


_BLANK = zlib.compress((b"\0" + b"\xff" * 8) * 8)
_OCR = "tesseract"
CASES = [
    Case("nothing after the mark", "tb.pdf", lambda: b"%PDF-1.7\n", "DamagedError"),
    Case("a PDF cut short", "tb.pdf", lambda: pdf(_lines())[:300], "DocumentError"),
    Case(
        "noise after the mark",
        "tb.pdf",
        lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40,
        "DamagedError",
    ),
    Case("a PDF with a password", "tb.pdf", _locked, "EncryptedError"),
    Case("a PDF called a text", "tb.txt", lambda: pdf(_lines()), None, holds=_TEXT),
    Case("ten thousand pages", "tb.pdf", lambda: _many_pages(10_000), "LimitError", "pages"),
    Case("pages that are their own children", "tb.pdf", _deep_pages, None),
    Case(
        "two gigabytes of path in two megabytes",
        "tb.pdf",
        _bomb,
        "LimitError",
        limits={"memory_bytes": 1_000_000_000, "seconds": 20},
    ),
    Case(
        "a page of ten kilometres",
        "tb.pdf",
        lambda: pdf(_lines(), box="0 0 28346456 28346456"),
        None,
        holds=_TEXT,
    ),
    Case(
        "a page without a size", "tb.pdf", lambda: pdf(_lines(), box="0 0 0 0"), None, holds=_TEXT
    ),
    Case(
        "a PDF with a script and a program to start",
        "tb.pdf",
        lambda: pdf(
            _lines(),
            extra="/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>"
            " /AA << /WC << /S /Launch /F (/bin/sh) >> >>",
        ),
        None,
        holds=_TEXT,
        lacks="launchURL",
    ),
    Case(
        "a PDF whose page lies in another file",
        "tb.pdf",
        lambda: pdf(b"", stream="/F (/etc/passwd)"),
        "DocumentError",
        lacks="root:",
    ),
    Case("no pages", "tb.pdf", lambda: pdf(b"", kids="[]", count="0"), "DocumentError"),
    Case(
        "an image of a gigapixel",
        "tb.png",
        lambda: png(40_000, 40_000, _BLANK),
        "LimitError",
        "pixels",
    ),
    Case("a blank image", "tb.png", lambda: png(8, 8, _BLANK), "EmptyError", needs=_OCR),
    Case("an image cut short", "tb.png", lambda: png(800, 800, _BLANK)[:60], "DamagedError"),
    Case("an image of noise", "tb.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\1" * 500, "DocumentError"),
    Case("an image that follows itself", "tb.tif", _tiff_loop, "DocumentError"),
]
