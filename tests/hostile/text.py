"""Texts, web pages, mails and envelopes that are none, or that are made to harm."""

from __future__ import annotations

import base64
import random

from hostile.case import NOTICE, SENTENCE, Case

_ENTITIES = "".join(
    f'<!ENTITY e{i} "{"&e" + str(i - 1) + ";" if i else "ha"}{f"&e{i - 1};" * 9 if i else ""}">'
    for i in range(12)
)
_EDXML = 'xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"'


def _noise() -> bytes:
    return random.Random(2025).randbytes(5000)


def _page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _paragraphs() -> str:
    return "".join(f"<p>{line}</p>" for line in NOTICE.splitlines() if line)


def _envelope(prolog: str, subject: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<edXML {_EDXML}><edXMLEnvelope>'
        f"<edXMLHeader><MessageHeader><Subject>{subject}</Subject></MessageHeader></edXMLHeader>"
        "</edXMLEnvelope></edXML>"
    ).encode()


def _mail(depth: int) -> bytes:
    if not depth:
        return f"From: a@b.vn\nSubject: x\nMIME-Version: 1.0\n\n{SENTENCE}\n".encode()
    inner = _mail(depth - 1)
    mark = f"=={depth}=="
    head = f'From: a@b.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{mark}"\n\n'
    part = f"--{mark}\nContent-Type: message/rfc822\n\n".encode()
    return head.encode() + part + inner + f"\n--{mark}--\n".encode()


def _attachments(count: int) -> bytes:
    mark = "==="
    head = f'From: a@b.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{mark}"\n\n'
    part = (
        f'--{mark}\nContent-Type: text/plain\nContent-Disposition: attachment; filename="x.txt"\n'
    )
    return (head + (part + "\na\n") * count + f"--{mark}--\n").encode()


CASES = [
    Case("empty file", "tb.txt", lambda: b"", "EmptyError", "empty"),
    Case("nothing but white space", "tb.txt", lambda: b" \r\n\t\n" * 50, "EmptyError", "empty"),
    Case("nothing but zeros", "tb.txt", lambda: b"\0" * 4096, "EmptyError", "empty"),
    Case("noise", "tb.txt", _noise, "EncodingError"),
    Case("text cut inside a UTF-16 unit", "tb.txt", lambda: b"\xff\xfe\x00\xd8x", "EncodingError"),
    Case(
        "more characters than allowed",
        "tb.txt",
        lambda: NOTICE.encode() * 100,
        "LimitError",
        "characters",
        limits={"characters": 10_000},
    ),
    Case(
        "more bytes than allowed",
        "tb.txt",
        lambda: NOTICE.encode() * 100,
        "LimitError",
        "file_bytes",
        limits={"file_bytes": 10_000},
    ),
    Case("a program", "tb.doc", lambda: b"MZ\x90\x00" + _noise(), "FormatError", "program"),
    Case("a gzip archive", "tb.txt", lambda: b"\x1f\x8b\x08\0" + _noise(), "FormatError", "gzip"),
    Case("a RAR archive", "tb.doc", lambda: b"Rar!\x1a\x07\0" + _noise(), "FormatError", "RAR"),
    Case("a database", "tb.db", lambda: b"SQLite format 3\0" + _noise(), "FormatError", "database"),
    Case("a film", "tb.pdf", lambda: b"\0\0\0\x18ftypmp42" + _noise(), "FormatError", "film"),
    Case("text called a Word file", "tb.docx", NOTICE.encode, None, holds=SENTENCE),
    Case("text called a PDF", "tb.pdf", NOTICE.encode, None, holds=SENTENCE),
    Case(
        "a page of nothing but script",
        "tb.html",
        lambda: _page("<script>document.write('Giao Sở Y tế')</script>"),
        "EmptyError",
        lacks="Sở Y tế",
    ),
    Case(
        "a page that hides and fetches",
        "tb.html",
        lambda: _page(
            '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
            '<iframe src="http://127.0.0.1:9/"></iframe><img src="file:///etc/passwd">'
            '<p style="display:none">Giao Bộ Công an bí mật</p>' + _paragraphs()
        ),
        None,
        holds=SENTENCE,
        lacks="bí mật",
    ),
    Case(
        "a page nested a hundred thousand deep",
        "tb.html",
        lambda: _page("<div>" * 100_000 + _paragraphs()),
        None,
    ),
    Case(
        "a page with an attribute of ten megabytes",
        "tb.html",
        lambda: _page(f'<p title="{"x" * 10_000_000}"></p>' + _paragraphs()),
        None,
    ),
    Case("mails in mails", "tb.eml", lambda: _mail(40), "LimitError", "packed|deep|nest|lồng"),
    Case(
        "a mail of ten thousand attachments",
        "tb.eml",
        lambda: _attachments(10_000),
        "LimitError",
        "parts",
        limits={"parts": 500},
    ),
    Case(
        "entities of entities in an envelope",
        "tb.edxml",
        lambda: _envelope(f"<!DOCTYPE edXML [{_ENTITIES}]>", "&e11;"),
        "DamagedError",
    ),
    Case(
        "an envelope that asks for a file",
        "tb.edxml",
        lambda: _envelope('<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "DamagedError",
        lacks="root:",
    ),
    Case(
        "an envelope whose attachment is no base64",
        "tb.edxml",
        lambda: _envelope("", "x").replace(
            b"</edXML>", b"<AttachmentEncoded>%%%%</AttachmentEncoded></edXML>"
        ),
        "DocumentError",
    ),
    Case(
        "brackets a million deep", "tb.jsonl", lambda: b'{"text": ' + b"[" * 10**6, "DocumentError"
    ),
    Case(
        "lines without a text",
        "tb.jsonl",
        lambda: b'{"id": 1, "so": 2}\n{"id": 2, "so": 3}\n',
        "DocumentError",
    ),
    Case(
        "base64 of zeros",
        "tb.txt",
        lambda: base64.b64encode(b"\0" * 3000),
        None,
    ),
]
