"""Mails (.eml and .msg): their words, their documents, and nothing of their dress."""

import datetime
import struct
from email.message import EmailMessage

import pytest

import ole_file
from vnpolicy.errors import DamagedError, DocumentError, EmptyError, EncryptedError, LimitError
from vnpolicy.readers import mail, msg
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DAY = datetime.date(2025, 7, 9)


def letter(text: str | None = "Kính gửi Sở Y tế.\nTrân trọng.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Văn thư <vanthu@example.vn>"
    message["Subject"] = headers.get("Subject", "Đôn đốc thực hiện kết luận")
    message["Date"] = headers.get("Date", "Tue, 08 Jul 2025 23:30:00 +0000")
    message["Message-ID"] = "<1@example.vn>"
    if text is not None:
        message.set_content(text)
    return message


def attach(message: EmailMessage, data: bytes, name: str, kind: str, **more: object) -> None:
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name, **more)


def parts(message: EmailMessage | bytes, **limits: int) -> list[Part]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return list(mail.documents(data, source="x.eml", limits=Limits(**limits)))


def test_body_and_documents_come_in_order() -> None:
    message = letter()
    attach(message, b"PK\x03\x04docx", "Thông báo số 12.docx", WORD)
    attach(message, b"%PDF-1.7 x", "../../etc/KH 05.pdf", "application/octet-stream")
    attach(message, b"%PDF-1.7 y", "KH 05.pdf", "application/pdf")
    found = parts(message)
    assert [one.name for one in found] == [
        *("body", "Thông báo số 12.docx", "KH 05.pdf", "KH 05.pdf (2)")
    ]
    assert found[0].text == "Kính gửi Sở Y tế.\nTrân trọng."
    assert found[1].data == b"PK\x03\x04docx" and found[1].media_type == WORD
    assert {(one.title, one.date) for one in found} == {("Đôn đốc thực hiện kết luận", DAY)}


def test_dress_is_no_document_and_packed_files_are_named() -> None:
    message = letter()
    attach(message, b"\x89PNG" + b"x" * 5_000, "logo.png", "image/png")
    attach(message, b"\x89PNG" + b"x" * 60_000, "nen.png", "image/png", cid="<a>",
           disposition="inline")  # fmt: skip
    attach(message, b"\xff\xd8" + b"x" * 60_000, "ban quet.jpg", "image/jpeg")
    attach(message, b"x", "smime.p7s", "application/pkcs7-signature")
    attach(message, b"BEGIN:VCALENDAR", "hop.ics", "text/calendar")
    attach(message, b"PK\x03\x04", "ho so.zip", "application/zip")
    found = parts(message)
    assert [(one.name, one.error is None) for one in found] == [
        *(("body", True), ("ban quet.jpg", True), ("ho so.zip", False))
    ]


def test_the_plain_form_is_taken_before_the_page() -> None:
    message = letter("Bản chữ: giao Sở Y tế.")
    message.add_alternative("<p>Bản trang</p>", subtype="html")
    assert [one.text for one in parts(message)] == ["Bản chữ: giao Sở Y tế."]
    alone = letter(None)
    alone.set_content(
        "<style>p{color:red}</style><p>Giao Sở Y tế</p><ol><li>x</ol>", subtype="html"
    )
    assert [one.text for one in parts(alone)] == ["Giao Sở Y tế\n\n1. x"]


def test_a_mail_without_words_has_no_body() -> None:
    message = letter(" \n")
    attach(message, b"%PDF-1.7", "a.pdf", "application/pdf")
    assert [one.name for one in parts(message)] == ["a.pdf"]


def test_a_forwarded_mail_gives_its_parts() -> None:
    inner = letter("Nội dung gốc", Subject="Kết luận họp")
    attach(inner, b"%PDF-1.7", "TB.pdf", "application/pdf")
    outer = letter("Chuyển tiếp")
    outer.add_attachment(inner)
    assert [(one.name, one.title) for one in parts(outer)] == [
        ("body", "Đôn đốc thực hiện kết luận"),
        ("Kết luận họp/body", "Kết luận họp"),
        ("Kết luận họp/TB.pdf", "Kết luận họp"),
    ]


def test_soft_lines_of_a_program_are_joined() -> None:
    data = (
        b"From: a@example.vn\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
        + "Giao Sở Y tế \ntrình Đề án.\n\nTrân trọng.\n".encode()
    )
    assert parts(data)[0].text == "Giao Sở Y tế trình Đề án.\n\nTrân trọng."


@pytest.mark.parametrize(
    "disposition",
    [
        'filename="=?utf-8?B?VGjDtG5nIGLDoW8uZG9j?="',
        "filename*=utf-8''Th%C3%B4ng%20b%C3%A1o.doc",
        "filename*0*=utf-8''Th%C3%B4ng; filename*1*=%20b%C3%A1o.doc",
        'filename="=?utf-8?Q?Th=C3=B4ng_?= =?utf-8?Q?b=C3=A1o.doc?="',
        'filename="Thông báo.doc"',
    ],
)
def test_names_are_decoded(disposition: str) -> None:
    data = (
        "From: a@example.vn\nMIME-Version: 1.0\nContent-Type: application/msword\n"
        f"Content-Disposition: attachment; {disposition}\nContent-Transfer-Encoding: base64\n\n"
        "0M8R4KGxGuE=\n"
    ).encode()
    assert [one.name for one in parts(data)] == ["Thông báo.doc"]


def test_letters_written_as_they_are() -> None:
    head = "From: a@example.vn\nMessage-ID: <1>\nSubject: Đôn đốc\n"
    for charset, encoding in (
        ("us-ascii", "utf-8"),
        ("no-such-name", "utf-8"),
        ("cp1258", "cp1258"),
    ):
        body = "Kính gửi".encode("utf-8" if encoding == "utf-8" else encoding, "ignore")
        data = f"{head}Content-Type: text/plain; charset={charset}\n\n".encode() + body
        (part,) = parts(data)
        assert part.title == "Đôn đốc"
        assert part.text == body.decode(encoding)


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(EmptyError):
        parts(letter(" "))
    with pytest.raises(EncryptedError):
        parts(b"From: a\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\n--x--\n")
    with pytest.raises(LimitError, match="parts"):
        message = letter()
        for at in range(20):
            attach(message, b"%PDF-1.7", f"{at}.pdf", "application/pdf")
        parts(message, parts=10)
    with pytest.raises(LimitError, match="unpacked_bytes"):
        message = letter()
        attach(message, b"%PDF-1.7" * 1000, "a.pdf", "application/pdf")
        parts(message, unpacked_bytes=1000)


def test_broken_mails_give_what_is_left() -> None:
    message = letter()
    attach(message, b"%PDF-1.7" * 50, "a.pdf", "application/pdf")
    whole = message.as_bytes()
    for cut in range(100, len(whole), 97):
        try:
            found = parts(whole[:cut])
        except DocumentError:
            continue
        assert {one.name for one in found} <= {"body", "a.pdf"}
    assert parts(whole[: len(whole) * 2 // 3])[0].text == "Kính gửi Sở Y tế.\nTrân trọng."


@pytest.mark.parametrize(
    "head",
    [
        "Received: from a\r\n\tby b\r\nFrom: a@b.vn\r\n\r\nx",
        "From a@b Tue Jul  8\nReturn-Path: <a@b>\nSubject: x\nDate: x\n\n",
        "MIME-Version: 1.0\nFrom: a@b.vn\nSubject: =?utf-8?B?eA==?=\n\n",
    ],
)
def test_mails_are_told(head: str) -> None:
    assert mail.matches(head.encode())


@pytest.mark.parametrize(
    "head",
    [
        "Kính gửi: Sở Y tế\nSố: 12/TB-UBND\n\nx",
        "From: the office\nTo: all\nSubject: a memo\nDate: today\n\nText",
        "V/v: đôn đốc\nFrom: x",
        "So: 12/TB-UBND\nKinh gui: So Y te\n\nGiao So Y te",
        "12: x",
        "",
    ],
)
def test_texts_are_no_mails(head: str) -> None:
    assert not mail.matches(head.encode())


def wide(**streams: str) -> ole_file.Tree:
    return {f"__substg1.0_{key[1:]}001F": text.encode("utf-16-le") for key, text in streams.items()}


def properties(header: int, **values: int) -> ole_file.Tree:
    rows = b"".join(
        struct.pack("<IIQ", int(key[1:], 16), 6, value) for key, value in values.items()
    )
    return {"__properties_version1.0": b"\0" * header + rows}


# In steps of 100 ns from 1601; in Hanoi it is the next day by then.
SENT = (datetime.datetime(2025, 7, 8, 23, 30) - datetime.datetime(1601, 1, 1)).days * 864 * 10**9
SENT += (23 * 60 + 30) * 60 * 10**7


def outlook(**more: "bytes | ole_file.Tree") -> ole_file.Tree:
    return {
        **properties(32, x00390040=SENT),
        **wide(x0037="Đôn đốc", x1000="Kính gửi Sở Y tế.\r\nTrân trọng."),
        **more,
    }


def messages(tree: ole_file.Tree) -> list[Part]:
    data = ole_file.compound(tree)
    assert msg.matches(data)
    return list(msg.documents(data, source="x.msg", limits=Limits()))


def attachment(data: bytes, name: str) -> ole_file.Tree:
    return {**properties(8), **wide(x3707=name, x370E=""), "__substg1.0_37010102": data}


def test_a_mail_of_outlook_gives_body_and_documents() -> None:
    found = messages(
        outlook(
            **{
                "__attach_version1.0_#00000000": attachment(b"%PDF-1.7" * 200, "a/../TB 12.pdf"),
                "__attach_version1.0_#00000001": attachment(b"\x89PNG", "logo.png"),
                "__attach_version1.0_#00000002": attachment(b"PK\x03\x04", "ho so.zip"),
            }
        )
    )
    assert [(one.name, one.error is None) for one in found] == [
        *(("body", True), ("TB 12.pdf", True), ("ho so.zip", False))
    ]
    assert found[0].text == "Kính gửi Sở Y tế.\nTrân trọng."
    assert found[1].data == b"%PDF-1.7" * 200
    assert (found[1].title, found[1].date) == ("Đôn đốc", DAY)


def test_a_mail_inside_a_mail_of_outlook_is_read() -> None:
    inner = {**properties(24), **wide(x0037="Kết luận họp", x1000="Nội dung gốc")}
    holder = {**properties(8), "__substg1.0_3701000D": inner}
    found = messages(outlook(**{"__attach_version1.0_#00000000": holder}))
    assert [(one.name, one.text) for one in found[1:]] == [("Kết luận họp/body", "Nội dung gốc")]


def test_other_bodies_of_outlook() -> None:
    page = {"__substg1.0_10130102": "<p>Giao Sở Y tế</p>".encode()}
    assert messages({**properties(32), **page})[0].text == "Giao Sở Y tế"
    rtf = rb"{\rtf1 Giao}"
    packed = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    (part,) = messages({**properties(32), "__substg1.0_10090102": packed})
    assert (part.name, part.data, part.media_type) == ("body", rtf, "application/rtf")


def test_packed_rtf_refers_back() -> None:
    # "{\\rtf1 " from the ring's start, then three letters, then the same three again.
    from vnpolicy.readers.msg.rtf import unpacked

    pair = (0 << 4 | 4).to_bytes(2, "big")
    letters_at = 207 + 6
    again = (letters_at << 4 | 1).to_bytes(2, "big")
    runs = bytes([0b00010001]) + pair + b"abc" + again
    data = struct.pack("<II4sI", len(runs) + 12, 12, b"LZFu", 0) + runs
    assert unpacked(data, most=100) == rb"{\rtf1abcabc"
    assert unpacked(data, most=5) == b""


def test_broken_files_of_outlook_are_told() -> None:
    data = ole_file.compound(outlook())
    with pytest.raises(EmptyError):
        messages({**properties(32)})
    for cut in range(512, len(data), 173):
        try:
            list(msg.documents(data[:cut], source="x.msg", limits=Limits()))
        except DocumentError as error:
            assert isinstance(error, (DamagedError, EmptyError))
    assert not msg.matches(ole_file.compound({"WordDocument": b"x"}))
    with pytest.raises(DamagedError):
        list(msg.documents(b"\xd0\xcf\x11\xe0", source="x.msg", limits=Limits()))
