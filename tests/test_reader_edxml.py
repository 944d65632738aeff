"""edXML envelopes: what they say, and the documents that they carry."""

import base64
import datetime
import io
import zipfile

import pytest

from vnpolicy.errors import DamagedError, EmptyError, FormatError, LimitError
from vnpolicy.readers import edxml
from vnpolicy.readers.edxml import Envelope
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PDF = b"%PDF-1.7 " + bytes(range(256)) * 3
HEADER = """
<e:From><e:OrganId>H29.04</e:OrganId><e:OrganizationInCharge>N/A</e:OrganizationInCharge>
  <e:OrganName>UBND tỉnh  Lào Cai</e:OrganName></e:From>
<e:To><e:OrganId>H29.05</e:OrganId><e:OrganName>Sở Y tế</e:OrganName></e:To>
<e:To><e:OrganId>H29.06</e:OrganId><e:OrganName>Sở Tài chính</e:OrganName></e:To>
<e:Code><e:CodeNumber>813</e:CodeNumber><e:CodeNotation>TB-UBND</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:Place>Lào Cai</e:Place>
  <e:PromulgationDate>2025/07/09</e:PromulgationDate></e:PromulgationInfo>
<e:DocumentType><e:Type>2</e:Type><e:TypeName>Thông báo</e:TypeName></e:DocumentType>
<e:Subject>Kết luận cuộc họp &amp; phân công</e:Subject>
<e:SignerInfo><e:Position>Chánh Văn phòng</e:Position><e:FullName>Lê Thị A</e:FullName>
</e:SignerInfo><e:DueDate>31-07-2025</e:DueDate>
<e:OtherInfo><e:Priority>1</e:Priority></e:OtherInfo>
<e:DocumentId>H29.04,2025/07/09,813/TB-UBND</e:DocumentId>
"""


def envelope(
    *attachments: str, header: str = HEADER, manifest: str = "", prolog: str = ""
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{prolog}<edXML xmlns="{SPACE}">'
        f'<e:edXMLEnvelope xmlns:e="{SPACE}"><e:edXMLHeader><e:MessageHeader>{header}'
        f"</e:MessageHeader></e:edXMLHeader><e:edXMLBody><e:edXMLManifest>{manifest}"
        "</e:edXMLManifest></e:edXMLBody></e:edXMLEnvelope><AttachmentEncoded>"
        f"{''.join(attachments)}</AttachmentEncoded></edXML>"
    ).encode()


def attachment(data: bytes, name: str = "", *, key: str = "") -> str:
    code = base64.encodebytes(data).decode()
    named = f"<AttachmentName>{name}</AttachmentName>" if name else ""
    return (
        f"<Attachment><ContentType>application/pdf</ContentType><ContentId>{key}</ContentId>{named}"
        f"<ContentTransferEncoded>{code}</ContentTransferEncoded></Attachment>"
    )


def packed(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def parts(data: bytes, **limits: int) -> list[Part]:
    return list(edxml.documents(data, source="x.edxml", limits=Limits(**limits)))


def test_the_header_is_read() -> None:
    found = edxml.envelope(envelope(), source="x.edxml")
    assert found == Envelope(
        document_id="H29.04,2025/07/09,813/TB-UBND",
        number="813",
        notation="TB-UBND",
        date=datetime.date(2025, 7, 9),
        place="Lào Cai",
        sender_id="H29.04",
        sender="UBND tỉnh Lào Cai",
        recipients=(("H29.05", "Sở Y tế"), ("H29.06", "Sở Tài chính")),
        type_name="Thông báo",
        subject="Kết luận cuộc họp & phân công",
        signer="Lê Thị A",
        signer_position="Chánh Văn phòng",
        due_date=datetime.date(2025, 7, 31),
        priority="1",
    )


def test_what_a_header_lacks_is_none() -> None:
    header = "<e:Code><e:CodeNumber>N/A</e:CodeNumber></e:Code><e:DueDate>2025/13/40</e:DueDate>"
    assert edxml.envelope(envelope(header=header), source="x.edxml") == Envelope()


def test_documents_come_bare_or_packed() -> None:
    office = packed(**{"[Content_Types].xml": b"x", "word__document.xml": b"y"})
    found = parts(
        envelope(
            attachment(PDF, "../TB 813.pdf"),
            attachment(packed(a4f2=PDF), "PL 01.pdf"),
            attachment(office, "KH.docx"),
            attachment(packed(**{"x__mot.pdf": PDF, "hai.pdf": PDF + b"2"}), "ho so.zip"),
        )
    )
    assert [(one.name, one.data) for one in found] == [
        *(("TB 813.pdf", PDF), ("PL 01.pdf", PDF), ("KH.docx", office)),
        *(("mot.pdf", PDF), ("hai.pdf", PDF + b"2")),
    ]
    assert {one.envelope.number for one in found if one.envelope} == {"813"}
    assert {(one.title, one.date) for one in found} == {
        ("Kết luận cuộc họp & phân công", datetime.date(2025, 7, 9))
    }


def test_names_may_stand_in_the_manifest() -> None:
    manifest = (
        '<e:Reference xmlns:x="http://www.w3.org/1999/xlink" x:href="cid:k1">'
        "<e:AttachmentName>TB.pdf</e:AttachmentName></e:Reference>"
    )
    found = parts(envelope(attachment(PDF, key="k1"), attachment(PDF, key="k2"), manifest=manifest))
    assert [one.name for one in found] == ["TB.pdf", "attachment 2"]


def test_a_scan_above_the_parsers_own_limit_is_read() -> None:
    (part,) = parts(envelope(attachment(b"%PDF" + bytes(9_000_000), "scan.pdf")))
    assert len(part.data) == 9_000_004


def test_one_damaged_attachment_costs_no_other() -> None:
    cut = packed(a=PDF)[:200]
    found = parts(
        envelope(
            attachment(b"", "trong.pdf"), attachment(cut, "hong.pdf"), attachment(PDF, "a.pdf")
        )
    )
    assert [(one.name, one.error is None) for one in found] == [
        *(("trong.pdf", False), ("hong.pdf", False), ("a.pdf", True))
    ]


def test_entities_and_other_files_are_refused() -> None:
    bomb = "<!DOCTYPE edXML [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
    file = "<!DOCTYPE edXML SYSTEM 'file:///etc/passwd'>"
    for prolog in (bomb, file):
        data = envelope(attachment(PDF, "a.pdf"), prolog=prolog)
        for form in (
            data,
            b"\xff\xfe" + data.decode().replace("utf-8", "utf-16").encode("utf-16-le"),
        ):
            assert edxml.matches(form[:4096])
            with pytest.raises(DamagedError, match="entities"):
                parts(form)


def test_what_holds_no_document_is_told() -> None:
    with pytest.raises(EmptyError, match="no document"):
        parts(envelope())
    state = f'<edXML xmlns="{SPACE}"><Status><StatusCode>01</StatusCode></Status></edXML>'
    with pytest.raises(EmptyError, match="state"):
        parts(state.encode())
    with pytest.raises(FormatError):
        parts(b"<edXML><x/></edXML>")
    with pytest.raises(DamagedError):
        parts(envelope(attachment(PDF, "a.pdf"))[:900])


def test_limits() -> None:
    data = envelope(*(attachment(PDF, f"{at}.pdf") for at in range(9)))
    with pytest.raises(LimitError, match="parts"):
        parts(data, parts=8)
    with pytest.raises(LimitError, match="unpacked_bytes"):
        parts(data, unpacked_bytes=3000)
    bomb = attachment(packed(a=bytes(5_000_000)), "a.pdf")
    (part,) = parts(envelope(bomb), unpacked_bytes=1_000_000)
    assert part.error is not None and "unpacked_bytes" in part.error


@pytest.mark.parametrize(
    "head",
    ["<html><body>edXML", "Gói tin <edXML>", "<?xml version='1.0'?><note/>", '{"edXML": 1}', ""],
)
def test_what_is_no_envelope_is_told(head: str) -> None:
    assert not edxml.matches(head.encode())
